"""Whole names divided into given names and family names, and capitals written as people write names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from eic_tracker.domain.names import fold
from eic_tracker.exchange.headers import NameOrder
from eic_tracker.exchange.name_words import is_family_name, is_given_name

_LINKS = frozenset(
    {"de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "van", "von", "der", "den", "y", "e"}
)
_PREFIXES = frozenset({"san", "santa", "mc", "mac", "st", "vda", "viuda"})
_GIVEN_GROUPS = frozenset(
    {"de jesus", "del carmen", "del rosario", "del socorro", "del pilar", "del cielo", "del transito", "de dios"}
    | {"de los angeles", "de la paz", "de lourdes", "de fatima", "de la luz", "del mar", "del milagro", "de la cruz"}
    | {"de la caridad", "de la concepcion", "de la asuncion", "de las mercedes", "de los dolores", "de guadalupe"}
    | {"de las nieves", "de suyapa", "de maria", "de jose"}
)
_FAMILY_TOO = frozenset({"de la cruz", "de la paz", "de jesus", "de dios"})


@dataclass(frozen=True, slots=True)
class Divided:
    """The two parts of a name; `sure` says whether the words themselves tell where it divides.

    `told`: a comma, or capitals on one side alone, divide it, whatever the order of the others."""

    given: str
    family: str
    sure: bool = True
    told: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """A word with the little words before it: "de la O"."""

    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def is_given(self) -> bool:
        folded = fold(self.text)
        return folded in _GIVEN_GROUPS or (len(self.words) == 1 and is_given_name(folded))

    @property
    def is_family(self) -> bool:
        folded = fold(self.text)
        if len(self.words) > 1:
            return folded not in _GIVEN_GROUPS or folded in _FAMILY_TOO
        return is_family_name(folded.replace(" ", "")) or any(is_family_name(part) for part in folded.split())

    @property
    def leaning(self) -> int:
        """1 for a word that is only a given name, -1 for one that is only a family name."""
        return int(self.is_given) - int(self.is_family)


@lru_cache(maxsize=2048)
def _groups(text: str) -> tuple[_Group, ...]:
    groups: list[_Group] = []
    pending: list[str] = []
    for word in text.split():
        plain = fold(word)
        if (plain in _LINKS or plain in _PREFIXES) and len(plain) < 6:
            if plain in {"y", "e"} and groups and not pending:
                pending = list(groups.pop().words)
            pending.append(word)
            continue
        groups.append(_Group((*pending, word)))
        pending = []
    if pending:
        groups.append(_Group(tuple(pending)))
    return tuple(groups)


def order_of(text: str) -> int:
    """How plainly a name tells its order: positive for given names first, negative for family names first."""
    groups = _groups(text)
    if len(groups) < 2:
        return 0
    return groups[0].leaning - groups[-1].leaning


def divide(text: str, order: NameOrder, comma_order: NameOrder = NameOrder.FAMILY_FIRST) -> Divided:
    """A whole name in that order as its two parts; a comma divides it, after the family names unless told.

    Two family names are the rule in the region; with three words the middle one is where it is known from, else
    a second family name, and not sure."""
    if text.count(",") == 1:
        first, last = (" ".join(part.split()) for part in text.split(","))
        if first and last:
            given, family = (last, first) if comma_order is NameOrder.FAMILY_FIRST else (first, last)
            return Divided(given, family, told=True)
    if (by_capitals := divided_by_capitals(text)) is not None:
        return by_capitals
    # an end of line within a cell is one space, however it is written
    sides = re.split(r"\s{2,}", re.sub(r"\s*[\r\n]+\s*", " ", text.strip()))
    groups = list(_groups(text))
    if order is NameOrder.FAMILY_FIRST:
        groups.reverse()
        sides.reverse()
    at, sure = _given_groups(groups, sides)
    given_groups, family_groups = groups[:at], groups[at:]
    if order is NameOrder.FAMILY_FIRST:
        given_groups.reverse()
        family_groups.reverse()
    return Divided(
        " ".join(group.text for group in given_groups), " ".join(group.text for group in family_groups), sure
    )


def divided_by_capitals(text: str) -> Divided | None:
    """A name whose family names alone stand in capitals, on whichever side: PÉREZ LÓPEZ Juan, Juan PÉREZ LÓPEZ."""
    words = text.split()
    capitals: list[bool] = []
    for word in words:
        # a single letter goes with the word before it, as in DE LA O
        is_letter = sum(map(str.isalpha, word)) < 2
        capitals.append(capitals[-1] if is_letter and capitals else is_all_capitals(word))
    changes = [n for n in range(1, len(words)) if capitals[n] is not capitals[n - 1]]
    if len(changes) != 1:
        return None
    sides = [" ".join(words[: changes[0]]), " ".join(words[changes[0] :])]
    family, given = sides if capitals[0] else reversed(sides)
    if all(group.leaning > 0 for group in _groups(family)):
        return None
    return Divided(given, family, told=True)


def _given_groups(groups: list[_Group], sides: list[str]) -> tuple[int, bool]:
    """How many groups are given names, counted from the given end, and whether that is sure."""
    count = len(groups)
    if count < 2:
        return count, count == 0
    if count == 2:
        return 1, True
    if len(sides) == 2:
        # a wider gap is where somebody joined two columns, unless the names say otherwise
        at = len(_groups(sides[0]))
        if 1 <= at < count and count - at <= 3 and not any(group.leaning > 0 for group in groups[at:]):
            return at, True
    if count == 3:
        middle = groups[1]
        return (2, True) if middle.leaning > 0 else (1, middle.leaning < 0)
    return count - 2, True


def is_all_capitals(text: str) -> bool:
    """Whether a name is written in capitals only; a single letter is no evidence."""
    letters = [ch for ch in text if ch.isalpha()]
    return len(letters) > 1 and not any(map(str.islower, letters)) and any(map(str.isupper, letters))


def recased(text: str, *, family: bool) -> str:
    """A name of capitals as people write it: María de los Ángeles, De la O, O'Hara, McNab."""
    groups = _groups(text)
    return " ".join(_recased_group(group, family=family) for group in groups)


def _recased_group(group: _Group, *, family: bool) -> str:
    words = [_recased_word(word) for word in group.words]
    for number, word in enumerate(words[:-1]):
        if fold(word) in _LINKS:
            # a family name of several words begins with a capital, a given name goes on small
            words[number] = word if family and number == 0 else word.lower()
    return " ".join(words)


def _recased_word(word: str) -> str:
    lower = word.lower()
    result = re.sub(r"(^|[-'’`´.])(\w)", lambda found: found[1] + found[2].upper(), lower)
    if re.match(r"Mc[a-z]{3}", result):
        result = result[:2] + result[2].upper() + result[3:]
    return result
