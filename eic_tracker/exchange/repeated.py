"""People who stand in a file more than once: by their document, or by all that is said of them where they have none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eic_tracker.domain.names import match_key
from eic_tracker.exchange.by_hand import is_left_out
from eic_tracker.exchange.rows import PersonRow, Problem, Severity
from eic_tracker.i18n import N_


def mark_repeated(rows: Sequence[PersonRow]) -> list[PersonRow]:
    """The rows with problem repeated_in_file on each that says again what an earlier one says.

    The same document under two names is an error on all of its rows until a person decides."""
    first: dict[tuple[object, ...], PersonRow] = {}
    clashing: set[tuple[object, ...]] = set()
    for row in rows:
        key = _key(row)
        if key is None:
            continue
        earlier = first.setdefault(key, row)
        if earlier is not row and row.document and not _same_name(earlier, row):
            clashing.add(key)
    return [_marked(row, first, clashing) for row in rows]


def _key(row: PersonRow) -> tuple[object, ...] | None:
    if is_left_out(row):
        return None
    if row.document:
        return (row.country, row.document_type, row.document)
    if any(problem.field == "document" and problem.severity is Severity.ERROR for problem in row.problems):
        return None
    name = match_key(row.given_names, row.family_names)
    return (name, row.sex, row.birth_date, row.rank, row.unit, row.institution, row.phone) if name else None


def _same_name(one: PersonRow, other: PersonRow) -> bool:
    return match_key(one.given_names, one.family_names) == match_key(other.given_names, other.family_names)


def _marked(row: PersonRow, first: dict[tuple[object, ...], PersonRow], clashing: set[tuple[object, ...]]) -> PersonRow:
    key = _key(row)
    if key is None:
        return row
    earlier = first[key]
    if key in clashing:
        problem = Problem(
            "document", Severity.ERROR, "document_of_two", row.document or "", None,
            N_("The document {value} stands beside two different names in this file. Look which one is right."),
            {"value": row.document or ""},
        )  # fmt: skip
    elif earlier is row:
        return row
    else:
        problem = Problem(
            "document", Severity.WARNING, "repeated_in_file", row.document or "", None,
            N_("This row repeats row {row}."), {"row": str(earlier.row)},
        )  # fmt: skip
    return replace(row, problems=(*row.problems, problem))
