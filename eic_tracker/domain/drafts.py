"""Drafts: what a form hands over, and what is wrong with it, told field by field."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import TYPE_CHECKING

from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_

if TYPE_CHECKING:
    from eic_tracker.i18n import Translator


class Marked(str):
    """A value of a message that is itself a message of the catalogue: the name of a field, of a list."""

    __slots__ = ()


def worded(values: Mapping[str, object], t: Translator) -> dict[str, object]:
    """The values of a message as people write them: dates, numbers, and messages inside messages."""
    return {name: _worded(value, t) for name, value in values.items()}


def _worded(value: object, t: Translator) -> object:
    if isinstance(value, Marked):
        return t(value)
    if isinstance(value, dt.date):
        return t.date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return t.number(value)
    if isinstance(value, tuple):
        return ", ".join(str(_worded(part, t)) for part in value)
    return value


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """One thing wrong with one field (`field` is empty where it is the draft as a whole): a whole sentence."""

    field: str
    message: str
    values: Mapping[str, object] = attribute(default_factory=dict)

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **worded(self.values, t))


class DraftRefused(UserError):
    """A draft with problems; nothing was changed."""

    def __init__(self, problems: Sequence[DraftProblem]) -> None:
        super().__init__("{problems}", problems=" ".join(p.message.format(**p.values) for p in problems))
        self.problems = tuple(problems)

    def text(self, t: Translator) -> str:
        """All sentences, in the order of the fields."""
        return " ".join(problem.text(t) for problem in self.problems)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that another person changed while the form was open: its message, what the form knew, what it is now."""

    field: str
    label: str
    known: object
    now: object


class ChangedMeanwhile(Refused):
    """The row changed after the form was opened: nothing was saved, nothing is overwritten in silence."""

    def __init__(self, name: str, actor: str, changes: Sequence[FieldChange]) -> None:
        super().__init__(
            N_(
                "“{name}” was changed meanwhile by {actor} ({fields}). Nothing was saved: look at what it says now, "
                "then save again."
            ),
            name=name,
            actor=actor,
            fields=tuple(Marked(change.label) for change in changes),
        )
        self.changes = tuple(changes)

    def text(self, t: Translator) -> str:
        """The sentence with the names of the fields in the language of `t`."""
        return t(self.message, **worded(self.values, t))


def changes_between(
    known: Mapping[str, object], now: Mapping[str, object], labels: Mapping[str, str]
) -> tuple[FieldChange, ...]:
    """The labelled fields whose value is no longer the one that the form started from."""
    return tuple(
        FieldChange(name, label, known.get(name), now.get(name))
        for name, label in labels.items()
        if known.get(name) != now.get(name)
    )


def tidy(text: str) -> str:
    """A text as it is kept: composed accents, single blanks, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def writable(text: str) -> bool:
    """Whether a text holds only what can be printed and stored: no control characters, no half of a character."""
    return not any(unicodedata.category(ch) in {"Cc", "Cs", "Co", "Cn"} for ch in text)


FIRST_YEAR, LAST_YEAR = 1821, 2199


def date_problems(name: str, value: object) -> tuple[DraftProblem, ...]:
    """What is wrong with an optional day."""
    if value is None:
        return ()
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        return (DraftProblem(name, N_("This is not a date; write it as 05/03/2026.")),)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return (DraftProblem(name, N_("The year {year} cannot be right."), {"year": str(value.year)}),)
    return ()
