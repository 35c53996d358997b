"""What a certificate says, frozen with its number: whatever prints it, now or in twenty years, reads this alone."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, fields
from typing import Any

from eic_tracker.domain.codes import CertificateKind, Sex
from eic_tracker.domain.paper_codes import canonical_text


@dataclass(frozen=True, slots=True)
class CertificateSignatory:
    """Who signs: rank, name and post as printed; `by_absence` when a deputy signs for the holder of the post."""

    rank: str
    name: str
    post: str
    by_absence: bool = False


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module of the course, as the reverse lists it."""

    title: str
    hours: int


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course that somebody completed, as a statement or transcript lists it; failed ones never are."""

    code: str
    title: str
    hours: int
    ended_on: dt.date
    grade: int | None = None
    """in hundredths of a point; None where grades are not told"""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Everything that one certificate says; texts are printed as they stand here."""

    letterhead: tuple[str, ...]
    """top to bottom; the last line is the school"""
    kind: CertificateKind
    number: str
    rank: str
    name: str
    course_title: str
    offering_code: str
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    issued_on: dt.date
    place: str
    """the city in which it is given"""
    signatories: tuple[CertificateSignatory, ...]
    """one to three"""
    demonstration: bool
    reference: str
    """small print by which the office finds the file: the act, the book, the batch"""
    document: str | None = None
    """with its type, as printed: "DNI 0801-1990-12345"; None leaves the line out"""
    course_place: str | None = None
    """where the course was held, None leaves it out"""
    sex: Sex = Sex.U
    """for forms as “el participante”, “la participante”; not printed"""
    institution: str = ""
    unit: str = ""
    grade: int | None = None
    """in hundredths of a point"""
    code: str = ""
    """what the QR holds: the signed text, with the school's address before it where one is set"""
    telephone_code: str = ""
    address: str = ""
    """where it is checked, with the telephone, as printed"""
    book: str = ""
    folio: str = ""
    entry: str = ""
    registered_on: dt.date | None = None
    act: str = ""
    duplicate_of: str = ""
    purpose: str = ""
    asked_by: str = ""
    valid_to: dt.date | None = None
    modules: tuple[ModuleLine, ...] = ()
    courses: tuple[CourseLine, ...] = ()


_PARTS: dict[str, type[CertificateSignatory] | type[ModuleLine] | type[CourseLine]] = {
    "signatories": CertificateSignatory,
    "modules": ModuleLine,
    "courses": CourseLine,
}
_DAYS = ("starts_on", "ends_on", "issued_on", "registered_on", "valid_to")


def snapshot_text(facts: CertificateFacts) -> str:
    """The facts as canonical JSON: what is frozen with the number."""
    said: dict[str, Any] = {field.name: getattr(facts, field.name) for field in fields(facts)}
    for name, kind in _PARTS.items():
        said[name] = [{part.name: getattr(each, part.name) for part in fields(kind)} for each in said[name]]
    return canonical_text(said)


def facts_of_snapshot(text: str) -> CertificateFacts:
    """The facts that `snapshot_text` froze; what an earlier program did not freeze yet is empty."""
    said = json.loads(text)
    said["letterhead"] = tuple(said["letterhead"])
    said["kind"] = CertificateKind(said["kind"])
    said["sex"] = Sex(said.get("sex", Sex.U))
    for name in _DAYS:
        said[name] = dt.date.fromisoformat(said[name]) if said.get(name) else None
    for line in said.get("courses", ()):
        line["ended_on"] = dt.date.fromisoformat(line["ended_on"])
    for name, kind in _PARTS.items():
        said[name] = tuple(kind(**each) for each in said.get(name, ()))
    return CertificateFacts(**said)
