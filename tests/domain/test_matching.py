"""Tests of the likeness of people: what makes a question, and what stays two people without one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.matching import (
    Commonness,
    Marks,
    Sign,
    commonness,
    likeness,
    name_words,
    phone_digits,
    share_a_word,
)

BORN = dt.date(1990, 3, 5)
NATIONAL = ("national_id", "HND", "0801199012345")
COMMON = Commonness(
    12_000,
    {"jose": 900, "luis": 700, "maria": 900, "hernandez": 800, "perez": 500, "lopez": 500, "carlos": 600, "zapata": 12},
)


def marks(name: str, **others: object) -> Marks:
    """A record of that name."""
    return replace(Marks(name_words(name)), **others)  # type: ignore[arg-type]


def asks(one: Marks, other: Marks) -> bool:
    """Whether the two make a question."""
    return likeness(one, other, COMMON).asks


@pytest.mark.parametrize("name", ["José Hernández", "José Luis Hernández", "José Luis Hernández López"])
def test_two_homonyms_without_a_second_sign_are_two_people(name: str) -> None:
    assert not asks(marks(name), marks(name))
    assert not asks(marks(name, sex=Sex.M), marks(name, sex=Sex.M))


def test_a_common_name_with_the_same_birth_date_is_a_question() -> None:
    one, other = marks("José Hernández", birth_date=BORN), marks("HERNANDEZ JOSE", birth_date=BORN)
    assert asks(one, other)
    assert likeness(one, other, COMMON).signs == (Sign.SAME_NAME, Sign.SAME_BIRTH_DATE)


def test_a_unit_alone_is_too_little_for_two_common_words_and_enough_for_four() -> None:
    unit = frozenset({7})
    assert not asks(marks("José Hernández", units=unit), marks("José Hernández", units=unit))
    name = "José Luis Hernández López"
    assert asks(marks(name, units=unit), marks(name, units=unit))


def test_a_name_that_hardly_anybody_has_is_a_question_by_itself() -> None:
    name = "Ixchel Quetzalí Zapata Urquía"
    assert asks(marks(name), marks(name))
    assert not asks(
        marks(name, documents=frozenset({NATIONAL})),
        marks(name, documents=frozenset({("national_id", "HND", "1501198500077")})),
    )


def test_other_documents_make_homonyms_two_people_and_a_slip_in_one_does_not() -> None:
    name = "José Luis Hernández López"
    one = marks(name, documents=frozenset({NATIONAL}))
    assert not asks(one, marks(name, documents=frozenset({("national_id", "HND", "1501198500077")})))
    slip = marks(name, documents=frozenset({("national_id", "HND", "0801199012354")}))
    assert likeness(one, slip, COMMON).signs == (Sign.SAME_NAME, Sign.SIMILAR_DOCUMENT)
    assert asks(one, slip)


def test_a_passport_beside_a_national_id_says_nothing_against_one_person() -> None:
    one = marks("José Luis Hernández", documents=frozenset({NATIONAL}), birth_date=BORN)
    other = marks("José Luis Hernández", documents=frozenset({("passport", "HND", "E123456")}), birth_date=BORN)
    assert asks(one, other)
    assert Sign.OTHER_DOCUMENT not in likeness(one, other, COMMON).signs


def test_a_slip_in_one_word_and_the_same_birth_date_is_a_question() -> None:
    one, other = marks("José Luis Hernándes", birth_date=BORN), marks("José Luis Hernández", birth_date=BORN)
    assert asks(one, other)
    assert likeness(one, other, COMMON).signs[0] is Sign.SIMILAR_NAME


def test_one_name_less_is_part_of_the_name() -> None:
    found = likeness(marks("José Hernández", birth_date=BORN), marks("José Luis Hernández", birth_date=BORN), COMMON)
    assert found.signs[0] is Sign.PART_OF_NAME
    assert found.asks


def test_brothers_with_the_same_surnames_are_two_people() -> None:
    one = marks("Carlos Hernández López", units=frozenset({7}), sex=Sex.M)
    assert not asks(one, marks("Luis Hernández López", units=frozenset({7}), sex=Sex.M))


def test_another_sex_and_another_birth_date_speak_against() -> None:
    one = marks("José María Hernández López", sex=Sex.M, birth_date=BORN)
    other = marks("José María Hernández López", sex=Sex.F, birth_date=dt.date(1971, 11, 30))
    assert set(likeness(one, other, COMMON).signs) == {Sign.SAME_NAME, Sign.OTHER_BIRTH_DATE, Sign.OTHER_SEX}
    assert not asks(one, other)


def test_day_and_month_the_wrong_way_round_are_a_similar_birth_date() -> None:
    one = marks("José Luis Hernández López", birth_date=dt.date(1990, 3, 5))
    other = marks("José Luis Hernández López", birth_date=dt.date(1990, 5, 3))
    assert Sign.SIMILAR_BIRTH_DATE in likeness(one, other, COMMON).signs
    assert asks(one, other)


@pytest.mark.parametrize(("phone", "digits"), [("+504 9988-7766", "99887766"), ("99887766", "99887766"), ("123", "")])
def test_a_phone_is_compared_without_its_country(phone: str, digits: str) -> None:
    assert phone_digits(phone) == digits


def test_particles_and_accents_do_not_matter_for_names() -> None:
    assert name_words("María de los Ángeles NÚÑEZ") == ("angeles", "maria", "nunez")
    assert name_words("de la") == ("de", "la")
    assert share_a_word(marks("Nuñes"), marks("Núñez"))
    assert not share_a_word(marks("Ana Paz"), marks("Juan Ruiz"))


def test_a_word_is_worth_the_less_the_more_people_carry_it() -> None:
    common = commonness([name_words("José Paz"), name_words("José Ruiz"), name_words("Ana Ruiz Ruiz")])
    assert common.people == 3
    assert common.bearers == {"jose": 2, "paz": 1, "ruiz": 2, "ana": 1}
    assert common.bits("jose") < common.bits("ana") < common.bits("nobody")


NAMES = st.lists(st.sampled_from(sorted(COMMON.bearers)), min_size=1, max_size=5).map(" ".join)


@given(NAMES, NAMES, st.none() | st.dates(), st.none() | st.dates())
def test_likeness_does_not_depend_on_the_order_of_the_two(
    one: str, other: str, born: dt.date | None, other_born: dt.date | None
) -> None:
    here, there = marks(one, birth_date=born), marks(other, birth_date=other_born)
    assert likeness(here, there, COMMON).bits == pytest.approx(likeness(there, here, COMMON).bits)
    assert 0 <= likeness(here, there, COMMON).score <= 99
