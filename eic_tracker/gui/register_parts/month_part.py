"""The monthly report of certificates for offices outside: issued, annulled, duplicates, code of the last folio."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.register_parts.part import RegisterPart
from eic_tracker.gui.widgets.paper_preview import PaperPreview
from eic_tracker.services.monthly_certificates import monthly_report

_MONTHS = 36


class MonthPart(RegisterPart):
    """The paper of the chosen month, as it is printed."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        t = self.t
        self.month = QComboBox()
        self.month.setAccessibleName(t("Month"))
        self.month.setMinimumHeight(theme.TARGET)
        first = self.around.today.replace(day=1)
        for _ in range(_MONTHS):
            self.month.addItem(f"{first:%m/%Y}", first)
            first = (first - dt.timedelta(days=1)).replace(day=1)
        self.month.setCurrentIndex(1)
        self.tools.addWidget(self.month)
        self.preview = PaperPreview(self.around)
        self.column.addWidget(self.preview, 1)
        self.month.currentIndexChanged.connect(lambda _place: self.refresh())
        self.preview.noticed.connect(page.noticed)
        self.preview.saved.connect(lambda text: page.done.emit(text, False))

    def refresh(self) -> None:
        """Make the report of the chosen month."""
        month = self.month.currentData()
        title = self.t("Certificates of {month}", month=self.month.currentText())
        make = partial(monthly_report, month=month, t=self.t, today=self.around.today)
        self.preview.show_paper(make, title, f"{title}.pdf")

    def state(self) -> dict[str, Any]:
        """The month in sight."""
        return {"month": self.month.currentIndex()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The month that was in sight."""
        place = state.get("month")
        if isinstance(place, int) and place != self.month.currentIndex():
            self.month.setCurrentIndex(place)
        else:
            self.refresh()

    def first_focus(self) -> QWidget:
        """The month."""
        return self.month
