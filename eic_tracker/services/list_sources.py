"""A list on its way onto a roster: opened or pasted once, reviewed as often as asked, then stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.exchange.by_hand import ByHand
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.clipboard import read_pasted
from eic_tracker.exchange.kept_rows import KeptRow, read_kept
from eic_tracker.exchange.lists import as_one, lists_of
from eic_tracker.exchange.reading import read_sheets
from eic_tracker.exchange.rows import KnownTexts, ReadList, RowKey
from eic_tracker.services.import_people import ImportDraft, Imported, copy_before, import_list
from eic_tracker.services.known_texts import known_texts
from eic_tracker.services.list_review import Decisions, Review, review_list
from eic_tracker.store.database import Database

_KIND = "enrolments"


@dataclass(frozen=True, slots=True)
class ListSource:
    """What a list was read from: the sheets of a file, or what was pasted as text and HTML."""

    name: str
    sheets: tuple[Sheet, ...] = ()
    text: str = ""
    html: str = ""
    kept: tuple[KeptRow, ...] = ()
    """rows of an earlier list that wait"""
    waiting: Mapping[RowKey, int] = field(default_factory=dict)
    """the key under which each of them is kept"""

    @property
    def is_file(self) -> bool:
        """Whether it came as a file."""
        return bool(self.sheets)

    @property
    def lines(self) -> int:
        """About how many rows there are to be read."""
        return sum(len(sheet.cells) for sheet in self.sheets) + self.text.count("\n")


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """How a list is to be looked at: for which roster, with which answers and decisions, repairs accepted or not."""

    source: ListSource
    offering_id: int
    answers: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)
    repairs: bool = True
    authorised: bool = False
    sender: str = ""
    by_hand: ByHand = field(default_factory=ByHand)


def open_list(
    _db: Database, acting: ActingUser, path: Path, *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> ListSource:
    """The sheets of a file, read in a process that `progress` may end by raising; FileProblem says why not."""
    require(acting, Action.ENROL)
    return ListSource(path.name, tuple(read_sheets(path, look=lambda: progress(0, 0))))


def review_source(db: Database, acting: ActingUser, asked: ReviewRequest, today: dt.date) -> Review:
    """What storing the list would do; nothing is changed. FileProblem where there are no people in it."""
    known = known_texts(db, acting, asked.sender)
    return review_list(
        db,
        acting,
        _read(asked, known, today),
        offering_id=asked.offering_id,
        decisions=asked.decisions,
        authorised=asked.authorised,
    )


def _read(asked: ReviewRequest, known: KnownTexts, today: dt.date) -> ReadList:
    source, answers, repairs, by_hand = asked.source, asked.answers, asked.repairs, asked.by_hand
    if source.kept:
        return read_kept(source.kept, source.name, answers, known, today=today, repairs=repairs, by_hand=by_hand)
    if source.is_file:
        lists = lists_of(source.sheets, source.name, answers, known, today=today, repairs=repairs, by_hand=by_hand)
    else:
        lists = read_pasted(
            source.text, source.html, source.name, answers, known, today=today, repairs=repairs, by_hand=by_hand
        )
    return as_one(lists, _KIND, answers)


def store_list(db: Database, acting: ActingUser, draft: ImportDraft, *, from_file: bool) -> Imported:
    """Store what the review says, in one entry; before a list of a file a checked copy is made."""
    require(acting, Action.ENROL)
    if from_file:
        copy_before(db)
    return import_list(db, acting, draft)
