"""Coverage of a programme of the schools as a workbook: one table, its chart, and the rules by which it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from xlsxwriter.chart import Chart

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.codes import Measure, Sex
from eic_tracker.domain.facts import Dimension, Heads
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.coverage_words import BREAKDOWNS, CELLS, COUNTED_AGAIN, ONCE
from eic_tracker.reports.report_words import measure_words
from eic_tracker.reports.rollup.sections import part_name
from eic_tracker.reports.xlsx.page import Page
from eic_tracker.reports.xlsx.small_numbers import LEFT_OUT, left_out
from eic_tracker.reports.xlsx.workbook import Book, Cell, Column, Look, open_book

_SPLIT = ((0, 1, 2, 3), (4, 5, 6, 7))
"""The numbers of a line of which the first is the sum of the others: reached, graduated."""
_FIRST = 3
"""Before the numbers: the cell, class groups, schools."""
_MOST_IN_CHART = 40
"""More columns cannot be told apart."""
_LEFT_OUT = N_(
    "For third parties: * stands for numbers of people below five and for those from which one of them could be"
    " worked out."
)


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A cell with what was done in it; `parent` is the line that holds it (a municipality's department), "" the whole.

    Lines that are not `shown` stand in the other table about the same numbers, which a reader may lay beside it."""

    key: str
    words: str
    groups: int
    schools: int
    reached: Heads
    graduated: Heads
    parent: str = ""
    shown: bool = True

    @property
    def numbers(self) -> tuple[int, ...]:
        """Reached and graduated, each followed by girls, boys and those not recorded."""
        return tuple(
            number
            for heads in (self.reached, self.graduated)
            for number in (heads.total, heads.girls, heads.boys, heads.unrecorded)
        )


@dataclass(frozen=True, slots=True)
class CoveragePaper:
    """What the workbook shows, and who gets it."""

    programme: str
    by: Dimension
    lines: tuple[CoverageLine, ...]
    total: CoverageLine
    year: int | None
    as_of: dt.date
    public: bool
    """for third parties: small numbers are left out"""
    made_at: dt.datetime
    made_by: str
    journal_code: str
    demonstration: bool


def coverage_xlsx(paper: CoveragePaper, t: Translator, file: BinaryIO) -> None:
    """Write the coverage; lines without anything are in it, with zeros."""
    made = paper.made_at.astimezone(HONDURAS)
    title = f"{t('Coverage')} · {t(BREAKDOWNS[paper.by])}"
    with open_book(
        file,
        t,
        title=title,
        subject=t("Children and young people reached and graduated"),
        author=paper.made_by,
        made_at=paper.made_at,
        imprint=f"{t.date(made.date())} {made:%H:%M} · {paper.journal_code}",
        demonstration=paper.demonstration,
    ) as book:
        page = Page(
            book,
            t(BREAKDOWNS[paper.by]),
            _columns(paper, t),
            title=f"{paper.programme} · {title}",
            note=_note(paper, t),
        )
        hidden = hidden_numbers(paper.lines, paper.total) if paper.public else set()
        first = page.next_row
        for place, line in enumerate(paper.lines):
            if line.shown:
                page.row(line.words, line.groups, line.schools, *_cells(line, place, hidden))
        last = page.next_row - 1
        _write_total(page, paper, (first, last), hidden, t)
        if first <= last < first + _MOST_IN_CHART:
            page.gap()
            page.charts([_chart(book, page, (first, last), paper.by, t)])
        page.finish()


def hidden_numbers(lines: Sequence[CoverageLine], total: CoverageLine) -> set[tuple[int, int]]:
    """The numbers that third parties may not see: (line, number), the total being the last line.

    Both tables about the same numbers are looked at together, so that neither tells what the other leaves out."""
    rows = [dict(enumerate(line.numbers)) for line in (*lines, total)]
    places = {line.key: place for place, line in enumerate(lines)}
    inside: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        inside.setdefault(places[line.parent] if line.parent else len(lines), []).append(place)
    return left_out(rows, _SPLIT, nested=[(parent, *parts) for parent, parts in inside.items()])


def _columns(paper: CoveragePaper, t: Translator) -> list[Column]:
    headings = [
        words
        for measure in (Measure.REACHED, Measure.GRADUATED)
        for words in (measure_words(measure, t), *(part_name(measure, sex, t) for sex in Sex))
    ]
    return [
        Column(t(CELLS[paper.by])),
        *(Column(words, widest=12, number=True) for words in (t("Class groups"), t("Schools"), *headings)),
    ]


def _note(paper: CoveragePaper, t: Translator) -> str:
    rules = [
        t("As of {date}.", date=t.date(paper.as_of)),
        t("Year {year}", year=paper.year) + "." if paper.year else "",
        t(
            "Reached on the day of a class group's first lesson, graduated on its graduation day: a group may be"
            " reached in one quarter and graduate in the next."
        ),
        t(COUNTED_AGAIN),
        t(ONCE),
        t(_LEFT_OUT) if paper.public else "",
    ]
    return " ".join(rule for rule in rules if rule)


def _cells(line: CoverageLine, place: int, hidden: set[tuple[int, int]]) -> list[Cell]:
    return [LEFT_OUT if (place, number) in hidden else value for number, value in enumerate(line.numbers)]


def _write_total(
    page: Page, paper: CoveragePaper, lines: tuple[int, int], hidden: set[tuple[int, int]], t: Translator
) -> None:
    """The totals of people are live sums of the rows, but for third parties, whose rows lack some."""
    total = paper.total
    cells = _cells(total, len(paper.lines), hidden)
    if not paper.public and lines[1] >= lines[0]:
        cells = [page.total(_FIRST + number, *lines, value) for number, value in enumerate(total.numbers)]
    page.row(t("Total"), total.groups, total.schools, *cells, look=Look.TOTAL)


def _chart(book: Book, page: Page, lines: tuple[int, int], by: Dimension, t: Translator) -> Chart:
    """Reached beside graduated, for each line."""
    first, last = lines
    chart = book.workbook.add_chart({"type": "column"})
    for number, measure, colour in ((0, Measure.REACHED, "#0072B2"), (4, Measure.GRADUATED, "#D55E00")):
        chart.add_series(
            {
                "name": measure_words(measure, t),
                "categories": [page.name, first, 0, last, 0],
                "values": [page.name, first, _FIRST + number, last, _FIRST + number],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_legend({"position": "top", "font": {"name": "Arial", "size": 9}})
    named = {"name_font": {"name": "Arial", "size": 9, "bold": False}, "num_font": {"name": "Arial", "size": 9}}
    chart.set_y_axis({"name": t("Children and young people"), "num_format": "#,##0", **named})
    chart.set_x_axis({"name": t(CELLS[by]), **named})
    return chart
