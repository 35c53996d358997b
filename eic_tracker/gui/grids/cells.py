"""Words of cells and filters that several grids share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from eic_tracker.clock import HONDURAS
from eic_tracker.gui.code_words import SHORT_SEXES
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.countries import country_name
from eic_tracker.queries.listing import Choice
from eic_tracker.reports.report_words import sex_words

YES = "yes"
NOT_RECORDED = N_("not recorded")
ATTENDANCE_RULE = N_(
    "Share of the days with marks on which the person was there: late counts as there, half days as half;"
    " excused days are neither for nor against. Where no marks are kept: as the sheet says."
)
PEOPLE = NP_("{count} person", "{count} people")


class Named(Protocol):
    """A row that names somebody."""

    @property
    def given_names(self) -> str:
        """As on the document."""

    @property
    def surnames(self) -> str:
        """As on the document."""


def name_of(row: Named, _t: Translator) -> str:
    """Surnames first, as lists are ordered; a single name alone."""
    return ", ".join(part for part in (row.surnames, row.given_names) if part)


def text(name: str) -> Callable[[Any, Translator], str]:
    """The cell shows a text of the row as it stands, nothing where there is none."""
    return lambda row, _t: getattr(row, name) or ""


def number(name: str) -> Callable[[Any, Translator], str]:
    """The cell shows a number with thousands commas, nothing where there is none."""

    def worded(row: Any, t: Translator) -> str:
        value = getattr(row, name)
        return "" if value is None else t.number(value)

    return worded


def day(name: str) -> Callable[[Any, Translator], str]:
    """The cell shows a day of the row."""

    def worded(row: Any, t: Translator) -> str:
        value: dt.date | None = getattr(row, name)
        return t.date(value) if value is not None else ""

    return worded


def value(name: str) -> Callable[[Any], Any]:
    """The row's own value, for workbooks."""
    return lambda row: getattr(row, name)


def code(name: str, words: Mapping[Any, str]) -> Callable[[Any, Translator], str]:
    """The cell shows a code in words."""

    def worded(row: Any, t: Translator) -> str:
        found = getattr(row, name)
        return "" if found is None else t(words[found]) if found in words else str(found)

    return worded


def state(name: str, words: Mapping[Any, tuple[str, Tone]]) -> Callable[[Any, Translator], str]:
    """The cell shows a state in words; its mark comes from `tone`."""
    return lambda row, t: t(words[getattr(row, name)][0])


def tone(name: str, words: Mapping[Any, tuple[str, Tone]]) -> Callable[[Any], Tone]:
    """The mark of a state."""
    return lambda row: words[getattr(row, name)][1]


def sex_of(row: Any, t: Translator) -> str:
    """One letter, as papers in Honduras have it."""
    return t(SHORT_SEXES[row.sex])


def country_of(name: str) -> Callable[[Any, Translator], str]:
    """The cell shows a country by its name."""

    def worded(row: Any, t: Translator) -> str:
        found = getattr(row, name)
        return country_name(found, t.language) if found else ""

    return worded


def moment(at: dt.datetime, t: Translator) -> str:
    """A moment as clocks in Honduras show it: 28/06/2019 10:42."""
    there = at.astimezone(HONDURAS)
    return f"{t.date(there.date())} {there:%H:%M}"


def grade_words(hundredths: int | None, t: Translator) -> str:
    """A grade: 87, or 87.50 where it has a fraction."""
    if hundredths is None:
        return ""
    return str(hundredths // 100) if hundredths % 100 == 0 else t.decimal(hundredths / 100, 2)


def choose_name(choice: Choice, _t: Translator) -> str:
    """A choice that the file names."""
    return choice.name or choice.code


def choose_code(words: Mapping[Any, str]) -> Callable[[Choice, Translator], str]:
    """A choice by the words of its code."""
    named = {str(code): word for code, word in words.items()}
    return lambda choice, t: t(named[choice.code]) if choice.code in named else choice.code


def choose_state(words: Mapping[Any, tuple[str, Tone]]) -> Callable[[Choice, Translator], str]:
    """A choice by the words of its state."""
    return choose_code({code: word for code, (word, _) in words.items()})


def choose_sex(choice: Choice, t: Translator) -> str:
    """Women, men, not recorded."""
    return sex_words(choice.code, t, youth=False)


def choose_country(choice: Choice, t: Translator) -> str:
    """A country by its name."""
    return country_name(choice.code, t.language)


def choose_day(choice: Choice, t: Translator) -> str:
    """A day that a filter goes by."""
    try:
        return t.date(dt.date.fromisoformat(choice.code))
    except ValueError:
        return choice.code
