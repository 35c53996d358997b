"""Where the lists of people stand in a sheet: header, columns, rows of people, and what is none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.contents import (
    columns_by_content,
    kind_of_document_column,
    looks_like_document,
    looks_like_name,
)
from eic_tracker.exchange.headers import DOCUMENTS, NAMES, Field, field_of
from eic_tracker.exchange.rows import LeftOut
from eic_tracker.i18n import N_

_HEADER_LINES = 3


@dataclass(slots=True)
class Table:
    """One list of people in a sheet; rows and columns count from 0, `header` is None where there is none."""

    sheet: Sheet
    header: int | None
    first: int
    """row in which people may begin"""
    columns: dict[Field, int]
    headers: dict[Field, str]
    span: tuple[int, int]
    rows: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    """for a row of people the title of the section that it stands in"""


@dataclass(frozen=True, slots=True)
class _Header:
    first: int
    lines: int
    texts: dict[int, str]
    fields: dict[int, Field]

    @property
    def worth(self) -> int:
        return len(set(self.fields.values()) - {Field.OTHER})


def find_tables(sheet: Sheet, mapped: Mapping[str, Field]) -> list[Table]:
    """The lists of people of a sheet, from top to bottom and left to right; `mapped`: fields of folded headers."""
    headers = list(_headers(sheet, mapped))
    tables: list[Table] = []
    for number, header in enumerate(headers):
        end = headers[number + 1].first if number + 1 < len(headers) else len(sheet.cells)
        for table in _side_by_side(sheet, header):
            _take_rows(table, end)
            known = next((t for t in tables if t.span == table.span and t.columns == table.columns), None)
            if known is not None and known.headers == table.headers:
                known.rows += table.rows
                known.left_out += [_repeated_header(sheet, header), *table.left_out]
                known.sections |= table.sections
            elif table.rows:
                tables.append(table)
    if not tables:
        tables = _without_header(sheet)
    return tables


def _repeated_header(sheet: Sheet, header: _Header) -> LeftOut:
    text = " | ".join(header.texts[column] for column in sorted(header.texts))
    return LeftOut(sheet.name, header.first + 1, text, N_("the header, once more"))


def _headers(sheet: Sheet, mapped: Mapping[str, Field]) -> Iterator[_Header]:
    row = 0
    while row < len(sheet.cells):
        best = None
        for lines in range(1, _HEADER_LINES + 1):
            header = _header_at(sheet, row, lines, mapped)
            if header is not None and _starts_later(sheet, header, mapped):
                header = None
            if header is not None and (best is None or header.worth > best.worth):
                best = header
        if best is None:
            row += 1
            continue
        yield best
        row = best.first + best.lines


def _starts_later(sheet: Sheet, header: _Header, mapped: Mapping[str, Field]) -> bool:
    """Whether the lines below the first alone say as much: then the first is part of the letterhead."""
    for skipped in range(1, header.lines):
        later = _header_at(sheet, header.first + skipped, header.lines - skipped, mapped)
        if later is not None and later.worth >= header.worth:
            return True
    return False


def _header_at(sheet: Sheet, first: int, lines: int, mapped: Mapping[str, Field]) -> _Header | None:
    """The header that stands in these lines, None where they are none."""
    if first + lines > len(sheet.cells):
        return None
    if not any(sheet.text(first, column) for column in range(len(sheet.cells[first]))):
        return None
    if lines > 1 and any(_is_data(sheet, row) for row in range(first, first + lines)):
        return None
    width = max(len(sheet.cells[row]) for row in range(first, first + lines))
    texts: dict[int, str] = {}
    fields: dict[int, Field] = {}
    for column in range(width):
        parts = [_spread(sheet, row, column) for row in range(first, first + lines)]
        parts = [part for n, part in enumerate(parts) if part and part not in parts[:n]]
        for text in (" ".join(parts), *reversed(parts)):
            found = mapped.get(fold(text)) or field_of(text)
            if found is not None:
                fields[column] = found
                texts[column] = text
                break
        else:
            if parts:
                texts[column] = " ".join(parts)
    header = _Header(first, lines, texts, fields)
    return header if _is_header(sheet, header) else None


def _is_header(sheet: Sheet, header: _Header) -> bool:
    fields = set(header.fields.values())
    if not fields & (NAMES | DOCUMENTS):
        return False
    if header.worth >= 2:
        return len(header.fields) * 2 >= len(header.texts)
    # a column of names alone: a name must follow right below
    below = header.first + header.lines
    if header.lines > 1 or below >= len(sheet.cells) or len(header.texts) > 1:
        return False
    column = next(iter(header.fields))
    return any(
        looks_like_name(sheet.text(row, column)) or looks_like_document(sheet.at(row, column))
        for row in range(below, min(below + 3, len(sheet.cells)))
    )


def _is_data(sheet: Sheet, row: int) -> bool:
    return any(not isinstance(cell, str) or sum(ch.isdigit() for ch in cell) >= 4 for cell in sheet.cells[row])


def _spread(sheet: Sheet, row: int, column: int) -> str:
    """The text of a header cell, of the merged cell where it is part of one."""
    text = " ".join(sheet.text(row, column).split())
    if text:
        return text
    for (top, left), (bottom, right) in sheet.merged:
        if top <= row <= bottom and left <= column <= right and right - left < 6:
            return " ".join(sheet.text(top, left).split())
    return ""


def _side_by_side(sheet: Sheet, header: _Header) -> Iterator[Table]:
    """The tables of one header: a name or document that comes again begins the next one."""
    groups: list[list[int]] = [[]]
    for column in sorted(header.fields):
        seen = {header.fields[other] for other in groups[-1]}
        again = header.fields[column] in seen and (
            header.fields[column] in NAMES | DOCUMENTS | {Field.NUMBER}
            and any(header.texts[other] == header.texts[column] for other in groups[-1])
        )
        if again:
            groups.append([])
        groups[-1].append(column)
    for number, group in enumerate(groups):
        columns = _one_for_each(sheet, header, group)
        if not set(columns) & (NAMES | DOCUMENTS):
            continue
        last = groups[number + 1][0] - 1 if number + 1 < len(groups) else max(header.texts)
        yield Table(
            sheet,
            header.first,
            header.first + header.lines,
            columns,
            {found: header.texts[column] for found, column in columns.items()},
            (group[0], max(last, group[-1])),
        )


def _one_for_each(sheet: Sheet, header: _Header, group: list[int]) -> dict[Field, int]:
    """One column for each field: of two that claim to hold documents, the one that does."""
    columns: dict[Field, int] = {}
    rows = range(header.first + header.lines, min(len(sheet.cells), header.first + header.lines + 100))
    for column in group:
        found = header.fields[column]
        if found is Field.DOCUMENT:
            cells = [cell for row in rows if (cell := sheet.at(row, column)) != ""]
            found = kind_of_document_column(cells)
        columns.setdefault(found, column)
    return columns


def _without_header(sheet: Sheet) -> list[Table]:
    columns = columns_by_content(sheet)
    if not set(columns) & NAMES:
        return []
    width = max((len(row) for row in sheet.cells), default=1)
    table = Table(sheet, None, 0, columns, {}, (0, width - 1))
    _take_rows(table, len(sheet.cells))
    return [table] if table.rows else []


_LINE = re.compile(r"[_\-.=*~\s]{4,}")
_END = re.compile(
    r"\b(?:sub ?)?total(?:es)?\b|^suma\b|^fin del documento|^end of (?:the )?(?:document|list)|^ultima linea|^cantidad"
)
_SIGNED = re.compile(
    r"^(?:firma|nombre y firma|sello|vo bo|visto bueno|elaborado|elaboro|revisado|reviso|aprobado|autorizado|"
    r"atentamente|respetuosamente|jefe|jefa|director|directora|signature|prepared by|approved by|cc|c c|"
    r"p d|dios union libertad)\b"
    r"|\b(?:jefe|jefa|director|directora|encargad[oa]) (?:de|del|general|nacional|policial)\b"
)
_NOTE = re.compile(r"^(?:notas?|nota|observaci\w+|obs|fuente|source|note|pagina|page|hoja|importante|aclaraci\w+)\b")


def _take_rows(table: Table, end: int) -> None:
    """Sort the rows of a table into people and what is none, saying why."""
    sheet = table.sheet
    first, last = table.span
    usual = _usual_cells(table, end)
    section = ""
    below = False
    for row in range(table.first, end):
        filled = [c for c in range(first, min(last + 1, len(sheet.cells[row]))) if sheet.text(row, c)]
        if not filled:
            continue
        text = " | ".join(sheet.text(row, column) for column in filled)
        reason = _no_person(table, row, filled, usual, below=below)
        if reason is None:
            below = False
            table.rows.append(row)
            if section:
                table.sections[row] = section
            continue
        table.left_out.append(LeftOut(sheet.name, row + 1, text, reason))
        if reason == _SECTION:
            section = sheet.text(row, filled[0])
        elif reason != _REPEATED:
            below = True


_TOTAL = N_("a total or the end of the list")
_SIGNATURE = N_("a signature or a note")
_SECTION = N_("a title between people")
_REPEATED = N_("the header, once more")
_NOBODY = N_("neither a name nor a document")


def _no_person(table: Table, row: int, filled: list[int], usual: int, *, below: bool) -> str | None:
    """Why a row is none of people, None where it is one."""
    sheet = table.sheet
    texts = {column: sheet.text(row, column) for column in filled}
    folded = {column: fold(text) for column, text in texts.items()}
    fields = {column: found for found, column in table.columns.items()}
    if _repeats_header(table, texts):
        return _REPEATED
    document = any(fields.get(c) in DOCUMENTS and looks_like_document(sheet.at(row, c)) for c in filled)
    if document:
        return None
    if any(_LINE.fullmatch(text) for text in texts.values()):
        return _SIGNATURE
    leading = folded[filled[0]]
    named = [c for c in filled if fields.get(c) in NAMES]
    words = " ".join(folded[c] for c in filled)
    if _END.search(leading) or any(_END.match(folded[c]) for c in named):
        return _TOTAL
    others = [c for c in filled if fields.get(c) not in {*NAMES, Field.NUMBER, None}]
    if not others and (_SIGNED.search(words) or _NOTE.search(words)):
        return _SIGNATURE
    if not named:
        return _SECTION if len(filled) == 1 and not texts[filled[0]].isdigit() else _NOBODY
    if not others and usual > 1 and not any(fields.get(c) is Field.NUMBER for c in filled):
        if below:
            return _SIGNATURE
        if len(named) == 1 and (_is_section(leading) or not looks_like_name(texts[named[0]])):
            return _SECTION
    if not any(any(ch.isalpha() for ch in texts[c]) for c in named):
        return _NOBODY
    return None


_SECTION_WORDS = re.compile(
    r"^(?:unidad|direccion|departamento|depto|jefatura|seccion|delegacion|grupo|division|oficina|estacion|posta|escuela|"
    r"personal|oficiales|clases|agentes|femenino|masculino|mujeres|hombres|policia|region|regional|comando|fiscalia|"
    r"ministerio|institucion|sede|turno|unit|group|section|women|men|udep|umep|dpi|atic)\b"
)


def _is_section(text: str) -> bool:
    return _SECTION_WORDS.search(text) is not None


def _repeats_header(table: Table, texts: Mapping[int, str]) -> bool:
    same = [found for found, column in table.columns.items() if field_of(texts.get(column, "")) is found]
    return len(same) >= 2 or (len(same) == len(table.columns) == len(texts))


def _usual_cells(table: Table, end: int) -> int:
    """How many cells of the known columns are filled in most rows."""
    counts = sorted(
        count
        for row in range(table.first, end)
        if (count := sum(1 for column in table.columns.values() if table.sheet.text(row, column)))
    )
    return counts[len(counts) // 2] if counts else 0
