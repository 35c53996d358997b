"""Messages of the window: a bar that takes its place in the page instead of covering it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.gui import icons, theme
from eic_tracker.gui.theme import Colours, Tone
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.i18n import N_, Translator

_WORDS = {
    Tone.OK: N_("Done"),
    Tone.WARNING: N_("Warning"),
    Tone.ERROR: N_("Problem"),
    Tone.INFO: N_("Note"),
    Tone.DUPLICATE: N_("Possible duplicate"),
    Tone.PLAIN: N_("Note"),
}
_LEAST_TEXT = 320
"""Pixels that the sentence keeps for itself before the buttons go under it."""
READ_FOR = 3.0
"""Seconds that a message stays at least, also where its page is left."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; another of the same `key` takes its place."""

    tone: Tone
    text: str
    details: str = ""
    deeds: tuple[Deed, ...] = ()
    key: str = ""
    leaves: bool = False
    """it is about the page in sight and goes with it"""
    told_at: float = field(default=0.0, compare=False)


class MessageBar(QFrame):
    """Shows the newest message, errors first; an error stays until the person closes it."""

    closed = Signal()

    def __init__(self, t: Translator, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self._colours = colours
        self._messages: list[Message] = []
        self._going: list[Message] = []
        self._read = QTimer(self)
        self._read.setSingleShot(True)
        self._read.timeout.connect(self._drop)
        self._opener: QWidget | None = None
        self._shown: list[QPushButton] = []
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.GAP)
        self._close = QToolButton()
        self._close.setAccessibleName(t("Close the message"))
        self._close.setToolTip(t("Close the message"))
        self._close.setMinimumSize(theme.TARGET, theme.TARGET)
        icons.dress(self._close, "close", colours, 16)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(theme.GAP)
        self._body.addWidget(self._text, 1)
        self._body.addLayout(self._buttons)
        top = Qt.AlignmentFlag.AlignTop
        column = QVBoxLayout()
        column.addSpacing(theme.SPACE)
        column.addWidget(self._icon, 0, top)
        column.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.PAGE_MARGIN, theme.SPACE, theme.GAP, theme.SPACE)
        line.setSpacing(theme.GAP)
        line.addLayout(column)
        line.addLayout(self._body, 1)
        line.addWidget(self._close, 0, top)
        self.setProperty("bar", True)
        self.hide()
        self._close.clicked.connect(self.dismiss)

    def tell(
        self,
        tone: Tone,
        text: str,
        *,
        details: str = "",
        deeds: Sequence[Deed] = (),
        key: str = "",
        leaves: bool | None = None,
    ) -> None:
        """Say something, with at most two buttons; `details` can be copied. An error in sight is not covered.

        `leaves`: whether it goes with the page; unless said otherwise, all but errors and what has a key."""
        assert len(deeds) <= 2, "a message offers at most two deeds"
        goes = leaves if leaves is not None else tone is not Tone.ERROR and not key
        message = Message(tone, text, details, tuple(deeds), key, goes, monotonic())
        shown = self._messages[0] if self._messages else None
        self._messages = [each for each in self._messages if not _replaced(each, message)]
        behind = bool(self._messages) and self._messages[0].tone is Tone.ERROR and tone is not Tone.ERROR
        self._messages.insert(1 if behind else 0, message)
        if shown is None:
            self._opener = QApplication.focusWidget()
        self._show()
        announce(self, f"{self._t(_WORDS[tone])}. {text}", urgent=tone is Tone.ERROR)

    def withdraw(self, key: str) -> None:
        """What a message of this key said is no longer so."""
        self._messages = [each for each in self._messages if each.key != key]
        self._show()

    def dismiss(self) -> None:
        """Close the message in sight; the next one, if any, is shown."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self._messages = self._messages[1:]
        self._show()
        if inside and self._messages:
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        elif inside:
            self._give_focus_back()
        self.closed.emit()

    def dismiss_quiet(self) -> None:
        """Drop what needs no answer, as when the page changes; errors and what has a key stay."""
        self._messages = [each for each in self._messages if each.tone is Tone.ERROR or each.key]
        self._show()

    def leave_page(self) -> None:
        """Another page is shown: what is about the earlier one goes, but not before it could be read."""
        now = monotonic()
        self._messages = [each for each in self._messages if not each.leaves or now - each.told_at < READ_FOR]
        going = [each for each in self._messages if each.leaves]
        if going:
            last = max(each.told_at for each in going) + READ_FOR - now
            self._going = going
            self._read.start(round(last * 1000) + 1)
        self._show()

    def message(self) -> Message | None:
        """The message in sight."""
        return self._messages[0] if self._messages else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Where the width does not do for both, the buttons go under the sentence."""
        super().resizeEvent(event)
        self._arrange()

    def _drop(self) -> None:
        self._messages = [each for each in self._messages if not any(each is one for one in self._going)]
        self._going = []
        self._show()

    def _show(self) -> None:
        if not self._messages:
            self.hide()
            return
        message = self._messages[0]
        foreground = self._colours.tone(message.tone)[0]
        drawing = icons.icon(icons.OF_TONE[message.tone], self._colours, colour=foreground)
        self._icon.setPixmap(drawing.pixmap(icons.SIZE))
        self._icon.setAccessibleName(self._t(_WORDS[message.tone]))
        self._text.setText(message.text)
        self.setAccessibleName(f"{self._t(_WORDS[message.tone])}. {message.text}")
        theme.mark(self, "tone", message.tone.value)
        self._fill_buttons(message)
        self._arrange()
        self.show()

    def _fill_buttons(self, message: Message) -> None:
        for button in self._shown:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        deeds = list(message.deeds)
        if message.details:
            deeds.append(Deed(self._t("Copy details"), self._copy))
        self._shown = [deed_button(deed) for deed in deeds]
        for button in self._shown:
            self._buttons.addWidget(button)

    def _arrange(self) -> None:
        wide = self.width() >= self._buttons.sizeHint().width() + _LEAST_TEXT
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._body.direction() != way:
            self._body.setDirection(way)
            self._body.setAlignment(self._buttons, Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft)

    def _copy(self) -> None:
        message = self.message()
        if message is not None:
            QGuiApplication.clipboard().setText(f"{message.text}\n\n{message.details}")
            announce(self, self._t("Copied"))

    def _give_focus_back(self) -> None:
        opener = self._opener
        if opener is not None and shiboken6.isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)


def _replaced(old: Message, new: Message) -> bool:
    if new.key and old.key == new.key:
        return True
    return (old.tone, old.text) == (new.tone, new.text) or (old.tone is not Tone.ERROR and not old.key)
