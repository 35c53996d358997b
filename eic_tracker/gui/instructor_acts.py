"""What is done with an instructor: change the register, enter and take away what belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton

from eic_tracker.domain.teaching_rules import TeachingKind
from eic_tracker.gui import icons, theme
from eic_tracker.gui.offering_acts import EDIT_KEYS, page_shortcut
from eic_tracker.gui.page_list import may_write
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.teaching_places import form_place
from eic_tracker.i18n import N_
from eic_tracker.services.assignments import remove_assignment
from eic_tracker.services.instructors import remove_teaching

ADD_KEYS, REMOVE_KEYS = "Ins", "Del"
_ICON = 16
_OF_TAB = {
    "courses": TeachingKind.ASSIGNMENT,
    "stays": TeachingKind.ROTATION,
    "accreditations": TeachingKind.ACCREDITATION,
    "units": TeachingKind.MENTORED_UNIT,
}
_ADD = {
    TeachingKind.ASSIGNMENT: N_("Assign to a course…"),
    TeachingKind.ROTATION: N_("Enter a stay…"),
    TeachingKind.ACCREDITATION: N_("Enter an accreditation…"),
    TeachingKind.MENTORED_UNIT: N_("Enter a mentored unit…"),
}
_REMOVED = {
    TeachingKind.ROTATION: N_("The stay of {code} was taken away."),
    TeachingKind.ACCREDITATION: N_("The accreditation of {code} was taken away."),
    TeachingKind.MENTORED_UNIT: N_("The unit mentored by {code} was taken away."),
}


class InstructorActs(QToolButton):
    """A button with a menu at the head of an instructor's page; `current(tab)` is the key of the row in a tab."""

    def __init__(self, page: Page, tab: Callable[[], str], current: Callable[[str], int | None]) -> None:
        super().__init__(page)
        t = page.t
        self._page, self._tab, self._current = page, tab, current
        self.key: int | None = None
        self.setText(t("Instructor"))
        icons.dress(self, "more", page.around.colours, _ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMinimumHeight(theme.TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(t("What can be done with this instructor"))
        menu = QMenu(self)
        if may_write(page.around):
            self._add_deeds(menu)
            menu.addSeparator()
        self._act(menu, t("Report of a week or month"), "", partial(self._paper, "week"))
        self._act(menu, t("Proof of teaching"), "", partial(self._paper, "proof"))
        self.setMenu(menu)
        self.hide()

    def show_key(self, key: int) -> None:
        """The instructor in sight."""
        self.key = key
        self.show()

    def change(self, kind: TeachingKind, key: int) -> None:
        """The form of a row."""
        self._page.go_requested.emit(form_place(kind, key, owner=self.key))

    def _add_deeds(self, menu: QMenu) -> None:
        t, page = self._page.t, self._page
        self._act(menu, t("Change the register…"), EDIT_KEYS, self._edit)
        for kind, words in _ADD.items():
            self._act(menu, t(words), "", partial(self._add, kind))
        self._act(menu, t("Change the assignment"), "", self._change_assignment)
        self._act(menu, t("Take the row away"), REMOVE_KEYS, self._remove)
        page_shortcut(EDIT_KEYS, page).activated.connect(self._edit)
        page_shortcut(ADD_KEYS, page).activated.connect(lambda: self._add(_OF_TAB.get(self._tab())))
        page_shortcut(REMOVE_KEYS, page).activated.connect(self._remove)

    def _act(self, menu: QMenu, text: str, keys: str, act: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        if keys:
            action.setShortcut(QKeySequence(keys))
            # it is shown beside the words; the page itself listens to the keys
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _edit(self) -> None:
        if self.key is not None:
            self._page.go_requested.emit(form_place(TeachingKind.INSTRUCTOR, self.key))

    def _add(self, kind: TeachingKind | None) -> None:
        if kind is not None and self.key is not None:
            self._page.go_requested.emit(form_place(kind, owner=self.key))

    def _change_assignment(self) -> None:
        key = self._current("courses")
        if key is not None:
            self.change(TeachingKind.ASSIGNMENT, key)
        else:
            self._page.done.emit(self._page.t("Choose a course in which they have one assignment."), False)

    def _remove(self) -> None:
        kind = _OF_TAB.get(self._tab())
        key = self._current(self._tab()) if kind is not None else None
        t = self._page.t
        if kind is None or key is None:
            self._page.done.emit(t("There is nothing here to take away."), False)
        elif kind is TeachingKind.ASSIGNMENT:
            said = t("The assignment is taken away.")
            self._page.write(remove_assignment, key, said=lambda _code: said)
        else:
            self._page.write(remove_teaching, kind, key, said=lambda code: t(_REMOVED[kind], code=code))

    def _paper(self, which: str) -> None:
        if self.key is not None:
            self._page.go_requested.emit(Place("teaching_papers", self.key, {"paper": which}))
