"""Coverage as a workbook: rows are read, the transaction ends, the file is written whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.school import read_school
from eic_tracker.reports.coverage_words import cell_words
from eic_tracker.services.coverage import Coverage, CoverageRow, coverage
from eic_tracker.services.papers import Audience
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_whole
from eic_tracker.store.journal import head

if TYPE_CHECKING:
    from eic_tracker.reports.coverage_xlsx import CoverageLine

_BOTH = {
    Dimension.DEPARTMENT: (Dimension.DEPARTMENT, Dimension.MUNICIPALITY),
    Dimension.MUNICIPALITY: (Dimension.DEPARTMENT, Dimension.MUNICIPALITY),
    Dimension.YEAR: (Dimension.YEAR, Dimension.QUARTER),
    Dimension.QUARTER: (Dimension.YEAR, Dimension.QUARTER),
}
"""Breakdowns of which one holds the other: for third parties neither may tell what the other leaves out."""


def write_coverage(
    db: Database,
    acting: ActingUser,
    by: Dimension,
    path: Path,
    *,
    t: Translator,
    today: dt.date,
    year: int | None = None,
    audience: Audience = "school",
) -> None:
    """Write the coverage up to `today`; `year` is a calendar year, None all years.

    Refused for third parties where a single year is asked for: years laid side by side tell what is left out."""
    from eic_tracker.reports.coverage_xlsx import CoveragePaper, coverage_xlsx

    require(acting, Action.READ_FIGURES, Right.YES)
    refuse_database(path)
    public = audience == "public"
    if public and year is not None:
        raise UserError(
            N_(
                "Coverage for third parties is of all years: single years laid side by side would tell the numbers "
                "that are left out. Choose all years."
            )
        )
    found = coverage(db, acting, by, today, year=year)
    others = [coverage(db, acting, each, today) for each in _BOTH.get(by, ()) if public and each is not by]
    with db.read() as connection:
        newest = head(connection)
        code = found.scope.programmes[0]
        name = connection.exec_driver_sql("SELECT name FROM programme WHERE code = ?", (code,)).scalar()
        letterhead = read_school(connection).letterhead
        demonstration = read_file_facts(connection).demonstration
    paper = CoveragePaper(
        programme=str(name or code),
        by=by,
        lines=tuple(_line(each, row, by, t, nested=bool(others)) for each in (found, *others) for row in each.rows),
        total=_line(found, found.total, by, t),
        year=year,
        as_of=found.as_of,
        public=public,
        made_at=db.clock(),
        made_by=" · ".join(letterhead) if public else acting.full_name,
        journal_code=newest.code if newest else "",
        demonstration=demonstration,
    )
    write_whole(path, lambda file: coverage_xlsx(paper, t, file))


def _line(found: Coverage, row: CoverageRow, shown: Dimension, t: Translator, *, nested: bool = False) -> CoverageLine:
    from eic_tracker.reports.coverage_xlsx import CoverageLine

    return CoverageLine(
        key=_key(found.by, row.code),
        words=cell_words(found.by, row.code, row.name, t),
        groups=row.groups,
        schools=row.schools,
        reached=row.reached,
        graduated=row.graduated,
        parent=_parent(found.by, row.code) if nested else "",
        shown=found.by is shown,
    )


def _parent(by: Dimension, code: str | None) -> str:
    """The line of the larger breakdown that holds a municipality or a quarter."""
    if by is Dimension.MUNICIPALITY:
        return _key(Dimension.DEPARTMENT, code[:2] if code else None)
    if by is Dimension.QUARTER:
        return _key(Dimension.YEAR, str(parse_period(code).year) if code else None)
    return ""


def _key(by: Dimension, code: str | None) -> str:
    return f"{by.value} {code or ''}"
