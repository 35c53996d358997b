"""The page of a report: upright on any paper, heading line, foot line with page x of y, styles of text."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
)

from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.lettering import shortened
from eic_tracker.reports.pdf.paper import Paper

TEXT_WIDTH = 520.0
"""The same on every upright paper; what is left is the margin."""
_LYING_MARGINS = 92.0

INK = HexColor(0x1C1C1C)
SOFT = HexColor(0x5A5A5A)
NAVY = HexColor(0x14284B)
RULE = HexColor(0xC9CED6)
TINT = HexColor(0xEEF1F5)
WARNING = HexColor(0xA3001B)
WARNING_TINT = HexColor(0xFBEDEE)

BODY = ParagraphStyle("body", fontName=fonts.TEXT, fontSize=9.4, leading=13, textColor=INK, spaceAfter=5)
SMALL = ParagraphStyle("small", fontName=fonts.TEXT, fontSize=7.6, leading=9.8, textColor=SOFT, spaceAfter=3)
CELL = ParagraphStyle("cell", fontName=fonts.TEXT, fontSize=8.2, leading=10, textColor=INK)
CELL_BOLD = ParagraphStyle("cell-bold", parent=CELL, fontName=fonts.TEXT_BOLD)
CELL_RIGHT = ParagraphStyle("cell-right", parent=CELL, alignment=TA_RIGHT)
CELL_WARNING = ParagraphStyle("cell-warning", parent=CELL_BOLD, textColor=WARNING)
FIGURE = ParagraphStyle("figure", parent=CELL_RIGHT, fontName=fonts.TEXT_BOLD, fontSize=12, leading=15)
FINE = ParagraphStyle("fine", fontName=fonts.TEXT, fontSize=7, leading=8.8, textColor=SOFT)
HEAD = ParagraphStyle("head", fontName=fonts.TEXT_BOLD, fontSize=6.9, leading=8.2, textColor=NAVY)
HEAD_RIGHT = ParagraphStyle("head-right", parent=HEAD, alignment=TA_RIGHT)
HEAD_CENTRE = ParagraphStyle("head-centre", parent=HEAD, fontSize=7.4, leading=9, alignment=TA_CENTER)
SECTION = ParagraphStyle(
    "section", fontName=fonts.TEXT_BOLD, fontSize=14, leading=18, textColor=NAVY, spaceBefore=16, spaceAfter=6
)
SUBSECTION = ParagraphStyle(
    "subsection", fontName=fonts.TEXT_BOLD, fontSize=10.4, leading=13, textColor=NAVY, spaceBefore=11, spaceAfter=4
)
TITLE = ParagraphStyle("title", fontName=fonts.TEXT_BOLD, fontSize=23, leading=28, textColor=NAVY, alignment=TA_CENTER)
PERIOD = ParagraphStyle("period", fontName=fonts.TEXT_BOLD, fontSize=14, leading=19, textColor=INK, alignment=TA_CENTER)
OTHER_PERIOD = ParagraphStyle(
    "other", fontName=fonts.TEXT, fontSize=10.5, leading=14, textColor=SOFT, alignment=TA_CENTER
)
PAPER_TITLE = ParagraphStyle(
    "paper-title", fontName=fonts.TEXT_BOLD, fontSize=16, leading=20, textColor=NAVY, alignment=TA_CENTER, spaceAfter=3
)
"""What an act or a proof is, under its letterhead."""
UNDER_TITLE = ParagraphStyle("under-title", parent=BODY, fontName=fonts.TEXT_BOLD, alignment=TA_CENTER, spaceAfter=3)
"""The course or the time under that title."""
NOTICE = ParagraphStyle(
    "notice",
    parent=BODY,
    fontSize=9,
    leading=12,
    textColor=WARNING,
    backColor=WARNING_TINT,
    borderColor=WARNING,
    borderWidth=0.7,
    borderPadding=(5, 7, 5, 7),
    leftIndent=8,
    rightIndent=8,
    spaceBefore=14,
    spaceAfter=6,
)

DEMONSTRATION = "DEMOSTRACIÓN"
"""Printed in Spanish in every language: it is shown in Honduras."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page around the text."""

    title: str
    author: str
    heading: str
    foot: str
    mark: str
    """red, at the top of each page; empty on papers that are valid"""
    numbered: bool = True
    """whether a page says its number; a part of a foliated file bears a folio in its place"""


def text_width(paper: Paper, *, landscape: bool) -> float:
    """Points of a line of text: the same on every upright paper, what the margins leave on one that lies."""
    return max(paper.size) - _LYING_MARGINS if landscape else TEXT_WIDTH


def paragraph(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text: nothing in it is read as markup."""
    return Paragraph(escape(text), style)


def linked(address: str, style: ParagraphStyle, room: float) -> Paragraph:
    """A web address that can be followed; it breaks after its slashes and hyphens."""
    lines = [""]
    for part in re.split(r"(?<=[/-])", address):
        if fonts.width(lines[-1] + part, style.fontName, style.fontSize) > room:
            lines.append("")
        lines[-1] += part
    words = "<br/>".join(escape(line) for line in lines)
    return Paragraph(f"<a href={quoteattr(address)}>{words}</a>", style)


class SectionHeading(Paragraph):  # type: ignore[misc]
    """The heading of a section; it gets its number when the report is put together."""

    def __init__(self, title: str) -> None:
        super().__init__(escape(title), SECTION)
        self.title = title
        self.outline_level = 0


def section(title: str) -> list[Flowable]:
    """The heading of a section, with room for some lines after it; it also stands in the outline."""
    return [CondPageBreak(150), SectionHeading(title)]


def numbered(story: Sequence[Flowable]) -> list[Flowable]:
    """The story with its sections numbered from 1."""
    numbers = itertools.count(1)
    return [_numbered(part, numbers) for part in story]


def _numbered(part: Flowable, numbers: Iterator[int]) -> Flowable:
    if isinstance(part, SectionHeading):
        return SectionHeading(f"{next(numbers)}. {part.title}")
    if isinstance(part, KeepTogether):
        return KeepTogether([_numbered(each, numbers) for each in part._content])
    return part


def subsection(title: str, room: float = 92) -> list[Flowable]:
    """The heading of a table, with room for its first rows."""
    heading = paragraph(title, SUBSECTION)
    heading.outline_level = 1
    return [CondPageBreak(room), heading]


def kept(parts: Sequence[Flowable]) -> Flowable:
    """Parts that stand on one page; possible page breaks among them leave, whose room ReportLab counts wrong."""
    return KeepTogether([part for part in parts if not isinstance(part, CondPageBreak)])


def gap(height: float) -> Flowable:
    """Free height in points."""
    return Spacer(1, height)


def report_bytes(
    story: Sequence[Flowable],
    furniture: Furniture,
    t: Translator,
    paper: Paper = Paper.LETTER,
    *,
    landscape: bool = False,
) -> bytes:
    """The PDF of a story on a paper, upright or lying; equal stories give equal bytes."""
    fonts.register()
    target = io.BytesIO()
    _Report(target, furniture, t, paper, landscape=landscape).build(numbered(story), canvasmaker=_CountingCanvas)
    return target.getvalue()


class _CountingCanvas(Canvas):  # type: ignore[misc]
    """Knows the number of pages only at the end, so the pages refer to one form that holds it."""

    def save(self) -> None:
        self.beginForm("page_count", 0, 0, 40, 12)
        self.setFont(fonts.TEXT, 7)
        self.setFillColor(SOFT)
        self.drawString(0, 3, str(self.getPageNumber() - 1))
        self.endForm()
        super().save()


MARGINS = 50 + 52
"""Points of a page below and above what is told."""


class _Report(BaseDocTemplate):  # type: ignore[misc]
    """Places the story and draws the furniture of each page."""

    def __init__(
        self, target: io.BytesIO, furniture: Furniture, t: Translator, paper: Paper, *, landscape: bool
    ) -> None:
        size = paper.size[::-1] if landscape else paper.size
        self._page_width, self._page_height = size
        self._text_width = text_width(paper, landscape=landscape)
        self._margin = (self._page_width - self._text_width) / 2
        super().__init__(
            target,
            pagesize=size,
            title=furniture.title,
            author=furniture.author,
            subject=furniture.heading,
            creator="EIC Tracker",
            lang=t.language.value,
            initialFontName=fonts.TEXT,
            invariant=1,
            pageCompression=1,
        )
        self._furniture = furniture
        self._t = t
        self._outlined = 0
        frame = Frame(self._margin, 50, self._text_width, self._page_height - MARGINS, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._draw_furniture))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        level = getattr(flowable, "outline_level", None)
        if level is None:
            return
        self._outlined += 1
        key = f"part{self._outlined}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.getPlainText(), key, level, closed=False)

    def _draw_furniture(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        top = self._page_height - 34
        if document.page > 1:
            canvas.setFont(fonts.TEXT, 7.6)
            canvas.setFillColor(SOFT)
            half = self._text_width / 2 - 50
            canvas.drawString(self._margin, top, shortened(self._furniture.author, fonts.TEXT, 7.6, half))
            canvas.drawRightString(
                self._page_width - self._margin, top, shortened(self._furniture.heading, fonts.TEXT, 7.6, half)
            )
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.5)
            canvas.line(self._margin, top - 6, self._page_width - self._margin, top - 6)
        if self._furniture.mark:
            canvas.setFont(fonts.TEXT_BOLD, 8.4)
            canvas.setFillColor(WARNING)
            canvas.drawCentredString(self._page_width / 2, top, self._furniture.mark)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.line(self._margin, 42, self._page_width - self._margin, 42)
        canvas.setFont(fonts.TEXT, 7)
        canvas.setFillColor(SOFT)
        canvas.drawString(self._margin, 31, shortened(self._furniture.foot, fonts.TEXT, 7, self._text_width - 80))
        if self._furniture.numbered:
            self._draw_page_number(canvas, document.page)
        canvas.restoreState()

    def _draw_page_number(self, canvas: Canvas, page: int) -> None:
        t = self._t
        before, _, after = t("Page {page} of {pages}", page=page, pages="\n").partition("\n")
        room = fonts.width("000", fonts.TEXT, 7)
        x = self._page_width - self._margin - room - fonts.width(after, fonts.TEXT, 7)
        canvas.drawRightString(x, 31, before)
        canvas.drawString(x + room, 31, after)
        canvas.saveState()
        canvas.translate(x, 28)
        canvas.doForm("page_count")
        canvas.restoreState()
