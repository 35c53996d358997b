"""Reads everything that a periodic paper shows, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection

from eic_tracker.domain.codes import EnrolmentStatus, OfferingPhase, Seat
from eic_tracker.domain.counting import phase
from eic_tracker.domain.facts import Facts
from eic_tracker.domain.historical import rest
from eic_tracker.domain.periods import Period
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language
from eic_tracker.queries.countries import country_names
from eic_tracker.queries.facts import read_facts
from eic_tracker.queries.figures import read_historical_totals, read_reconciliation
from eic_tracker.queries.report_data import HistoricalLine, Labels, OfferingLine, ReportData
from eic_tracker.queries.school import read_school

_COUNTED = (EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED, EnrolmentStatus.WITHDREW)

_OFFERINGS = """
SELECT o.id, c.title, v.hours, i.code
FROM offering o
JOIN course_version v ON v.id = o.course_version_id
JOIN course c ON c.id = v.course_id
LEFT JOIN assignment a ON a.offering_id = o.id AND a.role = 'lead'
LEFT JOIN instructor i ON i.id = a.instructor_id
"""


def read_report_data(
    connection: Connection,
    period: Period,
    *,
    acting: ActingUser,
    demonstration: bool,
    journal_code: str,
    generated_at: dt.datetime,
    language: Language,
) -> ReportData:
    """The data of a paper about `period`; everything is counted as of its last day."""
    facts = read_facts(connection)
    as_of = period.last_day
    return ReportData(
        period=period,
        facts=facts,
        labels=read_labels(connection, language),
        figures=read_reconciliation(connection, facts, as_of),
        offerings=_offering_lines(connection, facts, as_of),
        historical=_historical_lines(connection, facts, as_of),
        school=read_school(connection),
        demonstration=demonstration,
        journal_code=journal_code,
        generated_at=generated_at,
        generated_by=acting.full_name,
        role=acting.role,
    )


def read_labels(connection: Connection, language: Language) -> Labels:
    """Names of all codes as the file holds them, countries in the language; instructors are shown by their code."""

    def names(table: str, name: str = "name") -> Mapping[str, str]:
        return {row[0]: row[1] for row in connection.exec_driver_sql(f"SELECT code, {name} FROM {table}")}

    return Labels(
        programmes=names("programme"),
        courses=names("course", "title"),
        institutions=names("institution"),
        units=names("unit"),
        ranks=names("rank"),
        countries=country_names(connection, language),
        departments=names("department"),
        municipalities=names("municipality"),
        schools=names("school"),
        curricula=names("curriculum"),
        forces=names("force"),
        instructors=names("instructor", "code"),
    )


def _offering_lines(connection: Connection, facts: Facts, as_of: dt.date) -> tuple[OfferingLine, ...]:
    details = {row[0]: row for row in connection.exec_driver_sql(_OFFERINGS)}
    on_roster: Counter[int] = Counter()
    counted: Counter[int] = Counter()
    completed: Counter[int] = Counter()
    for enrolment in facts.enrolments:
        if enrolment.seat is not Seat.SEAT:
            continue
        counted[enrolment.offering_id] += enrolment.status in _COUNTED
        completed[enrolment.offering_id] += enrolment.status is EnrolmentStatus.COMPLETED
        on_roster[enrolment.offering_id] += enrolment.status in (*_COUNTED, EnrolmentStatus.ENROLLED)
    lines = []
    for offering in facts.offerings:
        _, title, hours, lead = details[offering.id]
        now = phase(offering, as_of)
        closed = now is OfferingPhase.CLOSED
        lines.append(
            OfferingLine(
                code=offering.code,
                course=offering.course,
                course_title=title,
                hours=hours,
                starts_on=offering.starts_on,
                ends_on=offering.ends_on,
                status=now.value,
                lead_force=offering.lead_force,
                lead_code=lead,
                people=counted[offering.id] if closed else on_roster[offering.id],
                completions=completed[offering.id] if closed else 0,
            )
        )
    return tuple(lines)


def _historical_lines(connection: Connection, facts: Facts, as_of: dt.date) -> tuple[HistoricalLine, ...]:
    lines = []
    for total in read_historical_totals(connection, facts, as_of):
        first, last = total.scope.first_day, total.scope.last_day
        if first is None or last is None or last > as_of:
            continue
        lines.append(
            HistoricalLine(
                programme=total.programme,
                measure=total.measure.value,
                first_day=first,
                last_day=last,
                value=total.value,
                rest=rest(total),
                document=total.document,
                approved=total.approved,
            )
        )
    return tuple(lines)
