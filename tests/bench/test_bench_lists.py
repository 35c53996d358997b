"""How fast a list is read and ready for review, beside what calamine alone needs for its cells."""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from eic_tracker.exchange.clipboard import read_pasted
from eic_tracker.exchange.lists import as_one, read_list
from tests.bench.printing import show
from tests.exchange.known import TODAY, known

PEOPLE = 10_000
CONSTANT = 3.0
"""Seconds that a preview may take beside three times what calamine needs."""
HEADER = ["No.", "Nombre completo", "Identidad", "Grado", "Asignación", "Sexo", "Fecha de nacimiento", "Celular"]


def person(chance: random.Random, number: int) -> list[object]:
    year = chance.randint(1960, 1998)
    given = chance.choices(("Ana", "José", "María", "Wilmer", "Yamileth", "Noé", "Karla", "Luis"), k=2)
    family = chance.choices(("Zúniga", "De la O", "Núñez", "Mejía", "O'Hara", "Hernández", "Euceda"), k=2)
    name = " ".join((*given, *family))
    document = f"{chance.choice(('0801', '0501', '1201', '1804'))}{year}{number:05d}"
    return [
        number,
        name.upper() if number % 3 else name,
        int(document) if number % 4 == 0 else document,
        chance.choice(("Agente", "Clase II", "Sub Inspector")),
        chance.choice(("DPI", "ATIC", "DPI SPS")),
        chance.choice("FM"),
        dt.date(year, 3, 14) if number % 2 else f"25/03/{year}",
        f"9{number:07d}",
    ]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with many people, some of them damaged as such lists are."""
    chance = random.Random(7)
    path = tmp_path_factory.mktemp("lists") / "larga.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Lista")
    for row in (HEADER, *(person(chance, number) for number in range(1, PEOPLE + 1))):
        sheet.append(row)
    book.save(path)
    return path


def best(work: Callable[[], object]) -> float:
    """The better of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def test_ten_thousand_people_are_ready_for_review(large: Path) -> None:
    from python_calamine import CalamineWorkbook

    read = as_one(read_list(large, "people", {}, known(), today=TODAY))
    assert (len(read.rows), read.questions) == (PEOPLE, ())
    alone = best(lambda: CalamineWorkbook.from_path(large).get_sheet_by_index(0).to_python())
    mine = best(lambda: read_list(large, "people", {}, known(), today=TODAY))
    bar = 3 * alone + CONSTANT
    before = sum(os.times()[:4])
    read_list(large, "people", {}, known(), today=TODAY)
    used = sum(os.times()[:4]) - before
    # on a machine that does other things beside, the seconds of the processor say more
    print(f"calamine alone: {alone:.3f} s; processor time of one reading: {used:.3f} s", file=sys.__stderr__)
    assert show(f"{PEOPLE:,} people read", mine, "three times calamine and 3 s", bar, at_most=1)


def test_forty_pasted_rows_are_ready_within_a_third_of_the_review() -> None:
    chance = random.Random(8)
    rows: list[list[object]] = [list(HEADER)]
    rows += [person(chance, number) for number in range(1, 41)]
    text = "\n".join("\t".join(str(cell) for cell in row) for row in rows)
    mine = best(lambda: read_pasted(text, "", "pegado", {}, known(), today=TODAY))
    assert show("40 pasted rows read", mine, "a third of 300 ms", 0.1, at_most=1)
