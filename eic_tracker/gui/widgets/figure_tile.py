"""A figure as a tile that opens the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.plate import Plate


class FigureTile(Plate):
    """Title, the figure, lines about it; click, Enter or Space emit `activated`. Screen readers meet a button."""

    activated = Signal()

    def __init__(
        self,
        title: str,
        value: str = "",
        notes: Sequence[str] = (),
        trend: str = "",
        trend_tone: Tone = Tone.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = _line(title, theme.Type.BODY)
        self._title.setProperty("muted", True)
        self._value = _line("", theme.Type.FIGURE, tabular=True)
        self._trend = _line("", theme.Type.CAPTION)
        self._notes = _line("", theme.Type.CAPTION)
        self._notes.setProperty("muted", True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.GROUP_GAP, 12, theme.GROUP_GAP, 12)
        column.setSpacing(2)
        for label in (self._title, self._value, self._trend, self._notes):
            column.addWidget(label)
        column.addStretch(1)
        self.clicked.connect(lambda _checked=False: self.activated.emit())
        self.show_figure(value, notes, trend, trend_tone)

    def show_figure(
        self, value: str, notes: Sequence[str] = (), trend: str = "", trend_tone: Tone = Tone.PLAIN
    ) -> None:
        """Show a figure; an empty value stands for one that is still being counted."""
        self._value.setText(value or "…")
        self._trend.setText(trend)
        self._trend.setVisible(bool(trend))
        theme.mark(self._trend, "tone", trend_tone.value)
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        said = f"{self._title.text()}: {value}" if value else self._title.text()
        self.setAccessibleName(said)
        self.setAccessibleDescription(". ".join(filter(None, [trend, *notes])))
        self.updateGeometry()

    def title(self) -> str:
        """What the tile counts."""
        return self._title.text()

    def value(self) -> str:
        """The figure as it is shown."""
        return self._value.text()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """As large as its lines; never narrower than its longest word."""
        return self._column.sizeHint().expandedTo(QSize(168, 3 * theme.TARGET))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """The least at which nothing is cut off."""
        return self._column.minimumSize().expandedTo(QSize(120, 2 * theme.TARGET))


def _line(text: str, size: theme.Type, *, tabular: bool = False) -> QLabel:
    label = QLabel(text)
    label.setFont(theme.font(size, tabular=tabular))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
