"""What calamine does not tell of a packed workbook: rows kept out of sight, formulas without values, the 1904 count."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.limits import COLUMNS, check_extent

WORKBOOK = "xl/workbook.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMNS = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_FIRST, _LAST = re.compile(rb'\bmin="(\d{1,5})"'), re.compile(rb'\bmax="(\d{1,5})"')
_VALUED = re.compile(rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(slots=True)
class OutOfSight:
    """By sheet: rows and columns out of sight, formulas without values (from 0); whether days count from 1904."""

    hidden_rows: dict[str, frozenset[int]] = field(default_factory=dict)
    hidden_columns: dict[str, frozenset[int]] = field(default_factory=dict)
    uncalculated: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    from_1904: bool = False


def check_declarations(package: zipfile.ZipFile, file: str) -> None:
    """FileProblem where a part declares entities: instructions to an XML reader that no office program writes."""
    for entry in package.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        with package.open(entry) as part:
            start = part.read(4096).replace(b"\0", b"")
        if _DECLARES.search(start):
            raise FileProblem(
                "{file} holds instructions for XML readers that no list needs. It was not opened; ask for another "
                "copy.",
                file=file,
            )


def out_of_sight(package: zipfile.ZipFile, file: str) -> OutOfSight:
    """What an .xlsx says beside its values; FileProblem where a sheet reaches beyond what lists hold."""
    found = OutOfSight()
    for name, part in _sheet_parts(package, found).items():
        try:
            content = package.read(part)
        except KeyError:
            continue
        _check_reach(content, name, file)
        found.hidden_rows[name] = _hidden_rows(content)
        found.hidden_columns[name] = _hidden_columns(content)
        found.uncalculated[name] = frozenset(
            (int(row) - 1, _column(letters)) for letters, row in _FORMULA.findall(content)
        )
    return found


def _sheet_parts(package: zipfile.ZipFile, found: OutOfSight) -> dict[str, str]:
    """Part of each sheet by the sheet's name; nothing where the workbook is not as expected (calamine will say)."""
    from defusedxml.ElementTree import fromstring

    try:
        book = fromstring(package.read(WORKBOOK), forbid_dtd=True)
        links = fromstring(package.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    except (ParseError, KeyError):
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{_RELATIONS}Relationship")}
    parts = {}
    for namespace in (_MAIN, _STRICT):
        for settings in book.iter(f"{namespace}workbookPr"):
            found.from_1904 = settings.get("date1904") in {"1", "true"}
        for sheet in book.iter(f"{namespace}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            if target:
                parts[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return parts


def _check_reach(content: bytes, sheet: str, file: str) -> None:
    """Values far away would be a grid of millions of empty cells; what a sheet claims of itself is not looked at."""
    rows = columns = 0
    for match in _VALUED.finditer(content):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column(match[1]) + 1)
    check_extent(rows, columns, sheet, file)


def _hidden_columns(content: bytes) -> frozenset[int]:
    columns: set[int] = set()
    for match in _COLUMNS.finditer(content):
        first, last = _FIRST.search(match[1]), _LAST.search(match[1])
        if first and last and _HIDDEN.search(match[1]):
            columns.update(range(int(first[1]) - 1, min(int(last[1]), COLUMNS)))
    return frozenset(columns)


def _hidden_rows(content: bytes) -> frozenset[int]:
    rows = set()
    last = -1
    for match in _ROW.finditer(content):
        number = _NUMBER.search(match[1])
        last = int(number[1]) - 1 if number else last + 1
        if _HIDDEN.search(match[1]):
            rows.add(last)
    return frozenset(rows)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
