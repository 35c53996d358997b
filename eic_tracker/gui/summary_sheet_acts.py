"""What is done with the summary sheets of a class group: attached, looked at, cleared of names or taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui.outreach_acts import may_enter_schools
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.widgets.file_editor import ask_file
from eic_tracker.services.attachments import Area, read_scan
from eic_tracker.services.summary_sheets import (
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
        """Show the newest sheet."""
        self._page.read(_newest, self.key, done=self._show, what="sheet")

    def _show(self, found: tuple[int, bytes] | None) -> None:
        page = self._page
        if found is None:
            page.done.emit(page.t("No summary sheet is attached."), False)
            return
        from eic_tracker.gui.dialogs.sheet_view import SheetView

        key, picture = found
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


def _newest(db: Any, acting: ActingUser, group: int) -> tuple[int, bytes] | None:
    """The newest sheet that is still there, with its picture."""
    there = [sheet.id for sheet in summary_sheets(db, acting, group) if not sheet.purged]
    return (there[-1], summary_sheet(db, acting, there[-1])) if there else None
