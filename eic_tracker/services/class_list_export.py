"""The class list leaves: a workbook with locked columns and lists to choose from, and a note in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.codes import AttendanceMark, EnrolmentStatus
from eic_tracker.domain.grading import POINT, converted
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassMember
from eic_tracker.reports.class_workbook import BookColumn, BookRow, ClassBook, class_workbook
from eic_tracker.services.attendance import ABSENCE
from eic_tracker.services.class_lists import (
    DOCUMENT_TITLE,
    MARK_LETTERS,
    NAME_TITLE,
    SAID_WORDS,
    ListColumn,
    Reasons,
    digest_of,
    in_words,
    list_columns,
    read_reasons,
    recorded,
    row_ids,
)
from eic_tracker.services.exports import note_export
from eic_tracker.services.leaving import lacks_reason
from eic_tracker.services.recording import Course, course_to_record
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_whole

FORMAT = "1"
"""What the hidden sheet looks like; a later one says so."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """What leaves: course, people, columns, and what is recorded now by id and column."""

    course: Course
    uid: str
    title: str
    people: Sequence[ClassMember]
    ids: Mapping[int, str]
    columns: tuple[ListColumn, ...]
    reasons: Reasons
    values: Mapping[tuple[str, str], str]


def needs_reason(db: Database, acting: ActingUser, offering_id: int) -> bool:
    """Whether the journal asks why so many names leave, with all that the user took out in a day."""
    with db.read() as connection:
        people = len(_taken(connection, acting, offering_id).people)
        return lacks_reason(connection, acting.id, people, db.clock())


def write_class_list(
    db: Database, acting: ActingUser, offering_id: int, path: Path, *, t: Translator, reason: str | None = None
) -> Path:
    """Write the class list of a course that is open; the journal notes that names left.

    Refused outside one's own courses and where nobody has a seat."""
    require(acting, Action.EXPORT_IDENTITIES)
    refuse_database(path)
    with db.read() as connection:
        taken = _taken(connection, acting, offering_id)
        demonstration = read_file_facts(connection).demonstration
    if not taken.people:
        raise Refused(N_("Nobody has a seat in course {code}, so there is no list to take."), code=taken.course.code)
    note_export(db, acting, "roster", len(taken.people), reason)
    book = _book(taken, acting, db.clock(), demonstration, t)
    write_whole(path, lambda file: class_workbook(book, t, file))
    return path


def _taken(connection: Connection, acting: ActingUser, offering_id: int) -> _Taken:
    course = course_to_record(connection, acting, offering_id)
    title = connection.exec_driver_sql(
        "SELECT c.title FROM course_version v JOIN course c ON c.id = v.course_id WHERE v.id = ?",
        (course.row["course_version_id"],),
    ).scalar_one()
    ids, reasons = row_ids(connection, offering_id), read_reasons(connection)
    columns = list_columns(course.results, course.row["starts_on"], course.row["ends_on"])
    people = [member for member in course.results.members if member.sits]
    values = {
        (ids[member.enrolment_id], column.key): code
        for member in people
        for column in columns
        if (code := recorded(course.results, member, column, reasons))
    }
    return _Taken(course, str(course.row["uid"]), str(title), people, ids, columns, reasons, values)


def _book(taken: _Taken, acting: ActingUser, at: dt.datetime, demonstration: bool, t: Translator) -> ClassBook:
    rules = taken.course.results.rules
    legend = " · ".join(t(words) for words in MARK_LETTERS.values())
    note = t(
        "Fill in the pale cells only. Marks: {legend}. Grades up to {scale}; a blank is no zero; who left or "
        "never came goes into the last column. Who came without being listed is written below the last name. Then "
        "bring the file back to the program.",
        legend=legend,
        scale=rules.written_scale or rules.scale,
    )
    rows = [
        BookRow(
            taken.ids[member.enrolment_id],
            f"{member.surnames}, {member.given_names}",
            member.document or "",
            [_cell(taken, member, column, t) for column in taken.columns],
        )
        for member in taken.people
    ]
    return ClassBook(
        title=t("Course {code} · {title}", code=taken.course.code, title=taken.title),
        note=note,
        headings=(t(NAME_TITLE), t(DOCUMENT_TITLE)),
        columns=[_column(taken, column, t) for column in taken.columns],
        rows=rows,
        facts=_facts(taken, at, t),
        made_by=acting.full_name,
        made_at=at,
        demonstration=demonstration,
        sheet=t("Class list"),
    )


def _cell(taken: _Taken, member: ClassMember, column: ListColumn, t: Translator) -> str | float | None:
    code = taken.values.get((taken.ids[member.enrolment_id], column.key))
    if code is None:
        return None
    if column.field is None:
        return in_words(code, column, taken.reasons, t)
    rules = taken.course.results.rules
    return float(converted(Fraction(int(code), POINT), rules.scale, rules.written_scale or rules.scale))


def _column(taken: _Taken, column: ListColumn, t: Translator) -> BookColumn:
    choices: list[str] = []
    if column.day is not None:
        plain = (AttendanceMark.PRESENT, AttendanceMark.ABSENT, AttendanceMark.LATE)
        choices = [t(MARK_LETTERS[mark])[0] for mark in plain]
        excused = t(MARK_LETTERS[AttendanceMark.EXCUSED])[0]
        choices += [f"{excused} {name}" for name in taken.reasons.names.get(ABSENCE, {}).values()]
        return BookColumn(column.key, column.title(t), 11, tuple(choices))
    if column.field is not None:
        return BookColumn(column.key, column.title(t), 11, number=True)
    for status in (EnrolmentStatus.WITHDREW, EnrolmentStatus.NO_SHOW):
        names = taken.reasons.names.get(status.value, {}).values()
        choices += [f"{t(SAID_WORDS[status])}: {name}" for name in names]
    return BookColumn(column.key, column.title(t), 34, tuple(choices))


def _facts(taken: _Taken, at: dt.datetime, t: Translator) -> list[tuple[str, ...]]:
    """The hidden sheet: whose list it is, when it left, its headings, and what was recorded then."""
    there = at.astimezone(HONDURAS)
    facts: list[tuple[str, ...]] = [
        ("fact", "format", FORMAT),
        ("fact", "offering", taken.uid),
        ("fact", "code", taken.course.code),
        ("fact", "state", digest_of(taken.values)),
        ("fact", "taken", f"{there:%Y-%m-%d %H:%M}"),
        ("heading", "name", t(NAME_TITLE)),
        ("heading", "document", t(DOCUMENT_TITLE)),
    ]
    facts += [("heading", column.key, column.title(t)) for column in taken.columns]
    return facts + [("value", row, key, code) for (row, key), code in sorted(taken.values.items())]
