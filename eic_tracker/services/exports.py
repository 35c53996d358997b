"""What leaves the window: views as workbook, paper or copied rows. Exports with identities stand in the journal."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.view_paper import Typed, ViewColumn, ViewPaper
from eic_tracker.services.leaving import MOST_PEOPLE_WITHOUT_REASON, lacks_reason, note_leaving, require_note
from eic_tracker.services.listings import LISTINGS, list_rows
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_whole
from eic_tracker.store.transaction import Entry

MOST_PRINTED = 5_000
"""Rows that one paper holds; longer lists are for workbooks."""
_READ_AT_ONCE = 1_000

Progress = Callable[[int, int], None]
Word = Callable[[Any], Sequence[Typed]]


@dataclass(frozen=True, slots=True)
class ViewAsked:
    """A list as the window shows it: which rows in which order, how a row's cells read, what restricts them."""

    listing: str
    keys: array[int]
    title: str
    columns: tuple[ViewColumn, ...]
    word: Word
    filters: tuple[str, ...]
    count: str
    reason: str = ""
    naming: tuple[str, ...] = ()
    """those of its columns that name people whom its rows are not"""


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many people a view takes out of the file with their identities, and whether that needs a reason."""

    people: int
    needs_reason: bool


def naming_columns(listing: str) -> frozenset[str]:
    """The columns of a list that name people whom its rows are not."""
    return frozenset(LISTINGS[listing].naming)


def may_name(listing: str, naming: Sequence[str]) -> bool:
    """Whether a view of a list may name people, and so leaves only with a note in the journal."""
    return LISTINGS[listing].holds_people or bool(naming)


def leaving(db: Database, acting: ActingUser, listing: str, keys: Sequence[int], naming: Sequence[str]) -> Leaving:
    """What a view takes out, asked before it is noted; Refused where it names people whom the user may not export."""
    with db.read() as connection:
        people = _people_named(connection, acting, listing, keys, naming)
        if people:
            require(acting, Action.EXPORT_IDENTITIES)
        return Leaving(people, bool(people) and lacks_reason(connection, acting.id, people, db.clock()))


def note_export(db: Database, acting: ActingUser, kind: str, people: int, reason: str | None) -> int:
    """Note in the journal that identities leave: what, how many, why. The number of the note."""
    require(acting, Action.EXPORT_IDENTITIES)
    reason = (reason or "").strip() or None
    with db.write(Entry(actor(acting), "export_view", kind, reason=reason)) as tx:
        if reason is None and lacks_reason(tx.connection, acting.id, people, tx.at):
            raise UserError(
                N_("This holds {count} people with their identities; above {most} in a day a reason is needed."),
                count=people,
                most=MOST_PEOPLE_WITHOUT_REASON,
            )
        return note_leaving(tx, acting.id, kind, people, reason)


def read_cells(
    db: Database, acting: ActingUser, view: ViewAsked, note: int | None, progress: Progress | None = None
) -> Iterator[Sequence[Typed]]:
    """The cells of all rows in order, read in parts; a row that is gone meanwhile is left out.

    What names people needs the number of its note in the journal; without one rows of other things name nobody."""
    named = _noted(db, acting, view, note) > 0
    for first in range(0, len(view.keys), _READ_AT_ONCE):
        keys = view.keys[first : first + _READ_AT_ONCE]
        rows: Mapping[int, Any] = list_rows(db, acting, view.listing, keys, named=named)
        yield from (view.word(rows[key]) for key in keys if key in rows)
        if progress is not None:
            progress(min(first + _READ_AT_ONCE, len(view.keys)), len(view.keys))


def write_view(
    db: Database,
    acting: ActingUser,
    view: ViewAsked,
    path: Path,
    *,
    t: Translator,
    note: int | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write a view as a workbook; one that names people needs the number of its note in the journal."""
    from eic_tracker.reports.view_xlsx import view_xlsx

    refuse_database(path)
    paper = _paper(db, acting, view, note, progress)
    write_whole(path, lambda file: view_xlsx(paper, t, file))
    return path


def view_paper(
    db: Database,
    acting: ActingUser,
    view: ViewAsked,
    *,
    t: Translator,
    note: int | None = None,
    paper: Paper = Paper.LETTER,
    landscape: bool | None = None,
    progress: Progress | None = None,
) -> bytes:
    """A view as a PDF, lying where its columns ask for it; who names people needs the number of a note."""
    from eic_tracker.reports.view_pdf import view_pdf

    if len(view.keys) > MOST_PRINTED:
        raise UserError(
            N_("{count} rows are too many for paper (at most {most}). Filter the list, or export it as a workbook."),
            count=t.number(len(view.keys)),
            most=t.number(MOST_PRINTED),
        )
    return view_pdf(_paper(db, acting, view, note, progress), t, paper, landscape=landscape)


def _people_named(
    connection: Connection, acting: ActingUser, listing: str, keys: Sequence[int], naming: Sequence[str]
) -> int:
    """How many people the rows of these keys name to the user; a row of people is one of them."""
    asked = LISTINGS[listing]
    if asked.holds_people:
        return len(keys)
    if right(acting, Action.READ_PEOPLE) is Right.NO:
        return 0
    among = (json.dumps(list(keys)),)
    return sum(
        int(connection.exec_driver_sql(query, among).scalar_one())
        for column, query in asked.naming.items()
        if column in naming
    )


def _noted(db: Database, acting: ActingUser, view: ViewAsked, note: int | None) -> int:
    """How many people a view names; Refused where no note of the user's stands for as many."""
    with db.read() as connection:
        people = _people_named(connection, acting, view.listing, view.keys, view.naming)
        require_note(connection, acting, note, people)
    return people


def _paper(db: Database, acting: ActingUser, view: ViewAsked, note: int | None, progress: Progress | None) -> ViewPaper:
    people = _noted(db, acting, view, note)
    if not people:
        require(acting, Action.READ_FIGURES)
    with db.read() as connection:
        demonstration = read_file_facts(connection).demonstration
    return ViewPaper(
        title=view.title,
        columns=view.columns,
        filters=view.filters,
        count=view.count,
        rows=list(read_cells(db, acting, view, note, progress)),
        made_by=acting.full_name,
        made_at=db.clock(),
        demonstration=demonstration,
        names_people=people > 0,
        reason=view.reason,
    )
