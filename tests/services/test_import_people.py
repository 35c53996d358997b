"""Tests of lists that come in: what each row is, what is stored of it, and how it is taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.matching import Sign
from eic_tracker.errors import Refused
from eic_tracker.exchange.rows import PersonRow, Question
from eic_tracker.queries.list_imports import read_rejected
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.history import undo_set
from eic_tracker.services.import_people import ImportDraft, import_list
from eic_tracker.services.list_imports import list_imports
from eic_tracker.services.list_review import Decisions, Outcome
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.tables.reference import Unit
from eic_tracker.store.transaction import Actor, Entry
from tests.services.lists_at_hand import (
    BORN,
    LETTER,
    SIX,
    outcomes,
    person_row,
    read_list,
    review,
    take_in,
)
from tests.services.school import school, user, values


def people(db: Database) -> int:
    """How many people are recorded."""
    return int(str(values(db, "SELECT count(*) FROM participant")[0][0]))


def add_person(db: Database, given: str, surnames: str, **columns: object) -> int:
    """Record somebody before the list comes."""
    from eic_tracker.domain.names import match_key, sort_key

    with db.write(Entry(Actor("test"), "fill", "person")) as tx:
        row = {
            "uid": tx.new_uid(),
            "given_names": given,
            "surnames": surnames,
            "match_key": match_key(given, surnames),
            "sort_key": sort_key(f"{surnames} {given}"),
            "sex": "U",
            "recorded_at": tx.at,
            **columns,
        }
        return tx.insert(Participant, [row])[0]


def test_each_row_is_one_thing_and_the_counts_add_up_to_the_rows(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        found = review(db, read_list(*SIX))
        assert outcomes(found) == ["new", "known", "error", "known", "new", "new"]
        assert found.counts == {"rows": 6, "new": 3, "known": 2, "possible_duplicate": 0, "error": 1}
        assert found.left_out == 1


def test_a_review_changes_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = values(db, "SELECT count(*) FROM change_set")
        review(db, read_list(*SIX))
        assert values(db, "SELECT count(*) FROM change_set") == before


def test_what_has_no_error_is_stored_once_and_the_rejected_row_is_kept_with_its_reason(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = people(db)
        done = take_in(db, read_list(*SIX))
        assert people(db) == before + 3
        assert done.left_out == 1
        assert values(db, "SELECT people, new, known, left_out, kind FROM list_import") == [(6, 3, 2, 1, "people")]
        ((row, why, content, problems),) = values(db, "SELECT row, rejected_as, content, problems FROM rejected_row")
        assert (row, why) == (10, "error")
        assert json.loads(str(content))["family_names"] == "Inventado Tres"
        assert json.loads(str(problems))[0]["code"] == "document_destroyed"


def test_the_same_list_again_adds_nothing_not_even_an_entry(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        take_in(db, read_list(*SIX))
        before = people(db), values(db, "SELECT count(*) FROM change_set")
        again = review(db, read_list(*SIX))
        assert outcomes(again) == ["known", "known", "error", "known", "known", "known"]
        done = import_list(db, user(db, Role.REGISTRAR), ImportDraft(again, LETTER))
        assert done.set_id is None
        assert (people(db), values(db, "SELECT count(*) FROM change_set")) == before


def test_a_row_without_document_in_another_list_is_another_person(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        take_in(db, read_list(person_row(2, "José", "Hernández"), person_row(3, "Ana", "Paz", "0801199500006")))
        other = read_list(person_row(2, "José", "Hernández"), person_row(3, "Eva", "Sol", "0801199500007"))
        assert outcomes(review(db, other)) == ["new", "new"]


def test_an_import_is_undone_as_a_whole(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = people(db)
        done = take_in(db, read_list(*SIX))
        assert done.set_id is not None
        undo_set(db, user(db, Role.REGISTRAR), done.set_id, "wrong list")
        assert people(db) == before
        assert values(db, "SELECT count(*) FROM rejected_row") == [(0,)]
        assert values(db, "SELECT number FROM source_document") == [("Oficio DPI-1234",)]


def test_new_people_are_found_by_the_search_at_once(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        take_in(db, read_list(*SIX))
        found = values(db, "SELECT rowid FROM search_person WHERE search_person MATCH ?", '"inventada" AND "seis"')
        assert len(found) == 1


def test_a_row_that_hangs_on_an_open_question_is_shown_and_not_stored(tmp_path: Path) -> None:
    question = Question("sex", "Sexo", "A name is needed.", ("F", "M"), "M")
    rows = (
        person_row(2, "Juana", "Inventada Uno", "0801199500001", waits_for=("sex",)),
        person_row(3, "Ana", "Inventada Seis", "0801199500006"),
    )
    with school(tmp_path) as db:
        before = people(db)
        found = review(db, read_list(*rows, questions=(question,)))
        assert outcomes(found) == ["new", "new"]
        assert found.left_out == 1
        take_in(db, read_list(*rows, questions=(question,)))
        assert people(db) == before + 1
        assert values(db, "SELECT rejected_as FROM rejected_row") == [("question",)]


def test_what_the_file_says_of_a_known_person_stays_and_the_difference_is_said(tmp_path: Path) -> None:
    row = person_row(2, "MARIA JOSE", "NUÑEZ O HARA LÓPEZ", "0801199000000", sex="M", birth_date=BORN)
    with school(tmp_path) as db:
        found = review(db, read_list(row)).rows[0]
        assert found.outcome is Outcome.KNOWN
        assert [(problem.field, problem.code) for problem in found.problems] == [
            ("given_names", "differs_from_file"),
            ("sex", "differs_from_file"),
            ("birth_date", "added_to_file"),
        ]
        take_in(db, read_list(row))
        stored = "SELECT given_names, sex, birth_date FROM participant WHERE document_number = '0801199000000'"
        assert values(db, stored) == [("María José", "F", "1990-03-05")]


def test_capitals_and_accents_are_no_difference(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        found = review(db, read_list(person_row(2, "MARIA JOSE", "NUNEZ O'HARA", "0801199000000")))
        assert found.rows[0].problems == ()


def test_a_document_under_a_wholly_different_name_waits_for_a_person(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        found = review(db, read_list(person_row(2, "Pedro", "Picapiedra", "0801199000000")))
        assert outcomes(found) == ["possible_duplicate"]
        assert found.rows[0].problems[0].code == "document_of_another"


def test_a_former_document_and_that_of_a_merged_record_name_the_person_who_stands(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        kept = add_person(db, "Rosa Elvira", "Cálix Paz")
        add_person(
            db,
            "Rosa",
            "Cálix Paz",
            merged_into_id=kept,
            document_kind="national_id",
            document_country="HND",
            document_number="0801199500099",
        )
        found = review(db, read_list(person_row(2, "Rosa", "Cálix", "0801199500099")))
        assert outcomes(found) == ["known"]
        assert found.rows[0].known is not None
        assert found.rows[0].known.id == kept


def test_a_similar_name_with_the_same_birth_date_waits_for_a_decision(tmp_path: Path) -> None:
    row = person_row(2, "Lesbia", "Zúniga Cárcamo", birth_date=BORN)
    with school(tmp_path) as db:
        key = add_person(db, "Lesbia Yolany", "Zúñiga Cárcamo", birth_date=BORN)
        found = review(db, read_list(row))
        assert outcomes(found) == ["possible_duplicate"]
        (candidate,) = found.rows[0].candidates
        assert candidate.person.id == key
        assert Sign.SAME_BIRTH_DATE in candidate.likeness.signs
        before = people(db)
        done = take_in(db, read_list(row))
        assert people(db) == before
        assert done.left_out == 1
        assert values(db, "SELECT rejected_as FROM rejected_row") == [("possible_duplicate",)]


def test_a_decision_for_the_known_person_adds_the_document_that_the_file_lacked(tmp_path: Path) -> None:
    read = read_list(person_row(2, "Lesbia Yolany", "Zúñiga Cárcamo", "0801199000777", birth_date=BORN))
    with school(tmp_path) as db:
        key = add_person(db, "Lesbia Yolany", "Zúñiga Cárcamo", birth_date=BORN)
        assert outcomes(review(db, read)) == ["possible_duplicate"]
        before = people(db)
        take_in(db, read, decisions={0: key})
        assert people(db) == before
        assert values(db, "SELECT document_number FROM participant WHERE id = ?", key) == [("0801199000777",)]


def test_a_decision_for_a_new_person_is_remembered(tmp_path: Path) -> None:
    read = read_list(person_row(2, "Lesbia Yolany", "Zúñiga Cárcamo", birth_date=BORN))
    decided: Decisions = {0: None}
    with school(tmp_path) as db:
        key = add_person(db, "Lesbia Yolany", "Zúñiga Cárcamo", birth_date=BORN)
        done = take_in(db, read, decisions=decided)
        assert values(db, "SELECT first_id, second_id FROM different_people") == [(key, done.people[0])]


@pytest.mark.parametrize("name", [("José", "Hernández"), ("José Luis", "Hernández López")])
def test_a_homonym_with_another_document_is_somebody_new_without_a_question(
    tmp_path: Path, name: tuple[str, str]
) -> None:
    with school(tmp_path) as db:
        add_person(
            db, *name, document_kind="national_id", document_country="HND", document_number="0501197000001", sex="M"
        )
        assert outcomes(review(db, read_list(person_row(2, *name, "1801199900009", sex="M")))) == ["new"]


def test_what_changed_meanwhile_is_looked_at_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        seen = review(db, read_list(person_row(2, "Ana", "Inventada Seis", "0801199500006")))
        add_person(
            db,
            "Ana",
            "Inventada Seis",
            document_kind="national_id",
            document_country="HND",
            document_number="0801199500006",
        )
        with pytest.raises(Refused, match="meanwhile"):
            import_list(db, user(db, Role.REGISTRAR), ImportDraft(seen))


def test_what_cannot_be_kept_is_an_error_of_its_row(tmp_path: Path) -> None:
    rows = (person_row(2, "Ana", "Paz", "0801"), person_row(3, "Eva" * 60, "Sol"))
    with school(tmp_path) as db:
        found = review(db, read_list(*rows))
        assert outcomes(found) == ["error", "error"]
        assert [row.problems[-1].field for row in found.rows] == ["document", "given_names"]


def _serving(row: PersonRow, **post: str) -> PersonRow:

    return replace(row, **post)  # type: ignore[arg-type]


def test_with_an_offering_people_are_enrolled_with_the_post_that_the_list_names(tmp_path: Path) -> None:
    rows = (
        _serving(SIX[0], rank="Inspector de Policía", unit="Tránsito", institution="Policía Nacional de Honduras"),
        _serving(SIX[5], rank="Sub Insp. Aux.", unit="Posta de nadie"),
    )
    with school(tmp_path) as db:
        done = take_in(db, read_list(*rows), "001-2019")
        assert len(done.enrolments) == 2
        query = (
            "SELECT r.code, u.code, i.code, e.rank_text, e.unit_text, d.number, e.status FROM enrolment e "
            "LEFT JOIN rank r ON r.id = e.rank_id LEFT JOIN unit u ON u.id = e.unit_id "
            "LEFT JOIN institution i ON i.id = e.institution_id LEFT JOIN source_document d "
            "ON d.id = e.source_document_id WHERE e.id IN (?, ?) ORDER BY e.id"
        )
        assert values(db, query, *done.enrolments) == [
            ("inspector", "DNVT", "HNP", None, None, "Oficio DPI-1234", "enrolled"),
            (None, None, None, "Sub Insp. Aux.", "Posta de nadie", "Oficio DPI-1234", "enrolled"),
        ]


def test_a_list_of_people_comes_back_for_a_roster_and_enrols_the_same_people(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        first = take_in(db, read_list(*SIX))
        before = people(db)
        second = take_in(db, read_list(*SIX), "001-2019")
        assert people(db) == before
        assert {place: key for place, key in second.people.items() if place != 1} == {
            place: key for place, key in first.people.items() if place != 1
        }
        third = take_in(db, read_list(*SIX), "001-2019")
        assert third.set_id is None


def test_a_full_course_needs_somebody_who_authorises(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "fill", "places")) as tx:
            tx.update(Offering, {2: {"capacity": 6}})
        assert values(db, "SELECT code FROM offering WHERE id = 2") == [("001-2019",)]
        read = read_list(SIX[0], SIX[5])
        found = review(db, read, "001-2019")
        assert outcomes(found) == ["new", "error"]
        assert found.rows[1].problems[-1].code == "full"
        done = take_in(db, read, "001-2019")
        assert len(done.enrolments) == 1
        assert values(db, "SELECT rejected_as FROM rejected_row") == [("exception",)]
        allowed = review(db, read, "001-2019", authorised=True)
        assert outcomes(allowed) == ["known", "new"]
        order = AuthorisationDraft("Comisario Inventado", "Director", "Oficio 9")
        import_list(db, user(db, Role.REGISTRAR), ImportDraft(allowed, LETTER, order))
        query = "SELECT a.authorised_by, a.exception FROM enrolment e JOIN authorisation a ON a.id = e.authorisation_id"
        assert values(db, query) == [("Comisario Inventado", "capacity")]


def test_an_ended_alias_or_a_code_of_a_unit_is_known_too(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "fill", "unit")) as tx:
            tx.insert(Unit, [{"code": "UX", "name": "Unidad Equis", "institution_id": 1}])
        for text in ("UX", "unidad  equis"):
            found = review(db, read_list(person_row(2, "Ana", "Paz", unit=text)))
            assert found.rows[0].service.unit_text is None


def test_the_columns_of_a_sender_are_remembered(tmp_path: Path) -> None:
    from eic_tracker.services.known_texts import known_texts

    with school(tmp_path) as db:
        take_in(db, read_list(*SIX))
        acting = user(db, Role.REGISTRAR)
        assert known_texts(db, acting, "dpi").remembered_columns == {
            "no identidad": "document",
            "nombre completo": "full_name",
        }
        assert known_texts(db, acting, "otra").remembered_columns == {}


def test_the_same_document_written_in_two_ways_is_stored_once(tmp_path: Path) -> None:
    rows = [
        person_row(row, "Ana", "Inventada Seis", number, document_type="passport", country="GTM")
        for row, number in ((2, "e123456"), (3, "E123456"))
    ]
    with school(tmp_path) as db:
        before = people(db)
        assert outcomes(review(db, read_list(*rows))) == ["new", "known"]
        take_in(db, read_list(*rows), "001-2019")
        assert people(db) == before + 1


def test_a_person_named_twice_by_two_documents_is_enrolled_once(tmp_path: Path) -> None:
    from eic_tracker.store.tables.people import ParticipantDocument

    passport = {"kind": "passport", "country": "HND", "number": "E700700"}
    with school(tmp_path) as db:
        key = add_person(
            db,
            "Ana",
            "Inventada Seis",
            document_kind="national_id",
            document_country="HND",
            document_number="0801199500006",
        )
        with db.write(Entry(Actor("test"), "fill", "passport")) as tx:
            tx.insert(ParticipantDocument, [{"participant_id": key, **passport}])
        read = read_list(
            person_row(2, "Ana", "Inventada Seis", "0801199500006"),
            person_row(3, "Ana", "Inventada Seis", "E700700", document_type="passport"),
        )
        found = review(db, read, "001-2019")
        assert outcomes(found) == ["known", "known"]
        assert found.rows[1].problems[-1].code == "repeated_in_file"
        assert len(take_in(db, read, "001-2019").enrolments) == 1


def test_a_unit_of_another_institution_keeps_its_row_out_of_the_roster(tmp_path: Path) -> None:
    read = read_list(
        person_row(2, "Ana", "Inventada Seis", "0801199500006", unit="Tránsito", institution="Ministerio Público"),
        person_row(3, "Eva", "Inventada Siete", "0801199500007", unit="Tránsito"),
    )
    with school(tmp_path) as db:
        found = review(db, read, "001-2019")
        assert outcomes(found) == ["error", "new"]
        assert [(problem.field, problem.code) for problem in found.rows[0].problems] == [("unit", "post_not_storable")]
        assert len(take_in(db, read, "001-2019").enrolments) == 1


def test_lists_that_came_in_and_what_stayed_out_of_them_are_shown(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        take_in(db, read_list(*SIX))
        take_in(db, read_list(SIX[0], file="otra.csv"), "001-2019")
        newest, first = list_imports(db, acting)
        assert (newest.file, newest.offering, newest.letter, newest.left_out) == (
            "otra.csv",
            "001-2019",
            "Oficio DPI-1234",
            0,
        )
        assert (first.rows, first.new, first.known, first.left_out) == (6, 3, 2, 1)
        assert [row.id for row in list_imports(db, acting, 2)] == [newest.id]
        with db.read() as connection:
            (line,) = read_rejected(connection, first.id)
        assert (line.row, line.rejected_as, line.content["given_names"]) == (10, "error", "Pedro")
        assert [problem.code for problem in line.problems] == ["document_destroyed"]


WEIRD = (
    "Ana \U0001e900\U0001e922 Paz",
    "Ana\u202ePaz",
    "Ana\u0000Paz",
    "'; DROP TABLE participant; --",
    '"Ana" OR "Paz" *',
)


@pytest.mark.parametrize("name", [*WEIRD, "A" * 500, "Ана Пас", "\ud800", "=1+1", "<b>Ana</b>", "NEAR(ana paz)"])
@pytest.mark.parametrize("document", [None, "0801199500006"])
def test_whatever_a_name_holds_its_row_is_one_of_the_four_and_the_others_are_stored(
    tmp_path: Path, name: str, document: str | None
) -> None:
    rows = (person_row(2, name, "Inventada", document), person_row(3, "Eva", "Inventada Siete", "0801199500007"))
    with school(tmp_path) as db:
        read = read_list(*rows, file="lista\udcf1.xlsx")
        assert sum(review(db, read).counts[each.value] for each in Outcome) == 2
        done = take_in(db, read)
        assert done.set_id is not None
        assert values(db, "SELECT count(*) FROM participant WHERE document_number = '0801199500007'") == [(1,)]
        assert outcomes(review(db, read))[1] == "known"


COMMON = ("José Luis", "Hernández López")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"birth_date": BORN}, {"birth_date": BORN}),
        ({"birth_date": BORN}, {"birth_date": BORN.replace(day=3, month=5)}),
        ({"birth_date": BORN}, {"birth_date": BORN.replace(year=1991)}),
        ({"police_number": "77123"}, {"police_number": "77123"}),
        ({"phone": "+504 9988-7766"}, {"phone": "99887766"}),
        ({"document": "0801199012345"}, {"document": "0801199012354"}),
        ({"document": "0801199012345"}, {"document": "0802199012345"}),
        ({"document": "0801199012345"}, {"document": "0801199102345"}),
    ],
)
@pytest.mark.parametrize("more", [0, 250])
def test_each_second_sign_is_found_among_many_of_the_same_name_in_short_and_in_long_lists(
    tmp_path: Path, known: dict[str, Any], said: dict[str, Any], more: int
) -> None:
    with school(tmp_path) as db:
        for _ in range(40):
            add_person(db, *COMMON)
        columns = dict(known)
        if "document" in columns:
            columns |= {"document_kind": "national_id", "document_country": "HND"}
            columns["document_number"] = columns.pop("document")
        key = add_person(db, *COMMON, **columns)
        others = [person_row(9 + row, "Ana", f"Inventada {row}", f"08011995{row:05}") for row in range(more)]
        document = str(said["document"]) if "document" in said else None
        rest = {name: value for name, value in said.items() if name != "document"}
        row = review(db, read_list(person_row(2, *COMMON, document, **rest), *others)).rows[0]
        assert row.outcome is Outcome.POSSIBLE_DUPLICATE
        assert [candidate.person.id for candidate in row.candidates] == [key]
