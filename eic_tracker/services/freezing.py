"""Numbers, register, seal: what approval gives a certificate, all in one write, never half of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.domain.numbering import certificate_number, series_prefix
from eic_tracker.domain.paper_codes import text_digest
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.seal import LONGEST_COURSE, LONGEST_NAME, SealedFacts, seal, telephone_code
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Language
from eic_tracker.queries.school import CheckedWhere, read_checked_where
from eic_tracker.reports.certificate_facts import CertificateFacts, snapshot_text
from eic_tracker.reports.certificate_pdf import check_letters
from eic_tracker.services.batch_templates import Templates
from eic_tracker.services.certificate_texts import ToFreeze
from eic_tracker.services.register_entries import Place, register_entries
from eic_tracker.services.signing_keys import OpenSignature, signing_key_of
from eic_tracker.store.tables.certificates import Certificate, CertificateSeries
from eic_tracker.store.transaction import Tx


def freeze(
    tx: Tx, approver: ActingUser, signature: OpenSignature, items: Sequence[ToFreeze], language: Language
) -> tuple[str, ...]:
    """Give each a number, a place in the register and the school's signature, in this order; the numbers.

    Each keeps the version of the template by which it is printed, where the program's own serves in that language.
    Refused where the signature does not sign that day; UserError where a text cannot be printed or signed."""
    for item in items:
        _check_signable(item.facts, signature)
    key = signing_key_of(tx, approver, signature)
    where = read_checked_where(tx.connection)
    numbered = _numbered(tx, items)
    check_letters([facts for _, _, facts in numbered])
    places = register_entries(tx, [item.id for item in items])
    templates = Templates(tx.connection, language)
    changes: dict[int, Mapping[str, object]] = {}
    for item, (series, serial, facts) in zip(items, numbered, strict=True):
        code = seal(_sealed(item, facts, where, tx.set_id), signature.private)
        frozen = _frozen(facts, places[item.id], where, code, tx)
        snapshot = snapshot_text(frozen)
        changes[item.id] = {
            "status": CertificateStatus.APPROVED,
            "number": facts.number,
            "certificate_series_id": series,
            "serial": serial,
            "dated": facts.issued_on,
            "snapshot": snapshot,
            "snapshot_digest": text_digest(snapshot),
            "approved_by_id": approver.id,
            "code": code,
            "telephone_code": telephone_code(code),
            "signing_key_id": key,
            "template_version_id": templates.frozen(tx, item, frozen),
        }
    templates.refuse_small_symbols()
    tx.update(Certificate, changes)
    return tuple(facts.number for _, _, facts in numbered)


def _check_signable(facts: CertificateFacts, signature: OpenSignature) -> None:
    if facts.issued_on < signature.valid_from:
        raise Refused(
            N_(
                "The signature of “{login}” signs certificates dated from {first} on, and these are dated {day}. Date "
                "them to the ceremony, or let somebody sign whose signature reaches back."
            ),
            login=signature.login,
            first=signature.valid_from,
            day=facts.issued_on,
        )
    if not 0 < len(_plain(facts.name)) <= LONGEST_NAME:
        raise UserError(
            N_("The name “{name}” has {length} letters; a certificate bears at most {most}. Write it shorter."),
            name=facts.name,
            length=len(_plain(facts.name)),
            most=LONGEST_NAME,
        )


def _numbered(tx: Tx, items: Sequence[ToFreeze]) -> list[tuple[int, int, CertificateFacts]]:
    """Key of the series, number within it and the facts with the number as printed, for each."""
    wanted: dict[tuple[str, int], int] = {}
    for item in items:
        series = _series_of(item)
        wanted[series] = wanted.get(series, 0) + 1
    taken = {series: _take(tx, *series, count) for series, count in wanted.items()}
    found = []
    for item in items:
        prefix, year = _series_of(item)
        key, serial = taken[prefix, year]
        taken[prefix, year] = key, serial + 1
        found.append((key, serial, replace(item.facts, number=certificate_number(prefix, year, serial))))
    return found


def _series_of(item: ToFreeze) -> tuple[str, int]:
    return series_prefix(item.facts.kind, item.programme), item.facts.issued_on.year


def _take(tx: Tx, prefix: str, year: int, count: int) -> tuple[int, int]:
    """The series' key and the first of `count` new numbers, which are taken."""
    row = tx.connection.exec_driver_sql(
        "SELECT id, first_number, last_number FROM certificate_series WHERE prefix = ? AND year = ?", (prefix, year)
    ).first()
    if row is None:
        return tx.insert(CertificateSeries, [{"prefix": prefix, "year": year, "last_number": count}])[0], 1
    first = max(row.last_number + 1, row.first_number)
    tx.update(CertificateSeries, {row.id: {"last_number": first + count - 1}})
    return row.id, first


def _sealed(item: ToFreeze, facts: CertificateFacts, where: CheckedWhere, log_number: int) -> SealedFacts:
    course = _plain(facts.course_title)
    if len(course) > LONGEST_COURSE:
        course = f"{course[: LONGEST_COURSE - 1]}…"
    return SealedFacts(
        issuer=where.issuer,
        uid=item.uid,
        number=facts.number,
        name=_plain(facts.name),
        course=course,
        dated=facts.issued_on,
        hours=facts.hours,
        kind=facts.kind,
        log_number=log_number,
        demonstration=facts.demonstration,
    )


def _frozen(facts: CertificateFacts, place: Place, where: CheckedWhere, code: str, tx: Tx) -> CertificateFacts:
    return replace(
        facts,
        book=place.book,
        folio=str(place.folio),
        entry=str(place.entry),
        registered_on=local_date(tx.at),
        code=where.symbol(code),
        telephone_code=telephone_code(code),
        address=where.printed,
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)
