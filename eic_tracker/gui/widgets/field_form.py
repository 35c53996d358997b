"""A form: fields under their labels, what is wrong right under each, and whether anything was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui import theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets import field_lines
from eic_tracker.gui.widgets.date_field import DateField
from eic_tracker.gui.widgets.editors import Editor, MakeEditor
from eic_tracker.gui.widgets.field_lines import ProblemLine


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: its name in the draft, label and help in the person's language, what it is typed in.

    A `locked` one is shown and stays as it is; one that is `beside` shares the line of the field before it,
    each as wide as its `part` of it."""

    name: str
    label: str
    make: MakeEditor
    help: str = ""
    required: bool = False
    locked: bool = False
    beside: bool = False
    part: int = 1


class FieldForm(QWidget):
    """Fields one below the other; `start` says what they begin with."""

    changed = Signal()

    def __init__(self, fields: Sequence[FormField], around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = around.t
        self.boxes: dict[str, FieldBox] = {}
        self._started: dict[str, object] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        line = QHBoxLayout()
        for field in fields:
            box = FieldBox(field, around)
            box.editor.on_change(self.changed.emit)
            self.boxes[field.name] = box
            if not field.beside:
                line = QHBoxLayout()
                line.setSpacing(theme.GAP)
                column.addLayout(line)
            line.addWidget(box, field.part, Qt.AlignmentFlag.AlignTop)

    def start(self, values: Mapping[str, Any]) -> None:
        """Write the values of a row; from here on `is_dirty` tells of changes."""
        self.write(values)
        self._started = self.values()
        self.show_problems(())

    def write(self, values: Mapping[str, Any]) -> None:
        """Write some values over what stands there."""
        for name, value in values.items():
            if name in self.boxes:
                self.boxes[name].editor.set_value(value)

    def values(self) -> dict[str, object]:
        """What stands in the fields, by name."""
        return {name: box.editor.value() for name, box in self.boxes.items()}

    @property
    def is_dirty(self) -> bool:
        """Whether anything differs from what the form began with."""
        return self.values() != self._started

    def kept(self) -> dict[str, Any]:
        """What is half typed, as JSON holds it."""
        return {name: box.editor.kept() for name, box in self.boxes.items() if not box.field.locked}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Bring back what was half typed."""
        for name, value in kept.items():
            if name in self.boxes and not self.boxes[name].field.locked:
                self.boxes[name].editor.restore(value)

    def show_problems(self, problems: Sequence[DraftProblem]) -> list[str]:
        """Say under each field what is wrong with it and go to the first; what belongs to no field is returned."""
        told: dict[str, str] = {}
        left = []
        for problem in problems:
            if problem.field in self.boxes:
                told[problem.field] = " ".join(filter(None, [told.get(problem.field), problem.text(self._t)]))
            else:
                left.append(problem.text(self._t))
        for name, box in self.boxes.items():
            box.set_problem(told.get(name, ""))
        first = next((box for name, box in self.boxes.items() if name in told), None)
        if first is not None:
            first.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return left

    def first_field(self) -> QWidget | None:
        """Where typing begins."""
        return next((box.editor.widget for box in self.boxes.values() if not box.field.locked), None)


class FieldBox(QWidget):
    """Label, control, help, and what is wrong; the label's letter and screen readers lead to the control."""

    def __init__(self, field: FormField, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t = around.t
        self.field = field
        self.editor: Editor = field.make(field.label, around)
        self._described = " ".join(filter(None, [t("Needed.") if field.required else "", field.help]))
        widget = self.editor.widget
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.label = QLabel(f"{field.label} *" if field.required else field.label)
        self.label.setBuddy(widget)
        self._told = ProblemLine(self._control, self._described, around.colours)
        for part in (self.label, widget, field_lines.hint(field.help), self._told):
            column.addWidget(part)
        self.label.setVisible(not isinstance(widget, QCheckBox))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        widget.setEnabled(not field.locked)
        self.editor.on_change(lambda: self.set_problem(""))

    @property
    def _control(self) -> QWidget:
        """What has the keyboard: the line of a field that holds more than a line."""
        widget = self.editor.widget
        return widget.edit if isinstance(widget, DateField) else widget

    def problem(self) -> str:
        """What is wrong, as it is shown; empty where nothing is."""
        return self._told.problem()

    def set_problem(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._told.set_problem(text)
