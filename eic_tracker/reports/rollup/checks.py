"""The roll-up's sheets against the program's own count."""

from __future__ import annotations

from collections.abc import Iterator

from eic_tracker.domain.codes import Measure, Sex
from eic_tracker.i18n import N_
from eic_tracker.reports.rollup.plan import Check, Plan, Tally
from eic_tracker.reports.rollup.sections import measure_formula
from eic_tracker.reports.rollup.words import ONE_ADULT
from eic_tracker.reports.xlsx.formulas import Formula, equal_to, joined, total_where
from eic_tracker.reports.xlsx.page import Page
from eic_tracker.reports.xlsx.workbook import Cell, Column, Live, absolute

AGREES, DIFFERS = N_("agrees"), N_("differs")
_BY_SEX = {
    Measure.COMPLETIONS: N_("Completions of women, men and not recorded together"),
    Measure.REACHED: N_("Reached: girls, boys and not recorded together"),
    Measure.GRADUATED: N_("Graduated: girls, boys and not recorded together"),
}
_IN_COURSES = {
    Measure.ENROLMENTS: N_("Enrolments in the table of courses"),
    Measure.COMPLETIONS: N_("Completions in the table of courses"),
}


def checks_page(plan: Plan) -> Page:
    """Control totals: every sheet against the program's own count."""
    t = plan.t
    columns = [
        Column(t("What"), widest=44, wrap=True),
        Column(t("Where"), widest=72),
        *(
            Column(heading, widest=14, number=True)
            for heading in (t("Counted by the program"), t("In this workbook"), t("Difference"))
        ),
        Column(t("Result"), widest=12),
    ]
    note = t(
        "“Counted by the program” was written when the workbook was made and does not change; “In this workbook” is"
        " calculated from the sheets. If somebody changes a row of the details, a difference appears here."
    )
    return Page(plan.book, t("Control totals"), columns, title=t("Control totals"), note=note)


def fill_checks(page: Page, plan: Plan) -> Cell:
    """One row for each check; the word for all of them together."""
    t = plan.t
    agrees, differs = t(AGREES), t(DIFFERS)
    first = page.next_row
    for check in plan.checks:
        row = page.next_row + 1
        page.row(
            check.subject,
            check.place,
            check.expected,
            Live(Formula(f"={check.formula}"), check.expected),
            Live(Formula(f"=D{row}-C{row}"), 0),
            Live(Formula(f"=E{row}=0"), value=True),
        )
    last = max(page.next_row - 1, first)
    page.filter(first, last)
    results = f"{page.cell(first, 5)}:{absolute(page.sheet, last, 5).rpartition('!')[2]}"
    return Live(Formula(f'=IF(AND({results}),"{agrees}","{differs}")'), agrees)


def check_details(plan: Plan) -> None:
    """Compare sums over the detail tables themselves with the program's count."""
    details = plan.t("Detail tables")
    for tally in (*plan.courses, *plan.outreach):
        sums = _course_sums(plan, tally) if tally in plan.courses else _youth_sums(tally)
        for subject, formula, measure in sums:
            name = f"{tally.programme} · {plan.t(subject)}"
            plan.checks.append(Check(name, details, getattr(tally.total, measure), formula.text.removeprefix("=")))


def _course_sums(plan: Plan, tally: Tally) -> Iterator[tuple[str, Formula, Measure]]:
    here = equal_to("programme", tally.programme)
    for measure, subject in _IN_COURSES.items():
        yield subject, total_where("offering", measure.value, (here,)), measure
    sexes = [equal_to("sex", plan.t(ONE_ADULT[sex])) for sex in Sex]
    parts = [measure_formula(Measure.COMPLETIONS, (here, sex)) for sex in sexes]
    yield _BY_SEX[Measure.COMPLETIONS], joined(parts), Measure.COMPLETIONS


def _youth_sums(tally: Tally) -> Iterator[tuple[str, Formula, Measure]]:
    here = (equal_to("programme", tally.programme),)
    for measure in (Measure.REACHED, Measure.GRADUATED):
        columns = [f"{measure}_{part}" for part in ("girls", "boys", "unrecorded")]
        yield _BY_SEX[measure], joined([total_where("group", column, here) for column in columns]), measure
