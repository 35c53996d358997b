"""The sheets of class groups on paper: taken to the school, filled in, signed, and found again by their code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eic_tracker.clock import local_date
from eic_tracker.domain.class_group_rules import NEVER_GRADUATE
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.outreach_detail import Lesson
from eic_tracker.queries.outreach_papers import group_key_of, lessons_of_component, uid_of_group
from eic_tracker.queries.school import read_school
from eic_tracker.reports.paper_words import SHIFTS, grade_and_section
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.outreach import class_group_detail
from eic_tracker.services.papers import save_paper
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database

MOST_SHEETS = 100
"""Class groups of one printing: a month of an officer has a tenth of that."""


def group_sheets(
    db: Database, acting: ActingUser, groups: Sequence[int], *, t: Translator, paper: Paper = Paper.LETTER
) -> bytes:
    """The sheets of class groups as a PDF, a page each; UserError where one is gone or not the user's own."""
    from eic_tracker.reports.group_sheet_pdf import GroupSheetFacts, group_sheets_pdf

    require(acting, Action.CLASS_GROUPS)
    if not 1 <= len(groups) <= MOST_SHEETS:
        raise UserError(
            N_("{count} sheets cannot be printed at once; print from 1 to {most}."),
            count=len(groups),
            most=MOST_SHEETS,
        )
    today = local_date(db.clock())
    with db.read() as connection:
        letterhead = read_school(connection).letterhead
        demonstration = read_file_facts(connection).demonstration
        uids = {key: uid_of_group(connection, key) for key in groups}
        rows = {key: lessons_of_component(connection, key) for key in groups}
    facts = []
    for key in groups:
        detail = class_group_detail(db, acting, key, today)
        row, school = detail.row, detail.school
        facts.append(
            GroupSheetFacts(
                uid=uids[key],
                code=row.code,
                school=letterhead[-1] if letterhead else "",
                group_school=row.school or row.event or "",
                sace_code=(school.sace_code or "") if school is not None else "",
                municipality=row.municipality or "",
                department=row.department or "",
                locality=(school.locality or "") if school is not None else "",
                grade=grade_and_section(row.grade, row.section, t, multigrade=row.multigrade),
                shift=t(SHIFTS[row.shift]) if row.shift else "",
                school_year=row.school_year,
                curriculum=row.curriculum_name,
                officers=tuple(officer.name or officer.code for officer in detail.officers),
                lessons=_lines(detail.lessons, rows[key], today),
                enrolled=row.enrolled,
                reached=row.reached,
                graduated=row.graduated,
                graduates=row.curriculum_kind not in NEVER_GRADUATE,
                demonstration=demonstration,
            )
        )
    return group_sheets_pdf(facts, t, paper)


def write_group_sheets(db: Database, acting: ActingUser, codes: Sequence[str], path: Path, *, t: Translator) -> None:
    """Write the sheets of class groups, named by their codes, to a file."""
    with db.read() as connection:
        keys = [group_key_of(connection, code) for code in codes]
    save_paper(group_sheets(db, acting, keys, t=t), path)


def _lines(lessons: Sequence[Lesson], whole: int, today: dt.date) -> tuple[Lesson, ...]:
    """A line for each lesson of the component; no paper says where an officer will be, so a day to come stays off."""
    known = {lesson.number: lesson for lesson in lessons}
    last = max([whole, *known])
    lines = (known.get(number, Lesson(number, None, None, None)) for number in range(1, last + 1))
    return tuple(
        replace(line, given_on=None, present=None) if line.given_on is not None and line.given_on > today else line
        for line in lines
    )
