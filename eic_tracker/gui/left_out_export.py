"""A link that writes the rows of a list that stay out into a workbook, each with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.services.pending_rows import export_left_out, needs_reason

if TYPE_CHECKING:
    from eic_tracker.gui.list_review_part import ListReviewPart
    from eic_tracker.gui.whole_review_part import WholeReviewPart


class LeftOutExport:
    """Identities leave: with a note in the journal, and a reason where they are many."""

    def __init__(self, part: ListReviewPart | WholeReviewPart) -> None:
        self._part = part
        self.ask = ask_reason
        self.button = deed_button(Deed("", self.start), look="link")
        self.button.hide()

    def show_count(self, count: int) -> None:
        """The link says how many rows it writes."""
        t = self._part.around.t
        words = t.plural("Export the {count} row that stays out…", "Export the {count} rows that stay out…", count)
        self.button.setText(words)
        self.button.setVisible(count > 0)

    def start(self) -> None:
        """Ask where to, then write."""
        part, t = self._part, self._part.around.t
        if part.review is None:
            return
        dialog = QFileDialog(part.window(), t("Export the rows that stay out"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(t("Excel workbook (*.xlsx)"))
        dialog.setDefaultSuffix("xlsx")
        dialog.setDirectory(str(part.around.preferences.current.last_folder or Path.home()))
        dialog.selectFile(t("Rows that stay out") + ".xlsx")
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the workbook, with a reason where one is needed."""
        around, review = self._part.around, self._part.review
        if review is None:
            return

        def tell(failure: Failure) -> None:
            self._part.noticed.emit(notice_of(failure, around.t))

        def write(needed: bool) -> None:
            question = around.t("Names and identities leave the file. For what?")
            reason = self.ask(self._part, around.t, question) if needed else ""
            if reason is not None:
                around.jobs.write(
                    export_left_out,
                    around.acting,
                    review,
                    path,
                    t=around.t,
                    reason=reason,
                    owner=self._part,
                    done=lambda _path: self._part.done.emit(around.t("Written: {file}", file=path.name), False),
                    failed=tell,
                )

        around.jobs.read(needs_reason, around.acting, review, owner=self._part, done=write, failed=tell)
