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
    text_width,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Column, number_column, report_table
from eic_tracker.reports.view_paper import Typed, ViewColumn, ViewPaper

_ROWS_OF_A_TABLE = 500
"""Long tables are laid out in parts: the time that one takes grows faster than its rows."""
_NARROWEST = 6
_DAY = 59.0
"""Points that a date takes in either language, also behind a column of numbers, which keeps its distance."""
_LETTER = 4.0
"""Points of an average letter of a cell."""


def view_pdf(paper: ViewPaper, t: Translator, sheet: Paper = Paper.LETTER, *, landscape: bool | None = None) -> bytes:
    """The list as a table over the width of a sheet; equal papers give equal bytes.

    Without `landscape` the sheet lies where its columns do not fit upright."""
    fonts.register()
    lying = wants_landscape(paper.columns) if landscape is None else landscape
    made = paper.made_at.astimezone(HONDURAS)
    moment = f"{t.date(made.date())} {made:%H:%M}"
    story: list[Flowable] = [paragraph(paper.title, SECTION)]
    lines = [t("Filters: {filters}", filters=" · ".join(paper.filters))] if paper.filters else []
    lines.append(paper.count)
    if paper.rule:
        lines.append(paper.rule)
    if paper.reason:
        lines.append(t("Reason: {reason}", reason=paper.reason))
    if paper.names_people:
        lines.append(t("It holds names and identity numbers of officers and investigators. Do not pass it on."))
    story += [paragraph(line, SMALL) for line in lines]
    columns = _columns(paper.columns, text_width(sheet, landscape=lying))
    for first in range(0, max(len(paper.rows), 1), _ROWS_OF_A_TABLE):
        part = paper.rows[first : first + _ROWS_OF_A_TABLE]
        shown = [[_shown(cell, t) for cell in row] for row in part]
        story.append(report_table(columns, shown, t))
    furniture = Furniture(
        title=paper.title,
        author=paper.made_by,
        heading=paper.title,
        foot=t("Made {moment} by {person} · {count}", moment=moment, person=paper.made_by, count=paper.count),
        mark=DEMONSTRATION if paper.demonstration else "",
    )
    return report_bytes(story, furniture, t, sheet, landscape=lying)


def wants_landscape(columns: tuple[ViewColumn, ...]) -> bool:
    """Whether the columns have too little room on an upright sheet: texts would break in most of their rows."""
    fixed = sum(width or 0 for width in _fixed(columns))
    texts = sum(column.width for column, width in zip(columns, _fixed(columns), strict=True) if width is None)
    return fixed + texts * _LETTER > TEXT_WIDTH


def _fixed(columns: tuple[ViewColumn, ...]) -> list[float | None]:
    """The widths of numbers and days, None for texts."""
    return [
        number_column(column.title).width if column.number or column.right else _DAY if column.date else None
        for column in columns
    ]


def _columns(columns: tuple[ViewColumn, ...], room: float) -> list[Column]:
    """Numbers and days are as wide as they need; the texts share the rest as they do on the screen."""
    fixed = _fixed(columns)
    left = room - sum(width or 0 for width in fixed)
    wanted = [0 if width else max(column.width, _NARROWEST) for column, width in zip(columns, fixed, strict=True)]
    return [
        Column(column.title, width or left * share / sum(wanted), numeric=column.number or column.right)
        for column, width, share in zip(columns, fixed, wanted, strict=True)
    ]


def _shown(cell: Typed, t: Translator) -> str | int | None:
    if isinstance(cell, dt.date):
        return t.date(cell)
    return cell
