"""What a picture must not show: each check looks at the widgets in sight and gives one line for each fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from eic_tracker.gui.palette import Palette
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.gui.widgets.toast import Toast
from tests.shots.table_checks import cut_cells, cut_headings, unfair, wasted

LEAST = 24
"""Pixels of the least target (WCAG 2.5.8)."""
_SLACK = 1
_PLAIN = frozenset(
    {"QWidget", "QStackedWidget", "QSplitter", "QScrollArea", "qt_scrollarea_viewport", "qt_tabwidget_stackedwidget"}
)
"""Say nothing about a place."""
_OVER_OTHERS = (Palette, Toast, StateView)
"""Stand over others on purpose."""
_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QMenuBar)
"""What Qt makes of several widgets is looked at as one."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault that a person would see or hear."""

    page: str
    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.path}: {self.what}"


def look(root: QWidget, page: str) -> list[Finding]:
    """All faults of a window, dialog or page that is in sight."""
    found: dict[Finding, None] = {}
    for check in CHECKS:
        for widget, what in check(root):
            found[Finding(page, path_of(widget, root), what)] = None
    return list(found)


def path_of(widget: QWidget, root: QWidget) -> str:
    """Where a widget stands: its kind or name, and what it says, from the outside to the inside."""
    steps = []
    step: QWidget | None = widget
    while step is not None and step is not root:
        steps.append(step.objectName() or type(step).__name__)
        step = step.parentWidget()
    plain = {
        "QWidget",
        "QStackedWidget",
        "QSplitter",
        "QScrollArea",
        "qt_scrollarea_viewport",
        "qt_tabwidget_stackedwidget",
    }
    told = [step for step in reversed(steps) if step not in plain]
    text = text_of(widget) or widget.accessibleName()
    return "/".join(told) + (f" “{text[:60]}”" if text else "")


def in_sight(root: QWidget) -> Iterator[QWidget]:
    """The widget and all within it that are shown; what Qt itself makes of parts counts as one."""
    yield root
    if isinstance(root, _WHOLE):
        return
    for child in root.children():
        if isinstance(child, QWidget) and not child.isWindow() and child.isVisible() and not child.size().isEmpty():
            yield from in_sight(child)


def text_of(widget: QWidget) -> str:
    """The words that a widget shows."""
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


Faults = Iterator[tuple[QWidget, str]]


def clipped(root: QWidget) -> Faults:
    """Words that need more room than they have."""
    for widget in in_sight(root):
        for kind, room in _ROOMS.items():
            if isinstance(widget, kind):
                yield from room(widget)
                break


def _label(label: QLabel) -> Faults:
    text = label.text()
    if not text or (label.pixmap() is not None and not label.pixmap().isNull()):
        return
    if "…" in text and label.toolTip():
        return
    has = label.contentsRect().size()
    rich = label.textFormat() is Qt.TextFormat.RichText or (
        label.textFormat() is Qt.TextFormat.AutoText and "</" in text
    )
    margins = 2 * label.margin()
    if label.wordWrap():
        high = label.heightForWidth(label.width()) - (label.height() - has.height())
        if high > has.height() + _SLACK:
            yield label, f"needs {high} pixels of height and has {has.height()}"
        if not rich:
            room = QRect(0, 0, has.width() - margins, 1)
            longest = label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap.value, text).width()
            if longest > room.width() + _SLACK:
                yield label, f"its longest word needs {longest} pixels and has {room.width()}"
        return
    if rich:
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setDocumentMargin(0)
        document.setHtml(text)
        needs = QSize(int(document.idealWidth()), int(document.size().height()))
    else:
        needs = label.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, text)
    if needs.width() + margins > has.width() + _SLACK:
        yield label, f"needs {needs.width() + margins} pixels and has {has.width()}"
    if needs.height() > has.height() + 3:
        yield label, f"needs {needs.height()} pixels of height and has {has.height()}"


def _push_button(button: QPushButton) -> Faults:
    if button.hasHeightForWidth():
        high = button.heightForWidth(button.width())
        if high > button.height() + _SLACK:
            yield button, f"needs {high} pixels of height and has {button.height()}"
        return
    option = QStyleOptionButton()
    button.initStyleOption(option)
    room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    yield from _words_of(button, room.size())


def _tool_button(button: QToolButton) -> Faults:
    if button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly and not button.icon().isNull():
        return
    yield from _words_of(button, QSize(button.width() - 8, button.height() - 2))


def _box(button: QCheckBox | QRadioButton) -> Faults:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    part = QStyle.SubElement.SE_CheckBoxContents
    if isinstance(button, QRadioButton):
        part = QStyle.SubElement.SE_RadioButtonContents
    yield from _words_of(button, button.style().subElementRect(part, option, button).size(), icon=False)


def _words_of(button: QAbstractButton, room: QSize, *, icon: bool = True) -> Faults:
    if not button.text():
        return
    needs = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, button.text())
    width = needs.width() + (button.iconSize().width() + 4 if icon and not button.icon().isNull() else 0)
    if width > room.width() + _SLACK and not ("…" in button.text() and button.toolTip()):
        yield button, f"needs {width} pixels and has {room.width()}"
    if needs.height() > room.height() + 3:
        yield button, f"needs {needs.height()} pixels of height and has {room.height()}"


def _combo(box: QComboBox) -> Faults:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    needs = box.fontMetrics().horizontalAdvance(box.currentText())
    if needs > room.width() + _SLACK and not box.toolTip():
        yield box, f"needs {needs} pixels, has {room.width()} and no tooltip"


def _line_edit(edit: QLineEdit) -> Faults:
    if edit.text() or not edit.placeholderText():
        return
    needs = edit.fontMetrics().horizontalAdvance(edit.placeholderText())
    if needs > edit.contentsRect().width() - 12 and not edit.toolTip():
        yield edit, f"its hint needs {needs} pixels, has {edit.contentsRect().width() - 12} and no tooltip"


def _tab_bar(bar: QTabBar) -> Faults:
    for number in range(bar.count()):
        if not bar.isTabVisible(number):
            continue
        needs = bar.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, bar.tabText(number)).width()
        if needs > bar.tabRect(number).width() - 8:
            yield bar, f"tab “{bar.tabText(number)}” needs {needs} pixels, has {bar.tabRect(number).width() - 8}"
        tabs = bar.parentWidget()
        listed = isinstance(tabs, Tabs) and tabs.all.isVisible()
        if not listed and not bar.rect().contains(bar.tabRect(number).center()):
            yield bar, f"tab “{bar.tabText(number)}” is out of sight"


def _table(table: QAbstractItemView) -> Faults:
    if isinstance(table, QTableView):
        for fault in (*cut_headings(table), *cut_cells(table), *wasted(table), *unfair(table)):
            yield table, fault


_ROOMS: dict[type | tuple[type, ...], Callable[..., Faults]] = {
    QLabel: _label,
    QPushButton: _push_button,
    QToolButton: _tool_button,
    (QCheckBox, QRadioButton): _box,
    QComboBox: _combo,
    QLineEdit: _line_edit,
    QTabBar: _tab_bar,
    QAbstractItemView: _table,
}


def out_of_place(root: QWidget) -> Faults:
    """Widgets outside their parent, over a sibling, or in a view that they can never be scrolled into."""
    for parent in in_sight(root):
        if isinstance(parent, (*_WHOLE, QHeaderView)):
            continue
        if isinstance(parent, QScrollArea):
            yield from _sideways(parent)
        if isinstance(parent, QAbstractScrollArea):
            continue
        children = [
            child
            for child in parent.children()
            if isinstance(child, QWidget) and not child.isWindow() and child.isVisible() and not child.size().isEmpty()
        ]
        yield from _outside(parent, children)
        yield from _over(children)


def _sideways(area: QScrollArea) -> Faults:
    inside = area.widget()
    if inside is None:
        return
    layout = inside.layout()
    if layout is not None and layout.hasHeightForWidth():
        high = max(layout.heightForWidth(inside.width()), area.viewport().height())
        if inside.height() > high + _SLACK:
            yield area, f"scrolls {inside.height() - high} pixels into nothing"
    if inside.width() > area.viewport().width():
        yield area, f"what it holds is {inside.width()} pixels wide, in sight are {area.viewport().width()}"


def _outside(parent: QWidget, children: list[QWidget]) -> Faults:
    within = parent.parentWidget()
    if isinstance(within, QAbstractScrollArea) and within.viewport() is parent:
        return
    for child in children:
        if not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(child.geometry()):
            place = child.geometry().getRect()
            yield child, f"stands at {place}, outside its parent of {parent.size().toTuple()}"


def _over(children: list[QWidget]) -> Faults:
    solid = [child for child in children if not isinstance(child, _OVER_OTHERS)]
    for number, one in enumerate(solid):
        for other in solid[number + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > _SLACK and common.height() > _SLACK:
                yield other, f"stands over {type(one).__name__} “{text_of(one) or one.accessibleName()}”"


def unnamed(root: QWidget) -> Faults:
    """Controls that a screen reader cannot name."""
    for widget in in_sight(root):
        if not _is_control(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name).strip():
            yield widget, "has no name for a screen reader"


def small(root: QWidget) -> Faults:
    """Controls that are hard to hit."""
    for widget in in_sight(root):
        if _is_control(widget) and min(widget.width(), widget.height()) < LEAST:
            yield widget, f"is {widget.width()} × {widget.height()} pixels, less than {LEAST}"


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, (QScrollArea, QHeaderView)) or not widget.isEnabled():
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or isinstance(widget, QAbstractButton)


def hidden_focus(root: QWidget) -> Faults:
    """The control with the keyboard, where it stands out of sight."""
    widget = cast("QWidget | None", root.window().focusWidget())
    if widget is None or not root.isAncestorOf(widget) or not widget.isVisible():
        return
    middle = widget.mapTo(root, QPoint(widget.width() // 2, min(widget.height() // 2, LEAST)))
    if not QRect(QPoint(0, 0), root.size()).contains(middle) or widget.visibleRegion().isEmpty():
        yield widget, "has the keyboard and is out of sight"


CHECKS: tuple[Callable[[QWidget], Faults], ...] = (clipped, out_of_place, unnamed, small, hidden_focus)
