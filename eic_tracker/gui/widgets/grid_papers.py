"""What leaves a grid: copied rows, the view as a workbook, the view on paper."""

from __future__ import annotations

import functools
from array import array
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from eic_tracker.gui.copied import put_rows
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.models.rows_model import PAGE
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.i18n import Translator
from eic_tracker.reports.view_paper import Typed, ViewColumn
from eic_tracker.services.exports import (
    Leaving,
    ViewAsked,
    leaving,
    may_name,
    naming_columns,
    note_export,
    read_cells,
    view_paper,
    write_view,
)

if TYPE_CHECKING:
    from eic_tracker.gui.widgets.grid import Grid

MOST_COPIED = 50_000
"""Rows that the clipboard takes; longer lists are for workbooks."""
_TEXT_CELL = "mso-number-format:'\\@'"
_DATE_CELL = "mso-number-format:'dd\\/mm\\/yyyy'"


class GridPapers(QObject):
    """Copies, exports and prints a grid; people leave only with a note in the journal."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._t = grid.around.t
        self._job: Job | None = None
        self.progress = ProgressRow(self._t("Cancel"), grid)
        self.progress.cancel_requested.connect(self._on_cancel)

    def copy(self) -> None:
        """Copy the selected rows with their headings, as text and as a table that Excel takes."""
        keys = self._grid.selected_keys()
        if not keys:
            return
        if len(keys) > MOST_COPIED:
            self._tell(
                self._t(
                    "{count} rows are too many to copy (at most {most}). Export the view instead: Ctrl+Shift+E.",
                    count=self._t.number(len(keys)),
                    most=self._t.number(MOST_COPIED),
                )
            )
            return
        self._with_note("copy", keys, lambda note, _reason: self._copy(keys, note))

    def export(self) -> None:
        """Write the whole view as a workbook, where the person says."""
        if not len(self._grid.model.keys):
            self._tell(self._t("There are no rows to export."))
            return
        dialog = QFileDialog(self._grid.window(), self._t("Export this view"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self._t("Excel workbook (*.xlsx)"))
        dialog.setDefaultSuffix("xlsx")
        dialog.setDirectory(str(self._grid.around.preferences.current.last_folder or Path.home()))
        dialog.selectFile(f"{self._title()} {self._grid.around.today.isoformat()}.xlsx".replace("/", "-"))
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the whole view to a file."""
        keys = self._grid.model.keys
        self._with_note("workbook", keys, lambda note, reason: self._write(path, keys, note, reason))

    def print(self) -> None:
        """Show the view on paper, ready to be printed."""
        keys = self._grid.model.keys
        if not self._grid.loaded:
            self._tell(self._t("Reading…"))
        elif not len(keys):
            self._tell(self._t("There are no rows to print."))
        else:
            self._with_note("paper", keys, lambda note, reason: self._print(keys, note, reason))

    def view(self, keys: array[int], reason: str) -> ViewAsked:
        """The view in words, with the rows of these keys."""
        columns = self._columns()
        t = self._t
        filters = [*self._grid.bar.words.values()]
        text = self._grid.bar.search.text().strip()
        if text:
            filters.insert(0, t("Search: {text}", text=text))
        return ViewAsked(
            listing=self._grid.spec.listing,
            keys=keys,
            title=self._title(),
            columns=tuple(
                ViewColumn(
                    t(column.title),
                    column.width,
                    number=column.number and column.value is not None,
                    date=column.dated,
                    right=column.number,
                )
                for column in columns
            ),
            word=functools.partial(_typed, columns, t),
            filters=tuple(filters),
            count=t.plural(*self._grid.spec.plural, len(keys)),
            reason=reason,
            naming=self._naming(),
        )

    def _columns(self) -> tuple[Column, ...]:
        return tuple(self._grid.spec.columns[number] for number in self._grid.columns.shown())

    def _naming(self) -> tuple[str, ...]:
        """The shown columns that name people whom the rows are not: officers, instructors."""
        known = naming_columns(self._grid.spec.listing)
        return tuple(column.name for column in self._columns() if column.name in known)

    def _title(self) -> str:
        return self._t(self._grid.spec.title or self._grid.spec.search_hint)

    def _with_note(self, kind: str, keys: array[int], go_on: Callable[[int | None, str], None]) -> None:
        """Go on, with a note in the journal where people leave, and its reason where one is needed."""
        grid, naming = self._grid, self._naming()
        if not may_name(grid.spec.listing, naming):
            go_on(None, "")
            return
        grid.around.jobs.read(
            leaving,
            grid.around.acting,
            grid.spec.listing,
            keys,
            naming,
            owner=self,
            done=lambda found: self._note(kind, found, go_on),
            failed=self._on_failed,
        )

    def _note(self, kind: str, found: Leaving, go_on: Callable[[int | None, str], None]) -> None:
        grid = self._grid
        reason = ""
        if not found.people:
            go_on(None, "")
            return
        if found.needs_reason:
            from eic_tracker.gui.dialogs.ask_reason import ask_reason
            from eic_tracker.gui.leaving_words import leaving_question

            if not grid.isVisible():
                # The window was locked, or another page opened, meanwhile: nothing is asked over that.
                return
            given = ask_reason(grid.window(), self._t, leaving_question(found.people, self._t))
            if given is None:
                return
            reason = given
        grid.around.jobs.write(
            note_export,
            grid.around.acting,
            f"{grid.spec.listing}: {kind}",
            found.people,
            reason,
            owner=self,
            done=lambda note: go_on(note, reason),
            failed=self._on_failed,
        )

    def _copy(self, keys: array[int], note: int | None) -> None:
        grid = self._grid
        columns = self._columns()
        word = functools.partial(_texts, columns, self._t)
        if len(keys) <= PAGE and (note is not None or not self._naming()):
            known = [grid.model.known(place) for place in grid.model.places_of(keys)]
            if len(known) == len(keys) and all(cells is not None for cells in known):
                rows = [word(cells.row) for cells in known if cells is not None]
                self._on_copied(table_of(columns, rows, self._t))
                return
        view = ViewAsked(grid.spec.listing, keys, "", (), word, filters=(), count="", naming=self._naming())
        self._start(
            grid.around.jobs.long(
                _read_table,
                grid.around.acting,
                view,
                note,
                columns,
                self._t,
                owner=self,
                done=self._on_copied,
                failed=self._on_failed,
            ),
            self._t("Copying {count} rows", count=self._t.number(len(keys))),
        )

    def _on_copied(self, copied: tuple[int, str, str]) -> None:
        count, text, html = copied
        put_rows(text, html)
        self.progress.finish()
        self._grid.said.emit(self._t.plural("{count} row copied", "{count} rows copied", count))

    def _write(self, path: Path, keys: array[int], note: int | None, reason: str) -> None:
        around = self._grid.around
        self._start(
            around.jobs.long(
                write_view,
                around.acting,
                self.view(keys, reason),
                path,
                t=self._t,
                note=note,
                owner=self,
                done=self._on_written,
                failed=self._on_failed,
            ),
            self._t("Writing {file}", file=path.name),
        )

    def _on_written(self, path: Path) -> None:
        self.progress.finish()
        self._grid.said.emit(self._t("Saved: {file}", file=path))

    def _print(self, keys: array[int], note: int | None, reason: str) -> None:
        from eic_tracker.gui.dialogs.print_view import PrintView

        if not self._grid.isVisible():
            # The window was locked, or another page opened, while the note was written: nothing comes up over that.
            return
        around = self._grid.around
        make = functools.partial(view_paper, view=self.view(keys, reason), t=self._t, note=note)
        PrintView(around, make, self._title(), self._grid.window()).open()

    def _start(self, job: Job, text: str) -> None:
        self._job = job
        job.says = text
        self.progress.start(text, self._t("Stopping…"))
        job.progressed.connect(self._on_progress)
        job.ended.connect(self.progress.finish)

    def _on_progress(self, done: int, total: int) -> None:
        t = self._t
        self.progress.report(done, total, t("{done} of {total}", done=t.number(done), total=t.number(total)))

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_failed(self, failure: Failure) -> None:
        self.progress.finish()
        self._grid.noticed.emit(notice_of(failure, self._t))

    def _tell(self, text: str) -> None:
        self._grid.noticed.emit(Notice(Tone.INFO, text))


def table_of(columns: tuple[Column, ...], rows: list[tuple[str, ...]], t: Translator) -> tuple[int, str, str]:
    """How many rows, and they with their headings as lines with tabs and as a table in HTML.

    Identity numbers and other texts are marked as text, so that a spreadsheet keeps their zeros and calculates none."""
    titles = [t(column.title) for column in columns]
    lines = ["\t".join(titles)]
    lines += ["\t".join(_plain(text, column) for text, column in zip(row, columns, strict=True)) for row in rows]
    parts = ["<meta charset='utf-8'><table><tr>", *(f"<th>{escape(title)}</th>" for title in titles), "</tr>"]
    styles = [_style(column) for column in columns]
    for row in rows:
        parts.append("<tr>")
        parts += [f"<td{style}>{escape(text)}</td>" for text, style in zip(row, styles, strict=True)]
        parts.append("</tr>")
    parts.append("</table>")
    return len(rows), "\n".join(lines) + "\n", "".join(parts)


def _read_table(
    db: Any,
    acting: Any,
    view: ViewAsked,
    note: int | None,
    columns: tuple[Column, ...],
    t: Translator,
    *,
    progress: Callable[[int, int], None],
) -> tuple[int, str, str]:
    rows: list[Any] = list(read_cells(db, acting, view, note, progress))
    return table_of(columns, rows, t)


def _typed(columns: tuple[Column, ...], t: Translator, row: Any) -> tuple[Typed, ...]:
    return tuple(column.typed(row, t) for column in columns)


def _texts(columns: tuple[Column, ...], t: Translator, row: Any) -> tuple[str, ...]:
    """The cells as they are copied: numbers without thousands commas, dates as on the screen."""
    texts = []
    for column in columns:
        value = column.value(row) if column.number and column.value is not None else None
        texts.append(str(value) if value is not None else column.text(row, t))
    return tuple(texts)


def _style(column: Column) -> str:
    if column.number:
        return ""
    return f' style="{_DATE_CELL if column.dated else _TEXT_CELL}"'


def _plain(text: str, column: Column) -> str:
    """A text on one line; what a spreadsheet would take for a formula is marked as text."""
    line = " ".join(text.split()) if "\t" in text or "\n" in text else text
    return f"'{line}" if not column.number and line.startswith(("=", "+", "-", "@")) else line
