"""A page of crosses and rulers by which the offset of a printer is measured."""

from __future__ import annotations

import io

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.page import INK, SOFT
from eic_tracker.reports.template_pdf import PrintOptions

_MARGIN = 20.0
"""Millimetres from the edges to the crosses."""
_ARM = 8.0


def calibration_pdf(size: tuple[float, float], t: Translator, options: PrintOptions) -> bytes:
    """One page of that size in millimetres, printed with the same offsets as certificates."""
    fonts.register()
    width, height = size
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=(width * mm, height * mm),
        invariant=1,
        pageCompression=1,
        lang=t.language.value,
        initialFontName=fonts.TEXT,
    )
    canvas.setTitle(t("Calibration page"))
    canvas.translate(options.right_mm * mm, -options.down_mm * mm)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.3)
    for x in (_MARGIN, width - _MARGIN):
        for y in (_MARGIN, height - _MARGIN):
            _draw_cross(canvas, x, y)
    _draw_ruler(canvas, width, height)
    lines = (
        t("Calibration page"),
        t("Print it at 100 %, without “fit to page”, on the sheet of the certificates."),
        t("Measure from the edges of the paper to the crosses: each lies 20 mm from both edges."),
        t("Where a cross lies too far left or too high, enter the missing millimetres as offset."),
        t(
            "Offset of this page: {right} mm to the right, {down} mm down.",
            right=t.decimal(options.right_mm),
            down=t.decimal(options.down_mm),
        ),
    )
    y = height * mm - 50 * mm
    for number, line in enumerate(lines):
        face, points = (fonts.TEXT_BOLD, 14.0) if number == 0 else (fonts.TEXT, 10.0)
        canvas.setFont(face, points)
        canvas.setFillColor(INK if number < len(lines) - 1 else SOFT)
        canvas.drawCentredString(width * mm / 2, y, line)
        y -= 16
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.line((x - _ARM) * mm, y * mm, (x + _ARM) * mm, y * mm)
    canvas.line(x * mm, (y - _ARM) * mm, x * mm, (y + _ARM) * mm)
    canvas.circle(x * mm, y * mm, 2 * mm)


def _draw_ruler(canvas: Canvas, width: float, height: float) -> None:
    """Millimetres along the upper and left edge, counted from the edges."""
    canvas.setFont(fonts.TEXT, 6)
    canvas.setFillColor(INK)
    for place in range(int(width) + 1):
        long = 4.0 if place % 10 == 0 else 2.5 if place % 5 == 0 else 1.5
        canvas.line(place * mm, height * mm, place * mm, (height - long) * mm)
        if place % 10 == 0 and 10 <= place <= width - 10:
            canvas.drawCentredString(place * mm, (height - 6.5) * mm, str(place))
    for place in range(int(height) + 1):
        long = 4.0 if place % 10 == 0 else 2.5 if place % 5 == 0 else 1.5
        canvas.line(0, (height - place) * mm, long * mm, (height - place) * mm)
        if place % 10 == 0 and 10 <= place <= height - 10:
            canvas.drawString(5 * mm, (height - place) * mm - 2, str(place))
