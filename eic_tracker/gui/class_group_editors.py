"""What the fields of a class card are typed in: heads by sex, heads by grade, lessons, officers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from eic_tracker.domain.class_group_draft import COUNTS, SEXES, GradeCounts, LessonGiven, OfficerGiven
from eic_tracker.domain.dates import parse_date
from eic_tracker.domain.facts import Heads
from eic_tracker.errors import UserError
from eic_tracker.gui import theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.reference_box import ReferenceBox
from eic_tracker.gui.widgets.typed_rows import CellColumn, Texts, TypedRows
from eic_tracker.i18n import N_

MOST_OFFICERS = 4
_SEX_COLUMNS = (
    CellColumn("girls", N_("Girls"), N_("Girls: {row}"), count=True),
    CellColumn("boys", N_("Boys"), N_("Boys: {row}"), count=True),
    CellColumn("unrecorded", N_("Not recorded"), N_("Sex not recorded: {row}"), count=True),
)
COUNT_COLUMNS = (
    CellColumn("enrolled_girls", N_("Enr. girls"), N_("Enrolled girls, row {row}"), count=True),
    CellColumn("enrolled_boys", N_("Enr. boys"), N_("Enrolled boys, row {row}"), count=True),
    CellColumn("enrolled_unrecorded", N_("Enr. n. r."), N_("Enrolled, sex not recorded, row {row}"), count=True),
    CellColumn("reached_girls", N_("Rea. girls"), N_("Reached girls, row {row}"), count=True),
    CellColumn("reached_boys", N_("Rea. boys"), N_("Reached boys, row {row}"), count=True),
    CellColumn("reached_unrecorded", N_("Rea. n. r."), N_("Reached, sex not recorded, row {row}"), count=True),
    CellColumn("graduated_girls", N_("Gra. girls"), N_("Graduated girls, row {row}"), count=True),
    CellColumn("graduated_boys", N_("Gra. boys"), N_("Graduated boys, row {row}"), count=True),
    CellColumn("graduated_unrecorded", N_("Gra. n. r."), N_("Graduated, sex not recorded, row {row}"), count=True),
)
"""The cells of enrolled, reached and graduated by sex."""

_GRADE_COLUMNS = (
    CellColumn("grade", N_("School grade"), N_("Grade of row {row}"), longest=2, count=True),
    *COUNT_COLUMNS,
)
_LESSON_COLUMNS = (
    CellColumn("given_on", N_("Day"), N_("Day of {row}"), width=10),
    CellColumn("girls", N_("Girls"), N_("Girls present: {row}"), count=True),
    CellColumn("boys", N_("Boys"), N_("Boys present: {row}"), count=True),
    CellColumn("unrecorded", N_("Not recorded"), N_("Present, sex not recorded: {row}"), count=True),
)


def number_of(text: str) -> int:
    """A typed count; nothing typed is 0."""
    return int(text) if text else 0


def heads_of(row: Texts, prefix: str = "") -> Heads | None:
    """Three typed counts; None where none of them is typed."""
    typed = [row.get(f"{prefix}{sex}", "") for sex in SEXES]
    return Heads(*map(number_of, typed)) if any(typed) else None


def heads_texts(heads: Heads | None, prefix: str = "") -> dict[str, str]:
    """Counts as they are typed; a 0 beside others stays blank only where all are."""
    if heads is None or not heads.total:
        return {}
    return {f"{prefix}{sex}": str(getattr(heads, sex)) for sex in SEXES if sex != "unrecorded" or heads.unrecorded}


class _RowsEditor:
    """A field that is rows of cells; half typed it is kept as its texts."""

    rows: TypedRows

    @property
    def widget(self) -> QWidget:
        """The rows."""
        return self.rows

    def kept(self) -> Any:
        """The texts, row by row."""
        return [dict(row) for row in self.rows.texts()]

    def restore(self, kept: Any) -> None:
        """The rows again."""
        if isinstance(kept, list):
            self._write([{str(name): str(text) for name, text in row.items()} for row in kept if isinstance(row, dict)])

    def on_change(self, act: Callable[[], None]) -> None:
        """Every key."""
        self.rows.changed.connect(act)

    def _write(self, rows: Sequence[Texts]) -> None:
        self.rows.write(rows)


class TextRowsEditor(_RowsEditor):
    """Rows whose value is what is typed in them; a page makes of it what it means."""

    def __init__(self, rows: TypedRows) -> None:
        self.rows = rows

    def value(self) -> object:
        """The texts, row by row; nothing where nothing is typed."""
        rows = self.rows.texts()
        return tuple(dict(row) for row in rows) if any(any(row.values()) for row in rows) else ()

    def set_value(self, value: Any) -> None:
        """Write rows."""
        self._write(list(value or ()))


class HeadsEditor(_RowsEditor):
    """Girls, boys and not recorded on one line; None where nothing is typed."""

    def __init__(self, label: str, around: Surroundings) -> None:
        self._label = label
        self.rows = TypedRows(label, _SEX_COLUMNS, around, grows=False)
        self._write([{}])

    def value(self) -> object:
        """The heads."""
        return heads_of(self.rows.texts()[0])

    def set_value(self, value: Any) -> None:
        """Write heads."""
        self._write([heads_texts(value)])

    def _write(self, rows: Sequence[Texts]) -> None:
        self.rows.write(rows[:1] or [{}])
        for name, cell in self.rows.rows[0].items():
            words = next(each.spoken for each in _SEX_COLUMNS if each.name == name)
            cell.setAccessibleName(self.rows._t(words, row=self._label))


class GradesEditor(_RowsEditor):
    """The heads of each grade of a multigrade group, one row a grade."""

    def __init__(self, label: str, around: Surroundings) -> None:
        self.rows = TypedRows(label, _GRADE_COLUMNS, around)

    def value(self) -> object:
        """The grades as a tuple."""
        return tuple(
            GradeCounts(row["grade"], *(heads_of(row, f"{what}_") or Heads() for what in COUNTS))
            for row in self.rows.texts()
        )

    def set_value(self, value: Any) -> None:
        """Write grades."""
        self._write(
            [
                {"grade": each.grade}
                | {name: text for what in COUNTS for name, text in heads_texts(getattr(each, what), f"{what}_").items()}
                for each in value or ()
            ]
        )


class LessonsEditor(_RowsEditor):
    """The lessons of a curriculum by number: the day on which each was given, and those present where counted."""

    def __init__(self, label: str, around: Surroundings) -> None:
        self._t, self._today = around.t, around.today
        self.rows = TypedRows(label, _LESSON_COLUMNS, around, grows=False)
        self._names: list[str] = []

    def offer(self, titles: Sequence[str | None]) -> None:
        """Show the lessons of another curriculum; what is typed at a number stays there."""
        self._names = [
            self._t("Lesson {number}", number=number) + (f": {title}" if title else "")
            for number, title in enumerate(titles, 1)
        ]
        self._write(self.rows.texts())

    def value(self) -> object:
        """The lessons with a day; a text that is no day is handed over as it is."""
        found = []
        for number, row in enumerate(self.rows.texts(), 1):
            if any(row.values()):
                found.append(LessonGiven(number, self._day(row["given_on"]), heads_of(row)))  # type: ignore[arg-type]
        return tuple(found)

    def set_value(self, value: Any) -> None:
        """Write lessons."""
        rows: list[Texts] = [{} for _ in range(max([len(self._names), *(each.number for each in value or ())]))]
        for each in value or ():
            rows[each.number - 1] = {"given_on": self._t.date(each.given_on), **heads_texts(each.present)}
        self._write(rows)

    def _day(self, text: str) -> dt.date | str:
        try:
            return parse_date(text, self._today) or ""
        except UserError:
            return text

    def _write(self, rows: Sequence[Texts]) -> None:
        kept = [*rows, *({} for _ in self._names[len(rows) :])]
        while len(kept) > len(self._names) and not any(kept[-1].values()):
            kept.pop()
        more = [self._t("Lesson {number}", number=number) for number in range(len(self._names) + 1, len(kept) + 1)]
        self.rows.write(kept, [*self._names, *more])


class OfficersEditor:
    """Officers found by typing: the first is in charge, the others assist."""

    def __init__(self, label: str, around: Surroundings) -> None:
        t = around.t
        self.widget = QWidget()
        self.widget.setAccessibleName(label)
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.boxes = [
            ReferenceBox(t("Officer in charge") if not place else t("Assistant {number}", number=place), around.colours)
            for place in range(MOST_OFFICERS)
        ]
        for place, box in enumerate(self.boxes):
            box.setPlaceholderText(t("Officer in charge") if not place else t("Assistant"))
            box.changed.connect(self._show_next)
            column.addWidget(box)
        self.widget.setFocusProxy(self.boxes[0])
        self._show_next()

    def offer(self, choices: Mapping[Any, str]) -> None:
        """Who can be chosen."""
        for box in self.boxes:
            box.offer(choices)

    def value(self) -> object:
        """The officers; a text that is nobody of the list is handed over as it is."""
        chosen = [box.value() for box in self.boxes]
        return tuple(
            OfficerGiven(each, "lead" if not place else "assistant")  # type: ignore[arg-type]
            for place, each in enumerate(chosen)
            if each is not None
        )

    def set_value(self, value: Any) -> None:
        """Write officers, the one in charge first."""
        given = sorted(value or (), key=lambda each: each.role != "lead")
        for place, box in enumerate(self.boxes):
            box.set_value(given[place].instructor_id if place < len(given) else None)
        self._show_next()

    def kept(self) -> Any:
        """Keys or texts."""
        return [box.value() for box in self.boxes]

    def restore(self, kept: Any) -> None:
        """Choose again."""
        for box, value in zip(self.boxes, kept if isinstance(kept, list) else (), strict=False):
            if isinstance(value, int | str):
                box.restore(value)
        self._show_next()

    def on_change(self, act: Callable[[], None]) -> None:
        """Every key and every choice."""
        for box in self.boxes:
            box.changed.connect(act)

    def _show_next(self) -> None:
        last = max((place for place, box in enumerate(self.boxes) if box.text()), default=-1)
        for place, box in enumerate(self.boxes):
            box.setVisible(place <= last + 1)
