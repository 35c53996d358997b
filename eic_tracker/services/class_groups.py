"""Class groups are entered and changed: many in one transaction, journalled, each of them checked as its card says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.class_group_draft import (
    COUNTS,
    MULTIGRADE,
    SEXES,
    ClassGroupDraft,
    LessonGiven,
    group_code,
    next_group_number,
    reached_of_lessons,
    same_class,
)
from eic_tracker.domain.class_group_rules import GroupProblem, errors_of
from eic_tracker.domain.drafts import ChangedMeanwhile, changes_between
from eic_tracker.domain.facts import Heads
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.class_groups import (
    codes_ever,
    groups_of_school,
    read_drafts,
    read_same,
    read_versions,
)
from eic_tracker.queries.school_lists import last_actor
from eic_tracker.services.class_group_checks import CheckedGroup, GroupsRefused, check_class_groups
from eic_tracker.services.restating import closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.outreach import ClassGroup, ClassGroupGrade, ClassLesson, ClassOfficer
from eic_tracker.store.transaction import Entry, Tx

GONE = N_("This class group is no longer in the file; its entry was undone.")

GROUP_LABELS: Mapping[str, str] = {
    "curriculum_version_id": N_("Curriculum"),
    "school_id": N_("School"),
    "municipality_id": N_("Municipality"),
    "school_year": N_("School year"),
    "grade": N_("School grade"),
    "section": N_("Section"),
    "shift": N_("Shift"),
    "officers": N_("Officers"),
    "enrolled": N_("On the class list"),
    "reached": N_("Reached"),
    "graduated": N_("Graduated"),
    "by_grade": N_("Counts by grade"),
    "lessons": N_("Lessons given"),
    "lessons_given": N_("Number of lessons"),
    "first_lesson_on": N_("First lesson"),
    "graduated_on": N_("Day of graduation"),
    "event": N_("Event"),
    "note": N_("Note"),
    "repeat_reason": N_("Why it is there again"),
}
"""The fields of a card, in their order."""


@dataclass(frozen=True, slots=True)
class GroupSaved:
    """A class group that was stored, and what was told of it and kept all the same."""

    id: int
    code: str
    warnings: tuple[GroupProblem, ...] = ()


def save_class_groups(db: Database, acting: ActingUser, drafts: Sequence[ClassGroupDraft]) -> tuple[GroupSaved, ...]:
    """Enter or change class groups, all of them or none.

    GroupsRefused with the problems of each, ChangedMeanwhile where somebody changed one since it was read, Refused
    where an officer's own are meant and one is not."""
    return _save(db, acting, drafts, Entry(actor(acting), "save_class_groups", ""))


def _save(db: Database, acting: ActingUser, drafts: Sequence[ClassGroupDraft], entry: Entry) -> tuple[GroupSaved, ...]:
    require(acting, Action.CLASS_GROUPS)
    with db.write(entry) as tx:
        saved = write_class_groups(tx, acting, drafts)
        tx.entry = replace(tx.entry, label=_label([each.code for each in saved]))
        return saved


def write_class_groups(tx: Tx, acting: ActingUser, drafts: Sequence[ClassGroupDraft]) -> tuple[GroupSaved, ...]:
    """The same within a transaction of the caller, who asked for the right and names the entry."""
    present = read_drafts(tx.connection, [draft.id for draft in drafts if draft.id is not None])
    for draft in drafts:
        _require_unchanged(tx.connection, draft, present)
    _require_own(acting, [*drafts, *present.values()])
    checked = check_class_groups(tx.connection, drafts, local_date(tx.at))
    if any(errors_of(each.problems) for each in checked):
        raise GroupsRefused([each.problems for each in checked])
    before = _closed_before(tx.connection, checked, present)
    keys = _write_groups(tx, checked)
    _write_parts(tx, dict(zip(keys, checked, strict=True)), present)
    for programme, figures in before.items():
        restate(tx, programme, figures)
    codes = _codes(tx.connection, keys)
    return tuple(GroupSaved(key, codes[key], each.problems) for key, each in zip(keys, checked, strict=True))


def class_group_draft(db: Database, acting: ActingUser, key: int) -> ClassGroupDraft:
    """What the form of a class group starts from; UserError where it is gone, Refused where it is not one's own."""
    require(acting, Action.CLASS_GROUPS)
    with db.read() as connection:
        draft = read_drafts(connection, [key]).get(key)
    if draft is None:
        raise UserError(GONE)
    _require_own(acting, [draft])
    return replace(draft, original=draft)


def groups_to_repeat(db: Database, acting: ActingUser, school: int, year: int) -> tuple[ClassGroupDraft, ...]:
    """The class groups that a school had in the year before, as new ones of `year`: same classes, nobody counted yet.

    Each with the newest version of its curriculum; classes that `year` has already are left out."""
    require(acting, Action.CLASS_GROUPS)
    with db.read() as connection:
        versions = read_versions(connection, local_date(db.clock()))
        newest: dict[str, int] = {}
        for version in versions.values():
            if not version.ended:
                newest.setdefault(version.curriculum, version.id)
        earlier = read_drafts(connection, groups_of_school(connection, school, year - 1))
        there = read_same(connection, [school], [year])
    own = require(acting, Action.CLASS_GROUPS) is not Right.YES
    found = []
    for group in earlier.values():
        if own and acting.instructor_id not in {each.instructor_id for each in group.officers}:
            continue
        version_id = newest.get(versions[group.curriculum_version_id or 0].curriculum)
        draft = ClassGroupDraft(
            version_id,
            year,
            school,
            grade=group.grade,
            section=group.section,
            shift=group.shift,
            officers=group.officers,
        )
        if version_id is not None and same_class(draft) is not None and same_class(draft) not in there:
            found.append(draft)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class LessonOfGroup:
    """A lesson that was given to a class group."""

    class_group_id: int
    lesson: LessonGiven


def record_lessons(db: Database, acting: ActingUser, given: Sequence[LessonOfGroup]) -> tuple[GroupSaved, ...]:
    """Record a lesson of each of several class groups at once; one that was recorded before is replaced.

    Who was reached grows to the largest lesson. Problems as `save_class_groups` tells them."""
    require(acting, Action.CLASS_GROUPS)
    with db.read() as connection:
        present = read_drafts(connection, [each.class_group_id for each in given])
    if missing := {each.class_group_id for each in given} - present.keys():
        raise UserError(GONE) from KeyError(missing)
    drafts = [_with_lesson(present[each.class_group_id], each.lesson) for each in given]
    return _save(db, acting, drafts, Entry(actor(acting), "record_lessons", ""))


def _with_lesson(draft: ClassGroupDraft, lesson: LessonGiven) -> ClassGroupDraft:
    lessons = (*(each for each in draft.lessons if each.number != lesson.number), lesson)
    proven, said = reached_of_lessons(lessons), draft.reached or Heads()
    reached = proven if proven is not None and proven.total > said.total else said
    return replace(draft, lessons=lessons, reached=reached, original=draft)


def _label(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{codes[0]} +{len(codes) - 1}" if codes else ""


def _require_unchanged(connection: Connection, draft: ClassGroupDraft, present: Mapping[int, ClassGroupDraft]) -> None:
    if draft.id is None:
        return
    now = present.get(draft.id)
    if now is None:
        raise UserError(GONE)
    if draft.original is None:
        raise ValueError("a draft of a class group that exists carries what it started from")
    if changes := changes_between(_by_field(draft.original), _by_field(now), GROUP_LABELS):
        code = _codes(connection, [draft.id])[draft.id]
        raise ChangedMeanwhile(code, last_actor(connection, "class_group", [draft.id])[1], changes)


def _by_field(draft: ClassGroupDraft) -> dict[str, object]:
    return {each.name: getattr(draft, each.name) for each in fields(draft)}


def _require_own(acting: ActingUser, drafts: Collection[ClassGroupDraft]) -> None:
    """An officer enters the groups that they teach, nobody else's."""
    if require(acting, Action.CLASS_GROUPS) is Right.YES:
        return
    for draft in drafts:
        if acting.instructor_id not in {each.instructor_id for each in draft.officers}:
            raise Refused(N_("You may not enter class groups of others: name yourself among their officers."))


def _codes(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    rows = connection.exec_driver_sql(
        "SELECT id, code FROM class_group WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
    )
    return {row[0]: row[1] for row in rows}


def _closed_before(
    connection: Connection, checked: Sequence[CheckedGroup], present: Mapping[int, ClassGroupDraft]
) -> dict[str, Any]:
    """What the closed quarters count now in which a group counts, or will count, by programme."""
    days: dict[str, set[dt.date]] = {}
    for each in checked:
        assert each.version is not None
        groups = (each.draft, present.get(each.draft.id or 0))
        dated = {day for group in groups if group for day in (group.first_lesson_on, group.graduated_on) if day}
        days.setdefault(each.version.programme, set()).update(dated)
    return {programme: closed_quarter_figures(connection, programme, each) for programme, each in days.items()}


def _write_groups(tx: Tx, checked: Sequence[CheckedGroup]) -> list[int]:
    """Write the rows of the groups themselves; their keys in order."""
    numbers: dict[int, int] = {}
    new: list[dict[str, Any]] = []
    changed: dict[int, dict[str, Any]] = {}
    for each in checked:
        columns = _columns(each)
        if each.draft.id is not None:
            changed[each.draft.id] = columns
            continue
        year = int(columns["school_year"])
        if year not in numbers:
            numbers[year] = next_group_number(codes_ever(tx.connection, year))
        new.append({"uid": tx.new_uid(), "code": group_code(year, numbers[year]), "recorded_at": tx.at, **columns})
        numbers[year] += 1
    inserted = iter(tx.insert(ClassGroup, new))
    tx.update(ClassGroup, changed)
    return [each.draft.id if each.draft.id is not None else next(inserted) for each in checked]


def _columns(each: CheckedGroup) -> dict[str, Any]:
    draft, version = each.draft, each.version
    assert version is not None
    names = (
        "school_year",
        "school_id",
        "section",
        "shift",
        "lessons_given",
        "first_lesson_on",
        "graduated_on",
        "event",
    )
    more = ("note", "repeat_reason", "source_document_id")
    return {
        "programme_id": version.programme_id,
        "curriculum_version_id": version.id,
        "municipality_id": draft.municipality_id if draft.school_id is None else None,
        "grade": None if draft.grade == MULTIGRADE else draft.grade,
        **{name: getattr(draft, name) for name in (*names, *more)},
        **head_columns({what: getattr(draft, what) for what in COUNTS}),
    }


def head_columns(counts: Mapping[str, Heads]) -> dict[str, int]:
    """Counts as the columns of a table hold them."""
    return {f"{what}_{sex}": getattr(heads, sex) for what, heads in counts.items() for sex in SEXES}


_Rows = dict[object, dict[str, Any]]


def _write_parts(tx: Tx, groups: Mapping[int, CheckedGroup], present: Mapping[int, ClassGroupDraft]) -> None:
    """Bring grades, lessons and officers to what the drafts say; rows that stay as they are leave no trace."""
    for model, name, rows_of in (
        (ClassGroupGrade, "grade", _grade_rows),
        (ClassLesson, "number", _lesson_rows),
        (ClassOfficer, "instructor_id", _officer_rows),
    ):
        held: dict[tuple[int, object], int] = {
            (group, part): key
            for key, group, part in tx.connection.exec_driver_sql(
                f"SELECT id, class_group_id, {name} FROM {model.__tablename__} "
                "WHERE class_group_id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(present)),),
            )
        }
        wanted = {
            (key, part): {"class_group_id": key, name: part, **row}
            for key, each in groups.items()
            for part, row in rows_of(each.draft).items()
        }
        tx.delete(model, [key for part, key in held.items() if part not in wanted])
        tx.update(model, {held[part]: row for part, row in wanted.items() if part in held})
        tx.insert(model, [row for part, row in wanted.items() if part not in held])


def _grade_rows(draft: ClassGroupDraft) -> _Rows:
    return {each.grade: head_columns({what: getattr(each, what) for what in COUNTS}) for each in draft.by_grade}


def _lesson_rows(draft: ClassGroupDraft) -> _Rows:
    return {each.number: {"given_on": each.given_on, **_present_columns(each.present)} for each in draft.lessons}


def _present_columns(present: Heads | None) -> dict[str, int | None]:
    """Those present; a sex that the sheet does not tell is no count of nobody."""
    if present is None:
        return dict.fromkeys(SEXES)
    by_sex = present.girls or present.boys or not present.unrecorded
    return {
        "girls": present.girls if by_sex else None,
        "boys": present.boys if by_sex else None,
        "unrecorded": present.unrecorded or None,
    }


def _officer_rows(draft: ClassGroupDraft) -> _Rows:
    return {each.instructor_id: {"role": each.role} for each in draft.officers}
