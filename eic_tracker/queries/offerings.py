"""The lists of courses: the catalogue, and the offerings with their lead, places and results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.codes import CourseType, OfferingPhase, OfferingStatus
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.listing import Filter, Listing, Sight
from eic_tracker.queries.people import own_offering
from eic_tracker.queries.quality import quality_filters


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course of the catalogue with its newest version; an instructor's numbers are of own offerings only."""

    id: int
    code: str
    title: str
    course_type: CourseType
    programme: str
    programme_name: str
    version: int | None
    hours: int | None
    offerings: int
    """finished or closed"""
    completions: int
    last_ended_on: dt.date | None
    valid_to: dt.date | None
    """after which it is given no more"""


@dataclass(frozen=True, slots=True)
class OfferingRow:
    """An offering with its lead, place and numbers."""

    id: int
    code: str
    programme: str
    course: str
    course_title: str
    course_type: CourseType
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    status: OfferingStatus
    phase: OfferingPhase
    """what it is today (domain.counting.phase)"""
    lead: str | None
    """the lead instructor's code"""
    lead_name: str | None
    """None also for those who may read no people"""
    force: str | None
    force_name: str | None
    municipality: str | None
    municipality_name: str | None
    place: str | None
    capacity: int | None
    seats_taken: int
    """people with a seat who are enrolled or finished"""
    enrolments: int
    """INL's participants: completed, not completed, withdrew"""
    completions: int
    certificates: int
    """approved or issued"""
    closed_at: dt.datetime | None
    enrolment_open: bool
    vetting_required: bool


CERTIFIED = "kind IN ('diploma', 'participation') AND k.status IN ('approved', 'issued', 'paper_book')"
"""A certificate `k` of a course that holds, written behind its dot; statements and transcripts are none."""

ENDED = "o.status <> 'cancelled' AND (o.ends_on < {today} OR (o.status = 'closed' AND o.ends_on <= {today}))"
"""An offering `o` that is finished or closed today."""

PHASES = {
    OfferingPhase.PLANNED.value: "o.status <> 'cancelled' AND o.starts_on > {today}",
    OfferingPhase.RUNNING.value: (
        "o.status <> 'cancelled' AND o.starts_on <= {today} AND o.ends_on >= {today} "
        "AND NOT (o.status = 'closed' AND o.ends_on <= {today})"
    ),
    OfferingPhase.FINISHED.value: "o.status = 'open' AND o.ends_on < {today}",
    OfferingPhase.CLOSED.value: "o.status = 'closed' AND o.ends_on <= {today}",
    OfferingPhase.CANCELLED.value: "o.status = 'cancelled'",
}
"""The same rule as domain.counting.phase, as conditions on an offering `o`."""

YEAR = "o.ends_on BETWEEN ? || '-01-01' AND ? || '-12-31'"
YEARS = "SELECT DISTINCT substr(ends_on, 1, 4), NULL FROM offering ORDER BY 1 DESC"
PROGRAMMES = "SELECT code, name FROM programme WHERE kind = 'courses' ORDER BY id"
COURSES_BY_TITLE = "SELECT code, title FROM course ORDER BY title"

_PLACES = """FROM municipality m JOIN department d ON d.id = m.department_id
    WHERE m.id IN (SELECT municipality_id FROM offering) ORDER BY"""


def moment(text: str | None) -> dt.datetime | None:
    """A stored moment, in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) if text else None


def day(text: str | None) -> dt.date | None:
    """A stored day."""
    return dt.date.fromisoformat(text) if text else None


def words_in(*columns: str, folded: str = "") -> Any:
    """A search: every typed word is in one of the columns, or begins a word of the folded column."""

    def search(text: str) -> tuple[str, tuple[object, ...]]:
        conditions, values = [], list[object]()
        for typed in text.split():
            escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            parts = [f"{column} LIKE ? ESCAPE '\\'" for column in columns]
            values += [f"%{escaped}%"] * len(columns)
            if folded and fold(typed):
                parts.append(f"(' ' || {folded}) LIKE ?")
                values.append(f"% {fold(typed)}%")
            conditions.append(f"({' OR '.join(parts)})")
        return " AND ".join(conditions) or "0", tuple(values)

    return search


def _course_row(values: Sequence[Any], _: Sight) -> CourseRow:
    key, code, title, kind, programme, name, version, hours, offerings, completions, last, until = values
    numbers = (version, hours, offerings, completions or 0)
    return CourseRow(key, code, title, CourseType(kind), programme, name, *numbers, day(last), day(until))


_COMPLETIONS_OF_OFFERING = """(SELECT count(*) FROM enrolment e
    WHERE e.offering_id = o.id AND e.status = 'completed' AND e.seat = 'seat')"""

_PER_COURSE = f"""LEFT JOIN (
    SELECT w.course_id, count(*) AS offerings, max(o.ends_on) AS last,
           sum(CASE WHEN o.status = 'closed' THEN {_COMPLETIONS_OF_OFFERING} ELSE 0 END) AS completions
    FROM course_version w JOIN offering o ON o.course_version_id = w.id
    WHERE {ENDED} AND {own_offering("o.id")} GROUP BY 1) n ON n.course_id = c.id"""

COURSES: Listing[CourseRow] = Listing(
    name="courses",
    key="c.id",
    source="course c",
    select=f"""SELECT c.id, c.code, c.title, c.course_type, p.code, p.name, v.version, v.hours,
        coalesce(n.offerings, 0), n.completions, n.last, c.valid_to
        FROM course c JOIN programme p ON p.id = c.programme_id
        LEFT JOIN course_version v ON v.id =
            (SELECT w.id FROM course_version w WHERE w.course_id = c.id ORDER BY w.version DESC LIMIT 1)
        {_PER_COURSE}""",
    row=_course_row,
    orders={
        "title": ("c.title COLLATE NOCASE",),
        "code": ("c.code",),
        "type": ("c.course_type", "c.title COLLATE NOCASE"),
        "programme": ("c.programme_id", "c.title COLLATE NOCASE"),
        "offerings": ("coalesce(n.offerings, 0)", "c.code"),
        "completions": ("coalesce(n.completions, 0)", "c.code"),
        "last": ("n.last", "c.code"),
    },
    joins=dict.fromkeys(("offerings", "completions", "last"), _PER_COURSE),
    filters={
        "programme": Filter("c.programme_id = (SELECT id FROM programme WHERE code = ?)", PROGRAMMES),
        "course-type": Filter("c.course_type = ?", tuple(kind.value for kind in CourseType)),
    },
    open_to_all=True,
    search=words_in("c.code", "c.title"),
)
"""The catalogue."""


def _offering_row(values: Sequence[Any], sight: Sight) -> OfferingRow:
    key, code, programme, course, title, kind, hours, starts, ends, status, phase, lead, name, *others = values
    force, force_name, municipality, municipality_name, place, capacity, closed_at, is_open, vetting, *numbers = others
    seats, enrolments, completions, certificates = (number or 0 for number in numbers)
    return OfferingRow(
        id=key,
        code=code,
        programme=programme,
        course=course,
        course_title=title,
        course_type=CourseType(kind),
        hours=hours,
        starts_on=dt.date.fromisoformat(starts),
        ends_on=dt.date.fromisoformat(ends),
        status=OfferingStatus(status),
        phase=OfferingPhase(phase),
        lead=lead,
        lead_name=None if sight.people is Right.NO else name,
        force=force,
        force_name=force_name,
        municipality=municipality,
        municipality_name=municipality_name,
        place=place,
        capacity=capacity,
        seats_taken=seats,
        enrolments=enrolments,
        completions=completions,
        certificates=certificates,
        closed_at=moment(closed_at),
        enrolment_open=bool(is_open),
        vetting_required=bool(vetting),
    )


_BASE = """offering o
    JOIN programme p ON p.id = o.programme_id
    JOIN course_version v ON v.id = o.course_version_id
    JOIN course c ON c.id = v.course_id
    LEFT JOIN assignment a ON a.offering_id = o.id AND a.role = 'lead'
    LEFT JOIN instructor i ON i.id = a.instructor_id
    LEFT JOIN force f ON f.id = i.force_id
    LEFT JOIN municipality m ON m.id = o.municipality_id"""

_COUNTED = "e.seat = 'seat' AND e.status IN ('completed', 'not_completed', 'withdrew')"
_PER_OFFERING = f"""LEFT JOIN (
    SELECT e.offering_id, count(*) FILTER (WHERE {_COUNTED}) AS enrolments,
           count(*) FILTER (WHERE e.seat = 'seat' AND e.status = 'completed') AS completions
    FROM enrolment e GROUP BY 1) n ON n.offering_id = o.id"""

_PHASE = f"CASE {' '.join(f'WHEN {condition} THEN {code!r}' for code, condition in PHASES.items())} END"

OFFERINGS: Listing[OfferingRow] = Listing(
    name="offerings",
    key="o.id",
    source=_BASE,
    select=f"""SELECT o.id, o.code, p.code, c.code, c.title, c.course_type, v.hours, o.starts_on, o.ends_on, o.status,
        {_PHASE}, i.code, i.given_names || ' ' || i.surnames, f.code, f.name, m.code, m.name, o.place, o.capacity,
        o.closed_at, o.enrolment_open, o.vetting_required,
        sum(e.seat = 'seat' AND e.status IN ('enrolled', 'completed', 'not_completed')),
        sum(CASE WHEN {ENDED} THEN {_COUNTED} AND (o.status = 'closed' OR e.status <> 'completed') ELSE 0 END),
        sum(CASE WHEN {PHASES["closed"]} THEN e.seat = 'seat' AND e.status = 'completed' ELSE 0 END),
        sum(EXISTS (SELECT 1 FROM certificate k WHERE k.enrolment_id = e.id AND k.{CERTIFIED}))
        FROM {_BASE} LEFT JOIN enrolment e ON e.offering_id = o.id""",
    after="GROUP BY o.id",
    row=_offering_row,
    orders={
        "starts": ("o.starts_on DESC", "o.code DESC"),
        "ends": ("o.ends_on DESC", "o.code DESC"),
        "waiting": (f"({PHASES['finished']}) DESC", "o.starts_on DESC", "o.code DESC"),
        "code": ("substr(o.code, -4)", "o.code"),
        "title": ("c.title COLLATE NOCASE", "o.starts_on DESC"),
        "type": ("c.course_type", "o.starts_on DESC"),
        "programme": ("o.programme_id", "o.starts_on DESC"),
        "lead": ("i.surnames COLLATE NOCASE", "i.given_names COLLATE NOCASE", "o.starts_on DESC"),
        "force": ("f.code", "o.starts_on DESC"),
        "municipality": ("m.name COLLATE NOCASE", "o.starts_on DESC"),
        "capacity": ("o.capacity", "o.starts_on DESC"),
        "enrolments": ("coalesce(n.enrolments, 0)", "o.starts_on DESC"),
        "completions": ("coalesce(n.completions, 0)", "o.starts_on DESC"),
        "closed_at": ("o.closed_at", "o.starts_on DESC"),
    },
    joins=dict.fromkeys(("enrolments", "completions"), _PER_OFFERING),
    filters={
        "programme": Filter("p.code = ?", PROGRAMMES),
        "phase": Filter(PHASES),
        "to_close": Filter({"yes": PHASES["finished"]}),
        "year": Filter(YEAR, YEARS),
        "course": Filter("c.code = ?", COURSES_BY_TITLE),
        "course-type": Filter("c.course_type = ?", tuple(kind.value for kind in CourseType)),
        "force": Filter("f.code = ?", "SELECT code, name FROM force ORDER BY name"),
        "instructor": Filter(
            "o.id IN (SELECT z.offering_id FROM assignment z JOIN instructor y ON y.id = z.instructor_id "
            "WHERE y.code = ?)",
            "SELECT code, NULL FROM instructor ORDER BY code",
        ),
        "municipality": Filter("m.code = ?", f"SELECT DISTINCT m.code, m.name {_PLACES} m.name"),
        "department": Filter("substr(m.code, 1, 2) = ?", f"SELECT DISTINCT d.code, d.name {_PLACES} d.code"),
        **quality_filters("offerings", "o.id"),
    },
    own="o.id IN (SELECT offering_id FROM assignment WHERE instructor_id = ?)",
    naming={
        "lead": "SELECT count(DISTINCT instructor_id) FROM assignment "
        "WHERE role = 'lead' AND offering_id IN (SELECT value FROM json_each(?))"
    },
    search=words_in("o.code", "c.title", "c.code", "o.place"),
)
"""All offerings, newest first; an instructor's own. `waiting`: those that wait to be closed before all others."""
