"""What an act says, whole: printing freezes it as canonical JSON, whose digest is the act's code."""

from __future__ import annotations

import datetime as dt
import json
import types
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from eic_tracker.domain.codes import EnrolmentStatus, RoundingRule, SecondChanceRule
from eic_tracker.domain.paper_codes import canonical_text


class ActList(StrEnum):
    """Whom an act lists: everybody with grades, everybody with results, or those who completed."""

    GRADES = "grades"
    CLOSING = "closing"
    GRADUATION = "graduation"


@dataclass(frozen=True, slots=True)
class ActPerson:
    """Somebody on an act; grades in hundredths, attendance in percent, the document with its last digits."""

    enrolment_id: int
    name: str
    rank: str
    document: str
    attendance: int | None
    grade: int | None
    second_chance: int | None
    counted: int | None
    """the grade that counts, the second chance considered"""
    result: EnrolmentStatus | None


@dataclass(frozen=True, slots=True)
class ActRules:
    """What the course asks, as the act prints it; the minimum grade in hundredths, weights in percent."""

    scale: int
    minimum_grade: int
    minimum_attendance: int
    rounding: RoundingRule
    second_chance: SecondChanceRule
    weights: tuple[tuple[str, int], ...]
    """of tests, performance and products by their codes, or of modules by their titles"""


@dataclass(frozen=True, slots=True)
class ActException:
    """An exception that was made in the course, by whose authority, and of how many people."""

    kinds: str
    authorised_by: str
    post: str
    letter: str
    people: int


@dataclass(frozen=True, slots=True)
class ActChange:
    """What is otherwise than on the act that is rectified; the values are grades, percents or codes of results."""

    enrolment_id: int
    name: str
    what: str
    """grade, second_chance, attendance, result, added or left_out"""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ActCorrected:
    """The act that a rectification corrects, and by whose authority."""

    kind: str
    number: int
    year: int
    code: str
    held_on: dt.date | None
    authorised_by: str
    post: str
    letter: str
    changes: tuple[ActChange, ...]


@dataclass(frozen=True, slots=True)
class ActSigner:
    """Who signs where: prepared, reviewed or approved, and what is known of the person."""

    role: str
    rank: str = ""
    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class ActContent:
    """All that is printed on an act, in one language; texts are printed as they stand here."""

    language: str
    demonstration: bool
    letterhead: tuple[str, ...]
    city: str
    kind: str
    list_of: ActList
    number: int
    year: int
    course: str
    title: str
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    course_place: str
    module: str | None
    instructors: tuple[str, ...]
    held_on: dt.date | None
    place: str
    starts_at: str
    ends_at: str
    present: tuple[str, ...]
    facts: str
    annexes: tuple[str, ...]
    rules: ActRules
    people: tuple[ActPerson, ...]
    exceptions: tuple[ActException, ...]
    corrects: ActCorrected | None
    signers: tuple[ActSigner, ...]
    printed_on: dt.date


def canonical(content: ActContent) -> str:
    """The content as the JSON over which its digest is taken."""
    return canonical_text(asdict(content))


def content_of(text: str) -> ActContent:
    """The content that `canonical` wrote."""
    read = _read(ActContent, json.loads(text))
    assert isinstance(read, ActContent)
    return read


def _read(kind: Any, value: Any) -> Any:
    """A value of JSON as the type that the content declares."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else _read(next(each for each in inside if each is not type(None)), value)
    if origin is tuple:
        if len(inside) == 2 and inside[1] is Ellipsis:
            return tuple(_read(inside[0], each) for each in value)
        return tuple(_read(each, part) for each, part in zip(inside, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{each.name: _read(hints[each.name], value[each.name]) for each in fields(kind)})
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value


def changes_since(before: ActContent, after: tuple[ActPerson, ...]) -> tuple[ActChange, ...]:
    """What stands otherwise now than on an act, person by person in its order; who came new stands last."""
    now = {person.enrolment_id: person for person in after}
    changes: list[ActChange] = []
    for person in before.people:
        current = now.pop(person.enrolment_id, None)
        if current is None:
            changes.append(ActChange(person.enrolment_id, person.name, "left_out", "", ""))
            continue
        for what in ("attendance", "grade", "second_chance", "result"):
            old, new = getattr(person, what), getattr(current, what)
            if old != new:
                changes.append(ActChange(person.enrolment_id, current.name, what, _said(old), _said(new)))
    changes += [ActChange(person.enrolment_id, person.name, "added", "", "") for person in now.values()]
    return tuple(changes)


def _said(value: object) -> str:
    return "" if value is None else str(value)
