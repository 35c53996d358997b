"""Diplomas of the paper books of the past: recorded as they stand, approved by another person, without a code."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AttachmentKind, CertificateKind, CertificateStatus
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.paper_codes import canonical_text, text_digest
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.paper_books import PaperDiplomaRow, read_paper_diplomas
from eic_tracker.services.attachments import Scan, file_scan
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate, Folio, RegisterBook, RegisterEntry
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.transaction import Entry, Tx

LONGEST = 200
_HIGHEST_FOLIO, _HIGHEST_ENTRY, _MOST_HOURS = 9_999, 9_999, 9_999
_MOST_SIGNATORIES = 3


@dataclass(frozen=True, slots=True)
class PaperDiploma:
    """A diploma of a paper book as it stands there; `enrolment_id` where the roster of its course is on file.

    A signatory is written as on the paper: rank, name and post in one line."""

    number: str
    book: str
    folio: int | None
    dated: dt.date | None
    name: str
    course: str
    entry: int | None = None
    rank: str = ""
    document: str = ""
    offering: str = ""
    hours: int | None = None
    signatories: tuple[str, ...] = ()
    enrolment_id: int | None = None
    participant_id: int | None = None
    kind: CertificateKind = CertificateKind.DIPLOMA


@dataclass(frozen=True, slots=True)
class PaperRecorded:
    """A diploma that waits for approval."""

    id: int
    number: str
    set_id: int


def paper_diplomas(db: Database, acting: ActingUser) -> tuple[PaperDiplomaRow, ...]:
    """The diplomas of paper books, those that wait for approval among them."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        return read_paper_diplomas(connection)


def paper_problems(draft: PaperDiploma, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with a diploma on its own, in the order of the form."""
    problems: list[DraftProblem] = []
    for field, text, needed in (
        ("number", draft.number, True),
        ("book", draft.book, True),
        ("name", draft.name, True),
        ("course", draft.course, True),
        ("rank", draft.rank, False),
        ("document", draft.document, False),
        ("offering", draft.offering, False),
        *(("signatories", text, True) for text in draft.signatories),
    ):
        if needed and not fold(text):
            problems.append(DraftProblem(field, N_("This is needed.")))
        elif not writable(tidy(text)) or len(tidy(text)) > LONGEST:
            problems.append(DraftProblem(field, N_("This holds characters that cannot be kept, or is too long.")))
    for field, number, highest, must in (
        ("folio", draft.folio, _HIGHEST_FOLIO, True),
        ("entry", draft.entry, _HIGHEST_ENTRY, False),
        ("hours", draft.hours, _MOST_HOURS, False),
    ):
        if number is None and must:
            problems.append(DraftProblem(field, N_("This is needed.")))
        elif number is not None and not 1 <= number <= highest:
            problems.append(DraftProblem(field, N_("This is a number from 1 to {highest}."), {"highest": highest}))
    if len(draft.signatories) > _MOST_SIGNATORIES:
        problems.append(DraftProblem("signatories", N_("A diploma has at most three signatures.")))
    problems += [DraftProblem("dated", N_("This is needed."))] if draft.dated is None else []
    problems += date_problems("dated", draft.dated)
    if isinstance(draft.dated, dt.date) and draft.dated > today:
        problems.append(DraftProblem("dated", N_("A paper is not dated after today, {today}."), {"today": today}))
    return tuple(problems)


def add_paper_diploma(db: Database, acting: ActingUser, draft: PaperDiploma, scan: Scan | None = None) -> PaperRecorded:
    """Record a diploma as it stands in a paper book, with the scan of its page; it waits for another's approval.

    Refused where it is recorded already, or the roster says otherwise."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "record_paper_diploma", tidy(draft.number))) as tx:
        return record_paper_diploma(tx, acting.id, draft, scan, taken_places(tx.connection))


@dataclass(slots=True)
class TakenPlaces:
    """What is recorded of the paper books: numbers by book and folio, and whose number stands at an entry."""

    numbers: set[tuple[str, int | None, str]]
    entries: dict[tuple[str, int | None, int], str]


def taken_places(connection: Connection) -> TakenPlaces:
    """The places of all diplomas that are recorded, those that wait for approval among them."""
    rows = read_paper_diplomas(connection)
    return TakenPlaces(
        {(row.book, row.folio, row.number) for row in rows},
        {(row.book, row.folio, row.entry): row.number for row in rows if row.entry is not None},
    )


def record_paper_diploma(
    tx: Tx, recorder: int, draft: PaperDiploma, scan: Scan | None, taken: TakenPlaces
) -> PaperRecorded:
    """The same within a write of the caller's, by the user of a key; `taken` learns of the new place."""
    if problems := paper_problems(draft, local_date(tx.at)):
        raise DraftRefused(problems)
    course = _course_of(tx.connection, draft)
    number = _stored_number(tx.connection, draft, taken)
    source = None
    if scan is not None:
        subject = f"{tidy(draft.book)} · {draft.folio}"
        (source,) = tx.insert(SourceDocument, [{"uid": tx.new_uid(), "kind": SourceKind.OTHER, "subject": subject}])
        file_scan(tx, scan, AttachmentKind.BOOK_PAGE, offering_id=course.get("id"), source_document_id=source)
    snapshot = canonical_text(_said(tx.connection, draft, course))
    row = {
        "uid": tx.new_uid(),
        "number": number,
        "kind": draft.kind,
        "status": CertificateStatus.PREPARED,
        "participant_id": course.get("participant_id") or draft.participant_id,
        "dated": draft.dated,
        "snapshot": snapshot,
        "snapshot_digest": text_digest(snapshot),
        "prepared_by_id": recorder,
        "source_document_id": source,
    }
    written, book = tidy(draft.number), tidy(draft.book)
    taken.numbers.add((book, draft.folio, written))
    if draft.entry is not None:
        taken.entries[book, draft.folio, draft.entry] = written
    return PaperRecorded(tx.insert(Certificate, [row])[0], number, tx.set_id)


_ENROLMENT = """
SELECT o.id, e.participant_id, e.status, o.code, o.starts_on, o.ends_on, c.title, v.hours,
       (SELECT k.number FROM certificate k WHERE k.enrolment_id = e.id AND k.status NOT IN ('annulled', 'replaced')
        ORDER BY k.id LIMIT 1) AS held,
       EXISTS (SELECT 1 FROM certificate k WHERE k.enrolment_id = e.id AND k.status NOT IN ('annulled', 'replaced'))
       AS has_one
FROM enrolment e JOIN offering o ON o.id = e.offering_id
JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id WHERE e.id = ?
"""


def _course_of(connection: Connection, draft: PaperDiploma) -> dict[str, Any]:
    """The course and person of the enrolment; empty without one. Refused where the roster says otherwise."""
    if draft.enrolment_id is None:
        return {}
    found = connection.exec_driver_sql(_ENROLMENT, (draft.enrolment_id,)).mappings().first()
    if found is None:
        raise UserError(N_("There is no enrolment of that number in this file; read the roster again."))
    if found["status"] != "completed":
        raise Refused(
            N_("On the roster of course {code} this person did not complete it. Set the result right first."),
            code=found["code"],
        )
    if found["has_one"]:
        raise Refused(
            N_("This person has a certificate of course {code} in this file already: {number}."),
            code=found["code"],
            number=found["held"] or "—",
        )
    return dict(found)


def _stored_number(connection: Connection, draft: PaperDiploma, taken: TakenPlaces) -> str:
    """The number as written; with book and folio behind it where another paper book bears the same."""
    number, book = tidy(draft.number), tidy(draft.book)
    if (book, draft.folio, number) in taken.numbers:
        raise Refused(
            N_("Number {number} of book {book}, folio {folio} is recorded already."),
            number=number,
            book=book,
            folio=draft.folio,
        )
    if draft.entry is not None and (book, draft.folio, draft.entry) in taken.entries:
        raise Refused(
            N_("Entry {entry} of book {book}, folio {folio} is recorded already: number {number}."),
            entry=draft.entry,
            book=book,
            folio=draft.folio,
            number=taken.entries[book, draft.folio, draft.entry],
        )
    holder = connection.exec_driver_sql("SELECT snapshot FROM certificate WHERE number = ?", (number,)).first()
    if holder is None:
        return number
    if not json.loads(holder[0] or "{}").get("paper_book"):
        raise Refused(N_("Number {number} is that of a certificate that this file issued. Look again."), number=number)
    return f"{number} ({book}-{draft.folio})"


def _said(connection: Connection, draft: PaperDiploma, course: dict[str, Any]) -> dict[str, object]:
    """What is frozen: the paper's own words, days of the course from the roster where there is one."""
    return {
        "paper_book": True,
        "letterhead": [],
        "kind": draft.kind.value,
        "number": tidy(draft.number),
        "rank": tidy(draft.rank),
        "name": tidy(draft.name),
        "document": tidy(draft.document) or None,
        "course_title": tidy(draft.course),
        "offering_code": tidy(draft.offering) or course.get("code", ""),
        "hours": draft.hours,
        "starts_on": course.get("starts_on"),
        "ends_on": course.get("ends_on"),
        "issued_on": draft.dated,
        "place": "",
        "course_place": None,
        "signatories": [
            {"rank": "", "name": tidy(each), "post": "", "by_absence": False} for each in draft.signatories
        ],
        "demonstration": read_file_facts(connection).demonstration,
        "reference": "",
        "book": tidy(draft.book),
        "folio": str(draft.folio),
        "entry": "" if draft.entry is None else str(draft.entry),
        "enrolment_id": draft.enrolment_id,
    }


@dataclass(frozen=True, slots=True)
class PaperApproved:
    """How many diplomas stand now."""

    count: int
    set_id: int


def approve_paper_diplomas(db: Database, acting: ActingUser, ids: Sequence[int]) -> PaperApproved:
    """Approve diplomas of paper books that somebody else recorded; they stand in their book from then on."""
    require(acting, Action.APPROVE_CERTIFICATES)
    with db.write(Entry(actor(acting), "approve_paper_diplomas", str(len(ids)))) as tx:
        for key in dict.fromkeys(ids):
            row = _waiting(tx.connection, key)
            if row.recorded_by == acting.login:
                raise Refused(
                    N_("“{login}” recorded number {number}; another person approves it."),
                    login=acting.login,
                    number=row.number,
                )
            if row.enrolment_id is not None:
                draft = PaperDiploma(
                    row.number, row.book, row.folio, row.dated, row.name, row.course, enrolment_id=row.enrolment_id
                )
                _course_of(tx.connection, draft)
            columns = {
                "status": CertificateStatus.PAPER_BOOK,
                "approved_by_id": acting.id,
                "enrolment_id": row.enrolment_id,
            }
            tx.update(Certificate, {key: columns})
            _enter(tx, row)
        return PaperApproved(len(dict.fromkeys(ids)), tx.set_id)


def withdraw_paper_diploma(db: Database, acting: ActingUser, key: int, reason: str) -> None:
    """Take back a diploma that waits for approval, with a reason; the journal keeps it."""
    require(acting, Action.PREPARE_CERTIFICATES)
    if not fold(reason):
        raise UserError(N_("Taking it back needs a reason; nothing was changed."))
    with db.write(Entry(actor(acting), "withdraw_paper_diploma", "", reason=tidy(reason))) as tx:
        row = _waiting(tx.connection, key)
        tx.entry = Entry(tx.entry.actor, tx.entry.use_case, row.number, reason=tx.entry.reason)
        tx.delete(Certificate, [key])


def _waiting(connection: Connection, key: int) -> PaperDiplomaRow:
    found = read_paper_diplomas(connection, key)
    if not found:
        raise UserError(N_("There is no diploma of a paper book of that number in the list; read it again."))
    if found[0].status is not CertificateStatus.PREPARED:
        raise Refused(N_("Number {number} was approved already."), number=found[0].number)
    return found[0]


def _enter(tx: Tx, row: PaperDiplomaRow) -> None:
    """Enter a diploma in its paper book as far as the book is known; its room and folios are what was seen of it."""
    book = tx.connection.exec_driver_sql(
        "SELECT id, folios, opened_on FROM register_book WHERE on_paper AND number = ?", (row.book,)
    ).first()
    if book is None:
        columns = {"number": row.book, "entries_per_folio": 0, "folios": row.folio, "on_paper": True}
        (book_id,) = tx.insert(RegisterBook, [columns | {"opened_on": row.dated}])
    else:
        book_id = book.id
        earliest = min(dt.date.fromisoformat(book.opened_on), row.dated)
        tx.update(RegisterBook, {book_id: {"folios": max(book.folios, row.folio), "opened_on": earliest}})
    folio = tx.connection.exec_driver_sql(
        "SELECT id FROM folio WHERE register_book_id = ? AND number = ?", (book_id, row.folio)
    ).scalar()
    if folio is None:
        (folio,) = tx.insert(Folio, [{"register_book_id": book_id, "number": row.folio}])
    highest = tx.connection.exec_driver_sql(
        "SELECT coalesce(max(number), 0) FROM register_entry WHERE folio_id = ?", (folio,)
    ).scalar_one()
    if row.entry is not None:
        # a diploma whose entry nobody wrote down makes room for the one that stands there
        other = tx.connection.exec_driver_sql(
            "SELECT id FROM register_entry WHERE folio_id = ? AND number = ?", (folio, row.entry)
        ).scalar()
        if other is not None:
            tx.update(RegisterEntry, {other: {"number": highest + 1}})
    entry = {"certificate_id": row.id, "folio_id": folio, "number": row.entry or highest + 1}
    tx.insert(RegisterEntry, [entry | {"entered_on": row.dated}])


def enrolment_of(connection: Connection, document: str, offering: str) -> int | None:
    """The enrolment of the person with an identity number in a course by its number; None where none is on file."""
    plain = "".join(letter for letter in document if letter.isalnum())
    found = connection.exec_driver_sql(
        "SELECT e.id FROM enrolment e JOIN participant p ON p.id = e.participant_id "
        "JOIN offering o ON o.id = e.offering_id "
        "WHERE o.code = ? AND replace(replace(p.document_number, '-', ''), ' ', '') = ? AND e.status <> 'removed'",
        (tidy(offering), plain),
    ).first()
    return None if found is None else int(found[0])
