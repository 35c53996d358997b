"""Who teaches, as forms hand it over: the register, stays, accreditations, mentored units, assignments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.list_rules import field_problems, order_problems, tidied_fields
from eic_tracker.domain.school_lists import FieldKind, FieldSpec, ListKind
from eic_tracker.i18n import N_

Values = Mapping[str, object]

LEAD, ASSISTANT, MODULE = "lead", "assistant", "module"
WARN_BEFORE = dt.timedelta(days=60)
"""So long before its last day an accreditation is named as ending soon."""


class TeachingKind(StrEnum):
    """What a form is about; the value is the name of its table."""

    INSTRUCTOR = "instructor"
    ROTATION = "rotation"
    ACCREDITATION = "accreditation"
    MENTORED_UNIT = "mentored_unit"
    ASSIGNMENT = "assignment"


_K = FieldKind
_UNTIL = N_("Left empty while it lasts.")
_ROLES = (
    (LEAD, N_("Lead instructor")),
    (ASSISTANT, N_("Assistant")),
    (MODULE, N_("Instructor of a module")),
)

TEACHING_FIELDS: Mapping[TeachingKind, tuple[FieldSpec, ...]] = {
    TeachingKind.INSTRUCTOR: (
        FieldSpec("given_names", N_("Given names"), required=True, longest=80),
        FieldSpec("surnames", N_("Surnames"), required=True, longest=80),
        FieldSpec(
            "force_id",
            N_("Home force"),
            _K.REFERENCE,
            required=True,
            refers_to=ListKind.FORCE,
            help=N_("It also says the country. Missing ones are added among the lists of the settings."),
        ),
        FieldSpec(
            "unit_id",
            N_("Unit"),
            _K.REFERENCE,
            refers_to=ListKind.UNIT,
            help=N_("Where they serve now; of officers and instructors of this country."),
        ),
        FieldSpec("rank_text", N_("Rank there"), longest=80, help=N_("As their own force writes it: Intendente.")),
        FieldSpec("police_number", N_("Police number"), longest=20, help=N_("Of Honduran officers.")),
        FieldSpec(
            "participant_number",
            N_("The same person among the people"),
            longest=30,
            help=N_(
                "The number of their document, where they were also a participant; or N.º and the record's number."
            ),
        ),
        FieldSpec("specialities", N_("Specialities"), _K.NAMES, help=N_("What they teach, one a line.")),
        FieldSpec("languages", N_("Languages"), _K.NAMES, help=N_("Those in which they can teach, one a line.")),
        FieldSpec(
            "code",
            N_("Code"),
            _K.CODE,
            fixed=True,
            longest=24,
            help=N_("Reports show it in place of the name. Left empty, one is made from the force."),
        ),
        FieldSpec(
            "ended_on", N_("Ended on"), _K.DATE, help=N_("Their last day; no course is assigned to them after it.")
        ),
        FieldSpec("another_person", N_("This is another person than those with a like name"), _K.BOOL),
    ),
    TeachingKind.ROTATION: (
        FieldSpec("starts_on", N_("From"), _K.DATE, required=True),
        FieldSpec("ends_on", N_("Until"), _K.DATE, help=N_("The account of the advisor ends with it.")),
        FieldSpec("home_unit", N_("Home unit")),
        FieldSpec("funding", N_("Funding"), help=N_("Who pays for the stay.")),
        FieldSpec("counterpart", N_("Counterpart"), help=N_("The unit or person that receives them here.")),
        FieldSpec(
            "overlap_reason",
            N_("Why it overlaps"),
            help=N_("Only where another stay of the same person covers some of these days."),
        ),
    ),
    TeachingKind.ACCREDITATION: (
        FieldSpec("title", N_("Accredited as"), required=True),
        FieldSpec("authority", N_("By"), required=True, help=N_("The authority that granted it.")),
        FieldSpec("number", N_("Number"), longest=60),
        FieldSpec("granted_on", N_("Granted on"), _K.DATE),
        FieldSpec("expires_on", N_("Valid until"), _K.DATE, help=N_("Left empty where it does not end.")),
        FieldSpec(
            "curriculum_id",
            N_("For the curriculum"),
            _K.REFERENCE,
            refers_to=ListKind.CURRICULUM,
            help=N_("Of G.R.E.A.T. officers: which curriculum they may teach by it."),
        ),
    ),
    TeachingKind.MENTORED_UNIT: (
        FieldSpec("unit_id", N_("Unit"), _K.REFERENCE, required=True, refers_to=ListKind.UNIT),
        FieldSpec("theme", N_("Theme"), required=True),
        FieldSpec("starts_on", N_("From"), _K.DATE, required=True),
        FieldSpec("ends_on", N_("Until"), _K.DATE, help=_UNTIL),
    ),
    TeachingKind.ASSIGNMENT: (
        FieldSpec("offering_id", N_("Course given"), _K.REFERENCE, required=True, fixed=True),
        FieldSpec("instructor_id", N_("Instructor"), _K.REFERENCE, required=True, fixed=True),
        FieldSpec("role", N_("Role"), _K.CHOICE, required=True, choices=_ROLES),
        FieldSpec(
            "takes_over",
            N_("Takes the lead over: who leads now assists"),
            _K.BOOL,
        ),
        FieldSpec("offering_module_id", N_("Module"), _K.REFERENCE),
        FieldSpec("hours", N_("Hours"), _K.INT, help=N_("Hours that they teach in this course, of all its hours.")),
        FieldSpec("ended_on", N_("Taught until"), _K.DATE, help=N_("Only where they left before the course ended.")),
    ),
}
"""The fields of each form, in their order."""

PERIODS: Mapping[TeachingKind, tuple[str, str]] = {
    TeachingKind.ROTATION: ("starts_on", "ends_on"),
    TeachingKind.MENTORED_UNIT: ("starts_on", "ends_on"),
    TeachingKind.ACCREDITATION: ("granted_on", "expires_on"),
}
"""First and last day, where a kind has both."""

UNKEPT = frozenset({"another_person", "takes_over"})
"""Fields that answer a question of the form and are not kept."""


@dataclass(frozen=True, slots=True)
class TeachingDraft:
    """A form as it is handed over: `owner` is the instructor to whom it belongs; `id` None for what is new."""

    kind: TeachingKind
    values: Values
    owner: int | None = None
    id: int | None = None
    original: Values | None = None


def labels_of(kind: TeachingKind) -> dict[str, str]:
    """The message of each field of a form."""
    return {field.name: field.label for field in TEACHING_FIELDS[kind]}


def tidied_teaching(kind: TeachingKind, values: Values) -> dict[str, object]:
    """The values of a form as they would be kept."""
    return tidied_fields(TEACHING_FIELDS[kind], values)


def teaching_problems(kind: TeachingKind, values: Values) -> tuple[DraftProblem, ...]:
    """What is wrong with tidied values on their own, in the order of the form."""
    problems = field_problems(TEACHING_FIELDS[kind], values)
    if kind in PERIODS:
        problems += order_problems(values, *PERIODS[kind])
    if kind is TeachingKind.ASSIGNMENT and values.get("role") == MODULE and values.get("offering_module_id") is None:
        problems += (DraftProblem("offering_module_id", N_("Say which module.")),)
    return problems


def overlaps(first: tuple[dt.date, dt.date | None], second: tuple[dt.date, dt.date | None]) -> bool:
    """Whether two times have a day in common; a time without an end lasts."""
    ends = (first[1] or dt.date.max, second[1] or dt.date.max)
    return first[0] <= ends[1] and second[0] <= ends[0]


def taught_hours(total: int, hours: Sequence[int | None]) -> tuple[int | None, ...]:
    """The hours of each assignment of a course of `total` hours.

    One that does not say its hours has what the others leave of the course; where several do not, theirs stay
    unknown: nothing is guessed."""
    unsaid = sum(1 for each in hours if each is None)
    if unsaid != 1:
        return tuple(hours)
    left = max(total - sum(each for each in hours if each is not None), 0)
    return tuple(left if each is None else each for each in hours)


def shared_over_days(hours: int, days: int, of_days: int) -> int:
    """The part of some hours that falls on `days` of `of_days` days, rounded to whole hours, halves up."""
    return (2 * hours * days + of_days) // (2 * of_days) if of_days else 0
