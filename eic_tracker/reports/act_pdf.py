"""Acts on Carta: of grades in figures and words, of closing and graduation, of rectification; free rows are crossed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, KeepTogether

from eic_tracker.domain.act_content import ActContent, ActCorrected, ActList, ActPerson
from eic_tracker.domain.codes import EnrolmentStatus
from eic_tracker.domain.grading import POINT
from eic_tracker.domain.words import date_range_in_words, day_in_words, grade_in_words
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import Signature
from eic_tracker.reports.paper_words import (
    ACT_KINDS,
    ACT_RESULTS,
    CHANGES,
    ROUNDINGS,
    SECOND_CHANCES,
    WEIGHTS,
    exception_words,
)
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead, SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.page import (
    BODY,
    CELL,
    CELL_BOLD,
    DEMONSTRATION,
    FINE,
    INK,
    PAPER_TITLE,
    RULE,
    SMALL,
    SUBSECTION,
    TEXT_WIDTH,
    UNDER_TITLE,
    Furniture,
    gap,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.qr import qr_picture
from eic_tracker.reports.pdf.tables import Column, plain_table, report_table

_ROW = 15.0
"""Points of a row that stays free."""

_QR = 19 * mm


def act_pages(content: ActContent, t: Translator, code: str | None, paper: Paper = Paper.LETTER) -> bytes:
    """An act as a PDF; without a code it is a draft and says so on each page. Equal content gives equal bytes."""
    fonts.register()
    title = act_title(content, t)
    end = [
        *_totals(content, t),
        *_authority(content, t),
        *_annexes(content, t),
        KeepTogether(_signatures(content, code, t)),
    ]
    story: list[Flowable] = [
        Letterhead(content.letterhead),
        gap(8),
        paragraph(title, PAPER_TITLE),
        paragraph(t("Course {code} · {title}", code=content.course, title=content.title), UNDER_TITLE),
        *([paragraph(t("Module {module}", module=content.module), UNDER_TITLE)] if content.module else []),
        _particulars(content, t),
        gap(6),
        *_opening(content, t),
        *_corrected(content, t),
        *_list(content, t),
        CrossedRows(end),
        *end,
    ]
    return report_bytes(story, _furniture(content, title, code, t), t, paper)


def act_title(content: ActContent, t: Translator) -> str:
    """What the act is, with number and year."""
    return t("{kind} No. {number}-{year}", kind=t(ACT_KINDS[content.kind]), number=content.number, year=content.year)


def points_text(hundredths: int | None) -> str:
    """A grade in points with as many decimals as it has: 84, 71.5; a dash where there is none."""
    if hundredths is None:
        return "—"
    return f"{hundredths / POINT:.2f}".rstrip("0").rstrip(".")


class CrossedRows(Flowable):  # type: ignore[misc]
    """Free rows of a list, crossed to the end of the room, so that nobody is written in afterwards."""

    def __init__(self, after: Sequence[Flowable]) -> None:
        super().__init__()
        self._after = after
        self._rows = 0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        needed = sum(_height(part) for part in self._after)
        free = available_height - needed if needed < available_height else available_height
        self._rows = max(0, int((free - 4) // _ROW))
        return TEXT_WIDTH, self._rows * _ROW + (4 if self._rows else 0)

    def draw(self) -> None:
        if not self._rows:
            return
        canvas, height = self.canv, self._rows * _ROW
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.3)
        for row in range(self._rows + 1):
            canvas.line(0, 4 + row * _ROW, TEXT_WIDTH, 4 + row * _ROW)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.7)
        canvas.line(0, 4 + height, TEXT_WIDTH, 4)


def _height(part: Flowable) -> float:
    inside = getattr(part, "_content", None)
    if inside is not None:
        return sum(_height(each) for each in inside)
    return float(part.wrap(TEXT_WIDTH, 10_000)[1] + part.getSpaceBefore() + part.getSpaceAfter())


def _furniture(content: ActContent, title: str, code: str | None, t: Translator) -> Furniture:
    marks = [DEMONSTRATION] if content.demonstration else []
    if code is None:
        marks.append(t("DRAFT, of no value"))
        foot = t("Draft of {date}: it has no code before it is printed.", date=t.date(content.printed_on))
    else:
        foot = t("Printed on {date} · code {code}", date=t.date(content.printed_on), code=code)
    return Furniture(
        title=title,
        author=content.letterhead[-1] if content.letterhead else "",
        heading=f"{title} · {content.course}",
        foot=foot,
        mark=" · ".join(marks),
    )


def _particulars(content: ActContent, t: Translator) -> Flowable:
    held = [t.long_date(content.held_on)] if content.held_on else []
    if content.starts_at and content.ends_at:
        held.append(t("from {start} to {end} h", start=content.starts_at, end=content.ends_at))
    elif content.starts_at or content.ends_at:
        held.append(f"{content.starts_at or content.ends_at} h")
    pairs = (
        (t("Days of the course"), date_range_in_words(content.starts_on, content.ends_on, t.language)),
        (t("Hours"), t.number(content.hours)),
        (t("Place of the course"), content.course_place),
        (t("Instructors"), ", ".join(content.instructors)),
        (t("Held on"), ", ".join(held)),
        (t("Place"), content.place),
    )
    rows = [(paragraph(name, CELL_BOLD), paragraph(value, CELL)) for name, value in pairs if value]
    return plain_table(rows, (110, TEXT_WIDTH - 110))


def _opening(content: ActContent, t: Translator) -> list[Flowable]:
    story: list[Flowable] = []
    if content.held_on is not None and content.list_of is not ActList.GRADES:
        day = day_in_words(content.held_on, t.language)
        story.append(
            paragraph(t("In the city of {city}, {day}, it is put on record:", city=content.city, day=day), BODY)
        )
    if content.facts:
        story.append(paragraph(t("Facts"), SUBSECTION))
        story += [paragraph(line, BODY) for line in content.facts.splitlines()]
    if content.present:
        story.append(paragraph(t("Present"), SUBSECTION))
        story += [paragraph(f"{number}. {who}", BODY) for number, who in enumerate(content.present, 1)]
    if content.list_of is ActList.GRADES:
        story += [paragraph(t("Rules"), SUBSECTION), paragraph(_unbroken(" ".join(_rules(content, t))), BODY)]
    return story


def _rules(content: ActContent, t: Translator) -> list[str]:
    rules = content.rules
    said = [
        t(
            "Scale of 0 to {scale}; to pass one needs {grade} points and {attendance} % of attendance.",
            scale=rules.scale,
            grade=points_text(rules.minimum_grade),
            attendance=rules.minimum_attendance,
        ),
        t(ROUNDINGS[rules.rounding.value]),
        t(SECOND_CHANCES[rules.second_chance]),
    ]
    if rules.weights and content.module is None:
        parts = [f"{t(WEIGHTS.get(name, name))} {weight} %" for name, weight in rules.weights]
        said.insert(1, t("The grade is made of: {parts}.", parts=", ".join(parts)))
    return said


def _unbroken(text: str) -> str:
    """No line begins with the sign of a percentage whose number ends the line before."""
    return text.replace(" %", "\u00a0%")


def _corrected(content: ActContent, t: Translator) -> list[Flowable]:
    corrects = content.corrects
    if corrects is None:
        return []
    named = t(
        "{kind} No. {number}-{year}", kind=t(ACT_KINDS[corrects.kind]), number=corrects.number, year=corrects.year
    )
    order = t(
        "It corrects: {act}, code {code}. Authorised by {name}, {post}, {letter}.",
        act=named,
        code=corrects.code,
        name=corrects.authorised_by,
        post=corrects.post,
        letter=corrects.letter,
    )
    story: list[Flowable] = [paragraph(t("What is corrected"), SUBSECTION), paragraph(order, BODY)]
    if not corrects.changes:
        return [*story, paragraph(t("No grade, attendance or result changes."), BODY)]
    columns = (
        Column(t("Name")),
        Column(t("What"), 110),
        Column(t("It said"), 90),
        Column(t("It says now"), 90),
    )
    return [*story, report_table(columns, _change_rows(corrects, t), t)]


def _change_rows(corrects: ActCorrected, t: Translator) -> list[list[str]]:
    def shown(what: str, value: str) -> str:
        if what in {"added", "left_out"}:
            return ""
        if not value:
            return "—"
        if what == "result":
            return t(ACT_RESULTS[EnrolmentStatus(value)])
        return f"{value} %" if what == "attendance" else points_text(int(value))

    return [
        [each.name, t(CHANGES[each.what]), shown(each.what, each.before), shown(each.what, each.after)]
        for each in corrects.changes
    ]


def _list(content: ActContent, t: Translator) -> list[Flowable]:
    """The people: with grades in figures and words on an act of grades, with results on the others."""
    headings = {
        ActList.GRADES: t("Grades"),
        ActList.CLOSING: t("Results"),
        ActList.GRADUATION: t("Those who graduate"),
    }
    by_module = content.module is not None
    columns = [Column(t("No."), 24, numeric=True), Column(t("Name, rank and last digits of the document"))]
    if not by_module:
        columns.append(Column(t("Attendance"), 52, numeric=True))
    columns += [Column(t("Grade"), 40, numeric=True), Column(t("In words"), 138)]
    if not by_module:
        columns.append(Column(t("Result"), 78))
    rows = []
    for number, person in enumerate(content.people, 1):
        row: list[object] = [str(number), _named(person)]
        if not by_module:
            row.append("—" if person.attendance is None else f"{person.attendance} %")
        row += [points_text(person.counted), _grade_words(person, t)]
        if not by_module:
            row.append(t(ACT_RESULTS[person.result]) if person.result else t("no result yet"))
        rows.append(row)
    return [paragraph(headings[content.list_of], SUBSECTION), report_table(columns, rows, t)]


def _named(person: ActPerson) -> list[Flowable]:
    below = " · ".join(part for part in (person.rank, person.document) if part)
    return [paragraph(person.name, CELL_BOLD), *([paragraph(below, FINE)] if below else [])]


def _grade_words(person: ActPerson, t: Translator) -> str:
    if person.counted is None:
        return t("no grade")
    words = grade_in_words(person.counted, t.language)
    if person.second_chance is not None and person.counted != person.grade:
        return t("{grade} (second chance; first {first})", grade=words, first=points_text(person.grade))
    return words


def _totals(content: ActContent, t: Translator) -> list[Flowable]:
    total = t("Total: {count}", count=t.number(len(content.people)))
    if content.module is not None:
        graded = sum(person.counted is not None for person in content.people)
        said = [t("With a grade: {count}", count=t.number(graded))]
    else:
        counts = Counter(person.result for person in content.people)
        names = {result: t(ACT_RESULTS[result]) if result else t("no result yet") for result in counts}
        order = [*ACT_RESULTS, None]
        said = [f"{names[result]}: {t.number(counts[result])}" for result in order if counts[result]]
    return [gap(4), paragraph(" · ".join([*said, total]), CELL_BOLD)]


def _authority(content: ActContent, t: Translator) -> list[Flowable]:
    if not content.exceptions:
        return []
    story: list[Flowable] = [paragraph(t("Exceptions and who authorised them"), SUBSECTION)]
    for each in content.exceptions:
        kinds = ", ".join(t(words) for words in exception_words(each.kinds))
        who = ", ".join(part for part in (each.authorised_by, each.post, each.letter) if part)
        people = f" ({t.plural('{count} person', '{count} people', each.people)})" if each.people else ""
        story.append(paragraph(f"{kinds}{people}: {who}.", BODY))
    return story


def _annexes(content: ActContent, t: Translator) -> list[Flowable]:
    if not content.annexes:
        return []
    lines = [paragraph(f"{number}. {text}", BODY) for number, text in enumerate(content.annexes, 1)]
    return [paragraph(t("Annexes"), SUBSECTION), *lines]


def _signatures(content: ActContent, code: str | None, t: Translator) -> list[Flowable]:
    titles = {
        "instructor": t("Instructor"),
        "registrar": t("Registrar"),
        "prepared": t("Prepared by"),
        "reviewed": t("Reviewed by"),
        "approved": t("Approved (Vo.Bo.)"),
    }
    rooms = [
        SignatureRoom(titles[each.role], Signature(each.rank, each.name, each.post) if each.name else None)
        for each in content.signers
    ]
    block = SignatureBlock(rooms, (t("Name"), t("Post"), t("Seal")))
    return [gap(6), block, *([] if code is None else [_Code(code, t)])]


class _Code(Flowable):  # type: ignore[misc]
    """The act's code as a symbol and in letters."""

    def __init__(self, code: str, t: Translator) -> None:
        super().__init__()
        self._code, self._t = code, t

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return TEXT_WIDTH, _QR

    def draw(self) -> None:
        canvas = self.canv
        canvas.drawImage(ImageReader(qr_picture(self._code)), 0, 0, _QR, _QR)
        canvas.setFont(fonts.TEXT_BOLD, 11)
        canvas.setFillColor(INK)
        canvas.drawString(_QR + 8, _QR / 2 + 3, self._code)
        canvas.setFont(fonts.TEXT, SMALL.fontSize)
        words = self._t("The school tells by this code whether the act was changed since it was printed.")
        canvas.drawString(_QR + 8, _QR / 2 - 9, words)
