"""Tests of who stands for whom after merges."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.queries.facts import survivor

RECORDS = st.integers(min_value=1, max_value=8)


@given(merged=st.dictionaries(RECORDS, RECORDS))
def test_everybody_has_one_survivor_even_where_records_were_merged_in_a_circle(merged: dict[int, int]) -> None:
    for person in range(1, 9):
        stands = survivor(person, merged)
        assert survivor(stands, merged) == stands
        assert survivor(merged.get(person, person), merged) == stands


@given(chain=st.lists(st.integers(min_value=1), unique=True, min_size=1))
def test_the_end_of_a_chain_of_merges_stands(chain: list[int]) -> None:
    merged = dict(itertools.pairwise(chain))
    assert {survivor(person, merged) for person in chain} == {chain[-1]}
