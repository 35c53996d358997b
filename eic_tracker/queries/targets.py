"""What programmes planned, and the codes under which offices report their figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.periods import Period, parse_period

_TARGETS = """
SELECT t.id, p.code, t.measure, t.period, t.value, d.number, d.dated, e.login, a.login, e.full_name, a.full_name
FROM target t
JOIN programme p ON p.id = t.programme_id
LEFT JOIN source_document d ON d.id = t.source_document_id
LEFT JOIN user e ON e.id = t.entered_by_id
LEFT JOIN user a ON a.id = t.approved_by_id
ORDER BY p.id, t.measure, t.period
"""


@dataclass(frozen=True, slots=True)
class Target:
    """A planned figure of a programme in a period; only an approved one is told as planned."""

    id: int
    programme: str
    measure: Measure
    period: Period
    value: int
    document: str | None
    document_dated: str | None
    entered_by: str | None
    approved_by: str | None
    """logins"""
    entered_name: str | None
    approved_name: str | None

    @property
    def dated(self) -> dt.date | None:
        """The day of its document."""
        return dt.date.fromisoformat(self.document_dated) if self.document_dated else None


def read_targets(connection: Connection) -> tuple[Target, ...]:
    """All targets, approved or not, by programme, measure and period."""
    return tuple(
        Target(key, programme, Measure(measure), parse_period(period), *others)
        for key, programme, measure, period, *others in connection.exec_driver_sql(_TARGETS)
    )


def read_indicator_codes(connection: Connection) -> Mapping[tuple[str, Measure], str]:
    """The code of each measure of a programme that has one."""
    return {
        (programme, Measure(measure)): code
        for programme, measure, code in connection.exec_driver_sql(
            "SELECT p.code, i.measure, i.code FROM indicator i JOIN programme p ON p.id = i.programme_id ORDER BY i.id"
        )
    }
