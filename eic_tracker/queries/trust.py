"""By what certificates are checked in this file: the school's own signatures and annulments, and lists of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.trust import TrustKey, TrustList, read_list, uid_prefix
from eic_tracker.queries.school import read_checked_where
from eic_tracker.queries.signing_keys import SignatureRow, read_signatures

UPDATE_AFTER = dt.timedelta(days=31)
"""Offices get a list with each monthly report."""


def own_list(connection: Connection, today: dt.date) -> TrustList:
    """The school's list as it stands today; it has no key before somebody made a signature."""
    signatures = read_signatures(connection)
    stolen = [row.id for row in signatures if row.ended == "stolen"]
    return TrustList(
        issuer=read_checked_where(connection).issuer,
        sequence=newest_sequence(connection) + 1,
        issued_on=today,
        next_update=today + UPDATE_AFTER,
        keys=tuple(_key(row) for row in signatures),
        annulled=_prefixes(connection, "status = 'annulled'"),
        replaced=_prefixes(connection, "status = 'replaced'"),
        listed=_prefixes(connection, f"signing_key_id IN ({', '.join('?' * len(stolen))})", stolen),
        demonstration=any(row.demonstration for row in signatures),
    )


def newest_sequence(connection: Connection) -> int:
    """The number of the list that this school published last; 0 before the first."""
    row = connection.exec_driver_sql("SELECT coalesce(max(sequence), 0) FROM trust_list WHERE own").one()
    return int(row[0])


def newest_own_list(connection: Connection) -> bytes | None:
    """The list that this school published last, as signed."""
    row = connection.exec_driver_sql(
        "SELECT content FROM trust_list WHERE own ORDER BY sequence DESC LIMIT 1"
    ).one_or_none()
    return bytes(row[0]) if row is not None else None


def lists_of_others(connection: Connection) -> tuple[TrustList, ...]:
    """The newest list of each other school that was taken in."""
    rows = connection.exec_driver_sql(
        "SELECT content FROM trust_list t WHERE NOT own AND sequence = "
        "(SELECT max(sequence) FROM trust_list n WHERE NOT n.own AND n.issuer = t.issuer) ORDER BY issuer"
    )
    return tuple(read_list(bytes(content), None)[0] for (content,) in rows)


@dataclass(frozen=True, slots=True)
class FoundCertificate:
    """A certificate under the number or telephone code that was told."""

    uid: str
    status: str
    code: str | None
    snapshot: str | None
    kind: str


_TOLD = """
SELECT uid, status, code, snapshot, kind FROM certificate WHERE number IN (?1, ?2) OR telephone_code = ?3
OR (status = 'paper_book' AND upper(json_extract(snapshot, '$.number')) = ?2) ORDER BY id
"""


def find_certificates(connection: Connection, text: str, telephone_code: str | None) -> tuple[FoundCertificate, ...]:
    """What bears a number or telephone code: several only where paper books bear the same number."""
    values = (text.strip(), text.strip().upper(), telephone_code)
    return tuple(FoundCertificate(*row) for row in connection.exec_driver_sql(_TOLD, values))


def _key(row: SignatureRow) -> TrustKey:
    return TrustKey(
        kid=row.kid,
        point=bytes.fromhex(row.point),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        label=row.holder[:120],
        listed_only=row.ended == "stolen",
        demonstration=row.demonstration,
    )


def _prefixes(connection: Connection, where: str, values: Sequence[object] = ()) -> frozenset[bytes]:
    rows = connection.exec_driver_sql(f"SELECT uid FROM certificate WHERE code IS NOT NULL AND {where}", tuple(values))
    return frozenset(uid_prefix(uid) for (uid,) in rows)
