"""Diplomas of paper books taken in from a table: looked through row by row, then recorded in one entry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.exchange.paper_list import PaperRow, read_paper_list
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.paper_books import PaperDiploma, enrolment_of, record_paper_diploma, taken_places
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Entry


@dataclass(frozen=True, slots=True)
class ReviewedPaper:
    """A row of the table: recorded, or why it stays out; `linked` where its roster is on file."""

    row: int
    number: str
    name: str
    linked: bool
    problem: UserError | None

    def text(self, t: Translator) -> str:
        """Why it stays out; empty where it does not."""
        return "" if self.problem is None else self.problem.text(t)


@dataclass(frozen=True, slots=True)
class PapersTaken:
    """The rows of a table as they were taken in, or would be."""

    rows: tuple[ReviewedPaper, ...]
    set_id: int | None

    @property
    def taken(self) -> int:
        """How many are recorded and wait for approval."""
        return sum(row.problem is None for row in self.rows)

    @property
    def left_out(self) -> int:
        """How many stay out, each with its reason."""
        return len(self.rows) - self.taken


class _Tried(Exception):
    """Carries what a trial found out of the transaction that is not kept."""


def import_paper_books(
    db: Database, acting: ActingUser, path: Path, today: dt.date, *, dry_run: bool = False
) -> PapersTaken:
    """Record the diplomas of a table that can be; the others stay out, each with its reason. FileProblem where none.

    With `dry_run` nothing is stored. They wait for another person's approval."""
    require(acting, Action.PREPARE_CERTIFICATES)
    found = read_paper_list(path, today)
    if not found:
        raise UserError(N_("{file} holds no row below its header."), file=path.name)
    reviewed: list[ReviewedPaper] = []
    set_id: int | None = None
    try:
        with db.write(Entry(actor(acting), "record_paper_diplomas", path.name)) as tx:
            taken = taken_places(tx.connection)
            for row in found:
                draft = _draft(tx.connection, row)
                problem: UserError | None = None
                try:
                    if row.problems:
                        raise DraftRefused(row.problems)
                    record_paper_diploma(tx, acting.id, draft, None, taken)
                except UserError as error:
                    problem = error
                linked = draft.enrolment_id is not None
                reviewed.append(ReviewedPaper(row.row, row.number, row.name, linked, problem))
            if any(row.problem is None for row in reviewed):
                set_id = tx.set_id
            if dry_run:
                raise _Tried
    except _Tried:
        set_id = None
    return PapersTaken(tuple(reviewed), set_id)


def _draft(connection: Connection, row: PaperRow) -> PaperDiploma:
    enrolment = enrolment_of(connection, row.document, row.offering) if row.document and row.offering else None
    return PaperDiploma(
        number=row.number,
        book=row.book,
        folio=row.folio,
        dated=row.dated,
        name=row.name,
        course=row.course,
        entry=row.entry,
        rank=row.rank,
        document=row.document,
        offering=row.offering,
        hours=row.hours,
        signatories=row.signatories,
        enrolment_id=enrolment,
    )
