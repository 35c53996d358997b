"""How wide columns are: dates, numbers, codes and states are shown whole; the longest texts give way first."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from eic_tracker.gui import theme
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.models.rows_model import RowsModel

_SIDES = 18
"""Pixels of a cell beside its text."""
_MARK = 22
"""Room for the icon of a state."""
_NAME_OF_ROOM = 4
"""A table that scrolls sideways gives up to this part of what is in sight to its first column, a name."""
_STEP = 16
"""Texts are measured in steps, so that a column does not grow by a pixel with each page of rows."""
_GIVEN = 8
"""Pixels that a text gives at a time."""
_NAMED = 2
"""How much more it counts when the words are cut by which a row is known."""
_ENOUGH = 600
"""Rows that tell how wide the texts of a column are."""
_KERNING = 0.5
"""Pixels by which a letter may be wider in its word than alone."""


@dataclass(frozen=True, slots=True)
class Width:
    """A column's part in the sharing, in pixels; `text` columns give room and take what is left."""

    wanted: int
    """with air around it"""
    need: int
    """what its heading and the rows that were read ask for"""
    least: int
    text: bool
    rows: tuple[int, ...] = ()
    """what each row that was read asks for, in order; without them only the widest is known"""

    def losers(self, width: int) -> int:
        """How many rows lose letters where the column is as wide as this."""
        return len(self.rows) - bisect_right(self.rows, width) if self.rows else int(width < self.need)


def shared(widths: Sequence[Width], room: int) -> list[int]:
    """The width of each column: air goes first, then room that the fewest rows use; no column below its least.

    Where that does not do, the first column, a name, takes no more than its part of what is in sight."""
    needs = [width.need for width in widths]
    left = room - sum(needs)
    if left >= 0:
        return _given(widths, needs, left)
    texts = [place for place, width in enumerate(widths) if width.text]
    floors = [widths[place].least for place in texts]
    if texts and texts[0] == 0:
        floors[0] = max(floors[0], min(needs[0], room // _NAME_OF_ROOM))
    lowered = _lowered([widths[place] for place in texts], floors, -left)
    for place, width in zip(texts, lowered, strict=True):
        needs[place] = width
    spare = room - sum(needs)
    if texts and spare > 0:
        needs[max(texts, key=lambda place: widths[place].need - needs[place])] += spare
    return needs


def width_of(
    column: Column, title: int, wanted: int, content: int, *, share: float, rows: tuple[int, ...] = ()
) -> Width:
    """A text keeps `share` of the width that it wants and its title; all else has what its rows ask for."""
    need = max(title, content)
    if not column.stretch:
        return Width(max(wanted, need), need, need, False)
    return Width(max(wanted, title), need, min(need, max(int(wanted * share), title)), True, rows)


def _given(widths: Sequence[Width], needs: Sequence[int], left: int) -> list[int]:
    """Air up to what each column wants; the rest to the texts, or to all where there is no text."""
    wants = [max(0, width.wanted - width.need) for width in widths]
    whole = sum(wants)
    air = min(left, whole)
    found = [need + (air * want // whole if whole else 0) for need, want in zip(needs, wants, strict=True)]
    left = sum(needs) + left - sum(found)
    takers = [place for place, width in enumerate(widths) if width.text] or list(range(len(widths)))
    parts = sum(found[place] for place in takers) or 1
    more = {place: left * found[place] // parts for place in takers[1:]}
    more[takers[0]] = left - sum(more.values())
    return [width + more.get(place, 0) for place, width in enumerate(found)]


def _lowered(texts: Sequence[Width], floors: Sequence[int], missing: int) -> list[int]:
    """Widths that together are narrower by what is missing: a step is taken where the fewest rows lose by it.

    So one long text among short ones costs its own letters, not those of all rows of another column. The first text
    is the one by which a row is known, also behind a number or a date: what a row loses there counts more."""
    found = [text.need for text in texts]
    while missing > 0:
        able = [place for place in range(len(texts)) if found[place] > floors[place]]
        if not able:
            break
        costs = {each: texts[each].losers(found[each] - _GIVEN) * (1 if each else _NAMED) for each in able}
        gives = min(able, key=lambda each: (costs[each], -found[each]))
        step = min(_GIVEN, found[gives] - floors[gives])
        found[gives] -= step
        missing -= step
    return found


class Content:
    """How much room the rows that were read so far ask for in each column."""

    def __init__(self, columns: Sequence[Column], metrics: QFontMetrics) -> None:
        digits = QFontMetrics(theme.font(theme.Type.BODY, tabular=True))
        self._columns = dict(enumerate(columns))
        self._metrics = {
            number: digits if column.number or column.identity or column.dated else metrics
            for number, column in self._columns.items()
        }
        self._letters: dict[int, dict[str, int]] = {number: {} for number in self._columns}
        self._texts: dict[int, Counter[int]] = {number: Counter() for number in self._columns}
        self._widest = dict.fromkeys(self._columns, 0)
        self._looked = False

    def least(self, column: int) -> int:
        """Pixels that a column needs, 0 where nothing is known of it."""
        found = self._widest[column]
        if not found:
            return 0
        if self._columns[column].stretch:
            found = -(-found // _STEP) * _STEP
        return found + _SIDES + (_MARK if self._columns[column].tone is not None else 0)

    def rows(self, column: int) -> tuple[int, ...]:
        """Pixels that each row that was read asks for in a column of texts, in order."""
        return tuple(sorted(self._texts[column].elements()))

    def is_silent(self, column: int) -> bool:
        """Whether rows were read and none says anything in a column."""
        return self._looked and not self._widest[column]

    def look_at(self, model: RowsModel, places: Iterable[int]) -> bool:
        """Look at rows that have come; whether a column needs more than before."""
        rows = [cells.texts for place in places if (cells := model.known(place)) is not None]
        grown = bool(rows) and not self._looked
        self._looked = self._looked or bool(rows)
        for number, column in self._columns.items():
            said = Counter(texts[number] for texts in rows)
            for text, count in said.items():
                grown = self._measure(number, text) or grown
                if column.stretch and self._texts[number].total() < _ENOUGH:
                    self._texts[number][self._roughly(number, text) + _SIDES] += count
        return grown

    def _measure(self, number: int, text: str) -> bool:
        widest = self._widest[number]
        # the sum of its letters is cheap and nearly the width of a text: only what may be wider is measured
        if self._roughly(number, text) + len(text) * _KERNING <= widest:
            return False
        self._widest[number] = max(widest, self._metrics[number].horizontalAdvance(text))
        return self._widest[number] > widest

    def _roughly(self, number: int, text: str) -> int:
        metrics, known = self._metrics[number], self._letters[number]
        for letter in text:
            if letter not in known:
                known[letter] = metrics.horizontalAdvance(letter)
        return sum(map(known.__getitem__, text))
