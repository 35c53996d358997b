"""The mark of a demonstration on certificates, whatever their template says."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.pdf import fonts

_DEMONSTRATION = "DEMOSTRACIÓN, sin valor"
_WARNING = HexColor(0xB00020)


def draw_demonstration(canvas: Canvas, width: float, height: float, t: Translator) -> None:
    """“DEMOSTRACIÓN, sin valor” at the foot of a sheet, over whatever its template puts there."""
    canvas.setFont(fonts.FORMAL_BOLD, 11)
    canvas.setFillColor(_WARNING)
    canvas.drawCentredString(width / 2, 33.5 if width > height else 15, demonstration_words(t))


def draw_watermark(canvas: Canvas, width: float, height: float, t: Translator) -> None:
    """“DEMOSTRACIÓN, sin valor” across a sheet, lying or upright, in the language of the sheet."""
    words = _DEMONSTRATION if t.language is Language.ES else t("DEMONSTRATION, of no value")
    size, room = (62.0, width * 0.97) if width > height else (56.0, height * 0.86)
    size = min(size, size * room / fonts.width(words, fonts.FORMAL_BOLD, size))
    canvas.saveState()
    canvas.setFillColor(HexColor(0xF3DEDE))
    canvas.translate(width / 2, height / 2 + (-20 if width > height else 40))
    canvas.rotate(30 if width > height else 52)
    canvas.setFont(fonts.FORMAL_BOLD, size)
    canvas.drawCentredString(0, 0, words)
    canvas.restoreState()


def demonstration_words(t: Translator) -> str:
    """In both languages on foreign papers: whoever is shown one in Honduras must see that it has no value."""
    if t.language is Language.ES:
        return _DEMONSTRATION
    words = t("DEMONSTRATION, of no value")
    return f"{_DEMONSTRATION} · {words}"
