"""The form of a new file: the school, where the file lies, and its two first administrators."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.domain.accounts import SHORTEST_PASSWORD, FirstUser
from eic_tracker.domain.drafts import DraftProblem, DraftRefused
from eic_tracker.errors import FileProblem
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.theme import Colours
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.labelled_field import LabelledField, PasswordField
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.work import Work
from eic_tracker.i18n import N_, Translator
from eic_tracker.paths import default_file
from eic_tracker.services.new_file import NewFile, make_file, new_file_problems, offered_totals

SUFFIX = ".eic"
_WIDEST = 980


class NewFileForm(QWidget):
    """Ctrl+Enter makes the file, Esc goes back; what was typed stays."""

    made = Signal(Path)
    left = Signal()
    failed = Signal(object)
    """a Failure that belongs to no field"""

    def __init__(
        self, work: Work, folder: Path | None, t: Translator, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(t("New file"))
        self._work = work
        self._t = t
        self._colours = colours
        self._busy = False
        self.fields: dict[str, LabelledField] = {}
        self._add("school", t("&School, as it stands on its papers"))
        self._add("path", t("&Where the file lies"))
        self.fields["path"].edit.setText(str(_free_name((folder or Path.home()) / default_name(folder))))
        for prefix in ("", "second_"):
            self._add_person(prefix)
        self.totals = QCheckBox(
            t.plural(
                "&Record the published total as a historical total that is still to be documented",
                "&Record each of the {count} published totals as a historical total that is still to be documented",
                len(offered_totals()),
            )
        )
        self._said = QLabel()
        self._said.setProperty("muted", True)
        self.make = QPushButton(t("Make the file"))
        self.make.setProperty("primary", True)
        self.make.setAutoDefault(False)
        self.make.setMinimumHeight(theme.TARGET)
        self.make.setToolTip("Ctrl+Enter")
        self.back = QPushButton(t("Back"))
        self.back.setAutoDefault(False)
        self.back.setMinimumHeight(theme.TARGET)
        self.back.setToolTip("Esc")
        self._lay_out()
        self.make.clicked.connect(self.submit)
        self.back.clicked.connect(self._on_back)
        for keys, act in ((("Ctrl+Return", "Ctrl+Enter"), self.submit), (("Esc",), self._on_back)):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def take_focus(self) -> None:
        """Put the keyboard on the first field that wants something."""
        wanting = next((field for field in self.fields.values() if field.problem()), None)
        wanting = wanting or next((field for field in self.fields.values() if not field.text()), None)
        (wanting or self.fields["school"]).edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> dict[str, str]:
        """What stands in the fields; `totals` is there where the box is ticked."""
        whole = {name: field.text() for name, field in self.fields.items()}
        return whole | ({"totals": "1"} if self.totals.isChecked() else {})

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Fill the fields as they stood."""
        for name, field in self.fields.items():
            field.edit.setText(typed.get(name, field.text()))
        self.totals.setChecked("totals" in typed)
        self.take_focus()

    def path(self) -> Path:
        """Where the file will lie, with its ending."""
        typed = Path(self.fields["path"].text().strip()).expanduser()
        return typed if typed.suffix.casefold() == SUFFIX else typed.with_name(typed.name + SUFFIX)

    def draft(self) -> NewFile:
        """What stands in the form."""
        text = {name: field.text() for name, field in self.fields.items()}
        return NewFile(
            text["school"],
            text["login"].strip(),
            text["full_name"],
            text["password"],
            FirstUser(text["second_login"].strip(), text["second_full_name"], text["second_password"]),
            tuple(figure.key for figure in offered_totals()) if self.totals.isChecked() else (),
        )

    def submit(self) -> None:
        """Make the file, or say under each field what is wrong with it."""
        if self._busy:
            return
        draft = self.draft()
        problems = (*self._problems_of_window(), *new_file_problems(draft, second_required=True))
        if problems:
            self._show_problems(problems)
            return
        self._show_problems(())
        path = self.path()
        self._set_busy(True)
        self._work.start(
            lambda _job: make_file(path, draft, second_required=True),
            done=lambda _none: self._on_made(path),
            failed=self._on_failed,
        )

    def _problems_of_window(self) -> list[DraftProblem]:
        """What only a form can get wrong: the place, and a password typed twice."""
        problems = []
        typed = self.fields["path"].text().strip()
        if not Path(typed).name:
            problems.append(DraftProblem("path", N_("The file needs a name.")))
        elif not self.path().is_absolute():
            problems.append(DraftProblem("path", N_("Write the whole path, from the disk on, or choose the place.")))
        elif self.path().exists():
            problems.append(DraftProblem("path", N_("A file of this name is there already; choose another name.")))
        different = (
            DraftProblem(f"{prefix}again", N_("The two passwords are not the same."))
            for prefix in ("", "second_")
            if self.fields[f"{prefix}password"].text() != self.fields[f"{prefix}again"].text()
        )
        return [*problems, *different]

    def _show_problems(self, problems: tuple[DraftProblem, ...]) -> None:
        told: dict[str, str] = {}
        for problem in problems:
            empty = problem.field in self.fields and not self.fields[problem.field].text()
            told.setdefault(problem.field, self._t("This is missing.") if empty else problem.text(self._t))
        for name, field in self.fields.items():
            field.set_problem(told.get(name, ""))
        first = next((field for name, field in self.fields.items() if name in told), None)
        if first is not None:
            first.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(first)
            announce(first.edit, first.problem(), urgent=True)

    def _on_made(self, path: Path) -> None:
        self._set_busy(False)
        self.made.emit(path)

    def _on_failed(self, failure: Failure) -> None:
        self._set_busy(False)
        if isinstance(failure.error, DraftRefused):
            self._show_problems(failure.error.problems)
        elif isinstance(failure.error, FileProblem):
            self._show_problems((DraftProblem("path", failure.error.message, failure.error.values),))
        else:
            self.failed.emit(failure)

    def _on_back(self) -> None:
        if not self._busy:
            self.left.emit()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._said.setText(self._t("Making the file…") if busy else "")
        self._inside.setEnabled(not busy)
        self.make.setEnabled(not busy)
        self.back.setEnabled(not busy)

    def _choose_place(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self._t("Where the file lies"),
            self.fields["path"].text(),
            self._t("Files of EIC Tracker") + f" (*{SUFFIX})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.fields["path"].edit.setText(chosen)
            self.fields["path"].set_problem("")

    def _add(self, name: str, label: str, hint: str = "") -> None:
        self.fields[name] = LabelledField(label, self._colours, hint)

    def _add_person(self, prefix: str) -> None:
        t = self._t
        self._add(f"{prefix}full_name", t("Name"))
        self._add(f"{prefix}login", t("User"), t("One word, as it is typed to sign in."))
        rule = t("At least {length} characters; not one that anybody would try.", length=SHORTEST_PASSWORD)
        self.fields[f"{prefix}password"] = PasswordField(t("Password"), t, self._colours, rule)
        self.fields[f"{prefix}again"] = PasswordField(t("The same password again"), t, self._colours)

    def _lay_out(self) -> None:
        t = self._t
        why = QLabel(t("Two people, each with an own password: if one is missing, the other can still come in."))
        why.setProperty("muted", True)
        why.setWordWrap(True)
        people = QHBoxLayout()
        people.setSpacing(theme.GROUP_GAP)
        for prefix, heading in (("", t("First administrator")), ("second_", t("Second administrator"))):
            people.addWidget(self._person_card(prefix, heading), 1, Qt.AlignmentFlag.AlignTop)
        self._inside = QWidget()
        self._inside.setMaximumWidth(_WIDEST)
        inner = QVBoxLayout(self._inside)
        inner.setContentsMargins(0, 0, theme.SPACE, 0)
        inner.setSpacing(12)
        inner.addLayout(self._make_upper())
        inner.addWidget(why)
        inner.addLayout(people)
        inner.addWidget(self.totals)
        inner.addStretch(1)
        holder = ScrolledColumn()
        line = QHBoxLayout(holder)
        line.setContentsMargins(24, 0, 24, 0)
        line.addStretch(1)
        line.addWidget(self._inside, 100)
        line.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.GAP)
        whole.setSpacing(12)
        whole.addLayout(self._make_head())
        whole.addWidget(self._scroll, 1)

    def _make_head(self) -> QHBoxLayout:
        title = QLabel(self._t("New file"))
        title.setFont(theme.font(theme.Type.TITLE))
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 0)
        head.setSpacing(theme.GAP)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._said)
        head.addWidget(self.back)
        head.addWidget(self.make)
        return head

    def _make_upper(self) -> QGridLayout:
        choose = QPushButton(self._t("&Choose…"))
        choose.setAutoDefault(False)
        choose.setMinimumHeight(theme.TARGET)
        choose.setAccessibleName(self._t("Choose where the file lies"))
        choose.clicked.connect(lambda _checked=False: self._choose_place())
        self.fields["path"].line.addWidget(choose)
        upper = QGridLayout()
        upper.setHorizontalSpacing(theme.GROUP_GAP)
        for column, name in enumerate(("school", "path")):
            upper.addWidget(self.fields[name], 0, column, Qt.AlignmentFlag.AlignTop)
            upper.setColumnStretch(column, 1)
        return upper

    def _person_card(self, prefix: str, heading: str) -> Card:
        card = Card(heading)
        for name in ("full_name", "login", "password", "again"):
            field = self.fields[f"{prefix}{name}"]
            field.edit.setAccessibleName(f"{heading}: {field.edit.accessibleName()}")
            card.add(field)
        return card


def default_name(folder: Path | None) -> str:
    """The name that the command line takes for granted, so that both find the same file."""
    return default_file().name if folder is not None else f"eic-tracker{SUFFIX}"


def _free_name(path: Path) -> Path:
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
