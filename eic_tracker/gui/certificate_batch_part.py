"""The certificates of a course: prepared by one, approved with a passphrase by another, printed, handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.domain.codes import CertificateKind, OfferingStatus
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.permissions import Action
from eic_tracker.gui import theme
from eic_tracker.gui.act_papers import ActPapers, Ask
from eic_tracker.gui.certificate_delivery_part import CertificateDeliveryPart
from eic_tracker.gui.certificate_print_part import CertificatePrintPart
from eic_tracker.gui.certificate_review_part import CertificateReviewPart
from eic_tracker.gui.code_words import CERTIFICATE_KINDS
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.record_parts import GridPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.i18n import N_
from eic_tracker.queries.listing import Request
from eic_tracker.services.certificate_batch import (
    BatchReview,
    CourseBatch,
    WaitingKind,
    choose_batch_template,
    course_batch,
    review_batch,
)
from eic_tracker.services.certificates import (
    Batch,
    approve_certificates,
    prepare_certificates,
    prepare_participation,
)
from eic_tracker.services.delivering import Delivered, DeliveryDraft, deliver_certificates
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.statements import prepare_instructor_certificates
from eic_tracker.services.withdrawing import withdraw_prepared

_PREPARING = {
    "diploma": N_("Diploma, for who completes the course"),
    "participation": N_("Participation, for who completes the course"),
    "others": N_("Participation, for who did not complete it"),
    "instructors": N_("Teaching, for its instructors"),
}
_WHILE_RUNNING = frozenset({"diploma", "participation"})
"""What is prepared for a ceremony before everybody has a result."""


class CertificateBatchPart(GridPart):
    """The list with what its reader may do for the whole course below it; `buttons` by name.

    What waits is seen before it is approved, sheets before they are printed, names before they are ticked."""

    done = Signal(str, bool)
    noticed = Signal(object)
    go_wanted = Signal(object)
    """the Place of a person"""

    def __init__(self, grid: Grid, request_of: Callable[[Any], Request], around: Surroundings, ask: Ask) -> None:
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
        self._code = ""
        self._batch: CourseBatch | None = None
        self.papers = ActPapers(around, ask, show_upright, self)
        self.reviewing = CertificateReviewPart(around)
        self.printing = CertificatePrintPart(around)
        self.delivery = CertificateDeliveryPart(around)
        self.stack = QStackedWidget()
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid, 1)
        column.addWidget(self.papers.progress)
        if self.buttons:
            column.addWidget(foot)
        for page in (rows, self.reviewing, self.printing, self.delivery):
            self.stack.addWidget(page)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.stack)
        self._listen()

    def _listen(self) -> None:
        for page in (self.reviewing, self.printing, self.delivery):
            page.left.connect(self._close)
        self.reviewing.approve_wanted.connect(self.approve)
        self.reviewing.withdraw_wanted.connect(self.withdraw)
        self.reviewing.go_wanted.connect(self.go_wanted)
        self.printing.said.connect(self._on_printed)
        self.delivery.deliver_wanted.connect(self.deliver)
        self.delivery.list_wanted.connect(self.show_list)
        for source in (self.printing, self.papers):
            source.noticed.connect(self.noticed)

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """The course's certificates; what cannot be done says why."""
        super().show_detail(detail, state)
        if self._detail is None or self._detail.row.id != detail.row.id:
            self.stack.setCurrentIndex(0)
            self._batch = None
            for button in self.buttons.values():
                button.setEnabled(False)
        self._detail, self._code = detail, detail.row.code
        self._read_batch()

    def ask_prepare(self) -> None:
        """Which certificates, and the day of the ceremony, which a running course needs."""
        if self._detail is None:
            return
        t = self.t
        running = self._detail.row.status is not OfferingStatus.CLOSED
        kinds = [(code, t(words)) for code, words in _PREPARING.items() if code in _WHILE_RUNNING or not running]
        said = t("The course still runs: who does not complete it loses the diploma when it is closed.")
        told = "" if running else t("Empty: the last day of the course.")
        fields = [
            FormField("kind", t("For whom"), lambda label, _around: ChoiceEditor(label, kinds, None), required=True),
            FormField("ceremony", t("Day of the ceremony"), DateEditor, told, required=running),
        ]

        def check(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
            if running and not values["ceremony"]:
                return (DraftProblem("ceremony", N_("This is needed.")),)
            if values["kind"] == "instructors" and values["ceremony"]:
                return (DraftProblem("ceremony", N_("Certificates of instructors bear the last day of the course.")),)
            return ()

        title = t("Prepare for the ceremony") if running else t("Prepare certificates")
        self._ask(title, [said] if running else [], fields, check, self.prepare, {"kind": "diploma"})

    def prepare(self, values: Mapping[str, Any]) -> None:
        """Prepare what `kind` says for the day `ceremony`, None: the last day of the course."""
        if self._detail is None:
            return
        code, kind, ceremony = self._detail.row.code, values["kind"], values["ceremony"]
        if kind == "instructors":
            self._write(prepare_instructor_certificates, code, said=self._prepared)
        elif kind == "others":
            self._write(prepare_participation, code, said=self._prepared, ceremony=ceremony)
        else:
            kind = CertificateKind(kind)
            self._write(prepare_certificates, code, said=self._prepared, ceremony=ceremony, kind=kind)

    def ask_templates(self) -> None:
        """By which template each kind that waits is printed."""
        t, batch = self.t, self._batch
        if batch is None:
            return
        fields = [
            FormField(
                each.kind.value,
                t(CERTIFICATE_KINDS[each.kind]),
                partial(_choice_of, each, t("As the school has it")),
                t.plural("{count} waits for approval.", "{count} wait for approval.", each.count),
            )
            for each in batch.waiting
        ]
        start = {each.kind.value: each.template_id for each in batch.waiting}
        said = [t("The choice stays with the certificates until they are approved.")]
        self._ask(t("Templates of this course"), said, fields, lambda _values: (), self.choose_templates, start)

    def choose_templates(self, values: Mapping[str, Any]) -> None:
        """Let each kind be printed by its template."""
        for each in self._batch.waiting if self._batch is not None else ():
            if values[each.kind.value] != each.template_id:
                self._write(
                    choose_batch_template,
                    self._code,
                    each.kind,
                    values[each.kind.value],
                    said=lambda count: self.t.plural(
                        "{count} certificate has its template.", "{count} certificates have their template.", count
                    ),
                )

    def review(self) -> None:
        """All that waits, as it would be printed."""
        self.around.jobs.count(
            partial(review_batch, t=self.t),
            self.around.acting,
            self._code,
            owner=self,
            done=self._show_review,
            failed=self._tell,
        )

    def withdraw(self, keys: Sequence[int]) -> None:
        """What was prepared is not wanted after all."""
        self._write(
            withdraw_prepared,
            keys,
            said=lambda count: self.t.plural(
                "{count} prepared certificate was taken back.", "{count} prepared certificates were taken back.", count
            ),
        )

    def approve(self, seen: Sequence[int]) -> None:
        """What was seen, with the passphrase of one's own signature; sample data ask for none."""
        t = self.t
        if self.around.demonstration:
            self._write(approve_certificates, self._code, said=self._approved, t=t, passphrase=None, seen=seen)
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
                approve_certificates,
                self._code,
                said=self._approved,
                t=t,
                passphrase=str(values["passphrase"]),
                seen=seen,
            ),
        )

    def show_printing(self) -> None:
        """The sheets with how they go through the printer."""
        if self._batch is not None and self._batch.groups:
            self.printing.show_groups(self._code, self._batch.groups)
            self._open(self.printing)

    def show_delivery(self) -> None:
        """Who gets theirs."""
        if self._batch is not None and self._batch.undelivered:
            self.delivery.show_rows(self._batch.undelivered)
            self._open(self.delivery)

    def deliver(self, day: dt.date, exceptions: Sequence[str]) -> None:
        """Note that all but these numbers were handed over."""
        draft = DeliveryDraft(self._code, day, tuple(exceptions))
        self._write(deliver_certificates, draft, said=self._delivered, undoable=True)

    def show_list(self) -> None:
        """The list to sign, noted and seen before it is printed."""
        if self._detail is not None:
            self.papers.show_delivery_list(self._detail.row.id, self._code)

    def go_up(self) -> bool:
        """Esc: back to the list."""
        if self.stack.currentIndex() == 0:
            return super().go_up()
        self._close()
        return True

    def first_focus(self) -> QWidget:
        """The rows, or what is open instead of them."""
        page = self.stack.currentWidget()
        return super().first_focus() if self.stack.currentIndex() == 0 or page is None else page

    def _open(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)

    def _close(self, *_said: object) -> None:
        self.stack.setCurrentIndex(0)
        super().first_focus().setFocus()

    def _show_review(self, review: BatchReview) -> None:
        self.reviewing.show_review(review)
        self._open(self.reviewing)

    def _read_batch(self) -> None:
        if self.buttons and self._detail is not None:
            self.around.jobs.read(
                course_batch, self.around.acting, self._code, owner=self, done=self._show_batch, failed=self._tell
            )

    def _show_batch(self, batch: CourseBatch) -> None:
        """What cannot be done says why."""
        t, before = self.t, self._batch
        self._batch = batch
        if before != batch and self.stack.currentWidget() is self.printing:
            self.show_printing()
        cancelled = self._detail is not None and self._detail.row.status is OfferingStatus.CANCELLED
        gone = t("The course was cancelled.") if cancelled else ""
        waiting = "" if batch.waiting else t("Nothing waits for approval.")
        why = {
            "prepare": "",
            "templates": waiting,
            "review": waiting,
            "print": "" if batch.groups else t("No certificate of this course is approved yet."),
            "deliver": "" if batch.undelivered else t("Nobody waits for a certificate of this course."),
        }
        for name, button in self.buttons.items():
            rest(button, gone or why[name])

    def _deeds(self) -> list[tuple[str, Deed]]:
        t, around = self.t, self.around
        if around.read_only:
            return []
        prepares, approves = around.may(Action.PREPARE_CERTIFICATES), around.may(Action.APPROVE_CERTIFICATES)
        deeds = []
        if prepares:
            deeds += [
                ("prepare", Deed(t("Prepare certificates…"), self.ask_prepare)),
                ("templates", Deed(t("Templates…"), self.ask_templates)),
            ]
        if prepares or approves:
            words = t("See and approve…") if approves else t("See before approval…")
            deeds.append(("review", Deed(words, self.review)))
        if prepares:
            deeds += [
                ("print", Deed(t("Print or write…"), self.show_printing)),
                ("deliver", Deed(t("Hand over…"), self.show_delivery)),
            ]
        return deeds

    def _prepared(self, batch: Batch) -> str:
        return self.t.plural("{count} certificate prepared.", "{count} certificates prepared.", batch.count)

    def _approved(self, batch: Batch) -> str:
        return self.t.plural("{count} certificate approved.", "{count} certificates approved.", batch.count)

    def _on_printed(self, said: str) -> None:
        self._read_batch()
        self.done.emit(said, False)

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

    def _write(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        said: Callable[[Any], str],
        undoable: bool = False,
        **options: Any,
    ) -> None:
        def done(answer: Any) -> None:
            self._close()
            self._read_batch()
            self.done.emit(said(answer), undoable)

        self.around.jobs.write(
            use_case,
            self.around.acting,
            *args,
            owner=self,
            done=done,
            failed=self._tell,
            **options,
        )

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))


def _choice_of(waiting: WaitingKind, nothing: str, label: str, _around: Surroundings) -> ChoiceEditor:
    return ChoiceEditor(label, waiting.offered, nothing)
