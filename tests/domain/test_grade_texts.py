"""Tests of grades and attendance as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.grade_texts import (
    GradeWord,
    Misread,
    Written,
    is_no_show,
    is_withdrawal,
    written_grade,
    written_percent,
)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("71,5", "71.5"),
        ("71.5", "71.5"),
        (" 100 ", "100"),
        (55, "55"),
        (0, "0"),
        ("0", "0"),
        (71.5, "71.5"),
        (69.99999999999999, "70"),
        (69.99, "69.99"),
        ("4,20", "4.2"),
        ("101", "101"),
    ],
)
def test_a_number_is_read_with_comma_or_point(value: str | float, number: str) -> None:
    assert written_grade(value) == Written(number=Fraction(number))


@pytest.mark.parametrize("value", [None, "", "   ", "-", "—", "--"])
def test_a_blank_is_nothing_and_no_zero(value: str | None) -> None:
    assert written_grade(value).blank
    assert written_percent(value).blank


@pytest.mark.parametrize("value", ["NSP", "nsp", "N.S.P.", "n s p", "No se presentó", "NO SE PRESENTO AL EXAMEN"])
def test_nsp_says_that_the_person_did_not_come(value: str) -> None:
    assert written_grade(value) == Written(word=GradeWord.NO_SHOW)
    assert is_no_show(value)


@pytest.mark.parametrize("value", ["Retirado", "Retirada por enfermedad", "se retiró", "RETIRADO  POR COMISIÓN"])
def test_retirado_says_that_the_person_left(value: str) -> None:
    assert written_grade(value) == Written(word=GradeWord.WITHDREW)
    assert is_withdrawal(value)


@pytest.mark.parametrize("remark", ["Excelente", "Felicitado por el retirado comisario", "No aprobó", ""])
def test_other_remarks_say_neither(remark: str) -> None:
    assert not is_withdrawal(remark)
    assert not is_no_show(remark)


@pytest.mark.parametrize(
    "value",
    ["setenta", "7o", "70 puntos", "1,000.5", "70,5,5", "=A1", "8e2", "∞", "٧٠", "70/100", "NSPX", float("nan")],
)
def test_what_is_no_number_is_told_and_never_guessed(value: str | float) -> None:
    assert written_grade(value) == Written(misread=Misread.NOT_A_NUMBER)


@pytest.mark.parametrize("value", ["-5", -5, "-0,5"])
def test_a_negative_grade_is_out_of_range(value: str | float) -> None:
    assert written_grade(value) == Written(misread=Misread.OUT_OF_RANGE)


@pytest.mark.parametrize(
    ("value", "number"), [("100", "100"), (62, "62"), ("87,5 %", "87.5"), ("62%", "62"), ("0", "0")]
)
def test_attendance_is_read_in_percent(value: str | float, number: str) -> None:
    assert written_percent(value) == Written(number=Fraction(number))


@pytest.mark.parametrize("value", ["101", 100.5, -1, "-1"])
def test_attendance_beyond_a_hundred_or_below_zero_is_out_of_range(value: str | float) -> None:
    assert written_percent(value) == Written(misread=Misread.OUT_OF_RANGE)


@given(st.integers(0, 99_999), st.sampled_from(",."))
def test_every_grade_with_two_decimals_reads_back_exactly(hundredths: int, point: str) -> None:
    whole, part = divmod(hundredths, 100)
    assert written_grade(f"{whole}{point}{part:02}").number == Fraction(hundredths, 100)
    assert written_grade(hundredths / 100).number == Fraction(hundredths, 100)


@given(st.text(max_size=40) | st.floats() | st.integers())
def test_any_cell_is_read_as_exactly_one_thing(value: str | float) -> None:
    read = written_grade(value)
    assert [read.number is not None, read.word is not None, read.misread is not None, read.blank].count(True) == 1
