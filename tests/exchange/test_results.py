"""Sheets of results: what is read of grades, attendance and remarks, and what is told instead of guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.results import ReadResults, results_of
from eic_tracker.exchange.rows import KnownTexts

TODAY = dt.date(2019, 6, 28)
HEAD = ["Identidad", "Participante", "Asistencia %", "Nota final", "Observación"]
ANA, EVA = ["0801199000001", "Ana Lucía Paz Mejía"], ["0801199000002", "Eva Mejía Paz"]


def read(*rows: Sequence[Any], head: Sequence[str] = HEAD, repairs: bool = True) -> ReadResults:
    """The results of a sheet with this header and these rows."""
    cells: list[list[Cell]] = [list(head), *[list(row) for row in rows]]
    return results_of([Sheet("Notas", cells)], "notas.xlsx", {}, KnownTexts(), today=TODAY, repairs=repairs)


def codes(found: ReadResults, row: int = 0) -> list[str]:
    """The codes of a row's problems."""
    return [problem.code for problem in found.rows[row].problems]


def test_each_column_is_found_by_its_header() -> None:
    found = read([*ANA, 100, "71,5", ""], [*EVA, "62", 80, ""])
    assert dict(found.columns) == {
        "document": "Identidad",
        "name": "Participante",
        "grade": "Nota final",
        "attendance": "Asistencia %",
        "reason": "Observación",
    }
    assert [(row.row, row.document, row.grade.number, row.attendance) for row in found.rows] == [
        (2, "0801199000001", Fraction("71.5"), 100),
        (3, "0801199000002", Fraction(80), 62),
    ]


HEADERS = ("Nota", "CALIFICACIÓN", "Promedio final", "Nota definitiva", "Final grade", "Puntaje")
WITH_SCALE = ("Nota (0-100)", "NOTA FINAL 100%")


@pytest.mark.parametrize("header", [*HEADERS, *WITH_SCALE])
def test_a_column_of_grades_has_many_names(header: str) -> None:
    found = read([*ANA, 90], [*EVA, 80], head=["Identidad", "Nombre", header])
    assert found.columns["grade"] == header
    assert [row.attendance for row in found.rows] == [None, None]


def test_of_several_columns_of_grades_the_final_one_is_taken() -> None:
    found = read([*ANA, 10, 90], [*EVA, 20, 80], head=["Identidad", "Nombre", "Nota", "Nota final"])
    assert [row.grade.number for row in found.rows] == [90, 80]


def test_a_letterhead_above_and_a_total_below_are_none_of_the_class() -> None:
    cells: list[list[Cell]] = [
        ["República de Honduras"],
        ["NOTAS DEL CURSO 116-2019"],
        [],
        [*HEAD],
        [*ANA, 100, 90, ""],
        [*EVA, 100, 80, ""],
        [],
        ["", "TOTAL", "", 85, ""],
    ]
    found = results_of([Sheet("Notas", cells)], "notas.xlsx", {}, KnownTexts(), today=TODAY)
    assert found.header_row == 4
    assert [row.row for row in found.rows] == [5, 6]


def test_a_list_without_a_column_of_grades_is_told() -> None:
    with pytest.raises(FileProblem, match="no column of grades"):
        read([*ANA, 100], [*EVA, 90], head=["Identidad", "Nombre", "Asistencia"])


def test_nsp_and_retirado_are_words_and_a_blank_is_nothing() -> None:
    found = read(
        [*ANA, 100, "NSP", ""], [*EVA, 100, "", "Retirado por enfermedad"], ["0801199000003", "Luz Paz", 100, "", ""]
    )
    first, second, third = found.rows
    assert (first.never_came, first.left, first.remark) == (True, False, "NSP")
    assert (second.never_came, second.left, second.remark) == (False, True, "Retirado por enfermedad")
    assert (third.never_came, third.left, third.remark, third.grade.blank) == (False, False, None, True)


def test_other_remarks_about_people_are_not_kept_and_that_is_said() -> None:
    found = read([*ANA, 100, 90, "Problemas de disciplina"])
    assert found.rows[0].remark is None
    assert codes(found) == ["remark_not_kept"]


@pytest.mark.parametrize(
    ("grade", "code"),
    [("setenta", "not_a_grade"), ("-5", "out_of_range"), (-5, "out_of_range"), ("=A1", "not_a_grade")],
)
def test_what_is_no_grade_is_an_error_of_its_row_alone(grade: Cell, code: str) -> None:
    found = read([*ANA, 100, grade, ""], [*EVA, 100, 80, ""])
    assert codes(found) == [code]
    assert [row.refused for row in found.rows] == [True, False]


def test_a_formula_without_its_value_is_an_error() -> None:
    cells: list[list[Cell]] = [[*HEAD], [*ANA, 100, "", ""], [*EVA, 100, 80, ""]]
    sheet = Sheet("Notas", cells, uncalculated=frozenset({(1, 3)}))
    found = results_of([sheet], "notas.xlsx", {}, KnownTexts(), today=TODAY)
    assert codes(found) == ["uncalculated"]


@pytest.mark.parametrize(
    ("written", "percent", "code"),
    [("100", 100, []), ("62 %", 62, []), (87.5, 87, ["percent_cut"]), (101, None, ["not_a_percent"]), ("", None, [])],
)
def test_attendance_is_kept_in_whole_percent(written: Cell, percent: int | None, code: list[str]) -> None:
    found = read([*ANA, written, 90, ""], [*EVA, 100, 80, ""])
    assert found.rows[0].attendance == percent
    assert codes(found) == code


def test_a_percentage_typed_as_text_says_nothing_of_the_shares_beside_it() -> None:
    found = read([*ANA, 0.95, 90, ""], [*EVA, "62 %", 80, ""])
    assert [row.attendance for row in found.rows] == [95, 62]
    assert (codes(found), codes(found, 1)) == (["share"], [])


def test_documents_alone_are_enough_beside_grades() -> None:
    found = read(["801199000001", "90", "8,5"], ["0801199000002", "100", "7"], head=["id", "attendance", "grade"])
    assert [(row.document, row.attendance, row.grade.number) for row in found.rows] == [
        ("0801199000001", 90, Fraction("8.5")),
        ("0801199000002", 100, Fraction(7)),
    ]


def test_percentages_that_a_spreadsheet_keeps_as_shares_are_repaired_in_sight() -> None:
    found = read([*ANA, 0.62, 90, ""], [*EVA, 1, 80, ""])
    assert [row.attendance for row in found.rows] == [62, 100]
    assert codes(found) == ["share"]
    assert found.rows[0].problems[0].proposal == "62"


def test_without_repairs_each_of_them_is_an_error() -> None:
    found = read([801199000001, ANA[1], 0.62, 90, ""], [*EVA, 1, 80, ""], repairs=False)
    assert found.rows[0].refused
    assert {"share"} < set(codes(found))


def test_a_number_that_lost_its_zero_is_repaired_as_in_every_list() -> None:
    found = read([801199000001, ANA[1], 100, 90, ""], [*EVA, 100, 80, ""])
    assert found.rows[0].document == "0801199000001"
    assert [problem.severity.value for problem in found.rows[0].problems] == ["repair"]
