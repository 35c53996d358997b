"""Tests of attendance: all present, then the exceptions; own courses, or on behalf with the signed sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import AttendanceMark, DayPart, EnrolmentStatus, Role, Seat
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.attachments import MOST_BYTES
from eic_tracker.services.attendance import AttendanceDraft, AttendanceRecorded, MarkDraft, record_attendance
from eic_tracker.services.history import last_undoable, undo_own
from eic_tracker.services.recording import OnBehalf
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import user, values
from tests.services.taught import (
    CLASS,
    OPEN,
    behalf,
    dismissed,
    enrolment,
    ground,
    photograph,
    taught_school,
    teaching_module,
    with_modules,
)

MONDAY = dt.date(2018, 12, 10)
P, L, A, E = AttendanceMark.PRESENT, AttendanceMark.LATE, AttendanceMark.ABSENT, AttendanceMark.EXCUSED


def day(
    db: Database,
    held_on: dt.date = MONDAY,
    *marks: MarkDraft,
    others: AttendanceMark | None = P,
    part: DayPart = DayPart.WHOLE,
    module: int | None = None,
) -> AttendanceRecorded:
    """Record a day as the instructor."""
    draft = AttendanceDraft(OPEN, held_on, marks, others, part, module)
    return record_attendance(db, user(db, Role.INSTRUCTOR), draft)


def test_all_are_present_but_for_the_exceptions(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        leave = ground(db, "absence-leave")
        done = day(db, MONDAY, MarkDraft(7, A), MarkDraft(8, E, leave), MarkDraft(9, L))
        assert done.counts == {P: 2, L: 1, A: 1, E: 1}
        marks = values(db, "SELECT enrolment_id, mark, ground_id FROM attendance ORDER BY enrolment_id")
        assert marks == [
            (6, "present", None),
            (7, "absent", None),
            (8, "excused", leave),
            (9, "late", None),
            (10, "present", None),
        ]


def test_the_percentage_follows_from_the_days_and_an_excuse_counts_neither_way(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        leave = ground(db, "absence-leave")
        day(db, MONDAY, MarkDraft(7, A), MarkDraft(8, E, leave))
        day(db, MONDAY + dt.timedelta(1), MarkDraft(9, A))
        found = [enrolment(db, key, "attendance_percent")[0] for key in CLASS]
        assert found == [100, 50, 100, 50, 100]


def test_the_same_day_again_changes_what_differs_and_leaves_no_entry_where_nothing_does(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        first = day(db)
        again = day(db)
        assert first.set_id is not None
        assert again.set_id is None
        corrected = day(db, MONDAY, MarkDraft(7, A), others=None)
        assert corrected.counts[A] == 1
        assert enrolment(db, 7, "attendance_percent") == (0,)
        changed = values(db, "SELECT count(*) FROM change WHERE change_set_id = ?", corrected.set_id)
        assert changed == [(2,)]


def test_an_instructor_takes_an_own_day_back_and_it_is_as_it_was(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        teacher = user(db, Role.INSTRUCTOR)
        done = day(db)
        found = last_undoable(db, teacher)
        assert found is not None
        assert found.id == done.set_id
        undo_own(db, teacher, found.id)
        assert values(db, "SELECT count(*) FROM attendance") == [(0,)]
        assert enrolment(db, 7, "attendance_percent", "proposed_status") == (None, None)


def test_a_mark_taken_away_leaves_no_attendance(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        day(db)
        day(db, MONDAY, MarkDraft(7, None), others=None)
        assert enrolment(db, 7, "attendance_percent") == (None,)


def test_two_modules_of_one_day_have_an_attendance_each(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with_modules(db, 50, 50)
        day(db, MONDAY, MarkDraft(7, A), part=DayPart.MORNING, module=1)
        day(db, MONDAY, part=DayPart.AFTERNOON, module=2)
        query = (
            "SELECT d.part, m.number FROM offering_day d JOIN offering_module x ON x.id = d.offering_module_id "
            "JOIN course_module m ON m.id = x.course_module_id WHERE d.offering_id = ? ORDER BY m.number"
        )
        assert values(db, query, OPEN) == [("morning", 1), ("afternoon", 2)]
        assert enrolment(db, 7, "attendance_percent") == (50,)
        with pytest.raises(Refused, match="otherwise already"):
            day(db)


def test_a_day_of_one_module_is_not_given_to_another(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with_modules(db, 50, 50)
        day(db, MONDAY, module=1)
        with pytest.raises(Refused, match="morning and afternoon apart"):
            day(db, MONDAY, module=2)
        with pytest.raises(UserError, match="no module 7"):
            day(db, MONDAY + dt.timedelta(1), module=7)


@pytest.mark.parametrize("held_on", [dt.date(2018, 12, 9), dt.date(2019, 1, 12)])
def test_a_day_outside_the_course_is_refused(tmp_path: Path, held_on: dt.date) -> None:
    with taught_school(tmp_path) as db, pytest.raises(Refused, match="outside course 001-2019"):
        day(db, held_on)


def test_a_day_to_come_is_refused_and_told_as_people_write_days(tmp_path: Path) -> None:
    now = dt.datetime(2018, 12, 31, 18, tzinfo=dt.UTC)
    with taught_school(tmp_path, now) as db, pytest.raises(Refused) as refused:
        day(db, dt.date(2019, 1, 2))
    assert "02 Jan 2019" in refused.value.text(Translator(Language.EN))


def test_an_excuse_needs_a_reason_of_absence(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with pytest.raises(UserError, match="choose the reason"):
            day(db, MONDAY, MarkDraft(7, E))
        with pytest.raises(UserError, match="does not go with"):
            day(db, MONDAY, MarkDraft(7, E, ground(db, "withdrew-illness")))
        with pytest.raises(UserError, match="does not go with"):
            day(db, MONDAY, MarkDraft(7, P, ground(db, "absence-leave")))
        with pytest.raises(UserError, match="not excused at once"):
            day(db, MONDAY, others=E)
        assert values(db, "SELECT count(*) FROM attendance") == [(0,)]


def test_where_attendance_came_as_percentages_no_single_day_is_marked(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "import_results", "test")) as tx:
            tx.update(Enrolment, {7: {"attendance_percent": 62}})
        with pytest.raises(Refused, match="came as percentages"):
            day(db)
        assert enrolment(db, 7, "attendance_percent") == (62,)


def test_alternates_and_people_taken_off_are_not_marked(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "enrol", "test")) as tx:
            tx.update(Enrolment, {6: {"seat": Seat.ALTERNATE}, 7: {"status": EnrolmentStatus.REMOVED}})
        assert day(db).counts[P] == 3
        for key in (6, 7):
            with pytest.raises(Refused, match="has no seat"):
                day(db, MONDAY, MarkDraft(key, P), others=None)
        with pytest.raises(UserError, match="not on the roster"):
            day(db, MONDAY, MarkDraft(1, P), others=None)


def test_an_instructor_records_in_own_courses_only(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        dismissed(db)
        with pytest.raises(Refused, match="may not record results in course 001-2019"):
            day(db)


def test_a_closed_course_is_locked(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db, pytest.raises(Refused, match="is closed"):
        record_attendance(db, user(db, Role.INSTRUCTOR), AttendanceDraft(1, dt.date(2018, 11, 5), others=P))


def test_a_registrar_records_on_behalf_of_one_who_teaches_with_the_signed_sheet(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        done = record_attendance(db, registrar, AttendanceDraft(OPEN, MONDAY, others=P, on_behalf=behalf()))
        said = values(db, "SELECT actor, on_behalf_of, label FROM change_set WHERE id = ?", done.set_id)
        assert said == [("registrar", "CNP-01", "001-2019")]
        query = "SELECT kind, offering_id, media_type, pages, holds_names FROM attachment"
        assert values(db, query) == [("attendance_sheet", OPEN, "image/jpeg", 1, 1)]


def test_the_same_sheet_is_filed_once_and_without_what_the_camera_noted(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        for offset in range(2):
            held_on = MONDAY + dt.timedelta(offset)
            draft = AttendanceDraft(OPEN, held_on, others=P, on_behalf=behalf("instructor"))
            record_attendance(db, registrar, draft)
        ((content,),) = values(db, "SELECT content FROM attachment")
        assert b"hoja" in photograph()
        assert isinstance(content, bytes)
        assert b"hoja" not in content


@pytest.mark.parametrize(
    ("on_behalf", "sentence"),
    [
        (None, "on behalf of an instructor"),
        (behalf("nobody"), "no instructor “nobody”"),
        (behalf(sheet=b"MZ program"), "no PDF, JPEG or PNG"),
        (behalf(sheet=b"\xff\xd8\xff broken"), "cannot be opened"),
        (behalf(sheet=b"%PDF-1.7 broken"), "cannot be opened"),
        (behalf(sheet=b"%PDF-1.7" + bytes(MOST_BYTES)), "more than 5 MB"),
    ],
)
def test_without_a_name_or_a_sheet_that_can_be_read_nothing_is_stored(
    tmp_path: Path, on_behalf: OnBehalf | None, sentence: str
) -> None:
    with taught_school(tmp_path) as db:
        entries = values(db, "SELECT count(*) FROM change_set")
        draft = AttendanceDraft(OPEN, MONDAY, others=P, on_behalf=on_behalf)
        with pytest.raises(UserError, match=sentence):
            record_attendance(db, user(db, Role.REGISTRAR), draft)
        assert values(db, "SELECT count(*) FROM change_set") == entries


def test_nobody_is_spoken_for_who_does_not_teach_there_and_an_instructor_speaks_for_nobody(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        draft = AttendanceDraft(OPEN, MONDAY, others=P, on_behalf=behalf())
        with pytest.raises(UserError, match="in your own name"):
            record_attendance(db, user(db, Role.INSTRUCTOR), draft)
        dismissed(db)
        with pytest.raises(Refused, match="does not teach in course 001-2019"):
            record_attendance(db, user(db, Role.REGISTRAR), draft)


def test_who_teaches_one_module_records_the_attendance_of_that_module(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with_modules(db, 50, 50)
        teaching_module(db, 1)
        with pytest.raises(Refused, match="say which"):
            day(db)
        with pytest.raises(Refused, match="say which"):
            day(db, MONDAY, module=2)
        assert day(db, MONDAY, module=1).counts[P] == 5
