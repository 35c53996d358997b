"""One's own password: the present one, and a new one twice."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from eic_tracker.domain.accounts import SHORTEST_PASSWORD
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.widgets.labelled_field import LabelledField, PasswordField
from eic_tracker.i18n import Translator
from eic_tracker.services.users import change_own_password


class ChangePassword(DialogFrame):
    """`changed` once the new password is stored; what is wrong is said under its field."""

    changed = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        t = around.t
        super().__init__(t("Change my password"), QSize(440, 430), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._around = around
        self._t: Translator = t
        self._busy = False
        who = QLabel(around.acting.full_name)
        who.setTextFormat(Qt.TextFormat.PlainText)
        who.setProperty("muted", True)
        rule = t("At least {length} characters; not one that anybody would try.", length=SHORTEST_PASSWORD)
        self.present = PasswordField(t("&Present password"), t, around.colours)
        self.new = PasswordField(t("&New password"), t, around.colours, rule)
        self.again = PasswordField(t("The new password a&gain"), t, around.colours)
        self.body.addWidget(who)
        for field in (self.present, self.new, self.again):
            self.body.addWidget(field)
        self.body.addStretch(1)
        self.cancel = self.add_button(t("Cancel"))
        self.store = self.add_button(t("Change"), primary=True)
        self.cancel.clicked.connect(self.reject)
        self.store.clicked.connect(self.submit)
        self.present.edit.returnPressed.connect(lambda: _focus(self.new))
        self.new.edit.returnPressed.connect(lambda: _focus(self.again))
        self.again.edit.returnPressed.connect(self.submit)
        _focus(self.present)

    def submit(self) -> None:
        """Change it, or say what is wrong."""
        if self._busy:
            return
        t = self._t
        self.present.set_problem("" if self.present.text() else t("Type your password."))
        self.new.set_problem("")
        same = self.new.text() == self.again.text()
        self.again.set_problem("" if same else t("The two passwords are not the same."))
        wrong = next((field for field in (self.present, self.again) if field.problem()), None)
        if wrong is not None:
            _focus(wrong)
            wrong.edit.selectAll()
            return
        self._set_busy(True)
        self._around.jobs.write(
            change_own_password,
            self._around.acting,
            self.present.text(),
            self.new.text(),
            owner=self,
            done=self._on_changed,
            failed=self._on_failed,
        )

    def _on_changed(self, _none: object) -> None:
        self.changed.emit()
        self.accept()

    def _on_failed(self, failure: Failure) -> None:
        self._set_busy(False)
        field, text = self.present, self._t("Something went wrong inside the program; the password is as it was.")
        if isinstance(failure.error, DraftRefused):
            field, text = self.new, failure.error.text(self._t)
        elif failure.told is not None:
            text = failure.told.text(self._t)
            self.present.edit.clear()
        field.set_problem(text)
        _focus(field)
        field.edit.selectAll()
        announce(field.edit, text, urgent=True)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.store.setEnabled(not busy)
        for field in (self.present, self.new, self.again):
            field.edit.setReadOnly(busy)


def _focus(field: LabelledField) -> None:
    field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
