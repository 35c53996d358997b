"""Certificates that hold and that nobody has collected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection


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
