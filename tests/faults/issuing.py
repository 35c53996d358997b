"""Printing a class's certificates under faults: what lies on the disk is whole, and its issue is recorded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from eic_tracker.domain.codes import CertificateStatus, EnrolmentStatus, Role
from eic_tracker.domain.names import match_key, sort_key
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.certificate_facts import facts_of_snapshot
from eic_tracker.reports.certificate_pdf import certificates_pdf
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.issuing import print_certificates
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Actor, Entry
from tests.faults.machine import EVERYTHING
from tests.faults.scenarios import Scenario, acknowledge
from tests.services.school import NOW, PASSPHRASE, school, user, values

T = Translator(Language.ES)
CODE = "007-2018"
PEOPLE = 300 if EVERYTHING else 12


def _prepare(folder: Path) -> None:
    with school(folder) as db:
        with db.write(Entry(Actor("test"), "record_closed_offering", CODE)) as tx:
            names = [("Persona", f"Número {number}") for number in range(PEOPLE - 2)]
            people = tx.insert(
                Participant,
                [
                    {"uid": tx.new_uid(), "given_names": given, "surnames": surnames, "sex": "U",
                     "match_key": match_key(given, surnames), "sort_key": sort_key(f"{surnames} {given}"),
                     "recorded_at": tx.at}
                    for given, surnames in names
                ],
            )  # fmt: skip
            tx.insert(
                Enrolment,
                [
                    {"uid": tx.new_uid(), "offering_id": 1, "participant_id": person,
                     "status": EnrolmentStatus.COMPLETED, "recorded_at": tx.at}
                    for person in people
                ],
            )  # fmt: skip
        prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
        approve_certificates(db, user(db, Role.MANAGER), CODE, t=T, passphrase=PASSPHRASE)


def _issue(folder: Path) -> None:
    with Database(folder / "school.eic", clock=lambda: NOW) as db:
        print_certificates(db, user(db, Role.REGISTRAR), CODE, folder / "out", t=T)
    acknowledge()


@cache
def _paper(snapshot: str) -> bytes:
    """A certificate as it must lie on the disk; each kill leaves papers of the same class."""
    return certificates_pdf([facts_of_snapshot(snapshot)], T)


def _check(folder: Path, acknowledged: int) -> None:
    with Database(folder / "school.eic", clock=lambda: NOW) as db:
        known = values(db, "SELECT number, status, snapshot FROM certificate")
    assert len({status for _, status, _ in known}) == 1, "a class is recorded whole"
    snapshots = {f"{number}.pdf": str(snapshot) for number, _, snapshot in known}
    on_disk = list((folder / "out").glob("[!.]*"))
    assert not on_disk or known[0][1] == CertificateStatus.ISSUED, "a paper that the file knows nothing of"
    for path in on_disk:
        assert path.read_bytes() == _paper(snapshots[path.name]), "half a paper"
    if acknowledged:
        assert {path.name for path in on_disk} == snapshots.keys()


ISSUING = {"issue": Scenario(_prepare, _issue, _check)}
"""Beside the other scenarios, for it is dearer than they are."""
