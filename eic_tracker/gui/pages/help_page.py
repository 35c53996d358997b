"""The help: all its pages at the left, found by any of their words; the one that was asked for at the right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from eic_tracker.domain.names import fold
from eic_tracker.gui import help_texts, theme
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.help_papers import help_paper


class HelpPage(Page):
    """Both languages from the same folder; nothing is asked of the file."""

    name = "help"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("Help"))
        self._asked: str | None = None
        self._titles = {name: help_texts.page_title(name, t.language) for name in help_texts.PAGES}
        self._held = {name: fold(help_texts.page_help(name, t.language)) for name in help_texts.PAGES}
        self.search = _Search(self)
        self.search.setPlaceholderText(t("Find in the help"))
        self.search.setAccessibleName(t("Find in the help"))
        self.search.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setAccessibleName(t("Pages of the help"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._nothing = QLabel(t("No page of the help holds this word."))
        self._nothing.setWordWrap(True)
        self._nothing.setProperty("muted", True)
        self._nothing.hide()
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(False)
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(theme.GROUP_GAP)
        self.back = deed_button(Deed(t("Back to where I was"), self._go_back), look="link")
        self.back.setToolTip(t("Alt+Left"))
        self.print_button = deed_button(Deed(t("Print…"), self.print_view))
        self.print_button.setToolTip("Ctrl+P")
        self.add_to_head(self.print_button)
        self.add_to_head(self.back)
        self.other = deed_button(Deed(t("All pages of the help"), self._show_contents), look="link")
        left, right = QWidget(), QWidget()
        for side, parts in ((left, (self.search, self.contents, self._nothing)), (right, (self.other, self.text))):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.GAP)
            for part in parts:
                column.addWidget(part)
        left.setMinimumWidth(200)
        self.sides = TwoSides(left, right, (2, 5))
        self.layout_of_page.addWidget(self.sides, 1)
        self._fill("")
        self.search.textChanged.connect(self._fill)
        self.contents.currentItemChanged.connect(self._on_current)
        self.contents.itemActivated.connect(lambda _item: self._read_on())

    def show_place(self, place: Place) -> None:
        """The help of the page that `state` names; the first one where it names none."""
        wanted = place.state.get("page")
        self._asked = wanted if isinstance(wanted, str) else None
        self.search.clear()
        self._choose(help_texts.help_name(self._asked or "") if self._asked else help_texts.PAGES[0])
        if self._asked:
            self.sides.open_detail()
        self.text.verticalScrollBar().setValue(int(place.state.get("scroll", 0)))

    def state(self) -> Mapping[str, Any]:
        """The page in sight and how far it was read."""
        return {"page": self.page_name(), "scroll": self.text.verticalScrollBar().value()}

    def page_name(self) -> str:
        """The name of the help page in sight."""
        row = self.contents.currentRow()
        return self._name_at(row) if row >= 0 else help_texts.PAGES[0]

    def print_view(self) -> None:
        """Ctrl+P: the page in sight, on the school's paper."""
        name, t = self.page_name(), self.t
        text = help_texts.page_help(name, t.language)
        show_upright(self.around, partial(_on_paper, text=text, t=t), self._titles[name], self.window())

    def find_in_page(self) -> None:
        """The search box."""
        self._show_contents()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def first_focus(self) -> QWidget | None:
        """The text, where a page was asked for; else the contents."""
        return self.text if self._asked else self.contents

    def go_up(self) -> bool:
        """Esc empties the search, then goes back to the contents where only one side has room."""
        if self.search.text():
            self.search.clear()
            return True
        if self.sides.close_detail():
            self._arrange()
            self.contents.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's own name
        """A way to the contents where they are not in sight."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.other.setVisible(self.sides.is_narrow)

    def _fill(self, text: str) -> None:
        shown = self.page_name()
        words = fold(text).split()
        self.contents.blockSignals(True)
        self.contents.clear()
        for name, title in self._titles.items():
            if all(word in self._held[name] for word in words):
                item = QListWidgetItem(title)
                item.setData(Qt.ItemDataRole.UserRole, name)
                item.setToolTip(title)
                item.setSizeHint(QSize(0, theme.TARGET))
                self.contents.addItem(item)
        self.contents.blockSignals(False)
        self._nothing.setVisible(not self.contents.count())
        if self.contents.count():
            self._choose(shown)

    def _choose(self, name: str) -> None:
        places = (row for row in range(self.contents.count()) if self._name_at(row) == name)
        self.contents.setCurrentRow(next(places, 0))
        self._on_current()

    def _name_at(self, row: int) -> str:
        item = self.contents.item(row)
        return str(item.data(Qt.ItemDataRole.UserRole))

    def _on_current(self, *_items: object) -> None:
        name = self.page_name()
        self.text.setMarkdown(help_texts.page_help(name, self.t.language))
        self.text.setAccessibleName(self._titles[name])

    def _read_on(self) -> None:
        self.sides.open_detail()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_contents(self) -> None:
        self.sides.close_detail()
        self._arrange()
        self.contents.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        acts = getattr(self.window(), "acts", None)
        if acts is not None:
            acts.back()
        else:
            self.go_requested.emit(Place("home"))


class _Search(QLineEdit):
    """Down and Enter go on to the pages that were found."""

    def __init__(self, page: HelpPage) -> None:
        super().__init__()
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """See the class."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._page.contents.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


def _on_paper(db: Any, acting: Any, *, text: str, t: Translator, paper: Paper) -> bytes:
    return help_paper(db, acting, text, t=t, paper=paper)
