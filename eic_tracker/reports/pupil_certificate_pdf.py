"""Pupils' certificates on a lying sheet: a name or a line to write it on; no number, no code, nothing that is kept."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.words import day_in_words
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.formal import block, demonstration_words, draw_watermark
from eic_tracker.reports.pdf.lettering import LEADING, Line, draw_lines, fitted
from eic_tracker.reports.pdf.paper import Paper

_INK = HexColor(0x1C1C1C)
_TITLE = HexColor(0x1F3A5F)
_FRAME = HexColor(0x7F8C9A)
_WARNING = HexColor(0xB00020)
_MARGIN = 62.0
_HEAD_TOP = 62.0
_BAND_TOP = 142.0
_SIGNATURE_LINE = 96.0
_WIDEST_SIGNATURE = 210.0


@dataclass(frozen=True, slots=True)
class PupilCertificateFacts:
    """What the certificates of one class group say beside the name; texts are printed as they stand here."""

    letterhead: tuple[str, ...]
    programme: str
    curriculum: str
    school: str
    """empty where the group met at no school"""
    grade: str
    """grade and section: "5 A"; empty where neither is noted"""
    municipality: str
    school_year: int
    given_on: dt.date | None
    """None: a line to write the day on"""
    officers: tuple[str, ...]
    demonstration: bool


def pupil_certificates_pdf(
    facts: PupilCertificateFacts, names: Sequence[str], t: Translator, paper: Paper = Paper.LETTER
) -> bytes:
    """A page for each name; an empty name leaves a line to write on. Equal input gives equal bytes.

    UserError where a name has a character that the typefaces lack; it tells the place of the name, not the name."""
    names = [unicodedata.normalize("NFC", name) for name in names]
    for place, name in enumerate(names, 1):
        for _at, letter in fonts.missing_letters(name, fonts.FORMAL_BOLD):
            raise UserError(
                N_("Name {place} has a character ({code}) that cannot be printed. Write it with other letters."),
                place=place,
                code=f"U+{ord(letter):04X}",
            )
    fonts.register()
    size = paper.size[::-1]
    target = io.BytesIO()
    canvas = Canvas(
        target, pagesize=size, invariant=1, pageCompression=1, lang=t.language.value, initialFontName=fonts.FORMAL
    )
    canvas.setTitle(t("Pupils' certificates"))
    canvas.setAuthor(facts.letterhead[-1] if facts.letterhead else "")
    canvas.setCreator("EIC Tracker")
    canvas.beginForm("face", 0, 0, *size)
    _draw_face(canvas, facts, t, size)
    canvas.endForm()
    for name in names:
        canvas.doForm("face")
        _draw_words(canvas, facts, name, t, size)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_face(canvas: Canvas, facts: PupilCertificateFacts, t: Translator, size: tuple[float, float]) -> None:
    """Frame, letterhead, signatures: the same on each page."""
    width, height = size
    if facts.demonstration:
        draw_watermark(canvas, width, height)
    canvas.setStrokeColor(_FRAME)
    canvas.setLineWidth(1.4)
    canvas.rect(26, 26, width - 52, height - 52)
    y = height - _HEAD_TOP
    for line in _head(facts, width):
        y -= line.gap + line.size * LEADING
        canvas.setFont(line.face, line.size)
        canvas.setFillColor(line.colour)
        canvas.drawCentredString(width / 2, y, line.text)
    if facts.demonstration:
        canvas.setFont(fonts.FORMAL_BOLD, 11)
        canvas.setFillColor(_WARNING)
        canvas.drawCentredString(width / 2, 36, demonstration_words(t))
    signers = [(name, t("Instructor of the programme")) for name in facts.officers[:2]] or [
        ("", t("Instructor of the programme"))
    ]
    if facts.school:
        signers.append(("", t("Head of the school")))
    column = (width - 2 * _MARGIN) / len(signers)
    for place, (name, post) in enumerate(signers):
        _draw_signer(canvas, name, post, _MARGIN + column * (place + 0.5), min(column - 24, _WIDEST_SIGNATURE))


def _draw_signer(canvas: Canvas, name: str, post: str, centre: float, room: float) -> None:
    canvas.setStrokeColor(_INK)
    canvas.setLineWidth(0.6)
    canvas.line(centre - room / 2, _SIGNATURE_LINE, centre + room / 2, _SIGNATURE_LINE)
    canvas.setFillColor(_INK)
    y = _SIGNATURE_LINE
    for text, face, points in ((name, fonts.FORMAL_BOLD, 11.0), (post, fonts.FORMAL_ITALIC, 10.0)):
        fitting, parts = fitted(text, face, points, room) if text else (points, ())
        for part in parts:
            y -= fitting * LEADING
            canvas.setFont(face, fitting)
            canvas.drawCentredString(centre, y, part)


def _head(facts: PupilCertificateFacts, width: float) -> list[Line]:
    lines = []
    for place, text in enumerate(facts.letterhead):
        last = place == len(facts.letterhead) - 1
        face, points = (fonts.FORMAL_BOLD, 15.0) if last else (fonts.FORMAL, 11.0)
        fitting, parts = fitted(text, face, points, width - 2 * _MARGIN)
        lines += [Line(part, face, fitting, _TITLE if last else _INK) for part in parts]
    return lines


def _draw_words(
    canvas: Canvas, facts: PupilCertificateFacts, name: str, t: Translator, size: tuple[float, float]
) -> None:
    width, height = size
    room = width - 2 * _MARGIN - 40
    lines = [
        Line(t("CERTIFICATE"), fonts.FORMAL_BOLD, 32, _TITLE, gap=8, spacing=2),
        Line(t("awarded to:"), fonts.FORMAL_ITALIC, 14, _INK, gap=2),
        *block(name, fonts.FORMAL_BOLD, 28, _INK, room, gap=10, shrink=True, ruled=True),
        *block(
            t("for having completed the component “{curriculum}” of:", curriculum=facts.curriculum),
            fonts.FORMAL_ITALIC,
            14,
            _INK,
            room,
            gap=8,
        ),
        *block(facts.programme, fonts.FORMAL_BOLD, 16, _INK, room, gap=2),
        *block(_where(facts, t), fonts.FORMAL, 14, _INK, room, gap=4),
        *block(_given(facts, t), fonts.FORMAL, 13, _INK, room, gap=8),
    ]
    used = sum(line.gap + line.size * LEADING for line in _head(facts, width))
    draw_lines(canvas, lines, centre=width / 2, top=height - _HEAD_TOP - used - 8, bottom=_BAND_TOP)


def _where(facts: PupilCertificateFacts, t: Translator) -> str:
    year = t("school year {year}", year=facts.school_year)
    grade = t("grade {grade}", grade=facts.grade) if facts.grade else ""
    return ", ".join(part for part in (grade, facts.school, facts.municipality, year) if part)


def _given(facts: PupilCertificateFacts, t: Translator) -> str:
    place = facts.municipality or "_" * 24
    if facts.given_on is None:
        return t("Given in {place}, on {day}.", place=place, day="_" * 28)
    return t("Given in the city of {place}, {day}.", place=place, day=day_in_words(facts.given_on, t.language))
