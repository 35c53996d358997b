"""The roll-up against the published figures."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from eic_tracker.domain.codes import FigureState, Measure
from eic_tracker.domain.counting import Counts
from eic_tracker.domain.facts import Scope
from eic_tracker.domain.reconciling import Cause, ReconciledFigure
from eic_tracker.i18n import Translator
from eic_tracker.reports.report_words import STATES, figure_words
from eic_tracker.reports.rollup.plan import Plan
from eic_tracker.reports.rollup.sections import dated_by, measure_formula
from eic_tracker.reports.rollup.telling import tells_small
from eic_tracker.reports.rollup.words import CAUSES, COMPONENTS, QUALIFIERS, code_and_name
from eic_tracker.reports.xlsx.formulas import Criterion, Formula, between, equal_to, joined
from eic_tracker.reports.xlsx.page import Page, column_letter
from eic_tracker.reports.xlsx.small_numbers import LEFT_OUT, is_small
from eic_tracker.reports.xlsx.workbook import Cell, Column, Link, Live, absolute

LONGEST_LINK = 2_000
PUBLISHED, COUNTED, DIFFERENCE, CAUSED, UNEXPLAINED, STATE = range(2, 8)
"""Columns of the page of published figures."""


def figures_page(plan: Plan) -> Page:
    """Published figures beside counted ones."""
    t = plan.t
    columns = [
        Column(t("Published figure"), widest=48, wrap=True),
        Column(t("Meant as"), widest=12, wrap=True),
        *(
            Column(heading, widest=11, number=True)
            for heading in (t("Published"), t("Counted"), t("Difference"), t("Causes"), t("Unexplained"))
        ),
        Column(t("State"), widest=16, wrap=True),
        Column(t("Causes of the difference"), widest=36, wrap=True),
        Column(t("Source"), widest=22),
    ]
    note = t(
        "Difference = published − counted = causes + unexplained, as of {date}. The state is judged by the program;"
        " figures that begin or end later have no numbers.",
        date=t.date(plan.data.as_of),
    )
    return Page(plan.book, t("Published figures"), columns, title=t("Published and counted figures"), note=note)


def fill_figures(page: Page, plan: Plan) -> Cell:
    """One row for each published figure; the number of those that are unexplained."""
    t = plan.t
    first = page.next_row
    for figure in plan.data.figures:
        _figure_row(page, plan, figure)
    page.filter(first, max(page.next_row - 1, first))
    last = max(page.next_row - 1, first)
    word = t(STATES[FigureState.UNEXPLAINED])
    cells = f"{page.cell(first, STATE)}:{absolute(page.sheet, last, STATE).rpartition('!')[2]}"
    value = sum(figure.state == FigureState.UNEXPLAINED for figure in plan.data.figures)
    where = Criterion("state", f'"{word}"', "")
    return Live(Formula(f"=COUNTIF({cells},{where.find})"), value)


def _figure_row(page: Page, plan: Plan, each: ReconciledFigure) -> None:
    t, figure, row = plan.t, each.figure, page.next_row + 1
    page.row(
        figure_words(figure, plan.data.labels, t),
        t(QUALIFIERS[figure.qualifier]),
        figure.value,
        *_numbers(plan, each, row),
        t(STATES[each.state]),
        LEFT_OUT if _tells_too_much(plan, each) else "\n".join(_cause(cause, t) for cause in each.causes),
        source_link(figure.source_url),
    )


def _tells_too_much(plan: Plan, each: ReconciledFigure) -> bool:
    """Whether third parties may not see what is counted, nor what would give it away."""
    if plan.live or each.counted is None:
        return False
    figure = each.figure
    tally = next((known for known in (*plan.courses, *plan.outreach) if known.programme == figure.programme), None)
    if figure.measure == Measure.OFFERINGS:
        return False
    others = {
        other.counted
        for other in plan.data.figures
        if (other.figure.programme, other.figure.measure) == (figure.programme, figure.measure) and other.counted
    }
    counts = replace(Counts(), **{figure.measure: each.counted})
    return (
        is_small(each.counted)
        or any(is_small(abs(each.counted - other)) for other in others)
        or (tally is not None and tells_small(plan, tally, Measure(figure.measure), counts))
    )


def source_link(address: str) -> Cell:
    """A link that shows the web site's name; an address that is none stays text."""
    if address.startswith(("https://", "http://")) and len(address) < LONGEST_LINK:
        return Link(urlsplit(address).netloc, address)
    return address


def _cause(cause: Cause, t: Translator) -> str:
    amount = f"{cause.amount:+,}".replace("-", "−")
    return f"{amount}: {t(cause.label, **cause.values)} ({t(CAUSES[cause.kind])})"


def _numbers(plan: Plan, each: ReconciledFigure, row: int) -> tuple[Cell, Cell, Cell, Cell]:
    """Counted, difference, causes and unexplained: formulas wherever the details can tell the count."""
    if each.counted is None or each.difference is None or each.unexplained is None:
        return None, None, None, None
    if _tells_too_much(plan, each):
        return LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT
    formula = scope_formula(plan, each) if plan.live else None
    counted: Cell = each.counted if formula is None else Live(formula, each.counted)
    amounts = [cause.amount for cause in each.causes]
    letter = {column: column_letter(column) for column in (PUBLISHED, COUNTED, DIFFERENCE, CAUSED)}
    return (
        counted,
        Live(Formula(f"={letter[PUBLISHED]}{row}-{letter[COUNTED]}{row}"), each.difference),
        Live(Formula("=" + "".join(f"{amount:+d}" for amount in amounts)), sum(amounts)) if amounts else 0,
        Live(Formula(f"={letter[DIFFERENCE]}{row}-{letter[CAUSED]}{row}"), each.unexplained),
    )


def scope_formula(plan: Plan, each: ReconciledFigure) -> Formula | None:
    """The live count of a figure's scope; None where the detail tables do not hold what it asks for."""
    figure, scope, t = each.figure, each.figure.scope, plan.t
    measure = Measure(figure.measure)
    of_youth = measure in (Measure.REACHED, Measure.GRADUATED)
    if (scope.curriculum_kind or scope.school) and not of_youth:
        return None
    if scope.municipalities and measure not in (Measure.OFFERINGS, Measure.REACHED, Measure.GRADUATED):
        return None
    if scope.lead_force and of_youth:
        return None
    where = [equal_to("programme", figure.programme)]
    if scope.lead_force:
        where.append(equal_to("lead_force", scope.lead_force))
    if scope.curriculum_kind:
        where.append(equal_to("component", t(COMPONENTS[scope.curriculum_kind])))
    if scope.school:
        where.append(equal_to("school", scope.school))
    where += between(dated_by(measure), figure.period_from, figure.period_to)
    places = _places(plan, scope)
    if not places:
        return measure_formula(measure, tuple(where))
    if measure is Measure.PERSONS and len(places) > 1:
        return None
    return joined([measure_formula(measure, (*where, place)) for place in places])


def _places(plan: Plan, scope: Scope) -> list[Criterion]:
    """One condition for each municipality, or else department; a place asked for both ways lies in its department."""
    labels, t = plan.data.labels, plan.t
    if scope.municipalities:
        chosen = [code for code in scope.municipalities if not scope.departments or code[:2] in scope.departments]
        return [equal_to("municipality", code_and_name(labels.municipalities, code, t)) for code in chosen]
    return [equal_to("department", code_and_name(labels.departments, code, t)) for code in scope.departments]
