"""Several lists at once: a workbook with one course per sheet, or a folder of lists, chosen or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from eic_tracker.gui.dropped import dropped_path
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.whole_review_part import WholeReviewPart
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.services.whole_workbook import ENDINGS, WholeRequest

FOLDER_KEYS = "Ctrl+Shift+I"


class WholeWorkbookPage(Page):
    """What was said of the lists stays until they are stored or put away."""

    name = "whole_workbook"
    shows = frozenset({"offering", "course", "course_version", "instructor", "participant", "municipality"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.setAcceptDrops(True)
        self.set_title(t("Several lists at once"))
        self.file_button = deed_button(Deed(t("A workbook…"), self.import_list))
        self.file_button.setToolTip("Ctrl+I")
        self.folder_button = deed_button(Deed(t("A folder of lists…"), self.import_folder))
        self.folder_button.setToolTip(FOLDER_KEYS)
        for button in (self.file_button, self.folder_button):
            self.add_to_head(button)
        self.part = WholeReviewPart(around)
        self.part.done.connect(self.done)
        self.part.noticed.connect(self.noticed)
        self.part.shown.connect(self._on_shown)
        self.part.emptied.connect(self._on_emptied)
        self.view = StateView(around.colours)
        self.layout_of_page.addWidget(self.part.progress)
        self.layout_of_page.addWidget(self.view, 1)
        self.layout_of_page.addWidget(self.part, 1)
        page_shortcut(FOLDER_KEYS, self).activated.connect(self.import_folder)
        self._on_emptied("")

    def show_place(self, place: Place) -> None:
        """A workbook or folder that was dropped elsewhere; else what was looked at here, as it was left."""
        path, request = place.state.get("path"), place.state.get("request")
        if isinstance(path, str):
            self.part.read_names()
            self.part.open_path(Path(path))
        elif isinstance(request, WholeRequest) and self.part.request is None:
            self.part.read_names()
            self.part.look_at(request)
        elif not self.part.take_up():
            self.refresh()

    def state(self) -> Mapping[str, Any]:
        """What is looked at, and what was said of it."""
        return {} if self.part.request is None else {"request": self.part.request}

    def refresh(self) -> None:
        """What the lists mean beside the file of now."""
        self.part.refresh()

    def first_focus(self) -> QWidget:
        """The open question, else the lists, else the button that opens a workbook."""
        if self.part.whole is not None:
            return self.part.first_focus()
        buttons = [each for each in self.view.findChildren(QPushButton) if each.isVisibleTo(self.view)]
        return buttons[-1] if buttons else self.file_button

    def go_up(self) -> bool:
        """Esc: the lists are put away."""
        if self.part.request is None:
            return False
        self.part.leave()
        return True

    def import_list(self) -> None:
        """Ctrl+I: ask for a workbook."""
        dialog = self._dialog(self.t("A workbook…"), QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*{each}" for each in sorted(ENDINGS))
        dialog.setNameFilter(self.t("Lists ({endings})", endings=endings))
        dialog.open()

    def import_folder(self) -> None:
        """Ctrl+Shift+I: ask for a folder of lists."""
        dialog = self._dialog(self.t("A folder of lists…"), QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.open()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Locked, closed or another page: what was said is on the disk."""
        super().hideEvent(event)
        self.part.draft.keep_now()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A workbook or a folder may be dropped on the page."""
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """It is looked at as one that was chosen."""
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.part.open_path(path)

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self.window(), title)
        dialog.setFileMode(mode)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.part.open_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _on_shown(self) -> None:
        self.view.hide()
        self.part.show()
        if self.isVisible():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_emptied(self, why: str) -> None:
        """Nothing is looked at: how to begin, or why what was chosen cannot be read."""
        t = self.t
        self.part.hide()
        if why:
            self.view.show_failed(why, t("A workbook…"), self.import_list)
        else:
            said = t("A workbook with one course per sheet, or a folder of lists, comes in as a whole. Drop it here.")
            self.view.show_empty(said, t("A workbook…"), self.import_list)
        self.view.show()
        if self.isVisible():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
