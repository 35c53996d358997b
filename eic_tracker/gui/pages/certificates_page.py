"""Certificates: those that wait, were issued or annulled; the chosen one with the text frozen on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.certificate_acts import CertificateActs
from eic_tracker.gui.certificate_part import CertificatePart
from eic_tracker.gui.grid_page import GridPage
from eic_tracker.gui.grids.certificates import CERTIFICATES_GRID
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.tabbed_grids import own_words
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.services.profiles import CertificateDetail, certificate_detail


class CertificatesPage(GridPage):
    """The list at the left, the chosen certificate at the right; Enter opens it as a page of its own.

    An instructor sees those of own courses."""

    name = "certificates"
    opens = "certificate"
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
        super().__init__(own_words(CERTIFICATES_GRID, around), around, parent)
        self.detail = CertificatePart(around)
        self.detail.setMinimumWidth(300)
        self.detail.call(self.t("The chosen certificate"))
        self.detail.show_nothing()
        self.acts = CertificateActs(self)
        self.add_to_head(self.acts)
        self.ways = QWidget()
        flow = FlowLayout(self.ways, theme.GAP)
        for words, page in self._ways():
            deed = Deed(words, partial(self.go_requested.emit, Place(page)))
            flow.addWidget(deed_button(deed, look="link"))
        self.layout_of_page.removeWidget(self.grid)
        self.layout_of_page.addWidget(self.ways)
        self.sides = TwoSides(self.grid, self.detail, beside=_BESIDE)
        self.layout_of_page.addWidget(self.sides, 1)
        self.grid.current_changed.connect(self._on_current)
        self.detail.go_wanted.connect(self.go_requested)
        self.detail.certificate_wanted.connect(self._on_certificate_wanted)

    def show_place(self, place: Place) -> None:
        """The list as it was left; `certificate` in the state names the one to show."""
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
        if focused is not None and self.detail.isAncestorOf(focused):
            self.grid.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().go_up()

    def _ways(self) -> list[tuple[str, str]]:
        """The pages about certificates that have no place in the rail."""
        t, ways = self.t, [(self.t("Check a certificate"), "verify")]
        if right(self.around.acting, Action.READ_PEOPLE) is Right.YES:
            ways = [
                (t("Waiting for approval"), "approvals"),
                (t("Not collected"), "uncollected"),
                (t("Register"), "register"),
                *ways,
            ]
        return ways

    def _on_current(self, key: int | None) -> None:
        if key is None:
            self.detail.show_nothing()
            self.acts.show_certificate(None)
        else:
            self.read(
                certificate_detail,
                key,
                self.around.today,
                done=self._show,
                failed=self._on_not_read,
                what="certificate",
            )

    def _show(self, found: CertificateDetail) -> None:
        self.detail.show_detail(found, {})
        self.acts.show_certificate(found.row)

    def _on_certificate_wanted(self, key: int) -> None:
        if not self.grid.select_key(key):
            self.grid.restore({"current": key, "selected": [key]})

    def _on_not_read(self, failure: Failure) -> None:
        self.detail.show_nothing(notice_of(failure, self.t).text)
        self.acts.show_certificate(None)


_BESIDE = 1000
"""Pixels from which the columns of the list and a certificate have room."""
