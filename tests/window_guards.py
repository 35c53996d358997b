"""What tests of the window get: one application with the shipped faces, and nothing of theirs left alive."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from eic_tracker import paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Read when the application is made; without a screen any other choice ends the whole run.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

_FACE = "Source Sans 3"
_POINTS = 10.0
_GRACE = 2.0
_MANY_OBJECTS = 50_000


@pytest.fixture(scope="session")
def qapp(qapp: QApplication, home: Path) -> QApplication:
    """The one application of a run, in the shipped face: text is as wide on a machine without fonts."""
    from PySide6.QtGui import QFont, QFontDatabase

    for font in sorted((paths.resources() / "fonts").glob("SourceSans3-*.ttf")):
        assert QFontDatabase.addApplicationFont(str(font)) >= 0, f"{font} is no font"
    face = QFont(_FACE)
    face.setPointSizeF(_POINTS)
    qapp.setFont(face)
    return qapp


@pytest.fixture(autouse=True)
def no_window_left_behind() -> Iterator[None]:
    """A test that leaves a window, a running timer or a running Qt thread behind fails."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    before = _alive().keys()
    yield
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    _undress()
    until = time.monotonic() + _GRACE
    while (left := {place: told for place, told in _tidied().items() if place not in before}) and (
        time.monotonic() < until
    ):
        time.sleep(0.02)
    if len(gc.get_objects()) > _MANY_OBJECTS:
        gc.freeze()  # imported libraries need not be looked through again after each test
    assert not left, f"still there after the test: {sorted(left.values())}"


@pytest.fixture(autouse=True)
def nothing_half_typed_left_behind(home: Path) -> Iterator[None]:
    """What a test left half typed would stand in the forms of the next: copies of one file are the same file to it."""
    yield
    kept = home / "data" / "eic-tracker" / "drafts"
    if kept.exists():
        shutil.rmtree(kept)


def _undress() -> None:
    """Take the looks away that a test gave the application: the next one begins in the shipped face."""
    from PySide6.QtGui import QFont, QPalette
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    face = QFont(_FACE)
    face.setPointSizeF(_POINTS)
    if app.styleSheet():
        app.setStyleSheet("")
        app.setPalette(QPalette())
    if app.font() != face:
        app.setFont(face)


def _tidied() -> dict[int, str]:
    """What is alive once all that was to go has gone."""
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    return _alive()


def _alive() -> dict[int, str]:
    """Top-level widgets, running timers and running threads of Qt that Python knows of, by their address."""
    import shiboken6
    from PySide6.QtCore import QObject, QThread, QThreadPool, QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return {}
    found: list[QObject] = [*app.topLevelWidgets(), *app.findChildren(QTimer)]
    found += [known for known in gc.get_objects() if issubclass(type(known), (QTimer, QThread))]
    if QThreadPool.globalInstance().activeThreadCount():
        found.append(QThreadPool.globalInstance())
    main = app.thread()
    return {
        shiboken6.getCppPointer(known)[0]: _told(known)
        for known in found
        if shiboken6.isValid(known) and known is not main and _runs(known)
    }


def _runs(known: Any) -> bool:
    from PySide6.QtCore import QThread, QTimer

    if isinstance(known, QTimer):
        return known.isActive()
    return known.isRunning() if isinstance(known, QThread) else True


def _told(known: Any) -> str:
    title = known.windowTitle() if hasattr(known, "windowTitle") else ""
    return " ".join(filter(None, [type(known).__name__, known.objectName(), title]))
