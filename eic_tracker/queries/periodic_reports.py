"""What people say in and of a periodic report, and the exceptions that were authorised in its period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import ReportKind, ReportSigner
from eic_tracker.domain.periods import Period, parse_period
from eic_tracker.domain.report_rules import kept_period
from eic_tracker.queries.report_data import Signature


@dataclass(frozen=True, slots=True)
class ReportOffice:
    """Letter, signers, narrative, sections left out and the way of one report, as people entered them."""

    kind: ReportKind
    period: Period
    id: int | None = None
    """None where nobody entered anything yet"""
    number: str = ""
    letter_number: str = ""
    letter_dated: dt.date | None = None
    addressee: str = ""
    addressee_post: str = ""
    copies: tuple[str, ...] = ()
    achievements: str = ""
    difficulties: str = ""
    next_steps: str = ""
    left_out: frozenset[str] = frozenset()
    sent_on: dt.date | None = None
    received_on: dt.date | None = None
    received_by: str = ""
    reviewed_on: dt.date | None = None
    reviewed_by: str = ""
    signers: Mapping[ReportSigner, Signature] | None = None
    """None: those of the school sign"""
    stamped_copies: tuple[int, ...] = ()
    """the attachments that show the copy as it was received"""

    @property
    def has_letter(self) -> bool:
        """Whether a cover letter goes with it."""
        return bool(self.letter_number or self.addressee)


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An exception that somebody authorised: day of entry, kinds, which courses (or record), who, how many people."""

    day: dt.date
    kinds: tuple[str, ...]
    concerns: str
    authorised_by: str
    post: str
    letter: str
    people: int


_REPORTS = """
SELECT id, kind, period, number, letter_number, letter_dated, addressee, addressee_post, copies, achievements,
       difficulties, next_steps, left_out, sent_on, received_on, received_by, reviewed_on, reviewed_by
FROM periodic_report
"""
_SIGNERS = "SELECT role, rank, name, post FROM periodic_report_signer WHERE periodic_report_id = ? ORDER BY id"
_COPIES = "SELECT id FROM attachment WHERE periodic_report_id = ? AND content IS NOT NULL ORDER BY id"
_EXCEPTIONS = """
WITH course(authorisation_id, code) AS (
    SELECT e.authorisation_id, o.code FROM enrolment e JOIN offering o ON o.id = e.offering_id
    WHERE e.authorisation_id IS NOT NULL
    UNION SELECT a.authorisation_id, o.code FROM act a JOIN offering o ON o.id = a.offering_id
    WHERE a.authorisation_id IS NOT NULL
    UNION SELECT s.authorisation_id, o.code FROM change_set s
    JOIN change c ON c.change_set_id = s.id AND c.table_name = 'offering' JOIN offering o ON o.id = c.row_id
    WHERE s.authorisation_id IS NOT NULL)
SELECT z.recorded_at, z.exception, z.authorised_by, z.post, z.letter,
       coalesce((SELECT group_concat(code, ', ') FROM (SELECT code FROM course WHERE authorisation_id = z.id
                 ORDER BY code)),
                (SELECT group_concat(DISTINCT label) FROM change_set WHERE authorisation_id = z.id), ''),
       (SELECT count(*) FROM enrolment e WHERE e.authorisation_id = z.id)
FROM authorisation z WHERE z.recorded_at >= ? AND z.recorded_at < ? ORDER BY z.recorded_at, z.id
"""
_DAY = dt.timedelta(days=1)


def read_report_office(connection: Connection, kind: ReportKind, period: Period) -> ReportOffice:
    """What was entered for one report, under the period that it is kept under; empty where nothing was."""
    period = kept_period(kind, period)
    row = connection.exec_driver_sql(f"{_REPORTS} WHERE kind = ? AND period = ?", (kind.value, period.code)).first()
    return _office(connection, row) if row else ReportOffice(kind, period)


def read_latest_office(connection: Connection, kind: ReportKind) -> ReportOffice | None:
    """What was entered last for another report of the kind: its addressee and signers are offered for the next."""
    row = connection.exec_driver_sql(
        f"{_REPORTS} WHERE kind = ? ORDER BY recorded_at DESC, id DESC LIMIT 1", (kind.value,)
    ).first()
    return _office(connection, row) if row else None


def _office(connection: Connection, row: Sequence[Any]) -> ReportOffice:
    told: dict[str, Any] = {name: value for name, value in zip(_NAMES, row, strict=True) if value is not None}
    signers = {
        ReportSigner(role): Signature(rank or "", name, post or "")
        for role, rank, name, post in connection.exec_driver_sql(_SIGNERS, (told["id"],))
    }
    told |= {name: dt.date.fromisoformat(told[name]) for name in _DAYS if name in told}
    return ReportOffice(
        kind=ReportKind(told.pop("kind")),
        period=parse_period(told.pop("period")),
        copies=tuple(told.pop("copies", "").splitlines()),
        left_out=frozenset(told.pop("left_out", "").split()),
        signers=signers or None,
        stamped_copies=tuple(key for (key,) in connection.exec_driver_sql(_COPIES, (told["id"],))),
        **told,
    )


_NAMES = (
    *("id", "kind", "period", "number", "letter_number", "letter_dated", "addressee", "addressee_post", "copies"),
    *("achievements", "difficulties", "next_steps", "left_out", "sent_on", "received_on", "received_by"),
    *("reviewed_on", "reviewed_by"),
)
_DAYS = ("letter_dated", "sent_on", "received_on", "reviewed_on")


def read_exceptions(connection: Connection, first: dt.date, last: dt.date) -> tuple[ExceptionLine, ...]:
    """The exceptions entered from one local day to another, oldest first."""
    around = ((first - _DAY).isoformat(), (last + 2 * _DAY).isoformat())
    lines = (
        ExceptionLine(
            local_date(dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)),
            tuple(kinds.split()),
            concerns,
            name,
            post or "",
            letter or "",
            people,
        )
        for at, kinds, name, post, letter, concerns, people in connection.exec_driver_sql(_EXCEPTIONS, around)
    )
    return tuple(line for line in lines if first <= line.day <= last)
