"""Rows of small cells that are typed: words, counts, days; as many as there are names, or one blank at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.surroundings import Surroundings

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
_DIGITS = QRegularExpression("[0-9]{0,5}")

Texts = Mapping[str, str]
"""What stands in a row, by column."""


@dataclass(frozen=True, slots=True)
class CellColumn:
    """A column: its heading, what screen readers call a cell of it ({row} is the row), its width in characters.

    `count`: digits only, at the right."""

    name: str
    heading: str
    spoken: str
    width: int = 6
    count: bool = False
    longest: int = 24


class TypedRows(QWidget):
    """Tab goes from cell to cell; Enter goes to the first cell of the row below, Up and Down keep the column."""

    changed = Signal()
    edited = Signal(int, str)
    """the row and the column in which somebody typed"""

    def __init__(
        self,
        label: str,
        columns: Sequence[CellColumn],
        around: Surroundings,
        *,
        grows: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._t = around.t
        self._columns = tuple(columns)
        self._grows = grows
        self.rows: list[dict[str, QLineEdit]] = []
        self._names: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE)
        self._grid.setVerticalSpacing(theme.SPACE)
        for place, column in enumerate(self._columns, 1):
            heading = QLabel(self._t(column.heading))
            heading.setFont(theme.font(theme.Type.CAPTION))
            heading.setProperty("muted", True)
            heading.setWordWrap(True)
            heading.setAlignment(
                Qt.AlignmentFlag.AlignBottom
                | (Qt.AlignmentFlag.AlignRight if column.count else Qt.AlignmentFlag.AlignLeft)
            )
            self._grid.addWidget(heading, 0, place)
            self._grid.setColumnStretch(place, column.width)
        self.setAccessibleName(label)
        if grows:
            self.write([])

    def texts(self) -> list[Texts]:
        """The rows; of growing ones those in which something stands."""
        rows: list[Texts] = [{name: cell.text().strip() for name, cell in row.items()} for row in self.rows]
        return [row for row in rows if any(row.values())] if self._grows else rows

    def write(self, rows: Sequence[Texts], names: Sequence[str] = ()) -> None:
        """Show these rows, and a blank one where they grow; `names` stand at their left."""
        wanted = len(rows) + (1 if self._grows else 0)
        while len(self.rows) > wanted:
            for cell in self.rows.pop().values():
                cell.hide()
                cell.deleteLater()
        while len(self._names) > min(wanted, len(names)):
            self._names.pop().deleteLater()
        while len(self.rows) < wanted:
            self._add_row()
        for place, name in enumerate(names):
            if place == len(self._names):
                label = QLabel()
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                self._grid.addWidget(label, place + 1, 0)
                self._names.append(label)
            self._names[place].setText(name)
        self._grid.setColumnStretch(0, 10 if names else 0)
        for place, row in enumerate(self.rows):
            texts = rows[place] if place < len(rows) else {}
            for column in self._columns:
                cell = row[column.name]
                cell.setText(texts.get(column.name, ""))
                cell.setCursorPosition(0)
                theme.mark(cell, "problem", False)
                called = names[place] if place < len(names) else str(place + 1)
                cell.setAccessibleName(self._t(column.spoken, row=called))
        self._reach()

    def mark_problems(self, problems: Mapping[tuple[int, str], str]) -> None:
        """Mark the cells (row, column) in which something is wrong; the keyboard goes to the first."""
        for place, row in enumerate(self.rows):
            for name, cell in row.items():
                theme.mark(cell, "problem", (place, name) in problems)
                cell.setAccessibleDescription(problems.get((place, name), ""))
        for place, name in sorted(problems, key=lambda each: each[0]):
            if place < len(self.rows) and name in self.rows[place]:
                self.rows[place][name].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The keys that lead to another row."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if step is None or not plain:
            return False
        for place, row in enumerate(self.rows):
            name = next((name for name, cell in row.items() if cell is watched), None)
            if name is not None and 0 <= place + step < len(self.rows):
                down = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                target = self.rows[place + step][self._columns[0].name if down else name]
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                target.selectAll()
        return True

    def _add_row(self) -> None:
        number = len(self.rows) + 1
        row = {}
        for place, column in enumerate(self._columns, 1):
            cell = QLineEdit()
            cell.setMinimumHeight(theme.TARGET)
            cell.setMinimumWidth(40)
            cell.setMaxLength(column.longest)
            if column.count:
                cell.setValidator(QRegularExpressionValidator(_DIGITS, cell))
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
            if self.rows:
                cell.setPlaceholderText(self.rows[-1][column.name].placeholderText())
            cell.setAccessibleName(self._t(column.spoken, row=str(number)))
            cell.textEdited.connect(lambda _text, at=number - 1, name=column.name: self._on_edited(at, name))
            cell.installEventFilter(self)
            self._grid.addWidget(cell, number, place)
            row[column.name] = cell
        self.rows.append(row)
        self._reach()

    def _reach(self) -> None:
        if self.rows:
            self.setFocusProxy(self.rows[0][self._columns[0].name])

    def _on_edited(self, place: int, name: str) -> None:
        theme.mark(self.rows[place][name], "problem", False)
        if self._grows and any(cell.text().strip() for cell in self.rows[-1].values()):
            self._add_row()
        self.edited.emit(place, name)
        self.changed.emit()
