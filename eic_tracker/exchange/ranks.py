"""Ranks and titles as lists abbreviate them, in a column of their own or before a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from eic_tracker.domain.names import fold
from eic_tracker.exchange.name_words import is_family_name, is_given_name

_SERVICE = r"(?: (?:de policia|de la policia|policial|policia|de pol|de p|auxiliar|aux))?"
_NUMERALS = {
    "i": "i",
    "1": "i",
    "uno": "i",
    "1ro": "i",
    "ii": "ii",
    "2": "ii",
    "dos": "ii",
    "2do": "ii",
    "iii": "iii",
    "3": "iii",
    "tres": "iii",
    "3ro": "iii",
}
_NUMERAL = r"(?P<n>iii|ii|i|1ro|2do|3ro|[123]|uno|dos|tres)"
_SPELLINGS: tuple[tuple[str, str], ...] = (
    (rf"sub ?com(?:isionad[oa]|do|da)\.?{_SERVICE}", "subcomisionado"),
    (rf"(?:comisionad[oa] general|com gral|comdo gral|comisionad[oa] gral){_SERVICE}", "comisionado-general"),
    (rf"(?:comisionad[oa]|comdo|comda){_SERVICE}", "comisionado"),
    (rf"(?:sub ?comisari[oa]|sub ?com|sub ?comis|s comisario|subcom){_SERVICE}", "subcomisario"),
    (rf"comisari[oa] (?:general|gral){_SERVICE}", "comisario-general"),
    (rf"(?:comisari[oa]|com|comis){_SERVICE}", "comisario"),
    (rf"(?:sub ?inspector[a]?|sub ?insp|s insp|sub ?inspec|subinsp|s i){_SERVICE}", "subinspector"),
    (rf"(?:inspector[a]?|insp|inspec){_SERVICE}", "inspector"),
    (rf"(?:sub ?oficial|sub ?of|subof){_SERVICE} {_NUMERAL}{_SERVICE}", "suboficial-"),
    (rf"(?:policia )?(?:clase|cls|cl|clas){_SERVICE} {_NUMERAL}{_SERVICE}", "policia-clase-"),
    (rf"(?:policia tecnic[oa]|pol tec|p tec|policia tec|pt) {_NUMERAL}", "policia-tecnico-"),
    (r"(?:policia tecnic[oa]|pol tec)", "policia-tecnico"),
    (rf"(?:agente|agte|agt|ag)(?: de)? (?:policia )?(?:clase|cls|cl) {_NUMERAL}{_SERVICE}", "policia-clase-"),
    (rf"(?:agente|agte|agt|ag|policia agente|agente policia){_SERVICE}(?: de investigacion)?", "agente"),
    (r"(?:general director|director general)" + _SERVICE, "general-director"),
)
_COMPILED = tuple((re.compile(pattern), code) for pattern, code in _SPELLINGS)

_TITLES = frozenset(
    {"abog", "abogado", "abogada", "abg", "lic", "licda", "licdo", "licenciado", "licenciada", "ing", "ingeniero"}
    | {"ingeniera", "dr", "dra", "doctor", "doctora", "p m", "pm", "perito mercantil", "prof", "profa", "profesor"}
    | {"profesora", "sr", "sra", "srta", "senor", "senora", "don", "dona", "bach", "br", "tec", "t s", "msc", "m sc"}
    | {"mae", "mgtr", "phd", "arq", "psic", "p j", "mr", "mrs", "ms", "miss", "ciudadano", "ciudadana", "notario"}
)
"""Titles that are no rank: split off a name in sight, kept nowhere."""

_SHORTENED = frozenset(
    {"ma", "fco", "fca", "jse", "gpe", "fdo", "ant", "gral", "mtz", "hdez", "rdz", "gmo", "dgo", "sn"}
)
"""Names that people shorten: they stay as they are written."""
_MOST_WORDS = 5
_NUMBERED = re.compile(r"\s*[0-9]{1,3}\s*[.)°º\-]+\s*(?=[^\W\d])")
"""The number of a row that was typed into the cell of the name."""
_MARK = re.compile(r"\([A-Za-z.]{1,5}\)")
"""Letters in brackets behind a rank, as (P) or (ASP): the branch, no part of a name."""


def rank_code(text: str, ranks: Mapping[str, str]) -> str | None:
    """The code of a rank as a list writes it, None where it is not known; `ranks`: codes by folded text."""
    folded = fold(text)
    if not folded:
        return None
    if folded in ranks:
        return ranks[folded]
    code = _spelled(folded)
    return code if code is not None and code in ranks.values() else None


@lru_cache(maxsize=4096)
def _spelled(folded: str) -> str | None:
    for pattern, code in _COMPILED:
        found = pattern.fullmatch(folded)
        if found is not None:
            return code + _NUMERALS[found["n"]] if code.endswith("-") else code
    return None


@dataclass(frozen=True, slots=True)
class Titled:
    """A name and what stood before or after it: a rank, or a title that is none."""

    name: str
    rank: str | None = None
    """as written"""
    titles: tuple[str, ...] = ()


def split_titles(text: str, ranks: Mapping[str, str]) -> Titled:
    """A name without its number in the list, ranks and titles before it, titles after it."""
    rank = None
    titles: list[str] = []
    numbered = _NUMBERED.match(text)
    if numbered is not None:
        titles.append(numbered[0].strip())
        text = text[numbered.end() :]
    words = text.split(" ")
    while True:
        count = _leading(words, ranks)
        if count is None:
            break
        taken = " ".join(words[: count[0]])
        words = words[count[0] :]
        if count[1] and rank is None:
            rank = taken.strip(" ,;:-")
        else:
            titles.append(taken.strip(" ,;:-"))
    name = " ".join(words)
    head, comma, tail = name.rpartition(",")
    if comma and _is_title(tail) and len(head.split()) > 1:
        titles.append(tail.strip())
        name = head
    return Titled(name.strip(" ;:-"), rank, tuple(titles))


def _leading(words: list[str], ranks: Mapping[str, str]) -> tuple[int, bool] | None:
    """How many words at the start are a rank (True) or a title (False); at least two words of name must remain."""
    first = fold(words[0])
    if (is_given_name(first) or is_family_name(first)) and first not in _TITLES:
        return None
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        start = " ".join(words[:count])
        folded = fold(start)
        if not folded or folded in _SHORTENED:
            continue
        if words[count] == "" and count > 1:
            continue
        if folded in ranks or _spelled(folded) is not None:
            return count, True
        if _is_title(start):
            return count, False
    return None


def _is_title(text: str) -> bool:
    return fold(text) in _TITLES or _MARK.fullmatch(text) is not None
