"""The form of a published figure: what a source says, word by word; another person approves it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from eic_tracker.domain.figure_rules import PUBLISHED_FIELDS
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.figure_fields import figure_fields
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.list_fields import value_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.editors import LineEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.services.attachments import Scan, read_scan
from eic_tracker.services.published_figures import (
    PublishedDraft,
    PublishedForm,
    approve_published,
    attach_source,
    published_form,
    save_published,
)


class PublishedFormPage(FormPage):
    """The state of a place names the figure, none for a new one."""

    name = "published_form"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._figure: str | None = None
        self._form: PublishedForm | None = None
        self.approve_button = deed_button(Deed(self.t("Approve"), self.approve))
        self.scan_button = deed_button(Deed(self.t("File its document…"), self._ask_scan))
        for button in (self.approve_button, self.scan_button):
            button.hide()
            self.add_to_head(button)

    def what_is_asked(self, place: Place) -> object:
        """Which figure."""
        return place.state.get("figure")

    def state(self) -> Mapping[str, Any]:
        """The figure that is told about."""
        return {"figure": self._figure}

    def ask(self, place: Place) -> None:
        """Read what the form offers."""
        self._figure = place.state.get("figure")
        t = self.t
        named = t("Published figure {key}", key=self._figure) if self._figure else t("Enter a published figure")
        self.set_title(named)
        self._read()

    def save(self, values: Any, original: Any) -> None:
        """Enter or change the figure."""
        self.around.jobs.write(
            save_published,
            self.around.acting,
            PublishedDraft(values, self.pane.item, original, values.get("reason") or ""),
            owner=self,
            done=self._on_saved,
            failed=self.pane.refused,
        )

    def on_left(self) -> None:
        """The ledger."""
        self.go_requested.emit(Place("published"))

    def approve(self) -> None:
        """Put another person's figure in force."""
        if self._figure is not None:
            words = self.t("{key} is approved.", key=self._figure)
            self.write(approve_published, self._figure, said=lambda _none: self._after(words))

    def file_scan(self, path: Path) -> None:
        """File the document in which the figure was published."""
        self.read(read_scan, path, done=self._file, what="scan")

    def _file(self, scan: Scan) -> None:
        words = self.t("{file} is filed with the figure.", file=scan.name)
        self.write(attach_source, self._figure, scan, said=lambda _key: self._again(words))

    def _ask_scan(self) -> None:
        folder = self.around.preferences.current.last_folder or Path.home()
        words = self.t("Scans") + " (*.pdf *.jpg *.jpeg *.png)"
        path, _ = QFileDialog.getOpenFileName(self, self.t("File its document"), str(folder), words)
        if path:
            self.file_scan(Path(path))

    def _after(self, words: str) -> str:
        self.pane.leave()
        self.on_left()
        return words

    def _again(self, words: str) -> str:
        self._read()
        return words

    def _read(self) -> None:
        self.read(published_form, self._figure, done=self._show, failed=self._not_read)

    def _not_read(self, failure: Any) -> None:
        self.tell_failure(failure)
        self.on_left()

    def _show(self, form: PublishedForm) -> None:
        t = self.t
        self._form = form
        approves = right(self.around.acting, Action.PUBLISHED_FIGURES) is Right.ENTER_AND_APPROVE_OTHERS
        self.approve_button.setVisible(form.waits and approves and form.entered_by != self.around.acting.login)
        self.scan_button.setVisible(form.id is not None)
        self.scan_button.setText(
            t("File its document ({count} filed)…", count=form.scans) if form.scans else t("File its document…")
        )
        if self.pane.is_open:
            return
        new = form.id is None
        fields = figure_fields(PUBLISHED_FIELDS, form.programmes, t, new=new)
        if not new and not form.waits:
            told = t("Needed where a number, its scope or its days change: another person approves it anew.")
            fields.append(FormField("reason", t("Why it is changed"), lambda label, _a: LineEditor(label), told))
        specs = {spec.name: spec for spec in PUBLISHED_FIELDS}
        self.pane.edit(
            f"published {self._figure or 'new'}",
            self.title(),
            fields,
            form.values,
            item=form.id,
            original=form.original,
            words=lambda name, value: value_words(specs[name], value, t) or "—",
        )
        self.pane.take_focus()

    def _on_saved(self, key: str) -> None:
        self.pane.saved()
        self.done.emit(self.t("{key} is kept; what changes a number waits for approval.", key=key), True)
        self.on_left()
