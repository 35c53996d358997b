"""The columns of a class's attendance: the person, the percentage, one for each day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from eic_tracker.domain.codes import AttendanceMark, DayPart
from eic_tracker.gui.grids.cells import ATTENDANCE_RULE, name_of
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassDay, ClassMember, WalkIn

MARKS: Mapping[AttendanceMark, tuple[str, Tone]] = {
    AttendanceMark.PRESENT: (N_("present"), Tone.OK),
    AttendanceMark.ABSENT: (N_("absent"), Tone.ERROR),
    AttendanceMark.EXCUSED: (N_("excused"), Tone.WARNING),
    AttendanceMark.LATE: (N_("late"), Tone.INFO),
}
DIGITS = {str(place): mark for place, mark in enumerate(MARKS, 1)}
"""The digit of each mark."""
_PARTS = {DayPart.MORNING: N_("{day} morning"), DayPart.AFTERNOON: N_("{day} afternoon")}
FIRST_DAY = 2
"""The column of the first day."""


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A person with the percentage that the days give; somebody who came without being listed has none."""

    member: ClassMember | WalkIn
    percent: int | None


def _name(row: AttendanceRow, t: Translator) -> str:
    member = row.member
    return t("{name} (not on the roster)", name=member.name) if isinstance(member, WalkIn) else name_of(member, t)


def _mark_words(day: int, row: AttendanceRow, t: Translator) -> str:
    mark = row.member.marks.get(day)
    return t(MARKS[mark.mark][0]) if mark is not None else ""


def _mark_tone(day: int, row: AttendanceRow) -> Tone:
    mark = row.member.marks.get(day)
    return MARKS[mark.mark][1] if mark is not None else Tone.PLAIN


def day_words(day: ClassDay, t: Translator) -> str:
    """The heading of a day: 03/06, and which half of it."""
    words = t.date(day.held_on)[:6].rstrip("/ ")
    return t(_PARTS[day.part], day=words) if day.part in _PARTS else words


def attendance_columns(days: tuple[ClassDay, ...], t: Translator) -> tuple[Column, ...]:
    """Name, percentage and days."""
    of_days = tuple(
        Column(
            f"day{day.id}",
            day_words(day, t),
            partial(_mark_words, day.id),
            width=12,
            tone=partial(_mark_tone, day.id),
        )
        for day in days
    )
    return (
        Column(
            "name",
            N_("Surnames, given names"),
            _name,
            width=36,
            tone=lambda row: Tone.WARNING if isinstance(row.member, WalkIn) else None,
        ),
        Column(
            "percent",
            N_("Attendance"),
            lambda row, _t: "" if row.percent is None else f"{row.percent} %",
            width=11,
            number=True,
            help=ATTENDANCE_RULE,
        ),
        *of_days,
    )
