"""Writes class groups month by month, as the summary sheets of the officers come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.heads import Triple
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.outreach import CAMP, PlannedGroup
from eic_tracker.services.demonstration.plan import GREAT
from eic_tracker.services.demonstration.planted import PLANTED
from eic_tracker.services.demonstration.simulated_time import ONE_DAY, month_end
from eic_tracker.store.tables.outreach import ClassGroup, ClassGroupGrade, ClassLesson, ClassOfficer, OfficerRole
from eic_tracker.store.transaction import Tx

FIRST_YEAR_OF_LESSONS = 2019
"""From this year on groups are recorded when they begin, lesson by lesson, and completed when they graduate."""

_SEXES = ("girls", "boys", "unrecorded")
_LATE_MONTHS = 9


def recorded_in(group: PlannedGroup, as_of: dt.date) -> dt.date:
    """The end of the month in which the group's first sheet came in."""
    if group.first_lesson_on.year >= FIRST_YEAR_OF_LESSONS or group.graduates_on is None:
        return min(month_end(group.first_lesson_on), as_of - ONE_DAY)
    return month_end(group.graduates_on)


def plant(groups: Sequence[PlannedGroup], quarter: tuple[dt.date, dt.date], as_of: dt.date) -> PlannedGroup:
    """Plant the faults of class groups; returns the group of the quarter whose graduates are corrected afterwards."""
    for group in groups:
        group.recorded_on = recorded_in(group, as_of)
    graduated = [group for group in groups if group.graduates_on and group.graduates_on.year == 2016]
    for group in graduated[: PLANTED["too_few_lessons"]]:
        group.lessons_missed = 2
    for group in graduated[10 : 10 + PLANTED["no_officer"]]:
        group.officers.clear()
    of_one_grade = [group for group in graduated if group.heads.reached[1] and not group.heads.by_grade]
    for group in of_one_grade[20 : 20 + PLANTED["heads_out_of_order"]]:
        girls, boys, unrecorded = group.heads.reached
        group.heads.enrolled = girls, boys - 1, unrecorded
    late = [group for group in groups if group.first_lesson_on.year == 2014][: PLANTED["late_class_group"]]
    for group in late:
        group.recorded_on = month_end(group.first_lesson_on + ONE_DAY * 30 * _LATE_MONTHS)
    first, last = quarter
    corrected = next(
        group
        for group in groups
        if group.graduates_on is not None
        and first <= group.graduates_on <= last
        and group.heads.graduated[1] > 2
        and not group.heads.by_grade
    )
    corrected.corrected_by = 2
    done = [group for group in groups if group.graduates_on and group.first_lesson_on.year >= FIRST_YEAR_OF_LESSONS]
    for group in [each for each in done if each is not corrected][: PLANTED["lesson_after_graduation"]]:
        group.lessons[-1] = (group.graduates_on or group.lessons[-1]) + 3 * ONE_DAY
    return corrected


class GroupRecorder:
    """Writes class groups with officers, grades and, in the last year, lessons."""

    def __init__(self, chance: Chance, lookup: Lookup) -> None:
        self.chance = chance
        self.lookup = lookup

    def write(self, tx: Tx, groups: Sequence[PlannedGroup], day: dt.date) -> None:
        """Write the groups whose first sheet came in by the day."""
        rows = [self._row(tx, group, day) for group in groups]
        for group, key in zip(groups, tx.insert(ClassGroup, rows), strict=True):
            group.key = key
        tx.insert(ClassGroupGrade, [row for group in groups for row in self._grade_rows(group, day)])
        tx.insert(
            ClassOfficer,
            [
                {
                    "class_group_id": group.key,
                    "instructor_id": officer.key,
                    "role": OfficerRole.ASSISTANT if place else OfficerRole.LEAD,
                }
                for group in groups
                for place, officer in enumerate(group.officers)
            ],
        )
        tx.insert(ClassLesson, [row for group in groups for row in self._lesson_rows(group, dt.date.min, day)])

    def complete(self, tx: Tx, groups: Sequence[PlannedGroup], since: dt.date, day: dt.date) -> None:
        """Bring groups of the last year up to the day: lessons given since, graduates where they have graduated."""
        changes: dict[int, dict[str, Any]] = {}
        by_grade: dict[int, dict[str, Any]] = {}
        for group in groups:
            changes[group.key] = {"lessons_given": _given(group, day)}
            if group.graduates_on is not None and since < group.graduates_on <= day:
                changes[group.key] |= {"graduated_on": group.graduates_on, "event": group.event}
                changes[group.key] |= _columns("graduated", _first_graduated(group))
                by_grade |= self._graduates_by_grade(tx, group)
        tx.insert(ClassLesson, [row for group in groups for row in self._lesson_rows(group, since, day)])
        tx.update(ClassGroup, changes)
        tx.update(ClassGroupGrade, by_grade)

    def correct(self, tx: Tx, group: PlannedGroup) -> None:
        """Correct the graduates of a group to what its sheet really says."""
        tx.update(ClassGroup, {group.key: _columns("graduated", group.heads.graduated)})

    def _row(self, tx: Tx, group: PlannedGroup, day: dt.date) -> dict[str, Any]:
        graduated = group.graduates_on is not None and group.graduates_on <= day
        return {
            "uid": tx.new_uid(),
            "code": group.code,
            "programme_id": self.lookup.programmes[GREAT],
            "school_id": group.school.key if group.school else None,
            "municipality_id": None if group.school else self.lookup.municipalities[group.municipality],
            "curriculum_version_id": self.lookup.curriculum_versions[group.curriculum],
            "grade": group.grade,
            "section": group.section,
            "shift": group.shift,
            "school_year": group.first_lesson_on.year,
            "lessons_given": _given(group, day),
            "first_lesson_on": group.first_lesson_on,
            "graduated_on": group.graduates_on if graduated else None,
            "event": group.event if graduated or group.curriculum == CAMP else None,
            **_columns("enrolled", group.heads.enrolled),
            **_columns("reached", group.heads.reached),
            **_columns("graduated", _first_graduated(group) if graduated else (0, 0, 0)),
            "recorded_at": tx.at,
        }

    def _grade_rows(self, group: PlannedGroup, day: dt.date) -> list[dict[str, Any]]:
        graduated_by_now = group.graduates_on is not None and group.graduates_on <= day
        return [
            {
                "class_group_id": group.key,
                "grade": grade,
                **_columns("enrolled", enrolled),
                **_columns("reached", reached),
                **_columns("graduated", graduated if graduated_by_now else (0, 0, 0)),
            }
            for grade, (enrolled, reached, graduated) in group.heads.by_grade.items()
        ]

    def _graduates_by_grade(self, tx: Tx, group: PlannedGroup) -> dict[int, dict[str, Any]]:
        if not group.heads.by_grade:
            return {}
        found = tx.connection.exec_driver_sql(
            "SELECT id, grade FROM class_group_grade WHERE class_group_id = ?", (group.key,)
        )
        return {key: _columns("graduated", group.heads.by_grade[grade][2]) for key, grade in found}

    def _lesson_rows(self, group: PlannedGroup, since: dt.date, day: dt.date) -> list[dict[str, Any]]:
        """The lessons given after one day up to another; the largest of them is not above those reached."""
        if group.first_lesson_on.year < FIRST_YEAR_OF_LESSONS:
            return []
        girls, boys, unrecorded = group.heads.reached
        rows: list[dict[str, Any]] = []
        for number, given_on in enumerate(group.lessons, 1):
            if since < given_on <= day:
                away = self.chance.weighted((0, 1, 2, 3), (50, 30, 15, 5)) if number > 1 else 0
                row: dict[str, Any] = {"class_group_id": group.key, "number": number, "given_on": given_on}
                if unrecorded:
                    row["unrecorded"] = max(unrecorded - away, 0)
                else:
                    row |= {"girls": max(girls - away // 2, 0), "boys": max(boys - (away + 1) // 2, 0)}
                rows.append(row)
        return rows


def _given(group: PlannedGroup, day: dt.date) -> int:
    return sum(lesson <= day for lesson in group.lessons) - group.lessons_missed


def _first_graduated(group: PlannedGroup) -> Triple:
    """The graduates as the first sheet told them."""
    girls, boys, unrecorded = group.heads.graduated
    return girls, boys - group.corrected_by, unrecorded


def _columns(what: str, heads: Triple) -> dict[str, int]:
    return {f"{what}_{sex}": number for sex, number in zip(_SEXES, heads, strict=True)}
