"""What leaves the window: views as workbook, paper or copied rows. Exports with identities stand in the journal."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.view_paper import Typed, ViewColumn, ViewPaper
from eic_tracker.services.listings import LISTINGS, list_rows
from eic_tracker.services.papers import MOST_PEOPLE_WITHOUT_REASON
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_whole
from eic_tracker.store.tables.documents import Export
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

    @property
    def names_people(self) -> bool:
        """Whether its rows name people."""
        return names_people(self.listing)


def names_people(listing: str) -> bool:
    """Whether rows of a list name people, and so leave only with a note in the journal."""
    return LISTINGS[listing].holds_people


def needs_reason(listing: str, rows: int) -> bool:
    """Whether so many rows of a list may leave only with a reason that stands in the journal."""
    return names_people(listing) and rows > MOST_PEOPLE_WITHOUT_REASON


def note_export(db: Database, acting: ActingUser, kind: str, people: int, reason: str | None) -> int:
    """Note in the journal that identities leave: what, how many, why. The number of the note."""
    require(acting, Action.EXPORT_IDENTITIES)
    reason = (reason or "").strip() or None
    if people > MOST_PEOPLE_WITHOUT_REASON and reason is None:
        raise UserError(
            N_("This holds {count} people with their identities; above {most} a reason is needed."),
            count=people,
            most=MOST_PEOPLE_WITHOUT_REASON,
        )
    with db.write(Entry(actor(acting), "export_view", kind, reason=reason)) as tx:
        row = {"kind": kind, "people": people, "reason": reason, "user_id": acting.id, "recorded_at": tx.at}
        return int(tx.insert(Export, [row])[0])


def read_cells(
    db: Database, acting: ActingUser, view: ViewAsked, progress: Progress | None = None
) -> Iterator[Sequence[Typed]]:
    """The cells of all rows in order, read in parts; a row that is gone meanwhile is left out."""
    for first in range(0, len(view.keys), _READ_AT_ONCE):
        keys = view.keys[first : first + _READ_AT_ONCE]
        rows: Mapping[int, Any] = list_rows(db, acting, view.listing, keys)
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
    progress: Progress | None = None,
) -> bytes:
    """A view as a PDF; one that names people needs the number of its note in the journal."""
    from eic_tracker.reports.view_pdf import view_pdf

    if len(view.keys) > MOST_PRINTED:
        raise UserError(
            N_("{count} rows are too many for paper (at most {most}). Filter the list, or export it as a workbook."),
            count=t.number(len(view.keys)),
            most=t.number(MOST_PRINTED),
        )
    return view_pdf(_paper(db, acting, view, note, progress), t, paper)


def _paper(db: Database, acting: ActingUser, view: ViewAsked, note: int | None, progress: Progress | None) -> ViewPaper:
    with db.read() as connection:
        demonstration = read_file_facts(connection).demonstration
        if view.names_people:
            require(acting, Action.EXPORT_IDENTITIES)
            noted = connection.exec_driver_sql(
                "SELECT people FROM export WHERE id = ? AND user_id = ?", (note, acting.id)
            ).scalar()
            if noted is None or noted < len(view.keys):
                raise Refused(N_("A list that names people leaves only with a note in the journal."))
        else:
            require(acting, Action.READ_FIGURES)
    return ViewPaper(
        title=view.title,
        columns=view.columns,
        filters=view.filters,
        count=view.count,
        rows=list(read_cells(db, acting, view, progress)),
        made_by=acting.full_name,
        made_at=db.clock(),
        demonstration=demonstration,
        names_people=view.names_people,
        reason=view.reason,
    )
