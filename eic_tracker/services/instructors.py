"""The register of those who teach: instructors, stays, accreditations, mentored units; every write can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, changes_between
from eic_tracker.domain.names import fold, match_key
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.teaching_rules import (
    TEACHING_FIELDS,
    UNKEPT,
    TeachingDraft,
    TeachingKind,
    Values,
    labels_of,
    overlaps,
    teaching_problems,
    tidied_teaching,
)
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.offerings import day
from eic_tracker.queries.school_lists import last_actor
from eic_tracker.queries.teaching_form import (
    Choices,
    alike,
    curriculum_choices,
    force_choices,
    participant_named,
    read_values,
    unit_choices,
)
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.rows import table_models
from eic_tracker.store.tables.instructors import Instructor
from eic_tracker.store.transaction import Entry, Tx

GONE = N_("This is no longer in the file; its entry was undone.")
_OWNED = (TeachingKind.ROTATION, TeachingKind.ACCREDITATION, TeachingKind.MENTORED_UNIT)


@dataclass(frozen=True, slots=True)
class TeachingForm:
    """What a form offers by field, and begins with; `original` None for what is new."""

    choices: Mapping[str, Choices]
    values: Values
    original: Values | None
    name: str = ""
    """of the instructor or course to whom it belongs"""


@dataclass(frozen=True, slots=True)
class TeachingSaved:
    """What was stored: its key and the instructor's."""

    id: int
    instructor_id: int
    code: str


def teaching_form(
    db: Database, acting: ActingUser, kind: TeachingKind, key: int | None, owner: int | None
) -> TeachingForm:
    """The form of an instructor, or of what belongs to one (`owner`); UserError where it is gone."""
    require(acting, Action.ENROL)
    today = local_date(db.clock())
    with db.read() as connection:
        values = _present(connection, kind, key) if key is not None else None
        choices: dict[str, Choices] = {}
        if kind is TeachingKind.INSTRUCTOR:
            choices["force_id"] = {force: name for force, (name, _) in force_choices(connection, today).items()}
            choices["unit_id"] = unit_choices(connection, today)
        elif kind is TeachingKind.ACCREDITATION:
            choices["curriculum_id"] = curriculum_choices(connection, today)
        elif kind is TeachingKind.MENTORED_UNIT:
            choices["unit_id"] = unit_choices(connection, today)
        name = _code_of(connection, owner)[1] if owner is not None else ""
    return TeachingForm(choices, values or {}, values, name)


def save_teaching(db: Database, acting: ActingUser, draft: TeachingDraft) -> TeachingSaved:
    """Enter or change an instructor, or a stay, accreditation or mentored unit of one.

    DraftRefused with all problems, ChangedMeanwhile where somebody changed it since the form was opened."""
    require(acting, Action.ENROL)
    values = tidied_teaching(draft.kind, draft.values)
    problems = teaching_problems(draft.kind, values)
    with db.write(Entry(actor(acting), "save_teaching", "")) as tx:
        if draft.id is not None:
            check_unchanged(tx.connection, draft)
        problems += _CHECKS[draft.kind](tx.connection, draft, values, local_date(tx.at)) if not problems else ()
        if problems:
            raise DraftRefused(problems)
        if draft.kind is TeachingKind.INSTRUCTOR:
            saved = _write_instructor(tx, draft, values)
        else:
            assert draft.owner is not None
            code, _ = _code_of(tx.connection, draft.owner)
            saved = TeachingSaved(_write(tx, draft, values, {"instructor_id": draft.owner}), draft.owner, code)
        tx.entry = replace(tx.entry, label=saved.code)
        return saved


def remove_teaching(db: Database, acting: ActingUser, kind: TeachingKind, key: int) -> str:
    """Take a stay, accreditation or mentored unit away that was entered by mistake; the instructor's code."""
    require(acting, Action.ENROL)
    if kind not in _OWNED:
        raise ValueError("instructors are ended, assignments are taken away by their own door")
    with db.write(Entry(actor(acting), "remove_teaching", "")) as tx:
        owner = tx.connection.exec_driver_sql(f"SELECT instructor_id FROM {kind.value} WHERE id = ?", (key,)).scalar()
        if owner is None:
            raise UserError(GONE)
        code, _ = _code_of(tx.connection, owner)
        tx.delete(model_of(kind), [key])
        tx.entry = replace(tx.entry, label=code)
        return code


def check_unchanged(connection: Connection, draft: TeachingDraft) -> None:
    """ChangedMeanwhile where the row is another than the form started from; UserError where it is gone."""
    assert draft.id is not None
    present = _present(connection, draft.kind, draft.id)
    if draft.original is None:
        raise ValueError("a draft of a row that exists carries the values that it started from")
    if changes := changes_between(draft.original, present, labels_of(draft.kind)):
        owner = draft.id if draft.kind is TeachingKind.INSTRUCTOR else draft.owner
        name = _code_of(connection, owner)[1] if owner is not None else str(draft.id)
        raise ChangedMeanwhile(name, last_actor(connection, draft.kind.value, [draft.id])[1], changes)


def model_of(kind: TeachingKind) -> type[SQLModel]:
    """The table of a kind."""
    return table_models()[kind.value]


def kept_columns(kind: TeachingKind, values: Values) -> dict[str, Any]:
    """The values of a form that are columns of its table."""
    return {field.name: values[field.name] for field in TEACHING_FIELDS[kind] if field.name not in UNKEPT}


def _present(connection: Connection, kind: TeachingKind, key: int) -> Mapping[str, Any]:
    values = read_values(connection, kind, key)
    if values is None:
        raise UserError(GONE)
    return values


def _code_of(connection: Connection, instructor: int) -> tuple[str, str]:
    row = connection.exec_driver_sql(
        "SELECT code, given_names || ' ' || surnames FROM instructor WHERE id = ?", (instructor,)
    ).first()
    if row is None:
        raise UserError(GONE)
    return row[0], row[1]


def _write(tx: Tx, draft: TeachingDraft, values: Values, more: Mapping[str, Any]) -> int:
    columns = kept_columns(draft.kind, values)
    if draft.id is None:
        return tx.insert(model_of(draft.kind), [{**columns, **more}])[0]
    tx.update(model_of(draft.kind), {draft.id: columns})
    return draft.id


def _write_instructor(tx: Tx, draft: TeachingDraft, values: Values) -> TeachingSaved:
    columns = kept_columns(TeachingKind.INSTRUCTOR, values)
    number = columns.pop("participant_number")
    columns["participant_id"] = participant_named(tx.connection, number) if number else None
    for name in ("specialities", "languages"):
        columns[name] = "\n".join(columns[name]) or None
    columns["match_key"] = match_key(str(values["given_names"]), str(values["surnames"]))
    if draft.id is None:
        columns["code"] = columns["code"] or _new_code(tx.connection, columns["force_id"])
        (key,) = tx.insert(Instructor, [{"uid": tx.new_uid(), "recorded_at": tx.at, **columns}])
        return TeachingSaved(key, key, str(columns["code"]))
    tx.update(Instructor, {draft.id: columns})
    return TeachingSaved(draft.id, draft.id, str(columns["code"]))


def _new_code(connection: Connection, force: int) -> str:
    """The force's code and the next number that no instructor has or had: papers of the past name them by code."""
    prefix = connection.exec_driver_sql("SELECT code FROM force WHERE id = ?", (force,)).scalar_one()
    now = connection.exec_driver_sql("SELECT code FROM instructor WHERE code LIKE ?", (f"{prefix}-%",))
    ever = connection.exec_driver_sql(
        "SELECT json_extract(after, '$.code') FROM change WHERE table_name = 'instructor' AND operation = 'insert'"
    )
    taken = {fold(code) for (code,) in (*now, *ever) if code}
    return next(code for number in range(1, 100_000) if fold(code := f"{prefix}-{number:03d}") not in taken)


def _check_instructor(
    connection: Connection, draft: TeachingDraft, values: Values, today: dt.date
) -> tuple[DraftProblem, ...]:
    problems: list[DraftProblem] = []
    before = draft.original or {}
    known = force_choices(connection, today)
    if values["force_id"] not in known and values["force_id"] != before.get("force_id"):
        problems.append(DraftProblem("force_id", N_("Choose one of the list.")))
    unit = values["unit_id"]
    if unit is not None and unit not in unit_choices(connection, today) and unit != before.get("unit_id"):
        problems.append(DraftProblem("unit_id", N_("Choose one of the list.")))
    number = values["participant_number"]
    if isinstance(number, str) and participant_named(connection, number) is None:
        message = N_("No one person has the number {number}. Look them up among the people first.")
        problems.append(DraftProblem("participant_number", message, {"number": number}))
    problems += _code_problems(connection, draft, values)
    problems += _end_problems(connection, draft, values)
    names = ("given_names", "surnames", "police_number")
    if not values["another_person"] and any(values[name] != before.get(name) for name in names):
        problems += _likeness_problems(connection, draft, values)
    return tuple(problems)


def _code_problems(connection: Connection, draft: TeachingDraft, values: Values) -> list[DraftProblem]:
    code = values["code"]
    if draft.id is not None:
        if code != (draft.original or {}).get("code"):
            return [DraftProblem("code", N_("This stays as it is: papers of the past name them by it."))]
        return []
    taken = connection.exec_driver_sql("SELECT code, given_names || ' ' || surnames FROM instructor")
    holder = {fold(theirs): name for theirs, name in taken}.get(fold(code)) if isinstance(code, str) else None
    if holder is None:
        return []
    return [DraftProblem("code", N_("“{code}” stands for “{name}” already."), {"code": code, "name": holder})]


def _end_problems(connection: Connection, draft: TeachingDraft, values: Values) -> list[DraftProblem]:
    """Nobody ends who leads a course that runs on."""
    last = values["ended_on"]
    if not isinstance(last, dt.date) or draft.id is None:
        return []
    leads = connection.exec_driver_sql(
        "SELECT o.code FROM assignment a JOIN offering o ON o.id = a.offering_id "
        "WHERE a.instructor_id = ? AND a.role = 'lead' AND o.status = 'open' AND o.ends_on > ? ORDER BY o.code",
        (draft.id, last.isoformat()),
    )
    if codes := tuple(code for (code,) in leads):
        message = N_("They still lead {courses}. Give these courses another lead first.")
        return [DraftProblem("ended_on", message, {"courses": codes})]
    return []


def _likeness_problems(connection: Connection, draft: TeachingDraft, values: Values) -> list[DraftProblem]:
    number = values["police_number"]
    found = alike(
        connection,
        str(values["given_names"]),
        str(values["surnames"]),
        number if isinstance(number, str) else None,
        draft.id,
    )
    if not found:
        return []
    names = tuple(f"{each.name} ({each.code})" for each in found)
    message = N_("Recorded already: {names}. Change that one instead, or say below that this is another person.")
    return [DraftProblem("another_person", message, {"names": names})]


def _check_rotation(
    connection: Connection, draft: TeachingDraft, values: Values, _today: dt.date
) -> tuple[DraftProblem, ...]:
    rows = connection.exec_driver_sql(
        "SELECT starts_on, ends_on FROM rotation WHERE instructor_id = ? AND id IS NOT ? ORDER BY starts_on",
        (draft.owner, draft.id),
    )
    start, end = values["starts_on"], values["ends_on"]
    assert isinstance(start, dt.date)
    for other_start, other_end in rows:
        first = dt.date.fromisoformat(other_start)
        if overlaps((start, end if isinstance(end, dt.date) else None), (first, day(other_end))):
            if values["overlap_reason"]:
                return ()
            message = N_("Another stay, from {date}, covers some of these days. Say why, or change the days.")
            return (DraftProblem("overlap_reason", message, {"date": first}),)
    if values["overlap_reason"]:
        return (DraftProblem("overlap_reason", N_("It overlaps with no other stay; leave this empty.")),)
    return ()


def _check_unit(
    connection: Connection, draft: TeachingDraft, values: Values, today: dt.date
) -> tuple[DraftProblem, ...]:
    unit = values["unit_id"]
    if unit not in unit_choices(connection, today) and unit != (draft.original or {}).get("unit_id"):
        return (DraftProblem("unit_id", N_("Choose one of the list.")),)
    rows = connection.exec_driver_sql(
        "SELECT starts_on, ends_on FROM mentored_unit WHERE instructor_id = ? AND unit_id = ? AND lower(theme) = ? "
        "AND id IS NOT ?",
        (draft.owner, unit, str(values["theme"]).lower(), draft.id),
    )
    start, end = values["starts_on"], values["ends_on"]
    assert isinstance(start, dt.date)
    for other_start, other_end in rows:
        first = dt.date.fromisoformat(other_start)
        if overlaps((start, end if isinstance(end, dt.date) else None), (first, day(other_end))):
            message = N_("This unit is mentored in this theme already, from {date}.")
            return (DraftProblem("unit_id", message, {"date": first}),)
    return ()


def _check_accreditation(
    connection: Connection, draft: TeachingDraft, values: Values, today: dt.date
) -> tuple[DraftProblem, ...]:
    curriculum = values["curriculum_id"]
    known = {None, (draft.original or {}).get("curriculum_id"), *curriculum_choices(connection, today)}
    if curriculum not in known:
        return (DraftProblem("curriculum_id", N_("Choose one of the list.")),)
    if draft.id is not None:
        return ()
    same = connection.exec_driver_sql(
        "SELECT 1 FROM accreditation WHERE instructor_id = ? AND title = ? AND authority = ? "
        "AND coalesce(expires_on, '') = ?",
        (draft.owner, values["title"], values["authority"], str(values["expires_on"] or "")),
    ).first()
    if same is not None:
        return (DraftProblem("title", N_("This accreditation is recorded already.")),)
    return ()


_CHECKS = {
    TeachingKind.INSTRUCTOR: _check_instructor,
    TeachingKind.ROTATION: _check_rotation,
    TeachingKind.MENTORED_UNIT: _check_unit,
    TeachingKind.ACCREDITATION: _check_accreditation,
}
