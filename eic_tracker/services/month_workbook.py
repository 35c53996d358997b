"""The monthly workbook of an officer leaves: for each class group the lessons that are next, to be filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.domain.class_group_draft import MULTIGRADE, ClassGroupDraft
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.exchange.month_workbook import KIND
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_groups import VersionChoice, read_drafts, read_versions
from eic_tracker.reports.class_workbook import BookColumn, BookRow, ClassBook, class_workbook
from eic_tracker.reports.paper_words import SHIFTS
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_whole

FORMAT = "1"
_NEXT = 4
"""Lessons of a group that a month may see."""
_GROUPS = """
SELECT g.id, g.uid, s.name FROM class_group g LEFT JOIN school s ON s.id = g.school_id
WHERE g.school_year = ? AND g.graduated_on IS NULL
  AND g.id IN (SELECT class_group_id FROM class_officer WHERE instructor_id = ?)
ORDER BY s.match_key, g.grade, g.section, g.id
"""


def month_said(text: str) -> dt.date:
    """The first day of a month that is written like 2019-06; UserError where it is none."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        raise UserError(N_("“{text}” is no month; write it like 2019-06."), text=text) from None


def write_month_workbook(
    db: Database, acting: ActingUser, officer: str, month: dt.date, path: Path, *, t: Translator
) -> Path:
    """Write the workbook of the officer with this code. Refused where it is another's, and only one's own are open."""
    given = require(acting, Action.CLASS_GROUPS)
    refuse_database(path)
    with db.read() as connection:
        key = connection.exec_driver_sql("SELECT id FROM instructor WHERE code = ?", (officer,)).scalar()
        if key is None:
            raise UserError(N_("“{code}” is the code of no officer."), code=officer)
        if given is Right.OWN and key != acting.instructor_id:
            raise Refused(N_("You may take out your own monthly workbook only."))
        book = _book(connection, acting, officer, int(key), month, db.clock(), t)
    write_whole(path, lambda file: class_workbook(book, t, file))
    return path


def _book(
    connection: Connection,
    acting: ActingUser,
    officer: str,
    key: int,
    month: dt.date,
    at: dt.datetime,
    t: Translator,
) -> ClassBook:
    groups = list(connection.exec_driver_sql(_GROUPS, (month.year, key)))
    drafts = read_drafts(connection, [group.id for group in groups])
    versions = read_versions(connection, month)
    taught = {version.id for version in versions.values() if not version.ended}
    taught |= {draft.curriculum_version_id or 0 for draft in drafts.values()}
    choices = _choices([version for version in versions.values() if version.id in taught], t)
    rows = [
        BookRow(group.uid, group.name or "", _class_words(drafts[group.id], t), [lesson, None, *counts])
        for group in groups
        for lesson, counts in _next_rows(drafts[group.id], versions, t)
    ]
    columns = (
        BookColumn("lesson", t("Lesson"), 16, choices),
        BookColumn("day", t("Date"), 13),
        BookColumn("girls", t("Girls"), 9, number=True),
        BookColumn("boys", t("Boys"), 9, number=True),
        BookColumn("unrecorded", t("Not recorded"), 13, number=True),
    )
    headings = (t("School"), t("Class"))
    facts: list[tuple[str, ...]] = [
        ("fact", "format", FORMAT),
        ("fact", "kind", KIND),
        ("fact", "officer", officer),
        ("fact", "year", str(month.year)),
        ("fact", "month", f"{month:%Y-%m}"),
        ("heading", "school", headings[0]),
        ("heading", "class", headings[1]),
        *(("heading", column.key, column.heading) for column in columns),
    ]
    return ClassBook(
        title=t("G.R.E.A.T. · {month} · officer {code}", month=f"{month:%m/%Y}", code=officer),
        note=t(
            "Fill in the pale cells of the lessons that you gave: the date, and how many girls and boys came. Write "
            "no names of pupils. A class that is not listed goes below: its school, the class as 4 A matutina, the "
            "lesson. Then send the file back."
        ),
        headings=headings,
        columns=columns,
        rows=rows,
        facts=facts,
        made_by=acting.full_name,
        made_at=at,
        demonstration=read_file_facts(connection).demonstration,
        sheet=t("Month"),
        free_names=tuple(dict.fromkeys(group.name for group in groups if group.name)),
    )


def _choices(versions: Collection[VersionChoice], t: Translator) -> tuple[str, ...]:
    most = max((version.taught.lessons for version in versions), default=0)
    return (*(_lesson(number, t) for number in range(1, most + 1)), t("Graduation"), t("Enrolled pupils"))


def _lesson(number: int, t: Translator) -> str:
    return t("Lesson {number}", number=number)


def _next_rows(
    draft: ClassGroupDraft, versions: Mapping[int, VersionChoice], t: Translator
) -> Sequence[tuple[str, list[int | None]]]:
    """What may be filled in for a group this month: who is enrolled, the next lessons, the graduation."""
    version = versions[draft.curriculum_version_id or 0]
    given = {lesson.number for lesson in draft.lessons} or set(range(1, (draft.lessons_given or 0) + 1))
    left = [number for number in range(1, version.taught.lessons + 1) if number not in given]
    nobody: list[int | None] = [None, None, None]
    rows = [(_lesson(number, t), list(nobody)) for number in left[:_NEXT]]
    if draft.enrolled is None or not draft.enrolled.total:
        rows.insert(0, (t("Enrolled pupils"), list(nobody)))
    if version.taught.graduates and len(left) <= _NEXT:
        rows.append((t("Graduation"), nobody))
    return rows


def _class_words(draft: ClassGroupDraft, t: Translator) -> str:
    grade = t("multigrade") if draft.grade == MULTIGRADE else draft.grade or ""
    shift = t(SHIFTS[draft.shift]) if draft.shift else ""
    return " · ".join(filter(None, (f"{grade} {draft.section or ''}".strip(), shift)))
