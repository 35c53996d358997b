"""A counted table out of the window: on paper and as a workbook, the same for every page that counts one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from eic_tracker.gui.pages.page import Page
from eic_tracker.services.table_papers import TableAsked, table_paper, write_table


class TableOut:
    """`asked` gives the table in sight in words, None while there is none."""

    def __init__(self, page: Page, asked: Callable[[], TableAsked | None]) -> None:
        self._page, self._asked = page, asked

    def print(self) -> None:
        """Ctrl+P: the table on paper."""
        from eic_tracker.gui.dialogs.print_view import PrintView

        page, asked = self._page, self._asked()
        if asked is not None:
            PrintView(page.around, partial(table_paper, asked=asked, t=page.t), asked.title, page.window()).open()

    def ask_export(self) -> None:
        """Ctrl+Shift+E: ask where the workbook is to lie."""
        page, asked = self._page, self._asked()
        if asked is None:
            return
        folder = page.around.preferences.current.last_folder or Path.home()
        title = "".join(" " if letter in '/\\:*?"<>|' else letter for letter in asked.title)
        name = " ".join(f"{title} {page.around.today.isoformat()}.xlsx".split())
        path, _ = QFileDialog.getSaveFileName(
            page, page.t("Export this view"), str(folder / name), page.t("Excel workbook (*.xlsx)")
        )
        if path:
            self.export_to(Path(path) if path.casefold().endswith(".xlsx") else Path(path + ".xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the table in sight to a file."""
        page, asked = self._page, self._asked()
        if asked is not None:
            page.around.jobs.long(
                _write,
                page.around.acting,
                asked,
                path,
                page.t,
                owner=page,
                done=lambda written: page.done.emit(page.t("Saved: {file}", file=written), False),
                failed=page.tell_failure,
            )


def _write(db: Any, acting: Any, asked: TableAsked, path: Path, t: Any, **_progress: Any) -> Path:
    return write_table(db, acting, asked, path, t=t)
