"""Where a signed-in user works: rail, header, pages, the pane with the rows behind a figure, undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.dropped import dropped_lists, dropped_path
from eic_tracker.gui.dropped_scan import DroppedScan
from eic_tracker.gui.due_names import purge_names_that_are_due
from eic_tracker.gui.figure_pane import FigurePane
from eic_tracker.gui.header import Header
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice, reading_notice, writing_notice
from eic_tracker.gui.page_list import PAGES, make_page, may_open, may_write
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place, Trail
from eic_tracker.gui.rail import Rail
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.telling import tell_in
from eic_tracker.gui.widgets.message_bar import MessageBar
from eic_tracker.gui.widgets.toast import Toast
from eic_tracker.queries.listing import Request
from eic_tracker.reports.journal_words import entry_words
from eic_tracker.services.figures import FigureRef
from eic_tracker.services.history import account_changed_last, last_redoable, last_undoable, undo_own

_SHARES = (14, 11)
"""The width of a page and of the pane beside it."""


class Workplace(QWidget):
    """One user on one file; made anew when user, language, theme or text size change."""

    title_changed = Signal(str)
    undo_changed = Signal(object)
    """the newest change set that Ctrl+Z would take back, or None"""

    def __init__(self, around: Surroundings, trail: Trail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.t = around.t
        self.trail = trail
        self._pages: dict[str, Page] = {}
        self._undoable: Any = None
        specs = [spec for spec in PAGES.values() if spec.rail and may_open(spec, around)]
        self.rail = Rail(specs, around)
        self.header = Header(around)
        self.messages = MessageBar(around.t, around.colours)
        self.stack = _Pages()
        self.pane = FigurePane(around)
        self.pane.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.stack)
        self._splitter.addWidget(self.pane)
        for place, share in enumerate(_SHARES):
            self._splitter.setStretchFactor(place, share)
        self._shared = False
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.messages)
        right.addWidget(self._splitter, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        line.addLayout(right, 1)
        self.toast = Toast(self, around.t, around.colours, self._free_place)
        self.rail.place_chosen.connect(lambda name: self.go(Place(name)))
        self.header.back_requested.connect(self.back)
        self.header.forward_requested.connect(self.forward)
        self.pane.closed.connect(self.close_figure)
        self.pane.go_requested.connect(self.go)
        self.pane.noticed.connect(self.tell)
        self.toast.undo_requested.connect(self.undo)
        self.toast.redo_requested.connect(self.redo)
        self.scans = DroppedScan(around, self)
        self.scans.said.connect(self.said)
        self.scans.noticed.connect(self.tell)
        self.scans.place_wanted.connect(self.go)
        self.setAcceptDrops(may_write(around) or self.scans.takes_scans)
        around.jobs.changed.connect(self._on_changed)
        around.jobs.writing.connect(self._on_writing)
        self._read_undoable()
        purge_names_that_are_due(around, self, lambda text: self.said(text, undoable=False), self._tell_unread)
        self._show(self.trail.here)

    @property
    def page(self) -> Page:
        """The page in sight."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def title(self) -> str:
        """What the window says of the page in sight."""
        return self.page.title() or self.t(PAGES[self.page.name].title)

    def go(self, place: Place) -> None:
        """Go to a place, keeping the way back."""
        if place.page not in PAGES or not may_open(PAGES[place.page], self.around):
            return
        self._leave()
        self.trail.go(place)
        self._show(place)

    def back(self) -> None:
        """Alt+Left: the place before, as it was left."""
        if self.trail.can_go_back:
            self._leave()
            self._show(self.trail.back())

    def forward(self) -> None:
        """Alt+Right."""
        if self.trail.can_go_forward:
            self._leave()
            self._show(self.trail.forward())

    def escape(self) -> None:
        """Esc: close what is open, one thing at a time; then one level up."""
        if self.toast.isVisible():
            self.toast.dismiss()
        elif self.pane.isVisible():
            self.close_figure()
        elif not self.page.go_up():
            home = PAGES[self.trail.here.page].home
            if self.trail.can_go_back and home:
                self.back()
            elif home:
                self.go(Place(home))

    def leave(self) -> Trail:
        """Note how the present page stands, before the workplace is made anew or closed."""
        self._leave()
        return self.trail

    def open_figure(self, ref: FigureRef, title: str) -> None:
        """Show the rows behind a figure beside the page, or instead of it where the window is narrow."""
        self.pane.open_figure(ref, title)
        self._show_pane()

    def open_rows(self, listing: str, request: Request, title: str) -> None:
        """Show exactly the rows that a number of the page stands for."""
        self.pane.open_rows(listing, request, title)
        self._show_pane()

    def close_figure(self) -> None:
        """Back to the page exactly as it stands behind the pane."""
        self.pane.hide()
        self._share_width()
        opener = self.pane.opener
        if opener is not None and shiboken6.isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_page()

    def tell(self, notice: Notice) -> None:
        """Say something in the bar above the page."""
        tell_in(self.messages, notice, self.t)

    def said(self, text: str, undoable: bool) -> None:
        """Say that something was stored, with the way to undo it for ten seconds."""
        self.toast.say(text, undo=undoable)

    def said_undone(self, what: str) -> None:
        """Say what was taken back, with the way to do it again."""
        self.toast.say(
            self.t("Undone: “{what}”. It stands in the history; Ctrl+Y does it again.", what=what), redo=True
        )

    def undo(self) -> None:
        """Ctrl+Z: take back the user's newest change; refused with the reason where later work stands on it."""
        if self._undoable is None:
            self.around.jobs.read(
                account_changed_last, self.around.acting, owner=self, done=self._say_why_not, failed=self._tell_unread
            )
            return
        entry = self._undoable
        what = entry_words(entry.use_case, entry.label, entry.undoes, self.t)
        self.around.jobs.write(
            undo_own,
            self.around.acting,
            entry.id,
            owner=self,
            done=lambda _new: self.said_undone(what),
            failed=lambda failure: self.tell(writing_notice(failure, self.t)),
        )

    def redo(self) -> None:
        """Ctrl+Y: do again what was undone last; works across restarts."""
        self.around.jobs.read(last_redoable, self.around.acting, owner=self, done=self._redo, failed=self._tell_unread)

    def next_pane(self) -> None:
        """F6: the keyboard goes on to the next part: places, page, pane."""
        parts = [part for part in (self.rail, self.page, self.pane) if part.isVisible()]
        here = next((n for n, part in enumerate(parts) if self._holds_keyboard(part)), -1)
        part = parts[(here + 1) % len(parts)]
        if part is self.page:
            self._focus_page()
        elif part is self.pane:
            self.pane.take_focus()
        else:
            self.rail.take_focus()

    def show_help(self) -> None:
        """F1: help for what is in sight: the rows behind a figure, a part of a page, a page."""
        page = "figure" if self.pane.isVisible() else self.page.help_name()
        self.go(Place("help", state={"page": page}))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Esc, where nothing on the page wanted it."""
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.escape()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Narrow windows have a narrow rail and show the pane instead of the page."""
        super().resizeEvent(event)
        narrow = self.width() < theme.NARROW
        self.rail.set_compact(narrow)
        self.header.set_compact(narrow)
        self._share_width()

    def _free_place(self) -> QRect:
        layout = self.layout()
        if layout is not None:
            # right after another size, the rail may not have given or taken its room yet
            layout.activate()
        return self.header.free_place().translated(self.header.mapTo(self, QPoint(0, 0)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A scan, a workbook or a folder of lists may be dropped wherever a page has no use of its own for it."""
        data = event.mimeData()
        listed = may_write(self.around) and dropped_lists(data) is not None
        if listed or self.scans.takes(dropped_path(data)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """A scan finds its course by the code on it; lists come in with a course each."""
        event.acceptProposedAction()
        path, lists = dropped_path(event.mimeData()), dropped_lists(event.mimeData())
        if path is not None and self.scans.takes(path):
            self.scans.open(path, None if lists is None else self._open_lists)
        elif lists is not None:
            self._open_lists(lists)

    def _open_lists(self, path: Path) -> None:
        self.go(Place("whole_workbook", state={"path": str(path)}))

    def _holds_keyboard(self, part: QWidget) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is part or part.isAncestorOf(focused))

    def _show_pane(self) -> None:
        self.pane.show()
        self._share_width()
        self.pane.take_focus()

    def _share_width(self) -> None:
        alone = self.pane.isVisibleTo(self._splitter) and self.width() < theme.NARROW
        self.stack.setVisible(not alone)
        if self.pane.isVisible() and not alone and not self._shared:
            # As wanted at first; afterwards as the person drags it.
            self._shared = True
            self._splitter.setSizes([self._splitter.width() * share // sum(_SHARES) for share in _SHARES])

    def _leave(self) -> None:
        if self.stack.currentWidget() is not None:
            finish_edits()
            self.trail.leave(self.page.state(), self.page.title())

    def _show(self, place: Place) -> None:
        if not may_open(PAGES[place.page], self.around):
            place = Place("home")
        page = self._pages.get(place.page)
        if page is None:
            page = make_page(place.page, self.around)
            page.go_requested.connect(self.go)
            page.figure_requested.connect(self.open_figure)
            page.rows_requested.connect(self.open_rows)
            page.noticed.connect(self.tell)
            page.done.connect(self.said)
            page.windowTitleChanged.connect(partial(self._on_page_titled, page))
            self._pages[place.page] = page
            self.stack.addWidget(page)
        self.pane.hide()
        self.messages.leave_page()
        if self.header.forget_failure():
            # a file that is gone says so again
            self.around.jobs.watch()
        self.stack.setCurrentWidget(page)
        self._share_width()
        page.show_place(place)
        spec = PAGES[place.page]
        self.rail.mark(spec.home or spec.name)
        self.header.set_way(self.trail.can_go_back, self.trail.can_go_forward)
        self.title_changed.emit(self.title)
        QTimer.singleShot(0, self, self._focus_page)

    def _on_page_titled(self, page: Page, _title: str) -> None:
        if page is self.stack.currentWidget():
            self.title_changed.emit(self.title)

    def _focus_page(self) -> None:
        if self.isVisible():
            # A page that is still read holds the keyboard itself until it has something to give it to.
            (self.page.first_focus() or self.page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self.stack.currentWidget() is not None and (not self.page.shows or self.page.shows & tables):
            self.page.refresh()
        if self.pane.isVisible():
            self.pane.refresh()
        self._read_undoable()

    def _on_writing(self, state: object) -> None:
        self.header.show_saving(state)
        if isinstance(state, Failure) and state.told is None:
            self.tell(writing_notice(state, self.t))

    def _redo(self, entry: Any) -> None:
        if entry is None:
            self.said(self.t("There is nothing to do again."), undoable=False)
            return
        self.around.jobs.write(
            undo_own,
            self.around.acting,
            entry.id,
            owner=self,
            done=lambda _new: self.said(self.t("Done again."), undoable=True),
            failed=lambda failure: self.tell(writing_notice(failure, self.t)),
        )

    def _say_why_not(self, entry: Any) -> None:
        if entry is None:
            self.said(self.t("There is nothing of yours to undo."), undoable=False)
            return
        what = entry_words(entry.use_case, entry.label, entry.undoes, self.t)
        self.said(
            self.t("Ctrl+Z does not take this back: “{what}”. Set the account right under Settings, Users.", what=what),
            undoable=False,
        )

    def _read_undoable(self) -> None:
        self.around.jobs.read(
            last_undoable, self.around.acting, owner=self, done=self._on_undoable, failed=self._on_undoable_unread
        )

    def _on_undoable(self, entry: Any) -> None:
        self._undoable = entry
        self.undo_changed.emit(entry)

    def _on_undoable_unread(self, failure: Failure) -> None:
        # an older change must not be taken back in place of the newest
        self._on_undoable(None)
        self._tell_unread(failure)

    def _tell_unread(self, failure: Failure) -> None:
        self.tell(reading_notice(failure, self.t))


class _Pages(QStackedWidget):
    """As narrow as the page in sight may be: one that was left takes no width from the pane beside it."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """The one of the page in sight."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()


def finish_edits() -> None:
    """Commit what is being typed, before anything else is done: a value on the screen is never lost."""
    widget = QApplication.focusWidget()
    if widget is not None and widget.property("commits") is not None:
        QApplication.sendEvent(widget, QEvent(QEvent.Type.FocusOut))
