"""Numbers below five are left out for third parties, and none can be worked out from the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.reports.xlsx.small_numbers import is_small, left_out

LINES = st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=1, max_size=6)
SUMS = [(0, 1, 2, 3)]


def table(lines: list[tuple[int, ...]]) -> list[dict[int, int]]:
    """Rows of women, men and others with their sum in column 0, and a last row with the totals."""
    rows = [{0: sum(line), 1: line[0], 2: line[1], 3: line[2]} for line in lines]
    return [*rows, {column: sum(row[column] for row in rows) for column in range(4)}]


@given(LINES)
def test_no_small_number_is_shown(lines: list[tuple[int, ...]]) -> None:
    rows = table(lines)
    hidden = left_out(rows, SUMS, range(4))
    for place, row in enumerate(rows):
        for column, value in row.items():
            assert (place, column) in hidden or not is_small(value)


@given(LINES)
def test_no_sum_leaves_a_single_number_to_be_worked_out(lines: list[tuple[int, ...]]) -> None:
    rows = table(lines)
    hidden = left_out(rows, SUMS, range(4))
    sums = [[(place, column) for column in range(4)] for place in range(len(rows))]
    sums += [[(place, column) for place in range(len(rows))] for column in range(4)]
    for cells in sums:
        assert sum(cell in hidden for cell in cells) != 1


@given(LINES)
def test_a_table_without_small_numbers_is_shown_whole(lines: list[tuple[int, ...]]) -> None:
    rows = table([tuple(value * 5 for value in line) for line in lines])
    assert left_out(rows, SUMS, range(4)) == set()


def test_the_smallest_other_number_goes_too() -> None:
    assert left_out([{0: 3}, {0: 90}, {0: 20}, {0: 113}], down=[0]) == {(0, 0), (2, 0)}
