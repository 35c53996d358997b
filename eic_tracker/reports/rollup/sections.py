"""Parts of the roll-up's sheets: one row for each cell of a breakdown, one column for each measure, a total."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from eic_tracker.domain.codes import Measure, Sex
from eic_tracker.domain.counting import Counts
from eic_tracker.i18n import Translator
from eic_tracker.reports.report_words import measure_words, sex_words
from eic_tracker.reports.rollup.plan import Check, Plan, Tally
from eic_tracker.reports.rollup.words import ONE_ADULT
from eic_tracker.reports.xlsx.formulas import (
    Criterion,
    Formula,
    between,
    distinct_where,
    equal_to,
    is_one,
    rows_where,
    total_where,
)
from eic_tracker.reports.xlsx.page import Page
from eic_tracker.reports.xlsx.small_numbers import LEFT_OUT, left_out
from eic_tracker.reports.xlsx.workbook import Cell, Column, Live, Look

Criteria = tuple[Criterion, ...]
DONE = is_one("completed")


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of numbers: its formula for given conditions, and the date by which a period counts it."""

    heading: str
    formula: Callable[[Criteria], Formula]
    dated_by: str = "last_day"
    adds_up: bool = True
    """whether its total is the sum of its rows"""
    of_people: bool = True
    split: bool = False
    """whether the next three columns are its parts by sex"""
    is_part: bool = False
    less_next: bool = False
    """whether what the next column leaves of it are people, too (those who did not complete)"""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what stands before its numbers, its conditions (given the row's number), its numbers."""

    head: tuple[Cell, ...]
    conditions: Callable[[int], Criteria]
    numbers: tuple[int, ...]
    dated: bool = False
    """the second and third cell are the first and last day"""


def measure_formula(measure: Measure, where: Criteria) -> Formula:
    """The live formula of a measure over the detail tables, for conditions on columns that its table has."""
    match measure:
        case Measure.OFFERINGS:
            return rows_where("offering", where)
        case Measure.ENROLMENTS:
            return rows_where("enrolment", where)
        case Measure.COMPLETIONS:
            return rows_where("enrolment", (*where, DONE))
        case Measure.PERSONS:
            return distinct_where("enrolment", "person", (*where, DONE))
        case Measure.REACHED | Measure.GRADUATED:
            return total_where("group", measure.value, where)


def dated_by(measure: Measure) -> str:
    """The column of the detail table whose day puts a fact into a period."""
    return f"{measure}_on" if measure in (Measure.REACHED, Measure.GRADUATED) else "last_day"


def course_figures(t: Translator, *, offerings: bool = True) -> tuple[Figure, ...]:
    """Courses given, enrolments, completions, those of women, men and others, and persons."""

    def figure(measure: Measure, *, adds_up: bool = True, of_people: bool = True, split: bool = False) -> Figure:
        formula = partial(measure_formula, measure)
        less_next = measure is Measure.ENROLMENTS
        return Figure(measure_words(measure, t), formula, "last_day", adds_up, of_people, split, less_next=less_next)

    def completions(sex: Sex) -> Figure:
        word = equal_to("sex", t(ONE_ADULT[sex]))
        return Figure(
            part_name(Measure.COMPLETIONS, sex, t),
            lambda where: measure_formula(Measure.COMPLETIONS, (*where, word)),
            is_part=True,
        )

    figures = (
        figure(Measure.OFFERINGS, of_people=False),
        figure(Measure.ENROLMENTS),
        figure(Measure.COMPLETIONS, split=True),
        *(completions(sex) for sex in Sex),
        figure(Measure.PERSONS, adds_up=False),
    )
    return figures if offerings else figures[1:]


def part_name(measure: Measure, sex: Sex, t: Translator) -> str:
    """The heading of a part by sex: "Completions: women"."""
    return f"{measure_words(measure, t)}: {sex_words(sex, t, youth=measure is not Measure.COMPLETIONS).lower()}"


def course_numbers(counts: Counts, by_sex: Mapping[Sex, Counts], *, offerings: bool = True) -> tuple[int, ...]:
    """The numbers that belong to `course_figures`."""
    sexes = (by_sex.get(sex, Counts()).completions for sex in Sex)
    numbers = (counts.offerings, counts.enrolments, counts.completions, *sexes, counts.persons)
    return numbers if offerings else numbers[1:]


def instructor_figures(t: Translator) -> tuple[Figure, ...]:
    """What an instructor taught in; several may share a course, so nothing adds up."""
    formulas: dict[Measure, Callable[[Criteria], Formula]] = {
        Measure.OFFERINGS: partial(rows_where, "assignment"),
        Measure.ENROLMENTS: partial(total_where, "assignment", "enrolments"),
        Measure.COMPLETIONS: partial(total_where, "assignment", "completions"),
    }
    return tuple(Figure(measure_words(measure, t), formula, adds_up=False) for measure, formula in formulas.items())


def youth_figures(t: Translator) -> tuple[Figure, ...]:
    """Youth reached and graduated, each also by sex."""
    parts = {Sex.F: "girls", Sex.M: "boys", Sex.U: "unrecorded"}
    figures: list[Figure] = []
    for measure in (Measure.REACHED, Measure.GRADUATED):
        formula, day = partial(measure_formula, measure), dated_by(measure)
        figures.append(Figure(measure_words(measure, t), formula, day, split=True))
        for sex, part in parts.items():
            column = partial(total_where, "group", f"{measure}_{part}")
            figures.append(Figure(part_name(measure, sex, t), column, day, is_part=True))
    return tuple(figures)


def youth_numbers(by_sex: Mapping[Sex, Counts]) -> tuple[int, ...]:
    """The numbers that belong to `youth_figures`."""
    reached = [by_sex.get(sex, Counts()).reached for sex in Sex]
    graduated = [by_sex.get(sex, Counts()).graduated for sex in Sex]
    return sum(reached), *reached, sum(graduated), *graduated


def figure_columns(figures: Sequence[Figure]) -> list[Column]:
    """The columns of the figures on a page."""
    return [Column(figure.heading, widest=12, number=True) for figure in figures]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its heading (none on a page with one table), columns, rows and the total below them."""

    heading: str
    figures: tuple[Figure, ...]
    lines: Sequence[Line]
    total: tuple[int, ...] | None
    """None where rows may share people or courses"""


def write_section(page: Page, plan: Plan, tally: Tally, section: Section) -> tuple[int, int]:
    """Write a section with its total and note its checks; first and last row of its lines."""
    if section.heading:
        page.band(section.heading)
    first_column = sum(not column.number for column in page.columns)
    hidden = set() if plan.live else hidden_cells(section)
    programme = equal_to("programme", tally.programme)
    first = page.next_row
    for number, line in enumerate(section.lines):
        cells: list[Cell] = []
        for place, (figure, value) in enumerate(zip(section.figures, line.numbers, strict=True)):
            where = (programme, *line.conditions(page.next_row + 1), *_period(line, figure, page.next_row + 1))
            cells.append(_number(plan, figure, where, value, hidden=(number, place) in hidden))
        page.row(*line.head, *(None,) * (first_column - len(line.head)), *cells)
    last = page.next_row - 1
    if section.total is not None:
        _write_total(page, plan, tally, section, (first, last), first_column, hidden)
    return first, last


def _write_total(
    page: Page,
    plan: Plan,
    tally: Tally,
    section: Section,
    lines: tuple[int, int],
    first_column: int,
    hidden: set[tuple[int, int]],
) -> None:
    """The total is the sum of the rows; persons are counted anew, they never add up."""
    cells: list[Cell] = [plan.t("Total"), *(None,) * (first_column - 1)]
    place_name = f"{page.name}: {section.heading}" if section.heading else page.name
    for place, (figure, value) in enumerate(zip(section.figures, section.total or (), strict=True)):
        left_out = (len(section.lines), place) in hidden
        if figure.adds_up and plan.live and section.lines:
            cells.append(page.total(first_column + place, *lines, value))
        else:
            where = (equal_to("programme", tally.programme),)
            cells.append(_number(plan, figure, where, value, hidden=left_out))
        if not left_out and not figure.is_part:
            subject = f"{tally.programme} · {figure.heading}"
            plan.checks.append(Check(subject, place_name, value, page.cell(page.next_row, first_column + place)))
    page.row(*cells, look=Look.TOTAL)


def _number(plan: Plan, figure: Figure, where: Criteria, value: int, *, hidden: bool) -> Cell:
    if plan.live:
        return Live(figure.formula(where), value)
    return LEFT_OUT if hidden else value


def _period(line: Line, figure: Figure, row: int) -> Criteria:
    return between(figure.dated_by, f"$B{row}", f"$C{row}") if line.dated else ()


def hidden_cells(section: Section) -> set[tuple[int, int]]:
    """The numbers of people that third parties may not see: (line, column), the total being the last line."""
    figures = section.figures
    people = [place for place, figure in enumerate(figures) if figure.of_people]
    numbers = [line.numbers for line in section.lines] + ([section.total] if section.total else [])
    # what one column leaves of another stands nowhere, but everybody can work it out
    differences = {place: len(figures) + place for place in people if figures[place].less_next}
    rows = [
        {place: row[place] for place in people}
        | {unseen: row[place] - row[place + 1] for place, unseen in differences.items()}
        for row in numbers
    ]
    sums = [(place, *range(place + 1, place + 4)) for place in people if figures[place].split]
    sums += [(place, place + 1, unseen) for place, unseen in differences.items()]
    down = [place for place in people if figures[place].adds_up and section.total]
    down += [unseen for place, unseen in differences.items() if place in down]
    return left_out(rows, sums, down)
