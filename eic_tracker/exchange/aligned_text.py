"""Text whose columns are held apart by spaces, as a PDF or a typewriter gives it."""

from __future__ import annotations

import re
from itertools import pairwise

from eic_tracker.exchange.cells import Cell, Sheet, trimmed
from eic_tracker.exchange.limits import ROWS, check_extent

_GAP = re.compile(r"\S+(?: \S+)*")
_STRAY = 0.05
"""Share of the lines that may reach into a gap between columns."""
_WIDEST = 2_000
_NUMBERED = re.compile(r"(?P<no>[0-9]{1,3})[.)\-]?\s+(?=\D)")
_LABEL = re.compile(r"[\s,;:|–-]*(?:\b(?:d\.?n\.?i|id|identidad|no|n[°º]))?[\s.,;:#|–-]*$", re.IGNORECASE)
_BEHIND = re.compile(r"^[\s,;:|–.-]*(?:(?:tel[ée]fono|tel|celular|cel)\b[\s.:#]*)?", re.IGNORECASE)
_DOCUMENT = re.compile(r"[0-9]{4}[\s-]?[0-9]{4}[\s-]?[0-9]{5}|(?<![0-9])[0-9]{12}(?![0-9])")


def aligned_sheet(text: str, name: str) -> Sheet:
    """A sheet with one row for each line; where no gaps are shared, a document in most lines divides them."""
    lines = [line.rstrip()[:_WIDEST].expandtabs() for line in text.split("\n")]
    check_extent(len(lines), 0, name, name)
    cuts = _shared_gaps(lines)
    if cuts:
        return Sheet(name, trimmed([_cut(line, cuts) for line in lines[:ROWS]]))
    written = [line for line in lines if line.strip()]
    if sum(1 for line in written if _DOCUMENT.search(line)) * 2 > len(written):
        return around_documents(lines, name)
    return Sheet(name, trimmed([list(_GAP.findall(line)) for line in lines]))


def around_documents(lines: list[str], name: str) -> Sheet:
    """A sheet whose lines are divided before and behind the document that stands in them."""
    return Sheet(name, trimmed([_around_document(line) for line in lines]))


def _shared_gaps(lines: list[str]) -> list[int]:
    """Positions at which columns begin: before each stands a gap of two spaces that (nearly) all lines share."""
    rows = [line for line in lines if len(_GAP.findall(line)) > 1]
    if len(rows) < 2:
        return []
    width = max(len(line) for line in rows)
    used = [0] * (width + 1)
    for line in rows:
        for found in _GAP.finditer(line):
            for place in range(found.start(), found.end()):
                used[place] += 1
    allowed = int(_STRAY * len(rows))
    cuts = []
    place = next((n for n, count in enumerate(used) if count > allowed), 0)
    while place < width:
        end = place
        while end < width and used[end] > allowed:
            end += 1
        start = end
        while start < width and used[start] <= allowed:
            start += 1
        if start < width and start - end >= 1:
            cuts.append(start)
        place = start
    return cuts if _are_columns(rows, cuts) else []


def _are_columns(rows: list[str], cuts: list[int]) -> bool:
    """Whether the cuts fall between words in most lines, and most lines have something in most columns."""
    if not cuts:
        return False
    filled = sum(1 for line in rows for cell in _cut(line, cuts) if cell)
    return filled * 2 >= len(rows) * (len(cuts) + 1)


def _cut(line: str, cuts: list[int]) -> list[Cell]:
    """The cells of a line; a word that reaches over a cut stays whole in the column where it begins."""
    places = [0]
    for cut in cuts:
        at = min(cut, len(line))
        while places[-1] < at < len(line) and line[at - 1] != " " and line[at] != " ":
            at += 1
        places.append(max(at, places[-1]))
    places.append(len(line))
    return [line[start:end].strip() for start, end in pairwise(places)]


def _around_document(line: str) -> list[Cell]:
    """Number, name before the document, document, what stands behind it."""
    found = _DOCUMENT.search(line)
    if found is None:
        return [line.strip()] if line.strip() else []
    before = _LABEL.sub("", line[: found.start()]).strip()
    number = _NUMBERED.match(before)
    return [
        number["no"] if number else "",
        before[number.end() :].strip() if number else before,
        found[0],
        *_GAP.findall(_BEHIND.sub("", line[found.end() :])),
    ]
