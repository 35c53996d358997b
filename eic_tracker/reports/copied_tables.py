"""The tables and charts of a report one by one, to be put into another document: as HTML and text, or as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, Paragraph, Table

from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf.page import numbered
from eic_tracker.reports.quarterly_pdf import report_furniture, report_story
from eic_tracker.reports.report_docx import chart_picture, placed_parts


@dataclass(frozen=True, slots=True)
class CopiedPart:
    """A table (`html` and `text`) or a chart (`picture`, PNG) under its heading, with what it counts as of when."""

    title: str
    html: str
    text: str
    picture: bytes = b""


def copied_parts(data: ReportData, t: Translator) -> tuple[CopiedPart, ...]:
    """Every table and chart of a report, in its order; each says under itself from which report it comes."""
    source = report_furniture(data, t).title
    source += " · " + t("as of {date} · journal code {code}", date=t.date(data.as_of), code=data.journal_code)
    return tuple(_parts(placed_parts(numbered(report_story(data, t))), source))


def _parts(story: Iterator[Flowable], source: str) -> Iterator[CopiedPart]:
    section = heading = ""
    for part in story:
        level = getattr(part, "outline_level", None)
        if level == 0:
            section, heading = part.getPlainText(), ""
        elif level is not None:
            heading = part.getPlainText()
        title = f"{section}: {heading}" if heading else section
        if isinstance(part, Table) and part.repeatRows:
            rows = [[_words(cell) for cell in row] for row in part._cellvalues]
            yield copied_table(title, rows, int(part.repeatRows), source)
        elif isinstance(part, Drawing):
            yield CopiedPart(f"{section} ({_first_words(part)})", "", f"{title}\n{source}", chart_picture(part))


def copied_table(title: str, rows: Sequence[Sequence[str]], heads: int, source: str) -> CopiedPart:
    """A table whose first `heads` rows are its headings, under its title; `source` says what it counts, as of when."""
    return CopiedPart(title, _html(title, rows, heads, source), _text(title, rows, source))


def _words(cell: object) -> str:
    if isinstance(cell, Paragraph):
        return str(cell.getPlainText())
    if isinstance(cell, list):
        return "\n".join(_words(each) for each in cell)
    return str(cell or "")


def _html(title: str, rows: Sequence[Sequence[str]], heads: int, source: str) -> str:
    lines = []
    for number, row in enumerate(rows):
        tag = "th" if number < heads else "td"
        cells = "".join(f"<{tag}>{escape(cell).replace(chr(10), '<br>')}</{tag}>" for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    table = f'<table border="1" cellspacing="0" cellpadding="3">{"".join(lines)}</table>'
    return f"<p><b>{escape(title)}</b></p>{table}<p><small>{escape(source)}</small></p>"


def _text(title: str, rows: Sequence[Sequence[str]], source: str) -> str:
    lines = ["\t".join(cell.replace("\n", " ") for cell in row) for row in rows]
    return "\n".join([title, *lines, source])


def _first_words(drawing: Drawing) -> str:
    """The title that stands in a chart."""
    return next((str(each.text) for each in drawing.contents if hasattr(each, "text")), "")
