"""The exceptions of the period with who authorised each."""

from __future__ import annotations

from reportlab.platypus import Flowable

from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.paper_words import EXCEPTIONS
from eic_tracker.reports.pdf.page import BODY, CELL, FINE, paragraph, section
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, report_table


def exception_section(data: ReportData, t: Translator) -> list[Flowable]:
    """Each exception entered in the period: what, in which course, for how many people, by whose order."""
    story = section(t("Exceptions and who authorised them"))
    if not data.exceptions:
        return [*story, paragraph(t("No exception was entered in the period."), BODY)]
    columns = [
        Column(t("Entered"), 54),
        Column(t("Exception")),
        Column(t("Concerns"), 96),
        number_column(t("People"), 40),
        Column(t("Authorised by"), 190),
    ]
    rows: list[list[Cell]] = [
        [
            t.date(line.day),
            "; ".join(t(EXCEPTIONS[kind]) if kind in EXCEPTIONS else kind for kind in line.kinds),
            line.concerns or "—",
            line.people or "—",
            [
                paragraph(line.authorised_by, CELL),
                paragraph(", ".join(part for part in (line.post, line.letter) if part), FINE),
            ],
        ]
        for line in data.exceptions
    ]
    return [*story, report_table(columns, rows, t)]
