"""What a column of a list holds, and what of it a person is asked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.errors import UserError
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.headers import Field, field_of
from eic_tracker.exchange.lists import lists_of, read_list
from eic_tracker.exchange.rows import KnownTexts, ReadList
from tests.exchange.known import TODAY, codes, known
from tests.exchange.made_files import workbook


def listed(rows: list[list[Cell]], *, repairs: bool = True, **answers: str) -> ReadList:
    (found,) = lists_of([Sheet("Hoja", rows)], "lista", answers, known(), today=TODAY, repairs=repairs)
    return found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("No.", Field.NUMBER),
        ("N°", Field.NUMBER),
        ("NOMBRE COMPLETO", Field.NAME),
        ("Nombres y Apellidos de los participantes", Field.NAME),
        ("Apellidos, nombres", Field.NAME),
        ("Full name", Field.NAME),
        ("Primer apellido", Field.FAMILY),
        ("Número de Identidad", Field.DOCUMENT),
        ("No. de Identidad", Field.DOCUMENT),
        ("D.N.I.", Field.DOCUMENT),
        ("Cédula", Field.DOCUMENT),
        ("N° de pasaporte", Field.PASSPORT),
        ("Tipo de documento", Field.DOCUMENT_TYPE),
        ("Nacionalidad", Field.COUNTRY),
        ("Género", Field.SEX),
        ("Sexo (H/M)", Field.SEX),
        ("Fecha de Nac.", Field.BIRTH_DATE),
        ("Date of birth", Field.BIRTH_DATE),
        ("Lugar de nacimiento", Field.BIRTH_PLACE),
        ("GRADO", Field.RANK),
        ("Cargo", Field.POST),
        ("Dependencia", Field.UNIT),
        ("Asignación actual", Field.UNIT),
        ("Institución de procedencia", Field.INSTITUTION),
        ("Tel./Cel.", Field.PHONE),
        ("No. de teléfono", Field.PHONE),
        ("Teléfono (WhatsApp)", Field.PHONE),
        ("Duty station", Field.UNIT),
        ("Serie policial", Field.POLICE_NUMBER),
        ("Correo electrónico", Field.OTHER),
        ("María José Hernández", None),
        ("DIPAMPCO", None),
        ("", None),
    ],
)
def test_headers_are_known_in_two_languages(header: str, found: Field | None) -> None:
    assert field_of(header) is found


@pytest.mark.parametrize(
    ("letters", "sexes", "asked"),
    [
        (["F", "M", "f"], ["F", "M", "F"], False),
        (["H", "M", "H"], ["M", "F", "M"], False),
        (["M", "M", "M"], ["M", "M", "M"], True),
        (["H", "H", ""], ["M", "M", None], False),
        (["F", "M", "H"], ["F", "M", "M"], True),
        (["Femenino", "MASCULINO", "Mujer"], ["F", "M", "F"], False),
        (["V", "M", "M"], ["M", "F", "F"], False),
        (["?", "F", "x1"], [None, "F", None], False),
    ],
)
def test_the_letters_of_a_column_decide_what_m_means(letters: list[str], sexes: list[str | None], asked: bool) -> None:
    people = (("Ana Zúniga", "0501199000456"), ("Juan Pérez", "0801198800123"), ("Luis Mejía", "0301198500789"))
    rows: list[list[Cell]] = [["Nombre", "Identidad", "Sexo"]]
    rows += [[name, document, letter] for (name, document), letter in zip(people, letters, strict=True)]
    found = listed(rows)
    assert [row.sex for row in found.rows] == sexes
    assert [question.key for question in found.questions] == (["sex_m"] if asked else [])
    waiting = [row.waits_for for row in found.rows]
    assert waiting == [("sex_m",) if asked and letter == "M" else () for letter in letters]
    if asked:
        answered = listed(rows, sex_m="F")
        assert answered.questions == ()
        assert [row.sex for row in answered.rows] == [
            "F" if letter == "M" else sex for letter, sex in zip(letters, sexes, strict=True)
        ]


def test_dates_that_could_mean_either_are_asked_once_and_only_those_rows_wait() -> None:
    rows: list[list[Cell]] = [
        ["Nombre", "Identidad", "Fecha de nacimiento"],
        ["Ana Zúniga", "0501199000456", "03/04/1990"],
        ["Juan Pérez", "0801198800123", "05/05/1988"],
    ]
    found = listed(rows)
    (question,) = found.questions
    assert (question.key, question.column, question.proposal) == ("date_order", "Fecha de nacimiento", "day_first")
    assert [row.waits_for for row in found.rows] == [("date_order",), ()]
    assert str(found.rows[0].birth_date) == "1990-04-03"
    answered = listed(rows, date_order="month_first")
    assert (str(answered.rows[0].birth_date), answered.questions) == ("1990-03-04", ())


def test_the_order_of_names_is_asked_only_where_nothing_tells_it() -> None:
    open_names: list[list[Cell]] = [["Nombre"], ["Santos Rosa"], ["Paz Reina"]]
    found = listed(open_names)
    assert [question.key for question in found.questions] == ["name_order"]
    assert all(row.waits_for == ("name_order",) for row in found.rows)
    assert [row.given_names for row in listed(open_names, name_order="family_first").rows] == ["Rosa", "Reina"]
    told: list[list[Cell]] = [["Apellido y nombre"], ["Santos Rosa"], ["Paz Reina"]]
    assert listed(told).questions == ()
    plain: list[list[Cell]] = [["Nombre"], ["Pérez López Juan"], ["Zúniga Ana Lucía"], ["Paz Reina"]]
    assert [row.given_names for row in listed(plain).rows] == ["Juan", "Ana Lucía", "Reina"]


def test_a_header_that_the_names_contradict_is_asked() -> None:
    rows: list[list[Cell]] = [["Apellidos y nombres"], ["Juan Pérez López"], ["Ana Lucía Zúniga"], ["Luis Mejía Peña"]]
    assert [question.proposal for question in listed(rows).questions] == ["family_first"]


def test_a_name_in_the_other_order_than_its_column_is_told() -> None:
    names = ["Juan Pérez", "Ana Zúniga", "Luis Mejía", "Marvin Pineda", "Karla Euceda", "Iris Aguilar", "Noé Ponce"]
    names += ["Suyapa Cálix", "Ruth Bográn", "Osorio Wilmer"]
    rows: list[list[Cell]] = [["Nombre"]]
    rows += [[name] for name in names]
    found = listed(rows)
    assert found.questions == ()
    assert codes(found.rows[-1]) == ["other_order", "no_document"]


def test_thirteen_digits_are_asked_once_for_all() -> None:
    rows: list[list[Cell]] = [
        ["Nombre", "Documento"],
        ["Mario Chávez", "2468135710101"],
        ["Ana Zúniga", "0501199000456"],
    ]
    found = listed(rows)
    assert [question.key for question in found.questions] == ["document_country"]
    assert [row.waits_for for row in found.rows] == [("document_country",), ()]
    answered = listed(rows, document_country="GTM")
    assert answered.questions == ()
    assert answered.rows[0].country == "GTM"


def test_an_answer_that_is_none_is_told_with_the_answers_that_are() -> None:
    rows: list[list[Cell]] = [["Nombre", "Sexo"], ["Ana Zúniga", "M"]]
    with pytest.raises(UserError, match="quizás does not answer sex_m; the answers are: M, F"):
        listed(rows, sex_m="quizás")
    with pytest.raises(UserError, match="is no field of a list"):
        lists_of([Sheet("Hoja", rows)], "lista", {"column:Sexo": "género"}, known(), today=TODAY)


def test_a_kind_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Hoja": [["Nombre"]]})
    with pytest.raises(UserError, match="is no kind of list"):
        read_list(path, "recetas", {}, known(), today=TODAY)


def test_columns_remembered_of_a_sender_are_understood_again() -> None:
    rows: list[list[Cell]] = [["Elemento", "Ficha"], ["Ana Zúniga", "0501199000456"]]
    remembering = KnownTexts(remembered_columns={"ficha": "document", "elemento": "name"})
    (found,) = lists_of([Sheet("Hoja", rows)], "lista", {}, remembering, today=TODAY)
    assert found.columns == {"name": "Elemento", "document": "Ficha"}


def test_repeated_rows_are_told_by_document_or_by_all_else_where_there_is_none() -> None:
    rows: list[list[Cell]] = [
        ["Nombre", "Identidad", "Unidad"],
        ["Ana Zúniga", "0501199000456", "DPI"],
        ["Juan Pérez", "", "DPI"],
        ["ANA ZUNIGA", 501199000456, "ATIC"],
        ["Juan Pérez", "", "DPI"],
        ["Juan Pérez", "", "ATIC"],
    ]
    found = listed(rows)
    assert [row.row for row in found.rows if "repeated_in_file" in codes(row)] == [4, 5]


def test_one_document_beside_two_names_is_an_error_on_both() -> None:
    rows: list[list[Cell]] = [
        ["Nombre", "Identidad"],
        ["Ana Zúniga", "0501199000456"],
        ["Juan Pérez", "0501199000456"],
    ]
    assert [codes(row) for row in listed(rows).rows] == [["document_of_two"], ["document_of_two"]]


def test_a_year_of_birth_that_differs_from_the_number_is_a_warning() -> None:
    rows: list[list[Cell]] = [["Nombre", "Identidad", "Nacimiento"], ["Ana Zúniga", "0501199000456", "25/03/1991"]]
    assert codes(listed(rows).rows[0]) == ["birth_year_differs"]


def test_a_rank_beside_the_name_that_differs_from_its_column_is_told() -> None:
    rows: list[list[Cell]] = [["Nombre", "Grado", "Identidad"], ["Insp. Ana Zúniga", "Agente", "0501199000456"]]
    found = listed(rows).rows[0]
    assert (found.rank, codes(found)) == ("agente", ["title_beside_name", "two_ranks"])


ODD = {
    "Ana\u200bMaría Zúniga": ("zero_width", "repair", "AnaMaría"),
    "\u202eAna Zúniga": ("direction_marks", "repair", "Ana"),
    "Ana\x07 Zúniga": ("control_characters", "repair", "Ana"),
    "MarÃ\xada Zúniga": ("broken_letters", "repair", "María"),
    "Аnа Zúniga": ("mixed_scripts", "error", "Аnа"),
    "<b>Ana</b> Zúniga": ("markup", "error", "<b>Ana</b>"),
    "Ana " + "Zúniga" * 90: ("too_long", "error", "Ana"),
    "=Ana Zúniga": ("formula_text", "warning", "=Ana"),
    "Ana\ufffd Zúniga": ("unreadable_letter", "warning", "Ana\ufffd"),
}


@pytest.mark.parametrize("written", ODD)
def test_odd_signs_are_told_and_nothing_is_changed_silently(written: str) -> None:
    code, severity, given = ODD[written]
    rows: list[list[Cell]] = [["Nombre y apellido", "Identidad"], [written, "0501199000456"]]
    row = listed(rows).rows[0]
    (problem,) = [problem for problem in row.problems if problem.code == code]
    assert (problem.severity.value, row.given_names) == (severity, given)
    assert problem.value == written[:200]


def test_odd_signs_in_a_number_are_told_too() -> None:
    rows: list[list[Cell]] = [["Nombre", "Identidad"], ["Ana Zúniga", "0501\u200b1990\u202d00456"]]
    row = listed(rows).rows[0]
    assert row.document == "0501199000456"
    assert [problem.severity.value for problem in row.problems] == ["repair"]
    assert listed(rows, repairs=False).rows[0].refused


def test_numbers_of_telephones_lose_their_country_and_other_texts_are_told() -> None:
    rows: list[list[Cell]] = [["Nombre", "Celular"], ["Ana Zúniga", "+504 9988-7766"], ["Luis Mejía", 99887766]]
    rows += [["Juan Pérez", "no tiene"], ["Iris Cálix", "998877"]]
    found = listed(rows)
    assert [row.phone for row in found.rows] == ["99887766", "99887766", None, "998877"]
    assert codes(found.rows[3]) == ["no_document", "unlikely_phone"]
