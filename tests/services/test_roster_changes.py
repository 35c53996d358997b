"""Tests of changes of a roster: a post corrected, a seat given, somebody taken off or replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import EnrolmentStatus, Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.enrolling import AuthorisationNeeded
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.services.certificates import approve_prepared, prepare_certificates
from eic_tracker.services.enrolment import EnrolmentLine
from eic_tracker.services.history import undo_own
from eic_tracker.services.listings import list_keys, list_rows
from eic_tracker.services.roster_changes import (
    PostDraft,
    edit_enrolment,
    edit_enrolments,
    enrolment_post,
    enrolment_posts,
    give_seat,
    reasons_to_take_off,
    replace_enrolment,
    take_off,
)
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.tables.people import VettingStatus
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import PASSPHRASE, school, user, values
from tests.services.test_enrolment import ANA, LETTER, ORDER, answer, key_of, planned, put, roster

RUNNING = 2
"""The open course of the small school; its enrolments are 6 to 10."""


def reason(db: Database, code: str) -> int:
    """The key of a reason."""
    return key_of(db, "ground", code)


def state(db: Database, enrolment: int) -> tuple[object, ...]:
    """How an enrolment stands."""
    query = "SELECT status, seat, ground_id, replaces_enrolment_id FROM enrolment WHERE id = ?"
    return values(db, query, enrolment)[0]


def seats(db: Database, offering: int, number: int | None) -> None:
    """Set the seats of a course."""
    with db.write(Entry(Actor("test"), "fill", "")) as tx:
        tx.update(Offering, {offering: {"capacity": number}})


def test_a_reason_says_what_becomes_of_an_enrolment(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        found = {each.id: each.status for each in reasons_to_take_off(db, registrar)}
        assert set(found.values()) == {"removed", "no_show", "withdrew"}
        assert next(iter(found.values())) == "removed"
        for enrolment, code in ((6, "removed-documents"), (7, "no-show-illness"), (8, "withdrew-hearing")):
            take_off(db, registrar, [enrolment], reason(db, code))
            assert state(db, enrolment)[:3] == (found[reason(db, code)], "seat", reason(db, code))


def test_taking_off_is_one_entry_that_can_be_undone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        done = take_off(db, registrar, [6, 7], reason(db, "removed-cancellation"))
        assert done.code == "001-2019"
        undo_own(db, registrar, done.set_id)
        assert [state(db, key)[0] for key in (6, 7)] == ["enrolled", "enrolled"]


@pytest.mark.parametrize("code", ["absence-illness", "not-completed-grade"])
def test_only_reasons_for_leaving_take_somebody_off(tmp_path: Path, code: str) -> None:
    with school(tmp_path) as db:
        with pytest.raises(UserError, match="reason"):
            take_off(db, user(db, Role.REGISTRAR), [6], reason(db, code))
        assert state(db, 6)[0] == "enrolled"


def test_who_is_off_already_or_sat_in_a_closed_course_is_not_taken_off(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        take_off(db, registrar, [6], reason(db, "removed-documents"))
        with pytest.raises(Refused, match="no longer on the roster"):
            take_off(db, registrar, [6], reason(db, "removed-documents"))
        with pytest.raises(Refused, match="closed"):
            take_off(db, registrar, [1], reason(db, "removed-documents"))


def test_who_holds_a_certificate_with_a_number_stays_on_the_roster(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        prepare_certificates(db, registrar, "007-2018")
        approve_prepared(db, user(db, Role.MANAGER), [1], t=Translator(Language.ES), passphrase=PASSPHRASE)
        ((holder,), (waiting,)) = values(db, "SELECT enrolment_id FROM certificate ORDER BY id")
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(Offering, {1: {"status": "open", "closed_at": None}})
        with pytest.raises(Refused, match="certificate"):
            take_off(db, registrar, [int(str(holder))], reason(db, "removed-documents"))
        take_off(db, registrar, [int(str(waiting))], reason(db, "removed-documents"))


def test_an_alternate_takes_the_seat_of_who_is_replaced(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        seats(db, RUNNING, 5)
        waiting = put(db, RUNNING, EnrolmentLine(ANA, waits=True)).enrolments[0]
        done = replace_enrolment(db, user(db, Role.REGISTRAR), 6, waiting)
        assert done.enrolments == (waiting,)
        assert state(db, waiting) == ("enrolled", "seat", None, 6)
        assert state(db, 6)[0] == "removed"


def test_somebody_new_replaces_another_in_one_entry_with_the_letter(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        seats(db, RUNNING, 5)
        registrar = user(db, Role.REGISTRAR)
        done = replace_enrolment(db, registrar, 6, EnrolmentLine(ANA), LETTER)
        assert state(db, done.enrolments[0]) == ("enrolled", "seat", None, 6)
        assert values(db, "SELECT use_case, label FROM change_set WHERE id = ?", done.set_id) == [
            ("replace_enrolment", "001-2019")
        ]
        undo_own(db, registrar, done.set_id)
        assert state(db, 6)[0] == "enrolled"
        assert values(db, "SELECT count(*) FROM participant") == [(5,)]


def test_nobody_replaces_themselves_or_who_has_no_seat(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        waiting = put(db, RUNNING, EnrolmentLine(ANA, waits=True)).enrolments[0]
        with pytest.raises(Refused, match="already"):
            replace_enrolment(db, registrar, 6, EnrolmentLine(2))
        with pytest.raises(Refused, match="no seat"):
            replace_enrolment(db, registrar, waiting, EnrolmentLine(2))
        assert state(db, 6)[0] == "enrolled"


def test_an_alternate_moves_up_when_a_seat_is_free_and_asks_for_an_order_when_none_is(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        seats(db, RUNNING, 5)
        waiting = put(db, RUNNING, EnrolmentLine(ANA, waits=True)).enrolments[0]
        with pytest.raises(AuthorisationNeeded):
            give_seat(db, registrar, waiting)
        take_off(db, registrar, [6], reason(db, "no-show-illness"))
        give_seat(db, registrar, waiting)
        assert state(db, waiting)[:2] == ("enrolled", "seat")
        with pytest.raises(Refused, match="waits for no seat"):
            give_seat(db, registrar, waiting)


def test_an_answer_that_came_in_while_somebody_waited_counts_when_they_get_a_seat(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db, vetting_required=True)
        waiting = put(db, offering, EnrolmentLine(1, waits=True)).enrolments[0]
        answer(db, 1, VettingStatus.NOT_APT)
        with pytest.raises(AuthorisationNeeded) as needed:
            give_seat(db, user(db, Role.REGISTRAR), waiting)
        assert [each.value for each in needed.value.exceptions] == ["vetting"]
        give_seat(db, user(db, Role.REGISTRAR), waiting, ORDER)
        assert roster(db, offering)[0][1:] == ("enrolled", "seat")


def test_a_post_is_corrected_as_it_was_then_and_the_old_one_stays_in_the_journal(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        police = key_of(db, "institution", "HNP")
        known = enrolment_post(db, registrar, 6)
        done = edit_enrolment(db, registrar, PostDraft(6, {"institution_id": police, "lodging": True}, known))
        assert values(db, "SELECT institution_id, lodging FROM enrolment WHERE id IN (1, 6) ORDER BY id") == [
            (None, None),
            (police, 1),
        ]
        assert values(db, "SELECT count(*) FROM change WHERE change_set_id = ?", done.set_id) == [(1,)]
        with pytest.raises(ChangedMeanwhile) as meanwhile:
            edit_enrolment(db, registrar, PostDraft(6, {"post": "Perito"}, known))
        assert [each.field for each in meanwhile.value.changes] == ["institution_id", "lodging"]


def test_a_post_that_no_list_has_is_refused(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        known = enrolment_post(db, registrar, 6)
        with pytest.raises(DraftRefused) as refused:
            edit_enrolment(db, registrar, PostDraft(6, {"rank_id": 9999, "post": "x" * 200}, known))
        assert [problem.field for problem in refused.value.problems] == ["rank_id", "post"]


def test_what_somebody_did_in_a_closed_course_is_not_changed_here(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        known = enrolment_post(db, registrar, 1)
        with pytest.raises(Refused, match="closed"):
            edit_enrolment(db, registrar, PostDraft(1, {"post": "Perito"}, known))
        assert values(db, "SELECT status FROM enrolment WHERE id = 1") == [(EnrolmentStatus.COMPLETED.value,)]


def test_the_list_for_lodging_is_the_roster_of_those_who_sleep_at_the_school(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        put(db, RUNNING, EnrolmentLine(ANA, lodging=True))
        known = enrolment_post(db, registrar, 6)
        edit_enrolment(db, registrar, PostDraft(6, {"lodging": False}, known))

        def who(answer: str) -> list[str]:
            asked = Request(filters=(("offering", str(RUNNING)), ("lodging", answer)))
            keys = list_keys(db, registrar, "roster", asked)
            return [row.given_names for row in list_rows(db, registrar, "roster", keys).values()]

        assert (who("yes"), who("no")) == (["Ana"], ["María José"])
        assert len(who("unknown")) == 4


def test_a_unit_given_to_several_brings_its_institution_in_one_entry_that_can_be_undone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        ((unit, institution),) = values(
            db, "SELECT id, institution_id FROM unit WHERE id = ?", key_of(db, "unit", "DPI")
        )
        before = enrolment_posts(db, registrar, [6, 7])
        given = {"unit_id": unit, "unit_text": None, "institution_id": None, "institution_text": None}
        done = edit_enrolments(db, registrar, [PostDraft(key, given, before[key]) for key in (6, 7)])
        said = "SELECT unit_id, institution_id FROM enrolment WHERE id IN (6, 7)"
        assert values(db, said) == [(unit, institution)] * 2
        undo_own(db, registrar, done.set_id)
        assert enrolment_posts(db, registrar, [6, 7]) == before


def test_nobody_s_post_is_corrected_where_one_of_them_was_changed_meanwhile(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        before = enrolment_posts(db, registrar, [6, 7])
        edit_enrolment(db, registrar, PostDraft(7, {"post": "Perito"}, before[7]))
        with pytest.raises(ChangedMeanwhile):
            edit_enrolments(db, registrar, [PostDraft(key, {"post": "Jefe"}, before[key]) for key in (6, 7)])
        assert values(db, "SELECT post FROM enrolment WHERE id = 6") == [(before[6]["post"],)]
