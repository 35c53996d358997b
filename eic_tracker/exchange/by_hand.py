"""What a person set right in a list under review: values typed into rows, repairs refused there, rows left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from eic_tracker.exchange.rows import PersonRow, Problem, RowKey, Severity
from eic_tracker.i18n import N_

TYPED = "typed"
"""The code of a value that somebody typed over what the list says."""
LEFT_OUT = "left_out"
"""The code of a row that somebody left out."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """Values typed by field (as PersonRow names them), and rows set right one by one."""

    typed: Mapping[RowKey, Mapping[str, str]] = field(default_factory=dict)
    contrary: frozenset[RowKey] = frozenset()
    """rows whose repairs are refused where those of the list are accepted, and the other way round"""
    left_out: frozenset[RowKey] = frozenset()


def with_choices(row: PersonRow, by_hand: ByHand, *, repairs: bool) -> PersonRow:
    """The row with its repairs refused where they are not wanted, and left out where a person said so."""
    if repairs is (row.key in by_hand.contrary):
        row = _strict(row)
    if row.key not in by_hand.left_out:
        return row
    problem = Problem("", Severity.ERROR, LEFT_OUT, "", None, N_("Left out by hand."))
    return replace(row, problems=(problem, *row.problems))


def is_left_out(row: PersonRow) -> bool:
    """Whether somebody left the row out."""
    return any(problem.code == LEFT_OUT for problem in row.problems)


def _strict(row: PersonRow) -> PersonRow:
    problems = tuple(
        replace(problem, severity=Severity.ERROR)
        if problem.severity is Severity.REPAIR and problem.code != TYPED
        else problem
        for problem in row.problems
    )
    return replace(row, problems=problems)
