"""What is done with the summary sheets of a class group: attached, looked at, cleared of names or taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui.grids.cells import moment
from eic_tracker.gui.outreach_acts import may_enter_schools
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.file_editor import ask_file
from eic_tracker.services.attachments import Area, read_scan
from eic_tracker.services.summary_sheets import (
    SummarySheet,
    attach_summary_sheet,
    black_out_summary_sheet,
    purge_summary_sheet,
    summary_sheet,
    summary_sheets,
)


class SummarySheetActs:
    """The acts of one page; `key` is the group in sight."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.key: int | None = None

    def ask(self) -> None:
        """Choose the scan of the sheet."""
        ask_file(self._page, self._page.t("Attach the summary sheet"), self._page.t, self.attach)

    def attach(self, path: Path) -> None:
        """Attach the summary sheet alone, never the list of pupils."""
        said = self._page.t("The summary sheet is attached. Look at it: it must not hold names of pupils.")
        self._page.write(_attach, self.key, path, said=lambda _key: said, undoable=False)

    def look(self) -> None:
        """Show the sheet; where there are several, ask which."""
        self._page.read(summary_sheets, self.key, done=self._choose, what="sheets")

    def _choose(self, sheets: tuple[SummarySheet, ...]) -> None:
        page, t = self._page, self._page.t
        there = [sheet for sheet in reversed(sheets) if not sheet.purged]
        if not there:
            page.done.emit(t("No summary sheet is attached."), False)
        elif len(there) == 1:
            self._open(there[0].id)
        else:
            popup = ChoicePopup("sheet", t("Which summary sheet?"), t, page.window())
            popup.chosen.connect(lambda key, _words: self._open(int(key)))
            popup.move(page.mapToGlobal(page.rect().center()))
            popup.offer(
                [
                    (
                        str(sheet.id),
                        t("Sheet {number}, attached on {when}", number=number, when=moment(sheet.attached_at, t)),
                    )
                    for number, sheet in sorted(enumerate(reversed(there), start=1), reverse=True)
                ]
            )

    def _open(self, key: int) -> None:
        self._page.read(summary_sheet, key, done=lambda picture: self._show(key, picture), what="sheet")

    def _show(self, key: int, picture: bytes) -> None:
        page = self._page
        from eic_tracker.gui.dialogs.sheet_view import SheetView

        around = page.around
        may_purge = may_enter_schools(around)
        dialog = SheetView(picture, page.t, around.colours, may_purge=may_purge, parent=page.window())
        dialog.black_out_wanted.connect(lambda areas: self._black_out(key, areas))
        said = page.t("The summary sheet is out of the file for good.")
        dialog.accepted.connect(lambda: page.write(purge_summary_sheet, key, said=lambda _code: said, undoable=False))
        dialog.open()

    def _black_out(self, key: int, areas: tuple[Area, ...]) -> None:
        page = self._page
        said = page.t("The names are blacked out for good. Look at the sheet again: none may be left.")
        page.write(black_out_summary_sheet, key, areas, said=lambda _new: said, undoable=False)


def _attach(db: Any, acting: ActingUser, group: int, path: Path) -> int:
    """Read the scan and attach it."""
    return attach_summary_sheet(db, acting, group, read_scan(db, acting, path))
