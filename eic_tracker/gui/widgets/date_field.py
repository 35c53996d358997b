"""A day, typed as people write it; what it means stands beside, and Alt+Down opens a calendar."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from eic_tracker.domain.dates import parse_date
from eic_tracker.errors import UserError
from eic_tracker.gui import icons, theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import Popup
from eic_tracker.i18n import Language

_EXAMPLE_CHARACTERS = 16
_LOCALES = {Language.ES: "es_HN", Language.EN: "en_GB"}


class DateField(QWidget):
    """`edit` is the line; empty is legal. `value()` is a day, None, or the text that is no day."""

    changed = Signal()

    def __init__(self, label: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = around.t
        self._today = around.today
        self._label = label
        self.edit = QLineEdit()
        self.edit.setMinimumHeight(theme.TARGET)
        self.edit.setFixedWidth(self.fontMetrics().averageCharWidth() * _EXAMPLE_CHARACTERS + 24)
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(around.t("day/month/year"))
        self.edit.setToolTip(self.edit.placeholderText())
        self.button = QToolButton()
        icons.dress(self.button, "calendar", around.colours)
        self.button.setMinimumSize(theme.TARGET, theme.TARGET)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setToolTip(around.t("Calendar (Alt+Down)"))
        self.button.setAccessibleName(around.t("Calendar: {field}", field=label))
        self._meant = QLabel()
        self._meant.setProperty("muted", True)
        self._meant.setWordWrap(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.SPACE)
        line.addWidget(self.edit)
        line.addWidget(self.button)
        line.addWidget(self._meant, 1)
        self.setFocusProxy(self.edit)
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._on_text)
        self.button.clicked.connect(self.open_calendar)

    def value(self) -> dt.date | str | None:
        """The day, None where nothing stands there, the text itself where it is no day."""
        try:
            return parse_date(self.edit.text(), self._today)
        except UserError:
            return self.edit.text().strip()

    def set_value(self, value: dt.date | None) -> None:
        """Write a day, or nothing."""
        self.edit.setText("" if value is None else self._t.date(value))

    def meaning(self) -> str:
        """What the text means, in words, as it stands beside the line."""
        return self._meant.text()

    def open_calendar(self) -> None:
        """Choose the day in a calendar; Enter takes it, Esc leaves all as it is."""
        value = self.value()
        popup = CalendarPopup(self._label, value if isinstance(value, dt.date) else self._today, self._t.language, self)
        popup.chosen.connect(self._on_chosen)
        popup.show_below(self.edit.mapToGlobal(self.edit.rect().bottomLeft()))
        popup.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Alt+Down opens the calendar; leaving the line writes the day in full."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            value = self.value()
            if isinstance(value, dt.date) and self.edit.text() != self._t.date(value):
                self.set_value(value)
        return super().eventFilter(watched, event)

    def _on_chosen(self, day: dt.date) -> None:
        self.set_value(day)
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_text(self, text: str) -> None:
        try:
            day = parse_date(text, self._today)
            meant = "" if day is None or text.strip() == self._t.date(day) else self._t.long_date(day)
        except UserError:
            meant = ""
        self._meant.setText(meant)
        self.changed.emit()


class CalendarPopup(Popup):
    """A month at a time; Enter or a double click choose."""

    chosen = Signal(object)
    """a date"""

    def __init__(self, title: str, day: dt.date, language: Language, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(title)
        self.calendar.setLocale(QLocale(_LOCALES[language]))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.activated.connect(self._on_activated)
        self.inside.addWidget(self.calendar)

    def _on_activated(self, day: QDate) -> None:
        self.chosen.emit(dt.date(day.year(), day.month(), day.day()))
        self.close()
