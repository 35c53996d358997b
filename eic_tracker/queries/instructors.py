"""The list of instructors and advisors: where they come from, what they led, their present rotation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.queries.listing import Filter, Listing, Sight
from eic_tracker.queries.offerings import ENDED, day, words_in


@dataclass(frozen=True, slots=True)
class InstructorRow:
    """An instructor; numbers are of offerings that were not cancelled."""

    id: int
    code: str
    given_names: str
    surnames: str
    rank: str | None
    force: str
    force_name: str
    country: str
    leads: int
    """offerings led"""
    assists: int
    """other offerings with an assignment"""
    hours: int
    courses_this_year: int
    class_groups: int
    last_course_on: dt.date | None
    """last day of the newest offering that ended"""
    rotation_from: dt.date | None
    """of the rotation that runs today"""
    rotation_to: dt.date | None
    home_unit: str | None
    ended_on: dt.date | None
    lapses_on: dt.date | None
    """the last day of the accreditation that ends first, and no later one of its name stands"""


LAPSES = """NOT EXISTS (SELECT 1 FROM accreditation b WHERE b.instructor_id = a.instructor_id AND b.id <> a.id
    AND lower(b.title) = lower(a.title) AND (b.expires_on IS NULL OR b.expires_on > a.expires_on))
    AND a.expires_on"""
"""Of an accreditation `a` that no later one of its name follows, the last day: to be compared with a day."""

_LAPSING = f"""i.id IN (SELECT a.instructor_id FROM accreditation a WHERE {LAPSES} <= ?)
    AND (i.ended_on IS NULL OR i.ended_on >= {{today}})
    AND NOT (EXISTS (SELECT 1 FROM rotation r WHERE r.instructor_id = i.id)
             AND NOT EXISTS (SELECT 1 FROM rotation r WHERE r.instructor_id = i.id
                             AND (r.ends_on IS NULL OR r.ends_on >= {{today}})))"""
"""Those who teach here still or again: ended ones and advisors who went home need no accreditation."""

_TODAY = "r.starts_on <= {today} AND (r.ends_on IS NULL OR r.ends_on >= {today})"

_PER_INSTRUCTOR = f"""LEFT JOIN (
    SELECT a.instructor_id,
           count(DISTINCT CASE WHEN a.role = 'lead' THEN o.id END) AS leads,
           count(DISTINCT o.id) AS offerings,
           sum(a.hours) AS hours,
           count(DISTINCT CASE WHEN substr(o.ends_on, 1, 4) = substr({{today}}, 1, 4) THEN o.id END) AS this_year,
           max(CASE WHEN {ENDED} THEN o.ends_on END) AS last
    FROM assignment a JOIN offering o ON o.id = a.offering_id
    WHERE o.status <> 'cancelled' GROUP BY 1) n ON n.instructor_id = i.id"""


def _row(values: Sequence[Any], _: Sight) -> InstructorRow:
    key, code, given, surnames, rank, force, force_name, country, leads, offerings, hours, year, last, *others = values
    groups, starts, ends, home, ended, lapses = others
    return InstructorRow(
        id=key,
        code=code,
        given_names=given,
        surnames=surnames,
        rank=rank,
        force=force,
        force_name=force_name,
        country=country,
        leads=leads or 0,
        assists=(offerings or 0) - (leads or 0),
        hours=hours or 0,
        courses_this_year=year or 0,
        class_groups=groups,
        last_course_on=day(last),
        rotation_from=day(starts),
        rotation_to=day(ends),
        home_unit=home,
        ended_on=day(ended),
        lapses_on=day(lapses),
    )


_NAME = ("i.surnames COLLATE NOCASE", "i.given_names COLLATE NOCASE")

INSTRUCTORS: Listing[InstructorRow] = Listing(
    name="instructors",
    key="i.id",
    source="instructor i JOIN force f ON f.id = i.force_id",
    select=f"""SELECT i.id, i.code, i.given_names, i.surnames, i.rank_text, f.code, f.name, f.country,
        n.leads, n.offerings, n.hours, n.this_year, n.last,
        (SELECT count(*) FROM class_officer x WHERE x.instructor_id = i.id), r.starts_on, r.ends_on, r.home_unit,
        i.ended_on,
        (SELECT min(a.expires_on) FROM accreditation a WHERE a.instructor_id = i.id AND {LAPSES} IS NOT NULL)
        FROM instructor i JOIN force f ON f.id = i.force_id {_PER_INSTRUCTOR}
        LEFT JOIN rotation r ON r.id = (SELECT r.id FROM rotation r WHERE r.instructor_id = i.id AND {_TODAY}
            ORDER BY r.starts_on DESC LIMIT 1)""",
    row=_row,
    orders={
        "name": _NAME,
        "code": ("i.code",),
        "force": ("f.name COLLATE NOCASE", *_NAME),
        "country": ("f.country", *_NAME),
        "leads": ("coalesce(n.leads, 0)", *_NAME),
        "hours": ("coalesce(n.hours, 0)", *_NAME),
        "this_year": ("coalesce(n.this_year, 0)", *_NAME),
        "last": ("n.last", *_NAME),
    },
    joins=dict.fromkeys(("leads", "hours", "this_year", "last"), _PER_INSTRUCTOR),
    filters={
        "force": Filter("f.code = ?", "SELECT code, name FROM force ORDER BY name"),
        "country": Filter("f.country = ?", "SELECT DISTINCT country, NULL FROM force ORDER BY 1"),
        "rotation": Filter(
            {
                "now": f"EXISTS (SELECT 1 FROM rotation r WHERE r.instructor_id = i.id AND {_TODAY})",
                "none": f"NOT EXISTS (SELECT 1 FROM rotation r WHERE r.instructor_id = i.id AND {_TODAY})",
            }
        ),
        "teaches": Filter(
            {
                "courses": "i.id IN (SELECT instructor_id FROM assignment)",
                "class_groups": "i.id IN (SELECT instructor_id FROM class_officer)",
            }
        ),
        "state": Filter(
            {
                "active": "i.ended_on IS NULL OR i.ended_on >= {today}",
                "ended": "i.ended_on < {today}",
            }
        ),
        "accreditation_ends_by": Filter(_LAPSING),
        "mentors": Filter({"yes": "i.id IN (SELECT instructor_id FROM mentored_unit)"}),
    },
    own="i.id = ?",
    holds_people=True,
    search=words_in("i.code", folded="i.match_key"),
)
"""All instructors by name; to an instructor themselves alone."""


def teaching_ended_on(connection: Connection, instructor: int | None) -> dt.date | None:
    """The last day of an instructor who was ended, or whose every stay has one; None for those who stay."""
    row = connection.exec_driver_sql(
        "SELECT i.ended_on, (SELECT CASE WHEN count(*) = count(r.ends_on) THEN max(r.ends_on) END FROM rotation r "
        "WHERE r.instructor_id = i.id) FROM instructor i WHERE i.id = ?",
        (instructor,),
    ).first()
    days = [found for each in row or () if (found := day(each)) is not None]
    return min(days, default=None)
