"""The rail at the left: the places of the program, each with icon and word; icons alone where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.page_list import PageSpec
from eic_tracker.gui.surroundings import Surroundings


class Rail(QFrame):
    """Buttons of the places the user may open; the present one is marked by bar and weight."""

    place_chosen = Signal(str)

    def __init__(self, specs: Sequence[PageSpec], around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        t = around.t
        self.setAccessibleName(t("Places"))
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP, 0, theme.GAP)
        column.setSpacing(2)
        tools_began = False
        for number, spec in enumerate(specs):
            if spec.rail == "tools" and not tools_began:
                column.addStretch(1)
                tools_began = True
            button = QToolButton()
            button.setText(t(spec.title))
            button.setIcon(icons.icon(spec.icon, around.colours))
            button.setIconSize(QSize(20, 20))
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(32)
            button.setAccessibleName(t(spec.title))
            keys = f" (Ctrl+{number + 1})" if spec.rail == "places" and number < 8 else ""
            button.setToolTip(t(spec.title) + keys)
            button.clicked.connect(lambda _checked=False, name=spec.name: self.place_chosen.emit(name))
            self._group.addButton(button)
            self._buttons[spec.name] = button
            column.addWidget(button)
        self.set_compact(False)

    @property
    def names(self) -> list[str]:
        """The places in their order."""
        return list(self._buttons)

    def mark(self, name: str) -> None:
        """Show which place the person is at."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def take_focus(self) -> None:
        """Put the keyboard on the present place."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def set_compact(self, compact: bool) -> None:
        """Icons alone, or icons with words as wide as the longest."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if compact else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self._buttons.values():
            button.setToolButtonStyle(style)
        if compact:
            self.setFixedWidth(theme.COMPACT_RAIL_WIDTH)
            return
        strong = theme.font(theme.Type.STRONG)
        widest = max(QFontMetrics(strong).horizontalAdvance(each.text()) for each in self._buttons.values())
        self.setFixedWidth(max(theme.RAIL_WIDTH, widest + 20 + 36))
