"""The verification of a course in the real window: the list out, answers pasted back, nothing stored with a problem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.vetting_part import VettingPart
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.services.demonstration_file import number, rows

PLANNED = """SELECT o.id FROM offering o JOIN enrolment e ON e.offering_id = o.id
WHERE o.vetting_required AND o.status = 'open' AND o.starts_on > '2019-06-28'
GROUP BY o.id ORDER BY count(*) DESC LIMIT 1"""
CHECKS = (
    "SELECT p.document_number, v.status FROM vetting v JOIN participant p ON p.id = v.participant_id WHERE v.id > ?"
)


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at the verification of a planned course."""
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("offering", number(demo_file, PLANNED), {"tab": "vetting"}))
        yield made


def part_of(made: MainWindow) -> Any:
    """The tab in sight."""
    page = place_of_work(made).page
    assert isinstance(page, OfferingPage)
    part = page.tabs.content("vetting")
    assert isinstance(part, VettingPart)
    return part


def documents(part: Any) -> list[str]:
    """The numbers of those who need it."""
    return [each.document for each in part.people.values() if each.document]


def test_answers_are_reviewed_before_anything_is_stored_and_undone_by_one_key(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    part = part_of(office)
    last = number(demo_file, "SELECT max(id) FROM vetting")
    before = rows(demo_file, "SELECT id, status FROM vetting ORDER BY id")
    first, second, *_ = documents(part)
    QGuiApplication.clipboard().setText(f"DNI\tResultado\n{first}\tApto\n{second}\tno apto\t27/06/2019\tINL-9\n")
    keys = Keys(qtbot, office)
    part.table.setFocus()
    keys.press(Qt.Key.Key_V, CONTROL)
    assert part.is_reviewing
    assert len(part.review.rows) == 2
    assert rows(demo_file, "SELECT id, status FROM vetting ORDER BY id") == before
    keys.press(Qt.Key.Key_Return, CONTROL)
    assert not part.is_reviewing
    standings = {each.document: each.standing.value for each in part.people.values()}
    assert (standings[first], standings[second]) == ("apt", "not_apt")
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert rows(demo_file, "SELECT id, status FROM vetting ORDER BY id") == before
    assert rows(demo_file, CHECKS, (last,)) == []


def test_a_row_with_a_problem_is_named_and_keeps_all_from_being_stored(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    part = part_of(office)
    first = documents(part)[0]
    QGuiApplication.clipboard().setText(f"{first}\tApto\n0000000000000\tApto\n")
    part.paste()
    settle(qtbot, office)
    assert [bool(each.problems) for each in part.review.rows.values()] == [False, True]
    assert not part.store_button.isEnabled()
    assert part.review.current_key() == 2
    assert "0000000000000" in part.problem.text()
    last = number(demo_file, "SELECT max(id) FROM change_set")
    part.store()
    settle(qtbot, office)
    assert number(demo_file, "SELECT max(id) FROM change_set") == last
    part.review.setFocus()
    Keys(qtbot, office).press(Qt.Key.Key_Escape)
    assert not part.is_reviewing


def test_the_list_goes_out_as_a_workbook_and_its_asking_is_noted(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    part = part_of(office)
    waiting = sum(each.standing.value in {"missing", "in_process"} for each in part.people.values())
    assert waiting
    part.write_to(tmp_path / "list.xlsx")
    settle(qtbot, office)
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0].values for cell in row]
    assert set(documents(part)) & set(cells)
    assert number(demo_file, "SELECT people FROM export ORDER BY id DESC LIMIT 1") == waiting
    if part.asked_button.isEnabled():
        part.asked_button.click()
        settle(qtbot, office)
        assert "missing" not in {each.standing.value for each in part.people.values()}


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.MANAGER])
def test_who_does_not_enrol_has_no_such_tab(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with demonstration(qtbot, demo_file, role) as made:
        page = go(
            qtbot, made, Place("offering", number(demo_file, "SELECT id FROM offering WHERE code = '116-2019'"))
        ).page
        assert isinstance(page, OfferingPage)
        assert "vetting" not in page.tabs.names()


def test_a_course_that_needs_no_verification_has_no_such_tab_and_ctrl_tab_passes_it(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    key = number(demo_file, "SELECT id FROM offering WHERE code = '116-2019'")
    page = go(qtbot, office, Place("offering", key)).page
    assert isinstance(page, OfferingPage)
    tabs = page.tabs
    assert not tabs.isTabVisible(tabs.names().index("vetting"))
    tabs.open("vetting")
    assert tabs.name() == "roster"
    seen = []
    for _ in tabs.names():
        tabs.walk(1)
        seen.append(tabs.name())
    assert "vetting" not in seen
    assert len(set(seen)) == len(tabs.names()) - 1
