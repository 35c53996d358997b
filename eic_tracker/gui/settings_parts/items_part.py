"""What lists, users and historical totals share: a table, the chosen item beside it, and the form that changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.item_detail import ItemDetail
from eic_tracker.gui.settings_parts.part import Part, moment_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed
from eic_tracker.gui.widgets.edit_pane import EditPane
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.queries.journal_list import HistoryRow
from eic_tracker.reports.journal_words import entry_words, who_words
from eic_tracker.services.history import history_of

_MOST_HISTORY = 8
_NEW = {Qt.Key.Key_N, Qt.Key.Key_U}


class ItemsPart(Part):
    """The reader of rows, the detail and the deeds are a section's own."""

    def __init__(self, title: str, columns: Sequence[Column], around: Surroundings) -> None:
        super().__init__(around)
        self._title = title
        self._wanted: int | None = None
        self._begins: QPushButton | None = None
        self._rows_read = False
        self.head = QWidget()
        self.tools = FlowLayout(self.head, theme.GAP)
        self.table = SmallTable(title, columns, around)
        self.state_view = StateView(around.colours, self.table)
        self.state_view.hide()
        self.detail = ItemDetail(title)
        self.pane = EditPane(around)
        self.pane.setContentsMargins(theme.SPACE, 0, 0, 0)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.detail)
        self.stack.addWidget(self.pane)
        self.left = QWidget()
        self.left_column = QVBoxLayout(self.left)
        self.left_column.setContentsMargins(0, 0, 0, 0)
        self.left_column.setSpacing(theme.GAP)
        self.left_column.addWidget(self.table, 1)
        self.sides = TwoSides(self.left, self.stack, (5, 3))
        self.layout_of_page.addWidget(self.head)
        self.layout_of_page.addWidget(self.sides, 1)
        self._listen_to_table()
        self.pane.left.connect(self._on_left)
        self.pane.failed.connect(lambda text: self.noticed.emit(Notice(Tone.WARNING, text)))
        shortcut = QShortcut(QKeySequence("F2"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.edit_current)

    def add_tool(self, widget: QWidget) -> None:
        """A control above the table; all are of one height."""
        widget.setMinimumHeight(theme.TARGET + 2)
        self.tools.addWidget(widget)

    def begin_with(self, button: QPushButton) -> None:
        """Ctrl+N, and Ctrl+U as Spanish Office has it, press the button that begins a new item."""
        self._begins = button

    def begin_new(self) -> bool:
        """Press the button that begins a new item; False where the section has none to press."""
        button = self._begins
        if button is None or not button.isVisible():
            return False
        button.click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """The chords of a new item reach this only from who has no command of the window on them."""
        chord = event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _NEW
        if not (chord and self.begin_new()):
            super().keyPressEvent(event)

    def read_rows(self) -> None:
        """Ask for the rows; the answer goes to `show_rows`."""

    def show_current(self, key: int) -> None:
        """Write the chosen item out."""

    def edit_current(self) -> None:
        """Begin to change the chosen item, where the user may."""

    def show_place(self, place: Place) -> None:
        """The item that was chosen."""
        current = place.state.get("current")
        self._wanted = current if isinstance(current, int) else None
        self.refresh()

    def state(self) -> Mapping[str, Any]:
        """The chosen item."""
        return {"current": self.table.current_key()}

    def refresh(self) -> None:
        """Read again; a form that is open stays as it is."""
        if not self._rows_read:
            self.state_view.show_reading(self.t("Reading…"))
            self._show_state(True)
        self.read_rows()

    def first_focus(self) -> QWidget | None:
        """The rows."""
        return self.table

    def go_up(self) -> bool:
        """Esc: the form, then the question, then the detail are left."""
        if self.pane.is_open:
            self.pane.leave()
            self._on_left()
            return True
        if self.detail.drop_question():
            return True
        if self.sides.close_detail() or self.detail.holds_keyboard():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def leave(self) -> None:
        """What is half typed is kept."""
        self.pane.half_typed.keep_now()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Locked, closed or another page: what is half typed is on the disk."""
        super().hideEvent(event)
        self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The sentence in the place of rows is as large as the rows."""
        if event.type() == QEvent.Type.Resize and watched is self.table:
            self.state_view.setGeometry(self.table.viewport().geometry())
        return super().eventFilter(watched, event)

    def replace_table(self, columns: Sequence[Column]) -> None:
        """Other columns for another list."""
        old = self.table
        self.state_view.setParent(None)
        self.table = SmallTable(self._title, columns, self.around)
        self.left_column.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()
        self.state_view.setParent(self.table)
        self._rows_read = False
        self._listen_to_table()

    def show_rows(self, rows: Mapping[int, Any], empty: str, nothing_found: Deed | None = None) -> None:
        """Show what was read, or say that there is nothing."""
        self._rows_read = True
        gone = self.pane.title_label.text() if self.pane.is_open and self.pane.item not in {None, *rows} else ""
        wanted, self._wanted = self._wanted, None
        current = wanted if wanted is not None else self.table.current_key()
        self.table.show_rows(rows)
        if rows:
            self._show_state(False)
            self.table.select_key(current if current is not None and current in rows else next(iter(rows)))
            key = self.table.current_key()
            if key is not None and not self.pane.is_open:
                self.show_current(key)
        else:
            if nothing_found is not None:
                text = self.t("Nothing matches what is asked for.")
                self.state_view.show_nothing_found(text, nothing_found.text, nothing_found.act)
            else:
                self.state_view.show_empty(empty)
            self._show_state(True)
            self.detail.show_item("", ())
        if gone:
            self._tell_gone(gone)

    def show_failed(self, failure: Failure) -> None:
        """The rows could not be read: why, and again."""
        text = notice_of(failure, self.t).text
        self.state_view.show_failed(text, self.t("Try again"), self.refresh)
        self._show_state(True)

    def show_form(self) -> None:
        """The form has been filled: show it and begin to type."""
        self.stack.setCurrentWidget(self.pane)
        self.sides.open_detail()
        self.pane.take_focus()

    def after_saving(self, key: int | None, said: str, *, undoable: bool = True) -> None:
        """It is stored: back to the rows, on the item."""
        self.pane.saved()
        self._wanted = key
        self._on_left()
        self.done.emit(said, undoable)
        self.read_rows()

    def read_history(self, table: str, key: int) -> None:
        """Add what was done with the item, each line leading to its entry."""
        self.read(history_of, table, key, done=self._show_history, failed=lambda _failure: None, what="history")

    def _show_history(self, entries: tuple[HistoryRow, ...]) -> None:
        self.detail.add_links(self.t("History"), [self._history_link(entry) for entry in entries[:_MOST_HISTORY]])

    def _history_link(self, entry: HistoryRow) -> tuple[Deed, str]:
        place = Place("history", state={"entry": entry.id})
        deed = Deed(
            f"{moment_words(entry.at, self.t)} · {who_words(entry.actor_name, self.t)}",
            lambda: self.go_requested.emit(place),
        )
        return deed, entry_words(entry.use_case, entry.label, entry.undoes, self.t)

    def _listen_to_table(self) -> None:
        self.table.installEventFilter(self)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_opened)

    def _on_current(self, key: object) -> None:
        if self.pane.is_open:
            self.pane.leave()
        self.stack.setCurrentWidget(self.detail)
        if isinstance(key, int):
            self.show_current(key)

    def _on_opened(self, _key: int) -> None:
        self.sides.open_detail()
        self.edit_current()

    def _on_left(self) -> None:
        self.stack.setCurrentWidget(self.detail)
        self.sides.close_detail()
        key = self.table.current_key()
        if key is not None:
            self.show_current(key)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_gone(self, title: str) -> None:
        """The item of the open form was taken back, deleted or filtered away meanwhile."""
        if self.pane.is_open:
            self.pane.leave()
            self._on_left()
        text = self.t(
            "“{title}” is no longer in this list, so its form was closed. What you had typed is kept and offered "
            "when it is there again.",
            title=title,
        )
        self.noticed.emit(Notice(Tone.WARNING, text))

    def _show_state(self, shown: bool) -> None:
        self.state_view.setVisible(shown)
        if shown:
            self.state_view.setGeometry(self.table.viewport().geometry())
            self.state_view.raise_()
