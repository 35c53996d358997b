"""The certificates of a course: prepared by one, approved with a passphrase by another, printed, handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from eic_tracker.domain.codes import CertificateKind, OfferingStatus
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.permissions import Action
from eic_tracker.gui import theme
from eic_tracker.gui.batch_findings import BatchFindings
from eic_tracker.gui.certificate_printing import ask_printing
from eic_tracker.gui.code_words import CERTIFICATE_KINDS
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_parts import GridPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor, NamesEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.reports.template_pdf import PrintOptions
from eic_tracker.services.batch_templates import preflight_offering
from eic_tracker.services.certificate_preview import class_preview
from eic_tracker.services.certificates import Batch, approve_certificates, prepare_certificates
from eic_tracker.services.delivering import Delivered, DeliveryDraft, deliver_certificates
from eic_tracker.services.issuing import class_sheets, note_class_printed, print_certificates
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.statements import prepare_instructor_certificates
from eic_tracker.services.templates import TemplateChoice, choose_template, template_choice


class CertificateBatchPart(GridPart):
    """The list with what its reader may do for the whole course below it; `buttons` by name."""

    done = Signal(str, bool)
    noticed = Signal(object)
    go_wanted = Signal(object)
    """a Place"""

    def __init__(self, grid: Grid, request_of: Callable[[Any], Request], around: Surroundings) -> None:
        super().__init__(grid, request_of)
        self.around = around
        self.t = around.t
        self.buttons: dict[str, QPushButton] = {}
        self._detail: OfferingDetail | None = None
        foot = QWidget()
        flow = FlowLayout(foot, theme.GAP)
        for name, deed in self._deeds():
            self.buttons[name] = deed_button(deed)
            flow.addWidget(self.buttons[name])
        self.found = BatchFindings(around)
        self.found.hide()
        self.found.certificate_wanted.connect(lambda key: self.go_wanted.emit(Place("certificate", key)))
        layout = self.layout()
        if self.buttons and layout is not None:
            layout.addWidget(self.found)
            layout.addWidget(foot)

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """The course's certificates; what cannot be done says why."""
        super().show_detail(detail, state)
        if self._detail is not None and self._detail.row.id != detail.row.id:
            self.found.hide()
        self._detail = detail
        cancelled = detail.row.status is OfferingStatus.CANCELLED
        for button in self.buttons.values():
            rest(button, self.t("The course was cancelled.") if cancelled else "", "")

    def prepare(self) -> None:
        """Diplomas or certificates of participation; while the course runs the day of the ceremony is needed."""
        if self._detail is None:
            return
        t, code = self.t, self._detail.row.code
        closed = self._detail.row.status is OfferingStatus.CLOSED
        kinds = [(kind, t(CERTIFICATE_KINDS[kind])) for kind in _KINDS]
        day = FormField(
            "ceremony",
            t("Day of the ceremony"),
            DateEditor,
            t("Empty: dated to the last day of the course.") if closed else "",
            required=not closed,
        )
        runs = t("The course still runs: who does not complete it loses the diploma when it is closed.")
        self._ask(
            t("Prepare certificates"),
            [] if closed else [runs],
            [FormField("kind", t("Kind"), lambda label, _around: ChoiceEditor(label, kinds, None)), day],
            lambda values: () if closed or values["ceremony"] else (DraftProblem("ceremony", N_("This is needed.")),),
            lambda values: self._write(
                prepare_certificates, code, said=self._prepared, ceremony=values["ceremony"], kind=values["kind"]
            ),
            {"kind": CertificateKind.DIPLOMA},
        )

    def prepare_instructors(self) -> None:
        """For everybody who taught in the closed course."""
        if self._detail is not None:
            self._write(prepare_instructor_certificates, self._detail.row.code, said=self._prepared)

    def check(self) -> None:
        """What would go wrong when those that wait are printed."""
        if self._detail is not None:
            self._read(partial(preflight_offering, t=self.t), self._detail.row.code, done=self.found.show_found)

    def preview(self) -> None:
        """All that wait, as they would be printed, the longest name first."""
        if self._detail is not None:
            title = self.t("Certificates of course {code}, drafts", code=self._detail.row.code)
            view = self.show_sheets(partial(_drafts, code=self._detail.row.code, t=self.t), title)
            for button in (view.preview.print_button, view.preview.save_button):
                button.hide()

    def print_class(self) -> None:
        """All that hold, as they are printed: the first time they count as issued."""
        if self._detail is None:
            return
        code, t = self._detail.row.code, self.t

        def given(options: PrintOptions, _merge: bool) -> None:
            title = t("Certificates of course {code}", code=code)
            view = self.show_sheets(partial(_sheets, code=code, t=t, options=options), title)
            view.preview.saved.connect(lambda _said: self._write(note_class_printed, code, said=self._noted))

        ask_printing(self.around, self.window(), given, files=False)

    def choose_template(self) -> None:
        """By which template the course prints its diplomas."""
        if self._detail is not None:
            self._read(template_choice, self._detail.row.id, done=self._ask_template)

    def show_sheets(self, make: Callable[..., Any], title: str) -> PrintView:
        """Show sheets before they are printed; their size is the template's own."""
        view = PrintView(self.around, make, title, self.window(), turns=False)
        view.preview.paper.hide()
        view.open()
        return view

    def approve(self) -> None:
        """With the passphrase of one's own signature; sample data ask for none."""
        if self._detail is None:
            return
        t, code = self.t, self._detail.row.code
        if self.around.demonstration:
            self._write(approve_certificates, code, said=self._approved, t=t, passphrase=None)
            return
        field = FormField(
            "passphrase", t("Passphrase"), lambda label, _around: LineEditor(label, secret=True), required=True
        )
        self._ask(
            t("Approve the certificates"),
            [t("They get their numbers and a place in the register. That is never undone; they can be annulled.")],
            [field],
            lambda values: () if values["passphrase"] else (DraftProblem("passphrase", N_("This is needed.")),),
            lambda values: self._write(
                approve_certificates, code, said=self._approved, t=t, passphrase=str(values["passphrase"])
            ),
        )

    def ask_files(self) -> None:
        """One file each or one for the class, then where they go."""
        ask_printing(self.around, self.window(), self.choose_folder, files=True)

    def choose_folder(self, options: PrintOptions, merge: bool) -> None:
        """Where the PDF files go."""
        dialog = QFileDialog(self.window(), self.t("Folder for the certificates"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.print_to(Path(name), options, merge=merge))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def print_to(self, folder: Path, options: PrintOptions, *, merge: bool) -> None:
        """Into a folder, one file for each or for all; the first time they count as issued."""
        if self._detail is not None:
            code = self._detail.row.code
            self._write(print_certificates, code, folder, said=self._printed, t=self.t, merge=merge, options=options)

    def deliver(self) -> None:
        """All were handed over, but the numbers that are written here."""
        if self._detail is None:
            return
        t, code = self.t, self._detail.row.code
        fields = [
            FormField("day", t("Handed over on"), DateEditor, required=True),
            FormField(
                "exceptions",
                t("All but these numbers"),
                lambda label, _around: NamesEditor(label),
                t("One a line; none: all were handed over."),
            ),
        ]
        self._ask(
            t("Certificates handed over"),
            [],
            fields,
            lambda values: () if values["day"] else (DraftProblem("day", N_("This is needed.")),),
            lambda values: self._write(
                deliver_certificates,
                DeliveryDraft(code, values["day"], tuple(values["exceptions"] or ())),
                said=self._delivered,
            ),
            {"day": self.around.today},
        )

    def _deeds(self) -> list[tuple[str, Deed]]:
        t, around = self.t, self.around
        if around.read_only:
            return []
        deeds = []
        if around.may(Action.PREPARE_CERTIFICATES):
            deeds += [
                ("prepare", Deed(t("Prepare…"), self.prepare)),
                ("instructors", Deed(t("For who taught"), self.prepare_instructors)),
            ]
        if around.may(Action.PREPARE_CERTIFICATES) or around.may(Action.APPROVE_CERTIFICATES):
            deeds += [("check", Deed(t("Check"), self.check)), ("preview", Deed(t("Drafts…"), self.preview))]
        if around.may(Action.APPROVE_CERTIFICATES):
            deeds.append(("approve", Deed(t("Approve certificates…"), self.approve)))
        if around.may(Action.EDIT_LISTS):
            deeds.append(("template", Deed(t("Template…"), self.choose_template)))
        if around.may(Action.PREPARE_CERTIFICATES):
            deeds += [
                ("paper", Deed(t("Print…"), self.print_class)),
                ("print", Deed(t("Write PDF files…"), self.ask_files)),
                ("deliver", Deed(t("Handed over…"), self.deliver)),
            ]
        return deeds

    def _ask_template(self, choice: TemplateChoice) -> None:
        t = self.t
        field = FormField(
            "template",
            t("Template of certificates"),
            lambda label, _around: ChoiceEditor(label, choice.templates, t("that of the programme or the school")),
        )
        self._ask(
            t("Template of {course}", course=choice.course),
            [t("It holds for what is approved from now on; what was approved stays as it is.")],
            [field],
            lambda _values: (),
            lambda values: self._write(
                choose_template,
                choice.course_version_id,
                values["template"],
                said=lambda _none: t("The template of the course is kept."),
                undoable=True,
            ),
            {"template": choice.chosen},
        )

    def _prepared(self, batch: Batch) -> str:
        return self.t.plural("{count} certificate prepared.", "{count} certificates prepared.", batch.count)

    def _approved(self, batch: Batch) -> str:
        return self.t.plural("{count} certificate approved.", "{count} certificates approved.", batch.count)

    def _printed(self, paths: Sequence[Path]) -> str:
        return self.t.plural("{count} file written.", "{count} files written.", len(paths))

    def _noted(self, count: int) -> str:
        return self.t.plural(
            "{count} certificate counts as issued now.", "{count} certificates count as issued now.", count
        )

    def _delivered(self, done: Delivered) -> str:
        said = self.t.plural("{count} certificate handed over", "{count} certificates handed over", len(done.numbers))
        waiting = self.t.plural("{count} waits to be collected", "{count} wait to be collected", len(done.waiting))
        return f"{said}; {waiting}." if done.waiting else f"{said}."

    def _ask(
        self,
        title: str,
        said: Sequence[str],
        fields: Sequence[FormField],
        check: Callable[[Mapping[str, Any]], Sequence[DraftProblem]],
        given: Callable[[Mapping[str, Any]], None],
        start: Mapping[str, Any] | None = None,
    ) -> None:
        dialog = AskFields(title, said, fields, check, self.around, self.window())
        dialog.given.connect(given)
        dialog.start(start or {})

    def _read(self, query: Callable[..., Any], *args: Any, done: Callable[[Any], None]) -> None:
        self.around.jobs.read(query, self.around.acting, *args, owner=self, done=done, failed=self._tell)

    def _write(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        said: Callable[[Any], str],
        undoable: bool = False,
        **options: Any,
    ) -> None:
        self.around.jobs.write(
            use_case,
            self.around.acting,
            *args,
            owner=self,
            done=lambda answer: self.done.emit(said(answer), undoable),
            failed=self._tell,
            **options,
        )

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))


_KINDS = (CertificateKind.DIPLOMA, CertificateKind.PARTICIPATION)


def _drafts(db: Any, acting: Any, *, code: str, t: Translator, **_sheet: object) -> bytes:
    """The sheet is the template's own, whatever paper lies in the printer."""
    return class_preview(db, acting, code, t=t)


def _sheets(db: Any, acting: Any, *, code: str, t: Translator, options: PrintOptions, **_sheet: object) -> bytes:
    return class_sheets(db, acting, code, t=t, options=options)
