"""What is wrong with class groups, asked of the file: the same class again, curricula, schools and officers gone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.certifying import Certified, may_teach
from eic_tracker.domain.class_group_draft import ClassGroupDraft, same_class, tidied_group
from eic_tracker.domain.class_group_rules import GroupProblem, Severity, errors_of, group_problems
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.i18n import N_
from eic_tracker.queries.class_groups import VersionChoice, read_drafts, read_same, read_versions
from eic_tracker.queries.offerings import day


class GroupsRefused(DraftRefused):
    """Class groups with errors; nothing was changed. `by_group` holds the problems of each draft, by its place."""

    def __init__(self, by_group: Sequence[tuple[GroupProblem, ...]]) -> None:
        super().__init__([problem.told() for problems in by_group for problem in errors_of(problems)])
        self.by_group = tuple(by_group)


@dataclass(frozen=True, slots=True)
class CheckedGroup:
    """A draft as it would be kept, with what is wrong with it."""

    draft: ClassGroupDraft
    version: VersionChoice | None
    problems: tuple[GroupProblem, ...]


def check_class_groups(
    connection: Connection, drafts: Sequence[ClassGroupDraft], today: dt.date
) -> tuple[CheckedGroup, ...]:
    """Each draft as it would be kept and what is wrong with it, in the file and among the others."""
    versions = read_versions(connection, today)
    tidied = [tidied_group(draft) for draft in drafts]
    wrong = _References(connection, tidied, versions, today)
    present = read_same(
        connection,
        [draft.school_id for draft in tidied if draft.school_id is not None],
        [draft.school_year for draft in tidied if draft.school_year is not None],
    )
    first_row: dict[tuple[object, ...], int] = {}
    found = []
    for row, draft in enumerate(tidied, 1):
        version = versions.get(draft.curriculum_version_id or 0)
        problems = [*group_problems(draft, version.taught if version else None, today), *wrong.problems(draft)]
        if same := same_class(draft):
            others = [group for group in present.get(same, ()) if group.id != draft.id]
            severity = Severity.WARNING if draft.repeat_reason else Severity.ERROR
            if others:
                told: dict[str, object] = {"code": others[-1].code, "id": others[-1].id}
                problems.append(GroupProblem("same_group", "repeat_reason", _SAME, told, severity))
            elif (twice := first_row.setdefault(same, row)) != row:
                told = {"number": twice}
                problems.append(GroupProblem("same_group_in_list", "repeat_reason", _SAME_IN_LIST, told, severity))
        found.append(CheckedGroup(draft, version, tuple(problems)))
    return tuple(found)


_SAME = N_(
    "Class group {code} has the same school, grade, section, shift and year. Say why it is there again "
    "(another component, a year that was interrupted), or change that one."
)
_SAME_IN_LIST = N_("Row {number} is the same class. Say why it is there again, or leave one of them out.")


_NOT_CERTIFIED = N_(
    "An officer was not certified for this curriculum on {date}. The certification stands on their page."
)


class _References:
    """What the drafts name, looked up once for all of them."""

    def __init__(
        self,
        connection: Connection,
        drafts: Sequence[ClassGroupDraft],
        versions: Mapping[int, VersionChoice],
        today: dt.date,
    ) -> None:
        self._versions = versions
        held = read_drafts(connection, [draft.id for draft in drafts if draft.id is not None])
        self._held = held
        named = json.dumps(sorted({draft.school_id for draft in drafts if draft.school_id is not None}))
        self._schools = {
            key: day(last)
            for key, last in connection.exec_driver_sql(
                "SELECT id, valid_to FROM school WHERE id IN (SELECT value FROM json_each(?))", (named,)
            )
        }
        self._places = _keys(connection, "municipality", [draft.municipality_id for draft in drafts])
        self._officers = {
            key: ended is not None and str(ended) < today.isoformat()
            for key, ended in connection.exec_driver_sql("SELECT id, ended_on FROM instructor")
        }
        self._certified: dict[int, list[Certified]] = {}
        taught = connection.exec_driver_sql("SELECT id, curriculum_id FROM curriculum_version")
        self._curricula: dict[int, int] = {row[0]: row[1] for row in taught}
        for officer, curriculum, granted, expires in connection.exec_driver_sql(
            "SELECT instructor_id, curriculum_id, granted_on, expires_on FROM accreditation "
            "WHERE curriculum_id IS NOT NULL"
        ):
            certified = Certified(curriculum, day(granted), day(expires))
            self._certified.setdefault(officer, []).append(certified)

    def problems(self, draft: ClassGroupDraft) -> list[GroupProblem]:
        """What a draft names that is gone, or has ended since; what was named before stays."""
        held = self._held.get(draft.id or 0)
        problems = []
        version = self._versions.get(draft.curriculum_version_id or 0)
        if version and version.ended and (held is None or held.curriculum_version_id != version.id):
            message = N_("This curriculum has ended; choose another.")
            problems.append(GroupProblem("ended_curriculum", "curriculum_version_id", message))
        if draft.school_id is not None:
            last = self._schools.get(draft.school_id)
            if draft.school_id not in self._schools:
                problems.append(GroupProblem("unknown_school", "school_id", N_("Choose one of the list.")))
            elif last is not None and draft.school_year is not None and last.year < draft.school_year:
                message = N_("This school ended on {date}, before that school year.")
                problems.append(GroupProblem("ended_school", "school_id", message, {"date": last}))
        if draft.municipality_id is not None and draft.municipality_id not in self._places:
            problems.append(GroupProblem("unknown_municipality", "municipality_id", N_("Choose one of the list.")))
        before = {each.instructor_id for each in held.officers} if held else set()
        for officer in {each.instructor_id for each in draft.officers} - before:
            if self._officers.get(officer, True):
                message = N_("An officer has ended or is not in the register; choose another.")
                problems.append(GroupProblem("unknown_officer", "officers", message))
        return problems + self._certification_problems(draft)

    def _certification_problems(self, draft: ClassGroupDraft) -> list[GroupProblem]:
        """An officer whose certification does not cover the curriculum on the first or the last lesson: a warning."""
        curriculum = self._curricula.get(draft.curriculum_version_id or 0)
        days = [lesson.given_on for lesson in draft.lessons]
        asked = {each for each in (draft.first_lesson_on, *days[-1:]) if isinstance(each, dt.date)}
        if curriculum is None:
            return []
        for officer in draft.officers:
            certified = self._certified.get(officer.instructor_id, [])
            missing = sorted(each for each in asked if may_teach(certified, curriculum, each) is False)
            if missing:
                told: dict[str, object] = {"date": missing[-1]}
                return [GroupProblem("not_certified", "officers", _NOT_CERTIFIED, told, Severity.WARNING)]
        return []


def _keys(connection: Connection, table: str, keys: Sequence[int | None]) -> set[int]:
    named = json.dumps(sorted({key for key in keys if key is not None}))
    rows = connection.exec_driver_sql(f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (named,))
    return {key for (key,) in rows}
