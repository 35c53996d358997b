"""The directory of schools: entered, changed, ended, found while typing; nobody enters one twice by accident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, changes_between
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.school_rules import (
    SCHOOL_LABELS,
    SchoolDraft,
    Values,
    sace_warning,
    school_problems,
    tidied_school,
)
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.offering_form import municipality_names
from eic_tracker.queries.school_lists import last_actor
from eic_tracker.queries.schools import (
    SchoolHit,
    named_like,
    read_school_values,
    read_schools,
    with_code,
)
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.outreach import School
from eic_tracker.store.transaction import Entry, Tx

GONE = N_("This school is no longer in the file; its entry was undone.")
_KEPT = tuple(name for name in SCHOOL_LABELS if name != "another_school")


@dataclass(frozen=True, slots=True)
class SchoolForm:
    """What a school's form offers and begins with; `original` None for a new one."""

    municipalities: Mapping[int | str, str]
    values: Values
    original: Values | None


@dataclass(frozen=True, slots=True)
class SchoolSaved:
    """A school that was stored, and what was unusual and kept all the same."""

    id: int
    code: str
    name: str
    warnings: tuple[DraftProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolMatch:
    """Which school of the file a text means: the one that is certain, and those that may be it."""

    found: SchoolHit | None
    alike: tuple[SchoolHit, ...] = ()


def match_school(
    schools: Sequence[SchoolHit], name: str, code: str | None = None, municipality: str | None = None
) -> SchoolMatch:
    """The school that a list means: by its code, else by its name (in a municipality, by its code, where it is known).

    Certain are a code that one school has, and a name that one school alone is called there."""
    if code and len(by_code := with_code(schools, code)) == 1:
        return SchoolMatch(by_code[0])
    nearby = [each for each in schools if municipality is None or each.municipality_code == municipality]
    alike = named_like(nearby, name) if fold(name) else ()
    same = [each for each in alike if fold(each.name) == fold(name)]
    return SchoolMatch(same[0], alike) if len(same) == 1 and not code else SchoolMatch(None, alike)


def schools_alike(db: Database, acting: ActingUser, key: int) -> tuple[SchoolHit, ...]:
    """The other schools of the same municipality that may be this one by their name; UserError where it is gone."""
    require(acting, Action.CLASS_GROUPS)
    with db.read() as connection:
        values = _present(connection, key)
        nearby = [each for each in read_schools(connection, int(str(values["municipality_id"]))) if each.id != key]
        return named_like(nearby, str(values["name"]))


def school_form(db: Database, acting: ActingUser, key: int | None) -> SchoolForm:
    """What the form of a school offers and begins with; UserError where it is gone."""
    require(acting, Action.CLASS_GROUPS, Right.YES)
    with db.read() as connection:
        values = _present(connection, key) if key is not None else None
        return SchoolForm(municipality_names(connection, local_date(db.clock())), values or {}, values)


def save_school(db: Database, acting: ActingUser, draft: SchoolDraft) -> SchoolSaved:
    """Enter or change a school.

    DraftRefused with all problems, ChangedMeanwhile where somebody changed it since the form was opened."""
    require(acting, Action.CLASS_GROUPS, Right.YES)
    with db.write(Entry(actor(acting), "save_school", "")) as tx:
        if draft.id is not None:
            _require_unchanged(tx.connection, draft)
        saved = write_school(tx, draft)
        tx.entry = replace(tx.entry, label=saved.code)
        return saved


def write_school(tx: Tx, draft: SchoolDraft) -> SchoolSaved:
    """Write a school within a transaction of the caller, who asked for the right; DraftRefused with all problems."""
    values = tidied_school(draft.values)
    problems = school_problems(values)
    problems += _file_problems(tx.connection, draft, values) if not problems else ()
    if problems:
        raise DraftRefused(problems)
    columns: dict[str, Any] = {name: values[name] for name in _KEPT}
    columns["match_key"] = fold(str(values["name"]))
    if draft.id is None:
        code = str(values["sace_code"] or _new_code(tx.connection))
        (key,) = tx.insert(School, [{"uid": tx.new_uid(), "code": code, **columns}])
    else:
        key = draft.id
        code = tx.connection.exec_driver_sql("SELECT code FROM school WHERE id = ?", (key,)).scalar_one()
        tx.update(School, {key: columns})
    place = tx.connection.exec_driver_sql(
        "SELECT code FROM municipality WHERE id = ?", (columns["municipality_id"],)
    ).scalar_one()
    warning = sace_warning(columns["sace_code"], place)
    return SchoolSaved(key, code, str(values["name"]), (warning,) if warning else ())


def _present(connection: Connection, key: int) -> Values:
    values = read_school_values(connection, key)
    if values is None:
        raise UserError(GONE)
    return values


def _require_unchanged(connection: Connection, draft: SchoolDraft) -> None:
    assert draft.id is not None
    present = _present(connection, draft.id)
    if draft.original is None:
        raise ValueError("a draft of a school that exists carries the values that it started from")
    if changes := changes_between(draft.original, present, {name: SCHOOL_LABELS[name] for name in _KEPT}):
        raise ChangedMeanwhile(str(present["name"]), last_actor(connection, "school", [draft.id])[1], changes)


def _file_problems(connection: Connection, draft: SchoolDraft, values: Values) -> tuple[DraftProblem, ...]:
    """What the file says against it: a code that another has, a place that is gone, a like name nearby."""
    problems: list[DraftProblem] = []
    code, place = values["sace_code"], values["municipality_id"]
    assert isinstance(place, int)
    before = draft.original or {}
    if isinstance(code, str):
        others = [each for each in with_code(read_schools(connection), code) if each.id != draft.id]
        if others:
            told = {"code": code, "name": others[0].name}
            problems.append(DraftProblem("sace_code", N_("“{code}” stands for “{name}” already."), told))
    if connection.exec_driver_sql("SELECT 1 FROM municipality WHERE id = ?", (place,)).first() is None:
        problems.append(DraftProblem("municipality_id", N_("Choose one of the list.")))
    changed = any(values[name] != before.get(name) for name in ("name", "municipality_id"))
    if changed and not values["another_school"] and not problems:
        nearby = [each for each in read_schools(connection, place) if each.id != draft.id]
        alike = named_like(nearby, str(values["name"]))
        if alike:
            names = tuple(f"{each.name} ({each.sace_code or each.code})" for each in alike)
            message = N_("Recorded already: {names}. Choose that one, or say below that this is another school.")
            problems.append(DraftProblem("another_school", message, {"names": names}))
    return tuple(problems)


def _new_code(connection: Connection) -> str:
    """The next code of a school without a SACE code: ESC-0001; one that was undone is not used again."""
    now = connection.exec_driver_sql("SELECT code FROM school WHERE code LIKE 'ESC-%'")
    undone = connection.exec_driver_sql(
        "SELECT json_extract(before, '$.code') FROM change WHERE table_name = 'school' AND operation = 'delete'"
    )
    numbers = [
        int(number)
        for (code,) in (*now, *undone)
        if code and (number := code.removeprefix("ESC-")) != code and number.isdecimal()
    ]
    return f"ESC-{max(numbers, default=0) + 1:04d}"
