"""Likely duplicates: pairs of records that may be one person, looked for beside the window, decided one by one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.grids.cells import name_of
from eic_tracker.gui.grids.person_records import PAIRS
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.list_words import person_words
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.sign_words import sign_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.services.duplicates import MOST, Duplicates, find_duplicates, open_pairs
from eic_tracker.services.merging import tell_apart


class DuplicatesPage(Page):
    """The search runs in a process of its own and is done once; what was decided since is left out."""

    name = "duplicates"
    shows = frozenset({"participant", "different_people"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.found: Duplicates | None = None
        self._job: Job | None = None
        self._wanted: int | None = None
        self.set_title(t("Likely duplicates"))
        self.progress = ProgressRow(t("Stop"))
        self.progress.cancel_requested.connect(self.stop)
        self.said = sentence("")
        self.table = SmallTable(t("Pairs of records"), PAIRS, around)
        self.table.opened.connect(self._open)
        self.detail = sentence("")
        self.table.current_changed.connect(self._say_pair)
        self.view = StateView(around.colours)
        self.open_button = deed_button(Deed(t("Side by side"), self._open_current), look="primary")
        self.open_button.setToolTip("Enter" if t.language == "en" else "Intro")
        self.apart_button = deed_button(Deed(t("They are two people"), self.apart))
        self.apart_button.setToolTip("Ctrl+J")
        self.again_button = deed_button(Deed(t("Look again"), self.search))
        self._foot = QWidget()
        line = FlowLayout(self._foot, theme.GAP)
        for button in (self.open_button, self.apart_button, self.again_button):
            line.addWidget(button)
        column = self.layout_of_page
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot)
        page_shortcut("Ctrl+J", self).activated.connect(self.apart)
        self._show_rows({})

    def show_place(self, place: Place) -> None:
        """What was found, without what was decided since; the first time it is looked for."""
        current = place.state.get("current")
        self._wanted = current if isinstance(current, int) else self.table.current_key()
        if self.found is None:
            self.search()
        else:
            self.refresh()

    def state(self) -> dict[str, Any]:
        """The pair in sight."""
        return {"current": self.table.current_key()}

    def refresh(self) -> None:
        """Leave out the pairs that were merged or told apart; one that was undone is back."""
        if self.found is not None:
            pairs = [(pair.first.id, pair.second.id) for pair in self.found.pairs]
            self.read(open_pairs, pairs, done=self._on_open)

    def first_focus(self) -> QWidget:
        """The pairs."""
        return self.table if self.table.rows else self.again_button

    def search(self) -> None:
        """Look through all people, in a process of its own."""
        if self._job is not None:
            return
        t = self.t
        self.found = None
        self._show_rows({})
        self.view.hide()
        self.again_button.setEnabled(False)
        self.progress.start(t("All people are compared; you can go on working meanwhile."), t("Stopping…"))
        self._job = self.around.jobs.paper(
            find_duplicates, self.around.acting, MOST, owner=self, done=self._on_found, failed=self._on_failed
        )
        self._job.says = t("Likely duplicates")
        self._job.progressed.connect(self._on_progress)
        self._job.ended.connect(self._on_ended)

    def stop(self) -> None:
        """Cancel: nothing of the search remains."""
        if self._job is not None:
            self._job.cancel()

    def apart(self) -> None:
        """Ctrl+J: the pair in sight are two people; remembered."""
        pair = self.table.rows.get(self.table.current_key() or 0)
        if pair is not None:
            t, name = self.t, name_of(pair.first, self.t)
            self.write(
                tell_apart,
                pair.first.id,
                pair.second.id,
                said=lambda _entry: t("{name}: it is remembered that they are two people.", name=name),
            )

    def _on_progress(self, done: int, total: int) -> None:
        t = self.t
        self.progress.report(done, total, t("{done} of {total}", done=t.number(done), total=t.number(total)))

    def _on_found(self, found: Duplicates) -> None:
        self.found = found
        self._show_rows(dict(enumerate(found.pairs, 1)))

    def _on_failed(self, failure: Failure) -> None:
        self.view.show_failed(notice_of(failure, self.t).text, self.t("Try again"), self.search)
        self.view.show()

    def _on_ended(self) -> None:
        stopped = self.found is None and self._job is not None and self._job.cancelled
        self._job = None
        self.progress.finish()
        self.again_button.setEnabled(True)
        if stopped:
            self.view.show_empty(self.t("The search was stopped."), self.t("Look again"), self.search)
            self.view.show()

    def _on_open(self, still: frozenset[tuple[int, int]]) -> None:
        if self.found is not None:
            pairs = enumerate(self.found.pairs, 1)
            self._show_rows({key: pair for key, pair in pairs if (pair.first.id, pair.second.id) in still})

    def _show_rows(self, rows: dict[int, Any]) -> None:
        t = self.t
        had_focus = self.table.hasFocus() or self._foot.isAncestorOf(self.focusWidget())
        wanted = self._wanted or self.table.current_key() or 0
        self.table.show_rows(rows)
        for widget in (self.table, self.said, self.detail, self.open_button, self.apart_button):
            widget.setVisible(bool(rows))
        if rows:
            following = [key for key in rows if key >= wanted]
            self.table.select_key(following[0] if following else max(rows))
            words = t.plural("{count} pair may be one person.", "{count} pairs may be one person.", len(rows))
            if self.found is not None and self.found.total > len(self.found.pairs):
                words += " " + t("These are the likeliest of {count}.", count=t.number(self.found.total))
            self.said.setText(words)
            self.view.hide()
        elif self.found is not None:
            self.view.show_empty(t("Nobody seems to stand in the file twice."))
            self.view.show()
        if self.isVisible() and (had_focus or self.focusWidget() is None):
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = None

    def _say_pair(self, key: object) -> None:
        """The pair in sight in full: its cells are narrow."""
        pair = self.table.rows.get(key) if isinstance(key, int) else None
        if pair is not None:
            t = self.t
            people = f"{person_words(pair.first, t)}\n{person_words(pair.second, t)}"
            self.detail.setText(f"{people}\n{sign_words(pair.likeness.signs, t)}")

    def _open_current(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self._open(key)

    def _open(self, key: int) -> None:
        pair = self.table.rows[key]
        self.go_requested.emit(Place("same_person", pair.first.id, {"other": pair.second.id, "back": "duplicates"}))
