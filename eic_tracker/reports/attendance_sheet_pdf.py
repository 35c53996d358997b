"""Attendance sheets that prove: a page a week with boxes to sign in, morning and afternoon, and a code for the scan."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel.dates import get_day_names
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.paper_codes import SheetCode, sheet_code
from eic_tracker.domain.sheet_weeks import DAYS_ON_A_PAGE, SheetDay, SheetWeek
from eic_tracker.domain.words import date_range_in_words
from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.lettering import fitted, shortened, wrapped
from eic_tracker.reports.pdf.page import DEMONSTRATION, INK, NAVY, RULE, SOFT, TINT, WARNING
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.qr import qr_picture

BOX_WIDTH, BOX_HEIGHT = 18.2 * mm, 8.1 * mm
"""The least room for a signature; what the office asks for is 18 × 8 mm."""

_WIDEST_BOX = 26 * mm
_SIDE, _TOP, _BOTTOM = 8 * mm, 7 * mm, 7 * mm
_HEADER, _HEAD, _SIGNATURES, _LEGEND = 23 * mm, 9 * mm, 17 * mm, 5 * mm
_QR = 21 * mm
_NUMBER, _NAME = 7 * mm, 74 * mm
_BLANK = 2
"""Lines without a name that each week has at least, for who comes without being listed."""
_LONGEST_NAME = 160
"""Letters of a name that are looked at: more have no room on two lines."""


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """Who signs: the whole name, the rank, the last digits of the identity document."""

    name: str
    rank: str
    document: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A course as its attendance sheets show it; `chosen` are the numbers of the weeks to print, empty: all."""

    uid: str
    code: str
    title: str
    school: str
    place: str
    instructor: str
    people: tuple[SheetPerson, ...]
    weeks: tuple[SheetWeek, ...]
    chosen: frozenset[int]
    demonstration: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """One sheet: days and people of a week that have room on it."""

    week: SheetWeek
    days: tuple[SheetDay, ...]
    first: int
    people: tuple[SheetPerson, ...]
    code: SheetCode
    folio: int


def attendance_sheets_pdf(facts: SheetFacts, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """The sheets of the chosen weeks on a lying paper; rows without a name are for who comes unexpected."""
    fonts.register()
    size = paper.size[::-1]
    rows = int((size[1] - _TOP - _BOTTOM - _HEADER - _HEAD - _SIGNATURES - _LEGEND - 2 * mm) // BOX_HEIGHT)
    pages = list(_pages(facts, rows))
    target = io.BytesIO()
    canvas = Canvas(
        target, pagesize=size, invariant=1, pageCompression=1, lang=t.language.value, initialFontName=fonts.TEXT
    )
    canvas.setTitle(t("Attendance sheets of course {code}", code=facts.code))
    canvas.setAuthor(facts.school)
    canvas.setSubject(t("Attendance sheet"))
    canvas.setCreator("EIC Tracker")
    for page in pages:
        if not facts.chosen or page.week.number in facts.chosen:
            _Sheet(canvas, facts, page, t, size, rows, len(pages)).draw()
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def _pages(facts: SheetFacts, rows: int) -> Iterator[_Page]:
    folio = 0
    for week in facts.weeks:
        number = 0
        for days in _parts(week.days, DAYS_ON_A_PAGE):
            for first in range(0, len(facts.people) + _BLANK, rows):
                folio, number = folio + 1, number + 1
                people = facts.people[first : first + rows]
                yield _Page(week, days, first, people, sheet_code(facts.uid, week.number, number), folio)


def _parts(days: Sequence[SheetDay], most: int) -> Iterator[tuple[SheetDay, ...]]:
    for first in range(0, len(days), most):
        yield tuple(days[first : first + most])


class _Sheet:
    """Draws one page from the top down; `y` is where the next part begins."""

    def __init__(
        self,
        canvas: Canvas,
        facts: SheetFacts,
        page: _Page,
        t: Translator,
        size: tuple[float, float],
        rows: int,
        folios: int,
    ) -> None:
        self.canvas, self.facts, self.page, self.t = canvas, facts, page, t
        self.width, self.y = size[0], size[1] - _TOP
        self.rows, self.folios = rows, folios
        halves = 2 * len(page.days)
        room = self.width - 2 * _SIDE - _NUMBER
        self.box = min(max((room - _NAME) / halves, BOX_WIDTH), _WIDEST_BOX)
        self.names = room - self.box * halves
        self.boxes = _SIDE + _NUMBER + self.names

    def draw(self) -> None:
        self._draw_header()
        self._draw_days()
        for row in range(self.rows):
            self._draw_row(row)
        self._draw_signatures()

    def _draw_header(self) -> None:
        page, facts, t = self.page, self.facts, self.t
        right = self.width - _SIDE
        picture = ImageReader(qr_picture(page.code.text))
        self.canvas.drawImage(picture, right - _QR, self.y - _QR, _QR, _QR)
        span = date_range_in_words(page.days[0].held_on, page.days[-1].held_on, t.language)
        week = t("Attendance sheet · week {number}, {days}", number=page.week.number, days=span)
        course = t("Course {code} · {title}", code=facts.code, title=facts.title)
        told = [facts.place, t("Instructor: {name}", name=facts.instructor) if facts.instructor else ""]
        beside = right - _QR - 46 * mm
        y = self.y
        for text, face, points, colour in (
            (facts.school, fonts.TEXT, 9.0, SOFT),
            (week, fonts.TEXT_BOLD, 13.0, NAVY),
            (course, fonts.TEXT_BOLD, 10.5, INK),
            (" · ".join(each for each in told if each), fonts.TEXT, 8.6, INK),
        ):
            y -= points * 1.32
            self._say(_SIDE, y, shortened(text, face, points, beside - _SIDE), face, points, colour)
        y = self.y
        for text, face, points, colour in (
            (t("Folio {folio} of {folios}", folio=page.folio, folios=self.folios), fonts.TEXT_BOLD, 11.0, INK),
            (t("Code of the sheet"), fonts.TEXT, 7.0, SOFT),
            (page.code.text, fonts.TEXT_BOLD, 9.4, INK),
            (DEMONSTRATION if facts.demonstration else "", fonts.TEXT_BOLD, 9.0, WARNING),
        ):
            y -= points * 1.5
            self._say(right - _QR - 3 * mm, y, text, face, points, colour, end=True)
        self.y -= _HEADER

    def _draw_days(self) -> None:
        t, half = self.t, _HEAD / 2
        names = get_day_names("wide", locale=t.language.value)
        self.canvas.setFillColor(TINT)
        self.canvas.rect(_SIDE, self.y - _HEAD, self.width - 2 * _SIDE, _HEAD, stroke=0, fill=1)
        self._say(_SIDE + 1.5 * mm, self.y - _HEAD + 2 * mm, t("No."), fonts.TEXT_BOLD, 7.4, NAVY)
        name = t("Name, rank and last digits of the document")
        self._say(_SIDE + _NUMBER + 1 * mm, self.y - _HEAD + 2 * mm, name, fonts.TEXT_BOLD, 7.4, NAVY, self.names)
        for number, day in enumerate(self.page.days):
            x = self.boxes + number * 2 * self.box
            title = f"{names[day.held_on.weekday()]} {t.date(day.held_on)}"
            self._centre(x + self.box, self.y - half + 1.4 * mm, title, fonts.TEXT_BOLD, 8, 2 * self.box)
            for place, text in enumerate((t("Morning"), t("Afternoon"))):
                self._centre(x + self.box * (place + 0.5), self.y - _HEAD + 1.4 * mm, text, fonts.TEXT, 7.4, self.box)
            self._line(x, self.y, x, self.y - _HEAD - self.rows * BOX_HEIGHT, 1.1)
        self.y -= _HEAD

    def _draw_row(self, row: int) -> None:
        canvas, page = self.canvas, self.page
        bottom = self.y - BOX_HEIGHT
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.4)
        canvas.rect(_SIDE, bottom, _NUMBER, BOX_HEIGHT)
        canvas.rect(_SIDE + _NUMBER, bottom, self.names, BOX_HEIGHT)
        for place in range(2 * len(page.days)):
            day = page.days[place // 2]
            x = self.boxes + place * self.box
            held = day.afternoon if place % 2 else day.morning
            canvas.setStrokeColor(INK)
            canvas.setFillColor(TINT)
            canvas.rect(x, bottom, self.box, BOX_HEIGHT, stroke=1, fill=0 if held else 1)
            if not held:
                self._line(x, bottom, x + self.box, self.y, 0.4)
        if row < len(page.people):
            self._draw_person(page.first + row + 1, page.people[row], bottom)
        self.y = bottom

    def _draw_person(self, number: int, person: SheetPerson, bottom: float) -> None:
        room = self.names - 2 * mm
        x = _SIDE + _NUMBER + 1 * mm
        self._say(_SIDE + _NUMBER - 1.2 * mm, bottom + 2.6 * mm, str(number), fonts.TEXT, 8, INK, end=True)
        below = " · ".join(part for part in (person.document, person.rank) if part)
        points, lines = fitted(person.name[:_LONGEST_NAME], fonts.TEXT_BOLD, 8.8, room, least=0.75)
        if len(lines) == 1:
            self._say(x, bottom + 4.6 * mm, lines[0], fonts.TEXT_BOLD, points, INK, room)
            self._say(x, bottom + 1.5 * mm, below, fonts.TEXT, 7, SOFT, room)
            return
        lines = wrapped(person.name[:_LONGEST_NAME], fonts.TEXT_BOLD, 6.4, room)
        second = " ".join(lines[1:])
        self._say(x, bottom + 5.7 * mm, lines[0], fonts.TEXT_BOLD, 6.4, INK, room)
        self._say(x, bottom + 3.5 * mm, second, fonts.TEXT_BOLD, 6.4, INK, room)
        self._say(x, bottom + 1.2 * mm, below, fonts.TEXT, 6, SOFT, room)

    def _draw_signatures(self) -> None:
        t = self.t
        legend = t("Each person signs in each half day. In a box without signature: A absent, E excused, L late.")
        self._say(_SIDE, self.y - 3.6 * mm, legend, fonts.TEXT, 7.4, SOFT)
        top = self.y - _LEGEND
        room = (self.width - 2 * _SIDE - 6 * mm) / 2
        signers = (t("Instructor: name and signature"), t("Registrar: name, signature and seal"))
        for number, text in enumerate(signers):
            x = _SIDE + number * (room + 6 * mm)
            self.canvas.setStrokeColor(INK)
            self.canvas.setLineWidth(0.6)
            self.canvas.rect(x, top - _SIGNATURES, room, _SIGNATURES)
            self._say(x + 2 * mm, top - 3.6 * mm, text, fonts.TEXT, 7.4, SOFT)

    def _say(
        self,
        x: float,
        y: float,
        text: str,
        face: str,
        points: float,
        colour: object,
        room: float | None = None,
        *,
        end: bool = False,
    ) -> None:
        self.canvas.setFont(face, points)
        self.canvas.setFillColor(colour)
        words = text if room is None else shortened(text, face, points, room)
        (self.canvas.drawRightString if end else self.canvas.drawString)(x, y, words)

    def _centre(self, x: float, y: float, text: str, face: str, points: float, room: float) -> None:
        self.canvas.setFont(face, points)
        self.canvas.setFillColor(INK)
        self.canvas.drawCentredString(x, y, shortened(text, face, points, room))

    def _line(self, x: float, y: float, to_x: float, to_y: float, width: float) -> None:
        self.canvas.setStrokeColor(RULE if width < 1 else NAVY)
        self.canvas.setLineWidth(width)
        self.canvas.line(x, y, to_x, to_y)
