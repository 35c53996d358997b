"""People and instructors in the window, walked by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.names import fold
from eic_tracker.gui.pages.instructor_page import InstructorPage
from eic_tracker.gui.pages.instructors_page import InstructorsPage
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.pages.people_page import PeoplePage
from eic_tracker.gui.pages.person_page import PersonPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_page import RecordPage
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.state_view import State
from eic_tracker.i18n import Language
from tests.gui.surroundings import surroundings
from tests.services.demonstration_file import number, rows

Key = Qt.Key
WAIT = 20_000
SIZES = ((1182, 640), (912, 430))
"""What the window leaves to a page at 1366 × 768 and at 960 × 540."""


@pytest.fixture(params=[Language.EN, Language.ES], ids=["en", "es"])
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture
def around(demo_file: Path, qtbot: QtBot) -> Iterator[Surroundings]:
    with surroundings(demo_file, Role.MANAGER) as made:
        yield made


def settle(page: Page, qtbot: QtBot) -> None:
    for _ in range(2):
        QTest.qWait(5)
        qtbot.waitUntil(lambda: page.around.jobs.running == 0, timeout=WAIT)


def focused() -> QWidget:
    """Where the keyboard stands."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def opened(
    page: Page, qtbot: QtBot, key: int | None = None, state: Any = None, size: tuple[int, int] = SIZES[0]
) -> None:
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    page.show_place(Place(page.name, key, state or {}))
    settle(page, qtbot)
    wanted = page.first_focus()
    if wanted is not None:
        wanted.setFocus()


def key_of(path: Path, query: str) -> int:
    return number(path, query)


A_GRADUATE = """SELECT p.id FROM participant p JOIN enrolment e ON e.participant_id = p.id
    WHERE p.merged_into_id IS NULL AND e.status = 'completed' GROUP BY p.id ORDER BY count(*) DESC LIMIT 1"""
A_TWIN = """SELECT p.id FROM participant p JOIN participant b ON b.match_key = p.match_key AND b.id <> p.id
    AND b.birth_date = p.birth_date WHERE p.merged_into_id IS NULL AND b.merged_into_id IS NULL LIMIT 1"""
A_SURVIVOR = "SELECT merged_into_id FROM participant WHERE merged_into_id IS NOT NULL LIMIT 1"
AN_ADVISOR = "SELECT instructor_id FROM mentored_unit GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"


def unnamed(page: QWidget) -> list[str]:
    """Controls in sight that a screen reader could not name."""
    found = [
        *page.findChildren(QAbstractButton),
        *page.findChildren(QLineEdit),
        *page.findChildren(QTableView),
    ]
    return [
        f"{type(each).__name__} {each.objectName()}"
        for each in found
        if each.isVisible()
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and (each.text() or not each.focusPolicy()))
    ]


def clipped(page: QWidget) -> list[str]:
    """Words in sight that are wider or higher than the room they have."""
    wrong = []
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            if label.width() + 1 < label.sizeHint().width():
                wrong.append(label.text())
        elif label.isVisible() and label.text() and label.height() + 1 < label.heightForWidth(label.width()):
            wrong.append(label.text())
    wrong += [
        button.text()
        for button in page.findChildren(QAbstractButton)
        if button.isVisible() and button.text() and button.width() + 1 < button.minimumSizeHint().width()
    ]
    return wrong


def test_a_person_is_found_and_opened_without_a_mouse(around: Surroundings, demo_file: Path, qtbot: QtBot) -> None:
    page = PeoplePage(around)
    opened(page, qtbot)
    (key, surnames, given) = rows(
        demo_file, f"SELECT id, surnames, given_names FROM participant WHERE id = ({A_GRADUATE})"
    )[0]
    page.find_in_page()
    assert QApplication.focusWidget() is page.grid.bar.search
    QTest.keyClicks(page.grid.bar.search, fold(f"{given} {surnames}"))
    QTest.keyClick(page.grid.bar.search, Key.Key_Return)
    settle(page, qtbot)
    assert QApplication.focusWidget() is page.grid.table
    page.grid.select_key(int(key))
    with qtbot.waitSignal(page.go_requested) as going:
        QTest.keyClick(page.grid.table, Key.Key_Return)
    assert going.args == [Place("person", key)]


def test_a_page_that_is_left_comes_back_as_it_was(around: Surroundings, qtbot: QtBot) -> None:
    page = PeoplePage(around)
    opened(page, qtbot, state={"filters": (("status", "graduate"), ("sex", "F")), "text": ""})
    key = page.grid.model.keys[40]
    page.grid.select_key(key)
    left = page.state()
    other = PeoplePage(around)
    opened(other, qtbot, state=left)
    assert other.grid.bar.filters == (("status", "graduate"), ("sex", "F"))
    assert other.grid.current_key() == key


def test_a_profile_shows_courses_newest_first_and_opens_each(
    around: Surroundings, demo_file: Path, qtbot: QtBot
) -> None:
    key = key_of(demo_file, A_GRADUATE)
    page = PersonPage(around)
    opened(page, qtbot, key)
    assert page.profile is not None
    assert page.title() == f"{page.profile.row.surnames}, {page.profile.row.given_names}"
    assert page.profile.row.document is not None
    assert page.profile.row.document in page.line.text()
    table = QApplication.focusWidget()
    assert isinstance(table, QTableView)
    assert table.model().rowCount() == len(page.profile.enrolments)
    ends = [each.ends_on for each in page.profile.enrolments]
    assert ends == sorted(ends, reverse=True)
    QTest.keyClick(table, Key.Key_Down)
    with qtbot.waitSignal(page.go_requested) as going:
        QTest.keyClick(table, Key.Key_Return)
    assert going.args == [Place("offering", page.profile.enrolments[1].offering_id)]


def test_the_tabs_of_a_profile_are_walked_by_keyboard_and_come_back(
    around: Surroundings, demo_file: Path, qtbot: QtBot
) -> None:
    key = key_of(demo_file, A_SURVIVOR)
    page = PersonPage(around)
    opened(page, qtbot, key)
    seen = [page.tabs.name()]
    for _ in range(4):
        QTest.keyClick(focused(), Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        seen.append(page.tabs.name())
    assert seen == ["courses", "certificates", "facts", "origins", "history"]
    page.tabs.open("facts")
    page.refresh()
    settle(page, qtbot)
    said = [label.text() for label in page.tabs.findChildren(QLabel) if label.isVisible()]
    assert "Records joined to this one" in said
    other = PersonPage(around)
    opened(other, qtbot, key, state=page.state())
    assert other.tabs.name() == "facts"


def test_a_possible_duplicate_is_said_and_both_are_shown(around: Surroundings, demo_file: Path, qtbot: QtBot) -> None:
    key = key_of(demo_file, A_TWIN)
    page = PersonPage(around)
    opened(page, qtbot, key)
    assert page.hints.count() == 1
    with qtbot.waitSignal(page.go_requested) as going:
        item = page.hints.itemAt(0)
        assert item is not None
        hint = item.widget()
        assert hint is not None
        button = hint.findChild(QAbstractButton)
        assert button is not None
        button.click()
    people = PeoplePage(around)
    opened(people, qtbot, state=going.args[0].state)
    assert len(people.grid.model.keys) >= 2
    assert people.grid.current_key() == key
    other = key_of(demo_file, A_GRADUATE)
    page.show_place(Place("person", other))
    settle(page, qtbot)
    assert page.hints.count() == 0


def test_an_instructor_sees_masked_numbers_and_no_facts(demo_file: Path, qtbot: QtBot) -> None:
    own = """SELECT p.id FROM participant p JOIN enrolment e ON e.participant_id = p.id
        JOIN assignment a ON a.offering_id = e.offering_id JOIN user u ON u.instructor_id = a.instructor_id
        WHERE u.role = 'instructor' AND p.document_number IS NOT NULL AND p.merged_into_id IS NULL LIMIT 1"""
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = PersonPage(around)
        opened(page, qtbot, key_of(demo_file, own))
        assert page.profile is not None
        assert page.profile.row.document is not None
        assert page.profile.row.document.startswith("•••")
        assert page.profile.row.document in page.line.text()
        page.close()


def test_a_person_who_is_not_there_is_told_in_the_page(around: Surroundings, qtbot: QtBot) -> None:
    page = PersonPage(around)
    opened(page, qtbot, 99_999_999)
    assert page.state_view.state() is State.FAILED
    assert page.body.currentWidget() is page.state_view


def test_instructors_open_their_record_and_its_parts(around: Surroundings, demo_file: Path, qtbot: QtBot) -> None:
    page = InstructorsPage(around)
    opened(page, qtbot)
    with qtbot.waitSignal(page.go_requested) as going:
        QTest.keyClick(page.grid.table, Key.Key_Down)
        QTest.keyClick(page.grid.table, Key.Key_Return)
    assert going.args[0].page == "instructor"
    record = InstructorPage(around)
    opened(record, qtbot, key_of(demo_file, AN_ADVISOR))
    assert record.detail is not None
    assert record.detail.mentored
    titles = [record.tabs.tabText(place) for place in range(record.tabs.count())]
    assert titles[3] == f"Mentored units ({len(record.detail.mentored)})"
    with qtbot.waitSignal(record.go_requested) as going:
        QTest.keyClick(focused(), Key.Key_Return)
    assert going.args[0] == Place("offering", record.detail.taught[0].offering_id)


def test_a_change_is_read_again_where_one_stands(around: Surroundings, demo_file: Path, qtbot: QtBot) -> None:
    page = InstructorPage(around)
    opened(page, qtbot, key_of(demo_file, AN_ADVISOR))
    page.tabs.open("units")
    page.refresh()
    settle(page, qtbot)
    assert page.tabs.name() == "units"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_no_word_is_clipped_and_every_control_has_a_name(
    demo_file: Path, qtbot: QtBot, size: tuple[int, int], language: Language
) -> None:
    person, advisor = key_of(demo_file, A_SURVIVOR), key_of(demo_file, AN_ADVISOR)
    with surroundings(demo_file, Role.MANAGER, language) as around:
        shown: list[Page] = []
        pages: tuple[tuple[Page, int | None], ...] = (
            (PeoplePage(around), None),
            (PersonPage(around), person),
            (InstructorsPage(around), None),
            (InstructorPage(around), advisor),
        )
        for page, key in pages:
            opened(page, qtbot, key, size=size)
            assert page.minimumSizeHint().width() <= size[0], page.name
            names = page.tabs.names() if isinstance(page, RecordPage) else ("",)
            for name in names:
                if isinstance(page, RecordPage):
                    page.tabs.open(name)
                    settle(page, qtbot)
                assert not clipped(page), (page.name, name)
                assert not unnamed(page), (page.name, name)
            shown.append(page)
        for each in shown:
            each.close()
