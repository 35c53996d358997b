"""What was issued, annulled and replaced in a month, by who approved it and at which hour; it names no graduate."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.paper_codes import act_code
from eic_tracker.queries.offerings import moment


@dataclass(frozen=True, slots=True)
class SeriesOfMonth:
    """The numbers that were given in a series: how many, the first and the last."""

    series: str
    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class ApproverOfMonth:
    """Somebody who approved: how many numbers, and how many at each hour of the day in Honduras."""

    name: str
    count: int
    hours: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AnnulledNumber:
    """A number that was annulled: its ground as a code, the day, who authorised it."""

    number: str
    ground: str
    on: dt.date
    authorised_by: str


@dataclass(frozen=True, slots=True)
class DuplicateNumber:
    """A duplicate and the certificate that it replaces."""

    number: str
    first: str


@dataclass(frozen=True, slots=True)
class LastFolio:
    """The last folio that was printed by the end of the month."""

    book: str
    folio: int
    code: str
    printed_on: dt.date


@dataclass(frozen=True, slots=True)
class MonthOfCertificates:
    """A month: numbers given (duplicates among them), annulled, diplomas of paper books that were approved."""

    month: dt.date
    """its first day"""
    series: tuple[SeriesOfMonth, ...]
    approvers: tuple[ApproverOfMonth, ...]
    annulled: tuple[AnnulledNumber, ...]
    duplicates: tuple[DuplicateNumber, ...]
    paper: int
    last_folio: LastFolio | None

    @property
    def issued(self) -> int:
        """Numbers given in the month."""
        return sum(each.count for each in self.series)


_APPROVED = """
SELECT s.at, u.full_name, k.number, k.serial, z.prefix || '-' || z.year, first.number,
       json_extract(c.after, '$.status')
FROM change_set s
JOIN change c ON c.change_set_id = s.id AND c.table_name = 'certificate'
JOIN certificate k ON k.id = c.row_id
LEFT JOIN certificate_series z ON z.id = k.certificate_series_id
LEFT JOIN certificate first ON first.id = k.duplicate_of_id
LEFT JOIN user u ON u.id = json_extract(c.after, '$.approved_by_id')
WHERE s.at >= ? AND s.at < ? AND json_extract(c.after, '$.approved_by_id') IS NOT NULL AND s.undoes_id IS NULL
ORDER BY z.year, z.prefix, k.serial
"""
_ANNULLED = """
SELECT k.number, r.ground, r.revoked_on, coalesce(a.authorised_by, '')
FROM revocation r JOIN certificate k ON k.id = r.certificate_id
LEFT JOIN authorisation a ON a.id = r.authorisation_id
WHERE k.number IS NOT NULL AND k.status = 'annulled' AND r.revoked_on BETWEEN ? AND ? ORDER BY r.revoked_on, k.number
"""
_LAST_FOLIO = """
SELECT b.number, f.number, f.digest, f.printed_at FROM folio f JOIN register_book b ON b.id = f.register_book_id
WHERE f.digest IS NOT NULL AND f.printed_at < ? ORDER BY b.id DESC, f.number DESC LIMIT 1
"""


def read_month(connection: Connection, month: dt.date) -> MonthOfCertificates:
    """The month that begins on a day, by the clock of Honduras."""
    following = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    start, end = _utc(month), _utc(following)
    given: list[tuple[str, str]] = []
    hours: dict[str, Counter[int]] = {}
    duplicates = []
    paper = 0
    for at, who, number, _, series, first, status in connection.exec_driver_sql(_APPROVED, (start, end)):
        if status == "paper_book":
            paper += 1
            continue
        given.append((series or "", number))
        happened = moment(at)
        assert happened is not None
        hours.setdefault(who or "", Counter())[happened.astimezone(HONDURAS).hour] += 1
        if first is not None:
            duplicates.append(DuplicateNumber(number, first))
    last_day = following - dt.timedelta(days=1)
    annulled = connection.exec_driver_sql(_ANNULLED, (month.isoformat(), last_day.isoformat()))
    return MonthOfCertificates(
        month=month,
        series=_by_series(given),
        approvers=tuple(
            ApproverOfMonth(who, each.total(), tuple(sorted(each.items()))) for who, each in sorted(hours.items())
        ),
        annulled=tuple(
            AnnulledNumber(number, ground, dt.date.fromisoformat(on), by) for number, ground, on, by in annulled
        ),
        duplicates=tuple(duplicates),
        paper=paper,
        last_folio=_last_folio(connection, end),
    )


def _by_series(given: Sequence[tuple[str, str]]) -> tuple[SeriesOfMonth, ...]:
    numbers: dict[str, list[str]] = {}
    for series, number in given:
        numbers.setdefault(series, []).append(number)
    return tuple(SeriesOfMonth(series, len(each), each[0], each[-1]) for series, each in numbers.items())


def _last_folio(connection: Connection, before: str) -> LastFolio | None:
    row = connection.exec_driver_sql(_LAST_FOLIO, (before,)).first()
    if row is None:
        return None
    book, folio, digest, printed = row
    at = moment(printed)
    assert at is not None
    return LastFolio(book, folio, act_code(digest), at.astimezone(HONDURAS).date())


def _utc(day: dt.date) -> str:
    """Midnight in Honduras as the file writes moments."""
    return dt.datetime.combine(day, dt.time(), HONDURAS).astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
