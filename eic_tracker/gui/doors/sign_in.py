"""The door of a file: who are you? Also the lock, behind which somebody's work waits."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from eic_tracker import settings
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui import icons, theme
from eic_tracker.gui.copied import take_rows_away
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.open_file import OpenFile, read_only_words
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.telling import tell_in
from eic_tracker.gui.theme import Colours, Tone
from eic_tracker.gui.widgets.card import Card, in_the_middle
from eic_tracker.gui.widgets.labelled_field import LabelledField, PasswordField
from eic_tracker.gui.widgets.message_bar import MessageBar
from eic_tracker.i18n import Translator
from eic_tracker.services.sign_in import password_was_given, sign_in, verify_password

_WIDTH = 420


class SignIn(QWidget):
    """Login and password; a locked user only types the password, or lets another person in."""

    entered = Signal(object)
    """the ActingUser whose password it was"""
    own_password_wanted = Signal(object, str)
    """the ActingUser, and the password that somebody else gave them"""
    other_file_requested = Signal()
    change_user_requested = Signal()

    def __init__(
        self,
        open_file: OpenFile,
        locked: ActingUser | None,
        preferences: Preferences,
        t: Translator,
        colours: Colours,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # who comes next may not read people, and could paste them
        take_rows_away()
        self.setObjectName("sign-in")
        self._file = open_file
        self._locked = locked
        self._preferences = preferences
        self._t = t
        self._colours = colours
        self._busy = False
        self.messages = MessageBar(t, colours)
        self.login = LabelledField(t("&User"), colours)
        self.password = PasswordField(t("&Password"), t, colours)
        self.enter = QPushButton(t("Unlock") if locked else t("Sign in"))
        self.enter.setProperty("primary", True)
        self.enter.setAutoDefault(False)
        self.enter.setMinimumHeight(32)
        self.enter.setToolTip("Enter")
        self.other = QPushButton(t("&Another person…") if locked else t("&Another file…"))
        self.other.setProperty("link", True)
        self.other.setAutoDefault(False)
        self.other.setMinimumHeight(theme.TARGET)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addStretch(1)
        column.addLayout(in_the_middle(self._make_card()))
        column.addStretch(2)
        login = locked.login if locked else preferences.current.last_logins.get(open_file.uid, "")
        self.login.edit.setText(login)
        self.login.setVisible(locked is None)
        self.enter.clicked.connect(self.submit)
        self.other.clicked.connect(self.change_user_requested if locked else self.other_file_requested)
        self.login.edit.returnPressed.connect(self._on_login_entered)
        self.password.edit.returnPressed.connect(self.submit)
        QTimer.singleShot(0, self, self.take_focus)

    def take_focus(self) -> None:
        """Put the keyboard where something is missing."""
        field = self.password if self.login.text() else self.login
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_who(self) -> None:
        """Leave the user open: somebody else than the last one comes."""
        self.login.edit.clear()
        self.take_focus()

    def show_notice(self, notice: Notice) -> None:
        """Say what went wrong."""
        tell_in(self.messages, notice, self._t)

    def submit(self) -> None:
        """Try the password; what is missing is said under its field."""
        if self._busy:
            return
        login, password = self.login.text().strip(), self.password.text()
        self.login.set_problem("" if login else self._t("Type your user."))
        self.password.set_problem("" if password else self._t("Type your password."))
        if not login or not password:
            (self.login if not login else self.password).edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._set_busy(True)
        self._file.jobs.write(
            verify_password if self._locked else sign_in,
            login,
            password,
            owner=self,
            done=self._on_entered,
            failed=self._on_failed,
        )

    def _make_card(self) -> Card:
        t = self._t
        heading = t("Locked") if self._locked else t("Sign in")
        card = Card(heading)
        card.setFixedWidth(_WIDTH)
        self.setAccessibleName(f"{heading}: {self._file.path.name}")
        if self._locked:
            lines = [t("{name} works here. What was half typed waits behind this screen.", name=self._locked.full_name)]
        else:
            lines = [self._file.path.name]
        for text in lines:
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            card.add(label)
        if self._file.read_only:
            card.add(self._held_by())
        card.add(self.login)
        card.add(self.password)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(self.enter)
        card.body.addLayout(buttons)
        if self._locked is None:
            forgotten = QLabel(t("Forgotten? An administrator can give you a new password, under Settings, Users."))
            forgotten.setProperty("muted", True)
            forgotten.setFont(theme.font(theme.Type.CAPTION))
            forgotten.setWordWrap(True)
            card.add(forgotten)
        return card

    def _held_by(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.SPACE)
        sign = QLabel()
        colour = self._colours.tone(Tone.WARNING)[0]
        sign.setPixmap(icons.icon("warning", self._colours, 16, colour=colour).pixmap(16))
        words = QLabel(read_only_words(self._file.held_by, self._t))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setProperty("tone", Tone.WARNING.value)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        return holder

    def _on_login_entered(self) -> None:
        self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entered(self, acting: ActingUser) -> None:
        password = self.password.text()
        self.password.edit.clear()
        if self._locked is None:
            self._preferences.keep(settings.with_login(self._preferences.current, self._file.uid, acting.login))
        if self._file.read_only:
            self.entered.emit(acting)
            return

        def known(given: bool) -> None:
            if given:
                self.own_password_wanted.emit(acting, password)
            else:
                self.entered.emit(acting)

        self._file.jobs.read(password_was_given, acting, owner=self, done=known, failed=self._on_failed)

    def _on_failed(self, failure: Failure) -> None:
        self._set_busy(False)
        self.password.edit.clear()
        self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if failure.told is not None:
            self.messages.tell(Tone.ERROR, failure.told.text(self._t), key="sign-in")
        else:
            self.show_notice(notice_of(failure, self._t))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.enter.setEnabled(not busy)
        self.password.edit.setReadOnly(busy)
        self.login.edit.setReadOnly(busy)
