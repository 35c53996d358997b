"""What waits for a manager's approval, as they approve it: whole classes, and papers that somebody asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.queries.certificate_work import WaitingRow
from eic_tracker.services.certificates import waiting_certificates
from eic_tracker.store.database import Database


@dataclass(frozen=True, slots=True)
class WaitingBatch:
    """Certificates of one kind that one person prepared for a course and a day; or one statement or duplicate."""

    id: int
    """the key of the first of them"""
    certificate_ids: tuple[int, ...]
    kind: str
    names: tuple[str, ...]
    offering: str | None
    offering_id: int | None
    dated: dt.date | None
    """the day of the ceremony; None: the last day of the course, or that of the approval"""
    first: str | None
    """the number of which it is a duplicate"""
    purpose: str | None
    prepared_by: str | None
    own: bool
    """whether the user who asks prepared it: somebody else must approve"""

    @property
    def is_class(self) -> bool:
        """Whether it is of a course as a whole."""
        return self.kind in _OF_CLASSES and self.first is None


_OF_CLASSES = frozenset({"diploma", "participation", "instructor"})


def waiting_batches(db: Database, acting: ActingUser) -> tuple[WaitingBatch, ...]:
    """All that waits for approval, by course; who prepared cannot approve."""
    found: dict[tuple[object, ...], WaitingBatch] = {}
    for row in waiting_certificates(db, acting):
        mark = _mark(row)
        known = found.get(mark)
        if known is None:
            found[mark] = _batch(row, acting)
        else:
            keys, names = (*known.certificate_ids, row.id), (*known.names, row.name)
            found[mark] = replace(known, certificate_ids=keys, names=names)
    return tuple(found.values())


def _mark(row: WaitingRow) -> tuple[object, ...]:
    if row.kind in _OF_CLASSES and row.first is None:
        return row.offering_id, row.kind, row.dated, row.prepared_by_id
    return (row.id,)


def _batch(row: WaitingRow, acting: ActingUser) -> WaitingBatch:
    return WaitingBatch(
        id=row.id,
        certificate_ids=(row.id,),
        kind=row.kind,
        names=(row.name,),
        offering=row.offering,
        offering_id=row.offering_id,
        dated=row.dated,
        first=row.first,
        purpose=row.purpose,
        prepared_by=row.prepared_by,
        own=row.prepared_by_id == acting.id,
    )
