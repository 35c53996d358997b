"""Pages of the register: a full folio is frozen when it is printed, each with the code of the page before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.folio_pages import (
    BookSigner,
    BoundPage,
    ClosingPage,
    FolioEntry,
    FolioPage,
    MarginRemark,
    OpeningPage,
    PageKind,
    RegisterSheets,
    RemarkKind,
    StackAnswer,
    broken_pages,
    check_stack,
    closing_of,
    folio_of,
    new_remarks,
    opening_of,
    page_text,
)
from eic_tracker.domain.paper_codes import act_code, text_digest
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.register_books import (
    BookRow,
    FolioRow,
    read_books,
    read_bound_pages,
    read_entries,
    read_folios,
)
from eic_tracker.queries.school import read_school
from eic_tracker.queries.signatories import signers_on
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.exports import Leaving
from eic_tracker.services.leaving import lacks_reason, require_note
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Folio, RegisterBook
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class PagesAsked:
    """Which pages: of the book of a number (None: the newest), from one folio to another (None: from or to the end)."""

    book: str | None = None
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class PagesPrinted:
    """Folios that are frozen now, and those that were frozen by this."""

    book: str
    frozen: tuple[int, ...]
    set_id: int | None


def register_books(db: Database, acting: ActingUser) -> tuple[BookRow, ...]:
    """All register books with what they hold; they name nobody."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return read_books(connection)


def freeze_pages(db: Database, acting: ActingUser, asked: PagesAsked) -> PagesPrinted:
    """Freeze the opening and every full folio up to the last one asked for; what is frozen stays as it is.

    UserError where there is no such book; Refused for a paper book of the past."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "print_register", "")) as tx:
        book = _book(tx.connection, asked)
        tx.entry = Entry(tx.entry.actor, tx.entry.use_case, book.number)
        frozen = _freeze(tx, book, asked.last)
        wrote = frozen or book.opening is None
        return PagesPrinted(book.number, tuple(frozen), tx.set_id if wrote else None)


def close_book(db: Database, acting: ActingUser, number: str) -> PagesPrinted:
    """Close a book: its last folio is crossed and frozen, its totals are certified; further entries open a new book.

    Refused where it is closed already or holds no entry."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "close_register_book", number)) as tx:
        book = _book(tx.connection, PagesAsked(number))
        if book.closing is not None:
            raise Refused(N_("Book {number} is closed already."), number=number)
        if not book.entries:
            raise Refused(N_("Book {number} holds no entry yet; there is nothing to close."), number=number)
        closed_on = book.closed_on or local_date(tx.at)
        tx.update(RegisterBook, {book.id: {"closed_on": closed_on}})
        frozen = _freeze(tx, _book(tx.connection, PagesAsked(number)), None)
        page = _closing(tx.connection, book, closed_on)
        tx.update(RegisterBook, {book.id: {"closing": page_text(page)}})
        return PagesPrinted(number, tuple(frozen), tx.set_id)


def register_sheets(db: Database, acting: ActingUser, asked: PagesAsked) -> RegisterSheets:
    """What some pages say: the frozen ones as they were frozen, the others as they stand. It names people."""
    require(acting, Action.EXPORT_IDENTITIES, Right.YES)
    with db.read() as connection:
        return _sheets(connection, _book(connection, asked), asked, local_date(db.clock()))


def register_leaving(db: Database, acting: ActingUser, asked: PagesAsked) -> Leaving:
    """How many people some pages name, and whether taking them out needs a reason today."""
    people = register_sheets(db, acting, asked).people
    with db.read() as connection:
        return Leaving(people, lacks_reason(connection, acting.id, people, db.clock()))


def register_pdf(
    db: Database,
    acting: ActingUser,
    asked: PagesAsked,
    *,
    t: Translator,
    note: int | None,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """Pages of the register as a PDF; it names people and needs the number of its note in the journal."""
    from eic_tracker.reports.register_pdf import register_pages

    sheets = register_sheets(db, acting, asked)
    with db.read() as connection:
        require_note(connection, acting, note, sheets.people)
    return register_pages(sheets, t, paper)


@dataclass(frozen=True, slots=True)
class RegisterChecked:
    """What a stack turns out to be, and the pages whose text was changed in the file past the program."""

    book: str
    stack: StackAnswer
    broken: tuple[BoundPage, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing, exchanged or changed."""
        return self.stack.whole and not self.broken


def check_register(db: Database, acting: ActingUser, codes: Sequence[str], asked: PagesAsked) -> RegisterChecked:
    """Compare the codes typed from a stack of pages, in its order, with the book; it names nobody."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        book = _book(connection, asked)
        pages = read_bound_pages(connection, book)
    if not pages:
        raise UserError(N_("No page of book {number} was printed yet."), number=book.number)
    of_stack = [page for page in pages if _within(page, asked)]
    return RegisterChecked(book.number, check_stack(of_stack, codes), broken_pages(pages))


def _within(page: BoundPage, asked: PagesAsked) -> bool:
    if page.kind is PageKind.OPENING:
        return asked.first is None
    if page.kind is PageKind.CLOSING:
        return asked.last is None
    folio = page.folio or 0
    return (asked.first or 0) <= folio and (asked.last is None or folio <= asked.last)


def _book(connection: Connection, asked: PagesAsked) -> BookRow:
    own = [book for book in read_books(connection) if not book.on_paper]
    if not own:
        raise UserError(N_("No register book is open yet; the first certificate that is approved opens one."))
    if asked.book is None:
        found = own[-1]
    else:
        named = [book for book in own if book.number == asked.book.strip()]
        if not named:
            known = ", ".join(book.number for book in own)
            raise UserError(
                N_("There is no register book {number}; there are: {known}."), number=asked.book, known=known
            )
        found = named[0]
    first, last = asked.first or 1, asked.last or max(found.used, 1)
    if first > last or first < 1 or last > max(found.used, 1):
        raise UserError(
            N_("Book {number} has folios 1 to {last}; ask for some of these."), number=found.number, last=found.used
        )
    return found


def _freeze(tx: Tx, book: BookRow, last: int | None) -> list[int]:
    today = local_date(tx.at)
    opening = book.opening
    if opening is None:
        opening = page_text(_opening(tx.connection, book))
        tx.update(RegisterBook, {book.id: {"opening": opening}})
    folios = read_folios(tx.connection, book.id)
    previous, frozen = text_digest(opening), []
    for folio in folios:
        if last is not None and folio.number > last:
            break
        if folio.digest is not None:
            previous = folio.digest
            continue
        if not _is_full(folio, folios, book):
            break
        entries = read_entries(tx.connection, book.id, folio.number, folio.number)[folio.number]
        text = page_text(_folio_page(tx.connection, book, folio, entries, today, previous, folios))
        digest = text_digest(text)
        values = {"content": text, "digest": digest, "previous_digest": previous, "printed_at": tx.at}
        tx.update(Folio, {folio.id: values})
        previous = digest
        frozen.append(folio.number)
    return frozen


def _is_full(folio: FolioRow, folios: Sequence[FolioRow], book: BookRow) -> bool:
    return folio.entries >= book.entries_per_folio or folio.number < folios[-1].number or book.closed_on is not None


def _folio_page(
    connection: Connection,
    book: BookRow,
    folio: FolioRow,
    entries: tuple[FolioEntry, ...],
    today: dt.date,
    previous: str,
    folios: Sequence[FolioRow],
) -> FolioPage:
    return FolioPage(
        school=read_school(connection).letterhead,
        book=book.number,
        folio=folio.number,
        room=max(book.entries_per_folio, folio.entries),
        entries=entries,
        printed_on=today,
        previous=previous,
        last=book.closed_on is not None and folio.number == folios[-1].number,
        demonstration=read_file_facts(connection).demonstration,
    )


def _opening(connection: Connection, book: BookRow) -> OpeningPage:
    school = read_school(connection)
    return OpeningPage(
        school=school.letterhead,
        book=book.number,
        place=school.place,
        opened_on=book.opened_on,
        folios=book.folios,
        room=book.entries_per_folio,
        signers=_signers(connection, book.opened_on),
        previous=_end_of_book_before(connection, book),
        demonstration=read_file_facts(connection).demonstration,
    )


def _end_of_book_before(connection: Connection, book: BookRow) -> str:
    """The digest of the last frozen page of the book before; empty for the first."""
    before = [each for each in read_books(connection) if not each.on_paper and each.id < book.id]
    pages = read_bound_pages(connection, before[-1]) if before else ()
    return pages[-1].digest if pages else ""


def _closing(connection: Connection, book: BookRow, closed_on: dt.date) -> ClosingPage:
    school = read_school(connection)
    entries = [each for folio in read_entries(connection, book.id, 1, book.used).values() for each in folio]
    duplicates = sum(any(each.kind is RemarkKind.DUPLICATE_OF for each in entry.remarks) for entry in entries)
    return ClosingPage(
        school=school.letterhead,
        book=book.number,
        place=school.place,
        closed_on=closed_on,
        folios=book.used,
        entries=len(entries),
        annulled=sum(entry.annulled for entry in entries),
        duplicates=duplicates,
        first_certificate=entries[0].certificate,
        last_certificate=entries[-1].certificate,
        signers=_signers(connection, closed_on),
        previous=read_bound_pages(connection, book)[-1].digest,
        demonstration=read_file_facts(connection).demonstration,
    )


def _signers(connection: Connection, on: dt.date) -> tuple[BookSigner, ...]:
    return tuple(BookSigner(each.rank, each.name, each.post, each.by_absence) for each in signers_on(connection, on))


def _sheets(connection: Connection, book: BookRow, asked: PagesAsked, today: dt.date) -> RegisterSheets:
    first, last = asked.first or 1, asked.last or book.used
    folios = read_folios(connection, book.id)
    now = read_entries(connection, book.id, first, last)
    pages: list[tuple[FolioPage, str | None]] = []
    remarks = []
    for folio in (each for each in folios if first <= each.number <= last):
        if folio.content is None or folio.digest is None:
            page = _folio_page(connection, book, folio, now[folio.number], today, "", folios)
            pages.append((page, None))
            continue
        page = folio_of(folio.content)
        pages.append((page, act_code(folio.digest)))
        for frozen, entry in zip(page.entries, now[folio.number], strict=True):
            remarks += [MarginRemark(folio.number, entry, remark) for remark in new_remarks(frozen, entry)]
    opening = book.opening if asked.first is None else None
    closing = book.closing if asked.last is None else None
    return RegisterSheets(
        book=book.number,
        school=read_school(connection).letterhead,
        demonstration=read_file_facts(connection).demonstration,
        opening=opening_of(opening) if opening else None,
        opening_code=act_code(text_digest(opening)) if opening else None,
        folios=tuple(pages),
        closing=closing_of(closing) if closing else None,
        closing_code=act_code(text_digest(closing)) if closing else None,
        remarks=tuple(remarks),
        printed_on=today,
    )
