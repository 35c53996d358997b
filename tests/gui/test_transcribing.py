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
    part, keys = part_of(office), Keys(qtbot, office)
    damaged = tmp_path / "rota.jpg"
    damaged.write_bytes(b"\xff\xd8\xff cut off")
    part.open_list(damaged)
    settle(qtbot, office)
    assert part.scan.isHidden()
    message = place_of_work(office).messages.message()
    assert message is not None
    assert "rota.jpg" in message.text
    part.open_list(scan(tmp_path))
    settle(qtbot, office)
    assert part.scan.isVisible()
    assert part.scan.view.pages() == 3
    assert entry_of(office).row.number.hasFocus(), "the keyboard goes where one types"
    keys.press(Qt.Key.Key_F9)
    keys.press(Qt.Key.Key_F7)
    assert (part.scan.view.page, part.scan.view.percent) == (1, 125)
    type_new(keys, "0801199512345", "Paz Rivera", "Ana", "dpi")
    keys.press(Qt.Key.Key_Return)
    # Enter waits for the answer whether somebody of this number is known
    until(qtbot, lambda: [each[:2] for each in roster(demo_file)] == [("Paz Rivera", "Ana")])
    origin = rows(
        demo_file,
        "SELECT d.kind, d.subject, a.kind, a.pages FROM enrolment e "
        "JOIN source_document d ON d.id = e.source_document_id JOIN attachment a ON a.source_document_id = d.id "
        "WHERE e.offering_id = (SELECT id FROM offering WHERE code = '116-2019')",
    )
    assert origin == [("list", "nómina 2012.pdf", "letter", 3)]
    assert (part.scan.view.page, part.scan.view.percent) == (1, 125), "typing turns no page"

    other = number(demo_file, "SELECT id FROM offering WHERE code = '041-2019'")
    go(qtbot, office, Place("offering", other))
    assert part_of_scan(office) is None
    office.acts.back()
    settle(qtbot, office)
    part = part_of(office)
    assert part.scan.isVisible()
    assert (part.scan.view.page, part.scan.view.percent) == (1, 125), "it comes back as it was left"

    keys.press(Qt.Key.Key_T, CONTROL | SHIFT)
    assert part.scan.isHidden()
    assert entry_of(office).origin.named is None
    keys.press(Qt.Key.Key_T, CONTROL | SHIFT)
    popup = next(each for each in office.findChildren(ChoicePopup) if each.isVisible())
    popup.take()
    settle(qtbot, office)
    assert part.scan.isVisible()
    assert part.scan.scan is not None
    assert part.scan.scan.name == "nómina 2012.pdf", "what is on file is offered again"

    page = place_of_work(office).page
    assert isinstance(page, OfferingPage)
    assert page.printing is not None
    assert list(page.printing.papers) == list(PAPERS)
    action: QAction = page.printing.papers[CoursePaperKind.NAME_TAGS]
    action.trigger()
    settle(qtbot, office)
    until(qtbot, lambda: any(view.preview.view.pages() == 1 for view in office.findChildren(PrintView)))
    assert rows(demo_file, "SELECT kind, people FROM export ORDER BY id DESC LIMIT 1") == [("roster: name_tags", 1)]
    office.findChildren(PrintView)[0].close()


def part_of_scan(made: MainWindow) -> object:
    """The scan in sight, if any."""
    page = place_of_work(made).page
    assert isinstance(page, OfferingPage)
    content = page.tabs.content("roster")
    return content.scan.scan  # type: ignore[union-attr]
