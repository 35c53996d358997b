"""A page that is one form: what is half typed is kept, Esc leaves, saving goes on to the record."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.notices import Notice
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.edit_pane import EditPane


class FormPage(Page):
    """`ask` reads what the form offers for a place; `save` and `on_left` are the form's own."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._asked: object = None
        self.pane = EditPane(around)
        self.pane.save_requested.connect(self.save)
        self.pane.left.connect(self.on_left)
        self.pane.failed.connect(lambda text: self.noticed.emit(Notice(Tone.WARNING, text)))
        self.layout_of_page.addWidget(self.pane, 1)
        self.pane.title_label.hide()

    def what_is_asked(self, place: Place) -> object:
        """What tells one form of the page from another."""
        raise NotImplementedError

    def ask(self, place: Place) -> None:
        """Read what the form of a place offers."""
        raise NotImplementedError

    def save(self, values: object, original: object) -> None:
        """Write what was typed."""
        raise NotImplementedError

    def on_left(self) -> None:
        """Esc or Cancel: go where the person came from."""
        raise NotImplementedError

    def show_place(self, place: Place) -> None:
        """Read what the form offers; one that stands open already stays as it is."""
        asked = self.what_is_asked(place)
        if self.pane.is_open and asked == self._asked:
            return
        if self.pane.is_open:
            self.pane.leave()
        self._asked = asked
        self.ask(place)

    def first_focus(self) -> QWidget | None:
        """The field where the keyboard stands, else the first one."""
        form = self.pane.form
        if form is None:
            return None
        focused = self.focusWidget()
        return focused if form.isAncestorOf(focused) else form.first_field()

    def go_up(self) -> bool:
        """Esc: the form is left, what is typed stays kept."""
        if self.pane.is_open:
            self.pane.leave()
            self.on_left()
            return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Locked, closed or another page: what is half typed is on the disk."""
        super().hideEvent(event)
        self.pane.half_typed.keep_now()
