"""What every section of the settings is: a page without a title of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from eic_tracker.clock import HONDURAS
from eic_tracker.gui import theme
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import Translator


class Part(Page):
    """A section; `enter` shows it as it was left."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.title_label.hide()
        self.layout_of_page.setContentsMargins(0, 0, 0, 0)
        self.layout_of_page.setSpacing(theme.GAP)

    def enter(self, state: Mapping[str, Any]) -> None:
        """Show what a place says of this section."""
        self.show_place(Place("settings", state=state))

    def leave(self) -> None:
        """Another section or page comes: what is half typed is kept."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """The page around it has the margins."""
        QWidget.resizeEvent(self, event)


def moment_words(moment: dt.datetime | None, t: Translator) -> str:
    """A moment (UTC) as clocks in Honduras show it; empty where there is none."""
    if moment is None:
        return ""
    local = moment.astimezone(HONDURAS)
    return f"{t.date(local.date())} {local:%H:%M}"
