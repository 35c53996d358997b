"""Work that has to end before the window goes on (the copy on closing, a restore): said after 0.3 seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure, Jobs, Lane
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.i18n import Translator

QUIET = 300
"""Milliseconds of work that nobody needs to see."""
LONG = 1_000
"""Milliseconds after which it is said what the closing waits for."""
_AGAIN = 20
SAID_FOR = 20_000
"""Milliseconds after which a sentence that nobody reads no longer holds the closing up."""
_WIDTH = 420

Begin = Callable[[Callable[[Any], None], Callable[[Failure], None]], object]
"""Starts the work with what to do when it is done and when it failed."""


class Waiting(QDialog):
    """One sentence and a bar that moves; it goes when the work has ended, and not before."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(
            parent, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint
        )
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle("EIC Tracker")
        self.setAccessibleName(text)
        self._may_close = False
        self.words = QLabel(text)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, theme.GROUP_GAP, 24, theme.GROUP_GAP)
        self.column.setSpacing(12)
        self.column.addWidget(self.words)
        self.column.addWidget(self.bar)
        self.setMinimumWidth(_WIDTH)

    def tell(self, text: str) -> None:
        """Say what is waited for now."""
        self.words.setText(text)
        self.setAccessibleName(text)

    def end(self) -> None:
        """The work has ended."""
        self._may_close = True
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Esc leaves a sentence, never the work."""
        if event.key() == Qt.Key.Key_Escape and not self._may_close:
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """Not before the work has ended."""
        if self._may_close:
            super().closeEvent(event)
        else:
            event.ignore()

    def say(self, text: str, button: str) -> None:
        """Say how it ended, with a button that closes."""
        self._may_close = True
        self.words.setText(text)
        self.setAccessibleName(text)
        self.bar.hide()
        close = deed_button(Deed(button, self.accept), look="primary")
        self.column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()


def wait_for(window: QWidget, text: str, begin: Begin) -> Any:
    """What the work answers, or its Failure; the window goes on painting and takes no keys meanwhile."""
    answers: list[Any] = []
    loop = QEventLoop()

    def take(answer: Any) -> None:
        answers.append(answer)
        loop.quit()

    begin(take, take)
    quiet = QTimer()
    quiet.setSingleShot(True)
    quiet.timeout.connect(loop.quit)
    quiet.start(QUIET)
    if not answers:
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    quiet.stop()
    if answers:
        return answers[0]
    dialog = Waiting(text, window)
    if window.isVisible():
        dialog.show()
        announce(dialog, text)
    loop.exec()
    dialog.end()
    dialog.deleteLater()
    return answers[0]


def wait_until(window: QWidget, holds: Callable[[], bool], words: Callable[[], str]) -> None:
    """Wait until something holds, asked again and again; the window goes on painting and takes no keys meanwhile.

    After a second `words()` says what is waited for."""
    if holds():
        return
    loop = QEventLoop()
    dialogs: list[Waiting] = []

    def ask() -> None:
        if holds():
            loop.quit()
        elif dialogs:
            dialogs[0].tell(words())

    def say() -> None:
        dialogs.append(Waiting(words(), window))
        if window.isVisible():
            dialogs[0].show()
            announce(dialogs[0], words())

    again, long = QTimer(), QTimer()
    again.timeout.connect(ask)
    again.start(_AGAIN)
    long.setSingleShot(True)
    long.timeout.connect(say)
    long.start(LONG)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    again.stop()
    long.stop()
    for dialog in dialogs:
        dialog.end()
        dialog.deleteLater()


def say_before_going_on(window: QWidget, text: str, button: str) -> None:
    """A sentence that must be seen before the window goes: closed by its button, by Esc, or at last by itself."""
    if not window.isVisible():
        return
    dialog = Waiting(text, window)
    dialog.say(text, button)
    loop = QEventLoop()
    dialog.finished.connect(lambda _result: loop.quit())
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(SAID_FOR)
    dialog.show()
    announce(dialog, text, urgent=True)
    loop.exec()
    timer.stop()
    dialog.close()
    dialog.deleteLater()


def wait_for_jobs(window: QWidget, jobs: Jobs, t: Translator) -> None:
    """Until what is written is whole and what is cancelled has stopped; said when it takes more than a second."""
    left: list[Lane | None] = []

    def words() -> str:
        if left[-1] is Lane.WRITE:
            return t("Storing what was begun, before the file closes…")
        return t("Stopping what is being counted, copied or made into a paper, before the file closes…")

    def ended() -> bool:
        left[:] = [jobs.stop()]
        return left[0] is None

    wait_until(window, ended, words)
