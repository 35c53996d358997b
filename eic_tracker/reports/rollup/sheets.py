"""The roll-up's tables by period, course, institution, advisor, and those of school programmes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.counting import Counts
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import Period, other_calendar, parse_period, title
from eic_tracker.i18n import N_
from eic_tracker.reports.rollup.plan import Audience, Plan, Tally
from eic_tracker.reports.rollup.sections import (
    Line,
    Section,
    course_figures,
    course_numbers,
    figure_columns,
    instructor_figures,
    write_section,
    youth_figures,
    youth_numbers,
)
from eic_tracker.reports.rollup.words import code_and_name, course_type_name, grade_name, name_of
from eic_tracker.reports.xlsx.formulas import equal_to
from eic_tracker.reports.xlsx.page import Page
from eic_tracker.reports.xlsx.workbook import Cell, Column

_CALENDARS = (
    (Dimension.YEAR, N_("By year")),
    (Dimension.FY, N_("By US fiscal year (October to September)")),
    (Dimension.QUARTER, N_("By quarter")),
)


def years_page(plan: Plan) -> Page:
    """Courses by year and quarter, both calendars; nothing is written yet."""
    t = plan.t
    columns = [Column(t("Period")), Column(t("First day")), Column(t("Last day")), Column(t("US fiscal year"))]
    return Page(
        plan.book,
        t("Years and quarters"),
        columns + figure_columns(course_figures(t)),
        title=t("Courses by year and quarter"),
        note=t(
            "A course counts on its last day. Persons never add up: who came in two years is one person in the total."
        ),
    )


def fill_years(page: Page, plan: Plan) -> tuple[int, int]:
    """Write the tables of all periods; first and last row of the years of the first programme."""
    places = []
    for tally in plan.courses:
        for dimension, heading in _calendars(plan):
            lines = list(period_lines(plan, tally, dimension))
            section = Section(
                plan.of_programme(tally.programme, plan.t(heading)),
                course_figures(plan.t),
                lines,
                course_numbers(tally.total, tally.sexes),
            )
            places.append(write_section(page, plan, tally, section))
    return places[0]


def courses_page(plan: Plan) -> Page:
    """The catalogue's courses since the beginning."""
    t = plan.t
    columns = [Column(t("Code")), Column(t("Course"), widest=44, wrap=True), Column(t("Kind"))]
    return Page(
        plan.book,
        t("By course"),
        columns + figure_columns(course_figures(t)),
        title=t("Courses since the beginning, up to {date}", date=t.date(plan.data.as_of)),
    )


def fill_courses(page: Page, plan: Plan) -> None:
    """One row for each course of the catalogue that was given."""
    labels, t = plan.data.labels, plan.t
    for tally in plan.courses:
        kinds = {offering.course: offering.course_type for offering in tally.facts.offerings}
        lines = [
            _course_line(
                tally,
                Dimension.COURSE,
                key,
                (code, labels.courses.get(code, ""), course_type_name(kinds.get(code, ""), t)),
            )
            for key in tally.rows(Dimension.COURSE)
            for code in [name_of({}, key[0], t)]
        ]
        _one_table(page, plan, tally, lines, t("By course"))


def institutions_page(plan: Plan) -> Page:
    """Where the people of the courses come from."""
    t = plan.t
    columns = [Column(t("Code")), Column(t("Institution or country"), widest=60, wrap=True)]
    return Page(
        plan.book,
        t("Institutions"),
        columns + figure_columns(course_figures(t, offerings=False)),
        title=t("Institutions since the beginning, up to {date}", date=t.date(plan.data.as_of)),
        note=t("Institution as it was at the time of the course; country of the person's identity document."),
    )


def fill_institutions(page: Page, plan: Plan) -> None:
    """One row for each institution, then for each country."""
    labels, t = plan.data.labels, plan.t
    for tally in plan.courses:
        names = labels.institutions
        institutions = [
            _course_line(tally, Dimension.INSTITUTION, key, (name_of({}, key[0], t), names.get(key[0] or "")))
            for key in tally.rows(Dimension.INSTITUTION)
        ]
        countries = [
            _course_line(tally, Dimension.COUNTRY, key, (name_of(labels.countries, key[0], t), key[0]))
            for key in tally.rows(Dimension.COUNTRY)
        ]
        tables = [(t("By institution"), institutions), (t("By country"), countries)]
        # beside each other the two tables tell third parties what either leaves out
        for heading, lines in tables if plan.live else tables[:1]:
            section = Section(
                plan.of_programme(tally.programme, heading),
                course_figures(t, offerings=False),
                lines,
                course_numbers(tally.total, tally.sexes, offerings=False),
            )
            write_section(page, plan, tally, section)


def advisors_page(plan: Plan) -> Page:
    """Courses by the force of their lead instructor."""
    t = plan.t
    columns = [
        Column(t("Force or instructor")),
        Column(t("First day")),
        Column(t("Last day")),
        Column(t("Name or year")),
    ]
    return Page(
        plan.book,
        t("Advisors"),
        columns + figure_columns(course_figures(t)),
        title=t("Courses by the force of their lead instructor"),
        note=t(
            "The force of a course is the force of its one lead instructor, so the rows add up to the total."
            " Instructors of other forces may have taught in the same course."
        ),
    )


def fill_advisors(page: Page, plan: Plan) -> None:
    """By force; where details are given also by year and force, and each instructor by code."""
    t, labels = plan.t, plan.data.labels
    for tally in plan.courses:
        forces = [
            _course_line(tally, Dimension.INSTRUCTOR_FORCE, key, (_code(key[0], t("not recorded")), None, None, name))
            for key in tally.rows(Dimension.INSTRUCTOR_FORCE)
            for name in [labels.forces.get(key[0] or "")]
        ]
        numbers = course_numbers(tally.total, tally.sexes)
        heading = plan.of_programme(tally.programme, t("By force, since the beginning"))
        write_section(page, plan, tally, Section(heading, course_figures(t), forces, numbers))
        if plan.audience is Audience.PUBLIC:
            continue
        heading = plan.of_programme(tally.programme, t("By force and year"))
        lines = list(_force_and_year(plan, tally))
        write_section(page, plan, tally, Section(heading, course_figures(t), lines, numbers))
        heading = plan.of_programme(tally.programme, t("By instructor (a course with several stands at each)"))
        write_section(page, plan, tally, Section(heading, instructor_figures(t), _instructors(plan, tally), None))


def youth_page(plan: Plan) -> Page:
    """School programmes: youth reached and graduated."""
    t = plan.t
    columns = [Column(t("Period, grade or department")), Column(t("First day")), Column(t("Last day"))]
    return Page(
        plan.book,
        "G.R.E.A.T.",
        columns + figure_columns(youth_figures(t)),
        title=t("G.R.E.A.T.: children and young people reached and graduated"),
        note=t(
            "Reached on the day of a class group's first lesson, graduated on its graduation day: a group may be"
            " reached in one quarter and graduate in the next."
            " A child may be counted again in another year or component."
        ),
    )


def fill_youth(page: Page, plan: Plan) -> tuple[int, int]:
    """By period, grade and department; first and last row of the years of the first programme."""
    t, labels = plan.t, plan.data.labels
    places = []
    for tally in plan.outreach:
        sections = [(heading, list(period_lines(plan, tally, dimension))) for dimension, heading in _calendars(plan)]
        grades = [
            _youth_line(tally, Dimension.GRADE, key, "grade", grade_name(key[0], t))
            for key in tally.rows(Dimension.GRADE)
        ]
        departments = [
            _youth_line(tally, Dimension.DEPARTMENT, key, "department", code_and_name(labels.departments, key[0], t))
            for key in tally.rows(Dimension.DEPARTMENT)
        ]
        sections += [(N_("By school grade"), grades), (N_("By department"), departments)]
        total = youth_numbers(tally.sexes)
        for heading, lines in sections:
            section = Section(plan.of_programme(tally.programme, t(heading)), youth_figures(t), lines, total)
            places.append(write_section(page, plan, tally, section))
    return places[0]


def _calendars(plan: Plan) -> Sequence[tuple[Dimension, str]]:
    """Third parties get one calendar: two that overlap would tell the small numbers left out of either."""
    return [each for each in _CALENDARS if plan.live or each[0] is Dimension.YEAR]


def _one_table(page: Page, plan: Plan, tally: Tally, lines: Sequence[Line], heading: str) -> None:
    several = len(plan.courses) > 1
    heading = plan.of_programme(tally.programme, heading) if several else ""
    total = course_numbers(tally.total, tally.sexes)
    first, last = write_section(page, plan, tally, Section(heading, course_figures(plan.t), lines, total))
    if lines and not several:
        page.filter(first, last)


_COLUMNS: Mapping[Dimension, str] = {
    Dimension.COURSE: "course",
    Dimension.INSTITUTION: "institution",
    Dimension.COUNTRY: "country",
    Dimension.INSTRUCTOR_FORCE: "lead_force",
}
_OF_PEOPLE = (Dimension.INSTITUTION, Dimension.COUNTRY)


def _course_line(tally: Tally, dimension: Dimension, key: tuple[str | None, ...], head: tuple[Cell, ...]) -> Line:
    """A row of which the first cell is what the detail table holds in the dimension's column."""
    text, column = str(head[0]), _COLUMNS[dimension]
    sexes = tally.by_sex(dimension).get(key[0], {})
    numbers = course_numbers(tally.rows(dimension)[key], sexes, offerings=dimension not in _OF_PEOPLE)
    return Line(head, lambda row: (equal_to(column, text, f"$A{row}"),), numbers)


def _youth_line(tally: Tally, dimension: Dimension, key: tuple[str | None, ...], column: str, text: str) -> Line:
    numbers = youth_numbers(tally.by_sex(dimension).get(key[0], {}))
    return Line((text,), lambda row: (equal_to(column, text, f"$A{row}"),), numbers)


def period_lines(plan: Plan, tally: Tally, dimension: Dimension) -> Iterator[Line]:
    """One row for each period from the first with rows to the last, those without any too."""
    found = tally.rows(dimension)
    periods = [parse_period(str(keys[0])) for keys in found]
    sexes = tally.by_sex(dimension)
    outreach = tally in plan.outreach
    for period in _without_gaps(periods):
        by_sex = sexes.get(period.code, {})
        counts = found.get((period.code,), Counts())
        numbers = youth_numbers(by_sex) if outreach else course_numbers(counts, by_sex)
        head = _period_head(plan, period)
        yield Line(head[:3] if outreach else head, lambda _: (), numbers, dated=True)


def _without_gaps(periods: Sequence[Period]) -> Iterator[Period]:
    if not periods:
        return
    period = periods[0]
    while period.first_day < periods[-1].last_day:
        yield period
        if period.is_quarter and period.number < 4:
            period = Period(period.kind, period.year, period.number + 1)
        else:
            period = Period(period.kind, period.year + 1, 1 if period.is_quarter else 0)


def _period_head(plan: Plan, period: Period) -> tuple[Cell, ...]:
    """A period that runs on is counted up to the workbook's last day."""
    other = other_calendar(period)
    last = min(period.last_day, plan.data.period.last_day)
    return title(period, plan.t), period.first_day, last, title(other, plan.t) if other else None


def _force_and_year(plan: Plan, tally: Tally) -> Iterator[Line]:
    by_sex: dict[tuple[str | None, ...], dict[Sex, Counts]] = defaultdict(dict)
    for keys, counts in tally.rows(Dimension.INSTRUCTOR_FORCE, Dimension.YEAR, Dimension.SEX).items():
        by_sex[keys[:2]][Sex(keys[2] or Sex.U)] = counts
    for keys, counts in tally.rows(Dimension.INSTRUCTOR_FORCE, Dimension.YEAR).items():
        force = _code(keys[0], plan.t("not recorded"))
        year, first, last, _ = _period_head(plan, parse_period(str(keys[1])))
        yield _force_line((force, first, last, year), course_numbers(counts, by_sex[keys]))


def _force_line(head: tuple[Cell, ...], numbers: tuple[int, ...]) -> Line:
    return Line(head, lambda row: (equal_to("lead_force", str(head[0]), f"$A{row}"),), numbers, dated=True)


def _instructors(plan: Plan, tally: Tally) -> list[Line]:
    """Instructors by code; with their names only for those who may see them."""
    names: Mapping[str, str] = plan.data.labels.instructors if plan.audience is Audience.INL else {}
    return [
        Line(
            (code, None, None, names.get(code)),
            lambda row, code=code: (equal_to("instructor", code, f"$A{row}"),),  # type: ignore[misc]
            (counts.offerings, counts.enrolments, counts.completions),
        )
        for (code,), counts in tally.rows(Dimension.INSTRUCTOR).items()
        if code is not None
    ]


def _code(code: str | None, missing: str) -> str:
    return missing if code is None else code
