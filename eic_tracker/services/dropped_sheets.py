"""Whose sheet a scan is: the code that is printed on it names a course or a class group of this file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.paper_codes import group_sheet_code, read_group_sheet_code, read_sheet_code
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.queries.outreach_papers import groups_of_uid
from eic_tracker.services.attachments import Scan, check_scan
from eic_tracker.services.attendance_sheets import FoundSheet, sheet_in_file
from eic_tracker.services.scan_codes import codes_in_scan
from eic_tracker.store.database import Database


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """A class group whose sheet was recognised."""

    id: int
    code: str
    school: str | None
    grade: str | None
    section: str | None
    school_year: int


@dataclass(frozen=True, slots=True)
class SheetsOfScan:
    """What a scan shows: attendance of courses, sheets of class groups, and codes that name nothing here."""

    courses: tuple[FoundSheet, ...]
    groups: tuple[FoundGroup, ...]
    strange: tuple[str, ...]
    """codes of another file, or of what the user does not enter"""


_GROUP = """
SELECT g.id, g.code, s.name, g.grade, g.section, g.school_year FROM class_group g
LEFT JOIN school s ON s.id = g.school_id
WHERE g.id = ? AND (? OR g.id IN (SELECT class_group_id FROM class_officer WHERE instructor_id = ?))
"""


def sheets_of_scan(db: Database, acting: ActingUser, scan: Scan) -> SheetsOfScan:
    """Courses and class groups by the codes on the pages of a scan, each once.

    UserError where it is damaged or no paper; Refused to who files neither."""
    records = right(acting, Action.RECORD_RESULTS) is not Right.NO
    if not records:
        require(acting, Action.CLASS_GROUPS)
    check_scan(scan)
    pages = list(codes_in_scan(scan))
    courses: dict[tuple[int, int], FoundSheet] = {}
    groups: dict[int, FoundGroup] = {}
    strange: dict[str, None] = {}
    with db.read() as connection:
        for text in (text for page in pages for text in page):
            if (start := read_group_sheet_code(text)) is not None:
                if (group := _group(connection, acting, start)) is not None:
                    groups[group.id] = group
                else:
                    strange[group_sheet_code(start)] = None
            elif (code := read_sheet_code(text)) is not None:
                sheet = sheet_in_file(connection, code) if records else None
                if sheet is not None:
                    courses.setdefault((sheet.offering_id, sheet.week), sheet)
                else:
                    strange[code.text] = None
    return SheetsOfScan(tuple(courses.values()), tuple(groups.values()), tuple(strange))


def _group(connection: Connection, acting: ActingUser, start: str) -> FoundGroup | None:
    given = right(acting, Action.CLASS_GROUPS)
    keys = groups_of_uid(connection, start)
    if given is Right.NO or len(keys) != 1:
        return None
    everybody = given is Right.YES
    row = connection.exec_driver_sql(_GROUP, (keys[0], everybody, acting.instructor_id)).first()
    return FoundGroup(*row) if row is not None else None
