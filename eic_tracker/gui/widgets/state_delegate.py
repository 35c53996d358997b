"""Paints a state as icon and word in its tone; all other cells as Qt does."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from eic_tracker.gui import icons
from eic_tracker.gui.models.rows_model import TONE_ROLE
from eic_tracker.gui.theme import Colours, Tone

_ICON = 16
_SIDE = 5
"""Pixels that a cell keeps free at either side beside Qt's own three."""
_GROUPS = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive)
_ROLES = (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText)


class StateDelegate(QStyledItemDelegate):
    """A word never stands by its colour alone: the icon says the same."""

    def __init__(self, colours: Colours, parent: QObject) -> None:
        super().__init__(parent)
        self._looks: dict[Tone, tuple[QIcon, QColor]] = {}
        for tone in Tone:
            foreground = colours.tone(tone)[0]
            picture = icons.icon(icons.OF_TONE[tone], colours, _ICON, colour=foreground)
            self._looks[tone] = (picture, QColor(foreground))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground over the whole cell, what it says with room at its sides."""
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        style = cell.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, cell, painter, cell.widget)
        cell.rect = cell.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)

    def initStyleOption(  # noqa: N802 - Qt's own name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Add icon and colour where the cell has a tone."""
        super().initStyleOption(option, index)
        tone = index.data(TONE_ROLE)
        if tone is None or not option.text:
            return
        picture, colour = self._looks[Tone(tone)]
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.icon = picture
        option.decorationSize = QSize(_ICON, _ICON)
        for group in _GROUPS:
            for role in _ROLES:
                option.palette.setColor(group, role, colour)
