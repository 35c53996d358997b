"""Identity documents: what is plain is taken, what was damaged is told, what could be two things is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.exchange.cells import Cell
from eic_tracker.exchange.documents import (
    NATIONAL_ID,
    PASSPORT,
    Hint,
    ReadDocument,
    fits_guatemala,
    fits_honduras,
    hint_of_header,
    hint_of_type,
    place_exists,
    read_document,
)
from eic_tracker.exchange.rows import Severity
from tests.exchange.known import known

PLACES = known().municipalities
DNI = Hint(None, NATIONAL_ID)


def document(cell: Cell, hint: Hint = DNI) -> ReadDocument:
    return read_document(cell, hint, 2019, PLACES)


def told(found: ReadDocument) -> list[tuple[str, str]]:
    return [(problem.severity.value, problem.code) for problem in found.problems]


@pytest.mark.parametrize(
    "written",
    [
        "0801199012345",
        "0801-1990-12345",
        " 0801 1990 12345 ",
        "0801–1990—12345",
        "0801.1990.12345",
        "0801\u00a01990\u00a012345",
        "DNI: 0801-1990-12345",
        "No. 0801 1990 12345",
        "'0801199012345",
    ],
)
def test_dashes_and_spaces_of_all_kinds_make_no_difference(written: str) -> None:
    assert document(written) == ReadDocument("0801199012345", NATIONAL_ID, "HND")


@pytest.mark.parametrize(
    "cell", [801_199_012_345, "801199012345", "801-1990-12345", "801199012345.0", "801199012345,00"]
)
def test_a_lost_zero_is_put_back_as_a_repair(cell: Cell) -> None:
    found = document(cell)
    assert found.number == "0801199012345"
    repair = found.problems[-1]
    assert (repair.severity, repair.code, repair.proposal) == (Severity.REPAIR, "lost_zero", "0801199012345")


def test_the_point_of_a_number_goes_in_sight() -> None:
    found = document("1201199012345.0")
    assert (found.number, told(found)) == ("1201199012345", [("repair", "number_as_text")])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("8.01199E+11", "digits_lost"),
        ("8,01E+11", "digits_lost"),
        ("8.01199e11", "digits_lost"),
        (801_199_000_000, "digits_lost"),
        (8.5, "digits_lost"),
        ("0801-199-12345", "wrong_length"),
        ("0801-1990-1234", "wrong_length"),
        ("08011990123456", "wrong_length"),
        ("991199012345", "wrong_length"),
        ("12345", "wrong_length"),
        ("0801-1990-1234O", "letters_in_number"),
        ("E123456", "not_a_number"),
        ("pendiente de entregar copia", "not_a_number"),
        ("012345678", "no_country"),
    ],
)
def test_what_cannot_be_known_again_is_an_error(cell: Cell, code: str) -> None:
    found = document(cell)
    assert found.number is None
    assert told(found) == [("error", code)]


@pytest.mark.parametrize("cell", ["", "-", "---", "N/A", "no tiene", "S/N", "xxx", "En trámite"])
def test_words_for_none_are_none(cell: str) -> None:
    assert document(cell) == ReadDocument()


def test_places_and_years_that_do_not_exist_are_warnings() -> None:
    assert told(document("1105199012345")) == [("warning", "unknown_place")]
    assert told(document("0801219012345")) == [("warning", "unlikely_year")]
    assert told(document("0000000364578")) == [("warning", "unknown_place"), ("warning", "unlikely_year")]
    assert document("1105199012345").number == "1105199012345"


def test_the_places_at_hand_decide_and_without_them_the_number_in_each_department() -> None:
    assert place_exists("0801", PLACES)
    assert place_exists("0801", frozenset())
    assert not place_exists("0829", frozenset())
    assert not place_exists("1901", frozenset())
    assert all(place_exists(code, frozenset()) for code in PLACES)


CUI = "2468135710101"


def test_thirteen_digits_are_guatemalan_where_type_or_country_say_so() -> None:
    assert fits_guatemala(CUI)
    assert not fits_honduras(CUI, 2019, PLACES)
    for hint in (Hint("GTM"), hint_of_type("CUI"), hint_of_header("DPI"), hint_of_header("No. de CUI")):
        assert hint is not None
        found = document(CUI, hint)
        assert (found.number, found.country, found.unclear, told(found)) == (CUI, "GTM", False, [])
    assert told(document("0801199012345", Hint("GTM"))) == [("warning", "check_digit")]


def test_thirteen_digits_that_fit_only_guatemala_are_asked_where_nothing_is_said() -> None:
    found = document(CUI)
    assert (found.country, found.unclear) == ("GTM", True)


def test_thirteen_digits_that_fit_both_are_asked_unless_the_header_says_which() -> None:
    both = next(
        digits
        for n in range(100_000)
        if fits_guatemala(digits := f"08011990{n:05d}") and fits_honduras(digits, 2019, PLACES)
    )
    assert document(both, Hint()).unclear
    assert document(both, hint_of_header("DPI")).unclear
    assert not document(both, DNI).unclear
    assert not document(both, Hint("HND")).unclear
    assert document(both, Hint("GTM")).country == "GTM"


def test_a_honduran_number_below_a_header_dpi_is_honduran() -> None:
    assert not fits_guatemala("0801199012345")
    found = document("0801199012345", hint_of_header("DPI"))
    assert (found.country, found.unclear) == ("HND", False)


def test_documents_of_other_countries() -> None:
    salvador, colombia = Hint("SLV", NATIONAL_ID), Hint("COL", NATIONAL_ID)
    assert document("01234567-8", salvador) == ReadDocument("012345678", NATIONAL_ID, "SLV")
    assert document("01234567-8", hint_of_header("DUI")).country == "SLV"
    assert told(document(12_345_678, salvador)) == [("repair", "lost_zero")]
    assert told(document("01234567-9", salvador)) == [("warning", "check_digit")]
    assert told(document("0123-4567", colombia)) == []
    assert told(document("123", colombia)) == [("error", "wrong_length")]
    assert document("79.123.456", hint_of_header("Cédula de ciudadanía")).country == "COL"
    passport = document("e 123-456", Hint("USA", PASSPORT))
    assert (passport.number, passport.kind, passport.country) == ("E123456", PASSPORT, "USA")
    assert told(document("E123456", Hint(None, PASSPORT))) == [("warning", "no_country")]
    assert told(document("<b>", Hint("USA", PASSPORT))) == [("error", "not_a_document")]


@given(st.sampled_from(sorted(PLACES)), st.integers(1930, 2004), st.integers(1, 99_999))
def test_every_honduran_number_is_read_as_text_and_as_a_number(place: str, year: int, serial: int) -> None:
    number = f"{place}{year}{serial:05d}"
    assert document(number, Hint("HND")).number == number
    assert document(f"{place}-{year}-{serial:05d}", Hint("HND")).number == number
    found = document(int(number), Hint("HND"))
    assert found.number == number
    assert [problem.code for problem in found.problems] == (["lost_zero"] if place.startswith("0") else [])


@given(
    st.one_of(st.text(max_size=40), st.integers(-(10**18), 10**18), st.floats(), st.booleans()),
    st.sampled_from([DNI, Hint(), Hint("GTM"), Hint("SLV"), Hint("COL"), Hint("USA"), Hint(None, PASSPORT)]),
)
def test_whatever_stands_there_is_a_document_or_told(cell: Cell, hint: Hint) -> None:
    found = document(cell, hint)
    if found.number is None:
        assert all(problem.severity is Severity.ERROR for problem in found.problems)
    else:
        assert found.number.isalnum()
        assert found.number.isascii()
        digits = "".join(ch for ch in str(cell).upper() if ch.isascii() and ch.isalnum())
        assert found.number in {digits, f"0{digits}", f"0{digits.rstrip('0')}", digits.rstrip("0")} or any(
            problem.severity is Severity.REPAIR for problem in found.problems
        )
