"""What the pages of a register book say: frozen when they are printed, each bearing the digest of the page before."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from eic_tracker.domain.paper_codes import act_code, canonical_text, digest_start, text_digest


class RemarkKind(StrEnum):
    """What stands in the margin beside an entry."""

    ANNULLED = "annulled"
    DUPLICATE_OF = "duplicate_of"
    REPLACED_BY = "replaced_by"
    DELIVERED = "delivered"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark: the day, and its text (a reason, a number, who received, a note) as it was recorded."""

    kind: RemarkKind
    on: dt.date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class FolioEntry:
    """An entry as the page shows it; `number` within the folio."""

    number: int
    entered_on: dt.date
    rank: str
    name: str
    document: str
    course: str
    offering: str
    hours: int | None
    act: str
    certificate: str
    remarks: tuple[Remark, ...] = ()

    @property
    def annulled(self) -> bool:
        """Whether the certificate does not hold any more; its number stays."""
        return any(remark.kind is RemarkKind.ANNULLED for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class FolioPage:
    """A folio; `previous` is the digest of the page before, `last` whether the book ends with it."""

    school: tuple[str, ...]
    book: str
    folio: int
    room: int
    """entries that it holds when it is full"""
    entries: tuple[FolioEntry, ...]
    printed_on: dt.date
    previous: str
    last: bool
    demonstration: bool


@dataclass(frozen=True, slots=True)
class BookSigner:
    """Who signs the opening or closing of a book."""

    rank: str
    name: str
    post: str
    by_absence: bool = False


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """The certificate by which a book is opened; `previous` is the digest of the last page of the book before."""

    school: tuple[str, ...]
    book: str
    place: str
    opened_on: dt.date
    folios: int
    room: int
    signers: tuple[BookSigner, ...]
    previous: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """The certificate by which a book is closed, with its totals at that day."""

    school: tuple[str, ...]
    book: str
    place: str
    closed_on: dt.date
    folios: int
    entries: int
    annulled: int
    duplicates: int
    first_certificate: str
    last_certificate: str
    signers: tuple[BookSigner, ...]
    previous: str
    demonstration: bool


def page_text(page: FolioPage | OpeningPage | ClosingPage) -> str:
    """The canonical text of a page: what is frozen, and over which its digest is taken."""
    return canonical_text({"page": type(page).__name__, **asdict(page)})


def folio_of(text: str) -> FolioPage:
    """The folio that `page_text` froze."""
    said = _fields(text)
    entries = tuple(
        FolioEntry(
            **{
                **entry,
                "entered_on": dt.date.fromisoformat(entry["entered_on"]),
                "remarks": tuple(_remark(each) for each in entry["remarks"]),
            }
        )
        for entry in said.pop("entries")
    )
    return FolioPage(**said, entries=entries)


def opening_of(text: str) -> OpeningPage:
    """The opening that `page_text` froze."""
    return OpeningPage(**_fields(text))


def closing_of(text: str) -> ClosingPage:
    """The closing that `page_text` froze."""
    return ClosingPage(**_fields(text))


def _fields(text: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(text)
    del said["page"]
    said["school"] = tuple(said["school"])
    for name in ("printed_on", "opened_on", "closed_on"):
        if name in said:
            said[name] = dt.date.fromisoformat(said[name])
    if "signers" in said:
        said["signers"] = tuple(BookSigner(**each) for each in said["signers"])
    return said


def _remark(said: dict[str, Any]) -> Remark:
    return Remark(RemarkKind(said["kind"]), dt.date.fromisoformat(said["on"]) if said["on"] else None, said["text"])


def new_remarks(frozen: FolioEntry, now: FolioEntry) -> tuple[Remark, ...]:
    """What was recorded of an entry after its page was frozen."""
    return tuple(remark for remark in now.remarks if remark not in frozen.remarks)


@dataclass(frozen=True, slots=True)
class MarginRemark:
    """What was recorded of an entry after its folio was frozen."""

    folio: int
    entry: FolioEntry
    remark: Remark


@dataclass(frozen=True, slots=True)
class RegisterSheets:
    """What is printed: the certificates of opening and closing where they belong, the folios, later remarks.

    A folio without a code is provisional."""

    book: str
    school: tuple[str, ...]
    demonstration: bool
    opening: OpeningPage | None
    opening_code: str | None
    folios: tuple[tuple[FolioPage, str | None], ...]
    closing: ClosingPage | None
    closing_code: str | None
    remarks: tuple[MarginRemark, ...]
    printed_on: dt.date

    @property
    def people(self) -> int:
        """How many entries name somebody."""
        return sum(len(page.entries) for page, _ in self.folios) + len(self.remarks)


class PageKind(StrEnum):
    """A page of a book."""

    OPENING = "opening"
    FOLIO = "folio"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class BoundPage:
    """A frozen page in its place; `text` is what was frozen, `digest` and `previous` what the file holds beside it."""

    book: str
    kind: PageKind
    folio: int | None
    text: str
    digest: str
    previous: str

    @property
    def code(self) -> str:
        """The 16 characters that it prints."""
        return act_code(self.digest)


class PageState(StrEnum):
    """What a code that somebody typed from a page turns out to be."""

    HOLDS = "holds"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"
    TWICE = "twice"
    OUT_OF_ORDER = "out_of_order"


@dataclass(frozen=True, slots=True)
class TypedPage:
    """A typed code and the page that bears it; of an unknown code the page in whose place it lies, where that shows."""

    typed: str
    state: PageState
    page: BoundPage | None


@dataclass(frozen=True, slots=True)
class StackAnswer:
    """What a stack of pages turns out to be: its codes in order, and the pages of the book that are not in it."""

    pages: tuple[TypedPage, ...]
    missing: tuple[BoundPage, ...]

    @property
    def whole(self) -> bool:
        """Whether every page is there, once and in its order, and nothing else."""
        return not self.missing and all(page.state is PageState.HOLDS for page in self.pages)


def check_stack(pages: Sequence[BoundPage], typed: Sequence[str]) -> StackAnswer:
    """Compare the codes of a stack, in its order, with the pages of a book in theirs."""
    places = {page.code: place for place, page in enumerate(pages)}
    found: list[int | None] = []
    states: list[PageState] = []
    highest = -1
    for text in typed:
        start = digest_start(text)
        place = places.get(act_code(start)) if start is not None else None
        if place is None:
            states.append(PageState.MISTYPED if start is None else PageState.UNKNOWN)
        elif place in found:
            states.append(PageState.TWICE)
        elif place < highest:
            states.append(PageState.OUT_OF_ORDER)
        else:
            states.append(PageState.HOLDS)
        highest = max(highest, -1 if place is None else place)
        found.append(place)
    missing = [place for place in range(len(pages)) if place not in found]
    answers = []
    for position, (text, state, place) in enumerate(zip(typed, states, found, strict=True)):
        if state is PageState.UNKNOWN:
            before = found[position - 1] if position else -1
            if before is not None and before + 1 in missing:
                place = before + 1
        answers.append(TypedPage(text, state, None if place is None else pages[place]))
    return StackAnswer(tuple(answers), tuple(pages[place] for place in missing))


def broken_pages(pages: Sequence[BoundPage]) -> tuple[BoundPage, ...]:
    """The frozen pages of a file whose text, digest and page before do not fit any more: somebody changed the file."""
    broken = []
    before: BoundPage | None = None
    for page in pages:
        said = json.loads(page.text)["previous"]
        fits = text_digest(page.text) == page.digest and said == page.previous
        if before is not None and page.previous != before.digest:
            fits = False
        if not fits:
            broken.append(page)
        before = page
    return tuple(broken)
