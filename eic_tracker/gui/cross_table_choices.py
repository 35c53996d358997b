"""What may be chosen for a table of one's own, and how a place or a saved view keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.cross_table import TableSpec
from eic_tracker.domain.facts import Dimension, Scope
from eic_tracker.domain.periods import Period, PeriodKind, title
from eic_tracker.gui.models.columns import Column
from eic_tracker.i18n import Translator
from eic_tracker.reports.cross_table_words import Line

TOGETHER = "together"
"""The choice of columns where the measures that are told together stand beside each other."""
ONLY = "only:"
"""Before the name of a dimension of which one key is kept."""
_QUARTERS_OF_YEARS = 4


def period_choices(years: Sequence[int], t: Translator) -> list[tuple[str, str]]:
    """All time, then years, fiscal years and the quarters of the last years, the newest first."""
    found = [Period(PeriodKind.YEAR, year) for year in reversed(years)]
    found += [Period(PeriodKind.FY, year) for year in reversed(years)]
    last = list(reversed(years))[:_QUARTERS_OF_YEARS]
    found += [Period(PeriodKind.QUARTER, year, number) for year in last for number in (4, 3, 2, 1)]
    return [("", t("All the time")), *((period.code, title(period, t)) for period in found)]


def spec_of(
    measure: Measure, rows: Dimension, columns: str, scope: Scope, filters: Sequence[tuple[str, str]]
) -> TableSpec:
    """The table that is asked for; an empty key of a filter is what is not recorded."""
    return TableSpec(
        measure,
        rows,
        None if columns == TOGETHER else Dimension(columns),
        scope,
        tuple((Dimension(name), key or None) for name, key in filters),
    )


def state_of(spec: TableSpec, period: str) -> tuple[tuple[str, str], ...]:
    """The table as pairs of texts, as a place and a saved view keep it."""
    return (
        ("measure", spec.measure.value),
        ("rows", spec.rows.value),
        ("columns", spec.columns.value if spec.columns is not None else TOGETHER),
        ("period", period),
        ("programme", "".join(spec.scope.programmes)),
        *((f"{ONLY}{dimension.value}", key or "") for dimension, key in spec.only),
    )


def table_columns(heads: Sequence[str]) -> list[Column]:
    """The key of the row, then a number for each other heading; all are words already."""
    numbers = [
        Column(str(place), words, partial(_number, place + 1), width=7, number=True, worded=True)
        for place, words in enumerate(heads[1:])
    ]
    return [Column("key", heads[0], lambda line, _t: str(line[0]), width=18, worded=True), *numbers]


def _number(place: int, line: Line, t: Translator) -> str:
    return t.number(int(line[place]))
