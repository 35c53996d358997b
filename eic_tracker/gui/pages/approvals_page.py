"""What waits for approval: whole classes and papers that were asked for; several with one passphrase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QStackedWidget, QWidget

from eic_tracker.domain.codes import CertificateKind
from eic_tracker.domain.permissions import Action
from eic_tracker.gui import theme
from eic_tracker.gui.certificate_asking import approving_words, ask_passphrase, passphrase_of
from eic_tracker.gui.code_words import CERTIFICATE_KINDS
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.certificates import Approved, approve_prepared
from eic_tracker.services.waiting_batches import WaitingBatch, waiting_batches
from eic_tracker.services.withdrawing import withdraw_prepared

APPROVE_KEYS, WITHDRAW_KEYS = "Ctrl+Return", "Del"
_NAMED, _SHORT = 3, 32
"""Names, and letters of a purpose, that a row shows."""


def what_words(row: WaitingBatch, t: Translator) -> str:
    """Kind and number of a class's certificates; of a duplicate which one it repeats."""
    kind = t(CERTIFICATE_KINDS[CertificateKind(row.kind)])
    if row.first is not None:
        return t("{kind}, duplicate of {number}", kind=kind, number=row.first)
    return f"{kind} ({t.number(len(row.certificate_ids))})" if row.is_class else kind


def names_words(row: WaitingBatch, _t: Translator) -> str:
    """The first names, and that there are more."""
    more = " …" if len(row.names) > _NAMED else ""
    return f"{', '.join(row.names[:_NAMED])}{more}"


def purpose_words(row: WaitingBatch, _t: Translator) -> str:
    """Its first words; the paper says all of it."""
    return shorten(row.purpose or "", _SHORT, placeholder=" …")


def _dated(row: WaitingBatch, t: Translator) -> str:
    return t.date(row.dated) if row.dated else ""


def _prepared(row: WaitingBatch, t: Translator) -> str:
    name = row.prepared_by or ""
    return t("{name} (you)", name=name) if row.own else name


COLUMNS = (
    Column("what", N_("What"), what_words, width=26),
    Column("offering", N_("Course"), lambda row, _t: row.offering or "", width=10),
    Column("names", N_("For"), names_words, width=30, stretch=True),
    Column("dated", N_("Date"), _dated, width=11, value=lambda row: row.dated, dated=True),
    Column("purpose", N_("Purpose"), purpose_words, width=24),
    Column("prepared", N_("Prepared by"), _prepared, width=24, stretch=True),
)


class ApprovalsPage(Page):
    """Enter opens the course's certificates, or the paper; a manager approves all that is selected at once."""

    name = "approvals"
    shows = frozenset({"certificate", "enrolment", "participant", "offering", "instructor"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("Certificates waiting for approval"))
        self.layout_of_page.addWidget(sentence(t("Whoever prepared a certificate cannot approve it."), muted=True))
        self.table = SmallTable(self.title(), COLUMNS, around)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.quiet = StateView(around.colours)
        self.body = QStackedWidget()
        self.body.addWidget(self.quiet)
        self.body.addWidget(self.table)
        self.layout_of_page.addWidget(self.body, 1)
        self.foot = QWidget()
        flow = FlowLayout(self.foot, theme.GAP)
        self.buttons: dict[str, QPushButton] = {}
        for name, deed, keys in self._deeds():
            self.buttons[name] = deed_button(deed, look="primary" if name == "approve" else "")
            flow.addWidget(self.buttons[name])
            page_shortcut(keys, self).activated.connect(self.buttons[name].click)
        self.layout_of_page.addWidget(self.foot)
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_deeds())
        self.quiet.show_reading(t("Reading…"))
        self._show_deeds()

    def show_place(self, place: Place) -> None:
        """All that waits, by course."""
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self.read(waiting_batches, done=self._show)

    def first_focus(self) -> QWidget | None:
        """The rows, where there are some."""
        return self.table if self.body.currentWidget() is self.table else None

    def chosen(self) -> list[WaitingBatch]:
        """The selected rows."""
        return [self.table.rows[key] for key in self.table.selected_keys() if key in self.table.rows]

    def approve(self) -> None:
        """All selected rows in one approval, with one passphrase: all of them or none."""
        rows = self.chosen()
        keys = [key for row in rows for key in row.certificate_ids]
        if not keys or any(row.own for row in rows):
            return
        t = self.t
        said = [text for text in (self._courses(rows), approving_words(len(keys), t)) if text]
        dialog = ask_passphrase(said, self.around, self)

        def go_on(values: Mapping[str, Any]) -> None:
            phrase = passphrase_of(values)
            self.write(approve_prepared, keys, t=t, passphrase=phrase, said=self._approved, undoable=False)

        dialog.given.connect(go_on)
        dialog.start({})

    def withdraw(self) -> None:
        """Take the selected rows back; they can be prepared again."""
        keys = [key for row in self.chosen() for key in row.certificate_ids]
        if keys:
            self.write(withdraw_prepared, keys, said=self._withdrawn, undoable=False)

    def _deeds(self) -> list[tuple[str, Deed, str]]:
        t, around = self.t, self.around
        found = []
        if around.may(Action.APPROVE_CERTIFICATES) and not around.read_only:
            found.append(("approve", Deed(t("Approve what is selected…"), self.approve), APPROVE_KEYS))
        if around.may(Action.PREPARE_CERTIFICATES) and not around.read_only:
            found.append(("withdraw", Deed(t("Take back"), self.withdraw), WITHDRAW_KEYS))
        return found

    def _show(self, batches: tuple[WaitingBatch, ...]) -> None:
        had_focus = self.table.hasFocus()
        self.table.show_rows({batch.id: batch for batch in batches})
        if batches:
            self.body.setCurrentWidget(self.table)
            if not self.table.selectionModel().hasSelection():
                self.table.select_key(batches[0].id)
            if had_focus or self.isVisible():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.quiet.show_empty(self.t("Nothing waits for approval."))
            self.body.setCurrentWidget(self.quiet)
        self.foot.setVisible(bool(batches and self.buttons))
        self._show_deeds()

    def _show_deeds(self) -> None:
        t, rows = self.t, self.chosen()
        nothing = "" if rows else t("Select a row first.")
        own = t("You prepared some of these; another manager must approve them.") if any(e.own for e in rows) else ""
        reasons = {"approve": (nothing or own, APPROVE_KEYS), "withdraw": (nothing, WITHDRAW_KEYS)}
        for name, button in self.buttons.items():
            rest(button, *reasons[name])

    def _open(self, key: int) -> None:
        row: WaitingBatch = self.table.rows[key]
        if row.is_class and row.offering_id is not None:
            self.go_requested.emit(Place("offering", row.offering_id, {"tab": "certificates"}))
        else:
            self.go_requested.emit(Place("certificate", row.id))

    def _courses(self, rows: Sequence[WaitingBatch]) -> str:
        codes = sorted({row.offering for row in rows if row.offering})
        return self.t("Courses: {codes}", codes=", ".join(codes)) if codes else ""

    def _approved(self, done: Approved) -> str:
        return self.t.plural("{count} certificate approved.", "{count} certificates approved.", len(done.numbers))

    def _withdrawn(self, count: int) -> str:
        return self.t.plural("{count} certificate taken back.", "{count} certificates taken back.", count)
