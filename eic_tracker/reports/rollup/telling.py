"""What a number outside of the tables would tell third parties of numbers that the tables leave out."""

from __future__ import annotations

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import Counts
from eic_tracker.domain.facts import Dimension
from eic_tracker.queries.report_data import HistoricalLine
from eic_tracker.reports.rollup.plan import Plan, Tally
from eic_tracker.reports.rollup.sections import (
    Section,
    course_figures,
    course_numbers,
    hidden_cells,
    youth_figures,
    youth_numbers,
)
from eic_tracker.reports.rollup.sheets import period_lines
from eic_tracker.reports.xlsx.small_numbers import is_small

_PLACES = {
    Measure.ENROLMENTS: 1,
    Measure.COMPLETIONS: 2,
    Measure.PERSONS: 6,
    Measure.REACHED: 0,
    Measure.GRADUATED: 4,
}
"""The column of a measure among those of its table."""


def tells_small(plan: Plan, tally: Tally, measure: Measure, counts: Counts) -> bool:
    """Whether a number of people of some time gives away a small one, beside the table of years and its total.

    It does where it is small, where it lies within four of a year or of the total, where the table leaves that very
    year out, or where so few did not complete. Courses are no people."""
    if plan.live or measure is Measure.OFFERINGS:
        return False
    value = int(getattr(counts, measure))
    if is_small(value) or (measure is Measure.COMPLETIONS and is_small(counts.enrolments - counts.completions)):
        return True
    seen, unseen = _years(plan, tally, measure)
    return value in unseen or any(is_small(abs(value - other)) for other in seen | unseen)


def _years(plan: Plan, tally: Tally, measure: Measure) -> tuple[set[int], set[int]]:
    """The numbers of the years and of the total: those that the table shows, and those that it leaves out."""
    of_youth = tally in plan.outreach
    figures = youth_figures(plan.t) if of_youth else course_figures(plan.t)
    total = youth_numbers(tally.sexes) if of_youth else course_numbers(tally.total, tally.sexes)
    lines = list(period_lines(plan, tally, Dimension.YEAR))
    hidden = hidden_cells(Section("", figures, lines, total))
    place = _PLACES[measure]
    numbers = [line.numbers[place] for line in lines] + [total[place]]
    unseen = {value for row, value in enumerate(numbers) if value and (row, place) in hidden}
    return {value for value in numbers if value} - unseen, unseen


def rest_tells_small(plan: Plan, line: HistoricalLine) -> bool:
    """Whether what is left of a documented total tells a small number: itself, or how many rows drew it down."""
    return not plan.live and (is_small(line.rest) or is_small(line.value - line.rest))
