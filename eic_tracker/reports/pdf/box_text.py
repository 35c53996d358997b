"""Text in a box of a template: it shrinks to 70 % and is broken, and whatever comes, it stays inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eic_tracker.domain.template_elements import LEAST_SHRUNK
from eic_tracker.reports.pdf.fonts import width as text_width
from eic_tracker.reports.pdf.lettering import LEADING, wrapped

_LEAST = 2.0
"""Points; below it nothing is drawn smaller."""


@dataclass(frozen=True, slots=True)
class BoxText:
    """The lines of a text with their size in points; `last` marks those that end a paragraph."""

    rows: tuple[str, ...]
    size: float
    last: tuple[bool, ...]
    overflows: bool
    """smaller than 70 % of what the template asks for, or taller than its box"""


def box_text(
    lines: Sequence[str],
    face: str,
    size: float,
    width: float,
    height: float,
    *,
    shrink_first: bool,
    spacing: float = 0.0,
    even: bool = True,
) -> BoxText:
    """The lines in a box of that width and height in points, a height of 0 is as high as it takes.

    `shrink_first`: on one line down to 70 %, then broken; else broken at once, and smaller only where that is too high.
    `even`: lines of about equal length."""
    wanted = size
    if shrink_first:
        natural = max((text_width(line, face, size) + spacing * len(line) for line in lines), default=0.0)
        size *= min(1.0, max(LEAST_SHRUNK, width / natural if natural else 1.0))
    broken = _broken(lines, face, size, width, spacing, even)
    while height and len(broken) * size * LEADING > height and size > _LEAST:
        size = max(_LEAST, size - max(0.25, size * 0.03))
        broken = _broken(lines, face, size, width, spacing, even)
    too_high = bool(height) and len(broken) * size * LEADING > height + 0.01
    if too_high:
        broken = broken[: max(1, int(height // (size * LEADING)))]
    rows = tuple(row for row, _ in broken)
    return BoxText(rows, size, tuple(last for _, last in broken), too_high or size < wanted * LEAST_SHRUNK - 0.01)


def _broken(
    lines: Sequence[str], face: str, size: float, width: float, spacing: float, even: bool
) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for line in lines:
        if text_width(line, face, size) + spacing * len(line) <= width + 0.01:
            found.append((line, True))
            continue
        share = width / (1 + spacing * len(line) / max(text_width(line, face, size), 1.0))
        rows = wrapped(line, face, size, share, even=even)
        found += [(row, place == len(rows)) for place, row in enumerate(rows, 1)]
    return found
