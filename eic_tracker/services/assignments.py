"""Who teaches in a course given: assigned with role, module and hours, changed, taken away; one lead each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import DraftProblem, DraftRefused
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.teaching_rules import (
    ASSISTANT,
    LEAD,
    MODULE,
    TeachingDraft,
    TeachingKind,
    Values,
    teaching_problems,
    tidied_teaching,
)
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.offerings import day
from eic_tracker.queries.teaching_form import (
    Choices,
    TeacherChoice,
    module_choices,
    offering_choices,
    read_values,
    teacher_choices,
)
from eic_tracker.services.instructors import GONE, check_unchanged, kept_columns
from eic_tracker.services.offerings import open_offering
from eic_tracker.services.restating import closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import OfferingModule
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class AssignmentForm:
    """What the form offers and begins with; a teacher's words on what is over stand beside their name."""

    offerings: Choices
    modules: Choices
    teachers: tuple[TeacherChoice, ...]
    values: Values
    original: Values | None


@dataclass(frozen=True, slots=True)
class AssignmentSaved:
    """What was stored, and what of the instructor is over before the course ends."""

    id: int
    offering_id: int
    offering: str
    instructor: str
    lapsed_on: dt.date | None
    stay_ended_on: dt.date | None


def assignment_form(
    db: Database, acting: ActingUser, key: int | None, offering: int | None, instructor: int | None
) -> AssignmentForm:
    """The form of an assignment, or of a new one in a course or for an instructor; UserError where it is gone."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        values = read_values(connection, TeachingKind.ASSIGNMENT, key) if key is not None else None
        if key is not None and values is None:
            raise UserError(GONE)
        if values is not None:
            offering = values["offering_id"]
        last = local_date(db.clock())
        if offering is not None:
            last = open_offering(connection, offering)["ends_on"]
        begins = {"offering_id": offering, "instructor_id": instructor, "role": ASSISTANT, "takes_over": False}
        return AssignmentForm(
            offerings=offering_choices(connection),
            modules=module_choices(connection, offering),
            teachers=teacher_choices(connection, last, values["instructor_id"] if values else None),
            values=values or begins,
            original=values,
        )


def save_assignment(db: Database, acting: ActingUser, draft: TeachingDraft) -> AssignmentSaved:
    """Assign an instructor to a course or change how; a new lead makes the former one an assistant.

    DraftRefused with all problems, ChangedMeanwhile where somebody changed it meanwhile, Refused where the course is
    closed or cancelled."""
    require(acting, Action.ENROL)
    values = tidied_teaching(TeachingKind.ASSIGNMENT, draft.values)
    problems = teaching_problems(TeachingKind.ASSIGNMENT, values)
    if problems:
        raise DraftRefused(problems)
    with db.write(Entry(actor(acting), "save_assignment", "")) as tx:
        if draft.id is not None:
            check_unchanged(tx.connection, draft)
        offering = open_offering(tx.connection, int(str(values["offering_id"])))
        problems = _problems(tx.connection, draft, values, offering)
        if problems:
            raise DraftRefused(problems)
        tx.entry = replace(tx.entry, label=offering["code"])
        before = closed_quarter_figures(tx.connection, offering["programme"], [offering["ends_on"]])
        if values["role"] == LEAD:
            _step_down(tx, offering["id"], draft.id)
        key = _write(tx, draft, values)
        restate(tx, offering["programme"], before)
        return _saved(tx.connection, key, offering)


def remove_assignment(db: Database, acting: ActingUser, key: int) -> str:
    """Take an assignment away; Refused for the lead, of which each course has one. The course's number."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "remove_assignment", "")) as tx:
        row = tx.connection.exec_driver_sql(
            "SELECT offering_id, role, offering_module_id FROM assignment WHERE id = ?", (key,)
        ).first()
        if row is None:
            raise UserError(GONE)
        offering = open_offering(tx.connection, row.offering_id)
        if row.role == LEAD:
            raise Refused(
                N_("Course {code} has one lead. Make another instructor its lead; then this one can be taken away."),
                code=offering["code"],
            )
        _leave_module(tx, key)
        tx.delete(Assignment, [key])
        tx.entry = replace(tx.entry, label=offering["code"])
        return str(offering["code"])


def _problems(
    connection: Connection, draft: TeachingDraft, values: Values, offering: Mapping[str, Any]
) -> tuple[DraftProblem, ...]:
    return (
        *_fixed_problems(draft, values),
        *_teacher_problems(connection, draft, values, offering),
        *_lead_problems(connection, draft, values, offering),
        *_module_problems(connection, draft, values, offering),
        *_hours_problems(connection, values, offering),
        *_day_problems(values, offering),
    )


def _fixed_problems(draft: TeachingDraft, values: Values) -> tuple[DraftProblem, ...]:
    """Course and instructor are said once: another of them is another assignment."""
    if draft.original is None:
        return ()
    changed = [name for name in ("offering_id", "instructor_id") if values[name] != draft.original[name]]
    return tuple(DraftProblem(name, N_("This stays as it is; assign the other one anew.")) for name in changed)


def _teacher_problems(
    connection: Connection, draft: TeachingDraft, values: Values, offering: Mapping[str, Any]
) -> tuple[DraftProblem, ...]:
    row = connection.exec_driver_sql(
        "SELECT given_names || ' ' || surnames, ended_on FROM instructor WHERE id = ?", (values["instructor_id"],)
    ).first()
    if row is None:
        return (DraftProblem("instructor_id", N_("Choose one of the list.")),)
    ended = day(row[1])
    if ended is not None and ended < offering["starts_on"] and draft.id is None:
        message = N_("{name} ended on {date}, before the course begins.")
        return (DraftProblem("instructor_id", message, {"name": row[0], "date": ended}),)
    return ()


def _lead_problems(
    connection: Connection, draft: TeachingDraft, values: Values, offering: Mapping[str, Any]
) -> tuple[DraftProblem, ...]:
    lead = connection.exec_driver_sql(
        "SELECT a.id, i.given_names || ' ' || i.surnames FROM assignment a JOIN instructor i ON i.id = a.instructor_id "
        "WHERE a.offering_id = ? AND a.role = 'lead'",
        (offering["id"],),
    ).first()
    is_lead = lead is not None and lead[0] == draft.id
    if values["role"] == LEAD:
        if lead is not None and not is_lead and not values["takes_over"]:
            message = N_("{name} leads this course. Say here that the lead passes on, or choose another role.")
            return (DraftProblem("takes_over", message, {"name": lead[1]}),)
        if values["ended_on"] is not None:
            return (DraftProblem("ended_on", N_("The lead leads to the end; make somebody else the lead first.")),)
    elif is_lead:
        return (DraftProblem("role", N_("A course has one lead. Make another instructor its lead first.")),)
    return ()


def _module_problems(
    connection: Connection, draft: TeachingDraft, values: Values, offering: Mapping[str, Any]
) -> tuple[DraftProblem, ...]:
    module = values["offering_module_id"]
    if module is not None and module not in module_choices(connection, offering["id"]):
        return (DraftProblem("offering_module_id", N_("This is no module of the course.")),)
    twice = connection.exec_driver_sql(
        "SELECT 1 FROM assignment WHERE offering_id = ? AND instructor_id = ? AND offering_module_id IS ? "
        "AND id IS NOT ?",
        (offering["id"], values["instructor_id"], module, draft.id),
    ).first()
    if twice is None:
        return ()
    message = N_("They are assigned to this module already.") if module else N_("They are assigned already.")
    return (DraftProblem("instructor_id", message),)


def _hours_problems(connection: Connection, values: Values, offering: Mapping[str, Any]) -> tuple[DraftProblem, ...]:
    hours, module = values["hours"], values["offering_module_id"]
    if not isinstance(hours, int):
        return ()
    most = connection.exec_driver_sql(
        "SELECT m.hours FROM offering_module x JOIN course_module m ON m.id = x.course_module_id WHERE x.id = ?1 "
        "UNION ALL SELECT hours FROM course_version WHERE id = ?2 AND ?1 IS NULL",
        (module, offering["course_version_id"]),
    ).scalar_one()
    if hours <= most:
        return ()
    message = N_("The module has {most} hours.") if module else N_("The course has {most} hours.")
    return (DraftProblem("hours", message, {"most": most}),)


def _day_problems(values: Values, offering: Mapping[str, Any]) -> tuple[DraftProblem, ...]:
    last = values["ended_on"]
    if isinstance(last, dt.date) and not offering["starts_on"] <= last <= offering["ends_on"]:
        message = N_("This day lies outside the course, {first} to {last}.")
        span = {"first": offering["starts_on"], "last": offering["ends_on"]}
        return (DraftProblem("ended_on", message, span),)
    return ()


def _step_down(tx: Tx, offering: int, key: int | None) -> None:
    """Who led until now assists; where they assist already, one assignment is enough."""
    former = tx.connection.exec_driver_sql(
        "SELECT id FROM assignment WHERE offering_id = ? AND role = 'lead' AND id IS NOT ?", (offering, key)
    ).scalar()
    if former is not None:
        tx.update(Assignment, {former: {"role": AssignmentRole.ASSISTANT}})


def _write(tx: Tx, draft: TeachingDraft, values: Values) -> int:
    columns = kept_columns(TeachingKind.ASSIGNMENT, values)
    columns["role"] = AssignmentRole(columns["role"])
    if draft.id is None:
        (key,) = tx.insert(Assignment, [columns])
    else:
        key = draft.id
        _leave_module(tx, key)
        tx.update(Assignment, {key: columns})
    module = columns["offering_module_id"]
    if module is not None and columns["role"] == MODULE:
        tx.update(OfferingModule, {module: {"instructor_id": columns["instructor_id"]}})
    return key


def _leave_module(tx: Tx, key: int) -> None:
    """The module of an assignment names its instructor no longer."""
    module = tx.connection.exec_driver_sql(
        "SELECT x.id FROM assignment a JOIN offering_module x ON x.id = a.offering_module_id "
        "AND x.instructor_id = a.instructor_id WHERE a.id = ? AND a.role = 'module'",
        (key,),
    ).scalar()
    if module is not None:
        tx.update(OfferingModule, {module: {"instructor_id": None}})


def _saved(connection: Connection, key: int, offering: Mapping[str, Any]) -> AssignmentSaved:
    instructor, name = connection.exec_driver_sql(
        "SELECT i.id, i.given_names || ' ' || i.surnames FROM assignment a JOIN instructor i ON i.id = a.instructor_id "
        "WHERE a.id = ?",
        (key,),
    ).one()
    last = offering["ends_on"]
    over = next((each for each in teacher_choices(connection, last, instructor) if each.id == instructor), None)
    return AssignmentSaved(
        key,
        offering["id"],
        offering["code"],
        name,
        over.lapsed_on if over else None,
        over.stay_ended_on if over else None,
    )
