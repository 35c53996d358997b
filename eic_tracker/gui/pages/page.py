"""What every page is: it shows a place, says how it was left, and reads again what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.notices import notice_of, reading_notice, writing_notice
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.waiting_words import WaitWatch
from eic_tracker.gui.widgets.announcing import announce


class Page(QWidget):
    """Base of all pages: title line, body, one named read at a time, place and state."""

    name: str = ""
    """the page's name in places and help"""
    shows: frozenset[str] = frozenset()
    """tables whose change makes the page read again"""

    go_requested = Signal(object)
    """a Place"""
    figure_requested = Signal(object, str)
    """a FigureRef and its title in words"""
    rows_requested = Signal(str, object, str)
    """the name of a list, a Request, and what its rows are in words"""
    noticed = Signal(object)
    """a Notice"""
    done = Signal(str, bool)
    """something was stored: the sentence for the toast, and whether it can be undone"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.t = around.t
        self._reads: dict[str, Job] = {}
        self.layout_of_page = QVBoxLayout(self)
        self.layout_of_page.setContentsMargins(theme.PAGE_MARGIN, theme.GAP, theme.PAGE_MARGIN, theme.GAP)
        self.layout_of_page.setSpacing(theme.GAP)
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.GAP)
        self.title_label = QLabel()
        self.title_label.setFont(theme.font(theme.Type.TITLE))
        self.title_label.setTextFormat(Qt.TextFormat.PlainText)
        self.title_label.setWordWrap(True)
        self._head.addWidget(self.title_label, 1)
        self.layout_of_page.addLayout(self._head)
        self.waiting = QLabel()
        self.waiting.setTextFormat(Qt.TextFormat.PlainText)
        self.waiting.setProperty("muted", True)
        self.waiting.setWordWrap(True)
        self.waiting.hide()
        self.layout_of_page.addWidget(self.waiting)
        self._watch = WaitWatch(self, around.jobs, around.t, self._reads.values, self._say_waiting)

    def show_place(self, place: Place) -> None:
        """Show a record or list, with the state in which it was left where the place holds one."""

    def state(self) -> Mapping[str, Any]:
        """How the page stands now: what `show_place` needs to bring it back."""
        return {}

    def refresh(self) -> None:
        """Read again what is shown, keeping selection and scroll."""

    def find_in_page(self) -> None:
        """Put the keyboard into the page's search box, where it has one."""

    def begin_new(self) -> bool:
        """Ctrl+N: begin a new item of what the page lists; False where that is a course, as everywhere else."""
        return False

    def first_focus(self) -> QWidget | None:
        """Where the keyboard stands when the page opens."""
        return None

    def go_up(self) -> bool:
        """Esc: close what is open on the page; False where nothing was."""
        return False

    def help_name(self) -> str:
        """The help that F1 opens: of the page, or of the part of it in sight that has one of its own."""
        return self.name

    def title(self) -> str:
        """The page's title in words, as the window and the screen reader say it."""
        return self.title_label.text()

    def set_title(self, text: str) -> None:
        """Say what the page shows."""
        self.title_label.setText(text)
        self.setAccessibleName(text)
        self.setWindowTitle(text)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a control at the right of the title."""
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def primary_button(self, text: str, act: Callable[[], None]) -> QPushButton:
        """The page's main action, right of the title."""
        button = QPushButton(text)
        button.setProperty("primary", True)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        self.add_to_head(button)
        return button

    def read(
        self,
        query: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], None],
        failed: Callable[[Failure], None] | None = None,
        what: str = "page",
        count: bool = False,
    ) -> None:
        """Read `query(db, acting, *args)`; a newer read of the same `what` drops the older answer."""
        earlier = self._reads.pop(what, None)
        if earlier is not None:
            earlier.cancel()
        start = self.around.jobs.count if count else self.around.jobs.read
        job = start(query, self.around.acting, *args, owner=self, done=done, failed=failed or self._tell_unread)
        self._reads[what] = job
        job.ended.connect(lambda: self._on_read(what, job))
        if count:
            self._watch.begin()

    def write(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        said: Callable[[Any], str],
        undoable: bool = True,
        failed: Callable[[Failure], None] | None = None,
        **options: Any,
    ) -> None:
        """Do `use_case(db, acting, *args)`; when it is stored, `said(answer)` is told with a way to undo it."""
        self.around.jobs.write(
            use_case,
            self.around.acting,
            *args,
            owner=self,
            done=lambda answer: self.done.emit(said(answer), undoable),
            failed=failed or self._tell_unwritten,
            **options,
        )

    def tell_failure(self, failure: Failure) -> None:
        """Say in the window's bar why something did not work."""
        self.noticed.emit(notice_of(failure, self.t))

    def _on_read(self, what: str, job: Job) -> None:
        if self._reads.get(what) is job:
            del self._reads[what]
        # answers also come when the page is gone
        if shiboken6.isValid(self) and self.waiting.isVisibleTo(self):
            self._watch.look()

    def _say_waiting(self, words: str) -> None:
        if words:
            announce(self, words)
        self.waiting.setText(words)
        self.waiting.setVisible(bool(words))

    def _tell_unread(self, failure: Failure) -> None:
        self.noticed.emit(reading_notice(failure, self.t))

    def _tell_unwritten(self, failure: Failure) -> None:
        self.noticed.emit(writing_notice(failure, self.t))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Narrow windows have narrower margins."""
        super().resizeEvent(event)
        side = theme.NARROW_MARGIN if self.width() < theme.NARROW else theme.PAGE_MARGIN
        margins = self.layout_of_page.contentsMargins()
        if margins.left() != side:
            self.layout_of_page.setContentsMargins(side, theme.GAP, side, theme.GAP)
