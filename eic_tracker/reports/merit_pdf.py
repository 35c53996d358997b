"""The order of merit on Carta: by the grade that counts; equal grades share a place, and the rule stands below."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import Flowable

from eic_tracker.domain.merit import merit_places
from eic_tracker.i18n import Translator
from eic_tracker.queries.course_papers import CourseHead
from eic_tracker.reports.act_pdf import points_text
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead
from eic_tracker.reports.pdf.page import (
    BODY,
    DEMONSTRATION,
    NOTICE,
    PERIOD,
    TITLE,
    Furniture,
    gap,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Cell, Column, report_table


@dataclass(frozen=True, slots=True)
class MeritPerson:
    """Who stands in the order: name, rank, unit, and the grade that counts in hundredths."""

    name: str
    rank: str
    unit: str
    grade: int


def merit_pdf(
    head: CourseHead,
    letterhead: tuple[str, ...],
    people: tuple[MeritPerson, ...],
    t: Translator,
    paper: Paper = Paper.LETTER,
    *,
    provisional: bool,
    demonstration: bool,
) -> bytes:
    """The order of merit of people in the order of their surnames; equal grades keep it among themselves."""
    fonts.register()
    placed = sorted(zip(merit_places([each.grade for each in people]), people, strict=True), key=lambda pair: pair[0])
    rows: list[list[Cell]] = [
        [str(place), person.name, person.rank, person.unit, points_text(person.grade)] for place, person in placed
    ]
    columns = (
        Column(t("Place in the order"), 44, numeric=True),
        Column(t("Name"), 190),
        Column(t("Rank")),
        Column(t("Unit")),
        Column(t("Grade"), 46, numeric=True),
    )
    rule = t(
        "Rule: by the final grade that counts, the second chance considered. Equal grades share a place and the next "
        "place is left out; among them people stand in the order of their surnames. Only those who pass are placed."
    )
    title = t("Order of merit")
    story: list[Flowable] = [
        Letterhead(letterhead),
        gap(12),
        paragraph(title, TITLE),
        paragraph(t("Course {code} · {title}", code=head.code, title=head.title), PERIOD),
        gap(8),
    ]
    if provisional:
        story.append(paragraph(t("Provisional: the course is not closed, its grades may still change."), NOTICE))
    story += [report_table(columns, rows, t), gap(4), paragraph(rule, BODY)]
    furniture = Furniture(
        title=f"{title}: {head.code}",
        author=letterhead[-1] if letterhead else "",
        heading=title,
        foot=t("Course {code} · {title}", code=head.code, title=head.title),
        mark=DEMONSTRATION if demonstration else "",
    )
    return report_bytes(story, furniture, t, paper)
