"""Where a number comes from: what it counts, as of when, and exactly the rows that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.domain.codes import Measure
from eic_tracker.gui import icons, theme
from eic_tracker.gui.figure_words import chips_of, definition_of, rows_sentence, support_words
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.notices import notice_of, reading_notice
from eic_tracker.gui.page_list import PAGES, may_open
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.waiting_words import WaitWatch
from eic_tracker.gui.widgets.deed import Deed, DeedLine
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.queries.listing import Request
from eic_tracker.reports.report_words import DEFINITIONS, MEASURES
from eic_tracker.services.figures import FigureRef, FigureRows, rows_behind_figure

if TYPE_CHECKING:
    from eic_tracker.gui.widgets.grid import Grid

_MENDED_ON = {"possible_duplicate": "duplicates", "no_unit": "texts", "no_institution": "texts"}
"""The page on which a fault is set right, by the filter that shows it."""
_PAGES = {
    "offerings": "offering",
    "roster": "offering",
    "enrolments": "offering",
    "people": "person",
    "class_groups": "class_group",
    "certificates": "certificate",
    "instructors": "instructor",
    "schools": "school",
}
"""The page that shows a row of a list."""
_CHIP_SIDES = 30
_CHIP_WIDEST = 320
"""Pixels of a chip beside its words, and of one that still stands in the narrowest pane."""


class FigurePane(QFrame):
    """The pane at the right; Esc closes it, Enter on a row opens its record."""

    closed = Signal()
    go_requested = Signal(object)
    noticed = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setMinimumWidth(376)
        self._around = around
        self._t = around.t
        self.opener: QWidget | None = None
        self.ref: FigureRef | None = None
        self.rows: FigureRows | None = None
        self.title = QLabel()
        self.title.setFont(theme.font(theme.Type.SECTION))
        self.title.setWordWrap(True)
        close = QToolButton()
        close.setIcon(icons.icon("close", around.colours))
        close.setAccessibleName(self._t("Close"))
        close.setToolTip(self._t("Close") + " (Esc)")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.value = QLabel()
        self.value.setFont(theme.font(theme.Type.FIGURE, tabular=True))
        self.definition = QLabel()
        self.definition.setWordWrap(True)
        self.beside = QVBoxLayout()
        self.beside.setSpacing(0)
        self._mended_on = ""
        self.mend = QPushButton()
        self.mend.setAutoDefault(False)
        self.mend.setMinimumHeight(theme.TARGET)
        self.mend.clicked.connect(lambda _checked=False: self.go_requested.emit(Place(self._mended_on)))
        self.mend.hide()
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips, theme.SPACE)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.support = QLabel()
        self.support.setWordWrap(True)
        self.support.setProperty("muted", True)
        self.support.hide()
        self._grid_place = QVBoxLayout()
        self._grids: dict[str, Grid] = {}
        self._list: tuple[str, Request] | None = None
        self._waited: list[Job] = []
        self._watch = WaitWatch(self, around.jobs, around.t, lambda: self._waited, self._say_waiting)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.PAGE_MARGIN, theme.GAP, theme.PAGE_MARGIN, theme.GAP)
        inside.setSpacing(theme.GAP)
        inside.addLayout(head)
        inside.addWidget(self.value)
        inside.addWidget(self.definition)
        inside.addLayout(self.beside)
        inside.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.chips)
        inside.addWidget(self.sentence)
        inside.addWidget(self.support)
        inside.addLayout(self._grid_place, 1)

    def open_figure(self, ref: FigureRef, title: str) -> None:
        """Show the rows of a figure; `title` is how the page calls it."""
        self.ref, self._list = ref, None
        self._begin(title)

    def open_rows(self, listing: str, request: Request, title: str) -> None:
        """Show the rows of a list that a number stands for."""
        self.ref, self._list = None, (listing, request)
        self._begin(title)

    def refresh(self) -> None:
        """Count again and read the rows again."""
        if self.ref is not None:
            job = self._around.jobs.count(
                rows_behind_figure, self._around.acting, self.ref, owner=self, done=self._show, failed=self._tell
            )
            self._waited = [job]
            job.ended.connect(lambda: self._waited.remove(job) if job in self._waited else None)
            self._watch.begin()
        elif self._list is not None:
            from eic_tracker.gui.count_words import count_chips, count_words

            listing, request = self._list
            self.definition.setText(count_words(listing, request, request.today or self._around.today, self._t))
            self._show_chips(count_chips(listing, request, self._t))
            self._offer_mending(request)
            self._show_grid(listing, request)

    def take_focus(self) -> None:
        """Put the keyboard into the rows, or on the pane while they are read."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = next((grid for grid in self._grids.values() if grid.isVisibleTo(self)), None)
        read = self._list is not None or bool(self.value.text())
        taker = grid.table if grid is not None and read else self
        taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def state(self) -> FigureRef | None:
        """The figure that is shown, None when the pane is closed."""
        return self.ref if self.isVisible() else None

    def _begin(self, title: str) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self.opener = focused
        self.title.setText(title)
        self.setAccessibleName(title)
        self.value.setText("")
        self._show_beside(None)
        self.sentence.setText(self._t("Reading…"))
        self.mend.hide()
        self.support.hide()
        self.refresh()

    def _show(self, rows: FigureRows) -> None:
        self.rows = rows
        self.value.setText(self._t.number(rows.value))
        self.definition.setText(definition_of(rows, self._t))
        self._show_beside(rows)
        self._show_chips(chips_of(rows, self._t))
        self.sentence.setText(rows_sentence(rows, self._t))
        self.support.setText(support_words(rows, self._t))
        self.support.setVisible(bool(self.support.text()))
        completions = rows.ref.measure is Measure.COMPLETIONS and rows.listing == "enrolments"
        self._show_grid("completions" if completions else rows.listing, Request(keys=rows.keys))

    def _show_beside(self, rows: FigureRows | None) -> None:
        """The figures that are told together with this one; each opens with its own definition."""
        while (item := self.beside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for each in rows.beside if rows is not None else ():
            name = self._t(MEASURES[each.measure])
            line = DeedLine(Deed(f"{name}: {self._t.number(each.value)}", partial(self._open_beside, each.ref, name)))
            line.setAccessibleName(line.text())
            line.setAccessibleDescription(self._t(DEFINITIONS[each.measure]))
            line.setToolTip(self._t(DEFINITIONS[each.measure]))
            self.beside.addWidget(line)

    def _open_beside(self, ref: FigureRef, title: str) -> None:
        self.open_figure(ref, title)
        self.take_focus()

    def _offer_mending(self, request: Request) -> None:
        """A button to the page on which such a fault is set right, for those who may open it."""
        pages = [_MENDED_ON[name] for name, _ in request.filters if name in _MENDED_ON]
        self._mended_on = next((page for page in pages if may_open(PAGES[page], self._around)), "")
        if self._mended_on:
            self.mend.setText(self._t(PAGES[self._mended_on].title))
        self.mend.setVisible(bool(self._mended_on))

    def _show_chips(self, texts: Sequence[str]) -> None:
        self._flow.drop_all()
        for text in texts:
            chip = QLabel(text)
            chip.setProperty("chip", True)
            chip.setWordWrap(True)
            # on one line where it fits: wrapped labels would rather be square
            chip.setMinimumWidth(min(chip.fontMetrics().horizontalAdvance(text) + _CHIP_SIDES, _CHIP_WIDEST))
            self._flow.addWidget(chip)
        self.chips.setVisible(bool(texts))

    def _show_grid(self, name: str, request: Request) -> None:
        grid = self._grid_of(name)
        grid.ask(request, keep=True)
        for each, other in self._grids.items():
            other.setVisible(each == name)
        if self.hasFocus():
            grid.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_rows_shown(self, listing: str, count: int) -> None:
        if self._list is not None and self._list[0] == listing:
            self.value.setText(self._t.number(count))
            rows = self._t.plural(*self._grids[listing].spec.plural, count)
            self.sentence.setText(self._t("{rows}: exactly the number.", rows=rows))

    def _say_waiting(self, words: str) -> None:
        if words:
            self.sentence.setText(words)

    def _tell(self, failure: Failure) -> None:
        self.sentence.setText(notice_of(failure, self._t).text)
        self.noticed.emit(reading_notice(failure, self._t))

    def _grid_of(self, name: str) -> Grid:
        if name not in self._grids:
            # a grid and all lists as grids: the first page opens without them
            from eic_tracker.gui.grids.behind import GRIDS_BEHIND
            from eic_tracker.gui.widgets.grid import Grid

            grid = Grid(GRIDS_BEHIND[name], self._around, self)
            grid.opened.connect(lambda key: self._open(name, key))
            grid.rows_shown.connect(lambda count: self._on_rows_shown(name, count))
            self._grids[name] = grid
            self._grid_place.addWidget(grid, 1)
        return self._grids[name]

    def _open(self, name: str, key: int) -> None:
        grid = self._grids[name]
        cells = grid.model.cells(grid.model.place_of(key))
        target = getattr(cells.row, "offering_id", key) if cells is not None else key
        page = _PAGES[grid.spec.listing]
        # a course that waits to be closed opens where that is done
        waits = self._list is not None and any(name == "ended_open_before" for name, _ in self._list[1].filters)
        state = {"tab": "closing"} if waits and page == "offering" else {}
        self.go_requested.emit(Place(page, target if page == "offering" else key, state))
