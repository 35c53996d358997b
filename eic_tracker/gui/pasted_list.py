"""The list that the clipboard holds."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from eic_tracker.services.list_sources import ListSource


def holds_list() -> bool:
    """Whether there is more in the clipboard than one cell takes."""
    data = QGuiApplication.clipboard().mimeData()
    text = data.text().strip() if data.hasText() else ""
    if text:
        return "\n" in text or "\t" in text
    return data.hasHtml() and "<table" in data.html().lower()


def pasted_list(name: str) -> ListSource:
    """What was copied elsewhere, as text and as HTML; `name` is how it is called."""
    data = QGuiApplication.clipboard().mimeData()
    return ListSource(name, text=data.text(), html=data.html() if data.hasHtml() else "")
