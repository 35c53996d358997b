"""Lists of class groups: a school's list, a monthly workbook or a message, chosen, dropped or pasted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from eic_tracker.errors import UserError
from eic_tracker.gui.commands import key_words
from eic_tracker.gui.dropped import dropped_path
from eic_tracker.gui.group_review_part import GroupReviewPart
from eic_tracker.gui.month_book_travel import MONTH_KEYS, MonthBookTravel
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.services.group_review import GroupRequest, paste_groups
from eic_tracker.services.whole_workbook import ENDINGS


class GroupListsPage(Page):
    """What was said of a list stays until it is stored or put away."""

    name = "group_lists"
    shows = frozenset({"class_group", "class_lesson", "class_officer", "school", "curriculum", "curriculum_version"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.setAcceptDrops(True)
        self.set_title(t("Lists of class groups"))
        self.file_button = deed_button(Deed(t("List of a file…"), self.import_list))
        self.file_button.setToolTip("Ctrl+I")
        self.paste_button = deed_button(Deed(t("Paste"), self.paste))
        self.paste_button.setToolTip("Ctrl+V")
        self.months = MonthBookTravel(around, self)
        self.months.said.connect(lambda text: self.done.emit(text, False))
        self.months.failed.connect(lambda failure: self.noticed.emit(notice_of(failure, t)))
        self.month_button = deed_button(Deed(t("Monthly workbook…"), self.months.ask))
        self.month_button.setToolTip(key_words((MONTH_KEYS,), t))
        page_shortcut(MONTH_KEYS, self).activated.connect(self.months.ask)
        for button in (self.file_button, self.paste_button, self.month_button):
            self.add_to_head(button)
        self.part = GroupReviewPart(around)
        self.part.done.connect(self.done)
        self.part.noticed.connect(self.noticed)
        self.part.shown.connect(self._on_shown)
        self.part.emptied.connect(self._on_emptied)
        self.view = StateView(around.colours)
        self.layout_of_page.addWidget(self.part.progress)
        self.layout_of_page.addWidget(self.view, 1)
        self.layout_of_page.addWidget(self.part, 1)
        page_shortcut("Ctrl+V", self).activated.connect(self.paste)
        self._on_emptied("")

    def show_place(self, place: Place) -> None:
        """What was dropped or is to be pasted; else what was looked at here, as it was left."""
        path, request = place.state.get("path"), place.state.get("request")
        if isinstance(path, str):
            self.part.open_path(Path(path))
        elif place.state.get("paste"):
            self.paste()
        elif isinstance(request, GroupRequest) and self.part.request is None:
            self.part.open_request(request)
        elif place.state.get("choose"):
            self.import_list()
        else:
            self.refresh()

    def state(self) -> Mapping[str, Any]:
        """What is looked at, and what was said of it; it holds counts, no names."""
        return {} if self.part.request is None else {"request": self.part.request}

    def refresh(self) -> None:
        """What the list means beside the file of now."""
        self.part.refresh()

    def first_focus(self) -> QWidget:
        """The open question, else the rows, else the button that opens a file."""
        if self.part.review is not None:
            return self.part.first_focus()
        buttons = [each for each in self.view.findChildren(QPushButton) if each.isVisibleTo(self.view)]
        return buttons[-1] if buttons else self.file_button

    def go_up(self) -> bool:
        """Esc: the list is put away."""
        if self.part.request is None:
            return False
        self.part.leave()
        return True

    def import_list(self) -> None:
        """Ctrl+I: ask for a file."""
        dialog = QFileDialog(self.window(), self.t("List of a file…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*{each}" for each in sorted({*ENDINGS, ".txt"}))
        dialog.setNameFilter(self.t("Lists ({endings})", endings=endings))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.part.open_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste(self) -> None:
        """Ctrl+V: a message, or cells of a list; where pupils were named the clipboard is emptied."""
        clipboard = QGuiApplication.clipboard()
        try:
            source = paste_groups(self.around.acting, clipboard.text(), self.t("message"))
        except UserError as wrong:
            self._on_emptied(wrong.text(self.t))
            return
        if source.pupils:
            clipboard.clear()
        self.part.open_source(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A file may be dropped on the page."""
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """It is looked at as one that was chosen."""
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.part.open_path(path)

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
            self.view.show_failed(why, t("List of a file…"), self.import_list)
        else:
            said = t(
                "A school's list, a monthly workbook or the text of a message comes in as class groups: drop it here, "
                "choose it, or paste it with Ctrl+V. Pupils are counted, no name is kept."
            )
            self.view.show_empty(said, t("List of a file…"), self.import_list)
        self.view.show()
        if self.isVisible():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
