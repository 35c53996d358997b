"""Paints a state as icon and word in its tone; all other cells as Qt does."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from eic_tracker.gui import icons
from eic_tracker.gui.models.rows_model import TONE_ROLE
from eic_tracker.gui.theme import Colours, Tone

_ICON = 16
_NAMES = {
    Tone.OK: "ok",
    Tone.WARNING: "warning",
    Tone.ERROR: "error",
    Tone.INFO: "info",
    Tone.DUPLICATE: "duplicate",
}


class StateDelegate(QStyledItemDelegate):
    """A word never stands by its colour alone: the icon says the same."""

    def __init__(self, colours: Colours, parent: QObject) -> None:
        super().__init__(parent)
        self._colours = colours

    def initStyleOption(  # noqa: N802 - Qt's own name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Add icon and colour where the cell has a tone."""
        super().initStyleOption(option, index)
        tone = index.data(TONE_ROLE)
        if tone is None or tone is Tone.PLAIN or not option.text:  # type: ignore[attr-defined]
            return
        foreground = self._colours.tone(tone)[0]
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration  # type: ignore[attr-defined]
        option.icon = icons.icon(_NAMES[tone], self._colours, colour=foreground)  # type: ignore[attr-defined]
        option.decorationSize = QSize(_ICON, _ICON)  # type: ignore[attr-defined]
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(group, role, QColor(foreground))  # type: ignore[attr-defined]
