"""The window: doors, places, languages and themes switched live, lock, other users, one writer per file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.facts import Scope
from eic_tracker.errors import UserError
from eic_tracker.gui import theme
from eic_tracker.gui.doors.first_run import FirstRun
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from eic_tracker.gui.workplace import Workplace
from eic_tracker.i18n import Language
from eic_tracker.services.figures import FigureRef
from eic_tracker.services.sign_in import sign_in
from eic_tracker.settings import Settings
from tests.gui.windows import demonstration, go, place_of_work, settle, until, window
from tests.services.demonstration_file import number
from tests.services.school import PASSWORD, school_file


def screen(made: MainWindow) -> QWidget | None:
    """What fills the window."""
    stack = made.centralWidget()
    assert isinstance(stack, QStackedWidget)
    return stack.currentWidget()


def test_the_first_screen_is_for_opening_a_file(qtbot: QtBot) -> None:
    with window(qtbot) as made:
        assert isinstance(screen(made), FirstRun)
        assert made.windowTitle() == "EIC Tracker"


def test_a_file_that_is_none_of_ours_is_told_on_the_first_screen(qtbot: QtBot, tmp_path: Path) -> None:
    foreign = tmp_path / "roster.xlsx"
    foreign.write_bytes(b"PK" + bytes(4000))
    with window(qtbot) as made:
        made.open(foreign)
        assert isinstance(screen(made), FirstRun)
        said = [label.text() for label in made.findChildren(QLabel) if "roster.xlsx" in label.text()]
        assert said
    assert foreign.read_bytes() == b"PK" + bytes(4000)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_own_places(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with demonstration(qtbot, demo_file, role) as made:
        names = place_of_work(made).rail.names
        assert names[0] == "home"
        assert ("people" in names) == (role is not Role.ADMINISTRATOR)
        assert ("reports" in names) == (role in {Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})


def test_the_language_is_switched_live_at_the_same_place(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("people"))
        made.speak(Language.EN)
        settle(qtbot, made)
        place = place_of_work(made)
        assert place.trail.here.page == "people"
        assert place.page.title() == "People"
        made.speak(Language.ES)
        settle(qtbot, made)
        assert place_of_work(made).page.title() == "Personas"


def test_the_theme_is_switched_live_at_the_same_place(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, settings=Settings(theme="light")) as made:
        go(qtbot, made, Place("published"))
        made.acts.theme_dark()
        settle(qtbot, made)
        assert place_of_work(made).trail.here.page == "published"
        assert QApplication.palette().base().color().name().upper() == theme.DARK.base
        made.acts.theme_light()
        settle(qtbot, made)
        assert QApplication.palette().base().color().name().upper() == theme.LIGHT.base


def test_text_grows_and_shrinks_in_steps(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as made:
        usual = QApplication.font().pointSizeF()
        made.acts.larger()
        assert QApplication.font().pointSizeF() == pytest.approx(usual * 1.1)
        made.acts.usual_size()
        assert QApplication.font().pointSizeF() == pytest.approx(usual)
        settle(qtbot, made)


def test_a_name_stands_beside_its_own_row_after_the_text_grew(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("people"))
        table = place_of_work(made).page.findChild(FrozenTable)
        assert table is not None
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown):
            QTest.keyClick(table, key)
        for _ in range(4):
            made.acts.larger()
        settle(qtbot, made)
        table = place_of_work(made).page.findChild(FrozenTable)
        assert table is not None
        until(qtbot, table.frozen.isVisible)
        row = table.currentIndex().row()
        assert row > 0
        assert table.verticalScrollBar().value() > 0
        assert table.frozen.rowViewportPosition(row) == table.rowViewportPosition(row)


def test_a_figure_opens_exactly_its_rows_and_esc_goes_back_to_it(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        place = place_of_work(made)
        until(qtbot, lambda: bool(place.page.findChildren(FigureTile)))
        tile = place.page.findChildren(FigureTile)[0]
        tile.setFocus()
        QTest.keyClick(tile, Qt.Key.Key_Return)
        until(qtbot, lambda: place.pane.rows is not None)
        settle(qtbot, made)
        rows = place.pane.rows
        assert rows is not None
        assert place.pane.value.text() == tile.value()
        assert len(rows.keys) == rows.value
        place.escape()
        assert not place.pane.isVisible()
        assert QApplication.focusWidget() is tile


def test_an_administrator_sees_a_figure_and_not_the_people_behind_it(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.ADMINISTRATOR) as made:
        place = place_of_work(made)
        ref = FigureRef(Measure.COMPLETIONS, Scope(programmes=("EIC",)), as_of=place.around.today)
        place.open_figure(ref, "Aprobados")
        until(qtbot, lambda: "no" in place.pane.sentence.text() and place.messages.message() is not None)
        assert place.pane.rows is None


def test_back_and_forward_return_to_the_places_as_they_were_left(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("courses"))
        place = go(qtbot, made, Place("published"))
        made.acts.back()
        settle(qtbot, made)
        assert place.trail.here.page == "courses"
        made.acts.back()
        assert place.trail.here.page == "home"
        made.acts.forward()
        assert place.trail.here.page == "courses"
        settle(qtbot, made)


def test_a_second_window_on_the_same_file_only_reads_and_says_so(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as first, demonstration(qtbot, demo_file) as second:
        assert first.file is not None
        assert second.file is not None
        assert not first.file.read_only
        assert second.file.read_only


def test_a_schools_file_asks_for_the_password_and_locks_with_the_work_kept(qtbot: QtBot, tmp_path: Path) -> None:
    path = school_file(tmp_path)
    with window(qtbot) as made:
        made.open(path)
        door = screen(made)
        assert isinstance(door, SignIn)
        assert made.file is not None
        made.file.jobs.write(sign_in, "registrar", PASSWORD, owner=made, done=made.enter)
        until(qtbot, lambda: made.workplace is not None)
        go(qtbot, made, Place("people"))
        place = place_of_work(made)
        place.page.find_in_page()
        field = place.page.focusWidget()
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, "half typed")
        made.lock()
        assert isinstance(screen(made), SignIn)
        assert not place.isVisible()
        assert made.acting is not None
        made.enter(made.acting)
        assert screen(made) is place
        assert field.text() == "half typed"
        settle(qtbot, made)


def test_another_user_works_and_the_first_finds_their_place_again(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("courses"))
        made.enter_as(Role.MANAGER)
        until(qtbot, lambda: made.acting is not None and made.acting.role is Role.MANAGER)
        settle(qtbot, made)
        assert place_of_work(made).trail.here.page == "home"
        made.enter_as(Role.REGISTRAR)
        until(qtbot, lambda: made.acting is not None and made.acting.role is Role.REGISTRAR)
        settle(qtbot, made)
        assert place_of_work(made).trail.here.page == "courses"


def test_no_shortcut_of_the_window_is_given_twice(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        keys = [key.toString() for action in made.commands.actions.values() for key in action.shortcuts()]
        assert len(keys) == len(set(keys))
        assert {"Ctrl+K", "Ctrl+B", "Ctrl+F", "Ctrl+1", "F1"} <= set(keys)


def test_opening_a_file_does_not_tell_every_control_that_the_language_changed(qtbot: QtBot, demo_file: Path) -> None:
    told: list[QEvent.Type] = []

    class Control(QWidget):
        def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
            told.append(event.type())

    with window(qtbot) as made:
        control = Control(made)
        made.open(demo_file)
        until(qtbot, lambda: made.workplace is not None)
        settle(qtbot, made)
        control.setParent(None)
        assert QEvent.Type.ParentChange in told
        assert QEvent.Type.LanguageChange not in told
        control.deleteLater()


def test_a_message_covers_nothing_one_presses_failures_go_with_their_page_and_a_form_has_one_left_edge(
    qtbot: QtBot, demo_file: Path
) -> None:
    with demonstration(qtbot, demo_file, settings=Settings(language=Language.ES)) as made:
        work = go(qtbot, made, Place("offering", number(demo_file, _RUNNING)))
        text = "Se guardó la fila de la persona y quedó inscrita en la lista de espera del curso."
        work.said(text, undoable=True)
        # it is still there when the window becomes smaller
        for size in (QSize(1366, 768), QSize(960, 540), QSize(1280, 720), QSize(960, 540)):
            made.resize(size)
            settle(qtbot, made)
            said = work.toast.geometry()
            assert not [each for each in pressed(work) if said.intersects(each)], f"covered at {size.toTuple()}"
            assert work.rect().contains(said)
            layout = work.toast.layout()
            assert layout is not None
            assert work.toast.height() >= layout.heightForWidth(work.toast.width())
            assert work.toast.width() >= layout.minimumSize().width()
        work.toast.dismiss()
        menu = {action.text() for action in made.commands.actions.values()}
        assert any(each.endswith("\tCtrl+K") for each in menu), "as buttons write it, not Control+K"
        saved = work.header.findChildren(QLabel)[0].text()
        work.header.show_saving(Failure(UserError("no")))
        assert made.t("Not saved") in [label.text() for label in work.header.findChildren(QLabel)]
        go(qtbot, made, Place("people"))
        assert work.header.findChildren(QLabel)[0].text() == saved
        made.resize(QSize(1366, 768))
        page = go(qtbot, made, Place("person_form")).page
        assert isinstance(page, FormPage)
        form, margin = page.pane.form, page.layout_of_page.contentsMargins().left()
        assert form is not None
        settle(qtbot, made)
        lefts = {each.mapTo(page, QPoint(0, 0)).x() for each in (form, page.pane.save, page.pane)}
        assert lefts == {margin}
        bar = page.pane.findChildren(QScrollArea)[0].verticalScrollBar()
        assert bar.isVisible()
        assert page.width() - bar.mapTo(page, QPoint(bar.width(), 0)).x() <= margin, "not in the middle of the page"
        assert [each for each in page.findChildren(QLabel) if each.isVisible() and each.text().startswith("* ")]


def pressed(work: Workplace) -> list[QRect]:
    """Where something is typed or pressed, in the workplace's own pixels."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTableView)
    found = [each for kind in kinds for each in work.findChildren(kind) if each.isVisible()]
    inside = [each for each in found if not work.toast.isAncestorOf(each)]
    return [QRect(each.mapTo(work, QPoint(0, 0)), each.size()) for each in inside]


_RUNNING = "SELECT id FROM offering WHERE code = '116-2019'"
