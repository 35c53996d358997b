"""What tells the same list again, and whom its rows without a document became when it came in before."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import Connection

from eic_tracker.domain.matching import name_words
from eic_tracker.exchange.rows import PersonRow, ReadList
from eic_tracker.queries.facts import survivor
from eic_tracker.queries.likenesses import merged_records


def list_digest(read: ReadList) -> str:
    """What tells the same list again, whatever was answered or mapped in between: its names, row by row."""
    return _digest([[row.sheet, row.row, *_words_of(row)] for row in read.rows])


def row_digest(row: PersonRow) -> str:
    """What tells a row within its list."""
    return _digest([row.sheet, row.row, *_words_of(row)])


def _words_of(row: PersonRow) -> tuple[str, ...]:
    return name_words(row.named or f"{row.given_names} {row.family_names}")


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode("ascii")).hexdigest()


def people_by_row(connection: Connection, read: ReadList) -> dict[int, int]:
    """Whom the rows without a document became when the very same list was taken in before, by place."""
    rows = connection.exec_driver_sql(
        "SELECT w.digest, w.participant_id FROM person_without_document w JOIN list_import l "
        "ON l.id = w.list_import_id WHERE l.digest = ? ORDER BY w.id",
        (list_digest(read),),
    )
    became: dict[str, int] = {row.digest: row.participant_id for row in rows}
    if not became:
        return {}
    merged = merged_records(connection)
    return {
        place: survivor(became[digest], merged)
        for place, row in enumerate(read.rows)
        if row.document is None and (digest := row_digest(row)) in became
    }
