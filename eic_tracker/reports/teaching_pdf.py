"""Papers of those who teach: the advisor's report of a week or month, and the proof of teaching of a stay."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepInFrame, KeepTogether, Table

from eic_tracker.clock import HONDURAS, local_date
from eic_tracker.domain.codes import Sex
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.countries import country_name
from eic_tracker.queries.report_data import Signature
from eic_tracker.queries.teaching_report import ReportedCourse, TeachingReport
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead, SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.reports.pdf.page import (
    BODY,
    CELL,
    CELL_BOLD,
    DEMONSTRATION,
    MARGINS,
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
    text_width,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, plain_table, report_table
from eic_tracker.reports.report_words import days_words

_TEXT = ParagraphStyle("teaching-text", parent=BODY, fontSize=11, leading=17, alignment=TA_JUSTIFY, spaceAfter=8)
_MOST_INSTITUTIONS = 6
"""Of a report that is too long for its page, so many institutions have a line of their own."""
_SIDES = ("LEFT", "RIGHT", "TOP", "BOTTOM")
_BOX = 42.0
"""Points of a box for a signature."""
_PART = ParagraphStyle("teaching-part", parent=SUBSECTION, spaceBefore=6, spaceAfter=2)
_ROLES = {"lead": N_("Lead"), "assistant": N_("Assistant"), "module": N_("Module")}
_SEXES = ((Sex.F, N_("Women")), (Sex.M, N_("Men")), (Sex.U, N_("Not recorded")))
HOURS_RULE = N_("The hours of an assignment are spread evenly over its days; those that fall in this time are counted.")


def advisor_report_pdf(report: TeachingReport, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """What an advisor taught in a week or month, on one page, for their own command and who pays for the stay.

    Where the whole does not fit, modules go unnamed, small institutions are added up, and the letters get smaller."""
    fonts.register()
    furniture = _furniture(report, t("Advisor's report"), t)
    *story, signatures = _advisor_story(report, t)
    whole = report_bytes([*story, KeepTogether(signatures)], furniture, t, paper)
    with opened_pdf(whole) as document:
        if len(document) == 1:
            return whole
    short = _advisor_story(_condensed(report, t), t)
    block = Table([[short]], colWidths=[TEXT_WIDTH], style=[(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in _SIDES])
    page = KeepInFrame(
        text_width(paper, landscape=False), paper.size[1] - MARGINS, [block], mode="shrink", hAlign="CENTER"
    )
    return report_bytes([page], furniture, t, paper)


def _condensed(report: TeachingReport, t: Translator) -> TeachingReport:
    """The same figures in fewer lines."""
    courses = tuple(replace(each, modules=()) for each in report.courses)
    sums = Counter[str | None]()
    for (name, _sex), count in report.people.items():
        sums[name] += count
    small = [name for name, _ in sums.most_common()][_MOST_INSTITUTIONS:]
    others = t.plural("{count} other institution", "{count} other institutions", len(small))
    people = Counter[tuple[str | None, Sex]]()
    for (name, sex), count in report.people.items():
        people[(others if name in small else name, sex)] += count
    return replace(report, courses=courses, people=people)


def _advisor_story(report: TeachingReport, t: Translator) -> list[Flowable]:
    signatures = _boxes(
        (
            (t("Advisor"), Signature(report.rank or "", report.name, report.force)),
            (t("Counterpart"), None),
            (t("Approved (Vo.Bo.)"), report.school.approved),
        )
    )
    return [
        Letterhead(report.school.letterhead),
        gap(2),
        paragraph(t("Advisor's report"), PAPER_TITLE),
        paragraph(days_words(report.first, report.last, t), UNDER_TITLE),
        _particulars(report, t),
        *_courses(report, t),
        *_people(report, t),
        *_units(report, t),
        gap(4),
        signatures,
    ]


def teaching_proof_pdf(report: TeachingReport, code: str | None, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """The proof of what somebody taught in a stay; without a code it is a draft and says so."""
    fonts.register()
    made = local_date(report.made_at)
    hours = [course.hours for course in report.courses]
    said = t(
        "The {school} certifies that {name}, of {force} ({country}), taught here from {first} to {last} in"
        " {courses} with {hours}, as follows:",
        school=report.school.letterhead[-1] if report.school.letterhead else t("School"),
        name=" ".join(filter(None, (report.rank, report.name))),
        force=report.force,
        country=country_name(report.country, t.language),
        first=t.long_date(report.first),
        last=t.long_date(report.last),
        courses=t.plural("{count} course", "{count} courses", len(report.courses)),
        hours=t.plural("{count} hour", "{count} hours", sum(each or 0 for each in hours)),
    )
    dated = t("Given in {place} on {date}.", place=report.school.place, date=t.long_date(made))
    bears = (
        t("Code {code}: the school's history names who gave it out and when.", code=code)
        if code
        else t("Draft: it has no value until the registrar gives it out with its code.")
    )
    signatures = SignatureBlock(
        (
            SignatureRoom(t("Registrar"), report.school.prepared),
            SignatureRoom(t("Direction"), report.school.approved),
        ),
        (t("Name"), t("Post"), t("Seal")),
    )
    story: list[Flowable] = [
        Letterhead(report.school.letterhead),
        gap(8),
        paragraph(t("Proof of teaching"), PAPER_TITLE),
        gap(6),
        paragraph(said, _TEXT),
        *_courses(report, t)[1:],
        *_units(report, t),
        # a page that bears signatures alone could be put behind any other
        KeepTogether([gap(8), paragraph(dated, _TEXT), paragraph(bears, BODY), gap(6), signatures]),
    ]
    return report_bytes(story, _furniture(report, t("Proof of teaching"), t), t, paper)


def _furniture(report: TeachingReport, title: str, t: Translator) -> Furniture:
    made = report.made_at.astimezone(HONDURAS)
    return Furniture(
        title=f"{title} · {report.code} · {days_words(report.first, report.last, t)}",
        author=report.school.letterhead[-1] if report.school.letterhead else "",
        heading=f"{title} · {report.code}",
        foot=t(
            "Made {moment} by {person} · as of {date}",
            moment=f"{t.date(made.date())} {made:%H:%M}",
            person=report.made_by,
            date=t.date(report.as_of),
        ),
        mark=DEMONSTRATION if report.demonstration else "",
    )


def _boxes(signers: Sequence[tuple[str, Signature | None]]) -> Flowable:
    """A box for each signature, with what it means above and who signs below; low, so that all is on one page."""
    width = TEXT_WIDTH / len(signers)
    below = ["" if who is None else f"{' '.join(filter(None, (who.rank, who.name)))}\n{who.post}" for _, who in signers]
    rows = [
        [paragraph(title, CELL_BOLD) for title, _ in signers],
        ["" for _ in signers],
        [[paragraph(line, CELL) for line in text.split("\n")] for text in below],
    ]
    return Table(
        rows,
        colWidths=[width] * len(signers),
        rowHeights=[None, _BOX, None],
        style=[("BOX", (column, 0), (column, -1), 0.5, RULE) for column in range(len(signers))]
        + [("LINEBELOW", (0, 1), (-1, 1), 0.5, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )


def _particulars(report: TeachingReport, t: Translator) -> Flowable:
    stay = report.stay
    pairs = [
        (t("Advisor"), " · ".join(filter(None, (report.rank, report.name, report.code)))),
        (t("Home force"), f"{report.force}, {country_name(report.country, t.language)}"),
    ]
    if stay is not None:
        until = t.date(stay.ends_on) if stay.ends_on else t("still here")
        pairs += [
            (t("Stay"), f"{t.date(stay.starts_on)} – {until}"),
            (t("Home unit"), stay.home_unit or ""),
            (t("Funding"), stay.funding or ""),
            (t("Counterpart"), stay.counterpart or ""),
        ]
    cells = [(paragraph(name, CELL_BOLD), paragraph(value, CELL)) for name, value in pairs if value]
    if len(cells) % 2:
        cells.append((paragraph("", CELL), paragraph("", CELL)))
    rows = [(*cells[place], *cells[place + 1]) for place in range(0, len(cells), 2)]
    return plain_table(rows, (82, 178, 82, 178))


def _courses(report: TeachingReport, t: Translator) -> list[Flowable]:
    story: list[Flowable] = [paragraph(t("Courses taught"), _PART)]
    if not report.courses:
        return [*story, paragraph(t("No course was taught in this time."), BODY)]
    columns = [
        Column(t("Code"), 50),
        Column(t("Course")),
        Column(t("Dates"), 118),
        Column(t("As"), 62),
        number_column(t("Days")),
        number_column(t("Hours")),
        number_column(t("People")),
    ]
    rows = [[*_course_cells(course, t), course.days, _hours(course.hours), course.people] for course in report.courses]
    total: list[Cell] = [
        t("Total"),
        t.plural("{count} course", "{count} courses", len(report.courses)),
        "",
        "",
        sum(course.days for course in report.courses),
        sum(course.hours or 0 for course in report.courses),
        sum(course.people for course in report.courses),
    ]
    return [*story, report_table(columns, rows, t, total=total), paragraph(t(HOURS_RULE), SMALL)]


def _hours(hours: int | None) -> Cell:
    return "—" if hours is None else hours


def _course_cells(course: ReportedCourse, t: Translator) -> list[Cell]:
    """The modules stand under the course: there is more room for them than beside it."""
    named: list[Flowable] = [paragraph(course.title, CELL)]
    if course.modules:
        named.append(paragraph(t("Modules: {modules}", modules=", ".join(course.modules)), SMALL))
    roles = ", ".join(t(_ROLES[role]) for role in course.roles)
    return [course.code, named, _dates(course.starts_on, course.ends_on, t), roles]


def _dates(first: dt.date, last: dt.date | None, t: Translator) -> str:
    if first == last:
        return t.date(first)
    until = t("still running") if last is None else t.date(last)
    return f"{t.date(first)} – {until}"


def _people(report: TeachingReport, t: Translator) -> list[Flowable]:
    """The people of the courses above by institution and sex; of a course that runs still those on its roster."""
    if not report.people:
        return []
    shown = [(sex, words) for sex, words in _SEXES if any(each == sex for _, each in report.people)]
    institutions = sorted({name for name, _ in report.people}, key=lambda name: (name is None, name or ""))
    columns = [Column(t("Institution")), *(number_column(t(words), 60) for _, words in shown)]
    columns.append(number_column(t("People"), 60))
    rows: list[list[Cell]] = []
    for name in institutions:
        counts = [report.people.get((name, sex), 0) for sex, _ in shown]
        rows.append([name or t("Not recorded"), *counts, sum(counts)])
    sums = [sum(report.people.get((name, sex), 0) for name in institutions) for sex, _ in shown]
    story = [paragraph(t("Participants by institution and sex"), _PART)]
    note = t(
        "People with a seat; who did not come or was taken off the list is not among them. Somebody in two courses"
        " counts in both."
    )
    return [*story, report_table(columns, rows, t, total=[t("Total"), *sums, sum(sums)]), paragraph(note, SMALL)]


def _units(report: TeachingReport, t: Translator) -> Sequence[Flowable]:
    if not report.units:
        return []
    columns = [Column(t("Unit")), Column(t("Theme")), Column(t("Dates"), 130)]
    rows: list[list[Cell]] = [[each.unit, each.theme, _dates(each.starts_on, each.ends_on, t)] for each in report.units]
    return [paragraph(t("Mentored units"), _PART), report_table(columns, rows, t)]
