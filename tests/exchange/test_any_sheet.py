"""Whatever stands in a sheet or a file, reading it gives rows or one sentence, and the rows add up."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.lists import as_one, lists_of
from eic_tracker.exchange.parsing import parse
from eic_tracker.exchange.rows import Severity
from tests.exchange.known import EXAMPLES, TODAY, known

WORDS = (
    *("", "Nombre", "Identidad", "DNI", "Apellidos, Nombres", "Apellidos", "Sexo", "H", "M", "F", "X", "No.", "DPI"),
    *("Fecha de nacimiento", "Día", "Mes", "Año", "Grado", "Unidad", "País", "Tipo", "Cargo", "Celular", "Pasaporte"),
    *("Juan Pérez", "ZÚNIGA MEJÍA ANA", "De la O, Ana", "Insp. Luis Paz", "1. Iris Cálix", "Total", "Firma", "____"),
    *("0801-1990-12345", "801199012345", "8.01E+11", "2468135710101", "E123456", "03/04/1990", "31/02/1990", "x"),
    *("Guatemala", "=1+1", "\u202eAna", "<b>", "-", "n/a", "UNIDAD DPI", "Fin del documento", "4 de marzo de 1988"),
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.integers(-5, 10**13),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(dt.timedelta(0), dt.timedelta(9)),
)
GRIDS = st.lists(st.lists(CELLS, max_size=7), max_size=12)
AREAS = st.lists(st.tuples(*[st.integers(0, 12)] * 4), max_size=3)


@settings(max_examples=300)
@given(GRIDS, AREAS, st.frozensets(st.integers(0, 12), max_size=3), st.booleans())
def test_any_sheet_gives_people_or_a_sentence(
    cells: list[list[Cell]], areas: list[tuple[int, int, int, int]], hidden: frozenset[int], repairs: bool
) -> None:
    merged = tuple(((min(a, c), min(b, d)), (max(a, c), max(b, d))) for a, b, c, d in areas)
    sheet = Sheet("Hoja", cells, merged, hidden_rows=hidden, hidden_columns=hidden)
    try:
        lists = lists_of([sheet], "lista", {}, known(), today=TODAY, repairs=repairs)
    except FileProblem:
        return
    read = as_one(lists)
    assert read.rows
    keys = {question.key for question in read.questions}
    for row in read.rows:
        assert 1 <= row.row <= len(cells)
        assert set(row.waits_for) <= keys
        assert row.sex in {None, "F", "M"}
        assert (row.document is None) == (row.document_type is None)
        assert row.given_names or row.family_names or row.refused
        assert repairs or not any(problem.severity is Severity.REPAIR for problem in row.problems)
        for problem in row.problems:
            assert problem.message.format(**problem.values)
    for question in read.questions:
        assert question.proposal in question.options
        assert question.message.format(**question.values)
    answers = {question.key: question.proposal for question in read.questions}
    answered = as_one(lists_of([sheet], "lista", answers, known(), today=TODAY, repairs=repairs))
    assert answered.questions == ()
    assert [(row.row, row.document) for row in answered.rows] == [(row.row, row.document) for row in read.rows]


def read_or_told(content: bytes) -> bool:
    """Whether the bytes of a file give sheets or one sentence; anything else fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lista.xlsx"
        path.write_bytes(content)
        try:
            return isinstance(parse(path), list)
        except FileProblem as problem:
            return "lista.xlsx" in str(problem)


@settings(max_examples=150)
@given(st.data())
def test_any_damage_to_a_workbook_gives_sheets_or_a_sentence(data: st.DataObject) -> None:
    content = bytearray((EXAMPLES / "nomina-dpi.xlsx").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert read_or_told(bytes(content[: data.draw(st.integers(1, len(content)))]))


@settings(max_examples=150)
@given(st.data())
def test_any_damage_inside_a_workbook_gives_sheets_or_a_sentence(data: st.DataObject) -> None:
    with zipfile.ZipFile(EXAMPLES / "nomina-dpi.xlsx") as package:
        parts = {name: bytearray(package.read(name)) for name in package.namelist()}
    part = parts[data.draw(st.sampled_from(sorted(parts)))]
    for _ in range(data.draw(st.integers(1, 5))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in parts.items():
            package.writestr(name, bytes(content))
    assert read_or_told(packed.getvalue())
