"""What can be done with one certificate: see and print it, hand it over, replace, annul, approve or take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton

from eic_tracker.domain.codes import CertificateKind, CertificateStatus
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import icons, theme
from eic_tracker.gui.certificate_asking import (
    annulment_of,
    approving_words,
    ask_annulment,
    ask_delivery,
    ask_duplicate,
    ask_passphrase,
    ask_sheet,
    delivery_of,
    duplicate_of,
    passphrase_of,
)
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.i18n import Translator
from eic_tracker.queries.certificates import CertificateRow
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.annulling import Annulled, revoke_certificate
from eic_tracker.services.certificate_preview import certificate_preview
from eic_tracker.services.certificates import Approved, approve_prepared
from eic_tracker.services.delivering import Delivered, deliver_certificate
from eic_tracker.services.issuing import note_printed
from eic_tracker.services.replacing import DuplicatePrepared, prepare_duplicate, spoil_sheet
from eic_tracker.services.withdrawing import withdraw_prepared

SEE_KEYS, DELIVER_KEYS, DUPLICATE_KEYS, END_KEYS, APPROVE_KEYS = (
    "Ctrl+Shift+P",
    "Ctrl+D",
    "Ctrl+Shift+D",
    "Del",
    "Ctrl+Return",
)
_ICON = 16
_PRINTED = frozenset({CertificateStatus.APPROVED, CertificateStatus.ISSUED})
_HOLDING = _PRINTED | {CertificateStatus.PAPER_BOOK}
_MADE_AGAIN = frozenset({CertificateKind.STATEMENT, CertificateKind.TRANSCRIPT})


class CertificateActs(QToolButton):
    """A button with a menu at the head of a page; what cannot be done with the certificate is not in the menu."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        t = page.t
        self._page = page
        self._around = page.around
        self._row: CertificateRow | None = None
        self.setText(t("This certificate"))
        icons.dress(self, "more", page.around.colours, _ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMinimumHeight(theme.TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(t("What can be done with this certificate"))
        menu = QMenu(self)
        self.acts: dict[str, QAction] = {}
        for name, words, keys, act in self._deeds():
            if name in {"again", "person"}:
                menu.addSeparator()
            self.acts[name] = self._add(menu, words, keys, act)
        self.setMenu(menu)
        for keys in (SEE_KEYS, DELIVER_KEYS, DUPLICATE_KEYS, END_KEYS, APPROVE_KEYS):
            page_shortcut(keys, page).activated.connect(partial(self._do, keys))
        self.hide()

    def show_certificate(self, row: CertificateRow | None) -> None:
        """The certificate in sight; None: there is none."""
        self._row = row
        offered = self._offered(row) if row is not None else frozenset()
        for name, action in self.acts.items():
            action.setVisible(name in offered)
        self.setVisible(bool(offered))

    def see(self) -> None:
        """Show the paper; who may print it prints the very bytes that are in sight."""
        row = self._row
        if row is None or not self.acts["see"].isVisible():
            return
        t, around = self._page.t, self._around
        title = t("Certificate {number}", number=row.number) if row.number else t("Draft · {name}", name=row.name)
        view = PrintView(around, partial(_paper, key=row.id, t=t), title, self._page.window(), turns=False)
        # the sheet is that of the template
        view.preview.paper.hide()
        first = row.status is CertificateStatus.APPROVED
        may = row.status in _PRINTED and around.may(Action.PREPARE_CERTIFICATES) and not (first and around.read_only)
        for button in (view.preview.print_button, view.preview.save_button):
            button.setVisible(may)
        if may and first:
            view.preview.saved.connect(lambda _said: self._note_printed(row.id))
        view.open()

    def _deeds(self) -> list[tuple[str, str, str, Callable[[], object]]]:
        t = self._page.t
        return [
            ("see", t("&See and print…"), SEE_KEYS, self.see),
            ("approve", t("&Approve…"), APPROVE_KEYS, self._approve),
            ("deliver", t("&Handed over…"), DELIVER_KEYS, self._deliver),
            ("again", t("Make a &new one…"), DUPLICATE_KEYS, self._again),
            ("duplicate", t("&Duplicate…"), DUPLICATE_KEYS, self._duplicate),
            ("spoil", t("S&poiled sheet…"), "", self._spoil),
            ("annul", t("Ann&ul…"), END_KEYS, self._annul),
            ("withdraw", t("&Take back"), END_KEYS, self._withdraw),
            ("person", t("Open the p&erson"), "", partial(self._go, "person", "participant_id")),
            ("instructor", t("Open the &instructor"), "", partial(self._go, "instructor", "instructor_id")),
            ("course", t("Open the &course"), "", self._open_course),
        ]

    def _offered(self, row: CertificateRow) -> frozenset[str]:
        around = self._around
        writes = around.may(Action.PREPARE_CERTIFICATES) and not around.read_only
        approves = around.may(Action.APPROVE_CERTIFICATES) and not around.read_only
        waits = row.status is CertificateStatus.PREPARED and row.number is None
        holds, again = row.status in _HOLDING, row.kind in _MADE_AGAIN
        seen = (waits or row.status in _PRINTED) and right(around.acting, Action.READ_PEOPLE) is Right.YES
        found = {
            "see": seen,
            "approve": waits and approves,
            "deliver": writes and row.status in _PRINTED and row.delivered_on is None,
            "again": writes and again and row.participant_id is not None,
            "duplicate": writes and holds and not again,
            "spoil": writes and row.status in _PRINTED,
            "annul": approves and holds,
            "withdraw": writes and waits,
            "person": row.participant_id is not None,
            "instructor": row.instructor_id is not None,
            "course": row.offering_id is not None,
        }
        return frozenset(name for name, may in found.items() if may)

    def _do(self, keys: str) -> None:
        """The keys do what the menu says beside them."""
        for action in self.acts.values():
            if action.isVisible() and action.shortcut() == QKeySequence(keys):
                action.trigger()
                return

    def _deliver(self) -> None:
        row, page = self._known(), self._page
        dialog = ask_delivery(row.number or "", self._around, page)
        dialog.given.connect(lambda values: self._write(deliver_certificate, delivery_of(row.number or "", values)))
        dialog.start({"day": self._around.today})

    def _duplicate(self) -> None:
        row = self._known()
        dialog = ask_duplicate(row.number or "", self._around, self._page)
        dialog.given.connect(lambda values: self._write(prepare_duplicate, duplicate_of(row.number or "", values)))
        dialog.start({})

    def _again(self) -> None:
        row = self._known()
        state = {} if row.enrolment_id is None else {"enrolment": row.enrolment_id}
        self._page.go_requested.emit(Place("statement", row.participant_id, state))

    def _spoil(self) -> None:
        number, t = self._known().number or "", self._page.t

        def note(values: Mapping[str, Any]) -> None:
            serial = str(values["serial"]).strip()
            said = t("Sheet {serial} is noted as spoiled under {number}.", serial=serial, number=number)
            self._write(spoil_sheet, number, serial, said=said)

        dialog = ask_sheet(number, self._around, self._page)
        dialog.given.connect(note)
        dialog.start({})

    def _annul(self) -> None:
        number = self._known().number or ""
        dialog = ask_annulment(number, self._around, self._page)
        dialog.given.connect(lambda values: self._write(revoke_certificate, annulment_of(number, values)))
        dialog.start({})

    def _approve(self) -> None:
        row, t = self._known(), self._page.t

        def approve(values: Mapping[str, Any]) -> None:
            self._write(approve_prepared, [row.id], t=t, passphrase=passphrase_of(values))

        dialog = ask_passphrase([approving_words(1, t)], self._around, self._page)
        dialog.given.connect(approve)
        dialog.start({})

    def _withdraw(self) -> None:
        self._write(withdraw_prepared, [self._known().id], said=self._page.t("Taken back. It can be prepared again."))

    def _open_course(self) -> None:
        self._page.go_requested.emit(Place("offering", self._known().offering_id, {"tab": "certificates"}))

    def _go(self, page: str, column: str) -> None:
        self._page.go_requested.emit(Place(page, getattr(self._known(), column)))

    def _known(self) -> CertificateRow:
        """The certificate in sight; only a menu that shows one calls this."""
        if self._row is None:
            raise LookupError("no certificate is in sight")
        return self._row

    def _write(self, use_case: Callable[..., Any], *args: Any, said: str = "", **options: Any) -> None:
        page = self._page
        words = (lambda _answer: said) if said else partial(done_words, t=page.t)
        page.write(use_case, *args, said=words, undoable=False, **options)

    def _note_printed(self, key: int) -> None:
        t = self._page.t
        self._write(note_printed, [key], said=t("The certificate counts as issued now."))

    def _add(self, menu: QMenu, words: str, keys: str, act: Callable[[], object]) -> QAction:
        action = menu.addAction(words)
        if keys:
            action.setShortcut(QKeySequence(keys))
            # it is shown beside the words; the page itself listens to the keys
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        return action


def done_words(answer: Annulled | Delivered | Approved | DuplicatePrepared, t: Translator) -> str:
    """What a deed did, in a sentence."""
    if isinstance(answer, Annulled):
        said = t("Certificate {number} is annulled; its number stays taken.", number=answer.number)
        return f"{said} {t('It was delivered: ask for the paper back.')}" if answer.delivered else said
    if isinstance(answer, Delivered):
        number, day = ", ".join(answer.numbers), t.date(answer.claims_until)
        return t("{number} is handed over; errors can be claimed until {day}.", number=number, day=day)
    if isinstance(answer, Approved):
        return t("Approved: {numbers}", numbers=", ".join(answer.numbers))
    return t("The duplicate of {number} waits for approval.", number=answer.first)


def _paper(db: Any, acting: Any, *, key: int, t: Translator, paper: Paper) -> bytes:
    """The sheet is the template's own, whatever paper lies in the printer."""
    return certificate_preview(db, acting, key, t=t)
