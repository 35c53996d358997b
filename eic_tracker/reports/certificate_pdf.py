"""Certificates on Carta, landscape: one page each, with the school's letterhead, seal room and QR."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.codes import CertificateKind
from eic_tracker.domain.words import date_range_in_words, day_in_words, hours_in_words
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.formal import block, demonstration_words, draw_watermark
from eic_tracker.reports.pdf.lettering import LEADING, Line, draw_lines, fitted, wrapped
from eic_tracker.reports.pdf.qr import qr_picture

PAGE_WIDTH, PAGE_HEIGHT = landscape(letter)
QR_DEMONSTRATION = "DEMOSTRACION SIN VALOR "
"""What a scanner reads before the number of a demonstration certificate (letters of the QR's dense alphabet)."""

_CENTRE = PAGE_WIDTH / 2
_MARGIN = 56.0
_FLOOR = 46.0
_BAND_TOP = 158.0
_SEAL = 35 * mm
_QR = 20 * mm
_EMBLEM = 62.0
_EMBLEM_TOP = PAGE_HEIGHT - 40
_HEAD_TOP = _EMBLEM_TOP - _EMBLEM * 0.78 - 5
_TEXT_WIDTH = PAGE_WIDTH - 2 * _MARGIN - 40
_INK = HexColor(0x1C1C1C)
_SOFT = HexColor(0x6B6B6B)
_FAINT = HexColor(0xB9B9B9)
_WARNING = HexColor(0xB00020)


@dataclass(frozen=True, slots=True)
class CertificateSignatory:
    """Who signs: rank, name and post as printed; `by_absence` when a deputy signs for the holder of the post."""

    rank: str
    name: str
    post: str
    by_absence: bool = False


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Everything that one certificate says; texts are printed as they stand here."""

    letterhead: tuple[str, ...]
    """top to bottom; the last line is the school"""
    kind: CertificateKind
    """diploma or participation; other kinds are other papers (KeyError)"""
    number: str
    rank: str
    name: str
    course_title: str
    offering_code: str
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    issued_on: dt.date
    place: str
    """the city in which it is given"""
    signatories: tuple[CertificateSignatory, ...]
    """one to three"""
    demonstration: bool
    reference: str
    """small print by which the office finds the file: the act, the book, the batch"""
    document: str | None = None
    """with its type, as printed: "DNI 0801-1990-12345"; None leaves the line out"""
    course_place: str | None = None
    """where the course was held, None leaves it out"""


@dataclass(frozen=True, slots=True)
class _Style:
    title: str
    reason: str
    ink: Color
    ornament: Color


_STYLES = {
    CertificateKind.DIPLOMA: _Style(
        N_("DIPLOMA"), N_("for having passed the course"), HexColor(0x14284B), HexColor(0xA98A3A)
    ),
    CertificateKind.PARTICIPATION: _Style(
        N_("CERTIFICATE OF PARTICIPATION"),
        N_("for having taken part in the course"),
        HexColor(0x1E4D45),
        HexColor(0x8A9A94),
    ),
}


def certificates_pdf(items: Sequence[CertificateFacts], t: Translator) -> bytes:
    """One page for each certificate, in the given order; equal input gives equal bytes.

    UserError when a text has a character that the typefaces lack: a box on a diploma is worse than none."""
    check_letters(items)
    items = [_composed(item) for item in items]
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang=t.language.value,
        initialFontName=fonts.FORMAL,
    )
    canvas.setTitle(_document_title(items, t))
    canvas.setAuthor(items[0].letterhead[-1] if items else "")
    canvas.setSubject(t("Certificates"))
    canvas.setCreator("EIC Tracker")
    faces: dict[tuple[object, ...], str] = {}
    for item in items:
        key = (item.letterhead, item.kind, item.demonstration)
        if key not in faces:
            faces[key] = f"face{len(faces)}"
            canvas.beginForm(faces[key], 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
            _draw_face(canvas, item, t)
            canvas.endForm()
        canvas.doForm(faces[key])
        _draw_words(canvas, item, t)
        _draw_signatories(canvas, item, t)
        _draw_number(canvas, item, t)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def check_letters(items: Sequence[CertificateFacts]) -> None:
    """UserError when a certificate cannot be printed as it stands; ask before a number is taken."""
    for position, item in enumerate(items, 1):
        _refuse_missing_letters(_composed(item), position, len(items))


def qr_text(item: CertificateFacts) -> str:
    """What the QR of a certificate holds: its number, marked when it belongs to a demonstration."""
    return f"{QR_DEMONSTRATION}{item.number}" if item.demonstration else item.number


def _composed(value: Any) -> Any:
    """The same facts with letters and their accents as one character, which is how the typefaces hold them."""
    if isinstance(value, str) and not isinstance(value, CertificateKind):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, tuple):
        return tuple(_composed(part) for part in value)
    if isinstance(value, CertificateFacts | CertificateSignatory):
        parts = {field.name: _composed(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return value


def _document_title(items: Sequence[CertificateFacts], t: Translator) -> str:
    if len(items) == 1:
        return t("Certificate {number}", number=items[0].number)
    codes = ", ".join(sorted({item.offering_code for item in items}))
    return t("Certificates of course {code}", code=codes)


def _printed_texts(item: CertificateFacts) -> Iterator[str]:
    yield from item.letterhead
    yield from (item.number, item.rank, item.course_title, item.offering_code, item.place, item.reference)
    yield from (text for text in (item.document, item.course_place) if text)
    for signatory in item.signatories:
        yield from (signatory.rank, signatory.name, signatory.post)


def _refuse_missing_letters(item: CertificateFacts, position: int, count: int) -> None:
    for place, letter_ in fonts.missing_letters(item.name, fonts.FORMAL_BOLD):
        raise UserError(
            N_(
                "Certificate {position} of {count}, {number}: the name “{name}” has a character at place {place}"
                " ({code}) that cannot be printed. Write the name with other letters and prepare it again."
            ),
            position=position,
            count=count,
            number=item.number,
            name=item.name,
            place=place,
            code=f"U+{ord(letter_):04X}",
        )
    for text in _printed_texts(item):
        for face in (fonts.FORMAL, fonts.FORMAL_BOLD, fonts.FORMAL_ITALIC):
            for place, letter_ in fonts.missing_letters(text, face):
                raise UserError(
                    N_(
                        "Certificate {position} of {count}, {number}: “{text}” has a character at place {place}"
                        " ({code}) that cannot be printed. Correct that text and prepare it again."
                    ),
                    position=position,
                    count=count,
                    number=item.number,
                    text=text,
                    place=place,
                    code=f"U+{ord(letter_):04X}",
                )


def _draw_face(canvas: Canvas, item: CertificateFacts, t: Translator) -> None:
    """What all certificates of a kind share: frame, emblem rooms, letterhead, mark of a demonstration."""
    style = _STYLES[item.kind]
    if item.demonstration:
        draw_watermark(canvas, PAGE_WIDTH, PAGE_HEIGHT)
    canvas.setStrokeColor(style.ink)
    canvas.setLineWidth(2.2)
    canvas.rect(22, 22, PAGE_WIDTH - 44, PAGE_HEIGHT - 44)
    canvas.setStrokeColor(style.ornament)
    canvas.setLineWidth(0.7)
    canvas.rect(28, 28, PAGE_WIDTH - 56, PAGE_HEIGHT - 56)
    _draw_rooms(canvas, t)
    y = _HEAD_TOP
    for line in _letterhead(item):
        y -= line.gap + line.size * LEADING
        canvas.setFont(line.face, line.size)
        canvas.setFillColor(line.colour)
        canvas.drawCentredString(_CENTRE, y, line.text, charSpace=line.spacing)
    if item.demonstration:
        canvas.setFont(fonts.FORMAL_BOLD, 11)
        canvas.setFillColor(_WARNING)
        canvas.drawCentredString(_CENTRE, 33.5, demonstration_words(t))


def _letterhead(item: CertificateFacts) -> list[Line]:
    """The letterhead, the school in large letters."""
    lines = []
    for text in item.letterhead[:-1]:
        size, parts = fitted(text, fonts.FORMAL, 11, PAGE_WIDTH - 2 * _MARGIN - 2 * _EMBLEM - 40)
        lines += [Line(part, fonts.FORMAL, size, _INK) for part in parts]
    size, parts = fitted(item.letterhead[-1], fonts.FORMAL_BOLD, 17, PAGE_WIDTH - 2 * _MARGIN - 40)
    ink = _STYLES[item.kind].ink
    return lines + [
        Line(part, fonts.FORMAL_BOLD, size, ink, gap=0 if index else 3, spacing=0.6) for index, part in enumerate(parts)
    ]


def _draw_rooms(canvas: Canvas, t: Translator) -> None:
    """Empty frames for three emblems, and room for the seal; a school adds its own pictures."""
    canvas.setStrokeColor(_FAINT)
    canvas.setLineWidth(0.5)
    top = _EMBLEM_TOP
    canvas.rect(_MARGIN, top - _EMBLEM, _EMBLEM, _EMBLEM)
    canvas.rect(PAGE_WIDTH - _MARGIN - _EMBLEM, top - _EMBLEM, _EMBLEM, _EMBLEM)
    middle = _EMBLEM * 0.78
    canvas.rect(_CENTRE - middle / 2, top - middle, middle, middle)
    canvas.setDash(1, 2.5)
    canvas.circle(_MARGIN + _SEAL / 2, _FLOOR + _SEAL / 2 + 4, _SEAL / 2)
    canvas.setDash()
    canvas.setFont(fonts.FORMAL_ITALIC, 7.5)
    canvas.setFillColor(_FAINT)
    canvas.drawCentredString(_MARGIN + _SEAL / 2, _FLOOR + 12, t("Seal"))


def _draw_words(canvas: Canvas, item: CertificateFacts, t: Translator) -> None:
    style = _STYLES[item.kind]
    title = t(style.title)
    title_size, _ = fitted(title, fonts.FORMAL_BOLD, 36, _TEXT_WIDTH - 120, least=0.4)
    lines = [
        Line(t("hereby awards this"), fonts.FORMAL_ITALIC, 13.5, _INK, gap=10),
        Line(title, fonts.FORMAL_BOLD, title_size, style.ink, gap=0, spacing=3),
        Line(t("to:"), fonts.FORMAL_ITALIC, 13.5, _INK, gap=0),
    ]
    if item.rank:
        lines += block(item.rank, fonts.FORMAL, 14, _INK, _TEXT_WIDTH, gap=4)
    lines += block(item.name, fonts.FORMAL_BOLD, 28, style.ink, _TEXT_WIDTH, gap=1, shrink=True, ruled=True)
    if item.document:
        lines += block(item.document, fonts.FORMAL, 11, _INK, _TEXT_WIDTH, gap=1)
    lines.append(Line(t(style.reason), fonts.FORMAL_ITALIC, 13.5, _INK, gap=8))
    lines += block(item.course_title, fonts.FORMAL_BOLD, 19, _INK, _TEXT_WIDTH, gap=2, shrink=True)
    lines += block(_course_sentence(item, t), fonts.FORMAL, 13, _INK, _TEXT_WIDTH, gap=3)
    given = t("Given in the city of {place}, {day}.", place=item.place, day=day_in_words(item.issued_on, t.language))
    lines += block(given, fonts.FORMAL, 13, _INK, _TEXT_WIDTH, gap=6)
    foot = _HEAD_TOP - sum(line.gap + line.size * LEADING for line in _letterhead(item))
    draw_lines(canvas, lines, centre=_CENTRE, top=foot - 6, bottom=_BAND_TOP)


def _course_sentence(item: CertificateFacts, t: Translator) -> str:
    values = {
        "hours": hours_in_words(item.hours, t.language),
        "dates": date_range_in_words(item.starts_on, item.ends_on, t.language),
        "code": item.offering_code,
    }
    if item.course_place:
        return t("of {hours}, held {dates} in {place} (course {code}).", place=item.course_place, **values)
    return t("of {hours}, held {dates} (course {code}).", **values)


def _draw_signatories(canvas: Canvas, item: CertificateFacts, t: Translator) -> None:
    left = _MARGIN + _SEAL + 14
    right = PAGE_WIDTH - _MARGIN - 96
    column = (right - left) / max(len(item.signatories), 1)
    for index, signatory in enumerate(item.signatories):
        centre = left + column * (index + 0.5)
        room = min(column - 14, 210)
        post = t("{post} (by absence)", post=signatory.post) if signatory.by_absence else signatory.post
        rows: list[tuple[str, str, float]] = []
        for text, face, size in (
            (signatory.rank, fonts.FORMAL, 9.5),
            (signatory.name, fonts.FORMAL_BOLD, 11),
            (post, fonts.FORMAL_ITALIC, 9),
        ):
            rows += [(part, face, size) for part in wrapped(text, face, size, room) if part]
        y = _FLOOR + 54
        canvas.setStrokeColor(_INK)
        canvas.setLineWidth(0.6)
        canvas.line(centre - room / 2, y, centre + room / 2, y)
        canvas.setFillColor(_INK)
        leading = min(12.0, 52.0 / max(len(rows), 1))
        for part, face, size in rows:
            y -= leading
            canvas.setFont(face, min(size, leading / 1.02))
            canvas.drawCentredString(centre, y, part)


def _draw_number(canvas: Canvas, item: CertificateFacts, t: Translator) -> None:
    right = PAGE_WIDTH - _MARGIN
    picture = ImageReader(qr_picture(qr_text(item)))
    canvas.drawImage(picture, right - _QR - 12, _FLOOR + 26, _QR, _QR)
    centre = right - _QR / 2 - 12
    for text, face, size, colour, y in (
        (t("No. {number}", number=item.number), fonts.FORMAL_BOLD, 10, _INK, _FLOOR + 15),
        (item.reference, fonts.FORMAL, 7.5, _SOFT, _FLOOR + 4),
    ):
        fitting, parts = fitted(text, face, size, 110, least=0.6)
        canvas.setFont(face, fitting)
        canvas.setFillColor(colour)
        for row, part in enumerate(parts):
            canvas.drawCentredString(centre, y - row * fitting, part)
