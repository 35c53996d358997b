"""A version of a curriculum as its form hands it over: its lessons, and how many a group needs to graduate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eic_tracker.domain.class_group_rules import NEVER_GRADUATE
from eic_tracker.domain.codes import CurriculumKind
from eic_tracker.domain.drafts import DraftProblem, tidy, writable
from eic_tracker.domain.list_rules import field_problems, tidied_fields
from eic_tracker.domain.school_lists import FieldKind, FieldSpec
from eic_tracker.i18n import N_

Values = Mapping[str, object]
_K = FieldKind
MOST_LESSONS, LONGEST_TITLE = 60, 120

VERSION_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("version", N_("Version"), required=True, longest=60, help=N_("As people call it: 13 lessons.")),
    FieldSpec("lessons", N_("Lessons"), _K.INT, required=True),
    FieldSpec(
        "lessons_required",
        N_("Lessons that graduating needs"),
        _K.INT,
        help=N_("Left empty for camps and workshops: they reach, nobody graduates from them."),
    ),
    FieldSpec("titles", N_("Titles of the lessons"), _K.NAMES, help=N_("One a line, in their order; or none.")),
    FieldSpec("source", N_("Source"), longest=400, help=N_("Where this is said: a decree, a web page.")),
)
"""The fields of a version, in the order of its form."""

VERSION_LABELS: Mapping[str, str] = {field.name: field.label for field in VERSION_FIELDS}


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """A version as a form hands it over: of which curriculum; `id` None for a new one."""

    curriculum_id: int
    values: Values
    id: int | None = None
    original: Values | None = None


def tidied_version(values: Values) -> dict[str, object]:
    """The values of its fields as they would be kept; titles stay in their order."""
    titles = values.get("titles")
    kept = tidied_fields([field for field in VERSION_FIELDS if field.name != "titles"], values)
    return {**kept, "titles": tuple(tidy(str(each)) for each in titles) if isinstance(titles, tuple) else ()}


def version_problems(values: Values, kind: CurriculumKind) -> tuple[DraftProblem, ...]:
    """What is wrong with tidied values on their own, in the order of the form."""
    problems = list(field_problems([field for field in VERSION_FIELDS if field.name != "titles"], values))
    if problems:
        return tuple(problems)
    lessons, required, titles = values["lessons"], values["lessons_required"], values["titles"]
    assert isinstance(lessons, int)
    assert isinstance(titles, tuple)
    if lessons > MOST_LESSONS:
        problems.append(DraftProblem("lessons", N_("At most {most} lessons."), {"most": MOST_LESSONS}))
    if kind in NEVER_GRADUATE and required is not None:
        message = N_("Camps and workshops reach youth; nobody graduates from them.")
        problems.append(DraftProblem("lessons_required", message))
    elif kind not in NEVER_GRADUATE and required is None:
        problems.append(DraftProblem("lessons_required", N_("Say how many lessons a group needs to graduate.")))
    elif isinstance(required, int) and required > lessons:
        message = N_("No more than the {count} lessons that there are.")
        problems.append(DraftProblem("lessons_required", message, {"count": lessons}))
    if titles and len(titles) != lessons:
        message = N_("{titles} titles for {count} lessons: write one for each, or none.")
        problems.append(DraftProblem("titles", message, {"titles": len(titles), "count": lessons}))
    if any(not each or len(each) > LONGEST_TITLE or not writable(each) for each in titles):
        message = N_("A title has 1 to {most} characters that can be printed.")
        problems.append(DraftProblem("titles", message, {"most": LONGEST_TITLE}))
    return tuple(problems)
