"""The register of all completions, with names: for those who may see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from eic_tracker.domain.codes import Measure, Sex
from eic_tracker.domain.counting import rows_behind
from eic_tracker.i18n import Language
from eic_tracker.queries.counted_grades import COUNTED_GRADE
from eic_tracker.queries.countries import country_names
from eic_tracker.queries.facts import read_facts


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One completion as the register shows it: rank, unit and institution as they were at the time of the course."""

    programme: str
    surnames: str
    given_names: str
    sex: Sex
    document: str | None
    """as it is written, with its zeros and dashes"""
    document_country: str | None
    """the country's name"""
    police_number: str | None
    rank: str | None
    unit: str | None
    institution: str | None
    course: str
    """the course's title"""
    offering: str
    """the course's code, such as 116-2019"""
    starts_on: dt.date
    ends_on: dt.date
    hours: int | None
    grade: Decimal | None
    """the one that counts, the second chance considered"""
    certificate: str | None
    """the number of the certificate that holds"""
    certificate_date: dt.date | None


_COMPLETED = f"""
SELECT e.id, pr.name, p.surnames, p.given_names, p.sex, p.document_number, p.document_country, p.police_number,
       coalesce(e.rank_text, r.name), coalesce(u.name, e.unit_text),
       coalesce(i.name, e.institution_text), c.title, o.code, o.starts_on, o.ends_on, v.hours,
       {COUNTED_GRADE}, d.number, d.dated
FROM enrolment e
JOIN offering o ON o.id = e.offering_id
JOIN programme pr ON pr.id = o.programme_id
JOIN course_version v ON v.id = o.course_version_id
JOIN course c ON c.id = v.course_id
JOIN participant p ON p.id = e.participant_id
LEFT JOIN rank r ON r.id = e.rank_id
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN institution i ON i.id = e.institution_id
LEFT JOIN certificate d ON d.id = (
    SELECT max(k.id) FROM certificate k
    WHERE k.enrolment_id = e.id AND k.kind IN ('diploma', 'participation')
    AND k.status IN ('approved', 'issued', 'paper_book'))
WHERE e.status = 'completed' AND NOT pr.is_load
ORDER BY o.ends_on, o.code, p.sort_key, e.id
"""


def read_register(connection: Connection, *, as_of: dt.date, language: Language) -> tuple[RegisterRow, ...]:
    """The completions that are counted at `as_of`, by course and name: as many rows as the figure says."""
    facts = read_facts(connection)
    counted = {row.id for row in rows_behind(facts, Measure.COMPLETIONS, as_of=as_of)}
    countries = country_names(connection, language)
    rows = []
    for key, *values in connection.exec_driver_sql(_COMPLETED):
        if key not in counted:
            continue
        programme, surnames, given, sex, document, country, police, rank, unit, institution, *course = values
        title, offering, starts_on, ends_on, hours, grade, certificate, dated = course
        rows.append(
            RegisterRow(
                programme=programme,
                surnames=surnames,
                given_names=given,
                sex=Sex(sex),
                document=document,
                document_country=countries.get(country, country),
                police_number=police,
                rank=rank,
                unit=unit,
                institution=institution,
                course=title,
                offering=offering,
                starts_on=dt.date.fromisoformat(starts_on),
                ends_on=dt.date.fromisoformat(ends_on),
                hours=hours,
                grade=None if grade is None else Decimal(grade) / 100,
                certificate=certificate,
                certificate_date=dt.date.fromisoformat(dated) if dated else None,
            )
        )
    return tuple(rows)
