"""The roll-up workbook, read back: live totals with their values stored, details without people, nothing hidden."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from eic_tracker.domain.codes import EnrolmentStatus, FigureState, Measure, Sex
from eic_tracker.domain.counting import Facts, Heads, Scope, count, figure
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.reconciling import ReconciledFigure
from eic_tracker.domain.supporting import Papers, SupportLevel
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.rollup_xlsx import rollup_xlsx
from tests.reports.made_report import FACTS, FIGURES, LABELS, OFFERINGS, published, reconciled, report_data
from tests.reports.pdf_reading import words_of
from tests.reports.recalculation import convert, recalculated
from tests.reports.workbook_reading import (
    formula_cells,
    formula_text,
    formulas_of,
    named_column,
    named_value,
    rows_of,
    texts_of,
    values_of,
    written,
)

ES, EN = Translator(Language.ES), Translator(Language.EN)
TOTALS = {
    "total_eic_completions": (Measure.COMPLETIONS, Scope(programmes=("EIC",))),
    "total_great_reached": (Measure.REACHED, Scope(programmes=("GREAT",))),
    "total_cnp_2018_offerings": (
        Measure.OFFERINGS,
        Scope(("EIC",), dt.date(2018, 1, 1), dt.date(2018, 12, 31), lead_force="CNP"),
    ),
    "total_cnp_2018_enrolments": (
        Measure.ENROLMENTS,
        Scope(("EIC",), dt.date(2018, 1, 1), dt.date(2018, 12, 31), lead_force="CNP"),
    ),
}
HOSTILE = '=HYPERLINK("http://example.org","*?~")'


def rollup(data: ReportData, t: Translator = EN, audience: Literal["inl", "school", "public"] = "school") -> bytes:
    return written(lambda file: rollup_xlsx(data, t, file, audience=audience))


def hostile_data() -> ReportData:
    """Codes, names and causes that a spreadsheet would calculate, or read as an instruction in a criterion."""
    offerings = tuple(
        dataclasses.replace(offering, course="+A*?~1" if offering.id % 2 else "<>", code=f"={offering.id}-2018")
        for offering in OFFERINGS
    )
    enrolments = tuple(
        dataclasses.replace(row, institution={"HNP": "A*", "MP": "AB", None: "=AB"}[row.institution], unit=HOSTILE)
        for row in FACTS.enrolments
    )
    labels = dataclasses.replace(
        LABELS, courses={"+A*?~1": HOSTILE, "<>": "@SUM(1)"}, units={}, instructors={"I-01": "-1+2"}
    )
    figures = reconciled((*FIGURES, published("=1+1", 3, event="\t=1", quote="+1", note="@1", source_url="file:///x")))
    facts = Facts(offerings, enrolments, FACTS.class_groups)
    return report_data(facts=facts, labels=labels, figures=figures, offerings=())


@pytest.fixture(scope="module")
def english() -> bytes:
    return rollup(report_data())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", TOTALS)
def test_the_named_totals_are_formulas_stored_with_the_counted_value(name: str, language: Language) -> None:
    content = rollup(report_data(), Translator(language))
    measure, scope = TOTALS[name]
    counted = figure(FACTS, measure, as_of=dt.date(2018, 12, 31), scope=scope)
    assert counted > 0
    assert str(named_value(formulas_of(content), name)).startswith("=")
    assert named_value(values_of(content), name) == counted


def test_every_formula_has_a_stored_value(english: bytes) -> None:
    values = values_of(english)
    cells = list(formula_cells(formulas_of(english)))
    assert len(cells) > 400
    assert [cell.coordinate for cell in cells if values[cell.parent.title][cell.coordinate].value is None] == []


def test_a_reader_that_does_not_calculate_sees_the_totals(tmp_path: Path, english: bytes) -> None:
    path = tmp_path / "rollup.xlsx"
    path.write_bytes(english)
    summary = CalamineWorkbook.from_path(path).get_sheet_by_name("Summary").to_python()
    shown = {row[0]: row[1] for row in summary}
    assert shown["Reached"] == figure(FACTS, Measure.REACHED, as_of=dt.date(2018, 12, 31))


def test_the_details_hold_each_counted_enrolment_and_no_other(english: bytes) -> None:
    book = values_of(english)
    total = count(FACTS, as_of=dt.date(2018, 12, 31), scope=Scope(programmes=("EIC",))).total
    assert len(named_column(book, "enrolment_offering")) == total.enrolments
    assert sum(map(int, map(str, named_column(book, "enrolment_completed")))) == total.completions
    assert set(named_column(book, "enrolment_offering")) == {"001-2016", "002-2018", "003-2018"}


def test_persons_are_numbered_anew_in_the_order_of_the_rows(english: bytes) -> None:
    numbers = [int(str(number)) for number in named_column(values_of(english), "enrolment_person")]
    firsts = list(dict.fromkeys(numbers))
    assert firsts == list(range(1, len(firsts) + 1))


def test_what_happens_after_the_last_day_is_not_in_the_workbook() -> None:
    later = dataclasses.replace(FACTS.class_groups[2], graduated_on=dt.date(2019, 1, 5), code="G-3")
    not_yet = dataclasses.replace(FACTS.class_groups[1], first_lesson_on=dt.date(2019, 2, 1), graduated_on=None, id=9)
    data = report_data(facts=dataclasses.replace(FACTS, class_groups=(later, not_yet)))
    book = values_of(rollup(data))
    assert named_column(book, "group_code") == ["G-3"]
    assert named_column(book, "group_graduated_on") == [None]
    assert named_column(book, "group_graduated") == [0]
    assert "005-2018" not in texts_of(book)


def test_a_multigrade_group_has_one_row_for_each_grade() -> None:
    grades = (("4", Heads(5, 6, 0), Heads(4, 4, 0)), ("5", Heads(2, 1, 1), Heads()))
    group = dataclasses.replace(FACTS.class_groups[0], grades=grades, code="G-7")
    book = values_of(rollup(report_data(facts=dataclasses.replace(FACTS, class_groups=(group,)))))
    assert named_column(book, "group_code") == ["G-7", "G-7"]
    assert named_column(book, "group_reached") == [11, 4]
    assert named_value(book, "total_great_reached") == 15


def test_names_of_instructors_are_only_for_inl() -> None:
    labels = dataclasses.replace(LABELS, instructors={"I-01": "Insp. Nombre Inventado"})
    data = report_data(labels=labels)
    assert "Nombre Inventado" in texts_of(values_of(rollup(data, audience="inl")))
    for audience in ("school", "public"):
        assert "Nombre Inventado" not in texts_of(values_of(rollup(data, audience=audience)))


@pytest.mark.parametrize("audience", ["inl", "school", "public"])
def test_data_never_becomes_a_formula(audience: Literal["inl", "school", "public"]) -> None:
    book = formulas_of(rollup(hostile_data(), audience=audience))
    for cell in formula_cells(book):
        assert not formula_text(cell).startswith(("=HYPERLINK", "=1", "=2-", "=AB", "+A", "@")), cell
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "s" and str(cell.value).lstrip().startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, (sheet.title, cell.coordinate, cell.value)


def test_only_the_live_columns_of_the_details_hold_formulas(english: bytes) -> None:
    book = formulas_of(english)
    live = {"enrolment_completed", "offering_enrolments", "offering_completions", "assignment_enrolments"}
    live |= {"assignment_completions", "group_reached", "group_graduated"}
    for name in book.defined_names:
        if name.partition("_")[0] in ("enrolment", "offering", "assignment", "group"):
            found = [str(value).startswith("=") for value in named_column(book, name)]
            assert all(found) if name in live else not any(found), name


def test_third_parties_get_no_details_no_live_totals_and_no_small_numbers() -> None:
    content = rollup(report_data(), audience="public")
    book = formulas_of(content)
    assert not {"Enrolments", "Class groups", "Instructors"} & set(book.sheetnames)
    assert all("COUNTIFS" not in formula_text(cell) for cell in formula_cells(book))
    assert "Rosa Inventada" not in texts_of(book)
    institutions = rows_of(book, "Institutions")
    numbers = [value for row in institutions[4:] for value in row[2:] if isinstance(value, int)]
    assert numbers
    assert not [number for number in numbers if 0 < number < 5]
    assert any("*" in row for row in institutions)


@pytest.mark.parametrize("language", list(Language))
def test_every_sheet_of_a_demonstration_says_so(language: Language) -> None:
    t = Translator(language)
    for demonstration in (True, False):
        book = values_of(rollup(report_data(demonstration=demonstration), t))
        for sheet in book:
            top = [row[0] for row in sheet.iter_rows(max_row=3, max_col=1, values_only=True)]
            label = t("DEMONSTRATION: invented people and schools; only the published figures and the lists are real.")
            assert (label in top) is demonstration, sheet.title
            printed = str(sheet.oddHeader.left.text)
            assert (t("DEMONSTRATION, no value") in printed) is demonstration


@pytest.mark.parametrize("language", list(Language))
def test_every_sheet_prints_on_carta_landscape_with_its_heading_on_each_page(language: Language) -> None:
    book = formulas_of(rollup(report_data(), Translator(language)))
    assert len(book.sheetnames) == 16
    for sheet in book:
        assert len(sheet.title) <= 31
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        head = int(str(sheet.print_title_rows).rpartition("$")[2])
        assert sheet.freeze_panes == f"B{head + 1}"


@pytest.mark.parametrize("language", list(Language))
def test_no_column_cuts_a_text_or_a_number(language: Language) -> None:
    names = {"HNP": "Policía Nacional de Honduras, " * 4, "CNP": "Policía Nacional de Colombia, " * 4}
    labels = dataclasses.replace(LABELS, forces=names, institutions=names, units={"U": "Unidad " * 20})
    enrolments = tuple(dataclasses.replace(row, unit="U") for row in FACTS.enrolments)
    data = report_data(labels=labels, facts=dataclasses.replace(FACTS, enrolments=enrolments))
    book = values_of(rollup(data, Translator(language), "inl"))
    for sheet in book:
        widths = {
            number: dimension.width
            for dimension in sheet.column_dimensions.values()
            for number in range(dimension.min, dimension.max + 1)
        }
        for row in sheet.iter_rows():
            for cell, right in zip(row, (*row[1:], None), strict=True):
                if isinstance(cell, MergedCell) or cell.value is None:
                    continue
                may_run_on = isinstance(right, MergedCell) or (cell.column == 1 and right and right.value is None)
                shown = f"{cell.value:,}" if isinstance(cell.value, int) else str(cell.value)
                if cell.is_date:
                    shown = "31 Dec 2018"
                longest = max(shown.split() if cell.alignment.wrap_text else shown.splitlines(), key=len, default="")
                assert may_run_on or len(longest) < widths[cell.column], (sheet.title, cell.coordinate, shown)


def test_long_tables_can_be_filtered(english: bytes) -> None:
    book = formulas_of(english)
    for name in ("By course", "Published figures", "Control totals", "Enrolments", "Courses given", "Class groups"):
        assert book[name].auto_filter.ref, name


def test_dates_are_dates_in_the_order_of_the_language() -> None:
    for t, shape in ((ES, r"dd\/mm\/yyyy"), (EN, "dd mmm yyyy")):
        book = formulas_of(rollup(report_data(), t))
        ((sheet, cells),) = book.defined_names["enrolment_last_day"].destinations
        cell = book[sheet][cells.replace("$", "").partition(":")[0]]
        assert str(cell.value) == "2016-05-06 00:00:00"
        assert cell.number_format == shape


def test_published_figures_stand_beside_the_count_with_every_difference_named(english: bytes) -> None:
    formulas, values = formulas_of(english)["Published figures"], values_of(english)["Published figures"]
    rows = [row for row in values.iter_rows() if isinstance(row[2].value, int)]
    for each in reconciled():
        (row,) = [row for row in rows if row[2].value == each.figure.value]
        assert [cell.value for cell in row[3:5]] == [each.counted, each.difference]
        if each.difference is None:
            assert [cell.value for cell in row[3:7]] == [None] * 4
            continue
        assert row[5].value == sum(cause.amount for cause in each.causes)
        assert row[6].value == each.unexplained
        number = row[0].row
        assert "COUNTIFS" in str(formulas.cell(number, 4).value) or "SUMIFS" in str(formulas.cell(number, 4).value)
        assert formulas.cell(number, 5).value == f"=C{number}-D{number}"
        assert formulas.cell(number, 7).value == f"=E{number}-F{number}"


def test_the_summary_counts_the_unexplained_figures_and_says_that_the_totals_agree(english: bytes) -> None:
    rows = first_numbers(values_of(english), "Summary")
    assert rows["Control totals"] == "agrees"
    assert rows["Published figures without explanation"] == sum(each.state == "unexplained" for each in reconciled())


def test_historical_totals_stand_beside_the_count_of_their_programme(english: bytes) -> None:
    rows = rows_of(values_of(english), "Summary")
    assert ("EIC · Completions", 850) in [row[:2] for row in rows]
    assert not [row for row in rows if "fiscales" in str(row[0])]


def test_one_completion_less_is_one_less_in_the_workbook() -> None:
    victim = next(row for row in FACTS.enrolments if row.status is EnrolmentStatus.COMPLETED and row.offering_id == 3)
    enrolments = tuple(
        dataclasses.replace(row, status=EnrolmentStatus.NOT_COMPLETED) if row is victim else row
        for row in FACTS.enrolments
    )
    before = named_value(values_of(rollup(report_data())), "total_eic_completions")
    after = values_of(rollup(report_data(facts=dataclasses.replace(FACTS, enrolments=enrolments))))
    assert named_value(after, "total_eic_completions") == int(str(before)) - 1


@pytest.mark.parametrize("period", ["2018", "FY2019Q1", "FY2018", "2011Q2"])
def test_it_is_made_for_any_period(period: str) -> None:
    data = report_data(period=parse_period(period), figures=())
    total = figure(FACTS, Measure.COMPLETIONS, as_of=data.period.last_day)
    assert named_value(values_of(rollup(data)), "total_eic_completions") == total


def test_an_empty_file_gives_a_workbook_of_zeros() -> None:
    data = report_data(facts=Facts((), (), ()), figures=(), offerings=(), historical=())
    for audience in ("inl", "public"):
        book = values_of(rollup(data, audience=audience))
        assert [named_value(book, name) for name in TOTALS] == [0, 0, 0, 0]


@pytest.mark.needs("soffice")
def test_libreoffice_calculates_anew_even_where_a_wrong_value_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "wrong.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A").write_formula("A1", "=1+1", None, 99)
    assert openpyxl.load_workbook(path, data_only=True)["A"]["A1"].value == 99
    assert recalculated(path, tmp_path)["A"]["A1"].value == 2


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("language", list(Language))
def test_libreoffice_calculates_in_every_cell_what_the_program_counted(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "rollup.xlsx"
    path.write_bytes(rollup(hostile_data(), Translator(language), "inl"))
    assert differences(path, recalculated(path, tmp_path)) == []


@pytest.mark.needs("soffice")
def test_courses_of_two_programmes_with_the_same_code_are_kept_apart(tmp_path: Path) -> None:
    other = dataclasses.replace(OFFERINGS[2], id=77, programme="FISC", ends_on=dt.date(2018, 11, 20))
    people = tuple(
        dataclasses.replace(row, id=row.id + 10_000, offering_id=77)
        for row in FACTS.enrolments
        if row.offering_id == 3 and row.sex is Sex.F
    )
    facts = Facts((*OFFERINGS, other), (*FACTS.enrolments, *people), FACTS.class_groups)
    path = tmp_path / "rollup.xlsx"
    path.write_bytes(rollup(report_data(facts=facts)))
    stored = openpyxl.load_workbook(path, data_only=True)
    numbers = dict(
        zip(
            zip(named_column(stored, "offering_programme"), named_column(stored, "offering_code"), strict=True),
            named_column(stored, "offering_enrolments"),
            strict=True,
        )
    )
    assert numbers["EIC", "003-2018"] == 6
    assert numbers["FISC", "003-2018"] == len(people)
    assert differences(path, recalculated(path, tmp_path)) == []


@pytest.mark.needs("soffice")
def test_a_changed_detail_moves_every_total_over_it(tmp_path: Path, english: bytes) -> None:
    book = formulas_of(english)
    before = values_of(english)
    status = named_column(before, "enrolment_status")
    sheet, row = "Enrolments", 4 + status.index("completed")
    assert book[sheet][f"E{row}"].value == "completed"
    book[sheet][f"E{row}"] = "withdrew"
    book["Class groups"]["J4"] = int(book["Class groups"]["J4"].value) + 500
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    after = recalculated(changed, tmp_path)
    assert named_value(after, "total_eic_completions") == int(str(named_value(before, "total_eic_completions"))) - 1
    assert named_value(after, "total_great_reached") == int(str(named_value(before, "total_great_reached"))) + 500
    assert first_numbers(after, "Summary")["Control totals"] == "differs"
    figures = {row[2]: row for row in rows_of(after, "Published figures") if isinstance(row[2], int)}
    assert figures[15][6] == 1, "a figure that was reconciled now has a difference without a cause"


def first_numbers(book: Workbook, sheet: str) -> dict[object, object]:
    """What stands beside each text of the first column, where it comes first."""
    return {row[0]: row[1] for row in reversed(rows_of(book, sheet))}


def differences(path: Path, calculated: Workbook) -> list[str]:
    """The formula cells whose stored value is not what was calculated."""
    stored = openpyxl.load_workbook(path, data_only=True)
    return [
        f"{cell.parent.title}!{cell.coordinate}: {formula_text(cell)}"
        for cell in formula_cells(openpyxl.load_workbook(path))
        if stored[cell.parent.title][cell.coordinate].value != calculated[cell.parent.title][cell.coordinate].value
    ]


def test_the_support_of_each_total_is_counted_live_and_stands_in_no_workbook_for_third_parties() -> None:
    papers = Papers(offerings={1: SupportLevel.SHEET_AND_ACT, 3: SupportLevel.ACT}, groups={2: SupportLevel.ACT})
    data = report_data(papers=papers)
    book = rollup(data)
    rows = {row[0]: row[1:6] for row in rows_of(values_of(book), "Support") if isinstance(row[1], int)}
    assert rows["EIC · Completions"] == (15, 6, 5, 4, 850)
    total, *parts, _ = (int(str(number)) for number in rows["GREAT · Reached"])
    assert total == sum(parts)
    assert parts[1] > 0
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Support"]
    lines = [row for row in sheet.iter_rows() if row[0].value in rows]
    assert len(lines) == len(rows)
    assert all(str(cell.value).startswith("=") for row in lines for cell in row[1:5])
    checks = [row for row in rows_of(values_of(book), "Control totals") if isinstance(row[5], bool)]
    assert checks
    assert all(row[5] is True for row in checks)
    assert "Support" not in values_of(rollup(data, audience="public")).sheetnames


@pytest.mark.parametrize("audience", ["school", "public"])
def test_control_totals_show_true_in_any_program(audience: Literal["school", "public"], tmp_path: Path) -> None:
    path = tmp_path / "rollup.xlsx"
    path.write_bytes(rollup(report_data(), audience=audience))
    cells = [row[5] for row in openpyxl.load_workbook(path)["Control totals"].iter_rows() if row[0].row > 4]
    assert {cell.number_format for cell in cells if str(cell.value).startswith("=")} == {"General"}
    text = convert(path, tmp_path / "pdf", "pdf").read_bytes()
    assert "TRUE" in words_of(text)


def test_third_parties_cannot_work_out_how_few_did_not_complete_nor_a_small_count_from_what_is_published() -> None:
    figure = published("eic-few", 100)
    few = ReconciledFigure(figure, 3, 97, (), 97, FigureState.UNEXPLAINED)
    book = values_of(rollup(report_data(figures=(few,)), audience="public"))
    row = next(row for row in rows_of(book, "Published figures") if row[2] == 100)
    assert list(row[3:7]) == ["*"] * 4
    assert "+97" not in "".join(str(cell) for cell in row)
    for sheet in book:
        heads: dict[str, int] = {}
        for cells in sheet.iter_rows(values_only=True):
            names = {str(cell): place for place, cell in enumerate(cells) if cell in ("Enrolments", "Completions")}
            heads = names if len(names) == 2 else heads
            told = [cells[place] for place in heads.values()] if heads else []
            if len(told) == 2 and all(isinstance(value, int) for value in told):
                assert not 0 < abs(int(str(told[0])) - int(str(told[1]))) < 5, (sheet.title, cells)
    assert "By country" not in [cells[0] for cells in rows_of(book, "Institutions")]
