"""One school: its class groups, and what was reached and graduated in each year."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.grids.class_groups import CLASS_GROUPS_OF_SCHOOL
from eic_tracker.gui.grids.schools import administration_words, shifts_words
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.outreach_acts import add_school_deeds, may_enter_groups
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_parts import PartsPage, RecordPart, ScrollPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.bars import MOST, Bar, Bars
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.numbers_table import NumbersTable
from eic_tracker.i18n import N_
from eic_tracker.queries.listing import Request
from eic_tracker.queries.schools import SchoolHit
from eic_tracker.services.outreach import SchoolDetail, YearOfSchool, school_detail
from eic_tracker.services.schools import schools_alike

_MOST_ALIKE = 3
"""Schools that are named as perhaps the same."""


class SchoolPage(PartsPage):
    """An instructor's numbers are of own class groups."""

    name = "school"
    shows = frozenset({"school", "class_group", "class_group_grade", "class_officer", "municipality"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(school_detail, around, parent)
        self.add_part("groups", self.t("Class groups"), self._groups)
        self.add_part("years", self.t("By year"), self._years)
        add_school_deeds(self, lambda: self.key)

    def show_head(self, detail: SchoolDetail) -> None:
        """Name; below it where it is, who runs it, when it meets."""
        t, row = self.t, detail.row
        self.set_title(row.name)
        self.say_line(
            row.locality,
            row.municipality,
            row.department,
            administration_words(row.administration, t),
            shifts_words(row, t),
            t("SACE code {code}", code=row.sace_code) if row.sace_code else t("without SACE code"),
            t.plural("{count} class group", "{count} class groups", row.groups),
        )

        if may_enter_groups(self.around):
            self.read(schools_alike, row.id, done=self._show_alike, what="alike")

    def _show_alike(self, found: tuple[SchoolHit, ...]) -> None:
        """Schools nearby that may be this one under another name; each opens."""
        t = self.t
        links = [
            deed_button(
                Deed(
                    t("Perhaps the same school: {school}", school=each.words),
                    partial(self.go_requested.emit, Place("school", each.id)),
                ),
                look="link",
            )
            for each in found[:_MOST_ALIKE]
        ]
        self.show_hints(links)

    def _groups(self) -> RecordPart:
        return self.grid_part(
            CLASS_GROUPS_OF_SCHOOL,
            lambda detail: Request(filters=(("school", detail.row.code),)),
            lambda _grid, key: self.go_requested.emit(Place("class_group", key)),
        )

    def _years(self) -> RecordPart:
        part = YearsPart(self.around)
        part.figure_wanted.connect(self.figure_requested)
        return part


def _heads(name: str, title: str) -> Column:
    return Column(name, title, lambda row, t: t.number(getattr(row, name).total), width=12, number=True)


class YearsPart(ScrollPart):
    """Each number opens its class groups."""

    figure_wanted = Signal(object, str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.numbers: NumbersTable | None = None
        self.bars: Bars | None = None
        self._years: dict[int, YearOfSchool] = {}

    def fill(self, detail: SchoolDetail) -> None:
        """Bars of the last years over the table of all."""
        t = self.t
        self._years = dict(enumerate(detail.years))
        self.numbers, self.bars = None, None
        card = self.card(t("Reached and graduated by year"))
        if not self._years:
            self.say(card, t("Nothing was reached here yet."), muted=True)
            return
        self.bars = Bars(t("Young people reached by year"), self.around.colours)
        newest = list(self._years)[-MOST:]
        self.bars.show_bars(
            [
                Bar(
                    self._years[key].year,
                    self._years[key].reached.total,
                    t.number(self._years[key].reached.total),
                    running=self._years[key].year == str(self.around.today.year),
                )
                for key in newest
            ]
        )
        self.bars.activated.connect(lambda number: self._open(newest[number], "reached"))
        columns = (
            Column("year", N_("Year"), lambda row, _t: row.year, width=12, stretch=True),
            _heads("reached", N_("Reached")),
            _heads("graduated", N_("Graduated")),
        )
        self.numbers = NumbersTable(card.title_label.text(), columns, self.around, whole=True)
        self.numbers.show_rows(self._years)
        self.numbers.number_opened.connect(self._open)
        self.bars.table_requested.connect(self.numbers.setFocus)
        self.say(card, t("The bars show those reached; the table also those who graduated."), muted=True)
        card.add(self.bars)
        card.add(self.numbers)

    def _open(self, key: int, column: str) -> None:
        year = self._years[key]
        ref: Any = year.graduated_ref if column == "graduated" else year.reached_ref
        words = N_("Graduated in {year}") if column == "graduated" else N_("Reached in {year}")
        self.figure_wanted.emit(ref, self.t(words, year=year.year))
