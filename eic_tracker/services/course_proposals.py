"""Which course a list of a workbook is of: found by its words among the courses of the file, or said by a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from eic_tracker.domain.matching import name_words
from eic_tracker.domain.names import fold
from eic_tracker.errors import UserError
from eic_tracker.exchange.course_headings import CourseHeading
from eic_tracker.i18n import N_
from eic_tracker.queries.course_words import CourseWords, Given

SETTABLE = ("course", "number", "starts_on", "ends_on", "municipality", "place", "lead", "leave")
"""What a person may say of a list: codes of course and offering, ISO dates, names or codes; leave=yes leaves it out."""
LEFT_OUT = N_("Left out by hand.")
_SMALL = frozenset(
    [
        "a",
        "al",
        "con",
        "curso",
        "de",
        "del",
        "el",
        "en",
        "la",
        "las",
        "los",
        "para",
        "por",
        "y",
        "e",
        "o",
        "u",
        "of",
        "the",
        "and",
        "in",
        "for",
    ]
)
_FEWEST = 2
_REFUSED = {
    "closed": N_("Course {code} is closed; a list cannot add to it."),
    "cancelled": N_("Course {code} was cancelled."),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A course for a list: one that was given, or a new one; with `reason` it stays out until a person says more."""

    offering_id: int | None = None
    code: str | None = None
    course_id: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    municipality_id: int | None = None
    place: str = ""
    lead_id: int | None = None
    unknown_lead: str = ""
    """an instructor whom the list names and the file does not know"""
    reason: str | None = None
    values: Mapping[str, object] | None = None

    @property
    def is_new(self) -> bool:
        """Whether the course would be entered."""
        return self.reason is None and self.offering_id is None


def propose_course(heading: CourseHeading, said: Mapping[str, str], words: CourseWords, today: dt.date) -> Proposal:
    """The course that the lines name; what a person said of it counts more."""
    if said.get("leave") == "yes":
        return Proposal(reason=LEFT_OUT)
    found = _with_said(_read(heading, words), said, words)
    if found.reason is not None:
        return found
    if "number" not in said and (reason := _contradicted(found, words)):
        return replace(found, reason=reason)
    given = _given(found, words, by_number="number" in said)
    if len(given) > 1:
        return replace(found, reason=N_("Several courses of the file fit; say which one by its number."))
    if given:
        return _existing(found, given[0])
    if found.course_id is None:
        return replace(found, reason=N_("No course of the catalogue was found in its title or name; say which it is."))
    if found.starts_on is None:
        return replace(found, reason=N_("The days of the course were not found; say its first day."))
    if found.starts_on > today + dt.timedelta(days=_AHEAD):
        return replace(found, reason=N_("The course would begin more than two years from now; say its first day."))
    return found


_AHEAD = 731


def _read(heading: CourseHeading, words: CourseWords) -> Proposal:
    days = heading.days or (None, None)
    courses = _courses_named(heading.lines, words)
    lead, unknown = _lead(heading.lead, words)
    reason = N_("Several courses of the catalogue fit; say which one.") if len(courses) > 1 else None
    return Proposal(
        code=heading.code,
        course_id=courses[0] if len(courses) == 1 else None,
        starts_on=days[0],
        ends_on=days[1],
        municipality_id=_municipality(heading, words),
        place=heading.place,
        lead_id=lead,
        unknown_lead=unknown,
        reason=reason if _given_by_code(heading.code, words) is None else None,
    )


def _with_said(found: Proposal, said: Mapping[str, str], words: CourseWords) -> Proposal:
    if unknown := sorted(said.keys() - set(SETTABLE)):
        raise UserError(
            N_("“{name}” cannot be said of a list; what can: {names}."), name=unknown[0], names=", ".join(SETTABLE)
        )
    if course := said.get("course"):
        key = words.course_of_code(course)
        if key is None:
            raise UserError(N_("There is no course {code} in the catalogue."), code=course)
        found = replace(found, course_id=key, reason=None)
    if number := said.get("number"):
        found = replace(found, code=number, reason=None)
    for name in ("starts_on", "ends_on"):
        if text := said.get(name):
            found = replace(found, **{name: _date(text)})  # type: ignore[arg-type]
    if place := said.get("place"):
        found = replace(found, place=place)
    if municipality := said.get("municipality"):
        found = replace(found, municipality_id=_municipality_said(municipality, words))
    if lead := said.get("lead"):
        key = words.lead_codes.get(lead) or _lead(lead, words)[0]
        if key is None:
            raise UserError(N_("“{name}” is not the name of one instructor of the file."), name=lead)
        found = replace(found, lead_id=key, unknown_lead="")
    return found


def _municipality_said(text: str, words: CourseWords) -> int:
    """The municipality of this code, or the only one of this name."""
    if text in words.place_codes:
        return words.place_codes[text]
    keys = [key for key, name in words.places.items() if fold(name) == fold(text)]
    if len(keys) != 1:
        raise UserError(N_("“{name}” is not the name of one municipality."), name=text)
    return keys[0]


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UserError(N_("“{text}” is no date; write it like 2018-12-31"), text=text) from None


def _given_by_code(code: str | None, words: CourseWords) -> Given | None:
    return next((each for each in words.given if code and fold(each.code) == fold(code)), None)


def _contradicted(found: Proposal, words: CourseWords) -> str | None:
    """Why a number that stands in the list may not be that of the course which it names."""
    named = _given_by_code(found.code, words)
    if named is None:
        return None
    if found.course_id not in {None, named.course_id}:
        return N_("{code} is the number of another course in this file; say which course it is, or its number.")
    if found.starts_on not in {None, named.starts_on}:
        return N_("Course {code} begins on another day in this file; say its number if it is meant.")
    return None


def _given(found: Proposal, words: CourseWords, *, by_number: bool) -> list[Given]:
    """The courses given that are meant: by their number, else by course and first day."""
    named = _given_by_code(found.code, words)
    if named is not None and (by_number or found.course_id in {None, named.course_id}):
        return [named]
    if found.course_id is None or found.starts_on is None:
        return []
    return [
        each
        for each in words.given
        if (each.course_id, each.starts_on) == (found.course_id, found.starts_on)
        and found.ends_on in {None, each.ends_on}
    ]


def _existing(found: Proposal, given: Given) -> Proposal:
    found = replace(
        found,
        offering_id=given.id,
        code=given.code,
        course_id=given.course_id,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
    )
    return replace(found, reason=_REFUSED.get(given.status))


def _courses_named(lines: Sequence[str], words: CourseWords) -> list[int]:
    """The courses whose title stands in the lines whole; of titles within each other the longest."""
    texts = [f" {fold(line)} " for line in lines]
    by_code = [key for key, (code, _) in words.courses.items() if any(f" {fold(code)} " in text for text in texts)]
    if by_code:
        return by_code
    titles = {
        key: [word for word in fold(title).split() if word not in _SMALL] for key, (_, title) in words.courses.items()
    }
    present = [key for key, title in titles.items() if title and any(_has_all(title, text) for text in texts)]
    return [key for key in present if not any(set(titles[key]) < set(titles[other]) for other in present)]


def _has_all(title: Sequence[str], text: str) -> bool:
    words = set(text.split())
    return all(word in words for word in title)


def _municipality(heading: CourseHeading, words: CourseWords) -> int | None:
    for lines in ((heading.place,), heading.lines):
        texts = [f" {fold(line)} " for line in lines if line]
        keys = [key for key, name in words.places.items() if any(f" {fold(name)} " in text for text in texts)]
        if len(keys) == 1:
            return keys[0]
    return None


def _lead(text: str, words: CourseWords) -> tuple[int | None, str]:
    """The one instructor whose names these are; else the text, for who is named and not known."""
    asked = set(name_words(re.sub(r"[^\w\s'-]", " ", text)))
    if not asked:
        return None, ""
    keys = [
        key
        for key, name in words.leads.items()
        if len(own := set(name_words(name))) >= _FEWEST
        and len(own & asked) >= _FEWEST
        and (own <= asked or asked <= own)
    ]
    return (keys[0], "") if len(keys) == 1 else (None, text)
