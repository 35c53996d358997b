"""Paints a state as icon and word in its tone; all other cells as Qt does."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

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


class CellDelegate(StateDelegate):
    """For tables that are typed into: a ring around the cell where the keyboard stands, grey for what is not typed."""

    def __init__(self, colours: Colours, parent: QAbstractItemView, muted: frozenset[int] = frozenset()) -> None:
        super().__init__(colours, parent)
        self._view = parent
        self._grey, self._ring = QColor(colours.muted), QColor(colours.accent)
        self._muted = muted

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ring inside the cell, so that no neighbour cuts it."""
        super().paint(painter, option, index)
        if index.column() > 0 and index == self._view.currentIndex():
            painter.save()
            painter.setPen(QPen(self._ring, _RING))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def initStyleOption(  # noqa: N802 - Qt's own name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Grey where the column is one of them and the cell has no tone of its own."""
        super().initStyleOption(option, index)
        if index.column() in self._muted and index.data(TONE_ROLE) is None:
            for group in _GROUPS:
                for role in _ROLES:
                    option.palette.setColor(group, role, self._grey)


_RING = 2
"""Pixels of the ring."""
