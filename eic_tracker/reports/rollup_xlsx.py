"""The roll-up workbook: totals as live formulas over its own detail tables, each stored with the program's count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Literal

from xlsxwriter.chart import Chart

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.codes import Measure
from eic_tracker.domain.periods import title
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.report_words import measure_words
from eic_tracker.reports.rollup.checks import check_details, checks_page, fill_checks
from eic_tracker.reports.rollup.details import details_of
from eic_tracker.reports.rollup.figures import figures_page, fill_figures
from eic_tracker.reports.rollup.notes import fill_notes, notes_page
from eic_tracker.reports.rollup.plan import EIC, GREAT, Audience, Plan, Tally
from eic_tracker.reports.rollup.planned import fill_restatements, fill_targets, restatements_page, targets_page
from eic_tracker.reports.rollup.sheets import (
    advisors_page,
    courses_page,
    fill_advisors,
    fill_courses,
    fill_institutions,
    fill_years,
    fill_youth,
    institutions_page,
    years_page,
    youth_page,
)
from eic_tracker.reports.rollup.summary import fill_summary, summary_page
from eic_tracker.reports.rollup.support import fill_support, support_page
from eic_tracker.reports.rollup.tables import DetailTables
from eic_tracker.reports.xlsx.page import Page
from eic_tracker.reports.xlsx.workbook import NAVY, Book, open_book


def rollup_xlsx(
    data: ReportData, t: Translator, file: BinaryIO, *, audience: Literal["inl", "school", "public"] = "school"
) -> None:
    """Write the roll-up of all facts up to the period's last day.

    For INL and the school every total is a formula over the detail tables; for third parties there are no details,
    totals are plain numbers, and numbers of people below five are left out."""
    public = Audience(audience) is Audience.PUBLIC
    made = data.generated_at.astimezone(HONDURAS)
    imprint = f"{t.date(made.date())} {made:%H:%M} · {data.journal_code}"
    with open_book(
        file,
        t,
        title=t("Roll-up {period}", period=title(data.period, t)),
        subject=t("EIC and G.R.E.A.T.: courses, completions, youth reached"),
        author=" · ".join(data.school.letterhead) if public else data.generated_by,
        made_at=data.generated_at,
        imprint=imprint,
        demonstration=data.demonstration,
    ) as book:
        _write(_plan(data, t, book, Audience(audience)))


def _plan(data: ReportData, t: Translator, book: Book, audience: Audience) -> Plan:
    def tallies(first: str, programmes: Iterable[str]) -> tuple[Tally, ...]:
        codes = (first, *sorted(set(programmes) - {first}))
        return tuple(Tally(data.facts, code, data.as_of) for code in codes)

    return Plan(
        data,
        t,
        book,
        audience,
        courses=tallies(EIC, (offering.programme for offering in data.facts.offerings)),
        outreach=tallies(GREAT, (group.programme for group in data.facts.class_groups)),
    )


def _write(plan: Plan) -> None:
    """Make the sheets in their order, then fill them: the summary last, as it refers to the others."""
    t = plan.t
    summary, years, courses = summary_page(plan), years_page(plan), courses_page(plan)
    institutions, advisors, youth = institutions_page(plan), advisors_page(plan), youth_page(plan)
    figures = figures_page(plan)
    support = support_page(plan) if plan.live else None
    targets = targets_page(plan) if plan.live else None
    restated = restatements_page(plan) if plan.live else None
    checks, notes = checks_page(plan), notes_page(plan)
    tables = DetailTables(plan) if plan.live else None
    of_years = fill_years(years, plan)
    fill_courses(courses, plan)
    fill_institutions(institutions, plan)
    fill_advisors(advisors, plan)
    of_youth = fill_youth(youth, plan)
    unexplained = fill_figures(figures, plan)
    if support is not None:
        fill_support(support, plan)
    if targets is not None:
        fill_targets(targets, plan)
    if restated is not None:
        fill_restatements(restated, plan)
    if tables is not None:
        check_details(plan)
        tables.write(details_of(plan.data, t, advisor_names=plan.audience is Audience.INL))
    agreement = fill_checks(checks, plan)
    fill_notes(notes, plan)
    shown = (years, courses, institutions, advisors, youth, figures, targets, restated, support, checks, notes)
    others = [page for page in shown if page is not None]
    sheets = [(page.name, page.title) for page in others] + (tables.sheets if tables else [])
    charts = [
        _chart(plan, years, of_years, 6, "EIC", measure_words(Measure.COMPLETIONS, t)),
        _chart(plan, youth, of_youth, 3, "G.R.E.A.T.", measure_words(Measure.REACHED, t)),
    ]
    fill_summary(summary, plan, agreement, unexplained, sheets, charts)
    for page in (summary, *others):
        page.finish()


def _chart(plan: Plan, page: Page, rows: tuple[int, int], column: int, programme: str, measure: str) -> Chart:
    """Columns by year of one column of a page."""
    first, last = rows
    chart = plan.book.workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": [page.name, first, 0, max(last, first), 0],
            "values": [page.name, first, column, max(last, first), column],
            "fill": {"color": NAVY},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "#,##0", "font": {"name": "Arial", "size": 8}},
        }
    )
    chart.set_title(
        {
            "name": f"{programme} · {measure}",
            "name_font": {"name": "Arial", "size": 11, "color": NAVY},
            "overlay": False,
        }
    )
    chart.set_legend({"none": True})
    named = {"name_font": {"name": "Arial", "size": 9, "bold": False}, "num_font": {"name": "Arial", "size": 9}}
    chart.set_y_axis({"name": measure, "num_format": "#,##0", "major_gridlines": {"visible": False}, **named})
    chart.set_x_axis({"name": plan.t("Year"), **named})
    return chart
