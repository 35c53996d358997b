"""Reports in the window: what goes with them, as PDF and for Word, closing a quarter and opening it again."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import ReportKind, Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.report_particulars_page import ReportParticularsPage
from eic_tracker.gui.pages.reports_page import ReportsPage
from eic_tracker.gui.pages.settings_page import SettingsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.quarters_part import QuartersPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from tests.gui.windows import demonstration, enter, go, place_of_work, settle, until
from tests.reports.pdf_reading import words_of
from tests.services.demonstration_file import rows
from tests.services.doors_of_reports import scan


def reports(qtbot: QtBot, made: MainWindow, period: str = "2018Q4") -> ReportsPage:
    page = go(qtbot, made, Place("reports", state={"period": period})).page
    assert isinstance(page, ReportsPage)
    until(qtbot, lambda: bool(page.preview.view.pdf))
    settle(qtbot, made)
    return page


def particulars(made: MainWindow) -> ReportParticularsPage:
    page = place_of_work(made).page
    assert isinstance(page, ReportParticularsPage)
    return page


def asked(made: MainWindow) -> AskFields:
    return next(each for each in made.findChildren(AskFields) if each.isVisible())


def test_a_manager_closes_a_quarter_by_keys_and_an_administrator_reopens_it(
    qtbot: QtBot, demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(out))
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = reports(qtbot, made)
        bar = page.quarter_bar
        assert bar.said.text() == "Sin cerrar: sus cifras aún pueden cambiar."
        assert not bar.sent_button.isVisible()
        QTest.keyClick(bar.close_button, Qt.Key.Key_Space)
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(AskFields)))
        question = asked(made)
        question.activateWindow()
        until(qtbot, question.take.hasFocus)
        QTest.keyClick(question.take, Qt.Key.Key_Return)
        until(qtbot, lambda: bar.said.text().startswith("Cerrado el"))
        settle(qtbot, made)
        assert not bar.close_button.isVisible()
        folder = out / "trimestre-2018Q4"
        names = sorted(path.name for path in folder.iterdir())
        assert names == ["2018Q4.pdf", "2018Q4.xlsx", "SHA256SUMS.txt"]
        assert [path.name for path in out.iterdir()] == [folder.name]
        kept = rows(demo_file, "SELECT name, sha256 FROM quarter_paper ORDER BY name")
        assert kept == [(name, hashlib.sha256((folder / name).read_bytes()).hexdigest()) for name in names[:2]]
        assert "sus cifras quedan fijas como están aquí" in words_of((folder / "2018Q4.pdf").read_bytes())
        until(qtbot, lambda: "Cerrado el" in words_of(bytes(page.preview.view.pdf)))

        again = tmp_path / "again"
        again.mkdir()
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(again))
        QTest.keyClick(bar.sent_button, Qt.Key.Key_Space)
        settle(qtbot, made)
        until(qtbot, lambda: len(list(again.iterdir())) == 2)
        assert (again / "2018Q4.pdf").read_bytes() == (folder / "2018Q4.pdf").read_bytes()

        enter(qtbot, made, Role.ADMINISTRATOR)
        settings = go(qtbot, made, Place("settings", state={"section": "quarters"})).page
        assert isinstance(settings, SettingsPage)
        settle(qtbot, made)
        part = settings.findChild(QuartersPart)
        assert part is not None
        part.ask_reason = lambda *_args: "faltaba un curso"
        part.table.select_key(next(key for key, each in part.table.rows.items() if each.period.code == "2018Q4"))
        QTest.keyClick(part.reopen_button, Qt.Key.Key_Space)
        settle(qtbot, made)
        query = "SELECT reopened_reason FROM closed_quarter WHERE period = '2018Q4'"
        until(qtbot, lambda: rows(demo_file, query) == [("faltaba un curso",)])


def test_a_quarter_that_runs_and_one_that_is_closed_are_not_closed_and_a_registrar_closes_none(
    qtbot: QtBot, demo_file: Path
) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = reports(qtbot, made, "2019Q2")
        assert page.quarter_bar.said.text() == "El trimestre aún no termina."
        assert not page.quarter_bar.close_button.isVisible()
        page = reports(qtbot, made, "2019Q1")
        until(qtbot, lambda: "Se rectificó 1 cifra." in page.quarter_bar.said.text())
        assert not page.quarter_bar.close_button.isVisible()
        enter(qtbot, made, Role.REGISTRAR)
        page = reports(qtbot, made)
        assert not page.quarter_bar.close_button.isVisible()


def test_what_goes_with_a_report_is_entered_by_keys_and_printed(qtbot: QtBot, demo_file: Path, tmp_path: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = reports(qtbot, made)
        made.activateWindow()
        page.preview.view.setFocus()
        until(qtbot, page.preview.view.hasFocus)
        QTest.keyClick(page.preview.view, Qt.Key.Key_F2)
        until(qtbot, lambda: isinstance(place_of_work(made).page, ReportParticularsPage))
        form_page = particulars(made)
        until(qtbot, lambda: form_page.pane.form is not None)
        form = form_page.pane.form
        assert form is not None
        assert not form_page.copy_button.isEnabled()
        assert form.values()["approved_name"] == "Marco Morales Hernández", "the school's own signers are offered"
        form.write(
            {
                "letter_number": "EIC-7-2019",
                "addressee": "Sección INL",
                "achievements": ("Un logro.",),
                "with_sources": False,
                "received_by": "Ventanilla",
            }
        )
        form_page.pane.save_now()
        settle(qtbot, made)
        assert form.boxes["sent_on"].problem(), "what was received was sent"
        form.write({"sent_on": dt.date(2019, 1, 14), "received_on": dt.date(2019, 1, 15)})
        QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        until(qtbot, lambda: isinstance(place_of_work(made).page, ReportsPage))
        page = reports(qtbot, made)
        until(qtbot, lambda: "Oficio N.º EIC-7-2019" in words_of(bytes(page.preview.view.pdf)))
        words = words_of(bytes(page.preview.view.pdf))
        assert "Un logro." in words
        assert "Fuentes de las cifras publicadas" not in words

        go(qtbot, made, Place("report_particulars", state={"kind": "quarterly", "period": "2018Q4"}))
        form_page = particulars(made)
        until(qtbot, form_page.copy_button.isEnabled)
        stamped = tmp_path / "sellada.png"
        stamped.write_bytes(scan().content)
        form_page.file_copy(stamped)
        until(qtbot, lambda: "(hay 1)" in form_page.copy_button.text())
        settle(qtbot, made)


def test_the_year_and_all_since_the_beginning_are_seen_and_saved_for_word(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = reports(qtbot, made)
        page.kind.setCurrentIndex(page.kind.findData(ReportKind.ANNUAL))
        until(qtbot, lambda: "Informe anual" in words_of(bytes(page.preview.view.pdf)))
        assert page.period.currentText() == "Año 2018"
        assert not page.quarter_bar.isVisible()
        page.calendar.setCurrentIndex(1)
        assert page.period.currentText() == "Año fiscal 2019 (EE. UU.)"
        page.kind.setCurrentIndex(page.kind.findData(ReportKind.CUMULATIVE))
        until(qtbot, lambda: "Informe desde el inicio" in words_of(bytes(page.preview.view.pdf)))
        settle(qtbot, made)
        target = tmp_path / "inicio.docx"
        page.write_word_to(target)
        until(qtbot, target.exists)
        settle(qtbot, made)
        document = docx.Document(str(target))
        assert any("Informe desde el inicio" in part.text for part in document.paragraphs)
        assert page.state()["kind"] == "cumulative"


def test_a_table_of_the_report_is_copied_by_one_key_for_another_document(qtbot: QtBot, demo_file: Path) -> None:
    clipboard = QGuiApplication.clipboard()
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = reports(qtbot, made)
        made.activateWindow()
        page.preview.view.setFocus()
        until(qtbot, page.preview.view.hasFocus)
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(page.preview.view, Qt.Key.Key_C, both)
        menu = page.copying.menu_of_parts
        until(qtbot, menu.isVisible)
        titles = [action.text() for action in menu.actions()]
        assert any(title.endswith("Por sexo") for title in titles)
        next(action for action in menu.actions() if action.text().endswith("Por sexo")).trigger()
        content = clipboard.mimeData()
        assert "<td>Mujeres</td>" in content.html()
        assert "Mujeres\t" in content.text()
        next(action for action in menu.actions() if "Aprobados por trimestre" in action.text()).trigger()
        assert clipboard.mimeData().hasImage()
        menu.close()
        clipboard.clear()
        settle(qtbot, made)
