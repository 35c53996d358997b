"""Tests of reading class groups: pupils' lists that are counted, tables, messages; no name is ever in what is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eic_tracker.domain.facts import Heads
from eic_tracker.errors import UserError
from eic_tracker.exchange.group_lists import GroupSource, NoGroups, groups_of, open_groups, pasted_groups
from eic_tracker.exchange.group_rows import GroupRow, GroupShape, ReadGroups
from eic_tracker.exchange.parsing import parse
from tests.exchange.made_files import workbook
from tests.reports.recalculation import convert

NAMES = ["Ana Inventada López", "Luis Inventado Paz", "Rosa Fingida Mejía", "José Fingido", "Carla Peña Ficticia",
         "Mario Zúniga Ficticio"]  # fmt: skip
LISTS = Path(__file__).parents[1] / "data" / "lists"


def read(source: GroupSource, **answers: str) -> ReadGroups:
    """What a source says, with its answers."""
    found = groups_of(source, answers, year=2019)
    for name in NAMES:
        for part in name.split():
            assert part not in repr(source.pupils), "the names were let go"
            assert part not in repr(found.rows)
    return found


def of_file(path: Path, monkeypatch: pytest.MonkeyPatch, **answers: str) -> ReadGroups:
    """What a file says, read in this process as the other one would."""
    monkeypatch.setattr("eic_tracker.exchange.group_lists.read_sheets", lambda path, look=None: parse(path))
    return read(open_groups(path), **answers)


def told(row: GroupRow) -> tuple[object, ...]:
    """Grade, section, shift, and the heads enrolled."""
    heads = row.enrolled or Heads()
    return (row.words.grade, row.words.section, row.words.shift, heads.girls, heads.boys, heads.unrecorded)


def numbered(sexes: str) -> list[list[object]]:
    """Rows of pupils with a number and the letter of a sex each."""
    return [[number, name, sex] for number, (name, sex) in enumerate(zip(NAMES, sexes, strict=False), 1)]


def test_the_example_of_a_school_is_read_in_a_process_of_its_own() -> None:
    found = read(open_groups(LISTS / "seccion-4A-matutina.xlsx"))
    (row,) = found.rows
    assert told(row) == ("4", "A", "morning", 15, 17, 0)
    assert row.words.school == "Centro Educativo de Ejemplo No. 2"
    assert (found.shape, found.pupils, found.header_row) == (GroupShape.CLASS_LIST, 32, 4)


@pytest.mark.needs("soffice")
def test_the_same_list_saved_by_libreoffice_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = of_file(convert(LISTS / "seccion-4A-matutina.xlsx", tmp_path, "ods"), monkeypatch)
    assert [told(row) for row in found.rows] == [("4", "A", "morning", 15, 17, 0)]


HEAD = ["No", "Nombre del alumno", "Sexo"]
LETTERHEAD = [["Escuela de Ejemplo"], ["Grado:", "Cuarto", "Sección:", "A", "Jornada:", "Vespertina"]]


@pytest.mark.parametrize(
    ("name", "sheets", "expected"),
    [
        pytest.param("x", {"Hoja1": [*LETTERHEAD, ["Código SACE:", "080100642M02"], [], HEAD, *numbered("HMHMMH"),
                                     ["", "Total", 6]]}, [("4", "A", "afternoon", 3, 3, 0)], id="letterhead, H and M"),
        pytest.param("x", {"4C": [HEAD, *numbered("FMFMFM")]}, [("4", "C", None, 3, 3, 0)], id="F and M, sheet name"),
        pytest.param("5to B vespertina", {"Hoja1": [HEAD[:2], *[row[:2] for row in numbered("xxxxxx")]]},
                     [("5", "B", "afternoon", 0, 0, 6)], id="no sex, file name"),
        pytest.param("x", {"6A": [["Apellidos", "Nombres", "Género"], ["Inventada", "Ana", "Niña"],
                                  ["Fingido", "José", "Niño"]],
                           "6B": [HEAD, *numbered("FFFFM")]},
                     [("6", "A", None, 1, 1, 0), ("6", "B", None, 4, 1, 0)], id="two sheets, words"),
        pytest.param("x", {"Hoja1": [["Escuela de Ejemplo"], ["Cuarto grado A"], HEAD, *numbered("FMFMFM"), [],
                                     ["Quinto grado B, matutina"], HEAD, *numbered("FM")]},
                     [("4", "A", None, 3, 3, 0), ("5", "B", "morning", 1, 1, 0)], id="two classes on one sheet"),
        pytest.param("x", {"7mo A": [["NIÑAS"], HEAD[:2], *[row[:2] for row in numbered("xxx")], ["NIÑOS"],
                                     [1, NAMES[3]], [], [2, NAMES[4]], ["Docente:"], ["______________"],
                                     ["Prof. Juana Fingida"]]},
                     [("7", "A", None, 3, 2, 0)], id="titles between, blank rows, signature"),
        pytest.param("x", {"4D": [["No", "Nombre", "H", "M"], [1, NAMES[0], None, "x"], [2, NAMES[1], "x", None],
                                  [3, NAMES[2], None, "x"]]}, [("4", "D", None, 2, 1, 0)], id="marks under H and M"),
        pytest.param("x", {"todo": [["Nombre", "Grado", "Sección", "Jornada", "Sexo"],
                                    *[[name, grade, "B", "mat", "F"] for name, grade in zip(NAMES, "445566",
                                                                                           strict=True)]]},
                     [(grade, "B", "morning", 2, 0, 0) for grade in "456"], id="classes by columns"),
    ],
)  # fmt: skip
def test_lists_of_pupils_in_the_shapes_of_schools(
    name: str,
    sheets: dict[str, object],
    expected: list[tuple[object, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = of_file(workbook(tmp_path / f"{name}.xlsx", sheets), monkeypatch)
    assert [told(row) for row in found.rows] == expected
    assert found.questions == ()


def test_a_text_of_windows_and_a_total_that_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"{number};{name};{sex}" for number, name, sex in numbered("FMFMFM")]
    path = tmp_path / "Noveno A nocturna.csv"
    path.write_bytes("\r\n".join(["Nº;Nombre;Género", *lines, ";Total;7"]).encode("cp1252"))
    (row,) = of_file(path, monkeypatch).rows
    assert told(row) == ("9", "A", "evening", 3, 3, 0)
    assert [(each.code, each.value) for each in row.problems] == [("total_differs", "7")]


def test_m_alone_is_asked_once_and_decided_by_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "m.xlsx", {"4A": [HEAD, *numbered("MMM")], "4B": [HEAD, *numbered("MM")]})
    found = of_file(path, monkeypatch)
    assert [question.key for question in found.questions] == ["sex_m"]
    assert [row.waits_for for row in found.rows] == [("sex_m",), ("sex_m",)]
    assert [told(row)[3:] for row in of_file(path, monkeypatch, sex_m="F").rows] == [(3, 0, 0), (2, 0, 0)]
    assert of_file(path, monkeypatch, sex_m="F").questions == ()


def test_a_table_is_read_by_headings_over_two_rows_with_days_and_cells_left_blank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        ["Consolidado 2019"],
        [None, None, "Matrícula", None, None, "Graduados"],
        ["Centro educativo", "Grado y sección", "Niñas", "Niños", "Total", "Niñas", "Niños", "Lección 1", "Lección 2"],
        ["Escuela de Ejemplo", "4to A mat", 15, "17", 32, 10, 11, "12/03", dt.date(2019, 3, 19)],
        [None, "Quinto B vesp", 9, 8, 18, None, None, "ayer", None],
        ["TOTAL", None, 24, 25],
    ]
    found = of_file(workbook(tmp_path / "c.xlsx", {"x": rows}), monkeypatch)
    first, second = found.rows
    assert (found.shape, found.header_row) == (GroupShape.TABLE, 3)
    assert told(first) == ("4", "A", "morning", 15, 17, 0)
    assert first.graduated == Heads(10, 11)
    days = [(lesson.number, lesson.given_on) for lesson in first.lessons]
    assert days == [(1, dt.date(2019, 3, 12)), (2, dt.date(2019, 3, 19))]
    assert second.words.school == "Escuela de Ejemplo"
    assert [each.code for each in second.problems] == ["school_from_above", "no_day", "total_differs"]


def test_letters_above_counts_mean_what_stands_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def heads(*letters: str, **answers: str) -> tuple[Heads | None, int]:
        rows = [["Escuela", "Clase", *letters], ["X", "4A mat", *range(1, len(letters) + 1)]]
        found = of_file(workbook(tmp_path / "l.xlsx", {"x": rows}), monkeypatch, **answers)
        return found.rows[0].enrolled, len(found.questions)

    assert heads("H", "M") == (Heads(2, 1), 0)
    assert heads("F", "M") == (Heads(1, 2), 0)
    assert heads("M") == (Heads(0, 1), 1)
    assert heads("M", sex_m="F") == (Heads(1, 0), 0)


MESSAGE = """Buenas tardes
Escuela de Ejemplo
12/03/2019
4A mat 15 niñas 17 niños lec 2
4to B vesp H 17 M 15 lección 2, 14/03
5 A matutina: 14F 16M lec. 1 y 2
Quinto grado sección C, jornada vespertina, 12 niñas y 11 niños, total 23, lecciones 1-3
6A 30 alumnos
8A presentes 14 niñas 15 niños matrícula 15 niñas 17 niños lec 3
6C mat graduados 14 niñas 15 niños"""


def test_a_message_is_read_line_by_line_with_the_school_and_the_day_of_the_lines_before() -> None:
    found = read(pasted_groups(MESSAGE, "mensaje"))
    rows = {row.row: row for row in found.rows}
    assert {row.words.school for row in found.rows} == {"Escuela de Ejemplo"}
    assert [problem.code for row in found.rows for problem in row.problems] == []
    (lesson,) = rows[4].lessons
    assert (lesson.number, lesson.given_on, lesson.present) == (2, dt.date(2019, 3, 12), Heads(15, 17))
    assert (rows[5].words.section, rows[5].words.shift) == ("B", "afternoon")
    assert (rows[5].lessons[0].given_on, rows[5].lessons[0].present) == (dt.date(2019, 3, 14), Heads(15, 17))
    assert [each.number for each in rows[6].lessons] == [1, 2]
    assert [each.number for each in rows[7].lessons] == [1, 2, 3]
    assert (rows[7].words.grade, rows[7].words.section, rows[7].words.shift) == ("5", "C", "afternoon")
    assert rows[8].enrolled == Heads(0, 0, 30)
    assert (rows[9].enrolled, rows[9].lessons[0].present) == (Heads(15, 17), Heads(14, 15))
    assert (rows[10].graduated, rows[10].graduated_on) == (Heads(14, 15), dt.date(2019, 3, 12))
    assert found.unread == (1,)


@pytest.mark.parametrize(
    "line",
    [
        "4A mat 15 niñas 17 niños Inventada López",
        "4A mat Ana Inventada, Luis Fingido",
        "4A mat 15n 17v lec 2",
        "9F 8M",
        "4A mat 15 niñas 16 niñas",
    ],
)
def test_names_and_half_understood_lines_are_refused_without_being_quoted(line: str) -> None:
    found = read(pasted_groups(f"Escuela de Ejemplo\n{line}\n4B mat 1 niña 2 niños", "mensaje"))
    refused, good = found.rows
    assert [each.code for each in refused.problems] == ["not_understood"]
    assert (refused.enrolled, refused.lessons) == (None, ())
    assert "Names of pupils are not kept" in refused.problems[0].message
    assert not {"Inventada", "Fingido"} & set(repr(refused).split())
    assert good.enrolled == Heads(1, 2)


def test_m_alone_in_a_message_is_asked_and_a_wrong_total_is_an_error() -> None:
    found = read(pasted_groups("4A mat 5 m lec 1\n4B 14 niñas 15 niños total 30", "mensaje"))
    assert [question.key for question in found.questions] == ["sex_m"]
    assert found.rows[0].waits_for == ("sex_m",)
    assert [each.code for each in found.rows[1].problems] == ["total_differs"]


def test_cells_copied_from_a_list_are_counted_and_a_text_without_classes_is_refused() -> None:
    rows: list[list[object]] = [["Cuarto grado A"], [*HEAD], *numbered("FMFMF")]
    text = "\n".join("\t".join(str(cell) for cell in row) for row in rows)
    (row,) = read(pasted_groups(text, "lista")).rows
    assert told(row) == ("4", "A", None, 3, 2, 0)
    with pytest.raises(NoGroups):
        pasted_groups("Buenas tardes, mañana llego", "mensaje")


WORDS = st.sampled_from(
    ["4A", "4to", "B", "mat", "vesp", "15", "17", "niñas", "niños", "H", "M", "F", "lec", "2", "1-3", "12/03", "31/02",
     "total", "32", "graduados", "Escuela", "Ejemplo", ":", ",", "\n", "Ñandú", "999999999999", "\u200f", "grado",
     "sección", "°", "presentes", "matrícula", "lecciones", "y", "L2"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=120)))
def test_any_text_is_class_groups_or_one_clear_refusal(text: str) -> None:
    try:
        found = groups_of(pasted_groups(text, "mensaje"), {}, year=2019)
    except UserError:
        return
    for row in found.rows:
        for heads in (row.enrolled, row.reached, row.graduated, *(lesson.present for lesson in row.lessons)):
            assert heads is None or min(heads.girls, heads.boys, heads.unrecorded) >= 0
        assert row.words.grade is None or row.words.grade == "multigrade" or row.words.grade.isdecimal()
    assert found == groups_of(pasted_groups(text, "mensaje"), {}, year=2019)


@settings(max_examples=60, deadline=None)
@given(
    girls=st.integers(0, 99), boys=st.integers(0, 99), grade=st.integers(4, 9), section=st.sampled_from("ABCDE"),
    lesson=st.integers(1, 13),
)  # fmt: skip
def test_what_a_message_says_is_read_back_as_it_was_said(
    girls: int, boys: int, grade: int, section: str, lesson: int
) -> None:
    for line in (
        f"{grade}{section} mat {girls} niñas {boys} niños lec {lesson}",
        f"{grade}to {section} matutina H {boys} M {girls} lección {lesson}",
        f"{grade}° {section} mat niñas: {girls} niños: {boys} lec. {lesson}",
    ):
        (row,) = groups_of(pasted_groups(line, "mensaje"), {}, year=2019).rows
        assert (row.words.grade, row.words.section, row.words.shift) == (str(grade), section, "morning")
        assert [(each.number, each.present) for each in row.lessons] == [(lesson, Heads(girls, boys))]
        assert row.problems == ()
