"""Answers of the file that come late, or not at all, in a small school's file."""

from __future__ import annotations

import datetime as dt
import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.codes import Role
from eic_tracker.errors import UserError
from eic_tracker.gui import letter_of_origin, main_window, waiting_rows, workplace
from eic_tracker.gui.letter_of_origin import LetterOfOrigin
from eic_tracker.gui.place import Place
from eic_tracker.gui.waiting_rows import WaitingRows
from eic_tracker.gui.widgets import page_reader, pdf_view
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.pdf_view import PdfView
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.pending_rows import PendingList
from tests.gui.opened import around_of, opened, preferences
from tests.gui.test_faults_of_window import told, write
from tests.gui.windows import WAIT, demonstration, place_of_work, settle

SILENT = "The disk does not answer."


def unreadable(*_asked: Any) -> None:
    """A read that fails."""
    raise UserError(SILENT)


def test_a_letter_can_be_named_where_the_last_one_cannot_be_read_and_a_late_answer_shows_no_other_courses_rows(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = threading.Event()

    def late(_db: object, _acting: object, offering: int) -> tuple[PendingList, ...]:
        assert may.wait(WAIT / 1000)
        return (PendingList(offering, "list.xlsx", dt.datetime.now(dt.UTC), 3),)

    monkeypatch.setattr(letter_of_origin, "last_source", unreadable)
    monkeypatch.setattr(waiting_rows, "pending_lists", late)
    with opened(tmp_path) as file:
        around = around_of(file, Role.REGISTRAR, preferences(), tmp_path)
        origin, said = LetterOfOrigin(around), []
        qtbot.addWidget(origin)
        origin.noticed.connect(lambda notice: said.append(notice.text))
        origin.show()
        origin.click()
        qtbot.waitUntil(lambda: any(each.isVisible() for each in origin.findChildren(AskFields)), timeout=WAIT)
        assert said == [SILENT]
        origin.findChildren(AskFields)[0].reject()

        waiting = WaitingRows(around)
        qtbot.addWidget(waiting)
        waiting.show_offering(1)
        waiting.show_offering(None)
        may.set()
        qtbot.waitUntil(lambda: file.jobs.running == 0, timeout=WAIT)
        assert waiting.isHidden()
        waiting.show_offering(2)
        qtbot.waitUntil(waiting.isVisible, timeout=WAIT)
        waiting.hide()
        monkeypatch.setattr(waiting_rows, "pending_lists", unreadable)
        waiting.noticed.connect(lambda notice: said.append(notice.text))
        waiting.show_offering(3)
        qtbot.waitUntil(lambda: said == [SILENT] * 2, timeout=WAIT)
        assert waiting.isHidden()


def test_what_cannot_be_read_is_told_above_the_page_and_nothing_older_is_undone_in_its_place(
    qtbot: QtBot, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demonstration(qtbot, demo_file) as made:
        work = place_of_work(made)

        def told_by(act: Callable[[], object]) -> str:
            work.messages.dismiss()
            act()
            settle(qtbot, made)
            return told(made)

        write(qtbot, made, "Escuela Nacional de Prueba")
        with monkeypatch.context() as broken:
            for name in ("last_undoable", "last_redoable", "account_changed_last"):
                broken.setattr(workplace, name, unreadable)
            broken.setattr(main_window, "demonstration_user", unreadable)
            offered: list[object] = []
            work.undo_changed.connect(offered.append)
            assert told_by(lambda: write(qtbot, made, "Escuela Nacional de Ensayo")) == SILENT
            assert offered == [None]
            for act in (work.undo, work.redo, lambda: made.enter_as(Role.MANAGER)):
                assert told_by(act) == SILENT
        with monkeypatch.context() as broken:
            broken.setattr(page_reader, "list_choices", unreadable)
            broken.setattr(page_reader, "list_rows", unreadable)
            assert told_by(lambda: made.go(Place("people"))) == SILENT
            grid = work.page.findChildren(Grid)[0]
            assert told_by(lambda: grid.bar.choices_wanted.emit("sex")) == SILENT
        grid.refresh()
        settle(qtbot, made)
        assert grid.model.index(0, 0).data()


def empty_page() -> bytes:
    """A PDF of one empty page."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def dark_dots(view: PdfView) -> int:
    """How many dots of what is painted are nearly black."""
    image = view.viewport().grab().toImage()
    dots = (image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))
    return sum(lightness < 64 for lightness in dots)


def test_a_page_that_cannot_be_drawn_says_so_in_its_place_and_is_not_asked_for_over_and_over(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def undrawable(_pdf: bytes, number: int, _dots: float) -> None:
        asked.append(number)
        raise UserError(SILENT)

    monkeypatch.setattr(pdf_view, "page_image", undrawable)
    with opened(tmp_path) as file:
        view = PdfView(file.jobs, Translator(Language.ES))
        qtbot.addWidget(view)
        view.resize(700, 500)
        view.show_pdf(empty_page())
        before = dark_dots(view)
        qtbot.waitUntil(lambda: file.jobs.running == 0 and bool(asked), timeout=WAIT)
        assert dark_dots(view) > before + 200
        assert asked == [0]
