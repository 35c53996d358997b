"""A template of certificates: its elements at the left with their millimetres, at the right how it prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from eic_tracker.domain.certificate_template import Side, Template, extent, read_template, template_text
from eic_tracker.domain.template_elements import KIND_LABELS, Element, ElementKind
from eic_tracker.errors import UserError
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.half_typed import HalfTyped
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.template_draft import TemplateDrafting, label_of
from eic_tracker.gui.template_side import TemplateSide
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.pdf_view import PdfView
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.i18n import Language
from eic_tracker.reports.template_pdf import PrintOptions
from eic_tracker.services.template_pictures import read_picture
from eic_tracker.services.template_preview import calibration_page, template_preview
from eic_tracker.services.templates import (
    TemplateDraft,
    TemplateForm,
    TemplateSaved,
    ready_made_form,
    save_template,
    template_form,
)

_REST = 200
"""Milliseconds after the last change until the preview is drawn anew."""
_STEP, _LARGE_STEP = 0.5, 5.0
_MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_MARK = "#2f6fde"


class TemplatePage(Page):
    """A place's key is the template; without one, `ready_made` in its state names what a new one begins as."""

    name = "template"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self._asked: object = None
        self._form: TemplateForm | None = None
        self._programme: int | None = None
        self._images: dict[str, bytes] = {}
        self._busy = False
        self.drafting: TemplateDrafting | None = None
        self.half_typed = HalfTyped(around, self._content, self)
        self.half_typed.failed.connect(lambda text: self.noticed.emit(Notice(Tone.WARNING, text)))
        self.left = TemplateSide(around)
        self.add_to_head(self.left.head)
        self.view = PdfView(around.jobs, t)
        self.view.setAccessibleDescription(t("Arrow keys move the chosen element by 0.5 mm, with Shift by 5 mm."))
        self.view.setToolTip(self.view.accessibleDescription())
        self.view.installEventFilter(self)
        self.sides = TwoSides(self.left, self.view, (2, 3), beside=640)
        self.layout_of_page.addWidget(self.sides, 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._draw)
        self._listen()

    def _listen(self) -> None:
        left = self.left
        left.side_chosen.connect(self._on_side)
        left.chosen.connect(self._on_chosen)
        left.add_wanted.connect(lambda kind: self._do(lambda drafting: drafting.add(kind)))
        left.copy_button.clicked.connect(lambda: self._do(TemplateDrafting.copy))
        left.remove_button.clicked.connect(lambda: self._do(TemplateDrafting.remove))
        left.undo_button.clicked.connect(lambda: self._do(TemplateDrafting.undo))
        left.redo_button.clicked.connect(lambda: self._do(TemplateDrafting.redo))
        left.save_button.clicked.connect(self.save)
        left.calibrate_button.clicked.connect(self.calibrate)
        left.version_box.activated.connect(self._on_version)
        left.form.changed.connect(self._on_property)
        left.form.sheet_changed.connect(self._on_sheet)
        left.form.picture_wanted.connect(self.ask_picture)
        for keys in ("Ctrl+S", "Ctrl+G", "Ctrl+Return"):
            page_shortcut(keys, self).activated.connect(self.save)

    def show_place(self, place: Place) -> None:
        """Read the template; one that stands open already stays as it is."""
        name = str(place.state.get("ready_made", "diploma"))
        asked = (place.key, name if place.key is None else "")
        if asked == self._asked:
            return
        self._asked = asked
        self.drafting = None
        if place.key is not None:
            self.read(template_form, place.key, done=self._show, failed=self._not_read)
        else:
            self.read(ready_made_form, name, self.t.language, done=self._show, failed=self._not_read)

    def state(self) -> Mapping[str, Any]:
        """What a new one begins as."""
        return {"ready_made": self._asked[1]} if isinstance(self._asked, tuple) and self._asked[1] else {}

    def first_focus(self) -> QWidget | None:
        """The list of elements."""
        return self.left.list

    def go_up(self) -> bool:
        """Esc: back to the templates; what is half typed stays kept."""
        self.half_typed.leave()
        self._asked = None
        self.go_requested.emit(Place("settings", state={"section": "templates"}))
        return True

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Locked, closed or another page: what is half typed is on the disk."""
        super().hideEvent(event)
        self.half_typed.keep_now()

    def event(self, event: QEvent) -> bool:
        """Undo and redo of the form come before those of the file, while the keyboard is in it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _way_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Ctrl+Z and Ctrl+Y: a step back and forth."""
        way = _way_back(event)
        if way:
            self._do(TemplateDrafting.undo if way == "undo" else TemplateDrafting.redo)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Arrow keys in the preview move the chosen element."""
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            move = _MOVES.get(Qt.Key(event.key()))
            if move is not None and self.drafting is not None and self.drafting.element is not None:
                step = _LARGE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
                self._do(lambda drafting: drafting.nudge(move[0] * step, move[1] * step))
                return True
        return super().eventFilter(watched, event)

    def save(self) -> None:
        """Store the template; one that has printed certificates gets a new version."""
        if self.drafting is None or self._busy:
            return
        form, row = self._form, self._form.row if self._form is not None else None
        draft = TemplateDraft(
            self.drafting.template,
            row.id if row is not None else None,
            self._programme,
            form.known if form is not None else None,
            dict(self._images),
        )
        self._busy = True
        self.around.jobs.write(
            save_template, self.around.acting, draft, owner=self, done=self._on_saved, failed=self._on_refused
        )

    def calibrate(self) -> None:
        """The page by which the offset of a printer is measured."""
        if self.drafting is not None:
            title = self.t("Calibration page")
            show_upright(self.around, partial(_calibration, self.drafting.template.size, self.t.language), title, self)

    def ask_picture(self) -> None:
        """Which picture stands in the chosen frame."""
        dialog = QFileDialog(self.window(), self.t("Choose a picture…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.t("Pictures ({endings})", endings="*.png *.jpg *.jpeg"))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        dialog.fileSelected.connect(lambda name: self.take_picture(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_picture(self, path: Path) -> None:
        """Put a picture from the disk into the chosen frame."""
        self.read(read_picture, path, done=self._on_picture, failed=self.tell_failure, what="picture")

    def _on_picture(self, read: tuple[str, bytes]) -> None:
        digest, content = read
        self._images[digest] = content
        self._do(lambda drafting: drafting.set_property("image", digest))

    def _not_read(self, failure: Failure) -> None:
        self.tell_failure(failure)
        self.go_up()

    def _show(self, form: TemplateForm) -> None:
        self._form = form
        self._images = dict(form.images)
        self._programme = form.row.programme_id if form.row is not None else None
        self.drafting = TemplateDrafting(form.template)
        kept = self.half_typed.open(f"template {form.row.id if form.row is not None else f'new {form.template.name}'}")
        if kept is not None:
            self._take_back(kept.content)
        self.left.show_versions(form)
        self._show_all()
        self._rest.stop()
        self._draw()
        self.left.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_back(self, content: Mapping[str, Any]) -> None:
        """Bring back what was half typed, as a step that can be taken back."""
        assert self.drafting is not None
        try:
            template = read_template(str(content.get("template")))
        except UserError:
            return
        self.drafting.replace(template)
        self.noticed.emit(Notice(Tone.INFO, self.t("What was not saved of this template is here again.")))

    def _content(self) -> Mapping[str, Any] | None:
        if self.drafting is None or not self.drafting.changed:
            return None
        return {"template": template_text(self.drafting.template)}

    def _do(self, act: Any) -> None:
        if self.drafting is not None:
            act(self.drafting)
            self._show_all()
            self.half_typed.note()

    def _on_side(self, side: Side) -> None:
        if self.drafting is not None and side is not self.drafting.side:
            self.drafting.show(side)
            self._show_all()

    def _on_chosen(self, place: int | None) -> None:
        if self.drafting is not None and place != self.drafting.chosen:
            self.drafting.chosen = place
            self._show_form()
            self._rest.start()

    def _on_property(self, name: str, value: object) -> None:
        if self.drafting is not None:
            self.drafting.set_property(name, value)
            self._after_typing()

    def _on_sheet(self, name: str, value: object) -> None:
        if self.drafting is None:
            return
        if name == "programme":
            self._programme = value if isinstance(value, int) else None
        else:
            self.drafting.set_sheet(name, value)
        self._after_typing()

    def _after_typing(self) -> None:
        assert self.drafting is not None
        self.left.show_elements(self.drafting, self._label)
        self.left.show_steps(self.drafting)
        self._rest.start()
        self.half_typed.note()

    def _on_version(self, place: int) -> None:
        key = self.left.version_box.itemData(place)
        if self._form is not None and self._form.row is not None and isinstance(key, int):
            self.read(
                template_form, self._form.row.id, key, done=self._on_older, failed=self.tell_failure, what="older"
            )

    def _on_older(self, form: TemplateForm) -> None:
        self._images.update(form.images)
        self._do(lambda drafting: drafting.replace(form.template))

    def _on_saved(self, saved: TemplateSaved) -> None:
        self._busy = False
        self.half_typed.forget()
        t = self.t
        said = t("The template is saved.")
        if saved.new_version:
            said = t(
                "Version {version} of the template begins; what was printed keeps the one before.",
                version=saved.version,
            )
        self.done.emit(said, True)
        self._asked = (saved.id, "")
        self.read(template_form, saved.id, done=self._show, failed=self._not_read)

    def _on_refused(self, failure: Failure) -> None:
        self._busy = False
        self.left.say(notice_of(failure, self.t).text)
        self.tell_failure(failure)

    def _show_all(self) -> None:
        if self.drafting is None:
            return
        template = self.drafting.template
        self.set_title(self.t("Template: {name}", name=template.name))
        self.left.show_elements(self.drafting, self._label)
        self._show_form()
        self._rest.start()

    def _show_form(self) -> None:
        assert self.drafting is not None
        self.left.show_form(self.drafting, self._form, self._programme)
        self.left.show_steps(self.drafting)

    def _label(self, element: Element) -> str:
        return label_of(element, self.t(KIND_LABELS[element.kind]), self.t)

    def _draw(self) -> None:
        drafting = self.drafting
        if drafting is not None:
            marked = _mark_of(drafting.element, drafting.template) if drafting.element is not None else None
            self.read(
                template_preview,
                drafting.template,
                dict(self._images),
                drafting.side,
                marked,
                done=self._on_drawn,
                failed=self._on_undrawn,
                what="preview",
            )

    def _on_drawn(self, pdf: bytes) -> None:
        self.left.say("")
        self.view.show_pdf(pdf)

    def _on_undrawn(self, failure: Failure) -> None:
        self.left.say(notice_of(failure, self.t).text)


def _way_back(event: QKeyEvent) -> str:
    """Whether the keys say undo or redo."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    control_y = event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Y
    return "redo" if control_y or event.matches(QKeySequence.StandardKey.Redo) else ""


def _mark_of(element: Element, template: Template) -> Element:
    """A frame around the chosen element, inside the sheet."""
    width, height = extent(element)
    x, y = max(0.0, element.x - 0.7), max(0.0, element.y - 0.7)
    return replace(
        Element(ElementKind.BOX, x, y, 0.0, colour=_MARK, thickness=0.3),
        width=min(width + 1.4, template.size[0] - x),
        height=min(height + 1.4, template.size[1] - y),
    )


def _calibration(size: tuple[float, float], language: Language, db: Any, acting: Any, **_options: object) -> bytes:
    return calibration_page(db, acting, size, language, PrintOptions())
