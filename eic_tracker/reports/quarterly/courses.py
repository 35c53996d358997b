"""The report's tables of courses: by course, institution, sex, department, country, force; advisors; running ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from eic_tracker.domain.codes import Measure, OfferingPhase
from eic_tracker.domain.counting import Counts, Dimension
from eic_tracker.domain.periods import title
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import OfferingLine, ReportData
from eic_tracker.reports.pdf.charts import Series, bar_chart
from eic_tracker.reports.pdf.page import BODY, SMALL, TEXT_WIDTH, kept, paragraph, section, subsection
from eic_tracker.reports.pdf.tables import Cell, Column, Group, number_column, report_table
from eic_tracker.reports.quarterly.counts import Breakdown, ReportCounts, Row, measured, most_first
from eic_tracker.reports.report_words import measure_words, sex_words, short_period, year_words
from eic_tracker.reports.rollup.words import course_type_name

_KEPT_TOGETHER = 12
"""rows of a table that does not break over two pages"""
_OF_COURSES = (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS)
_OF_PEOPLE = (Measure.ENROLMENTS, Measure.COMPLETIONS, Measure.PERSONS)


@dataclass(frozen=True, slots=True)
class BreakdownTable:
    """How one dimension is shown: heading, names of its keys, measures, order of the rows."""

    dimension: Dimension
    title: str
    key_title: str
    name_of: Callable[[str], str]
    measures: tuple[Measure, ...]
    order: Callable[[Row], object] | None = None
    note: str = ""


def course_sections(data: ReportData, counts: ReportCounts, t: Translator) -> list[Flowable]:
    """All tables of the programmes with rosters."""
    story: list[Flowable] = []
    for programme in counts.course_programmes:
        name = data.labels.programmes.get(programme, programme)
        story += section(t("{programme}: courses and people", programme=name))
        if not counts.totals(programme)[-1].offerings:
            story.append(paragraph(t("No course had ended by {date}.", date=t.date(counts.as_of)), BODY))
            continue
        story.append(_chart(counts, programme, t))
        for table in _course_tables(data, t):
            story += breakdown_table(counts, programme, table, t)
        story += _advisors(data, counts, programme, t)
    return story


def breakdown_table(counts: ReportCounts, programme: str, table: BreakdownTable, t: Translator) -> list[Flowable]:
    """A dimension with its measures in each span, the totals as counted below."""
    found = counts.breakdown(programme, table.dimension, table.order)
    least = min(58.0, (TEXT_WIDTH - 190) / (len(table.measures) * len(counts.spans)))
    headings = [number_column(measure_words(measure, t), max(least, 36)) for measure in table.measures]
    columns = [Column(table.key_title), *(headings * len(counts.spans))]
    groups = [Group("", 1), *(Group(span.title, len(table.measures)) for span in counts.spans)]
    rows = [[_name(row.key, table, t), *_marked(row, table.measures, t)] for row in found.rows]
    total: list[Cell] = [t("Total"), *_marked(found.total, table.measures, t)]
    story = subsection(table.title)
    story.append(report_table(columns, rows, t, groups=groups, total=total))
    changes = [
        *(change for row in found.rows for change in _changes(row, _name(row.key, table, t), table.measures, t)),
        *_changes(found.total, t("Total"), table.measures, t),
    ]
    if changes:
        since = t("* As frozen when the quarter was closed; counted today: {changes}.", changes="; ".join(changes))
        story.append(paragraph(since, SMALL))
    if table.note and _overlaps(found, table.measures):
        story.append(paragraph(table.note, SMALL))
    return [kept(story)] if len(rows) <= _KEPT_TOGETHER else story


def _chart(counts: ReportCounts, programme: str, t: Translator) -> Flowable:
    """Completions of the last eight quarters."""
    quarters = counts.last_quarters(programme, 8)
    names = [
        t(short_period(period), year=period.year) if period.is_quarter else title(period, t) for period, _ in quarters
    ]
    completions = Series(measure_words(Measure.COMPLETIONS, t), tuple(cell.completions for _, cell in quarters))
    heading = t("Completions by quarter") if quarters[-1][0].is_quarter else t("Completions by year")
    return bar_chart(heading, names, [completions], t, width=TEXT_WIDTH, height=132)


def _name(key: str | None, table: BreakdownTable, t: Translator) -> str:
    return t("Not recorded") if key is None else table.name_of(key)


def _numbers(counts: Sequence[Counts], measures: Sequence[Measure]) -> list[Cell]:
    return [measured(cell, measure) for cell in counts for measure in measures]


def _marked(row: Row, measures: Sequence[Measure], t: Translator) -> list[Cell]:
    """The numbers of a row; a frozen one that is counted differently today has a star."""
    changed = _changed(row, measures)
    own: list[Cell] = [
        f"{t.number(measured(row.counts[0], measure))}*" if measure in changed else measured(row.counts[0], measure)
        for measure in measures
    ]
    return [*own, *_numbers(row.counts[1:], measures)]


def _changes(row: Row, name: str, measures: Sequence[Measure], t: Translator) -> list[str]:
    """What each starred number of a row is today, in words."""
    if row.now is None:
        return []
    return [
        f"{name}, {measure_words(measure, t)}: {t.number(measured(row.now, measure))}"
        for measure in _changed(row, measures)
    ]


def _changed(row: Row, measures: Sequence[Measure]) -> list[Measure]:
    if row.now is None:
        return []
    return [measure for measure in measures if measured(row.now, measure) != measured(row.counts[0], measure)]


def _overlaps(found: Breakdown, measures: Sequence[Measure]) -> bool:
    """Whether the rows show a measure that does not add up to its total."""
    return any(
        sum(measured(row.counts[-1], measure) for row in found.rows) != measured(found.total.counts[-1], measure)
        for measure in measures
    )


def _course_tables(data: ReportData, t: Translator) -> list[BreakdownTable]:
    labels = data.labels
    once = t("Each person counts once in a row and once in the total: distinct persons do not add up.")
    by_completions = most_first(Measure.COMPLETIONS)
    return [
        BreakdownTable(
            Dimension.COURSE, t("By course"), t("Course"), _named(labels.courses), _OF_COURSES, by_completions
        ),
        BreakdownTable(
            Dimension.COURSE_TYPE,
            t("By type of course"),
            t("Type of course"),
            lambda key: course_type_name(key, t),
            _OF_COURSES,
        ),
        BreakdownTable(
            Dimension.INSTITUTION,
            t("By institution"),
            t("Institution"),
            _named(labels.institutions),
            _OF_PEOPLE,
            by_completions,
            once,
        ),
        BreakdownTable(
            Dimension.SEX, t("By sex"), t("Sex"), lambda key: sex_words(key, t, youth=False), _OF_PEOPLE, None, once
        ),
        BreakdownTable(
            Dimension.DEPARTMENT, t("By department"), t("Department"), _named(labels.departments), _OF_COURSES
        ),
        BreakdownTable(
            Dimension.COUNTRY, t("By country"), t("Country"), _named(labels.countries), _OF_PEOPLE, by_completions, once
        ),
        BreakdownTable(
            Dimension.INSTRUCTOR_FORCE,
            t("By force of the lead instructor"),
            t("Force"),
            _named(labels.forces),
            _OF_COURSES,
            by_completions,
        ),
    ]


def _named(labels: Mapping[str, str]) -> Callable[[str], str]:
    return lambda key: labels.get(key, key)


def _advisors(data: ReportData, counts: ReportCounts, programme: str, t: Translator) -> list[Flowable]:
    """Courses by year and force of their one lead instructor, so that the rows add up."""
    table = counts.by_year_and_force(programme)
    columns = [
        Column(t("Year"), 60),
        Column(t("Force of the lead instructor")),
        *(number_column(measure_words(measure, t), 62) for measure in _OF_COURSES),
    ]
    rows: list[list[Cell]] = []
    for row in table.rows:
        year, force = row.keys
        name = t("Not recorded") if force is None else data.labels.forces.get(force, force)
        rows.append([year_words(year, t), name, *_numbers([row.counts], _OF_COURSES)])
    total: list[Cell] = [t("Total"), "", *_numbers([table.total], _OF_COURSES)]
    story = subsection(t("Advisors and instructors by year"))
    story.append(report_table(columns, rows, t, total=total))
    note = t("A course has the force of its one lead instructor, whoever else taught in it.")
    story.append(paragraph(note, SMALL))
    return story


def single_course_sections(data: ReportData, counts: ReportCounts, t: Translator) -> list[Flowable]:
    """The courses that ended in the period, those that run, and those that wait to be closed."""
    lines = sorted(data.offerings, key=lambda line: (line.starts_on, line.code))
    first = counts.spans[0].first_day
    running = [line for line in lines if counts.phase_of(line.code) is OfferingPhase.RUNNING]
    waiting = [line for line in lines if counts.phase_of(line.code) is OfferingPhase.FINISHED]
    ended = [
        line
        for line in lines
        if counts.phase_of(line.code) in (OfferingPhase.FINISHED, OfferingPhase.CLOSED)
        and (first is None or first <= line.ends_on)
        and line.ends_on <= data.period.last_day
    ]
    date = t.date(counts.as_of)
    story = section(t("Single courses"))
    story += _ended_courses(ended, counts, t)
    story += _people_now(
        running, t("Courses that still run on {date}", date=date), t("No course runs on {date}.", date=date), t
    )
    story += _people_now(
        waiting,
        t("Courses that wait to be closed on {date}", date=date),
        t("No course waits to be closed on {date}.", date=date),
        t,
    )
    return story


def _ended_courses(lines: Sequence[OfferingLine], counts: ReportCounts, t: Translator) -> list[Flowable]:
    story = subsection(t("Courses that ended in the period"))
    if not lines:
        return [*story, paragraph(t("No course ended in the period."), BODY)]
    measures = (Measure.ENROLMENTS, Measure.COMPLETIONS)
    columns = [*_course_columns(t), *(number_column(measure_words(measure, t)) for measure in measures)]
    results = [counts.of_course(line.code) for line in lines]
    rows = [
        [*_course_cells(line, t), *_numbers([result], measures)] for line, result in zip(lines, results, strict=True)
    ]
    sums: list[Cell] = [sum(measured(result, measure) for result in results) for measure in measures]
    return [*story, report_table(columns, rows, t, total=[*_course_totals(lines, t), *sums])]


def _people_now(lines: Sequence[OfferingLine], heading: str, none: str, t: Translator) -> list[Flowable]:
    story = subsection(heading)
    if not lines:
        return [*story, paragraph(none, BODY)]
    columns = [*_course_columns(t), number_column(t("People"))]
    rows = [[*_course_cells(line, t), line.people] for line in lines]
    people = sum(line.people for line in lines)
    return [*story, report_table(columns, rows, t, total=[*_course_totals(lines, t), people])]


def _course_columns(t: Translator) -> list[Column]:
    return [
        Column(t("Code"), 50),
        Column(t("Course")),
        Column(t("First day"), 56),
        Column(t("Last day"), 56),
        Column(t("Lead instructor"), 64),
        number_column(t("Hours")),
    ]


def _course_cells(line: OfferingLine, t: Translator) -> list[Cell]:
    lead = " ".join(part for part in (line.lead_force, line.lead_code) if part) or t("Not recorded")
    return [line.code, line.course_title, t.date(line.starts_on), t.date(line.ends_on), lead, line.hours]


def _course_totals(lines: Sequence[OfferingLine], t: Translator) -> list[Cell]:
    return [t("Total"), t.plural("{count} course", "{count} courses", len(lines)), "", "", "", ""]
