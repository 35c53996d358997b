"""How certificates are numbered (a series for each programme and year, without gaps), and courses within a year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from eic_tracker.domain.codes import CertificateKind

_SERIES_OF_KIND = {
    CertificateKind.STATEMENT: "CON",
    CertificateKind.TRANSCRIPT: "CES",
    CertificateKind.INSTRUCTOR: "DOC",
}


def series_prefix(kind: CertificateKind, programme: str) -> str:
    """The series of a certificate: diplomas and participation by programme, what else there is by its kind."""
    return _SERIES_OF_KIND.get(kind, programme)


def certificate_number(prefix: str, year: int, serial: int) -> str:
    """The number as printed: EIC-2018-000042."""
    return f"{prefix}-{year}-{serial:06d}"


_OFFERING = re.compile(r"([0-9]{1,6})-([0-9]{4})")


def next_offering_code(year: int, taken: Iterable[str]) -> str:
    """The number that a new course of a year gets: one more than the highest of that year, 116-2026."""
    numbers = [int(found[1]) for code in taken if (found := _OFFERING.fullmatch(code)) and int(found[2]) == year]
    return f"{max(numbers, default=0) + 1:03d}-{year}"
