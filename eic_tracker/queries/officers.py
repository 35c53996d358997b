"""The list of officers of the class groups: unit, certifications, what they gave, and who has not reported."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eic_tracker.queries.listing import Filter, Listing, Sight
from eic_tracker.queries.offerings import day, words_in

SOON = 60
"""Days before the end of a certification on which it is said."""


@dataclass(frozen=True, slots=True)
class Certification:
    """For which curriculum an officer is certified; without a last day it does not end."""

    curriculum: str
    expires_on: dt.date | None


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer as of today: of the class groups those of this school year, of the lessons those of this month."""

    id: int
    code: str
    given_names: str
    surnames: str
    rank: str | None
    unit: str | None
    active: bool
    certifications: tuple[Certification, ...]
    """of each curriculum the one that lasts longest"""
    groups: int
    lessons: int
    last_lesson_on: dt.date | None
    owes: bool
    """active, with class groups to teach, and no lesson told of this month"""


_MONTH = "date({today}, 'start of month')"
_LAST_MONTH = "date({today}, 'start of month', '-1 month')"
_OFFICER = """(i.id IN (SELECT instructor_id FROM class_officer)
    OR i.id IN (SELECT instructor_id FROM accreditation WHERE curriculum_id IS NOT NULL))"""
_ACTIVE = "(i.ended_on IS NULL OR i.ended_on >= {today})"


def _owes(first: str, last: str) -> str:
    """No lesson from one day to another, and a class group of that school year which had not graduated before."""
    return f"""({_ACTIVE} AND EXISTS (SELECT 1 FROM class_officer x JOIN class_group g ON g.id = x.class_group_id
        WHERE x.instructor_id = i.id AND g.school_year = CAST(strftime('%Y', {first}) AS INTEGER)
        AND (g.graduated_on IS NULL OR g.graduated_on >= {first}))
    AND NOT EXISTS (SELECT 1 FROM class_officer x JOIN class_lesson l ON l.class_group_id = x.class_group_id
        WHERE x.instructor_id = i.id AND l.given_on >= {first} AND l.given_on <= {last}))"""


_OWES = _owes(_MONTH, "{today}")
LASTING = """SELECT a.instructor_id, a.curriculum_id,
    CASE WHEN count(*) = count(a.expires_on) THEN max(a.expires_on) END AS expires_on
    FROM accreditation a WHERE a.curriculum_id IS NOT NULL GROUP BY 1, 2"""
"""Each certification once, to its last day; a renewal follows the one before."""

_OF_OFFICER = f"i.id IN (SELECT n.instructor_id FROM ({LASTING}) n WHERE "


def _row(values: Sequence[Any], _: Sight) -> OfficerRow:
    key, code, given, surnames, rank, unit, active, certified, groups, lessons, newest, owes = values
    return OfficerRow(
        id=key,
        code=code,
        given_names=given,
        surnames=surnames,
        rank=rank,
        unit=unit,
        active=bool(active),
        certifications=tuple(Certification(name, day(expires)) for name, expires in json.loads(certified)),
        groups=groups,
        lessons=lessons,
        last_lesson_on=day(newest),
        owes=bool(owes),
    )


_NAME = ("i.surnames COLLATE NOCASE", "i.given_names COLLATE NOCASE")
_GROUPS = """(SELECT count(*) FROM class_officer x JOIN class_group g ON g.id = x.class_group_id
    WHERE x.instructor_id = i.id AND g.school_year = CAST(strftime('%Y', {today}) AS INTEGER))"""
_LESSONS = f"""(SELECT count(*) FROM class_officer x JOIN class_lesson l ON l.class_group_id = x.class_group_id
    WHERE x.instructor_id = i.id AND l.given_on >= {_MONTH} AND l.given_on <= {{today}})"""
_NEWEST = """(SELECT max(l.given_on) FROM class_officer x JOIN class_lesson l ON l.class_group_id = x.class_group_id
    WHERE x.instructor_id = i.id AND l.given_on <= {today})"""

OFFICERS: Listing[OfficerRow] = Listing(
    name="officers",
    key="i.id",
    source="instructor i LEFT JOIN unit u ON u.id = i.unit_id",
    select=f"""SELECT i.id, i.code, i.given_names, i.surnames, i.rank_text, u.code, {_ACTIVE},
        (SELECT json_group_array(json_array(c.name, n.expires_on)) FROM ({LASTING}) n
         JOIN curriculum c ON c.id = n.curriculum_id WHERE n.instructor_id = i.id),
        {_GROUPS}, {_LESSONS}, {_NEWEST}, {_OWES}
        FROM instructor i LEFT JOIN unit u ON u.id = i.unit_id""",
    row=_row,
    orders={
        "name": _NAME,
        "code": ("i.code",),
        "unit": ("u.code", *_NAME),
        "groups": (_GROUPS, *_NAME),
        "lessons": (_LESSONS, *_NAME),
        "last": (_NEWEST, *_NAME),
    },
    always=_OFFICER,
    filters={
        "state": Filter({"active": _ACTIVE, "ended": "i.ended_on < {today}"}),
        "report": Filter(
            {"this_month": _OWES, "last_month": _owes(_LAST_MONTH, f"date({_MONTH}, '-1 day')")},
        ),
        "certified": Filter(
            {
                "expired": f"{_OF_OFFICER} n.expires_on < {{today}})",
                "soon": f"{_OF_OFFICER} n.expires_on BETWEEN {{today}} AND date({{today}}, '+{SOON} days'))",
                "none": "i.id NOT IN (SELECT instructor_id FROM accreditation WHERE curriculum_id IS NOT NULL)",
            }
        ),
        "curriculum": Filter(
            f"{_OF_OFFICER} n.curriculum_id = (SELECT id FROM curriculum WHERE code = ?) "
            "AND (n.expires_on IS NULL OR n.expires_on >= {today}))",
            "SELECT code, name FROM curriculum ORDER BY id",
        ),
        "unit": Filter(
            "u.code = ?",
            "SELECT code, name FROM unit WHERE id IN (SELECT unit_id FROM instructor) ORDER BY name",
        ),
    },
    own="i.id = ?",
    holds_people=True,
    search=words_in("i.code", folded="i.match_key"),
)
"""The officers by name; to an officer themselves alone."""
