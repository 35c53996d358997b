"""A page that is one record: its name, what it is in a line, and tabs with what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.badge import Badge
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.fact_list import Fact, FactList, sentence
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.gui.widgets.tabs import Tabs


class RecordPage(Page):
    """Reads one record, keeps tab and row where they were, and says in the page why it could not be read."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.key: int | None = None
        self._wanted: Mapping[str, Any] = {}
        self._tables: dict[str, SmallTable] = {}
        self._rows: dict[str, Mapping[int, Any]] = {}
        self._quiet: dict[str, StateView] = {}
        self._shown: int | None = None
        self.badge = Badge(around.colours)
        self.line = sentence("", muted=True)
        self.line.hide()
        self.badge.hide()
        below = QHBoxLayout()
        below.setSpacing(theme.GAP)
        below.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.line, 1)
        self.layout_of_page.addLayout(below)
        self.hints = QVBoxLayout()
        self.hints.setSpacing(theme.SPACE)
        self.layout_of_page.addLayout(self.hints)
        self.state_view = StateView(around.colours)
        self.tabs = Tabs(self.t("Parts of the record"))
        self.body = QStackedWidget()
        self.body.addWidget(self.state_view)
        self.body.addWidget(self.tabs)
        self.layout_of_page.addWidget(self.body, 1)
        self.tabs.shown.connect(lambda _name: self._focus_tab())

    def read_record(self) -> None:
        """Ask for the record of `key`; answered with `show_record`."""
        raise NotImplementedError

    def show_place(self, place: Place) -> None:
        """The record with the tab and row in which it was left."""
        self._wanted = place.state
        if place.key != self.key:
            self.key = place.key
            self._shown = None
            self.set_title("")
            self.line.hide()
            self.badge.say(Tone.PLAIN, "")
            self.show_hints([])
        if self._shown is None:
            self.state_view.show_reading(self.t("Reading…"))
            self.body.setCurrentWidget(self.state_view)
        self.read_record()

    def state(self) -> Mapping[str, Any]:
        """The tab and the row where the keyboard stands in each."""
        rows = {name: table.current_key() for name, table in self._tables.items()}
        return {"tab": self.tabs.name(), "rows": rows}

    def refresh(self) -> None:
        """Read again; tab and rows stay."""
        if self.key is not None:
            self.read_record()

    def first_focus(self) -> QWidget | None:
        """The table of the tab in sight, else the tabs."""
        if self.body.currentWidget() is self.state_view:
            return self.state_view.findChild(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        table = self._tables.get(self.tabs.name())
        return table if table is not None and table.isVisibleTo(self) else self.tabs.tabBar()

    def record_shown(self) -> None:
        """The record is in sight: called by `show_record` when all is filled."""
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        first = self._shown != self.key
        self._shown = self.key
        self.body.setCurrentWidget(self.tabs)
        self.tabs.open(str(self._wanted.get("tab", self.tabs.name())))
        for name, key in self._wanted.get("rows", {}).items():
            if name in self._tables and key is not None:
                self._tables[name].select_key(key)
        self._wanted = {}
        if first and not had_focus:
            self._focus_tab()

    def not_read(self, failure: Failure) -> None:
        """Say in the page why the record could not be read."""
        if self._shown is not None and self._shown == self.key:
            self.tell_failure(failure)
            return
        self.set_title(self.t("Not to be seen"))
        self.state_view.show_failed(notice_of(failure, self.t).text, self.t("Try again"), self.read_record)
        self.body.setCurrentWidget(self.state_view)

    def add_table(
        self, name: str, title: str, columns: Sequence[Column], empty: str, opened: Callable[[Any], None] | None = None
    ) -> None:
        """A tab with a table; Enter on a row calls `opened` with the row. `empty` is said where there are none."""

        def make() -> QWidget:
            table = SmallTable(title, columns, self.around)
            view = StateView(self.around.colours)
            both = QStackedWidget()
            both.addWidget(table)
            both.addWidget(view)
            self._tables[name], self._quiet[name] = table, view
            view.setProperty("empty", empty)
            if opened is not None:
                table.opened.connect(lambda key: opened(self._rows[name][key]))
            self._fill_table(name)
            return both

        self.tabs.add(name, title, make)

    def show_rows(self, name: str, title: str, rows: Mapping[int, Any]) -> None:
        """The rows of a tab, with their number in its title."""
        self._rows[name] = rows
        count = f"{title} ({self.t.number(len(rows))})" if rows else title
        self.tabs.setTabText(self.tabs.names().index(name), count)
        if name in self._tables:
            self._fill_table(name)

    def show_hints(self, hints: Sequence[QWidget]) -> None:
        """What should be looked at, under the name."""
        while (item := self.hints.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for hint in hints:
            self.hints.addWidget(hint)

    def say_line(self, *parts: str | None) -> None:
        """What the record is, in one line."""
        self.line.setText(" · ".join(part for part in parts if part))
        self.line.setVisible(bool(self.line.text()))

    def _fill_table(self, name: str) -> None:
        table, view = self._tables[name], self._quiet[name]
        rows = self._rows.get(name, {})
        table.show_rows(rows)
        both = table.parentWidget()
        assert isinstance(both, QStackedWidget)
        if rows:
            both.setCurrentWidget(table)
            if not table.currentIndex().isValid():
                table.select_key(next(iter(rows)))
        else:
            view.show_empty(str(view.property("empty")))
            both.setCurrentWidget(view)

    def _focus_tab(self) -> None:
        wanted = self.first_focus()
        if wanted is not None and self.isVisible():
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)


class CardColumn(QScrollArea):
    """Cards of facts below each other; scrolls where they are higher than the page."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_cards(self, cards: Sequence[tuple[str, Sequence[Fact]]], first: QWidget | None = None) -> None:
        """Show facts under titles, below what stands `first`; a card without facts is left out."""
        inside = ScrolledColumn()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GROUP_GAP)
        if first is not None:
            column.addWidget(first)
        for title, facts in cards:
            if any(value for _, value in facts):
                card = Card(title)
                card.body.addWidget(FactList(facts))
                column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inside)
        # a scroll area that is in sight already does not show what it is given
        inside.show()
