"""Certificates that hold and nobody collected, those that wait longest first; printed and exported as every list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.certificate_acts import CertificateActs
from eic_tracker.gui.grid_page import GridPage
from eic_tracker.gui.grids.certificates import UNCOLLECTED_GRID
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.queries.listing import Request
from eic_tracker.services.profiles import CertificateDetail, certificate_detail

_WAITING = Request(filters=(("uncollected", "yes"),))


class UncollectedPage(GridPage):
    """Enter opens the certificate; its deeds are at the head, so that one that is collected is noted at once."""

    name = "uncollected"
    opens = "certificate"
    shows = frozenset({"certificate", "delivery", "enrolment", "participant", "offering", "setting"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(UNCOLLECTED_GRID, around, parent)
        t = self.t
        self.acts = CertificateActs(self)
        self.add_to_head(self.acts)
        said = t("The mark stands where somebody waits for longer than errors may be claimed.")
        self.layout_of_page.insertWidget(1, sentence(said, muted=True))
        self.grid.current_changed.connect(self._on_current)

    def show_place(self, place: Place) -> None:
        """All that wait, as the list was left."""
        state: Mapping[str, Any] = place.state.get("grid", {})
        self.grid.restore(state, _WAITING)

    def refresh(self) -> None:
        """Read again; what was handed over leaves."""
        super().refresh()
        self._on_current(self.grid.current_key())

    def _on_current(self, key: int | None) -> None:
        if key is None:
            self.acts.show_certificate(None)
        else:
            self.read(certificate_detail, key, self.around.today, done=self._show, what="certificate")

    def _show(self, found: CertificateDetail) -> None:
        self.acts.show_certificate(found.row)
