from __future__ import annotations

import csv
import dataclasses

import pypdfium2 as pdfium
import pytest

from eic_tracker import paths
from eic_tracker.domain.codes import FigureState, Measure, OfferingStatus, ReportKind
from eic_tracker.domain.counting import Counts, Dimension, Facts, Scope, count
from eic_tracker.domain.periods import parse_period
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.quarterly_pdf import quarterly_pdf
from eic_tracker.reports.reference_texts import PUBLISHED_FIGURE_TEXTS
from eic_tracker.reports.report_words import STATES
from tests.reports.made_report import FACTS, QUARTER, SCHOOL, published, reconciled, report_data, state_figure
from tests.reports.pdf_reading import assert_inside_the_pages, fonts_of, texts_of, words_of

ES, EN = Translator(Language.ES), Translator(Language.EN)
SPANS = (
    Scope(programmes=("EIC",), first_day=QUARTER.first_day),
    Scope(programmes=("EIC",), first_day=parse_period("2018").first_day),
    Scope(programmes=("EIC",)),
)
YOUTH_SPANS = tuple(dataclasses.replace(span, programmes=("GREAT",)) for span in SPANS)


@pytest.fixture(scope="module")
def spanish() -> bytes:
    return quarterly_pdf(report_data(), ES)


@pytest.fixture(scope="module")
def english() -> bytes:
    return quarterly_pdf(report_data(), EN)


def rows_after(words: str, *numbers: int) -> str:
    """A row of a table as it is read: its words, then its numbers."""
    return " ".join([words, *(f"{number:,}" for number in numbers)])


def of(cells: list[Counts], *measures: Measure) -> list[int]:
    return [getattr(cell, measure.value) for cell in cells for measure in measures]


def cells_of(dimension: Dimension, key: str | None, spans: tuple[Scope, ...] = SPANS) -> list[Counts]:
    tables = [count(FACTS, as_of=QUARTER.last_day, by=[dimension], scope=span) for span in spans]
    return [next((row.counts for row in table.rows if row.keys == (key,)), Counts()) for table in tables]


def test_the_summary_shows_what_the_counting_rules_say(spanish: bytes) -> None:
    words = words_of(spanish)
    totals = [count(FACTS, as_of=QUARTER.last_day, scope=span).total for span in SPANS]
    assert [total.completions for total in totals] == [5, 9, 15]
    youth = [count(FACTS, as_of=QUARTER.last_day, scope=span).total for span in YOUTH_SPANS]
    for name, cells, measure in (
        ("participaciones que terminaron con el resultado «aprobado»", totals, Measure.COMPLETIONS),
        ("personas detrás de esos aprobados, cada una contada una vez", totals, Measure.PERSONS),
        ("quienes empezaron: aprobaron, reprobaron o se retiraron del curso", totals, Measure.ENROLMENTS),
        ("cursos cuyo último día cae en el período", totals, Measure.OFFERINGS),
        ("niñas, niños y jóvenes cuya primera lección fue en el período", youth, Measure.REACHED),
        ("quienes se graduaron en el período", youth, Measure.GRADUATED),
    ):
        assert rows_after(name, *of(cells, measure)) in words


@pytest.mark.parametrize(
    ("dimension", "key", "name", "measures"),
    [
        (Dimension.COURSE, "FOTO", "Fotografía forense", (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS)),
        (Dimension.INSTITUTION, "MP", "Ministerio Público", (Measure.ENROLMENTS, Measure.COMPLETIONS, Measure.PERSONS)),
        (Dimension.INSTITUTION, None, "Sin dato", (Measure.ENROLMENTS, Measure.COMPLETIONS, Measure.PERSONS)),
        (Dimension.SEX, "F", "Mujeres", (Measure.ENROLMENTS, Measure.COMPLETIONS, Measure.PERSONS)),
        (Dimension.SEX, "U", "Sin dato", (Measure.ENROLMENTS, Measure.COMPLETIONS, Measure.PERSONS)),
        (Dimension.DEPARTMENT, "03", "Comayagua", (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS)),
        (Dimension.DEPARTMENT, None, "Sin dato", (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS)),
        (Dimension.COUNTRY, "GTM", "Guatemala", (Measure.ENROLMENTS, Measure.COMPLETIONS, Measure.PERSONS)),
        (
            Dimension.INSTRUCTOR_FORCE,
            "CNP",
            "Policía Nacional de Colombia",
            (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS),
        ),
    ],
)
def test_each_row_of_courses_shows_what_the_counting_rules_say(
    spanish: bytes, dimension: Dimension, key: str | None, name: str, measures: tuple[Measure, ...]
) -> None:
    assert rows_after(name, *of(cells_of(dimension, key), *measures)) in words_of(spanish)


@pytest.mark.parametrize(
    ("dimension", "key", "name"),
    [
        (Dimension.GRADE, "5", "5.º grado"),
        (Dimension.SEX, "F", "Niñas"),
        (Dimension.SEX, "U", "Sin dato"),
        (Dimension.DEPARTMENT, "08", "Francisco Morazán"),
    ],
)
def test_each_row_of_class_groups_shows_what_the_counting_rules_say(
    spanish: bytes, dimension: Dimension, key: str, name: str
) -> None:
    numbers = of(cells_of(dimension, key, YOUTH_SPANS), Measure.REACHED, Measure.GRADUATED)
    assert rows_after(name, *numbers) in words_of(spanish)


def test_a_completion_less_is_seen_in_the_report() -> None:
    fewer = Facts(FACTS.offerings, tuple(row for row in FACTS.enrolments if row.id != 101), FACTS.class_groups)
    data = report_data(facts=fewer, figures=reconciled((published("eic-exact", 15),), fewer))
    words = words_of(quarterly_pdf(data, ES))
    assert rows_after("eic-exact 15", 14, 1, 1) + " Sin explicar" in words


def test_the_figures_stand_with_difference_causes_and_state(spanish: bytes) -> None:
    words = words_of(spanish)
    assert "eic-exact 15 15 0 0 Cuadra" in words
    assert "eic-gap 15,175 15 15,160 15,160 Sin explicar" in words
    assert "Lista <en papel> de 2011 & 2012: 2" in words
    assert "más de 4,000" in words
    assert "unos 6,020" in words
    assert "meta de 9,000" in words
    assert "Plazas de alojamiento, desde el 01/05/2011" in words
    assert "2019 eic-later 3,000 — — — Sin registro" in words
    assert "has graduated <many> participants" in words
    assert "https://example.org/a?b=1&c=2" in words


@pytest.mark.parametrize("t", [ES, EN])
def test_every_state_has_words_and_a_meaning(t: Translator) -> None:
    figures = tuple(state_figure(state) for state in FigureState)
    words = words_of(quarterly_pdf(report_data(figures=figures), t))
    for state in FigureState:
        assert words.count(t(STATES[state])) >= 2, state
    assert "Causa {con} <llaves> & más: 10" in words


def test_the_period_is_named_in_both_calendars() -> None:
    first = texts_of(quarterly_pdf(report_data(), ES))[0]
    for line in ("Informe trimestral", "IV Trimestre 2018", "AF2019, 1.er trimestre (EE. UU.)", "Año 2018"):
        assert line in first
    fiscal = texts_of(quarterly_pdf(report_data(period=parse_period("FY2019Q1")), EN))[0]
    for line in ("Quarterly report", "FY2019, 1st quarter (US)", "4th quarter 2018", "US fiscal year 2019", "up to"):
        assert line in fiscal


def test_a_year_is_a_report_of_its_own() -> None:
    words = words_of(quarterly_pdf(report_data(period=parse_period("2018"), kind=ReportKind.ANNUAL), ES))
    assert "Informe anual Año 2018" in words
    assert "Aprobados por año" in words


def test_the_cover_says_when_where_by_whom_and_of_which_state_of_the_file(spanish: bytes) -> None:
    first = " ".join(texts_of(spanish)[0].split())
    assert "ESCUELA DE INVESTIGACIÓN CRIMINAL" in first
    assert "Comayagua, 7 de enero de 2019" in first
    assert "01/10/2018 al 31/12/2018" in first
    assert "2018Q4 / 7F3A91C2D0B84E65" in first
    assert "07/01/2019 20:30, por Rosa Inventada" in first


def test_every_page_has_its_number_its_maker_and_the_journal_code(spanish: bytes) -> None:
    pages = texts_of(spanish)
    for number, text in enumerate(pages, 1):
        flat = " ".join(text.split())
        assert f"Página {number} de {len(pages)}" in flat
        assert "por Rosa Inventada" in flat
        assert "código de bitácora 7F3A91C2D0B84E65" in flat


@pytest.mark.parametrize("t", [ES, EN])
def test_a_demonstration_says_so_on_every_page(t: Translator) -> None:
    for text in texts_of(quarterly_pdf(report_data(demonstration=True), t)):
        assert "DEMOSTRACIÓN" in text


def test_a_real_report_never_says_demonstration(spanish: bytes) -> None:
    assert "DEMOSTRACIÓN" not in words_of(spanish)


def test_courses_that_are_not_closed_make_the_report_provisional(spanish: bytes) -> None:
    words = words_of(spanish)
    assert "Provisional: 1 curso del período aún no está cerrado." in words
    offerings = tuple(dataclasses.replace(each, status=OfferingStatus.CLOSED) for each in FACTS.offerings)
    closed = report_data(facts=dataclasses.replace(FACTS, offerings=offerings))
    assert "Provisional" not in words_of(quarterly_pdf(closed, ES))


def test_running_courses_and_those_that_wait_stand_in_tables_of_their_own(spanish: bytes) -> None:
    words = words_of(spanish)
    running = words.index("Cursos en marcha al 31/12/2018")
    waiting = words.index("Cursos pendientes de cierre al 31/12/2018")
    assert "005-2018 Fotografía forense 24/12/2018 11/01/2019 HNP I-05 40 3" in words[running:waiting]
    assert "004-2018" in words[waiting:]
    assert "004-2018" not in words[running:waiting]


def test_historical_totals_stand_beside_and_never_inside(spanish: bytes) -> None:
    words = words_of(spanish)
    assert "Aprobados desde el inicio: contados 15 + históricos 850" in words
    assert "Formación de fiscales Aprobados 01/2012 al 06/2012 60 60 Acta <7> & más no" in words


def test_names_are_printed_as_they_stand_and_never_read_as_markup(spanish: bytes) -> None:
    assert "Entrevista <b>& interrogatorio" in words_of(spanish)


def test_signers_are_printed_and_unknown_ones_get_lines(spanish: bytes) -> None:
    words = words_of(spanish)
    for part in ("Elaborado", "Revisado", "Vo.Bo.", "Ana Ficticia López", "Juan Inventado Pérez", "Nombre:", "Cargo:"):
        assert part in words


def test_an_empty_file_gives_a_report_that_says_so() -> None:
    data = report_data(facts=Facts((), (), ()), figures=(), offerings=(), historical=())
    words = words_of(quarterly_pdf(data, ES))
    assert "Ningún curso había terminado al 31/12/2018." in words
    assert "Ningún grupo había empezado al 31/12/2018." in words
    assert "No hay cifras publicadas anotadas." in words


@pytest.mark.parametrize("t", [ES, EN])
def test_long_words_stay_inside_the_page(t: Translator) -> None:
    data = report_data(demonstration=True)
    long = "Dirección Policial de Investigaciones Especiales y Coordinación Interinstitucional " * 3
    labels = dataclasses.replace(
        data.labels,
        courses={"FOTO": long, "ENTREV": "X" * 200},
        institutions={"HNP": long, "MP": "Ñ" * 150},
        programmes={"EIC": "Escuela de Investigación Criminal", "GREAT": "G.R.E.A.T."},
        forces={"CNP": long},
    )
    lines = tuple(dataclasses.replace(line, course_title=long, lead_code="X" * 40) for line in data.offerings)
    school = dataclasses.replace(SCHOOL, letterhead=(long, long), place="Comayagua")
    long_data = dataclasses.replace(data, labels=labels, offerings=lines, school=school, generated_by=long)
    content = quarterly_pdf(long_data, t)
    assert_inside_the_pages(content, 20)


def test_every_typeface_is_inside_the_document(spanish: bytes) -> None:
    used = dict(fonts_of(spanish))
    assert used
    assert all(used.values()), used
    assert b"/Helvetica" not in spanish
    assert b"/ZapfDingbats" not in spanish


def test_the_document_names_its_language_title_author_and_sections(english: bytes) -> None:
    document = pdfium.PdfDocument(english)
    assert b"/Lang (en)" in english
    assert document.get_metadata_dict()["Title"].startswith("Quarterly report: 4th quarter 2018")
    assert document.get_metadata_dict()["Author"] == "Escuela de Investigación Criminal"
    sections = [each.get_title() for each in document.get_toc(max_depth=1)]
    assert "1. Summary" in sections
    assert "8. Published figures" in sections


def test_equal_data_gives_equal_bytes(spanish: bytes) -> None:
    assert quarterly_pdf(report_data(), ES) == spanish


def test_the_words_of_the_shipped_figures_can_be_said_in_spanish() -> None:
    with (paths.resources() / "reference" / "published_figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {row[column] for row in rows for column in ("event", "note")} - {""}
    texts |= {row["source_title"] for row in rows if "undated" in row["source_title"]}
    assert texts == set(PUBLISHED_FIGURE_TEXTS)
