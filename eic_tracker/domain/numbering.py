"""How certificates are numbered: a series for each programme and year, without gaps."""

from __future__ import annotations


def certificate_number(prefix: str, year: int, serial: int) -> str:
    """The number as printed: EIC-2018-000042."""
    return f"{prefix}-{year}-{serial:06d}"
