"""Tests of the rules of a school's lists: what a draft lacks, the codes made from names, what became what."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.list_rules import item_problems, leads_round, make_code, tidied
from eic_tracker.domain.names import fold
from eic_tracker.domain.school_lists import LISTS, FieldKind, ListKind

UNIT = LISTS[ListKind.UNIT]


def problems(kind: ListKind, **values: object) -> dict[str, str]:
    """The messages by field."""
    spec = LISTS[kind]
    return {problem.field: problem.message for problem in item_problems(spec, tidied(spec, values))}


def test_all_that_is_missing_is_told_at_once() -> None:
    assert set(problems(ListKind.INSTITUTION)) == {"name", "country", "kind"}
    assert set(problems(ListKind.RANK, name="  ")) == {"name", "position"}


def test_a_unit_cannot_end_before_it_begins_but_on_its_first_day() -> None:
    day = dt.date(2015, 9, 1)
    wrong = problems(
        ListKind.UNIT, name="Unidad", institution_id=1, valid_from=day, valid_to=day - dt.timedelta(days=1)
    )
    assert set(wrong) == {"valid_to"}
    assert problems(ListKind.UNIT, name="Unidad", institution_id=1, valid_from=day, valid_to=day) == {}


@pytest.mark.parametrize("code", ["1", "123", "A1", "０１", "-1"])
def test_a_department_has_a_code_of_two_digits(code: str) -> None:
    assert set(problems(ListKind.DEPARTMENT, name="Comayagua", code=code)) == {"code"}
    assert problems(ListKind.DEPARTMENT, name="Comayagua", code="03") == {}


@pytest.mark.parametrize("text", ["—", "...", "a\x00b", "x" * 121, "\ud800"])
def test_a_name_that_cannot_be_read_printed_or_kept_is_refused(text: str) -> None:
    assert "name" in problems(ListKind.FORCE, name=text, country="HND")


@pytest.mark.parametrize("day", ["2015-01-01", 5, dt.date(215, 1, 1), dt.datetime(2015, 1, 1, tzinfo=dt.UTC)])
def test_a_day_is_a_day_of_our_times(day: object) -> None:
    assert set(problems(ListKind.FORCE, name="Fuerza", country="HND", valid_to=day)) == {"valid_to"}


def test_spellings_are_kept_once_without_stray_blanks() -> None:
    kept = tidied(UNIT, {"name": " DPI  SPS ", "aliases": ["DPI  SPS", "dpi sps", " ", "D.P.I."]})
    assert kept["name"] == "DPI SPS"
    assert kept["aliases"] == ("D.P.I.", "DPI SPS")


@given(st.dictionaries(st.sampled_from([field.name for field in UNIT.fields]), st.from_type(object) | st.text()))
def test_no_value_of_any_type_breaks_the_check(values: dict[str, object]) -> None:
    kept = tidied(UNIT, values)
    assert tidied(UNIT, kept) == kept
    assert {problem.field for problem in item_problems(UNIT, kept)} <= kept.keys()


@given(st.lists(st.text(max_size=80), max_size=12), st.booleans())
def test_codes_made_from_names_differ_and_read_as_codes(names: list[str], small: bool) -> None:
    taken: set[str] = set()
    for name in names:
        code = make_code(name, taken, small=small)
        assert fold(code) not in taken
        assert code.isascii()
        assert " " not in code
        assert code == (code.lower() if small else code.upper())
        assert 1 <= len(code) <= 44
        taken.add(fold(code))


def test_a_code_is_made_of_whole_words() -> None:
    assert make_code("Policía de Fronteras", set()) == "POLICIA-DE-FRONTERAS"
    assert make_code("Policía de Fronteras", {"policia de fronteras"}) == "POLICIA-DE-FRONTERAS-2"
    assert make_code("Núñez", set(), small=True) == "nunez"
    long = make_code("Dirección Policial Anti Maras y Pandillas Contra el Crimen Organizado", set())
    assert long == "DIRECCION-POLICIAL-ANTI-MARAS-Y"


def test_what_became_another_thing_never_becomes_itself() -> None:
    assert leads_round(1, 1, {})
    assert leads_round(1, 2, {2: 3, 3: 1})
    assert not leads_round(1, 2, {2: 3})
    assert not leads_round(1, 2, {2: 3, 3: 2}), "a ring that it does not belong to ends the search"
    assert not leads_round(1, None, {1: 2})


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 8)), st.integers(0, 8), st.integers(0, 8))
def test_following_successors_agrees_with_walking_them(chain: dict[int, int], item: int, successor: int) -> None:
    walked: list[int] = []
    here: int | None = successor
    while here is not None and len(walked) < 20:
        walked.append(here)
        here = chain.get(here)
    assert leads_round(item, successor, chain) is (item in walked)


def test_every_list_has_a_name_first_and_words_for_every_choice() -> None:
    for spec in LISTS.values():
        assert spec.fields[0].name == "name"
        assert spec.fields[0].required
        for field in spec.fields:
            assert field.label
            assert bool(field.choices) is (field.kind is FieldKind.CHOICE)
            assert (field.refers_to is not None) is (field.kind is FieldKind.REFERENCE)
