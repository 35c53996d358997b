"""Letters and acts behind rows: filed once, the last one offered again, and where one is used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.i18n import N_
from eic_tracker.queries.offerings import day
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.transaction import Tx

LONGEST = 200


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """The document of origin of a list or an enrolment: its number, date and sender."""

    number: str = ""
    dated: dt.date | None = None
    sender: str = ""
    subject: str = ""
    kind: SourceKind = SourceKind.LETTER


def last_source(db: Database, acting: ActingUser) -> SourceDraft | None:
    """The document that this user named last, to be offered again; None where there is none."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT d.number, d.dated, d.sender, d.subject, d.kind FROM change c "
            "JOIN change_set s ON s.id = c.change_set_id AND s.user_id = ? JOIN source_document d ON d.id = c.row_id "
            "WHERE c.table_name = 'source_document' ORDER BY c.id DESC LIMIT 1",
            (acting.id,),
        ).first()
    if row is None:
        return None
    return SourceDraft(row.number or "", day(row.dated), row.sender or "", row.subject or "", SourceKind(row.kind))


def source_problems(draft: SourceDraft, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with a document of origin, in the order of its form."""
    problems = []
    if not fold(draft.number) and not fold(draft.sender):
        problems.append(DraftProblem("number", N_("A letter has a number or a sender.")))
    for name, text in (("number", draft.number), ("sender", draft.sender), ("subject", draft.subject)):
        if not writable(tidy(text)) or len(tidy(text)) > LONGEST:
            problems.append(DraftProblem(name, N_("This holds characters that cannot be kept, or is too long.")))
    problems.extend(date_problems("dated", draft.dated))
    if isinstance(draft.dated, dt.date) and draft.dated > today:
        problems.append(DraftProblem("dated", N_("A paper is not dated after today, {today}."), {"today": today}))
    return tuple(problems)


def file_source(tx: Tx, draft: SourceDraft) -> int:
    """The key of a document of origin: the one on file with the same number, date and sender, else a new one.

    DraftRefused with what is wrong with it."""
    if problems := source_problems(draft, local_date(tx.at)):
        raise DraftRefused(problems)
    found = _on_file(tx.connection, draft)
    if found is not None:
        return found
    row = {
        "uid": tx.new_uid(),
        "kind": draft.kind,
        "dated": draft.dated,
        "number": tidy(draft.number) or None,
        "sender": tidy(draft.sender) or None,
        "subject": tidy(draft.subject) or None,
    }
    return tx.insert(SourceDocument, [row])[0]


def _on_file(connection: Connection, draft: SourceDraft) -> int | None:
    if not fold(draft.number):
        return None
    dated = draft.dated.isoformat() if draft.dated is not None else None
    for key, number, sender in connection.exec_driver_sql(
        "SELECT id, number, coalesce(sender, '') FROM source_document "
        "WHERE number IS NOT NULL AND dated IS ? ORDER BY id DESC",
        (dated,),
    ):
        if fold(number) == fold(draft.number) and fold(sender) == fold(draft.sender):
            return int(key)
    return None


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
