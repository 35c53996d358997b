"""Versions of curricula: their lessons with titles, and the rule of what counts as graduated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import CurriculumKind
from eic_tracker.domain.curriculum_rules import (
    VERSION_LABELS,
    Values,
    VersionDraft,
    tidied_version,
    version_problems,
)
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, changes_between
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.school_lists import last_actor
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.outreach import CurriculumLesson, CurriculumVersion
from eic_tracker.store.transaction import Entry, Tx

_GONE = N_("This curriculum, or this version of it, is no longer in the file.")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a curriculum with how many class groups were taught it."""

    id: int
    version: str
    lessons: int
    lessons_required: int | None
    groups: int


@dataclass(frozen=True, slots=True)
class VersionForm:
    """What the form of a version begins with, and of which curriculum it is; `original` None for a new one."""

    curriculum: str
    values: Values
    original: Values | None


def curriculum_versions(db: Database, acting: ActingUser, curriculum: int) -> tuple[VersionLine, ...]:
    """The versions of a curriculum, the newest first; everybody may read lists."""
    require(acting, Action.READ_FIGURES)
    with db.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT v.id, v.version, v.lessons, v.lessons_required, "
            "(SELECT count(*) FROM class_group g WHERE g.curriculum_version_id = v.id) "
            "FROM curriculum_version v WHERE v.curriculum_id = ? ORDER BY v.id DESC",
            (curriculum,),
        )
        return tuple(VersionLine(*row) for row in rows)


def version_form_of(db: Database, acting: ActingUser, curriculum: int, version: int | None) -> VersionForm:
    """The form of a version, or of a new one; UserError where it is gone."""
    require(acting, Action.EDIT_LISTS)
    with db.read() as connection:
        code, _ = _curriculum(connection, curriculum)
        values = _present(connection, curriculum, version) if version is not None else None
        return VersionForm(code, values or {}, values)


def save_curriculum_version(db: Database, acting: ActingUser, draft: VersionDraft) -> int:
    """Enter a version of a curriculum or change one; its key.

    Lessons and rule of one that class groups were taught stay: another rule is another version. DraftRefused with all
    problems, ChangedMeanwhile where somebody changed it since the form was opened."""
    require(acting, Action.EDIT_LISTS)
    values = tidied_version(draft.values)
    with db.write(Entry(actor(acting), "save_curriculum_version", "")) as tx:
        code, kind = _curriculum(tx.connection, draft.curriculum_id)
        present = None
        if draft.id is not None:
            present = _present(tx.connection, draft.curriculum_id, draft.id)
            _require_unchanged(tx.connection, draft, present, code)
        problems = [*version_problems(values, kind), *_file_problems(tx.connection, draft, values, present)]
        if problems:
            raise DraftRefused(problems)
        tx.entry = replace(tx.entry, label=code)
        columns = {name: values[name] for name in ("version", "lessons", "lessons_required", "source")}
        if draft.id is None:
            (key,) = tx.insert(CurriculumVersion, [{"curriculum_id": draft.curriculum_id, **columns}])
        else:
            key = draft.id
            tx.update(CurriculumVersion, {key: columns})
        _write_titles(tx, key, values["titles"])
        return key


def _curriculum(connection: Connection, key: int) -> tuple[str, CurriculumKind]:
    row = connection.exec_driver_sql("SELECT code, kind FROM curriculum WHERE id = ?", (key,)).first()
    if row is None:
        raise UserError(_GONE)
    return row.code, CurriculumKind(row.kind)


def _present(connection: Connection, curriculum: int, version: int) -> Mapping[str, Any]:
    row = (
        connection.exec_driver_sql(
            "SELECT version, lessons, lessons_required, source FROM curriculum_version "
            "WHERE id = ? AND curriculum_id = ?",
            (version, curriculum),
        )
        .mappings()
        .first()
    )
    if row is None:
        raise UserError(_GONE)
    return {**row, "titles": tuple(_titles(connection, version).values())}


def _titles(connection: Connection, version: int) -> dict[int, str]:
    rows = connection.exec_driver_sql(
        "SELECT number, title FROM curriculum_lesson WHERE curriculum_version_id = ? ORDER BY number", (version,)
    )
    return {row[0]: row[1] for row in rows}


def _require_unchanged(connection: Connection, draft: VersionDraft, present: Values, code: str) -> None:
    assert draft.id is not None
    if draft.original is None:
        raise ValueError("a draft of a version that exists carries the values that it started from")
    if changes := changes_between(draft.original, present, VERSION_LABELS):
        raise ChangedMeanwhile(code, last_actor(connection, "curriculum_version", [draft.id])[1], changes)


def _file_problems(
    connection: Connection, draft: VersionDraft, values: Values, present: Values | None
) -> list[DraftProblem]:
    problems = []
    others = connection.exec_driver_sql(
        "SELECT version FROM curriculum_version WHERE curriculum_id = ? AND id IS NOT ?",
        (draft.curriculum_id, draft.id),
    )
    if fold(str(values["version"] or "")) in {fold(name) for (name,) in others}:
        problems.append(DraftProblem("version", N_("This curriculum has a version of that name already.")))
    taught = connection.exec_driver_sql(
        "SELECT count(*) FROM class_group WHERE curriculum_version_id = ?", (draft.id,)
    ).scalar_one()
    for name in ("lessons", "lessons_required"):
        if present is not None and taught and values[name] != present[name]:
            message = N_("Class groups were taught this version; another number of lessons is another version.")
            problems.append(DraftProblem(name, message))
    return problems


def _write_titles(tx: Tx, version: int, titles: object) -> None:
    assert isinstance(titles, tuple)
    keys = {
        number: key
        for key, number in tx.connection.exec_driver_sql(
            "SELECT id, number FROM curriculum_lesson WHERE curriculum_version_id = ?", (version,)
        )
    }
    wanted = dict(enumerate(titles, 1))
    tx.delete(CurriculumLesson, [key for number, key in keys.items() if number not in wanted])
    tx.update(CurriculumLesson, {keys[number]: {"title": title} for number, title in wanted.items() if number in keys})
    tx.insert(
        CurriculumLesson,
        [
            {"curriculum_version_id": version, "number": number, "title": title}
            for number, title in wanted.items()
            if number not in keys
        ],
    )
