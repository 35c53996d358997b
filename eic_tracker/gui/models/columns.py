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
    tone: Callable[[Any], Tone | None] | None = None
    """the mark beside the word, where the word is a state"""
    hidden: bool = False
    """not shown until the person asks for it"""
    help: str = ""
    """what the column says, where its title is not enough"""
    value: Callable[[Any], Typed] | None = None
    """a number or a date, for workbooks; without it the text is written"""
    dated: bool = False
    """its value is a day"""
    stretch: bool = False
    """takes the room that the others leave, and gives some of its own where it is short; all others are shown whole"""
    spare: bool = False
    """left out where no row says anything, and of a small table that is too narrow for all its columns"""

    worded: bool = False
    """its title is no message but words: a name of the file, or what was put into words before"""

    def heading(self, t: Translator) -> str:
        """The title in the person's language."""
        return self.title if self.worded else t(self.title)

    def typed(self, row: Any, t: Translator) -> Typed:
        """What a workbook gets of a row: a number, a date, else the text."""
        return self.value(row) if self.value is not None else self.text(row, t)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as it is shown: one text per column, the tones of its states, its spoken summary, and the row itself."""

    texts: tuple[str, ...]
    tones: tuple[Tone | None, ...]
    row: Any


def cells_of(row: Any, columns: tuple[Column, ...], t: Translator) -> Cells:
    """Word a row, once, when it is read."""
    return Cells(
        tuple(column.text(row, t) for column in columns),
        tuple(column.tone(row) if column.tone is not None else None for column in columns),
        row,
    )
