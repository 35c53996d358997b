"""One certificate in cards: what the paper says, where it stands in the register, who has it, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.code_words import CERTIFICATE_KINDS
from eic_tracker.gui.grids.cells import moment
from eic_tracker.gui.grids.certificates import certificate_status_tone, certificate_status_words, waiting_words
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_parts import ScrollPart
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.badge import Badge
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import Fact, FactList
from eic_tracker.queries.certificate_detail import CertificateLink, FrozenText, RevocationLine
from eic_tracker.reports.paper_words import ANNULMENT_GROUNDS
from eic_tracker.reports.report_words import days_words
from eic_tracker.services.profiles import CertificateDetail
from eic_tracker.services.replacing import REPLACED


class CertificatePart(ScrollPart):
    """Cards from the number down to the annulment; `with_head` off where a page says number and state itself."""

    go_wanted = Signal(object)
    certificate_wanted = Signal(int)
    with_head = True

    def show_nothing(self, text: str = "") -> None:
        """No certificate is chosen, or it could not be read."""
        self.show_detail(text or self.t("Choose a certificate to see what it says."), {})

    def fill(self, detail: CertificateDetail | str) -> None:
        """Cards from the number down to the annulment; or one sentence."""
        if isinstance(detail, str):
            self.say(self.card(""), detail, muted=True)
            return
        t, row = self.t, detail.row
        head = self.card((row.number or t("No number yet")) if self.with_head else t("Belongs to"))
        if self.with_head:
            badge = Badge(self.around.colours, certificate_status_tone(row), certificate_status_words(row, t))
            head.body.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_links(head, detail)
        for revocation in detail.revocations:
            self._fill_revocation(revocation)
        self._fill_text(detail.text)
        self._fill_register(detail)

    def state(self) -> Mapping[str, Any]:
        """Nothing of its own: the list says which certificate is shown."""
        return {}

    def _fill_revocation(self, line: RevocationLine) -> None:
        t = self.t
        replaced = line.reason == REPLACED
        day = t.date(line.revoked_on)
        card = self.card(t("Replaced on {date}", date=day) if replaced else t("Annulled on {date}", date=day))
        self.say(card, t(ANNULMENT_GROUNDS[line.ground]), Tone.WARNING if replaced else Tone.ERROR)
        if not replaced:
            self.say(card, line.reason)
        if line.authorised_by:
            self.say(card, t("Ordered by {name}", name=line.authorised_by), muted=True)

    def _add_links(self, card: Card, detail: CertificateDetail) -> None:
        t, row = self.t, detail.row
        links: list[tuple[str, Place]] = []
        if row.participant_id is not None:
            links.append((t("Person: {name}", name=row.name), Place("person", row.participant_id)))
        if row.instructor_id is not None:
            links.append((t("Instructor: {name}", name=row.name), Place("instructor", row.instructor_id)))
        if row.offering_id is not None:
            links.append((t("Course {code}", code=row.offering), Place("offering", row.offering_id)))
        for words, place in links:
            card.add(deed_button(Deed(words, partial(self.go_wanted.emit, place)), look="link"))
        if detail.first is not None:
            card.add(self._link(t("Duplicate of {number}", number=detail.first.number), detail.first))
        for duplicate in detail.duplicates:
            waits = t("A duplicate waits for approval")
            words = t("Replaced by {number}", number=duplicate.number) if duplicate.number else waits
            card.add(self._link(words, duplicate))

    def _link(self, words: str, other: CertificateLink) -> QWidget:
        return deed_button(Deed(words, lambda: self.certificate_wanted.emit(other.id)), look="link")

    def _fill_text(self, text: FrozenText | None) -> None:
        t = self.t
        card = self.card(t("What the paper says"))
        if text is None:
            self.say(card, t("The text is frozen when the certificate is approved."), muted=True)
            return
        signed = "\n".join(
            ", ".join(part for part in (each.rank, each.name, each.post) if part) for each in text.signatories
        )
        days = days_words(text.starts_on, text.ends_on, t) if text.starts_on and text.ends_on else ""
        facts: list[Fact] = [
            (t("Name"), " ".join(part for part in (text.rank, text.name) if part)),
            (t("Document"), text.document or ""),
            (t("Course"), f"{text.course_title} ({text.offering})" if text.offering else text.course_title),
            (t("Days"), days),
            (t("Hours"), "" if text.hours is None else t.number(text.hours)),
            (t("Held at"), text.course_place or ""),
            (t("Given at"), f"{text.place}, {t.date(text.issued_on)}"),
            (t("Signed by"), signed),
            (t("Reference"), text.reference),
            (t("Purpose"), text.purpose),
            (t("Asked for by"), text.asked_by),
            (t("Valid until"), t.date(text.valid_to) if text.valid_to else ""),
            (t("Code for the telephone"), text.telephone_code),
        ]
        card.add(FactList([fact for fact in facts if fact[1]]))
        if text.demonstration:
            self.say(card, t("It says on the paper that it is a sample without value."), Tone.WARNING)

    def _fill_register(self, detail: CertificateDetail) -> None:
        t, row = self.t, detail.row
        lines = "\n".join(
            t(
                "book {book}, folio {folio}, entry {entry} ({date})",
                book=line.book,
                folio=line.folio,
                entry=line.entry,
                date=t.date(line.entered_on),
            )
            for line in detail.register
        )
        handed = "\n".join(
            " · ".join(part for part in (t.date(each.delivered_on), each.received_by, each.letter) if part)
            for each in detail.deliveries
        )
        sheets = "\n".join(line.serial for line in detail.sheets)
        facts: list[Fact] = [
            (t("Kind"), t(CERTIFICATE_KINDS[row.kind])),
            (t("Cause of the duplicate"), self._cause(detail)),
            (t("Prepared by"), row.prepared_by or ""),
            (t("Approved by"), row.approved_by or ""),
            (t("Issued"), moment(row.issued_at, t) if row.issued_at else t("not yet")),
            (t("Register"), lines or t("in no book yet")),
            (t("Handed over"), handed or t("not yet")),
            (t("Waits to be collected"), waiting_words(row, t)),
            (t("Errors can be claimed until"), t.date(detail.claims_until) if detail.claims_until else ""),
            (t("Spoiled sheets"), sheets),
        ]
        self.card(t("Register and delivery")).add(FactList([fact for fact in facts if fact[1]]))

    def _cause(self, detail: CertificateDetail) -> str:
        cause, t = detail.cause, self.t
        if cause is None:
            return ""
        day = t.date(cause.dated) if cause.dated else ""
        said = (t(ANNULMENT_GROUNDS[cause.cause]), cause.number, day, cause.sender)
        return " · ".join(part for part in said if part)
