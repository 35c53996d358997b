"""What is half typed is kept in the order in which it was typed, however slowly the disk writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from eic_tracker import drafts
from eic_tracker.domain.codes import Role
from eic_tracker.gui import half_typed
from eic_tracker.gui.half_typed import HalfTyped
from tests.gui.opened import around_of, opened, preferences
from tests.gui.windows import WAIT


class SlowDisk:
    """The first writing of the reader's thread waits until it may go on."""

    def __init__(self) -> None:
        self.reached, self.may = threading.Event(), threading.Event()
        self._keep = drafts.keep

    def keep(self, *asked: Any) -> None:
        if threading.current_thread() is not threading.main_thread() and not self.reached.is_set():
            self.reached.set()
            assert self.may.wait(WAIT / 1000)
        self._keep(*asked)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    made = SlowDisk()
    monkeypatch.setattr(drafts, "keep", made.keep)
    monkeypatch.setattr(half_typed, "REST", 1)
    yield made
    made.may.set()


@pytest.mark.parametrize("last", ["saved", "left"])
def test_what_is_kept_late_is_not_written_over_what_came_after(
    qtbot: QtBot, tmp_path: Path, disk: SlowDisk, last: str
) -> None:
    typed = {"name": "Ana"}
    with opened(tmp_path) as file:
        around = around_of(file, Role.REGISTRAR, preferences(), tmp_path)
        owner = QObject()
        kept = HalfTyped(around, lambda: dict(typed), owner)
        kept.open("form")
        kept.note()
        qtbot.waitUntil(disk.reached.is_set, timeout=WAIT)
        typed["name"] = "Ana Paz"
        threading.Timer(0.2, disk.may.set).start()
        if last == "saved":
            kept.forget()
        else:
            kept.leave()
        qtbot.waitUntil(lambda: file.jobs.running == 0, timeout=WAIT)
        found = drafts.take(around.file_uid, around.acting.login, "form")
    assert (found.content if found is not None else None) == (None if last == "saved" else {"name": "Ana Paz"})
