"""A report as a document that may be edited: the same story as the PDF, part by part."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab.graphics.renderPDF import drawToString
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, Table

from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead, SignatureBlock
from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.reports.pdf.page import TEXT_WIDTH, Furniture, SectionHeading, numbered
from eic_tracker.reports.pdf.tables import NUMBER_SIZE
from eic_tracker.reports.quarterly_pdf import report_furniture, report_story

_SIDES = {TA_CENTER: WD_ALIGN_PARAGRAPH.CENTER, TA_RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}
_FACE = "Arial"
"""Word has it, other programs have one of the same widths, and Helvetica, by which it is measured, is as wide."""
_WIDTHS, _WIDTHS_BOLD = "Helvetica", "Helvetica-Bold"
_CELL_MARGIN = 2.4
_MARGINS = {"top": 0.9, "left": _CELL_MARGIN, "bottom": 0.9, "right": _CELL_MARGIN}
"""points; Word wants them in this order"""
_PIXELS_A_POINT = 2.5
_MARGIN = (612 - TEXT_WIDTH) / 2


def report_docx(data: ReportData, t: Translator) -> bytes:
    """The report as .docx with the words, tables and charts of the PDF; its figures are text that may be changed."""
    document = Document()
    furniture = report_furniture(data, t)
    _set_up(document, data, furniture, t)
    for part in placed_parts(numbered(report_story(data, t))):
        _add(document, part)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def placed_parts(story: Iterable[Flowable]) -> Iterator[Flowable]:
    """The story part by part, out of what only holds parts together on a page."""
    for part in story:
        if isinstance(part, KeepTogether):
            yield from placed_parts(part._content)
        else:
            yield part


def _add(document: WordDocument, part: Flowable) -> None:
    if isinstance(part, Paragraph):
        _add_paragraph(document, part)
    elif isinstance(part, Table):
        _add_table(document, part)
    elif isinstance(part, Drawing):
        document.add_picture(io.BytesIO(chart_picture(part)), width=Pt(part.width))
    elif isinstance(part, Letterhead):
        for number, line in enumerate(part.lines, 1):
            words = document.add_paragraph(line)
            words.alignment = WD_ALIGN_PARAGRAPH.CENTER
            words.paragraph_format.space_after = Pt(0)
            words.runs[0].bold = number == len(part.lines)
    elif isinstance(part, SignatureBlock):
        _add_signatures(document, part)
    elif isinstance(part, PageBreak):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _add_paragraph(document: WordDocument, part: Paragraph) -> None:
    level = getattr(part, "outline_level", None)
    if level is not None:
        document.add_heading(part.getPlainText(), 1 if isinstance(part, SectionHeading) else 2)
        return
    _fill(document.add_paragraph(), part)


def _fill(words: WordParagraph, part: Paragraph, scale: float = 1) -> None:
    """One paragraph with the weight, size (times `scale`), colour and side of the other."""
    run = words.add_run(part.getPlainText())
    style = part.style
    run.font.size = Pt(style.fontSize * scale)
    run.bold = "Bold" in style.fontName
    red, green, blue = (round(255 * each) for each in style.textColor.rgb())
    run.font.color.rgb = RGBColor(red, green, blue)
    if style.alignment in _SIDES:
        words.alignment = _SIDES[style.alignment]
    words.paragraph_format.space_after = Pt(style.spaceAfter)


def _add_table(document: WordDocument, part: Table) -> None:
    rows: Sequence[Sequence[object]] = part._cellvalues
    heads = part.repeatRows if isinstance(part.repeatRows, int) else 0
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid" if heads else None)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _set_margins(table)
    for column, width in zip(table.columns, part._argW, strict=True):
        column.width = Pt(width)
    scale = _scale(part, heads)
    grid = table._cells
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            cell = grid[number * len(row) + place]
            cell.width = Pt(part._argW[place])
            style = part._cellStyles[number][place]
            _fill_cell(cell, value, scale, right=style.alignment == "RIGHT", bold="Bold" in style.fontname)
    for (first, top), (last, bottom) in _spans(part):
        grid[top * len(rows[0]) + first].merge(grid[bottom * len(rows[0]) + last])
    _keep_rows(part, table, heads)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _set_margins(table: WordTable) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, width in _MARGINS.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(20 * width)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _scale(part: Table, heads: int) -> float:
    """By how much letters shrink so that no word of a heading and no number is broken: Arial is wide."""
    spanned = {(first, top) for (first, top), _ in _spans(part)}
    shares = [1.0]
    for number, row in enumerate(part._cellvalues):
        for place, value in enumerate(row):
            style = part._cellStyles[number][place]
            if (place, number) not in spanned and (number < heads or style.alignment == "RIGHT"):
                needed = _widest_word(value, bold="Bold" in style.fontname)
                shares.append((part._argW[place] - 2 * _CELL_MARGIN - 0.5) / needed if needed else 1)
    return min(shares)


def _widest_word(value: object, *, bold: bool) -> float:
    """The width in points of a cell's longest word as Word sets it; 0 for what is no line of text."""
    if isinstance(value, Paragraph):
        text, size, bold = value.getPlainText(), value.style.fontSize, "Bold" in value.style.fontName
    elif isinstance(value, str):
        text, size = value, NUMBER_SIZE
    else:
        return 0
    # only at a plain space: a number and its per cent hang together
    return max(fonts.width(word, _WIDTHS_BOLD if bold else _WIDTHS, size) for word in text.split(" "))


def _keep_rows(part: Table, table: WordTable, heads: int) -> None:
    """Headings come again on each page and have two rows below them, and what the PDF keeps together stays so."""
    rows = list(table.rows)
    together = set(range(heads + 1))
    for _, (_, first), _ in part._nosplitCmds:
        together.update(range(len(rows))[first:-1])
    _break_no_row(table)
    for number, row in enumerate(rows):
        if number < heads:
            row._tr.trPr.append(OxmlElement("w:tblHeader"))
        for words in row._tr.iter(qn("w:p")) if number in together else ():
            WordParagraph(words, table).paragraph_format.keep_with_next = True


def _break_no_row(table: WordTable) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _fill_cell(cell: _Cell, value: object, scale: float, *, right: bool, bold: bool) -> None:
    words = cell.paragraphs[0]
    words.paragraph_format.space_after = Pt(0)
    parts = value if isinstance(value, list) else [value]
    for number, part in enumerate(parts):
        if number:
            words = cell.add_paragraph()
        if isinstance(part, Paragraph):
            _fill(words, part, scale)
            words.paragraph_format.space_after = Pt(0)
        elif part:
            run = words.add_run(str(part))
            run.font.size = Pt(NUMBER_SIZE * scale)
            run.bold = bold
            if right:
                words.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _spans(part: Table) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for _, first, last in part._spanCmds:
        if first != last:
            yield first, last


def _add_signatures(document: WordDocument, part: SignatureBlock) -> None:
    """A column for each signer: what the signature means, room for it and the seal, rank, name, post."""
    table = document.add_table(3, len(part.rooms))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    name, post, seal = part.words
    for place, room in enumerate(part.rooms):
        heading, middle, foot = (table.cell(row, place) for row in range(3))
        heading.paragraphs[0].add_run(room.title).bold = True
        middle.paragraphs[0].add_run(seal).italic = True
        for _ in range(4):
            middle.add_paragraph()
        middle.add_paragraph("_" * 26)
        who = room.who
        lines = [who.rank, who.name, who.post] if who else [f"{name}: ______________", f"{post}: ______________"]
        foot.paragraphs[0].add_run("\n".join(line for line in lines if line))
        for cell in (heading, middle, foot):
            for words in cell.paragraphs:
                words.alignment = WD_ALIGN_PARAGRAPH.CENTER
                words.paragraph_format.space_after = Pt(0)
                # who signs is never on another page than the line
                words.paragraph_format.keep_with_next = cell is not foot
    _break_no_row(table)


def chart_picture(drawing: Drawing) -> bytes:
    """A chart as PNG, large enough for paper."""
    with opened_pdf(drawToString(drawing)) as paper:
        image = paper[0].render(scale=_PIXELS_A_POINT).to_pil()
    target = io.BytesIO()
    image.save(target, format="PNG")
    return target.getvalue()


def _set_up(document: WordDocument, data: ReportData, furniture: Furniture, t: Translator) -> None:
    """Sheet, face, title and language, what stands at the top and the foot of each page."""
    page = document.sections[0]
    page.page_width, page.page_height = Pt(612), Pt(792)
    page.left_margin = page.right_margin = Pt(_MARGIN)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(9.4)
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].font.name = _FACE
        document.styles[name].element.rPr.rFonts.set(qn("w:asciiTheme"), "")
    properties = document.core_properties
    properties.title, properties.author = furniture.title, furniture.author
    properties.language = t.language.value
    properties.created = properties.modified = data.generated_at.replace(tzinfo=None)
    properties.comments = ""
    top = page.header.paragraphs[0]
    top.text = furniture.heading
    if furniture.mark:
        mark = top.add_run(f"   {furniture.mark}")
        mark.bold, mark.font.color.rgb = True, RGBColor(0xA3, 0x00, 0x1B)
    foot = page.footer.paragraphs[0]
    before, _, after = t("Page {page} of {pages}", page="\n", pages="\t").partition("\n")
    between, _, end = after.partition("\t")
    foot.add_run(f"{furniture.foot} · {before}")
    _add_field(foot, "PAGE")
    foot.add_run(between)
    _add_field(foot, "NUMPAGES")
    foot.add_run(end)
    for words in (top, foot):
        for run in words.runs:
            run.font.size = Pt(7.4)


def _add_field(words: WordParagraph, code: str) -> None:
    """A number that the reader's program fills in: of the page, of all pages; it is as large as the words beside it."""
    instruction = OxmlElement("w:instrText")
    instruction.text = code
    for element in (_field_mark("begin"), instruction, _field_mark("separate")):
        words.add_run()._r.append(element)
    words.add_run("1")
    words.add_run()._r.append(_field_mark("end"))


def _field_mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark
