"""Rows on the clipboard: put there by a person, taken away when the window is locked or somebody else signs in."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication

_NAME = "eic-copied"
"""The property of the application that keeps a digest of what was copied last, and nothing of the rows."""


def put_rows(text: str, html: str) -> None:
    """Put rows on the clipboard, as text and as a table."""
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    _application().setProperty(_NAME, _digest(text))


def take_rows_away() -> bool:
    """Empty the clipboard where it still holds the rows that were copied last; what others put there stays."""
    app, clipboard = _application(), QGuiApplication.clipboard()
    known = app.property(_NAME)
    app.setProperty(_NAME, None)
    if not known or _digest(clipboard.text()) != known:
        return False
    clipboard.clear()
    return True


def _application() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None, "a clipboard belongs to an application"
    return app


def _digest(text: str) -> str:
    # systems write the ends of lines in their own way
    return hashlib.sha256("\n".join(text.splitlines()).encode("utf-8", "surrogatepass")).hexdigest()
