"""A small school whose register book holds five certificates, two to a folio."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from eic_tracker.domain.codes import AnnulmentGround, CertificateKind, CertificateStatus, Role
from eic_tracker.domain.paper_codes import canonical_text
from eic_tracker.services.register_entries import ENTRIES_SETTING, register_entries
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import (
    Certificate,
    CertificateSeries,
    Delivery,
    RegisterBook,
    Revocation,
)
from eic_tracker.store.tables.reference import Setting
from eic_tracker.store.transaction import Actor, Entry, Tx
from tests.services.school import NOW, school, user

DATED = dt.date(2018, 11, 30)
NAMES = (
    "María José <b>Núñez</b> & O'Hara",
    "Óscar René Bográn Güity",
    "Dunia de la O",
    "Wilmer Zúñiga",
    "Suyapa Cálix",
)


def registered(folder: Path, entries: int = 5) -> Database:
    """The school's file, open, with so many certificates in book 1."""
    db = school(folder)
    fill_register(db, entries)
    return db


def fill_register(db: Database, entries: int = 5) -> None:
    """Enter so many certificates in a new book, two to a folio."""
    with db.write(Entry(Actor("test"), "approve_certificates", "test")) as tx:
        (series,) = tx.insert(CertificateSeries, [{"prefix": "EIC", "year": 2018, "last_number": entries}])
        people = (user(db, Role.REGISTRAR).id, user(db, Role.MANAGER).id)
        keys = [_certificate(tx, series, place, people) for place in range(entries)]
        tx.insert(Setting, [{"name": ENTRIES_SETTING, "value": "2"}])
        for (book,) in tx.connection.exec_driver_sql("SELECT id FROM register_book WHERE closed_on IS NULL").all():
            tx.update(RegisterBook, {book: {"closed_on": DATED}})
        register_entries(tx, keys)


def _certificate(tx: Tx, series: int, place: int, people: tuple[int, int]) -> int:
    said = {
        "name": NAMES[place],
        "rank": "Agente",
        "course_title": "Fotografía forense",
        "offering_code": "007-2018",
        "hours": 40,
        "document": f"0801-1990-{place:05}",
    }
    row = {
        "uid": tx.new_uid(),
        "number": f"EIC-2018-{place + 1:06}",
        "certificate_series_id": series,
        "serial": place + 1,
        "kind": CertificateKind.DIPLOMA,
        "status": CertificateStatus.APPROVED,
        "dated": DATED,
        "snapshot": canonical_text(said),
        "prepared_by_id": people[0],
        "approved_by_id": people[1],
    }
    return tx.insert(Certificate, [row])[0]


def annul(db: Database, certificate: int, reason: str) -> None:
    """Annul a certificate."""
    with db.write(Entry(Actor("test"), "revoke_certificate", "test")) as tx:
        tx.update(Certificate, {certificate: {"status": CertificateStatus.ANNULLED}})
        row = {"certificate_id": certificate, "ground": AnnulmentGround.ERROR, "reason": reason}
        tx.insert(Revocation, [row | {"revoked_on": NOW.date()}])


def deliver(db: Database, certificate: int) -> None:
    """Hand a certificate over."""
    with db.write(Entry(Actor("test"), "deliver_certificates", "test")) as tx:
        row = {"certificate_id": certificate, "delivered_on": NOW.date(), "received_by": "su hermana"}
        tx.insert(Delivery, [row])
