"""The small dialogs: what they say, what they copy, and keys that close them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from eic_tracker.app import application
from eic_tracker.domain.codes import Role
from eic_tracker.gui.commands import CommandSet
from eic_tracker.gui.dialogs.about import About
from eic_tracker.gui.dialogs.ask_reason import AskReason, ask_reason
from eic_tracker.gui.dialogs.bug_report import BugReport
from eic_tracker.gui.dialogs.change_password import ChangePassword
from eic_tracker.gui.dialogs.shortcuts import ELSEWHERE, ShortcutSheet
from eic_tracker.gui.jobs import failure_of
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.report_text import trace_without_data
from eic_tracker.gui.window_commands import WINDOW_COMMANDS
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.made_of import PACKAGES, components
from eic_tracker.services.sign_in import sign_in
from eic_tracker.store.database import Database
from tests.gui.opened import WindowsShown, around_of, opened, preferences
from tests.services.school import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
EN = Translator(Language.EN)
NEW = "una clave nueva"


@pytest.fixture
def kept() -> Iterator[Preferences]:
    made = preferences()
    yield made
    made.store()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def trace_of_a_bug() -> str:
    def deep(name: str) -> None:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise ValueError(f"{name}\nhas 0801-1990-00000\nKeyError: no trace") from error

    try:
        deep("María Núñez")
    except ValueError as error:
        return failure_of(error).trace
    raise AssertionError


def test_a_report_of_a_bug_names_the_way_and_nobody(qtbot: QtBot, parent: QWidget) -> None:
    dialog = BugReport(trace_of_a_bug(), EN, parent)
    dialog.show()
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "KeyError" in copied
    assert re.search(r"test_dialogs\.py:\d+ deep", copied)
    assert "SQLite: " in copied
    for secret in ("María", "0801", str(Path.home()), str(ROOT)):
        assert secret not in copied
    assert copied == dialog.report.toPlainText()


def test_what_is_no_trace_leaves_nothing_in_the_report() -> None:
    assert trace_without_data("María Núñez, 0801-1990-00000\nsomething else") == ""


def test_about_tells_versions_folders_and_licences(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> None:
    dialog = About(tmp_path / "school.eic", EN, parent)
    dialog.show()
    qtbot.waitUntil(lambda: "Source Sans 3: OFL-1.1" in dialog.licences.toPlainText())
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert str(tmp_path / "school.eic") in words
    assert "SQLAlchemy" in dialog.licences.toPlainText()
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "Python: " in copied
    assert str(tmp_path) not in copied
    dialog.close_button.click()


def test_the_licences_are_those_of_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(PACKAGES) == {Requirement(line).name for line in project["dependencies"]}
    names = {component.name.casefold().replace("_", "-") for component in components()}
    assert set(PACKAGES) <= names
    assert "mako" in names
    assert "pytest" not in names


def test_the_sheet_shows_every_shortcut_and_finds_by_action_and_by_key(qtbot: QtBot, parent: QWidget) -> None:
    commands = CommandSet(parent, EN)
    for command in WINDOW_COMMANDS:
        commands.add(command, lambda: None)
    sheet = ShortcutSheet(commands, EN, parent)
    sheet.show()
    shown = dict(sheet.shown())
    assert shown["Find or do something"] == "Ctrl+K"
    expected = sum(bool(command.keys) for command in WINDOW_COMMANDS) + sum(map(len, ELSEWHERE.values()))
    assert len(sheet.shown()) == expected
    assert shown["Next tab"] == "Ctrl+PgDown · Ctrl+Tab"
    assert shown["Save"] == "Ctrl+S · Ctrl+G · Ctrl+Enter"
    QTest.keyClicks(sheet.box, "ctrl+k")
    assert sheet.shown() == [("Find or do something", "Ctrl+K")]
    sheet.close()


def test_a_reason_is_given_and_tidied(qtbot: QtBot, parent: QWidget) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskReason)
        assert not dialog.go_on.isEnabled()
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
        QTest.keyClicks(dialog.edit, "  Listado  para la Secretaria ")
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)

    QTimer.singleShot(50, answer)
    assert ask_reason(parent, EN, "Why?") == "Listado para la Secretaria"


def test_without_a_reason_nothing_goes_on(qtbot: QtBot, parent: QWidget) -> None:
    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskReason)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(50, leave)
    assert ask_reason(parent, EN, "Why?") is None


@pytest.fixture
def change(qtbot: QtBot, parent: QWidget, tmp_path: Path, kept: Preferences) -> Iterator[ChangePassword]:
    with opened(tmp_path) as file:
        made = ChangePassword(around_of(file, Role.REGISTRAR, kept, tmp_path), parent)
        made.show()
        yield made


def type_passwords(dialog: ChangePassword, present: str, new: str, again: str) -> None:
    for field, text in ((dialog.present, present), (dialog.new, new), (dialog.again, again)):
        field.edit.setText(text)


def test_one_s_own_password_is_changed(qtbot: QtBot, change: ChangePassword, tmp_path: Path) -> None:
    type_passwords(change, PASSWORD, NEW, NEW)
    with qtbot.waitSignal(change.changed, timeout=20_000):
        QTest.keyClick(change.again.edit, Qt.Key.Key_Return)
    with Database(tmp_path / "school.eic") as db:
        assert sign_in(db, "registrar", NEW).login == "registrar"


@pytest.mark.parametrize(
    ("present", "new", "again", "field"),
    [
        ("", NEW, NEW, "present"),
        (PASSWORD, NEW, "another one", "again"),
        (PASSWORD, "corta", "corta", "new"),
        (PASSWORD, PASSWORD, PASSWORD, "new"),
        ("wrong one here", NEW, NEW, "present"),
    ],
)
def test_what_is_wrong_with_it_is_said_under_its_field(
    qtbot: QtBot, change: ChangePassword, present: str, new: str, again: str, field: str
) -> None:
    type_passwords(change, present, new, again)
    change.submit()
    fields = {"present": change.present, "new": change.new, "again": change.again}
    qtbot.waitUntil(lambda: bool(fields[field].problem()), timeout=20_000)
    assert [name for name, each in fields.items() if each.problem()] == [field]
    assert change.isVisible()


def test_every_dialog_closes_by_esc_is_named_and_fits_a_small_screen(
    qtbot: QtBot, parent: QWidget, tmp_path: Path, kept: Preferences
) -> None:
    with opened(tmp_path) as file, WindowsShown() as shown:
        around = around_of(file, Role.REGISTRAR, kept, tmp_path)
        dialogs: list[QDialog] = [
            ChangePassword(around, parent),
            About(None, EN, parent),
            ShortcutSheet(CommandSet(parent, EN), EN, parent),
            BugReport(trace_of_a_bug(), EN, parent),
            AskReason("Why?", EN, parent),
        ]
        for dialog in dialogs:
            dialog.show()
            assert dialog.accessibleName()
            assert dialog.width() <= 940
            assert dialog.height() <= 540
            for button in dialog.findChildren(QPushButton):
                assert not button.autoDefault()
            for edit in (*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)):
                assert edit.accessibleName()
            with qtbot.waitSignal(dialog.finished):
                QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert shown == [type(dialog).__name__ for dialog in dialogs]


def test_the_dialog_for_files_that_qt_draws_itself_is_whole_in_spanish(qtbot: QtBot) -> None:
    application()
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    words = {label.text() for label in dialog.findChildren(QLabel) if label.text()}
    assert words == {"&Buscar en:", "&Nombre del archivo:", "&Tipo de archivo:"}
