"""The shipped typefaces, registered once; every paper embeds what it uses."""

from __future__ import annotations

import functools

from reportlab import rl_config
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from eic_tracker import paths

# every paper comes by here: pictures go in as they are, not as text, which takes ten times as long
rl_config.useA85 = 0

TEXT = "SourceSans3-Regular"
TEXT_BOLD = "SourceSans3-SemiBold"
TEXT_ITALIC = "SourceSans3-Italic"
FORMAL = "EBGaramond-Regular"
FORMAL_BOLD = "EBGaramond-SemiBold"
FORMAL_ITALIC = "EBGaramond-Italic"


@functools.cache
def register() -> None:
    """Make the shipped faces known to ReportLab, with their bold and italic for marked-up text."""
    folder = paths.resources() / "fonts"
    for name in (TEXT, TEXT_BOLD, TEXT_ITALIC, FORMAL, FORMAL_BOLD, FORMAL_ITALIC):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    for regular, bold, italic in ((TEXT, TEXT_BOLD, TEXT_ITALIC), (FORMAL, FORMAL_BOLD, FORMAL_ITALIC)):
        for is_bold, is_italic, face in ((0, 0, regular), (1, 0, bold), (0, 1, italic), (1, 1, bold)):
            addMapping(regular, is_bold, is_italic, face)


def missing_letters(text: str, face: str) -> list[tuple[int, str]]:
    """The characters of `text` that `face` cannot print, each with its position counted from 1."""
    register()
    known = pdfmetrics.getFont(face).face.charToGlyph
    return [(position, letter) for position, letter in enumerate(text, 1) if ord(letter) not in known]


def width(text: str, face: str, size: float) -> float:
    """The width of `text` in points."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))
