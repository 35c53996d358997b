"""A list of paper diplomas looked through before it is taken in: what is recorded, what stays out and why."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import N_
from eic_tracker.services.paper_book_import import PapersTaken


class PaperImportReview(DialogFrame):
    """Accepted where the person takes in what can be."""

    def __init__(self, file: str, found: PapersTaken, around: Surroundings, parent: QWidget) -> None:
        t = around.t
        super().__init__(t("Diplomas of {file}", file=file), QSize(820, 560), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = t.plural("{count} diploma can be recorded.", "{count} diplomas can be recorded.", found.taken)
        self.body.addWidget(sentence(told))
        if found.left_out:
            out = t.plural(
                "{count} row stays out; its reason stands beside it.",
                "{count} rows stay out; their reasons stand beside them.",
                found.left_out,
            )
            self.body.addWidget(sentence(out, tone=Tone.WARNING))
        self.table = SmallTable(t("Rows of the list"), _COLUMNS, around)
        self.table.setMinimumHeight(260)
        self.body.addWidget(self.table, 1)
        self.table.show_rows({row.row: row for row in sorted(found.rows, key=lambda row: row.problem is None)})
        self.cancel = self.add_button(t("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.take = self.add_button(t("Record them"), primary=True)
        self.take.setEnabled(found.taken > 0)
        self.take.clicked.connect(self.accept)


_COLUMNS = (
    Column("row", N_("Row"), lambda row, t: t.number(row.row), width=6, number=True),
    Column("number", N_("Number"), lambda row, _t: row.number or "—", width=12),
    Column("name", N_("Name"), lambda row, _t: row.name, width=26, stretch=True),
    Column(
        "what",
        N_("What happens"),
        lambda row, t: row.text(t) or (t("recorded, linked to its roster") if row.linked else t("recorded")),
        width=44,
        tone=lambda row: Tone.OK if row.problem is None else Tone.WARNING,
        stretch=True,
    ),
)
