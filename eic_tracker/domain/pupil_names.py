"""Names of pupils as somebody pastes them, for certificates that are printed at once; they are kept nowhere."""

from __future__ import annotations

import re

MOST_NAMES = 200
"""Certificates of one class group that are printed at once: several times what sits in a room."""

_NUMBERING = re.compile(r"^\s*\d{1,3}[.)\-]?\s+(?=\S)")


def pupil_names(text: str) -> tuple[str, ...]:
    """The names of a text, one on each line; numbering before them and blanks between are left out.

    Columns of a table stand side by side in their order; quotes around a cell go. Nothing is corrected."""
    names = []
    for line in text.splitlines():
        cells = [cell.strip().strip('"').strip() for cell in re.split(r"[\t;]", line)]
        kept = [cell for cell in cells if cell and not re.fullmatch(r"\d{1,3}[.)]?", cell)]
        name = " ".join(" ".join(kept).split())
        name = _NUMBERING.sub("", name)
        if name:
            names.append(name)
    return tuple(names)
