"""What goes with a periodic report: letter, signers, narrative, plan, exceptions, restatements; the same as .docx."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from reportlab.pdfbase.pdfmetrics import stringWidth

from eic_tracker.domain.codes import Measure, ProgrammeKind, ReportKind, ReportSection, ReportSigner
from eic_tracker.domain.counting import Counts
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.quarter_figures import BROKEN_DOWN_BY
from eic_tracker.domain.supporting import Papers, SupportLevel
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.closed_quarters import ClosedQuarter, FrozenFigure, FrozenTables, Restated
from eic_tracker.queries.periodic_reports import ExceptionLine, ReportOffice
from eic_tracker.queries.report_data import ReportData, Signature
from eic_tracker.queries.targets import Target
from eic_tracker.queries.teaching_hours import CourseHours, Taught
from eic_tracker.reports.quarterly.counts import Breakdown, ReportCounts
from eic_tracker.reports.quarterly_pdf import quarterly_pdf
from eic_tracker.reports.report_docx import report_docx
from tests.reports.made_report import QUARTER, report_data
from tests.reports.pdf_reading import assert_inside_the_pages, texts_of, words_of

ES, EN = Translator(Language.ES), Translator(Language.EN)
_MOMENT = dt.datetime(2019, 1, 12, 16, tzinfo=dt.UTC)


def target(period: str, value: int, programme: str = "EIC", measure: Measure = Measure.COMPLETIONS) -> Target:
    return Target(1, programme, measure, parse_period(period), value, None, None, "registrar", "manager", None, None)


def restated(period: str = "2018Q4", old: int = 6, new: int = 5, reason: str = "Acta con un nombre de más") -> Restated:
    who, order = "Rosa Inventada", "Comisionado Uno, Director, EIC-9-2019"
    return Restated(parse_period(period), "EIC", Measure.COMPLETIONS, old, new, reason, who, "rosa", order, _MOMENT)


def closed(*, reopened: bool = False) -> ClosedQuarter:
    figures = (FrozenFigure("EIC", Measure.COMPLETIONS, 6), FrozenFigure("EIC", Measure.OFFERINGS, 2))
    at, why = (_MOMENT, "faltaba un curso") if reopened else (None, None)
    return ClosedQuarter(1, QUARTER, _MOMENT, "Rosa Inventada", "rosa", at, why, figures, (restated(),), ())


OFFICE = ReportOffice(
    kind=ReportKind.QUARTERLY,
    period=QUARTER,
    id=1,
    number="INF-4-2018",
    letter_number="EIC-0012-2019",
    letter_dated=dt.date(2019, 1, 8),
    addressee="Licda. Carla Ficticia",
    addressee_post="Sección INL",
    copies=("Archivo", "Dirección General"),
    achievements="Primer logro.\nSegundo logro.",
    difficulties="Faltó transporte.",
    signers={ReportSigner.APPROVED: Signature("Comisionada", "Luz Inventada", "Directora")},
)


def whole(**changes: Any) -> ReportData:
    """A report with everything that may go with one."""
    told: dict[str, Any] = {
        "office": OFFICE,
        "closed": closed(),
        "restatements": (restated("2018Q3", 9, 8, "Entró tarde"),),
        "targets": (target("2018Q4", 10), target("2018Q1", 4), target("2018", 20), target("2018Q4", 9, "GREAT")),
        "indicators": {("EIC", Measure.COMPLETIONS): "PS.5.3-15"},
        "exceptions": (
            ExceptionLine(dt.date(2018, 11, 2), ("capacity",), "003-2018", "Comisionado Uno", "Director", "O-1", 2),
        ),
        "teaching": (
            CourseHours(
                3,
                dt.date(2018, 11, 16),
                40,
                (Taught("I-03", "CNP", "COL", True, 30), Taught("I-09", "HNP", "HND", False, None)),
            ),
        ),
    }
    return report_data(**(told | changes))


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return [" ".join(text.split()) for text in texts_of(quarterly_pdf(whole(), ES))]


def test_the_letter_stands_on_the_first_page_with_number_addressee_and_copies(pages: list[str]) -> None:
    for words in (
        "Oficio N.º EIC-0012-2019",
        "Comayagua, 8 de enero de 2019",
        "Licda. Carla Ficticia",
        "Sección INL",
        "informe trimestral: IV Trimestre 2018 (del 01/10/2018 al 31/12/2018)",
        "Atentamente",
        "Luz Inventada",
        "Copias: Archivo Dirección General",
    ):
        assert words in pages[0]
    assert "Informe trimestral" not in pages[0]
    assert "INF-4-2018" in pages[1]
    assert "Oficio N.º" not in words_of(quarterly_pdf(report_data(), ES))


def test_what_the_school_tells_and_who_signs_are_those_of_this_report(pages: list[str]) -> None:
    words = " ".join(pages)
    assert "Lo que informa la escuela Logros Primer logro. Segundo logro. Dificultades Faltó transporte." in words
    assert words.count("Luz Inventada") == 2
    assert "Juan Inventado Pérez" not in words


def test_planned_done_and_share_stand_for_the_period_and_the_year_whose_last_quarter_it_is(pages: list[str]) -> None:
    words = " ".join(pages)
    # 5 completions in the quarter, frozen as 6; 9 in the year, of whose quarters two have a target
    assert "EIC: Aprobados (PS.5.3-15) 10 6 60.0 % 20 9 45.0 % G.R.E.A.T." in words
    assert "G.R.E.A.T.: Aprobados 9 0 0.0 % — — — Programado:" in words
    assert "hasta el 31/12/2018" not in words[words.index("Programado y ejecutado") : words.index("EIC: Aprobados (PS")]


@pytest.mark.parametrize(
    ("quarter", "so_far"),
    [
        ("2018Q1", None),
        ("2018Q3", "Año 2018, hasta el 30/09/2018"),
        ("FY2019Q1", None),
        ("FY2018Q3", "Año fiscal 2018 (EE. UU.), hasta el 30/06/2018"),
    ],
)
def test_the_year_so_far_stands_only_where_it_is_neither_the_quarter_nor_the_year(
    quarter: str, so_far: str | None
) -> None:
    period = parse_period(quarter)
    data = whole(period=period, targets=(target(quarter, 7),), closed=None)
    words = words_of(quarterly_pdf(data, ES))
    heads = words[words.index("Programado y ejecutado") : words.index("EIC: Aprobados (PS")]
    assert heads.count("hasta el") == (0 if so_far is None else 1)
    assert so_far is None or so_far in heads


def test_quarters_that_fill_the_year_so_far_are_added_where_no_target_says_those_days() -> None:
    quarters = tuple(target(f"2018Q{number}", number) for number in range(1, 5))
    words = words_of(quarterly_pdf(whole(targets=quarters, closed=None), ES))
    assert "EIC: Aprobados (PS.5.3-15) 4 5 125.0 % 10 9 90.0 %" in words


def test_a_closed_quarter_prints_its_frozen_figures_with_what_changed_beside_them(pages: list[str]) -> None:
    words = " ".join(pages)
    assert "Cerrado el 12/01/2019 por Rosa Inventada" in words
    assert "aprobado» 6 rectificada: 5 9 15" in words
    assert "De este trimestre, desde que se cerró" in words
    assert "IV Trimestre 2018 EIC: Aprobados 6 5 Acta con un nombre de más Rosa Inventada, 12/01/2019" in words
    assert "III Trimestre 2018 EIC: Aprobados 9 8 Entró tarde" in words
    assert "Autorizó Comisionado Uno, Director, EIC-9-2019" in words


def test_the_tables_of_a_closed_quarter_are_the_frozen_ones_and_say_what_is_counted_today() -> None:
    values = {Measure.OFFERINGS: 2, Measure.ENROLMENTS: 8, Measure.COMPLETIONS: 6}
    quarter = replace(closed(), figures=tuple(FrozenFigure("EIC", *each) for each in values.items()))
    courses: dict[str | None, Counts] = {
        "FOTO": Counts(offerings=1, enrolments=7, completions=5),
        "VIEJO": Counts(offerings=1, enrolments=1, completions=1),
    }
    tables: FrozenTables = {("EIC", Dimension.COURSE): courses}
    words = words_of(quarterly_pdf(whole(closed=quarter, frozen_tables=tables), ES))
    assert "en los cuadros por curso, institución, sexo y demás, son las que se fijaron entonces" in words
    table = words.split("Por curso ")[1].split("Por tipo de curso")[0]
    assert "Fotografía forense 1 7* 5 1 6 5 2 13 11" in table
    assert "VIEJO 1* 1* 1* 0 0 0 0 0 0 Total 2 8* 6* 3 11 9 4 18 15" in table
    assert "* Como se fijó al cerrar el trimestre; hoy se cuenta: Fotografía forense, Participaciones: 6;" in table
    assert "VIEJO, Aprobados: 0; Total, Participaciones: 6; Total, Aprobados: 5." in table
    assert "*" not in words_of(quarterly_pdf(whole(closed=None), ES)).split("Por curso ")[1]


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_the_closing_freezes_every_table_of_the_report(kind: ProgrammeKind, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, list[Dimension]] = {}
    counted = ReportCounts.breakdown

    def noted(self: ReportCounts, programme: str, dimension: Dimension, *order: Any) -> Breakdown:
        asked.setdefault(programme, []).append(dimension)
        return counted(self, programme, dimension, *order)

    monkeypatch.setattr(ReportCounts, "breakdown", noted)
    quarterly_pdf(whole(), ES)
    programme = {ProgrammeKind.COURSES: "EIC", ProgrammeKind.OUTREACH: "GREAT"}[kind]
    assert tuple(asked[programme]) == BROKEN_DOWN_BY[kind]


def test_a_reopened_quarter_prints_what_is_counted_and_says_that_it_may_change() -> None:
    words = words_of(quarterly_pdf(whole(closed=closed(reopened=True)), ES))
    assert "se reabrió el 12/01/2019 (faltaba un curso)" in words
    assert "rectificada:" not in words


def test_exceptions_and_hours_of_the_period_have_their_tables(pages: list[str]) -> None:
    words = " ".join(pages)
    assert "02/11/2018 Más personas que cupos 003-2018 2 Comisionado Uno Director, O-1" in words
    assert "Policía Nacional de Colombia I-03 1 1 30 6 5" in words
    assert "Policía Nacional de Honduras I-09 0 1 0 0 0" in words
    assert "1 asignación no dice horas y no suma ninguna." in words


def test_each_total_is_split_by_the_papers_behind_its_rows() -> None:
    papers = Papers(offerings={1: SupportLevel.SHEET_AND_ACT, 3: SupportLevel.ACT})
    words = words_of(quarterly_pdf(whole(papers=papers), ES))
    # in the quarter five of course 3; since the beginning six of course 1, those five, four of course 2
    assert "EIC: Aprobados 5 0 5 0 0" in words
    assert "EIC: Aprobados 15 6 5 4 850" in words
    assert "EIC: Personas distintas 11 6 5 0 0" in words


@pytest.mark.parametrize("section", list(ReportSection))
def test_a_section_that_is_left_out_is_not_there_and_the_others_are(section: ReportSection) -> None:
    headings = {
        ReportSection.PLANNED: "Programado y ejecutado",
        ReportSection.COURSES: "EIC: cursos y personas",
        ReportSection.HOURS: "Horas impartidas en el período",
        ReportSection.SINGLE_COURSES: "Cursos, uno por uno",
        ReportSection.YOUTH: "G.R.E.A.T.: niñas, niños y jóvenes",
        ReportSection.SUPPORT: "Respaldo de los totales",
        ReportSection.PUBLISHED: "Cifras publicadas",
        ReportSection.HISTORICAL: "Cifras históricas sin nómina",
        ReportSection.EXCEPTIONS: "Excepciones y quién las autorizó",
        ReportSection.SOURCES: "Fuentes de las cifras publicadas",
    }
    office = ReportOffice(ReportKind.QUARTERLY, QUARTER, left_out=frozenset({section.value}))
    words = words_of(quarterly_pdf(whole(office=office), ES))
    for each, heading in headings.items():
        assert (f". {heading}" in words) == (each is not section), each
    assert "1. Resumen" in words
    assert "Qué cuenta cada cifra" in words


def test_the_report_since_the_beginning_counts_up_to_the_last_day_and_has_one_column_of_figures() -> None:
    words = words_of(quarterly_pdf(whole(kind=ReportKind.CUMULATIVE, office=None, closed=None), ES))
    assert "Informe desde el inicio hasta el 31/12/2018" in words
    assert "aprobado» 15" in words
    assert "Programado y ejecutado" not in words
    assert "001-2016" in words, "every course since the beginning is named"


@pytest.mark.parametrize("t", [ES, EN])
def test_everything_stands_inside_the_pages(t: Translator) -> None:
    long = "Una línea larga de un oficio que nadie acorta porque así se llama la oficina " * 2
    office = ReportOffice(
        ReportKind.QUARTERLY,
        QUARTER,
        number=long,
        letter_number=long[:60],
        addressee=long,
        addressee_post=long,
        copies=(long,) * 12,
        achievements=long * 30,
        signers={role: Signature(long[:60], long[:80], long) for role in ReportSigner},
    )
    assert_inside_the_pages(quarterly_pdf(whole(office=office), t), 20)


def told_in(document: Document) -> Iterator[str]:
    """The words of a document in its order, tables cell by cell."""
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                seen: list[Any] = []
                for cell in row.cells:
                    if all(cell._tc is not other for other in seen):
                        seen.append(cell._tc)
                        yield cell.text
        else:
            yield part.text


@pytest.mark.parametrize("t", [ES, EN])
def test_the_document_that_may_be_edited_tells_what_the_pdf_tells(t: Translator) -> None:
    data = whole()
    document = docx.Document(io.BytesIO(report_docx(data, t)))
    words = " ".join(" ".join(told_in(document)).split())
    of_pdf = words_of(quarterly_pdf(data, t))
    figures = [word for word in of_pdf.split() if word.replace(",", "").isdigit() and len(word) > 2]
    in_charts = {str(year) for year in range(2011, 2020)}
    for word in set(figures) - in_charts:
        assert word in words, word
    for heading in ("Programado y ejecutado", "Cifras rectificadas de trimestres cerrados") if t is ES else ():
        assert heading in words
    headings = [part.text for part in document.paragraphs if part.style and part.style.name == "Heading 1"]
    assert headings[0].startswith("1. ")
    assert len(document.inline_shapes) == 2, "the charts are there as pictures"
    assert document.core_properties.language == t.language.value
    assert "DEMOSTRACIÓN" not in document.sections[0].header.paragraphs[0].text
    marked = docx.Document(io.BytesIO(report_docx(whole(demonstration=True), t)))
    assert "DEMOSTRACIÓN" in marked.sections[0].header.paragraphs[0].text


def test_signatures_of_the_word_document_stay_on_one_page() -> None:
    document = docx.Document(io.BytesIO(report_docx(whole(), ES)))
    signed = next(table for table in document.tables if table.cell(0, 0).text == "Elaborado")
    kept = [[words.paragraph_format.keep_with_next for words in row.cells[0].paragraphs] for row in signed.rows]
    assert all(kept[0] + kept[1])
    assert not any(kept[2])
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in signed.rows), "rank, name and post together"


def columns_of(table: Table) -> list[float]:
    """The width of each column in points, less what stands free on both sides."""
    free = table._tbl.tblPr.find(qn("w:tblCellMar"))
    margins = sum(int(free.find(qn(side)).get(qn("w:w"))) / 20 for side in ("w:left", "w:right"))
    return [column.width.pt - margins for column in table.columns]


@pytest.mark.parametrize("t", [ES, EN])
def test_no_word_of_a_heading_and_no_number_is_broken_in_the_word_document(t: Translator) -> None:
    document = docx.Document(io.BytesIO(report_docx(whole(), t)))
    assert document.styles["Normal"].font.name == "Arial"
    seen = 0
    for table in document.tables:
        if table.rows[0]._tr.trPr is None or table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is None:
            continue
        widths = columns_of(table)
        for number, row in enumerate(table.rows):
            for place, cell in enumerate(row._tr.tc_lst):
                words = [run for each in cell.p_lst for run in each.r_lst]
                head = row._tr.trPr.find(qn("w:tblHeader")) is not None
                if cell.grid_span > 1 or not (head or re.fullmatch(r"[\d,.]+\*?( %)?", cell.p_lst[0].text)):
                    continue
                for run in words:
                    size = run.rPr.sz_val.pt
                    widest = max(stringWidth(word, "Helvetica-Bold", size) for word in run.text.split(" "))
                    assert widest <= widths[place], (number, run.text)
                    seen += 1
    assert seen > 100


def test_rows_of_the_word_document_are_whole_and_the_last_ones_stand_with_their_total() -> None:
    document = docx.Document(io.BytesIO(report_docx(whole(), ES)))
    table = next(table for table in document.tables if table.cell(1, 0).text == "Curso")
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[-1].cells[0].text == "Total"
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert all(kept[:3] + kept[-3:-1]), "headings with two rows, the last rows with their total"
    assert not kept[-1]
    bold = [[run.bold for cell in row.cells[1:] for run in cell.paragraphs[0].runs] for row in table.rows]
    assert all(bold[-1]), "the numbers of a total are as heavy as in the PDF"
    assert not any(bold[-2])


def test_the_numbers_of_the_pages_are_as_large_as_the_words_beside_them() -> None:
    foot = docx.Document(io.BytesIO(report_docx(whole(), ES))).sections[0].footer.paragraphs[0]
    kinds = [mark.get(qn("w:fldCharType")) for mark in foot._p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * 2
    assert len({run.font.size.pt for run in foot.runs if run.font.size}) == 1
    assert all(run.font.size for run in foot.runs)
    assert all(len(run._r.findall(qn("w:fldChar"))) <= 1 for run in foot.runs), "each mark in a run of its own"
