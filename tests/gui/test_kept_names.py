"""Names of pupils in the window: decided in the settings, kept from the printing, read by few, gone at the end."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.group_printing_part import GroupPrintingPart
from eic_tracker.gui.kept_names_part import KeptNamesPart
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.class_group_page import ClassGroupPage
from eic_tracker.gui.pages.settings_page import SettingsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.names_part import NamesPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.services.names_due import names_are_due
from tests.gui.windows import demonstration, enter, go, place_of_work, settle, until
from tests.services.demonstration_file import number, rows
from tests.services.test_group_papers import GRADUATED, NAMES, files_that_hold

OTHER = "SELECT max(id) FROM class_group WHERE school_id IS NOT NULL"
ORDER = {"reason": "Seguimiento", "authorised_by": "Comisario Inventado", "post": "Jefe", "letter": "1-2019"}


def answer(qtbot: QtBot, made: MainWindow, **values: object) -> AskFields:
    """Fill the open question in and take it."""
    until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(AskFields)))
    asked = next(each for each in made.findChildren(AskFields) if each.isVisible())
    asked.form.write(values)
    asked.take.click()
    settle(qtbot, made)
    return asked


def names_section(qtbot: QtBot, made: MainWindow) -> NamesPart:
    """The section of the settings, read."""
    page = go(qtbot, made, Place("settings", state={"section": "names"})).page
    assert isinstance(page, SettingsPage)
    part = page.part
    assert isinstance(part, NamesPart)
    settle(qtbot, made)
    return part


def click(part: NamesPart, name: str) -> None:
    """A deed of the one programme that counts by head."""
    next(button for (_, deed), button in part.buttons.items() if deed == name).click()


def group_page(qtbot: QtBot, made: MainWindow, key: int, tab: str) -> ClassGroupPage:
    """The class group, its names read."""
    page = go(qtbot, made, Place("class_group", key, {"tab": tab})).page
    assert isinstance(page, ClassGroupPage)
    settle(qtbot, made)
    return page


def said_in(widget: QWidget) -> str:
    """All words of a dialog."""
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_manager_decides_a_registrar_keeps_and_turning_it_off_leaves_no_byte(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    QApplication.clipboard().clear()
    words = [part for name in NAMES for part in name.split()]
    group = number(demo_file, GRADUATED)
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        page = group_page(qtbot, made, group, "printing")
        printing = page.tabs.content("printing")
        assert isinstance(printing, GroupPrintingPart)
        assert not printing.keep_button.isVisible(), "off by default"
        assert not page.tabs.isTabVisible(page.tabs.names().index("names"))

        enter(qtbot, made, Role.MANAGER)
        part = names_section(qtbot, made)
        click(part, "keep")
        answer(qtbot, made, **ORDER)
        assert rows(demo_file, "SELECT purge_on FROM name_keeping") == [("2021-06-28",)], "24 months are proposed"

        enter(qtbot, made, Role.REGISTRAR)
        page = group_page(qtbot, made, group, "printing")
        printing = page.tabs.content("printing")
        assert isinstance(printing, GroupPrintingPart)
        printing.names.setPlainText("\n".join(NAMES))
        printing.keep_button.click()
        answer(qtbot, made, document="carpeta 3")
        assert number(demo_file, "SELECT count(*) FROM pupil_name") == 0, "without the day of the consent none is kept"
        answer(qtbot, made, consent_on=page.around.today)
        assert number(demo_file, "SELECT count(*) FROM pupil_name") == len(NAMES)
        page.tabs.open("names")
        kept = page.tabs.content("names")
        assert isinstance(kept, KeptNamesPart)
        assert kept.names is not None
        assert {row.name for row in kept.names.rows.values()} == set(NAMES)
        assert not any(word in str(page.state()) for word in words)
        kept.ask_to_forget(next(iter(kept.names.rows)))
        popup = next(each for each in made.findChildren(ChoicePopup) if each.isVisible())
        popup.list.setCurrentRow(1)
        popup.take()
        settle(qtbot, made)
        assert len(kept.names.rows) == len(NAMES) - 1
        other = group_page(qtbot, made, number(demo_file, OTHER), "names").tabs.content("names")
        assert isinstance(other, KeptNamesPart)
        assert other.names is None, "names of one group never stand under another"

        enter(qtbot, made, Role.MANAGER)
        shown = group_page(qtbot, made, group, "names").tabs.content("names")
        assert isinstance(shown, KeptNamesPart)
        assert shown.names is not None
        assert len(shown.names.rows) == 1
        part = names_section(qtbot, made)
        click(part, "stop")
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(AskFields)))
        asked = next(each for each in made.findChildren(AskFields) if each.isVisible())
        assert "1 nombre sale del archivo para siempre." in said_in(asked)
        assert "esto no se deshace" in said_in(asked)
        answer(qtbot, made, reason="El programa terminó")
        assert files_that_hold(words, [tmp_path, Path.home()]) == []
        enter(qtbot, made, Role.AUDITOR)
        assert "names" not in group_page(qtbot, made, group, "papers").tabs.names()
    assert QApplication.clipboard().text() == ""
    assert files_that_hold(words, [tmp_path, Path.home()]) == []


def test_names_whose_day_has_come_go_when_a_registrar_begins_to_work(qtbot: QtBot, demo_file: Path) -> None:
    group = number(demo_file, GRADUATED)
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        part = names_section(qtbot, made)
        click(part, "keep")
        answer(qtbot, made, **ORDER)
        enter(qtbot, made, Role.REGISTRAR)
        page = group_page(qtbot, made, group, "printing")
        printing = page.tabs.content("printing")
        assert isinstance(printing, GroupPrintingPart)
        printing.names.setPlainText("\n".join(NAMES))
        printing.keep_button.click()
        answer(qtbot, made, document="carpeta 3", consent_on=page.around.today)
        assert number(demo_file, "SELECT count(*) FROM pupil_name WHERE content IS NOT NULL") == len(NAMES)
        asked: list[Role] = []

        def due(db: object, acting: object) -> bool:
            asked.append(acting.role)  # type: ignore[attr-defined]
            return names_are_due(db, acting)  # type: ignore[arg-type]

        with (
            patch("eic_tracker.gui.due_names.names_are_due", due),
            patch("eic_tracker.services.names_due.local_date", return_value=page.around.today.replace(year=2021)),
            patch("eic_tracker.services.name_keeping.local_date", return_value=page.around.today.replace(year=2021)),
        ):
            enter(qtbot, made, Role.AUDITOR)
            settle(qtbot, made)
            assert asked == [], "who may not read names does not begin it"
            enter(qtbot, made, Role.REGISTRAR)
            until(qtbot, lambda: str(len(NAMES)) in place_of_work(made).toast.text())
    assert rows(demo_file, "SELECT count(*) FROM pupil_name WHERE content IS NOT NULL") == [(0,)]
    assert rows(demo_file, "SELECT ended_on FROM name_keeping") == [("2021-06-28",)]
    assert files_that_hold(NAMES, [demo_file.parent]) == []
