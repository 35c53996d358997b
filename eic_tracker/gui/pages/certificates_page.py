"""Certificates: those that wait, were issued or annulled; the chosen one with the text frozen on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from eic_tracker.gui.code_words import CERTIFICATE_KINDS
from eic_tracker.gui.grid_page import GridPage
from eic_tracker.gui.grids.cells import moment
from eic_tracker.gui.grids.certificates import (
    CERTIFICATES_GRID,
    certificate_status_tone,
    certificate_status_words,
)
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.page_list import PAGES, may_open
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_parts import ScrollPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.tabbed_grids import own_words
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.badge import Badge
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import FactList
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.queries.certificate_detail import CertificateLink, FrozenText
from eic_tracker.reports.paper_words import ANNULMENT_GROUNDS
from eic_tracker.reports.report_words import days_words
from eic_tracker.services.profiles import CertificateDetail, certificate_detail


class CertificatesPage(GridPage):
    """The list at the left, the chosen certificate at the right; an instructor sees those of own courses."""

    name = "certificates"
    shows = frozenset(
        {
            "certificate",
            "register_entry",
            "delivery",
            "revocation",
            "enrolment",
            "participant",
            "offering",
            "instructor",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(own_words(CERTIFICATES_GRID, around), around, parent)
        self.detail = CertificatePart(around)
        self.detail.setMinimumWidth(300)
        self.detail.call(self.t("The chosen certificate"))
        self.detail.show_nothing()
        check = deed_button(Deed(self.t("Check a certificate"), lambda: self.go_requested.emit(Place("verify"))))
        self.add_to_head(check)
        if may_open(PAGES["register"], around):
            register = Deed(self.t("Register"), lambda: self.go_requested.emit(Place("register")))
            self.add_to_head(deed_button(register))
        self.layout_of_page.removeWidget(self.grid)
        self.sides = TwoSides(self.grid, self.detail, beside=_BESIDE)
        self.layout_of_page.addWidget(self.sides, 1)
        self.grid.current_changed.connect(self._on_current)
        self.detail.go_wanted.connect(self.go_requested)
        self.detail.certificate_wanted.connect(self._on_certificate_wanted)

    def show_place(self, place: Place) -> None:
        """The list as it was left; `certificate` in the state names the one to show."""
        self.sides.close_detail()
        wanted = place.state.get("certificate")
        if isinstance(wanted, int):
            self.grid.restore({"current": wanted, "selected": [wanted]})
        else:
            super().show_place(place)

    def refresh(self) -> None:
        """Read again; the same certificate stays chosen."""
        super().refresh()
        self._on_current(self.grid.current_key())

    def go_up(self) -> bool:
        """Esc: from the certificate back to the list, then out of the search box."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.detail.isAncestorOf(focused)
        if self.sides.close_detail() or inside:
            self.grid.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().go_up()

    def _on_opened(self, key: int) -> None:
        self._on_current(key)
        self.sides.open_detail()
        wanted = self.detail.first_focus()
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current(self, key: int | None) -> None:
        if key is None:
            self.detail.show_nothing()
        else:
            self.read(
                certificate_detail,
                key,
                self.around.today,
                done=lambda found: self.detail.show_detail(found, {}),
                failed=self._on_not_read,
                what="certificate",
            )

    def _on_certificate_wanted(self, key: int) -> None:
        if not self.grid.select_key(key):
            self.grid.restore({"current": key, "selected": [key]})

    def _on_not_read(self, failure: Failure) -> None:
        self.detail.show_nothing(notice_of(failure, self.t).text)


_BESIDE = 1000
"""Pixels from which the columns of the list and a certificate have room."""


class CertificatePart(ScrollPart):
    """What the paper says, where it stands in the register, who has it."""

    go_wanted = Signal(object)
    certificate_wanted = Signal(int)

    def show_nothing(self, text: str = "") -> None:
        """No certificate is chosen, or it could not be read."""
        self.show_detail(text or self.t("Choose a certificate to see what it says."), {})

    def fill(self, detail: CertificateDetail | str) -> None:
        """Cards from the number down to the annulment; or one sentence."""
        if isinstance(detail, str):
            self.say(self.card(""), detail, muted=True)
            return
        t, row = self.t, detail.row
        head = self.card(row.number or t("No number yet"))
        badge = Badge(self.around.colours, certificate_status_tone(row), certificate_status_words(row, t))
        head.body.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_links(head, detail)
        self._fill_text(detail.text)
        self._fill_register(detail)
        for revocation in detail.revocations:
            card = self.card(t("Annulled on {date}", date=t.date(revocation.revoked_on)))
            self.say(card, t(ANNULMENT_GROUNDS[revocation.ground]), Tone.ERROR)
            self.say(card, revocation.reason)
            if revocation.authorised_by:
                self.say(card, t("Ordered by {name}", name=revocation.authorised_by), muted=True)

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
            number = duplicate.number or t("no number yet")
            card.add(self._link(t("Replaced by {number}", number=number), duplicate))

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
        card.add(
            FactList(
                [
                    (t("Name"), " ".join(part for part in (text.rank, text.name) if part)),
                    (t("Document"), text.document or ""),
                    (t("Course"), f"{text.course_title} ({text.offering})"),
                    (t("Days"), days),
                    (t("Hours"), "" if text.hours is None else t.number(text.hours)),
                    (t("Held at"), text.course_place or ""),
                    (t("Given at"), f"{text.place}, {t.date(text.issued_on)}"),
                    (t("Signed by"), signed),
                    (t("Reference"), text.reference),
                ]
            )
        )
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
        facts = [
            (t("Kind"), t(CERTIFICATE_KINDS[row.kind])),
            (t("Prepared by"), row.prepared_by or ""),
            (t("Approved by"), row.approved_by or ""),
            (t("Issued"), moment(row.issued_at, t) if row.issued_at else t("not yet")),
            (t("Register"), lines or t("in no book yet")),
            (t("Handed over"), handed or t("not yet")),
        ]
        self.card(t("Register and delivery")).add(FactList(facts))

    def state(self) -> Mapping[str, Any]:
        """Nothing of its own: the list says which certificate is shown."""
        return {}
