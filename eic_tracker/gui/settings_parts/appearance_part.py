"""How the window looks and when it locks; every choice is taken at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QLabel, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.part import Part
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.card import Card
from eic_tracker.i18n import N_, Language

_THEMES = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
_DENSITIES = {"compact": N_("Compact"), "normal": N_("Normal"), "wide": N_("Wide")}
_LANGUAGES = {Language.ES: "Español", Language.EN: "English"}
_SIZES = (90, 100, 110, 125, 150)
_MINUTES = (1, 2, 5, 10, 15, 20, 30, 60)


class AppearancePart(Part):
    """Five choices; the window is made anew in the new looks, at the same place."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t, preferences = self.t, around.preferences
        self.boxes: dict[str, QComboBox] = {}
        card = Card(t("Appearance"))
        rows = QFormLayout()
        rows.setHorizontalSpacing(theme.GROUP_GAP)
        rows.setVerticalSpacing(12)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        minutes = {each: t.plural("{count} minute", "{count} minutes", each) for each in _MINUTES}
        if preferences.idle_minutes not in minutes:
            minutes[preferences.idle_minutes] = t.plural("{count} minute", "{count} minutes", preferences.idle_minutes)
        sizes = {each: f"{each} %" for each in sorted({*_SIZES, preferences.text_percent})}
        for name, label, choices, present in (
            ("language", t("Language"), _LANGUAGES, preferences.language),
            ("theme", t("Theme"), _worded(_THEMES, self), preferences.theme),
            ("text_percent", t("Text size"), sizes, preferences.text_percent),
            ("density", t("Height of rows"), _worded(_DENSITIES, self), preferences.density),
            ("idle_minutes", t("Lock the window after"), dict(sorted(minutes.items())), preferences.idle_minutes),
        ):
            rows.addRow(*self._row(name, label, choices, present))
        place = QWidget()
        place.setLayout(rows)
        card.add(place)
        note = QLabel(t("These are kept on this computer, for you alone; the file holds nothing of them."))
        note.setProperty("muted", True)
        note.setWordWrap(True)
        card.add(note)
        card.setMaximumWidth(620)
        self.layout_of_page.addWidget(card)
        self.layout_of_page.addStretch(1)
        self._focused = "language"

    def show_place(self, place: Place) -> None:
        """The keyboard goes back to the choice that was changed."""
        wanted = place.state.get("choice", "language")
        self._focused = wanted if wanted in self.boxes else "language"

    def state(self) -> Mapping[str, Any]:
        """The choice with the keyboard."""
        focused = QApplication.focusWidget()
        return {"choice": next((name for name, box in self.boxes.items() if box is focused), self._focused)}

    def first_focus(self) -> QWidget | None:
        """The choice that was changed last, else the language."""
        return self.boxes[self._focused]

    def _row(self, name: str, words: str, choices: Mapping[Any, str], present: Any) -> tuple[QLabel, QComboBox]:
        box = QComboBox()
        box.setMinimumHeight(theme.TARGET)
        box.setAccessibleName(words)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        codes = list(choices)
        box.addItems([choices[code] for code in codes])
        box.setCurrentIndex(codes.index(present))
        box.activated.connect(lambda place: self._choose(name, codes[place]))
        label = QLabel(words)
        label.setBuddy(box)
        self.boxes[name] = box
        return label, box

    def _choose(self, name: str, value: Any) -> None:
        if getattr(self.around.preferences, name) == value:
            return
        self._focused = name
        window = self.window()
        speak, anew = getattr(window, "speak", None), getattr(window, "make_anew", None)
        # This page is made anew as well: not before its own signal has ended.
        if name == "language" and speak is not None:
            QTimer.singleShot(0, window, lambda: speak(value))
            return
        self.around.preferences.change(**{name: value})
        if anew is not None:
            QTimer.singleShot(0, window, anew)


def _worded(messages: Mapping[str, str], part: Part) -> dict[str, str]:
    return {code: part.t(message) for code, message in messages.items()}
