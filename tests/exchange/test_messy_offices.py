"""Lists as offices in a hurry make them: read as a person would, asked about, or refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.lists import read_list
from eic_tracker.exchange.rows import ReadList
from tests.exchange.known import TODAY, at, codes, known, read
from tests.exchange.made_files import ods_row, open_document, paragraph, word_cell, word_document, word_table, workbook
from tests.reports.recalculation import convert


def names(found: ReadList) -> list[tuple[str, str]]:
    return [(row.given_names, row.family_names) for row in found.rows]


def documents(found: ReadList) -> list[str | None]:
    return [row.document for row in found.rows]


def test_a_name_over_two_lines_is_one_person_once_somebody_says_so(tmp_path: Path) -> None:
    rows = [
        ["No.", "Nombre completo", "DNI", "Unidad"],
        [1, "Juan Carlos Pérez", "0801198800123", "DPI"],
        [None, "López Mejía"],
        [2, "Ana Lucía Zúniga", "0501199000456", "DPI"],
        [None, "Peña"],
        [None, None, None, None],
        [None, "Marvin Paz Rivera"],
        [None, "Jefe de la unidad"],
    ]
    path = workbook(tmp_path / "dos-lineas.xlsx", {"Hoja1": rows})
    found = read(path)
    assert [question.key for question in found.questions] == ["name_lines"]
    assert [row.waits_for for row in found.rows] == [("name_lines",)] * 2
    assert documents(read(path, name_lines="join")) == ["0801198800123", "0501199000456"]
    assert [row.family_names for row in read(path, name_lines="join").rows] == ["López Mejía", "Zúniga Peña"]
    apart = read(path, name_lines="people")
    assert [row.document for row in apart.rows[:2]] == ["0801198800123", None]
    assert codes(apart.rows[1]) == ["no_document"]


def test_capitals_on_one_side_tell_the_family_names_in_either_order(tmp_path: Path) -> None:
    rows = [
        ["No.", "Nombre completo", "DNI"],
        [1, "PÉREZ LÓPEZ Juan Carlos", "0801198800123"],
        [2, "Ana Lucía ZÚNIGA DE LA O", "0501199000456"],
        [3, "UMANZOR PAZ, Luz", "0801198800124"],
        [4, "GLORIA Pineda Paz", "0801198800125"],
    ]
    found = read(workbook(tmp_path / "mezcla.xlsx", {"Hoja1": rows}))
    assert names(found)[:3] == [("Juan Carlos", "Pérez López"), ("Ana Lucía", "Zúniga De la O"), ("Luz", "Umanzor Paz")]
    assert found.rows[3].given_names.casefold() == "gloria", "a given name in capitals is no family name"
    assert [row.waits_for for row in found.rows[:3]] == [()] * 3


def test_a_lone_m_beside_men_and_women_in_words_is_asked_and_x_stays_open_in_sight(tmp_path: Path) -> None:
    people = [
        ("Hombre", "Juan Pérez López"),
        ("Mujer", "Ana Zúniga Mejía"),
        ("M", "Iris Paz"),
        ("X", "Luz Umanzor Paz"),
    ]
    rows = [[n, name, f"080119880012{n}", sex] for n, (sex, name) in enumerate(people, 1)]
    path = workbook(tmp_path / "sexo.xlsx", {"Hoja1": [["No.", "Nombre", "DNI", "Sexo"], *rows]})
    found = read(path)
    assert [question.key for question in found.questions] == ["sex_m"]
    assert [row.sex for row in read(path, sex_m="F").rows] == ["M", "F", "F", None]
    assert codes(at(found, 5)) == ["unknown_sex"]


def test_hyphens_of_every_kind_between_the_digits(tmp_path: Path) -> None:
    written = [
        "0801\u20111988\u201100123",
        "0801\u20131988\u201300124",
        "0801 \u2212 1988 \u2212 00125",
        "0801_1988_00126",
    ]
    rows = [[n, f"Ana {family} Paz", number] for n, (family, number) in enumerate(zip(_FAMILIES, written, strict=True))]
    found = read(workbook(tmp_path / "guiones.xlsx", {"Hoja1": [["No.", "Nombre", "DNI"], *rows]}))
    assert documents(found) == [f"080119880012{n}" for n in (3, 4, 5, 6)]


_FAMILIES = ("Zúniga", "Mejía", "Umanzor", "Tábora")


def test_rank_and_name_in_one_column_and_numbers_that_begin_again_for_each_unit(tmp_path: Path) -> None:
    rows = [
        ["No.", "Grado/Nombre", "DNI"],
        ["DIRECCIÓN POLICIAL DE INVESTIGACIONES"],
        [1, "Sub Insp. José Núñez Paz", "0801198800123"],
        [2, "Cls. II Ana Zúniga Mejía", "0501199000456"],
        ["Subtotal", 2],
        ["DIRECCIÓN NACIONAL DE TRÁNSITO"],
        [1, "Agente Luz Umanzor Paz", "0801198800124"],
        ["TOTAL", 3],
    ]
    path = workbook(tmp_path / "grado.xlsx", {"Hoja1": rows})
    found = read(path)
    assert names(found) == [("José", "Núñez Paz"), ("Ana", "Zúniga Mejía"), ("Luz", "Umanzor Paz")]
    assert [row.rank for row in found.rows][:2] == ["subinspector", "policia-clase-ii"]
    assert [line.text for line in found.left_out if "DIRECCIÓN" in line.text] == [
        "DIRECCIÓN POLICIAL DE INVESTIGACIONES",
        "DIRECCIÓN NACIONAL DE TRÁNSITO",
    ]
    assert all(row.unit for row in read(path, sections="unit").rows)


def test_a_table_that_runs_sideways_is_refused_in_a_sentence(tmp_path: Path) -> None:
    rows = [["Nombre", "Juan Pérez López", "Ana Zúniga Mejía"], ["Identidad", "0801198800123", "0501199000456"]]
    with pytest.raises(FileProblem):
        read(workbook(tmp_path / "acostada.xlsx", {"Hoja1": rows}))


def test_a_table_of_word_within_a_table_and_cells_of_two_paragraphs(tmp_path: Path) -> None:
    inner = word_table(
        [["No.", "Nombre completo", "DNI"], ["1", "Juan Pérez\nLópez", "0801-1988-\n00123"], ["2", "Ana Mejía", ""]]
    )
    outer = word_table([[f"<w:tc><w:tcPr/>{inner}{paragraph('')}</w:tc>", word_cell("firma y sello")]])
    found = read(word_document(tmp_path / "oficio.docx", paragraph("OFICIO DPI-12"), outer))
    assert names(found) == [("Juan", "Pérez López"), ("Ana", "Mejía")]
    assert documents(found) == ["0801198800123", None]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_without_a_mark_with_quoted_ends_of_line(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "correo.csv"
    text = 'No.;Nombre;DNI;Observaciones\r\n1;"Juan Pérez\r\nNúñez";0801198800123;"viene; solo\r\nlunes"\r\n'
    path.write_bytes((text + '2;"Ana ""Lucy"" Zúniga";0501199000456;\r\n').encode(encoding))
    found = read(path)
    assert names(found) == [("Juan", "Pérez Núñez"), ('Ana "Lucy"', "Zúniga")]
    assert documents(found) == ["0801198800123", "0501199000456"]


def test_an_open_document_with_repeated_rows_and_spaces_of_its_own(tmp_path: Path) -> None:
    spaced = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="2"><text:p>2</text:p>'
        '</table:table-cell><table:table-cell office:value-type="string"><text:p>Ana<text:s text:c="2"/>Zúniga</text:p>'
        "<text:p>Mejía</text:p></table:table-cell>"
        '<table:table-cell office:value-type="string"><text:p>0501199000456</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
    )
    body = ods_row("No.", "Nombre", "DNI") + ods_row("1", "Juan Paz", "0801198800123")
    found = read(open_document(tmp_path / "x.ods", body + ods_row("", "", "", repeated=900) + spaced))
    assert names(found)[1] == ("Ana", "Zúniga Mejía")
    assert at(found, 903).document == "0501199000456"


def test_days_in_words_of_every_office_and_a_number_in_two_columns_is_an_error_on_each_row(tmp_path: Path) -> None:
    days = ["12-mar-87", "3-SEPT-1990", "1/ene/99", "12 de marzo de 1987", "March 12, 1987"]
    rows = [[n, f"Ana {_MORE[n]} Paz", "0801", f"19880012{n}", day] for n, day in enumerate(days)]
    header = ["No.", "Nombre", "Identidad", "Identidad", "Fecha de nacimiento"]
    found = read_list(
        workbook(tmp_path / "fechas.xlsx", {"Hoja1": [header, *rows]}), "people", {}, known(), today=TODAY
    )[0]
    assert all("wrong_length" in codes(row) for row in found.rows), "half a number is never taken for a whole one"
    path = workbook(tmp_path / "f.xlsx", {"H": [[*header[:2], header[4]], *([row[0], row[1], row[4]] for row in rows)]})
    born = [str(row.birth_date) for row in read(path).rows]
    assert born == ["1987-03-12", "1990-09-03", "1999-01-01", "1987-03-12", "1987-03-12"]


_MORE = (*_FAMILIES, "Peña")


@pytest.mark.needs("soffice")
def test_an_old_binary_workbook_keeps_zeros_merged_units_and_the_header_of_each_page(tmp_path: Path) -> None:
    page = ["No.", "Nombre", "DNI", "Unidad"]
    rows = [
        ["NÓMINA"], page, [1, "Juan Pérez López", "0801198800123", "DPI"], [2, "Ana Zúniga", "0501199000456"],
        ["Página 1 de 2"], page, [3, "Luz Umanzor Paz", 801198800124, "ATIC"], ["Página 2 de 2"],
    ]  # fmt: skip
    made = workbook(tmp_path / "vieja.xlsx", {"Hoja1": rows}, merged={"Hoja1": ["D3:D4"]})
    found = read(convert(made, tmp_path, "xls"))
    assert documents(found) == ["0801198800123", "0501199000456", "0801198800124"]
    assert [row.unit for row in found.rows] == ["DPI", "DPI", "ATIC"]
    assert codes(found.rows[2]) == ["lost_zero"]
