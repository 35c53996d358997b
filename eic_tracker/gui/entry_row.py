"""The blank row under a roster: the cells of one person, the marks of what is wrong, and the keys that end it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.names import sort_key
from eic_tracker.gui import theme
from eic_tracker.gui.pasted_list import holds_list
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.reference_box import ReferenceBox
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.countries import all_countries

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_SEX_KEYS = {Qt.Key.Key_F: Sex.F, Qt.Key.Key_M: Sex.M, Qt.Key.Key_H: Sex.M, Qt.Key.Key_Minus: Sex.U}
"""The letters of the roster itself; H as in “hombre”."""
OWN_DOCUMENT = "national_id HND"
_CARDS = {"GTM": N_("DPI card ({country})"), "SLV": N_("DUI card ({country})"), "COL": N_("Citizen's card ({country})")}
SEXES = ((Sex.F.value, N_("F · woman")), (Sex.M.value, N_("M · man")), (Sex.U.value, N_("– · not recorded")))

FIELDS = {
    "number": N_("Number or name"),
    "surnames": N_("Surnames"),
    "given_names": N_("Given names"),
    "sex": N_("Sex"),
    "unit": N_("Unit"),
    "rank": N_("Rank"),
}
_ROOM_FOR_ALL = 640
"""Pixels from which the six cells stand beside each other."""
_WEIGHTS = {"number": 5, "surnames": 6, "given_names": 6, "sex": 3, "unit": 7, "rank": 5}


def document_kinds(t: Translator) -> dict[int | str, str]:
    """Kinds of documents with their country, by code: Honduras first, cards of neighbours, passports of all."""
    names = all_countries(t.language)
    found: dict[int | str, str] = {OWN_DOCUMENT: t("Identity document (Honduras)")}
    for country, words in _CARDS.items():
        found[f"national_id {country}"] = t(words, country=names[country])
    for country in sorted(names, key=lambda each: sort_key(names[each])):
        found[f"passport {country}"] = t("Passport ({country})", country=names[country])
    return found


class EntryRow(QWidget):
    """Tab goes to the next cell; Enter ends the row from any of them, Esc empties it."""

    typed = Signal(str)
    """the cell in which a person typed"""
    ended = Signal()
    cancelled = Signal()
    stepped = Signal(int)
    """Up or Down in a cell where matches may be shown"""
    left_cell = Signal(str)
    entered_cell = Signal(str)
    """the keyboard came into a cell by Tab"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t = around.t
        self.number, self.surnames, self.given_names = QLineEdit(), QLineEdit(), QLineEdit()
        self.sex = QComboBox()
        for code, words in SEXES:
            self.sex.addItem(t(words), code)
        self.sex.setCurrentIndex(-1)
        self.unit = ReferenceBox(t(FIELDS["unit"]), around.colours)
        self.rank = ReferenceBox(t(FIELDS["rank"]), around.colours)
        self.kind = ReferenceBox(t("Kind of document"), around.colours)
        self.kind.offer(document_kinds(t))
        self.waits, self.lodging = QCheckBox(t("Alternate, waits for a seat")), QCheckBox(t("Lodging"))
        self.cells: dict[str, QWidget] = {name: getattr(self, name) for name in FIELDS}
        self.said = sentence("", theme.Type.CAPTION)
        self._labels: dict[str, QLabel] = {}
        self._build()
        self._connect()
        self.clear()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not any(self.kept()[name] for name in (*FIELDS, "waits", "lodging") if name != "sex")

    def kept(self) -> dict[str, Any]:
        """What stands in the cells, as JSON holds it."""
        return {
            "number": self.number.text(),
            "surnames": self.surnames.text(),
            "given_names": self.given_names.text(),
            "sex": self.sex.currentData(),
            "unit": self.unit.value(),
            "rank": self.rank.value(),
            "kind": self.kind.value(),
            "waits": self.waits.isChecked(),
            "lodging": self.lodging.isChecked(),
        }

    def write(self, kept: Mapping[str, Any]) -> None:
        """Bring back what stood in the cells."""
        for name in ("number", "surnames", "given_names"):
            line: QLineEdit = getattr(self, name)
            line.setText(str(kept.get(name) or ""))
        self.sex.setCurrentIndex(self.sex.findData(kept.get("sex")) if kept.get("sex") else -1)
        for name in ("unit", "rank", "kind"):
            box: ReferenceBox = getattr(self, name)
            value = kept.get(name)
            if isinstance(value, int | str) and value != "":
                box.restore(value)
            else:
                box.set_value(None)
        if self.kind.value() is None:
            self.kind.set_value(OWN_DOCUMENT)
        self.waits.setChecked(kept.get("waits") is True)
        self.lodging.setChecked(kept.get("lodging") is True)

    def clear(self) -> None:
        """A blank row."""
        self.write({})
        self.set_known(False)
        self.show_problems({})
        self.say("")

    def set_known(self, known: bool) -> None:
        """Of a known person name and sex are theirs: they are shown, not typed."""
        for widget in (self.surnames, self.given_names, self.sex, self.kind):
            widget.setEnabled(not known)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Mark the cells with problems and say all of them; the keyboard goes to the first one."""
        for name, cell in self.cells.items():
            theme.mark(cell, "problem", name in problems)
            cell.setAccessibleDescription(problems.get(name, ""))
        if problems:
            self.say(" ".join(dict.fromkeys(problems.values())), Tone.ERROR)
            first = next((cell for name, cell in self.cells.items() if name in problems), self.number)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """A sentence under the row; empty: none."""
        self.said.setText(text)
        theme.mark(self.said, "tone", tone.value if tone is not Tone.PLAIN else "")
        self.said.setVisible(bool(text))

    def take_focus(self) -> None:
        """Begin to type."""
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in one of the cells."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Enter, Esc, Up and Down mean the row, whichever cell has the keyboard."""
        if event.type() == QEvent.Type.FocusOut:
            self.left_cell.emit(self._name_of(watched))
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() is Qt.FocusReason.TabFocusReason:
            self.entered_cell.emit(self._name_of(watched))
        if event.type() == QEvent.Type.ShortcutOverride and (undoes_nothing(watched, event) or _pastes_list(event)):
            # the line has nothing to take back, or no line takes a list: the key means the roster
            event.ignore()
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in _ENTER and plain:
            self.ended.emit()
        elif key == Qt.Key.Key_Escape and plain and not self.is_blank:
            self.cancelled.emit()
        elif key in _STEPS and plain and isinstance(watched, QLineEdit) and not isinstance(watched, ReferenceBox):
            self.stepped.emit(_STEPS[key])
        elif key in _SEX_KEYS and plain and watched is self.sex:
            self.sex.setCurrentIndex(self.sex.findData(_SEX_KEYS[key].value))
            self._on_typed("sex")
        else:
            return False
        return True

    def _name_of(self, watched: QObject) -> str:
        return next((name for name, cell in self.cells.items() if cell is watched), "")

    def _build(self) -> None:
        t = self._t
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(0)
        for name, words in FIELDS.items():
            label = QLabel(t(words))
            label.setFont(theme.font(theme.Type.CAPTION))
            label.setProperty("muted", True)
            cell = self.cells[name]
            cell.setMinimumHeight(theme.TARGET)
            cell.setMinimumWidth(40)
            cell.setAccessibleName(t(words))
            label.setBuddy(cell)
            self._labels[name] = label
        self._lay_out(len(FIELDS))
        for name in ("surnames", "given_names"):
            line: QLineEdit = getattr(self, name)
            line.setMaxLength(120)
        self.number.setMaxLength(120)
        self.number.setPlaceholderText("+")
        below = QWidget()
        self.further = FlowLayout(below, theme.GAP)
        for widget in (self.kind, self.waits, self.lodging):
            self.further.addWidget(widget)
        self.kind.setFixedWidth(self.fontMetrics().averageCharWidth() * 34)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(theme.SPACE)
        column_of_all.addLayout(grid)
        column_of_all.addWidget(below)
        column_of_all.addWidget(self.said)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Beside a scan there is room for three cells only: the others stand below them."""
        super().resizeEvent(event)
        across = len(FIELDS) if self.width() >= _ROOM_FOR_ALL else len(FIELDS) // 2
        if across != self._across:
            self._lay_out(across)
        self._keep_height()

    def event(self, event: QEvent) -> bool:
        """What is said of the row may need a line more."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._keep_height()
        return handled

    def _keep_height(self) -> None:
        """Its lines wrap: a splitter that knows nothing of that would lay them over each other."""
        layout = self.layout()
        assert layout is not None
        least = layout.heightForWidth(self.width()) if layout.hasHeightForWidth() else layout.minimumSize().height()
        if least != self.minimumHeight():
            self.setMinimumHeight(least)

    def _lay_out(self, across: int) -> None:
        self._across = across
        for place, name in enumerate(FIELDS):
            row, column = divmod(place, across)
            self._grid.addWidget(self._labels[name], 2 * row, column)
            self._grid.addWidget(self.cells[name], 2 * row + 1, column)
            self._grid.setColumnStretch(place, _WEIGHTS[name] if place < across else 0)

    def _connect(self) -> None:
        for name in ("number", "surnames", "given_names"):
            line: QLineEdit = getattr(self, name)
            line.textEdited.connect(lambda _text, name=name: self._on_typed(name))
        self.sex.activated.connect(lambda _place: self._on_typed("sex"))
        for name in ("unit", "rank", "kind"):
            box: ReferenceBox = getattr(self, name)
            box.changed.connect(lambda name=name: self._on_typed(name))
        for tick in (self.waits, self.lodging):
            tick.toggled.connect(lambda _on: self.typed.emit("tick"))
        for widget in (*self.cells.values(), self.kind, self.waits, self.lodging):
            widget.installEventFilter(self)

    def _on_typed(self, name: str) -> None:
        if name in self.cells:
            theme.mark(self.cells[name], "problem", False)
        self.typed.emit(name)


def _pastes_list(event: QEvent) -> bool:
    """Whether Ctrl+V was pressed with more in the clipboard than a cell holds."""
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste) and holds_list()


def undoes_nothing(watched: QObject, event: QEvent) -> bool:
    """Whether Ctrl+Z was pressed in a line in which nothing was typed."""
    undoes = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
    return undoes and isinstance(watched, QLineEdit) and not watched.isUndoAvailable()
