"""The fields of class cards: what they are typed in, what cannot be read of them, which field a problem belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from eic_tracker.domain.class_group_draft import COUNTS, MULTIGRADE
from eic_tracker.domain.class_group_rules import GRADES, GroupProblem, errors_of
from eic_tracker.domain.drafts import DraftProblem, date_problems
from eic_tracker.gui.class_group_editors import GradesEditor, HeadsEditor, LessonsEditor, OfficersEditor
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.editors import (
    ChoiceEditor,
    DateEditor,
    Editor,
    LineEditor,
    MakeEditor,
    NumberEditor,
    ReferenceEditor,
)
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_groups import VersionChoice
from eic_tracker.reports.paper_words import SHIFTS
from eic_tracker.services.class_group_forms import GroupForm
from eic_tracker.services.class_groups import GROUP_LABELS

_REFERENCES = ("curriculum_version_id", "school_id", "municipality_id")
_DAYS = ("first_lesson_on", "graduated_on")
_NUMBERS = ("school_year", "lessons_given")
_CHOOSE = N_("Choose one of the list.")


def version_words(version: VersionChoice) -> str:
    """A curriculum with its version."""
    return f"{version.name} · {version.version}"


def references(choices: Mapping[Any, str]) -> MakeEditor:
    """A field that is found by typing."""
    return lambda label, around: ReferenceEditor(label, choices, around)


def days(label: str, around: Surroundings) -> Editor:
    """A field that is a day."""
    return DateEditor(label, around)


def numbers(label: str, _around: Surroundings) -> Editor:
    """A field that is a whole number."""
    return NumberEditor(label)


def shifts(t: Translator) -> MakeEditor:
    """A field that is a shift."""
    return lambda label, _around: ChoiceEditor(label, [(code, t(words)) for code, words in SHIFTS.items()], "—")


def _line(longest: int) -> MakeEditor:
    return lambda label, _around: LineEditor(label, longest=longest)


def card_fields(form: GroupForm, t: Translator) -> list[FormField]:
    """The fields of a class card, in their order."""
    versions = {key: version_words(each) for key, each in form.versions.items()}
    labels = {name: t(words) for name, words in GROUP_LABELS.items()}
    grades = [*((grade, grade) for grade in GRADES), (MULTIGRADE, t("Multigrade"))]

    def field(
        name: str, make: MakeEditor, told: str = "", *, required: bool = False, beside: bool = False
    ) -> FormField:
        return FormField(name, labels[name], make, told, required, beside=beside)

    def officers(label: str, around: Surroundings) -> Editor:
        editor = OfficersEditor(label, around)
        editor.offer(form.officers)
        return editor

    return [
        field("curriculum_version_id", references(versions), required=True),
        field("school_year", numbers, required=True, beside=True),
        field("school_id", references(form.schools)),
        field(
            "municipality_id",
            references(form.municipalities),
            t("Only where it was not held in a school."),
            beside=True,
        ),
        field("grade", lambda label, _around: ChoiceEditor(label, grades, "—")),
        field("section", _line(20), beside=True),
        field("shift", shifts(t), beside=True),
        field("officers", officers),
        field("enrolled", HeadsEditor),
        field(
            "reached",
            HeadsEditor,
            t("Different pupils with at least one lesson. Left empty: the largest lesson that was counted."),
            beside=True,
        ),
        field("graduated", HeadsEditor, beside=True),
        field("graduated_on", days, t("The ceremony, or the last lesson.")),
        field(
            "by_grade",
            GradesEditor,
            t("Only of a multigrade group, one row for each grade; then the counts above may stay empty."),
        ),
        field("lessons", LessonsEditor, t("Those present may stay empty.")),
        field("first_lesson_on", days, t("Only where the days of the lessons are not known.")),
        field("lessons_given", numbers, beside=True),
        field("event", _line(500)),
        field("note", _line(500), t("Why counts are unusual. No names of pupils.")),
        field("repeat_reason", _line(500), t("Only where the same class is in the file already.")),
    ]


def typing_problems(values: Mapping[str, Any]) -> list[DraftProblem]:
    """What was typed and cannot be read: texts that are nothing of a list, no day, no number."""
    problems = [DraftProblem(name, _CHOOSE) for name in _REFERENCES if isinstance(values.get(name), str)]
    problems += [
        DraftProblem("officers", _CHOOSE) for each in values.get("officers", ()) if isinstance(each.instructor_id, str)
    ][:1]
    for name in _NUMBERS:
        if isinstance(values.get(name), str):
            problems.append(DraftProblem(name, N_("This is a whole number, 0 or more.")))
    for name in _DAYS:
        problems += date_problems(name, values.get(name))
    for lesson in values.get("lessons", ()):
        if not isinstance(lesson.given_on, dt.date):
            message = N_("Say the day of lesson {number} as 05/03/2026.")
            problems.append(DraftProblem("lessons", message, {"number": lesson.number}))
    return problems


def at_fields(problems: Sequence[GroupProblem]) -> list[DraftProblem]:
    """The errors of a card at the fields that it shows: counts of one sex belong to the line of all."""
    by_count = {f"{what}_{sex}": what for what in COUNTS for sex in ("girls", "boys", "unrecorded")}
    return [
        DraftProblem(by_count.get(each.field, each.field), each.message, each.values) for each in errors_of(problems)
    ]


def warning_words(problems: Sequence[GroupProblem], t: Translator) -> str:
    """What is unusual and was kept, in sentences."""
    return " ".join(dict.fromkeys(problem.told().text(t) for problem in problems))
