"""The course of a paper by the code that is printed on it: an attendance sheet's or an act's."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from eic_tracker.domain.paper_codes import digest_start, read_sheet_code
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.acts import read_act_of_digest
from eic_tracker.queries.course_papers import offerings_of_uid
from eic_tracker.queries.hits import Hit, HitKind, Rank, parts
from eic_tracker.queries.listing import Sight

_COURSE = """
SELECT o.code, c.title, o.starts_on, o.ends_on, o.status FROM offering o
JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
WHERE o.id = ? AND (? OR o.id IN (SELECT offering_id FROM assignment WHERE instructor_id = ?))
"""


def search_paper_codes(connection: Connection, text: str, sight: Sight) -> tuple[Hit, ...]:
    """The course whose paper bears a typed code; nothing where it is mistyped, another file's, or not to be seen."""
    if sight.figures is Right.NO:
        return ()
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
