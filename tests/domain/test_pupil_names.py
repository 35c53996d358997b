"""Names of pupils as somebody pastes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.pupil_names import pupil_names

PASTED = """No.\tApellidos
1. María José Núñez Íñiguez

2) Pérez  Gómez;Wendy Marisol
3\tDE LA O\tJuan
"Ana Ruiz"
"""


def test_a_name_stands_on_each_line_without_its_number_quotes_and_double_spaces() -> None:
    assert pupil_names(PASTED)[1:] == (
        "María José Núñez Íñiguez",
        "Pérez Gómez Wendy Marisol",
        "DE LA O Juan",
        "Ana Ruiz",
    )
    assert pupil_names(" \n\t\n;;\n12\n") == ()


@given(st.lists(st.text("aeñÑáÍüZ'’-ßø", min_size=1, max_size=12), min_size=1, max_size=6))
def test_words_of_a_name_are_never_changed(words: list[str]) -> None:
    assert pupil_names(" ".join(words)) == (" ".join(words),)
