"""A list of the window as a workbook: its filters, count, date and user above the rows."""

from __future__ import annotations

from typing import BinaryIO

from eic_tracker.clock import HONDURAS
from eic_tracker.i18n import Translator
from eic_tracker.reports.view_paper import ViewColumn, ViewPaper
from eic_tracker.reports.xlsx.detail_table import DetailTable, Field, Kind
from eic_tracker.reports.xlsx.workbook import open_book


def view_xlsx(paper: ViewPaper, t: Translator, file: BinaryIO) -> None:
    """Write the list; identity numbers and all other texts are text, whatever they begin with."""
    made = paper.made_at.astimezone(HONDURAS)
    moment = f"{t.date(made.date())} {made:%H:%M}"
    taken = t("Taken out by {user} on {moment}", user=paper.made_by, moment=moment)
    with open_book(
        file,
        t,
        title=paper.title,
        subject=paper.count,
        author=paper.made_by,
        made_at=paper.made_at,
        imprint=taken,
        demonstration=paper.demonstration,
    ) as book:
        note = [taken + (f" · {t('Reason: {reason}', reason=paper.reason)}" if paper.reason else "")]
        if paper.names_people:
            note.append(t("It holds names and identity numbers of officers and investigators. Do not pass it on."))
        note.append(t("Filters: {filters}", filters=" · ".join(paper.filters)) if paper.filters else t("No filters"))
        note += [each for each in (paper.count, paper.rule) if each]
        fields = [Field(f"c{number}", column.title, _kind(column)) for number, column in enumerate(paper.columns, 1)]
        DetailTable(book, "view", paper.title, fields, note="\n".join(note)).write(paper.rows)


def _kind(column: ViewColumn) -> Kind:
    return Kind.DATE if column.date else Kind.COUNT if column.number else Kind.TEXT
