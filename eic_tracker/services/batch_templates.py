"""By which templates a batch of certificates is printed, and what would go wrong with it before numbers are taken."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from eic_tracker.domain.codes import CertificateKind, TemplateKind
from eic_tracker.domain.permissions import ActingUser, Action, Right, right
from eic_tracker.domain.seal import LONGEST_COURSE, LONGEST_NAME, SealedFacts, seal
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.queries.acts import differing_enrolments
from eic_tracker.queries.school import read_checked_where
from eic_tracker.reports.certificate_facts import CertificateFacts
from eic_tracker.reports.template_preflight import BatchItem, symbol_findings
from eic_tracker.services.certificate_texts import ToFreeze, texts_to_freeze
from eic_tracker.services.templates import TemplateInForce, freeze_template, newest_of_version, template_in_force
from eic_tracker.store.transaction import Tx

_SAMPLE_KEY = b"\x01" * 32
"""Signs what is only measured; nobody trusts it."""


class Templates:
    """The templates of one batch, each looked for once."""

    def __init__(self, connection: Connection, language: Language) -> None:
        self._connection = connection
        self._language = language
        self._found: dict[tuple[object, ...], TemplateInForce] = {}
        self._frozen: dict[int, int] = {}
        self._longest: dict[int, BatchItem] = {}

    def of(self, item: ToFreeze) -> TemplateInForce:
        """By which one a prepared certificate would be printed."""
        facts = item.facts
        with_grades = facts.kind is CertificateKind.STATEMENT and facts.grade is not None
        if item.template_version_id is not None:
            return self._chosen(item.template_version_id)
        key = (facts.kind, item.programme_id, item.course_version_id, facts.issued_on, with_grades)
        if key not in self._found:
            self._found[key] = template_in_force(
                self._connection,
                TemplateKind(facts.kind.value),
                self._language,
                facts.issued_on,
                programme_id=item.programme_id,
                course_version_id=item.course_version_id,
                with_grades=with_grades,
            )
        return self._found[key]

    def _chosen(self, version_id: int) -> TemplateInForce:
        """The newest version of the template that was chosen for the batch."""
        key = ("version", version_id)
        if key not in self._found:
            self._found[key] = newest_of_version(self._connection, version_id)
        return self._found[key]

    def frozen(self, tx: Tx, item: ToFreeze, facts: CertificateFacts) -> int:
        """The version that prints these facts from now on; it never changes again."""
        used = self.of(item)
        mark = id(used)
        if mark not in self._frozen:
            self._frozen[mark] = freeze_template(tx, used)
        longest = self._longest.get(mark)
        if longest is None or len(longest.facts.code) < len(facts.code):
            self._longest[mark] = BatchItem(item.id, used.template, facts)
        return self._frozen[mark]

    def refuse_small_symbols(self) -> None:
        """UserError where the longest code of a template does not fit its QR: nothing is approved then."""
        for item in self._longest.values():
            for finding in symbol_findings(item):
                raise UserError(finding.message, **finding.values)


@dataclass(frozen=True, slots=True)
class BatchCertificate:
    """A prepared certificate as it would be printed now, by which template, and whose it is."""

    item: BatchItem
    used: TemplateInForce
    person: tuple[str, int] | None


def require_certificates(user: ActingUser) -> None:
    """Refused for who neither prepares nor approves certificates."""
    if Right.NO is right(user, Action.PREPARE_CERTIFICATES) and Right.NO is right(user, Action.APPROVE_CERTIFICATES):
        raise Refused(N_("“{login}” may not prepare or print certificates; a registrar may."), login=user.login)


def batch_items(
    connection: Connection, certificate_ids: Sequence[int], today: dt.date, t: Translator
) -> list[BatchCertificate]:
    """What these prepared certificates would say, with a code as long as the one that approval will give."""
    templates = Templates(connection, t.language)
    prefix = read_checked_where(connection)
    items = texts_to_freeze(connection, certificate_ids, today, t)
    differing = {
        enrolment
        for offering in {item.offering_id for item in items if item.offering_id is not None}
        for enrolment in differing_enrolments(connection, offering)
    }
    found = []
    for item in items:
        used = templates.of(item)
        facts = replace(item.facts, code=prefix.symbol(_code_like(item)))
        differs = item.enrolment_id in differing
        batch = BatchItem(item.id, used.template, facts, grade_differs=differs, without_document=item.without_document)
        found.append(BatchCertificate(batch, used, item.person))
    return found


def _code_like(item: ToFreeze) -> str:
    """A code as long as the one that approval will give."""
    facts = item.facts
    sealed = SealedFacts(
        "M" * 16,
        item.uid,
        "EIC-0000-000000",
        unicodedata.normalize("NFC", facts.name)[:LONGEST_NAME] or "-",
        unicodedata.normalize("NFC", facts.course_title)[:LONGEST_COURSE] or "-",
        facts.issued_on,
        facts.hours,
        facts.kind,
        2**31,
        facts.demonstration,
    )
    return seal(sealed, _SAMPLE_KEY)
