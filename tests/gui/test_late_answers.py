"""Answers of the file that come late, or not at all, in a small school's file."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.errors import UserError
from eic_tracker.gui import letter_of_origin, waiting_rows
from eic_tracker.gui.letter_of_origin import LetterOfOrigin
from eic_tracker.gui.waiting_rows import WaitingRows
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.services.pending_rows import PendingList
from tests.gui.opened import around_of, opened, preferences
from tests.gui.windows import WAIT


def test_a_letter_can_be_named_where_the_last_one_cannot_be_read_and_a_late_answer_shows_no_other_courses_rows(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = threading.Event()

    def unreadable(*_asked: Any) -> None:
        raise UserError("The disk does not answer.")

    def late(_db: object, _acting: object, offering: int) -> tuple[PendingList, ...]:
        assert may.wait(WAIT / 1000)
        return (PendingList(offering, "list.xlsx", dt.datetime.now(dt.UTC), 3),)

    monkeypatch.setattr(letter_of_origin, "last_source", unreadable)
    monkeypatch.setattr(waiting_rows, "pending_lists", late)
    with opened(tmp_path) as file:
        around = around_of(file, Role.REGISTRAR, preferences(), tmp_path)
        origin, told = LetterOfOrigin(around), []
        qtbot.addWidget(origin)
        origin.noticed.connect(lambda notice: told.append(notice.text))
        origin.show()
        origin.click()
        qtbot.waitUntil(lambda: any(each.isVisible() for each in origin.findChildren(AskFields)), timeout=WAIT)
        assert told == ["The disk does not answer."]
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
