"""The window: doors (first run, sign-in, lock) and the workplace behind them; menus and shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QActionGroup, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QWidget

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.gui import icons, theme
from eic_tracker.gui.code_words import ROLES
from eic_tracker.gui.commands import CommandSet
from eic_tracker.gui.dialogs.waiting import wait_for_jobs
from eic_tracker.gui.doors.first_run import FirstRun
from eic_tracker.gui.doors.own_password import OwnPassword
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.idle import IdleWatch
from eic_tracker.gui.jobs import Failure, failure_of
from eic_tracker.gui.keeping import Keeping
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.page_list import shown_to
from eic_tracker.gui.place import Place, Trail
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.enter_key import press_with_enter
from eic_tracker.gui.window_acts import WindowActs
from eic_tracker.gui.window_commands import ALWAYS, MENUS, WINDOW_COMMANDS
from eic_tracker.gui.windows_above import close_windows_above
from eic_tracker.gui.workplace import Workplace
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.present_rights import present_user
from eic_tracker.services.sign_in import demonstration_user

WATCH_EVERY = 2_000
"""Milliseconds after which the window looks whether a command beside it wrote."""


class MainWindow(QMainWindow):
    """Shows a door or a workplace; everything in it is made anew when language, theme, size or user change."""

    def __init__(self, open_file: Callable[[Path], OpenFile], preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.t = Translator(preferences.language)
        self.file: OpenFile | None = None
        self.acting: ActingUser | None = None
        self._had_keyboard: QWidget | None = None
        self.workplace: Workplace | None = None
        self._open_file = open_file
        self._trails: dict[str, Trail] = {}
        self._closing = False
        self.commands = CommandSet(self, self.t)
        self.acts = WindowActs(self)
        self.keeping = Keeping(self)
        self._idle = IdleWatch(self)
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_EVERY)
        self._screens = QStackedWidget()
        self.setCentralWidget(self._screens)
        self.setMinimumSize(940, 500)
        self.setObjectName("main-window")
        self._watch.timeout.connect(self._on_watch)
        self._idle.idle.connect(self.lock)
        QApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._place_on_screen()
        self._look()
        self._make_commands()
        self.show_first_run()

    def show_first_run(self) -> FirstRun:
        """The first screen: language, a new file, a file, or sample data."""
        self._leave_workplace()
        self._close_file()
        door = FirstRun(self.preferences, self.t, self.colours)
        door.open_requested.connect(self.open)
        door.language_chosen.connect(self.speak)
        self._show_screen(door)
        self.setWindowTitle("EIC Tracker")
        return door

    def open(self, path: Path) -> None:
        """Open a file: its sign-in, or at once where it is a demonstration; what is wrong is told there."""
        self._leave_workplace()
        self._close_file()
        try:
            self.file = self._open_file(path)
        except UserError as error:
            self._say_on_first_screen(error.text(self.t))
            return
        self.preferences.note_file(path)
        self.file.jobs.rights_changed.connect(self._ask_for_rights)
        self.file.jobs.changed.connect(self._on_changed)
        self._watch.start()
        self.keeping.start(self.file)
        if self.file.demonstration:
            self.enter_as(Role.REGISTRAR)
        else:
            self.show_sign_in(None)

    def show_sign_in(self, locked: ActingUser | None) -> SignIn:
        """The door: anybody who has an account; a locked user's work waits behind it."""
        assert self.file is not None
        door = SignIn(self.file, locked, self.preferences, self.t, self.colours)
        door.entered.connect(self.enter)
        door.own_password_wanted.connect(self.ask_own_password)
        door.other_file_requested.connect(self.show_first_run)
        door.change_user_requested.connect(self.change_user)
        self._show_screen(door)
        self.setWindowTitle(f"{self.file.path.name} — EIC Tracker")
        return door

    def ask_own_password(self, acting: ActingUser, given: str) -> None:
        """Nobody works with a password that somebody else knows."""
        assert self.file is not None
        door = OwnPassword(self.file, acting, given, self.t, self.colours)
        door.chosen.connect(self.enter)
        door.left.connect(self.change_user)
        self._show_screen(door)

    def enter_as(self, role: Role) -> None:
        """Work as the user of a role: demonstration files only."""
        assert self.file is not None
        self.file.jobs.read(demonstration_user, role, owner=self, done=self.enter, failed=self._on_not_entered)

    def enter(self, acting: ActingUser) -> None:
        """Let a user in: back to what they left, or to their home page."""
        if self.workplace is not None and self.acting == acting and not self._is_another_day():
            self._show_screen(self.workplace)
            if self._had_keyboard is not None and shiboken6.isValid(self._had_keyboard):
                self._had_keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
            self._on_title_changed(self.workplace.title)
            self._idle.start(self.preferences.idle_minutes)
            self._enable_commands()
            return
        self._leave_workplace()
        if self.acting is not None and self.acting.login == acting.login and self.acting != acting:
            # Where the user was before may name what they no longer see.
            self._trails.pop(acting.login, None)
        self.acting = acting
        self._make_workplace()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "user" in tables:
            self._ask_for_rights()

    def _ask_for_rights(self) -> None:
        """See whether an administrator changed what the user may do, in this window before or by a command beside."""
        if self.file is not None and self.workplace is not None and self.acting is not None:
            self.file.jobs.read(
                present_user, self.acting.id, owner=self.workplace, done=self._on_rights, failed=lambda _failure: None
            )

    def _on_rights(self, present: ActingUser | None) -> None:
        acting = self.acting
        if acting is None or self.workplace is None or self.file is None:
            return
        if present is not None and replace(present, full_name=acting.full_name) == acting:
            return
        locked = self._screens.currentWidget() is not self.workplace
        if present is not None and not locked:
            close_windows_above(self)
            self.enter(present)
            said = self.t(
                "An administrator changed your rights: you work as {role} now.", role=self.t(ROLES[present.role])
            )
            self.workplace.tell(Notice(Tone.WARNING, said))
            return
        self._leave_workplace()
        self._trails.pop(acting.login, None)
        self.show_sign_in(None)
        door = self._screens.currentWidget()
        if present is None and isinstance(door, SignIn):
            said = self.t("The account {login} has ended; what was half typed is kept.", login=acting.login)
            door.show_notice(Notice(Tone.WARNING, said))

    def _is_another_day(self) -> bool:
        """Whether the workplace was made on a day that is over: its lists, figures and papers go by that day."""
        return self.workplace is not None and self.file is not None and self.workplace.around.today != self.file.today()

    def lock(self) -> None:
        """Hide everything; what was half typed stays behind the door."""
        if self.workplace is None or self.file is None or self.file.demonstration:
            return
        if self._screens.currentWidget() is self.workplace:
            self._idle.stop()
            close_windows_above(self)
            # what is hidden gives the keyboard to its first neighbour in sight
            self._had_keyboard = self.focusWidget()
            self.show_sign_in(self.acting)

    def change_user(self) -> None:
        """Another person works; the present one's places and drafts are kept."""
        if self.file is not None and not self.file.demonstration:
            self._leave_workplace()
            self.show_sign_in(None).ask_who()

    def speak(self, language: Language) -> None:
        """Change the language of everything, at once and in place."""
        if language is not self.preferences.language:
            self.preferences.change(language=language)
            self.t = Translator(language)
            self.make_anew()

    def make_anew(self) -> None:
        """Show everything in the present language, theme and size, at the same place."""
        self._look()
        self._make_commands()
        current = self._screens.currentWidget()
        if self.workplace is not None:
            locked = current is not self.workplace
            self._leave_workplace()
            self._make_workplace()
            if locked:
                self.show_sign_in(self.acting)
        elif self.file is not None:
            self.show_sign_in(None)
        else:
            typed = current.typed() if isinstance(current, FirstRun) else {}
            self.show_first_run()
            door = self._screens.currentWidget()
            assert isinstance(door, FirstRun)
            door.type_again(typed)

    def go(self, place: Place) -> None:
        """Go to a place of the workplace, where one is open."""
        if self.workplace is not None and self._screens.currentWidget() is self.workplace:
            self.workplace.go(place)

    def show_bug(self, error: BaseException) -> None:
        """A bug of ours: say so where the person looks, with the report to copy."""
        notice, screen = notice_of(failure_of(error), self.t), self._screens.currentWidget()
        if isinstance(screen, FirstRun | SignIn | OwnPassword):
            screen.show_notice(notice)
        elif self.workplace is not None:
            self.workplace.tell(notice)

    @property
    def colours(self) -> theme.Colours:
        """The colours of the chosen theme, or of the system's."""
        return theme.DARK if self.preferences.is_dark() else theme.LIGHT

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter on a button; all else that nothing in the window wanted is let go."""
        if not press_with_enter(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """Store what is being typed, keep drafts, make the copy of the day, close the file."""
        if self._closing:
            event.ignore()
            return
        self._closing = True
        self.preferences.change(geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self._leave_workplace()
        self._close_file()
        self.preferences.store()
        self._closing = False
        super().closeEvent(event)

    def _make_workplace(self) -> None:
        assert self.file is not None
        assert self.acting is not None
        around = Surroundings(
            jobs=self.file.jobs,
            acting=self.acting,
            path=self.file.path,
            file_uid=self.file.uid,
            demonstration=self.file.demonstration,
            read_only=self.file.read_only,
            today=self.file.today(),
            t=self.t,
            colours=self.colours,
            preferences=self.preferences,
            held_by=self.file.held_by,
        )
        trail = self._trails.setdefault(self.acting.login, Trail(Place("home")))
        self.workplace = Workplace(around, trail)
        self.workplace.title_changed.connect(self._on_title_changed)
        self.workplace.header.role_requested.connect(self.enter_as)
        self.workplace.header.lock_requested.connect(self.lock)
        self.workplace.header.change_user_requested.connect(self.change_user)
        self.workplace.header.search_requested.connect(self.acts.search)
        self.workplace.header.password_requested.connect(self.acts.change_password)
        self.workplace.undo_changed.connect(self.acts.name_undo)
        self._show_screen(self.workplace)
        self._on_title_changed(self.workplace.title)
        self._idle.start(self.preferences.idle_minutes)
        self._enable_commands()
        self.keeping.remind(self.workplace)

    def _leave_workplace(self) -> None:
        if self.workplace is not None and self.acting is not None:
            close_windows_above(self)
            self._trails[self.acting.login] = self.workplace.leave()
            self._screens.removeWidget(self.workplace)
            self.workplace.deleteLater()
            self.workplace = None

    def _close_file(self) -> None:
        self._watch.stop()
        self._idle.stop()
        if self.file is not None:
            self.file.jobs.stop()
            self.keeping.finish(self.file)
            wait_for_jobs(self, self.file.jobs, self.t)
            self.file.close()
            self.file = None
            self._trails = {}

    def _show_screen(self, screen: QWidget) -> None:
        for number in reversed(range(self._screens.count())):
            other = self._screens.widget(number)
            if other is not None and other is not screen and other is not self.workplace:
                self._screens.removeWidget(other)
                other.deleteLater()
        if self._screens.indexOf(screen) < 0:
            self._screens.addWidget(screen)
        self._screens.setCurrentWidget(screen)
        self._enable_commands()

    def _on_not_entered(self, failure: Failure) -> None:
        notice = notice_of(failure, self.t)
        if self.workplace is None:
            self._say_on_first_screen(notice.text)
        else:
            self.workplace.tell(notice)

    def _say_on_first_screen(self, text: str) -> None:
        self.show_first_run().tell(text)

    def _make_commands(self) -> None:
        self.commands.clear()
        self.commands = CommandSet(self, self.t)
        for command in WINDOW_COMMANDS:
            icon = icons.icon(command.icon, self.colours) if command.icon else None
            self.commands.add(command, getattr(self.acts, command.name), icon)
        self.acts.add_places(self.commands)
        bar = self.menuBar()
        bar.clear()
        for old in bar.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.deleteLater()
        for name, title in MENUS.items():
            menu = QMenu(self.t(title), bar)
            for each in self.commands.of_menu(name):
                menu.addAction(self.commands.actions[each])
            bar.addMenu(menu)
        for names, chosen in (
            (("language_es", "language_en"), f"language_{self.preferences.language.value}"),
            (("theme_light", "theme_dark", "theme_system"), f"theme_{self.preferences.theme}"),
        ):
            # goes with its actions, when they are made anew
            group = QActionGroup(self.commands.actions[names[0]])
            for each in names:
                self.commands.actions[each].setCheckable(True)
                self.commands.actions[each].setChecked(each == chosen)
                group.addAction(self.commands.actions[each])
        self._enable_commands()

    def _enable_commands(self) -> None:
        working = self.workplace is not None and self._screens.currentWidget() is self.workplace
        self.commands.enable(self.menuBar(), everything=working, always=ALWAYS)
        around = self.workplace.around if self.workplace is not None else None
        own = self.file is None or not self.file.demonstration
        shown = {**dict.fromkeys(("lock", "change_user", "change_password"), own), **shown_to(around)}
        for name, shows in shown.items():
            self.commands.actions[name].setVisible(shows)

    def _look(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.colours, text_percent=self.preferences.text_percent)

    def _place_on_screen(self) -> None:
        available = self.screen().availableGeometry()
        self.resize(min(1366, available.width()), min(740, available.height()))
        if self.preferences.geometry:
            self.restoreGeometry(QByteArray.fromBase64(self.preferences.geometry.encode("ascii")))

    def _on_scheme_changed(self) -> None:
        if self.preferences.theme == "system":
            self.make_anew()

    def _on_watch(self) -> None:
        if self.file is not None:
            self.file.jobs.watch()

    def _on_title_changed(self, title: str) -> None:
        # Behind the lock the work goes on, and its title may name somebody.
        if self.file is not None and self._screens.currentWidget() is self.workplace:
            self.setWindowTitle(f"{title} — {self.file.path.name} — EIC Tracker")
