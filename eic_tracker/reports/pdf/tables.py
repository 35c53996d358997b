"""Tables of a report: words wrap, numbers stand right, the heading comes again on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reportlab.platypus import Flowable, Paragraph, Table

from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.page import (
    CELL,
    CELL_BOLD,
    HEAD,
    HEAD_CENTRE,
    HEAD_RIGHT,
    INK,
    NAVY,
    RULE,
    TEXT_WIDTH,
    TINT,
    paragraph,
)

Cell: TypeAlias = str | int | Paragraph | list[Flowable] | None
"""text, a number, nothing, or flowables"""

NUMBER_SIZE = 8.2
_PADDING = 3.0
_LAST_ROWS = 3
"""so many rows, and the total with them, are never fewer on the page where a table ends"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; `width` in points, None shares what is left; numbers are set right."""

    title: str
    width: float | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over several columns."""

    title: str
    columns: int


def number_column(title: str, least: float = 36) -> Column:
    """A column of numbers just wide enough for the longest word of its heading."""
    longest = max((fonts.width(word, fonts.TEXT_BOLD, HEAD.fontSize) for word in title.split()), default=0)
    return Column(title, max(longest + 2 * _PADDING + 0.5, least), numeric=True)


def report_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    t: Translator,
    *,
    groups: Sequence[Group] = (),
    total: Sequence[Cell] | None = None,
    ruled: bool = False,
) -> Table:
    """A table over the whole text width; `groups` is a heading row above the headings, `total` the last row.

    A `ruled` one has a line between its columns, for what is written in by hand."""
    head: list[list[object]] = []
    if groups:
        head.append([part for group in groups for part in _group_cells(group)])
    head.append([paragraph(column.title, HEAD_RIGHT if column.numeric else HEAD) for column in columns])
    body = [[_shown(cell, column, t, bold=False) for cell, column in zip(row, columns, strict=True)] for row in rows]
    if total is not None:
        body.append([_shown(cell, column, t, bold=True) for cell, column in zip(total, columns, strict=True)])
    return Table(
        head + body,
        colWidths=_widths(columns, body),
        repeatRows=len(head),
        hAlign="LEFT",
        spaceBefore=2,
        spaceAfter=6,
        style=[
            *_style(len(head), len(body), columns, groups, has_total=total is not None),
            *([("INNERGRID", (0, len(head)), (-1, -1), 0.3, RULE)] if ruled else ()),
        ],
    )


def _group_cells(group: Group) -> list[object]:
    return [paragraph(group.title, HEAD_CENTRE), *[""] * (group.columns - 1)]


def _widths(columns: Sequence[Column], body: Sequence[Sequence[object]]) -> list[float]:
    """A column of numbers is at least as wide as its widest number; columns without a width share the rest."""
    needed = [
        max(column.width or 0, *(_number_width(row[index]) for row in body))
        if column.numeric and body
        else column.width
        for index, column in enumerate(columns)
    ]
    left = TEXT_WIDTH - sum(width or 0 for width in needed)
    share = left / max(sum(1 for width in needed if width is None), 1)
    return [share if width is None else width for width in needed]


def _number_width(cell: object) -> float:
    return fonts.width(cell, fonts.TEXT_BOLD, NUMBER_SIZE) + 2 * _PADDING if isinstance(cell, str) else 0.0


def _shown(cell: Cell, column: Column, t: Translator, *, bold: bool) -> object:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return t.number(cell).replace("-", "\N{MINUS SIGN}")
    if isinstance(cell, str):
        return cell if column.numeric else paragraph(cell, CELL_BOLD if bold else CELL)
    return cell


def _style(
    head: int, body: int, columns: Sequence[Column], groups: Sequence[Group], *, has_total: bool
) -> list[tuple[object, ...]]:
    style: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), fonts.TEXT, NUMBER_SIZE, 10),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, head - 1), "BOTTOM"),
        ("VALIGN", (0, head), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
        ("BACKGROUND", (0, 0), (-1, head - 1), TINT),
        ("LINEBELOW", (0, head - 1), (-1, head - 1), 0.9, NAVY),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, NAVY),
        ("LINEBELOW", (0, head), (-1, -1), 0.3, RULE),
    ]
    style += [("ALIGN", (index, 0), (index, -1), "RIGHT") for index, column in enumerate(columns) if column.numeric]
    style += [
        ("LEFTPADDING", (index, 0), (index, -1), 10)
        for index, column in enumerate(columns)
        if index and not column.numeric and columns[index - 1].numeric
    ]
    first = 0
    for group in groups:
        last = first + group.columns - 1
        style.append(("SPAN", (first, 0), (last, 0)))
        if group.title:
            style.append(("LINEBELOW", (first, 0), (last, 0), 0.4, NAVY, "round", None, None))
        if first:
            style.append(("LINEBEFORE", (first, 0), (first, -1), 0.3, RULE))
        first = last + 1
    if has_total and body:
        style += [
            ("FONT", (0, -1), (-1, -1), fonts.TEXT_BOLD, NUMBER_SIZE, 10),
            ("LINEABOVE", (0, -1), (-1, -1), 0.7, NAVY),
        ]
    together = min(body, _LAST_ROWS + has_total)
    if together:
        style.append(("NOSPLIT", (0, -together), (-1, -1)))
    return style


def plain_table(rows: Sequence[Sequence[Flowable]], widths: Sequence[float]) -> Table:
    """Names and values side by side, centred on the page, without lines."""
    return Table(
        [list(row) for row in rows],
        colWidths=list(widths),
        hAlign="CENTER",
        style=[
            ("FONT", (0, 0), (-1, -1), fonts.TEXT, NUMBER_SIZE, 10),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 1.2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2),
        ],
    )
