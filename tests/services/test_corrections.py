"""Tests of corrections of closed offerings and of what follows from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import EnrolmentStatus, Measure, Role, Seat
from eic_tracker.domain.counting import figure
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.facts import read_facts
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.corrections import Correction, correct_enrolment
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import NOW, PASSPHRASE, school, user, values

T = Translator(Language.EN)


def correction(enrolment: int, status: EnrolmentStatus = EnrolmentStatus.REMOVED, **changes: str) -> Correction:
    """A correction that is in order unless a change says otherwise."""
    words = {"reason": "entered twice", "authorised_by": "Director, oficio 12"} | changes
    return Correction(enrolment, status, **words)


def completed(db: Database) -> list[int]:
    """The enrolments with a completion."""
    return [int(str(row[0])) for row in values(db, "SELECT id FROM enrolment WHERE status = 'completed' ORDER BY id")]


def completions(db: Database) -> int:
    """The completions counted at the end of 2018."""
    with db.read() as connection:
        return figure(read_facts(connection, "EIC"), Measure.COMPLETIONS, as_of=NOW.date())


def test_one_completion_less_is_one_completion_less_in_the_count(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = completions(db)
        done = correct_enrolment(db, user(db, Role.MANAGER), correction(completed(db)[0]))
        assert completions(db) == before - 1
    assert (done.offering, done.old_status, done.new_status) == ("007-2018", "completed", "removed")


def test_reason_and_authority_stand_in_the_journal(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        done = correct_enrolment(db, user(db, Role.MANAGER), correction(completed(db)[0]))
        query = (
            "SELECT s.actor, s.reason, a.authorised_by FROM change_set s "
            "JOIN authorisation a ON a.id = s.authorisation_id WHERE s.id = ?"
        )
        assert values(db, query, done.set_id) == [("manager", "entered twice", "Director, oficio 12")]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_a_manager_corrects(tmp_path: Path, role: Role) -> None:
    with school(tmp_path) as db:
        entries = values(db, "SELECT count(*) FROM change_set")
        with pytest.raises(Refused):
            correct_enrolment(db, user(db, role), correction(completed(db)[0]))
        assert values(db, "SELECT count(*) FROM change_set") == entries


@pytest.mark.parametrize(("reason", "authorised_by"), [("  ", "oficio 12"), ("acta 4", "  ")])
def test_a_correction_without_reason_or_authority_changes_nothing(
    tmp_path: Path, reason: str, authorised_by: str
) -> None:
    with school(tmp_path) as db:
        before = completions(db)
        asked = correction(completed(db)[0], reason=reason, authorised_by=authorised_by)
        with pytest.raises(UserError):
            correct_enrolment(db, user(db, Role.MANAGER), asked)
        assert completions(db) == before


def test_an_open_offering_needs_no_correction(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        (enrolled,) = values(db, "SELECT min(id) FROM enrolment WHERE status = 'enrolled'")[0]
        with pytest.raises(Refused, match="not closed"):
            correct_enrolment(db, user(db, Role.MANAGER), correction(int(str(enrolled))))


def test_the_same_status_again_and_an_unknown_enrolment_are_told(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        with pytest.raises(Refused, match="already"):
            correct_enrolment(db, manager, correction(completed(db)[0], EnrolmentStatus.COMPLETED))
        with pytest.raises(UserError, match="no enrolment 999999"):
            correct_enrolment(db, manager, correction(999_999))


def test_the_certificate_that_stands_on_it_is_annulled_in_the_same_set(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=T, passphrase=PASSPHRASE)
        enrolment = completed(db)[0]
        (number,) = values(db, "SELECT number FROM certificate WHERE enrolment_id = ?", enrolment)[0]
        done = correct_enrolment(db, user(db, Role.MANAGER), correction(enrolment))
        assert done.certificates_annulled == (number,)
        assert values(db, "SELECT status FROM certificate WHERE enrolment_id = ?", enrolment) == [("annulled",)]
        tables = values(db, "SELECT table_name FROM change WHERE change_set_id = ?", done.set_id)
        assert {name for (name,) in tables} == {"authorisation", "enrolment", "certificate", "revocation"}


def test_a_figure_of_a_closed_quarter_that_changed_is_a_restatement(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "close_quarter", "2018Q4")) as tx:
            tx.insert(
                ClosedQuarter, [{"period": "2018Q4", "closed_at": tx.at}, {"period": "2018Q3", "closed_at": tx.at}]
            )
        done = correct_enrolment(db, user(db, Role.MANAGER), correction(completed(db)[0], EnrolmentStatus.WITHDREW))
        assert done.quarters_restated == ("2018Q4",)
        rows = values(db, "SELECT measure, old_value, new_value, reason FROM restatement ORDER BY measure")
        assert rows == [("completions", 2, 1, "entered twice"), ("persons", 2, 1, "entered twice")]


def test_a_certificate_that_is_only_prepared_is_annulled_too(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        enrolment = completed(db)[0]
        done = correct_enrolment(db, user(db, Role.MANAGER), correction(enrolment))
        assert done.certificates_annulled == ()
        assert values(db, "SELECT status FROM certificate WHERE enrolment_id = ?", enrolment) == [("annulled",)]


def test_an_alternate_without_a_seat_gets_no_result(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        (enrolment,) = values(db, "SELECT min(id) FROM enrolment WHERE status = 'no_show'")[0]
        with db.write(Entry(Actor("test"), "enrol", "alternate")) as tx:
            tx.update(Enrolment, {int(str(enrolment)): {"seat": Seat.ALTERNATE}})
        with pytest.raises(Refused, match="alternate without a seat"):
            correct_enrolment(db, user(db, Role.MANAGER), correction(int(str(enrolment)), EnrolmentStatus.COMPLETED))


def test_the_ground_of_the_old_status_goes_with_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        (enrolment,) = values(db, "SELECT min(id) FROM enrolment WHERE status = 'withdrew'")[0]
        (ground,) = values(db, "SELECT min(id) FROM ground")[0]
        with db.write(Entry(Actor("test"), "enrol", "ground")) as tx:
            tx.update(Enrolment, {int(str(enrolment)): {"ground_id": ground}})
        correct_enrolment(db, user(db, Role.MANAGER), correction(int(str(enrolment)), EnrolmentStatus.NOT_COMPLETED))
        assert values(db, "SELECT ground_id FROM enrolment WHERE id = ?", enrolment) == [(None,)]
