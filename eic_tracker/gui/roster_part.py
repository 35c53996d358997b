"""The roster of a course given; while it is open, who enrols types into its last row and sets it right by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.domain.enrolling import AuthorisationNeeded
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import ENROLMENT_STATUSES
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.record_parts import GridPart
from eic_tracker.gui.roster_entry import RosterEntry
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import ask_authorisation, authorisation_of
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.queries.listing import Request
from eic_tracker.queries.rosters import EnrolmentRow
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.roster_changes import RosterReason, give_seat, reasons_to_take_off, take_off

OFF_KEYS, REPLACE_KEYS, SEAT_KEYS = "Del", "Ctrl+R", "Ctrl+M"


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
        self.entry = RosterEntry(around)
        self.tools = QWidget()
        flow = FlowLayout(self.tools, theme.GAP)
        for text, keys, act in (
            (t("Take off…"), OFF_KEYS, self.take_off),
            (t("Replace…"), REPLACE_KEYS, self.replace),
            (t("Give a seat"), SEAT_KEYS, self.give_seat),
        ):
            button = deed_button(Deed(text, act), look="link")
            button.setToolTip(keys)
            flow.addWidget(button)
            page_shortcut(keys, grid.table).activated.connect(act)
        column = self.layout()
        assert column is not None
        column.addWidget(self.tools)
        column.addWidget(self.entry)
        self._show_writing(False)
        self.entry.noticed.connect(self.noticed)
        self.entry.stored.connect(self._on_stored)
        grid.rows_shown.connect(lambda _count: self._show_new())

    def first_focus(self) -> QWidget:
        """Where people are typed, while that may be done."""
        return self.entry.row.number if self.entry.isVisibleTo(self) else self.grid.first_focus()

    def go_up(self) -> bool:
        """Esc: what is open in the row, then in the grid."""
        if self.entry.isVisibleTo(self) and self.entry.row.has_keyboard() and self.entry.go_up():
            return True
        return super().go_up()

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """The rows of the course; the blank row while it is open."""
        super().show_detail(detail, state)
        is_open = detail.row.status is OfferingStatus.OPEN
        self._show_writing(is_open)
        if is_open:
            self.entry.begin(detail.row.id)
        else:
            self.entry.leave()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Locked, closed or another page: what is half typed is on the disk."""
        super().hideEvent(event)
        self.entry.matches.hide()
        self.entry.half_typed.keep_now()

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

    def _show_writing(self, may: bool) -> None:
        for widget in (self.tools, self.entry):
            widget.setVisible(may)


_ON_IT = frozenset(
    {
        EnrolmentStatus.APPLIED,
        EnrolmentStatus.ENROLLED,
        EnrolmentStatus.COMPLETED,
        EnrolmentStatus.NOT_COMPLETED,
    }
)
"""Who stands so is on the roster and can be taken off it."""
