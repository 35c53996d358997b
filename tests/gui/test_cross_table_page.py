"""A table of one's own in the window, by keys: chosen, opened, filtered, copied, written, kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.facts import Dimension
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.cross_table_page import CrossTablePage
from eic_tracker.gui.place import Place
from tests.gui.windows import demonstration, enter, go, place_of_work, settle, until
from tests.services.demonstration_file import rows

BY_YEAR_AND_SEX = """SELECT substr(CAST(o.ends_on AS text), 1, 4), sum(p.sex = 'F'), sum(p.sex = 'M'), count(*)
FROM enrolment e JOIN offering o ON o.id = e.offering_id JOIN programme r ON r.id = o.programme_id AND NOT r.is_load
JOIN participant p ON p.id = e.participant_id
WHERE e.status = 'completed' AND o.status = 'closed' AND o.ends_on <= '2019-06-28' GROUP BY 1 ORDER BY 1"""


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A manager at the window."""
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        yield made


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    """What was copied stays in no other test's way."""
    yield
    QGuiApplication.clipboard().clear()


def opened(qtbot: QtBot, made: MainWindow, **state: str) -> CrossTablePage:
    page = go(qtbot, made, Place("cross_table", state=state)).page
    assert isinstance(page, CrossTablePage)
    until(qtbot, lambda: page.found is not None)
    settle(qtbot, made)
    return page


def choose(qtbot: QtBot, made: MainWindow, box: QComboBox, code: str) -> None:
    box.setFocus()
    box.setCurrentIndex(box.findData(code))
    settle(qtbot, made)


def press(page: CrossTablePage, key: Qt.Key) -> None:
    """Ctrl+Shift and a key, on the table."""
    assert page.table is not None
    page.table.setFocus()
    QTest.keyClick(page.table, key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def shown(page: CrossTablePage) -> list[list[str]]:
    """The headings and all cells in sight."""
    assert page.table is not None
    model = page.table.model()
    places = range(model.columnCount())
    heads = [str(model.headerData(place, Qt.Orientation.Horizontal)) for place in places]
    return [heads, *([str(model.index(row, place).data()) for place in places] for row in range(model.rowCount()))]


def test_completions_of_each_year_stand_beside_persons_and_enrolments_at_first(
    qtbot: QtBot, office: MainWindow
) -> None:
    page = opened(qtbot, office)
    cells = shown(page)
    assert cells[0] == ["Año", "Aprobados", "Personas distintas", "Participaciones"]
    assert cells[-1][0] == "Total"
    assert page.table is not None
    assert page.table.hasFocus(), "the keyboard stands in the table"
    assert page.summary.text().endswith("Con corte al 28/06/2019.")
    assert "nunca se suman" in page.rule.text() or "se cuenta por sí mismo" in page.rule.text()


def test_a_table_by_year_and_sex_is_the_plain_count_of_the_rows_and_each_number_opens_its_own(
    qtbot: QtBot, office: MainWindow, demo_file: Path
) -> None:
    page = opened(qtbot, office)
    choose(qtbot, office, page.columns, "sex")
    t = office.t
    plain = [
        [year, t.number(women), t.number(men), t.number(all_)]
        for year, women, men, all_ in rows(demo_file, BY_YEAR_AND_SEX)
    ]
    cells = shown(page)
    assert cells[0] == ["Año", "Mujeres", "Hombres", "Sin dato", "Total"]
    assert [[line[0], line[1], line[2], line[4]] for line in cells[1:-1]] == plain
    assert page.table is not None
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.model().index(len(plain) - 2, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle(qtbot, office)
    pane = place_of_work(office).pane
    assert pane.value.text() == plain[-2][1]
    assert pane.rows is not None
    assert sum(pane.rows.amounts) == pane.rows.value
    place_of_work(office).escape()
    settle(qtbot, office)
    assert page.table.hasFocus(), "Esc comes back to the number"
    page.table.setCurrentIndex(page.table.model().index(len(plain), 4))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle(qtbot, office)
    assert pane.value.text() == cells[-1][4], "the total of all opens too"


def test_rows_and_columns_change_places_by_one_key(qtbot: QtBot, office: MainWindow) -> None:
    page = opened(qtbot, office, measure="reached", rows="year", columns="sex")
    before = shown(page)
    press(page, Qt.Key.Key_X)
    settle(qtbot, office)
    assert [list(column) for column in zip(*shown(page), strict=True)][1:] == before[1:]
    assert shown(page)[0][0] == "Sexo"


def test_a_filter_keeps_one_value_and_a_second_of_its_kind_takes_the_place_of_the_first(
    qtbot: QtBot, office: MainWindow
) -> None:
    page = opened(qtbot, office, rows="year", columns="together")
    whole = shown(page)[-1][1]
    page.bar.menu.actions()[[each.value for each in Dimension].index("sex")].trigger()
    settle(qtbot, office)
    popup = page.bar._popup
    assert popup is not None
    assert [popup.list.item(each).text() for each in range(popup.list.count())] == ["Mujeres", "Hombres", "Sin dato"]
    popup.take()
    settle(qtbot, office)
    assert page.bar.filters == (("sex", "F"),)
    women = shown(page)[-1][1]
    assert women != whole
    page.bar.menu.actions()[[each.value for each in Dimension].index("sex")].trigger()
    settle(qtbot, office)
    again = page.bar._popup
    assert again is not None
    again.step(1)
    again.take()
    settle(qtbot, office)
    assert page.bar.filters == (("sex", "M"),)
    assert page.bar.words[("sex", "M")] == "Sexo: Hombres"
    names = {action.objectName() for action in page.bar.menu.actions() if action.isVisible()}
    assert "year" not in names, "what stands in the rows is not offered as a filter"
    assert "grade" not in names, "a course has no school grade"


def test_what_comes_into_rows_or_columns_is_no_filter_any_more(qtbot: QtBot, office: MainWindow) -> None:
    page = opened(qtbot, office, rows="year", columns="together", **{"only:sex": "F", "only:country": "HND"})
    assert list(page.bar.filters) == [("sex", "F"), ("country", "HND")]
    choose(qtbot, office, page.rows, "sex")
    assert list(page.bar.filters) == [("country", "HND")]
    assert [line[0] for line in shown(page)[1:]] == ["Mujeres", "Hombres", "Sin dato", "Total"]


def test_another_figure_keeps_what_both_know_and_offers_its_own(qtbot: QtBot, office: MainWindow) -> None:
    page = opened(qtbot, office, rows="year", columns="rank", **{"only:sex": "F"})
    choose(qtbot, office, page.measure, "reached")
    assert page.rows.currentData() == "year"
    assert page.columns.currentData() == "together", "a child has no rank"
    assert page.columns.findData("grade") > 0
    assert page.bar.filters == (("sex", "F"),)
    assert shown(page)[0][1:] == ["Atendidos", "Graduados"]
    assert page.bar.words[("sex", "F")] == "Sexo: Niñas"


def test_what_makes_no_table_is_told_in_its_place_with_the_way_out(qtbot: QtBot, office: MainWindow) -> None:
    page = opened(qtbot, office, rows="year", columns="together")
    choose(qtbot, office, page.columns, "year")
    assert page.state_view.isVisible()
    assert page.state_view.text().startswith("Las filas y las columnas son lo mismo.")
    assert not page.copy_button.isEnabled()
    page.columns.setCurrentIndex(0)
    settle(qtbot, office)
    assert page.table is not None
    assert page.table.isVisible()
    choose(qtbot, office, page.measure, "completions")
    choose(qtbot, office, page.columns, "month")
    assert "columnas; se muestran 60 como máximo" in page.state_view.text()


def test_the_table_is_copied_with_its_title_and_day_for_a_spreadsheet(qtbot: QtBot, office: MainWindow) -> None:
    page = opened(qtbot, office, rows="year", columns="sex", period="2018", programme="EIC")
    press(page, Qt.Key.Key_C)
    content = QGuiApplication.clipboard().mimeData()
    lines = content.text().splitlines()
    assert lines[0] == "Aprobados: Año × Sexo"
    assert lines[1].split("\t") == ["Año", "Mujeres", "Hombres", "Sin dato", "Total"]
    assert lines[2].split("\t")[0] == "2018"
    assert lines[2].split("\t")[4] == shown(page)[1][4].replace(",", ""), "numbers as a spreadsheet takes them"
    assert lines[-1] == "Programa: Escuela de Investigación Criminal · Período: 2018 · Con corte al 28/06/2019."
    assert "<th>Mujeres</th>" in content.html()


def test_the_table_is_written_as_a_workbook_with_numbers_and_its_rule(
    qtbot: QtBot, office: MainWindow, tmp_path: Path
) -> None:
    page = opened(qtbot, office, measure="persons", rows="department", columns="together", period="2018")
    path = tmp_path / "cuadro.xlsx"
    page.out.export_to(path)
    settle(qtbot, office)
    sheet = load_workbook(path).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    texts = [str(cell) for line in cells for cell in line if isinstance(cell, str)]
    assert any("Período: 2018" in text for text in texts)
    assert any("se cuenta por sí mismo" in text for text in texts)
    total = next(line for line in cells if line[0] == "Total")
    assert [str(value) for value in total[1:4]] == [cell.replace(",", "") for cell in shown(page)[-1][1:]]
    assert not any("0801-" in text for text in texts)


def test_a_table_is_kept_as_a_view_of_one_person_and_the_starred_one_opens_with_the_page(
    qtbot: QtBot, office: MainWindow
) -> None:
    page = opened(
        qtbot, office, measure="reached", rows="department", columns="sex", period="2018", **{"only:grade": "5"}
    )
    page.views.save("Niñas y niños por departamento")
    page.views.star("Niñas y niños por departamento")
    kept = shown(page)
    choose(qtbot, office, page.measure, "offerings")
    assert shown(page) != kept
    go(qtbot, office, Place("home"))
    page = opened(qtbot, office)
    assert shown(page) == kept
    assert page.bar.words == {("grade", "5"): "Grado escolar: 5.º grado"}
    enter(qtbot, office, Role.REGISTRAR)
    assert opened(qtbot, office).views.kept() == (), "what one person keeps is nobody else's"


def test_the_keyboard_comes_back_to_the_table_from_help_and_stays_there_when_it_is_counted_again(
    qtbot: QtBot, office: MainWindow
) -> None:
    page = opened(qtbot, office, rows="year", columns="sex")
    go(qtbot, office, Place("help", state={"page": "cross_table"}))
    office.acts.back()
    settle(qtbot, office)
    until(qtbot, lambda: page.table is not None and page.table.hasFocus())
    page.refresh()
    settle(qtbot, office)
    assert page.table is not None
    assert page.table.hasFocus()


def test_an_instructor_does_not_reach_the_page(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.INSTRUCTOR) as made:
        assert go(qtbot, made, Place("cross_table")).page.name != "cross_table"
