"""Tests of courses given: entered, entered anew like an earlier one, changed, cancelled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.domain.codes import AttendanceMark, Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.numbering import next_offering_code
from eic_tracker.domain.offering_rules import OfferingDraft, last_day, shifted, teaching_days
from eic_tracker.errors import Refused, UserError
from eic_tracker.services.history import undo_own
from eic_tracker.services.offerings import (
    OfferingSaved,
    cancel_offering,
    next_edition,
    offering_form,
    offering_values,
    save_offering,
)
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Attendance, OfferingDay
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import NOW, school, user, values

MONDAY = dt.date(2019, 3, 4)


def new(**changes: object) -> OfferingDraft:
    """A course given of one week that is in order unless a change says otherwise."""
    return OfferingDraft({"course_id": 1, "starts_on": MONDAY, "enrolment_open": True, **changes})


def enter(db: Database, **changes: object) -> OfferingSaved:
    """Enter it as the registrar."""
    return save_offering(db, user(db, Role.REGISTRAR), new(**changes))


def change(db: Database, key: int, **changes: object) -> OfferingSaved:
    """Change it as the registrar."""
    known = offering_values(db, user(db, Role.REGISTRAR), key)
    return save_offering(db, user(db, Role.REGISTRAR), OfferingDraft({**known, **changes}, key, known))


def problems(refused: pytest.ExceptionInfo[DraftRefused]) -> list[str]:
    """The fields with problems."""
    return [problem.field for problem in refused.value.problems]


def sets(db: Database) -> list[tuple[object, ...]]:
    """What the journal says was done, the last first."""
    return values(db, "SELECT use_case, label, reason FROM change_set ORDER BY id DESC")


def days(db: Database, key: int) -> list[dt.date]:
    """The days of a course given."""
    found = values(db, "SELECT held_on FROM offering_day WHERE offering_id = ? ORDER BY held_on", key)
    return [dt.date.fromisoformat(str(day)) for (day,) in found]


@pytest.mark.parametrize(
    ("taken", "code"),
    [
        ([], "001-2026"),
        (["115-2026", "009-2026", "200-2025"], "116-2026"),
        (["999-2026"], "1000-2026"),
        (["A-2026", "12-26", "0012-2026"], "013-2026"),
    ],
)
def test_the_next_number_is_one_more_than_the_highest_of_its_year(taken: list[str], code: str) -> None:
    assert next_offering_code(2026, taken) == code


def test_the_last_day_follows_from_the_hours_eight_a_day_without_week_ends() -> None:
    assert last_day(MONDAY, 40) == dt.date(2019, 3, 8)
    assert last_day(MONDAY, 41) == dt.date(2019, 3, 11)
    assert last_day(dt.date(2019, 3, 7), 24) == dt.date(2019, 3, 11)
    assert last_day(MONDAY, 1) == MONDAY


def test_a_course_is_taught_monday_to_friday_and_on_its_own_first_and_last_day() -> None:
    assert [day.day for day in teaching_days(dt.date(2019, 3, 9), dt.date(2019, 3, 17))] == [9, 11, 12, 13, 14, 15, 17]


def test_the_next_edition_keeps_weekdays_and_lies_ahead() -> None:
    assert shifted(MONDAY, dt.date(2019, 3, 8), MONDAY) == (dt.date(2019, 4, 1), dt.date(2019, 4, 5))
    start, end = shifted(MONDAY, dt.date(2019, 3, 8), dt.date(2019, 9, 1))
    assert (start, (end - start).days, start.weekday()) == (dt.date(2019, 9, 16), 4, 0)


def test_course_and_first_day_are_enough(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        saved = enter(db)
        stored = offering_values(db, user(db, Role.REGISTRAR), saved.id)
        assert (saved.code, stored["ends_on"], stored["course_id"]) == ("002-2019", dt.date(2019, 3, 8), 1)
        assert days(db, saved.id) == [MONDAY + dt.timedelta(number) for number in range(5)]
        assert sets(db)[0] == ("record_offering", "002-2019", None)
        assert enter(db).code == "003-2019"


def test_a_new_course_can_be_undone_whole(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = values(db, "SELECT * FROM offering")
        enter(db, lead_id=1, place="Aula 2")
        (number,) = values(db, "SELECT max(id) FROM change_set")[0]
        undo_own(db, user(db, Role.REGISTRAR), int(str(number)))
        assert values(db, "SELECT * FROM offering") == before
        assert values(db, "SELECT count(*) FROM offering_day") == [(0,)]
        assert values(db, "SELECT count(*) FROM assignment WHERE offering_id > 2") == [(0,)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"course_id": None}, "course_id"),
        ({"course_id": 99}, "course_id"),
        ({"course_id": "Foto"}, "course_id"),
        ({"starts_on": None}, "starts_on"),
        ({"starts_on": "mañana temprano"}, "starts_on"),
        ({"ends_on": dt.date(2019, 3, 3)}, "ends_on"),
        ({"ends_on": dt.date(2029, 3, 3)}, "ends_on"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": "treinta"}, "capacity"),
        ({"code": "001-2019"}, "code"),
        ({"code": "116 2019"}, "code"),
        ({"lead_id": 99}, "lead_id"),
        ({"lead_id": "Pérez"}, "lead_id"),
        ({"municipality_id": 9999}, "municipality_id"),
        ({"place": "Aula\x07"}, "place"),
        ({"place": "A" * 121}, "place"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_stored(
    tmp_path: Path, changes: dict[str, Any], field: str
) -> None:
    with school(tmp_path) as db:
        before = len(sets(db))
        with pytest.raises(DraftRefused) as refused:
            enter(db, **changes)
        assert problems(refused) == [field]
        assert len(sets(db)) == before


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with school(tmp_path) as db, pytest.raises(DraftRefused) as refused:
        enter(db, starts_on=None, capacity=0, lead_id=99)
    assert problems(refused) == ["starts_on", "capacity", "lead_id"]


def test_the_next_edition_is_like_the_earlier_one_but_for_dates_and_number(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        first = enter(db, lead_id=1, place="Aula 2", capacity=30)
        values_of_next = next_edition(db, registrar, first.id)
        second = save_offering(db, registrar, OfferingDraft(values_of_next))
        stored = offering_values(db, registrar, second.id)
        assert (second.code, stored["starts_on"], stored["ends_on"]) == (
            "003-2019",
            dt.date(2019, 4, 1),
            dt.date(2019, 4, 5),
        )
        assert (stored["lead_id"], stored["place"], stored["capacity"]) == (1, "Aula 2", 30)


def test_a_change_moves_days_and_lead_with_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        saved = enter(db)
        change(db, saved.id, starts_on=dt.date(2019, 3, 6), ends_on=dt.date(2019, 3, 12), lead_id=1)
        assert [day.day for day in days(db, saved.id)] == [6, 7, 8, 11, 12]
        assert values(db, "SELECT instructor_id, role FROM assignment WHERE offering_id = ?", saved.id) == [(1, "lead")]
        change(db, saved.id, lead_id=None)
        assert values(db, "SELECT * FROM assignment WHERE offering_id = ?", saved.id) == []
        assert sets(db)[0][:2] == ("edit_offering", saved.code)


def test_a_day_with_attendance_stays_inside_the_course(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            (day,) = tx.insert(OfferingDay, [{"offering_id": 2, "held_on": dt.date(2018, 12, 10)}])
            row = {"enrolment_id": 6, "offering_day_id": day, "mark": AttendanceMark.PRESENT}
            tx.insert(Attendance, [row])
        with pytest.raises(DraftRefused) as refused:
            change(db, 2, starts_on=dt.date(2018, 12, 11))
        assert problems(refused) == ["starts_on"]


def test_seats_are_never_fewer_than_the_people_on_them(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(DraftRefused) as refused:
            change(db, 2, capacity=4)
        assert problems(refused) == ["capacity"]
        assert change(db, 2, capacity=5).code == "001-2019"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        known = offering_values(db, registrar, 2)
        change(db, 2, place="Aula 3")
        with pytest.raises(ChangedMeanwhile) as refused:
            save_offering(db, registrar, OfferingDraft({**known, "place": "Aula 4"}, 2, known))
        assert [(each.field, each.now) for each in refused.value.changes] == [("place", "Aula 3")]
        assert values(db, "SELECT place FROM offering WHERE id = 2") == [("Aula 3",)]


def test_a_closed_course_is_not_changed_or_cancelled_here(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(Refused, match="closed"):
            change(db, 1, place="X")
        with pytest.raises(Refused, match="closed"):
            cancel_offering(db, user(db, Role.REGISTRAR), 1, "x")


def test_cancelling_needs_a_reason_and_can_be_undone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        with pytest.raises(UserError, match="reason"):
            cancel_offering(db, registrar, 2, " . ")
        assert cancel_offering(db, registrar, 2, "huelga  de transporte") == "001-2019"
        query = "SELECT status, cancelled_reason, enrolment_open FROM offering WHERE id = 2"
        assert values(db, query) == [("cancelled", "huelga de transporte", 0)]
        assert sets(db)[0] == ("cancel_offering", "001-2019", "huelga de transporte")
        with pytest.raises(Refused, match="cancelled"):
            change(db, 2, place="X")
        undo_own(db, registrar, int(str(values(db, "SELECT max(id) FROM change_set")[0][0])))
        assert values(db, query) == [("open", None, 1)]


def test_a_course_entered_into_a_closed_quarter_is_a_restatement_of_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "close_quarter", "2018Q3")) as tx:
            tx.insert(ClosedQuarter, [{"period": "2018Q3", "closed_at": NOW}])
        enter(db, starts_on=dt.date(2018, 9, 3))
        found = values(db, "SELECT measure, old_value, new_value, reason FROM restatement")
        assert found == [("offerings", 0, 1, "entered after the quarter was closed")]


def test_a_new_form_begins_where_the_newest_course_is_and_offers_hours(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        enter(db, place="Aula 2", capacity=30)
        form = offering_form(db, user(db, Role.REGISTRAR))
        assert (form.usual["place"], form.usual["capacity"], form.usual["enrolment_open"]) == ("Aula 2", 30, True)
        assert (form.courses, form.hours) == ({1: "Fotografía forense — FOTO"}, {1: 40})
        assert list(form.leads.values()) == ["Inventado, Asesor — CNP-01"]
