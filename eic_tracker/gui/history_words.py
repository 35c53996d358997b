"""What a journal entry changed, in words: no codes, no keys where a name is known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.codes import Operation
from eic_tracker.gui.code_words import (
    CERTIFICATE_STATUSES,
    COURSE_TYPES,
    CURRICULA,
    ENROLMENT_STATUSES,
    ROLES,
    SEATS,
    SOURCE_KINDS,
)
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.journal_words import column_words, table_words
from eic_tracker.services.history import ChangedRow, ColumnChange
from eic_tracker.services.history_names import NamedEntry

_DID = {
    Operation.INSERT: N_("{row}: entered"),
    Operation.UPDATE: N_("{row}: changed"),
    Operation.DELETE: N_("{row}: deleted"),
}
_CODES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("user", "role"): {code.value: words for code, words in ROLES.items()},
    ("enrolment", "status"): {code.value: words for code, (words, _) in ENROLMENT_STATUSES.items()},
    ("enrolment", "seat"): {code.value: words for code, words in SEATS.items()},
    ("certificate", "status"): {code.value: words for code, (words, _) in CERTIFICATE_STATUSES.items()},
    ("course", "course_type"): {code.value: words for code, words in COURSE_TYPES.items()},
    ("curriculum", "kind"): {code.value: words for code, words in CURRICULA.items()},
    ("source_document", "kind"): SOURCE_KINDS,
}
_QUIET = frozenset({"id", "uid", "match_key", "sort_key", "recorded_at"})
"""What the program keeps for itself: no part of what a person changed."""
_WITHOUT_COMMAS = frozenset({"year"})
_LONGEST = 300
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*")


def row_words(row: ChangedRow, entry: NamedEntry, t: Translator) -> str:
    """What was done to which row: "Unit “DPI”: changed"."""
    name = entry.names.get((row.table, row.row_id)) or _own_name(row)
    what = table_words(row.table, t)
    return t(_DID[row.operation], row=f"{what} “{name}”" if name else f"{what} {t.number(row.row_id)}")


def change_lines(row: ChangedRow, entry: NamedEntry, t: Translator) -> list[str]:
    """One line for each value: before → after where it changed, the value alone where the row came or went."""
    lines = []
    for change in row.columns:
        if change.column in _QUIET or (row.operation is not Operation.UPDATE and _is_empty(change)):
            continue
        label = column_words(row.table, change.column, t)
        if change.withheld:
            lines.append(t("{column}: the history keeps a control code only", column=label))
            continue
        before = value_words(row.table, change.column, change.before, entry, t)
        after = value_words(row.table, change.column, change.after, entry, t)
        if row.operation is Operation.UPDATE:
            lines.append(f"{label}: {before} → {after}")
        else:
            lines.append(f"{label}: {after if row.operation is Operation.INSERT else before}")
    if row.erased:
        lines.append(t("The values were erased for good."))
    return lines


def value_words(table: str, column: str, value: object, entry: NamedEntry, t: Translator) -> str:
    """A stored value as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, int):
        target = entry.refers.get((table, column))
        if target is None:
            return str(value) if column in _WITHOUT_COMMAS else t.number(value)
        return entry.names.get((target, value)) or f"№ {value}"
    if not isinstance(value, str):
        return str(value)
    known = _CODES.get((table, column), {}).get(value)
    return t(known) if known is not None else _text_words(value, t)


def _text_words(value: str, t: Translator) -> str:
    try:
        if _DAY.fullmatch(value):
            return t.date(dt.date.fromisoformat(value))
        if _MOMENT.fullmatch(value):
            moment = dt.datetime.fromisoformat(value)
            local = (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(HONDURAS)
            return f"{t.date(local.date())} {local:%H:%M}"
    except ValueError:
        return value
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def _own_name(row: ChangedRow) -> str | None:
    """The name of a row that is gone, as the entry itself tells it."""
    said = {change.column: change.before if change.after is None else change.after for change in row.columns}
    name = said.get("name") or said.get("login") or said.get("code")
    return name if isinstance(name, str) else None


def _is_empty(change: ColumnChange) -> bool:
    return not change.withheld and change.before in (None, "") and change.after in (None, "")
