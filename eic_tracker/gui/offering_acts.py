"""What a registrar does with a course given: change it, give it again, cancel it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from eic_tracker.domain.codes import OfferingStatus
from eic_tracker.gui import icons, theme
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.i18n import Translator
from eic_tracker.queries.offerings import OfferingRow
from eic_tracker.services.offerings import cancel_offering

EDIT_KEYS, AGAIN_KEYS = "F2", "Ctrl+Shift+D"
_ICON = 16

Ask = Callable[[QWidget, Translator, str], str | None]
"""Asks for a reason: whose window, language, question; None where the person would rather not go on."""


def page_shortcut(keys: str, page: QWidget) -> QShortcut:
    """Keys that work while the keyboard is within a page."""
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return shortcut


class OfferingActs(QToolButton):
    """A button with a menu at the head of a course's page; what cannot be done with it is not in the menu."""

    def __init__(self, page: Page, ask: Ask) -> None:
        super().__init__(page)
        self.ask = ask
        t = page.t
        self._page = page
        self._row: OfferingRow | None = None
        self.setText(t("Course"))
        icons.dress(self, "more", page.around.colours, _ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMinimumHeight(theme.TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(t("What can be done with this course"))
        menu = QMenu(self)
        self.edit = self._act(menu, t("Change it…"), EDIT_KEYS)
        self.again = self._act(menu, t("Give it again…"), AGAIN_KEYS)
        self.cancel = self._act(menu, t("Cancel it…"), "")
        self.setMenu(menu)
        self.edit.triggered.connect(self._edit)
        self.again.triggered.connect(self._again)
        self.cancel.triggered.connect(self._cancel)
        page_shortcut(EDIT_KEYS, page).activated.connect(self._edit)
        page_shortcut(AGAIN_KEYS, page).activated.connect(self._again)
        self.hide()

    def show_row(self, row: OfferingRow) -> None:
        """The course in sight."""
        self._row = row
        is_open = row.status is OfferingStatus.OPEN
        self.edit.setVisible(is_open)
        self.cancel.setVisible(is_open)
        self.show()

    def _act(self, menu: QMenu, text: str, keys: str) -> QAction:
        action = menu.addAction(text)
        if keys:
            action.setShortcut(QKeySequence(keys))
            # it is shown beside the words; the page itself listens to the keys
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action

    def _edit(self) -> None:
        if self._row is not None and self._row.status is OfferingStatus.OPEN:
            self._page.go_requested.emit(Place("offering_form", self._row.id))

    def _again(self) -> None:
        if self._row is not None:
            self._page.go_requested.emit(Place("offering_form", state={"like": self._row.id}))

    def _cancel(self) -> None:
        if self._row is None:
            return
        t, code = self._page.t, self._row.code
        question = t("Course {code} will not take place. Its roster stays and counts nowhere. Why?", code=code)
        reason = self.ask(self._page, t, question)
        if reason is not None:
            self._page.write(
                cancel_offering, self._row.id, reason, said=lambda code: t("Course {code} is cancelled.", code=code)
            )
