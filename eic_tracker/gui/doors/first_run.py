"""The first screen: language, a new file, a file, or sample data; where files lie, said plainly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from eic_tracker import paths
from eic_tracker.errors import UserError
from eic_tracker.gui import theme
from eic_tracker.gui.doors.recent_files import RecentFiles
from eic_tracker.gui.jobs import Cancelled, Failure, Job
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.telling import tell_in
from eic_tracker.gui.theme import Colours, Tone
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.choice_button import ChoiceButton
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.message_bar import MessageBar
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.work import Work
from eic_tracker.i18n import Language, Translator

if TYPE_CHECKING:
    from eic_tracker.gui.doors.new_file_form import NewFileForm

SAMPLE = "demo.eic"
"""The name of the sample data in the data folder."""
_WIDEST = 980


class FirstRun(QWidget):
    """Shown while no file is open."""

    open_requested = Signal(Path)
    language_chosen = Signal(Language)

    def __init__(
        self, preferences: Preferences, t: Translator, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("first-run")
        self.setAccessibleName(t("First screen: choose a file"))
        self._preferences = preferences
        self._t = t
        self._colours = colours
        self._building: Job | None = None
        self._has_sample = False
        self._folder = _data_folder()
        self._work = Work(self)
        self.messages = MessageBar(t, colours)
        self.progress = ProgressRow(t("Cancel"))
        self._choices = self._make_choices()
        self._screens = QStackedWidget()
        self._screens.addWidget(_scrolled(self._choices))
        self.form: NewFileForm | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self._screens, 1)
        self.progress.cancel_requested.connect(self._on_cancel)
        QTimer.singleShot(0, self, self._look_for_files)

    def tell(self, text: str) -> None:
        """Say why a file did not open."""
        self.messages.tell(Tone.ERROR, text)

    def show_notice(self, notice: Notice) -> None:
        """Say what went wrong."""
        tell_in(self.messages, notice, self._t)

    def typed(self) -> Mapping[str, str]:
        """What stands in the form of a new file while it is in sight, else nothing."""
        if self.form is None or self._screens.currentWidget() is not self.form:
            return {}
        return self.form.typed()

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Open the form as it was left, as after a change of language or theme."""
        if typed:
            self.show_form()
            assert self.form is not None
            self.form.type_again(typed)

    def _make_choices(self) -> QWidget:
        t = self._t
        inside = QWidget()
        self.new_file = self._choice(t("&New file"), t("For your school, with two administrators."), "plus")
        self.open_file = self._choice(t("&Open a file…"), t("One that is on this computer, a disk or a USB."), "folder")
        self.explore = self._choice(
            t("E&xplore with sample data"), t("People and places are invented; nothing of it enters your file."), "eye"
        )
        self.remove = deed_button(Deed(t("Remove the sample data"), self._on_remove), look="link")
        self.remove.hide()
        choices = QVBoxLayout()
        choices.setSpacing(theme.GAP)
        for choice in (self.new_file, self.open_file, self.explore):
            choices.addWidget(choice)
        choices.addWidget(self.progress)
        choices.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        choices.addStretch(1)
        self.recent = RecentFiles(self._preferences, t, self._colours)
        lower = QHBoxLayout()
        lower.setSpacing(theme.GROUP_GAP)
        lower.addLayout(choices, 1)
        lower.addWidget(self.recent, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addLayout(self._make_head())
        column.addLayout(lower)
        column.addWidget(self._make_notice())
        column.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(_WIDEST)
        middle.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        whole = QHBoxLayout(inside)
        whole.setContentsMargins(24, theme.GROUP_GAP, 24, theme.GROUP_GAP)
        whole.addStretch(1)
        whole.addWidget(middle, 100)
        whole.addStretch(1)
        self.new_file.clicked.connect(self.show_form)
        self.open_file.clicked.connect(self._on_open_file)
        self.explore.clicked.connect(self._on_explore)
        self.recent.chosen.connect(self.open_requested)
        return inside

    def _make_head(self) -> QHBoxLayout:
        t = self._t
        title = QLabel("EIC Tracker")
        title.setFont(theme.font(theme.Type.TITLE))
        words = QLabel(t("Courses, participants and the figures that come from them."))
        words.setProperty("muted", True)
        words.setWordWrap(True)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(title)
        lines.addWidget(words)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        head.addLayout(lines, 1)
        group = QButtonGroup(self)
        self.languages: dict[Language, QPushButton] = {}
        for language, name in ((Language.ES, "E&spañol"), (Language.EN, "Eng&lish")):
            button = QPushButton(name)
            button.setCheckable(True)
            button.setChecked(language is self._t.language)
            button.setAutoDefault(False)
            button.setFont(theme.font(theme.Type.SECTION))
            button.setMinimumSize(120, 40)
            button.setAccessibleName(name.replace("&", ""))
            button.setAccessibleDescription(t("Language of the window"))
            theme.mark(button, "primary", button.isChecked())
            button.clicked.connect(lambda _checked=False, language=language: self._on_language(language))
            group.addButton(button)
            self.languages[language] = button
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_notice(self) -> QWidget:
        t = self._t
        card = Card()
        folder = QLabel(t("Data folder of this computer: {folder}", folder=self._folder or t("none could be made")))
        warning = QLabel(
            t(
                "Files are not encrypted: who can copy a file can read it. "
                "Keep it where only those who must can come in."
            )
        )
        for label in (folder, warning):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.add(label)
        self.notice = card
        return card

    def _choice(self, title: str, explanation: str, icon: str) -> ChoiceButton:
        return ChoiceButton(title, explanation, icon, self._colours)

    def show_form(self) -> None:
        """The form of a new file, in the same place; what was typed before is still in it."""
        if self.form is None:
            from eic_tracker.gui.doors.new_file_form import NewFileForm

            self.form = NewFileForm(self._work, self._folder, self._t, self._colours)
            self.form.made.connect(self.open_requested)
            self.form.left.connect(self._show_choices)
            self.form.failed.connect(self._on_failed)
            self._screens.addWidget(self.form)
        self.messages.dismiss_quiet()
        self._screens.setCurrentWidget(self.form)
        self.form.take_focus()

    def _show_choices(self) -> None:
        self._screens.setCurrentIndex(0)
        self.new_file.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_language(self, language: Language) -> None:
        if language is not self._t.language:
            self.language_chosen.emit(language)

    def _on_open_file(self) -> None:
        folder = self._preferences.current.last_folder or self._folder or Path.home()
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._t("Open a file"), str(folder), self._t("Files of EIC Tracker") + " (*.eic)"
        )
        if chosen:
            self.open_requested.emit(Path(chosen))

    def _look_for_files(self) -> None:
        """Ask the disks, which may be slow or gone, off the window's thread."""
        if self.form is None:
            self.new_file.setFocus(Qt.FocusReason.OtherFocusReason)
        recent, sample = self._preferences.recent_files, self._sample
        self._work.start(
            lambda _job: (
                frozenset(path for path in recent if path.is_file()),
                sample is not None and sample.is_file(),
            ),
            done=lambda found: self._on_looked(*found),
            failed=self._on_failed,
        )

    def _on_looked(self, present: frozenset[Path], sample: bool) -> None:
        self.recent.show_present(present)
        self._has_sample = sample
        self.remove.setVisible(sample and self.explore.isEnabled())

    @property
    def _sample(self) -> Path | None:
        return None if self._folder is None else self._folder / SAMPLE

    def _on_explore(self) -> None:
        sample = self._sample
        if sample is None:
            self.tell(self._t("The data folder of this computer cannot be made; free some space or ask who keeps it."))
        elif sample.is_file():
            self.open_requested.emit(sample)
        elif self._building is None:
            self.messages.dismiss_quiet()
            self._set_busy(True)
            self.progress.start(self._t("Making the sample data (about half a minute)…"), self._t("Stopping…"))
            job = self._work.start(
                lambda job: _build_apart(sample, job.report),
                done=lambda _none: self._on_built(sample),
                failed=self._on_build_failed,
            )
            job.progressed.connect(self._on_progress)
            self._building = job

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.report(done, total, self._t.percent(done / total))

    def _on_cancel(self) -> None:
        if self._building is not None:
            self._building.cancel()

    def _on_built(self, sample: Path) -> None:
        self._has_sample = True
        self._end_building(self._t("The sample data are ready."))
        self.open_requested.emit(sample)

    def _on_build_failed(self, failure: Failure) -> None:
        self._end_building(self._t("The sample data were not made."))
        if not isinstance(failure.error, Cancelled):
            self._on_failed(failure)

    def _end_building(self, said: str) -> None:
        self._building = None
        self.progress.finish(said)
        self._set_busy(False)
        self.explore.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, busy: bool) -> None:
        """While sample data are made nothing else begins; the button that stops it has the keyboard's next step."""
        for widget in (self.new_file, self.open_file, self.explore, self.recent, *self.languages.values()):
            widget.setEnabled(not busy)
        self.remove.setVisible(not busy and self._has_sample)

    def _on_remove(self) -> None:
        sample = self._sample
        if sample is not None:
            self._set_busy(True)
            self._work.start(lambda _job: _remove(sample), done=self._on_removed, failed=self._on_remove_failed)

    def _on_removed(self, _none: object) -> None:
        self._has_sample = False
        self._set_busy(False)
        if self._sample is not None:
            self.recent.forget(self._sample)
        self.messages.tell(Tone.OK, self._t("The sample data were removed; they can be made again at any time."))
        self.explore.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_remove_failed(self, failure: Failure) -> None:
        self._set_busy(False)
        self._on_failed(failure)

    def _on_failed(self, failure: Failure) -> None:
        self.show_notice(notice_of(failure, self._t))


def _data_folder() -> Path | None:
    try:
        return paths.data_folder()
    except UserError:
        return None


def _scrolled(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inside)
    return scroll


def _build_apart(sample: Path, report: Callable[[int, int], None]) -> None:
    # What builds sample data is large, and most people never build any.
    from eic_tracker.services.demonstration import build_apart

    build_apart(sample, progress=report)


def _remove(sample: Path) -> None:
    from eic_tracker.services.demonstration import remove_demonstration

    remove_demonstration(sample)
