"""The first page of each role: what is due, what is wrong, how we are doing; every number opens its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QLabel, QScrollArea, QWidget

from eic_tracker.domain.codes import Role
from eic_tracker.domain.periods import title as period_title
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import ROLES
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import reading_notice
from eic_tracker.gui.page_list import PAGES, may_open
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.bars import Bar
from eic_tracker.gui.widgets.bars_or_table import BarsOrTable
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, DeedLine
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.target_bar import TargetBar
from eic_tracker.i18n import N_
from eic_tracker.reports.report_words import MEASURES, agreement_words, days_words, published_value
from eic_tracker.reports.target_words import done_words, pace_words, target_words
from eic_tracker.services.home import MOST_WRONG, Home, Item, Tile, data_quality, home
from eic_tracker.services.target_pace import TargetNow

_SHORT = (N_("Q1 {year}"), N_("Q2 {year}"), N_("Q3 {year}"), N_("Q4 {year}"))
_NOTHING_DUE = N_("Nothing is due today.")
_COUNTING = N_("Counting…")
_NOTHING_WRONG = N_("No fault was found in the data.")
_MOST_TARGETS = 3
"""So many fit on one screen; the page of targets shows all."""
_MANAGED_SHARES = (4, 5, 4)
"""What is wrong takes the most words; so that the page fits under a title bar and above a task bar."""
_MANAGED_TILES = (4, 4, 3)


class HomePage(Page):
    """Three answers without scrolling at 1366 × 768."""

    name = "home"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("Good day, {name}", name=around.acting.full_name))
        self._home: Home | None = None
        self._wrong_known = False
        self._all_checks = False
        self._due = Card(t("To do"))
        self._wrong = Card(t("Data quality"))
        manages = around.acting.role is Role.MANAGER
        self.targets = Card(t("Targets of {year}", year=around.today.year)) if manages else None
        for card in (self._due, self._wrong):
            card.body.setSpacing(0)
        self._chart = Card(t("Completions by quarter"))
        self.chart = BarsOrTable(t("Completions by quarter"), N_("Quarter"), N_("Completions"), around)
        self._chart.add(self.chart)
        self._tiles = QWidget()
        self._tile_grid = QGridLayout(self._tiles)
        self._tile_grid.setContentsMargins(0, 0, 0, 0)
        self._tile_grid.setSpacing(theme.GAP)
        inside = ScrolledColumn()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, theme.SPACE, 0)
        self._grid.setSpacing(theme.GAP)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.area = scroll
        self.layout_of_page.addWidget(scroll, 1)
        self._wide: bool | None = None
        self._arrange()
        self.chart.activated.connect(self._open_bar)
        self._when = QLabel()
        self._when.setProperty("muted", True)
        self.layout_of_page.addWidget(self._when)

    def show_place(self, place: Place) -> None:
        """Read everything anew; the scroll stands where it was."""
        self._all_checks = bool(place.state.get("all_checks", False))
        self._wanted_scroll = int(place.state.get("scroll", 0))
        self.refresh()

    def state(self) -> Mapping[str, Any]:
        """Whether all checks are open, and the scroll."""
        return {"all_checks": self._all_checks, "scroll": self.area.verticalScrollBar().value()}

    def refresh(self) -> None:
        """Count again."""
        self.read(home, self.around.today, done=self._show, failed=self._say_failed, count=True)

    def first_focus(self) -> QWidget | None:
        """The first thing that is due, else the first tile."""
        for place in (self._due, self._tiles):
            for child in place.findChildren(QWidget):
                if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(self):
                    return child
        return None

    def _show(self, found: Home) -> None:
        held = self._what_has_keyboard()
        if held is not None:
            # else Qt gives it to whatever comes next when the control that has it goes
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._home = found
        self._fill(self._due, found.due, _NOTHING_DUE, self._today_deeds(), first=self._report_deeds(found))
        if self.targets is not None:
            self._fill_targets(self.targets, found.targets)
        if not self._wrong_known:
            self._fill(self._wrong, (), _COUNTING)
        self._read_checks()
        self._fill_tiles(found.tiles)
        self._show_quarters(found)
        self._chart.setVisible(bool(found.quarters))
        role = self.t(ROLES[found.role])
        self._when.setText(self.t("{role} · counted as of {date}", role=role, date=self.t.date(found.as_of)))
        self.area.verticalScrollBar().setValue(self._wanted_scroll)
        # what was made just now comes into sight with the next turn of the loop
        QTimer.singleShot(0, self, partial(self._give_keyboard, held))

    def _show_quarters(self, found: Home) -> None:
        names = [period_title(point.period, self.t) for point in found.quarters]
        self.chart.show_bars(
            [
                Bar(
                    self.t(_SHORT[point.period.number - 1], year=f"{point.period.year % 100:02d}"),
                    point.value,
                    self.t.number(point.value),
                    running=point.period.last_day > found.as_of,
                    said=f"{name}: {self.t.number(point.value)}",
                )
                for point, name in zip(found.quarters, names, strict=True)
            ],
            names,
        )

    def _what_has_keyboard(self) -> str | None:
        """What the control with the keyboard is called; empty where nothing of the window has it, None elsewhere."""
        focused = QApplication.focusWidget()
        if focused is None or focused is self:
            return ""
        made_anew = self.area.isAncestorOf(focused) and not self.chart.isAncestorOf(focused)
        return focused.accessibleName().partition(":")[0] if made_anew else None

    def _give_keyboard(self, held: str | None) -> None:
        """All controls are made anew: the same one has the keyboard again."""
        if held is None or not self.isVisible():
            return
        for child in self.area.findChildren(QAbstractButton):
            if held and child.accessibleName().partition(":")[0] == held and not child.isHidden():
                child.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_failed(self, failure: Failure) -> None:
        self.noticed.emit(reading_notice(failure, self.t))

    def _show_all(self) -> None:
        self._all_checks = True
        self._read_checks()

    def _read_checks(self) -> None:
        """What is wrong, after all else stands: its checks look through every roster."""
        self.read(data_quality, self.around.today, done=self._show_checks, what="checks", count=True)

    def _show_checks(self, items: tuple[Item, ...]) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self._wrong.isAncestorOf(focused)
        held = self._what_has_keyboard() if inside else None
        self._wrong_known = True
        found = [item for item in items if item.count]
        left = 0 if self._all_checks else max(len(found) - MOST_WRONG, 0)
        more = Deed(self.t.plural("{count} more check", "{count} more checks", left), self._show_all)
        self._fill(self._wrong, found[: len(found) - left], _NOTHING_WRONG, [more] if left else [])
        QTimer.singleShot(0, self, partial(self._give_keyboard, held))

    def _report_deeds(self, found: Home) -> list[Deed]:
        """The report of the quarter that ended, ready to be looked at and printed."""
        if found.report is None:
            return []
        place = Place("reports", state={"period": found.report.code})
        words = self.t("Report of {period}", period=period_title(found.report, self.t))
        return [Deed(words, partial(self.go_requested.emit, place))]

    def _today_deeds(self) -> list[Deed]:
        """The way to the day at the school, for who sees the whole of it."""
        if not may_open(PAGES["today"], self.around):
            return []
        return [Deed(self.t("Today at the school"), partial(self.go_requested.emit, Place("today")))]

    def _fill_targets(self, card: Card, targets: Sequence[TargetNow]) -> None:
        """How far the year's targets are, and the pace they need."""
        t = self.t
        card.clear()
        for each in targets[:_MOST_TARGETS]:
            target, pace = each.target, each.pace
            title = target_words(target.programme, target.measure, target.period, t)
            words = f"{done_words(pace, t)}. {pace_words(pace, t)}"
            bar = TargetBar(title, words, pace.counted / pace.value, pace.planned / pace.value, self.around.colours)
            bar.activated.connect(partial(self.figure_requested.emit, each.ref, title))
            card.add(bar)
        if not targets:
            label = QLabel(t("No target is approved for this year."))
            label.setWordWrap(True)
            card.add(label)
        card.add(DeedLine(Deed(t("All targets"), partial(self.go_requested.emit, Place("targets")))))

    def _fill(
        self,
        card: Card,
        items: Sequence[Item],
        nothing: str,
        more: Sequence[Deed] = (),
        first: Sequence[Deed] = (),
    ) -> None:
        card.clear()
        for deed in first:
            card.add(DeedLine(deed))
        for item in items:
            # the number behind the words: "1 course" and "3 courses" would need words of their own
            words = f"{self.t(item.label)}: {self.t.number(item.count)}"
            button = DeedLine(Deed(words, partial(self._open, item)))
            button.setToolTip(words)
            card.add(button)
        if not items and not first:
            label = QLabel(self.t(nothing))
            label.setProperty("tone", Tone.OK.value)
            label.setWordWrap(True)
            card.add(label)
        for deed in more:
            card.add(DeedLine(deed))

    def _fill_tiles(self, tiles: Sequence[Tile]) -> None:
        while (item := self._tile_grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, tile in enumerate(tiles):
            made = FigureTile(self.t(tile.label), self.t.number(tile.value), self._notes(tile))
            made.activated.connect(partial(self._open_tile, tile))
            self._tile_grid.addWidget(made, 0, number)
        self._place_tiles()

    def _place_tiles(self) -> None:
        """Put the tiles into as many columns as there is room for; none is made anew, so the keyboard stays."""
        columns = 4 if self._wide and self.targets is None else 3
        items = [self._tile_grid.takeAt(0) for _ in range(self._tile_grid.count())]
        for number, item in enumerate(items):
            if item is not None:
                self._tile_grid.addItem(item, number // columns, number % columns)
        shares = (1,) * columns if self.targets is None else _MANAGED_TILES
        for column in range(self._tile_grid.columnCount()):
            self._tile_grid.setColumnStretch(column, shares[column] if column < columns else 0)

    def _notes(self, tile: Tile) -> list[str]:
        together = [f"{self.t(MEASURES[each.measure])}: {self.t.number(each.value)}" for each in tile.beside]
        return [*together, *self._published_notes(tile)]

    def _published_notes(self, tile: Tile) -> list[str]:
        if tile.published is not None and tile.state is not None:
            days = days_words(tile.published.period_from, tile.published.period_to, self.t)
            value = published_value(tile.published, self.t)
            state = agreement_words(tile.published, tile.state, tile.counted_then or 0, self.t)
            counted = self.t.number(tile.counted_then or 0)
            return [
                self.t(
                    "{days}: published {value}, counted {counted} ({state})",
                    days=days,
                    value=value,
                    counted=counted,
                    state=state,
                )
            ]
        if tile.period is None:
            return []
        said = period_title(tile.period, self.t)
        if tile.earlier_value is not None and tile.earlier_period is not None:
            value, before = self.t.number(tile.earlier_value), period_title(tile.earlier_period, self.t)
            said = self.t("{period}; {before}: {value}", period=said, before=before, value=value)
        return [said]

    def _open(self, item: Item) -> None:
        if item.listing is not None and item.request is not None:
            self.rows_requested.emit(item.listing, item.request, self.t(item.label))
        elif item.page is not None:
            self.go_requested.emit(Place(item.page, state=dict(item.values)))

    def _open_tile(self, tile: Tile) -> None:
        if tile.ref is not None:
            self.figure_requested.emit(tile.ref, self.t(tile.label))
        elif tile.listing is not None and tile.request is not None:
            self.rows_requested.emit(tile.listing, tile.request, self.t(tile.label))

    def _open_bar(self, number: int) -> None:
        if self._home is not None:
            point = self._home.quarters[number]
            title = self.t("Completions: {period}", period=period_title(point.period, self.t))
            self.figure_requested.emit(point.ref, title)

    def _arrange(self) -> None:
        wide = self.width() >= theme.NARROW - theme.RAIL_WIDTH
        if wide == self._wide:
            return
        self._wide = wide
        managed = wide and self.targets is not None
        places: list[tuple[QWidget, int, int, int]] = [
            (self._due, 0, 0, 1),
            (self._wrong, 0 if wide else 3, 1 if wide else 0, 1),
            (self._chart, 1 if managed else 0 if wide else 4, 2 if wide else 0, 1),
            (self._tiles, 1, 0, 2 if managed else 3 if wide else 1),
        ]
        if self.targets is not None:
            places.append((self.targets, 0 if wide else 2, 2 if wide else 0, 1))
        for widget, row, column, columns in places:
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, row, column, 1, columns, Qt.AlignmentFlag.AlignTop)
        for column, share in enumerate(_MANAGED_SHARES if managed else (1, 1, 1)):
            self._grid.setColumnStretch(column, share if wide or column == 0 else 0)
        self._grid.setRowStretch(5, 1)
        self._place_tiles()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's own name
        """Two columns where there is room."""
        super().resizeEvent(event)
        self._arrange()
