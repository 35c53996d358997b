"""Tables of a .docx as sheets: merged cells, nested paragraphs, nothing executed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.cells import Area, Cell, Sheet, trimmed
from eic_tracker.exchange.limits import COLUMNS, check_extent, check_sheets

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"}


def word_sheets(package: zipfile.ZipFile, name: str, file: str) -> list[Sheet]:
    """One sheet for each table of the document; rows count within their table. FileProblem where there is none."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(package.read(DOCUMENT), forbid_dtd=True)
    except (ParseError, KeyError):
        raise FileProblem("{file} is damaged. Open it in Word and save it again.", file=file) from None
    except DefusedXmlException:
        raise FileProblem(
            "{file} holds instructions for XML readers that no list needs. It was not opened; ask for another copy.",
            file=file,
        ) from None
    tables = list(_tables(root))
    check_sheets(len(tables), file)
    if not tables:
        raise FileProblem("{file} has no table. Copy the list out of it and paste it.", file=file)
    single = len(tables) == 1
    return [_sheet(table, name if single else f"{name} ({n})", file) for n, table in enumerate(tables, 1)]


def _tables(element: Element) -> Iterator[Element]:
    """The tables in the order of the document; one inside a cell of another, as in a layout, is a table of its own."""
    for child in element:
        if child.tag == f"{_W}tbl":
            yield child
        yield from _tables(child)


def _sheet(table: Element, name: str, file: str) -> Sheet:
    rows: list[list[Cell]] = []
    merged: list[Area] = []
    open_above: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(_children(table, "tr")):
        cells: list[Cell] = [""] * _grid_before(row)
        for cell in _children(row, "tc"):
            column, width, above = len(cells), _width(cell), _vertical(cell)
            # a cell that goes on from above holds no text of its own
            cells.append("" if above == "continue" else _text(cell))
            cells.extend([""] * (width - 1))
            if above == "continue" and column in open_above:
                first, last = open_above[column]
                merged = [area for area in merged if area[0] != (first, column)]
                merged.append(((first, column), (number, last)))
            elif above == "restart":
                open_above[column] = (number, column + width - 1)
            if above != "continue" and width > 1:
                merged.append(((number, column), (number, column + width - 1)))
        rows.append(cells)
        check_extent(len(rows), len(cells), name, file)
    return Sheet(name, trimmed(rows), tuple(merged))


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table, cells of a row, also those wrapped in content controls."""
    for child in element:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _children(child, tag)


def _grid_before(row: Element) -> int:
    return _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)


def _width(cell: Element) -> int:
    return max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))


def _vertical(cell: Element) -> str | None:
    mark = cell.find(f"{_W}tcPr/{_W}vMerge")
    return None if mark is None else mark.get(f"{_W}val", "continue")


def _number(element: Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    return min(int(value), COLUMNS + 1) if value.isascii() and value.isdigit() else otherwise


def _text(cell: Element) -> str:
    lines = ("".join(_runs(paragraph)).strip() for paragraph in _paragraphs(cell))
    return " ".join(line for line in lines if line)


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag != f"{_W}tbl":
            yield from _paragraphs(child)


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in {f"{_W}tab", f"{_W}br", f"{_W}cr"}:
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _runs(child)
