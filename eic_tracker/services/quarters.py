"""Closed quarters: figures frozen with the papers that are sent, shown beside what changed later, opened again."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Measure, ProgrammeKind, ReportKind
from eic_tracker.domain.drafts import tidy
from eic_tracker.domain.names import fold
from eic_tracker.domain.periods import Period, quarter_of
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.domain.quarter_figures import QuarterCell as QuarterCellCounted
from eic_tracker.domain.quarter_figures import cells_of, figures_of
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.closed_quarters import ClosedQuarter as ClosedQuarterShown
from eic_tracker.queries.closed_quarters import FrozenPaper, FrozenTables, read_closed_quarters, read_frozen_tables
from eic_tracker.queries.facts import read_facts
from eic_tracker.reports.quarterly_pdf import not_closed
from eic_tracker.services.papers import write_report, write_rollup
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import PART_SUFFIX, sync_folder, temporary_name, told_of_disk, write_bytes
from eic_tracker.store.journal import Head, head
from eic_tracker.store.tables.figures import ClosedQuarter, QuarterCell, QuarterFigure, QuarterPaper, Restatement
from eic_tracker.store.transaction import Entry, Tx

SUMS = "SHA256SUMS.txt"
"""The list of the papers in the folder, in the form that `sha256sum --check` reads."""


@dataclass(frozen=True, slots=True)
class QuarterClosed:
    """What a closing froze: the folder, the hash of each paper by name, courses of the quarter that still run."""

    period: str
    folder: Path
    hashes: dict[str, str]
    figures: int
    not_closed: int


@dataclass(frozen=True, slots=True)
class ReadiedPapers:
    """The papers of a quarter in a folder that has no name yet; `head` is the journal's when they were made."""

    quarter: Period
    folder: Path
    part: Path
    head: Head | None
    hashes: dict[str, str]
    not_closed: int


def close_quarter(
    db: Database, acting: ActingUser, period: Period, folder: Path, *, t: Translator, today: dt.date
) -> QuarterClosed:
    """Freeze the figures of an ended quarter and write report, workbook and their hashes into a new folder.

    All or nothing: the folder gets its name as the last step of the entry. The same months have one closing."""
    return freeze_quarter(db, acting, ready_papers(db, acting, period, folder, t=t, today=today))


def ready_papers(
    db: Database, acting: ActingUser, period: Period, folder: Path, *, t: Translator, today: dt.date
) -> ReadiedPapers:
    """Make the papers of a quarter that is to be closed, in a part folder beside `folder`; nothing is frozen yet."""
    if require(acting, Action.QUARTERLY_REPORTS) is not Right.YES:
        raise Refused(N_("“{login}” may not close a quarter; a manager may."), login=acting.login)
    quarter = _ended_quarter(period, today)
    if folder.exists():
        raise FileProblem(N_("{file} exists already; name a new folder for the papers of the quarter."), file=folder)
    with db.read() as connection:
        _refuse_closed(connection, quarter)
        before = head(connection)
    part = temporary_name(folder)
    try:
        with told_of_disk(folder):
            part.mkdir()
        report, book = part / f"{quarter.code}.pdf", part / f"{quarter.code}.xlsx"
        kind = ReportKind.QUARTERLY
        data = write_report(db, acting, kind, period, report, t=t, today=today, closing=True)
        write_rollup(db, acting, period, book, t=t, today=today, audience="inl")
        hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (report, book)}
        lines = "".join(f"{code}  {name}\n" for name, code in hashes.items())
        write_bytes(part / SUMS, lines.encode())
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return ReadiedPapers(quarter, folder, part, before, hashes, not_closed(data))


def discard_papers(folder: Path) -> None:
    """Take away what a cancelled making left beside `folder`; the folder itself was never there."""
    for part in folder.parent.glob(f".{folder.name}.*{PART_SUFFIX}"):
        shutil.rmtree(part, ignore_errors=True)


def freeze_quarter(db: Database, acting: ActingUser, made: ReadiedPapers) -> QuarterClosed:
    """Freeze the figures for which the papers were made, keep the papers, and give their folder its name.

    Refused where somebody wrote since they were made; the part folder is gone in any case."""
    require(acting, Action.QUARTERLY_REPORTS, Right.YES)
    quarter, folder = made.quarter, made.folder
    try:
        papers = {name: (made.part / name).read_bytes() for name in made.hashes}
        with db.write(Entry(actor(acting), "close_quarter", quarter.code)) as tx:
            _refuse_closed(tx.connection, quarter)
            if head(tx.connection) != made.head:
                raise Refused(
                    N_("Somebody wrote into the file while the papers of {period} were made; close it again."),
                    period=quarter.code,
                )
            frozen = _freeze(tx, acting, quarter, papers)
            with told_of_disk(folder):
                made.part.rename(folder)
                sync_folder(folder.parent)
    finally:
        shutil.rmtree(made.part, ignore_errors=True)
    return QuarterClosed(quarter.code, folder, made.hashes, frozen, made.not_closed)


def reopen_quarter(db: Database, acting: ActingUser, period: Period, reason: str) -> None:
    """Open a closed quarter again, with a reason; what changes until its next closing is a restatement then."""
    require(acting, Action.REOPEN_QUARTER, Right.WITH_REASON)
    if not fold(reason):
        raise UserError(N_("Reopening a quarter needs a reason; nothing was changed."))
    quarter = _quarter(period)
    with db.write(Entry(actor(acting), "reopen_quarter", quarter.code, reason=tidy(reason))) as tx:
        row = _row(tx.connection, quarter)
        if row is None or row["reopened_at"] is not None:
            raise Refused(N_("{period} is not closed; there is nothing to reopen."), period=quarter.code)
        tx.update(ClosedQuarter, {row["id"]: {"reopened_at": tx.at, "reopened_reason": tidy(reason)}})


def show_quarter(db: Database, acting: ActingUser, period: Period) -> ClosedQuarterShown:
    """The frozen figures of a quarter with its restatements, oldest first; UserError where it was never closed."""
    require(acting, Action.QUARTERLY_REPORTS)
    quarter = _quarter(period)
    with db.read() as connection:
        shown = read_closed_quarters(connection).get(quarter)
    if shown is None:
        raise UserError(N_("{period} was never closed; it has no frozen figures."), period=quarter.code)
    return shown


def frozen_tables(db: Database, acting: ActingUser, quarter: ClosedQuarterShown) -> FrozenTables:
    """What its figures were split into when the quarter was closed; empty where that was not frozen yet."""
    require(acting, Action.QUARTERLY_REPORTS)
    with db.read() as connection:
        return read_frozen_tables(connection, quarter)


def closed_quarters(db: Database, acting: ActingUser) -> tuple[ClosedQuarterShown, ...]:
    """Every quarter that was ever closed, newest first, for who reads reports and for who may reopen one."""
    if right(acting, Action.REOPEN_QUARTER) is Right.NO:
        require(acting, Action.QUARTERLY_REPORTS)
    with db.read() as connection:
        return tuple(reversed(list(read_closed_quarters(connection).values())))


def save_frozen_paper(db: Database, acting: ActingUser, paper: FrozenPaper, path: Path) -> None:
    """Write a paper as it was frozen; FileProblem where its bytes are no longer those whose hash was kept."""
    require(acting, Action.QUARTERLY_REPORTS)
    refuse_database(path)
    with db.read() as connection:
        found = connection.exec_driver_sql("SELECT content FROM quarter_paper WHERE id = ?", (paper.id,)).scalar()
    if found is None or hashlib.sha256(found).hexdigest() != paper.sha256:
        raise UserError(
            N_("“{name}” in the file is not what was frozen; its control code is another. Ask for the copy sent."),
            name=paper.name,
        )
    write_bytes(path, found)


def _day(stored: str) -> dt.date:
    return local_date(dt.datetime.fromisoformat(stored).replace(tzinfo=dt.UTC))


def _quarter(period: Period) -> Period:
    """The calendar quarter of the same three months: a closing holds for both calendars."""
    if not period.is_quarter:
        raise UserError(
            N_("“{period}” is a year; quarters are closed one by one, such as 2018Q4 or FY2019Q1."), period=period.code
        )
    return quarter_of(period.first_day)


def _ended_quarter(period: Period, today: dt.date) -> Period:
    quarter = _quarter(period)
    if quarter.last_day >= today:
        raise UserError(
            N_("{period} has not ended yet; it can be closed after {day}."), period=quarter.code, day=quarter.last_day
        )
    return quarter


def _row(connection: Connection, quarter: Period) -> dict[str, Any] | None:
    found = connection.exec_driver_sql(
        "SELECT q.*, u.login FROM closed_quarter q LEFT JOIN user u ON u.id = q.closed_by_id WHERE q.period = ?",
        (quarter.code,),
    ).mappings()
    row = found.one_or_none()
    return dict(row) if row else None


def _refuse_closed(connection: Connection, quarter: Period) -> None:
    row = _row(connection, quarter)
    if row is not None and row["reopened_at"] is None:
        raise Refused(
            N_("{period} was closed on {day} already; an administrator can reopen it, with a reason."),
            period=quarter.code,
            day=_day(row["closed_at"]),
        )


def _freeze(tx: Tx, acting: ActingUser, quarter: Period, papers: Mapping[str, bytes]) -> int:
    """Write the closing and its figures, of a second closing what changed since the first; how many were frozen."""
    row = _row(tx.connection, quarter)
    closing = {"closed_at": tx.at, "closed_by_id": acting.id}
    if row is None:
        (key,) = tx.insert(ClosedQuarter, [{"period": quarter.code, **closing}])
    else:
        key = row["id"]
        tx.update(ClosedQuarter, {key: {**closing, "reopened_at": None, "reopened_reason": None}})
    now, cells = _counted_now(tx.connection, quarter)
    if not any(now.values()):
        raise Refused(
            N_("Nothing is counted in {period}; a quarter without figures is not closed."), period=quarter.code
        )
    if row is not None:
        _restate_since(tx, key, now, row["reopened_reason"])
    for table in (QuarterFigure, QuarterCell):
        old = tx.connection.exec_driver_sql(
            f"SELECT id FROM {table.__tablename__} WHERE closed_quarter_id = ?", (key,)
        ).scalars()
        tx.delete(table, list(old))
    tx.insert(
        QuarterFigure,
        [
            {"closed_quarter_id": key, "programme_id": programme, "measure": measure, "value": value}
            for (programme, measure), value in now.items()
        ],
    )
    tx.insert(QuarterCell, cell_rows(key, cells))
    tx.insert(
        QuarterPaper,
        [
            {
                "closed_quarter_id": key,
                "name": name,
                "media_type": _MEDIA_TYPES[Path(name).suffix],
                "sha256": hashlib.sha256(content).hexdigest(),
                "content": content,
                "recorded_at": tx.at,
            }
            for name, content in papers.items()
        ],
    )
    return len(now)


_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _counted_now(
    connection: Connection, quarter: Period
) -> tuple[dict[tuple[int, Measure], int], dict[int, list[QuarterCellCounted]]]:
    """The figures and the tables of every programme, by the programme's key."""
    figures: dict[tuple[int, Measure], int] = {}
    cells = {}
    for programme, code, kind in connection.exec_driver_sql("SELECT id, code, kind FROM programme ORDER BY id").all():
        facts = read_facts(connection, code)
        for measure, value in figures_of(facts, code, ProgrammeKind(kind), quarter).items():
            figures[programme, measure] = value
        cells[programme] = list(cells_of(facts, code, ProgrammeKind(kind), quarter))
    return figures, cells


def cell_rows(closed_quarter: int, cells: Mapping[int, Iterable[QuarterCellCounted]]) -> list[dict[str, Any]]:
    """The rows that keep the tables of a closed quarter, of each programme by its key."""
    return [
        {
            "closed_quarter_id": closed_quarter,
            "programme_id": programme,
            "dimension": cell.dimension.value,
            "code": cell.code,
            "measure": cell.measure,
            "value": cell.value,
        }
        for programme, counted in cells.items()
        for cell in counted
    ]


def _restate_since(tx: Tx, key: int, now: dict[tuple[int, Measure], int], reason: str) -> None:
    """Record what is no longer as it was told last: when the quarter was closed, or restated after that."""
    told: dict[tuple[int, Measure], int] = {}
    for query in (
        "SELECT programme_id, measure, value FROM quarter_figure WHERE closed_quarter_id = ?",
        "SELECT r.programme_id, r.measure, r.new_value FROM restatement r WHERE r.closed_quarter_id = ? ORDER BY r.id",
    ):
        for programme, measure, value in tx.connection.exec_driver_sql(query, (key,)):
            told[programme, Measure(measure)] = value
    tx.insert(
        Restatement,
        [
            {
                "closed_quarter_id": key,
                "programme_id": programme,
                "measure": measure,
                "old_value": told[programme, measure],
                "new_value": value,
                "reason": reason,
                "recorded_at": tx.at,
            }
            for (programme, measure), value in now.items()
            if told.get((programme, measure), value) != value
        ],
    )
