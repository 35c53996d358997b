"""The modules of a version, typed row by row; the last row is always blank, and the sums stand below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from eic_tracker.domain.course_rules import ModuleLine
from eic_tracker.gui import theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.i18n import N_

_COLUMNS = (
    (N_("Title of module {number}"), N_("Title"), 8),
    (N_("Hours of module {number}"), N_("Hours"), 1),
    (N_("Hours of human rights of module {number}"), N_("Human rights"), 1),
    (N_("Weight of module {number} in per cent"), N_("Weight %"), 1),
)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}


class ModulesEditor:
    """The field of a form that holds modules; a row without any text is no module."""

    def __init__(self, label: str, around: Surroundings) -> None:
        self.widget = ModuleRows(label, around)

    def value(self) -> object:
        """The modules as a tuple of lines."""
        return tuple(ModuleLine(title, *map(_number, numbers)) for title, *numbers in self.widget.texts())

    def set_value(self, value: Any) -> None:
        """Write modules."""
        rows = [(each.title, each.hours, each.human_rights_hours, each.weight) for each in value or ()]
        self.widget.write([tuple("" if cell is None else str(cell) for cell in row) for row in rows])

    def kept(self) -> Any:
        """The texts, row by row."""
        return [list(row) for row in self.widget.texts()]

    def restore(self, kept: Any) -> None:
        """The rows again."""
        if isinstance(kept, list):
            rows = [row for row in kept if isinstance(row, list) and len(row) == len(_COLUMNS)]
            self.widget.write([tuple(str(cell) for cell in row) for row in rows])

    def on_change(self, act: Callable[[], None]) -> None:
        """Every key."""
        self.widget.changed.connect(act)


class ModuleRows(QWidget):
    """Tab goes from cell to cell; Enter, Up and Down go to the row below or above."""

    changed = Signal()

    def __init__(self, label: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = around.t
        self._rows: list[tuple[QLineEdit, ...]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE)
        self._grid.setVerticalSpacing(theme.SPACE)
        for column, (_, words, stretch) in enumerate(_COLUMNS):
            heading = QLabel(self._t(words))
            heading.setFont(theme.font(theme.Type.CAPTION))
            heading.setProperty("muted", True)
            self._grid.addWidget(heading, 0, column)
            self._grid.setColumnStretch(column, stretch)
        self.sums = sentence("", theme.Type.CAPTION, muted=True)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(theme.SPACE)
        column_of_all.addLayout(self._grid)
        column_of_all.addWidget(self.sums)
        self.setAccessibleName(label)
        self.write([])

    def texts(self) -> list[tuple[str, ...]]:
        """The rows in which something stands."""
        rows = [tuple(cell.text().strip() for cell in row) for row in self._rows]
        return [row for row in rows if any(row)]

    def write(self, rows: list[tuple[str, ...]]) -> None:
        """Show these rows and a blank one."""
        for cells in self._rows[len(rows) + 1 :]:
            for cell in cells:
                cell.deleteLater()
        del self._rows[len(rows) + 1 :]
        while len(self._rows) <= len(rows):
            self._add_row()
        for cells, texts in zip(self._rows, [*rows, ("",) * len(_COLUMNS)], strict=True):
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
                cell.setCursorPosition(0)
        self._say_sums()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The keys that lead to another row."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if step is None or not plain:
            return False
        for place, cells in enumerate(self._rows):
            if watched in cells and 0 <= place + step < len(self._rows):
                down = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                self._rows[place + step][0 if down else cells.index(watched)].setFocus()
        return True

    def _add_row(self) -> None:
        number = len(self._rows) + 1
        cells = []
        for column, (words, _, _) in enumerate(_COLUMNS):
            cell = QLineEdit()
            cell.setMinimumHeight(theme.TARGET)
            cell.setMaxLength(200 if column == 0 else 5)
            cell.setMinimumWidth(48)
            cell.setAccessibleName(self._t(words, number=number))
            if column == 0:
                cell.setPlaceholderText(f"{number}.")
            cell.textEdited.connect(self._on_edited)
            cell.installEventFilter(self)
            self._grid.addWidget(cell, number, column)
            cells.append(cell)
        self._rows.append(tuple(cells))
        self.setFocusProxy(self._rows[0][0])

    def _on_edited(self, _text: str) -> None:
        if any(cell.text().strip() for cell in self._rows[-1]):
            self._add_row()
        self._say_sums()
        self.changed.emit()

    def _say_sums(self) -> None:
        rows = self.texts()
        hours, rights, weights = (
            sum(number for row in rows if isinstance(number := _number(row[column]), int)) for column in (1, 2, 3)
        )
        self.sums.setText(
            self._t.plural(
                "{count} module: {hours} hours, {rights} of human rights, weights {weights} %.",
                "{count} modules: {hours} hours, {rights} of human rights, weights {weights} %.",
                len(rows),
                hours=self._t.number(hours),
                rights=self._t.number(rights),
                weights=weights,
            )
            if rows
            else self._t("No modules: the course is one whole.")
        )


def _number(text: str) -> object:
    """The number, None, or the text that is none."""
    return int(text) if text.isascii() and text.isdigit() else text or None
