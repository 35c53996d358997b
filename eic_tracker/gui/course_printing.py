"""“Print…” on the page of a course: the papers of the office, each seen before it is printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import icons, theme
from eic_tracker.gui.leaving_words import leaving_question
from eic_tracker.gui.offering_acts import Ask, page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import N_
from eic_tracker.queries.offerings import OfferingRow
from eic_tracker.services.course_papers import (
    NAMING,
    CoursePaperKind,
    course_paper,
    course_paper_leaving,
    note_kind,
)
from eic_tracker.services.exports import Leaving, note_export

PRINT_KEYS = "Ctrl+Shift+P"
_ICON = 16
PAPERS = {
    CoursePaperKind.SIGNATURES: N_("Roster to be signed"),
    CoursePaperKind.NAME_TAGS: N_("Name tags"),
    CoursePaperKind.LODGING: N_("Lodging and meals"),
}


Show = Callable[[Surroundings, Callable[..., Any], str, QWidget], object]
"""Shows a paper before it is printed: what makes it, its title, over which window."""


class PrintMenu(QToolButton):
    """A button with a menu; what the user may not take out is not in it."""

    def __init__(self, page: Page, ask: Ask, show: Show) -> None:
        super().__init__(page)
        self._page = page
        self.ask = ask
        self._show_paper = show
        self._row: OfferingRow | None = None
        t = page.t
        self.setText(t("Print…"))
        icons.dress(self, "print", page.around.colours, _ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMinimumHeight(theme.TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(t("Papers of this course"))
        self.setToolTip(QKeySequence(PRINT_KEYS).toString(QKeySequence.SequenceFormat.NativeText))
        menu = QMenu(self)
        names = right(page.around.acting, Action.EXPORT_IDENTITIES) is Right.YES
        self.papers = {kind: menu.addAction(t(words)) for kind, words in PAPERS.items() if names or kind not in NAMING}
        for kind, action in self.papers.items():
            action.triggered.connect(partial(self.show_paper, kind))
        self.setMenu(menu)
        page_shortcut(PRINT_KEYS, page).activated.connect(self.showMenu)
        self.hide()

    def show_row(self, row: OfferingRow) -> None:
        """The course in sight."""
        self._row = row
        self.show()

    def show_paper(self, kind: CoursePaperKind, _checked: bool = False) -> None:
        """Show a paper, ready to be printed; what names people is noted in the journal first."""
        if self._row is not None:
            key = self._row.id
            self._page.read(course_paper_leaving, key, kind, done=lambda found: self._note(kind, key, found))

    def _note(self, kind: CoursePaperKind, key: int, found: Leaving) -> None:
        if not found.people:
            self._show(kind, key, None)
            return
        reason = ""
        if found.needs_reason:
            if not self.isVisible():
                # the window was locked, or another page opened, meanwhile: nothing is asked over that
                return
            given = self.ask(self.window(), self._page.t, leaving_question(found.people, self._page.t))
            if given is None:
                return
            reason = given
        around = self._page.around
        around.jobs.write(
            note_export,
            around.acting,
            note_kind(kind),
            found.people,
            reason,
            owner=self,
            done=lambda note: self._show(kind, key, note),
            failed=self._page.tell_failure,
        )

    def _show(self, kind: CoursePaperKind, key: int, note: int | None) -> None:
        if not self.isVisible() or self._row is None or self._row.id != key:
            return
        t = self._page.t
        title = t("{paper}: course {code}", paper=t(PAPERS[kind]), code=self._row.code)
        make = partial(course_paper, offering_id=key, kind=kind, t=t, note=note)
        self._show_paper(self._page.around, make, title, self.window())
