"""A printed list: upright where its columns fit, lying where they do not, and in the way that a person chose."""

from __future__ import annotations

import datetime as dt

import pypdfium2 as pdfium
import pytest

from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.view_paper import Typed, ViewColumn, ViewPaper
from eic_tracker.reports.view_pdf import view_pdf
from tests.reports.pdf_reading import assert_inside_the_pages, texts_of

T = Translator(Language.ES)
FEW = (ViewColumn("Nombre", 30), ViewColumn("Terminó", 11, date=True), ViewColumn("Horas", 6, number=True))
MANY = (
    ViewColumn("Apellidos, nombres", 30),
    ViewColumn("Documento de identidad", 17),
    ViewColumn("Grado policial", 15),
    ViewColumn("Unidad", 24),
    ViewColumn("Institución", 24),
    *FEW[1:],
)

DAY_LAST = (ViewColumn("Curso", 28), ViewColumn("Código", 12), ViewColumn("Horas", 6, number=True), FEW[1])
"""A day behind a column of numbers, which keeps its distance."""


def paper(columns: tuple[ViewColumn, ...], count: int = 90) -> ViewPaper:
    values: dict[bool, Typed] = {True: dt.date(2019, 6, 21), False: "Núñez Aguilar, María"}
    row: list[Typed] = [40 if column.number else values[column.date] for column in columns]
    made_at = dt.datetime(2019, 6, 28, 12, tzinfo=dt.UTC)
    return ViewPaper("Personas", columns, ("Sexo: Mujeres",), f"{count} personas", [row] * count, "Ada", made_at, False)


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    return {(round(page.get_width()), round(page.get_height())) for page in pdfium.PdfDocument(pdf)}


@pytest.mark.parametrize(("sheet", "size"), [(Paper.LETTER, (612, 792)), (Paper.A4, (595, 842))])
def test_a_list_lies_only_where_its_columns_do_not_fit_upright(sheet: Paper, size: tuple[int, int]) -> None:
    assert sizes(view_pdf(paper(FEW), T, sheet)) == {size}
    assert sizes(view_pdf(paper(MANY), T, sheet)) == {size[::-1]}


@pytest.mark.parametrize("columns", [FEW, MANY, DAY_LAST])
@pytest.mark.parametrize("landscape", [False, True])
def test_the_way_that_was_chosen_is_kept_on_every_page_with_heading_foot_and_all_rows(
    columns: tuple[ViewColumn, ...], landscape: bool
) -> None:
    pdf = view_pdf(paper(columns), T, Paper.OFICIO, landscape=landscape)
    assert sizes(pdf) == {(936, 612) if landscape else (612, 936)}
    assert_inside_the_pages(pdf, 28)
    texts = texts_of(pdf)
    assert len(texts) > 1
    assert sum(text.count("21/06/2019") for text in texts) == 90
    for number, text in enumerate(texts, 1):
        assert f"Página {number} de {len(texts)}" in " ".join(text.split())
        assert columns[0].title.split()[0] in text, "the headings come again on each page"
    assert pdf == view_pdf(paper(columns), T, Paper.OFICIO, landscape=landscape)
