"""What a cell looks like, and which columns a sheet without a header has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.countries import country_code
from eic_tracker.exchange.documents import hint_of_type
from eic_tracker.exchange.headers import Field
from eic_tracker.exchange.name_words import is_family_name, is_given_name
from eic_tracker.exchange.ranks import rank_code
from eic_tracker.exchange.rows import KnownTexts

_SAMPLE = 300
_MOST = 0.6
"""Share of a column's values that must look alike."""

_DASHES = r"[\s.\-‐-―−]"
_DOCUMENT = re.compile(rf"[0-9](?:{_DASHES}?[0-9]){{11,13}}(?:\.0)?")
_DOCUMENT_WITHIN = re.compile(rf"(?<![0-9])[0-9]{{4}}{_DASHES}?[0-9]{{4}}{_DASHES}?[0-9]{{5}}(?![0-9])")
_LONGEST_NUMBER = 4
_DATE = re.compile(r"[0-9]{1,4}\s*[/.\-]\s*(?:[0-9]{1,2}|[a-zA-Z]{3,10})\s*[/.\-]\s*[0-9]{2,4}(?: [0-9:]+)?")
_DATE_IN_WORDS = re.compile(r"[0-9]{1,2} (?:de )?[a-z]{3,10}(?: (?:de|del))? [0-9]{4}")
_PHONE = re.compile(r"(?:\+?504[\s-]?)?[2389][0-9]{3}[\s-]?[0-9]{4}")
_NOT_IN_NAMES = re.compile(r"[0-9_@/\\<>=+*#:;|{}\[\]]")
_NUMBERED = re.compile(r"^[0-9]{1,3}\s*[.)\-]\s*")
_SEXES = frozenset(
    {"f", "m", "h", "femenino", "masculino", "hombre", "mujer", "fem", "masc", "female", "male", "varon"}
)


def looks_like_document(cell: Cell) -> bool:
    """Twelve to fourteen digits, as a text or a number: a national id, perhaps damaged."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, (int, float)):
        return 10**10 <= cell < 10**14
    return isinstance(cell, str) and _DOCUMENT.fullmatch(cell.strip()) is not None


def has_document_among_words(cell: Cell) -> bool:
    """Whether a national id stands in a text behind words, as in "DNI 0801-1990-12345"."""
    if not isinstance(cell, str) or cell.strip()[:1].isdigit():
        return False
    return _DOCUMENT_WITHIN.search(cell) is not None


def is_running_number(cell: Cell) -> bool:
    """Whether a cell counts the rows of a list."""
    if isinstance(cell, str):
        return cell.strip(" .)-").isdigit() and len(cell.strip(" .)-")) <= _LONGEST_NUMBER
    return isinstance(cell, (int, float)) and 0 <= cell < 10**_LONGEST_NUMBER


def looks_like_name(text: str) -> bool:
    """Two to nine words of letters, at least one of which people are really called."""
    text = _NUMBERED.sub("", text)
    words = fold(text.replace("'", "")).split()
    return (
        2 <= len(words) <= 9
        and len(text) <= 80
        and not _NOT_IN_NAMES.search(text)
        and any(is_given_name(word) or is_family_name(word) for word in words)
    )


def _looks_like_date(cell: Cell) -> bool:
    if isinstance(cell, dt.date):
        return True
    return isinstance(cell, str) and (
        _DATE.fullmatch(cell.strip()) is not None or _DATE_IN_WORDS.fullmatch(fold(cell)) is not None
    )


def _looks_like_phone(cell: Cell) -> bool:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return _PHONE.fullmatch(str(cell)) is not None
    return isinstance(cell, str) and _PHONE.fullmatch(cell.strip()) is not None


def _looks_like_sex(cell: Cell) -> bool:
    return isinstance(cell, str) and fold(cell) in _SEXES


_LOOKS: tuple[tuple[Field, Callable[[Cell], bool]], ...] = (
    (Field.DOCUMENT, looks_like_document),
    (Field.BIRTH_DATE, _looks_like_date),
    (Field.PHONE, _looks_like_phone),
    (Field.SEX, _looks_like_sex),
)


def columns_by_content(sheet: Sheet, known: KnownTexts) -> dict[Field, int]:
    """The columns of a sheet without a header, by what most of their values look like."""
    rows = [row for row in sheet.cells if sum(1 for cell in row if cell != "") > 1] or sheet.cells
    rows = rows[:_SAMPLE]
    columns = [
        [row[column] for row in rows if column < len(row) and row[column] != ""]
        for column in range(max((len(row) for row in rows), default=0))
    ]
    found: dict[Field, int] = {}
    for number, cells in enumerate(columns):
        kind = kind_of_column(cells) or _kind_of_texts(cells, known)
        if kind is not None:
            found.setdefault(kind, number)
    if Field.NAME not in found:
        found |= _parted_names(columns, set(found.values()))
    return found


def kind_of_column(cells: Sequence[Cell]) -> Field | None:
    """What a column's values are, None where they do not look alike."""
    for kind, looks in _LOOKS:
        if _most(cells, looks):
            return kind
    return Field.NAME if _most(cells, lambda cell: isinstance(cell, str) and looks_like_name(cell)) else None


def _kind_of_texts(cells: Sequence[Cell], known: KnownTexts) -> Field | None:
    """Ranks, units and institutions by what the file knows of them."""
    if _most(cells, lambda cell: isinstance(cell, str) and rank_code(cell, known.ranks) is not None):
        return Field.RANK
    if _most(cells, lambda cell: isinstance(cell, str) and fold(cell) in known.units):
        return Field.UNIT
    if _most(cells, lambda cell: isinstance(cell, str) and fold(cell) in known.institutions):
        return Field.INSTITUTION
    return None


def _most(cells: Sequence[Cell], looks: Callable[[Cell], bool]) -> bool:
    return bool(cells) and sum(1 for cell in cells if looks(cell)) >= _MOST * len(cells)


def kind_of_document_column(cells: Sequence[Cell]) -> Field:
    """What stands below a header that says document: numbers, types of documents, countries, or a unit called DPI."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if not texts or len(texts) < _MOST * len(cells):
        return Field.DOCUMENT
    if sum(1 for text in texts if country_code(text)) >= _MOST * len(texts):
        return Field.COUNTRY
    if sum(1 for text in texts if hint_of_type(text)) >= _MOST * len(texts):
        return Field.DOCUMENT_TYPE
    if not any(ch.isdigit() for text in texts for ch in text):
        return Field.UNIT if any(len(fold(text)) > 3 for text in texts) else Field.DOCUMENT
    return Field.DOCUMENT


def _parted_names(columns: Sequence[Sequence[Cell]], taken: set[int]) -> dict[Field, int]:
    """Given names and family names in columns of their own, told by the names themselves."""
    found: dict[Field, int] = {}
    for number, cells in enumerate(columns):
        if number in taken:
            continue
        if _most(cells, lambda cell: isinstance(cell, str) and is_given_name((fold(cell).split() or [""])[0])):
            found.setdefault(Field.GIVEN, number)
        elif _most(cells, lambda cell: isinstance(cell, str) and is_family_name((fold(cell).split() or [""])[-1])):
            found.setdefault(Field.FAMILY, number)
    return found if len(found) == 2 else {}
