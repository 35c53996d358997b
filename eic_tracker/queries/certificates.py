"""The list of certificates: prepared, approved, issued, annulled, with their place in the register."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.codes import CertificateKind, CertificateStatus
from eic_tracker.queries.certificate_work import CLAIM_DAYS, USUAL_CLAIM_DAYS
from eic_tracker.queries.identities import masked_people_text, people_text, records_of
from eic_tracker.queries.listing import Filter, Listing, Search, Sight
from eic_tracker.queries.offerings import day, moment, words_in
from eic_tracker.queries.quality import quality_filters


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate; name and rank are those frozen on it, before that the person's own."""

    id: int
    number: str | None
    """None until it is approved"""
    kind: CertificateKind
    status: CertificateStatus
    name: str
    rank: str | None
    participant_id: int | None
    instructor_id: int | None
    enrolment_id: int | None
    offering_id: int | None
    offering: str | None
    course_title: str | None
    dated: dt.date | None
    prepared_by: str | None
    approved_by: str | None
    issued_at: dt.datetime | None
    delivered_on: dt.date | None
    duplicate_of: str | None
    book: str | None
    folio: int | None
    entry: int | None
    waiting_days: int | None
    """how long it waits for its holder; None: it was handed over, does not hold, or its day has not come"""
    waits_long: bool
    """longer than the days in which errors may be claimed"""


UNCOLLECTED = """k.status IN ('approved', 'issued')
    AND NOT EXISTS (SELECT 1 FROM delivery w WHERE w.certificate_id = k.id)"""
"""The condition of certificates that hold and nobody collected."""

_CLAIM_DAYS = f"""
coalesce((SELECT CAST(s.value AS INTEGER) FROM setting s WHERE s.name = '{CLAIM_DAYS}'), {USUAL_CLAIM_DAYS})"""
_SELECT = f"""
SELECT k.id, k.number, k.kind, k.status, k.snapshot,
       coalesce(p.given_names || ' ' || p.surnames, i.given_names || ' ' || i.surnames, ''),
       coalesce(e.rank_text, r.name, i.rank_text), coalesce(k.participant_id, e.participant_id),
       k.instructor_id, k.enrolment_id,
       o.id, o.code, c.title, k.dated, prepared.full_name, approved.full_name, k.issued_at,
       (SELECT max(d.delivered_on) FROM delivery d WHERE d.certificate_id = k.id), first.number,
       b.number, l.number, y.number,
       CASE WHEN {UNCOLLECTED} AND k.dated <= {{today}}
            THEN CAST(julianday({{today}}) - julianday(k.dated) AS INTEGER) END,
       {_CLAIM_DAYS}
FROM certificate k
LEFT JOIN enrolment e ON e.id = k.enrolment_id
LEFT JOIN participant p ON p.id = coalesce(k.participant_id, e.participant_id)
LEFT JOIN rank r ON r.id = e.rank_id
LEFT JOIN instructor i ON i.id = k.instructor_id
LEFT JOIN offering o ON o.id = coalesce(k.offering_id, e.offering_id)
LEFT JOIN course_version v ON v.id = o.course_version_id
LEFT JOIN course c ON c.id = v.course_id
LEFT JOIN user prepared ON prepared.id = k.prepared_by_id
LEFT JOIN user approved ON approved.id = k.approved_by_id
LEFT JOIN certificate first ON first.id = k.duplicate_of_id
LEFT JOIN register_entry y ON y.id = (SELECT max(z.id) FROM register_entry z WHERE z.certificate_id = k.id)
LEFT JOIN folio l ON l.id = y.folio_id
LEFT JOIN register_book b ON b.id = l.register_book_id
"""


def _row(values: Sequence[Any], _: Sight) -> CertificateRow:
    key, number, kind, status, snapshot, name, rank, person, instructor, enrolment, *others = values
    offering_id, offering, title, dated, prepared, approved, issued, delivered, first, *others = others
    book, folio, entry, waiting, claim_days = others
    frozen = json.loads(snapshot) if snapshot else {}
    return CertificateRow(
        id=key,
        number=number,
        kind=CertificateKind(kind),
        status=CertificateStatus(status),
        name=frozen.get("name") or name,
        rank=frozen.get("rank", rank) or None,
        participant_id=person,
        instructor_id=instructor,
        enrolment_id=enrolment,
        offering_id=offering_id,
        offering=frozen.get("offering_code") or offering,
        course_title=frozen.get("course_title") or title,
        dated=day(dated),
        prepared_by=prepared,
        approved_by=approved,
        issued_at=moment(issued),
        delivered_on=day(delivered),
        duplicate_of=first,
        book=book,
        folio=folio,
        entry=entry,
        waiting_days=waiting,
        waits_long=waiting is not None and waiting > claim_days,
    )


def _search(people: Search) -> Search:
    by_words: Search = words_in("k.number", "json_extract(k.snapshot, '$.name')", "o.code", folded="i.match_key")

    def search(text: str) -> tuple[str, tuple[object, ...]]:
        condition, values = by_words(text)
        person, numbers = people(text)
        return f"(({condition}) OR {person})", (*values, *numbers)

    return search


CERTIFICATES: Listing[CertificateRow] = Listing(
    name="certificates",
    key="k.id",
    source="""certificate k LEFT JOIN enrolment e ON e.id = k.enrolment_id
        LEFT JOIN participant p ON p.id = coalesce(k.participant_id, e.participant_id)
        LEFT JOIN offering o ON o.id = coalesce(k.offering_id, e.offering_id)
        LEFT JOIN instructor i ON i.id = k.instructor_id""",
    select=_SELECT,
    row=_row,
    orders={
        "dated": ("k.dated IS NULL DESC", "k.dated DESC", "k.certificate_series_id DESC", "k.serial DESC"),
        "number": ("k.certificate_series_id", "k.serial"),
        "name": ("coalesce(p.sort_key, i.match_key)",),
        "offering": ("o.ends_on DESC", "o.code DESC", "k.serial"),
        "status": ("k.status", "k.dated DESC"),
        "kind": ("k.kind", "k.dated DESC"),
    },
    filters={
        "kind": Filter("k.kind = ?", tuple(kind.value for kind in CertificateKind)),
        "status": Filter("k.status = ?", tuple(status.value for status in CertificateStatus)),
        "year": Filter(
            "k.dated BETWEEN ? || '-01-01' AND ? || '-12-31'",
            "SELECT DISTINCT substr(dated, 1, 4), NULL FROM certificate WHERE dated IS NOT NULL ORDER BY 1 DESC",
        ),
        "offering": Filter("coalesce(k.offering_id, e.offering_id) = CAST(? AS INTEGER)"),
        "instructor": Filter("k.instructor_id = CAST(? AS INTEGER)"),
        "person": Filter(f"coalesce(k.participant_id, e.participant_id) IN ({records_of('CAST(? AS INTEGER)')})"),
        "uncollected": Filter(
            {
                "yes": UNCOLLECTED,
                "long": f"{UNCOLLECTED} AND julianday({{today}}) - julianday(k.dated) > {_CLAIM_DAYS}",
            }
        ),
        "to_approve": Filter(
            {
                "new": "k.status = 'prepared' AND k.number IS NULL",
                "paper_book": "k.status = 'prepared' AND k.number IS NOT NULL",
            }
        ),
        **quality_filters("certificates", "k.id"),
    },
    own="""(k.instructor_id = ? OR e.offering_id IN
        (SELECT offering_id FROM assignment WHERE instructor_id = ?))""",
    holds_people=True,
    search=_search(people_text),
    masked_search=_search(masked_people_text),
)
"""All certificates, those that wait first, then the newest."""
