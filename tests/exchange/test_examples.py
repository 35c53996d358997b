"""The lists that offices really send are read as the note beside them says."""

from __future__ import annotations

import pytest

from eic_tracker.exchange.rows import ReadList, Severity
from tests.exchange.known import EXAMPLES, at, codes, read


@pytest.fixture(scope="module")
def dpi() -> ReadList:
    return read(EXAMPLES / "nomina-dpi.xlsx")


@pytest.fixture(scope="module")
def ministry() -> ReadList:
    return read(EXAMPLES / "lista-ministerio-publico.csv")


def test_a_list_below_a_letterhead_is_found_by_its_header_and_ends_above_its_total(dpi: ReadList) -> None:
    assert (dpi.file, dpi.sheet, dpi.header_row) == ("nomina-dpi.xlsx", "Nómina", 7)
    assert [row.row for row in dpi.rows] == list(range(8, 40))
    assert [(out.row, out.text) for out in dpi.left_out] == [
        (41, "TOTAL | 32"),
        (44, "____________________"),
        (45, "Comisario de Policía, Jefe de Recursos Humanos"),
    ]
    assert dpi.columns == {
        "name": "Nombre completo",
        "document": "Identidad",
        "rank": "Grado",
        "unit": "Asignación",
        "phone": "Celular",
    }
    assert dpi.questions == ()


def test_thirty_one_different_people_stand_in_it_and_one_of_them_twice(dpi: ReadList) -> None:
    repeated = [row for row in dpi.rows if "repeated_in_file" in codes(row)]
    assert [row.row for row in repeated] == [25]
    assert at(dpi, 25).document == at(dpi, 11).document == "1706197685237"
    assert len({row.document or row.row for row in dpi.rows}) == 31


def test_each_lost_zero_is_put_back_in_sight(dpi: ReadList) -> None:
    repaired = [row for row in dpi.rows if "lost_zero" in codes(row)]
    assert len(repaired) == 13
    assert at(dpi, 9).document == "0602199526482"
    (problem,) = at(dpi, 9).problems
    assert (problem.severity, problem.value, problem.proposal) == (Severity.REPAIR, "602199526482", "0602199526482")
    assert all(len(row.document or "0" * 13) == 13 for row in dpi.rows)


def test_without_repairs_each_lost_zero_keeps_its_row_out() -> None:
    strict = read(EXAMPLES / "nomina-dpi.xlsx", repairs=False)
    refused = [row for row in strict.rows if row.refused]
    assert len(refused) == 13
    assert all("lost_zero" in codes(row) for row in refused)


def test_a_row_without_a_document_is_told_and_not_refused(dpi: ReadList) -> None:
    assert [row.row for row in dpi.rows if row.document is None] == [29]
    assert codes(at(dpi, 29)) == ["no_document"]
    assert not at(dpi, 29).refused


def test_capitals_are_written_as_names_in_sight_and_ranks_get_their_codes(dpi: ReadList) -> None:
    maria = at(dpi, 8)
    assert (maria.given_names, maria.family_names) == ("María José", "Hernández De la O")
    assert [problem.proposal for problem in maria.problems] == ["María José Hernández De la O"]
    assert at(dpi, 15).family_names == "De la O Güity"
    assert at(dpi, 12).family_names == "O'Hara Hernández"
    assert (at(dpi, 10).rank, at(dpi, 13).rank, at(dpi, 14).rank) == ("subinspector", "policia-clase-ii", "agente")


def test_windows_letters_semicolons_and_family_names_first_are_understood(ministry: ReadList) -> None:
    assert len(ministry.rows) == 14
    assert ministry.header_row == 1
    assert ministry.questions == ()
    nanez = at(ministry, 8)
    assert (nanez.given_names, nanez.family_names, nanez.sex) == ("Óscar René", "Ñáñez Pineda", "M")
    assert nanez.birth_date is not None
    assert nanez.birth_date.isoformat() == "1981-08-02"
    assert (nanez.document, nanez.document_type, nanez.country) == ("1303198111558", "national_id", "HND")
    assert (nanez.rank, nanez.unit) == ("Fiscal Auxiliar", "Fiscalía Regional")
    assert all(row.problems == () for row in ministry.rows)


def test_results_and_class_lists_are_found_below_their_headers_too() -> None:
    results = read(EXAMPLES / "resultados-116-2019.xlsx")
    assert (results.header_row, len(results.rows)) == (1, 29)
    pupils = read(EXAMPLES / "seccion-4A-matutina.xlsx")
    assert (pupils.header_row, len(pupils.rows)) == (4, 32)
    assert [out.text for out in pupils.left_out] == ["Femenino", "Masculino", "Fin del documento"]
