"""A list as it stands in the window, for paper and workbook: columns, filters in words, rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

Typed = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column in the language of the paper; `width` in characters, as it is on the screen."""

    title: str
    width: int = 16
    number: bool = False
    date: bool = False
    right: bool = False
    """set right, though it is a text: "31 / 40" """


@dataclass(frozen=True, slots=True)
class ViewPaper:
    """What is written: the rows in the order of the screen, and what restricts them."""

    title: str
    columns: tuple[ViewColumn, ...]
    filters: tuple[str, ...]
    """in words: "Sexo: Mujeres"; empty where nothing restricts the list"""
    count: str
    """in words: "1,204 personas" """
    rows: Sequence[Sequence[Typed]]
    made_by: str
    made_at: dt.datetime
    demonstration: bool
    names_people: bool = False
    reason: str = ""
    rule: str = ""
    """how its figures are counted, where it shows figures"""
