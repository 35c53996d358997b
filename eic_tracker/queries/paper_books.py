"""Diplomas of the paper books of the past, as they were recorded."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import CertificateStatus


@dataclass(frozen=True, slots=True)
class PaperDiplomaRow:
    """A diploma of a paper book: what stands on it, whose enrolment it is, who recorded and approved it (logins)."""

    id: int
    number: str
    """as written"""
    book: str
    folio: int
    entry: int | None
    dated: dt.date
    rank: str
    name: str
    document: str
    course: str
    offering: str
    hours: int | None
    signatories: tuple[str, ...]
    enrolment_id: int | None
    participant_id: int | None
    status: CertificateStatus
    """prepared: waits for another's approval"""
    recorded_by: str
    approved_by: str | None
    scan_id: int | None


_ROWS = """
SELECT k.id, k.dated, k.snapshot, k.enrolment_id, k.participant_id, k.status, prepared.login, approved.login,
       (SELECT max(t.id) FROM attachment t WHERE t.source_document_id = k.source_document_id AND t.kind = 'book_page')
FROM certificate k
LEFT JOIN user prepared ON prepared.id = k.prepared_by_id
LEFT JOIN user approved ON approved.id = k.approved_by_id
WHERE k.snapshot IS NOT NULL AND json_extract(k.snapshot, '$.paper_book') = 1
"""


def read_paper_diplomas(connection: Connection, key: int | None = None) -> tuple[PaperDiplomaRow, ...]:
    """The diplomas of paper books in the order of their recording, or the one of a key."""
    only, values = (" AND k.id = ?", (key,)) if key is not None else ("", ())
    rows = []
    for row in connection.exec_driver_sql(f"{_ROWS}{only} ORDER BY k.id", values):
        certificate, dated, snapshot, enrolment, participant, status, recorded, approved, scan = row
        said = json.loads(snapshot)
        rows.append(
            PaperDiplomaRow(
                id=certificate,
                number=said["number"],
                book=said["book"],
                folio=int(said["folio"]),
                entry=int(said["entry"]) if said["entry"] else None,
                dated=dt.date.fromisoformat(dated),
                rank=said["rank"],
                name=said["name"],
                document=said["document"] or "",
                course=said["course_title"],
                offering=said["offering_code"],
                hours=said["hours"],
                signatories=tuple(each["name"] for each in said["signatories"]),
                enrolment_id=said["enrolment_id"] if enrolment is None else enrolment,
                participant_id=participant,
                status=CertificateStatus(status),
                recorded_by=recorded or "",
                approved_by=approved,
                scan_id=scan,
            )
        )
    return tuple(rows)
