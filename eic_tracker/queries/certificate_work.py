"""What certificates wait for: those for another person's approval, those for their holders."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import Connection

CLAIM_DAYS = "certificates.claim_days"
"""The setting with the days in which an error on a certificate may be claimed."""
USUAL_CLAIM_DAYS = 10
"""Those days where the setting says nothing."""


def claim_days(connection: Connection) -> dt.timedelta:
    """For how long an error may be claimed from the day on which a certificate was handed over."""
    value = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (CLAIM_DAYS,)).scalar()
    return dt.timedelta(days=int(json.loads(value)) if value is not None else USUAL_CLAIM_DAYS)


@dataclass(frozen=True, slots=True)
class UncollectedRow:
    """A certificate that waits for its holder; `dated` is the day from which it may be collected."""

    id: int
    number: str
    name: str
    kind: str
    status: str
    offering: str | None
    dated: dt.date


_ROWS = """
SELECT c.id, c.number, json_extract(c.snapshot, '$.name'), c.kind, c.status, o.code, c.dated
FROM certificate c LEFT JOIN enrolment e ON e.id = c.enrolment_id
LEFT JOIN offering o ON o.id = coalesce(c.offering_id, e.offering_id)
WHERE c.status IN ('approved', 'issued') AND (?1 IS NULL OR o.id = ?1)
  AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.certificate_id = c.id)
ORDER BY c.dated, c.certificate_series_id, c.serial
"""


def read_uncollected(connection: Connection, offering: int | None = None) -> tuple[UncollectedRow, ...]:
    """All of them, or those of one offering, oldest first."""
    return tuple(
        UncollectedRow(key, number, name, kind, status, code, dt.date.fromisoformat(dated))
        for key, number, name, kind, status, code, dated in connection.exec_driver_sql(_ROWS, (offering,))
    )


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A prepared certificate that somebody else must approve."""

    id: int
    kind: str
    name: str
    offering: str | None
    offering_id: int | None
    dated: dt.date | None
    """the day of the ceremony; None: the last day of the course, or that of the approval"""
    first: str | None
    """the number of which it is a duplicate"""
    purpose: str | None
    prepared_by_id: int | None
    prepared_by: str | None


_WAITING = """
SELECT c.id, c.kind, coalesce(p.given_names || ' ' || p.surnames, i.given_names || ' ' || i.surnames), o.code, o.id,
       c.dated, f.number, c.purpose, u.id, u.full_name
FROM certificate c LEFT JOIN certificate f ON f.id = c.duplicate_of_id LEFT JOIN enrolment e ON e.id = c.enrolment_id
LEFT JOIN participant p ON p.id = coalesce(c.participant_id, e.participant_id)
LEFT JOIN instructor i ON i.id = c.instructor_id LEFT JOIN offering o ON o.id = coalesce(c.offering_id, e.offering_id)
LEFT JOIN user u ON u.id = c.prepared_by_id
WHERE c.status = 'prepared' AND c.number IS NULL ORDER BY o.ends_on, o.code, c.kind, p.sort_key, i.match_key, c.id
"""


def read_waiting(connection: Connection) -> tuple[WaitingRow, ...]:
    """All that wait for approval, by course, kind and name."""
    return tuple(
        WaitingRow(key, kind, name, code, offering, dt.date.fromisoformat(dated) if dated else None, *others)
        for key, kind, name, code, offering, dated, *others in connection.exec_driver_sql(_WAITING)
    )
