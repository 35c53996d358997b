"""Which closed quarters the rows of a journal entry are counted in: such an entry is corrected, not taken back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import Operation
from eic_tracker.domain.periods import parse_period
from eic_tracker.store import journal

_DAYS = {
    "offering": "SELECT ends_on FROM offering WHERE id IN ({keys})",
    "class_group": "SELECT first_lesson_on FROM class_group WHERE id IN ({keys}) "
    "UNION SELECT graduated_on FROM class_group WHERE id IN ({keys})",
    "participant": "SELECT o.ends_on FROM enrolment e JOIN offering o ON o.id = e.offering_id "
    "WHERE e.participant_id IN ({keys})",
}
_OWNERS = {
    "offering": ("offering", "id"),
    "enrolment": ("offering", "offering_id"),
    "assignment": ("offering", "offering_id"),
    "class_group": ("class_group", "id"),
    "class_group_grade": ("class_group", "class_group_id"),
}
"""What dates a counted row, and the column that names it."""

_DATES = ("ends_on", "first_lesson_on", "graduated_on")


def closed_quarters_behind(connection: Connection, number: int) -> list[str]:
    """The closed quarters in which the rows of an entry are counted, were, or would be again."""
    closed = [
        parse_period(code)
        for (code,) in connection.exec_driver_sql(
            "SELECT period FROM closed_quarter WHERE reopened_at IS NULL ORDER BY period"
        )
    ]
    if not closed:
        return []
    days: set[str] = set()
    owners: dict[str, set[int]] = {}
    for change in journal.changes_of(connection, number):
        said = [values for values in (change.before, change.after) if values is not None]
        if change.table == "participant" and any("merged_into_id" in values for values in said):
            owners.setdefault("participant", set()).add(change.row_id)
        if change.table not in _OWNERS or _counts_nowhere(change.table, change.operation, said):
            continue
        owner, column = _OWNERS[change.table]
        named = {change.row_id} if column == "id" else {values[column] for values in said if column in values}
        owners.setdefault(owner, set()).update(named or _owner_now(connection, change.table, column, change.row_id))
        days.update(values[name] for values in said for name in _DATES if values.get(name))
    for owner, keys in owners.items():
        query = _DAYS[owner].replace("{keys}", "SELECT value FROM json_each(?1)")
        days.update(day for (day,) in connection.exec_driver_sql(query, (json.dumps(sorted(keys)),)) if day)
    dates = {dt.date.fromisoformat(day) for day in days}
    return [period.code for period in closed if any(period.first_day <= day <= period.last_day for day in dates)]


def _owner_now(connection: Connection, table: str, column: str, row_id: int) -> set[int]:
    rows = connection.exec_driver_sql(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row_id,))
    return {key for (key,) in rows}


def _counts_nowhere(table: str, operation: str, said: list[Mapping[str, Any]]) -> bool:
    """Whether a row only says what no figure of a quarter counts by: how somebody served, that a sheet is signed."""
    columns = _NOT_COUNTED_BY.get(table, frozenset())
    return operation == Operation.UPDATE and all(values.keys() <= columns for values in said)


_NOT_COUNTED_BY = {
    "enrolment": frozenset({"rank_id", "unit_id", "institution_id", "rank_text", "unit_text", "institution_text"}),
    "offering": frozenset({"signed_attendance"}),
}
