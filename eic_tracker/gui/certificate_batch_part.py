"""The certificates of a course: prepared by one, approved with a passphrase by another, printed, handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from eic_tracker.domain.codes import OfferingStatus
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.permissions import Action
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.record_parts import GridPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.editors import DateEditor, LineEditor, NamesEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.i18n import N_
from eic_tracker.queries.listing import Request
from eic_tracker.services.certificates import Batch, approve_certificates, prepare_certificates
from eic_tracker.services.delivering import Delivered, DeliveryDraft, deliver_certificates
from eic_tracker.services.issuing import print_certificates
from eic_tracker.services.profiles import OfferingDetail


class CertificateBatchPart(GridPart):
    """The list with what its reader may do for the whole course below it; `buttons` by name."""

    done = Signal(str, bool)
    noticed = Signal(object)

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
        layout = self.layout()
        if self.buttons and layout is not None:
            layout.addWidget(foot)

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """The course's certificates; what cannot be done says why."""
        super().show_detail(detail, state)
        self._detail = detail
        cancelled = detail.row.status is OfferingStatus.CANCELLED
        for button in self.buttons.values():
            rest(button, self.t("The course was cancelled.") if cancelled else "", "")

    def prepare(self) -> None:
        """Of a closed course at once; while it runs for the day of the ceremony."""
        if self._detail is None:
            return
        t = self.t
        if self._detail.row.status is OfferingStatus.CLOSED:
            self._write(prepare_certificates, self._detail.row.code, said=self._prepared)
            return
        code = self._detail.row.code
        field = FormField("ceremony", t("Day of the ceremony"), DateEditor, required=True)
        self._ask(
            t("Prepare for the ceremony"),
            [t("The course still runs: who does not complete it loses the diploma when it is closed.")],
            [field],
            lambda values: () if values["ceremony"] else (DraftProblem("ceremony", N_("This is needed.")),),
            lambda values: self._write(prepare_certificates, code, said=self._prepared, ceremony=values["ceremony"]),
        )

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

    def choose_folder(self) -> None:
        """Where the PDF files go."""
        dialog = QFileDialog(self.window(), self.t("Folder for the certificates"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.print_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def print_to(self, folder: Path) -> None:
        """One file for each, in a folder; the first time they count as issued."""
        if self._detail is not None:
            self._write(print_certificates, self._detail.row.code, folder, said=self._printed, t=self.t)

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
                ("prepare", Deed(t("Prepare certificates"), self.prepare)),
                ("print", Deed(t("Write PDF files…"), self.choose_folder)),
                ("deliver", Deed(t("Handed over…"), self.deliver)),
            ]
        if around.may(Action.APPROVE_CERTIFICATES):
            deeds.append(("approve", Deed(t("Approve certificates…"), self.approve)))
        return deeds

    def _prepared(self, batch: Batch) -> str:
        return self.t.plural("{count} certificate prepared.", "{count} certificates prepared.", batch.count)

    def _approved(self, batch: Batch) -> str:
        return self.t.plural("{count} certificate approved.", "{count} certificates approved.", batch.count)

    def _printed(self, paths: Sequence[Path]) -> str:
        return self.t.plural("{count} file written.", "{count} files written.", len(paths))

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

    def _write(self, use_case: Callable[..., Any], *args: Any, said: Callable[[Any], str], **options: Any) -> None:
        self.around.jobs.write(
            use_case,
            self.around.acting,
            *args,
            owner=self,
            done=lambda answer: self.done.emit(said(answer), False),
            failed=self._tell,
            **options,
        )

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))
