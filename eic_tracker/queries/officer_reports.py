"""What each officer of the class groups gave in a period, and who owes it: by code, no name is read."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.queries.instructors import LAPSES
from eic_tracker.queries.offerings import day
from eic_tracker.queries.officers import LASTING


@dataclass(frozen=True, slots=True)
class OfficerReport:
    """An officer with the lessons dated in the period; a lesson of two officers stands at both."""

    code: str
    active: bool
    unit: str | None
    certifications: tuple[tuple[str, str | None], ...]
    """curriculum and last day of each certification, the one that lasts longest"""
    accredited_until: dt.date | None
    """the last day of the accreditation that ends first and was not renewed"""
    groups: int
    lessons: int
    last_lesson_on: dt.date | None
    """of all times, up to the last day"""
    open_groups: int
    """class groups of the period's school year that had not graduated before it"""

    @property
    def owes(self) -> bool:
        """Whether an active officer with class groups to teach has told of no lesson in the period."""
        return self.active and self.open_groups > 0 and self.lessons == 0


_REPORTS = f"""SELECT i.code, i.ended_on IS NULL OR i.ended_on >= :last, (SELECT code FROM unit WHERE id = i.unit_id),
    (SELECT json_group_array(json_array(c.code, n.expires_on)) FROM ({LASTING}) n
     JOIN curriculum c ON c.id = n.curriculum_id WHERE n.instructor_id = i.id),
    (SELECT min(a.expires_on) FROM accreditation a WHERE a.instructor_id = i.id AND {LAPSES} IS NOT NULL),
    count(DISTINCT CASE WHEN l.given_on >= :first THEN l.class_group_id END),
    count(CASE WHEN l.given_on >= :first THEN 1 END),
    max(l.given_on),
    (SELECT count(*) FROM class_officer x JOIN class_group g ON g.id = x.class_group_id
     WHERE x.instructor_id = i.id AND g.school_year = :year AND (g.graduated_on IS NULL OR g.graduated_on >= :first))
FROM instructor i JOIN class_officer o ON o.instructor_id = i.id
LEFT JOIN class_lesson l ON l.class_group_id = o.class_group_id AND l.given_on <= :last
WHERE :own IS NULL OR i.id = :own
GROUP BY i.id ORDER BY i.code"""


def read_officer_reports(
    connection: Connection, first: dt.date, last: dt.date, own: int | None
) -> tuple[OfficerReport, ...]:
    """All officers by code, or the one whose key is `own`; nothing after `last` is looked at."""
    values = {"first": first.isoformat(), "last": last.isoformat(), "year": first.year, "own": own}
    return tuple(_report(*row) for row in connection.exec_driver_sql(_REPORTS, values))


def _report(
    code: str,
    active: int,
    unit: str | None,
    certified: str,
    lapses: str | None,
    groups: int,
    lessons: int,
    newest: str | None,
    left: int,
) -> OfficerReport:
    certifications = tuple((curriculum, until) for curriculum, until in json.loads(certified))
    return OfficerReport(code, bool(active), unit, certifications, day(lapses), groups, lessons, day(newest), left)
