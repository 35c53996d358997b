"""Values typed over those of a list, rows left out, repairs refused one by one, rows that are read once more."""

from __future__ import annotations

import datetime as dt

from eic_tracker.exchange.by_hand import ByHand
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.kept_rows import KeptRow, read_kept
from eic_tracker.exchange.lists import as_one, lists_of
from eic_tracker.exchange.rows import ReadList
from tests.exchange.known import TODAY, known

LIST = Sheet(
    "Hoja1",
    [
        ["Nombre completo", "DNI", "Sexo", "Fecha de nacimiento", "Casilla"],
        ["Paz Núñez, Ana María", "801199045671", "F", "05/03/1990", "DPI Norte"],
        ["Umanzor Tábora, Osman", "8.01199E+11", "M", "25/13/1990", "DPI Sur"],
        ["Paz Núñez, Ana María", "0801199045671", "F", "05/03/1990", "DPI Este"],
    ],
)


def read(by_hand: ByHand | None = None, answers: dict[str, str] | None = None, *, repairs: bool = True) -> ReadList:
    """The list as it is read."""
    answers = {"date_order": "day_first", **(answers or {})}
    lists = lists_of([LIST], "lista.xlsx", answers, known(), today=TODAY, repairs=repairs, by_hand=by_hand or ByHand())
    return as_one(lists, answers=answers)


def codes(found: ReadList, place: int) -> set[str]:
    """The problems of a row."""
    return {problem.code for problem in found.rows[place].problems}


def test_what_is_typed_takes_the_place_of_the_cell_and_is_checked_as_one() -> None:
    key = ("Hoja1", 3)
    found = read(ByHand(typed={key: {"document": "0501198845672", "birth_date": "5/3/88"}})).rows[1]
    assert (found.document, found.birth_date) == ("0501198845672", dt.date(1988, 3, 5))
    typed = {problem.field: (problem.value, problem.proposal) for problem in found.problems if problem.code == "typed"}
    assert typed == {"document": ("8.01199E+11", "0501198845672"), "birth_date": ("25/13/1990", "5/3/88")}
    assert not found.refused
    assert read(ByHand(typed={key: {"document": "05011988"}})).rows[1].refused


def test_names_that_are_typed_stand_as_they_are_and_the_list_is_still_known_by_its_own() -> None:
    found = read(ByHand(typed={("Hoja1", 3): {"family_names": "De la O", "given_names": "José"}})).rows[1]
    assert (found.given_names, found.family_names) == ("José", "De la O")
    assert found.named == "Umanzor Tábora, Osman"


def test_one_repair_is_refused_where_the_others_are_accepted_and_the_other_way_round() -> None:
    only = ByHand(contrary=frozenset({("Hoja1", 2)}))
    assert not read().rows[0].refused
    assert read(only).rows[0].refused
    assert read(repairs=False).rows[0].refused
    assert not read(only, repairs=False).rows[0].refused
    typed = ByHand(typed={("Hoja1", 2): {"document": "0801199045671"}})
    assert not read(typed, repairs=False).rows[0].refused


def test_a_row_left_out_by_hand_stays_out_and_the_next_with_its_document_comes_in() -> None:
    assert "repeated_in_file" in codes(read(), 2)
    found = read(ByHand(left_out=frozenset({("Hoja1", 2)})))
    assert "left_out" in codes(found, 0)
    assert found.rows[0].refused
    assert "repeated_in_file" not in codes(found, 2)
    assert not found.rows[2].refused


def test_all_columns_are_told_and_what_a_person_says_of_one_counts() -> None:
    headers = {column.header: column.field for column in read().found}
    assert headers == {
        "Nombre completo": "name",
        "DNI": "document",
        "Sexo": "sex",
        "Fecha de nacimiento": "birth_date",
        "Casilla": None,
    }
    told = read(answers={"column:Casilla": "unit", "column:Sexo": "other"})
    assert [row.unit for row in told.rows] == ["DPI Norte", "DPI Sur", "DPI Este"]
    assert {row.sex for row in told.rows} == {None}


def test_columns_without_a_header_are_named_by_their_letters() -> None:
    bare = Sheet("Hoja1", [[*line[:2], "DPI San Pedro Sula"] for line in LIST.cells[1:]])
    lists = lists_of([bare], "lista.xlsx", {}, known(), today=TODAY)
    assert [(column.header, column.field) for column in lists[0].found] == [
        ("[A]", "name"),
        ("[B]", "document"),
        ("[C]", None),
    ]
    told = lists_of([bare], "lista.xlsx", {"column:[C]": "unit", "column:[B]": "other"}, known(), today=TODAY)
    assert {(row.unit, row.document) for row in told[0].rows} == {("DPI San Pedro Sula", None)}


def test_kept_rows_are_read_under_their_old_numbers_and_corrected_like_others() -> None:
    kept = [
        KeptRow(("Hoja1", 3), {"given_names": "Osman", "family_names": "Umanzor", "document": "8.01199E+11"}),
        KeptRow(("Hoja2", 1), {"name": "Paz Núñez, Ana", "sex": "M"}),
    ]
    found = read_kept(kept, "lista.xlsx", {}, known(), today=TODAY, by_hand=ByHand())
    assert [row.key for row in found.rows] == [("Hoja1", 3), ("Hoja2", 1)]
    assert found.rows[0].refused
    assert found.rows[1].waits_for == ("sex_m",)
    by_hand = ByHand(typed={("Hoja1", 3): {"document": "0501198845672"}, ("Hoja2", 1): {"sex": "F"}})
    mended = read_kept(kept, "lista.xlsx", {}, known(), today=TODAY, by_hand=by_hand)
    assert [row.document for row in mended.rows] == ["0501198845672", None]
    assert mended.rows[1].sex == "F"
    assert mended.rows[1].waits_for == ()
