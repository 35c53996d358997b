"""The roll-up's sheets of approved targets beside what was done, and of the restated figures of closed quarters."""

from __future__ import annotations

import datetime as dt

from eic_tracker.clock import local_date
from eic_tracker.domain.counting import Scope, figure
from eic_tracker.domain.pace import pace
from eic_tracker.domain.periods import title
from eic_tracker.i18n import N_
from eic_tracker.queries.targets import Target
from eic_tracker.reports.report_words import measure_words, reference_words
from eic_tracker.reports.rollup.plan import Check, Plan
from eic_tracker.reports.rollup.sections import dated_by, measure_formula
from eic_tracker.reports.target_words import PACE_DEFINITION, STATES
from eic_tracker.reports.xlsx.formulas import Formula, between, equal_to
from eic_tracker.reports.xlsx.page import Page, column_letter
from eic_tracker.reports.xlsx.workbook import Column, Live

_PLANNED, _DONE = 4, 5
"""Columns of the page of targets."""
_NO_TARGET = N_("No approved target had begun by this day.")


def targets_page(plan: Plan) -> Page:
    """Planned, done and the share done, for every approved target that has begun."""
    t = plan.t
    columns = [
        Column(t("Programme"), widest=34, wrap=True),
        Column(t("Figure"), widest=20, wrap=True),
        Column(t("Period"), widest=22, wrap=True),
        Column(t("Code of the indicator"), widest=14, wrap=True),
        *(
            Column(heading, widest=12, number=True)
            for heading in (t("Planned"), t("Carried out"), "%", t("Planned by now"))
        ),
        Column(t("State"), widest=18, wrap=True),
        Column(t("Document"), widest=28, wrap=True),
    ]
    note = t("Carried out: what is counted in the period up to {date}.", date=t.date(plan.data.as_of))
    return Page(plan.book, t("Targets"), columns, title=t("Planned and done"), note=f"{note} {t(PACE_DEFINITION)}")


def fill_targets(page: Page, plan: Plan) -> None:
    """One row for each target; what was done is a formula over the detail tables."""
    begun = [each for each in plan.data.targets if each.period.first_day <= plan.data.as_of]
    for target in begun:
        _target_row(page, plan, target)
    if not begun:
        page.note(plan.t(_NO_TARGET))


def _target_row(page: Page, plan: Plan, target: Target) -> None:
    t, data, period = plan.t, plan.data, target.period
    last = min(period.last_day, data.as_of)
    scope = Scope(programmes=(target.programme,), first_day=period.first_day, last_day=last)
    done = figure(data.facts, target.measure, as_of=data.as_of, scope=scope)
    where = (
        equal_to("programme", target.programme),
        *between(dated_by(target.measure), period.first_day, last),
    )
    # a period that has surely ended has no day left
    today = data.as_of + dt.timedelta(days=1) if data.today is None else data.as_of
    now = pace(target.value, period, done, today)
    number = page.next_row + 1
    planned, counted = (f"{column_letter(column)}{number}" for column in (_PLANNED, _DONE))
    share = (200 * done + target.value) // (2 * target.value)
    formula = measure_formula(target.measure, where)
    page.row(
        data.labels.programmes.get(target.programme, target.programme),
        measure_words(target.measure, t),
        title(period, t),
        data.indicators.get((target.programme, target.measure)),
        target.value,
        Live(formula, done),
        Live(Formula(f"=ROUND(100*{counted}/{planned},0)"), share),
        now.planned,
        t(STATES[now.state]),
        " · ".join(filter(None, (target.document, t.date(target.dated) if target.dated else ""))),
    )
    subject = f"{target.programme} · {measure_words(target.measure, t)} · {title(period, t)}"
    plan.checks.append(Check(subject, page.name, done, page.cell(number - 1, _DONE)))


def restatements_page(plan: Plan) -> Page:
    """The figures of closed quarters that changed after their papers were sent."""
    t = plan.t
    columns = [
        Column(t("Quarter"), widest=22, wrap=True),
        Column(t("Figure"), widest=40, wrap=True),
        *(Column(heading, widest=12, number=True) for heading in (t("Old figure"), t("New figure"), t("Difference"))),
        Column(t("Why"), widest=44, wrap=True),
        Column(t("Who"), widest=30, wrap=True),
        Column(t("Authorised by"), widest=30, wrap=True),
        Column(t("Entered on"), widest=14),
    ]
    note = t("The reports that were sent keep the old figure; it is corrected here, not there.")
    return Page(plan.book, t("Restated figures"), columns, title=t("Restated figures of closed quarters"), note=note)


def fill_restatements(page: Page, plan: Plan) -> None:
    """One row for each restatement that this workbook tells."""
    t, data = plan.t, plan.data
    for each in data.restatements:
        row = page.next_row + 1
        old, new = (f"{column_letter(column)}{row}" for column in (2, 3))
        page.row(
            title(each.period, t),
            f"{data.labels.programmes.get(each.programme, each.programme)}: {measure_words(each.measure, t)}",
            each.old,
            each.new,
            Live(Formula(f"={new}-{old}"), each.new - each.old),
            reference_words(each.reason, t),
            each.person,
            each.authorised_by,
            local_date(each.recorded_at),
        )
    if not data.restatements:
        page.note(t("No figure of a closed quarter was restated."))
