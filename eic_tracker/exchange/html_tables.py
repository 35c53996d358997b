"""Tables of HTML as sheets: what Excel, Word and Outlook put on the clipboard, and what web pages save as .xls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from eic_tracker.exchange.cells import Area, Cell, Sheet, trimmed
from eic_tracker.exchange.limits import COLUMNS, ROWS, check_extent, check_sheets

_SILENT = {"script", "style", "head", "title", "template"}
_BREAKS = {"br", "p", "div", "li"}
_TOO_NARROW = re.compile(r"#+|[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
_WHOLE = re.compile(r"[0-9]{1,15}")
_CONDITION = re.compile(r"<!\[[^<>]{0,200}>")
_LARGEST_AREA = 10_000
"""Cells that one merged cell may cover; a larger one claims what no page shows."""
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def looks_like_html(content: bytes) -> bool:
    """Whether a file is a web page with a table in it."""
    start = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")) and (
        b"<table" in content.replace(b"\0", b"").lower()
    )


def html_sheets(text: str, name: str, file: str) -> list[Sheet]:
    """One sheet for each table with rows; FileProblem where one is larger than a list is."""
    reader = _Tables(name, file)
    reader.feed(_without_remarks(text))
    reader.close()
    tables = [table for table in reader.tables if any(table.rows)]
    single = len(tables) == 1
    return [table.sheet(name if single else f"{name} ({n})") for n, table in enumerate(tables, 1)]


def _without_remarks(text: str) -> str:
    """A page without comments and conditions, which a reader would search to the end of the page again and again."""
    kept = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        kept.append(text[place:start])
        end = text.find("-->", start)
        if end < 0:
            kept.append(text[start:].replace("<!--", ""))
            place = len(text)
            break
        place = end + len("-->")
    kept.append(text[place:])
    plain = _CONDITION.sub("", "".join(kept)).replace("<![", "").replace("<?", "")
    return plain[: plain.rfind(">") + 1]


class _Table:
    """The rows of one table while they are read; cells that reach over several rows take their places below."""

    def __init__(self, name: str, file: str) -> None:
        self.rows: list[list[Cell]] = []
        self.merged: list[Area] = []
        self._taken: set[tuple[int, int]] = set()
        self._name = name
        self._file = file

    def sheet(self, name: str) -> Sheet:
        return Sheet(name, trimmed(self.rows), tuple(self.merged))

    def row(self) -> None:
        self.rows.append([])
        check_extent(len(self.rows), 0, self._name, self._file)

    def cell(self, text: str, down: int, right: int) -> None:
        if not self.rows:
            self.row()
        row, cells = len(self.rows) - 1, self.rows[-1]
        while (row, len(cells)) in self._taken:
            cells.append("")
        column = len(cells)
        cells.append(text)
        cells.extend([""] * (right - 1))
        check_extent(0, len(cells), self._name, self._file)
        if 1 < down * right <= _LARGEST_AREA:
            self.merged.append(((row, column), (row + down - 1, column + right - 1)))
            self._taken.update((r, c) for r in range(row + 1, row + down) for c in range(column, column + right))


class _Tables(HTMLParser):
    """Gathers tables; one inside a cell of another, as mails are laid out, is a table of its own."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._name, self._file = name, file
        self._open: list[_OpenTable] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "table":
            self.tables.append(_Table(self._name, self._file))
            check_sheets(len(self.tables), self._file)
            self._open.append(_OpenTable(self.tables[-1]))
        elif self._open and tag == "tr":
            self._open[-1].finish()
            self._open[-1].table.row()
        elif self._open and tag in {"td", "th"}:
            self._open[-1].begin(dict(attrs))
        elif self._open and tag in _BREAKS:
            self._open[-1].add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif self._open and tag in {"td", "th", "tr", "table"}:
            self._open[-1].finish()
            if tag == "table":
                self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent:
            self._open[-1].add(data)

    def close(self) -> None:
        super().close()
        for table in self._open:
            table.finish()


class _OpenTable:
    """A table whose end has not come yet, and the cell that is being read."""

    def __init__(self, table: _Table) -> None:
        self.table = table
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._number = ""

    def begin(self, values: Mapping[str, str | None]) -> None:
        self.finish()
        self._span = _reach(values.get("rowspan"), ROWS), _reach(values.get("colspan"), COLUMNS)
        # what Excel (x:num) and LibreOffice (sdval) keep of a number that the column is too narrow to show
        self._number = values.get("x:num") or values.get("sdval") or ""
        self._cell = []

    def add(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)

    def finish(self) -> None:
        if self._cell is None:
            return
        # only the spaces of the page's own layout go; a hard space stays what its writer meant
        text = _SPACES.sub(" ", "".join(self._cell)).strip(" ")
        if _TOO_NARROW.fullmatch(text) and _WHOLE.fullmatch(self._number):
            text = self._number
        self.table.cell(text, *self._span)
        self._cell = None


def _reach(value: str | None, most: int) -> int:
    number = (value or "").strip()
    return max(1, min(int(number), most)) if number.isascii() and number.isdigit() and len(number) < 7 else 1
