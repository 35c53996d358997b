"""What a column of a grid shows of a row: text, order, mark; columns are data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import Translator

Typed = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `text` words a row's value, `order` names the list's order that a click on the header asks for."""

    name: str
    title: str
    text: Callable[[Any, Translator], str]
    order: str = ""
    width: int = 16
    """in average characters"""
    number: bool = False
    """right-aligned, digits of equal width, copied as a number"""
    identity: bool = False
    """copied as text, so that spreadsheets keep its zeros; counts as an identity that leaves"""
    tone: Callable[[Any], Tone] | None = None
    """the mark beside the word, where the word is a state"""
    hidden: bool = False
    """not shown until the person asks for it"""
    help: str = ""
    """what the column says, where its title is not enough"""
    text_on: Callable[[Any, Translator, dt.date], str] | None = None
    """in place of `text` and `tone`, where the word depends on the day"""
    tone_on: Callable[[Any, dt.date], Tone] | None = None
    value: Callable[[Any], Typed] | None = None
    """a number or a date, for workbooks; without it the text is written"""
    dated: bool = False
    """its value is a day"""
    stretch: bool = False
    """takes the room that the others leave, and gives some of its own where it is short"""

    @property
    def marked(self) -> bool:
        """Whether its word is a state with a mark."""
        return self.tone is not None or self.tone_on is not None

    def word(self, row: Any, t: Translator, today: dt.date) -> str:
        """What the cell shows."""
        return self.text_on(row, t, today) if self.text_on is not None else self.text(row, t)

    def mark(self, row: Any, today: dt.date) -> Tone | None:
        """The mark beside the word, None where it has none."""
        if self.tone_on is not None:
            return self.tone_on(row, today)
        return self.tone(row) if self.tone is not None else None

    def typed(self, row: Any, t: Translator, today: dt.date) -> Typed:
        """What a workbook gets of a row: a number, a date, else the text."""
        return self.value(row) if self.value is not None else self.word(row, t, today)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as it is shown: one text per column, the tones of its states, its spoken summary, and the row itself."""

    texts: tuple[str, ...]
    tones: tuple[Tone | None, ...]
    row: Any


def cells_of(row: Any, columns: tuple[Column, ...], t: Translator, today: dt.date) -> Cells:
    """Word a row, once, when it is read."""
    return Cells(
        tuple(column.word(row, t, today) for column in columns),
        tuple(column.mark(row, today) for column in columns),
        row,
    )
