"""Closing the window while something runs: what can be cancelled is, what was begun to be written ends whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui.dialogs.waiting import Waiting
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.store.database import Database
from eic_tracker.store.tables.reference import Setting
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.windows import demonstration
from tests.services.demonstration_file import number

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def count_endlessly(db: Database, _acting: ActingUser) -> int:
    with db.read() as connection:
        return int(connection.exec_driver_sql(ENDLESS).scalar_one())


def sleep_long(_db: Database, _acting: ActingUser) -> None:
    time.sleep(60)


def cannot_be_stopped(_db: Database, _acting: ActingUser) -> None:
    time.sleep(2)


def write_slowly(db: Database, _acting: ActingUser) -> None:
    with db.write(Entry(Actor("test"), "change_settings", "test")) as tx:
        with db.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM change c, setting s").scalar_one()
        time.sleep(2)
        tx.insert(Setting, [{"name": "slow", "value": "1"}])


class Watched:
    """What is said while the window closes, and the longest time in which it did not move."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.longest = self.seconds = 0.0
        self._last = time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)

    def close(self, made: MainWindow) -> None:
        """Close the window and note how long that takes."""
        self._last = time.monotonic()
        self._timer.start(10)
        begun = time.monotonic()
        made.close()
        self.seconds = time.monotonic() - begun
        self._timer.stop()

    def _look(self) -> None:
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, Waiting) and widget.isVisible() and widget.words.text() not in self.said:
                self.said.append(widget.words.text())


@pytest.mark.parametrize("way", ["count", "read"])
def test_what_only_reads_is_cancelled_at_once_and_in_silence(
    qtbot: QtBot, demo_file: Path, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    watched = Watched()
    with demonstration(qtbot, demo_file) as made:
        assert made.file is not None
        start: Callable[..., object] = getattr(made.file.jobs, way)
        start(count_endlessly, made.acting, owner=made, done=print)
        qtbot.wait(100)
        watched.close(made)
    assert watched.said == []
    assert watched.seconds < 1
    assert caplog.records == [], "no bug is reported"


def test_a_paper_that_is_being_made_is_ended(qtbot: QtBot, demo_file: Path) -> None:
    watched = Watched()
    with demonstration(qtbot, demo_file) as made:
        assert made.file is not None
        made.file.jobs.paper(sleep_long, made.acting, owner=made, done=print)
        qtbot.wait(1_500)
        watched.close(made)
    assert watched.seconds < 10


def test_what_cannot_be_stopped_is_waited_for_and_said_after_a_second(qtbot: QtBot, demo_file: Path) -> None:
    watched = Watched()
    with demonstration(qtbot, demo_file) as made:
        assert made.file is not None
        made.file.jobs.count(cannot_be_stopped, made.acting, owner=made, done=print)
        qtbot.wait(50)
        watched.close(made)
    assert len(watched.said) == 1
    assert "antes de cerrar" in watched.said[0]
    assert watched.longest < 0.5, "the window moves while it waits"


def test_a_write_that_was_begun_ends_whole_and_is_said(qtbot: QtBot, demo_file: Path) -> None:
    watched = Watched()
    with demonstration(qtbot, demo_file) as made:
        assert made.file is not None
        made.file.jobs.write(write_slowly, made.acting, owner=made)
        qtbot.wait(50)
        QTimer.singleShot(500, made.close)
        watched.close(made)
    assert len(watched.said) == 1
    assert "Guardando" in watched.said[0]
    assert number(demo_file, "SELECT count(*) FROM setting WHERE name = 'slow'") == 1
