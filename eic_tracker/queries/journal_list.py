"""The journal as a list: one row for each change set, under the name of who made it; it names no participants."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.queries.identities import RECORDS_OF
from eic_tracker.queries.listing import Filter, Listing, Sight
from eic_tracker.store.journal import Head

_NAMED = """CASE WHEN EXISTS (SELECT 1 FROM user x WHERE x.full_name = w.full_name AND x.id <> w.id)
    THEN w.full_name || ' (' || s.actor || ')' ELSE coalesce(w.full_name, s.actor) END"""
"""The name of who made an entry; with the sign-in name where two users have the same, and alone where nobody did."""

_WHO = "LEFT JOIN user w ON w.id = s.user_id"

_AT_HOME = "datetime(s.at, '-6 hours')"
"""The moment as clocks in Honduras show it: UTC minus six hours all the year."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change set: who, on behalf of whom, when (UTC), what, why, by whose order, and what undid it."""

    id: int
    at: dt.datetime
    actor: str
    on_behalf_of: str | None
    use_case: str
    label: str
    reason: str | None
    authorised_by: str | None
    changes: int
    undoes: int | None
    undone_by: int | None
    code: str
    actor_name: str
    """the full name of who made it; the sign-in name stands in `actor`"""


def _row(row: Sequence[Any], _sight: Sight) -> HistoryRow:
    key, at, *others, stored, name = row
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    values: tuple[Any, ...] = (key, moment, *others, Head(key, stored).code, name)
    return HistoryRow(*values)


def _search(text: str) -> tuple[str, tuple[object, ...]]:
    """Every typed word must stand in label, reason, login or name of the user; a number is also that entry."""
    conditions, values = [], []
    for word in text.split():
        plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        conditions.append(
            "(s.label LIKE ? ESCAPE '\\' OR s.reason LIKE ? ESCAPE '\\' OR s.actor LIKE ? ESCAPE '\\' "
            "OR s.user_id IN (SELECT id FROM user WHERE full_name LIKE ? ESCAPE '\\') OR s.id = ?)"
        )
        values += [*[f"%{plain}%"] * 4, int(word) if word.isascii() and word.isdigit() and len(word) < 19 else -1]
    return " AND ".join(conditions), tuple(values)


HISTORY: Listing[HistoryRow] = Listing(
    name="history",
    key="s.id",
    source="change_set s",
    select=f"""
SELECT s.id, s.at, s.actor, s.on_behalf_of, s.use_case, s.label, s.reason, a.authorised_by, s.changes, s.undoes_id,
       (SELECT max(u.id) FROM change_set u WHERE u.undoes_id = s.id), s.hash,
       {_NAMED}
FROM change_set s LEFT JOIN authorisation a ON a.id = s.authorisation_id {_WHO}""",
    row=_row,
    orders={
        "newest": ("s.id DESC",),
        "id": ("s.id",),
        "at": ("s.at",),
        "actor": ("w.full_name COLLATE NOCASE", "s.actor"),
        "use_case": ("s.use_case",),
        "label": ("s.label",),
        "changes": ("s.changes",),
    },
    joins={"actor": _WHO},
    filters={
        "actor": Filter("s.actor = ?", f"SELECT DISTINCT s.actor, {_NAMED} FROM change_set s {_WHO} ORDER BY 2"),
        "use_case": Filter("s.use_case = ?", "SELECT DISTINCT use_case, NULL FROM change_set ORDER BY use_case"),
        "month": Filter(
            f"substr({_AT_HOME}, 1, 7) = ?",
            "SELECT DISTINCT substr(datetime(at, '-6 hours'), 1, 7), NULL FROM change_set ORDER BY 1 DESC",
        ),
        "from": Filter(f"date({_AT_HOME}) >= ?"),
        "to": Filter(f"date({_AT_HOME}) <= ?"),
        "table": Filter(
            "s.id IN (SELECT change_set_id FROM change WHERE table_name = ?)",
            "SELECT DISTINCT table_name, NULL FROM change ORDER BY 1",
        ),
        "kind": Filter(
            {
                "undo": "s.undoes_id IS NOT NULL",
                "undone": "s.id IN (SELECT undoes_id FROM change_set WHERE undoes_id IS NOT NULL)",
                "with_reason": "s.reason IS NOT NULL",
                "authorised": "s.authorisation_id IS NOT NULL",
            }
        ),
    },
    own="s.user_id IN (SELECT id FROM user WHERE instructor_id = ?)",
    search=_search,
)

_RELATED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "offering": (
        ("enrolment", "offering_id"),
        ("assignment", "offering_id"),
        ("offering_module", "offering_id"),
        ("offering_day", "offering_id"),
        ("walk_in", "offering_id"),
        ("act", "offering_id"),
    ),
    "participant": (
        ("enrolment", "participant_id"),
        ("participant_document", "participant_id"),
        ("vetting", "participant_id"),
    ),
    "class_group": (
        ("class_group_grade", "class_group_id"),
        ("class_lesson", "class_group_id"),
        ("class_officer", "class_group_id"),
    ),
    "audit_sample": (("audit_sample_item", "audit_sample_id"),),
    "instructor": (("rotation", "instructor_id"), ("mentored_unit", "instructor_id")),
    "certificate": (
        ("register_entry", "certificate_id"),
        ("delivery", "certificate_id"),
        ("revocation", "certificate_id"),
        ("certificate_sheet", "certificate_id"),
    ),
}
"""The rows that make up a record beside its own: table and the column that names the record."""


def sets_touching(connection: Connection, table: str, row_id: int, most: int = 500) -> tuple[int, ...]:
    """The change sets that touched a record or the rows that belong to it now, newest first.

    Records that were merged into a person belong to it."""
    records = json.dumps([row_id])
    if table == "participant":
        records = connection.exec_driver_sql(
            f"SELECT json_group_array(id) FROM ({RECORDS_OF.replace('{person}', '?')})", (row_id,)
        ).scalar_one()
    these = "(SELECT value FROM json_each(?))"
    parts = [f"SELECT change_set_id FROM change WHERE table_name = ? AND row_id IN {these}"]
    values: list[object] = [table, records]
    for other, column in _RELATED.get(table, ()):
        parts.append(
            f"SELECT change_set_id FROM change WHERE table_name = ? AND row_id IN "
            f'(SELECT id FROM "{other}" WHERE "{column}" IN {these})'
        )
        values += [other, records]
    if table in {"offering", "participant"}:
        parts.append(
            "SELECT change_set_id FROM change WHERE table_name = 'certificate' AND row_id IN (SELECT c.id "
            f"FROM certificate c LEFT JOIN enrolment e ON e.id = c.enrolment_id "
            f"WHERE coalesce(c.{table}_id, e.{table}_id) IN {these})"
        )
        values.append(records)
    query = f"SELECT DISTINCT change_set_id FROM ({' UNION ALL '.join(parts)}) ORDER BY 1 DESC LIMIT ?"
    return tuple(row[0] for row in connection.exec_driver_sql(query, (*values, most)))


@dataclass(frozen=True, slots=True)
class Tip:
    """The newest entry of a chain of doing, undoing and doing again, the first of it, and whether the change stands."""

    id: int
    stands: bool
    begins: int

    @property
    def alone(self) -> bool:
        """Whether nothing was undone yet."""
        return self.begins == self.id


def newest_tips(connection: Connection, user_id: int, most: int = 500) -> tuple[Tip, ...]:
    """The user's entries that nothing undid yet, newest first."""
    undone = {
        row[0]: row[1]
        for row in connection.exec_driver_sql(
            "SELECT undoes_id, id FROM change_set WHERE undoes_id IS NOT NULL ORDER BY id"
        )
    }
    undoes = {later: earlier for earlier, later in undone.items()}
    rows = connection.exec_driver_sql(
        "SELECT id FROM change_set WHERE user_id = ? ORDER BY id DESC LIMIT ?", (user_id, most)
    )
    tips = []
    for (key,) in rows:
        if key in undone:
            continue
        steps, at = 0, key
        while at in undoes:
            at, steps = undoes[at], steps + 1
        tips.append(Tip(key, steps % 2 == 0, at))
    return tuple(tips)
