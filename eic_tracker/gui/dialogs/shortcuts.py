"""All shortcuts, made from the commands themselves, with a box to find one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from eic_tracker.domain.names import fold
from eic_tracker.gui import theme
from eic_tracker.gui.commands import CommandSet, command_words, key_words
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.window_commands import MENUS
from eic_tracker.i18n import N_, Translator

ELSEWHERE = {
    N_("In lists"): (
        (N_("Open the row"), ("Return",)),
        (N_("Select all rows"), ("Ctrl+A", "Ctrl+E")),
        (N_("Copy the rows with their headings"), ("Ctrl+C",)),
        (N_("Menu of the row"), ("Shift+F10",)),
        (N_("First and last row"), ("Home", "End")),
        (N_("Jump to a name"), ("A … Z",)),
    ),
    N_("On pages with tabs"): (
        (N_("Next tab"), ("Ctrl+PgDown", "Ctrl+Tab")),
        (N_("Tab before"), ("Ctrl+PgUp", "Ctrl+Shift+Tab")),
    ),
    N_("In the lists of Settings"): (
        (N_("New item"), ("Ctrl+N", "Ctrl+U")),
        (N_("Edit the item"), ("F2",)),
        (N_("Save"), ("Ctrl+S", "Ctrl+G", "Ctrl+Return")),
    ),
    N_("In a template of certificates"): (
        (N_("Save"), ("Ctrl+S", "Ctrl+G", "Ctrl+Return")),
        (N_("A step back, a step forth"), ("Ctrl+Z", "Ctrl+Y")),
        (N_("In the preview: move the chosen element by 0.5 mm, by 5 mm"), ("← ↑ → ↓", "Shift+← ↑ → ↓")),
    ),
    N_("In courses"): (
        (N_("Change the course"), ("F2",)),
        (N_("Give the course again"), ("Ctrl+Shift+D",)),
        (N_("Papers of the course: roster to be signed, name tags, lodging and meals"), ("Ctrl+Shift+P",)),
        (N_("New course of the catalogue; on its page, its next version"), ("Ctrl+Shift+N",)),
    ),
    N_("In the register of instructors"): (
        (N_("Enter one, or what belongs to the part in sight"), ("Ins",)),
        (N_("Change the instructor"), ("F2",)),
        (N_("Take the row away"), ("Del",)),
    ),
    N_("In G.R.E.A.T."): (
        (N_("Enter class groups, or a school in their list"), ("Ins", "Ctrl+N")),
        (N_("Change the card or the school"), ("F2",)),
        (N_("Lesson of several class groups"), ("Ctrl+T",)),
        (N_("Next class in the fast entry"), ("Return",)),
        (N_("Copy the classes of the year before"), ("Ctrl+Shift+D",)),
    ),
    N_("On a summary sheet"): (
        (N_("Move the frame"), ("Left", "Right", "Up", "Down")),
        (N_("Change the size of the frame"), ("Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down")),
        (N_("Mark what is to be blacked out"), ("Return",)),
        (N_("Remove a mark; take the last step back"), ("Del", "Ctrl+Z")),
    ),
    N_("In rosters"): (
        (N_("End the row and begin the next; take the marked person"), ("Return",)),
        (N_("Next cell"), ("Tab",)),
        (N_("Empty the row"), ("Esc",)),
        (N_("End the row, or say what it lacks"), ("Ctrl+S", "Ctrl+G")),
        (N_("Change rank, unit, post or lodging of the row"), ("F2",)),
        (N_("Take the value of the row above; fill down in the selected rows"), ("Ctrl+D",)),
        (N_("Take off the roster"), ("Del",)),
        (N_("Replace by another person"), ("Ctrl+R",)),
        (N_("Give an alternate a seat"), ("Ctrl+M",)),
        (N_("Paste a list"), ("Ctrl+V",)),
        (N_("Type in a scan beside the roster, or put it away"), ("Ctrl+Shift+T",)),
        (N_("The scan: next page, page before"), ("F7", "Shift+F7")),
        (N_("The scan: larger, smaller"), ("F9", "Shift+F9")),
        (N_("The scan: down, up"), ("Ctrl+Down", "Ctrl+Up")),
    ),
    N_("In the review of a list"): (
        (N_("Enrol the people of the list"), ("Ctrl+Return",)),
        (N_("Next row with a problem"), ("F8", "Return")),
        (N_("Type the right value"), ("F2", "Return")),
        (N_("Leave the row out, or take it again"), ("Del",)),
        (N_("The possible duplicate is that person, or somebody new"), ("1 … 5", "N")),
        (N_("Refuse the repair of the row, or accept it"), ("R",)),
        (N_("Say what a column is"), ("F4",)),
    ),
    N_("In lists of class groups"): (
        (N_("Take in the class groups"), ("Ctrl+Return",)),
        (N_("Paste a message or a class list"), ("Ctrl+V",)),
        (N_("Take out the monthly workbook of an officer"), ("Ctrl+Shift+M",)),
        (N_("Next row of which something is said"), ("F8",)),
        (N_("Say year, curriculum, place or day of the whole list"), ("F4",)),
    ),
    N_("In several lists at once"): (
        (N_("Take in all lists that have a course"), ("Ctrl+Return",)),
        (N_("Next list that stays out; say what it lacks"), ("F8", "Return")),
        (N_("Change course, number, days, place or instructor of the list"), ("F2",)),
        (N_("Take the value of the list above"), ("Ctrl+D",)),
        (N_("Leave the list out, or take it again"), ("Del",)),
        (N_("A folder of lists"), ("Ctrl+Shift+I",)),
    ),
    N_("In attendance"): (
        (N_("Mark: present, absent, excused, late, none"), ("1", "2", "3", "4", "0")),
        (N_("All present on this day"), ("Ctrl+T",)),
        (N_("Add a day, or half of one"), ("Ctrl+D",)),
        (N_("Type somebody who came without being listed"), ("Ctrl+M",)),
        (N_("Say who it is that came without being listed"), ("Return",)),
    ),
    N_("In a closing"): (
        (N_("Give the result: completed, not completed, left, did not come"), ("1", "2", "3", "4")),
        (N_("Type a grade, store it and go down"), ("0 … 9", "Return")),
        (N_("Results by the rules"), ("Ctrl+T",)),
        (N_("Close the course"), ("Ctrl+Return",)),
    ),
    N_("On a certificate"): (
        (N_("See the paper and print it"), ("Ctrl+Shift+P",)),
        (N_("Handed over"), ("Ctrl+D",)),
        (N_("Duplicate; of a statement, a new one"), ("Ctrl+Shift+D",)),
        (N_("Annul it; what waits for approval is taken back"), ("Del",)),
        (N_("Approve; in the list all that is selected"), ("Ctrl+Return",)),
    ),
    N_("Statement or transcript"): (
        (N_("For the person in sight, or of the row in a closed course's roster"), ("Ctrl+Shift+C",)),
        (N_("Prepare it for approval"), ("Ctrl+Return",)),
    ),
    N_("In the reports"): (
        (N_("What goes with the report"), ("F2",)),
        (N_("Copy a table or chart for another document"), ("Ctrl+Shift+C",)),
        (N_("Change rows and columns of your own table over"), ("Ctrl+Shift+X",)),
        (N_("The roll-up workbook"), ("Ctrl+Shift+E",)),
    ),
    N_("In the acts of a course"): (
        (N_("See the act"), ("Return",)),
        (N_("New act"), ("Ctrl+M",)),
        (N_("Write the texts of a draft"), ("Ctrl+T",)),
        (N_("Freeze and print the act"), ("Ctrl+P",)),
        (N_("Rectify the act"), ("Ctrl+R",)),
        (N_("Attendance sheets"), ("Ctrl+J",)),
    ),
    N_("In charts"): (
        (N_("From bar to bar"), ("Left", "Right")),
        (N_("Show the figures as a table, and as bars again"), ("T",)),
    ),
    N_("Everywhere"): (
        (N_("Close what is open, or go one level up"), ("Esc",)),
        (N_("Open the menus"), ("Alt",)),
    ),
}
"""What lists, charts and windows do with keys of their own."""


class ShortcutSheet(DialogFrame):
    """Grouped as in the menus."""

    def __init__(self, commands: CommandSet, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(t("All shortcuts"), QSize(640, 520), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        label = QLabel(t("&Find"))
        self.box = QLineEdit()
        self.box.setMinimumHeight(theme.TARGET)
        self.box.setClearButtonEnabled(True)
        self.box.setAccessibleName(t("Find a shortcut"))
        label.setBuddy(self.box)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([t("Action"), t("Keys")])
        self.tree.setAccessibleName(t("All shortcuts"))
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(12)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.tree.setMinimumHeight(160)
        self.tree.header().setStretchLastSection(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.tree.header().resizeSection(0, 340)
        self._fill(commands, t)
        self.body.addWidget(label)
        self.body.addWidget(self.box)
        self.body.addWidget(self.tree, 1)
        self.close_button = self.add_button(t("Close"), primary=True)
        self.close_button.clicked.connect(self.accept)
        self.box.textChanged.connect(self._filter)
        self.box.setFocus()

    def shown(self) -> list[tuple[str, str]]:
        """(action, keys) of the rows in sight."""
        return [(row.text(0), row.text(1)) for row in self._rows() if not row.isHidden()]

    def _fill(self, commands: CommandSet, t: Translator) -> None:
        for menu, title in MENUS.items():
            rows = [
                (command_words(commands.actions[name]), commands.commands[name].keys)
                for name in commands.of_menu(menu)
                if commands.commands[name].keys and commands.actions[name].isVisible()
            ]
            self._add_group(t(title).replace("&", ""), rows, t)
        for title, found in ELSEWHERE.items():
            self._add_group(t(title), [(t(text), keys) for text, keys in found], t)

    def _add_group(self, title: str, rows: list[tuple[str, tuple[str, ...]]], t: Translator) -> None:
        if not rows:
            return
        group = QTreeWidgetItem(self.tree, [title])
        group.setFirstColumnSpanned(True)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFont(0, theme.font(theme.Type.STRONG))
        for text, keys in rows:
            words = key_words(keys, t)
            row = QTreeWidgetItem(group, [text, words])
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{text}: {words}")
        group.setExpanded(True)

    def _groups(self) -> list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]]:
        return [(group, _below(group)) for group in _below(self.tree.invisibleRootItem())]

    def _rows(self) -> list[QTreeWidgetItem]:
        return [row for _, rows in self._groups() for row in rows]

    def _filter(self, text: str) -> None:
        wanted, keys = fold(text).split(), text.strip().casefold()
        for group, rows in self._groups():
            for row in rows:
                said = fold(f"{row.text(0)} {row.text(1)}")
                found = keys in row.text(1).casefold() if "+" in keys else all(word in said for word in wanted)
                row.setHidden(not found)
            group.setHidden(all(row.isHidden() for row in rows))


def _below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for number in range(item.childCount()) if (child := item.child(number)) is not None]
