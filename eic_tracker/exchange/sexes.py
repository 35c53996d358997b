"""A column of sexes: the letters that occur together decide what M means; nothing is guessed from a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.names import fold

_WOMEN = frozenset({"f", "fem", "femenino", "femenina", "mujer", "mujeres", "female", "woman", "dama"})
_MEN = frozenset({"h", "masc", "masculino", "masculina", "hombre", "hombres", "male", "man", "varon", "v", "caballero"})


_SAYS_MAN = frozenset({"f", "fem", "femenino", "femenina"})
"""Beside these M is masculino."""
_SAYS_WOMAN = frozenset({"h", "hombre", "hombres", "v", "varon"})
"""Beside these M is mujer."""
_WOMEN_IN_WORDS = frozenset({"mujer", "mujeres", "dama"})
"""Beside these, too, nobody can tell whether a lone M is one more of them or a man."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What M means in a column, and whether that must be asked."""

    m: Sex
    open: bool


def letters_of_column(texts: Iterable[str]) -> Letters:
    """With F, M is a man; with H or V, M is a woman; alone or with both kinds it must be asked."""
    found = {fold(text) for text in texts}
    if "m" not in found:
        return Letters(Sex.M, open=False)
    man, woman = bool(found & _SAYS_MAN), bool(found & _SAYS_WOMAN)
    if man == woman or (woman and found & _WOMEN_IN_WORDS):
        return Letters(Sex.M, open=True)
    return Letters(Sex.M if man else Sex.F, open=False)


def sex_of(text: str, m: Sex) -> Sex | None:
    """The sex that a value names, None where it names none."""
    folded = fold(text)
    if folded == "m":
        return m
    if folded in _WOMEN:
        return Sex.F
    return Sex.M if folded in _MEN else None
