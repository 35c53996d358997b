"""An instructor works with own courses, those that wait to be closed first; another's is refused at every door."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from eic_tracker.cli import run
from eic_tracker.domain.codes import Role
from eic_tracker.errors import UserError
from eic_tracker.queries.listing import Request
from eic_tracker.services import exports
from eic_tracker.services.acts import acts_of_course
from eic_tracker.services.attendance_sheets import weeks_of_course
from eic_tracker.services.closing import closing_view
from eic_tracker.services.demonstration import TODAY
from eic_tracker.services.grades import class_results
from eic_tracker.services.home import home
from eic_tracker.services.listings import list_keys, list_rows
from eic_tracker.services.profiles import offering_detail
from eic_tracker.services.search import search
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.services.school import values

NOON = dt.datetime.combine(TODAY, dt.time(18), dt.UTC)
MINE = "SELECT offering_id FROM assignment WHERE instructor_id = ?"
ANOTHERS = f"""SELECT o.id, o.code FROM offering o WHERE o.status = 'open' AND o.ends_on < '2019-06-28'
AND o.id NOT IN ({MINE}) AND EXISTS (SELECT 1 FROM enrolment e WHERE e.offering_id = o.id) ORDER BY o.id LIMIT 1"""


def test_what_waits_to_be_closed_comes_first_on_home_and_among_my_courses(demo_file: Path) -> None:
    with Database(demo_file, clock=lambda: NOON) as db:
        instructor = demonstration_user(db, Role.INSTRUCTOR)
        mine = {key for (key,) in values(db, MINE, instructor.instructor_id)}
        due = home(db, instructor, TODAY).due
        assert due[0].code == "to_close"
        request = Request(order="waiting", today=TODAY)
        keys = list(list_keys(db, instructor, "offerings", request))
        assert set(keys) == mine
        rows = list_rows(db, instructor, "offerings", keys)
        waiting = [rows[key].phase.value == "finished" for key in keys]
        assert sum(waiting) == due[0].count > 0
        assert waiting == sorted(waiting, reverse=True)
        starts = [rows[key].starts_on for key in keys if rows[key].phase.value != "finished"]
        assert starts == sorted(starts, reverse=True)


def test_another_s_course_is_refused_by_page_list_search_export_and_command(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Database(demo_file) as db:
        instructor = demonstration_user(db, Role.INSTRUCTOR)
        ((key, code),) = values(db, ANOTHERS, instructor.instructor_id)
        offering = int(str(key))
        doors: tuple[Callable[[], object], ...] = (
            lambda: offering_detail(db, instructor, offering, TODAY),
            lambda: class_results(db, instructor, offering),
            lambda: closing_view(db, instructor, offering),
            lambda: weeks_of_course(db, instructor, offering),
            lambda: acts_of_course(db, instructor, offering),
        )
        for door in doors:
            with pytest.raises(UserError):
                door()
        assert list_rows(db, instructor, "offerings", [offering]) == {}
        assert not list_keys(db, instructor, "roster", Request(filters=(("offering", str(offering)),), today=TODAY))
        assert all(hit.id != offering or hit.kind.value != "offering" for hit in search(db, instructor, str(code)))
        people = array(
            "q", [int(str(each)) for (each,) in values(db, "SELECT id FROM enrolment WHERE offering_id = ?", offering)]
        )
        note = exports.note_export(db, instructor, "roster: workbook", len(people), "auditoría")
        view = exports.ViewAsked("roster", people, "Nómina", (), lambda row: (row.surnames,), filters=(), count="")
        assert list(exports.read_cells(db, instructor, view, note)) == []
    out, file = tmp_path / "x", ["--file", str(demo_file), "--as", "instructor"]
    for command in (
        ["attendance", "--offering", str(code)],
        ["attendance", "--offering", str(code), "--day", "2019-06-03", "--others", "present"],
        ["grades", "--offering", str(code)],
        ["grades", "--offering", str(code), "--set", "1=90"],
        ["close", "--offering", str(code)],
        ["close", "--offering", str(code), "--dry-run"],
        ["export", "register", "--out", str(out)],
    ):
        assert run([*file, *command]) in {1, 2}, command
        said = capsys.readouterr()
        assert not said.out.strip(), command
        assert said.err.strip()
    assert not out.exists()
    with Database(demo_file) as db:
        assert values(db, "SELECT status FROM offering WHERE id = ?", offering) == [("open",)]
