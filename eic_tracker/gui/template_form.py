"""The form of what is chosen in a template: the sheet itself, or one element with its millimetres."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.domain.certificate_template import PAPERS, Template
from eic_tracker.domain.template_elements import (
    FIELDS,
    LONGEST_NAME,
    PROPERTIES,
    PROPERTIES_OF,
    Element,
    Property,
    PropertyKind,
)
from eic_tracker.gui import theme
from eic_tracker.gui.widgets.paper_preview import PAPERS as PAPER_WORDS
from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.reports.pdf.paper import Paper

COLOURS = (
    ("#1c1c1c", N_("Black")),
    ("#6b6b6b", N_("Grey")),
    ("#14284b", N_("Dark blue")),
    ("#1f3a5f", N_("Blue")),
    ("#1e4d45", N_("Green")),
    ("#4a2433", N_("Wine red")),
    ("#a98a3a", N_("Gold")),
    ("#8a9a94", N_("Silver")),
    ("#7f8c9a", N_("Steel")),
    ("#a08a6a", N_("Bronze")),
)
_LANGUAGES = {Language.ES: N_("Spanish"), Language.EN: N_("English")}
_TEXT_HEIGHT = 88


class TemplateForm(QWidget):
    """Made anew for each element; `changed` names the property and its value, `sheet_changed` that of the sheet."""

    changed = Signal(str, object)
    sheet_changed = Signal(str, object)
    picture_wanted = Signal()

    def __init__(self, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self._filling = False
        self.controls: dict[str, QWidget] = {}
        self._setters: dict[str, Callable[[Any], None]] = {}
        self._kind: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.SPACE, 0)
        self._body = QWidget()
        self._column.addWidget(self._body)
        self._column.addStretch(1)

    def show_element(self, element: Element) -> None:
        """The form of an element; one of the same kind keeps its controls and the keyboard."""
        if self._kind != element.kind:
            self._make_anew(element.kind)
            for name in PROPERTIES_OF[element.kind]:
                self._add_property(PROPERTIES[name])
        self._fill({name: getattr(element, name) for name in PROPERTIES_OF[element.kind]})

    def show_sheet(self, template: Template, programmes: dict[int | None, str], programme: int | None) -> None:
        """The form of the sheet: name, paper, language, programme."""
        if self._kind != "sheet":
            self._make_anew("sheet")
            self._add_sheet(programmes)
        self._fill(
            {
                "name": template.name,
                "paper": template.paper,
                "landscape": template.landscape,
                "language": template.language,
                "programme": programme,
            }
        )

    def _make_anew(self, kind: object) -> None:
        self._kind = kind
        self.controls.clear()
        self._setters.clear()
        body = QWidget()
        self._lines = QFormLayout(body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.SPACE)
        self._lines.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._lines.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body

    def _fill(self, values: dict[str, Any]) -> None:
        self._filling = True
        for name, value in values.items():
            self._setters[name](value)
        self._filling = False

    def _tell(self, name: str, value: object) -> None:
        if not self._filling:
            (self.sheet_changed if self._kind == "sheet" else self.changed).emit(name, value)

    def _add(self, name: str, label: str, control: QWidget, setter: Callable[[Any], None]) -> None:
        control.setAccessibleName(label)
        if not isinstance(control, QPlainTextEdit):
            control.setMinimumHeight(theme.TARGET)
        words = QLabel(label)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setBuddy(control)
        if isinstance(control, QPlainTextEdit):
            self._lines.addRow(words)
            self._lines.addRow(control)
        else:
            self._lines.addRow(words, control)
        self.controls[name] = control
        self._setters[name] = setter

    def _add_property(self, spec: Property) -> None:
        label = self._t(spec.label)
        if spec.kind is PropertyKind.TEXT:
            self._add_text(spec.name, label)
        elif spec.kind in (PropertyKind.MILLIMETRES, PropertyKind.POINTS):
            self._add_measure(spec, label)
        elif spec.kind is PropertyKind.WHOLE:
            number = QSpinBox()
            number.setRange(int(spec.least), int(spec.most))
            number.valueChanged.connect(lambda value: self._tell(spec.name, value))
            self._add(spec.name, label, number, number.setValue)
        elif spec.kind is PropertyKind.BOOL:
            self._add_check(spec.name, label)
        elif spec.kind is PropertyKind.COLOUR:
            self._add_choice(spec.name, label, [(code, self._t(words)) for code, words in COLOURS], open_ended=True)
        elif spec.kind is PropertyKind.IMAGE:
            self._add_picture(label)
        else:
            self._add_choice(spec.name, label, [(code, self._t(words)) for code, words in spec.choices])

    def _add_text(self, name: str, label: str) -> None:
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setFixedHeight(_TEXT_HEIGHT)
        text.textChanged.connect(lambda: self._tell(name, text.toPlainText()))

        def write(value: str) -> None:
            if text.toPlainText() != value:
                text.setPlainText(value)

        self._add(name, label, text, write)
        button = QPushButton(self._t("Insert a field…"))
        button.setAutoDefault(False)
        button.setMinimumHeight(theme.TARGET)
        menu = QMenu(button)
        for field, words in FIELDS.items():
            shown = f"{self._t(words)}  {{{field}}}".replace("&", "&&")
            menu.addAction(shown, partial(text.insertPlainText, f"{{{field}}}"))
        button.setMenu(menu)
        self._lines.addRow(button)

    def _add_measure(self, spec: Property, label: str) -> None:
        number = QDoubleSpinBox()
        number.setLocale(QLocale.c())
        number.setRange(spec.least, spec.most)
        number.setDecimals(2 if spec.name == "thickness" else 1)
        number.setSingleStep(0.05 if spec.name == "thickness" else 0.5)
        number.setKeyboardTracking(False)
        number.valueChanged.connect(lambda value: self._tell(spec.name, round(value, 2)))
        self._add(spec.name, label, number, number.setValue)

    def _add_check(self, name: str, label: str) -> None:
        box = QCheckBox(label)
        box.setMinimumHeight(theme.TARGET)
        box.setAccessibleName(label)
        box.toggled.connect(lambda on: self._tell(name, on))
        self._lines.addRow(box)
        self.controls[name] = box
        self._setters[name] = box.setChecked

    def _add_choice(self, name: str, label: str, choices: list[tuple[Any, str]], *, open_ended: bool = False) -> None:
        """`open_ended`: a value that is none of them is shown as it is."""
        box = QComboBox()
        codes = [code for code, _ in choices]
        box.addItems([words for _, words in choices])
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(14)
        box.currentIndexChanged.connect(lambda place: self._tell(name, codes[place] if place >= 0 else None))

        def choose(value: Any) -> None:
            if value not in codes and open_ended:
                codes.append(value)
                box.addItem(str(value))
            box.setCurrentIndex(codes.index(value) if value in codes else -1)

        self._add(name, label, box, choose)

    def _add_picture(self, label: str) -> None:
        button = QPushButton()
        button.setAutoDefault(False)
        button.clicked.connect(self.picture_wanted)
        t = self._t

        def write(value: str) -> None:
            button.setText(t("Another picture…") if value else t("Choose a picture…"))

        self._add("image", label, button, write)
        none = QPushButton(t("Empty frame"))
        none.setAutoDefault(False)
        none.setMinimumHeight(theme.TARGET)
        none.clicked.connect(lambda: self._tell("image", ""))
        self._lines.addRow("", none)

    def _add_sheet(self, programmes: dict[int | None, str]) -> None:
        t = self._t
        name = QLineEdit()
        name.setMaxLength(LONGEST_NAME)
        name.textChanged.connect(lambda text: self._tell("name", text))

        def write(value: str) -> None:
            if name.text() != value:
                name.setText(value)

        self._add("name", t("Name of the template"), name, write)
        papers = [(code, t(PAPER_WORDS[Paper(code)])) for code in PAPERS]
        self._add_choice("paper", t("Paper"), papers)
        self._add_check("landscape", t("Lying (landscape)"))
        self._add_choice("language", t("Language"), [(code, t(words)) for code, words in _LANGUAGES.items()])
        self._add_choice("programme", t("Programme"), list(programmes.items()))
