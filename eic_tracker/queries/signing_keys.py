"""Signatures of the school: who holds one, from when to when, and how many certificates it signed."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.paper_codes import act_code
from eic_tracker.queries.offerings import day


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature of the school and its holder; `ended` is None, handed_over, lost or stolen."""

    id: int
    user_id: int
    login: str
    holder: str
    title: str
    """titular or deputy"""
    kid: str
    point: str
    fingerprint: str
    """16 characters that two people compare by telephone"""
    valid_from: dt.date
    """the first day to which certificates are dated that it signs"""
    valid_to: dt.date | None
    ended: str | None
    demonstration: bool
    certificates: int

    def signs_on(self, today: dt.date) -> bool:
        """Whether its holder may sign with it on a day."""
        return self.ended is None and (self.valid_to is None or today <= self.valid_to)


@dataclass(frozen=True, slots=True)
class SignatureCard:
    """The signatures that hold today, the titular's first, and those that ended."""

    active: tuple[SignatureRow, ...]
    ended: tuple[SignatureRow, ...]


_ROWS = """
SELECT k.id, k.user_id, u.login, u.full_name, k.title, k.kid, k.point, k.valid_from, k.valid_to, k.ended,
       k.demonstration, (SELECT count(*) FROM certificate c WHERE c.signing_key_id = k.id)
FROM signing_key k JOIN user u ON u.id = k.user_id ORDER BY k.title = 'deputy', k.id
"""


def read_signatures(connection: Connection) -> tuple[SignatureRow, ...]:
    """All signatures of the file, titulars first."""
    return tuple(
        SignatureRow(
            id=key,
            user_id=user,
            login=login,
            holder=name,
            title=title,
            kid=kid,
            point=point,
            fingerprint=act_code(hashlib.sha256(bytes.fromhex(point)).hexdigest()),
            valid_from=dt.date.fromisoformat(first),
            valid_to=day(last),
            ended=ended,
            demonstration=bool(demonstration),
            certificates=count,
        )
        for key, user, login, name, title, kid, point, first, last, ended, demonstration, count in (
            connection.exec_driver_sql(_ROWS)
        )
    )


def read_signature_card(connection: Connection, today: dt.date) -> SignatureCard:
    """The card of the school's signature as it stands on a day."""
    rows = read_signatures(connection)
    active = tuple(row for row in rows if row.signs_on(today))
    return SignatureCard(active, tuple(row for row in rows if row not in active))
