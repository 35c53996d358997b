"""Printing: page by page while the window goes on, also after the view was closed; the pages that were asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.printing import Printing
from eic_tracker.gui.widgets.paper_preview import PaperPreview
from eic_tracker.gui.widgets.pdf_view import PdfView, page_image, page_sizes
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.view_paper import ViewColumn, ViewPaper
from eic_tracker.reports.view_pdf import view_pdf
from eic_tracker.store.database import Database
from tests.gui.opened import around_of, opened, preferences

WAIT = 20_000


@cache
def paper(rows: int = 200) -> bytes:
    """A list on several sheets of Oficio."""
    lines = [(f"Persona {number}",) for number in range(rows)]
    made_at = dt.datetime(2018, 12, 31, tzinfo=dt.UTC)
    view = ViewPaper("People", (ViewColumn("Name"),), (), f"{rows}", lines, "Ada", made_at, False)
    return view_pdf(view, Translator(Language.EN), Paper.OFICIO)


@pytest.fixture
def file(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenFile]:
    with opened(tmp_path) as found:
        yield found


def test_what_is_printed_has_the_pages_and_the_sheet_of_what_is_shown(
    qtbot: QtBot, file: OpenFile, tmp_path: Path
) -> None:
    shown = page_sizes(paper())
    assert len(shown) > 2
    printing = Printing(paper(), "People", file.jobs)
    turns: list[int] = []
    ticking = QTimer()
    ticking.timeout.connect(lambda: turns.append(1))
    ticking.start(0)
    with qtbot.waitSignal(printing.finished, timeout=WAIT) as ended:
        printing.print_to_file(str(tmp_path / "printed.pdf"))
    ticking.stop()
    assert ended.args == [True]
    assert len(turns) >= len(shown), "the window had its turn between the pages"
    printed = page_sizes((tmp_path / "printed.pdf").read_bytes())
    assert printed == [pytest.approx(size, abs=1.5) for size in shown]


def test_each_row_of_dots_of_a_page_is_in_sight(qtbot: QtBot, file: OpenFile) -> None:
    view = PdfView(file.jobs, Translator(Language.EN))
    qtbot.addWidget(view)
    for width in (611, 700, 733):
        view.resize(width, 1600)
        view.show()
        view.show_pdf(paper())
        QApplication.processEvents()
        size = page_sizes(paper())[0]
        across = round(size[0] * min((view.viewport().width() - 32) / size[0], 1.6))
        drawn = page_image(paper(), 0, across / (size[0] / 72))
        left, top = (view.viewport().width() - across) // 2, 16 - view.verticalScrollBar().value()

        inside = QRect(0, 0, across - 2, drawn.height() - 2)
        place = inside.translated(left, top)
        page = drawn.copy(inside).convertToFormat(QImage.Format.Format_RGB32)

        def seen(page: QImage = page, place: QRect = place) -> bool:
            return view.viewport().grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32) == page

        qtbot.waitUntil(seen, timeout=WAIT)


def test_only_the_pages_that_were_asked_for_are_printed(qtbot: QtBot, file: OpenFile, tmp_path: Path) -> None:
    printing = Printing(paper(), "People", file.jobs)
    with qtbot.waitSignal(printing.finished, timeout=WAIT):
        printing.print_to_file(str(tmp_path / "printed.pdf"), 2, 3)
    assert len(page_sizes((tmp_path / "printed.pdf").read_bytes())) == 2


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told(qtbot: QtBot, file: OpenFile, tmp_path: Path) -> None:
    printing = Printing(paper(), "People", file.jobs)
    with qtbot.waitSignal(printing.finished, timeout=WAIT) as ended:
        printing.print_to_file(str(tmp_path / "no such folder" / "printed.pdf"))
    assert ended.args == [False]


def test_a_file_that_closes_in_the_middle_ends_the_printing(qtbot: QtBot, file: OpenFile, tmp_path: Path) -> None:
    printing = Printing(paper(), "People", file.jobs)
    ended: list[bool] = []
    printing.finished.connect(ended.append)
    printing.print_to_file(str(tmp_path / "printed.pdf"))
    file.jobs.close()
    qtbot.wait(50)
    assert ended == []


def test_a_sheet_that_is_laid_down_is_shown_saved_and_printed_lying(
    qtbot: QtBot, file: OpenFile, tmp_path: Path
) -> None:
    lines = [(f"Persona {number}",) for number in range(60)]
    made_at = dt.datetime(2018, 12, 31, tzinfo=dt.UTC)
    view = ViewPaper("People", (ViewColumn("Name"),), (), "60", lines, "Ada", made_at, False)

    def make(_db: Database, _acting: ActingUser, *, paper: Paper, landscape: bool | None) -> bytes:
        return view_pdf(view, Translator(Language.EN), paper, landscape=landscape)

    kept = preferences()
    around = around_of(file, Role.REGISTRAR, kept, tmp_path, Language.EN)
    preview = PaperPreview(around, turns=True)
    qtbot.addWidget(preview)
    preview.resize(900, 600)
    preview.show()
    assert preview.way.isVisible()
    with qtbot.waitSignal(preview.made, timeout=WAIT):
        preview.show_paper(make, "People", "people.pdf")
    assert set(page_sizes(preview.view.pdf)) == {(612.0, 792.0)}, "one narrow column fits upright"
    with qtbot.waitSignal(preview.made, timeout=WAIT):
        preview.way.setCurrentIndex(preview.way.findText("Lying (landscape)"))
    shown = preview.view.pdf
    assert set(page_sizes(shown)) == {(792.0, 612.0)}
    with qtbot.waitSignal(preview.saved, timeout=WAIT):
        preview.save_to(tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").read_bytes() == shown
    printing = Printing(shown, "People", file.jobs)
    with qtbot.waitSignal(printing.finished, timeout=WAIT):
        printing.print_to_file(str(tmp_path / "printed.pdf"))
    printed = page_sizes((tmp_path / "printed.pdf").read_bytes())
    assert printed == [pytest.approx(size, abs=1.5) for size in page_sizes(shown)]
    kept.store()
