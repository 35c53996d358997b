"""Reads everything that a periodic paper shows, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection

from eic_tracker.domain.codes import Measure, OfferingPhase, ReportKind
from eic_tracker.domain.counting import people_of_courses, phase, rows_behind
from eic_tracker.domain.facts import Facts
from eic_tracker.domain.historical import rest
from eic_tracker.domain.periods import Period
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language
from eic_tracker.queries.closed_quarters import (
    closed_quarter_of,
    read_closed_quarters,
    read_frozen_tables,
    restatements_told_in,
)
from eic_tracker.queries.countries import country_names
from eic_tracker.queries.facts import read_facts
from eic_tracker.queries.figures import read_historical_totals, read_reconciliation
from eic_tracker.queries.periodic_reports import read_exceptions, read_report_office
from eic_tracker.queries.published import read_support
from eic_tracker.queries.report_data import HistoricalLine, Labels, OfferingLine, ReportData
from eic_tracker.queries.school import read_school
from eic_tracker.queries.targets import read_indicator_codes, read_targets
from eic_tracker.queries.teaching_hours import hours_of_courses

_OFFERINGS = """
SELECT o.id, c.title, v.hours, i.code, c.course_type, v.human_rights_hours
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
    today: dt.date,
    kind: ReportKind = ReportKind.QUARTERLY,
    closing: bool = False,
) -> ReportData:
    """The data of a paper about `period`; everything is counted as of its last day, or of today while it runs."""
    facts = read_facts(connection)
    as_of = min(period.last_day, today)
    first = _BEGINNING if kind is ReportKind.CUMULATIVE else period.first_day
    quarters = read_closed_quarters(connection)
    closed = closed_quarter_of(quarters, period) if kind is ReportKind.QUARTERLY else None
    ended = [
        offering.id
        for offering in facts.offerings
        if first <= offering.ends_on <= as_of and phase(offering, as_of) in _ENDED
    ]
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
        today=today,
        kind=kind,
        office=read_report_office(connection, kind, period),
        closed=closed,
        frozen_tables=read_frozen_tables(connection, closed) if closed is not None and closed.is_closed else {},
        closing=closing,
        restatements=restatements_told_in(quarters, period, since=first),
        targets=tuple(target for target in read_targets(connection) if target.approved_by is not None),
        indicators=read_indicator_codes(connection),
        exceptions=read_exceptions(connection, first, as_of),
        teaching=hours_of_courses(connection, ended),
        papers=read_support(connection),
    )


_BEGINNING = dt.date(1900, 1, 1)
_ENDED = (OfferingPhase.FINISHED, OfferingPhase.CLOSED)


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
    offering_of = {enrolment.id: enrolment.offering_id for enrolment in facts.enrolments}
    completed = Counter(offering_of[row.id] for row in rows_behind(facts, Measure.COMPLETIONS, as_of=as_of))
    people = people_of_courses(facts, as_of)
    lines = []
    for offering in facts.offerings:
        _, title, hours, lead, course_type, human_rights = details[offering.id]
        lines.append(
            OfferingLine(
                code=offering.code,
                course=offering.course,
                course_title=title,
                hours=hours,
                starts_on=offering.starts_on,
                ends_on=offering.ends_on,
                status=phase(offering, as_of).value,
                lead_force=offering.lead_force,
                lead_code=lead,
                people=people[offering.id],
                completions=completed[offering.id],
                course_type=course_type,
                human_rights_hours=human_rights,
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
