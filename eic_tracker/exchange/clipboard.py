"""Pasted lists: the tables that Excel, LibreOffice, Word and Outlook put on the clipboard, and the text of a PDF."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.aligned_text import aligned_sheet
from eic_tracker.exchange.by_hand import ByHand
from eic_tracker.exchange.cells import Cell, Sheet, trimmed
from eic_tracker.exchange.html_tables import html_sheets
from eic_tracker.exchange.limits import check_extent
from eic_tracker.exchange.lists import NoPeople, lists_of
from eic_tracker.exchange.rows import KnownTexts, ReadList
from eic_tracker.exchange.text_files import SEPARATORS, best_separator, separated

LONGEST = 4_000_000
"""Characters that are read of what was pasted."""
_NOTHING = ByHand()
_START = re.compile(r"<(?:html|!doctype|table|body|meta|style|div|span|p)\b", re.IGNORECASE)


def read_pasted(
    text: str,
    html: str,
    name: str,
    answers: Mapping[str, str],
    known: KnownTexts,
    *,
    today: dt.date,
    repairs: bool = True,
    by_hand: ByHand = _NOTHING,
) -> list[ReadList]:
    """The lists of people in what was pasted, as `read_list` gives those of a file; `name` is how it is called.

    The HTML is read where it holds people, else the text."""
    if max(len(text), len(html)) > LONGEST:
        raise FileProblem("{file} is longer than a list ever is. Save it as a file and choose that.", file=name)
    sheets = _tables_of(html, name)
    if sheets:
        try:
            return lists_of(sheets, name, answers, known, today=today, repairs=repairs, by_hand=by_hand)
        except NoPeople:
            if not text.strip():
                raise
    pasted = [pasted_sheet(text, name)]
    return lists_of(pasted, name, answers, known, today=today, repairs=repairs, by_hand=by_hand)


def _tables_of(html: str, name: str) -> list[Sheet]:
    """The tables of a page; what Windows writes before it (where it starts and ends) is passed over."""
    start = _START.search(html)
    return html_sheets(html[start.start() :], name, name) if start else []


def pasted_sheet(text: str, name: str) -> Sheet:
    """A pasted text as a sheet: divided by tabs, by another separator, or by the gaps that its lines share."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").replace("\0", "")
    if "\t" in text:
        return _by_tabs(text, name)
    separator = best_separator(text)
    lines = [line for line in text.split("\n") if line.strip()]
    aligned = aligned_sheet(text, name)
    if separator in SEPARATORS and lines and sum(separator in line for line in lines) * 2 > len(lines):
        sheet = separated(text, name, name)
        # "Pérez López, Juan" divides in two as well; gaps that all lines share mean more
        if separator != "," or _width(sheet) > max(2, _width(aligned)):
            return sheet
    return aligned


def _width(sheet: Sheet) -> int:
    return max((len(row) for row in sheet.cells), default=0)


def _by_tabs(text: str, name: str) -> Sheet:
    """Spreadsheets put quotes around a cell that holds lines, tabs or quotes; a lone quote is part of a text."""
    rows: list[list[Cell]] = [[]]
    place = 0
    while place <= len(text):
        found = _QUOTED.match(text, place)
        if found is not None and found[0].count("\n") <= _LINES_IN_CELL:
            rows[-1].append(found[1].replace('""', '"'))
        else:
            found = _PLAIN.match(text, place)
            if found is None:
                break
            rows[-1].append(found[0])
        place = found.end() + 1
        check_extent(len(rows), len(rows[-1]), name, name)
        if place <= len(text) and text[found.end()] == "\n":
            rows.append([])
    return Sheet(name, trimmed(rows))


_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|$)')
_PLAIN = re.compile(r"[^\t\n]*")
_LINES_IN_CELL = 5
"""Lines that one cell holds at most; more were swallowed by a quote that belongs to a name."""
