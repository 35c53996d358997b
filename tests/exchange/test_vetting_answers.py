"""Tests of answers on verification as they are pasted."""

from __future__ import annotations

import datetime as dt

import pytest

from eic_tracker.domain.vetting_rules import VettingAnswer
from eic_tracker.exchange.vetting_answers import pasted_answers

TODAY = dt.date(2018, 12, 31)
DAY, LATER = dt.date(2018, 12, 20), dt.date(2019, 12, 20)


def read(text: str) -> tuple[VettingAnswer, ...]:
    """The answers of a text."""
    return pasted_answers(text, "list", TODAY)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("0801-1990-00000\tApto", VettingAnswer("0801-1990-00000", "Apto")),
        (
            "0801199000000\tNO APTO\t20/12/2018\tINL-2018-44",
            VettingAnswer("0801199000000", "NO APTO", DAY, "INL-2018-44"),
        ),
        (
            "María Núñez O'Hara\t0801199000000\tapproved\t20/12/2018\t20/12/2019\tINL-7",
            VettingAnswer("0801199000000", "approved", DAY, "INL-7", LATER),
        ),
        ("INL-7\t20/12/2018\tcleared\tMaría Núñez", VettingAnswer("María Núñez", "cleared", DAY, "INL-7")),
        ("María Núñez\ten trámite", VettingAnswer("María Núñez", "en trámite")),
        ("María Núñez\tquizás", VettingAnswer("María Núñez", "quizás")),
        ("María Núñez\t0801199000000\tquizás", VettingAnswer("0801199000000", "quizás")),
        ("María Núñez\t0801199000000", VettingAnswer("0801199000000", "María Núñez")),
        ("María Núñez", VettingAnswer("María Núñez", "")),
    ],
)
def test_columns_are_known_by_what_stands_in_them_in_any_order(line: str, answer: VettingAnswer) -> None:
    assert read(line) == (answer,)


def test_a_row_of_titles_and_empty_lines_are_no_answers() -> None:
    text = "Nombre\tDNI\tResultado\n\nMaría Núñez\t0801199000000\tApto\r\n\t\t\n"
    assert read(text) == (VettingAnswer("0801199000000", "Apto"),)


def test_nothing_pasted_is_no_answer() -> None:
    assert read(" \n\t\n") == ()
