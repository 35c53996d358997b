"""The certificates of a course as they are brought to paper: by which template, how they would look, who has theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.clock import local_date
from eic_tracker.domain.certificate_template import Template, read_template
from eic_tracker.domain.codes import CertificateKind, CertificateStatus
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.template_elements import Element, ElementKind
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.certificate_work import UncollectedRow, read_uncollected
from eic_tracker.queries.templates import read_template_row, read_templates, template_content
from eic_tracker.reports.template_fields import Filled, filled_of, words_of
from eic_tracker.reports.template_pdf import DocumentWords, sheets_pdf
from eic_tracker.reports.template_preflight import Preflight, preflight
from eic_tracker.services.batch_templates import BatchCertificate, batch_items, require_certificates
from eic_tracker.services.certificates import offering_of_code
from eic_tracker.services.sign_in import actor
from eic_tracker.services.templates import GONE_TEMPLATE
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.transaction import Entry

OF_COURSES = (CertificateKind.DIPLOMA, CertificateKind.PARTICIPATION, CertificateKind.INSTRUCTOR)
"""The kinds that a course has; statements and transcripts are asked for by a person."""

_CODE = "····-····-····-····"
"""Where a code will stand."""


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """The prepared certificates of one kind; `template_id` is the one chosen for them, None: as the school has it."""

    kind: CertificateKind
    count: int
    template_id: int | None
    offered: tuple[tuple[int, str], ...]
    """templates of the school for this kind: key and name"""


@dataclass(frozen=True, slots=True)
class PrintGroup:
    """Certificates that hold and are printed by one template, on the same paper."""

    kind: CertificateKind
    template: str
    """what tells the template from others of this file"""
    name: str
    size: tuple[float, float]
    """millimetres"""
    reverse: bool
    keys: tuple[int, ...]
    unprinted: int
    """how many were never printed"""


@dataclass(frozen=True, slots=True)
class CourseBatch:
    """What can be done with the certificates of a course now."""

    waiting: tuple[WaitingKind, ...]
    groups: tuple[PrintGroup, ...]
    undelivered: tuple[UncollectedRow, ...]
    """those that hold and nobody has yet"""


@dataclass(frozen=True, slots=True)
class BatchReview:
    """All that waits for approval in a course, as it would be printed, the longest name first."""

    keys: tuple[int, ...]
    found: Preflight
    people: Mapping[int, tuple[str, int]]
    """by certificate: participant or instructor, with the key"""
    pdf: bytes
    """without number and signature, and it says so; empty where nothing can be printed as it stands"""


_PREPARED_OF = """
SELECT c.id FROM certificate c LEFT JOIN enrolment e ON e.id = c.enrolment_id
WHERE coalesce(c.offering_id, e.offering_id) = ? AND c.status = 'prepared'
  AND c.kind IN ('diploma', 'participation', 'instructor')
"""
_WAITING = f"""
SELECT c.kind, count(*), max(v.certificate_template_id) FROM certificate c
LEFT JOIN certificate_template_version v ON v.id = c.template_version_id WHERE c.id IN ({_PREPARED_OF}) GROUP BY c.kind
"""
_HOLDING = """
SELECT c.id, c.kind, c.status, c.template_version_id, v.certificate_template_id AS template
FROM certificate c LEFT JOIN enrolment e ON e.id = c.enrolment_id
JOIN certificate_template_version v ON v.id = c.template_version_id
WHERE coalesce(c.offering_id, e.offering_id) = ? AND c.status IN ('approved', 'issued')
  AND c.kind IN ('diploma', 'participation', 'instructor') ORDER BY c.certificate_series_id, c.serial
"""


def course_batch(db: Database, acting: ActingUser, code: str) -> CourseBatch:
    """What waits, what can be printed and what is not handed over; UserError for a course that is not there."""
    require_certificates(acting)
    with db.read() as connection:
        key = offering_of_code(connection, code).id
        uncollected = read_uncollected(connection, key)
        return CourseBatch(
            _waiting(connection, key),
            _groups(connection, key),
            tuple(row for row in uncollected if row.kind in OF_COURSES),
        )


def choose_batch_template(
    db: Database, acting: ActingUser, code: str, kind: CertificateKind, template_id: int | None
) -> int:
    """Let the prepared certificates of a kind be printed by a template, None: as the school has it; how many.

    Kept with them until they are approved. Refused for a template of another kind or one that ended."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "choose_batch_template", code)) as tx:
        connection = tx.connection
        key = offering_of_code(connection, code).id
        version = None
        if template_id is not None:
            row = read_template_row(connection, template_id)
            if row is None:
                raise Refused(GONE_TEMPLATE)
            if row.kind.value != kind.value or (row.valid_to is not None and row.valid_to < local_date(tx.at)):
                raise Refused(N_("“{name}” prints no such certificates today. Choose another template."), name=row.name)
            version = row.version_id
        keys = connection.exec_driver_sql(f"{_PREPARED_OF} AND c.kind = ?", (key, kind.value)).scalars().all()
        tx.update(Certificate, {row: {"template_version_id": version} for row in keys})
        return len(keys)


def review_batch(db: Database, acting: ActingUser, code: str, *, t: Translator) -> BatchReview:
    """How the prepared certificates of a course would be printed, and what is wrong with them; nothing is changed.

    Those that cannot be printed as they stand are left out of the paper and named in what was found."""
    require_certificates(acting)
    with db.read() as connection:
        offering = offering_of_code(connection, code).id
        keys = connection.exec_driver_sql(_PREPARED_OF, (offering,)).scalars().all()
        batch = batch_items(connection, keys, local_date(db.clock()), t)
    found = preflight([each.item for each in batch])
    bad = {each.key for each in found.findings if each.stops}
    shown = [each for each in batch if each.item.key not in bad]
    shown.sort(key=lambda each: len(each.item.facts.name), reverse=True)
    return BatchReview(
        tuple(keys),
        found,
        {each.item.key: each.person for each in batch if each.person is not None},
        _draft_pdf(shown, code, t) if shown else b"",
    )


def _waiting(connection: Connection, offering: int) -> tuple[WaitingKind, ...]:
    known = read_templates(connection)
    found = []
    for kind, count, template in connection.exec_driver_sql(_WAITING, (offering,)):
        offered = tuple(
            (row.id, row.name)
            for row in known
            if row.kind.value == kind and (row.valid_to is None or row.id == template)
        )
        found.append(WaitingKind(CertificateKind(kind), count, template, offered))
    return tuple(found)


def _groups(connection: Connection, offering: int) -> tuple[PrintGroup, ...]:
    """By kind and template, each in the order of its numbers."""
    rows = connection.exec_driver_sql(_HOLDING, (offering,)).all()
    together: dict[tuple[str, int], list[Row[Any]]] = {}
    for row in rows:
        together.setdefault((row.kind, row.template), []).append(row)
    kinds = sorted(together, key=lambda key: OF_COURSES.index(CertificateKind(key[0])))
    return tuple(_group(connection, key[0], together[key]) for key in kinds)


def _group(connection: Connection, kind: str, rows: Sequence[Row[Any]]) -> PrintGroup:
    newest = max(rows, key=lambda row: row.template_version_id)
    template = read_template(template_content(connection, newest.template_version_id) or "")
    return PrintGroup(
        CertificateKind(kind),
        str(newest.template),
        template.name,
        template.size,
        bool(template.reverse),
        tuple(row.id for row in rows),
        sum(row.status == CertificateStatus.APPROVED for row in rows),
    )


def _draft_pdf(shown: Sequence[BatchCertificate], code: str, t: Translator) -> bytes:
    """The sheets with a line at their upper edge that says that they are none yet."""
    said = {id(each.used.template): _as_draft(each.used.template) for each in shown}
    templates = [said[id(each.used.template)] for each in shown]
    images = {digest: content for each in shown for digest, content in each.used.images.items()}

    def filled(place: int) -> Filled:
        facts = replace(shown[place].item.facts, number="……", telephone_code=_CODE)
        return filled_of(facts, templates[place])

    words = DocumentWords(t("Certificates of course {code}", code=code), "", t("Certificates"))
    return sheets_pdf(templates, filled, images, words, t)


def _as_draft(template: Template) -> Template:
    t = words_of(template.language)
    line = Element(
        ElementKind.TEXT,
        0.0,
        1.5,
        template.size[0],
        5.0,
        t("DRAFT: without number and signature until it is approved"),
        face="text_bold",
        size=9.0,
        colour="#b00020",
    )
    reverse = (*template.reverse, line) if template.reverse else ()
    return replace(template, face=(*template.face, line), reverse=reverse)
