"""The list of enrolments: a roster when it is filtered by offering, a timeline by person, the rows behind a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, Seat, Sex
from eic_tracker.queries.act_differences import DIFFERS_FROM_AN_ACT
from eic_tracker.queries.counted_grades import COUNTED_GRADE
from eic_tracker.queries.identities import IDENTITY, identity, masked_people_text, people_text, records_of
from eic_tracker.queries.listing import Filter, Listing, Sight
from eic_tracker.queries.offerings import CERTIFIED, COURSES_BY_TITLE, PROGRAMMES, YEAR, YEARS
from eic_tracker.queries.quality import quality_filters


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A person in an offering, with rank, unit and institution as they were then; grades in hundredths of a point."""

    id: int
    participant_id: int
    given_names: str
    surnames: str
    sex: Sex
    document_kind: str | None
    document_country: str | None
    document: str | None
    police_number: str | None
    rank: str | None
    unit: str | None
    institution: str | None
    offering_id: int
    offering: str
    course_title: str
    programme: str
    starts_on: dt.date
    ends_on: dt.date
    offering_status: OfferingStatus
    seat: Seat
    status: EnrolmentStatus
    proposed_status: EnrolmentStatus | None
    ground: str | None
    """the reason's code, and its name"""
    ground_name: str | None
    attendance_percent: int | None
    final_grade: int | None
    second_chance_grade: int | None
    counted_grade: int | None
    """the one that counts, the second chance considered"""
    certificate: str | None
    """number of the certificate that holds"""
    replaces: str | None
    """name of the person whose seat it was"""
    lodging: bool | None
    """whether the person sleeps at the school; None where nobody said"""
    post: str | None
    differs_from_act: bool = False
    """whether grade, attendance or result are otherwise than on a printed act that holds"""


_UNIT = "coalesce(u.name, e.unit_text)"
_INSTITUTION = "coalesce(i.name, e.institution_text)"
"""As the list wrote them where they are not mapped yet."""

_SELECT = f"""
SELECT e.id, {IDENTITY}, coalesce(e.rank_text, r.name), {_UNIT}, {_INSTITUTION}, o.id, o.code, c.title, g.code,
       o.starts_on, o.ends_on, o.status, e.seat, e.status, e.proposed_status, w.code, w.name,
       e.attendance_percent, e.final_grade, e.second_chance_grade, {COUNTED_GRADE},
       (SELECT k.number FROM certificate k WHERE k.enrolment_id = e.id AND k.{CERTIFIED} ORDER BY k.id DESC LIMIT 1),
       (SELECT b.given_names || ' ' || b.surnames FROM enrolment x JOIN participant b ON b.id = x.participant_id
        WHERE x.id = e.replaces_enrolment_id),
       e.lodging, e.post, {DIFFERS_FROM_AN_ACT}
FROM enrolment e
JOIN participant p ON p.id = e.participant_id
JOIN offering o ON o.id = e.offering_id
JOIN programme g ON g.id = o.programme_id
JOIN course_version v ON v.id = o.course_version_id
JOIN course c ON c.id = v.course_id
LEFT JOIN institution i ON i.id = e.institution_id
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN rank r ON r.id = e.rank_id
LEFT JOIN ground w ON w.id = e.ground_id
"""


def _row(values: Sequence[Any], sight: Sight) -> EnrolmentRow:
    key, *columns = values
    who = identity(columns[:8], sight)
    rank, unit, institution, offering_id, offering, title, programme, starts, ends, held, *result = columns[8:]
    seat, status, proposed, ground, ground_name, attendance, *grades, certificate, replaces, lodging, post, differs = (
        result
    )
    return EnrolmentRow(
        id=key,
        participant_id=who.id,
        given_names=who.given_names,
        surnames=who.surnames,
        sex=Sex(who.sex),
        document_kind=who.document_kind,
        document_country=who.document_country,
        document=who.document,
        police_number=who.police_number,
        rank=rank,
        unit=unit,
        institution=institution,
        offering_id=offering_id,
        offering=offering,
        course_title=title,
        programme=programme,
        starts_on=dt.date.fromisoformat(starts),
        ends_on=dt.date.fromisoformat(ends),
        offering_status=OfferingStatus(held),
        seat=Seat(seat),
        status=EnrolmentStatus(status),
        proposed_status=EnrolmentStatus(proposed) if proposed else None,
        ground=ground,
        ground_name=ground_name,
        attendance_percent=attendance,
        final_grade=grades[0],
        second_chance_grade=grades[1],
        counted_grade=grades[2],
        certificate=certificate,
        replaces=replaces,
        lodging=None if lodging is None else bool(lodging),
        post=post,
        differs_from_act=bool(differs),
    )


_NAME = ("p.sort_key",)

ROSTER: Listing[EnrolmentRow] = Listing(
    name="roster",
    key="e.id",
    source="enrolment e JOIN participant p ON p.id = e.participant_id JOIN offering o ON o.id = e.offering_id",
    select=_SELECT,
    row=_row,
    orders={
        "name": _NAME,
        "document": ("p.document_number", *_NAME),
        "offering": ("o.ends_on DESC", "o.code DESC", *_NAME),
        "institution": (f"{_INSTITUTION} COLLATE NOCASE", *_NAME),
        "unit": (f"{_UNIT} COLLATE NOCASE", *_NAME),
        "rank": ("r.position", "r.name", *_NAME),
        "seat": ("e.seat DESC", *_NAME),
        "status": ("e.status", *_NAME),
        "attendance": ("e.attendance_percent", *_NAME),
        "grade": (COUNTED_GRADE, *_NAME),
    },
    joins={
        "institution": "LEFT JOIN institution i ON i.id = e.institution_id",
        "unit": "LEFT JOIN unit u ON u.id = e.unit_id",
        "rank": "LEFT JOIN rank r ON r.id = e.rank_id",
        "grade": "JOIN course_version v ON v.id = o.course_version_id",
    },
    filters={
        "offering": Filter("e.offering_id = CAST(? AS INTEGER)"),
        "person": Filter(f"e.participant_id IN ({records_of('CAST(? AS INTEGER)')})"),
        "status": Filter("e.status = ?", tuple(status.value for status in EnrolmentStatus)),
        "seat": Filter("e.seat = ?", tuple(seat.value for seat in Seat)),
        "programme": Filter("o.programme_id = (SELECT id FROM programme WHERE code = ?)", PROGRAMMES),
        "course": Filter(
            "o.course_version_id IN (SELECT v.id FROM course_version v JOIN course c ON c.id = v.course_id "
            "WHERE c.code = ?)",
            COURSES_BY_TITLE,
        ),
        "year": Filter(YEAR, YEARS),
        "institution": Filter(
            "e.institution_id = (SELECT id FROM institution WHERE code = ?)",
            "SELECT code, name FROM institution ORDER BY name",
        ),
        "unit": Filter("e.unit_id = (SELECT id FROM unit WHERE code = ?)", "SELECT code, name FROM unit ORDER BY name"),
        "rank": Filter(
            "e.rank_id = (SELECT id FROM rank WHERE code = ?)", "SELECT code, name FROM rank ORDER BY position"
        ),
        "lodging": Filter({"yes": "e.lodging = 1", "no": "e.lodging = 0", "unknown": "e.lodging IS NULL"}),
        "sex": Filter("p.sex = ?", tuple(sex.value for sex in Sex)),
        "certificate": Filter(
            {
                "yes": f"EXISTS (SELECT 1 FROM certificate k WHERE k.enrolment_id = e.id AND k.{CERTIFIED})",
                "no": f"NOT EXISTS (SELECT 1 FROM certificate k WHERE k.enrolment_id = e.id AND k.{CERTIFIED})",
            }
        ),
        **quality_filters("roster", "e.id"),
    },
    own="e.offering_id IN (SELECT offering_id FROM assignment WHERE instructor_id = ?)",
    holds_people=True,
    search=people_text,
    masked_search=masked_people_text,
    hidden_orders=frozenset({"document"}),
)
"""Enrolments by name: of one offering, the roster."""

ENROLMENTS: Listing[EnrolmentRow] = replace(
    ROSTER, name="enrolments", orders={"offering": ROSTER.orders["offering"], **ROSTER.orders}
)
"""The same rows, the newest course first: of one person, the timeline."""
