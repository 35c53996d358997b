"""What was planned beside what was done: in the period, in its year so far, in the whole year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reportlab.platypus import Flowable

from eic_tracker.domain.codes import Measure, ReportKind
from eic_tracker.domain.counting import Scope, figure
from eic_tracker.domain.periods import title, year_of
from eic_tracker.domain.planning import planned
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.queries.targets import Target
from eic_tracker.reports.pdf.page import BODY, SMALL, paragraph, section
from eic_tracker.reports.pdf.tables import Cell, Column, Group, number_column, report_table
from eic_tracker.reports.quarterly.closed import frozen_value
from eic_tracker.reports.report_words import measure_words


def planned_section(data: ReportData, t: Translator) -> list[Flowable]:
    """Planned, done and the share done, for each figure that has an approved target in the year of the report."""
    if data.kind is ReportKind.CUMULATIVE:
        return []
    spans = _spans(data, t)
    rows = [
        [_name(programme, measure, data, t), *_cells(programme, measure, targets, spans, data, t)]
        for (programme, measure), targets in _by_figure(data).items()
        if any(planned(targets, first, last) is not None for _, first, last in spans)
    ]
    story = section(t("Planned and done"))
    if not rows:
        return [*story, paragraph(t("No approved target is recorded for this year."), BODY)]
    numbers = [number_column(t("Planned"), 44), number_column(t("Carried out"), 44), Column("%", 40, numeric=True)]
    columns = [Column(t("Figure")), *(numbers * len(spans))]
    groups = [Group("", 1), *(Group(name, 3) for name, _, _ in spans)]
    story.append(report_table(columns, rows, t, groups=groups))
    story.append(
        paragraph(
            t(
                "Planned: the approved target of those days, or the sum of the targets of their quarters. Carried"
                " out: what is counted in them up to {date}. A dash: nothing was planned for those days.",
                date=t.date(data.as_of),
            ),
            SMALL,
        )
    )
    return story


def _spans(data: ReportData, t: Translator) -> list[tuple[str, dt.date, dt.date]]:
    year = year_of(data.period)
    spans = [(title(data.period, t), data.period.first_day, data.period.last_day)]
    if not data.period.is_quarter:
        return spans
    # the year so far is the quarter itself in a first one and the year in a last one: no days stand twice
    if year.first_day < data.period.first_day and data.period.last_day < year.last_day:
        so_far = t("{period} up to {date}", period=title(year, t), date=t.date(data.period.last_day))
        spans.append((so_far, year.first_day, data.period.last_day))
    return [*spans, (title(year, t), year.first_day, year.last_day)]


def _by_figure(data: ReportData) -> Mapping[tuple[str, Measure], list[Target]]:
    found: dict[tuple[str, Measure], list[Target]] = {}
    for target in data.targets:
        found.setdefault((target.programme, target.measure), []).append(target)
    return found


def _name(programme: str, measure: Measure, data: ReportData, t: Translator) -> str:
    name = f"{data.labels.programmes.get(programme, programme)}: {measure_words(measure, t)}"
    code = data.indicators.get((programme, measure))
    return f"{name} ({code})" if code else name


def _cells(
    programme: str,
    measure: Measure,
    targets: list[Target],
    spans: list[tuple[str, dt.date, dt.date]],
    data: ReportData,
    t: Translator,
) -> list[Cell]:
    cells: list[Cell] = []
    for _, first, last in spans:
        plan = planned(targets, first, last)
        if plan is None:
            cells += ["—", "—", "—"]
            continue
        done = _done(programme, measure, first, last, data)
        cells += [plan, done, t.percent(done / plan) if plan else "—"]
    return cells


def _done(programme: str, measure: Measure, first: dt.date, last: dt.date, data: ReportData) -> int:
    own = (first, last) == (data.period.first_day, data.period.last_day)
    frozen = frozen_value(data, programme, measure) if own else None
    if frozen is not None:
        return frozen
    scope = Scope(programmes=(programme,), first_day=first, last_day=min(last, data.as_of))
    return figure(data.facts, measure, as_of=data.as_of, scope=scope)
