"""The roll-up's first sheet: the key figures, what they are, whether everything agrees, and where to read on."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.chart import Chart
from xlsxwriter.utility import quote_sheetname

from eic_tracker.domain.codes import FigureState, Measure
from eic_tracker.domain.counting import Counts
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import Period, PeriodKind, other_calendar, title, year_of
from eic_tracker.reports.report_words import DEFINITIONS, STATE_DEFINITIONS, measure_words
from eic_tracker.reports.rollup.plan import ADVISORS, ADVISORS_YEAR, EIC, GREAT, Plan, Tally
from eic_tracker.reports.rollup.sections import dated_by, measure_formula
from eic_tracker.reports.rollup.telling import rest_tells_small, tells_small
from eic_tracker.reports.xlsx.formulas import Criterion, between, equal_to
from eic_tracker.reports.xlsx.page import Page, column_letter
from eic_tracker.reports.xlsx.small_numbers import LEFT_OUT, is_small
from eic_tracker.reports.xlsx.workbook import Cell, Column, Link

OF_COURSES = (Measure.COMPLETIONS, Measure.PERSONS, Measure.ENROLMENTS, Measure.OFFERINGS)
OF_YOUTH = (Measure.REACHED, Measure.GRADUATED)
NAMES = {
    (EIC, Measure.COMPLETIONS): "total_eic_completions",
    (GREAT, Measure.REACHED): "total_great_reached",
}
"""Defined names of totals since the beginning, for readers and programs; the same in every language."""


def summary_page(plan: Plan) -> Page:
    """Three columns of numbers: since the beginning, the period's year up to its last day, the period."""
    t, period = plan.t, plan.data.period
    other = other_calendar(period)
    named = f"{title(period, t)} · {title(other, t)}" if other else title(period, t)
    note = t("{period}. Totals since the beginning end on {date}.", period=named, date=t.date(plan.data.as_of))
    headings = [t("Since the beginning")]
    if period.is_quarter:
        headings.append(title(year_of(period), t))
    headings.append(title(period, t))
    return Page(
        plan.book,
        t("Summary"),
        [
            Column(t("Measure"), widest=44),
            *(Column(heading, widest=18, number=True) for heading in headings),
            Column(t("What it counts"), widest=76, wrap=True),
        ],
        title=t("Roll-up of the EIC and G.R.E.A.T."),
        note="\n".join((*plan.data.school.letterhead, note)),
    )


def fill_summary(
    page: Page,
    plan: Plan,
    agreement: Cell,
    unexplained: Cell,
    sheets: Sequence[tuple[str, str]],
    charts: Sequence[Chart],
) -> None:
    """Write the key figures, the outcome of the checks and the list of sheets (name, what it shows)."""
    t, period = plan.t, plan.data.period
    starts = [year_of(period).first_day, period.first_day] if period.is_quarter else [period.first_day]
    page.band(t("Time"))
    page.row(t("First day"), None, *starts)
    page.row(t("Last day"), *[period.last_day] * (len(starts) + 1))
    days = page.next_row
    for tally in plan.courses:
        _programme(page, plan, tally, OF_COURSES, days)
        if tally.programme == EIC:
            _advisors(page, plan, tally)
    for tally in plan.outreach:
        _programme(page, plan, tally, OF_YOUTH, days)
    page.band(t("Does it agree?"))
    compared = t("Each sheet's totals against the program's own count.")
    page.row(t("Control totals"), agreement, *_to_the_end(page, compared))
    meaning = t(STATE_DEFINITIONS[FigureState.UNEXPLAINED])
    page.row(t("Published figures without explanation"), unexplained, *_to_the_end(page, meaning))
    _historical(page, plan)
    page.charts(charts)
    page.band(t("Sheets of this workbook"))
    for name, shows in sheets:
        page.row(Link(name, f"internal:{quote_sheetname(name)}!A1"), *_to_the_end(page, shows, used=1))


def _programme(page: Page, plan: Plan, tally: Tally, measures: Sequence[Measure], days: int) -> None:
    """The measures of a programme; the columns' days stand in the two rows before `days`."""
    t, period = plan.t, plan.data.period
    page.band(plan.programme(tally.programme))
    spans = [year_of(period), period] if period.is_quarter else [period]
    counts = [tally.total, *(tally.within(span) for span in spans)]
    for measure in measures:
        cells: list[Cell] = []
        for place, count in enumerate(counts):
            if tells_small(plan, tally, measure, count):
                cells.append(LEFT_OUT)
                continue
            letter = column_letter(place + 1)
            first = f"{letter}${days - 1}" if place else None
            cells.append(_counted(plan, tally, measure, count, (first, f"{letter}${days}")))
        row = page.row(measure_words(measure, t), *cells, *_to_the_end(page, t(DEFINITIONS[measure]), len(cells) + 1))
        _name(page, plan, NAMES.get((tally.programme, measure)), row)


def _advisors(page: Page, plan: Plan, tally: Tally) -> None:
    """The two published measures on advisors, over the whole year that their names tell."""
    t = plan.t
    force = plan.data.labels.forces.get(ADVISORS, ADVISORS)
    page.band(t("Courses led by {force} in {year}", force=force, year=ADVISORS_YEAR), str(ADVISORS_YEAR))
    year = Period(PeriodKind.YEAR, ADVISORS_YEAR)
    cells = tally.rows(Dimension.INSTRUCTOR_FORCE, Dimension.YEAR)
    counts = cells.get((ADVISORS, year.code), Counts())
    where = (
        equal_to("programme", tally.programme),
        equal_to("lead_force", ADVISORS),
        *between("last_day", year.first_day, year.last_day),
    )
    rule = t("Courses whose lead instructor is of this force, by their last day; others may have taught in them too.")
    for measure in (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS):
        few = measure is Measure.COMPLETIONS and is_small(counts.enrolments - counts.completions)
        cell = plan.number(measure_formula(measure, where), getattr(counts, measure))
        shown = LEFT_OUT if few and not plan.live else cell
        row = page.row(measure_words(measure, t), shown, *_to_the_end(page, rule))
        named = measure in (Measure.OFFERINGS, Measure.ENROLMENTS)
        _name(page, plan, f"total_cnp_{ADVISORS_YEAR}_{measure}" if named else None, row)


def _counted(plan: Plan, tally: Tally, measure: Measure, counts: Counts, days: tuple[str | None, str]) -> Cell:
    where: tuple[Criterion, ...] = (equal_to("programme", tally.programme),)
    if days[0] is not None:
        where += between(dated_by(measure), *days)
    return plan.number(measure_formula(measure, where), getattr(counts, measure))


def _name(page: Page, plan: Plan, name: str | None, row: int) -> None:
    if name is not None:
        plan.book.workbook.define_name(name, f"={page.cell(row, 1)}")


def _historical(page: Page, plan: Plan) -> None:
    """What is documented without a roster stands beside the counted rows, never in them."""
    t, known = plan.t, {tally.programme for tally in (*plan.courses, *plan.outreach)}
    left: dict[tuple[str, str], int] = {}
    small: set[tuple[str, str]] = set()
    for line in plan.data.historical:
        if line.approved and line.last_day <= plan.data.period.last_day and line.programme in known:
            key = (line.programme, line.measure)
            left[key] = left.get(key, 0) + line.rest
            if rest_tells_small(plan, line):
                small.add(key)
    if not any(left.values()):
        return
    page.band(t("Documented without a roster, beside the counted rows"))
    meaning = t("What is left of approved historical totals; in no figure above.")
    for (programme, measure), rest in left.items():
        if rest:
            shown = LEFT_OUT if (programme, measure) in small else rest
            page.row(f"{plan.programme(programme)} · {measure_words(measure, t)}", shown, *_to_the_end(page, meaning))


def _to_the_end(page: Page, text: str, used: int = 2) -> tuple[Cell, ...]:
    """The text in the page's last column, after as many cells as are used before."""
    return (*(None,) * (len(page.columns) - 1 - used), text)
