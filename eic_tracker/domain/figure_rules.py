"""What may be entered as a published figure, as a historical total, as the explanation of a difference."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from eic_tracker.domain.codes import CauseKind, CurriculumKind, Measure, ProgrammeKind, Qualifier
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.list_rules import field_problems, order_problems, tidied_fields
from eic_tracker.domain.school_lists import FieldKind, FieldSpec
from eic_tracker.i18n import N_

Values = Mapping[str, object]
_K = FieldKind

MEASURES_OF: Mapping[ProgrammeKind, tuple[Measure, ...]] = {
    ProgrammeKind.COURSES: (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS, Measure.PERSONS),
    ProgrammeKind.OUTREACH: (Measure.REACHED, Measure.GRADUATED),
}
"""What rosters count, and what class groups do."""

_MEASURES = (
    (Measure.COMPLETIONS.value, N_("Completions")),
    (Measure.PERSONS.value, N_("Distinct persons")),
    (Measure.ENROLMENTS.value, N_("Enrolments")),
    (Measure.OFFERINGS.value, N_("Courses")),
    (Measure.REACHED.value, N_("Reached")),
    (Measure.GRADUATED.value, N_("Graduated")),
)
_QUALIFIERS = (
    (Qualifier.EXACT.value, N_("exactly")),
    (Qualifier.MORE_THAN.value, N_("more than")),
    (Qualifier.ABOUT.value, N_("about")),
    (Qualifier.TARGET.value, N_("target")),
    (Qualifier.EXPECTED_ADDITIONAL.value, N_("more expected")),
)
_PRECISIONS = (
    ("day", N_("to the day")),
    ("month", N_("to the month")),
    ("year", N_("to the year")),
    ("inferred", N_("inferred from the text")),
    ("unknown", N_("not said")),
)
_COMPONENTS = (
    (CurriculumKind.ELEMENTARY.value, N_("Elementary")),
    (CurriculumKind.MIDDLE.value, N_("Middle school")),
    (CurriculumKind.FAMILIES.value, N_("Families")),
    (CurriculumKind.CAMP.value, N_("Camp")),
    (CurriculumKind.WORKSHOP.value, N_("Workshop")),
)
_CAUSES = (
    (CauseKind.COUNTING_RULE.value, N_("The source counts by another rule")),
    (CauseKind.LATE_ENTRY.value, N_("Entered after the source counted")),
    (CauseKind.MERGED.value, N_("Records of one person joined since")),
    (CauseKind.DOCUMENTED.value, N_("Another reason that a document tells")),
)
"""The causes that people tell; historical totals and qualifiers are counted, never typed in."""

SCOPE_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("instructor_force", N_("Force of the lead instructor"), help=N_("Its code, as CNP; empty: all.")),
    FieldSpec("departments", N_("Departments"), help=N_("Two-digit codes, parted by ;. Empty: all.")),
    FieldSpec("municipalities", N_("Municipalities"), help=N_("Four-digit codes, parted by ;.")),
    FieldSpec("curriculum_kind", N_("Component"), _K.CHOICE, choices=_COMPONENTS),
    FieldSpec("school", N_("School"), help=N_("Its code.")),
)
PUBLISHED_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("key", N_("Short name"), required=True, fixed=True, help=N_("Small letters, digits, dashes; it stays.")),
    FieldSpec("programme", N_("Programme"), required=True, help=N_("Its code: EIC, GREAT.")),
    FieldSpec("measure", N_("What it counts"), _K.CHOICE, required=True, choices=_MEASURES),
    FieldSpec("qualifier", N_("How it is meant"), _K.CHOICE, required=True, choices=_QUALIFIERS),
    FieldSpec("value", N_("Value"), _K.INT, required=True),
    FieldSpec("period_from", N_("From"), _K.DATE, required=True),
    FieldSpec("period_to", N_("Until"), _K.DATE, help=N_("Empty: to this day.")),
    FieldSpec("precision", N_("How its days are known"), _K.CHOICE, required=True, choices=_PRECISIONS),
    *SCOPE_FIELDS,
    FieldSpec("event", N_("Single event"), help=N_("A ceremony, a camp; empty for a total."), longest=200),
    FieldSpec("contradicts", N_("Contradicts"), help=N_("The short name of the figure that it does not fit with.")),
    FieldSpec("source_title", N_("Source"), required=True, longest=300, help=N_("Who published it, where, when.")),
    FieldSpec("source_url", N_("Address"), longest=500),
    FieldSpec("quote", N_("Its words"), required=True, longest=1_000, help=N_("As the source says it, word by word.")),
    FieldSpec("note", N_("Note"), longest=500),
)
TOTAL_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("programme", N_("Programme"), required=True, help=N_("Its code: EIC, GREAT.")),
    FieldSpec("measure", N_("What it counts"), _K.CHOICE, required=True, choices=_MEASURES),
    FieldSpec("value", N_("Value"), _K.INT, required=True, help=N_("As the document says it.")),
    FieldSpec("girls_or_women", N_("Of them girls or women"), _K.INT, help=N_("Empty where it is not told.")),
    FieldSpec("boys_or_men", N_("Of them boys or men"), _K.INT),
    FieldSpec("first_day", N_("First day"), _K.DATE, required=True),
    FieldSpec("last_day", N_("Last day"), _K.DATE, required=True),
    *SCOPE_FIELDS,
)
EXPLANATION_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("kind", N_("Cause"), _K.CHOICE, required=True, choices=_CAUSES),
    FieldSpec("amount", N_("Amount"), required=True, help=N_("Published minus counted; −12: 12 too many are counted.")),
    FieldSpec("label", N_("In words"), required=True, longest=200),
)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LARGEST = 100_000_000
_AMOUNT = re.compile(r"[-\N{MINUS SIGN}+]?[0-9][0-9,]*")


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """The codes of the file: programmes by kind, forces, departments, municipalities, schools, keys of figures."""

    programmes: Mapping[str, ProgrammeKind]
    forces: frozenset[str]
    departments: frozenset[str]
    municipalities: frozenset[str]
    schools: frozenset[str]
    figures: frozenset[str]


def codes_of(text: object) -> tuple[str, ...]:
    """The codes of a field that holds several, parted by `;` or `,`."""
    parts = str(text or "").replace(",", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())


def tidied_published(values: Values) -> dict[str, object]:
    """The values of a published figure as they would be kept."""
    return _joined(dict(tidied_fields(PUBLISHED_FIELDS, values)))


def tidied_total(values: Values) -> dict[str, object]:
    """The values of a historical total as they would be kept."""
    return _joined(dict(tidied_fields(TOTAL_FIELDS, values)))


def _joined(values: dict[str, object]) -> dict[str, object]:
    for name in ("departments", "municipalities"):
        values[name] = ";".join(codes_of(values.get(name))) or None
    return values


def published_problems(values: Values, known: KnownCodes, *, new: bool) -> tuple[DraftProblem, ...]:
    """What is wrong with tidied values of a published figure, in the order of its form."""
    problems = [*field_problems(PUBLISHED_FIELDS, values), *order_problems(values, "period_from", "period_to")]
    key, contradicts = values.get("key"), values.get("contradicts")
    if isinstance(key, str) and _KEY.fullmatch(key) is None:
        problems.append(DraftProblem("key", N_("Write small letters, digits and dashes, such as eic-2019.")))
    elif new and key in known.figures:
        problems.append(
            DraftProblem("key", N_("There is a figure {key} already; choose another short name."), {"key": key})
        )
    if contradicts is not None and contradicts == key:
        problems.append(DraftProblem("contradicts", N_("A figure does not contradict itself.")))
    elif contradicts is not None and contradicts not in known.figures:
        problems.append(DraftProblem("contradicts", N_("There is no figure {key}."), {"key": contradicts}))
    url = values.get("source_url")
    if isinstance(url, str) and not url.startswith(("https://", "http://")):
        problems.append(DraftProblem("source_url", N_("A web address begins with https://.")))
    return (*problems, *_value_problems(values, "value"), *_scope_problems(values, known))


def total_problems(values: Values, known: KnownCodes, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with tidied values of a historical total, in the order of its form."""
    problems = [*field_problems(TOTAL_FIELDS, values), *order_problems(values, "first_day", "last_day")]
    last = values.get("last_day")
    if isinstance(last, dt.date) and last > today:
        problems.append(
            DraftProblem("last_day", N_("A total of the past ends before today, {today}."), {"today": today})
        )
    value, women, men = (values.get(name) for name in ("value", "girls_or_women", "boys_or_men"))
    if (women is None) != (men is None):
        problems.append(DraftProblem("boys_or_men", N_("Tell both, or neither.")))
    elif isinstance(value, int) and isinstance(women, int) and isinstance(men, int) and women + men > value:
        told = {"sum": women + men, "value": value}
        problems.append(DraftProblem("boys_or_men", N_("Both together are {sum}, more than {value}."), told))
    return (*problems, *_value_problems(values, "value"), *_scope_problems(values, known))


def explanation_problems(values: Values) -> tuple[DraftProblem, ...]:
    """What is wrong with tidied values of an explanation, in the order of its form."""
    problems = [*field_problems(EXPLANATION_FIELDS, values)]
    amount = values.get("amount")
    if isinstance(amount, str) and not amount_of(amount):
        problems.append(
            DraftProblem("amount", N_("Write a whole number other than 0, with − where too many are counted."))
        )
    return tuple(problems)


def amount_of(text: str) -> int:
    """The signed number of an explanation; 0 where it is none."""
    if _AMOUNT.fullmatch(text) is None:
        return 0
    number = int(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))
    return number if abs(number) <= _LARGEST else 0


def _value_problems(values: Values, name: str) -> tuple[DraftProblem, ...]:
    value = values.get(name)
    if isinstance(value, int) and not 0 < value <= _LARGEST:
        return (DraftProblem(name, N_("Write a number from 1 to {most}."), {"most": _LARGEST}),)
    return ()


def _scope_problems(values: Values, known: KnownCodes) -> tuple[DraftProblem, ...]:
    """A scope that can hold nothing: unknown codes, places outside each other, what the programme never counts."""
    problems = [
        DraftProblem(name, N_("“{code}” is not known here. Enter it among the lists first."), {"code": code})
        for name, codes in (
            ("programme", frozenset(known.programmes)),
            ("instructor_force", known.forces),
            ("departments", known.departments),
            ("municipalities", known.municipalities),
            ("school", known.schools),
        )
        for code in codes_of(values.get(name))
        if code not in codes
    ]
    departments = codes_of(values.get("departments"))
    for code in codes_of(values.get("municipalities")):
        if departments and code[:2] not in departments:
            message = N_("Municipality {code} lies in none of the departments; leave one of the two out.")
            problems.append(DraftProblem("municipalities", message, {"code": code}))
    kind = known.programmes.get(str(values.get("programme")))
    measure = values.get("measure")
    if kind is not None and measure in set(Measure) and Measure(str(measure)) not in MEASURES_OF[kind]:
        problems.append(DraftProblem("measure", N_("This programme never counts that; choose another measure.")))
    if kind is ProgrammeKind.OUTREACH and values.get("instructor_force"):
        problems.append(DraftProblem("instructor_force", N_("Class groups have no lead instructor; leave it empty.")))
    if kind is ProgrammeKind.COURSES:
        problems += [
            DraftProblem(name, N_("Courses have none; leave it empty."))
            for name in ("curriculum_kind", "school")
            if values.get(name)
        ]
    return tuple(problems)
