"""What would go wrong when a batch of certificates is printed: what stops it first, each line opens its certificate."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import N_
from eic_tracker.reports.template_preflight import Preflight

_ROWS = 5

_COLUMNS = (
    Column("name", N_("Name"), lambda row, _t: row.name, width=30),
    Column(
        "what",
        N_("What is wrong"),
        lambda row, t: row.text(t),
        width=70,
        stretch=True,
        tone=lambda row: Tone.ERROR if row.stops else Tone.WARNING,
    ),
)


class BatchFindings(QWidget):
    """A sentence, and the lines where there are any; Enter opens the certificate."""

    certificate_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = around.t
        self.said = sentence("")
        self.table = SmallTable(around.t("What the check found"), _COLUMNS, around)
        self.table.opened.connect(lambda line: self.certificate_wanted.emit(self.table.rows[line].key))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.said)
        column.addWidget(self.table)

    def show_found(self, found: Preflight) -> None:
        """Tell what was found; the keyboard goes to the lines."""
        t, stops = self._t, sum(each.stops for each in found.findings)
        if not found.count:
            words = t("No certificate of this course waits for approval.")
        elif not found.findings:
            words = t.plural(
                "{count} certificate was checked; nothing stands in the way.",
                "{count} certificates were checked; nothing stands in the way.",
                found.count,
            )
        else:
            words = t(
                "Checked: {count}. Stops the approval: {stops}. To be looked at: {others}. Longest name: {name}",
                count=t.number(found.count),
                stops=t.number(stops),
                others=t.number(len(found.findings) - stops),
                name=found.longest_name,
            )
        self.said.setText(words)
        announce(self, words)
        self.table.setVisible(bool(found.findings))
        self.table.show_rows(dict(enumerate(found.findings, 1)))
        height = self.table.horizontalHeader().sizeHint().height() + 2 * self.table.frameWidth() + 2
        self.table.setFixedHeight(
            height + min(len(found.findings), _ROWS) * self.table.verticalHeader().defaultSectionSize()
        )
        self.show()
        if found.findings:
            self.table.select_key(1)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
