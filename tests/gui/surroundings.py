"""A page's surroundings on a copy of the demonstration file, as app.py makes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from eic_tracker.app import open_file
from eic_tracker.domain.codes import Role
from eic_tracker.gui import theme
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.settings import Settings
from eic_tracker.store.database import Database


@contextmanager
def surroundings(
    path: Path,
    role: Role = Role.REGISTRAR,
    language: Language = Language.EN,
    *,
    dark: bool = False,
    settings: Settings | None = None,
) -> Iterator[Surroundings]:
    """One user on one file; nothing is written outside it."""
    with Database(path) as db:
        acting = demonstration_user(db, role)
    preferences = Preferences(settings or Settings(), store=lambda _settings: True)
    opened = open_file(path)
    colours = theme.DARK if dark else theme.LIGHT
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, colours)
    try:
        yield Surroundings(
            jobs=opened.jobs,
            acting=acting,
            path=path,
            file_uid=opened.uid,
            demonstration=opened.demonstration,
            read_only=opened.read_only,
            today=opened.today(),
            t=Translator(language),
            colours=colours,
            preferences=preferences,
        )
    finally:
        opened.close()
        preferences.store()
        preferences.deleteLater()
