"""How wide columns are: dates, numbers, codes and states are shown whole; the longest texts give way first."""

from __future__ import annotations

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
_NEARLY = 2
"""Words shorter by more letters than this than the longest are not wider."""


@dataclass(frozen=True, slots=True)
class Width:
    """A column's part in the sharing, in pixels; `text` columns give room and take what is left."""

    wanted: int
    """with air around it"""
    need: int
    """what its heading and the rows that were read ask for"""
    least: int
    text: bool


def shared(widths: Sequence[Width], room: int) -> list[int]:
    """The width of each column: air goes first, then room of the longest texts; no column below its least.

    The first column, by which a row is known, stays whole as long as others can give."""
    needs = [width.need for width in widths]
    left = room - sum(needs)
    if left >= 0:
        return _given(widths, needs, left)
    texts = [place for place, width in enumerate(widths) if width.text and place > 0]
    highest = _level([widths[place] for place in texts], sum(needs[place] for place in texts) + left)
    for place in texts:
        needs[place] = max(widths[place].least, min(widths[place].need, highest))
    spare = room - sum(needs)
    if texts and spare > 0:
        needs[max(texts, key=lambda place: widths[place].need - needs[place])] += spare
    elif widths[0].text:
        # where the table scrolls sideways in any case, the name takes no more than its part of what is in sight
        needs[0] = max(widths[0].least, min(needs[0], max(needs[0] + spare, room // _NAME_OF_ROOM)))
    return needs


def width_of(column: Column, title: int, wanted: int, content: int, *, share: float) -> Width:
    """A text keeps `share` of the width that it wants and its title; all else has what its rows ask for."""
    need = max(title, content)
    if not column.stretch:
        return Width(max(wanted, need), need, need, False)
    return Width(max(wanted, title), need, min(need, max(int(wanted * share), title)), True)


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


def _level(texts: Sequence[Width], room: int) -> int:
    """The width above which texts are cut, so that together they fit: short ones stay whole, the longest give."""
    low, high = 0, max((text.need for text in texts), default=0)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(max(text.least, min(text.need, middle)) for text in texts) <= room:
            low = middle
        else:
            high = middle - 1
    return low


class Content:
    """How much room the rows that were read so far ask for in each column."""

    def __init__(self, columns: Sequence[Column], metrics: QFontMetrics) -> None:
        digits = QFontMetrics(theme.font(theme.Type.BODY, tabular=True))
        self._columns = dict(enumerate(columns))
        self._metrics = {
            number: digits if column.number or column.identity or column.dated else metrics
            for number, column in self._columns.items()
        }
        self._widest: dict[int, tuple[int, int]] = dict.fromkeys(self._columns, (0, 0))
        self._looked = False

    def least(self, column: int) -> int:
        """Pixels that a column needs, 0 where nothing is known of it."""
        found = self._widest[column][1]
        if not found:
            return 0
        if self._columns[column].stretch:
            found = -(-found // _STEP) * _STEP
        return found + _SIDES + (_MARK if self._columns[column].tone is not None else 0)

    def is_silent(self, column: int) -> bool:
        """Whether rows were read and none says anything in a column."""
        return self._looked and not self._widest[column][1]

    def look_at(self, model: RowsModel, places: Iterable[int]) -> bool:
        """Look at rows that have come; whether a column needs more than before."""
        rows = [cells.texts for place in places if (cells := model.known(place)) is not None]
        grown = bool(rows) and not self._looked
        self._looked = self._looked or bool(rows)
        for number in self._columns:
            for text in {texts[number] for texts in rows}:
                grown = self._measure(number, text) or grown
        return grown

    def _measure(self, number: int, text: str) -> bool:
        letters, pixels = self._widest[number]
        # digits of equal width: among numbers only a longer one is wider
        nearly = 0 if self._columns[number].number else _NEARLY
        if len(text) < letters - nearly or (not nearly and len(text) == letters):
            return False
        needs = self._metrics[number].horizontalAdvance(text)
        self._widest[number] = (max(letters, len(text)), max(pixels, needs))
        return needs > pixels
