"""A list pasted or imported onto a roster in the real window: reviewed first, stored by one key, undone by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.roster_part import RosterPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.services.list_review import Outcome
from tests.gui.test_offering_form import CONTROL, RUNNING, Keys
from tests.gui.test_roster_entry import change
from tests.gui.windows import demonstration, go, place_of_work, settle, until
from tests.services.demonstration_file import number, rows

LISTS = Path(__file__).parents[1] / "data" / "lists"


ON_IT = f"SELECT count(*) FROM enrolment WHERE status = 'enrolled' AND offering_id = ({RUNNING})"


PEOPLE = "SELECT count(*) FROM participant"


ENTRIES = "SELECT count(*) FROM change_set"


KNOWN = """SELECT document_number, given_names, surnames, birth_date, sex FROM participant p
WHERE document_kind = 'national_id' AND document_country = 'HND' AND merged_into_id IS NULL AND birth_date IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM participant q WHERE q.merged_into_id = p.id) ORDER BY id LIMIT 1"""


NEW = [
    ("0801199045671", "Wendolyn Marisela", "Quiroz Tábora", "F"),
    ("0501198845672", "Osman Geovany", "Velásquez Umanzor", "M"),
]


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at the roster of the open course, the keyboard in its blank row."""
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("offering", number(demo_file, RUNNING)))
        yield made
        QGuiApplication.clipboard().clear()


def part_of(made: MainWindow) -> Any:
    """The roster in sight."""
    page = place_of_work(made).page
    assert isinstance(page, OfferingPage)
    part = page.tabs.content("roster")
    assert isinstance(part, RosterPart)
    return part


def as_text(people: Sequence[tuple[str, ...]]) -> str:
    """A table as spreadsheets put it on the clipboard as text, with the end of line at its end."""
    lines = [("DNI", "Nombres", "Apellidos", "Sexo"), *people]
    return "\n".join("\t".join(line) for line in lines) + "\n"


def as_html(people: Sequence[tuple[str, ...]]) -> str:
    """The same as a page."""
    lines = [("DNI", "Nombres", "Apellidos", "Sexo"), *people]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return f"<html><body><table>{cells}</table></body></html>"


def copy(text: str = "", html: str = "") -> None:
    """What another program copied."""
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def say_letter(qtbot: QtBot, made: MainWindow, keys: Keys, number_of_letter: str) -> None:
    """The question for the letter, answered by keys."""
    until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(AskFields)))
    settle(qtbot, made)
    keys.press(Qt.Key.Key_A, CONTROL)
    keys.type(number_of_letter)
    keys.press(Qt.Key.Key_Return)
    with qtbot.waitActive(made):
        made.activateWindow()
    settle(qtbot, made)


def store(qtbot: QtBot, made: MainWindow, keys: Keys) -> None:
    """Ctrl+Enter, the letter, Ctrl+Enter."""
    keys.press(Qt.Key.Key_Return, CONTROL)
    say_letter(qtbot, made, keys, "Oficio 77-2019")
    keys.press(Qt.Key.Key_Return, CONTROL)


def choose(keys: Keys, text: str) -> None:
    """The line of the open list that has these letters."""
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ChoicePopup)
    popup.box.setFocus()
    popup.box.setText(text)
    QTest.keyPress(popup.box, Qt.Key.Key_Return)
    settle(keys.qtbot, keys.made)


def outcomes(made: MainWindow) -> list[Outcome]:
    """What the rows in sight are."""
    return [row.outcome for row in part_of(made).review.shown]


@pytest.mark.parametrize("how", ["text", "html"])
def test_a_pasted_list_is_reviewed_stored_by_one_key_and_undone_by_another(
    qtbot: QtBot, demo_file: Path, office: MainWindow, how: str
) -> None:
    document, given, surnames, _, sex = rows(demo_file, KNOWN)[0]
    people = [*NEW, (document, given, surnames, sex), ("8.01199E+11", "Rosa Elvira", "Zepeda Funes", "F")]
    before = [number(demo_file, query) for query in (ON_IT, PEOPLE, ENTRIES)]
    copy(as_text(people) if how == "text" else "", as_html(people) if how == "html" else "")
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    part = part_of(office)
    assert part.is_reviewing
    assert outcomes(office) == [Outcome.NEW, Outcome.NEW, Outcome.KNOWN, Outcome.ERROR]
    assert part.review.review.counts["rows"] == 4
    store_words = part.review.store_button.text()
    assert "3" in store_words
    assert [number(demo_file, query) for query in (ON_IT, PEOPLE, ENTRIES)] == before
    store(qtbot, office, keys)
    assert not part.is_reviewing
    assert [number(demo_file, query) for query in (ON_IT, PEOPLE, ENTRIES)] == [
        before[0] + 3,
        before[1] + 2,
        before[2] + 1,
    ]
    assert rows(demo_file, "SELECT rejected_as FROM rejected_row ORDER BY id DESC LIMIT 1") == [("error",)]
    assert rows(demo_file, "SELECT number FROM source_document ORDER BY id DESC LIMIT 1") == [("Oficio 77-2019",)]
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert [number(demo_file, query) for query in (ON_IT, PEOPLE)] == before[:2]


def test_a_list_is_stored_without_a_letter_only_when_somebody_says_that_there_is_none(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    before = number(demo_file, ON_IT)
    copy(as_text(NEW))
    part, keys = part_of(office), Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)

    def question() -> AskFields | None:
        return next((each for each in office.findChildren(AskFields) if each.isVisible()), None)

    for _ in range(2):
        keys.press(Qt.Key.Key_Return, CONTROL)
        until(qtbot, lambda: question() is not None)
        settle(qtbot, office)
        keys.press(Qt.Key.Key_Escape)
        with qtbot.waitActive(office):
            office.activateWindow()
        assert number(demo_file, ON_IT) == before, "nobody said anything of a letter"
    keys.press(Qt.Key.Key_Return, CONTROL)
    until(qtbot, lambda: question() is not None)
    settle(qtbot, office)
    asked = question()
    assert asked is not None
    next(each for each in asked.findChildren(QPushButton) if each.text() == "No hay oficio").setFocus()
    keys.press(Qt.Key.Key_Return)
    with qtbot.waitActive(office):
        office.activateWindow()
    keys.press(Qt.Key.Key_Return, CONTROL)
    assert number(demo_file, ON_IT) == before + len(NEW)
    assert not part.review.origin.is_said, "the next list asks anew"
    assert rows(demo_file, "SELECT source_document_id FROM enrolment ORDER BY id DESC LIMIT 1") == [(None,)]


THIRTY = 30


KEYS_FOR_A_PASTE, KEYS_FOR_A_PROBLEM = 25, 4


"""Storyboard R1a: no click is needed, and so many keys."""


LEFT_BEHIND = ("participant", "enrolment", "list_import", "rejected_row", "different_people", "person_without_document")


"""What an undone paste takes back; its letter is a paper that came, and stays on file."""


TWO_KNOWN = """SELECT given_names, surnames, birth_date, sex FROM participant p
WHERE merged_into_id IS NULL AND birth_date IS NOT NULL AND sex <> 'U' AND document_kind = 'national_id'
AND NOT EXISTS (SELECT 1 FROM participant q WHERE q.merged_into_id = p.id)
AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.participant_id = p.id AND e.status = 'enrolled')
AND 1 = (SELECT count(*) FROM participant r WHERE r.match_key = p.match_key) ORDER BY id LIMIT 2"""


def thirty(demo_file: Path) -> list[tuple[str, ...]]:
    """Twenty-seven new people, two who may be on file, one whose number a spreadsheet destroyed."""
    surnames = [f"{first} {second}" for first in ("Quiroz", "Umanzor", "Zepeda") for second in _SECOND]
    people: list[tuple[str, ...]] = [
        (f"08011990{45000 + number:05d}", "Wendolyn Marisela", family, "F", "15/05/1990")
        for number, family in enumerate(surnames)
    ]
    likely = [
        ("", str(given), str(family), str(sex), "/".join(reversed(str(born)[:10].split("-"))))
        for given, family, born, sex in rows(demo_file, TWO_KNOWN)
    ]
    return [*people[:10], *likely, *people[10:], ("8.01199E+11", "Rosa Elvira", "Zepeda Funes", "F", "16/05/1990")]


_SECOND = ("Tábora", "Velásquez", "Banegas", "Cálix", "Dubón", "Erazo", "Fajardo", "Galo", "Handal")


def test_thirty_people_with_three_problems_are_enrolled_within_the_budget_and_undone_by_one_key(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    people = thirty(demo_file)
    lines = [("DNI", "Nombres", "Apellidos", "Sexo", "Fecha de nacimiento"), *people]
    copy("\r\n".join("\t".join(line) for line in lines) + "\r\n")
    left = {table: number(demo_file, f"SELECT count(*) FROM {table}") for table in LEFT_BEHIND}
    before = number(demo_file, ON_IT)
    part, keys = part_of(office), Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    counts = part.review.review.counts
    assert counts == {"rows": THIRTY, "new": 27, "known": 0, "possible_duplicate": 2, "error": 1}
    keys.press(Qt.Key.Key_F8)
    keys.press(Qt.Key.Key_1)
    keys.press(Qt.Key.Key_F8)
    keys.press(Qt.Key.Key_N)
    keys.press(Qt.Key.Key_F8)
    keys.press(Qt.Key.Key_F2)
    keys.type("0801199045999")
    keys.press(Qt.Key.Key_Return)
    assert part.review.review.left_out == 0
    keys.press(Qt.Key.Key_Return, CONTROL)
    until(qtbot, lambda: any(each.isVisible() for each in office.findChildren(AskFields)))
    settle(qtbot, office)
    keys.type("7")
    keys.press(Qt.Key.Key_Return)
    with qtbot.waitActive(office):
        office.activateWindow()
    settle(qtbot, office)
    keys.press(Qt.Key.Key_Return, CONTROL)
    assert keys.pressed <= KEYS_FOR_A_PASTE + 3 * KEYS_FOR_A_PROBLEM
    assert number(demo_file, ON_IT) == before + THIRTY
    assert number(demo_file, "SELECT count(*) FROM participant") == left["participant"] + THIRTY - 1
    assert number(demo_file, "SELECT count(*) FROM different_people") > left["different_people"]
    spent = keys.pressed
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert keys.pressed == spent + 1
    assert number(demo_file, ON_IT) == before
    assert {table: number(demo_file, f"SELECT count(*) FROM {table}") for table in LEFT_BEHIND} == left


def test_rows_beyond_the_places_come_in_once_it_is_said_who_authorises_them(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    change(demo_file, capacity=1)
    copy(as_text(NEW))
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    review = part_of(office).review
    assert Outcome.ERROR in outcomes(office)
    review.asking.exceptions.setFocus()
    keys.press(Qt.Key.Key_Space)
    until(qtbot, lambda: any(each.isVisible() for each in office.findChildren(AskFields)))
    for text in ("Comisario Nadie", "Director"):
        keys.type(text)
        keys.press(Qt.Key.Key_Tab)
    keys.type("Oficio 3")
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, office)
    assert outcomes(office) == [Outcome.NEW, Outcome.NEW]
    with qtbot.waitActive(office):
        office.activateWindow()
    review.table.setFocus()
    store(qtbot, office, keys)
    assert number(demo_file, ON_IT) == 2
    assert rows(demo_file, "SELECT authorised_by FROM authorisation ORDER BY id DESC LIMIT 1") == [("Comisario Nadie",)]


def test_a_file_that_is_no_list_is_one_sentence_in_the_page(qtbot: QtBot, office: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "oficio.xlsx"
    path.write_bytes(b"%PDF-1.7 nothing")
    part, keys = part_of(office), Keys(qtbot, office)
    part.open_list(path)
    settle(qtbot, office)
    assert part.review.stack.currentWidget() is part.review.failure
    assert "oficio.xlsx" in part.review.failure.text()
    keys.press(Qt.Key.Key_Escape)
    assert not part.is_reviewing


def test_a_file_dropped_on_the_page_is_reviewed(qtbot: QtBot, office: MainWindow) -> None:
    page = place_of_work(office).page
    assert isinstance(page, OfferingPage)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(LISTS / "nomina-dpi.xlsx"))])
    page.tabs.open("history")
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    held = QDragEnterEvent(QPoint(40, 40), Qt.DropAction.CopyAction, data, buttons, none)
    QApplication.sendEvent(page, held)
    assert held.isAccepted()
    event = QDropEvent(QPointF(40, 40), Qt.DropAction.CopyAction, data, buttons, none)
    QApplication.sendEvent(page, event)
    settle(qtbot, office)
    assert len(outcomes(office)) == 32


def test_reading_that_is_stopped_leaves_the_roster_as_it_was(qtbot: QtBot, demo_file: Path, office: MainWindow) -> None:
    entries = number(demo_file, ENTRIES)
    part = part_of(office)
    part.open_list(LISTS / "nomina-dpi.xlsx")
    part.review.progress.cancel_requested.emit()
    settle(qtbot, office)
    assert not part.is_reviewing
    assert part.review.review is None
    assert number(demo_file, ENTRIES) == entries


def test_one_word_is_pasted_into_the_cell_and_a_list_is_not(qtbot: QtBot, office: MainWindow) -> None:
    copy("0801199045671\n")
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    part = part_of(office)
    assert not part.is_reviewing
    assert part.entry.row.number.text().strip() == "0801199045671"


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.MANAGER])
def test_who_does_not_enrol_is_not_offered_it(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with demonstration(qtbot, demo_file, role) as made:
        assert not made.commands.actions["import_list"].isVisible()
