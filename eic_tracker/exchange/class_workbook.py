"""A class list that comes back: told by its hidden sheet, or by its ids and headings where a telephone lost that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.domain.class_cells import FACTS_SHEET, ID_HEADING
from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.reading import read_sheets

_NAME_HEADINGS = frozenset({"apellidos nombres", "surnames given names"})
_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A row as it came: its number from 1 on, the id that it still has, its cells by heading."""

    row: int
    id: str
    cells: Mapping[str, Cell]
    uncalculated: frozenset[str] = frozenset()
    """headings under which a formula stands without its value"""

    def text(self, heading: str) -> str:
        """A cell as a text, numbers as they are written."""
        value = self.cells.get(heading, "")
        return " ".join(str(value).split()) if not isinstance(value, bool) else ""


@dataclass(frozen=True, slots=True)
class ClassList:
    """What came back; without the hidden sheet `facts`, `headings` and `originals` are empty."""

    file: str
    facts: Mapping[str, str]
    headings: Mapping[str, str]
    """key of a column by its heading as the list left"""
    originals: Mapping[tuple[str, str], str]
    """by id and key, what was recorded when the list left"""
    rows: tuple[ClassRow, ...]
    columns: tuple[str, ...]
    """headings as they stand now, in their order"""


def read_class_list(path: Path, look: Callable[[], object] | None = None) -> ClassList | None:
    """The class list in a file, None where it holds none; FileProblem where it cannot be read."""
    return class_list_of(read_sheets(path, look=look), path.name)


def class_list_of(sheets: Sequence[Sheet], file: str) -> ClassList | None:
    """The class list in sheets that were read already."""
    facts: dict[str, str] = {}
    headings: dict[str, str] = {}
    originals: dict[tuple[str, str], str] = {}
    for sheet in sheets:
        if sheet.name == FACTS_SHEET:
            _read_facts(sheet, facts, headings, originals)
    for sheet in sheets:
        if sheet.name == FACTS_SHEET:
            continue
        head = _head(sheet, headings)
        if head is not None:
            columns = {place: sheet.text(head, place) for place in range(len(sheet.cells[head]))}
            rows = _rows(sheet, head, columns)
            shown = tuple(text for text in columns.values() if text and text != ID_HEADING)
            return ClassList(file, facts, headings, originals, rows, shown)
    return None


def _read_facts(
    sheet: Sheet, facts: dict[str, str], headings: dict[str, str], originals: dict[tuple[str, str], str]
) -> None:
    for number, cells in enumerate(sheet.cells):
        texts = [sheet.text(number, place) for place in range(len(cells))] + ["", "", "", ""]
        kind, first, second, third = texts[:4]
        if kind == "fact":
            facts[first] = second
        elif kind == "heading":
            headings[second] = first
        elif kind == "value":
            originals[(first, second)] = third


def _head(sheet: Sheet, headings: Mapping[str, str]) -> int | None:
    """The row of the headings: it has the ids, or most of what left, or at least the name."""
    for row in range(min(len(sheet.cells), _SEARCHED)):
        texts = {sheet.text(row, place) for place in range(len(sheet.cells[row]))} - {""}
        if ID_HEADING in texts or (headings and len(texts & headings.keys()) * 2 > len(headings)):
            return row
        if any(fold(text) in _NAME_HEADINGS for text in texts):
            return row
    return None


def _rows(sheet: Sheet, head: int, columns: Mapping[int, str]) -> tuple[ClassRow, ...]:
    found = []
    for number in range(head + 1, len(sheet.cells)):
        cells = {text: sheet.at(number, place) for place, text in columns.items() if text}
        if any(str(value).strip() for value in cells.values()):
            formulas = frozenset(text for place, text in columns.items() if (number, place) in sheet.uncalculated)
            found.append(ClassRow(number + 1, str(cells.get(ID_HEADING, "")).strip(), cells, formulas))
    return tuple(found)
