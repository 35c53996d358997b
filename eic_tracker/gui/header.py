"""The line above the page: the way back, the box that finds everything, what is saved, who works here."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from eic_tracker.clock import HONDURAS, now_utc
from eic_tracker.domain.codes import Role
from eic_tracker.gui import icons, theme
from eic_tracker.gui.code_words import ROLES
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.open_file import read_only_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import N_


class Header(QFrame):
    """Always in sight; under it the banner of a demonstration or of a file that is only read."""

    back_requested = Signal()
    forward_requested = Signal()
    search_requested = Signal()
    role_requested = Signal(object)
    """a Role of the demonstration"""
    lock_requested = Signal()
    change_user_requested = Signal()
    password_requested = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        t = self._t = around.t
        self._around = around
        self._failed = False
        self._back = self._tool("back", t("Back"), "Alt+Left")
        self._forward = self._tool("forward", t("Forward"), "Alt+Right")
        self._search = QPushButton(t("Find or do something"))
        self._search.setIcon(icons.icon("search", around.colours))
        self._search.setToolTip("Ctrl+K")
        self._search.setAccessibleName(t("Find or do something") + ", Ctrl+K")
        self._search.setAutoDefault(False)
        self._saved = QLabel()
        self._saved.setProperty("muted", True)
        self._saved.setAccessibleName(t("State of saving"))
        self._user = QToolButton()
        self._user.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._user.setIcon(icons.icon("user", around.colours))
        self._user.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._user.setText(around.acting.full_name)
        self._user.setAccessibleName(
            t("User: {name}, {role}", name=around.acting.full_name, role=t(ROLES[around.acting.role]))
        )
        self._user.setToolTip(self._user.accessibleName())
        self._user.setMenu(self._user_menu())
        line = QHBoxLayout()
        line.setContentsMargins(theme.GAP, theme.SPACE, theme.PAGE_MARGIN, theme.SPACE)
        line.setSpacing(theme.SPACE)
        for widget in (self._back, self._forward):
            line.addWidget(widget)
        line.addSpacing(theme.SPACE)
        line.addWidget(self._search)
        line.addStretch(1)
        line.addWidget(self._saved)
        line.addSpacing(theme.GAP)
        line.addWidget(self._user)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(line)
        banner = self._banner()
        if banner is not None:
            whole.addWidget(banner)
        self._moment = now_utc()
        self._back.clicked.connect(self.back_requested)
        self._forward.clicked.connect(self.forward_requested)
        self._search.clicked.connect(self.search_requested)
        self.show_saving(False)

    def set_way(self, back: bool, forward: bool) -> None:
        """Whether there is a place before and after this one."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def set_compact(self, compact: bool) -> None:
        """Narrow windows show the user's icon without the name."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if compact else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self._user.setToolButtonStyle(style)

    def free_place(self) -> QRect:
        """Where nothing of the header is pressed: beside what is said of saving, over it in a narrow window."""
        layout = self.layout()
        if layout is not None:
            # right after another size, what it holds stands where it stood before
            layout.activate()
        left = self._search.geometry().right() + 1 + theme.GAP
        compact = self._user.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        right = (self._user if compact else self._saved).geometry().left() - theme.GAP
        return QRect(left, 0, max(0, right - left), self._user.geometry().bottom() + theme.SPACE)

    def forget_failure(self) -> bool:
        """What could not be stored is left: it is said again what is stored; whether there was a failure."""
        failed = self._failed
        if failed:
            self._say_stored()
        return failed

    def show_saving(self, state: object) -> None:
        """What is stored: always said, in words."""
        self._failed = isinstance(state, Failure)
        if isinstance(state, Failure):
            self._saved.setText(self._t("Not saved"))
        elif state is True:
            self._saved.setText(self._t("Saving…"))
        else:
            self._moment = now_utc()
            self._say_stored()

    def _say_stored(self) -> None:
        self._failed = False
        if self._around.read_only:
            self._saved.setText(self._t("Only reading"))
        else:
            self._saved.setText(self._t("Saved {time}", time=_clock_time(self._moment.astimezone(HONDURAS))))

    def _tool(self, icon: str, text: str, keys: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon, self._around.colours))
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({keys})")
        return button

    def _user_menu(self) -> QMenu:
        t = self._t
        menu = QMenu(self)
        if self._around.demonstration:
            for role in Role:
                action = QAction(t("Work as: {role}", role=t(ROLES[role])), menu)
                action.setCheckable(True)
                action.setChecked(role is self._around.acting.role)
                action.triggered.connect(lambda _checked=False, role=role: self.role_requested.emit(role))
                menu.addAction(action)
        else:
            for text, signal in (
                (N_("Lock the window"), self.lock_requested),
                (N_("Change user"), self.change_user_requested),
                (N_("Change my password"), self.password_requested),
            ):
                action = QAction(t(text), menu)
                action.triggered.connect(signal)
                menu.addAction(action)
        return menu

    def _banner(self) -> QWidget | None:
        t = self._t
        parts = []
        if self._around.read_only:
            parts.append(read_only_words(self._around.held_by, t))
        if self._around.demonstration:
            parts.append(
                t("Sample data: people and places of this file are invented, and its papers are worth nothing.")
            )
        if not parts:
            return None
        text, tone = " ".join(parts), "warning" if self._around.read_only else "info"
        frame = QFrame()
        frame.setProperty("tone", tone)
        frame.setProperty("bar", True)
        line = QHBoxLayout(frame)
        line.setContentsMargins(theme.PAGE_MARGIN, 2, theme.PAGE_MARGIN, 2)
        label = QLabel(text)
        label.setWordWrap(True)
        line.addWidget(label, 1)
        self.banner = frame
        return frame


def _clock_time(moment: dt.datetime) -> str:
    return f"{moment:%H:%M}"
