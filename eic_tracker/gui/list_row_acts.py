"""What keys do with one row of a list under review: type a value, leave it out, say who is meant, refuse its repair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from eic_tracker.exchange.by_hand import ByHand, is_left_out
from eic_tracker.gui.list_row_detail import ListRowDetail
from eic_tracker.gui.list_typing import (
    COLUMN_OF,
    FIELDS,
    field_of_column,
    field_of_problem,
    fields_of,
    has_error_to_mend,
    offered,
)
from eic_tracker.gui.list_words import needs_a_look, repairs_of, stays_out
from eic_tracker.services.list_review import MOST_CANDIDATES, ReviewedRow

if TYPE_CHECKING:
    from eic_tracker.gui.list_review_part import ListReviewPart

NEW_KEY, REPAIRS_KEY = "N", "R"


class ListRowActs:
    """Each act reads the list again, so that what was said is checked at once."""

    def __init__(self, part: ListReviewPart) -> None:
        self._part = part
        self._field = ""
        self._followed: int | None = None
        """the row that F8 went to last"""
        table, detail = part.table, part.detail
        table.acts = {
            "F2": self.type,
            "Enter": self.enter,
            "Del": self.leave_out,
            REPAIRS_KEY: self.turn_repairs,
            NEW_KEY: lambda: self.decide(0),
            **{str(number): self._choice(number) for number in range(1, MOST_CANDIDATES + 1)},
        }
        table.typed.connect(self._take)
        table.current_changed.connect(lambda _key: self.show_detail())
        detail.decided.connect(self._on_decided)
        detail.typing_wanted.connect(self.type)
        detail.leaving_out_wanted.connect(self.leave_out)
        detail.repairs_turned.connect(self.turn_repairs)

    @property
    def row(self) -> ReviewedRow | None:
        """The row where the keyboard stands."""
        key = self._part.table.current_key()
        return self._part.table.rows.get(key) if key is not None else None

    def show_detail(self) -> None:
        """What is said of the row, and what can be done with it."""
        row, by_hand = self.row, self._by_hand()
        is_out = row is not None and is_left_out(row.row)
        is_contrary = row is not None and row.row.key in by_hand.contrary
        self._part.detail.show_row(row, is_out=is_out, is_contrary=is_contrary)

    def next_problem(self) -> bool:
        """F8: the next row that stays out, round and round; once none does, the next of which something is said."""
        table = self._part.table
        keys = list(table.rows)
        current = table.current_key()
        start = keys.index(current) + 1 if current in keys else 0
        keys = [*keys[start:], *keys[:start]]
        for stops in (stays_out, needs_a_look):
            key = next((key for key in keys if stops(table.rows[key])), None)
            if key is not None:
                table.select_key(key)
                table.setFocus(Qt.FocusReason.OtherFocusReason)
                self._followed = key
                self.follow()
                return True
        return False

    def follow(self) -> None:
        """On a small screen who may be meant stands below what is in sight, and grows until all of it is laid out."""
        if self._followed is not None and self._followed == self._part.table.current_key():
            self._part.within.ensureWidgetVisible(self._part.detail, 0, 0)

    def enter(self) -> bool:
        """Enter: type the value that is wrong, else the next problem."""
        row = self.row
        if row is not None and not is_left_out(row.row) and has_error_to_mend(row):
            return self.type()
        return self.next_problem()

    def type(self) -> bool:
        """F2: a field over the cell where the keyboard stands, else over the value that is wrong."""
        row, part = self.row, self._part
        if row is None or part.request is None:
            return False
        name = field_of_column(part.table.current_column()) or field_of_problem(row) or "name"
        if part.table.currentIndex().column() == 0 or has_error_to_mend(row):
            name = field_of_problem(row) or name
        self._field, self._followed = name, None
        t = part.around.t
        part.table.type_into(COLUMN_OF.get(name, name), t(FIELDS[name]), offered(row, name, t))
        # what is said below the rows may still grow: the rows are scrolled to when it stands
        QTimer.singleShot(0, part, lambda: part.within.ensureWidgetVisible(part.table, 0, 0))
        return True

    def leave_out(self) -> bool:
        """Del: the row stays out, or comes in again."""
        row = self.row
        if row is None:
            return False
        by_hand = self._by_hand()
        return self._set(replace(by_hand, left_out=by_hand.left_out ^ {row.row.key}))

    def turn_repairs(self) -> bool:
        """R: the repairs of this row are refused, or accepted again."""
        row, by_hand = self.row, self._by_hand()
        if row is None or not (repairs_of(row) or row.row.key in by_hand.contrary or self._are_refused(row)):
            return False
        return self._set(replace(by_hand, contrary=by_hand.contrary ^ {row.row.key}))

    def decide(self, number: int) -> bool:
        """1 to 5: the row is that person of the file; N (0): it is somebody new."""
        row = self.row
        if row is None or not ListRowDetail.can_be_decided(row) or number > len(row.candidates):
            return False
        self._on_decided(number > 0, row.candidates[number - 1].person.id if number else None)
        return True

    def _choice(self, number: int) -> Callable[[], bool]:
        return lambda: self.decide(number)

    def _are_refused(self, row: ReviewedRow) -> bool:
        request = self._part.request
        return request is not None and not request.repairs and any(each.proposal for each in row.problems)

    def _on_decided(self, same: bool, person: object) -> None:
        part, key = self._part, self._part.table.current_key()
        if key is None or part.request is None:
            return
        chosen = person if same and isinstance(person, int) else None
        part.look_at(replace(part.request, decisions={**part.request.decisions, key - 1: chosen}))

    def _take(self, text: str) -> None:
        """What was typed replaces the value; where it is as it was, nothing happens."""
        row, part = self.row, self._part
        if row is None or text == offered(row, self._field, part.around.t):
            return
        fields = fields_of(self._field, text)
        if fields is None:
            part.done.emit(part.around.t("Write the surnames, a comma, and the given names."), False)
            part.table.type_into("name", part.around.t(FIELDS["name"]), text)
            return
        by_hand, key = self._by_hand(), row.row.key
        typed = {**by_hand.typed.get(key, {}), **fields}
        self._set(replace(by_hand, typed={**by_hand.typed, key: {name: said for name, said in typed.items() if said}}))

    def _by_hand(self) -> ByHand:
        request = self._part.request
        return request.by_hand if request is not None else ByHand()

    def _set(self, by_hand: ByHand) -> bool:
        part = self._part
        if part.request is None:
            return False
        part.look_at(replace(part.request, by_hand=by_hand))
        return True
