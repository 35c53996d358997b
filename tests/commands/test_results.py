"""Tests of `attendance`, `grades`, `close`, `reopen` and of results that come in, with the sheets that offices send."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from PIL import Image

from eic_tracker.cli import run
from eic_tracker.store.database import Database
from tests.services.school import values

Captured = pytest.CaptureFixture[str]
LISTS = Path(__file__).parents[1] / "data" / "lists"
RESULTS = LISTS / "resultados-116-2019.xlsx"
COURSE = "116-2019"
ORDER = "Comisario Inventado, Director, Oficio 12-2019"


@cache
def _enrolled(demonstration: Path) -> Path:
    """The demonstration with the people of the ministry's list on the roster of the open course, made once."""
    path = Path(shutil.copy(demonstration, Path(mkdtemp()) / "enrolled.eic"))
    words = ["import", str(LISTS / "nomina-dpi.xlsx"), "--as-kind", "enrolments", "--offering", COURSE]
    assert run(["--file", str(path), *words]) == 0
    return path


@pytest.fixture
def file(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of that file that a test may change."""
    return Path(shutil.copy(_enrolled(demo_folder / "demo.eic"), tmp_path / "demo.eic"))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A signed sheet as a telephone sees it."""
    Image.new("RGB", (60, 90), "white").save(tmp_path / "hoja.jpg")
    return tmp_path / "hoja.jpg"


def asked(file: Path, *words: str) -> int:
    """The exit status of a command on a file, in English."""
    return run(["--lang", "en", "--file", str(file), *words])


def answered(file: Path, capsys: Captured, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit status and the JSON of a command."""
    capsys.readouterr()
    status = asked(file, *words, "--json")
    return status, json.loads(capsys.readouterr().out)


def taken_in(file: Path, capsys: Captured, *words: str, path: Path = RESULTS) -> tuple[int, dict[str, Any]]:
    """The exit status and the JSON of an import of results."""
    return answered(file, capsys, "import", str(path), "--as-kind", "results", "--offering", COURSE, *words)


def sets(file: Path) -> int:
    """How many entries the journal has."""
    with Database(file) as db:
        return int(str(values(db, "SELECT max(id) FROM change_set")[0][0]))


def test_a_trial_has_the_frame_of_every_import_and_the_keys_of_results(file: Path, capsys: Captured) -> None:
    before = sets(file)
    status, said = taken_in(file, capsys, "--dry-run")
    assert status == 1
    assert list(said) == ["file", "sheet", "header_row", "kind", "columns", "counts", "questions", "rows"]
    assert (said["kind"], said["header_row"], said["questions"]) == ("results", 1, [])
    assert said["counts"] == {"rows": 29, "change": 27, "same": 0, "error": 2}
    keys = ["row", "outcome", "document", "attendance", "grade", "scale", "status_proposed", "reason", "problems"]
    assert all(list(row) == keys for row in said["rows"])
    assert [row["row"] for row in said["rows"]] == list(range(2, 31))
    assert sets(file) == before


def test_the_sheet_of_the_school_reads_as_people_mean_it(file: Path, capsys: Captured) -> None:
    rows = {row["row"]: row for row in taken_in(file, capsys, "--dry-run")[1]["rows"]}
    told = {number: (row["grade"], row["status_proposed"], row["reason"]) for number, row in rows.items()}
    assert told[3] == (71.5, "completed", None)
    assert told[4] == (57, "not_completed", None)
    assert told[11] == (None, "no_show", "NSP")
    assert told[9] == told[16] == (None, "withdrew", "Retirado por enfermedad")
    assert told[22] == (None, None, None)
    assert "missing_grade" in {problem["code"] for problem in rows[22]["problems"]}
    assert (rows[18]["attendance"], rows[18]["grade"], told[18][1]) == (62, 71, "not_completed")
    for twice in (5, 19):
        assert (rows[twice]["outcome"], told[twice][1]) == ("error", None)
        assert [problem["severity"] for problem in rows[twice]["problems"]] == ["error"]
    assert sum(row["grade"] is None for row in rows.values()) == 4
    assert {row["scale"] for row in rows.values()} == {100, None}


def test_storing_asks_on_whose_behalf_and_for_the_sheet(file: Path, capsys: Captured, sheet: Path) -> None:
    before = sets(file)
    words = ("import", str(RESULTS), "--as-kind", "results", "--offering", COURSE)
    assert asked(file, *words) == 2
    assert "--on-behalf-of" in capsys.readouterr().err
    assert asked(file, *words, "--on-behalf-of", "instructor") == 2
    assert "--sheet" in capsys.readouterr().err
    assert asked(file, *words, "--on-behalf-of", "nadie", "--sheet", str(sheet)) == 2
    assert sets(file) == before


def test_what_is_stored_is_proposed_and_the_same_sheet_again_changes_nothing(
    file: Path, capsys: Captured, sheet: Path
) -> None:
    spoken = ("--on-behalf-of", "instructor", "--sheet", str(sheet))
    status, said = taken_in(file, capsys, *spoken)
    assert (status, said["counts"]["change"]) == (1, 27)
    with Database(file) as db:
        query = (
            "SELECT e.status, e.proposed_status, count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id "
            "WHERE o.code = ? GROUP BY 1, 2 ORDER BY 2"
        )
        assert values(db, query, COURSE) == [
            ("enrolled", None, 5),
            ("enrolled", "completed", 13),
            ("enrolled", "no_show", 1),
            ("enrolled", "not_completed", 10),
            ("enrolled", "withdrew", 2),
        ]
        query = "SELECT actor, on_behalf_of, use_case FROM change_set WHERE id = ?"
        assert values(db, query, said["entry"]) == [("registrar", "instructor", "import_results")]
        kept = values(db, "SELECT row, rejected_as FROM rejected_row r JOIN list_import l ON l.id = r.list_import_id "
                          "WHERE l.kind = 'results' ORDER BY row")  # fmt: skip
        assert kept == [(5, "error"), (19, "error")]
    before = sets(file)
    status, again = taken_in(file, capsys, *spoken)
    assert (status, again["counts"]) == (1, {"rows": 29, "change": 0, "same": 27, "error": 2})
    assert "entry" not in again
    assert sets(file) == before


def test_strict_stores_nothing_while_a_row_stays_out(file: Path, capsys: Captured, sheet: Path) -> None:
    before = sets(file)
    status, said = taken_in(file, capsys, "--strict", "--on-behalf-of", "instructor", "--sheet", str(sheet))
    assert (status, "entry" in said, sets(file)) == (1, False, before)


def test_an_instructor_takes_in_results_of_an_own_course_without_a_sheet(file: Path, capsys: Captured) -> None:
    status, said = taken_in(file, capsys, "--as", "instructor")
    assert status == 1
    assert said["counts"]["change"] == 27
    assert said["entry"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--as-kind", "results"), "--offering"),
        (("--as-kind", "results", "--offering", "999-2019"), "no course 999-2019"),
        (("--as-kind", "results", "--offering", "122-2019"), "is closed"),
        (("--as-kind", "results", "--offering", COURSE, "--answer", "scale=7"), "is no scale"),
    ],
)
def test_a_call_that_cannot_be_answered_is_refused_with_one_sentence(
    file: Path, capsys: Captured, words: tuple[str, ...], sentence: str
) -> None:
    assert asked(file, "import", str(RESULTS), *words, "--dry-run") == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


def test_a_list_without_grades_is_no_sheet_of_results(file: Path, capsys: Captured) -> None:
    words = ("--as-kind", "results", "--offering", COURSE, "--dry-run")
    assert asked(file, "import", str(LISTS / "nomina-dpi.xlsx"), *words) == 2
    assert "has no column of grades" in capsys.readouterr().err


def first_two(file: Path, capsys: Captured) -> list[dict[str, Any]]:
    """Two people of the course."""
    people: list[dict[str, Any]] = answered(file, capsys, "grades", "--offering", COURSE)[1]["people"]
    return people[:2]


def test_attendance_is_recorded_and_shown_by_day(file: Path, capsys: Captured) -> None:
    one, other = first_two(file, capsys)
    words = ("attendance", "--offering", COURSE, "--day", "2019-06-03", "--others", "present")
    marks = ("--mark", f"{one['document']}=excused:absence-illness", "--mark", f"{other['enrolment']}=absent")
    status, said = answered(file, capsys, *words, *marks)
    assert (status, said["counts"]) == (0, {"present": 29, "late": 0, "absent": 1, "excused": 1})
    _, shown = answered(file, capsys, "attendance", "--offering", COURSE)
    assert {"day": "2019-06-03", "part": "whole", "module": None} in shown["days"]
    marked = {person["enrolment"]: person for person in shown["people"]}
    assert marked[one["enrolment"]]["marks"] == [
        {"day": "2019-06-03", "part": "whole", "mark": "excused", "reason": "absence-illness"}
    ]
    assert (marked[one["enrolment"]]["attendance"], marked[other["enrolment"]]["attendance"]) == (None, 0)


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        ("nobody=absent", "is nobody of this course"),
        ("{who}=away", "“away” is none of: present"),
        ("{who}", "is not WHO=WHAT"),
        ("{who}=excused", "choose the reason"),
        ("{who}=excused:withdrew-illness", "“withdrew-illness” is none of: absence-illness"),
    ],
)
def test_a_wrong_mark_is_told_in_one_sentence(file: Path, capsys: Captured, mark: str, sentence: str) -> None:
    who = first_two(file, capsys)[0]["document"]
    words = ("attendance", "--offering", COURSE, "--day", "2019-06-03", "--mark", mark.format(who=who))
    assert asked(file, *words) == 2
    assert sentence in capsys.readouterr().err


def test_grades_are_set_shown_and_asked_for_their_scale(file: Path, capsys: Captured) -> None:
    one, other = first_two(file, capsys)
    words = ("grades", "--offering", COURSE, "--set", f"{one['document']}=4,2", "--set", f"{other['document']}=3,1")
    assert asked(file, *words) == 1
    assert "4.2 becomes 84" in capsys.readouterr().err
    assert answered(file, capsys, *words, "--scale", "5") == (0, {"offering": COURSE, "people": 2})
    assert (
        asked(file, "grades", "--offering", COURSE, "--remark", f"{other['document']}=withdrew:withdrew-hearing") == 0
    )
    _, shown = answered(file, capsys, "grades", "--offering", COURSE)
    assert (shown["scale"], shown["written_scale"], shown["minimum_grade"], shown["minimum_attendance"]) == (
        100,
        5,
        70,
        80,
    )
    found = {person["enrolment"]: person for person in shown["people"]}
    assert (found[one["enrolment"]]["final_grade"], found[one["enrolment"]]["missing"]) == (84, ["attendance"])
    assert (found[other["enrolment"]]["final_grade"], found[other["enrolment"]]["status_proposed"]) == (62, "withdrew")


def test_a_course_is_closed_once_nothing_stands_in_the_way_and_a_manager_reopens_it(
    file: Path, capsys: Captured, sheet: Path
) -> None:
    taken_in(file, capsys, "--on-behalf-of", "instructor", "--sheet", str(sheet))
    status, blocked = answered(file, capsys, "close", "--offering", COURSE)
    assert (status, blocked["closed"]) == (1, False)
    found = {(each["enrolment"], each["code"]) for each in blocked["blockers"]}
    assert {code for _, code in found} == {"missing_grade", "missing_attendance", "missing_reason"}
    assert {each["where"] for each in blocked["blockers"]} == {"results", "days"}
    results = {
        "missing_reason": "no_show:no-show-unknown",
        "missing_grade": "not_completed:not-completed-grade",
    }
    decided = [f"{key}={results[code]}" for key, code in sorted(found) if code in results]
    words = [word for each in decided for word in ("--decide", each)]
    status, dry = answered(file, capsys, "close", "--offering", COURSE, "--dry-run")
    assert (status, len(dry["people"])) == (1, 31)
    status, done = answered(file, capsys, "close", "--offering", COURSE, *words)
    assert (status, done["closed"]) == (0, True)
    assert done["counts"] == {"completed": 13, "not_completed": 15, "withdrew": 2, "no_show": 1}
    assert asked(file, "close", "--offering", COURSE) == 1
    assert "is closed" in capsys.readouterr().err
    reopening = ("reopen", "--offering", COURSE, "--reason", "acta 4", "--authorised-by")
    assert asked(file, *reopening, "Comisario Inventado") == 2
    assert "name, post, letter" in capsys.readouterr().err
    status, back = answered(file, capsys, *reopening, ORDER)
    assert (status, back["people"], back["certificates"]) == (0, 31, 0)


def test_a_completion_below_the_minimum_needs_the_name_behind_it(file: Path, capsys: Captured, sheet: Path) -> None:
    one, *_ = first_two(file, capsys)
    spoken = ("--on-behalf-of", "instructor", "--sheet", str(sheet))
    others = ("attendance", "--offering", COURSE, "--day", "2019-06-03", "--others", "present")
    assert asked(file, *others) == 0
    people = answered(file, capsys, "grades", "--offering", COURSE)[1]["people"]
    words = [word for person in people for word in ("--set", f"{person['enrolment']}=80")]
    assert asked(file, "grades", "--offering", COURSE, *words) == 0
    assert asked(file, "grades", "--offering", COURSE, "--set", f"{one['enrolment']}=60") == 0
    lenient = ("close", "--offering", COURSE, "--decide", f"{one['enrolment']}=completed", *spoken)
    capsys.readouterr()
    assert asked(file, *lenient) == 1
    assert "authorises it" in capsys.readouterr().err
    assert asked(file, *lenient, "--authorised-by", ORDER) == 0
    assert f"Course {COURSE} is closed" in capsys.readouterr().out


def test_who_came_unlisted_is_typed_shown_and_matched(file: Path, capsys: Captured, sheet: Path) -> None:
    spoken = ("--on-behalf-of", "instructor", "--sheet", str(sheet))
    day = ("attendance", "--offering", COURSE, "--day", "2019-06-10", "--came", "Luis Paz=0801199055555")
    status, said = answered(file, capsys, *day, *spoken)
    assert (status, said["counts"]["present"]) == (0, 1)
    shown = answered(file, capsys, "attendance", "--offering", COURSE)[1]
    (luis,) = shown["walk_ins"]
    assert (luis["name"], luis["enrolment"], len(luis["marks"])) == ("Luis Paz", None, 1)
    asked(file, "attendance", "--offering", COURSE)
    assert "Came without being listed" in capsys.readouterr().out
    who = shown["people"][0]["enrolment"]
    assert asked(file, "attendance", "--offering", COURSE, "--match", f"99={who}") == 2
    status, said = answered(file, capsys, "attendance", "--offering", COURSE, "--match", f"{luis['walk_in']}={who}")
    assert (status, said["enrolment"], said["marks"]) == (0, who, 1)
