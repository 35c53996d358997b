"""The journal: every change with who, when and why; what an entry changed, and the way to take it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.grids.history import HISTORY_GRID
from eic_tracker.gui.history_words import change_lines, row_words
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.part import moment_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.reports.journal_words import entry_words, reason_words, who_words
from eic_tracker.services.history import undo_own, undo_set, verify_journal
from eic_tracker.services.history_names import NamedEntry, named_entry

_MOST_SHOWN = 200
"""Changed rows that are written out; the number of the others is told."""

_SEARCH = 210
"""Least width of the search box in pixels: its hint is longer than those of other lists."""
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
_BREAK = "\u200b"


class HistoryPage(Page):
    """Entries at the left, the chosen one in words at the right; nothing of it is ever deleted."""

    name = "history"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("History"))
        self._entry: NamedEntry | None = None
        self._checking: Job | None = None
        self.check = deed_button(Deed(t("Check the chain"), self._check_chain))
        self.check.setToolTip(t("Reads the whole history and proves that nothing in it was changed or taken out."))
        self.add_to_head(self.check)
        self.check.setVisible(right(around.acting, Action.READ_FIGURES) is Right.YES)
        self.progress = ProgressRow(t("Cancel"))
        self.progress.cancel_requested.connect(self._stop_checking)
        self.layout_of_page.addWidget(self.progress)
        self.grid = Grid(HISTORY_GRID, around)
        self.grid.bar.search.setMinimumWidth(_SEARCH)
        self.detail = _Detail(self)
        self.sides = TwoSides(self.grid, self.detail)
        self.layout_of_page.addWidget(self.sides, 1)
        self.grid.current_changed.connect(self._on_current)
        self.grid.opened.connect(self._on_opened)
        self.grid.noticed.connect(self.noticed)
        self.grid.said.connect(lambda text: self.done.emit(text, False))
        self.detail.undo_requested.connect(self._undo)

    def show_place(self, place: Place) -> None:
        """The journal as it was left; `state` may name the entry to show."""
        state = dict(place.state.get("grid", {}))
        entry = place.state.get("entry")
        if isinstance(entry, int):
            state = {"current": entry, "selected": [entry]}
        self.sides.close_detail()
        self.grid.restore(state)

    def state(self) -> Mapping[str, Any]:
        """How the grid stands."""
        return {"grid": self.grid.state()}

    def print_view(self) -> None:
        """Ctrl+P."""
        self.grid.papers.print()

    def export_view(self) -> None:
        """Ctrl+Shift+E."""
        self.grid.papers.export()

    def refresh(self) -> None:
        """Read again; the same entry stays chosen."""
        self.grid.refresh()
        if self._entry is not None:
            self._read(self._entry.detail.entry.id)

    def find_in_page(self) -> None:
        """The search box."""
        self.grid.focus_search()

    def first_focus(self) -> QWidget | None:
        """The entries."""
        return self.grid.first_focus()

    def go_up(self) -> bool:
        """Esc: from what was changed back to the entries, then out of the search box."""
        if self.sides.close_detail() or self.detail.holds_keyboard():
            self.grid.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self.grid.go_up()

    def _on_current(self, key: int | None) -> None:
        if key is None:
            self._entry = None
            self.detail.show_nothing()
        else:
            self._read(key)

    def _on_opened(self, key: int) -> None:
        self.sides.open_detail()
        self._read(key)
        self.detail.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, key: int) -> None:
        self.read(named_entry, key, done=self._show, what="entry")

    def _show(self, entry: NamedEntry) -> None:
        self._entry = entry
        self.detail.show_entry(entry)

    def _undo(self, reason: str) -> None:
        entry = self._entry
        if entry is None:
            return
        number = entry.detail.entry.id
        said = self.t("Entry {number} was taken back; that is an entry of its own.", number=self.t.number(number))
        if reason:
            self.write(undo_set, number, reason, said=lambda _new: said, undoable=False)
        else:
            self.write(undo_own, number, said=lambda _new: said)

    def _check_chain(self) -> None:
        if self._checking is not None:
            return
        self.check.setEnabled(False)
        self.progress.start(self.t("Reading the whole history…"), self.t("Stopping…"))
        self._checking = self.around.jobs.count(
            verify_journal, self.around.acting, (), owner=self, done=self._on_checked, failed=self._on_check_failed
        )
        self._checking.says = self.t("Reading the whole history…")
        self._checking.ended.connect(self._on_check_ended)

    def _stop_checking(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
        self._on_check_ended()

    def _on_check_ended(self) -> None:
        self._checking = None
        self.progress.finish()
        self.check.setEnabled(True)

    def _on_checked(self, answer: tuple[Any, Any]) -> None:
        finding, head = answer
        t = self.t
        if finding is not None:
            self.noticed.emit(Notice(Tone.ERROR, finding.text(t)))
        elif head is not None:
            count, code = t.number(head.set_id), head.code
            text = t("The history is whole: {count} entries, control code {code}.", count=count, code=code)
            self.noticed.emit(Notice(Tone.OK, text))

    def _on_check_failed(self, failure: Failure) -> None:
        self.tell_failure(failure)


class _Detail(QWidget):
    """The chosen entry: what, who, when, why; then each changed row, before and after."""

    undo_requested = Signal(str)
    """the reason; empty for an own entry"""

    def __init__(self, page: HistoryPage) -> None:
        super().__init__()
        self._page = page
        self.t = page.t
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.t("What the entry changed"))
        self.area.setMinimumWidth(280)
        self.reason = _Reason(self._on_undo)
        self.reason.setPlaceholderText(self.t("Why it is taken back"))
        self.reason.setAccessibleName(self.t("Why it is taken back"))
        self.undo = deed_button(Deed(self.t("Undo this"), self._on_undo))
        self._own = False
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.area, 1)
        column.addWidget(self.reason)
        column.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No entry is chosen."""
        self.reason.hide()
        self.undo.hide()
        self._fill([(self.t("Choose an entry to see what it changed."), theme.Type.BODY, True)])

    def show_entry(self, entry: NamedEntry) -> None:
        """Write it out; the reason is asked for what somebody else did."""
        t, head = self.t, entry.detail.entry
        when = moment_words(head.at, t)
        lines = [
            (entry_words(head.use_case, head.label, head.undoes, t), theme.Type.SECTION, False),
            (t("{who}, {when}", who=who_words(head.actor_name, t), when=when), theme.Type.BODY, False),
            (t("Entry {number}, control code {code}", number=head.id, code=head.code), theme.Type.CAPTION, True),
        ]
        for words, value in (
            (t("Reason: {text}", text=reason_words(head.reason, t)), head.reason),
            (t("Authorised by: {text}", text=head.authorised_by or ""), head.authorised_by),
            (t("On behalf of: {text}", text=head.on_behalf_of or ""), head.on_behalf_of),
            (t("Taken back by entry {number}.", number=head.undone_by or 0), head.undone_by),
        ):
            if value:
                lines.append((words, theme.Type.BODY, False))
        for row in entry.detail.rows[:_MOST_SHOWN]:
            lines.append((row_words(row, entry, t), theme.Type.STRONG, False))
            lines.extend((line, theme.Type.BODY, False) for line in change_lines(row, entry, t))
        more = entry.detail.more + max(len(entry.detail.rows) - _MOST_SHOWN, 0)
        if more:
            lines.append((t.plural("and {count} row more", "and {count} rows more", more), theme.Type.BODY, True))
        if entry.detail.hidden:
            hidden = t.plural(
                "{count} row about people whom you may not see",
                "{count} rows about people whom you may not see",
                entry.detail.hidden,
            )
            lines.append((hidden, theme.Type.BODY, True))
        self._fill(lines)
        may = entry.detail.may_undo and not self._page.around.read_only
        self._own = head.actor == self._page.around.acting.login
        self.undo.setVisible(may)
        self.reason.clear()
        self.reason.setVisible(may and not self._own)

    def holds_keyboard(self) -> bool:
        """Whether the keyboard is here."""
        return any(part.hasFocus() for part in (self.area, self.reason, self.undo))

    def text(self) -> str:
        """All that is written, line by line."""
        return "\n".join(label.text() for label in self.area.findChildren(QLabel)).replace(_BREAK, "")

    def _on_undo(self) -> None:
        reason = self.reason.text().strip()
        if not self._own and not reason:
            self._page.noticed.emit(Notice(Tone.WARNING, self.t("Say why it is taken back; the history keeps it.")))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.undo_requested.emit("" if self._own else reason)

    def _fill(self, lines: list[tuple[str, theme.Type, bool]]) -> None:
        inside = ScrolledColumn()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.GAP, 0, theme.GAP, 0)
        column.setSpacing(theme.SPACE)
        for text, size, muted in lines:
            label = QLabel(_breakable(text))
            label.setFont(theme.font(size))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setProperty("muted", muted)
            if size is theme.Type.STRONG:
                column.addSpacing(theme.GAP)
            column.addWidget(label)
        column.addStretch(1)
        self.area.setWidget(inside)


def _breakable(text: str) -> str:
    """Words longer than a narrow pane may be broken: control codes, web addresses."""
    return _LONG_WORD.sub(lambda found: found[0] + _BREAK, text)


class _Reason(QLineEdit):
    """Enter takes the entry back."""

    def __init__(self, act: Any) -> None:
        super().__init__()
        self._act = act
        self.setMinimumHeight(theme.TARGET)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """See the class."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._act()
            return
        super().keyPressEvent(event)
