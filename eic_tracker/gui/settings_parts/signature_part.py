"""The signature of the school as one card: who signs until when, handing over, lost and stolen; lists for offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from eic_tracker.domain.accounts import passphrase_problems
from eic_tracker.domain.codes import KeyEnd, KeyTitle
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.part import Part
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.ask_fields import AskFields, authorisation_of
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.editors import LineEditor
from eic_tracker.gui.widgets.fact_list import FactList, sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.i18n import N_
from eic_tracker.queries.signing_keys import SignatureCard, SignatureRow
from eic_tracker.reports.paper_words import KEY_ENDS, KEY_TITLES
from eic_tracker.services.authorisations import LONGEST, authorisation_problems
from eic_tracker.services.signing_keys import (
    HandedOver,
    SignatureDraft,
    SignatureEnd,
    change_passphrase,
    end_signature,
    hand_over_signature,
    make_signature,
    signature_card,
)
from eic_tracker.services.trust_lists import ListFiled, export_list, import_list

_LISTS = "*.cose"


class SignaturePart(Part):
    """Managers make, hand over and end their own; `buttons` are what can be done, by name."""

    name = "signature"
    shows = frozenset({"signing_key", "trust_list", "user"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.buttons: dict[str, QPushButton] = {}
        self._cards: list[Card] = []
        told = self.t(
            "Certificates are signed when they are approved. Each who approves has a signature with a passphrase of "
            "their own; nobody else knows it or can find it out: a forgotten one is replaced by a new signature."
        )
        self.layout_of_page.addWidget(sentence(told))
        self.layout_of_page.addStretch(1)

    def show_place(self, place: Place) -> None:
        """The signatures as they stand."""
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        self.read(signature_card, done=self._show)

    def first_focus(self) -> QWidget | None:
        """The first deed."""
        return next(iter(self.buttons.values()), None)

    def ask_to_make(self, title: KeyTitle) -> None:
        """A passphrase, twice."""
        t = self.t
        self._ask(
            t("Make a signature"),
            [t("Write the passphrase down nowhere near this computer: without it nothing can be signed.")],
            [*_new_fields(self)],
            lambda values: _new_problems(values, self.around.acting.login),
            lambda values: self.write(
                make_signature,
                SignatureDraft(title, str(values["passphrase"]), str(values["again"])),
                said=lambda made: t("The signature is made. Its code: {fingerprint}", fingerprint=made.fingerprint),
                undoable=False,
            ),
        )

    def ask_to_hand_over(self) -> None:
        """The acting manager becomes titular: by whose order, and a passphrase of their own."""
        t = self.t
        lines = [
            FormField(name, label, lambda label, _a: LineEditor(label, longest=LONGEST), required=True)
            for name, label in (
                ("authorised_by", t("Name and rank")),
                ("post", t("Post")),
                ("letter", t("Letter number")),
            )
        ]

        def check(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
            return (
                *authorisation_problems(authorisation_of(values)),
                *_new_problems(values, self.around.acting.login),
            )

        def given(values: Mapping[str, Any]) -> None:
            draft = SignatureDraft(KeyTitle.TITULAR, str(values["passphrase"]), str(values["again"]))
            self.write(
                hand_over_signature,
                draft,
                authorisation_of(values),
                said=self._handed_over,
                undoable=False,
                t=t,
            )

        said = [t("The former titular's signature ends today; what it signed stays valid. Say who ordered it.")]
        self._ask(t("Take over as titular"), said, [*lines, *_new_fields(self)], check, given)

    def ask_passphrase(self) -> None:
        """The present passphrase and a new one."""
        t = self.t
        present = FormField(
            "present", t("Present passphrase"), lambda label, _a: LineEditor(label, secret=True), required=True
        )
        self._ask(
            t("Change the passphrase"),
            [],
            [present, *_new_fields(self)],
            lambda values: _new_problems(values, self.around.acting.login),
            lambda values: self.write(
                change_passphrase,
                str(values["present"] or ""),
                str(values["passphrase"]),
                str(values["again"]),
                said=lambda _entry: t("The passphrase is changed."),
                undoable=False,
            ),
        )

    def ask_to_end(self, row: SignatureRow, ended: KeyEnd) -> None:
        """Lost or stolen: what happened."""
        t = self.t
        stolen = ended is KeyEnd.STOLEN
        told = (
            t("Whoever has it can sign. Of what it signed only what stands in the school's register holds from now on.")
            if stolen
            else t("It signs no more; what it signed stays valid. Make a new one afterwards.")
        )
        reason = FormField(
            "reason", t("What happened"), lambda label, _a: LineEditor(label, longest=LONGEST), required=True
        )
        self._ask(
            t("The signature was stolen") if stolen else t("The passphrase is lost"),
            [told, t("This cannot be undone. Afterwards give a new list to the offices that check certificates.")],
            [reason],
            lambda values: () if str(values["reason"] or "").strip() else (_missing("reason"),),
            lambda values: self.write(
                end_signature,
                SignatureEnd(row.id, ended, str(values["reason"])),
                said=lambda _entry: t("The signature of {holder} has ended.", holder=row.holder),
                undoable=False,
            ),
        )

    def choose_export(self) -> None:
        """Where the list for offices goes."""
        dialog = self._dialog(self.t("List for offices that check certificates"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("cose")
        dialog.selectFile("eic-trust.cose")
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Sign and write a list; the passphrase is asked where there is one."""
        t = self.t

        def write(passphrase: str | None) -> None:
            self.write(export_list, path, passphrase, said=self._exported(path), undoable=False)

        if self.around.demonstration:
            write(None)
            return
        field = FormField(
            "passphrase", t("Passphrase"), lambda label, _a: LineEditor(label, secret=True), required=True
        )
        self._ask(
            t("Sign the list"),
            [],
            [field],
            lambda values: () if values["passphrase"] else (_missing("passphrase"),),
            lambda values: write(str(values["passphrase"])),
        )

    def choose_import(self) -> None:
        """The list of another school."""
        dialog = self._dialog(self.t("List of another school"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.ask_to_import(Path(name)))
        dialog.open()

    def ask_to_import(self, path: Path) -> None:
        """The code of the list where it is the first of its school."""
        t = self.t
        field = FormField(
            "fingerprint", t("Code of the list, told by telephone"), lambda label, _a: LineEditor(label, longest=40)
        )
        self._ask(
            t("List of another school"),
            [t("The first list of a school is taken only with its code. A newer one of a known school needs none.")],
            [field],
            lambda _values: (),
            lambda values: self.write(
                import_list,
                path,
                str(values["fingerprint"] or ""),
                said=lambda filed: t("The list of {issuer} is taken in.", issuer=filed.issuer),
                undoable=False,
            ),
        )

    def _ask(self, title: str, said: Sequence[str], fields: Sequence[FormField], check: Any, given: Any) -> None:
        dialog = AskFields(title, said, fields, check, self.around, self.window())
        dialog.given.connect(given)
        dialog.start({})

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self.window(), title)
        dialog.setNameFilter(self.t("Lists ({endings})", endings=_LISTS))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _exported(self, path: Path) -> Any:
        def said(filed: ListFiled) -> str:
            return self.t("{file} is written. Its code: {code}", file=path.name, code=filed.fingerprint)

        return said

    def _handed_over(self, done: HandedOver) -> str:
        QGuiApplication.clipboard().setText(done.act)
        return self.t("You are titular now. The text of the act is in the clipboard: print it and have it signed.")

    def _show(self, card: SignatureCard) -> None:
        held = any(button.hasFocus() for button in self.buttons.values())
        for each in self._cards:
            each.hide()
            each.deleteLater()
        self.buttons.clear()
        self._cards = [*map(self._active_card, card.active)] or [self._none_card()]
        self._cards += [*map(self._ended_card, card.ended), self._lists_card()]
        for each in self._cards:
            self.layout_of_page.insertWidget(self.layout_of_page.count() - 1, each)
        self._offer_own(card)
        if held and (first := self.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _none_card(self) -> Card:
        card = Card(self.t("Signature of the school: none"))
        card.add(sentence(self.t("Nothing can be approved before somebody makes one."), tone=Tone.WARNING))
        return card

    def _active_card(self, row: SignatureRow) -> Card:
        t = self.t
        title = t("Signature of the school: active")
        if row.valid_to is not None:
            title = t("Signature of the school: active until {date}", date=t.date(row.valid_to))
        card = Card(title)
        card.add(FactList(self._facts(row)))
        if row.user_id == self.around.acting.id and not self.around.read_only and not row.demonstration:
            self._deeds(
                card,
                (
                    ("passphrase", Deed(t("Change the passphrase…"), self.ask_passphrase)),
                    ("lost", Deed(t("Lost…"), partial(self.ask_to_end, row, KeyEnd.LOST))),
                    ("stolen", Deed(t("Stolen…"), partial(self.ask_to_end, row, KeyEnd.STOLEN))),
                ),
            )
        return card

    def _ended_card(self, row: SignatureRow) -> Card:
        t = self.t
        card = Card(t("Former signature: {why}", why=t(KEY_ENDS.get(row.ended or "", N_("expired")))))
        card.add(FactList(self._facts(row)))
        return card

    def _facts(self, row: SignatureRow) -> list[tuple[str, str]]:
        t = self.t
        days = t.date(row.valid_from)
        if row.valid_to is not None:
            days = f"{days} – {t.date(row.valid_to)}"
        return [
            (t("Holder"), f"{row.holder} ({t(KEY_TITLES[row.title])})"),
            (t("Signs certificates dated"), days),
            (t("Certificates signed"), t.number(row.certificates)),
            (t("Code of the signature"), row.fingerprint),
        ]

    def _lists_card(self) -> Card:
        t = self.t
        card = Card(t("Lists for checking"))
        card.add(
            sentence(t("Offices far from the school check certificates by a list of its signatures and annulments."))
        )
        if not self.around.read_only:
            self._deeds(
                card,
                (
                    ("export", Deed(t("Write the list…"), self.choose_export)),
                    ("import", Deed(t("Take in the list of another school…"), self.choose_import)),
                ),
            )
        return card

    def _offer_own(self, card: SignatureCard) -> None:
        """What the acting manager may make who holds none: the first titular, the next one, or a deputy."""
        t = self.t
        holds = any(row.user_id == self.around.acting.id for row in card.active)
        if holds or self.around.read_only or self.around.demonstration:
            return
        titular = any(row.title == KeyTitle.TITULAR for row in card.active)
        deeds = [("deputy", Deed(t("Make a deputy's signature…"), partial(self.ask_to_make, KeyTitle.DEPUTY)))]
        if titular:
            deeds.insert(0, ("hand_over", Deed(t("Take over as titular…"), self.ask_to_hand_over)))
        else:
            first = Deed(t("Make the titular's signature…"), partial(self.ask_to_make, KeyTitle.TITULAR))
            deeds.insert(0, ("titular", first))
        self._deeds(self._cards[0], deeds)

    def _deeds(self, card: Card, deeds: Sequence[tuple[str, Deed]]) -> None:
        row = QWidget()
        flow = FlowLayout(row, 8)
        for name, deed in deeds:
            self.buttons[name] = deed_button(deed)
            flow.addWidget(self.buttons[name])
        card.add(row)


def _new_fields(part: SignaturePart) -> tuple[FormField, FormField]:
    t = part.t
    hint = t("At least 12 characters; several words are good. Not the password with which you sign in.")
    return (
        FormField(
            "passphrase", t("New passphrase"), lambda label, _a: LineEditor(label, secret=True), hint, required=True
        ),
        FormField("again", t("The passphrase again"), lambda label, _a: LineEditor(label, secret=True), required=True),
    )


def _new_problems(values: Mapping[str, Any], login: str) -> Sequence[DraftProblem]:
    passphrase = str(values["passphrase"] or "")
    problems = passphrase_problems(passphrase, login)
    if not problems and passphrase != values["again"]:
        return (DraftProblem("again", N_("The passphrase was typed differently the second time.")),)
    return problems


def _missing(field: str) -> DraftProblem:
    return DraftProblem(field, N_("This is needed."))
