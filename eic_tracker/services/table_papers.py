"""Tables that the window counted, as workbook and paper: they hold codes and numbers, and name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.view_paper import Typed, ViewColumn, ViewPaper
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_whole


@dataclass(frozen=True, slots=True)
class TableAsked:
    """A table in words: what restricts it, its rows with the total last, and the rule by which it counts."""

    title: str
    columns: tuple[ViewColumn, ...]
    rows: tuple[tuple[Typed, ...], ...]
    filters: tuple[str, ...]
    count: str
    rule: str


def write_table(db: Database, acting: ActingUser, asked: TableAsked, path: Path, *, t: Translator) -> Path:
    """Write the table as a workbook."""
    from eic_tracker.reports.view_xlsx import view_xlsx

    refuse_database(path)
    paper = _paper(db, acting, asked)
    write_whole(path, lambda file: view_xlsx(paper, t, file))
    return path


def table_paper(
    db: Database,
    acting: ActingUser,
    asked: TableAsked,
    *,
    t: Translator,
    paper: Paper = Paper.LETTER,
    landscape: bool | None = None,
) -> bytes:
    """The table as a PDF."""
    from eic_tracker.reports.view_pdf import view_pdf

    return view_pdf(_paper(db, acting, asked), t, paper, landscape=landscape)


def _paper(db: Database, acting: ActingUser, asked: TableAsked) -> ViewPaper:
    require(acting, Action.READ_FIGURES)
    with db.read() as connection:
        demonstration = read_file_facts(connection).demonstration
    return ViewPaper(
        title=asked.title,
        columns=asked.columns,
        filters=asked.filters,
        count=asked.count,
        rule=asked.rule,
        rows=asked.rows,
        made_by=acting.full_name,
        made_at=db.clock(),
        demonstration=demonstration,
    )
