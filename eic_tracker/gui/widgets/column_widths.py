"""How wide columns are: dates, numbers, codes and states are shown whole; texts give way first."""

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
_NEARLY = 2
"""Words shorter by more letters than this than the longest are not wider."""


@dataclass(frozen=True, slots=True)
class Width:
    """A column's part in the sharing, in pixels; `text` columns give room and take what is left."""

    wanted: int
    least: int
    text: bool


def shared(widths: Sequence[Width], room: int) -> list[int]:
    """The width of each column: empty space goes first, then room of the texts; no column below its least."""
    short = sum(width.wanted for width in widths) - room
    if short <= 0:
        return _given([width.wanted for width in widths], [width.text for width in widths], -short)
    slack = [0 if width.text else width.wanted - width.least for width in widths]
    found = _taken([width.wanted for width in widths], slack, short)
    short = sum(found) - room
    gives = [width.wanted - width.least if width.text else 0 for width in widths]
    return _taken(found, gives, short) if short > 0 else found


def width_of(column: Column, title: int, wanted: int, content: int, *, share: float, takes: bool) -> Width:
    """A text keeps `share` of the width that it wants and its title; all else has what its rows ask for."""
    if column.stretch:
        return Width(wanted, max(int(wanted * share), title), True)
    return Width(max(wanted, content), max(title, content or wanted), takes)


def taker(columns: Sequence[Column]) -> int:
    """The column that takes what is left where none is a text: the last, or the first where that is a number."""
    if any(column.stretch for column in columns):
        return -1
    return 0 if columns[-1].number else len(columns) - 1


def _given(widths: list[int], texts: list[bool], left: int) -> list[int]:
    takers = [place for place, text in enumerate(texts) if text]
    if not takers:
        return widths
    whole = sum(widths[place] for place in takers) or 1
    more = {place: left * widths[place] // whole for place in takers[1:]}
    more[takers[0]] = left - sum(more.values())
    return [width + more.get(place, 0) for place, width in enumerate(widths)]


def _taken(widths: list[int], most: list[int], short: int) -> list[int]:
    whole = sum(most)
    if short >= whole:
        return [width - give for width, give in zip(widths, most, strict=True)]
    return [width - -(-short * give // whole) for width, give in zip(widths, most, strict=True)]


class Content:
    """How much room the rows that were read so far ask for in the columns that are shown whole."""

    def __init__(self, columns: Sequence[Column], metrics: QFontMetrics) -> None:
        digits = QFontMetrics(theme.font(theme.Type.BODY, tabular=True))
        self._columns = {number: column for number, column in enumerate(columns) if not column.stretch}
        self._metrics = {
            number: digits if column.number or column.identity or column.dated else metrics
            for number, column in self._columns.items()
        }
        self._widest: dict[int, tuple[int, int]] = dict.fromkeys(self._columns, (0, 0))

    def least(self, column: int) -> int:
        """Pixels that a column needs, 0 where nothing is known of it."""
        found = self._widest.get(column, (0, 0))[1]
        if not found:
            return 0
        return found + _SIDES + (_MARK if self._columns[column].tone is not None else 0)

    def look_at(self, model: RowsModel, places: Iterable[int]) -> bool:
        """Look at rows that have come; whether a column needs more than before."""
        rows = [cells.texts for place in places if (cells := model.known(place)) is not None]
        grown = False
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
