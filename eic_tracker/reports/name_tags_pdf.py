"""Name tags of a course: cards of 90 by 55 mm, cut along their marks; a long name shrinks and stays in its card."""

from __future__ import annotations

import io

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.i18n import Translator
from eic_tracker.queries.office_papers import OfficePaper, PaperPerson
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.lettering import LEADING, boxed
from eic_tracker.reports.pdf.page import DEMONSTRATION, INK, NAVY, SOFT, WARNING
from eic_tracker.reports.pdf.paper import Paper

WIDTH, HEIGHT = 90 * mm, 55 * mm
"""As the holders that are sold for them."""
_MARGIN = 8 * mm
_MARK = 4 * mm
_PADDING = 4 * mm


def name_tags_pdf(course: OfficePaper, t: Translator, paper: Paper = Paper.LETTER, *, demonstration: bool) -> bytes:
    """A card for each person with a seat, two beside each other, as many rows as the sheet holds."""
    fonts.register()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=paper.size, invariant=1, pageCompression=1, lang=t.language.value)
    canvas.setTitle(t("Name tags: course {code}", code=course.code))
    canvas.setAuthor(course.school[-1] if course.school else "EIC Tracker")
    canvas.setCreator("EIC Tracker")
    width, height = paper.size
    rows = int((height - 2 * _MARGIN) // HEIGHT)
    left, top = (width - 2 * WIDTH) / 2, (height + rows * HEIGHT) / 2
    people = course.seated
    for first in range(0, max(len(people), 1), 2 * rows):
        for place, person in enumerate(people[first : first + 2 * rows]):
            x, y = left + (place % 2) * WIDTH, top - (place // 2 + 1) * HEIGHT
            _draw_card(canvas, x, y, person, course, demonstration=demonstration)
        _draw_marks(canvas, left, top, rows)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_card(
    canvas: Canvas, x: float, y: float, person: PaperPerson, course: OfficePaper, *, demonstration: bool
) -> None:
    """School above, rank and name in the middle, institution and course below."""
    centre, room = x + WIDTH / 2, WIDTH - 2 * _PADDING
    top = y + HEIGHT - _PADDING
    name = f"{person.given_names} {person.surnames}".strip()
    where = person.unit or person.institution
    if person.unit and person.institution and person.institution not in person.unit:
        where = f"{person.unit}, {person.institution}"
    school = course.school[-1] if course.school else ""
    parts: tuple[tuple[str, str, float, float, Color], ...] = (
        (school, fonts.TEXT, 8, 10, SOFT),
        (person.rank, fonts.TEXT, 12, 16, INK),
        (name, fonts.TEXT_BOLD, 24, 62, NAVY),
        (where, fonts.TEXT, 10, 24, INK),
        (f"{course.code} · {course.title}", fonts.TEXT, 7.5, 18, SOFT),
    )
    for text, face, size, height, colour in parts:
        _draw_in_box(canvas, text, face, size, colour, centre, top, room, height)
        top -= height
    if demonstration:
        canvas.setFont(fonts.TEXT_BOLD, 6.5)
        canvas.setFillColor(WARNING)
        canvas.drawCentredString(centre, y + 1.2 * mm, DEMONSTRATION)


def _draw_in_box(
    canvas: Canvas,
    text: str,
    face: str,
    size: float,
    colour: Color,
    centre: float,
    top: float,
    room: float,
    height: float,
) -> None:
    """A text in the middle of its box, in lines that all fit in it."""
    if not text:
        return
    fitting, lines = boxed(text, face, size, room, height)
    canvas.setFont(face, fitting)
    canvas.setFillColor(colour)
    leading = fitting * LEADING
    baseline = top - (height - len(lines) * leading) / 2 - fitting
    for number, line in enumerate(lines):
        canvas.drawCentredString(centre, baseline - number * leading, line)


def _draw_marks(canvas: Canvas, left: float, top: float, rows: int) -> None:
    """Where to cut: short lines in the margin at every edge, small crosses where four cards meet."""
    canvas.setStrokeColor(SOFT)
    canvas.setLineWidth(0.4)
    bottom, right = top - rows * HEIGHT, left + 2 * WIDTH
    for column in range(3):
        x = left + column * WIDTH
        canvas.line(x, top + 1 * mm, x, top + _MARK)
        canvas.line(x, bottom - 1 * mm, x, bottom - _MARK)
    for row in range(rows + 1):
        y = top - row * HEIGHT
        canvas.line(left - 1 * mm, y, left - _MARK, y)
        canvas.line(right + 1 * mm, y, right + _MARK, y)
        if 0 < row < rows:
            x = left + WIDTH
            canvas.line(x - 1 * mm, y, x + 1 * mm, y)
            canvas.line(x, y - 1 * mm, x, y + 1 * mm)
