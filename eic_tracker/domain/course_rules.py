"""A course of the catalogue and its versions as forms hand them over, and what is wrong with them on their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eic_tracker.domain.codes import CourseType, RoundingRule, SecondChanceRule
from eic_tracker.domain.drafts import DraftProblem, date_problems, tidy, writable
from eic_tracker.domain.grade_texts import written_grade
from eic_tracker.domain.grading import POINT
from eic_tracker.domain.list_rules import LARGEST
from eic_tracker.domain.offering_rules import text_problems
from eic_tracker.domain.school_lists import FieldKind, FieldSpec
from eic_tracker.i18n import N_

Values = Mapping[str, object]
_K = FieldKind

COURSE_TYPES: Mapping[CourseType, str] = {
    CourseType.COURSE: N_("Course"),
    CourseType.SEMINAR: N_("Seminar"),
    CourseType.WORKSHOP: N_("Workshop"),
    CourseType.DIPLOMA: N_("Diploma course"),
    CourseType.SPECIALISATION: N_("Specialisation"),
    CourseType.TRAIN_THE_TRAINER: N_("Training of trainers"),
    CourseType.CONFERENCE: N_("Conference"),
    CourseType.STUDY_TOUR: N_("Study tour"),
}
SCALE_WORDS = {100: N_("0 to 100"), 10: N_("0 to 10"), 5: N_("0 to 5")}
ROUNDINGS = (
    (RoundingRule.NONE.value, N_("Not rounded: 69.5 does not reach 70")),
    (RoundingRule.HALF_UP.value, N_("To whole points, halves upwards: 69.5 becomes 70")),
)
SECOND_CHANCES = (
    (SecondChanceRule.NONE.value, N_("Not held")),
    (SecondChanceRule.REPLACES.value, N_("Takes the place of the first grade")),
    (SecondChanceRule.AT_MOST_MINIMUM.value, N_("Counts at most the minimum grade")),
)
WEIGHTS = ("post_test_weight", "performance_weight", "products_weight")

COURSE_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec(
        "code", N_("Code"), _K.CODE, required=True, longest=24, help=N_("Short and lasting, as in reports: CUR-ICB.")
    ),
    FieldSpec("title", N_("Title"), required=True, longest=200),
    FieldSpec(
        "course_type",
        N_("Type of course"),
        _K.CHOICE,
        required=True,
        choices=tuple((kind.value, words) for kind, words in COURSE_TYPES.items()),
    ),
    FieldSpec("programme_id", N_("Programme"), _K.REFERENCE, required=True, fixed=True),
    FieldSpec("valid_to", N_("Given until"), _K.DATE, help=N_("After this day no new edition is entered.")),
)
"""The fields of a course, in the order of its form."""

VERSION_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("hours", N_("Hours"), _K.INT, required=True),
    FieldSpec("human_rights_hours", N_("Hours of human rights among them"), _K.INT),
    FieldSpec(
        "scale",
        N_("Scale of grades"),
        _K.CHOICE,
        required=True,
        choices=tuple((str(scale), words) for scale, words in SCALE_WORDS.items()),
    ),
    FieldSpec("minimum_grade", N_("Minimum grade"), longest=12, help=N_("Left empty, it takes no grade to complete.")),
    FieldSpec(
        "minimum_attendance", N_("Minimum attendance in per cent"), _K.INT, help=N_("Left empty, none is asked for.")
    ),
    FieldSpec("rounding", N_("Rounding of grades"), _K.CHOICE, required=True, choices=ROUNDINGS),
    FieldSpec("second_chance", N_("Second chance"), _K.CHOICE, required=True, choices=SECOND_CHANCES),
    FieldSpec("post_test_weight", N_("Weight of the final test in per cent"), _K.INT),
    FieldSpec("performance_weight", N_("Weight of performance in per cent"), _K.INT),
    FieldSpec("products_weight", N_("Weight of products in per cent"), _K.INT),
)
"""The fields of a version, in the order of its form; its modules stand below them."""

COURSE_LABELS: Mapping[str, str] = {field.name: field.label for field in COURSE_FIELDS}
VERSION_LABELS: Mapping[str, str] = {**{field.name: field.label for field in VERSION_FIELDS}, "modules": N_("Modules")}


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module as it is typed; a text where a number is expected is no number."""

    title: str
    hours: object = None
    human_rights_hours: object = None
    weight: object = None


def tidied_course(values: Values) -> dict[str, object]:
    """The values of a course's fields as they would be kept."""
    return _tidied(COURSE_FIELDS, values)


def tidied_version(values: Values) -> dict[str, object]:
    """The values of a version's fields as they would be kept; modules without a title and numbers are left out."""
    modules = values.get("modules") or ()
    assert isinstance(modules, tuple | list)
    kept = [ModuleLine(tidy(each.title), each.hours, each.human_rights_hours, each.weight) for each in modules]
    blank = ModuleLine("")
    return {**_tidied(VERSION_FIELDS, values), "modules": tuple(each for each in kept if each != blank)}


def _tidied(fields: tuple[FieldSpec, ...], values: Values) -> dict[str, object]:
    found = {field.name: values.get(field.name) for field in fields}
    return {name: (tidy(value) or None) if isinstance(value, str) else value for name, value in found.items()}


def course_problems(values: Values) -> tuple[DraftProblem, ...]:
    """What is wrong with the tidied values of a course, in the order of its form."""
    return tuple(problem for field in COURSE_FIELDS for problem in _field_problems(field, values.get(field.name)))


def version_problems(values: Values) -> tuple[DraftProblem, ...]:
    """What is wrong with the tidied values of a version: fields, then weights, then what modules add up to."""
    problems = [problem for field in VERSION_FIELDS for problem in _field_problems(field, values.get(field.name))]
    problems += _range_problems(values)
    problems += _module_problems(values["modules"])
    return tuple(problems or [*_weight_problems(values), *_sum_problems(values)])


def minimum_grade(values: Values) -> int | None:
    """The minimum grade of a version in hundredths of a point, 0 where none is asked for; None where it is no grade."""
    text = values.get("minimum_grade")
    if text is None:
        return 0
    number = written_grade(str(text)).number
    hundredths = number * POINT if number is not None else None
    return int(hundredths) if hundredths is not None and hundredths.denominator == 1 else None


def number_of(values: Values, name: str) -> int:
    """A whole number of a tidied and checked draft; 0 where it was left empty."""
    value = values.get(name)
    return value if isinstance(value, int) else 0


def _field_problems(field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    if value is None:
        return (DraftProblem(field.name, N_("This is needed.")),) if field.required else ()
    if field.kind is _K.DATE:
        return date_problems(field.name, value)
    if field.kind is _K.REFERENCE and not isinstance(value, int):
        return (DraftProblem(field.name, N_("Choose one of the list.")),)
    if field.kind is _K.CHOICE and value not in dict(field.choices):
        return (DraftProblem(field.name, N_("Choose one of the list.")),)
    if field.kind is _K.INT and not _is_whole(value):
        message = N_("This is a whole number from 0 to {most}.")
        return (DraftProblem(field.name, message, {"most": LARGEST}),)
    return text_problems(field, value) if field.kind in {_K.TEXT, _K.CODE} else ()


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _range_problems(values: Values) -> list[DraftProblem]:
    problems = []
    hours, rights = values.get("hours"), number_of(values, "human_rights_hours")
    if hours == 0:
        problems.append(DraftProblem("hours", N_("A course has at least one hour.")))
    elif isinstance(hours, int) and rights > hours:
        problems.append(DraftProblem("human_rights_hours", N_("These are more than the hours of the course.")))
    over = [name for name in ("minimum_attendance", *WEIGHTS) if number_of(values, name) > 100]
    problems += [DraftProblem(name, N_("This is at most 100 per cent.")) for name in over]
    least, scale = minimum_grade(values), int(str(values.get("scale") or 0))
    if least is None or least < 0 or least > scale * POINT:
        message = N_("This is a grade from 0 to {scale}, with at most two decimals.")
        problems.append(DraftProblem("minimum_grade", message, {"scale": scale}))
    return problems


def _module_problems(modules: object) -> list[DraftProblem]:
    assert isinstance(modules, tuple)
    problems = []
    for number, module in enumerate(modules, 1):
        numbers = (module.hours, module.human_rights_hours, module.weight)
        if not module.title or len(module.title) > 200 or not writable(module.title):
            problems.append(DraftProblem("modules", N_("Module {number} needs a title."), {"number": number}))
        if not _is_whole(module.hours) or module.hours == 0:
            problems.append(DraftProblem("modules", N_("Module {number} needs its hours."), {"number": number}))
        elif not all(each is None or _is_whole(each) for each in numbers):
            message = N_("Module {number}: hours and weight are whole numbers.")
            problems.append(DraftProblem("modules", message, {"number": number}))
    return problems


def _weight_problems(values: Values) -> list[DraftProblem]:
    """Weights make 100, or there are none and one final grade is typed; tests or modules have them, not both."""
    modules = values["modules"]
    assert isinstance(modules, tuple)
    parts = sum(number_of(values, name) for name in WEIGHTS)
    of_modules = sum(module.weight or 0 for module in modules)
    if parts and of_modules:
        return [DraftProblem("modules", N_("Either the modules have weights or tests and products have, not both."))]
    if parts not in (0, 100):
        message = N_("The three weights make {sum} per cent together; they must make 100.")
        return [DraftProblem("products_weight", message, {"sum": parts})]
    if of_modules not in (0, 100):
        message = N_("The weights of the modules make {sum} per cent together; they must make 100.")
        return [DraftProblem("modules", message, {"sum": of_modules})]
    return []


def _sum_problems(values: Values) -> list[DraftProblem]:
    """The hours of the modules, where there are any, are those of the course."""
    modules = values["modules"]
    assert isinstance(modules, tuple)
    if not modules:
        return []
    problems = []
    for name, message in (
        ("hours", N_("The modules have {sum} hours together, the course has {hours}.")),
        ("human_rights_hours", N_("The modules have {sum} hours of human rights together, the course has {hours}.")),
    ):
        found, said = sum(getattr(module, name) or 0 for module in modules), number_of(values, name)
        if found != said:
            problems.append(DraftProblem("modules", message, {"sum": found, "hours": said}))
    return problems
