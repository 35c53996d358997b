"""Tests of `import`, `merge`, `unmerge` and `duplicates`: words, JSON, statuses, with lists as offices send them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from eic_tracker.cli import run
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school, values

Captured = pytest.CaptureFixture[str]
LISTS = Path(__file__).parents[1] / "data" / "lists"
KEYS = [
    "row",
    "outcome",
    "document",
    "document_type",
    "country",
    "given_names",
    "family_names",
    "sex",
    "birth_date",
    "rank",
    "unit",
    "institution",
    "phone",
    "problems",
]


@pytest.fixture
def file(demo_file: Path) -> Path:
    """A demonstration file, in which the command finds its registrar by itself."""
    return demo_file


def asked(file: Path, *words: str, language: str = "en") -> int:
    """The exit status of a command on a file."""
    return run(["--lang", language, "--file", str(file), *words])


def imported(file: Path, capsys: Captured, name: str, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit status and the JSON of an import of one of the lists."""
    status = asked(file, "import", str(LISTS / name), "--json", *words)
    return status, json.loads(capsys.readouterr().out)


def count(file: Path, query: str) -> int:
    """The number that a query gives."""
    with Database(file) as db:
        return int(str(values(db, query)[0][0]))


PEOPLE = "SELECT count(*) FROM participant"
ROSTER = (
    "SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id "
    "WHERE o.code = '116-2019' AND e.status = 'enrolled'"
)


def test_a_trial_shows_every_row_with_the_documented_keys_and_stores_nothing(file: Path, capsys: Captured) -> None:
    before = count(file, PEOPLE)
    status, said = imported(file, capsys, "nomina-dpi.xlsx", "--as-kind", "people", "--dry-run")
    assert status == 0
    assert list(said) == ["file", "sheet", "header_row", "kind", "columns", "counts", "questions", "rows"]
    assert (said["file"], said["header_row"], said["kind"]) == ("nomina-dpi.xlsx", 7, "people")
    assert said["counts"] == {"rows": 32, "new": 31, "known": 1, "possible_duplicate": 0, "error": 0}
    assert all(list(row) == KEYS for row in said["rows"])
    assert [row["row"] for row in said["rows"]] == list(range(8, 40))
    assert count(file, PEOPLE) == before


def test_the_repeated_row_is_known_and_the_one_without_document_new(file: Path, capsys: Captured) -> None:
    _, said = imported(file, capsys, "nomina-dpi.xlsx", "--as-kind", "people", "--dry-run")
    rows = {row["row"]: row for row in said["rows"]}
    assert rows[25]["outcome"] == "known"
    assert "repeated_in_file" in [problem["code"] for problem in rows[25]["problems"]]
    (missing,) = [row for row in said["rows"] if row["document"] is None]
    assert missing["outcome"] == "new"
    assert [problem["code"] for problem in missing["problems"] if problem["severity"] == "warning"] == ["no_document"]
    repaired = rows[9]
    assert len(repaired["document"]) == 13
    assert [problem["proposal"] for problem in repaired["problems"]] == [repaired["document"]]


def test_without_a_trial_all_people_are_stored_and_the_same_list_again_adds_nothing(
    file: Path, capsys: Captured
) -> None:
    before = count(file, PEOPLE)
    status, said = imported(file, capsys, "nomina-dpi.xlsx", "--as-kind", "people")
    assert (status, said["counts"]["new"]) == (0, 31)
    assert count(file, PEOPLE) == before + 31
    status, again = imported(file, capsys, "nomina-dpi.xlsx", "--as-kind", "people")
    assert (status, again["counts"]["known"]) == (0, 32)
    assert "entry" not in again
    assert count(file, PEOPLE) == before + 31


def test_with_an_offering_they_are_enrolled_too_by_the_letter_that_named_them(file: Path, capsys: Captured) -> None:
    words = ("--as-kind", "enrolments", "--offering", "116-2019", "--source", "Oficio DPI-1234", "--set", "sender=DPI")
    status, said = imported(file, capsys, "nomina-dpi.xlsx", *words)
    assert status == 0
    assert count(file, ROSTER) == 31
    letters = "SELECT count(*) FROM enrolment e JOIN source_document d ON d.id = e.source_document_id WHERE "
    assert count(file, letters + "d.number = 'Oficio DPI-1234' AND d.sender = 'DPI'") == 31
    assert asked(file, "journal", "undo", str(said["entry"]), "--reason", "wrong list", "--as", "registrar") == 0
    assert count(file, ROSTER) == 0


def test_a_list_in_windows_letters_with_surnames_first_is_read(file: Path, capsys: Captured) -> None:
    status, said = imported(file, capsys, "lista-ministerio-publico.csv", "--as-kind", "people", "--strict")
    assert status == 0
    assert said["counts"] == {"rows": 14, "new": 14, "known": 0, "possible_duplicate": 0, "error": 0}
    assert all(row["birth_date"] is None or row["birth_date"][4] == "-" for row in said["rows"])


def test_repairs_that_are_not_wanted_are_errors_and_leave_their_rows_out(file: Path, capsys: Captured) -> None:
    before = count(file, PEOPLE)
    words = ("--as-kind", "people", "--answer", "repairs=no")
    status, said = imported(file, capsys, "nomina-dpi.xlsx", *words)
    assert status == 1
    errors = said["counts"]["error"]
    assert errors > 5
    assert count(file, PEOPLE) == before + said["counts"]["new"]
    assert count(file, "SELECT count(*) FROM rejected_row") == errors


def test_strict_stores_all_or_nothing(file: Path, capsys: Captured) -> None:
    before = count(file, PEOPLE)
    words = ("--as-kind", "people", "--answer", "repairs=no", "--strict")
    status, _ = imported(file, capsys, "nomina-dpi.xlsx", *words)
    assert status == 1
    assert count(file, PEOPLE) == before


def test_a_copy_is_made_before_a_list_comes_in(file: Path, capsys: Captured) -> None:
    from eic_tracker.store.copies import copies_folder, list_copies

    with Database(file) as db:
        (uid,) = values(db, "SELECT uid FROM file_info")[0]
    before = [copy.why for copy in list_copies(copies_folder(str(uid)))]
    imported(file, capsys, "lista-ministerio-publico.csv", "--as-kind", "people", "--dry-run")
    assert [copy.why for copy in list_copies(copies_folder(str(uid)))] == before
    imported(file, capsys, "lista-ministerio-publico.csv", "--as-kind", "people")
    assert [copy.why for copy in list_copies(copies_folder(str(uid)))].count("import") == before.count("import") + 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-kind", "enrolments"), "--offering"),
        (("--as-kind", "people", "--offering", "999-2019"), "no course 999-2019"),
        (("--as-kind", "people", "--set", "shoe=44"), "cannot be set"),
        (("--as-kind", "people", "--set", "institution"), "KEY=VALUE"),
        (("--as-kind", "people", "--answer", "repairs=perhaps"), "yes or no"),
        (("--as-kind", "people", "--set", "dated=soon"), "no date"),
        (("--as-kind", "people", "--authorised-by", "Pedro"), "name, post, letter"),
        (("--as-kind", "people", "--as", "manager"), "may not"),
        (("--as-kind", "people", "--offering", "001-2019"), "closed"),
    ],
)
def test_a_call_that_is_refused_says_why_and_ends_with_2(
    file: Path, capsys: Captured, words: tuple[str, ...], said: str
) -> None:
    before = count(file, PEOPLE)
    assert asked(file, "import", str(LISTS / "nomina-dpi.xlsx"), *words) == 2
    assert said in capsys.readouterr().err
    assert count(file, PEOPLE) == before


def test_a_file_that_is_not_there_or_no_list_is_refused_with_2(file: Path, tmp_path: Path, capsys: Captured) -> None:
    assert asked(file, "import", str(tmp_path / "none.xlsx"), "--as-kind", "people") == 2
    (tmp_path / "note.txt").write_text("nothing of the kind", encoding="utf-8")
    assert asked(file, "import", str(tmp_path / "note.txt"), "--as-kind", "people") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_what_is_said_of_the_whole_list_stands_on_each_row(file: Path, capsys: Captured) -> None:
    words = ("--as-kind", "people", "--dry-run", "--set", "institution=HNP")
    _, said = imported(file, capsys, "nomina-dpi.xlsx", *words)
    assert {row["institution"] for row in said["rows"]} == {"HNP"}


def test_a_full_course_leaves_rows_out_until_somebody_authorises(file: Path, capsys: Captured) -> None:
    with Database(file) as db:
        (key,) = values(db, "SELECT id FROM offering WHERE code = '116-2019'")[0]
        with db.write(Entry(Actor("test"), "edit_offering", "places")) as tx:
            tx.update(Offering, {int(str(key)): {"capacity": 30}})
    words = ("--as-kind", "enrolments", "--offering", "116-2019")
    status, said = imported(file, capsys, "nomina-dpi.xlsx", *words)
    assert (status, said["counts"]["error"]) == (1, 1)
    order = ("--authorised-by", "Comisionado Inventado, Director, Oficio 7")
    status, _ = imported(file, capsys, "nomina-dpi.xlsx", *words, *order)
    assert status == 0
    assert count(file, ROSTER) == 31
    assert count(file, "SELECT count(*) FROM authorisation WHERE letter = 'Oficio 7' AND post = 'Director'") == 1


def test_people_read_the_same_in_words(file: Path, capsys: Captured) -> None:
    assert asked(file, "import", str(LISTS / "nomina-dpi.xlsx"), "--as-kind", "people") == 0
    said = capsys.readouterr().out
    assert "32 rows; 31 new, 1 known, 0 possible duplicates, 0 errors" in said
    assert "journal undo" in said


def test_a_school_file_asks_who_writes(tmp_path: Path, capsys: Captured) -> None:
    school(tmp_path).close()
    name = str(LISTS / "nomina-dpi.xlsx")
    assert asked(tmp_path / "school.eic", "import", name, "--as-kind", "people", "--dry-run") == 2
    assert "--as USER" in capsys.readouterr().err


def test_likely_duplicates_are_listed_merged_and_taken_apart_again(file: Path, capsys: Captured) -> None:
    assert asked(file, "duplicates", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["total"] == len(said["pairs"]) >= 6
    pair = said["pairs"][0]
    assert list(pair) == ["score", "signs", "first", "second"]
    first, second = str(pair["first"]["id"]), str(pair["second"]["id"])
    assert asked(file, "merge", first, second, "--dry-run", "--json") == 0
    trial = json.loads(capsys.readouterr().out)
    assert list(trial) == ["kept", "gone", "fields", "shared"]
    assert asked(file, "merge", first, second, "--json") == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["kept"], done["gone"]) == (int(first), int(second))
    assert asked(file, "merge", first, second) == 1
    capsys.readouterr()
    assert asked(file, "unmerge", second, "--dry-run") == 0
    assert "trial" in capsys.readouterr().out
    assert asked(file, "unmerge", second, "--json") == 0
    apart = json.loads(capsys.readouterr().out)
    assert (apart["kept"], apart["gone"]) == (int(first), int(second))
    assert asked(file, "duplicates", "--apart", first, second) == 0
    capsys.readouterr()
    assert asked(file, "duplicates", "--json") == 0
    assert json.loads(capsys.readouterr().out)["total"] == said["total"] - 1


def test_a_person_is_meant_by_the_number_of_a_document_too(file: Path, capsys: Captured) -> None:
    with Database(file) as db:
        rows = values(
            db,
            "SELECT id, document_number FROM participant WHERE document_kind = 'national_id' "
            "AND merged_into_id IS NULL ORDER BY id LIMIT 2",
        )
    numbers = [str(number) for _, number in rows]
    assert asked(file, "merge", *numbers, "--dry-run", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert [said["kept"], said["gone"]] == [key for key, _ in rows]
    assert asked(file, "merge", numbers[0], "0000000000000") == 2
    assert "no person 0000000000000" in capsys.readouterr().err


def test_the_lists_of_these_tests_can_be_copied_anywhere(file: Path, tmp_path: Path, capsys: Captured) -> None:
    copy = Path(shutil.copy(LISTS / "nomina-dpi.xlsx", tmp_path / "lista con espacios ñ.xlsx"))
    assert asked(file, "import", str(copy), "--as-kind", "people", "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out)["file"] == copy.name


def test_each_sheet_of_a_workbook_comes_in_with_its_course_in_one_entry(
    file: Path, capsys: Captured, tmp_path: Path
) -> None:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, document in (("116-2019", "0801199045671"), ("Desconocido", "0801199045672")):
        sheet = made.create_sheet(name)
        for line in (["Nombres", "Apellidos", "Identidad"], ["Wendolyn", "Quiroz Tábora", document]):
            sheet.append(line)
    made.save(tmp_path / "libro.xlsx")
    words = ("import", str(tmp_path / "libro.xlsx"), "--as-kind", "enrolments", "--each-sheet", "--json")
    before = count(file, "SELECT count(*) FROM enrolment")
    assert asked(file, *words, "--dry-run") == 1
    found = json.loads(capsys.readouterr().out)
    assert [(one["list"], one["offering"], one["reason"] is None) for one in found["lists"]] == [
        ("116-2019", "116-2019", True),
        ("Desconocido", None, False),
    ]
    assert count(file, "SELECT count(*) FROM enrolment") == before
    assert asked(file, *words, "--set", "Desconocido/leave=yes") == 1
    stored = json.loads(capsys.readouterr().out)
    assert stored["entry"] > 0
    assert count(file, "SELECT count(*) FROM enrolment") == before + 1
    assert asked(file, *words, "--set", "Nadie/leave=yes") == 2
    assert "Desconocido" in capsys.readouterr().err
