"""The course or class group of a paper by the code that is printed on it: of a sheet or of an act."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from eic_tracker.domain.paper_codes import digest_start, read_group_sheet_code, read_sheet_code
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.acts import read_act_of_digest
from eic_tracker.queries.course_papers import offerings_of_uid
from eic_tracker.queries.hits import Hit, HitKind, Rank, parts
from eic_tracker.queries.listing import Sight
from eic_tracker.queries.outreach_papers import groups_of_uid

_COURSE = """
SELECT o.code, c.title, o.starts_on, o.ends_on, o.status FROM offering o
JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
WHERE o.id = ? AND (? OR o.id IN (SELECT offering_id FROM assignment WHERE instructor_id = ?))
"""


_GROUP = """
SELECT g.code, s.name AS school, g.grade, g.section, g.school_year FROM class_group g
LEFT JOIN school s ON s.id = g.school_id
WHERE g.id = ? AND (? OR g.id IN (SELECT class_group_id FROM class_officer WHERE instructor_id = ?))
"""


def search_paper_codes(connection: Connection, text: str, sight: Sight) -> tuple[Hit, ...]:
    """What bears a typed code on its paper; nothing where it is mistyped, another file's, or not to be seen."""
    if sight.figures is Right.NO:
        return ()
    group = read_group_sheet_code(text)
    if group is not None:
        return _group_of(connection, group, sight)
    sheet, act = read_sheet_code(text), digest_start(text)
    keys = offerings_of_uid(connection, sheet.uid_start) if sheet is not None else []
    if act is not None and (found := read_act_of_digest(connection, act)) is not None:
        keys = [found.offering_id]
    if len(keys) != 1:
        return ()
    everybody = sight.figures is not Right.OWN
    row = connection.exec_driver_sql(_COURSE, (keys[0], everybody, sight.instructor_id)).first()
    if row is None:
        return ()
    first, last = dt.date.fromisoformat(row.starts_on), dt.date.fromisoformat(row.ends_on)
    detail = parts(course=row.title, starts_on=first, ends_on=last, status=row.status)
    return (Hit(HitKind.OFFERING, keys[0], row.code, detail, Rank.NUMBER),)


def _group_of(connection: Connection, start: str, sight: Sight) -> tuple[Hit, ...]:
    keys = groups_of_uid(connection, start)
    if len(keys) != 1:
        return ()
    everybody = sight.figures is not Right.OWN
    row = connection.exec_driver_sql(_GROUP, (keys[0], everybody, sight.instructor_id)).first()
    if row is None:
        return ()
    detail = parts(school=row.school, grade=row.grade, section=row.section, school_year=row.school_year)
    return (Hit(HitKind.CLASS_GROUP, keys[0], row.code, detail, Rank.NUMBER),)
