"""The box that finds everything (Ctrl+K): people, courses, papers, pages, actions."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.gui import icons, theme
from eic_tracker.gui.commands import CommandSet
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.palette_lines import Line, lines_before_typing, lines_for, lines_of_hits, place_of_letter
from eic_tracker.gui.theme import Colours
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.workplace import Workplace
from eic_tracker.services.letters import letter_use
from eic_tracker.services.search import Hit, search

PER_KIND = 5
_WIDEST = 680
_TALLEST = 460
_ROW = 30
_HEADING = 26
_LINE = Qt.ItemDataRole.UserRole


def open_palette(workplace: Workplace, commands: CommandSet) -> Palette:
    """Open the box over the workplace; one that is open already gets the keyboard."""
    for known in workplace.findChildren(Palette):
        if known.isVisible():
            known.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            known.box.selectAll()
            return known
    palette = Palette(workplace, commands)
    palette.open()
    return palette


class Palette(QFrame):
    """Stands inside the workplace, so that a lock hides it too; goes away with the keyboard."""

    def __init__(self, workplace: Workplace, commands: CommandSet) -> None:
        super().__init__(workplace)
        t = self._t = workplace.around.t
        self._workplace = workplace
        self._commands = commands
        self._opener: QWidget | None = None
        self._job: Job | None = None
        self._near: list[Line] = []
        self._far: list[Line] = []
        self._enter_waits = False
        self._moved = False
        self.setObjectName("palette")
        self.setAccessibleName(t("Find or do something"))
        self.box = QLineEdit()
        self.box.setMinimumHeight(36)
        self.box.setClearButtonEnabled(True)
        self.box.setAccessibleName(t("Find or do something"))
        self.box.setPlaceholderText(t("Person, course, certificate, page or action"))
        self.list = QListWidget()
        self.list.setAccessibleName(t("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(_LineDelegate(workplace.around.colours, self.list))
        self.empty = QLabel()
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setProperty("muted", True)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._results = QStackedWidget()
        self._results.addWidget(self.list)
        self._results.addWidget(self.empty)
        keys = QLabel(t("↑ ↓ choose · Enter go or do · Esc close"))
        keys.setProperty("muted", True)
        keys.setFont(theme.font(theme.Type.CAPTION))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self.box)
        column.addWidget(self._results, 1)
        column.addWidget(keys)
        self.hide()
        self.box.textChanged.connect(self._on_text)
        self.box.installEventFilter(self)
        workplace.installEventFilter(self)
        workplace.title_changed.connect(self._on_place_changed)
        self.list.itemClicked.connect(lambda _item: self.take())
        self.list.currentItemChanged.connect(lambda _now, _before: self._say_current())

    def open(self) -> None:
        """Show it, remembering who had the keyboard."""
        self._opener = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._on_text("")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def lines(self) -> list[Line]:
        """What is offered now, from top to bottom."""
        return [*self._near, *self._far]

    def current(self) -> Line | None:
        """The line that Enter takes."""
        line = self.list.currentIndex().data(_LINE)
        return line if isinstance(line, Line) else None

    def take(self) -> None:
        """Go to, or do, the current line; where its answer is still on the way, once that is here."""
        line = self.current()
        if self._job is not None and (line is None or line in self._far):
            self._enter_waits = True
            return
        if line is None:
            return
        self._close(give_back=True)
        workplace = self._workplace
        if line.place is not None:
            workplace.go(line.place)
        elif line.letter:
            workplace.around.jobs.read(
                letter_use,
                workplace.around.acting,
                line.letter,
                owner=workplace,
                done=lambda use: workplace.go(place_of_letter(use)),
                failed=lambda failure: workplace.tell(notice_of(failure, workplace.t)),
            )
        else:
            self._commands.actions[line.action].trigger()

    def dismiss(self) -> None:
        """Close; the keyboard goes back to where it was."""
        self._close(give_back=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Keys of the box; size and hiding of the workplace, and clicks that nobody took."""
        if watched is self._workplace:
            if event.type() == QEvent.Type.Resize:
                self._place()
            elif event.type() in {QEvent.Type.Hide, QEvent.Type.MouseButtonPress}:
                self._close(give_back=False)
        elif isinstance(event, QFocusEvent):
            if event.lostFocus() and event.reason() is Qt.FocusReason.MouseFocusReason:
                self._close(give_back=False)
        elif isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _KEYS:
                self._on_key(Qt.Key(event.key()), event.modifiers())
                return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A click on the box itself closes nothing."""
        event.accept()

    def _on_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.take()
        elif key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and modifiers & Qt.KeyboardModifier.ShiftModifier):
            self._step(-1)
        else:
            self._step(_STEPS.get(key, 1))

    def _step(self, by: int) -> None:
        """Mark another line, over the headings; round the ends with single steps."""
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_LINE) is not None]
        if not rows:
            return
        here = self.list.currentRow()
        at = rows.index(here) if here in rows else -1
        wanted = (at + by) % len(rows) if abs(by) == 1 else max(0, min(len(rows) - 1, at + by))
        self._moved = True
        self.list.setCurrentRow(rows[wanted])
        if wanted == 0:
            self.list.scrollToTop()

    def _on_text(self, text: str) -> None:
        around = self._workplace.around
        self._moved = False
        self._enter_waits = False
        if self._job is not None:
            self._job.cancel()
            self._job = None
        typed = text.strip()
        if not typed:
            self._near, self._far = lines_before_typing(self._workplace.trail, self._commands, around), []
            self._show()
            return
        # Earlier hits stand until the new ones are here, so that nothing flickers; Enter waits for the new ones.
        self._near = lines_for(typed, self._commands, around)
        job = around.jobs.read(
            search, around.acting, typed, PER_KIND, owner=self, done=self._on_hits, failed=self._on_failed
        )
        self._job = job
        self._show()

    def _on_hits(self, hits: Sequence[Hit]) -> None:
        self._job = None
        self._far = lines_of_hits(hits, self._workplace.around)
        self._show()
        if self._enter_waits:
            self._enter_waits = False
            self.take()

    def _on_failed(self, failure: Failure) -> None:
        self._job = None
        self._enter_waits = False
        self._far = []
        self._show()
        self._workplace.tell(notice_of(failure, self._t))

    def _show(self) -> None:
        kept = self.current() if self._moved else None
        self.list.blockSignals(True)
        self.list.clear()
        group = ""
        wanted = first = -1
        for line in self.lines():
            if line.group != group:
                group = line.group
                self.list.addItem(_heading(group))
            self.list.addItem(_item(line, self._workplace.around.colours))
            row = self.list.count() - 1
            first = row if first < 0 else first
            wanted = row if line == kept else wanted
        self.list.setCurrentRow(wanted if wanted >= 0 else first)
        self.list.blockSignals(False)
        if wanted < 0:
            self.list.scrollToTop()
        nothing = first < 0 and bool(self.box.text().strip())
        self.empty.setText(
            self._t("Nothing was found for “{text}”.", text=self.box.text().strip())
            if nothing and self._job is None
            else ""
        )
        self._results.setCurrentIndex(1 if nothing else 0)
        if nothing and self._job is None:
            announce(self.box, self.empty.text())
        else:
            self._say_current()

    def _say_current(self) -> None:
        line = self.current()
        if line is not None and self.isVisible():
            announce(self.box, line.spoken)

    def _place(self) -> None:
        around = self._workplace
        width = min(_WIDEST, around.width() - 2 * theme.PAGE_MARGIN)
        height = min(_TALLEST, around.height() - 48)
        self.setGeometry((around.width() - width) // 2, theme.GAP, width, height)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A page that takes the keyboard when its rows arrive does not get it before the box is closed."""
        if now is None or self.isAncestorOf(now):
            return
        if now.window() is not self.window():
            self._close(give_back=False)
        else:
            self._opener = now
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_place_changed(self, _title: str) -> None:
        self._close(give_back=False)

    def _close(self, *, give_back: bool) -> None:
        if self.isHidden():
            return
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._on_focus_changed)
        if self._job is not None:
            self._job.cancel()
            self._job = None
        opener = self._opener
        if give_back and opener is not None and shiboken6.isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()


class _LineDelegate(QStyledItemDelegate):
    """Title, what tells it from others, and the shortcut at the right."""

    def __init__(self, colours: Colours, parent: QObject) -> None:
        super().__init__(parent)
        self._muted = QColor(colours.muted)
        self._text = QColor(colours.text)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the ground as the style does, then the words."""
        line = index.data(_LINE)
        if line is None:
            painter.save()
            painter.setFont(theme.font(theme.Type.CAPTION))
            painter.setPen(self._muted)
            rect = option.rect.adjusted(theme.GAP, 0, -theme.GAP, -2)
            painter.drawText(rect, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, index.data())
            painter.restore()
            return
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        whole.text = ""
        widget = whole.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, widget)
        painter.save()
        rect = QRect(whole.rect).adjusted(36, 0, -theme.GAP, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        if line.keys:
            painter.setPen(self._muted)
            painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, line.keys)
            rect.setRight(rect.right() - metrics.horizontalAdvance(line.keys) - theme.GROUP_GAP)
        painter.setPen(self._text)
        title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, title)
        rect.setLeft(rect.left() + metrics.horizontalAdvance(title) + 12)
        if line.detail and rect.width() > 24:
            painter.setPen(self._muted)
            detail = metrics.elidedText(line.detail, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, detail)
        painter.restore()


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setSizeHint(QSize(0, _HEADING))
    return item


def _item(line: Line, colours: Colours) -> QListWidgetItem:
    item = QListWidgetItem(line.title)
    item.setIcon(icons.icon(line.icon, colours))
    item.setData(_LINE, line)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
    item.setToolTip(" · ".join(filter(None, [line.title, line.detail])))
    item.setSizeHint(QSize(0, _ROW))
    return item


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8, Qt.Key.Key_Tab: 1}
_KEYS = frozenset({*_STEPS, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter})
