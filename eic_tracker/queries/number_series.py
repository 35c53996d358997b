"""The series of certificate numbers: what each holds, what is missing from it, what stands in a wrong order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.domain.numbering import certificate_number


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series: numbers from the first to the last that was taken; paper books of the past belong to none."""

    id: int
    prefix: str
    year: int
    first: int
    last: int
    """lower than `first` while no number was taken"""
    start_reason: str | None
    valid: int
    annulled: int
    replaced: int
    missing: tuple[str, ...]
    """numbers from first to last that no certificate bears"""
    outside: tuple[str, ...]
    """numbers beyond these ends, or that do not read as their series says"""
    out_of_order: tuple[str, ...]
    """numbers that stand in the register behind a higher one"""

    @property
    def whole(self) -> bool:
        """Whether every number is there, once and in its order."""
        return not (self.missing or self.outside or self.out_of_order)


_SERIES = (
    "SELECT id, prefix, year, first_number, last_number, start_reason FROM certificate_series ORDER BY year, prefix"
)
_NUMBERS = """
SELECT k.certificate_series_id, k.serial, k.number, k.status, k.id FROM certificate k
WHERE k.certificate_series_id IS NOT NULL AND k.serial IS NOT NULL ORDER BY k.certificate_series_id, k.serial
"""
_PLACES = """
SELECT y.certificate_id, min(printf('%09d %09d %09d', b.id, f.number, y.number))
FROM register_entry y JOIN folio f ON f.id = y.folio_id JOIN register_book b ON b.id = f.register_book_id
WHERE NOT b.on_paper GROUP BY y.certificate_id
"""
_HELD = frozenset({CertificateStatus.APPROVED.value, CertificateStatus.ISSUED.value})

_Number = tuple[int, str, str, int]
"""serial, number, status, key"""


def read_series(connection: Connection) -> tuple[SeriesRow, ...]:
    """All series by year and prefix."""
    places: dict[int, str] = {row[0]: row[1] for row in connection.exec_driver_sql(_PLACES)}
    numbers: dict[int, list[_Number]] = {}
    for series, serial, number, status, key in connection.exec_driver_sql(_NUMBERS):
        numbers.setdefault(series, []).append((serial, number or "", status, key))
    return tuple(
        _series(key, prefix, year, first, last, reason, numbers.get(key, []), places)
        for key, prefix, year, first, last, reason in connection.exec_driver_sql(_SERIES)
    )


def _series(
    key: int,
    prefix: str,
    year: int,
    first: int,
    last: int,
    reason: str | None,
    numbers: list[_Number],
    places: Mapping[int, str],
) -> SeriesRow:
    serials = {serial for serial, *_ in numbers}
    statuses = [status for _, _, status, _ in numbers]
    outside, late, highest = [], [], ""
    for serial, number, _, certificate in numbers:
        if not first <= serial <= last or number != certificate_number(prefix, year, serial):
            outside.append(number)
        place = places.get(certificate, "")
        if place and place < highest:
            late.append(number)
        highest = max(highest, place)
    return SeriesRow(
        id=key,
        prefix=prefix,
        year=year,
        first=first,
        last=last,
        start_reason=reason,
        valid=sum(status in _HELD for status in statuses),
        annulled=statuses.count(CertificateStatus.ANNULLED.value),
        replaced=statuses.count(CertificateStatus.REPLACED.value),
        missing=tuple(
            certificate_number(prefix, year, serial) for serial in range(first, last + 1) if serial not in serials
        ),
        outside=tuple(outside),
        out_of_order=tuple(late),
    )


def paper_numbers(connection: Connection) -> int:
    """How many diplomas of paper books are recorded and approved; they are no gaps."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM certificate WHERE status = 'paper_book'").scalar_one())
