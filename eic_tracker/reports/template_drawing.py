"""The elements of a template on a page, each in its box."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.certificate_template import Template
from eic_tracker.domain.template_elements import Element, ElementKind
from eic_tracker.domain.template_texts import filled as filled_text
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.reports.certificate_facts import CertificateSignatory
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.box_text import BoxText, box_text
from eic_tracker.reports.pdf.lettering import LEADING
from eic_tracker.reports.pdf.qr import QrPicture
from eic_tracker.reports.template_fields import Filled, words_of
from eic_tracker.reports.template_tables import draw_table

LEAST_MODULE_MM = 0.42
"""Millimetres of one square of a QR; smaller ones are not read from a copy at 150 dots to the inch."""
FACES = {
    "formal": fonts.FORMAL,
    "formal_bold": fonts.FORMAL_BOLD,
    "formal_italic": fonts.FORMAL_ITALIC,
    "text": fonts.TEXT,
    "text_bold": fonts.TEXT_BOLD,
    "text_italic": fonts.TEXT_ITALIC,
}
_FAINT = HexColor(0xB9B9B9)
_ASCENT = 0.94
"""Of the size: how far the first base line lies below the upper edge of a box."""
_WIDEST_SIGNATURE = 74.0
_SIGNATURE_GAP = 6.0
_RANK_SHARE = 0.88
"""Of the size of a signatory's name: that of the rank above it."""


class Drawing:
    """A canvas on which elements of one template are drawn, with its pictures."""

    def __init__(self, canvas: Canvas, template: Template, images: Mapping[str, bytes]) -> None:
        self.canvas = canvas
        self.t = words_of(template.language)
        self._height = template.size[1]
        self._images = images
        self._read: dict[str, ImageReader] = {}

    def y(self, down_mm: float) -> float:
        """Points from the lower edge for millimetres from the upper one."""
        return (self._height - down_mm) * float(mm)

    def picture(self, digest: str) -> ImageReader | None:
        """The picture of that digest; None where the file does not hold it."""
        if digest not in self._images:
            return None
        if digest not in self._read:
            self._read[digest] = ImageReader(io.BytesIO(self._images[digest]))
        return self._read[digest]


def draw_element(drawing: Drawing, element: Element, filled: Filled) -> None:
    """Draw one element with what a certificate says; it never leaves its box."""
    _DRAWN[element.kind](drawing, element, filled)


def text_in_box(element: Element, filled: Filled) -> BoxText | None:
    """The lines of a text element as they are printed; None where nothing is left of it."""
    lines = filled_text(element.text, filled.values, filled.sex)
    if not any(line.strip() for line in lines):
        return None
    return box_text(
        lines,
        FACES[element.face],
        element.size,
        element.width * mm,
        element.height * mm,
        shrink_first=element.fit == "shrink",
        spacing=element.spacing,
        even=element.align != "justify",
    )


def _draw_text(drawing: Drawing, element: Element, filled: Filled) -> None:
    text = text_in_box(element, filled)
    if text is None:
        return
    leading = text.size * LEADING
    spare = max(0.0, element.height * mm - len(text.rows) * leading) if element.height else 0.0
    share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[element.anchor]
    y = drawing.y(element.y) - spare * share - text.size * _ASCENT
    canvas, left, room = drawing.canvas, element.x * mm, element.width * mm
    canvas.setFont(FACES[element.face], text.size)
    canvas.setFillColor(HexColor(element.colour))
    for row, last in zip(text.rows, text.last, strict=True):
        if element.align == "justify" and not last:
            _draw_spread(canvas, row, left, y, room, element, text.size)
        elif element.align == "center":
            canvas.drawCentredString(left + room / 2, y, row, charSpace=element.spacing)
        elif element.align == "right":
            canvas.drawRightString(left + room, y, row, charSpace=element.spacing)
        else:
            canvas.drawString(left, y, row, charSpace=element.spacing)
        y -= leading


def _draw_spread(canvas: Canvas, row: str, left: float, y: float, room: float, element: Element, size: float) -> None:
    """A line whose words reach both sides."""
    words = row.split(" ")
    face = FACES[element.face]
    widths = [fonts.width(word, face, size) + element.spacing * len(word) for word in words]
    gap = (room - sum(widths)) / max(len(words) - 1, 1)
    x = left
    for word, width in zip(words, widths, strict=True):
        canvas.drawString(x, y, word, charSpace=element.spacing)
        x += width + gap


def _draw_image(drawing: Drawing, element: Element, _filled: Filled) -> None:
    x, y = element.x * mm, drawing.y(element.y + element.height)
    picture = drawing.picture(element.image)
    if picture is None:
        drawing.canvas.setStrokeColor(_FAINT)
        drawing.canvas.setLineWidth(0.5)
        drawing.canvas.setDash(1, 2.5)
        drawing.canvas.rect(x, y, element.width * mm, element.height * mm)
        drawing.canvas.setDash()
        return
    drawing.canvas.drawImage(
        picture, x, y, element.width * mm, element.height * mm, mask="auto", preserveAspectRatio=True, anchor="c"
    )


def _draw_line(drawing: Drawing, element: Element, _filled: Filled) -> None:
    canvas = drawing.canvas
    canvas.setStrokeColor(HexColor(element.colour))
    canvas.setLineWidth(element.thickness * mm)
    canvas.line(
        element.x * mm,
        drawing.y(element.y),
        (element.x + element.width) * mm,
        drawing.y(element.y + element.height),
    )


def _draw_box(drawing: Drawing, element: Element, filled: Filled) -> None:
    canvas = drawing.canvas
    ink = HexColor(element.colour)
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(element.thickness * mm)
    canvas.rect(element.x * mm, drawing.y(element.y + element.height), element.width * mm, element.height * mm)
    lines = filled_text(element.text, filled.values, filled.sex)
    text = box_text(
        lines,
        FACES[element.face],
        element.size,
        (element.width - 4) * mm,
        (element.height - 2) * mm,
        shrink_first=False,
    )
    _draw_rows(canvas, text, FACES[element.face], ink, (element.x + 2) * mm, drawing.y(element.y + 1))


def _draw_rows(canvas: Canvas, text: BoxText, face: str, ink: Color, left: float, top: float) -> None:
    canvas.setFont(face, text.size)
    canvas.setFillColor(ink)
    y = top - text.size * _ASCENT
    for row in text.rows:
        canvas.drawString(left, y, row)
        y -= text.size * LEADING


def _draw_seal(drawing: Drawing, element: Element, filled: Filled) -> None:
    canvas = drawing.canvas
    radius = element.width / 2
    centre, middle = (element.x + radius) * mm, drawing.y(element.y + radius)
    canvas.setStrokeColor(_FAINT)
    canvas.setLineWidth(0.5)
    canvas.setDash(1, 2.5)
    canvas.circle(centre, middle, radius * mm)
    canvas.setDash()
    canvas.setFillColor(_FAINT)
    lines = filled_text(element.text, filled.values, filled.sex)
    text = box_text(
        lines, fonts.FORMAL_ITALIC, 8, element.width * 0.7 * mm, element.width * 0.5 * mm, shrink_first=False
    )
    canvas.setFont(fonts.FORMAL_ITALIC, text.size)
    y = middle + (len(text.rows) * text.size * LEADING) / 2 - text.size * _ASCENT
    for row in text.rows:
        canvas.drawCentredString(centre, y, row)
        y -= text.size * LEADING


def _draw_signatures(drawing: Drawing, element: Element, filled: Filled) -> None:
    """One signatory, or all of them side by side: a line to sign on, and who signs below it."""
    chosen = filled.signatories if element.which == 0 else filled.signatories[element.which - 1 : element.which]
    column = element.width / max(len(chosen), 1)
    gap = _SIGNATURE_GAP if len(chosen) > 1 else 0.0
    room = min(column - gap, _WIDEST_SIGNATURE) if element.which == 0 else column
    ranked = any(each.rank for each in chosen)
    for place, signatory in enumerate(chosen):
        left = element.x + column * place + (column - room) / 2
        _draw_signatory(drawing, element, signatory, left, room, leave_line=ranked and not signatory.rank)


def _draw_signatory(
    drawing: Drawing,
    element: Element,
    signatory: CertificateSignatory,
    left: float,
    room: float,
    *,
    leave_line: bool,
) -> None:
    """`leave_line`: names stand side by side, and only the others have a rank above theirs."""
    canvas, ink = drawing.canvas, HexColor(element.colour)
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(0.6)
    top = drawing.y(element.y)
    canvas.line(left * mm, top, (left + room) * mm, top)
    size = element.size
    while True:
        texts = signatory_texts(signatory, size, room * mm)
        height = sum(len(text.rows) * text.size * LEADING for text, _ in texts)
        if height <= element.height * mm - 3 or size <= 4 or not element.height:
            break
        size -= 0.5
    canvas.setFillColor(ink)
    y = top - 3 - (size * _RANK_SHARE * LEADING if leave_line else 0.0)
    for text, face in texts:
        canvas.setFont(face, text.size)
        for row in text.rows:
            canvas.drawCentredString((left + room / 2) * mm, y - text.size * _ASCENT, row)
            y -= text.size * LEADING


def signatory_texts(signatory: CertificateSignatory, size: float, room: float) -> list[tuple[BoxText, str]]:
    """Rank, name and post under a line of `room` points, with their typefaces."""
    return [
        (box_text((text,), face, size * share, room, 0, shrink_first=True), face)
        for text, face, share in (
            (signatory.rank, fonts.FORMAL, _RANK_SHARE),
            (signatory.name, fonts.FORMAL_BOLD, 1.0),
            (signatory.post, fonts.FORMAL_ITALIC, 0.84),
        )
        if text
    ]


def _draw_qr(drawing: Drawing, element: Element, filled: Filled) -> None:
    if not filled.code:
        return
    picture = QrPicture(filled.code)
    least = least_qr_mm(picture)
    if element.width < least - 0.01:
        raise UserError(
            N_(
                "The QR of certificate {number} needs {least} mm and has {width} mm in its template: smaller it is not"
                " read. Make it larger there, or shorten the name of the course."
            ),
            number=filled.values.get("number", ""),
            least=f"{least:.1f}",
            width=f"{element.width:g}",
        )
    drawing.canvas.setFillColorRGB(1, 1, 1)
    side = element.width * mm
    x, y = element.x * mm, drawing.y(element.y + element.width)
    drawing.canvas.rect(x, y, side, side, stroke=0, fill=1)
    picture.draw(drawing.canvas, x, y, side)


def least_qr_mm(picture: QrPicture) -> float:
    """The smallest side on paper, with the quiet zone, at which a symbol is still read."""
    return picture.modules * LEAST_MODULE_MM


def _draw_rows_of(drawing: Drawing, element: Element, filled: Filled) -> None:
    draw_table(drawing.canvas, element, filled, drawing.t, drawing.y(element.y))


_DRAWN: Mapping[ElementKind, Callable[[Drawing, Element, Filled], None]] = {
    ElementKind.TEXT: _draw_text,
    ElementKind.IMAGE: _draw_image,
    ElementKind.LINE: _draw_line,
    ElementKind.BOX: _draw_box,
    ElementKind.QR: _draw_qr,
    ElementKind.SIGNATURE: _draw_signatures,
    ElementKind.SEAL: _draw_seal,
    ElementKind.TABLE: _draw_rows_of,
}
