"""Tests of folding, ordering and matching of names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.names import fold, match_key, sort_key


def test_names_are_found_without_accents_capitals_hyphens_and_double_spaces() -> None:
    assert fold("  NÚÑEZ-O'Hara  ") == fold("nunez o hara") == "nunez o hara"
    assert fold("Güity") == "guity"


def test_ene_with_tilde_comes_after_every_n() -> None:
    names = ["Oliva", "Ñáñez", "Nunez", "Nuñez", "Núnez"]
    assert sorted(names, key=sort_key) == ["Nunez", "Núnez", "Nuñez", "Ñáñez", "Oliva"]


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_order_of_given_names_and_surnames_does_not_matter_for_matching(one: str, other: str) -> None:
    assert match_key(one, other) == match_key(other, one)
