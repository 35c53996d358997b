"""The left side of a template's page: face and reverse, the elements, the form of the chosen one, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.domain.certificate_template import Side
from eic_tracker.domain.template_elements import KIND_LABELS, Element
from eic_tracker.gui import theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.template_draft import TemplateDrafting
from eic_tracker.gui.template_form import TemplateForm as ElementForm
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.services.templates import TemplateForm

_LIST_HEIGHT = 84


class TemplateSide(QWidget):
    """It shows what it is told and says what the person wants; the page does it."""

    side_chosen = Signal(object)
    chosen = Signal(object)
    """the place of an element from 0, None for the sheet"""
    add_wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t = self._t = around.t
        self.setMinimumWidth(376)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        top = QWidget()
        line = FlowLayout(top, theme.GAP)
        self._group = QButtonGroup(self)
        self.radios: dict[Side, QRadioButton] = {}
        for side, words in ((Side.FACE, t("Face")), (Side.REVERSE, t("Reverse"))):
            radio = self.radios[side] = QRadioButton(words)
            radio.setMinimumHeight(theme.TARGET)
            radio.toggled.connect(lambda on, side=side: self.side_chosen.emit(side) if on else None)
            self._group.addButton(radio)
            line.addWidget(radio)
        self.version_box = QComboBox()
        self.version_box.setAccessibleName(t("Version"))
        self.version_box.setMinimumHeight(theme.TARGET)
        line.addWidget(self.version_box)
        self.head = QWidget()
        deeds = QHBoxLayout(self.head)
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.setSpacing(theme.GAP)
        self.undo_button = self._button(t("Step back"), deeds)
        self.undo_button.setToolTip("Ctrl+Z")
        self.redo_button = self._button(t("Step forth"), deeds)
        self.redo_button.setToolTip("Ctrl+Y")
        self.calibrate_button = self._button(t("Calibration page…"), deeds)
        self.save_button = self._button(t("Save"), deeds)
        self.save_button.setProperty("primary", True)
        self.save_button.setToolTip("Ctrl+S")
        self.list = QListWidget()
        self.list.setAccessibleName(t("Elements"))
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(lambda row: self.chosen.emit(row - 1 if row > 0 else None))
        below = QWidget()
        acts = FlowLayout(below, theme.GAP)
        self.add_button = self._button(t("Add"), acts)
        menu = QMenu(self.add_button)
        for kind, words in KIND_LABELS.items():
            menu.addAction(t(words), partial(self.add_wanted.emit, kind))
        self.add_button.setMenu(menu)
        self.copy_button = self._button(t("Double it"), acts)
        self.remove_button = self._button(t("Take away"), acts)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setProperty("tone", "error")
        self.said.hide()
        self.form = ElementForm(t)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(t("Form of the chosen element"))
        scroll.setWidget(self.form)
        column.addWidget(top)
        column.addWidget(self.list, 2)
        column.addWidget(below)
        column.addWidget(self.said)
        column.addWidget(scroll, 5)

    def show_elements(self, drafting: TemplateDrafting, label: Callable[[Element], str]) -> None:
        """The sheet and what stands on its side, the chosen one marked."""
        wanted = [self._t("The sheet"), *(label(each) for each in drafting.elements)]
        self.list.blockSignals(True)
        for row, words in enumerate(wanted):
            if row < self.list.count():
                self.list.item(row).setText(words)
            else:
                self.list.addItem(words)
        while self.list.count() > len(wanted):
            self.list.takeItem(self.list.count() - 1)
        self.list.setCurrentRow(0 if drafting.chosen is None else drafting.chosen + 1)
        self.list.blockSignals(False)
        self.radios[drafting.side].blockSignals(True)
        self.radios[drafting.side].setChecked(True)
        self.radios[drafting.side].blockSignals(False)

    def show_form(self, drafting: TemplateDrafting, form: TemplateForm | None, programme: int | None) -> None:
        """The form of what is chosen."""
        element = drafting.element
        if element is not None:
            self.form.show_element(element)
        else:
            programmes: dict[int | None, str] = {None: self._t("All programmes")}
            programmes.update((key, name) for key, name in (form.programmes.items() if form is not None else ()))
            self.form.show_sheet(drafting.template, programmes, programme)
        self.remove_button.setEnabled(element is not None)
        self.copy_button.setEnabled(element is not None)

    def show_steps(self, drafting: TemplateDrafting) -> None:
        """Which way there are steps."""
        self.undo_button.setEnabled(drafting.can_undo)
        self.redo_button.setEnabled(drafting.can_redo)

    def show_versions(self, form: TemplateForm) -> None:
        """The versions, the newest first; nothing where there is but one."""
        self.version_box.clear()
        for each in form.versions:
            words = self._t("Version {number}", number=each.number)
            if each.frozen:
                words = self._t.plural(
                    "Version {number}, {count} printed",
                    "Version {number}, {count} printed",
                    each.printed,
                    number=each.number,
                )
            self.version_box.addItem(words, each.id)
        self.version_box.setVisible(len(form.versions) > 1)

    def say(self, text: str) -> None:
        """What is wrong with the template as it stands."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _button(self, text: str, line: QLayout) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setMinimumHeight(theme.TARGET)
        line.addWidget(button)
        return button
