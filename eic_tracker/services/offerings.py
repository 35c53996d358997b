"""Courses given: entered, entered anew like an earlier one, changed, cancelled; planned or running by their dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import OfferingStatus
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, changes_between, tidy
from eic_tracker.domain.names import fold
from eic_tracker.domain.numbering import next_offering_code
from eic_tracker.domain.offering_rules import (
    OFFERING_LABELS,
    OfferingDraft,
    Values,
    last_day,
    offering_problems,
    shifted,
    teaching_days,
    tidied_offering,
)
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.offering_form import OfferingForm, read_offering_form, read_offering_values, read_totals
from eic_tracker.services.restating import closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering, OfferingDay
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.transaction import Entry, Tx

GONE = N_("This course is no longer in the file; its entry was undone.")


@dataclass(frozen=True, slots=True)
class OfferingSaved:
    """A course given as it was stored: its key and number."""

    id: int
    code: str


def offering_form(db: Database, acting: ActingUser) -> OfferingForm:
    """What the form of a course given offers and begins with."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return read_offering_form(connection, local_date(db.clock()))


def offering_values(db: Database, acting: ActingUser, key: int) -> Mapping[str, Any]:
    """The values from which its form starts; UserError where it is gone."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return _values(connection, key)


def next_edition(db: Database, acting: ActingUser, key: int) -> Mapping[str, Any]:
    """The values of the next edition of a course given: the same weekdays four weeks on, the next number."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        values = _values(connection, key)
        start, end = shifted(values["starts_on"], values["ends_on"], local_date(db.clock()))
        return {**values, "starts_on": start, "ends_on": end, "code": None, "enrolment_open": True, **_NO_TOTAL}


def save_offering(db: Database, acting: ActingUser, draft: OfferingDraft) -> OfferingSaved:
    """Enter a course given or change one.

    DraftRefused with all problems, ChangedMeanwhile where somebody changed it since the form was opened, Refused where
    it is closed or cancelled."""
    require(acting, Action.ENROL)
    values = tidied_offering(draft.values)
    if draft.id is None:
        with db.write(Entry(actor(acting), "record_offering", "")) as tx:
            saved = record_offering(tx, values)
            tx.entry = replace(tx.entry, label=saved.code)
            return saved
    with db.write(Entry(actor(acting), "edit_offering", "")) as tx:
        saved = _change(tx, draft, values)
        tx.entry = replace(tx.entry, label=saved.code)
        return saved


def record_offering(tx: Tx, values: Values) -> OfferingSaved:
    """Write a new course given with its days and its lead within a transaction; DraftRefused with all problems."""
    values = tidied_offering(values)
    problems = list(offering_problems(values))
    course = _course(tx.connection, values.get("course_id"))
    if course is None and isinstance(values.get("course_id"), int):
        problems.append(DraftProblem("course_id", N_("Choose one of the list.")))
    if problems or course is None:
        raise DraftRefused([*problems, *_reference_problems(tx.connection, values)])
    start = values["starts_on"]
    assert isinstance(start, dt.date)
    if course["valid_to"] is not None and start.isoformat() > course["valid_to"]:
        until = dt.date.fromisoformat(course["valid_to"])
        message = N_("This course was given until {date}; enter its end anew in the catalogue, or choose another.")
        raise DraftRefused([DraftProblem("course_id", message, {"date": until})])
    end = values["ends_on"] or last_day(start, course["hours"])
    assert isinstance(end, dt.date)
    code = str(values["code"] or _next_code(tx.connection, start))
    found = [
        *_reference_problems(tx.connection, values),
        *_code_problems(tx.connection, course, code),
        *_total_problems(tx.connection, values, course["programme_id"], end),
    ]
    if found:
        raise DraftRefused(found)
    before = closed_quarter_figures(tx.connection, course["programme"], [end])
    row = {
        "uid": tx.new_uid(),
        "programme_id": course["programme_id"],
        "course_version_id": course["version_id"],
        "recorded_at": tx.at,
        **_columns(values, start, end, code),
    }
    (key,) = tx.insert(Offering, [row])
    tx.insert(OfferingDay, [{"offering_id": key, "held_on": each} for each in teaching_days(start, end)])
    _write_lead(tx, key, values["lead_id"])
    restate(tx, course["programme"], before)
    return OfferingSaved(key, code)


def cancel_offering(db: Database, acting: ActingUser, key: int, reason: str) -> str:
    """Cancel a course given, with a reason; its roster stays and counts nowhere. Its number."""
    require(acting, Action.ENROL)
    said = tidy(reason)
    if not fold(said):
        raise UserError(N_("Cancelling a course needs a reason; nothing was changed."))
    with db.write(Entry(actor(acting), "cancel_offering", "", reason=said)) as tx:
        row = open_offering(tx.connection, key)
        certificates = tx.connection.exec_driver_sql(
            "SELECT count(*) FROM certificate k JOIN enrolment e ON e.id = k.enrolment_id "
            "WHERE e.offering_id = ? AND k.status NOT IN ('annulled', 'replaced')",
            (key,),
        ).scalar_one()
        if certificates:
            raise Refused(
                N_("Course {code} has {count} certificates that hold: it took place, so it cannot be cancelled."),
                code=row["code"],
                count=certificates,
            )
        tx.entry = replace(tx.entry, label=row["code"])
        before = closed_quarter_figures(tx.connection, row["programme"], [row["ends_on"]])
        tx.update(
            Offering, {key: {"status": OfferingStatus.CANCELLED, "cancelled_reason": said, "enrolment_open": False}}
        )
        restate(tx, row["programme"], before, said)
        return str(row["code"])


def open_offering(connection: Connection, key: int) -> Mapping[str, Any]:
    """A course given that may be written to: its columns, its programme's code; Refused where it is not open."""
    row: RowMapping | None = (
        connection.exec_driver_sql(
            "SELECT o.*, p.code AS programme FROM offering o JOIN programme p ON p.id = o.programme_id WHERE o.id = ?",
            (key,),
        )
        .mappings()
        .first()
    )
    if row is None:
        raise UserError(GONE)
    if row["status"] == OfferingStatus.CLOSED:
        raise Refused(N_("Course {code} is closed: a manager corrects or reopens it, with a reason."), code=row["code"])
    if row["status"] == OfferingStatus.CANCELLED:
        raise Refused(N_("Course {code} was cancelled: nothing is entered in it any more."), code=row["code"])
    days = {name: dt.date.fromisoformat(row[name]) for name in ("starts_on", "ends_on")}
    return {**row, **days}


def _values(connection: Connection, key: int) -> Mapping[str, Any]:
    values = read_offering_values(connection, key)
    if values is None:
        raise UserError(GONE)
    return values


def _change(tx: Tx, draft: OfferingDraft, values: Values) -> OfferingSaved:
    assert draft.id is not None
    key = draft.id
    row = open_offering(tx.connection, key)
    present = _values(tx.connection, key)
    if draft.original is None:
        raise ValueError("a draft of an offering that exists carries the values that it started from")
    if changes := changes_between(draft.original, present, OFFERING_LABELS):
        raise ChangedMeanwhile(row["code"], _last_keeper(tx.connection, key), changes)
    values = {**values, "course_id": present["course_id"]}
    course = _course(tx.connection, present["course_id"])
    assert course is not None
    problems = list(offering_problems(values))
    if problems:
        raise DraftRefused(problems)
    start = values["starts_on"]
    assert isinstance(start, dt.date)
    end = values["ends_on"] or last_day(start, course["hours"])
    assert isinstance(end, dt.date)
    code = str(values["code"] or row["code"])
    problems = [
        *_reference_problems(tx.connection, values, present),
        *(_code_problems(tx.connection, course, code) if fold(code) != fold(row["code"]) else ()),
        *_capacity_problems(tx.connection, key, values["capacity"]),
        *_day_problems(tx.connection, key, start, end),
        *_total_problems(tx.connection, values, course["programme_id"], end),
    ]
    if problems:
        raise DraftRefused(problems)
    before = closed_quarter_figures(tx.connection, course["programme"], [row["ends_on"], end])
    tx.update(Offering, {key: _columns(values, start, end, code)})
    _write_days(tx, key, start, end, moved=(start, end) != (row["starts_on"], row["ends_on"]))
    _write_lead(tx, key, values["lead_id"])
    restate(tx, course["programme"], before)
    return OfferingSaved(key, code)


def _columns(values: Values, start: dt.date, end: dt.date, code: str) -> dict[str, Any]:
    names = ("place", "municipality_id", "capacity", "vetting_required", "enrolment_open", "historical_total_id")
    return {"starts_on": start, "ends_on": end, "code": code, **{name: values[name] for name in names}}


def _course(connection: Connection, key: object) -> RowMapping | None:
    """A course with its newest version; None where it is none of the catalogue."""
    return (
        connection.exec_driver_sql(
            "SELECT c.programme_id, c.valid_to, p.code AS programme, v.id AS version_id, v.hours FROM course c "
            "JOIN programme p ON p.id = c.programme_id JOIN course_version v ON v.course_id = c.id "
            "WHERE c.id = ? ORDER BY v.version DESC LIMIT 1",
            (key,),
        )
        .mappings()
        .first()
    )


def _next_code(connection: Connection, start: dt.date) -> str:
    codes = connection.exec_driver_sql("SELECT code FROM offering WHERE code LIKE ?", (f"%-{start.year}",))
    return next_offering_code(start.year, [code for (code,) in codes])


def _reference_problems(
    connection: Connection, values: Values, present: Values | None = None
) -> tuple[DraftProblem, ...]:
    """What the form chose that is gone, or has ended since; what was chosen before stays."""
    problems = []
    for name, query in (
        ("lead_id", "SELECT 1 FROM instructor WHERE id = ?"),
        ("municipality_id", "SELECT 1 FROM municipality WHERE id = ? AND valid_to IS NULL"),
    ):
        chosen = values.get(name)
        if not isinstance(chosen, int) or (present is not None and present[name] == chosen):
            continue
        if connection.exec_driver_sql(query, (chosen,)).first() is None:
            problems.append(DraftProblem(name, N_("Choose one of the list.")))
    return tuple(problems)


_NO_TOTAL: Mapping[str, None] = {"historical_total_id": None}
"""What is given anew was counted nowhere yet."""


def _total_problems(connection: Connection, values: Values, programme: int, end: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with a link to a historical total: only what lies in its period takes anything off it."""
    key = values.get("historical_total_id")
    if not isinstance(key, int):
        return ()
    total = read_totals(connection).get(key)
    if total is None or total.programme_id != programme:
        return (DraftProblem("historical_total_id", N_("Choose one of the list, of the programme of the course.")),)
    if not total.first_day <= end <= total.last_day:
        message = N_("This total counts from {first} to {last}; the course ends on {end}.")
        told = {"first": total.first_day, "last": total.last_day, "end": end}
        return (DraftProblem("historical_total_id", message, told),)
    return ()


def _code_problems(connection: Connection, course: RowMapping, code: str) -> tuple[DraftProblem, ...]:
    taken = connection.exec_driver_sql("SELECT code FROM offering WHERE programme_id = ?", (course["programme_id"],))
    if fold(code) in {fold(each) for (each,) in taken}:
        return (DraftProblem("code", N_("There is a course {code} already."), {"code": code}),)
    return ()


def _capacity_problems(connection: Connection, key: int, capacity: object) -> tuple[DraftProblem, ...]:
    taken = seats_taken(connection, key)
    if isinstance(capacity, int) and capacity < taken:
        message = N_("{count} people have a seat already; take some off first, or leave as many seats.")
        return (DraftProblem("capacity", message, {"count": taken}),)
    return ()


def seats_taken(connection: Connection, key: int) -> int:
    """How many have a seat: enrolled or with a result; who left, never came or was taken off does not."""
    return int(
        connection.exec_driver_sql(
            "SELECT count(*) FROM enrolment WHERE offering_id = ? AND seat = 'seat' "
            "AND status IN ('enrolled', 'completed', 'not_completed')",
            (key,),
        ).scalar_one()
    )


_MARKED = (
    "(EXISTS (SELECT 1 FROM attendance a WHERE a.offering_day_id = d.id) "
    "OR EXISTS (SELECT 1 FROM walk_in_mark w WHERE w.offering_day_id = d.id))"
)
"""Whether somebody is marked on day `d`, listed or not."""


def _day_problems(connection: Connection, key: int, start: dt.date, end: dt.date) -> tuple[DraftProblem, ...]:
    outside = connection.exec_driver_sql(
        f"SELECT min(d.held_on) FROM offering_day d WHERE {_MARKED} AND d.offering_id = ? "
        "AND d.held_on NOT BETWEEN ? AND ?",
        (key, start.isoformat(), end.isoformat()),
    ).scalar_one()
    if outside is None:
        return ()
    marked = dt.date.fromisoformat(outside)
    message = N_("Attendance is recorded on {date}; that day cannot fall outside the course.")
    return (DraftProblem("starts_on" if marked < start else "ends_on", message, {"date": marked}),)


def _write_days(tx: Tx, key: int, start: dt.date, end: dt.date, *, moved: bool) -> None:
    """Days follow the dates; those on which attendance was recorded stay as they are."""
    if not moved:
        return
    wanted = set(teaching_days(start, end))
    rows = tx.connection.exec_driver_sql(
        f"SELECT d.id, d.held_on, {_MARKED} FROM offering_day d WHERE d.offering_id = ?",
        (key,),
    ).all()
    present = [(day, dt.date.fromisoformat(held), bool(marked)) for day, held, marked in rows]
    tx.delete(OfferingDay, [day for day, held, marked in present if held not in wanted and not marked])
    missing = wanted - {held for _, held, _ in present}
    tx.insert(OfferingDay, [{"offering_id": key, "held_on": held} for held in sorted(missing)])


def _write_lead(tx: Tx, key: int, lead: object) -> None:
    """One lead per offering; who taught modules beside is not touched."""
    row = tx.connection.exec_driver_sql(
        "SELECT id, instructor_id FROM assignment WHERE offering_id = ? AND role = 'lead'", (key,)
    ).first()
    if row is None:
        if isinstance(lead, int):
            tx.insert(Assignment, [{"offering_id": key, "instructor_id": lead, "role": AssignmentRole.LEAD}])
    elif lead is None:
        tx.delete(Assignment, [row.id])
    else:
        tx.update(Assignment, {row.id: {"instructor_id": lead}})


def _last_keeper(connection: Connection, key: int) -> str:
    return str(
        connection.exec_driver_sql(
            "SELECT s.actor FROM change c JOIN change_set s ON s.id = c.change_set_id "
            "WHERE c.table_name = 'offering' AND c.row_id = ? ORDER BY s.id DESC LIMIT 1",
            (key,),
        ).scalar()
        or ""
    )
