"""Asks for a few fields in between: who authorises an exception, which paper names the people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.widgets.editors import DateEditor, LineEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.field_form import FieldForm, FormField
from eic_tracker.gui.widgets.file_editor import FileEditor
from eic_tracker.services.authorisations import AuthorisationDraft, authorisation_problems
from eic_tracker.services.letters import SourceDraft, source_problems


class AskFields(DialogFrame):
    """`given(values)` once the fields are in order; Ctrl+Enter or Enter in the last field takes them."""

    given = Signal(object)

    def __init__(
        self,
        title: str,
        sentences: Sequence[str],
        fields: Sequence[FormField],
        check: Callable[[Mapping[str, Any]], Sequence[DraftProblem]],
        around: Surroundings,
        parent: QWidget,
    ) -> None:
        super().__init__(title, QSize(520, 640), parent, fitted=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        t = around.t
        self._check = check
        for text in sentences:
            self.body.addWidget(sentence(text, tone=Tone.WARNING))
        self.form = FieldForm(fields, around)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.cancel = self.add_button(t("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.take = self.add_button(t("Go on"), primary=True)
        self.take.clicked.connect(self._take)

    def start(self, values: Mapping[str, Any]) -> None:
        """Write what is offered, open, and begin to type."""
        self.form.start(values)
        self.open()
        # where nothing is asked, Enter goes on
        first = self.form.first_field() or self.take
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter in a field goes on; all else as in every dialog."""
        on_button = isinstance(self.focusWidget(), QPushButton)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not on_button:
            self._take()
            return
        super().keyPressEvent(event)

    def _take(self) -> None:
        values = self.form.values()
        if problems := self._check(values):
            self.form.show_problems(problems)
            self.fit()
            return
        self.accept()
        self.given.emit(values)


def authorisation_of(values: Mapping[str, Any]) -> AuthorisationDraft:
    """The authorisation that the fields say."""
    return AuthorisationDraft(*(str(values.get(name) or "") for name in ("authorised_by", "post", "letter")))


def ask_authorisation(sentences: Sequence[str], around: Surroundings, parent: QWidget) -> AskFields:
    """Who authorises an exception: name, post and letter, none of them empty."""
    t = around.t
    fields = [
        FormField(name, label, lambda label, _around: LineEditor(label, longest=120), required=True)
        for name, label in (("authorised_by", t("Name and rank")), ("post", t("Post")), ("letter", t("Letter number")))
    ]
    said = [*sentences, t("What you write here stands on the act and is never changed.")]
    return AskFields(
        t("Who authorises it?"),
        said,
        fields,
        lambda values: authorisation_problems(authorisation_of(values)),
        around,
        parent,
    )


def source_of(values: Mapping[str, Any]) -> SourceDraft:
    """The document of origin that the fields say."""
    return SourceDraft(str(values.get("number") or ""), values.get("dated"), str(values.get("sender") or ""))


def ask_source(around: Surroundings, parent: QWidget, *, scan: bool = False) -> AskFields:
    """Which letter names the people: number, date, sender; with `scan` a file that shows it, too."""
    t = around.t
    fields = [
        FormField("number", t("Letter number"), lambda label, _around: LineEditor(label, longest=200)),
        FormField("dated", t("Date"), DateEditor),
        FormField("sender", t("Sender"), lambda label, _around: LineEditor(label, longest=200)),
    ]
    if scan:
        fields.append(FormField("scan", t("Scan or photo of it"), lambda label, around: FileEditor(label, around.t)))
    return AskFields(
        t("Which letter names them?"),
        (),
        fields,
        lambda values: source_problems(source_of(values), around.today),
        around,
        parent,
    )
