"""Copies of the file: those that make themselves, one on another disk, and putting one back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QLabel

from eic_tracker import settings
from eic_tracker.clock import now_utc
from eic_tracker.domain.permissions import ActingUser, Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.item_detail import Line
from eic_tracker.gui.settings_parts.items_part import ItemsPart
from eic_tracker.gui.settings_parts.part import moment_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.history import last_entries
from eic_tracker.services.safekeeping import DAYS_ELSEWHERE, WHY, CopyMade, KeptCopy, copies_of_file, copy_elsewhere

_NOT_ENCRYPTED = N_("A copy is not encrypted: whoever has it can read it. Keep it locked away.")


@dataclass(frozen=True, slots=True)
class _Copies:
    """The automatic copies, and the newest entry of the file where the user may know it."""

    copies: tuple[KeptCopy, ...]
    newest: int | None


class CopiesPart(ItemsPart):
    """Everybody sees when the last copies were made; administrators make them and put them back."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around.t("Automatic copies"), _COLUMNS, around)
        t = self.t
        self._copies: dict[int, KeptCopy] = {}
        self._newest: int | None = None
        self._job: Job | None = None
        self._chooser: QFileDialog | None = None
        self.may_act = around.may(Action.ADMINISTER) and not around.read_only
        self.last = QLabel()
        self.last.setWordWrap(True)
        self.elsewhere = QLabel()
        self.elsewhere.setWordWrap(True)
        note = QLabel(t(_NOT_ENCRYPTED))
        note.setWordWrap(True)
        note.setProperty("muted", True)
        for place, label in enumerate((self.last, self.elsewhere, note)):
            self.layout_of_page.insertWidget(place, label)
        self.copy = deed_button(Deed(t("Copy to USB or another folder…"), self.choose_folder), look="primary")
        self.other = deed_button(Deed(t("Put back a copy from elsewhere…"), self._choose_copy))
        for button in (self.copy, self.other):
            self.add_tool(button)
        self.head.setVisible(self.may_act)
        self.progress = ProgressRow(t("Cancel"))
        self.progress.cancel_requested.connect(self._stop)
        self.layout_of_page.insertWidget(self.layout_of_page.indexOf(self.sides), self.progress)

    def show_place(self, place: Place) -> None:
        """The copies; `state` may ask to make one now."""
        super().show_place(place)
        if place.state.get("copy_now") and self.may_act:
            QTimer.singleShot(0, self, self.choose_folder)

    def read_rows(self) -> None:
        """What lies in the folder of the copies."""
        self._say_elsewhere()
        self.read(_read_copies, done=self._on_copies, failed=self.show_failed, what="rows")

    def show_current(self, key: int) -> None:
        """What is in the chosen copy."""
        copy = self._copies.get(key)
        if copy is None:
            return
        t = self.t
        lines = [
            Line(t("Made"), t(WHY.get(copy.why, copy.why))),
            Line(t("Size"), _size_words(copy.size, t)),
            Line(t("Holds everything up to entry"), t.number(copy.set_id)),
        ]
        if self._newest is not None:
            later = max(self._newest - copy.set_id, 0)
            lines.append(Line(t("Entries made since"), t.number(later), Tone.WARNING if later else Tone.OK))
        lines.append(Line("", str(copy.path)))
        deeds = [Deed(t("Put this copy back…"), partial(self._ask_restore, copy.path))] if self.may_act else []
        self.detail.show_item(t("Copy of {when}", when=moment_words(copy.made_at, t)), lines, deeds)

    def edit_current(self) -> None:
        """Enter on a copy asks whether it is to be put back."""
        copy = self._copies.get(self.table.current_key() if self.table.current_key() is not None else -1)  # type: ignore[arg-type]
        if copy is not None and self.may_act:
            self._ask_restore(copy.path)

    def choose_folder(self) -> None:
        """Where the copy goes."""
        if self._job is not None or self._chooser is not None:
            return
        chooser = QFileDialog(self, self.t("Folder for the copy"), self._last_place())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setLabelText(QFileDialog.DialogLabel.Accept, self.t("Copy here"))
        self._open_chooser(chooser, self.copy_to)

    def copy_to(self, folder: Path) -> None:
        """Copy, read back, say how it went."""
        self.copy.setEnabled(False)
        self.progress.start(self.t("Copying, then reading the copy back…"), self.t("Stopping…"))
        self._job = self.around.jobs.long(
            copy_elsewhere, self.around.acting, folder, owner=self, done=self._on_copied, failed=self._on_copy_failed
        )
        self._job.says = self.t("Copying, then reading the copy back…")
        self._job.progressed.connect(self._on_progress)
        self._job.ended.connect(self._on_ended)

    def _on_copies(self, found: _Copies) -> None:
        self._newest = found.newest
        self._copies = dict(enumerate(found.copies))
        t = self.t
        none = t("No automatic copy has been made yet; the first comes when you close.")
        if self.around.demonstration:
            none = t("Of sample data no copies make themselves; nothing in them can be lost.")
        self.show_rows(self._copies, none)
        # Without any, the empty table says why: a second sentence could only say it otherwise.
        self.last.setVisible(bool(found.copies))
        if found.copies:
            when = moment_words(found.copies[0].made_at, t)
            self.last.setText(t("Last automatic copy on this computer: {when}.", when=when))

    def _say_elsewhere(self) -> None:
        t = self.t
        known = self.around.preferences.current.copies_elsewhere.get(self.around.file_uid)
        if known is None:
            text, late = t("This computer knows of no copy of this file on another disk."), True
        else:
            when = moment_words(known.made_at, t)
            text = t("Last copy on another disk: {when}, in {place}.", when=when, place=known.place)
            late = now_utc() - known.made_at > dt.timedelta(DAYS_ELSEWHERE)
        self.elsewhere.setText(text)
        theme.mark(self.elsewhere, "tone", Tone.WARNING.value if late else Tone.OK.value)

    def _last_place(self) -> str:
        known = self.around.preferences.current.copies_elsewhere.get(self.around.file_uid)
        return known.place if known is not None and Path(known.place).is_dir() else str(Path.home())

    def _choose_copy(self) -> None:
        if self._chooser is None:
            chooser = QFileDialog(self, self.t("Copy to put back"), self._last_place(), "EIC Tracker (*.eic)")
            chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
            self._open_chooser(chooser, self._show_other)

    def _open_chooser(self, chooser: QFileDialog, then: Any) -> None:
        self._chooser = chooser
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda chosen: then(Path(chosen)))
        chooser.finished.connect(self._on_chooser_closed)
        chooser.open()

    def _on_chooser_closed(self, _result: int) -> None:
        self._chooser = None

    def _show_other(self, copy: Path) -> None:
        t = self.t
        size = copy.stat().st_size if copy.is_file() else 0
        lines = [Line(t("Size"), _size_words(size, t)), Line("", str(copy.parent))]
        deeds = [Deed(t("Put this copy back…"), partial(self._ask_restore, copy))]
        self.detail.show_item(copy.name, lines, deeds)
        self.sides.open_detail()
        self.detail.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_restore(self, copy: Path) -> None:
        t = self.t
        lines = [
            Line("", copy.name),
            Line("", t("Everything entered since this copy was made will be missing."), Tone.WARNING),
            Line("", t("The present file is not deleted: it is kept beside it under another name.")),
        ]
        back = Deed(t("No, keep the present file"), self._keep_present)
        deeds = [Deed(t("Yes, put it back now"), partial(self._restore, copy)), back]
        self.detail.show_item(t("Put this copy in the place of the file?"), lines, deeds)
        self.sides.open_detail()
        self.detail.buttons[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_present(self) -> None:
        self._on_left()

    def _restore(self, copy: Path) -> None:
        window = self.window()
        keeping = getattr(window, "keeping", None)
        if keeping is not None:
            # The page goes with the file: not before its own signal has ended.
            QTimer.singleShot(0, window, lambda: keeping.restore(copy))

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.report(done, total, self.t.percent(done / total) if total else "")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_ended(self) -> None:
        self._job = None
        self.copy.setEnabled(True)
        self.progress.finish()

    def _on_copied(self, made: CopyMade) -> None:
        preferences = self.around.preferences
        if not made.same_disk:
            place = made.path.parent
            preferences.keep(
                settings.with_copy_elsewhere(preferences.current, self.around.file_uid, made.made_at, place)
            )
        self.noticed.emit(Notice(Tone.WARNING if made.same_disk else Tone.OK, made.text(self.t)))
        self.read_rows()
        self.around.jobs.watch()
        window = self.window()
        keeping, workplace = getattr(window, "keeping", None), getattr(window, "workplace", None)
        if keeping is not None and workplace is not None:
            keeping.remind(workplace)

    def _on_copy_failed(self, failure: Failure) -> None:
        self.tell_failure(failure)


def _read_copies(db: Any, acting: ActingUser) -> _Copies:
    newest = last_entries(db, acting, 1) if right(acting, Action.READ_FIGURES) is Right.YES else ()
    return _Copies(copies_of_file(db), newest[0].id if newest else None)


def _size_words(size: int, t: Translator) -> str:
    return t("{size} MB", size=t.decimal(size / 1_000_000))


_COLUMNS = (
    Column("made_at", N_("When"), lambda row, t: moment_words(row.made_at, t), width=18),
    Column("why", N_("Made"), lambda row, t: t(WHY.get(row.why, row.why)), width=28, stretch=True),
    Column("size", N_("Size"), lambda row, t: _size_words(row.size, t), width=10, number=True),
    Column("entry", N_("Up to entry"), lambda row, t: t.number(row.set_id), width=12, number=True),
)
