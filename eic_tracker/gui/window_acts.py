"""What the commands of the window do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from eic_tracker.gui.commands import Command, CommandSet
from eic_tracker.gui.page_list import PAGES, may_open, may_write
from eic_tracker.gui.place import Place
from eic_tracker.gui.window_commands import GO
from eic_tracker.i18n import N_, Language
from eic_tracker.reports.journal_words import entry_words

if TYPE_CHECKING:
    from eic_tracker.gui.main_window import MainWindow

TEXT_STEPS = (90, 100, 110, 125, 150)


class WindowActs(QObject):
    """One method per command of the window, by its name; what opens over the page is loaded when first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def add_places(self, commands: CommandSet) -> None:
        """A command for each place of the rail that the user may open, Ctrl+1 to Ctrl+8 for the first eight."""
        workplace = self._window.workplace
        number = 0
        for spec in PAGES.values():
            if not spec.rail or spec.name in {"history", "help"}:
                continue
            number += 1
            if workplace is not None and not may_open(spec, workplace.around):
                continue
            keys = (f"Ctrl+{number}",) if number <= 8 else ()
            commands.add(
                Command(f"go_{spec.name}", spec.title, GO, keys, spec.icon),
                partial(self._window.go, Place(spec.name)),
            )

    def new_offering(self) -> None:
        """What the page in sight begins; else the form of a new course given, for who may enter one."""
        workplace = self._window.workplace
        if workplace is not None and workplace.page.begin_new():
            return
        if workplace is not None and may_write(workplace.around):
            self._window.go(Place("offering_form"))

    def new_person(self) -> None:
        """The form of a new person."""
        self._window.go(Place("person_form"))

    def new_class_groups(self) -> None:
        """Many class groups as rows."""
        self._window.go(Place("class_groups_entry"))

    def lessons(self) -> None:
        """The lesson of several class groups."""
        self._window.go(Place("lessons_entry"))

    def new_school(self) -> None:
        """The form of a new school."""
        self._window.go(Place("school_form"))

    def duplicates(self) -> None:
        """Records that may be one person."""
        self._window.go(Place("duplicates"))

    def register(self) -> None:
        """The register of certificates."""
        self._window.go(Place("register"))

    def samples(self) -> None:
        """Audit samples."""
        self._window.go(Place("samples"))

    def targets(self) -> None:
        """What is planned, and the pace needed."""
        self._window.go(Place("targets"))

    def cross_table(self) -> None:
        """A table of one's own."""
        self._window.go(Place("cross_table"))

    def today(self) -> None:
        """The day at the school."""
        self._window.go(Place("today"))

    def texts(self) -> None:
        """Words of lists that mean nothing yet."""
        self._window.go(Place("texts"))

    def compare(self) -> None:
        """Who of a pasted list has which course."""
        self._window.go(Place("compare"))

    def approvals(self) -> None:
        """What waits for a manager's approval."""
        self._window.go(Place("approvals"))

    def uncollected(self) -> None:
        """Certificates that wait for their holders."""
        self._window.go(Place("uncollected"))

    def verify(self) -> None:
        """Whether a certificate is valid."""
        self._window.go(Place("verify"))

    def import_list(self) -> None:
        """A list onto the roster of the course in sight; elsewhere a workbook of lists, each with its course."""
        workplace = self._window.workplace
        if workplace is not None and not hasattr(workplace.page, "import_list") and may_write(workplace.around):
            self.whole_workbook()
        self._page_act("import_list")

    def whole_workbook(self) -> None:
        """A workbook with one course per sheet, or a folder of lists."""
        self._window.go(Place("whole_workbook"))

    def group_lists(self) -> None:
        """A school's list, a monthly workbook or a message."""
        self._window.go(Place("group_lists"))

    def file_scan(self) -> None:
        """A scanned sheet, filed where the code on it says."""
        if self._window.workplace is not None:
            from eic_tracker.gui.widgets.file_editor import ask_file

            t = self._window.t
            ask_file(self._window, t("File a scanned sheet"), t, self._window.workplace.scans.open)

    def open_file(self) -> None:
        """Back to the first screen, where files are opened."""
        self._window.show_first_run()

    def copy_elsewhere(self) -> None:
        """The copies, among the settings."""
        self._window.go(Place("settings", state={"tab": "copies"}))

    def print(self) -> None:
        """Print what is in sight."""
        self._page_act("print_view")

    def export_view(self) -> None:
        """Write what is in sight as a workbook."""
        self._page_act("export_view")

    def lock(self) -> None:
        """Hide everything until the password is given."""
        self._window.lock()

    def change_user(self) -> None:
        """Another person's turn."""
        self._window.change_user()

    def change_password(self) -> None:
        """One's own password."""
        workplace = self._window.workplace
        if workplace is not None:
            from eic_tracker.gui.dialogs.change_password import ChangePassword

            dialog = ChangePassword(workplace.around, self._window)
            dialog.changed.connect(self._on_password_changed)
            dialog.open()

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def undo(self) -> None:
        """In a text field its own undo, else the user's newest change."""
        if not _in_text("undo") and self._window.workplace is not None:
            self._window.workplace.undo()

    def redo(self) -> None:
        """In a text field its own redo, else what was undone last."""
        if not _in_text("redo") and self._window.workplace is not None:
            self._window.workplace.redo()

    def find(self) -> None:
        """Put the keyboard into the page's own search box."""
        if self._window.workplace is not None:
            self._window.workplace.page.find_in_page()

    def search(self) -> None:
        """The box that finds everything."""
        if self._window.workplace is not None:
            from eic_tracker.gui.palette import open_palette

            open_palette(self._window.workplace, self._window.commands)

    def refresh(self) -> None:
        """Read the page again."""
        if self._window.workplace is not None:
            self._window.workplace.page.refresh()

    def language_es(self) -> None:
        """Spanish."""
        self._window.speak(Language.ES)

    def language_en(self) -> None:
        """English."""
        self._window.speak(Language.EN)

    def theme_light(self) -> None:
        """Dark on light."""
        self._theme("light")

    def theme_dark(self) -> None:
        """Light on dark."""
        self._theme("dark")

    def theme_system(self) -> None:
        """As the system is set."""
        self._theme("system")

    def larger(self) -> None:
        """One step larger text."""
        self._size(next((step for step in TEXT_STEPS if step > self._window.preferences.text_percent), TEXT_STEPS[-1]))

    def smaller(self) -> None:
        """One step smaller text."""
        steps = [step for step in TEXT_STEPS if step < self._window.preferences.text_percent]
        self._size(steps[-1] if steps else TEXT_STEPS[0])

    def usual_size(self) -> None:
        """The text size of the system."""
        self._size(100)

    def back(self) -> None:
        """The place before."""
        if self._window.workplace is not None:
            self._window.workplace.back()

    def forward(self) -> None:
        """The place after."""
        if self._window.workplace is not None:
            self._window.workplace.forward()

    def history(self) -> None:
        """The journal."""
        self._window.go(Place("history"))

    def ledger(self) -> None:
        """Who taught how much."""
        self._window.go(Place("ledger"))

    def next_pane(self) -> None:
        """Walk through rail, page and pane."""
        if self._window.workplace is not None:
            self._window.workplace.next_pane()

    def help(self) -> None:
        """Help for what is in sight, which nothing behind the lock is."""
        workplace = self._window.workplace
        if workplace is not None and workplace.isVisible():
            workplace.show_help()
            return
        from eic_tracker.gui.dialogs.door_help import DoorHelp

        DoorHelp("first_run" if self._window.file is None else "sign_in", self._window.t, self._window).open()

    def shortcuts(self) -> None:
        """All keys."""
        from eic_tracker.gui.dialogs.shortcuts import ShortcutSheet

        ShortcutSheet(self._window.commands, self._window.t, self._window).open()

    def about(self) -> None:
        """Versions, licences, folders."""
        from eic_tracker.gui.dialogs.about import About

        path = self._window.file.path if self._window.file is not None else None
        About(path, self._window.t, self._window).open()

    def name_undo(self, entry: Any) -> None:
        """Say in the menu what Ctrl+Z would take back."""
        commands, t = self._window.commands, self._window.t
        if "undo" not in commands.actions:
            return
        if entry is None:
            commands.say("undo", t("Undo"))
        else:
            what = entry_words(entry.use_case, entry.label, entry.undoes, t)
            commands.say("undo", t("Undo: {what}", what=what))

    def _on_password_changed(self) -> None:
        workplace = self._window.workplace
        if workplace is not None:
            workplace.said(workplace.t("Your password is changed."), undoable=False)

    def _theme(self, name: str) -> None:
        if self._window.preferences.theme != name:
            self._window.preferences.change(theme=name)
            self._window.make_anew()

    def _size(self, percent: int) -> None:
        if self._window.preferences.text_percent != percent:
            self._window.preferences.change(text_percent=percent)
            self._window.make_anew()

    def _page_act(self, name: str, without: str = N_("There is nothing to print or export on this page.")) -> None:
        workplace = self._window.workplace
        if workplace is not None:
            act = getattr(workplace.page, name, None)
            if act is not None:
                act()
            else:
                workplace.said(self._window.t(without), undoable=False)


def _in_text(act: str) -> bool:
    """Let a text field with the keyboard do it, where one has something to do."""
    widget = QApplication.focusWidget()
    able = getattr(widget, f"is{act.capitalize()}Available", None)
    if isinstance(widget, QWidget) and callable(able) and able():
        getattr(widget, act)()
        return True
    return False
