"""Rows of a list under review: repaired, answered, corrected, told apart, opened again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.gui.main_window import MainWindow
from eic_tracker.services.list_review import Outcome
from tests.gui.test_list_review import (
    ENTRIES,
    KNOWN,
    LISTS,
    NEW,
    ON_IT,
    as_text,
    choose,
    copy,
    office,
    outcomes,
    part_of,
    store,
)
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.windows import settle
from tests.services.demonstration_file import number, rows

__all__ = ["office"]


def test_a_workbook_comes_in_with_its_repairs_in_sight_and_the_same_list_again_adds_nothing(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    before = number(demo_file, ON_IT)
    part, keys = part_of(office), Keys(qtbot, office)
    part.open_list(LISTS / "nomina-dpi.xlsx")
    settle(qtbot, office)
    counts = part.review.review.counts
    assert counts == {"rows": 32, "new": 31, "known": 1, "possible_duplicate": 0, "error": 0}
    model = part.review.table.model()
    shown = [str(model.index(line, 4).data()) for line in range(model.rowCount())]
    assert any("602199526482 → 0602199526482" in words for words in shown)
    ranks = {str(model.index(line, 5).data()) for line in range(model.rowCount())}
    assert "policia-clase-ii" not in ranks
    assert any("Subcomisario" in each for each in ranks)
    store(qtbot, office, keys)
    assert number(demo_file, ON_IT) == before + 31
    entries = number(demo_file, ENTRIES)
    part.open_list(LISTS / "nomina-dpi.xlsx")
    settle(qtbot, office)
    assert set(outcomes(office)) == {Outcome.KNOWN}
    keys.press(Qt.Key.Key_Return, CONTROL)
    assert (number(demo_file, ON_IT), number(demo_file, ENTRIES)) == (before + 31, entries)


def test_refused_repairs_are_errors_and_accepted_again_they_are_none(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    part, keys = part_of(office), Keys(qtbot, office)
    part.open_list(LISTS / "nomina-dpi.xlsx")
    settle(qtbot, office)
    part.review.asking.repairs.setFocus()
    keys.press(Qt.Key.Key_Space)
    assert part.review.review.counts["error"] > 0
    assert sum(part.review.review.counts[each.value] for each in Outcome) == 32
    part.review.filters.buttons[Outcome.ERROR].setFocus()
    keys.press(Qt.Key.Key_Space)
    assert set(outcomes(office)) == {Outcome.ERROR}
    part.review.asking.repairs.setFocus()
    keys.press(Qt.Key.Key_Space)
    assert part.review.review.counts["error"] == 0
    assert len(outcomes(office)) == 32


def test_escape_puts_the_list_away_and_nothing_of_it_is_stored(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    entries = number(demo_file, ENTRIES)
    copy(as_text(NEW))
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    assert part_of(office).is_reviewing
    keys.press(Qt.Key.Key_Escape)
    part = part_of(office)
    assert not part.is_reviewing
    assert part.entry.row.number.hasFocus()
    assert number(demo_file, ENTRIES) == entries


def test_an_open_question_is_answered_by_a_key_and_the_list_is_read_again(qtbot: QtBot, office: MainWindow) -> None:
    lines = [
        "DNI\tNombre\tSexo",
        "0801199045671\tQuiroz Tábora, Wendolyn\tM",
        "0501198845672\tVelásquez Umanzor, Osman\tH",
        "0501198845673\tUmanzor Tábora, Zayda\tM",
    ]
    lines = [line.replace("\tH", "\tM") for line in lines]
    copy("\n".join(lines))
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    review = part_of(office).review
    assert [question.key for question in review.review.read.questions] == ["sex_m"]
    assert not review.store_button.isEnabled()
    assert QApplication.focusWidget() is review.asking.options[review.review.read.questions[0].proposal]
    review.asking.options["F"].setFocus()
    keys.press(Qt.Key.Key_Return)
    assert review.review.read.questions == ()
    assert {row.row.sex for row in review.shown} == {"F"}
    assert review.store_button.isEnabled()


def test_a_possible_duplicate_waits_until_a_key_says_who_is_meant(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    _, given, surnames, born, sex = rows(demo_file, KNOWN)[0]
    day = "/".join(reversed(str(born)[:10].split("-")))
    copy(
        f"Nombres\tApellidos\tSexo\tFecha de nacimiento\n{given}\t{surnames}\t{sex}\t{day}\nOsman\tUmanzor Tábora\tM\t"
    )
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    review = part_of(office).review
    assert outcomes(office)[0] is Outcome.POSSIBLE_DUPLICATE
    office.resize(960, 540)
    settle(qtbot, office)
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_F8)
    assert review.table.current_key() == 1
    end = review.detail.mapTo(review.within.viewport(), review.detail.rect().bottomLeft())
    assert review.within.viewport().rect().contains(end), "who may be meant stands in sight on a small screen too"
    keys.press(Qt.Key.Key_N)
    assert outcomes(office)[0] is Outcome.NEW
    keys.press(Qt.Key.Key_1)
    assert outcomes(office)[0] is Outcome.KNOWN


def test_a_wrong_value_is_typed_over_in_its_cell_checked_at_once_and_kept_beside_the_one_of_the_list(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    people = [*NEW, ("8.01199E+11", "Rosa Elvira", "Zepeda Funes", "F"), ("801199045679", "Ana", "Zepeda Rosales", "F")]
    copy(as_text(people))
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    review = part_of(office).review
    assert outcomes(office) == [Outcome.NEW, Outcome.NEW, Outcome.ERROR, Outcome.NEW]
    keys.press(Qt.Key.Key_Return)
    assert review.table.current_key() == 3
    keys.press(Qt.Key.Key_Return)
    assert review.table.field.hasFocus()
    assert "8.01199E+11" in review.table.field.text()
    keys.type("0801199045674")
    keys.press(Qt.Key.Key_Escape)
    assert outcomes(office)[2] is Outcome.ERROR
    keys.press(Qt.Key.Key_F2)
    keys.type("080119904567")
    keys.press(Qt.Key.Key_Return)
    assert outcomes(office)[2] is Outcome.ERROR
    keys.press(Qt.Key.Key_F2)
    keys.type("0801199045674")
    keys.press(Qt.Key.Key_Return)
    assert outcomes(office)[2] is Outcome.NEW
    assert "8.01199E+11 → 0801199045674" in str(review.table.model().index(2, 4).data())
    assert review.table.hasFocus()
    review.table.select_key(4)
    keys.press(Qt.Key.Key_R)
    assert outcomes(office)[3] is Outcome.ERROR
    assert outcomes(office)[2] is Outcome.NEW
    keys.press(Qt.Key.Key_R)
    assert outcomes(office)[3] is Outcome.NEW
    review.table.select_key(2)
    keys.press(Qt.Key.Key_Delete)
    assert outcomes(office)[1] is Outcome.ERROR
    assert sum(review.review.counts[each.value] for each in Outcome) == 4
    keys.press(Qt.Key.Key_Delete)
    assert outcomes(office)[1] is Outcome.NEW


def test_a_column_that_is_read_wrongly_is_said_by_keys_and_remembered_for_its_sender(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    copy("Carnet\tNombres\tApellidos\tSexo\n0801199045671\tWendolyn\tQuiroz Tábora\tF\n")
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    review = part_of(office).review
    found = review.review.read.found
    assert [column.header for column in found] == ["Carnet", "Nombres", "Apellidos", "Sexo"]
    assert all(column.header in review.columns.toolTip() for column in found)
    keys.press(Qt.Key.Key_F4)
    choose(keys, "carnet")
    choose(keys, "no se lee" if office.t.language == "es" else "not read")
    assert review.shown[0].row.document is None
    keys.press(Qt.Key.Key_F4)
    choose(keys, "carnet")
    choose(keys, "número pol" if office.t.language == "es" else "police")
    assert review.shown[0].row.police_number == "0801199045671"
    review.table.setFocus()
    store(qtbot, office, keys)
    assert ("carnet", "police_number") in rows(demo_file, "SELECT header, field FROM remembered_column")


def test_rows_that_stayed_out_are_opened_again_corrected_and_taken_in(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    before = number(demo_file, ON_IT)
    lost = [("8.01199E+11", "Rosa Elvira", "Zepeda Funes", "F"), ("8.01199E+11", "Ana Luz", "Zepeda Rosales", "F")]
    copy(as_text([*NEW, *lost]))
    part, keys = part_of(office), Keys(qtbot, office)
    assert part.waiting.isHidden()
    keys.press(Qt.Key.Key_V, CONTROL)
    part.review.export.export_to(tmp_path / "pendientes.xlsx")
    settle(qtbot, office)
    sheet = openpyxl.load_workbook(tmp_path / "pendientes.xlsx").worksheets[0]
    lines = [[str(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
    assert sum("Zepeda Funes" in line and "Rosa Elvira" in line and "8.01199E+11" in line for line in lines) == 1
    store(qtbot, office, keys)
    assert number(demo_file, ON_IT) == before + 2
    assert "2" in part.waiting.text()
    part.waiting.setFocus()
    keys.press(Qt.Key.Key_Space)
    assert [row.row.row for row in part.review.shown] == [4, 5]
    assert set(outcomes(office)) == {Outcome.ERROR}
    keys.press(Qt.Key.Key_F2)
    keys.type("0801199045674")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return, CONTROL)
    assert number(demo_file, ON_IT) == before + 3
    assert "1" in part.waiting.text()
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert number(demo_file, ON_IT) == before + 2
    assert number(demo_file, "SELECT count(*) FROM rejected_row") == 2
