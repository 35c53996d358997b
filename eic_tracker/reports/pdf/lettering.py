"""Lines of papers: text that always fits its width."""

from __future__ import annotations

from collections.abc import Iterator

from eic_tracker.reports.pdf.fonts import width

LEADING = 1.22


def fitted(text: str, face: str, size: float, room: float, least: float = 0.7) -> tuple[float, tuple[str, ...]]:
    """The size and the lines of a text in `room` points: it shrinks to `least` of its size, then it is broken."""
    natural = width(text, face, size)
    if natural * least <= room:
        return size * min(1.0, room / natural if natural else 1.0), (text,)
    return size * least, wrapped(text, face, size * least, room)


def wrapped(text: str, face: str, size: float, room: float, *, even: bool = True) -> tuple[str, ...]:
    """Lines, none wider than `room`, of about equal length where they shall be `even`; a word that is wider is cut."""
    lines = tuple(_broken(text, face, size, room))
    narrower = room
    while even and len(lines) > 1 and (narrower := narrower * 0.97) > room / 2:
        tighter = tuple(_broken(text, face, size, narrower))
        if len(tighter) > len(lines):
            break
        lines = tighter
    return lines


def boxed(text: str, face: str, size: float, room: float, height: float) -> tuple[float, tuple[str, ...]]:
    """The size and the lines of a text that all stand in a box: it is broken and shrinks, and is cut at 5 points."""
    steps = max(0, int((size - _LEAST) * 2))
    least, most = 0, steps + 1
    while least < most:
        # the fewest half points to take away; what fits at one size fits at all smaller ones
        middle = (least + most) // 2
        tried = size - middle / 2
        if sum(1 for _ in _broken(text, face, tried, room)) * tried * LEADING <= height:
            most = middle
        else:
            least = middle + 1
    if least <= steps:
        return size - least / 2, wrapped(text, face, size - least / 2, room)
    kept = list(_broken(text, face, _LEAST, room))[: max(1, int(height // (_LEAST * LEADING)))]
    while kept[-1] and width(f"{kept[-1]}…", face, _LEAST) > room:
        kept[-1] = kept[-1][:-1]
    return _LEAST, (*kept[:-1], f"{kept[-1]}…")


_LEAST = 5.0
"""Points; smaller letters are not read."""


def shortened(text: str, face: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis where it would run beyond `room` points."""
    if width(text, face, size) <= room:
        return text
    kept = next((end for end in range(len(text), 0, -1) if width(f"{text[:end]}…", face, size) <= room), 0)
    return f"{text[:kept]}…"


def _broken(text: str, face: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, face, size) <= room:
            line = longer
            continue
        if line:
            yield line
        while len(word) > 1 and width(word, face, size) > room:
            cut = next((end for end in range(len(word), 1, -1) if width(word[:end], face, size) <= room), 1)
            yield word[:cut]
            word = word[cut:]
        line = word
    yield line
