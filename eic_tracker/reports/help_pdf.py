"""A page of the help on paper; of Markdown it knows what the help uses: headings, lists, bold words and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead
from eic_tracker.reports.pdf.page import BODY, SUBSECTION, TITLE, Furniture, gap, paragraph, report_bytes
from eic_tracker.reports.pdf.paper import Paper

_TEXT = ParagraphStyle("help", parent=BODY, fontSize=11, leading=15.5, spaceAfter=7)
_ITEM = ParagraphStyle(
    "help-item", parent=_TEXT, leftIndent=18, bulletIndent=2, bulletFontName=fonts.TEXT, spaceAfter=5
)
_ITEM_START = re.compile(r"(?P<mark>-|\d+\.) +(?P<text>.*)")
_STRONG = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")


def help_pdf(text: str, t: Translator, paper: Paper, *, letterhead: tuple[str, ...], foot: str) -> bytes:
    """The page as a PDF under the school's letterhead; `foot` stands below each sheet."""
    fonts.register()
    heading, _, rest = text.partition("\n")
    title = heading.removeprefix("# ").strip()
    story: list[Flowable] = [Letterhead(letterhead), gap(14), paragraph(title, TITLE), gap(16), *_story(rest)]
    author = letterhead[-1] if letterhead else ""
    return report_bytes(story, Furniture(title=title, author=author, heading=title, foot=foot, mark=""), t, paper)


def _story(text: str) -> Iterator[Flowable]:
    for block in _blocks(text):
        found = _ITEM_START.fullmatch(block)
        if block.startswith("#"):
            yield paragraph(block.lstrip("# "), SUBSECTION)
        elif found is not None:
            mark = "•" if found["mark"] == "-" else found["mark"]
            yield Paragraph(_marked(found["text"]), _ITEM, bulletText=mark)
        else:
            yield Paragraph(_marked(block), _TEXT)


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, headings and items, each in one line."""
    held: list[str] = []
    for line in [*text.splitlines(), ""]:
        starts = not line.strip() or line.startswith("#") or _ITEM_START.match(line) is not None
        if starts and held:
            yield " ".join(held)
            held = []
        if line.strip():
            held.append(line.strip())


def _marked(text: str) -> str:
    """Bold words and keys in the bold typeface; everything else is plain text."""
    return _STRONG.sub(
        lambda found: f'<font name="{fonts.TEXT_BOLD}">{found.group(1) or found.group(2)}</font>', escape(text)
    )
