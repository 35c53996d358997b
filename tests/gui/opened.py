"""A small school's file as the window holds it, for tests of doors, dialogs and the search box."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from eic_tracker.domain.codes import Role
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Jobs
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import Language, Translator
from eic_tracker.settings import Settings
from eic_tracker.store.database import Database
from eic_tracker.store.journal import touched_since
from tests.services.school import school, user

TODAY = dt.date(2018, 12, 31)
COLOURS = theme.LIGHT


def preferences(**values: object) -> Preferences:
    """Preferences that are stored nowhere; the caller stops them by `store()`."""
    return Preferences(Settings(**values), store=lambda _settings: True)  # type: ignore[arg-type]


@contextmanager
def opened(folder: Path, held_by: str = "") -> Iterator[OpenFile]:
    """The small school's file, closed with its threads at the end."""
    db = school(folder)
    jobs = Jobs(db, touched_since, _application())
    file = OpenFile(jobs, folder / "school.eic", "uid", False, lambda: TODAY, bool(held_by), held_by, lambda: None)
    try:
        yield file
    finally:
        jobs.close()
        jobs.deleteLater()
        db.close()


def around_of(
    file: OpenFile, role: Role, kept: Preferences, folder: Path, language: Language = Language.EN
) -> Surroundings:
    """What the pages of a user of that role are given."""
    with Database(folder / "school.eic") as db:
        acting = user(db, role)
    return Surroundings(
        file.jobs, acting, file.path, file.uid, False, file.read_only, TODAY, Translator(language), COLOURS, kept
    )


class WindowsShown(QObject):
    """Notes every window that is shown: a widget that is made visible before it has its place flashes as one."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def __enter__(self) -> list[str]:
        _application().installEventFilter(self)
        return self.shown

    def __exit__(self, *_error: object) -> None:
        _application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
