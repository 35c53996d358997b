"""How fast an office's roll-up of class groups is read, set beside the file and stored."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.services.group_review import GroupRequest, open_group_file, review_groups
from eic_tracker.services.import_groups import import_groups
from tests.bench.printing import show
from tests.bench.test_bench_imports import plain_insertion
from tests.services.great import NOW, enter_school, great_file
from tests.services.school import user

GROUPS = 2_000
SECONDS = 5.0
PLAIN = 20
"""Plain insertions of all rows of the file: reading, reviewing and the rules of each card are in the time."""
_A_SCHOOL = 40


def roll_up(path: Path) -> Path:
    """A table of 2,000 class groups in 50 schools, each with the days of six lessons and its graduates."""
    head = ["Centro educativo", "Grado", "Sección", "Jornada", "Niñas", "Niños", "Fechas de las lecciones",
            "Graduados niñas", "Graduados niños", "Fecha de graduación"]  # fmt: skip
    days = "01/03, 08/03, 15/03, 22/03, 29/03, 05/04/2019"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(head)
        for number in range(GROUPS):
            place = number % _A_SCHOOL
            shift, section = ("Matutina", "Vespertina")[place % 2], "ABCDEFGJKL"[place // 6 % 10]
            grade = 4 + place // 2 % 3
            school = f"Escuela Inventada {number // _A_SCHOOL:02}"
            girls, boys = 10 + number % 9, 11 + number % 8
            writer.writerow([school, grade, section, shift, girls, boys, days, girls - 1, boys, "12/04/2019"])
    return path


def test_two_thousand_class_groups_are_taken_in_within_five_seconds(tmp_path: Path) -> None:
    path = roll_up(tmp_path / "consolidado.csv")
    with great_file(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        for number in range(0, GROUPS // _A_SCHOOL, 2):
            enter_school(db, f"Escuela Inventada {number:02}")
        said = {"year": "2019", "curriculum": "elementary", "municipality": "0301"}
        start = time.perf_counter()
        request = GroupRequest(open_group_file(db, acting, path), values=said)
        read = time.perf_counter() - start
        review = review_groups(db, acting, request, NOW.date())
        seen = time.perf_counter() - start
        stored = import_groups(db, acting, review)
        took = time.perf_counter() - start
        assert review.left_out == 0
        assert (len(stored.codes), stored.schools) == (GROUPS, GROUPS // _A_SCHOOL // 2)
        file = db.path
    plain, rows = plain_insertion(file, tmp_path / "plain.db")
    print(f"read {read:.3f} s, reviewed {seen - read:.3f} s, stored {took - seen:.3f} s", file=sys.__stderr__)
    assert show(f"take in {GROUPS:,} class groups", took, "the goal", SECONDS, at_most=1)
    assert show(
        f"the same, {rows:,} rows with their journal", took, "plain sqlite3 inserting them", plain, at_most=PLAIN
    )
