"""The whole window on a file, as the person has it; nothing of theirs is written outside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from eic_tracker.app import application, open_file
from eic_tracker.domain.codes import Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.place import Place
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.workplace import Workplace
from eic_tracker.settings import Settings

HOME = QSize(1366, 768)
WAIT = 20_000
"""Milliseconds that a slow machine may take; nothing here is measured."""


@contextmanager
def window(qtbot: QtBot, settings: Settings | None = None, size: QSize = HOME) -> Iterator[MainWindow]:
    """The window on its first screen."""
    application()
    made = MainWindow(open_file, Preferences(settings or Settings(), store=lambda _settings: True))
    made.resize(size)
    made.show()
    with qtbot.waitActive(made, timeout=WAIT):
        made.activateWindow()
    try:
        yield made
    finally:
        made.close()
        made.deleteLater()
        qtbot.wait(1)


@contextmanager
def demonstration(
    qtbot: QtBot,
    path: Path,
    role: Role = Role.REGISTRAR,
    settings: Settings | None = None,
    size: QSize = HOME,
) -> Iterator[MainWindow]:
    """The window on a demonstration file, as the user of a role."""
    with window(qtbot, settings, size) as made:
        made.open(path)
        enter(qtbot, made, role)
        yield made


def enter(qtbot: QtBot, made: MainWindow, role: Role) -> Workplace:
    """Wait until somebody works; then work as the user of the role."""
    qtbot.waitUntil(lambda: made.workplace is not None, timeout=WAIT)
    assert made.acting is not None
    if made.acting.role is not role:
        made.enter_as(role)
    qtbot.waitUntil(lambda: made.acting is not None and made.acting.role is role, timeout=WAIT)
    settle(qtbot, made)
    return place_of_work(made)


def place_of_work(made: MainWindow) -> Workplace:
    """The workplace, which must be there."""
    assert made.workplace is not None
    return made.workplace


def settle(qtbot: QtBot, made: MainWindow) -> None:
    """Wait until nothing is being read, written or drawn."""

    def quiet() -> bool:
        return made.file is None or made.file.jobs.running == 0

    for _ in range(4):
        qtbot.waitUntil(quiet, timeout=WAIT)
        qtbot.wait(5)


def go(qtbot: QtBot, made: MainWindow, place: Place) -> Workplace:
    """Go to a place and wait until it stands."""
    made.go(place)
    settle(qtbot, made)
    return place_of_work(made)


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    qtbot.waitUntil(holds, timeout=WAIT)
