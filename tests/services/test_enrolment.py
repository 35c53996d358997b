"""Tests of enrolling people: known and new, with or without a seat, and what must be authorised."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import EnrolmentStatus, Role, Sex
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.enrolling import AuthorisationNeeded
from eic_tracker.domain.offering_rules import OfferingDraft
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.person_rules import NewPerson
from eic_tracker.domain.vetting_rules import Standing
from eic_tracker.errors import Refused
from eic_tracker.queries.enrolling import Service
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.enrolment import (
    Enrolled,
    EnrolmentDraft,
    EnrolmentLine,
    EnrolmentRefused,
    enrol,
    enrolment_concerns,
)
from eic_tracker.services.history import undo_own
from eic_tracker.services.letters import SourceDraft, last_source
from eic_tracker.services.offerings import cancel_offering, save_offering
from eic_tracker.services.profiles import offering_detail
from eic_tracker.services.roster_entry import find_to_enrol, people_to_enrol
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment, Offering
from eic_tracker.store.tables.people import Participant, Vetting, VettingKind, VettingStatus
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school, user, values

LETTER = SourceDraft("DPI-1234", dt.date(2018, 12, 20), "Dirección Policial de Investigaciones")
ORDER = AuthorisationDraft("Comisionado Inventado", "Director", "Oficio EIC-0007-2018")
ANA = NewPerson("Ana", "Paz Rivera", Sex.F, "national_id", "HND", "0801199012345")


def planned(db: Database, **changes: object) -> int:
    """A course given of the next year, empty."""
    draft = OfferingDraft({"course_id": 1, "starts_on": dt.date(2019, 3, 4), "enrolment_open": True, **changes})
    return save_offering(db, user(db, Role.REGISTRAR), draft).id


def put(
    db: Database,
    offering: int,
    *lines: EnrolmentLine | int | NewPerson,
    source: SourceDraft | None = None,
    authorisation: AuthorisationDraft | None = None,
) -> Enrolled:
    """Enrol as the registrar."""
    whole = tuple(line if isinstance(line, EnrolmentLine) else EnrolmentLine(line) for line in lines)
    return enrol(db, user(db, Role.REGISTRAR), EnrolmentDraft(offering, whole, source, authorisation))


def fill(db: Database, **columns: object) -> None:
    """Change the first enrolments of everybody, as if they had come with this post."""
    with db.write(Entry(Actor("test"), "fill", "")) as tx:
        tx.update(Enrolment, dict.fromkeys(range(1, 6), columns))


def answer(db: Database, person: int, status: VettingStatus) -> None:
    """Record an answer on a person."""
    with db.write(Entry(Actor("test"), "fill", "")) as tx:
        row = {"participant_id": person, "kind": VettingKind.LEAHY, "status": status}
        tx.insert(Vetting, [{**row, "answered_on": dt.date(2018, 12, 1)}])


def key_of(db: Database, table: str, code: str) -> int:
    """The key of an item of a list."""
    return int(str(values(db, f"SELECT id FROM {table} WHERE code = ?", code)[0][0]))


def roster(db: Database, offering: int) -> list[tuple[object, ...]]:
    """Who stands how on a roster."""
    query = (
        "SELECT p.given_names, e.status, e.seat FROM enrolment e JOIN participant p ON p.id = e.participant_id "
        "WHERE e.offering_id = ? ORDER BY e.id"
    )
    return values(db, query, offering)


def test_a_known_and_a_new_person_come_on_the_roster_in_one_entry_that_can_be_undone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db)
        done = put(db, offering, 1, ANA, source=LETTER)
        assert roster(db, offering) == [("María José", "enrolled", "seat"), ("Ana", "enrolled", "seat")]
        assert (done.code, done.new_people, done.already, len(done.enrolments)) == ("002-2019", 1, (), 2)
        assert values(db, "SELECT use_case, label FROM change_set WHERE id = ?", done.set_id) == [("enrol", "002-2019")]
        undo_own(db, user(db, Role.REGISTRAR), done.set_id)
        assert roster(db, offering) == []
        assert values(db, "SELECT count(*) FROM participant WHERE given_names = 'Ana'") == [(0,)]


def test_the_document_of_origin_is_filed_once_and_offered_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        offering = planned(db)
        assert last_source(db, registrar) is None
        put(db, offering, 1, source=LETTER)
        put(db, offering, 2, source=SourceDraft("dpi 1234", LETTER.dated, LETTER.sender.upper()))
        assert values(db, "SELECT count(*) FROM source_document WHERE number = 'DPI-1234'") == [(1,)]
        assert values(
            db, "SELECT count(DISTINCT source_document_id) FROM enrolment WHERE offering_id = ?", offering
        ) == [(1,)]
        assert last_source(db, registrar) == LETTER


def test_a_letter_of_tomorrow_or_without_number_and_sender_is_refused(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db)
        for letter in (SourceDraft("7", dt.date(2030, 1, 1)), SourceDraft("", None, " ")):
            with pytest.raises(DraftRefused):
                put(db, offering, 1, source=letter)
        assert roster(db, offering) == []


def test_a_known_person_is_offered_with_their_own_last_post(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        hnp, mp = key_of(db, "institution", "HNP"), key_of(db, "institution", "MP")
        rank = int(str(values(db, "SELECT id FROM rank LIMIT 1")[0][0]))
        fill(db, institution_id=hnp, rank_id=rank)
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(Enrolment, {6: {"institution_id": mp, "rank_text": "Fiscal"}})
        registrar = user(db, Role.REGISTRAR)
        first, second = people_to_enrol(db, registrar, planned(db), [1, 2])
        assert (first.person.service, first.names) == (
            Service(institution_id=mp, rank_text="Fiscal"),
            {"institution_id": "Ministerio Público"},
        )
        assert second.person.service == Service()


def test_a_post_that_was_in_the_offering_itself_is_not_its_own_past(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        fill(db, post="Perito")
        (person,) = people_to_enrol(db, user(db, Role.REGISTRAR), 2, [1])
        assert (person.person.service.post, person.on_roster) == ("Perito", True)


def test_who_has_the_course_already_is_told_with_when_and_where_but_may_come(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db)
        found = people_to_enrol(db, user(db, Role.REGISTRAR), offering, [1, 3, 5])
        assert [[each.code for each in person.concerns] for person in found] == [["has_course"], ["sat_in_course"], []]
        values_ = found[0].concerns[0].values
        assert (values_["code"], values_["date"]) == ("007-2018", dt.date(2018, 11, 30))
        assert put(db, offering, 1).already == ()


def test_the_same_list_again_adds_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db)
        put(db, offering, 1, 2)
        again = put(db, offering, 1, 2, 3)
        assert again.already == (0, 1)
        assert len(roster(db, offering)) == 3
        assert values(db, "SELECT changes FROM change_set WHERE id = ?", again.set_id) == [(1,)]


def test_who_left_or_was_taken_off_can_come_back_in_the_same_row(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(Enrolment, {6: {"status": EnrolmentStatus.NO_SHOW, "ground_id": 1}})
        done = put(db, 2, 1)
        assert done.enrolments == (6,)
        assert values(db, "SELECT status, ground_id FROM enrolment WHERE id = 6") == [("enrolled", None)]


def test_a_record_that_was_merged_is_enrolled_as_the_person_who_stands_for_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(Participant, {2: {"merged_into_id": 1}})
        offering = planned(db)
        put(db, offering, 2)
        assert roster(db, offering) == [("María José", "enrolled", "seat")]


def test_a_full_course_asks_who_authorises_the_next_person_and_an_alternate_asks_nobody(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db, capacity=1)
        with pytest.raises(AuthorisationNeeded) as needed:
            put(db, offering, 1, 2)
        assert [each.value for each in needed.value.exceptions] == ["capacity"]
        assert roster(db, offering) == []
        put(db, offering, 1, EnrolmentLine(2, waits=True))
        assert roster(db, offering)[1] == ("Óscar René", "applied", "alternate")
        done = put(db, offering, 3, authorisation=ORDER)
        found = values(
            db,
            "SELECT z.authorised_by, z.post, z.letter, z.exception FROM enrolment e "
            "JOIN authorisation z ON z.id = e.authorisation_id JOIN change_set s ON s.authorisation_id = z.id "
            "WHERE e.id = ? AND s.id = ?",
            done.enrolments[0],
            done.set_id,
        )
        assert found == [(ORDER.authorised_by, ORDER.post, ORDER.letter, "capacity")]


@pytest.mark.parametrize("field", ["authorised_by", "post", "letter"])
def test_an_authorisation_with_an_empty_part_authorises_nothing(tmp_path: Path, field: str) -> None:
    with school(tmp_path) as db:
        offering = planned(db, enrolment_open=False)
        said = {"authorised_by": "A", "post": "B", "letter": "C", field: " . "}
        with pytest.raises(DraftRefused) as refused:
            put(db, offering, 1, authorisation=AuthorisationDraft(**said))
        assert [problem.field for problem in refused.value.problems] == [field]
        assert roster(db, offering) == []


def test_an_authorisation_is_recorded_only_where_there_is_an_exception(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        put(db, planned(db), 1, authorisation=ORDER)
        assert values(db, "SELECT count(*) FROM authorisation") == [(0,)]


def test_late_and_full_are_one_authorisation_that_names_both(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db, capacity=1, enrolment_open=False)
        put(db, offering, 1, 2, authorisation=ORDER)
        assert values(db, "SELECT exception FROM authorisation") == [("capacity late_enrolment",)]


def test_only_not_apt_is_an_exception_of_verification(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        fill(db, institution_id=key_of(db, "institution", "HNP"))
        answer(db, 2, VettingStatus.NOT_APT)
        answer(db, 3, VettingStatus.APT)
        offering = planned(db, vetting_required=True)
        registrar = user(db, Role.REGISTRAR)
        found = people_to_enrol(db, registrar, offering, [1, 2, 3])
        assert [each.standing for each in found] == [Standing.MISSING, Standing.NOT_APT, Standing.APT]
        put(db, offering, 1, 3)
        with pytest.raises(AuthorisationNeeded) as needed:
            put(db, offering, 2)
        assert [each.value for each in needed.value.exceptions] == ["vetting"]


def test_verification_is_needed_where_course_and_institution_need_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prosecutors, police = key_of(db, "institution", "MP"), key_of(db, "institution", "HNP")
        need, free = planned(db, vetting_required=True), planned(db, vetting_required=False)
        registrar = user(db, Role.REGISTRAR)

        def codes(offering: int, service: Service) -> list[str]:
            draft = EnrolmentDraft(offering, (EnrolmentLine(ANA, service),))
            return [each.code for line in enrolment_concerns(db, registrar, draft) for each in line]

        assert codes(need, Service(institution_id=police)) == ["vetting_missing"]
        assert codes(need, Service(institution_id=prosecutors)) == []
        assert codes(need, Service()) == ["vetting_missing"]
        assert codes(free, Service(institution_id=police)) == []
        unit = int(str(values(db, "SELECT id FROM unit WHERE institution_id = ? LIMIT 1", police)[0][0]))
        assert codes(need, Service(unit_id=unit)) == ["vetting_missing"]


def test_a_unit_brings_its_institution_and_one_of_another_institution_is_refused(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        police, prosecutors = key_of(db, "institution", "HNP"), key_of(db, "institution", "MP")
        unit = int(str(values(db, "SELECT id FROM unit WHERE institution_id = ? LIMIT 1", police)[0][0]))
        offering = planned(db)
        done = put(db, offering, EnrolmentLine(1, Service(unit_id=unit)))
        query = "SELECT unit_id, institution_id FROM enrolment WHERE id = ?"
        assert values(db, query, done.enrolments[0]) == [(unit, police)]
        with pytest.raises(EnrolmentRefused) as refused:
            put(db, offering, 3, EnrolmentLine(2, Service(unit_id=unit, institution_id=prosecutors)))
        assert {place: [each.field for each in found] for place, found in refused.value.lines.items()} == {
            1: ["unit_id"]
        }


def test_whoever_has_the_document_already_is_not_recorded_twice(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db)
        same = NewPerson("María", "Núñez", Sex.F, "national_id", "HND", "0801-1990-00000")
        with pytest.raises(EnrolmentRefused) as refused:
            put(db, offering, ANA, same, ANA)
        assert sorted(refused.value.lines) == [1, 2]
        assert "María José Núñez O'Hara" in str(refused.value)
        assert values(db, "SELECT count(*) FROM participant") == [(5,)]


def test_nobody_comes_into_a_closed_or_cancelled_course(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(Refused, match="closed"):
            put(db, 1, ANA)
        cancel_offering(db, user(db, Role.REGISTRAR), 2, "huelga")
        with pytest.raises(Refused, match="cancelled"):
            put(db, 2, ANA)


def test_a_course_of_the_past_takes_its_roster_without_any_exception(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db, starts_on=dt.date(2014, 3, 3))
        assert put(db, offering, ANA).new_people == 1


def test_seats_of_who_left_are_free_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(Offering, {2: {"capacity": 5}})
            tx.update(Enrolment, {6: {"status": EnrolmentStatus.WITHDREW}})
        assert put(db, 2, ANA).new_people == 1


def test_an_order_about_verification_is_not_told_to_instructors(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = planned(db, vetting_required=True, lead_id=1, capacity=1)
        put(db, offering, 1)
        answer(db, 2, VettingStatus.NOT_APT)
        put(db, offering, 2, authorisation=ORDER)
        instructor = replace(user(db, Role.INSTRUCTOR), instructor_id=1)

        def told(acting: ActingUser) -> list[str]:
            found = offering_detail(db, acting, offering, dt.date(2018, 12, 31)).authorisations
            return [each.exception for each in found]

        assert told(user(db, Role.REGISTRAR)) == ["capacity vetting"]
        assert told(instructor) == ["capacity"]


def test_a_name_or_the_end_of_a_number_finds_people_with_their_past(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, offering = user(db, Role.REGISTRAR), planned(db)

        def found(text: str) -> list[str]:
            return [each.person.given_names for each in find_to_enrol(db, registrar, offering, text)]

        assert found("nunez") == ["María José"]
        assert found("0801199000001") == ["Óscar René"]
        assert found("00002") == ["Dunia"]
        assert found("nadie") == []
