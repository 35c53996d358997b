"""Hours of the courses that ended in the period: who taught them, and how many were about human rights."""

from __future__ import annotations

from collections import defaultdict

from reportlab.platypus import Flowable

from eic_tracker.domain.codes import Measure
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import OfferingLine, ReportData
from eic_tracker.reports.pdf.page import BODY, SMALL, paragraph, section, subsection
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, report_table
from eic_tracker.reports.quarterly.counts import ReportCounts, measured
from eic_tracker.reports.report_words import measure_words


def hours_section(data: ReportData, counts: ReportCounts, t: Translator) -> list[Flowable]:
    """The ledger of instructors and advisors of the period, and its hours about human rights."""
    story = section(t("Hours taught in the period"))
    if not data.teaching:
        return [*story, paragraph(t("No course ended in the period."), BODY)]
    return [*story, *_ledger(data, counts, t), *_human_rights(data, counts, t)]


def _ledger(data: ReportData, counts: ReportCounts, t: Translator) -> list[Flowable]:
    """One row for each instructor, by code: courses led and taught, hours, people of the courses they led."""
    codes = {offering.id: offering.code for offering in data.facts.offerings}
    taught: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    for course in data.teaching:
        result = counts.of_course(codes[course.id])
        for each in course.taught:
            line = taught[each.force, each.instructor]
            line[1] += 1
            line[2] += each.hours or 0
            line[3] += each.hours is None
            if each.lead:
                line[0] += 1
                line[4] += measured(result, Measure.ENROLMENTS)
                line[5] += measured(result, Measure.COMPLETIONS)
    columns = [
        Column(t("Force")),
        Column(t("Instructor"), 66),
        number_column(t("Courses led"), 48),
        number_column(t("Courses taught"), 48),
        number_column(t("Hours"), 44),
        number_column(measure_words(Measure.ENROLMENTS, t), 62),
        number_column(measure_words(Measure.COMPLETIONS, t), 62),
    ]
    rows: list[list[Cell]] = [
        [data.labels.forces.get(force, force), code, led, courses, hours, people, completed]
        for (force, code), (led, courses, hours, _, people, completed) in sorted(taught.items())
    ]
    story = subsection(t("Instructors and advisors"))
    story.append(report_table(columns, rows, t))
    note = t("Instructors stand by their code. Enrolments and completions are those of the courses that each led.")
    unsaid = sum(line[3] for line in taught.values())
    if unsaid:
        note += " " + t.plural(
            "{count} assignment says no hours and adds none.", "{count} assignments say no hours and add none.", unsaid
        )
    story.append(paragraph(note, SMALL))
    return story


def _human_rights(data: ReportData, counts: ReportCounts, t: Translator) -> list[Flowable]:
    ended = {offering.id: offering.code for offering in data.facts.offerings}
    codes = {ended[course.id] for course in data.teaching}
    by_course: defaultdict[tuple[str, int], list[OfferingLine]] = defaultdict(list)
    for line in data.offerings:
        if line.code in codes and line.human_rights_hours:
            by_course[line.course_title, line.human_rights_hours].append(line)
    story = subsection(t("Hours about human rights"))
    if not by_course:
        return [*story, paragraph(t("No course of the period has hours about human rights in its plan."), BODY)]
    columns = [
        Column(t("Course")),
        number_column(t("Hours in the plan"), 56),
        number_column(t("Courses"), 48),
        number_column(t("Hours given"), 56),
        number_column(measure_words(Measure.COMPLETIONS, t), 62),
    ]
    rows: list[list[Cell]] = []
    sums = [0, 0, 0]
    for (name, hours), lines in sorted(by_course.items()):
        completed = sum(measured(counts.of_course(line.code), Measure.COMPLETIONS) for line in lines)
        cells = (len(lines), hours * len(lines), completed)
        rows.append([name, hours, *cells])
        sums = [total + cell for total, cell in zip(sums, cells, strict=True)]
    story.append(report_table(columns, rows, t, total=[t("Total"), None, *sums]))
    story.append(
        paragraph(
            t("Hours about human rights as the plan of each course says them, once for each course given."), SMALL
        )
    )
    return story
