"""What certificates say, gathered when they are approved; from then on it is frozen."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.domain.codes import CertificateKind, EnrolmentStatus, Sex
from eic_tracker.i18n import Translator
from eic_tracker.queries.counted_grades import COUNTED_GRADE
from eic_tracker.queries.offerings import day
from eic_tracker.queries.report_data import SchoolIdentity
from eic_tracker.queries.school import read_school
from eic_tracker.queries.signatories import signers_on
from eic_tracker.queries.statements import stated_courses
from eic_tracker.reports.certificate_facts import CertificateFacts, CertificateSignatory, CourseLine, ModuleLine
from eic_tracker.services.sign_in import read_file_facts


@dataclass(frozen=True, slots=True)
class ToFreeze:
    """A prepared certificate with all that it will say but its number, place in the register and code."""

    id: int
    uid: str
    programme: str
    facts: CertificateFacts
    prepared_by: int | None
    enrolment_id: int | None
    result: str | None
    """how the person of the enrolment stands now"""
    offering_id: int | None
    open: bool
    """whether the course is not closed yet"""
    duplicate_of_id: int | None
    programme_id: int | None
    course_version_id: int | None
    without_document: bool
    """no identity document of the person is noted"""
    template_version_id: int | None
    """of the template that was chosen for the batch"""
    person: tuple[str, int] | None
    """whose it is: participant or instructor, with their key"""


_PREPARED = f"""
SELECT c.id, c.uid, c.kind, c.dated, c.purpose, c.asked_by, c.with_grades, c.valid_to, c.prepared_by_id,
       c.duplicate_of_id, first.number AS first_number, first.kind AS first_kind, c.template_version_id,
       c.instructor_id, c.enrolment_id, e.status AS result,
       coalesce(c.participant_id, e.participant_id) AS participant_id,
       coalesce(p.given_names || ' ' || p.surnames, i.given_names || ' ' || i.surnames) AS name, p.sex,
       coalesce(e.rank_text, r.name, i.rank_text, '') AS rank, p.document_number,
       coalesce(u.name, e.unit_text, '') AS unit, coalesce(n.name, e.institution_text, '') AS institution,
       o.id AS offering_id, o.code AS offering, o.status AS offering_status, o.starts_on, o.ends_on, o.place,
       m.name AS municipality, g.code AS programme, o.programme_id, v.id AS version_id, v.hours, t.title,
       {COUNTED_GRADE} AS grade,
       (SELECT a.number || '-' || a.year FROM act a WHERE a.offering_id = o.id AND a.kind = 'closing'
        ORDER BY a.id DESC LIMIT 1) AS act
FROM {{source}} c
LEFT JOIN certificate first ON first.id = c.duplicate_of_id
LEFT JOIN enrolment e ON e.id = c.enrolment_id
LEFT JOIN participant p ON p.id = coalesce(c.participant_id, e.participant_id)
LEFT JOIN instructor i ON i.id = c.instructor_id
LEFT JOIN rank r ON r.id = e.rank_id LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN institution n ON n.id = e.institution_id
LEFT JOIN offering o ON o.id = coalesce(c.offering_id, e.offering_id)
LEFT JOIN municipality m ON m.id = o.municipality_id
LEFT JOIN course_version v ON v.id = o.course_version_id LEFT JOIN course t ON t.id = v.course_id
LEFT JOIN programme g ON g.id = o.programme_id
WHERE c.id IN (SELECT value FROM json_each(?)) AND c.status = 'prepared' AND c.number IS NULL
ORDER BY p.sort_key, i.match_key, c.id
"""
_ASKED = """
(SELECT 0 AS id, '' AS uid, ? AS kind, NULL AS dated, ? AS purpose, ? AS asked_by, ? AS with_grades, ? AS valid_to,
 NULL AS prepared_by_id, NULL AS duplicate_of_id, ? AS enrolment_id, ? AS participant_id, NULL AS instructor_id,
 NULL AS offering_id, 'prepared' AS status, NULL AS number, NULL AS template_version_id)
"""
_MODULES = "SELECT title, hours FROM course_module WHERE course_version_id = ? ORDER BY number"


def texts_to_freeze(
    connection: Connection, certificate_ids: Sequence[int], today: dt.date, t: Translator
) -> list[ToFreeze]:
    """The prepared ones among these certificates with what they will say, people by their surnames."""
    gatherer = _Gatherer(connection, today, t)
    query = _PREPARED.replace("{source}", "certificate")
    rows = connection.exec_driver_sql(query, (json.dumps(list(certificate_ids)),)).all()
    return [_to_freeze(row, gatherer.facts(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement or transcript that somebody asks for, before it is prepared."""

    kind: CertificateKind
    participant_id: int
    enrolment_id: int | None
    with_grades: bool
    purpose: str
    asked_by: str
    valid_to: dt.date | None


def text_of_asked(connection: Connection, asked: Asked, today: dt.date, t: Translator) -> ToFreeze:
    """What it would say if it were approved today."""
    valid_to = asked.valid_to.isoformat() if asked.valid_to is not None else None
    said = (asked.kind, asked.purpose or None, asked.asked_by or None, asked.with_grades, valid_to)
    query = _PREPARED.replace("{source}", _ASKED)
    values = (*said, asked.enrolment_id, asked.participant_id, "[0]")
    row = connection.exec_driver_sql(query, values).one()
    return _to_freeze(row, _Gatherer(connection, today, t).facts(row))


def _to_freeze(row: Row[Any], facts: CertificateFacts) -> ToFreeze:
    return ToFreeze(
        id=row.id,
        uid=row.uid,
        programme=row.programme or "",
        facts=facts,
        prepared_by=row.prepared_by_id,
        enrolment_id=row.enrolment_id,
        result=row.result,
        offering_id=row.offering_id,
        open=row.offering_status == "open",
        duplicate_of_id=row.duplicate_of_id,
        programme_id=row.programme_id,
        course_version_id=row.version_id,
        without_document=row.participant_id is not None and not row.document_number,
        template_version_id=row.template_version_id,
        person=_person(row),
    )


def _tells_grade(row: Row[Any]) -> bool:
    """Who did not complete gets a certificate that tells that they took part, nothing else."""
    return bool(row.offering_status == "closed" and row.result != EnrolmentStatus.NOT_COMPLETED)


def _person(row: Row[Any]) -> tuple[str, int] | None:
    if row.participant_id is not None:
        return "participant", row.participant_id
    return ("instructor", row.instructor_id) if row.instructor_id is not None else None


def signatories_on(connection: Connection, dated: dt.date) -> tuple[CertificateSignatory, ...]:
    """Who signs papers of that day: at most three."""
    return tuple(
        CertificateSignatory(each.rank, each.name, each.post, by_absence=each.by_absence)
        for each in signers_on(connection, dated)
    )


class _Gatherer:
    """Reads once what certificates of a batch share."""

    def __init__(self, connection: Connection, today: dt.date, t: Translator) -> None:
        self._connection = connection
        self._today = today
        self._t = t
        self._school: SchoolIdentity = read_school(connection)
        self._demonstration = read_file_facts(connection).demonstration
        self._signers: dict[dt.date, tuple[CertificateSignatory, ...]] = {}
        self._modules: dict[int, tuple[ModuleLine, ...]] = {}

    def facts(self, row: Row[Any]) -> CertificateFacts:
        """What a prepared certificate will say."""
        kind = CertificateKind(row.kind)
        stated = kind in (CertificateKind.STATEMENT, CertificateKind.TRANSCRIPT)
        dated = day(row.dated) or (self._today if stated or row.ends_on is None else dt.date.fromisoformat(row.ends_on))
        courses = stated_courses(self._connection, row.participant_id) if kind is CertificateKind.TRANSCRIPT else ()
        starts = [course.starts_on for course in courses] or [day(row.starts_on) or dated]
        ends = [course.ends_on for course in courses] or [day(row.ends_on) or dated]
        t = self._t
        return CertificateFacts(
            letterhead=self._school.letterhead,
            kind=kind,
            number="",
            rank=row.rank,
            name=row.name,
            course_title=row.title or t("Transcript of studies"),
            offering_code=row.offering or "",
            hours=sum(course.hours for course in courses) if courses else row.hours or 0,
            starts_on=min(starts),
            ends_on=max(ends),
            issued_on=dated,
            place=self._school.place,
            signatories=self._signatories(dated),
            demonstration=self._demonstration,
            reference="" if stated else t("Offering {offering}", offering=row.offering),
            document=self._document(row) if stated else None,
            course_place=row.municipality or row.place,
            sex=Sex(row.sex) if row.sex else Sex.U,
            institution=row.institution,
            unit=row.unit,
            grade=row.grade if (row.with_grades if stated else _tells_grade(row)) else None,
            act=row.act or "",
            duplicate_of=row.first_number or "",
            purpose=row.purpose or "",
            asked_by=row.asked_by or "",
            valid_to=day(row.valid_to),
            modules=self._modules_of(row.version_id) if not stated else (),
            courses=tuple(
                CourseLine(each.code, each.title, each.hours, each.ends_on, each.grade if row.with_grades else None)
                for each in courses
            ),
        )

    def _signatories(self, dated: dt.date) -> tuple[CertificateSignatory, ...]:
        if dated not in self._signers:
            self._signers[dated] = signatories_on(self._connection, dated)
        return self._signers[dated]

    def _modules_of(self, version: int | None) -> tuple[ModuleLine, ...]:
        if version is None:
            return ()
        if version not in self._modules:
            rows = self._connection.exec_driver_sql(_MODULES, (version,))
            self._modules[version] = tuple(ModuleLine(title, hours or 0) for title, hours in rows)
        return self._modules[version]

    def _document(self, row: Row[Any]) -> str | None:
        if not row.document_number:
            return None
        return self._t("identity document {number}", number=row.document_number)
