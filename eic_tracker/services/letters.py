"""Where a letter or act is used: the place that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.store.database import Database


@dataclass(frozen=True, slots=True)
class LetterUse:
    """The newest course given or class group that rests on a letter, else the entry that recorded it."""

    offering: int | None
    class_group: int | None
    entry: int | None


def letter_use(db: Database, acting: ActingUser, key: int) -> LetterUse:
    """Where the letter of that key is used."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        offering = connection.exec_driver_sql(
            "SELECT id FROM offering WHERE source_document_id = ?1 "
            "OR id IN (SELECT offering_id FROM enrolment WHERE source_document_id = ?1) "
            "OR id IN (SELECT offering_id FROM assignment WHERE source_document_id = ?1) "
            "ORDER BY starts_on DESC, id DESC LIMIT 1",
            (key,),
        ).scalar()
        class_group = connection.exec_driver_sql(
            "SELECT id FROM class_group WHERE source_document_id = ? ORDER BY id DESC LIMIT 1", (key,)
        ).scalar()
        entry = connection.exec_driver_sql(
            "SELECT change_set_id FROM change WHERE table_name = 'source_document' AND row_id = ? "
            "AND operation = 'insert'",
            (key,),
        ).scalar()
    return LetterUse(offering, class_group, entry)
