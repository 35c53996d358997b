"""The columns of targets and of the day at the school; a number of a row opens what it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eic_tracker.domain.pace import PaceState
from eic_tracker.domain.periods import title
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.day_at_school import CourseDay, DayCount
from eic_tracker.reports.report_words import MEASURES
from eic_tracker.reports.target_words import STATES
from eic_tracker.services.target_pace import TargetNow

TONES = {
    PaceState.NOT_BEGUN: Tone.PLAIN,
    PaceState.ON_PACE: Tone.OK,
    PaceState.BEHIND: Tone.WARNING,
    PaceState.REACHED: Tone.OK,
    PaceState.MISSED: Tone.ERROR,
}


def _amount(name: str) -> Callable[[TargetNow, Translator], str]:
    return lambda row, t: t.number(getattr(row.pace, name))


TARGETS = (
    Column("programme", N_("Programme"), lambda row, _t: row.target.programme, width=10),
    Column("measure", N_("Figure"), lambda row, t: t(MEASURES[row.target.measure]), width=16, stretch=True),
    Column("period", N_("Period"), lambda row, t: title(row.target.period, t), width=14),
    Column("value", N_("Target"), _amount("value"), width=8, number=True),
    Column("counted", N_("Counted"), _amount("counted"), width=8, number=True),
    Column("percent", "%", _amount("percent"), width=5, number=True),
    Column("planned", N_("Planned by now"), _amount("planned"), width=8, number=True, spare=True),
    Column("week", N_("A week"), _amount("per_week"), width=7, number=True),
    Column("month", N_("A month"), _amount("per_month"), width=7, number=True, spare=True),
    Column(
        "state", N_("State"), lambda row, t: t(STATES[row.pace.state]), width=15, tone=lambda r: TONES[r.pace.state]
    ),
    Column(
        "approved",
        N_("Approval"),
        lambda row, t: t("Approved") if row.approved else t("To be approved"),
        width=12,
        tone=lambda row: None if row.approved else Tone.INFO,
    ),
)


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A line of the day by sex or institution, worded already."""

    name: str
    count: DayCount


def _class(row: CourseDay, t: Translator) -> str:
    return "" if row.course.class_today else t("no class")


def _unrecorded(row: CourseDay, t: Translator) -> str:
    return t.number(len(row.unrecorded)) if row.unrecorded else ""


def _of_course(name: str) -> Callable[[CourseDay, Translator], str]:
    return lambda row, t: t.number(len(getattr(row, name)))


def _of_count(name: str) -> Callable[[CourseDay | PartOfDay, Translator], str]:
    return lambda row, t: t.number(len(getattr(row.count, name)))


_COUNTS = (
    Column("expected", N_("Expected"), _of_count("expected"), width=8, number=True),
    Column("present", N_("Present"), _of_count("present"), width=8, number=True),
    Column("absent", N_("Absent"), _of_count("absent"), width=8, number=True),
    Column("unmarked", N_("Not marked"), _of_count("unmarked"), width=8, number=True),
)
COURSES_OF_DAY = (
    Column("code", N_("Course"), lambda row, _t: row.course.code, width=9),
    Column("title", N_("Title"), lambda row, _t: row.course.title, width=24, stretch=True),
    Column("place", N_("Place"), lambda row, _t: row.course.place, width=18, stretch=True, spare=True),
    Column(
        "class", N_("Class held"), lambda row, t: t("yes") if row.course.class_today else t("no"), width=8, spare=True
    ),
    Column("left", N_("Days"), lambda row, t: t.number(row.days_left), width=6, help=N_("Days left after this one")),
    Column("people", N_("In training"), _of_course("people"), width=8, number=True),
    Column("women", N_("Women"), _of_course("women"), width=7, number=True),
    Column("men", N_("Men"), _of_course("men"), width=7, number=True),
    Column("unrecorded", N_("Not recorded"), _unrecorded, width=7, number=True, spare=True),
    *_COUNTS,
)
PARTS_OF_DAY = (Column("name", N_("People"), lambda row, _t: row.name, width=30, stretch=True), *_COUNTS)
