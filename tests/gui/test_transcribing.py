"""A scan beside the roster in the real window: typed in, kept in its place, filed as the document of origin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from eic_tracker.gui import half_typed
from eic_tracker.gui.course_printing import PAPERS
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.services.course_papers import CoursePaperKind
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.test_roster_entry import entry_of, open_roster, part_of, roster, type_new
from tests.gui.windows import demonstration, go, place_of_work, settle, until
from tests.services.demonstration_file import number, rows
from tests.services.test_letter_scans import no_scans

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is half typed rests a moment only."""
    monkeypatch.setattr(half_typed, "REST", 10)


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at the roster of the open course."""
    with demonstration(qtbot, demo_file) as made:
        open_roster(qtbot, made, demo_file)
        yield made


def scan(folder: Path) -> Path:
    """Three pages as a scanner writes them."""
    path = folder / "nómina 2012.pdf"
    pages = [Image.new("RGB", (850, 1100), colour) for colour in ("white", "lightgrey", "white")]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=100)
    return path


def test_a_scan_stands_beside_the_roster_keeps_its_page_and_is_the_origin_of_what_is_typed(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    keys = Keys(qtbot, office)
    what_is_no_scan_is_told(qtbot, office, demo_file, tmp_path, keys)
    a_scan_comes_and_is_turned_by_keys(qtbot, office, tmp_path, keys)
    what_is_typed_comes_from_it(qtbot, office, demo_file, keys)
    it_comes_back_as_it_was_left(qtbot, office, demo_file)
    it_is_put_away_and_offered_again(qtbot, office, keys)
    name_tags_are_printed(qtbot, office, demo_file)


def what_is_no_scan_is_told(qtbot: QtBot, office: MainWindow, file: Path, folder: Path, keys: Keys) -> None:
    part = part_of(office)
    entries = number(file, "SELECT count(*) FROM change_set")
    keys.type("0801199512345")
    for name, content in {"rota.jpg": b"\xff\xd8\xff cut off", **no_scans()}.items():
        (folder / name).write_bytes(content)
        part.open_list(folder / name)
        settle(qtbot, office)
        assert part.scan.isHidden()
        message = place_of_work(office).messages.message()
        assert message is not None
        assert name in message.text
    assert entry_of(office).row.number.text() == "0801199512345", "what is half typed stays"
    assert number(file, "SELECT count(*) FROM change_set") == entries
    entry_of(office)._cancel()


def a_scan_comes_and_is_turned_by_keys(qtbot: QtBot, office: MainWindow, folder: Path, keys: Keys) -> None:
    part = part_of(office)
    part.open_list(scan(folder))
    settle(qtbot, office)
    assert part.scan.isVisible()
    assert part.scan.view.pages() == 3
    assert entry_of(office).row.number.hasFocus(), "the keyboard goes where one types"
    keys.press(Qt.Key.Key_F9)
    keys.press(Qt.Key.Key_F7)
    assert standing(office) == (1, 125)


def what_is_typed_comes_from_it(qtbot: QtBot, office: MainWindow, path: Path, keys: Keys) -> None:
    type_new(keys, "0801199512345", "Paz Rivera", "Ana", "dpi")
    keys.press(Qt.Key.Key_Return)
    assert entry_of(office).row.is_blank, entry_of(office).row.said.text()
    until(qtbot, lambda: [each[:2] for each in roster(path)] == [("Paz Rivera", "Ana")])
    origin = rows(
        path,
        "SELECT d.kind, d.subject, a.kind, a.pages FROM enrolment e "
        "JOIN source_document d ON d.id = e.source_document_id JOIN attachment a ON a.source_document_id = d.id "
        "WHERE e.offering_id = (SELECT id FROM offering WHERE code = '116-2019')",
    )
    assert origin == [("list", "nómina 2012.pdf", "letter", 3)]
    assert standing(office) == (1, 125), "typing turns no page"


def it_comes_back_as_it_was_left(qtbot: QtBot, office: MainWindow, path: Path) -> None:
    other = number(path, "SELECT id FROM offering WHERE code = '041-2019'")
    go(qtbot, office, Place("offering", other))
    assert part_of_scan(office) is None
    office.acts.back()
    settle(qtbot, office)
    assert part_of(office).scan.isVisible()
    assert standing(office) == (1, 125)


def it_is_put_away_and_offered_again(qtbot: QtBot, office: MainWindow, keys: Keys) -> None:
    part = part_of(office)
    keys.press(Qt.Key.Key_T, CONTROL | SHIFT)
    assert part.scan.isHidden()
    assert entry_of(office).origin.named is None
    keys.press(Qt.Key.Key_T, CONTROL | SHIFT)
    popup = next(each for each in office.findChildren(ChoicePopup) if each.isVisible())
    popup.take()
    settle(qtbot, office)
    assert part.scan.isVisible()
    assert part.scan.scan is not None
    assert part.scan.scan.name == "nómina 2012.pdf"


def name_tags_are_printed(qtbot: QtBot, office: MainWindow, path: Path) -> None:
    page = place_of_work(office).page
    assert isinstance(page, OfferingPage)
    assert page.printing is not None
    assert list(page.printing.papers) == list(PAPERS)
    action: QAction = page.printing.papers[CoursePaperKind.NAME_TAGS]
    action.trigger()
    settle(qtbot, office)
    until(qtbot, lambda: any(view.preview.view.pages() == 1 for view in office.findChildren(PrintView)))
    assert rows(path, "SELECT kind, people FROM export ORDER BY id DESC LIMIT 1") == [("roster: name_tags", 1)]
    office.findChildren(PrintView)[0].close()


def standing(made: MainWindow) -> tuple[int, int]:
    """Which page of the scan is read, and how large."""
    view = part_of(made).scan.view
    return view.page, view.percent


def part_of_scan(made: MainWindow) -> object:
    """The scan in sight, if any."""
    page = place_of_work(made).page
    assert isinstance(page, OfferingPage)
    content = page.tabs.content("roster")
    return content.scan.scan  # type: ignore[union-attr]
