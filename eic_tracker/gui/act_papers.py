"""Takes a course's papers out: each time noted in the history, seen before it is printed, long ones with progress."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.leaving_words import leaving_question
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.i18n import Translator
from eic_tracker.queries.acts import ActRow
from eic_tracker.services.acts import act_pdf, act_people, print_act
from eic_tracker.services.attendance_sheets import CourseWeeks, attendance_sheets, weeks_of_course
from eic_tracker.services.course_file import Checklist, CourseFileWritten, course_checklist, write_course_file
from eic_tracker.services.delivery_list import delivery_list_leaving, delivery_list_paper
from eic_tracker.services.exports import Leaving, note_export
from eic_tracker.services.merit import merit_order

Ask = Callable[[QWidget, Translator, str], str | None]
View = Callable[[Surroundings, Callable[..., Any], str, QWidget], object]
"""Shows a paper before it is printed: what makes it, its title, over which window."""


class ActPapers(QObject):
    """Asks for a reason where one is needed, writes the note, then shows or saves the paper."""

    noticed = Signal(object)
    said = Signal(str)

    def __init__(self, around: Surroundings, ask: Ask, view: View, parent: QWidget) -> None:
        super().__init__(parent)
        self._around, self._t, self._window = around, around.t, parent
        self.ask = ask
        self._view = view
        self._job: Job | None = None
        self.progress = ProgressRow(around.t("Cancel"))
        self.progress.cancel_requested.connect(self.cancel)

    def show_act(self, act: ActRow, title: str) -> None:
        """An act as it is or would be printed."""
        make = partial(act_pdf, key=act.id, t=self._t)

        def counted(answer: tuple[int, bool]) -> None:
            self._leave(title, *answer, lambda note: self._show(partial(make, note=note), title))

        self._read(act_people, act.id, done=counted)

    def print_act(self, act: ActRow, title: str) -> None:
        """Freeze an act, then show what is printed."""
        self._around.jobs.write(
            print_act,
            self._around.acting,
            act.id,
            t=self._t,
            owner=self,
            done=lambda _printed: self.show_act(act, title),
            failed=self._tell,
        )

    def show_sheets(self, offering: int, weeks: CourseWeeks, week: int | None) -> None:
        """Attendance sheets of a week, or of all."""
        t = self._t
        title = t("Attendance sheets {code}", code=weeks.code)
        make = partial(attendance_sheets, offering_id=offering, t=t, week=week)
        self._leave(title, weeks.people, weeks.needs_reason, lambda note: self._show(partial(make, note=note), title))

    def show_merit(self, offering: int) -> None:
        """The order of merit."""
        t = self._t

        def counted(weeks: CourseWeeks) -> None:
            title = t("Order of merit {code}", code=weeks.code)
            make = partial(merit_order, offering_id=offering, t=t)
            self._leave(
                title, weeks.people, weeks.needs_reason, lambda note: self._show(partial(make, note=note), title)
            )

        self._read(weeks_of_course, offering, done=counted)

    def show_delivery_list(self, offering: int, code: str) -> None:
        """The list on which those sign who receive their certificates."""
        t = self._t
        title = t("Delivery list {code}", code=code)
        make = partial(delivery_list_paper, offering_id=offering, t=t)

        def counted(found: Leaving) -> None:
            self._leave(
                title, found.people, found.needs_reason, lambda note: self._show(partial(make, note=note), title)
            )

        self._read(delivery_list_leaving, offering, done=counted)

    def ask_course_file(self, code: str, chosen: Callable[[Path], object]) -> None:
        """Ask where the course file goes."""
        t = self._t
        dialog = QFileDialog(self._window.window(), t("Course file…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(t("course file {code}", code=code) + ".pdf")
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_course_file(self, offering: int, path: Path) -> None:
        """Write the course file, with progress; cancelling leaves nothing."""
        t = self._t

        def counted(found: Checklist) -> None:
            title = t("Course file {code}", code=found.code)
            self._leave(title, found.people, found.needs_reason, lambda note: self._write(offering, path, note))

        self._read(course_checklist, offering, done=counted)

    def cancel(self) -> None:
        """Stop what is being written."""
        if self._job is not None:
            self._job.cancel()

    def _write(self, offering: int, path: Path, note: int | None) -> None:
        t = self._t
        text = t("Writing the course file…")
        job = self._job = self._around.jobs.long(
            write_course_file,
            self._around.acting,
            offering,
            path,
            t=t,
            note=note,
            owner=self,
            done=self._written,
            failed=self._tell,
        )
        job.says = text
        self.progress.start(text, t("Stopping…"))
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        self.progress.finish()

    def _on_progress(self, done: int, total: int) -> None:
        t = self._t
        self.progress.report(done, total, t("{done} of {total}", done=t.number(done), total=t.number(total)))

    def _written(self, written: CourseFileWritten) -> None:
        said = self._t.plural(
            "Course file saved: {file}, {count} folio",
            "Course file saved: {file}, {count} folios",
            written.folios,
            file=written.path,
        )
        self.said.emit(said)

    def _leave(self, title: str, people: int, needs_reason: bool, then: Callable[[int | None], None]) -> None:
        """Note that these people leave the file on that paper; nobody on it needs no note."""
        if not people:
            then(None)
            return
        reason = None
        if needs_reason:
            reason = self.ask(self._window, self._t, leaving_question(people, self._t))
            if reason is None:
                return
        self._around.jobs.write(
            note_export, self._around.acting, title, people, reason, owner=self, done=then, failed=self._tell
        )

    def _show(self, make: Callable[..., Any], title: str) -> None:
        if self._window.isVisible():
            # else the window was locked, or another page opened, meanwhile: nothing comes up over that
            self._view(self._around, make, title, self._window.window())

    def _read(self, query: Callable[..., Any], *args: Any, done: Callable[[Any], None]) -> None:
        self._around.jobs.read(query, self._around.acting, *args, owner=self, done=done, failed=self._tell)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))
