"""The papers of Honduran offices; the text keeps its width, so every table stands on each of them."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """A sheet of paper, upright."""

    LETTER = "letter"
    OFICIO = "oficio"
    LEGAL = "legal"
    A4 = "a4"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points of 1/72 inch: Carta 8.5×11, Oficio 8.5×13, Legal 8.5×14, A4 (ISO 216)."""
        return _SIZES[self]


_SIZES = {
    Paper.LETTER: (612.0, 792.0),
    Paper.OFICIO: (612.0, 936.0),
    Paper.LEGAL: (612.0, 1008.0),
    Paper.A4: (595.276, 841.89),
}
