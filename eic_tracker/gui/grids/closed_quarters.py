"""The closed quarters as the settings list them."""

from __future__ import annotations

from eic_tracker.clock import local_date
from eic_tracker.domain.periods import title
from eic_tracker.gui.models.columns import Column
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.closed_quarters import ClosedQuarter


def _state(quarter: ClosedQuarter, t: Translator) -> str:
    if quarter.reopened_at is None:
        return t("closed")
    day = t.date(local_date(quarter.reopened_at))
    return t("reopened on {day}: {reason}", day=day, reason=quarter.reopened_reason)


CLOSED_QUARTERS = (
    Column("quarter", N_("Quarter"), lambda each, t: title(each.period, t), width=20),
    Column("closed", N_("Closed on"), lambda each, t: t.date(local_date(each.closed_at)), width=12),
    Column("by", N_("Closed by"), lambda each, _t: each.closed_by or "—", width=26, stretch=True),
    Column("restated", N_("Restated"), lambda each, t: t.number(len(each.restatements)), width=12, number=True),
    Column("state", N_("State"), _state, width=36, stretch=True),
)
