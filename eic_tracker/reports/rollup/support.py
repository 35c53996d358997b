"""The roll-up's sheet of what stands behind the totals: live counts over the column of the detail tables."""

from __future__ import annotations

from collections.abc import Iterator

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import Scope
from eic_tracker.domain.supporting import SupportLevel, support_of, whose_enrolments
from eic_tracker.i18n import Translator
from eic_tracker.reports.report_words import measure_words, supports_of
from eic_tracker.reports.rollup.plan import Check, Plan, Tally
from eic_tracker.reports.rollup.sections import measure_formula
from eic_tracker.reports.xlsx.formulas import equal_to, joined
from eic_tracker.reports.xlsx.page import Page
from eic_tracker.reports.xlsx.workbook import Column, Live

_OF_COURSES = (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS)
_OF_GROUPS = (Measure.REACHED, Measure.GRADUATED)


def support_words(level: SupportLevel | None, measure: Measure, t: Translator) -> str:
    """How well a row of the detail tables is documented, in the words of what is counted there."""
    words = supports_of(measure, short=True)
    return t(dict(zip(SupportLevel, words, strict=False))[level or SupportLevel.ROSTER])


def support_page(plan: Plan) -> Page:
    """What stands behind the totals since the beginning."""
    t = plan.t
    columns = [Column(t("Figure"), widest=44, wrap=True), Column(t("Total"), number=True)]
    columns += [Column(t(words), widest=16, number=True) for words in supports_of(Measure.ENROLMENTS, short=True)]
    return Page(
        plan.book,
        t("Support"),
        columns,
        title=t("What stands behind the totals, up to {date}", date=t.date(plan.data.as_of)),
        note=t(
            "The first three add up to the total; a document without a roster stands beside it and is never inside it."
        ),
    )


def fill_support(page: Page, plan: Plan) -> None:
    """One row for each total; each number is a formula over the detail tables."""
    for tally, measure in _figures(plan):
        if (tally, measure) == (plan.outreach[0], _OF_GROUPS[0]):
            # young people are counted by head: other papers stand behind them
            page.band(plan.t("Children and young people"), "", *map(plan.t, supports_of(measure, short=True)))
        whose = whose_enrolments(tally.facts)
        scope = Scope(programmes=(tally.programme,), last_day=plan.data.as_of)
        found = support_of(tally.facts, whose, plan.data.papers, measure, as_of=plan.data.as_of, scope=scope)
        here = equal_to("programme", tally.programme)
        total = found.sheet_and_act + found.act + found.roster
        parts = [
            measure_formula(measure, (here, equal_to("support", support_words(level, measure, plan.t))))
            for level in SupportLevel
        ]
        name = f"{tally.programme} · {measure_words(measure, plan.t)}"
        page.row(
            name,
            Live(measure_formula(measure, (here,)), total),
            *(Live(part, value) for part, value in zip(parts, found.numbers, strict=False)),
            _documented(plan, tally, measure),
        )
        plan.checks.append(Check(name, page.name, total, joined(parts).text.removeprefix("=")))


def _figures(plan: Plan) -> Iterator[tuple[Tally, Measure]]:
    for tallies, measures in ((plan.courses, _OF_COURSES), (plan.outreach, _OF_GROUPS)):
        for tally in tallies:
            for measure in measures:
                yield tally, measure


def _documented(plan: Plan, tally: Tally, measure: Measure) -> int:
    return sum(
        line.rest
        for line in plan.data.historical
        if line.approved and (line.programme, line.measure) == (tally.programme, measure.value)
    )
