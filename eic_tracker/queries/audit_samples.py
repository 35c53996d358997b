"""Audit samples as they stand: each draw with its outcomes, each item with the proofs that the file holds of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import EnrolmentStatus
from eic_tracker.domain.periods import Period, parse_period
from eic_tracker.domain.sampling import Outcome, Tally, tally
from eic_tracker.queries.offerings import day


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A draw: from how many completions of which period, with which seed, by whom, and what was found so far."""

    id: int
    period: Period
    programme: str | None
    size: int
    population: int
    population_digest: str
    seed: str
    drawn_by: str
    drawn_at: dt.datetime
    tally: Tally
    checklists: int
    """signed checklists that are filed"""


@dataclass(frozen=True, slots=True)
class SampleItem:
    """A completion that was drawn, with the proofs of it; None and 0 where the file holds none.

    The proofs stand in the order of the course file: letter, verification, attendance, grades, register, delivery."""

    id: int
    position: int
    enrolment_id: int
    offering_id: int
    name: str
    document: str | None
    offering: str
    course: str
    ends_on: dt.date
    status: EnrolmentStatus
    letter: str | None
    vetting_asked: bool
    vetting_on: dt.date | None
    days_marked: int
    sheets: int
    act: str | None
    certificate: str | None
    entry: str | None
    delivered_on: dt.date | None
    outcome: Outcome | None
    note: str | None
    checked_by: str | None
    checked_on: dt.date | None


_SAMPLES = """
SELECT a.id, a.period, g.code, a.size, a.population, a.population_digest, a.seed, u.full_name, a.recorded_at,
    (SELECT group_concat(coalesce(i.outcome, ''), ',') FROM audit_sample_item i WHERE i.audit_sample_id = a.id),
    (SELECT count(*) FROM attachment t WHERE t.audit_sample_id = a.id AND t.content IS NOT NULL)
FROM audit_sample a JOIN user u ON u.id = a.drawn_by_id LEFT JOIN programme g ON g.id = a.programme_id
ORDER BY a.id DESC
"""
_ITEMS = """
SELECT i.id, i.position, e.id AS enrolment_id, o.id AS offering_id, p.given_names || ' ' || p.surnames AS name,
    p.document_number AS document, o.code AS offering, c.title AS course, o.ends_on, e.status,
    (SELECT coalesce(s.number, s.kind) FROM source_document s
        WHERE s.id = coalesce(e.source_document_id, o.source_document_id)) AS letter,
    o.vetting_required AND coalesce(n.vetting_required, 0) AS vetting_asked,
    (SELECT max(x.answered_on) FROM vetting x
        WHERE x.participant_id = p.id AND x.answered_on <= o.ends_on) AS vetting_on,
    (SELECT count(*) FROM attendance m WHERE m.enrolment_id = e.id) AS days_marked,
    (SELECT count(*) FROM attachment t WHERE t.offering_id = o.id AND t.kind = 'attendance_sheet'
        AND t.content IS NOT NULL) AS sheets,
    (SELECT k.number || '-' || k.year FROM act k WHERE k.offering_id = o.id AND k.kind IN ('grades', 'closing')
        AND k.frozen_at IS NOT NULL ORDER BY k.kind = 'grades' DESC, k.id DESC LIMIT 1) AS act,
    k.number AS certificate, b.number || ' · ' || f.number || ' · ' || r.number AS entry,
    (SELECT max(d.delivered_on) FROM delivery d WHERE d.certificate_id = k.id) AS delivered_on,
    i.outcome, i.note, u.full_name AS checked_by, i.checked_on
FROM audit_sample_item i
JOIN enrolment e ON e.id = i.enrolment_id JOIN participant p ON p.id = e.participant_id
JOIN offering o ON o.id = e.offering_id JOIN course_version v ON v.id = o.course_version_id
JOIN course c ON c.id = v.course_id LEFT JOIN institution n ON n.id = e.institution_id
LEFT JOIN certificate k ON k.id = (SELECT x.id FROM certificate x WHERE x.enrolment_id = e.id
    AND x.kind IN ('diploma', 'participation') AND x.status <> 'annulled' ORDER BY x.id DESC LIMIT 1)
LEFT JOIN register_entry r ON r.certificate_id = k.id LEFT JOIN folio f ON f.id = r.folio_id
LEFT JOIN register_book b ON b.id = f.register_book_id LEFT JOIN user u ON u.id = i.checked_by_id
WHERE i.audit_sample_id = ? ORDER BY i.position
"""


def read_samples(connection: Connection) -> tuple[SampleRow, ...]:
    """All draws, newest first."""
    return tuple(
        SampleRow(
            id=key,
            period=parse_period(period),
            programme=programme,
            size=size,
            population=population,
            population_digest=digest,
            seed=seed,
            drawn_by=by,
            drawn_at=dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC),
            tally=tally(Outcome(each) if each else None for each in outcomes.split(",")),
            checklists=checklists,
        )
        for key, period, programme, size, population, digest, seed, by, at, outcomes, checklists in (
            connection.exec_driver_sql(_SAMPLES)
        )
    )


def read_sample_items(connection: Connection, sample_id: int) -> tuple[SampleItem, ...]:
    """The items of a draw in its order."""
    rows = connection.exec_driver_sql(_ITEMS, (sample_id,)).mappings()
    return tuple(
        SampleItem(
            **dict(row)
            | {name: day(row[name]) for name in ("vetting_on", "delivered_on", "checked_on")}
            | {
                "ends_on": dt.date.fromisoformat(row["ends_on"]),
                "status": EnrolmentStatus(row["status"]),
                "vetting_asked": bool(row["vetting_asked"]),
                "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
            }
        )
        for row in rows
    )


def identities_of(connection: Connection, keys: tuple[int, ...]) -> dict[str, int]:
    """The keys of enrolments by their identity."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        found |= {
            identity: key
            for key, identity in connection.exec_driver_sql(
                f"SELECT id, uid FROM enrolment WHERE id IN ({marks})", some
            )
        }
    return found


_AT_ONCE = 500
