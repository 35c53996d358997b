"""What waits for approval in a course, as it prints: at the left what is wrong with it, at the right the sheets."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.domain.permissions import Action
from eic_tracker.gui import theme
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, DeedLine, deed_button, rest
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.pdf_view import PdfView
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.i18n import Translator
from eic_tracker.reports.template_preflight import Finding, Preflight
from eic_tracker.services.certificate_batch import BatchReview

_PAGES = {"participant": "person", "instructor": "instructor"}
_NARROW = 620
_LEFT = 260


class CertificateReviewPart(QWidget):
    """`approve_wanted` carries the keys of the certificates that were seen."""

    approve_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    """the same: they are not wanted any more"""
    go_wanted = Signal(object)
    left = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t = self._t = around.t
        self._review: BatchReview | None = None
        self.back = deed_button(Deed(t("Back to the list"), self.left.emit))
        self.approve = deed_button(Deed(t("Approve certificates…"), self._approve), look="primary")
        self.withdraw = deed_button(Deed(t("Take them back"), self._withdraw))
        self.count = sentence("")
        self.findings = ScrolledColumn()
        self.lines = QVBoxLayout(self.findings)
        self.lines.setContentsMargins(0, 0, theme.SPACE, 0)
        self.lines.setSpacing(theme.SPACE)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self.findings)
        self.area.setAccessibleName(t("What was found"))
        self.area.setMinimumWidth(_LEFT)
        self.view = PdfView(around.jobs, t)
        self.view.setAccessibleName(t("The certificates as they would be printed"))
        head = QWidget()
        flow = FlowLayout(head, theme.GAP)
        for button in (self.back, self.withdraw, self.approve):
            flow.addWidget(button)
        self.approve.setVisible(around.may(Action.APPROVE_CERTIFICATES) and not around.read_only)
        self.withdraw.setVisible(around.may(Action.PREPARE_CERTIFICATES) and not around.read_only)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP)
        whole.addWidget(head)
        whole.addWidget(self.count)
        whole.addWidget(TwoSides(self.area, self.view, (1, 2), beside=_NARROW), 1)

    def show_review(self, review: BatchReview) -> None:
        """Show what was read; the keyboard stands on the first thing to mend, else on what goes on."""
        t = self._t
        self._review = review
        self.count.setText(found_words(review.found, t))
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for words, stops in ((t("To be mended before approval"), True), (t("To be looked at"), False)):
            of_kind = [each for each in review.found.findings if each.stops is stops]
            if of_kind:
                self.lines.addWidget(sentence(words, tone=Tone.ERROR if stops else Tone.WARNING))
            for finding in of_kind:
                self.lines.addWidget(self._line(finding))
        if not review.found.findings:
            self.lines.addWidget(sentence(t("Nothing wrong was found."), tone=Tone.OK))
        self.lines.addStretch(1)
        self.view.show_pdf(review.pdf)
        rest(self.withdraw, "" if review.keys else t("Nothing waits for approval."), t("They can be prepared again."))
        why = t("Something must be mended first.") if review.found.stops else ""
        rest(self.approve, why if review.keys else t("Nothing waits for approval."))
        (self.approve if self.approve.isEnabled() and self.approve.isVisible() else self.back).setFocus()

    def _line(self, finding: Finding) -> QWidget:
        words = self._t("{name}: {finding}", name=finding.name, finding=finding.text(self._t))
        place = self._place_of(finding)
        return sentence(words) if place is None else DeedLine(Deed(words, partial(self.go_wanted.emit, place)))

    def _place_of(self, finding: Finding) -> Place | None:
        person = self._review.people.get(finding.key) if self._review is not None else None
        return Place(_PAGES[person[0]], person[1]) if person is not None else None

    def _withdraw(self) -> None:
        if self._review is not None:
            self.withdraw_wanted.emit(self._review.keys)

    def _approve(self) -> None:
        if self._review is not None:
            self.approve_wanted.emit(self._review.keys)


def found_words(found: Preflight, t: Translator) -> str:
    """How many wait, and whose name is the longest: it stands on the first sheet."""
    if not found.count:
        return t("Nothing waits for approval.")
    said = t.plural("{count} certificate waits for approval.", "{count} certificates wait for approval.", found.count)
    return said + " " + t("First the longest name: {name}.", name=found.longest_name)
