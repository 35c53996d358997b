"""A list of the window on paper: what Ctrl+P prints."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from eic_tracker.clock import HONDURAS
from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.page import (
    DEMONSTRATION,
    SECTION,
    SMALL,
    TEXT_WIDTH,
    Furniture,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Column, report_table
from eic_tracker.reports.view_paper import Typed, ViewColumn, ViewPaper

_ROWS_OF_A_TABLE = 500
"""Long tables are laid out in parts: the time that one takes grows faster than its rows."""
_NARROWEST = 8


def view_pdf(paper: ViewPaper, t: Translator, sheet: Paper = Paper.LETTER) -> bytes:
    """The list as a table over the width of a sheet; equal papers give equal bytes."""
    fonts.register()
    made = paper.made_at.astimezone(HONDURAS)
    moment = f"{t.date(made.date())} {made:%H:%M}"
    story: list[Flowable] = [paragraph(paper.title, SECTION)]
    lines = [t("Filters: {filters}", filters=" · ".join(paper.filters))] if paper.filters else []
    lines.append(paper.count)
    if paper.reason:
        lines.append(t("Reason: {reason}", reason=paper.reason))
    if paper.names_people:
        lines.append(t("It holds names and identity numbers of officers and investigators. Do not pass it on."))
    story += [paragraph(line, SMALL) for line in lines]
    columns = _columns(paper.columns)
    for first in range(0, max(len(paper.rows), 1), _ROWS_OF_A_TABLE):
        part = paper.rows[first : first + _ROWS_OF_A_TABLE]
        shown = [[_shown(cell, column, t) for cell, column in zip(row, paper.columns, strict=True)] for row in part]
        story.append(report_table(columns, shown, t))
    furniture = Furniture(
        title=paper.title,
        author=paper.made_by,
        heading=paper.title,
        foot=t("Made {moment} by {person} · {count}", moment=moment, person=paper.made_by, count=paper.count),
        mark=DEMONSTRATION if paper.demonstration else "",
    )
    return report_bytes(story, furniture, t, sheet)


def _columns(columns: tuple[ViewColumn, ...]) -> list[Column]:
    """Numbers are as wide as they need; the texts share the rest as they do on the screen."""
    whole = sum(max(column.width, _NARROWEST) for column in columns)
    return [
        Column(column.title, TEXT_WIDTH * max(column.width, _NARROWEST) / whole, numeric=column.number)
        for column in columns
    ]


def _shown(cell: Typed, column: ViewColumn, t: Translator) -> str | int | None:
    if isinstance(cell, dt.date):
        return t.date(cell)
    return cell if cell is None or isinstance(cell, int) or not column.number else str(cell)
