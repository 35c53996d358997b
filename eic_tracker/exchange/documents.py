"""Identity documents as lists write them: what is plain, what was damaged on the way, what could be two things."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Cell
from eic_tracker.exchange.rows import Problem, Severity
from eic_tracker.i18n import N_

NATIONAL_ID, PASSPORT, RESIDENCE, OTHER = "national_id", "passport", "residence", "other"
HONDURAS, GUATEMALA, EL_SALVADOR, COLOMBIA = "HND", "GTM", "SLV", "COL"
LENGTH = 13
FIRST_YEAR = 1900

_HONDURAN = (8, 10, 21, 23, 12, 16, 19, 28, 6, 17, 4, 19, 28, 16, 23, 28, 9, 11)
"""Municipalities of each department, where the list of them is not at hand."""
_GUATEMALAN = (17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17)
"""Municipalities of each department of Guatemala, none counted too low."""
_NATIONAL = frozenset({HONDURAS, GUATEMALA, EL_SALVADOR})
_DUI_LENGTH = 9
_SPACES = re.compile(r"[\s.\-‐-―−_/\u00ad\u200b-\u200f\u2060\ufeff']+")
_POWER = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s*[eE]\s*\+?[0-9]+")
_LETTERS_FOR_DIGITS = str.maketrans("OoIlSB", "001158")
_PLACEHOLDERS = frozenset(
    {
        "",
        "x",
        "xx",
        "xxx",
        "n a",
        "na",
        "nd",
        "n d",
        "s n",
        "sn",
        "no tiene",
        "no",
        "ninguno",
        "pendiente",
        "none",
        "null",
        "nulo",
        "sin identidad",
        "sin documento",
        "no presenta",
        "no porta",
        "en tramite",
        "0",
        "n t",
    }
)


@dataclass(frozen=True, slots=True)
class Hint:
    """What header and row say of a document beside its number; `likely`: a country that is no more than named."""

    country: str | None = None
    kind: str | None = None
    likely: str | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read; `unclear` where the number fits two countries and nothing says which."""

    number: str | None = None
    kind: str | None = None
    country: str | None = None
    problems: tuple[Problem, ...] = ()
    unclear: bool = False


def hint_of_header(header: str) -> Hint:
    """What the header of a column of documents says: CUI, DUI, cédula de ciudadanía, pasaporte."""
    words = set(fold(header).split())
    if words & {"pasaporte", "pasaportes", "passport", "passports"}:
        return Hint(None, PASSPORT)
    if words & {"cui", "dpi"} or {"codigo", "unico"} <= words:
        return Hint(None, NATIONAL_ID, GUATEMALA)
    if "dui" in words or {"documento", "unico"} <= words:
        return Hint(None, NATIONAL_ID, EL_SALVADOR)
    if "ciudadania" in words:
        return Hint(None, NATIONAL_ID, COLOMBIA)
    if words & {"dni", "identidad", "identidades", "rnp"} or {"d", "n", "i"} <= words:
        return Hint(None, NATIONAL_ID)
    return Hint()


_KINDS: tuple[tuple[re.Pattern[str], Hint], ...] = (
    (re.compile(r"pas|pasaportes?|passports?|pp|psp"), Hint(None, PASSPORT)),
    (re.compile(r"(?:carne|carnet|tarjeta)(?: de)? residen\w+|residen\w+|cedula de residencia"), Hint(None, RESIDENCE)),
    (re.compile(r"cui|dpi|dpi cui|documento personal de identificacion"), Hint(GUATEMALA, NATIONAL_ID)),
    (re.compile(r"dui|documento unico de identidad"), Hint(EL_SALVADOR, NATIONAL_ID)),
    (re.compile(r"c c|cc|cedula de ciudadania"), Hint(COLOMBIA, NATIONAL_ID)),
    (
        re.compile(
            r"dni|d n i|identidad|tarjeta de identidad|cedula(?: de identidad)?|id|national id|identity card|"
            r"documento nacional(?: de identificacion)?|ti|t i"
        ),
        Hint(None, NATIONAL_ID),
    ),
)


def hint_of_type(text: str) -> Hint | None:
    """What the cell of a column "tipo de documento" says; None where it is not understood."""
    folded = fold(text)
    return next((hint for pattern, hint in _KINDS if pattern.fullmatch(folded)), None)


def is_placeholder(cell: Cell) -> bool:
    """Whether a cell stands for "has none": empty, a dash, N/A, pendiente."""
    if cell == "":
        return True
    return isinstance(cell, str) and (fold(cell) in _PLACEHOLDERS or not any(ch.isalnum() for ch in cell))


def read_document(cell: Cell, hint: Hint, last_year: int, places: Set[str]) -> ReadDocument:
    """A document with what is wrong with it; empty for a cell without one.

    `places`: codes of the municipalities of Honduras; `last_year`: no one on a list was born after it."""
    if is_placeholder(cell):
        return ReadDocument()
    if hint.kind in {PASSPORT, RESIDENCE, OTHER}:
        return _free(str(cell), hint)
    if hint.country is not None and hint.country not in _NATIONAL:
        return _foreign(cell, hint.country)
    return _national(cell, hint, last_year, places)


def _national(cell: Cell, hint: Hint, last_year: int, places: Set[str]) -> ReadDocument:
    written = str(cell).strip()
    if isinstance(cell, float) or (isinstance(cell, str) and _POWER.fullmatch(written)):
        return _refused("digits_lost", written, _POWER_TEXT)
    repairs: list[Problem] = []
    digits = written
    if isinstance(cell, str) and _WITH_POINT.fullmatch(written):
        digits = re.split(r"[.,]", written)[0]
        repairs.append(
            _repair("number_as_text", written, digits, N_("{value} carries the point of a number: {proposal}."))
        )
    digits = _SPACES.sub("", _LABEL.sub("", digits))
    if not digits.isascii() or not digits.isdigit():
        return _not_digits(written, digits, hint)
    country = hint.country or hint.likely
    if country == EL_SALVADOR and (hint.country or len(digits) in {8, 9}):
        return _salvadoran(written, digits, repairs)
    if hint.country is None and hint.likely == COLOMBIA and 5 <= len(digits) <= 10:
        return _free(digits, Hint(COLOMBIA, NATIONAL_ID))
    if len(digits) == LENGTH - 1 and _zero_was_lost(cell, digits, country, last_year, places):
        repaired = "0" + digits
        repairs.append(_repair("lost_zero", written, repaired, _ZERO_TEXT))
        digits = repaired
    if len(digits) != LENGTH:
        return _wrong_length(written, digits)
    if not isinstance(cell, str) and digits.endswith("00000"):
        return _refused("digits_lost", written, _POWER_TEXT)
    return _thirteen(written, digits, hint, tuple(repairs), last_year, places)


_WITH_POINT = re.compile(r"[0-9]{8,14}[.,]0{1,2}")
_LABEL = re.compile(r"^(?:d\.?n\.?i|id|identidad|no|n[°º]|c[eé]dula|cui|dpi|dui)\b[.:#\s]*", re.IGNORECASE)
_ZERO_TEXT = N_("{value} has lost its zero at the start: {proposal}.")


def _wrong_length(written: str, digits: str) -> ReadDocument:
    if len(digits) == 9 and _salvadoran_check(digits):
        return _refused(
            "no_country", written, N_("{value} looks like a DUI of El Salvador; say so in a column with the country.")
        )
    return _refused("wrong_length", written, _LENGTH_TEXT, digits=len(digits), length=LENGTH)


_POWER_TEXT = N_("{value} is what is left of a number that was shortened; its last digits are lost. Ask for it.")
_LENGTH_TEXT = N_("{value} has {digits} digits; a national identity number has {length}.")


def _thirteen(
    written: str, digits: str, hint: Hint, repairs: tuple[Problem, ...], last_year: int, places: Set[str]
) -> ReadDocument:
    """Thirteen digits are of Honduras or Guatemala; `unclear` where they fit both, or only the one nobody named."""
    country, unclear = hint.country, False
    if country is None:
        here, there = fits_honduras(digits, last_year, places), fits_guatemala(digits)
        named = hint.likely == GUATEMALA
        unclear = there and ((named or not hint.kind) if here else not named)
        country = GUATEMALA if (named and (there or not here)) or (there and not here) else HONDURAS
    if country == GUATEMALA:
        warnings = [] if fits_guatemala(digits) else [_warning("check_digit", written, _CHECK_TEXT)]
    else:
        warnings = _doubts(written, digits, last_year, places)
    return ReadDocument(digits, NATIONAL_ID, country, (*repairs, *warnings), unclear)


def _doubts(written: str, digits: str, last_year: int, places: Set[str]) -> list[Problem]:
    """What cannot be right in a Honduran number: its place, its year of birth."""
    doubts = []
    if not place_exists(digits, places):
        message = N_("No municipality has the code {place} with which {value} begins.")
        doubts.append(_warning("unknown_place", written, message, place=digits[:4]))
    if not FIRST_YEAR <= int(digits[4:8]) <= last_year:
        message = N_("{year}, the year of birth in {value}, cannot be right.")
        doubts.append(_warning("unlikely_year", written, message, year=digits[4:8]))
    return doubts


_CHECK_TEXT = N_("The check digit of {value} is wrong; look at the document.")


def _salvadoran(written: str, digits: str, repairs: list[Problem]) -> ReadDocument:
    if len(digits) == 8 and _salvadoran_check("0" + digits):
        repairs.append(_repair("lost_zero", written, "0" + digits, _ZERO_TEXT))
        digits = "0" + digits
    if len(digits) != _DUI_LENGTH:
        return _refused("wrong_length", written, _LENGTH_TEXT, digits=len(digits), length=_DUI_LENGTH)
    if not _salvadoran_check(digits):
        repairs.append(_warning("check_digit", written, _CHECK_TEXT))
    return ReadDocument(digits, NATIONAL_ID, EL_SALVADOR, tuple(repairs))


def _salvadoran_check(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=False))
    return (10 - total % 10) % 10 == int(digits[8])


def _not_digits(written: str, compact: str, hint: Hint) -> ReadDocument:
    guess = compact.translate(_LETTERS_FOR_DIGITS)
    if len(guess) == LENGTH and guess.isdigit() and hint.country in {None, HONDURAS, GUATEMALA}:
        return ReadDocument(
            problems=(
                Problem(
                    "document",
                    Severity.ERROR,
                    "letters_in_number",
                    written,
                    guess,
                    _LETTERS_TEXT,
                    {"value": written, "proposal": guess},
                ),
            )
        )
    return _refused(
        "not_a_number",
        written,
        N_("{value} is no national identity number. For a passport or a foreign document give its type and country."),
    )


_LETTERS_TEXT = N_("{value} has letters among its digits. Is it {proposal}? Look at the document and type it.")


def _foreign(cell: Cell, country: str) -> ReadDocument:
    written = str(cell).strip()
    number = _SPACES.sub("", written).upper()
    if isinstance(cell, float) or _POWER.fullmatch(written):
        return _refused("digits_lost", written, _POWER_TEXT)
    if country == COLOMBIA and not (number.isdigit() and 5 <= len(number) <= 10):
        return _refused("wrong_length", written, N_("{value} is no Colombian identity number; it has 5 to 10 digits."))
    return _free(number, Hint(country, NATIONAL_ID))


def _free(written: str, hint: Hint) -> ReadDocument:
    number = _SPACES.sub("", written).upper()
    if _POWER.fullmatch(written.strip()):
        return _refused("digits_lost", written, _POWER_TEXT)
    if not (number.isascii() and number.isalnum() and 4 <= len(number) <= 20 and any(ch.isdigit() for ch in number)):
        return _refused("not_a_document", written, N_("{value} is no number of a document."))
    problems: tuple[Problem, ...] = ()
    if hint.country is None:
        problems = (
            _warning("no_country", written, N_("Which country issued {value}? Add a column with the country.")),
        )
    return ReadDocument(number, hint.kind, hint.country, problems)


def fits_honduras(digits: str, last_year: int, places: Set[str]) -> bool:
    """Whether thirteen digits begin with a municipality of Honduras and a year in which people here were born."""
    return place_exists(digits, places) and FIRST_YEAR <= int(digits[4:8]) <= last_year


def place_exists(digits: str, places: Set[str]) -> bool:
    """Whether the first four digits are a municipality of Honduras."""
    if places:
        return digits[:4] in places
    department, municipality = int(digits[:2]), int(digits[2:4])
    return 1 <= department <= len(_HONDURAN) and 1 <= municipality <= _HONDURAN[department - 1]


def fits_guatemala(digits: str) -> bool:
    """Whether thirteen digits are a CUI: eight, their check digit, then department and municipality."""
    department, municipality = int(digits[9:11]), int(digits[11:13])
    if not (1 <= department <= len(_GUATEMALAN) and 1 <= municipality <= _GUATEMALAN[department - 1]):
        return False
    return sum(int(digit) * weight for digit, weight in zip(digits, range(2, 10), strict=False)) % 11 == int(digits[8])


def _zero_was_lost(cell: Cell, digits: str, country: str | None, last_year: int, places: Set[str]) -> bool:
    """A number has no zero at its start; what was typed in groups must lack it in the first group."""
    if country == GUATEMALA and fits_guatemala("0" + digits):
        return True
    if isinstance(cell, str) and not _WITH_POINT.fullmatch(cell.strip()):
        groups = re.findall(r"[0-9]+", _LABEL.sub("", cell))
        if len(groups) > 1 and len(groups[0]) != len("801"):
            return False
    return country != GUATEMALA and fits_honduras("0" + digits, last_year, places)


def _refused(code: str, value: str, message: str, **values: object) -> ReadDocument:
    problem = Problem("document", Severity.ERROR, code, value, None, message, {"value": value, **values})
    return ReadDocument(problems=(problem,))


def _repair(code: str, value: str, proposal: str, message: str) -> Problem:
    return Problem("document", Severity.REPAIR, code, value, proposal, message, {"value": value, "proposal": proposal})


def _warning(code: str, value: str, message: str, **values: object) -> Problem:
    return Problem("document", Severity.WARNING, code, value, None, message, {"value": value, **values})
