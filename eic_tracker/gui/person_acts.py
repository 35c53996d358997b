"""What a registrar does with a person: change particulars, add documents, add or remove the photo."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.person_form import DOCUMENT_FIELDS, NEW_PERSON
from eic_tracker.gui import icons, theme
from eic_tracker.gui.offering_acts import EDIT_KEYS, page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.roster_statement import STATEMENT_KEYS
from eic_tracker.gui.settings_parts.list_fields import form_field
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.i18n import Language
from eic_tracker.queries.countries import countries_by_name
from eic_tracker.services.attachments import read_scan
from eic_tracker.services.person_editing import (
    add_document,
    add_photo,
    document_problems,
    drop_document,
    remove_photo,
)
from eic_tracker.services.profiles import PersonProfile

_ICON = 16


class PersonActs(QToolButton):
    """A button with a menu at the head of a profile; what cannot be done is not in the menu."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        t = page.t
        self._page = page
        self._key: int | None = None
        self.setText(t("This person"))
        icons.dress(self, "more", page.around.colours, _ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMinimumHeight(theme.TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(t("What can be done with this person"))
        menu = QMenu(self)
        self.edit = menu.addAction(t("Change the particulars…"))
        self.edit.setShortcut(QKeySequence(EDIT_KEYS))
        # it is shown beside the words; the page itself listens to the keys
        self.edit.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.document = menu.addAction(t("Add a document…"))
        self.take_off = QMenu(t("Take a further document off"), menu)
        menu.addMenu(self.take_off)
        menu.addSeparator()
        self.statement = menu.addAction(t("Statement or transcript…"))
        self.statement.setShortcut(QKeySequence(STATEMENT_KEYS))
        self.statement.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        menu.addSeparator()
        self.photo = menu.addAction(t("Add a photo…"))
        self.no_photo = menu.addAction(t("Remove the photo for good"))
        self.setMenu(menu)
        self.edit.triggered.connect(self._edit)
        self.document.triggered.connect(self._ask_document)
        self.statement.triggered.connect(self._state)
        self.photo.triggered.connect(self._ask_photo)
        self.no_photo.triggered.connect(self._remove_photo)
        page_shortcut(EDIT_KEYS, page).activated.connect(self._edit)
        page_shortcut(STATEMENT_KEYS, page).activated.connect(self._state)
        self.hide()

    def show_person(self, profile: PersonProfile) -> None:
        """The person in sight."""
        self._key = profile.row.id
        self.take_off.clear()
        further = {line.id: line.number or "" for line in profile.documents if line.id is not None}
        for key, number in further.items():
            self.take_off.addAction(number).triggered.connect(partial(self._drop_document, key))
        self.take_off.menuAction().setVisible(bool(further))
        self.show()

    def show_photo(self, has_photo: bool) -> None:
        """Whether there is a photo that can be replaced or removed."""
        t = self._page.t
        self.photo.setText(t("Replace the photo…") if has_photo else t("Add a photo…"))
        self.no_photo.setVisible(has_photo)

    def add_photo_from(self, path: Path) -> None:
        """Keep the picture of a file as the person's photo."""
        t = self._page.t
        undoable = not self.no_photo.isVisible()
        self._page.write(_keep_photo, self._key, path, said=lambda _key: t("The photo is kept."), undoable=undoable)

    def keep_document(self, values: Mapping[str, Any]) -> None:
        """Record a further document of the person."""
        t = self._page.t
        self._page.write(add_document, self._key, values, said=lambda _key: t("The document is recorded."))

    def _edit(self) -> None:
        if self._key is not None:
            self._page.go_requested.emit(Place("person_form", self._key))

    def _state(self) -> None:
        if self._key is not None:
            self._page.go_requested.emit(Place("statement", self._key))

    def _ask_document(self) -> None:
        page = self._page

        def ask(countries: Mapping[int | str, str]) -> None:
            t = page.t
            choices = {"document_country": countries}
            fields = [form_field(field, choices, t, new=True) for field in DOCUMENT_FIELDS]
            dialog = AskFields(t("A further document"), (), fields, document_problems, page.around, page)
            dialog.given.connect(self.keep_document)
            dialog.start({"document_kind": "passport", "document_country": NEW_PERSON["document_country"]})

        page.read(_countries, page.t.language, done=ask, what="countries")

    def _drop_document(self, key: int, _checked: bool = False) -> None:
        t = self._page.t
        self._page.write(drop_document, key, said=lambda _nothing: t("The document is taken off."))

    def _ask_photo(self) -> None:
        t = self._page.t
        dialog = QFileDialog(self._page.window(), t("Photo of the person"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(t("Pictures (*.jpg *.jpeg *.png)"))
        dialog.setDirectory(str(self._page.around.preferences.current.last_folder or Path.home()))
        dialog.fileSelected.connect(lambda name: self.add_photo_from(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _remove_photo(self) -> None:
        t = self._page.t
        self._page.write(remove_photo, self._key, said=lambda _nothing: t("The photo is removed."), undoable=False)


def _keep_photo(db: Any, acting: ActingUser, key: int, path: Path) -> int:
    return add_photo(db, acting, key, read_scan(db, acting, path))


def _countries(_db: Any, _acting: ActingUser, language: Language) -> dict[int | str, str]:
    return countries_by_name(language)
