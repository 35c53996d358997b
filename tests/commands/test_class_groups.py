"""Tests of `import --as-kind class-groups`: words, JSON, statuses, and what is left of the names of pupils."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from eic_tracker.cli import run
from eic_tracker.domain.codes import Role
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.kept_names import NamesDraft, keep_pupil_names
from eic_tracker.services.name_keeping import KeepingDraft, programmes_with_names, start_keeping_names
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.exchange.made_files import workbook
from tests.services.school import values

Captured = pytest.CaptureFixture[str]
CLASS_LIST = Path(__file__).parents[1] / "data" / "lists" / "seccion-4A-matutina.xlsx"
OF_CLASS = ("--set", "year=2019", "--set", "curriculum=elementary", "--set", "municipality=0801")
KEYS = [
    "row", "outcome", "group", "school", "school_code", "grade", "section", "shift", "curriculum", "year", "girls",
    "boys", "unrecorded", "enrolled", "reached", "graduated", "problems",
]  # fmt: skip


@pytest.fixture
def file(demo_file: Path) -> Path:
    """A demonstration file, in which the command finds its registrar by itself."""
    return demo_file


def asked(file: Path, *words: str, language: str = "en") -> int:
    """The exit status of a command on a file."""
    return run(["--lang", language, "--file", str(file), *words])


def imported(file: Path, capsys: Captured, path: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit status and the JSON of an import."""
    status = asked(file, "import", str(path), "--as-kind", "class-groups", "--json", *words)
    return status, json.loads(capsys.readouterr().out)


def count(file: Path, query: str) -> int:
    """The number that a query gives."""
    with Database(file) as db:
        return int(str(values(db, query)[0][0]))


def test_the_kept_names_of_pupils_are_purged_by_a_command_that_says_how_many(file: Path, capsys: Captured) -> None:
    assert asked(file, "great", "purge-names", "--reason", "ya no hacen falta") == 1, "none is kept"
    today = dt.datetime(2019, 6, 28, 18, tzinfo=dt.UTC)
    with Database(file, clock=lambda: today) as db:
        manager, registrar = (demonstration_user(db, role, None) for role in (Role.MANAGER, Role.REGISTRAR))
        (programme,) = programmes_with_names(db, manager)
        order = AuthorisationDraft("Comisario Inventado", "Jefe", "1-2019")
        until = dt.date(2021, 6, 28)
        start_keeping_names(db, manager, KeepingDraft(programme.programme_id, "prueba", order, until))
        keep_pupil_names(db, registrar, 1, NamesDraft(("Zoraida Q.", "Ulpiano Y."), "A", today.date(), "carpeta 1"))
    capsys.readouterr()
    assert asked(file, "--as", "registrar", "great", "purge-names", "--reason", "ya no hacen falta") != 0
    assert count(file, "SELECT count(*) FROM pupil_name WHERE content IS NOT NULL") == 2
    assert asked(file, "great", "purge-names", "--reason", "ya no hacen falta") == 0
    assert capsys.readouterr().out == "2 names were purged.\n"
    assert b"Zoraida" not in file.read_bytes()


def test_a_schools_list_yields_its_girls_and_boys_once_and_undoing_takes_class_and_school_back(
    file: Path, capsys: Captured
) -> None:
    groups, schools = "SELECT count(*) FROM class_group", "SELECT count(*) FROM school"
    before = count(file, groups), count(file, schools)
    status, dry = imported(file, capsys, CLASS_LIST, *OF_CLASS, "--dry-run")
    assert (status, count(file, groups)) == (0, before[0])
    (row,) = dry["rows"]
    assert list(row) == KEYS
    assert (row["outcome"], row["girls"], row["boys"], row["unrecorded"], row["enrolled"]) == ("new", 15, 17, 0, 32)
    assert (row["school"], row["grade"], row["section"], row["shift"]) == (
        "Centro Educativo de Ejemplo No. 2", "4", "A", "morning",
    )  # fmt: skip
    assert (row["curriculum"], row["year"], row["reached"], row["graduated"]) == ("elementary", 2019, 0, 0)
    assert dry["counts"] == {"rows": 1, "new": 1, "change": 0, "known": 0, "possible_duplicate": 0, "error": 0}
    assert dry["questions"] == []
    status, done = imported(file, capsys, CLASS_LIST, *OF_CLASS)
    assert status == 0
    assert (count(file, groups), count(file, schools)) == (before[0] + 1, before[1] + 1)
    status, again = imported(file, capsys, CLASS_LIST, *OF_CLASS)
    assert (status, again["rows"][0]["outcome"], "entry" in again) == (0, "known", False)
    assert asked(file, "--as", "registrar", "journal", "undo", str(done["entry"]), "--reason", "another school") == 0
    assert (count(file, groups), count(file, schools)) == before
    assert asked(file, "journal", "verify") == 0


def test_an_unknown_school_without_a_municipality_keeps_its_class_out(file: Path, capsys: Captured) -> None:
    status, answer = imported(file, capsys, CLASS_LIST, "--set", "year=2019", "--set", "curriculum=elementary")
    assert status == 1
    assert [problem["code"] for problem in answer["rows"][0]["problems"]] == ["unknown_school"]
    assert "entry" not in answer


def test_what_is_not_said_is_asked_and_nothing_is_stored_until_it_is_answered(file: Path, capsys: Captured) -> None:
    status, answer = imported(file, capsys, CLASS_LIST, "--set", "municipality=0801")
    assert status == 1
    assert {question["key"]: question["options"][0] for question in answer["questions"]} == {
        "year": "2018",
        "curriculum": "by_grade",
    }
    assert "entry" not in answer
    told = ("--set", "municipality=0801", "--answer", "year=2019", "--answer", "curriculum=by_grade")
    status, answer = imported(file, capsys, CLASS_LIST, *told)
    assert (status, answer["rows"][0]["curriculum"], answer["questions"]) == (0, "elementary", [])
    assert "entry" in answer
    assert asked(file, "import", str(CLASS_LIST), "--as-kind", "class-groups", "--set", "colour=red") == 2
    assert "“colour” cannot be set" in capsys.readouterr().err


def test_bad_rows_of_a_table_are_each_told_and_the_good_ones_stored_unless_strict(
    file: Path, capsys: Captured, tmp_path: Path
) -> None:
    head = ["Escuela", "Grado", "Sección", "Jornada", "Niñas", "Niños", "Lecciones", "Primera lección",
            "Graduados niñas", "Graduados niños", "Fecha de graduación"]  # fmt: skip
    table = workbook(
        tmp_path / "consolidado.xlsx",
        {
            "Marzo": [
                head,
                ["Escuela Nueva", "4", "A", "mat", 15, 17, 6, "01/03/2019", 14, 16, "20/06/2019"],
                ["Escuela Nueva", "3", "A", "mat", 15, 17, None, None, None, None, None],
                ["Escuela Nueva", "10", "A", "mat", 15, 17, None, None, None, None, None],
                ["Escuela Nueva", "4", "B", "mat", 15, 17, 6, "01/03/2019", 20, 20, "20/06/2019"],
                ["Escuela Nueva", "4", "C", "mat", 1500, 17, None, None, None, None, None],
                ["Escuela Nueva", "4", "D", "mat", "Inventada Secreta", 17, None, None, None, None, None],
                ["Escuela Nueva", "4", "E", "mat", 15, 17, 9, "01/03/2019", None, None, None],
                ["Escuela Nueva", "4", "F", "mat", 15, 17, 6, "01/03/2012", None, None, None],
                ["Escuela Nueva", "4", "A", "mat", 15, 17, 6, "01/03/2019", 14, 16, "20/06/2019"],
                ["Escuela Nueva", "5", "A", "vesp", 10, 11, 3, None, None, None, None],
            ]
        },
    )
    words = ("--set", "municipality=0801", "--set", "curriculum=elementary", "--set", "year=2019")
    status, strict = imported(file, capsys, table, *words, "--strict")
    assert (status, "entry" in strict) == (1, False)
    status, answer = imported(file, capsys, table, *words)
    assert status == 1
    said = {row["row"]: (row["outcome"], [each["code"] for each in row["problems"]]) for row in answer["rows"]}
    assert said == {
        2: ("new", ["reached_as_enrolled"]),
        3: ("error", ["unknown_grade"]),
        4: ("error", ["unknown_grade"]),
        5: ("error", ["graduated_above_enrolled"]),
        6: ("error", ["absurd_count"]),
        7: ("error", ["no_count"]),
        8: ("error", ["reached_as_enrolled", "too_many_lessons"]),
        9: ("error", ["reached_as_enrolled", "outside_year"]),
        10: ("known", ["repeated_in_file"]),
        11: ("new", ["no_lesson_date"]),
    }
    assert "Secreta" not in json.dumps(answer)
    assert "Names of pupils are not kept" in json.dumps(answer)
    numbers = {row["row"]: (row["enrolled"], row["reached"], row["graduated"]) for row in answer["rows"]}
    assert (numbers[2], numbers[11]) == ((32, 32, 30), (21, 0, 0))


def test_no_byte_of_a_pupils_name_is_left_anywhere(
    file: Path, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, parts = _names_of(CLASS_LIST)
    known = file.read_bytes()
    # three letters also stand in random bytes, now and then
    parts = {part for part in parts if len(part) > 4}
    parts = {part for part in parts if part.encode() not in known and part.upper().encode() not in known}
    assert len(names) == 31, "two pupils are called the same"
    assert parts, "some parts of names occur nowhere else"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    for words in (("--json",), ()):
        asked(file, "import", str(CLASS_LIST), "--as-kind", "class-groups", *OF_CLASS, *words)
    asked(file, "journal", "show")
    told = capsys.readouterr()
    home = Path.home()
    places = {*file.parent.rglob("*"), *temporary.rglob("*"), *home.rglob("*")}
    held = [path.read_bytes() for path in places if path.is_file()]
    held += [path.name.encode() for path in places]
    held += [told.out.encode(), told.err.encode()]
    assert any(b"Centro Educativo de Ejemplo" in each for each in held), "the class is there"
    for name in sorted(names | parts):
        for form in {name, name.upper(), name.casefold()}:
            for code in ("utf-8", "utf-16-le", "cp1252"):
                assert not any(form.encode(code) in each for each in held), "a name is left"
    with Database(file) as db:
        for text in ("SELECT before FROM change", "SELECT after FROM change", "SELECT label FROM change_set"):
            for (row,) in values(db, text):
                assert not any(name in str(row) for name in names | parts)


def _names_of(path: Path) -> tuple[set[str], set[str]]:
    """The names of the pupils of a list, and the parts of them that have five letters or more."""
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    names = {str(row[2]) for row in sheet.iter_rows(min_row=5, values_only=True) if row[2]}
    return names, {part for name in names for part in name.split() if len(part) >= 5}
