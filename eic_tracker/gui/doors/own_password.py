"""Between the door and the work: who was given a password by somebody else chooses one that nobody else knows."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from eic_tracker.domain.accounts import SHORTEST_PASSWORD
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.telling import tell_in
from eic_tracker.gui.theme import Colours
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.card import Card, in_the_middle
from eic_tracker.gui.widgets.labelled_field import LabelledField, PasswordField
from eic_tracker.gui.widgets.message_bar import MessageBar
from eic_tracker.i18n import Translator

_WIDTH = 420


class OwnPassword(QWidget):
    """Two lines for the new password; the given one was just typed and is not asked again."""

    chosen = Signal(object)
    """the ActingUser, once the password is stored"""
    left = Signal()
    """back to the door of everybody; nothing was changed"""

    def __init__(
        self,
        open_file: OpenFile,
        acting: ActingUser,
        given: str,
        t: Translator,
        colours: Colours,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("own-password")
        self._file, self._acting, self._given, self._t = open_file, acting, given, t
        self._busy = False
        rule = t("At least {length} characters; not one that anybody would try.", length=SHORTEST_PASSWORD)
        self.messages = MessageBar(t, colours)
        self.new = PasswordField(t("&New password"), t, colours, rule)
        self.again = PasswordField(t("The same again"), t, colours)
        self.enter = _button(t("Change and go in"), "primary")
        self.enter.setToolTip("Enter")
        self.other = _button(t("Cancel"), "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addStretch(1)
        column.addLayout(in_the_middle(self._make_card()))
        column.addStretch(2)
        self.enter.clicked.connect(self.submit)
        self.other.clicked.connect(self.left)
        self.new.edit.returnPressed.connect(lambda: _focus(self.again))
        self.again.edit.returnPressed.connect(self.submit)
        QTimer.singleShot(0, self, lambda: _focus(self.new))

    def show_notice(self, notice: Notice) -> None:
        """Say what went wrong."""
        tell_in(self.messages, notice, self._t)

    def submit(self) -> None:
        """Store it and go in, or say what is wrong."""
        if self._busy:
            return
        same = self.new.text() == self.again.text()
        self.new.set_problem("")
        self.again.set_problem("" if same else self._t("The two passwords are not the same."))
        if not same:
            _focus(self.again)
            self.again.edit.selectAll()
            return

        from eic_tracker.services.users import change_own_password

        self._set_busy(True)
        self._file.jobs.write(
            change_own_password,
            self._acting,
            self._given,
            self.new.text(),
            owner=self,
            done=lambda _none: self.chosen.emit(self._acting),
            failed=self._on_failed,
        )

    def _make_card(self) -> Card:
        t = self._t
        card = Card(t("Choose your own password"))
        card.setFixedWidth(_WIDTH)
        self.setAccessibleName(t("Choose your own password"))
        why = QLabel(
            t(
                "{name}: somebody else gave you the password that you came in with. Choose one that only you know.",
                name=self._acting.full_name,
            )
        )
        why.setTextFormat(Qt.TextFormat.PlainText)
        why.setWordWrap(True)
        for part in (why, self.new, self.again):
            card.add(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(self.enter)
        card.body.addLayout(buttons)
        return card

    def _on_failed(self, failure: Failure) -> None:
        self._set_busy(False)
        if isinstance(failure.error, DraftRefused):
            text = failure.error.text(self._t)
            self.new.set_problem(text)
            announce(self.new.edit, text, urgent=True)
        else:
            self.show_notice(notice_of(failure, self._t))
        self.again.edit.clear()
        _focus(self.new)
        self.new.edit.selectAll()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.enter.setEnabled(not busy)
        for field in (self.new, self.again):
            field.edit.setReadOnly(busy)


def _button(text: str, look: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty(look, True)
    button.setAutoDefault(False)
    button.setMinimumHeight(32)
    return button


def _focus(field: LabelledField) -> None:
    field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
