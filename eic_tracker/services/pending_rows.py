"""Rows that stayed out of lists of a course: opened again later, corrected and taken in, or sent back as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.exchange.kept_rows import KeptRow
from eic_tracker.exchange.rows import Severity
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.list_imports import RejectedLine, read_pending, read_rejected
from eic_tracker.reports.view_paper import Typed, ViewColumn, ViewPaper
from eic_tracker.services.exports import note_export
from eic_tracker.services.leaving import lacks_reason
from eic_tracker.services.list_review import Review, ReviewedRow
from eic_tracker.services.list_sources import ListSource
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_whole

EXPORT_KIND = "left_out_rows"
_NAMES = frozenset({"name", "given_names", "second_given_name", "family_names", "second_family_name"})
_SEX_WORDS = {Sex.F.value: "femenino", Sex.M.value: "masculino"}


@dataclass(frozen=True, slots=True)
class PendingList:
    """A list with rows that still wait: its key, its file, when it came in, how many wait."""

    id: int
    file: str
    recorded_at: dt.datetime
    rows: int


def pending_lists(db: Database, acting: ActingUser, offering_id: int) -> tuple[PendingList, ...]:
    """The lists of a course with rows that wait, the newest first."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return tuple(PendingList(*each) for each in read_pending(connection, offering_id))


def open_pending(db: Database, acting: ActingUser, list_import: int) -> ListSource:
    """The rows of a list that wait, to be reviewed; UserError where none of them is left."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        lines = read_rejected(connection, list_import)
        file = connection.exec_driver_sql("SELECT file FROM list_import WHERE id = ?", (list_import,)).scalar()
    if not lines:
        raise UserError(N_("No row of this list waits any more."))
    kept = {(line.sheet, line.row): line.id for line in lines}
    return ListSource(str(file), kept=tuple(_kept(line) for line in lines), waiting=kept)


def _kept(line: RejectedLine) -> KeptRow:
    """A row as it was understood; what was wrong in it or hangs on a question stands as it was written."""
    key = (line.sheet, line.row)
    if line.rejected_as == "question" and line.written:
        return KeptRow(key, line.written)
    cells = {field: text for field, text in line.written.items() if field not in _NAMES}
    understood = {field: text for field, text in line.content.items() if text}
    if sex := understood.get("sex"):
        understood["sex"] = _SEX_WORDS[sex]
    for problem in line.problems:
        if problem.severity == Severity.ERROR.value and problem.field in understood and problem.proposal is not None:
            understood[problem.field] = problem.value
        elif problem.value and problem.field and problem.field not in understood:
            cells.setdefault(problem.field, problem.value)
    return KeptRow(key, {**cells, **understood})


def needs_reason(db: Database, acting: ActingUser, review: Review) -> bool:
    """Whether so many identities leave only with a reason."""
    require(acting, Action.ENROL)
    require(acting, Action.EXPORT_IDENTITIES)
    with db.read() as connection:
        return lacks_reason(connection, acting.id, review.left_out, db.clock())


def export_left_out(
    db: Database, acting: ActingUser, review: Review, path: Path, *, t: Translator, reason: str = ""
) -> Path:
    """Write the rows that stay out as a workbook with the reason of each, whole or not at all; noted in the journal."""
    from eic_tracker.reports.view_xlsx import view_xlsx

    require(acting, Action.ENROL)
    require(acting, Action.EXPORT_IDENTITIES)
    rows = [row for row in review.rows if row.left_out is not None]
    if not rows:
        raise UserError(N_("No row stays out; there is nothing to export."))
    refuse_database(path)
    note_export(db, acting, EXPORT_KIND, len(rows), reason)
    with db.read() as connection:
        demonstration = read_file_facts(connection).demonstration
    several = len({row.row.sheet for row in rows}) > 1
    columns = _OF_SEVERAL if several else _COLUMNS
    paper = ViewPaper(
        title=t("Rows that stayed out"),
        columns=tuple(ViewColumn(t(title), width, number=number) for title, width, number, _ in columns),
        filters=(review.read.file,),
        count=t.plural("{count} row", "{count} rows", len(rows)),
        rows=[[row.row.sheet, *_cells(row, t)] if several else _cells(row, t) for row in rows],
        made_by=acting.full_name,
        made_at=db.clock(),
        demonstration=demonstration,
        names_people=True,
        reason=reason,
    )
    write_whole(path, lambda file: view_xlsx(paper, t, file))
    return path


_COLUMNS: tuple[tuple[str, int, bool, str], ...] = (
    (N_("Row"), 6, True, ""),
    (N_("Surnames"), 24, False, "family_names"),
    (N_("Given names"), 24, False, "given_names"),
    (N_("Identity document"), 18, False, "document"),
    (N_("Sex"), 6, False, "sex"),
    (N_("Date of birth"), 14, False, "birth_date"),
    (N_("Rank"), 20, False, "rank"),
    (N_("Unit"), 24, False, "unit"),
    (N_("Institution"), 24, False, "institution"),
    (N_("Telephone"), 12, False, "phone"),
    (N_("Why it stays out"), 60, False, ""),
)

_OF_SEVERAL = ((N_("List"), 24, False, ""), *_COLUMNS)
"""Rows of several lists say of which each is."""


def _cells(row: ReviewedRow, t: Translator) -> list[Typed]:
    read, written = row.row, row.row.written
    values: list[Typed] = [read.row]
    for _, _, _, field in _COLUMNS[1:-1]:
        value = getattr(read, field) or _as_written(field, written)
        values.append(t.date(value) if isinstance(value, dt.date) else value or "")
    said = [problem.text(t) for problem in row.problems] or [t("It waits for an answer.")]
    return [*values, " ".join(said)]


def _as_written(field: str, written: Mapping[str, str]) -> str:
    return written.get(field) or (written.get("passport", "") if field == "document" else "")
