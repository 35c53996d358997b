"""Tests of the list of likely duplicates: who is on it, in which order, and who never is again."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.matching import Sign
from eic_tracker.errors import UserError
from eic_tracker.services.duplicates import duplicates_of, find_duplicates, open_pairs
from eic_tracker.services.merging import MergeDraft, merge_people, tell_apart
from eic_tracker.store.database import Database
from tests.services.lists_at_hand import BORN
from tests.services.school import school, user
from tests.services.test_import_people import add_person


def national(number: str) -> dict[str, str]:
    """A Honduran identity number."""
    return {"document_kind": "national_id", "document_country": "HND", "document_number": number}


def pairs(db: Database) -> list[tuple[int, int]]:
    """The pairs on the list."""
    found = find_duplicates(db, user(db, Role.REGISTRAR))
    return [(pair.first.id, pair.second.id) for pair in found.pairs]


def test_a_small_file_of_different_people_has_no_likely_duplicates(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        add_person(db, "José", "Hernández")
        add_person(db, "José", "Hernández")
        assert pairs(db) == []


def test_the_likeliest_pair_comes_first_with_what_speaks_for_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        one = add_person(db, "Lesbia Yolany", "Zúñiga Cárcamo", birth_date=BORN)
        other = add_person(db, "Lesbia", "Zúniga Cárcamo", birth_date=BORN)
        slip = add_person(db, "Rigoberto Elías", "Paz Barahona", **national("0801198800123"))
        same = add_person(db, "Rigoberto Elías", "Paz Barahona", **national("0801198800132"), birth_date=BORN)
        found = find_duplicates(db, user(db, Role.REGISTRAR))
        assert found.total == 2
        assert {(pair.first.id, pair.second.id) for pair in found.pairs} == {(one, other), (slip, same)}
        scores = [pair.likeness.score for pair in found.pairs]
        assert scores == sorted(scores, reverse=True)
        said = {(pair.first.id): set(pair.likeness.signs) for pair in found.pairs}
        assert said[one] == {Sign.PART_OF_NAME, Sign.SAME_BIRTH_DATE}
        assert said[slip] == {Sign.SAME_NAME, Sign.SIMILAR_DOCUMENT}


def test_the_same_police_number_phone_or_number_of_another_kind_brings_two_together(tmp_path: Path) -> None:
    passport = {"document_kind": "passport", "document_country": "HND", "document_number": "0801199000777"}
    with school(tmp_path) as db:
        police = [add_person(db, given, "Cárcamo Oyuela", police_number="77123") for given in ("Delmis", "Delmy")]
        phone = [add_person(db, "Gladis Onelia", "Pavón Murcia", phone=said) for said in ("+504 98989898", "98989898")]
        number = [
            add_person(db, "Norma Idalia", "Banegas Sorto", **document)
            for document in (passport, national("0801199000777"))
        ]
        assert sorted(pairs(db)) == [tuple(police), tuple(phone), tuple(number)]


def test_a_slip_anywhere_in_a_number_brings_two_of_one_name_together(tmp_path: Path) -> None:
    number = "0801198745236"
    slips = [f"{number[:place]}{(int(number[place]) + 1) % 10}{number[place + 1 :]}" for place in range(13)]
    slips += [f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}" for place in range(2, 12)]
    slips += [f"{number[:place]}{number[place + 1 :]}" for place in range(2, 13)]
    with school(tmp_path) as db:
        right = add_person(db, "Yolani", "Cárcamo Banegas", **national(number))
        wrong = [add_person(db, "Yolani", "Cárcamo Banegas", **national(slip)) for slip in sorted({*slips} - {number})]
        found = {pair for pair in pairs(db) if right in pair}
    assert found == {(right, each) for each in wrong}


def test_who_was_told_apart_or_merged_is_not_on_the_list_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        keys = [add_person(db, "Lesbia Yolany", "Zúñiga Cárcamo", birth_date=BORN) for _ in range(3)]
        assert len(pairs(db)) == 3
        tell_apart(db, acting, keys[0], keys[1])
        assert sorted(pairs(db)) == [(keys[0], keys[2]), (keys[1], keys[2])]
        merge_people(db, acting, MergeDraft(keys[1], keys[2], frozenset()))
        assert pairs(db) == []


def test_the_search_stops_when_it_is_told_to(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        for _ in range(100):
            add_person(db, "Lesbia Yolany", "Zúñiga Cárcamo", phone="98989898")
        whole = find_duplicates(db, user(db, Role.REGISTRAR), 5)
        assert whole.total == 0


def test_of_one_person_those_are_shown_who_may_be_the_same_and_were_not_told_apart(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        one = add_person(db, "Lesbia Yolany", "Zúñiga Cárcamo", birth_date=BORN)
        other = add_person(db, "Lesbia", "Zúniga Cárcamo", birth_date=BORN)
        third = add_person(db, "Lesbia Yolany", "Zúñiga Cárcamo", birth_date=BORN)
        add_person(db, "Pedro", "Zúñiga Cárcamo")
        found = duplicates_of(db, acting, one)
        assert [(pair.first.id, pair.second.id) for pair in found] == [(one, third), (one, other)]
        tell_apart(db, acting, third, one)
        assert [pair.second.id for pair in duplicates_of(db, acting, one)] == [other]
        assert open_pairs(db, acting, [(one, third), (third, one), (other, one)]) == {(other, one)}
        merge_people(db, acting, MergeDraft(one, other, frozenset()))
        assert duplicates_of(db, acting, other) == ()
        assert open_pairs(db, acting, [(other, one)]) == frozenset()
        with pytest.raises(UserError, match="no person 999"):
            duplicates_of(db, acting, 999)
