"""The sheet of a class group for its school: a box for each lesson, counts, signature and seal; no pupil is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, KeepInFrame, Table, TableStyle

from eic_tracker.domain.facts import Heads
from eic_tracker.domain.paper_codes import group_sheet_code
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.outreach_detail import Lesson
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.joining import joined
from eic_tracker.reports.pdf.lettering import fitted, shortened
from eic_tracker.reports.pdf.page import (
    CELL,
    CELL_BOLD,
    DEMONSTRATION,
    HEAD_CENTRE,
    INK,
    MARGINS,
    NAVY,
    RULE,
    SMALL,
    SOFT,
    TEXT_WIDTH,
    TINT,
    Furniture,
    gap,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.qr import qr_picture
from eic_tracker.reports.pdf.tables import plain_table

SIGN_WIDTH, SIGN_HEIGHT = 30 * mm, 8.4 * mm
"""Room of the officer's signature beside each lesson."""

_QR = 22 * mm
_SEAL = 34 * mm
_COUNT = 17 * mm
_MEASURES = (("enrolled", N_("On the class list")), ("reached", N_("Reached")), ("graduated", N_("Graduated")))


@dataclass(frozen=True, slots=True)
class GroupSheetFacts:
    """A class group as its sheet shows it; what is not recorded yet leaves room to write."""

    uid: str
    code: str
    school: str
    """the authority that gives the programme, on top"""
    group_school: str
    sace_code: str
    municipality: str
    department: str
    locality: str
    grade: str
    shift: str
    school_year: int
    curriculum: str
    officers: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    enrolled: Heads
    reached: Heads
    graduated: Heads
    graduates: bool
    """whether the component has a graduation"""
    demonstration: bool


def group_sheets_pdf(groups: Sequence[GroupSheetFacts], t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """A page for each class group, in the given order; equal input gives equal bytes."""
    return joined([_sheet(group, t, paper) for group in groups])


def _sheet(facts: GroupSheetFacts, t: Translator, paper: Paper) -> bytes:
    fonts.register()
    code = group_sheet_code(facts.uid)
    rule = t("Reached: different pupils who were at one lesson or more. No pupil is named on this sheet.")
    story: list[Flowable] = [
        _Head(facts, code, t),
        gap(6),
        _particulars(facts, t),
        gap(8),
        _lessons(facts, t),
        gap(8),
        _counts(facts, t),
        paragraph(rule, SMALL),
        gap(6),
        _Signatures(facts, t),
    ]
    furniture = Furniture(
        title=t("Class group sheet {code}", code=facts.code),
        author=facts.school,
        heading=t("Class group sheet"),
        foot=t("Class group {group} · code {code}", group=facts.code, code=code),
        mark=DEMONSTRATION if facts.demonstration else "",
    )
    # a point less than the frame has: what is as high as the frame would go to a second page
    page = KeepInFrame(TEXT_WIDTH, paper.size[1] - MARGINS - 1, story, mode="shrink", hAlign="LEFT")
    return report_bytes([page], furniture, t, paper)


class _Head(Flowable):  # type: ignore[misc]
    """What the paper is, for whom, and its code for the scan."""

    def __init__(self, facts: GroupSheetFacts, code: str, t: Translator) -> None:
        super().__init__()
        self._facts, self._code, self._t = facts, code, t

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return TEXT_WIDTH, _QR + 2

    def draw(self) -> None:
        canvas, facts, t = self.canv, self._facts, self._t
        canvas.drawImage(ImageReader(qr_picture(self._code)), TEXT_WIDTH - _QR, 2, _QR, _QR)
        beside = TEXT_WIDTH - _QR - 36 * mm
        y = _QR + 2
        for text, face, points, colour in (
            (facts.school, fonts.TEXT, 9.0, SOFT),
            (t("Class group sheet"), fonts.TEXT_BOLD, 15.0, NAVY),
            (facts.curriculum, fonts.TEXT_BOLD, 10.0, INK),
        ):
            y -= points * 1.35
            fitting, parts = fitted(text, face, points, beside)
            canvas.setFont(face, fitting)
            canvas.setFillColor(colour)
            canvas.drawString(0, y, shortened(" ".join(parts), face, fitting, beside))
        y = _QR + 2
        for text, face, points, colour in (
            (facts.code, fonts.TEXT_BOLD, 10.0, INK),
            (t("Code of the sheet"), fonts.TEXT, 7.0, SOFT),
            (self._code, fonts.TEXT_BOLD, 9.4, INK),
        ):
            y -= points * 1.5
            canvas.setFont(face, points)
            canvas.setFillColor(colour)
            canvas.drawRightString(TEXT_WIDTH - _QR - 3 * mm, y, text)


def _particulars(facts: GroupSheetFacts, t: Translator) -> Flowable:
    school = f"{facts.group_school} ({facts.sace_code})" if facts.sace_code else facts.group_school
    place = ", ".join(part for part in (facts.locality, facts.municipality, facts.department) if part)
    pairs = (
        (t("School"), school),
        (t("Place"), place),
        (t("Grade and section"), facts.grade),
        (t("Shift"), facts.shift),
        (t("School year"), str(facts.school_year)),
        (t("Officers"), ", ".join(facts.officers)),
    )
    rows = [(paragraph(name, CELL_BOLD), paragraph(value, CELL)) for name, value in pairs]
    half = (len(rows) + 1) // 2
    width = TEXT_WIDTH / 2
    lines = [(*rows[place], *(rows[place + half] if place + half < len(rows) else ("", ""))) for place in range(half)]
    return plain_table(lines, (70, width - 70, 86, width - 86))


def _lessons(facts: GroupSheetFacts, t: Translator) -> Flowable:
    head = [t("Lesson"), t("Title"), t("Date"), t("Girls"), t("Boys"), t("Signature of the officer")]
    widths = [15 * mm, 0, 25 * mm, 15 * mm, 15 * mm, SIGN_WIDTH]
    widths[1] = TEXT_WIDTH - sum(widths)
    rows: list[list[object]] = [[paragraph(word, HEAD_CENTRE) for word in head]]
    for lesson in facts.lessons or (Lesson(1, None, None, None),):
        present = lesson.present
        rows.append(
            [
                paragraph(str(lesson.number), CELL_BOLD),
                paragraph(lesson.title or "", CELL),
                paragraph(t.date(lesson.given_on) if lesson.given_on else "", CELL),
                paragraph(t.number(present.girls) if present else "", CELL),
                paragraph(t.number(present.boys) if present else "", CELL),
                "",
            ]
        )
    return _grid(rows, widths, [16, *[SIGN_HEIGHT] * (len(rows) - 1)])


def _counts(facts: GroupSheetFacts, t: Translator) -> Flowable:
    head = ["", t("Girls"), t("Boys"), t("Not recorded"), t("In all")]
    rows: list[list[object]] = [[paragraph(word, HEAD_CENTRE) for word in head]]
    for name, title in _MEASURES:
        if name == "graduated" and not facts.graduates:
            continue
        heads: Heads = getattr(facts, name)
        counted = [t.number(each) for each in (heads.girls, heads.boys, heads.unrecorded, heads.total)]
        rows.append(
            [paragraph(t(title), CELL_BOLD), *(paragraph(each if heads.total else "", CELL) for each in counted)]
        )
    return _grid(rows, [TEXT_WIDTH - 4 * 1.6 * _COUNT, *[1.6 * _COUNT] * 4], [16, *[7 * mm] * (len(rows) - 1)])


def _grid(rows: list[list[object]], widths: Sequence[float], heights: Sequence[float]) -> Flowable:
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, INK),
            ("BACKGROUND", (0, 0), (-1, 0), TINT),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            *((f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT")),
            *((f"{side}PADDING", (0, 0), (-1, -1), 1) for side in ("TOP", "BOTTOM")),
        ]
    )
    return Table(rows, colWidths=list(widths), rowHeights=list(heights), style=style)


class _Signatures(Flowable):  # type: ignore[misc]
    """Rooms for the officer and for the head of the school, with the school's seal."""

    def __init__(self, facts: GroupSheetFacts, t: Translator) -> None:
        super().__init__()
        self._facts, self._t = facts, t

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return TEXT_WIDTH, _SEAL + 6

    def draw(self) -> None:
        canvas, t = self.canv, self._t
        half = TEXT_WIDTH / 2
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.setDash(1, 2.5)
        canvas.circle(TEXT_WIDTH - _SEAL / 2, _SEAL / 2 + 4, _SEAL / 2)
        canvas.setDash()
        canvas.setFont(fonts.TEXT_ITALIC, 7)
        canvas.setFillColor(SOFT)
        canvas.drawCentredString(TEXT_WIDTH - _SEAL / 2, 8, t("Seal of the school"))
        rooms = (
            (0.0, half - 14, t("Officer: name and signature")),
            (half, half - _SEAL - 10, t("Head of the school: name and signature")),
        )
        for left, width, title in rooms:
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(0.6)
            canvas.line(left, 26, left + width, 26)
            canvas.setFont(fonts.TEXT, 7.6)
            canvas.setFillColor(SOFT)
            canvas.drawString(left, 16, shortened(title, fonts.TEXT, 7.6, width))
