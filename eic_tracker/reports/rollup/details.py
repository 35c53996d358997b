"""The detail tables of the roll-up: who and what its totals are made of, by code, without names."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eic_tracker.domain.breakdown import department
from eic_tracker.domain.codes import CurriculumKind, EnrolmentStatus, Measure, Sex
from eic_tracker.domain.counting import rows_behind
from eic_tracker.domain.facts import ClassGroupFact, EnrolmentFact, Facts, Heads, OfferingFact
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import Labels, OfferingLine, ReportData
from eic_tracker.reports.rollup.support import support_words
from eic_tracker.reports.rollup.words import (
    COMPONENTS,
    ENROLMENT_STATUS,
    OFFERING_STATUS,
    ONE_ADULT,
    code_and_name,
    course_type_name,
    grade_name,
    name_of,
)
from eic_tracker.reports.xlsx.detail_table import Value

NOBODY = Heads()
LineKey = tuple[str, str, dt.date]
"""Code, course and first day of an offering: two programmes may use one code."""


@dataclass(frozen=True, slots=True)
class Details:
    """Rows of the four detail tables; totals since the beginning end on the period's last day."""

    enrolments: list[tuple[Value, ...]]
    offerings: list[tuple[Value, ...]]
    assignments: list[tuple[Value, ...]]
    groups: list[tuple[Value, ...]]


def details_of(data: ReportData, t: Translator, *, advisor_names: bool) -> Details:
    """All rows that the workbook counts, oldest first."""
    facts, as_of = data.facts, data.as_of
    counted = {row.id for row in rows_behind(facts, Measure.OFFERINGS, as_of=as_of)}
    offerings = sorted(
        (offering for offering in facts.offerings if offering.id in counted),
        key=lambda offering: (offering.ends_on, offering.programme, offering.code),
    )
    rosters = _rosters(facts, as_of, offerings)
    lines = {(line.code, line.course, line.starts_on): line for line in data.offerings}
    return Details(
        list(_enrolment_rows(offerings, rosters, data, t)),
        [
            (
                *_offering_row(offering, rosters[offering.id], lines.get(_line_key(offering)), data.labels, t),
                support_words(data.papers.offerings.get(offering.id), Measure.ENROLMENTS, t),
            )
            for offering in offerings
        ],
        list(_assignment_rows(offerings, rosters, lines, data.labels, t, names=advisor_names)),
        list(_group_rows(data, t)),
    )


def _line_key(offering: OfferingFact) -> LineKey:
    return offering.code, offering.course, offering.starts_on


def _rosters(facts: Facts, as_of: dt.date, offerings: Sequence[OfferingFact]) -> dict[int, list[EnrolmentFact]]:
    """The counted enrolments of each offering, ordered by what is shown, so that their order tells nothing else."""
    counted = {row.id for row in rows_behind(facts, Measure.ENROLMENTS, as_of=as_of)}
    rosters: dict[int, list[EnrolmentFact]] = {offering.id: [] for offering in offerings}
    for row in facts.enrolments:
        if row.id in counted:
            rosters[row.offering_id].append(row)
    for roster in rosters.values():
        roster.sort(
            key=lambda row: (row.institution or "", row.unit or "", row.rank or "", row.sex, row.status, row.id)
        )
    return rosters


def _completions(roster: Sequence[EnrolmentFact]) -> int:
    return sum(row.status == EnrolmentStatus.COMPLETED for row in roster)


def _enrolment_rows(
    offerings: Sequence[OfferingFact], rosters: Mapping[int, Sequence[EnrolmentFact]], data: ReportData, t: Translator
) -> Iterator[tuple[Value, ...]]:
    """A person is a number that means nothing outside of this workbook: 1 is who comes first in it."""
    numbers: dict[int, int] = {}
    labels = data.labels
    statuses = {status: t(word) for status, word in ENROLMENT_STATUS.items()}
    sexes = {sex: t(word) for sex, word in ONE_ADULT.items()}
    for offering in offerings:
        place = code_and_name(labels.departments, department(offering.municipality), t)
        force = _code(offering.lead_force, t)
        support = support_words(data.papers.offerings.get(offering.id), Measure.ENROLMENTS, t)
        for row in rosters[offering.id]:
            yield (
                offering.code,
                offering.programme,
                offering.course,
                offering.ends_on,
                statuses[EnrolmentStatus(row.status)],
                int(row.status == EnrolmentStatus.COMPLETED),
                sexes[Sex(row.sex)],
                _code(row.institution, t),
                name_of(labels.units, row.unit, t),
                name_of(labels.ranks, row.rank, t),
                name_of(labels.countries, row.country, t),
                force,
                place,
                numbers.setdefault(row.person, len(numbers) + 1),
                support,
            )


def _offering_row(
    offering: OfferingFact, roster: Sequence[EnrolmentFact], line: OfferingLine | None, labels: Labels, t: Translator
) -> tuple[Value, ...]:
    return (
        offering.code,
        offering.programme,
        offering.course,
        line.course_title if line else name_of(labels.courses, offering.course, t),
        course_type_name(offering.course_type, t),
        line.hours if line else None,
        offering.starts_on,
        offering.ends_on,
        t(OFFERING_STATUS[offering.status]),
        _code(offering.lead_force, t),
        _code(line.lead_code if line else None, t),
        code_and_name(labels.departments, department(offering.municipality), t),
        code_and_name(labels.municipalities, offering.municipality, t),
        len(roster),
        _completions(roster),
    )


def _assignment_rows(
    offerings: Sequence[OfferingFact],
    rosters: Mapping[int, Sequence[EnrolmentFact]],
    lines: Mapping[LineKey, OfferingLine],
    labels: Labels,
    t: Translator,
    *,
    names: bool,
) -> Iterator[tuple[Value, ...]]:
    yes, no = t("yes"), t("no")
    for offering in offerings:
        line = lines.get(_line_key(offering))
        for code in dict.fromkeys(offering.instructors):
            leads = line is not None and line.lead_code == code
            row: tuple[Value, ...] = (
                offering.code,
                offering.programme,
                code,
                yes if leads else no,
                _code(offering.lead_force, t) if leads else "–",
                offering.ends_on,
                len(rosters[offering.id]),
                _completions(rosters[offering.id]),
            )
            yield (*row, labels.instructors.get(code, "–")) if names else row


def _group_rows(data: ReportData, t: Translator) -> Iterator[tuple[Value, ...]]:
    """One row for a class group and school grade; what happened after the last day is not in it."""
    facts, as_of, labels = data.facts, data.as_of, data.labels
    reached = {row.id for row in rows_behind(facts, Measure.REACHED, as_of=as_of)}
    graduated = {row.id for row in rows_behind(facts, Measure.GRADUATED, as_of=as_of)}
    groups = [group for group in facts.class_groups if group.id in reached or group.id in graduated]
    groups.sort(key=lambda group: (group.first_lesson_on or group.graduated_on or dt.date.min, group.id))
    same_code = Counter(group.code for group in groups if group.code)
    for group in groups:
        code = group.code if group.code and same_code[group.code] == 1 else str(group.id)
        for grade, heads_reached, heads_graduated in group.grades:
            yield (
                code,
                *_group_head(group, grade, labels, t),
                group.first_lesson_on if group.id in reached else None,
                *_heads(heads_reached if group.id in reached else NOBODY),
                group.graduated_on if group.id in graduated else None,
                *_heads(heads_graduated if group.id in graduated else NOBODY),
                support_words(data.papers.groups.get(group.id), Measure.REACHED, t),
            )


def _group_head(group: ClassGroupFact, grade: str | None, labels: Labels, t: Translator) -> tuple[Value, ...]:
    return (
        group.programme,
        _code(group.school, t),
        code_and_name(labels.municipalities, group.municipality, t),
        code_and_name(labels.departments, department(group.municipality), t),
        group.curriculum,
        t(COMPONENTS[CurriculumKind(group.curriculum_kind)]),
        grade_name(grade, t),
    )


def _heads(heads: Heads) -> tuple[int, int, int, int]:
    return heads.girls, heads.boys, heads.unrecorded, heads.girls + heads.boys + heads.unrecorded


def _code(code: str | None, t: Translator) -> str:
    return t("not recorded") if code is None else code
