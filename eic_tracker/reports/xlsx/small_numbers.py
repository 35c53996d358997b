"""Numbers of people so small that they are left out for third parties, and those that would give them away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

LEFT_OUT = "*"
SMALL = 5


def is_small(value: int) -> bool:
    """Whether so few people might be recognised."""
    return 0 < value < SMALL


def left_out(
    rows: Sequence[Mapping[int, int]],
    across: Iterable[Sequence[int]] = (),
    down: Iterable[int] = (),
    nested: Iterable[Sequence[int]] = (),
) -> set[tuple[int, int]]:
    """The cells (row, column) of a table that third parties may not see: small ones, and others as long as one
    could be worked out as a difference.

    `across`: columns of which the first is the sum of the others in every row; `down`: columns whose last row is
    the sum of the rows above; `nested`: rows of which the first is the sum of the others, in every column. A zero
    hides nothing: it is never small. What several hidden ones make together must not be small either, nor so little
    that each of them must be one: 22 less 20 tells that two hidden numbers are 1 and 1."""
    hidden = {(place, column) for place, row in enumerate(rows) for column, value in row.items() if is_small(value)}
    sums = [[(place, column) for column in columns] for columns in across for place in range(len(rows))]
    sums += [[(place, column) for place in range(len(rows))] for column in down]
    sums += [[(place, column) for place in places] for places in nested for column in rows[places[0]]]
    changed = True
    while changed:
        changed = False
        for cells in sums:
            telling = [cell for cell in cells if rows[cell[0]][cell[1]]]
            seen = [cell for cell in telling if cell not in hidden]
            unseen = [rows[row][column] for row, column in telling if (row, column) in hidden]
            if seen and unseen and (len(unseen) == 1 or sum(unseen) < max(SMALL, len(unseen) + 1)):
                hidden.add(min(seen, key=lambda cell: rows[cell[0]][cell[1]]))
                changed = True
    return hidden
