"""The catalogue of courses: entered, changed, ended; a version in use is followed by a new one, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.course_rules import (
    COURSE_LABELS,
    VERSION_LABELS,
    WEIGHTS,
    Values,
    course_problems,
    minimum_grade,
    number_of,
    tidied_course,
    tidied_version,
    version_problems,
)
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, changes_between
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.catalogue import (
    USUAL_VERSION,
    StoredVersion,
    newest_version,
    read_course_values,
    read_programmes,
    read_version,
)
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Course, CourseModule, CourseVersion
from eic_tracker.store.transaction import Entry, Tx

GONE = N_("This course is no longer in the catalogue; its entry was undone.")


@dataclass(frozen=True, slots=True)
class CourseForm:
    """What the form of the catalogue offers and begins with; `version` is the number that is written."""

    programmes: Mapping[int | str, str]
    values: Mapping[str, Any]
    code: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course as its form hands it over; `id` is None for a new one, whose first version stands in `values` too."""

    values: Values
    id: int | None = None
    original: Values | None = None


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """A version as its form hands it over: a new one of the course, or with `id` one that no course given follows."""

    values: Values
    course_id: int
    id: int | None = None
    original: Values | None = None


@dataclass(frozen=True, slots=True)
class CourseSaved:
    """A course as it was stored: its key and code, and the number of the version that was written with it."""

    id: int
    code: str
    version: int | None = None


def course_form(db: Database, acting: ActingUser, course_id: int | None) -> CourseForm:
    """What the form of a course begins with; UserError where it is gone."""
    require(acting, Action.EDIT_LISTS)
    with db.read() as connection:
        programmes = read_programmes(connection, local_date(db.clock()).isoformat())
        if course_id is None:
            only = next(iter(programmes), None)
            return CourseForm(programmes, {**USUAL_VERSION, "programme_id": only, "course_type": "course"})
        values = _course(connection, course_id)
        if values["programme_id"] not in programmes:
            name = connection.exec_driver_sql("SELECT name FROM programme WHERE id = ?", (values["programme_id"],))
            programmes[values["programme_id"]] = name.scalar_one()
        return CourseForm(programmes, values, values["code"])


def version_form(db: Database, acting: ActingUser, course_id: int, version_id: int | None) -> CourseForm:
    """What the form of a version begins with: its own values, or for a new one a copy of the newest."""
    require(acting, Action.EDIT_LISTS)
    with db.read() as connection:
        code = _course(connection, course_id)["code"]
        if version_id is not None:
            stored = _version(connection, course_id, version_id)
            return CourseForm({}, stored.values, code, stored.version)
        newest = newest_version(connection, course_id)
        if newest is None:
            return CourseForm({}, USUAL_VERSION, code)
        stored = _version(connection, course_id, newest)
        return CourseForm({}, stored.values, code, stored.version + 1)


def save_course(db: Database, acting: ActingUser, draft: CourseDraft) -> CourseSaved:
    """Enter a course with its first version, or change one; DraftRefused with all problems, ChangedMeanwhile."""
    require(acting, Action.EDIT_LISTS)
    values = tidied_course(draft.values)
    with db.write(Entry(actor(acting), "save_course", str(values["code"] or ""))) as tx:
        if draft.id is not None:
            return _change_course(tx, draft.id, values, draft.original)
        version = tidied_version(draft.values)
        problems = [*course_problems(values), *_file_problems(tx.connection, None, values), *version_problems(version)]
        if problems:
            raise DraftRefused(problems)
        (key,) = tx.insert(Course, [values])
        _insert_version(tx, key, 1, version, "diploma")
        return CourseSaved(key, str(values["code"]), 1)


def save_version(db: Database, acting: ActingUser, draft: VersionDraft) -> CourseSaved:
    """Write the next version of a course, or change one that nothing follows yet.

    Refused where a course given follows it: what was given keeps the version with which it was given."""
    require(acting, Action.EDIT_LISTS)
    values = tidied_version(draft.values)
    with db.write(Entry(actor(acting), "save_course_version", "")) as tx:
        code = str(_course(tx.connection, draft.course_id)["code"])
        newest = newest_version(tx.connection, draft.course_id)
        before = _version(tx.connection, draft.course_id, newest) if newest is not None else None
        number = before.version + 1 if before is not None else 1
        if draft.id is not None:
            number = _changeable(tx, draft).version
        tx.entry = replace(tx.entry, label=f"{code} · {number}")
        if problems := version_problems(values):
            raise DraftRefused(problems)
        if draft.id is None:
            _insert_version(tx, draft.course_id, number, values, before.template if before is not None else "diploma")
        else:
            tx.update(CourseVersion, {draft.id: _columns(values)})
            _write_modules(tx, draft.id, values)
        return CourseSaved(draft.course_id, code, number)


def _changeable(tx: Tx, draft: VersionDraft) -> StoredVersion:
    assert draft.id is not None
    stored = _version(tx.connection, draft.course_id, draft.id)
    if stored.offerings:
        raise Refused(
            N_("Version {version} is followed by {count} courses given and stays as it is; make a new version."),
            version=stored.version,
            count=stored.offerings,
        )
    if draft.original is None:
        raise ValueError("a draft of a version that exists carries the values that it started from")
    if changes := changes_between(draft.original, stored.values, VERSION_LABELS):
        raise ChangedMeanwhile(str(stored.version), "", changes)
    return stored


def _change_course(tx: Tx, key: int, values: dict[str, object], original: Values | None) -> CourseSaved:
    present = _course(tx.connection, key)
    if original is None:
        raise ValueError("a draft of a course that exists carries the values that it started from")
    if changes := changes_between(original, present, COURSE_LABELS):
        raise ChangedMeanwhile(present["code"], "", changes)
    values = {**values, "programme_id": present["programme_id"]}
    if problems := [*course_problems(values), *_file_problems(tx.connection, key, values)]:
        raise DraftRefused(problems)
    tx.update(Course, {key: values})
    return CourseSaved(key, str(values["code"]))


def _file_problems(connection: Connection, key: int | None, values: Values) -> list[DraftProblem]:
    """What the file has against a course: a code or title that another has, a code that is on papers already."""
    problems = []
    code, title = fold(str(values["code"] or "")), fold(str(values["title"] or ""))
    for other, known_code, known_title in connection.exec_driver_sql("SELECT id, code, title FROM course"):
        if other == key:
            continue
        if code and fold(known_code) == code:
            problems.append(DraftProblem("code", N_("There is a course {code} already."), {"code": known_code}))
        if title and fold(known_title) == title:
            message = N_("Course {code} has this title already.")
            problems.append(DraftProblem("title", message, {"code": known_code}))
    given = connection.exec_driver_sql(
        "SELECT c.code FROM course c JOIN course_version v ON v.course_id = c.id "
        "JOIN offering o ON o.course_version_id = v.id WHERE c.id = ? LIMIT 1",
        (key,),
    ).scalar()
    if given is not None and given != values["code"]:
        message = N_("It was given as {code}, which stands on papers; the code stays.")
        problems.append(DraftProblem("code", message, {"code": given}))
    return problems


def _insert_version(tx: Tx, course_id: int, number: int, values: Values, template: str) -> None:
    row = {"course_id": course_id, "version": number, "certificate_template": template, **_columns(values)}
    (key,) = tx.insert(CourseVersion, [row])
    _write_modules(tx, key, values)


def _columns(values: Values) -> dict[str, Any]:
    whole = ("hours", "human_rights_hours", "minimum_attendance", *WEIGHTS)
    return {
        **{name: number_of(values, name) for name in whole},
        "scale": int(str(values["scale"])),
        "minimum_grade": minimum_grade(values) or 0,
        "rounding": values["rounding"],
        "second_chance": values["second_chance"],
    }


def _write_modules(tx: Tx, version_id: int, values: Values) -> None:
    """The modules of a version that nothing follows, numbered in their order; those that stood there give way."""
    rows = tx.connection.exec_driver_sql(
        "SELECT id FROM course_module WHERE course_version_id = ? ORDER BY number", (version_id,)
    )
    keys = [key for (key,) in rows]
    modules = values["modules"]
    assert isinstance(modules, tuple)
    columns = [
        {
            "course_version_id": version_id,
            "number": number,
            "title": module.title,
            "hours": module.hours,
            "human_rights_hours": module.human_rights_hours or 0,
            "weight": module.weight or 0,
        }
        for number, module in enumerate(modules, 1)
    ]
    tx.delete(CourseModule, keys[len(columns) :])
    tx.update(CourseModule, dict(zip(keys, columns, strict=False)))
    tx.insert(CourseModule, columns[len(keys) :])


def _course(connection: Connection, key: int) -> dict[str, Any]:
    values = read_course_values(connection, key)
    if values is None:
        raise UserError(GONE)
    return values


def _version(connection: Connection, course_id: int, key: int) -> StoredVersion:
    stored = read_version(connection, key)
    if stored is None or stored.course_id != course_id:
        raise UserError(N_("This version is no longer in the catalogue; its entry was undone."))
    return stored
