"""What keys do with one list of a workbook: say its course, days, place and instructor, or leave it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from eic_tracker.domain.dates import parse_date
from eic_tracker.errors import UserError
from eic_tracker.gui.course_list_words import CHOSEN, FIELDS, lacking
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.queries.course_words import CourseWords
from eic_tracker.services.whole_workbook import CourseList

if TYPE_CHECKING:
    from eic_tracker.gui.whole_review_part import WholeReviewPart

_DATES = frozenset({"starts_on", "ends_on"})


class CourseListActs:
    """Each act looks at all lists again, so that what was said is checked at once."""

    def __init__(self, page: WholeReviewPart) -> None:
        self._page = page
        self._field = ""
        page.lists.acts = {"F2": self.change, "Enter": self.enter, "Del": self.leave_out}
        page.lists.typed.connect(self._take)

    @property
    def one(self) -> CourseList | None:
        """The list where the keyboard stands."""
        key = self._page.lists.current_key()
        return self._page.lists.rows.get(key) if key is not None else None

    def next_problem(self) -> bool:
        """F8: the next list that stays out and nobody left out, else the next of which rows stay out; round."""
        table = self._page.lists
        keys = list(table.rows)
        current = table.current_key()
        start = keys.index(current) + 1 if current in keys else 0
        keys = [*keys[start:], *keys[:start]]
        for stops in (_lacks, _has_rows_out):
            key = next((key for key in keys if stops(table.rows[key])), None)
            if key is not None:
                table.select_key(key)
                table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def enter(self) -> bool:
        """Enter: say what the list lacks, else go to the next that lacks something."""
        one = self.one
        if one is not None and _lacks(one):
            return self._begin(lacking(one))
        return self.next_problem()

    def change(self) -> bool:
        """F2: the cell where the keyboard stands; where that cannot be changed, what the list lacks."""
        one = self.one
        if one is None:
            return False
        column = self._page.lists.current_column()
        return self._begin(column if column in FIELDS else lacking(one))

    def leave_out(self) -> bool:
        """Del: the list stays out, or comes in again."""
        one = self.one
        if one is None:
            return False
        said = dict(self._said(one))
        if said.pop("leave", "") != "yes":
            said["leave"] = "yes"
        return self._say(one, said)

    def as_above(self) -> None:
        """Ctrl+D: the value of the line above, in the column where the keyboard stands."""
        table, one = self._page.lists, self.one
        keys, column = list(table.rows), table.current_column()
        if one is None or column not in FIELDS or (place := keys.index(table.current_key() or 0)) == 0:
            return
        above: CourseList = table.rows[keys[place - 1]]
        if value := self._value(above, column):
            self._say(one, {**self._said(one), column: value})

    def _begin(self, field: str) -> bool:
        page, one = self._page, self.one
        if one is None or page.words is None:
            return False
        self._field = field
        if field in CHOSEN:
            self._ask(field, page.words)
        else:
            page.lists.type_into(field, page.t(FIELDS[field]), self._shown(one, field))
            QTimer.singleShot(0, page, lambda: page.within.ensureWidgetVisible(page.lists, 0, 0))
        return True

    def _ask(self, field: str, words: CourseWords) -> None:
        page, table = self._page, self._page.lists
        popup = ChoicePopup(field, page.t(FIELDS[field]), page.t, page.window())
        popup.chosen.connect(lambda code, _words: self._choose(field, code))
        index = table.model().index(table.currentIndex().row(), table.place_of_column(field))
        popup.move(table.viewport().mapToGlobal(table.visualRect(index).bottomLeft()))
        popup.offer(_choices(field, words))

    def _choose(self, field: str, code: str) -> None:
        one = self.one
        if one is not None:
            self._say(one, {**self._said(one), field: code})

    def _take(self, text: str) -> None:
        """What was typed replaces the proposal; an empty text brings the proposal back."""
        one, page, field = self.one, self._page, self._field
        if one is None or text == self._shown(one, field):
            return
        text = " ".join(text.split())
        said = {name: value for name, value in self._said(one).items() if name != field}
        if text:
            try:
                day = parse_date(text, page.around.today) if field in _DATES else None
            except UserError as error:
                page.done.emit(error.text(page.t), False)
                page.lists.type_into(field, page.t(FIELDS[field]), text)
                return
            said[field] = day.isoformat() if day is not None else text
        self._say(one, said)

    def _said(self, one: CourseList) -> Mapping[str, str]:
        request = self._page.request
        return request.said.get(one.name, {}) if request is not None else {}

    def _say(self, one: CourseList, said: Mapping[str, str]) -> bool:
        page = self._page
        if page.request is None:
            return False
        page.look_at(replace(page.request, said={**page.request.said, one.name: said}))
        return True

    def _shown(self, one: CourseList, field: str) -> str:
        value = getattr(one.course, {"number": "code"}.get(field, field))
        return self._page.t.date(value) if field in _DATES and value is not None else str(value or "")

    def _value(self, one: CourseList, field: str) -> str:
        """What was said or proposed of a list, as it can be said of another."""
        course, words = one.course, self._page.words
        if words is None:
            return ""
        if field == "course":
            return words.courses[course.course_id][0] if course.course_id is not None else ""
        if field in CHOSEN:
            codes, key = (
                (words.place_codes, course.municipality_id)
                if field == "municipality"
                else (words.lead_codes, course.lead_id)
            )
            return next((code for code, each in codes.items() if each == key), "")
        value = getattr(course, {"number": "code"}.get(field, field))
        return value.isoformat() if field in _DATES and value is not None else str(value or "")


def _lacks(one: CourseList) -> bool:
    return one.course.reason is not None and not one.is_left_out


def _has_rows_out(one: CourseList) -> bool:
    return one.is_taken and one.review is not None and one.review.left_out > 0


def _choices(field: str, words: CourseWords) -> list[tuple[str, str]]:
    if field == "course":
        return sorted(((code, f"{title} — {code}") for code, title in words.courses.values()), key=lambda each: each[1])
    if field == "municipality":
        return [(code, f"{words.places[key]}, {words.departments[key]}") for code, key in words.place_codes.items()]
    return [(code, f"{words.leads[key]} — {code}") for code, key in words.lead_codes.items()]
