"""One certificate: what it says, its place in the register, its life, and what can be done with it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.certificate_acts import CertificateActs
from eic_tracker.gui.certificate_part import CertificatePart
from eic_tracker.gui.code_words import CERTIFICATE_KINDS
from eic_tracker.gui.grids.certificates import certificate_status_tone, certificate_status_words, register_words
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_parts import PartsPage, RecordPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.services.profiles import CertificateDetail, certificate_detail


class CertificatePage(PartsPage):
    """Reached from every list that names certificates and from the search; an instructor sees those of own courses."""

    name = "certificate"
    shows = frozenset(
        {
            "certificate",
            "register_entry",
            "delivery",
            "revocation",
            "certificate_sheet",
            "enrolment",
            "participant",
            "offering",
            "instructor",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(certificate_detail, around, parent)
        self.acts = CertificateActs(self)
        self.add_to_head(self.acts)
        self.add_part("certificate", self.t("Certificate"), self._cards)
        self.add_part("history", self.t("History"), self.history_part)

    def show_head(self, detail: CertificateDetail) -> None:
        """Number, state, and in a line what it is, of whom, and where it stands."""
        t, row = self.t, detail.row
        kind = t(CERTIFICATE_KINDS[row.kind])
        self.set_title(f"{kind} {row.number}" if row.number else t("{kind} without a number yet", kind=kind))
        self.badge.say(certificate_status_tone(row), certificate_status_words(row, t))
        name = " ".join(part for part in (row.rank, row.name) if part)
        dated = t.date(row.dated) if row.dated else None
        code = detail.text.telephone_code if detail.text is not None else ""
        said = t("Code {code}", code=code) if code else None
        self.say_line(name, row.course_title, dated, register_words(row, t), said)
        self.acts.show_certificate(row)

    def print_view(self) -> None:
        """Ctrl+P: the paper."""
        if self.acts.acts["see"].isVisible():
            self.acts.see()
        else:
            super().print_view()

    def _cards(self) -> RecordPart:
        part = CertificatePart(self.around)
        part.with_head = False
        part.go_wanted.connect(self.go_requested)
        part.certificate_wanted.connect(lambda key: self.go_requested.emit(Place("certificate", key)))
        return part
