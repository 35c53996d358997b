"""Compare a list: paste names or numbers and see who has which course; nothing of it is stored."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui import theme
from eic_tracker.gui.copied import put_rows
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.grids.compared import COLUMNS, CompareRow, counts_words, rows_of
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.leaving_words import leaving_question
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import Ask, page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.pasted_list import pasted_list
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.grid_papers import table_of
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.reference_box import ReferenceBox
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.services.comparing import (
    ComparedLine,
    compare_list,
    courses_to_compare,
    lines_of_file,
    lines_of_list,
)
from eic_tracker.services.exports import Leaving, leaving, note_export

_LISTS = ("*.xlsx", "*.xls", "*.xlsb", "*.ods", "*.csv", "*.tsv", "*.txt", "*.docx")


class ComparePage(Page):
    """Ctrl+V pastes, Ctrl+C copies the answer back; a course may be asked for alone."""

    name = "compare"
    shows = frozenset({"participant", "enrolment", "offering"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.ask: Ask = ask_reason
        self.lines: tuple[str, ...] = ()
        self._job: Job | None = None
        self.setAcceptDrops(True)
        self.set_title(t("Compare a list"))
        self.progress = ProgressRow(t("Stop"))
        self.progress.cancel_requested.connect(self._stop)
        self.course_label = QLabel(t("&Course (empty: all)"))
        self.course = ReferenceBox(t("Course (empty: all)"), around.colours)
        self.course.setMaximumWidth(620)
        self.course_label.setBuddy(self.course)
        self.course.changed.connect(self._on_course)
        tools = QWidget()
        flow = FlowLayout(tools, theme.GAP)
        self.paste_button = deed_button(Deed(t("Paste a list"), self.paste), look="primary")
        self.paste_button.setToolTip("Ctrl+V")
        self.file_button = deed_button(Deed(t("List of a file…"), self.import_list))
        self.file_button.setToolTip("Ctrl+I")
        self.copy_button = deed_button(Deed(t("Copy the answer"), self.copy))
        self.copy_button.setToolTip("Ctrl+C")
        for button in (self.paste_button, self.file_button, self.copy_button):
            flow.addWidget(button)
        self.said = sentence("")
        self.table = SmallTable(t("Who has which course"), COLUMNS, around)
        self.table.opened.connect(self._open)
        self.view = StateView(around.colours)
        column = self.layout_of_page
        for widget in (tools, self.course_label, self.course, self.progress, self.said):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.view, 1)
        page_shortcut("Ctrl+V", self.table).activated.connect(self.paste)
        page_shortcut("Ctrl+V", self.paste_button).activated.connect(self.paste)
        page_shortcut("Ctrl+C", self.table).activated.connect(self.copy)
        self._show_rows(())

    def show_place(self, place: Place) -> None:
        """What was pasted stays as long as the window is open."""
        self.read(courses_to_compare, done=self._offer, what="courses")
        self.refresh()

    def refresh(self) -> None:
        """Compare again: courses may have been closed meanwhile."""
        if self.lines:
            self._compare()

    def first_focus(self) -> QWidget:
        """The answer, else the button that pastes."""
        return self.table if self.table.rows else self.paste_button

    def paste(self) -> None:
        """Ctrl+V: the people of the list in the clipboard."""
        pasted = pasted_list("")
        if not pasted.text.strip():
            self.done.emit(self.t("There is no list in the clipboard."), False)
            return
        self.read(lines_of_list, pasted.text, pasted.html, self.around.today, done=self.take)

    def import_list(self) -> None:
        """Ctrl+I: the people of a file."""
        t = self.t
        dialog = QFileDialog(self.window(), t("List of a file…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(t("Lists ({endings})", endings=" ".join(_LISTS)))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_file(self, path: Path) -> None:
        """The people of a file that was chosen or dropped, read in a process of its own."""
        t, around = self.t, self.around
        self.progress.start(t("Reading {file}", file=path.name), t("Stopping…"))
        self._job = around.jobs.long(
            lines_of_file, around.acting, path, around.today, owner=self, done=self.take, failed=self._on_unread
        )
        self._job.ended.connect(self.progress.finish)

    def take(self, lines: Sequence[str]) -> None:
        """Compare these lines."""
        self.lines = tuple(lines)
        if self.lines:
            self._compare()
        else:
            self.done.emit(self.t("There is no list in the clipboard."), False)

    def copy(self) -> None:
        """Ctrl+C: the whole answer, for a spreadsheet; a reason is asked once many identities leave within a day."""
        people = sorted({row.found.person.id for row in self._rows() if row.found is not None})
        if not self.table.rows:
            return
        if not people:
            self._put()
            return
        self.read(leaving, "people", array("q", people), (), done=self._copy_asked, what="leaving")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A file may be dropped on the page."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """The file is compared as one that was chosen."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)

    def _copy_asked(self, found: Leaving) -> None:
        reason = None
        if found.needs_reason:
            if not self.isVisible():
                # The window was locked, or another page opened, meanwhile: nothing is asked over that.
                return
            reason = self.ask(self, self.t, leaving_question(found.people, self.t))
            if reason is None:
                return
        self.around.jobs.write(
            note_export,
            self.around.acting,
            "people: compared list",
            found.people,
            reason,
            owner=self,
            done=lambda _note: self._put(),
            failed=self.tell_failure,
        )

    def _put(self) -> None:
        rows = [tuple(column.text(row, self.t) for column in COLUMNS) for row in self._rows()]
        count, text, html = table_of(COLUMNS, rows, self.t)
        put_rows(text, html)
        self.done.emit(self.t.plural("{count} row copied", "{count} rows copied", count), False)

    def _rows(self) -> list[CompareRow]:
        return list(self.table.rows.values())

    def _offer(self, courses: Mapping[str, str]) -> None:
        self.course.offer(courses)

    def _on_course(self) -> None:
        value = self.course.value()
        known = value is None or value in self.course.offered()
        if known and self.lines:
            self._compare()

    def _compare(self) -> None:
        asked = self.course.value()
        code = asked if isinstance(asked, str) and asked in self.course.offered() else None
        self.read(_compare, self.lines, code, done=lambda found: self._show_rows(found, code), failed=self._on_unread)

    def _show_rows(self, found: Sequence[ComparedLine], code: str | None = None) -> None:
        t = self.t
        self.table.show_rows(dict(enumerate(rows_of(found), 1)))
        there = bool(found)
        for widget in (self.table, self.said, self.copy_button):
            widget.setVisible(there)
        self.view.setVisible(not there)
        if not there:
            self.view.show_empty(
                t("Copy names or identity numbers, one a line, and press Ctrl+V; or drop a file here."),
            )
            return
        self.said.setText(counts_words(found, t, one_course=code is not None))
        if self.table.current_key() is None:
            self.table.select_key(1)
        if self.isVisible() and not self.course.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_unread(self, failure: Failure) -> None:
        self.progress.finish()
        self.noticed.emit(notice_of(failure, self.t))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _open(self, key: int) -> None:
        row = self.table.rows[key]
        if row.found is not None:
            self.go_requested.emit(Place("person", row.found.person.id))


def _compare(db: Any, acting: ActingUser, lines: Sequence[str], course: str | None) -> tuple[ComparedLine, ...]:
    return compare_list(db, acting, lines, course=course)


def _dropped(event: QDropEvent) -> Path | None:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None
