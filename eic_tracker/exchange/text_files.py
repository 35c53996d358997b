"""Lists as text: which letters the bytes mean, which sign separates the columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.cells import Cell, Sheet, trimmed
from eic_tracker.exchange.limits import check_contents, check_extent

SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_ROWS = 200
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def text_sheet(content: bytes, name: str, file: str) -> Sheet:
    """The one sheet of a .csv, .tsv or .txt file; FileProblem where it is no text."""
    return separated(decoded(content, file), name, file)


def decoded(content: bytes, file: str) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, with or without a byte order mark."""
    try:
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return content.decode(encoding)
        wide = _wide_without_mark(content)
        if wide:
            return content.decode(wide)
        if b"\0" in content:
            raise _no_text(file)
        return _narrow(content)
    except UnicodeDecodeError:
        raise _no_text(file) from None


def _narrow(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # what Windows-1252 leaves open stays visible as a sign that is reported with its row
        return content.decode("cp1252", errors="replace")


def _wide_without_mark(content: bytes) -> str | None:
    """UTF-16 is told by the zero in every second byte of Latin letters."""
    sample = content[:4000]
    half = len(sample) // 2
    if half < 2:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _no_text(file: str) -> FileProblem:
    return FileProblem(
        "{file} is neither a spreadsheet nor a text that this program reads. Save it as .xlsx or .csv.", file=file
    )


def separated(text: str, name: str, file: str) -> Sheet:
    """The rows of a text whose columns are separated by the sign that divides it most evenly."""
    lines = text.splitlines()
    first = lines[0].strip().lower() if lines else ""
    told = first[4:] if len(first) == 5 and first.startswith("sep=") else ("\t" if first == "sep=" else "")
    separator = told or best_separator(text)
    rows: list[list[Cell]] = []
    if told:
        rows.append([])
        text = text.split("\n", 1)[1] if "\n" in text else ""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(list(row))
            check_extent(len(rows), len(row), name, file)
    except csv.Error:
        raise FileProblem(
            "{file} cannot be divided into columns near row {row}. Save it as .xlsx.", file=file, row=len(rows) + 1
        ) from None
    sheet = Sheet(name, trimmed(rows))
    check_contents([sheet], file)
    return sheet


def best_separator(text: str) -> str:
    """The separator by which most rows have the same number of columns, the more the better."""
    best, found = 0.0, "\t"
    for separator in SEPARATORS:
        widths = Counter(_widths(text, separator))
        widths.pop(0, None)
        if not widths:
            continue
        value = max(count * (width - 1) for width, count in widths.items())
        if value > best:
            best, found = value, separator
    return found


def _widths(text: str, separator: str) -> list[int]:
    widths = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            if number == _SAMPLE_ROWS:
                break
            widths.append(len(row))
    except csv.Error:
        return widths
    return widths
