"""Puts the window together: preferences, the file with its lock and threads, the main window."""

from __future__ import annotations

import datetime as dt
import gc
import getpass
import logging
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from eic_tracker import paths
from eic_tracker.clock import HONDURAS, local_date, now_utc
from eic_tracker.errors import UserError
from eic_tracker.gui.dialog_words import DialogWords
from eic_tracker.gui.jobs import Jobs, failure_of
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.preferences import Preferences
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store import lock
from eic_tracker.store.database import Database, may_write
from eic_tracker.store.journal import touched_since

NAME = "EIC Tracker"
_ALL_LOADED = 5_000
"""Milliseconds after which the first page stands and what writes need is loaded, too."""


def run_window(file: Path | None) -> int:
    """Open the window, on a file where one is named; the exit status when it is closed."""
    keep_what_stays()
    _log_to_folder()
    app = application()
    preferences = Preferences.load()
    window = MainWindow(open_file, preferences)
    sys.excepthook = _told_to(window)
    window.show()
    QTimer.singleShot(_ALL_LOADED, window, keep_what_stays)
    if file is not None:
        window.open(file)
    elif preferences.last_file is not None and preferences.last_file.is_file():
        window.open(preferences.last_file)
    return int(app.exec())


def application() -> QApplication:
    """The one application of the process, with Qt's own words in Spanish."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.applicationName() == NAME:
        # Each translator that is installed tells every object of the window that the language changed.
        return app
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    # Python lets another thread in after this long: the window gets its turn ten times sooner than by default.
    sys.setswitchinterval(0.0005)
    app.setApplicationName(NAME)
    app.setDesktopFileName("eic-tracker")
    app.setQuitOnLastWindowClosed(True)
    translator = QTranslator(app)
    if translator.load("qtbase_es", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
        app.installTranslator(DialogWords(app))
    return app


def keep_what_stays() -> None:
    """Leave what is loaded out of the search for circular garbage, which would hold the window up for 50 ms and more.

    What is no longer referred to goes as ever; only circles that are garbage at this very moment stay."""
    gc.freeze()


def open_file(path: Path) -> OpenFile:
    """A file ready for the window: held for writing where nobody else holds it and its disk takes it, else read.

    FileProblem where not even that can be."""
    with ExitStack() as stack:
        holder: lock.Holder | None = None
        read_only = path.is_file() and not may_write(path)
        try:
            if read_only:
                holder = lock.holder(path)
            else:
                stack.enter_context(lock.hold(path, getpass.getuser()))
        except lock.InUse as error:
            if error.holder is None:
                raise
            holder = error.holder
        except lock.ReadOnlyPlace:
            holder, read_only = lock.holder(path), True
        held_by = f"{holder.user} ({holder.machine})" if holder is not None else ""
        read_only = read_only or holder is not None
        db = stack.enter_context(Database(path, read_only=read_only))
        with db.read() as connection:
            facts = read_file_facts(connection)
        if facts.clock is not None:
            noon = dt.datetime.combine(facts.clock, dt.time(12), HONDURAS).astimezone(dt.UTC)
            db.clock = lambda: noon
        jobs = Jobs(db, touched_since, application())
        kept = stack.pop_all()

    def close() -> None:
        jobs.close()
        jobs.deleteLater()
        kept.close()

    return OpenFile(
        jobs=jobs,
        path=path,
        uid=facts.uid,
        demonstration=facts.demonstration,
        today=lambda: facts.clock or local_date(now_utc()),
        read_only=read_only,
        held_by=held_by,
        close=close,
    )


def _told_to(window: MainWindow) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """An error hook that shows a bug in the window with its report; `show_bug` logs it."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if threading.current_thread() is threading.main_thread():
            window.show_bug(error)
        else:
            failure_of(error)

    return hook


def _log_to_folder() -> None:
    """Keep the program's own log (no names of people) beside the data, small; a disk that refuses stops nobody."""
    from logging.handlers import RotatingFileHandler

    with suppress(OSError, UserError):
        place = paths.data_folder() / "log.txt"
        handler = RotatingFileHandler(place, maxBytes=500_000, backupCount=1, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger("eic_tracker").addHandler(handler)
