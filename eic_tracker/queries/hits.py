"""What a search gives: hits of any kind, with typed values that the window words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class HitKind(StrEnum):
    """What was found."""

    PERSON = "person"
    OFFERING = "offering"
    COURSE = "course"
    INSTRUCTOR = "instructor"
    SCHOOL = "school"
    CLASS_GROUP = "class_group"
    CERTIFICATE = "certificate"
    LETTER = "letter"


class Rank(IntEnum):
    """How well a hit meets what was typed, best first."""

    NUMBER = 0
    """its number or code is what was typed"""
    NAME = 1
    """its whole name is what was typed"""
    WORDS = 2
    """it has every typed word, or its number ends so"""
    BEGINNINGS = 3
    """typed words begin words of it, or its number"""


class PartName(StrEnum):
    """What a part of a hit's detail says."""

    DOCUMENT = "document"
    POLICE_NUMBER = "police_number"
    STATE = "state"
    CODE = "code"
    COURSE = "course"
    COURSE_TYPE = "course_type"
    OFFERING = "offering"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    STATUS = "status"
    FORCE = "force"
    RANK = "rank"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"
    GRADE = "grade"
    SECTION = "section"
    SCHOOL_YEAR = "school_year"
    HOLDER = "holder"
    DATED = "dated"
    KIND = "kind"
    SENDER = "sender"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a hit's detail: a text or code of the file, a number, a day."""

    name: PartName
    value: str | int | dt.date


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found: its key, its name or number, and what tells it from others of that name."""

    kind: HitKind
    id: int
    title: str
    detail: tuple[Part, ...]
    rank: Rank


def parts(**values: str | int | dt.date | None) -> tuple[Part, ...]:
    """The parts that have a value, by the names of `PartName`."""
    return tuple(Part(PartName(name), value) for name, value in values.items() if value is not None and value != "")
