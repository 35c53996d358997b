"""Many class groups typed as rows, and the lesson of several groups: the cells, and the drafts that they mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from eic_tracker.domain.class_group_draft import COUNTS, ClassGroupDraft, LessonGiven, OfficerGiven, split_class
from eic_tracker.domain.class_group_rules import errors_of
from eic_tracker.gui.class_group_editors import COUNT_COLUMNS, TextRowsEditor, heads_of, number_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.typed_rows import CellColumn, Texts, TypedRows
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.class_group_checks import GroupsRefused
from eic_tracker.services.class_group_forms import TaughtNow
from eic_tracker.services.class_groups import LessonOfGroup

_CLASS = CellColumn("class", N_("Class"), N_("Class of row {row}: grade and section, as 4A"), width=8)
LESSON_COLUMNS = (
    CellColumn("number", N_("Lesson"), N_("Number of the lesson: {row}"), count=True, longest=2),
    CellColumn("girls", N_("Girls"), N_("Girls present: {row}"), count=True),
    CellColumn("boys", N_("Boys"), N_("Boys present: {row}"), count=True),
    CellColumn("unrecorded", N_("Not recorded"), N_("Present, sex not recorded: {row}"), count=True),
)


def new_group_rows(label: str, around: Surroundings) -> TextRowsEditor:
    """The field in which many class groups are typed; the bottom row is blank."""
    return TextRowsEditor(TypedRows(label, (_CLASS, *COUNT_COLUMNS), around))


def lesson_rows(label: str, around: Surroundings) -> TextRowsEditor:
    """The field in which the lesson of several groups is typed, a row a group."""
    return TextRowsEditor(TypedRows(label, LESSON_COLUMNS, around, grows=False))


def drafts_of(values: Mapping[str, Any]) -> list[ClassGroupDraft]:
    """The class groups that the rows mean, with what all of them have in common."""
    common = {name: values[name] for name in ("school_year", "school_id", "shift", "graduated_on")}
    officer = values["officer_id"]
    drafts = []
    for row in values["rows"]:
        grade, section = split_class(row.get("class", ""))
        counts: dict[str, Any] = {what: heads_of(row, f"{what}_") for what in COUNTS}
        if counts["graduated"] is None or not counts["graduated"].total:
            own = {**common, "graduated_on": None}
        else:
            own = common
        begun = counts["reached"] is not None
        drafts.append(
            ClassGroupDraft(
                values["curriculum_version_id"],
                **own,
                **counts,
                grade=grade,
                section=section,
                lessons_given=values["lessons_given"] if begun else None,
                first_lesson_on=values["first_lesson_on"] if begun else None,
                officers=(OfficerGiven(officer),) if officer is not None else (),
            )
        )
    return drafts


def class_words(draft: ClassGroupDraft) -> str:
    """A class as its cell is typed: 4A."""
    return f"{draft.grade or ''}{draft.section or ''}"


def told_of_rows(
    told: GroupsRefused, shown: Sequence[str], t: Translator
) -> tuple[dict[tuple[int, str], str], dict[str, str]]:
    """What is wrong by cell (row, column), and by field of the form above the rows where it is of all of them.

    `shown`: the names of those fields."""
    cells: dict[tuple[int, str], str] = {}
    fields: dict[str, str] = {}
    for place, problems in enumerate(told.by_group):
        for problem in errors_of(problems):
            words = problem.told().text(t)
            if problem.field in shown:
                fields[problem.field] = words
            else:
                column = problem.field if problem.field.startswith(COUNTS) else "class"
                cells.setdefault((place, column), words)
    return cells, fields


def row_words(cells: Mapping[tuple[int, str], str], t: Translator) -> str:
    """What is wrong with the rows, each with its number."""
    said = dict.fromkeys(
        t("Row {number}: {problem}", number=place + 1, problem=words) for (place, _), words in sorted(cells.items())
    )
    return " ".join(said)


def lessons_of(groups: Sequence[TaughtNow], rows: Sequence[Texts], day: dt.date) -> list[LessonOfGroup]:
    """The lessons that the rows mean: of each group in whose row something stands, the next one where none is named."""
    found = []
    for group, row in zip(groups, rows, strict=False):
        if any(row.values()):
            number = number_of(row.get("number", "")) or group.next_lesson or len(group.draft.lessons) + 1
            found.append(LessonOfGroup(group.id, LessonGiven(number, day, heads_of(row))))
    return found
