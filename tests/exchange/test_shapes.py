"""Lists of other shapes than the examples: each is read as a person would read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.lists import read_list
from eic_tracker.exchange.rows import PersonRow, ReadList
from tests.exchange.known import EXAMPLES, TODAY, at, codes, known, read
from tests.exchange.made_files import (
    binary_workbook,
    calculated,
    ods_row,
    open_document,
    paragraph,
    web_page,
    word_cell,
    word_document,
    word_table,
    workbook,
)
from tests.reports.recalculation import convert


def names(found: ReadList) -> list[tuple[str, str]]:
    return [(row.given_names, row.family_names) for row in found.rows]


def born(row: PersonRow) -> str | None:
    return None if row.birth_date is None else row.birth_date.isoformat()


def test_a_header_of_two_lines_with_names_dates_and_sexes_in_parts(tmp_path: Path) -> None:
    rows = [
        ["POLICÍA NACIONAL DE HONDURAS"],
        ["Curso básico de criminalística"],
        [],
        ["N°", "Apellidos", None, "Nombres", None, "Sexo", None, "Fecha de nacimiento", None, None, "DNI", "Unidad"],
        [None, "Primero", "Segundo", "Primero", "Segundo", "H", "M", "Día", "Mes", "Año", None, None],
        [1, "Zúniga", "Mejía", "Carlos", "Alberto", "X", None, 5, 3, 1988, "0801-1988-00123", "Policía de Fronteras"],
        [2, "De la O", None, "Ana", "Lucía", None, "X", 28, "febrero", 1990, "0501-1990-00456", None],
        [3, "Peña", "Núñez", "Ruth", None, None, "x", 12, 12, 1985, "0301-1985-00789", "ATIC"],
    ]
    areas = ["A1:L1", "B4:C4", "D4:E4", "F4:G4", "H4:J4", "A4:A5", "K4:K5", "L4:L5", "L6:L7"]
    found = read(workbook(tmp_path / "curso.xlsx", {"Curso": rows}, merged={"Curso": areas}))
    assert found.header_row == 4
    assert found.heading == ("POLICÍA NACIONAL DE HONDURAS", "Curso básico de criminalística")
    assert names(found) == [("Carlos Alberto", "Zúniga Mejía"), ("Ana Lucía", "De la O"), ("Ruth", "Peña Núñez")]
    assert [row.sex for row in found.rows] == ["M", "F", "F"]
    assert [born(row) for row in found.rows] == ["1988-03-05", "1990-02-28", "1985-12-12"]
    # the unit is merged over the first two rows
    assert [row.unit for row in found.rows] == ["POLFRONT", "POLFRONT", "ATIC"]


def test_two_lists_side_by_side(tmp_path: Path) -> None:
    rows = [
        ["LISTADO DE ASISTENCIA"],
        ["No.", "Nombre completo", "DNI", None, "No.", "Nombre completo", "DNI"],
        [1, "Juan Carlos Pérez López", "0801198800123", None, 4, "Ana Lucía Zúniga", "0501199000456"],
        [2, "Marvin Mejía", "0301198500789", None, 5, "Suyapa Peña Núñez", "0401198500781"],
        [3, "Wilmer Pineda", "0301198500780"],
    ]
    path = workbook(tmp_path / "lado.xlsx", {"Hoja1": rows})
    lists = read_list(path, "people", {}, known(), today=TODAY)
    assert [[row.row for row in part.rows] for part in lists] == [[3, 4, 5], [3, 4]]
    # rows of the same number are told apart by the column in which their list begins
    assert [{row.sheet for row in part.rows} for part in lists] == [{"Hoja1"}, {"Hoja1!E"}]
    assert len(read(path).rows) == 5
    assert names(lists[1]) == [("Ana Lucía", "Zúniga"), ("Suyapa", "Peña Núñez")]


def test_lists_on_several_sheets_in_two_languages_and_a_sheet_out_of_sight(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "varias.xlsx",
        {
            "Portada": [["Informe de participantes"], ["Elaborado por Recursos Humanos"]],
            "Nacionales": [["Nombres", "Apellidos", "Identidad"], ["José Luis", "Pineda", "0801198800123"]],
            "Extranjeros": [
                ["Full name", "Passport No.", "Country", "Date of birth", "Rank"],
                ["Kevin Alexander Ramírez Flores", "A1234567", "El Salvador", dt.date(1985, 4, 3), "Inspector"],
                ["Mario René Chávez", 223344, "Guatemala", dt.date(1990, 12, 1), "Agente"],
            ],
            "Viejos": [["Nombre", "Identidad"], ["Óscar Pérez López", "0801198800999"]],
        },
    )
    book = openpyxl.load_workbook(path)
    book["Viejos"].sheet_state = "hidden"
    book.save(path)
    lists = read_list(path, "people", {}, known(), today=TODAY)
    assert [part.sheet for part in lists] == ["Nacionales", "Extranjeros"]
    assert names(lists[0]) == [("José Luis", "Pineda")]
    kevin, mario = lists[1].rows
    assert (kevin.document, kevin.document_type, kevin.country) == ("A1234567", "passport", "SLV")
    assert (kevin.rank, born(kevin)) == ("inspector", "1985-04-03")
    assert (mario.document, mario.country, born(mario)) == ("223344", "GTM", "1990-12-01")


def test_no_header_at_all_in_a_wide_text_file(tmp_path: Path) -> None:
    text = (
        "1\tSub Insp. José Núñez Mejía\t0801-1988-00123\t9988-7766\tF\tDPI\n"
        "2\tAbog. Karla Patricia Euceda López\t0501199000456\t33445566\tH\tATIC\n"
        "3\tCls. II Marvin De la O Güity\t0301 1985 00789\t+504 2233-4455\tH\tDIPAMPCO\n"
    )
    path = tmp_path / "sin-encabezado.txt"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8", "cp1252"):
        path.write_bytes(text.encode(encoding))
        found = read(path)
        assert found.header_row == 0
        jose, karla, marvin = found.rows
        assert (jose.given_names, jose.family_names, jose.rank, jose.unit) == (
            *("José", "Núñez Mejía"),
            *("subinspector", "DPI"),
        )
        assert (karla.given_names, karla.family_names, karla.rank) == ("Karla Patricia", "Euceda López", None)
        assert (marvin.rank, marvin.document, marvin.phone) == ("policia-clase-ii", "0301198500789", "22334455")
        assert all(codes(row) == ["title_beside_name"] for row in found.rows)
        assert [row.sex for row in found.rows] == ["F", "M", "M"]


def test_tables_of_a_letter_the_second_page_without_a_header(tmp_path: Path) -> None:
    span, begin, go_on = '<w:gridSpan w:val="4"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    path = word_document(
        tmp_path / "oficio.docx",
        paragraph("OFICIO DPI-1234-2019"),
        word_table(
            [
                [word_cell("PERSONAL NOMBRADO", span)],
                ["No", "Grado y nombre", "Identidad", "Asignación"],
                ["1", "Agte. Juan Carlos Pérez López", "0801-1988-00123", word_cell("DPI", begin)],
                ["2", "P.M. María de los Ángeles Zúniga", "0501-1990-00456", word_cell("", go_on)],
                ["3", "Insp. Edwin Noé\nMartínez", "0301-1985-00789", "ATIC"],
            ]
        ),
        paragraph("página 2"),
        word_table(
            [
                ["4", "Clase I Suyapa Hernández Mejía", "0401-1985-00781", "ATIC"],
                ["5", "Subinspector Óscar Euceda Peña", "0402-1986-00781", "DPI"],
            ]
        ),
    )
    found = read(path)
    assert names(found) == [
        ("Juan Carlos", "Pérez López"),
        ("María de los Ángeles", "Zúniga"),
        ("Edwin Noé", "Martínez"),
        ("Suyapa", "Hernández Mejía"),
        ("Óscar", "Euceda Peña"),
    ]
    assert [row.rank for row in found.rows] == ["agente", None, "inspector", "policia-clase-i", "subinspector"]
    assert [row.unit for row in found.rows] == ["DPI", "DPI", "ATIC", "ATIC", "DPI"]


def test_family_names_first_in_capitals_without_comma_in_an_open_document(tmp_path: Path) -> None:
    path = open_document(
        tmp_path / "listado.ods",
        ods_row("Listado")
        + ods_row("", repeated=3)
        + ods_row("NOMBRE", "No. DE IDENTIDAD", "FECHA NAC.")
        + ods_row("PÉREZ LÓPEZ JUAN CARLOS", "801198800123", "1988-03-04")
        + ods_row("ZÚNIGA DE LA O ANA LUCÍA", "501199000456", "1990-05-06")
        + ods_row("MEJÍA PINEDA WILMER ADALID", "301198500789", "1985-01-30")
        + ods_row("", repeated=1_048_000),
    )
    found = read(path)
    assert found.header_row == 5
    assert found.questions == ()
    assert names(found) == [
        ("Juan Carlos", "Pérez López"),
        ("Ana Lucía", "Zúniga De la O"),
        ("Wilmer Adalid", "Mejía Pineda"),
    ]
    assert [row.document for row in found.rows] == ["0801198800123", "0501199000456", "0301198500789"]
    assert [born(row) for row in found.rows] == ["1988-03-04", "1990-05-06", "1985-01-30"]


def test_a_web_page_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    rows = [
        ["Reporte de personal"],
        ["Identidad", "Nombre del Participante", "Género", "Teléfono"],
        ["0801-1988-00123", "Juan Ñáñez", "M", "99887766"],
        ["0501-1990-00456", "Ana Zúniga", "F", "2233-4455"],
    ]
    found = read(web_page(tmp_path / "reporte.xls", rows, "cp1252"))
    assert found.header_row == 2
    assert [(row.family_names, row.sex, row.phone) for row in found.rows] == [
        ("Ñáñez", "M", "99887766"),
        ("Zúniga", "F", "22334455"),
    ]


def test_pages_with_the_header_again_subtotals_titles_notes_and_rows_out_of_sight(tmp_path: Path) -> None:
    header = ["No.", "Nombre", "Identidad", "Grado"]
    people = ("Juan Carlos Pérez López", "Ana Lucía Zúniga", "Marvin Mejía Peña", "Ruth Noemí Peña", "Edwin Euceda")
    rows = [[n, name, f"080119880012{n}", "Agente"] for n, name in enumerate(people)]
    page = [header, ["UNIDAD DPI"], *rows[:3], ["", "Subtotal", 3], header, *rows[3:], ["", "Total general", 5]]
    end = [["* Personal con reserva"], [], ["", "LUIS ALBERTO MEJÍA"], ["", "Sub Comisario de Policía"]]
    path = workbook(tmp_path / "páginas.xlsx", {"Hoja": [*page, *end]})
    book = openpyxl.load_workbook(path)
    book["Hoja"].row_dimensions[4].hidden = True
    book["Hoja"].column_dimensions["C"].hidden = True
    book.save(path)
    found = read(path)
    assert [row.row for row in found.rows] == [3, 4, 5, 8, 9]
    assert [row.document for row in found.rows] == [f"080119880012{n}" for n in range(5)]
    assert [out.row for out in found.left_out] == [2, 6, 7, 10, 11, 13, 14]
    (question,) = found.questions
    assert (question.key, question.options) == ("hidden_rows", ("take", "leave_out"))
    assert [row.row for row in found.rows if row.waits_for] == [4]
    assert [row.row for row in read(path, hidden_rows="leave_out").rows] == [3, 5, 8, 9]
    assert read(path, hidden_rows="take").questions == ()
    # a title between people becomes their unit only where somebody says so
    assert at(found, 3).unit is None
    assert at(read(path, sections="unit"), 3).unit == "UNIDAD DPI"


def test_formulas_by_their_values_and_days_that_count_from_1904(tmp_path: Path) -> None:
    rows = [
        ["Nombre", "Apellido", "Identidad", "Fecha Nac."],
        ["Juan", "Pérez", "", dt.date(1988, 3, 4)],
        ["Ana", "Zúniga", "0501199000456", 31_500],
        ["Luis", "Mejía", "0301198500789", "4-ene-85"],
    ]
    formulas = {"C2": ('="0801"&"198800123"', "0801198800123")}
    later = read(calculated(tmp_path / "mac.xlsx", rows, formulas, date_1904=True))
    assert [born(row) for row in later.rows] == ["1988-03-04", "1990-03-30", "1985-01-04"]
    assert later.rows[0].document == "0801198800123"
    usual = read(calculated(tmp_path / "pc.xlsx", rows, formulas))
    assert [born(row) for row in usual.rows] == ["1988-03-04", "1986-03-29", "1985-01-04"]
    assert codes(usual.rows[1]) == ["date_number", "birth_year_differs"]
    assert codes(usual.rows[2]) == ["short_year"]


def test_a_formula_without_its_value_is_an_error_and_not_an_empty_cell(tmp_path: Path) -> None:
    rows = [["Nombre", "Identidad"], ["Juan Pérez", '="0801"&"198800123"'], ["Ana Zúniga", "0501199000456"]]
    found = read(workbook(tmp_path / "f.xlsx", {"Hoja": rows}))
    assert codes(found.rows[0]) == ["no_value"]
    assert [row.refused for row in found.rows] == [True, False]


def test_foreigners_by_type_of_document_and_country(tmp_path: Path) -> None:
    rows = [
        ["Participante", "Tipo de documento", "No. documento", "Nacionalidad", "F. Nac."],
        ["Kevin Ramírez", "DUI", "01234567-8", "Salvadoreña", "03/04/1985"],
        ["Mario Chávez", "DPI", "2468 13571 0101", "Guatemalteca", "25/06/1986"],
        ["Wilson Ospina Restrepo", "C.C.", "79.123.456", "Colombia", "07/08/1987"],
        ["John Smith", "Pasaporte", "E 123456", "USA", "31/02/1988"],
        ["José Ramos Euceda", "Identidad", 801_198_700_123, "Hondureño", "09/10/2030"],
    ]
    found = read(workbook(tmp_path / "extranjeros.xlsx", {"Hoja": rows}))
    assert [(row.document, row.document_type, row.country) for row in found.rows] == [
        ("012345678", "national_id", "SLV"),
        ("2468135710101", "national_id", "GTM"),
        ("79123456", "national_id", "COL"),
        ("E123456", "passport", "USA"),
        ("0801198700123", "national_id", "HND"),
    ]
    assert [codes(row) for row in found.rows] == [
        *([], [], [], ["impossible_date"]),
        ["lost_zero", "future_date"],
    ]


def test_columns_that_no_header_explains_are_found_by_what_stands_in_them_or_by_an_answer(tmp_path: Path) -> None:
    rows = [
        ["Datos del oficial", "Clave", "Grado", "Puesto B"],
        ["Juan Carlos Pérez López", "0801198800123", "Agente", "DPI"],
        ["Ana Lucía Zúniga Mejía", "0501199000456", "Inspector", "ATIC"],
    ]
    path = workbook(tmp_path / "clave.xlsx", {"Hoja": rows})
    lists = read_list(path, "people", {"column:Puesto B": "unit", "column:Clave": "document"}, known(), today=TODAY)
    assert lists[0].columns == {
        "name": "Datos del oficial",
        "document": "Clave",
        "rank": "Grado",
        "unit": "Puesto B",
    }
    assert [row.unit for row in lists[0].rows] == ["DPI", "ATIC"]


def test_enrolments_of_several_sheets_ask_which_sheet_is_meant(tmp_path: Path) -> None:
    from eic_tracker.exchange.lists import as_one

    header = ["Nombre", "Identidad"]
    path = workbook(
        tmp_path / "cursos.xlsx",
        {
            "101-2014": [header, ["Juan Pérez", "0801198800123"]],
            "102-2014": [header, ["Ana Zúniga", "0501199000456"]],
        },
    )
    lists = read_list(path, "enrolments", {}, known(), today=TODAY)
    both = as_one(lists, "enrolments")
    assert [question.options for question in both.questions] == [("101-2014", "102-2014", "*")]
    assert all(row.waits_for == ("sheet",) for row in both.rows)
    one = as_one(lists, "enrolments", {"sheet": "102-2014"})
    assert (one.sheet, one.questions, names(one)) == ("102-2014", (), [("Ana", "Zúniga")])
    assert as_one(lists, "people").questions == ()


def test_two_lists_below_each_other_with_a_letterhead_of_pairs_and_empty_rows_between_people(tmp_path: Path) -> None:
    rows = [
        ["Curso:", "Investigación"],
        ["Unidad:", "DPI"],
        ["Instructor:", "Juan Pérez López"],
        [],
        [None, None, "No", "Nombre\ncompleto", "No. Identidad", "Grado\no cargo"],
        [None, None, 1, "1. Juan Carlos Pérez", "0801-1990-12345", "Agte"],
        [],
        [None, None, 2, "2. Ana Zúniga", "0801-1991-12346", "Insp."],
        [],
        [None, None, "TOTAL PARTICIPANTES: 2"],
        [],
        ["Personal de apoyo"],
        ["Nombres", "Apellidos", "Tel"],
        ["Luis", "Mejía", "99887766"],
        ["Iris", "Cálix", "22334455"],
    ]
    lists = read_list(workbook(tmp_path / "dos.xlsx", {"H": rows}), "people", {}, known(), today=TODAY)
    assert [part.header_row for part in lists] == [5, 13]
    assert [names(part) for part in lists] == [
        [("Juan Carlos", "Pérez"), ("Ana", "Zúniga")],
        [("Luis", "Mejía"), ("Iris", "Cálix")],
    ]
    assert [row.rank for row in lists[0].rows] == ["agente", "inspector"]


def test_names_and_documents_in_one_cell_for_each_person(tmp_path: Path) -> None:
    people = ["Juan Pérez López 0801-1990-12345", "Ana Zúniga - 0801 1991 12346", "Luis Mejía, DNI 0301198500789"]
    rows = [["Lista"], *([person] for person in people)]
    found = read(workbook(tmp_path / "mensaje.xlsx", {"H": rows}))
    assert [(row.row, row.given_names, row.family_names, row.document) for row in found.rows] == [
        (2, "Juan", "Pérez López", "0801199012345"),
        (3, "Ana", "Zúniga", "0801199112346"),
        (4, "Luis", "Mejía", "0301198500789"),
    ]


def test_people_in_the_lines_of_a_message_whose_commas_look_like_columns(tmp_path: Path) -> None:
    lines = [
        "Estimado Sr. Director:",
        "Remito el listado de los participantes:",
        "1. Juan Pérez López, DNI 0801-1990-12345, Tel. 9999-9999",
        "2. María Auxiliadora Gámez Ulloa, DNI 0801-1992-54321, Cel: 8888-7777",
        "3. José Luis Ham, DNI 1807-1985-00012",
        "Atentamente,",
        "Subcomisario Roberto Lanza",
    ]
    path = tmp_path / "correo.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [(row.row, row.given_names, row.family_names, row.document, row.phone) for row in read(path).rows] == [
        (3, "Juan", "Pérez López", "0801199012345", "99999999"),
        (4, "María Auxiliadora", "Gámez Ulloa", "0801199254321", "88887777"),
        (5, "José Luis", "Ham", "1807198500012", None),
    ]


def test_a_number_beside_the_kind_of_document_is_the_document_and_a_running_one_is_not(tmp_path: Path) -> None:
    head = ["Número", "Nombres", "Apellidos", "Tipo de documento", "Nacionalidad"]
    foreign = [
        ["01234567-8", "Mario Ernesto", "Alas Guzmán", "DUI", "Salvadoreña"],
        ["X1234567", "John", "Smith", "Pasaporte", "USA"],
        ["0801-1990-99999", "Iris Yolany", "Cálix", "DNI", "Hondureña"],
    ]
    found = read(workbook(tmp_path / "extranjeros.xlsx", {"H": [head, *foreign]}))
    assert [row.document for row in found.rows] == ["012345678", "X1234567", "0801199099999"]
    counted = [[number, *row[1:]] for number, row in enumerate(foreign, 1)]
    found = read(workbook(tmp_path / "contados.xlsx", {"H": [head, *counted]}))
    assert [row.document for row in found.rows] == [None, None, None]


def test_ranks_before_names_with_marks_and_of_two_parts_leave_the_name_whole(tmp_path: Path) -> None:
    people = {
        "Sub-Insp. (P) Marlon David Ávila Euceda": ("subinspector", "Marlon David"),
        "Agte. Policía Clase I Olman Ely Zúniga Rivas": ("policia-clase-i", "Olman Ely"),
        "Comisario Gral. Héctor Iván Mejía Velásquez": ("Comisario Gral.", "Héctor Iván"),
    }
    rows = [["Nombre y apellidos", "Identidad"], *([name, f"080119801234{n}"] for n, name in enumerate(people))]
    found = read(workbook(tmp_path / "grados.xlsx", {"H": rows}))
    assert [(row.rank, row.given_names) for row in found.rows] == list(people.values())


def test_names_alone_end_at_the_total_and_at_who_signs(tmp_path: Path) -> None:
    people = [["Nombre"], ["Juan Pérez"], ["Ana Zúniga"], ["Luis Mejía"]]
    for number, end in enumerate(
        (
            [["Total: 3"], ["Juan López Mejía"], ["Jefe de Personal"]],
            [[], ["Juan López Mejía"], ["Jefe de Personal"]],
        )
    ):
        found = read(workbook(tmp_path / f"{number}.xlsx", {"H": [*people, *end]}))
        assert [row.row for row in found.rows] == [2, 3, 4]
        assert [out.text for out in found.left_out][-2:] == ["Juan López Mejía", "Jefe de Personal"]


def test_a_list_laid_out_inside_another_table(tmp_path: Path) -> None:
    inner = word_table([["Nombre", "DNI"], ["Juan Pérez", "0801199012345"]])
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('Se nombra a:')}{inner}{paragraph('')}</w:tc></w:tr></w:tbl>"
    found = read(word_document(tmp_path / "marco.docx", outer))
    assert (found.header_row, names(found)) == (1, [("Juan", "Pérez")])


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["xls", "ods", "fods", "html"])
def test_the_same_list_saved_by_libreoffice_in_other_formats_is_the_same(ending: str, tmp_path: Path) -> None:
    source = EXAMPLES / "nomina-dpi.xlsx"
    path = convert(source, tmp_path, ending)
    if ending == "fods":
        with pytest.raises(FileProblem, match="XML file"):
            read(path)
        return
    found, original = read(path), read(source)
    shift = found.header_row - original.header_row
    assert [replace(row, row=row.row - shift, sheet="", problems=()) for row in found.rows] == [
        replace(row, sheet="", problems=()) for row in original.rows
    ]
    assert ["lost_zero" in codes(row) for row in found.rows] == ["lost_zero" in codes(row) for row in original.rows]


def test_a_binary_workbook(tmp_path: Path) -> None:
    rows: list[list[str | int]] = [
        ["Nombre", "Identidad"],
        ["Juan Pérez", 801_199_012_345],
        ["Ana Zúniga", "0501-1990-00456"],
    ]
    found = read(binary_workbook(tmp_path / "a.xlsb", rows))
    assert [(row.family_names, row.document) for row in found.rows] == [
        ("Pérez", "0801199012345"),
        ("Zúniga", "0501199000456"),
    ]
