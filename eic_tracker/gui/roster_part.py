"""The roster of a course given; while it is open, who enrols types into its last row and sets it right by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QStandardPaths, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.domain.enrolling import AuthorisationNeeded
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import ENROLMENT_STATUSES
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.list_review_part import ListReviewPart
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pasted_list import holds_list, pasted_list
from eic_tracker.gui.post_editor import FIELD_OF_COLUMN, PostEditor, fill_down
from eic_tracker.gui.record_parts import GridPart
from eic_tracker.gui.roster_entry import RosterEntry
from eic_tracker.gui.scan_side import SCAN_ENDINGS, SCAN_KEYS, ScanSide
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.waiting_rows import WaitingRows
from eic_tracker.gui.widgets.ask_fields import ask_authorisation, authorisation_of
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.queries.listing import Request
from eic_tracker.queries.rosters import EnrolmentRow
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.letter_scans import ShownScan
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.roster_changes import RosterReason, give_seat, reasons_to_take_off, take_off

OFF_KEYS, REPLACE_KEYS, SEAT_KEYS, POST_KEYS, FILL_KEYS = "Del", "Ctrl+R", "Ctrl+M", "F2", "Ctrl+D"
IMPORT_KEYS = "Ctrl+I"
"""A command of the window, which the button shows."""
_LOW = 440
"""Pixels below which a roster beside a scan, or with a row being changed, has no room for links."""
LISTS = ("*.xlsx", "*.xls", "*.xlsb", "*.ods", "*.csv", "*.tsv", "*.txt", "*.docx")


class RosterPart(GridPart):
    """The grid, what is done with its rows, and the blank row below."""

    done = Signal(str, bool)
    noticed = Signal(object)

    def __init__(
        self,
        grid: Grid,
        request_of: Callable[[Any], Request],
        around: Surroundings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(grid, request_of, parent)
        self.around = around
        self._t = t = around.t
        self._new: int | None = None
        self._offering: int | None = None
        self.entry = RosterEntry(around)
        self.tools = QWidget()
        self._of_rows: dict[QPushButton, str] = {}
        flow = FlowLayout(self.tools, theme.GAP)
        for text, keys, act in (
            (t("Take off…"), OFF_KEYS, self.take_off),
            (t("Replace…"), REPLACE_KEYS, self.replace),
            (t("Give a seat"), SEAT_KEYS, self.give_seat),
            (t("Change the post…"), POST_KEYS, self.change_post),
            (t("Fill down…"), FILL_KEYS, self.fill_down),
            (t("Import a list…"), IMPORT_KEYS, self.import_list),
            (t("Type in a scan…"), SCAN_KEYS, self.choose_scan),
        ):
            flow.addWidget(button := deed_button(Deed(text, act), look="link"))
            button.setToolTip(keys)
            if keys == IMPORT_KEYS:
                self.importing = button
            if keys not in (IMPORT_KEYS, SCAN_KEYS):
                self._of_rows[button] = keys
            if keys not in (IMPORT_KEYS, POST_KEYS, SCAN_KEYS):
                page_shortcut(keys, grid.table).activated.connect(act)
        self.waiting = WaitingRows(around)
        self.waiting.opened.connect(self._open_waiting)
        flow.addWidget(self.waiting)
        self.editor = PostEditor(grid, around)
        self.scan = ScanSide(around, self)
        self.review = ListReviewPart(around)
        self.stack = QStackedWidget()
        self.sides = QSplitter()
        self._build()
        self._show_writing(False)
        page_shortcut(SCAN_KEYS, self).activated.connect(self.choose_scan)
        page_shortcut("Ctrl+V", self).activated.connect(self.paste)
        self.review.done.connect(self.done)
        self.review.noticed.connect(self.noticed)
        self.review.closed.connect(self._show_roster)
        self.entry.noticed.connect(self.noticed)
        self.waiting.noticed.connect(self.noticed)
        self.scan.noticed.connect(self.noticed)
        self.scan.opened.connect(self._on_scan)
        self.scan.closed.connect(self._on_no_scan)
        self.editor.noticed.connect(self.noticed)
        self.editor.opened_or_left.connect(self._show_tools)
        self.editor.stored.connect(lambda said: self.done.emit(said, True))
        grid.table.installEventFilter(self)
        self.entry.stored.connect(self._on_stored)
        grid.rows_shown.connect(lambda _count: self._show_new())

    @property
    def is_reviewing(self) -> bool:
        """Whether a list stands in the roster's place."""
        return self.stack.currentWidget() is self.review

    def first_focus(self) -> QWidget:
        """Where people are typed, while that may be done."""
        if self.is_reviewing:
            return self.review.first_focus()
        return self.entry.row.number if self.entry.isVisibleTo(self) else self.grid.first_focus()

    def go_up(self) -> bool:
        """Esc: a list under review is put away; else what is open in the row, then in the grid."""
        if self.is_reviewing:
            self.review.leave()
            return True
        if self.editor.is_open:
            self.editor.leave()
            return True
        if self.entry.isVisibleTo(self) and self.entry.row.has_keyboard() and self.entry.go_up():
            return True
        return super().go_up()

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """The rows of the course; the blank row while it is open."""
        super().show_detail(detail, state)
        is_open = detail.row.status is OfferingStatus.OPEN
        self._show_writing(is_open)
        for button, keys in self._of_rows.items():
            rest(button, "" if detail.statuses else self._t("Nobody is on this roster yet."), keys)
        if self.is_reviewing and not (is_open and detail.row.id == self._offering):
            self.review.leave()
        self._offering = detail.row.id if is_open else None
        self.waiting.show_offering(self._offering)
        if is_open:
            self.entry.begin(detail.row.id)
        else:
            self.entry.leave()
        self.scan.begin(self._offering, state.get("scan", {}))

    def state(self) -> Mapping[str, Any]:
        """How the grid stands, and the scan beside it."""
        return {**super().state(), "scan": self.scan.state()}

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Locked, closed or another page: what is half typed is on the disk."""
        super().hideEvent(event)
        self.entry.matches.hide()
        self.entry.half_typed.keep_now()
        self.editor.hide()

    def paste(self) -> None:
        """Ctrl+V: review the list that the clipboard holds."""
        if self._offering is None or self.is_reviewing:
            return
        if not holds_list():
            self.done.emit(self._t("There is no list in the clipboard."), False)
            return
        self._show_review()
        self.review.open_source(pasted_list(self._t("clipboard")), self._offering)

    def import_list(self) -> None:
        """Ask for a file, then review it."""
        if self._offering is None:
            self.done.emit(self._t("The course is no longer open; its roster takes no list."), False)
            return
        t = self._t
        dialog = QFileDialog(self.window(), t("Import a list…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(t("Lists ({endings})", endings=" ".join(LISTS)))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.open_list(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_scan(self) -> None:
        """Ctrl+Shift+T: a scan beside the roster, or no longer."""
        if self._offering is not None and not self.is_reviewing:
            self.scan.choose()

    def open_list(self, path: Path) -> None:
        """Review a file that was chosen or dropped; a scan is shown beside the roster, to be typed in."""
        if self._offering is not None and path.suffix.casefold() in SCAN_ENDINGS:
            self.scan.open_file(path)
        elif self._offering is not None:
            self._show_review()
            self.review.open_file(path, self._offering)

    def _open_waiting(self, list_import: int) -> None:
        """Review rows of an earlier list once more."""
        if self._offering is not None:
            self._show_review()
            self.review.open_waiting(list_import, self._offering)

    def change_post(self) -> None:
        """F2: rank, unit, post and lodging of the row where the keyboard stands, changed where it stands."""
        row = self._current_row()
        if row is None or self._offering is None:
            self._tell_nobody()
            return
        column = self.grid.spec.columns[max(self.grid.table.currentIndex().column(), 0)].name
        self.editor.begin(row, FIELD_OF_COLUMN.get(column, "rank"))

    def fill_down(self) -> None:
        """Ctrl+D: the selected rows get a value of the first of them; a single one that of the row above."""
        rows = self._rows(lambda _row: True)
        place = self.grid.table.currentIndex().row()
        if len(rows) == 1 and place > 0 and (above := self.grid.model.known(place - 1)) is not None:
            rows.insert(0, above.row)
        if len(rows) < 2 or self._offering is None:
            self._tell_nobody()
            return
        fill_down(self, self.grid, self.around, rows, self.done.emit, self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """F2 in the rows means the row, not the course; the editor keeps its place when the table changes its size."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2 and self._offering is not None:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.change_post()
                return True
        return super().eventFilter(watched, event)

    def take_off(self) -> None:
        """Ask why, then take the selected people off the roster."""
        rows = self._rows(lambda row: row.status in _ON_IT)
        if not rows:
            self._tell_nobody()
            return
        names = ", ".join(f"{row.given_names} {row.surnames}" for row in rows[:3]) + (" …" if len(rows) > 3 else "")
        popup = ChoicePopup("reason", self._t("Why does {name} leave the roster?", name=names), self._t, self)
        popup.chosen.connect(lambda code, _words: self._take_off(rows, int(code)))
        popup.move(self._place_of_row())
        popup.show()

        def offer(reasons: tuple[RosterReason, ...]) -> None:
            words = {each: self._t(ENROLMENT_STATUSES[each][0]) for each in {reason.status for reason in reasons}}
            popup.offer([(str(reason.id), f"{reason.name} · {words[reason.status]}") for reason in reasons])

        self.around.jobs.read(reasons_to_take_off, self.around.acting, owner=popup, done=offer, failed=self._tell)

    def replace(self) -> None:
        """The next person of the blank row comes in place of the one where the keyboard stands."""
        rows = self._rows(lambda row: row.status is EnrolmentStatus.ENROLLED and row.seat is Seat.SEAT)
        if len(rows) != 1:
            self._tell_nobody()
            return
        self.entry.start_replacing(rows[0].id, f"{rows[0].given_names} {rows[0].surnames}")

    def give_seat(self, authorisation: AuthorisationDraft | None = None) -> None:
        """Give the alternate or applicant where the keyboard stands a seat."""
        rows = self._rows(lambda row: row.status is EnrolmentStatus.APPLIED)
        if len(rows) != 1:
            self._tell_nobody()
            return
        row, t = rows[0], self._t
        name = f"{row.given_names} {row.surnames}"
        self.around.jobs.write(
            give_seat,
            self.around.acting,
            row.id,
            authorisation,
            owner=self,
            done=lambda _changed: self.done.emit(t("{name} has a seat.", name=name), True),
            failed=self._on_no_seat,
        )

    def _on_no_seat(self, failure: Failure) -> None:
        if not isinstance(failure.told, AuthorisationNeeded):
            self._tell(failure)
            return
        sentences = [concern.text(self._t) for concern in failure.told.concerns]
        dialog = ask_authorisation(sentences, self.around, self)
        dialog.given.connect(lambda values: self.give_seat(authorisation_of(values)))
        dialog.start({})

    def _take_off(self, rows: list[EnrolmentRow], reason: int) -> None:
        said = self._t.plural("{count} person is off the roster.", "{count} people are off the roster.", len(rows))
        self.around.jobs.write(
            take_off,
            self.around.acting,
            [row.id for row in rows],
            reason,
            owner=self,
            done=lambda _changed: self.done.emit(said, True),
            failed=self._tell,
        )
        self.grid.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current_row(self) -> EnrolmentRow | None:
        cells = self.grid.model.known(self.grid.table.currentIndex().row())
        return cells.row if cells is not None else None

    def _rows(self, fits: Callable[[EnrolmentRow], bool]) -> list[EnrolmentRow]:
        """The selected rows that fit."""
        model = self.grid.model
        cells = [model.known(model.place_of(key)) for key in self.grid.selected_keys()]
        return [each.row for each in cells if each is not None and fits(each.row)]

    def _tell_nobody(self) -> None:
        self.done.emit(self._t("This cannot be done with the people who are selected."), False)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))

    def _place_of_row(self) -> QPoint:
        table = self.grid.table
        return table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft())

    def _on_stored(self, enrolment: int) -> None:
        self._new = enrolment
        self._show_new()

    def _show_new(self) -> None:
        """The row that was stored last comes into sight."""
        if self._new is not None and self.grid.select_key(self._new):
            self._new = None

    def _build(self) -> None:
        """The roster and what is done with it, or the list under review in its place."""
        column = self.layout()
        assert column is not None
        column.removeWidget(self.grid)
        roster = QWidget()
        inside = QVBoxLayout(roster)
        inside.setContentsMargins(0, 0, 0, 0)
        for widget in (self.grid, self.tools, self.entry):
            inside.addWidget(widget)
        self.sides.setChildrenCollapsible(False)
        for side, stretch in ((self.scan, 5), (roster, 6)):
            self.sides.addWidget(side)
            self.sides.setStretchFactor(self.sides.count() - 1, stretch)
        self.stack.addWidget(self.sides)
        self.stack.addWidget(self.review)
        column.addWidget(self.stack)

    def _on_scan(self, scan: ShownScan) -> None:
        """What is typed from now on comes from it; the keyboard goes where one types."""
        self._show_tools()
        self.entry.origin.take_scan(scan)
        self.sides.setSizes([self.sides.width() * 5 // 11, self.sides.width() * 6 // 11])
        if self.isVisible():
            self.entry.row.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """What there is room for."""
        super().resizeEvent(event)
        self._show_tools()

    def _on_no_scan(self) -> None:
        self._show_tools()
        self.entry.origin.forget_scan()
        if self.isVisible():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_review(self) -> None:
        self.entry.matches.hide()
        self.entry.half_typed.keep_now()
        self.stack.setCurrentWidget(self.review)
        self.review.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_roster(self) -> None:
        self.stack.setCurrentIndex(0)
        if self.isVisible():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_writing(self, may: bool) -> None:
        self.entry.setVisible(may)
        self._show_tools()

    def _show_tools(self) -> None:
        """On a low screen the rows beside a scan, or one being changed, need the room of links, filters and count."""
        crowded = (self.scan.scan is not None or not self.editor.isHidden()) and self.height() < _LOW
        self.tools.setVisible(not self.entry.isHidden() and not crowded)
        # the window has this command too: the line that its link would begin is worth a row of people
        self.importing.setVisible(self.height() >= _LOW)
        self.grid.footer.setVisible(not crowded)
        self.grid.bar.setVisible(not crowded or self.scan.scan is None)


_ON_IT = frozenset(
    {EnrolmentStatus.APPLIED, EnrolmentStatus.ENROLLED, EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED}
)
"""Who stands so is on the roster and can be taken off it."""
