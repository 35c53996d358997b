"""Audit samples: the draw can be repeated by anybody, the order of the rows does not matter, the rate is told."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.sampling import Outcome, drawn, population_digest, tally

ROWS = st.lists(st.uuids().map(lambda each: each.hex), unique=True, max_size=40)


@given(ROWS, st.integers(1, 12), st.text(max_size=12), st.randoms())
def test_a_draw_depends_on_the_rows_and_the_seed_and_on_nothing_else(
    rows: list[str], size: int, seed: str, chance: object
) -> None:
    found = drawn(rows, size, seed)
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert drawn(mixed, size, seed) == found
    assert len(set(found)) == len(found) == min(size, len(rows))
    assert set(found) <= set(rows)
    assert population_digest(mixed) == population_digest(rows)


@given(ROWS, st.integers(1, 12), st.text(max_size=12))
def test_a_larger_draw_with_the_same_seed_begins_with_the_smaller_one(rows: list[str], size: int, seed: str) -> None:
    assert drawn(rows, size + 3, seed)[:size] == drawn(rows, size, seed)


def test_the_draw_is_the_one_that_its_words_describe() -> None:
    rows = ["aa", "bb", "cc", "dd"]
    by_hand = {row: hashlib.sha256(f"6 3 1:{row}".encode()).hexdigest() for row in rows}
    assert list(drawn(rows, 2, "6 3 1")) == sorted(rows, key=by_hand.__getitem__)[:2]
    assert drawn(rows, 4, "6 3 1") != drawn(rows, 4, "6 3 2")


def test_the_error_rate_is_what_is_not_wholly_supported_of_what_was_checked() -> None:
    found = tally([Outcome.SUPPORTED, Outcome.PARTLY, Outcome.UNSUPPORTED, Outcome.SUPPORTED, None])
    assert (found.supported, found.partly, found.unsupported, found.waiting) == (2, 1, 1, 1)
    assert found.error_rate == 0.5
    assert tally([None]).error_rate is None
