"""Lines of a sheet that name its columns: one to three of them, merged cells spread, letterheads passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.contents import looks_like_document, looks_like_name
from eic_tracker.exchange.headers import DOCUMENTS, NAMES, Field, field_of

_MOST_LINES = 3
_WIDEST_GROUP = 6
"""Columns that a title over several columns covers at most; a wider one is part of the letterhead."""
_DIGITS_OF_DATA = 4


@dataclass(frozen=True, slots=True)
class Header:
    """Its first line (from 0) and number of lines, the text of each column, the field of those that are known."""

    first: int
    lines: int
    texts: dict[int, str]
    fields: dict[int, Field]

    @property
    def below(self) -> int:
        """The first line after it."""
        return self.first + self.lines

    @property
    def worth(self) -> int:
        """How many different fields it names."""
        return len(set(self.fields.values()) - {Field.OTHER})


def find_headers(sheet: Sheet, mapped: Mapping[str, Field]) -> Iterator[Header]:
    """The headers of a sheet from top to bottom; `mapped`: fields of folded texts that were answered or remembered."""
    spread = _merged_texts(sheet)
    naming = [_names_columns(line, mapped) for line in sheet.cells]
    row = 0
    while row < len(sheet.cells):
        best = None
        # a title over several columns may stand above the line that names them
        if any(naming[row : row + _MOST_LINES]):
            for lines in range(1, _MOST_LINES + 1):
                header = _header_at(sheet, row, lines, mapped, spread)
                if header is not None and _starts_later(sheet, header, mapped, spread):
                    header = None
                if header is not None and (best is None or header.worth > best.worth):
                    best = header
        if best is not None:
            yield best
        row = row + 1 if best is None else best.below


def _names_columns(line: list[Cell], mapped: Mapping[str, Field]) -> bool:
    """Whether a line can be part of a header; most lines are people."""
    texts = [cell.strip() for cell in line if isinstance(cell, str) and cell]
    # one word alone, as the unit DPI, names a column only where little else stands beside it
    few = len(texts) <= 2
    known = 0
    for text in texts:
        known += field_of(text) not in _NO_SIGN or (bool(mapped) and fold(text) in mapped)
        if known > 1 or (known and few):
            return True
    return False


def _starts_later(
    sheet: Sheet, header: Header, mapped: Mapping[str, Field], spread: Mapping[tuple[int, int], str]
) -> bool:
    """Whether the lines below the first alone say as much: then the first is part of the letterhead."""
    for skipped in range(1, header.lines):
        later = _header_at(sheet, header.first + skipped, header.lines - skipped, mapped, spread)
        if later is not None and later.worth >= header.worth:
            return True
    return False


def _header_at(
    sheet: Sheet, first: int, lines: int, mapped: Mapping[str, Field], spread: Mapping[tuple[int, int], str]
) -> Header | None:
    """The header that stands in these lines, None where they are none."""
    below = first + lines
    if below > len(sheet.cells) or not any(cell != "" for cell in sheet.cells[first]):
        return None
    if lines > 1 and any(_is_data(sheet, row) for row in range(first, below)):
        return None
    texts: dict[int, str] = {}
    fields: dict[int, Field] = {}
    for column in range(max(len(sheet.cells[row]) for row in range(first, below))):
        parts = [_text(sheet, row, column, spread) for row in range(first, below)]
        parts = [part for n, part in enumerate(parts) if part and part not in parts[:n]]
        if not parts:
            continue
        texts[column] = " ".join(parts)
        for text in (texts[column], *reversed(parts)):
            found = mapped.get(fold(text)) or field_of(text)
            if found is not None:
                fields[column], texts[column] = found, text
                break
    header = Header(first, lines, texts, _without_lone_parts(fields))
    return header if _is_header(sheet, header) else None


_TOGETHER = (
    ({Field.SEX_F, Field.SEX_M}, {Field.SEX_H, Field.SEX_M}, {Field.SEX_F, Field.SEX_H}),
    ({Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR},),
)
_NO_SIGN = frozenset({None, Field.OTHER}).union(*(parts for sets in _TOGETHER for parts in sets))
"""What stands in rows of people as well, as F and M do."""


def _without_lone_parts(fields: dict[int, Field]) -> dict[int, Field]:
    """A column "M" or "Año" means something only beside its others."""
    present = set(fields.values())
    for sets in _TOGETHER:
        if not any(parts <= present for parts in sets):
            parts = set().union(*sets)
            fields = {column: found for column, found in fields.items() if found not in parts}
    return fields


def _is_header(sheet: Sheet, header: Header) -> bool:
    fields = set(header.fields.values())
    if not fields & (NAMES | DOCUMENTS):
        return False
    if header.worth >= 2:
        return len(header.fields) * 2 >= len(header.texts)
    # a column of names alone: a name or a document must follow right below
    others = {text for column, text in header.texts.items() if header.fields.get(column) is not Field.OTHER}
    if header.lines > 1 or len(others) > 2:
        return False
    column = next(column for column, found in header.fields.items() if found in NAMES | DOCUMENTS)
    return any(
        looks_like_name(sheet.text(row, column)) or looks_like_document(sheet.at(row, column))
        for row in range(header.below, min(header.below + 3, len(sheet.cells)))
    )


def _is_data(sheet: Sheet, row: int) -> bool:
    return any(
        not isinstance(cell, str) or sum(ch.isdigit() for ch in cell) >= _DIGITS_OF_DATA for cell in sheet.cells[row]
    )


def _text(sheet: Sheet, row: int, column: int, spread: Mapping[tuple[int, int], str]) -> str:
    text = " ".join(sheet.text(row, column).split())
    return text or spread.get((row, column), "")


def _merged_texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    """The text of a merged cell for each place that it covers."""
    texts: dict[tuple[int, int], str] = {}
    for (top, left), (bottom, right) in sheet.merged:
        if right - left > _WIDEST_GROUP or bottom - top >= _MOST_LINES or top >= len(sheet.cells):
            continue
        text = " ".join(sheet.text(top, left).split())
        if text:
            texts |= {(row, column): text for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return texts
