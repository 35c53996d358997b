"""Signatories with their absences, and who signs a paper of a day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from eic_tracker.domain.signing import Absence, SignatoryLine, Signer, who_signs
from eic_tracker.queries.offerings import day

_SIGNATORIES = """
SELECT id, rank, name, post, valid_from, valid_to, deputy_of_id, position FROM signatory ORDER BY position, id
"""
_ABSENCES = "SELECT signatory_id, id, starts_on, ends_on, reason FROM signatory_absence ORDER BY starts_on, id"


def read_signatories(connection: Connection) -> tuple[SignatoryLine, ...]:
    """All signatories by the place of their signature, those of the past among them."""
    away: dict[int, list[Absence]] = {}
    for whose, key, starts, ends, reason in connection.exec_driver_sql(_ABSENCES):
        away.setdefault(whose, []).append(Absence(key, dt.date.fromisoformat(starts), day(ends), reason))
    return tuple(
        SignatoryLine(
            key,
            rank,
            name,
            post,
            dt.date.fromisoformat(first),
            day(last),
            deputy_of,
            position,
            tuple(away.get(key, ())),
        )
        for key, rank, name, post, first, last, deputy_of, position in connection.exec_driver_sql(_SIGNATORIES)
    )


def signers_on(connection: Connection, on: dt.date, most: int = 3) -> tuple[Signer, ...]:
    """Who signs a paper of a day, at most so many as it has room for."""
    return who_signs(on, read_signatories(connection))[:most]
