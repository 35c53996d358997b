"""Whether two records may be one person: names weighed by how common their words are, and by a second sign.

Evidence is counted in bits: a word that one person in 32 carries is worth five. What two strangers share by chance is
taken off, so that two people called José Hernández stay two unless a second sign speaks for one."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.names import fold

POPULATION = 20_000
"""So many people the lists come from at least, however small the file is (the police has about as many)."""

ENOUGH_WITH_SIGN = 3.0
"""Bits above chance from which two records with a second sign may be one person."""

ENOUGH_ALONE = 12.0
"""Bits above chance from which a name alone is so rare that it asks: a homonym is another person by default."""

_PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "van", "von"})
_SMOOTHED_PEOPLE, _SMOOTHED_BEARERS = 1000, 10
"""As if so many people more were known, and so many bearers of each word: a small file knows little of names."""


class Sign(StrEnum):
    """What speaks for one person or for two."""

    SAME_DOCUMENT = "same_document"
    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    PART_OF_NAME = "part_of_name"
    SAME_BIRTH_DATE = "same_birth_date"
    SIMILAR_BIRTH_DATE = "similar_birth_date"
    SAME_POLICE_NUMBER = "same_police_number"
    SAME_PHONE = "same_phone"
    SAME_UNIT = "same_unit"
    SIMILAR_DOCUMENT = "similar_document"
    OTHER_DOCUMENT = "other_document"
    OTHER_BIRTH_DATE = "other_birth_date"
    OTHER_POLICE_NUMBER = "other_police_number"
    OTHER_SEX = "other_sex"


SECOND_SIGNS = frozenset(
    {
        Sign.SAME_BIRTH_DATE,
        Sign.SIMILAR_BIRTH_DATE,
        Sign.SAME_POLICE_NUMBER,
        Sign.SAME_PHONE,
        Sign.SAME_UNIT,
        Sign.SIMILAR_DOCUMENT,
    }
)
"""Beside the name, one of these speaks for one person."""

CONTRADICTIONS = frozenset({Sign.OTHER_DOCUMENT, Sign.OTHER_BIRTH_DATE, Sign.OTHER_POLICE_NUMBER, Sign.OTHER_SEX})
"""One of these makes of a rare name a homonym."""

SAME_UNIT_BITS = 3.0
_BITS = {
    Sign.SAME_BIRTH_DATE: 13.0,
    Sign.SIMILAR_BIRTH_DATE: 6.0,
    Sign.SAME_POLICE_NUMBER: 12.0,
    Sign.SAME_PHONE: 10.0,
    Sign.SAME_UNIT: SAME_UNIT_BITS,
    Sign.SIMILAR_DOCUMENT: 10.0,
    Sign.OTHER_DOCUMENT: -10.0,
    Sign.OTHER_BIRTH_DATE: -8.0,
    Sign.OTHER_POLICE_NUMBER: -6.0,
    Sign.OTHER_SEX: -5.0,
}
_SAME_SEX = 1.0
_WORD_TOO_MANY, _WORD_AGAINST_WORD = -1.0, -6.0
_NEARLY = 0.8

SHORTEST_NUMBER = 8
"""Characters of a document from which two that differ by one slip are hardly two by chance."""

Document = tuple[str, str, str]
"""Kind, country and number."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a record is compared by; `words` are those of `name_words`, units are keys or folded texts."""

    words: tuple[str, ...]
    sex: Sex = Sex.U
    birth_date: dt.date | None = None
    documents: frozenset[Document] = frozenset()
    police_number: str | None = None
    phone: str | None = None
    units: frozenset[object] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much speaks for one person (bits above chance) and what does; `score` is 0 to 99 for people."""

    bits: float
    signs: tuple[Sign, ...]

    @property
    def score(self) -> int:
        """50 where it is as likely as not, 99 where hardly a doubt is left."""
        return min(99, round(100 / (1 + 2 ** (-self.bits / 3))))

    @property
    def asks(self) -> bool:
        """Whether a person should decide; below that the records are two people without a question."""
        if SECOND_SIGNS & set(self.signs):
            return self.bits >= ENOUGH_WITH_SIGN
        return self.bits >= ENOUGH_ALONE and not CONTRADICTIONS & set(self.signs)


@dataclass(frozen=True, slots=True)
class Commonness:
    """How many people of the file carry each word of a name."""

    people: int
    bearers: Mapping[str, int]

    def bits(self, word: str) -> float:
        """What it says that two records share the word."""
        return math.log2((self.people + _SMOOTHED_PEOPLE) / (self.bearers.get(word, 0) + _SMOOTHED_BEARERS))

    @property
    def chance(self) -> float:
        """Bits that two strangers need to be found alike somewhere in the file."""
        return math.log2(max(self.people, POPULATION))


def commonness(names: Iterable[tuple[str, ...]]) -> Commonness:
    """Count the bearers of each word."""
    bearers: Counter[str] = Counter()
    people = 0
    for words in names:
        people += 1
        bearers.update(set(words))
    return Commonness(people, bearers)


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a whole name in alphabetical order, without particles."""
    return without_particles(" ".join(sorted(fold(name).split())))


def without_particles(match_key: str) -> tuple[str, ...]:
    """The words of a key that is folded and sorted already."""
    words = match_key.split()
    return tuple(word for word in words if word not in _PARTICLES) or tuple(words)


def likeness(one: Marks, other: Marks, common: Commonness) -> Likeness:
    """What speaks for one person and what against."""
    bits, name_sign = _name_bits(one.words, other.words, common)
    signs = [name_sign] if name_sign else []
    for sign in (
        _document_sign(one.documents, other.documents),
        _birth_sign(one.birth_date, other.birth_date),
        _number_sign(one.police_number, other.police_number),
        _phone_sign(one.phone, other.phone),
        Sign.SAME_UNIT if one.units & other.units else None,
        _sex_sign(one.sex, other.sex),
    ):
        if sign is not None:
            signs.append(sign)
            bits += _BITS.get(sign, 0.0)
    if one.sex == other.sex != Sex.U:
        bits += _SAME_SEX
    return Likeness(bits - common.chance, tuple(signs))


def best_of_name(words: tuple[str, ...], common: Commonness) -> float:
    """The most bits above chance that somebody of this name can have without a second sign."""
    return sum(map(common.bits, words)) + _SAME_SEX - common.chance


def share_a_word(one: Marks, other: Marks) -> bool:
    """Whether the names have at least one word in common, or nearly so."""
    return any(word == another or _nearly(word, another) for word in one.words for another in other.words)


def _name_bits(one: tuple[str, ...], other: tuple[str, ...], common: Commonness) -> tuple[float, Sign | None]:
    mine, theirs = list(one), list(other)
    shared = _take(mine, theirs, lambda word, another: word == another)
    bits = sum(common.bits(word) for word, _ in shared)
    nearly = _take(mine, theirs, _nearly)
    bits += sum(_NEARLY * min(common.bits(word), common.bits(another)) for word, another in nearly)
    initials = _take(mine, theirs, _is_initial)
    against = min(len(mine), len(theirs))
    bits += against * _WORD_AGAINST_WORD + abs(len(mine) - len(theirs)) * _WORD_TOO_MANY
    if not shared and not nearly:
        return bits, None
    if nearly or against:
        return bits, Sign.SIMILAR_NAME
    return bits, Sign.PART_OF_NAME if mine or theirs or initials else Sign.SAME_NAME


def _take(mine: list[str], theirs: list[str], agree: Callable[[str, str], bool]) -> list[tuple[str, str]]:
    """Take the words that agree out of both lists, each once."""
    found = []
    for word in list(mine):
        another = next((each for each in theirs if agree(word, each)), None)
        if another is not None:
            mine.remove(word)
            theirs.remove(another)
            found.append((word, another))
    return found


@lru_cache(maxsize=65536)
def _nearly(word: str, another: str) -> bool:
    """One slip in a word of four letters or more, two in one of eight."""
    shorter = min(len(word), len(another))
    if shorter < 4 or word.isdigit() or another.isdigit():
        return False
    most = 2 if shorter >= 8 else 1
    return OSA.distance(word, another, score_cutoff=most) <= most


def _is_initial(word: str, another: str) -> bool:
    return 1 in (len(word), len(another)) and word[0] == another[0]


def _document_sign(one: frozenset[Document], other: frozenset[Document]) -> Sign | None:
    if not one or not other:
        return None
    if one & other:
        return Sign.SAME_DOCUMENT
    numbers = {number for _, _, number in one}, {number for _, _, number in other}
    if numbers[0] & numbers[1] or any(one_slip(mine, theirs) for mine in numbers[0] for theirs in numbers[1]):
        return Sign.SIMILAR_DOCUMENT
    kinds = {document[:2] for document in one}, {document[:2] for document in other}
    return Sign.OTHER_DOCUMENT if kinds[0] & kinds[1] else None


def one_slip(one: str, other: str) -> bool:
    """One character wrong, missing or swapped in a number long enough for that to be chance."""
    return min(len(one), len(other)) >= SHORTEST_NUMBER and OSA.distance(one, other, score_cutoff=1) <= 1


def _birth_sign(one: dt.date | None, other: dt.date | None) -> Sign | None:
    if one is None or other is None:
        return None
    if one == other:
        return Sign.SAME_BIRTH_DATE
    swapped = one.year == other.year and (one.day, one.month) == (other.month, other.day)
    alike = sum((one.year == other.year, one.month == other.month, one.day == other.day)) == 2
    return Sign.SIMILAR_BIRTH_DATE if swapped or alike else Sign.OTHER_BIRTH_DATE


def _number_sign(one: str | None, other: str | None) -> Sign | None:
    if not one or not other:
        return None
    return Sign.SAME_POLICE_NUMBER if fold(one) == fold(other) else Sign.OTHER_POLICE_NUMBER


def _phone_sign(one: str | None, other: str | None) -> Sign | None:
    """Phones change: only an equal one says something; prefixes of countries are left aside."""
    mine, theirs = phone_digits(one), phone_digits(other)
    return Sign.SAME_PHONE if mine and mine == theirs else None


def phone_digits(phone: str | None) -> str:
    """The last eight digits of a telephone number (Honduran numbers have eight); empty where there are fewer."""
    digits = "".join(character for character in phone or "" if character.isdigit())
    return digits[-8:] if len(digits) >= 8 else ""


def _sex_sign(one: Sex, other: Sex) -> Sign | None:
    return Sign.OTHER_SEX if Sex.U not in (one, other) and one != other else None
