"""What enters a closed quarter later is a restatement of it: old figure, new figure, why, who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection

from eic_tracker.domain.codes import Measure, ProgrammeKind
from eic_tracker.domain.periods import Period, parse_period
from eic_tracker.domain.quarter_figures import figures_of
from eic_tracker.i18n import N_
from eic_tracker.queries.facts import read_facts
from eic_tracker.store.tables.figures import Restatement
from eic_tracker.store.transaction import Tx

ENTERED_LATE = N_("entered after the quarter was closed")
"""The reason of a restatement by a fact that was entered late; shown in the language of the reader."""

Figures = dict[tuple[int, Period], dict[Measure, int]]
"""Closed quarter (key and period) -> measures of one programme."""


def closed_quarter_figures(connection: Connection, programme: str, days: Collection[dt.date]) -> Figures:
    """What the closed quarters that hold one of the days count of a programme now; empty where none does."""
    facts = None
    found: Figures = {}
    for key, code in connection.exec_driver_sql(
        "SELECT id, period FROM closed_quarter WHERE reopened_at IS NULL ORDER BY period"
    ):
        period = parse_period(code)
        if not any(period.first_day <= day <= period.last_day for day in days):
            continue
        facts = facts or read_facts(connection, programme)
        kind = connection.exec_driver_sql("SELECT kind FROM programme WHERE code = ?", (programme,)).scalar_one()
        found[key, period] = figures_of(facts, programme, ProgrammeKind(kind), period)
    return found


def restate(
    tx: Tx, programme: str, before: Figures, reason: str = ENTERED_LATE, authorisation: int | None = None
) -> tuple[str, ...]:
    """Record each figure of those quarters that is no longer what it was; the codes of the quarters that changed."""
    if not before:
        return ()
    after = closed_quarter_figures(tx.connection, programme, [period.last_day for _, period in before])
    programme_id = tx.connection.exec_driver_sql("SELECT id FROM programme WHERE code = ?", (programme,)).scalar_one()
    rows = [
        {
            "closed_quarter_id": key[0],
            "programme_id": programme_id,
            "measure": measure,
            "old_value": old,
            "new_value": after[key][measure],
            "reason": reason,
            "authorisation_id": authorisation,
            "recorded_at": tx.at,
        }
        for key, measures in before.items()
        for measure, old in measures.items()
        if after[key][measure] != old
    ]
    tx.insert(Restatement, rows)
    changed = {row["closed_quarter_id"] for row in rows}
    return tuple(period.code for key, period in before if key in changed)
