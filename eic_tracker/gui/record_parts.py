"""A record's page made of parts: grids of what belongs to it, cards and tables in a scrolling column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QTabBar, QVBoxLayout, QWidget

from eic_tracker.errors import Refused, UserError
from eic_tracker.gui import theme
from eic_tracker.gui.grids.history import HISTORY_GRID
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_page import RecordPage
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.grid import Grid, GridSpec
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.queries.listing import Request


class RecordPart(QWidget):
    """One tab; it is shown the record each time that it was read, and keeps its place where nothing changed."""

    grid: Grid | None = None

    def show_detail(self, detail: Any, state: Mapping[str, Any]) -> None:
        """Show the record, standing as `state` says; an empty state leaves the place as it is."""
        raise NotImplementedError

    def state(self) -> Mapping[str, Any]:
        """How the part stands."""
        return {}

    def call(self, title: str) -> None:
        """Say to screen readers what the part is."""
        self.setAccessibleName(title)

    def first_focus(self) -> QWidget | None:
        """Where the keyboard stands when the part comes into sight."""
        return None

    def go_up(self) -> bool:
        """Esc: close what is open in the part."""
        return False

    def print_paper(self) -> bool:
        """Ctrl+P where the part has papers of its own; False: it has none."""
        return False


def on_tabs_of(part: RecordPart) -> bool:
    """Whether the keyboard waits on the tabs for what a part has yet to read, and is nowhere else."""
    focused = QApplication.focusWidget()
    return part.isVisible() and (focused is None or isinstance(focused, QTabBar))


class GridPart(RecordPart):
    """The rows of a list that belong to the record."""

    def __init__(self, grid: Grid, request_of: Callable[[Any], Request], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid: Grid = grid
        self._request_of = request_of
        self._asked: Request | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)

    def first_focus(self) -> QWidget:
        """The rows."""
        return self.grid.first_focus()

    def go_up(self) -> bool:
        """Esc in the search box clears what is asked for."""
        return self.grid.go_up()

    def show_detail(self, detail: Any, state: Mapping[str, Any]) -> None:
        """Ask for the record's rows; rows that are in sight already are read anew in their place."""
        request = self._request_of(detail)
        if state or request != self._asked:
            if request != self._asked:
                self.grid.columns.forget()
            self._asked = request
            self.grid.restore(state, request)
        else:
            self.grid.refresh()

    def state(self) -> Mapping[str, Any]:
        """How the grid stands."""
        return self.grid.state()


class ScrollPart(RecordPart):
    """Cards one below the other; `fill` makes them anew when the record changed."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.t = around.t
        self._shown: Any = None
        self._inside = ScrolledColumn()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, theme.SPACE, 0)
        self.column.setSpacing(theme.GROUP_GAP)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self._inside)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self.area)

    def call(self, title: str) -> None:
        """The column scrolls by keys, so it has the name too."""
        super().call(title)
        self.area.setAccessibleName(title)

    def fill(self, detail: Any) -> None:
        """Put the record's cards into the column, which is empty."""
        raise NotImplementedError

    def show_detail(self, detail: Any, state: Mapping[str, Any]) -> None:
        """Fill anew where anything of the record changed, and stay where one was."""
        bar = self.area.verticalScrollBar()
        place = int(state.get("scroll", bar.value() if self._shown is not None else 0))
        if detail != self._shown:
            focused = QApplication.focusWidget()
            held = focused is not None and self.isAncestorOf(focused)
            self._shown = detail
            while (item := self.column.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            self.fill(detail)
            self.column.addStretch(1)
            for number in range(self.column.count()):
                made = self.column.itemAt(number)
                if made is not None and (shown := made.widget()) is not None:
                    # Qt would show it later, and the keyboard cannot go to what is not shown yet
                    shown.show()
            self.column.activate()
            wanted = self.first_focus()
            if held and wanted is not None:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        bar.setValue(place)

    def state(self) -> Mapping[str, Any]:
        """The scroll."""
        return {"scroll": self.area.verticalScrollBar().value()}

    def first_focus(self) -> QWidget | None:
        """The first control of the cards; words alone leave the keyboard on the tabs, a Tab before the column."""
        for child in self._inside.findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(self) and child.isEnabled():
                return child
        return None

    def card(self, title: str) -> Card:
        """A further card."""
        card = Card(title)
        self.column.addWidget(card)
        return card

    def say(self, card: Card, text: str, tone: Tone | None = None, *, muted: bool = False) -> None:
        """A sentence in a card."""
        card.add(sentence(text, tone=tone, muted=muted))

    def table(
        self,
        card: Card,
        columns: Sequence[Column],
        rows: Mapping[int, Any],
        nothing: str,
        opened: Callable[[int], object] | None = None,
    ) -> SmallTable | None:
        """A table in a card, or the sentence that there is nothing to show."""
        if not rows:
            self.say(card, nothing, muted=True)
            return None
        table = SmallTable(card.title_label.text(), columns, self.around, whole=True)
        table.show_rows(rows)
        if opened is not None:
            table.opened.connect(opened)
        card.add(table)
        return table


class PartsPage(RecordPage):
    """`detail_of(db, acting, key, today)` reads the record; the part of the tab in sight is shown it."""

    def __init__(self, detail_of: Callable[..., Any], around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._detail_of = detail_of
        self.detail: Any = None
        self._stale: set[str] = set()
        self._states: dict[str, Mapping[str, Any]] = {}
        self._keyboard_waits = False

    def show_head(self, detail: Any) -> None:
        """Say in title, badge and line what is shown."""
        raise NotImplementedError

    def add_part(self, name: str, title: str, make: Callable[[], RecordPart]) -> None:
        """A tab; its part is made when it is first shown."""
        self.tabs.add(name, title, make)

    def grid_part(
        self, spec: GridSpec, request_of: Callable[[Any], Request], opened: Callable[[Grid, int], object]
    ) -> GridPart:
        """The rows of a list that belong to the record; `opened(grid, key)` is called for Enter on a row."""
        return GridPart(self.make_grid(spec, opened), request_of)

    def make_grid(self, spec: GridSpec, opened: Callable[[Grid, int], object]) -> Grid:
        """A grid that says what it has to say through the page."""
        grid = Grid(spec, self.around)
        grid.opened.connect(lambda key: opened(grid, key))
        grid.noticed.connect(self.noticed)
        grid.said.connect(lambda text: self.done.emit(text, False))
        return grid

    def history_part(self) -> RecordPart:
        """What was changed about the record, each entry a step from its page."""
        return HistoryPart(self.around, lambda key: self.go_requested.emit(Place("history", state={"entry": key})))

    def show_place(self, place: Place) -> None:
        """The record with the tab in which it was left, each part in its place."""
        if place.key != self.key:
            self.detail = None
            self.tabs.setCurrentIndex(0)
        self._states = dict(place.state.get("parts", {}))
        super().show_place(place)

    def state(self) -> Mapping[str, Any]:
        """The tab in sight, and how each part stands that was shown."""
        shown = {name: part.state() for name in self.tabs.names() if (part := self._part(name)) is not None}
        return {"tab": self.tabs.name(), "parts": shown | self._states if self.detail is not None else self._states}

    def read_record(self) -> None:
        """Ask for the record."""
        self.read(self._detail_of, self.key or 0, self.around.today, done=self._show, failed=self.not_read)

    def not_read(self, failure: Failure) -> None:
        """Say why in the page; what is gone or refused is not worth a second try."""
        super().not_read(failure)
        if isinstance(failure.told, Refused) or type(failure.told) is UserError:
            self.detail = None
            self.set_title(self.t("Not to be seen"))
            self.say_line()
            self.badge.say(Tone.PLAIN, "")
            self.state_view.show_failed(notice_of(failure, self.t).text, "", self.read_record)
            self.body.setCurrentWidget(self.state_view)

    def first_focus(self) -> QWidget | None:
        """What the part in sight names; while the record is read, the keyboard waits for it."""
        part = self._part()
        if part is None or self.body.currentWidget() is self.state_view:
            self._keyboard_waits = True
            return super().first_focus()
        return part.first_focus() or self.tabs.tabBar()

    def go_up(self) -> bool:
        """Esc: what is open in the part in sight."""
        part = self._part()
        return part.go_up() if part is not None else False

    def grid_in_sight(self) -> Grid | None:
        """The grid of the tab in sight, if it has one."""
        part = self._part()
        return part.grid if part is not None and self.detail is not None else None

    def find_in_page(self) -> None:
        """The search box of the grid in sight."""
        grid = self.grid_in_sight()
        if grid is not None:
            grid.focus_search()

    def print_view(self) -> None:
        """Ctrl+P: the grid in sight on paper."""
        grid, part = self.grid_in_sight(), self._part()
        if grid is not None:
            grid.papers.print()
        elif part is None or not part.print_paper():
            self._nothing_to_print()

    def export_view(self) -> None:
        """Ctrl+Shift+E: the grid in sight as a workbook."""
        grid = self.grid_in_sight()
        if grid is not None:
            grid.papers.export()
        else:
            self._nothing_to_print()

    def _nothing_to_print(self) -> None:
        self.done.emit(self.t("There is nothing to print or export on this page."), False)

    def _part(self, name: str = "") -> RecordPart | None:
        content = self.tabs.content(name)
        return content if isinstance(content, RecordPart) else None

    def _show(self, detail: Any) -> None:
        self.detail = detail
        self._stale = set(self.tabs.names())
        self.show_head(detail)
        self.record_shown()
        self._fill(self.tabs.name())
        focused = QApplication.focusWidget()
        if self._keyboard_waits and (focused is None or self.isAncestorOf(focused) or not focused.isVisible()):
            super()._focus_tab()
        self._keyboard_waits = False

    def _fill(self, name: str) -> None:
        part = self._part(name)
        if part is not None and name in self._stale:
            self._stale.discard(name)
            part.call(self.tabs.tabText(self.tabs.currentIndex()))
            part.show_detail(self.detail, self._states.pop(name, {}))

    def _focus_tab(self) -> None:
        if self.detail is not None:
            self._fill(self.tabs.name())
        if self.tabs.is_walking or not self.tabs.tabBar().hasFocus():
            super()._focus_tab()


class HistoryPart(ScrollPart):
    """The entries of the journal that touched the record, newest first."""

    def __init__(self, around: Surroundings, opened: Callable[[int], object]) -> None:
        super().__init__(around)
        self._opened = opened

    def fill(self, detail: Any) -> None:
        """One table."""
        columns = tuple(column for column in HISTORY_GRID.columns if column.name in _HISTORY_COLUMNS)
        self.table(
            self.card(self.t("Entries that touch this record")),
            columns,
            {entry.id: entry for entry in detail.history},
            self.t("Nothing was changed about this record."),
            self._opened,
        )


_HISTORY_COLUMNS = frozenset({"at", "what", "actor", "reason", "state"})
