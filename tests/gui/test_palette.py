"""The box that finds everything: only what the role may see, the newest answer alone, keys all the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.commands import CommandSet
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.page_list import PAGES
from eic_tracker.gui.palette import Palette, open_palette
from eic_tracker.gui.palette_lines import KINDS, Line, lines_for
from eic_tracker.gui.place import Place, Trail
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.window_acts import WindowActs
from eic_tracker.gui.window_commands import WINDOW_COMMANDS
from eic_tracker.gui.workplace import Workplace
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.search import HitKind
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.opened import WindowsShown, around_of, opened, preferences


class Window(QMainWindow):
    """A window with a workplace and its commands; what was done is noted."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace
        self.done: list[str] = []
        self.went: list[Place] = []
        self.setCentralWidget(workplace)
        self.commands = CommandSet(self, workplace.t)
        for command in WINDOW_COMMANDS:
            self.commands.add(command, lambda name=command.name: self.done.append(name))  # type: ignore[misc]
        acts = WindowActs(self)  # type: ignore[arg-type]
        acts.add_places(self.commands)
        workplace.go = self.went.append  # type: ignore[assignment,method-assign]

    def go(self, place: Place) -> None:
        self.went.append(place)


@pytest.fixture
def file(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenFile]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def kept() -> Iterator[Preferences]:
    made = preferences(language=Language.ES)
    yield made
    made.store()


def window_of(qtbot: QtBot, file: OpenFile, kept: Preferences, role: Role, language: Language = Language.EN) -> Window:
    around = around_of(file, role, kept, file.path.parent, language)
    made = Window(Workplace(around, Trail(Place("home"))))
    qtbot.addWidget(made)
    made.resize(960, 540)
    made.show()
    take_keyboard(qtbot, made)
    return made


def take_keyboard(qtbot: QtBot, window: Window) -> None:
    """Have the window hold the keyboard, once its page has been read: who is read late takes it late."""
    jobs = window.workplace.around.jobs
    for _ in range(2):
        qtbot.waitUntil(lambda: jobs.running == 0)
        QApplication.processEvents()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def found(qtbot: QtBot, palette: Palette, text: str) -> list[Line]:
    palette.box.setText(text)
    qtbot.waitUntil(lambda: palette._job is None)
    return palette.lines()


@pytest.fixture
def window(qtbot: QtBot, file: OpenFile, kept: Preferences) -> Window:
    return window_of(qtbot, file, kept, Role.REGISTRAR)


@pytest.fixture
def palette(qtbot: QtBot, window: Window) -> Palette:
    made = open_palette(window.workplace, window.commands)
    qtbot.waitUntil(made.box.hasFocus)
    return made


def test_a_person_is_found_without_accents_and_opened_with_enter(
    qtbot: QtBot, window: Window, palette: Palette
) -> None:
    lines = found(qtbot, palette, "nunez maria")
    assert [(line.group, line.title) for line in lines] == [("People", "María José Núñez O'Hara")]
    assert "0801-1990-00000" in lines[0].detail
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert [(place.page, place.key) for place in window.went] == [("person", 1)]
    assert not palette.isVisible()


def test_a_letter_leads_to_the_course_that_rests_on_it(
    qtbot: QtBot, window: Window, palette: Palette, file: OpenFile
) -> None:
    with Database(file.path) as db, db.write(Entry(Actor("test"), "fill", "letter")) as tx:
        row = {"uid": tx.new_uid(), "kind": SourceKind.LETTER, "number": "112-2019", "sender": "Fiscalía"}
        (letter,) = tx.insert(SourceDocument, [row])
        tx.update(Enrolment, {1: {"source_document_id": letter}})
    lines = found(qtbot, palette, "112-2019")
    assert [(line.group, line.detail) for line in lines] == [("Letters and acts", "Letter · Fiscalía")]
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.went))
    assert window.went == [Place("offering", 1)]


def test_actions_and_pages_are_matched_at_once_by_their_words(window: Window, palette: Palette) -> None:
    palette.box.setText("zoom")
    assert {line.action for line in palette.lines()} == {"larger", "smaller", "usual_size"}
    palette.box.setText("cert")
    assert [line.place.page for line in palette.lines() if line.place] == ["certificates", "settings"], (
        "the templates of certificates are a section of the settings"
    )


def test_spanish_words_find_with_and_without_accents(qtbot: QtBot, file: OpenFile, kept: Preferences) -> None:
    window = window_of(qtbot, file, kept, Role.REGISTRAR, Language.ES)
    palette = open_palette(window.workplace, window.commands)
    spanish = Translator(Language.ES)
    title = spanish(PAGES["people"].title)
    palette.box.setText(title.casefold()[:5])
    assert title in [line.title for line in palette.lines()]


def test_an_action_is_done_where_the_keyboard_was(qtbot: QtBot, window: Window) -> None:
    field = QLineEdit(window.workplace)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    palette = open_palette(window.workplace, window.commands)
    found(qtbot, palette, "shortcuts")
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    assert window.done == ["shortcuts"]
    assert field.hasFocus()


def test_esc_gives_the_keyboard_back(qtbot: QtBot, window: Window) -> None:
    field = QLineEdit(window.workplace)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    palette = open_palette(window.workplace, window.commands)
    qtbot.waitUntil(palette.box.hasFocus)
    QTest.keyClick(palette.box, Qt.Key.Key_Escape)
    assert field.hasFocus()
    assert not palette.isVisible()


def test_enter_before_the_answer_waits_for_the_newest_one(qtbot: QtBot, window: Window, palette: Palette) -> None:
    palette.box.setText("bogran")
    palette.box.setText("zuniga")
    QTest.keyClick(palette.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.went))
    assert [(place.page, place.key) for place in window.went] == [("person", 4)]


def test_arrows_walk_over_headings_and_round_the_ends(qtbot: QtBot, palette: Palette) -> None:
    lines = found(qtbot, palette, "0")
    assert len({line.group for line in lines}) > 1
    for expected in (*lines[1:], lines[0]):
        QTest.keyClick(palette.box, Qt.Key.Key_Down)
        assert palette.current() == expected
    QTest.keyClick(palette.box, Qt.Key.Key_Up)
    assert palette.current() == lines[-1]


def test_before_typing_recent_places_and_useful_actions_are_offered(qtbot: QtBot, window: Window) -> None:
    trail = window.workplace.trail
    trail.go(Place("person", 3))
    trail.leave({"scroll": 7}, "Dunia de la O")
    trail.go(Place("home"))
    palette = open_palette(window.workplace, window.commands)
    first = palette.lines()[0]
    assert (first.title, first.place) == ("Dunia de la O", Place("person", 3, {"scroll": 7}))
    assert {line.group for line in palette.lines()} == {"Recent", "Pages", "Actions"}


def test_a_place_of_the_rail_is_recent_under_the_name_that_the_rail_gives_it(
    qtbot: QtBot, file: OpenFile, kept: Preferences
) -> None:
    window = window_of(qtbot, file, kept, Role.REGISTRAR, Language.ES)
    page, trail = window.workplace.page, window.workplace.trail
    assert page.title().startswith("Buen día"), "the page greets its user"
    trail.leave(page.state(), page.title())
    trail.go(Place("people"))
    first = open_palette(window.workplace, window.commands).lines()[0]
    assert (first.title, first.detail, first.place) == ("Inicio", "", Place("home", None, page.state()))


def test_an_administrator_finds_no_people_and_none_of_their_pages(
    qtbot: QtBot, file: OpenFile, kept: Preferences
) -> None:
    window = window_of(qtbot, file, kept, Role.ADMINISTRATOR)
    palette = open_palette(window.workplace, window.commands)
    for text in ("nunez", "0801199000000", "people", "certificates"):
        lines = found(qtbot, palette, text)
        assert not [line for line in lines if line.place and line.place.page in {"person", "people", "certificates"}]
    assert found(qtbot, palette, "zzzz") == []
    assert "zzzz" in palette.empty.text()


def test_a_disabled_action_is_not_offered(window: Window, palette: Palette) -> None:
    window.commands.actions["undo"].setEnabled(False)
    window.commands.actions["lock"].setVisible(False)
    palette.box.setText("take back")
    assert palette.lines() == []
    palette.box.setText("lock")
    assert palette.lines() == []


def test_opened_twice_there_is_one_box(window: Window, palette: Palette) -> None:
    assert open_palette(window.workplace, window.commands) is palette


def test_it_goes_with_the_workplace_that_a_lock_hides(window: Window, palette: Palette) -> None:
    window.workplace.hide()
    assert palette.isHidden()


def test_a_click_elsewhere_closes_it(qtbot: QtBot, window: Window, palette: Palette) -> None:
    field = QLineEdit(window.workplace)
    field.show()
    field.raise_()
    QTest.mousePress(field, Qt.MouseButton.LeftButton)
    assert palette.isHidden()
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton)


def test_a_page_that_wants_the_keyboard_gets_it_when_the_box_is_closed(
    qtbot: QtBot, window: Window, palette: Palette
) -> None:
    field = QLineEdit(window.workplace)
    field.show()
    field.setFocus()
    qtbot.waitUntil(palette.box.hasFocus)
    QTest.keyClick(palette.box, Qt.Key.Key_Escape)
    assert field.hasFocus()


def test_nothing_flashes_as_a_window_of_its_own(qtbot: QtBot, window: Window) -> None:
    with WindowsShown() as shown:
        found(qtbot, open_palette(window.workplace, window.commands), "nunez")
    assert shown == []


def test_every_kind_of_hit_has_a_page() -> None:
    assert KINDS.keys() == set(HitKind)
    assert {page for _, page, _ in KINDS.values()} <= PAGES.keys()


def test_names_for_screen_readers_tell_the_whole_line(qtbot: QtBot, palette: Palette) -> None:
    found(qtbot, palette, "nunez")
    item = palette.list.currentItem()
    assert item is not None
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "María José Núñez O'Hara, 0801-1990-00000, People"
    assert palette.box.accessibleName()
    assert palette.list.accessibleName()


def test_the_first_hits_are_there_within_100_ms(qtbot: QtBot, palette: Palette) -> None:
    found(qtbot, palette, "warm")
    taken = []
    for text in ("nunez", "0801", "007-2018", "foto", "asesor"):
        began = time.perf_counter()
        found(qtbot, palette, text)
        taken.append(time.perf_counter() - began)
    assert sorted(taken)[len(taken) // 2] < 0.1


def test_the_parts_of_the_settings_are_found_by_those_who_may_open_them(
    file: OpenFile, kept: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    found = {}
    for role in (Role.ADMINISTRATOR, Role.INSTRUCTOR):
        around = around_of(file, role, kept, tmp_path, Language.ES)
        window = Window(Workplace(around, Trail(Place("home"))))
        qtbot.addWidget(window)
        found[role] = {
            typed: [(line.title, line.place) for line in lines_for(typed, window.commands, around)]
            for typed in ("usuarios", "instituciones")
        }
    assert found[Role.ADMINISTRATOR] == {
        "usuarios": [("Usuarios", Place("settings", state={"section": "users"}))],
        "instituciones": [("Instituciones", Place("settings", state={"section": "lists", "list": "institution"}))],
    }
    assert found[Role.INSTRUCTOR] == {"usuarios": [], "instituciones": []}
