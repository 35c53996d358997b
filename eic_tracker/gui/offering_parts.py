"""The tabs of a course given: days and modules, results with rules, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import Seat
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import ENROLMENT_STATUSES
from eic_tracker.gui.grids.cells import code, day, grade_words, moment, number, text
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.record_parts import ScrollPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.bars import Bar, Bars
from eic_tracker.gui.widgets.bars_or_table import BarsOrTable
from eic_tracker.gui.widgets.fact_list import FactList
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.queries.offering_detail import AuthorisationLine, CourseRules, StatusCount
from eic_tracker.queries.rosters import EnrolmentRow
from eic_tracker.reports.paper_words import ACT_KINDS, ATTACHMENT_KINDS, EXCEPTIONS, ROUNDINGS, SOURCE_KINDS
from eic_tracker.services.profiles import OfferingDetail

_BANDS = 10
_POINT = 100
"""Hundredths in a point of a grade."""


def rules_sentences(rules: CourseRules, t: Translator) -> list[str]:
    """What it takes to complete a course, in words."""
    scale = t.number(rules.scale)
    if rules.minimum_grade:
        least = t(
            "To complete it one needs at least {grade} of {scale} points and {attendance} % of attendance.",
            grade=grade_words(rules.minimum_grade, t),
            scale=scale,
            attendance=rules.minimum_attendance,
        )
    else:
        least = t(
            "To complete it one needs {attendance} % of attendance; there is no minimum grade.",
            attendance=rules.minimum_attendance,
        )
    weights = (
        (rules.post_test_weight, N_("final test {weight} %")),
        (rules.performance_weight, N_("performance {weight} %")),
        (rules.products_weight, N_("products {weight} %")),
    )
    parts = [t(words, weight=weight) for weight, words in weights if weight]
    said = [least]
    if parts:
        said.append(t("The grade is made of: {parts}.", parts=", ".join(parts)))
    if rules.minimum_grade:
        said.append(t(ROUNDINGS[rules.rounding]))
    return said


def hours_words(rules: CourseRules, t: Translator) -> str:
    """Hours, and how many of them are of human rights."""
    if not rules.human_rights_hours:
        return t.plural("{count} hour", "{count} hours", rules.hours)
    return t.plural(
        "{count} hour, {rights} of human rights",
        "{count} hours, {rights} of human rights",
        rules.hours,
        rights=t.number(rules.human_rights_hours),
    )


@dataclass(frozen=True, slots=True)
class Band:
    """The people whose grade lies in a part of the scale; `keys` are their enrolments."""

    first: int
    last: int
    """points, the last of them with all its hundredths"""
    keys: tuple[int, ...]


def grade_bands(rows: Sequence[EnrolmentRow], scale: int) -> tuple[Band, ...]:
    """Tenths of the scale from the lowest grade to the top; the grade is the one that counts."""
    width = max(1, scale // _BANDS)
    most = max(0, scale // width - 1)
    held: dict[int, list[int]] = {}
    for row in rows:
        grade = row.counted_grade
        if grade is not None:
            held.setdefault(min(grade // (width * _POINT), most), []).append(row.id)
    if not held:
        return ()
    return tuple(
        Band(place * width, scale if place == most else (place + 1) * width - 1, tuple(held.get(place, ())))
        for place in range(min(held), most + 1)
    )


def _exceptions(row: AuthorisationLine, t: Translator) -> str:
    """What was authorised: one order may stand for several exceptions."""
    return ", ".join(t(EXCEPTIONS[each]) if each in EXCEPTIONS else each for each in row.exception.split())


class ResultsPart(ScrollPart):
    """Counts by result that open their rows, the grades, the rules."""

    rows_wanted = Signal(object, str)
    """a Request on rosters, and what its rows are"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.tiles: list[FigureTile] = []
        self.bars: Bars | None = None
        self._bands: tuple[Band, ...] = ()
        self._graded: int | None = None
        """the offering to which the bands belong"""
        self._grades: BarsOrTable | None = None

    def fill(self, detail: OfferingDetail) -> None:
        """Tiles, facts and rules."""
        t = self.t
        holder = QWidget()
        flow = FlowLayout(holder, theme.GAP)
        self.tiles = []
        for status in detail.statuses:
            title = self._title(status)
            tile = FigureTile(title, t.number(status.count))
            request = Request(
                filters=(
                    ("offering", str(detail.row.id)),
                    ("status", status.status.value),
                    ("seat", status.seat.value),
                )
            )
            said = t("{result}: course {code}", result=title, code=detail.row.code)
            tile.activated.connect(lambda request=request, said=said: self.rows_wanted.emit(request, said))
            flow.addWidget(tile)
            self.tiles.append(tile)
        if self.tiles:
            self.column.addWidget(holder)
        else:
            self.say(self.card(""), t("Nobody is on the roster yet, so there are no results."), muted=True)
        self._fill_grades(detail)
        rules = self.card(t("Rules of version {number}", number=detail.rules.version))
        for sentence in (hours_words(detail.rules, t) + ".", *rules_sentences(detail.rules, t)):
            self.say(rules, sentence)
        self._fill_closing(detail)

    def show_grades(self, offering: int, rows: Sequence[EnrolmentRow], scale: int) -> None:
        """Draw how the grades lie, also where the cards are made later; each bar opens its rows."""
        self._graded, self._bands = offering, grade_bands(rows, scale)
        if self._grades is not None:
            self._draw()

    def _draw(self) -> None:
        assert self._grades is not None
        t = self.t
        self._grades.show_bars(
            [
                Bar(
                    f"{band.first}–{band.last}" if band.last > band.first else str(band.first),
                    len(band.keys),
                    t.number(len(band.keys)),
                    said=t.plural(
                        "{count} person with {first} to {last} points",
                        "{count} people with {first} to {last} points",
                        len(band.keys),
                        first=band.first,
                        last=band.last,
                    ),
                )
                for band in self._bands
            ]
        )
        self._grades.setVisible(bool(self._bands))

    def _fill_grades(self, detail: OfferingDetail) -> None:
        t, results = self.t, detail.results
        self._grades, self.bars = None, None
        if not results.graded and results.average_attendance is None:
            return
        card = self.card(t("Grades and attendance"))
        marks = (results.lowest, results.average, results.highest)
        grades = ", ".join(grade_words(mark, t) for mark in marks if mark is not None)
        attendance = results.average_attendance
        card.add(
            FactList(
                [
                    (t("People with a grade"), t.number(results.graded)),
                    (t("Lowest, average, highest"), grades),
                    (t("With a second chance"), t.number(results.second_chances) if results.second_chances else ""),
                    (t("Average attendance"), f"{attendance} %" if attendance is not None else ""),
                ]
            )
        )
        self._grades = BarsOrTable(t("People by grade"), N_("Grade"), N_("People"), self.around)
        self.bars = self._grades.bars
        self._grades.activated.connect(self._open_band)
        if self._graded != detail.row.id:
            self._bands = ()
        self._draw()
        card.add(self._grades)

    def _fill_closing(self, detail: OfferingDetail) -> None:
        t, closing = self.t, detail.closing
        sheets = ""
        if closing.closed_at is not None:
            sheets = t("signed") if closing.signed_attendance else t("not signed, or not here")
        facts = [
            (t("Entered on"), moment(closing.recorded_at, t)),
            (t("Closed on"), moment(closing.closed_at, t) if closing.closed_at else ""),
            (t("Attendance sheet"), sheets),
            (t("Cancelled because"), closing.cancelled_reason or ""),
            (
                t("Historical total"),
                t("This roster draws down a historical total.") if closing.historical_total is not None else "",
            ),
        ]
        self.card(t("Entry and closing")).add(FactList(facts))

    def _title(self, status: StatusCount) -> str:
        words = self.t(ENROLMENT_STATUSES[status.status][0])
        return words if status.seat is Seat.SEAT else self.t("{result}, alternates", result=words)

    def _open_band(self, number: int) -> None:
        band = self._bands[number]
        title = self.t("Grade from {first} to {last}", first=band.first, last=band.last)
        self.rows_wanted.emit(Request(keys=band.keys), title)


class PapersPart(ScrollPart):
    """Letters, acts, scans and orders."""

    def fill(self, detail: OfferingDetail) -> None:
        """Four tables."""
        t = self.t
        self.table(
            self.card(t("Letters and lists")),
            (
                Column("number", N_("Number"), lambda row, _t: row.number or "—", width=26),
                Column("kind", N_("Kind"), code("kind", SOURCE_KINDS), width=12),
                Column("dated", N_("Date"), day("dated"), width=12),
                Column("sender", N_("Sender"), text("sender"), width=24, stretch=True),
                Column("subject", N_("Subject"), text("subject"), width=24, stretch=True),
                Column("people", N_("People"), number("people"), width=8, number=True),
            ),
            {paper.id: paper for paper in detail.papers},
            t("No letter or list is recorded for this course."),
        )
        self.table(
            self.card(t("Acts")),
            (
                Column("number", N_("Number"), lambda row, _t: f"{row.number}-{row.year}", width=16),
                Column("kind", N_("Kind"), code("kind", ACT_KINDS), width=24, stretch=True),
                Column("held", N_("Held on"), day("held_on"), width=14),
                Column(
                    "frozen", N_("Printed"), lambda row, t: moment(row.frozen_at, t) if row.frozen_at else "—", width=20
                ),
            ),
            {act.id: act for act in detail.acts},
            t("This course has no act yet."),
        )
        self.table(
            self.card(t("Scans")),
            (
                Column("kind", N_("Kind"), code("kind", ATTACHMENT_KINDS), width=24, stretch=True),
                Column("pages", N_("Pages"), number("pages"), width=8, number=True),
                Column("names", N_("Names"), lambda row, t: t("holds names") if row.holds_names else "", width=16),
                Column("recorded", N_("Added"), lambda row, t: moment(row.recorded_at, t), width=18),
                Column("purge", N_("Kept until"), day("purge_on"), width=14),
            ),
            {scan.id: scan for scan in detail.attachments},
            t("No scan is attached to this course."),
        )
        self.table(
            self.card(t("Exceptions and who ordered them")),
            (
                Column("what", N_("Exception"), _exceptions, width=30, stretch=True),
                Column("who", N_("Ordered by"), text("authorised_by"), width=26, stretch=True),
                Column("post", N_("Post"), text("post"), width=26, stretch=True),
                Column("letter", N_("Letter"), text("letter"), width=22),
                Column("people", N_("People"), number("people"), width=8, number=True),
            ),
            {order.id: order for order in detail.authorisations},
            t("No exception was made in this course."),
        )
