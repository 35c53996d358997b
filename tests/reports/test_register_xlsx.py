"""The register of completions, read back: names and numbers as they are, marked with who took it out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from eic_tracker.domain.codes import Sex
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.register import RegisterRow
from eic_tracker.reports.register_xlsx import register_xlsx
from tests.reports.workbook_reading import formulas_of, named_column, rows_of, written

ROW = RegisterRow(
    programme="EIC",
    surnames="Inventada Núñez",
    given_names="María José",
    sex=Sex.F,
    document="0801-1990-00123",
    document_country="Honduras",
    police_number="004512",
    rank="Subinspectora de Policía",
    unit="Unidad de delitos contra la vida",
    institution="Dirección Policial de Investigaciones",
    course="Fotografía forense",
    offering="116-2019",
    starts_on=dt.date(2019, 6, 3),
    ends_on=dt.date(2019, 6, 28),
    hours=120,
    grade=Decimal("88.50"),
    certificate="EIC-2019-000123",
    certificate_date=dt.date(2019, 6, 28),
)


def register(rows: list[RegisterRow], language: Language = Language.ES, *, demonstration: bool = False) -> bytes:
    return written(
        lambda file: register_xlsx(
            rows,
            Translator(language),
            file,
            generated_by="Rosa Inventada",
            generated_at=dt.datetime(2019, 6, 29, 4, 30, tzinfo=dt.UTC),
            demonstration=demonstration,
            reason="Oficio 12",
        )
    )


def test_each_completion_is_a_row_with_everything_that_the_register_tells() -> None:
    book = formulas_of(register([ROW, dataclasses.replace(ROW, surnames="Otra")], Language.EN))
    cells = rows_of(book, "Register")[-2]
    assert cells[:6] == (1, "Inventada Núñez", "María José", "woman", "0801-1990-00123", "Honduras")
    assert [str(day) for day in cells[13:15]] == ["2019-06-03 00:00:00", "2019-06-28 00:00:00"]
    assert cells[15:18] == (120, 88.5, "EIC-2019-000123")
    assert str(cells[18]) == "2019-06-28 00:00:00"


def test_identity_numbers_keep_their_zeros() -> None:
    book = formulas_of(register([dataclasses.replace(ROW, document="0801199000123")]))
    assert named_column(book, "register_document") == ["0801199000123"]
    assert named_column(book, "register_police_number") == ["004512"]


def test_what_is_missing_stays_empty() -> None:
    bare = dataclasses.replace(ROW, document=None, rank=None, hours=None, grade=None, certificate=None)
    book = formulas_of(register([bare]))
    assert named_column(book, "register_document") == [None]
    assert named_column(book, "register_grade") == [None]


@pytest.mark.parametrize("language", list(Language))
def test_the_sheet_says_who_took_it_out_when_and_why(language: Language) -> None:
    book = formulas_of(register([ROW], language))
    sheet = book.worksheets[0]
    top = str(sheet["A2"].value)
    assert "Rosa Inventada" in top
    assert "Oficio 12" in top
    assert "22:30" in top, "the time in Honduras"
    assert "Rosa Inventada" in str(sheet.oddFooter.left.text)
    assert book.properties.creator == "Rosa Inventada"


def test_a_name_that_looks_like_a_formula_is_text() -> None:
    book = formulas_of(register([dataclasses.replace(ROW, surnames="=1+1", given_names="@SUM(A1)")]))
    (cell,) = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_demonstration_is_marked_and_an_empty_register_opens() -> None:
    book = formulas_of(register([], demonstration=True))
    assert "DEMO" in str(book.worksheets[0]["A2"].value)
    assert book.worksheets[0].auto_filter.ref
