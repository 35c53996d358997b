"""A course given as a form hands it over: its fields, its days, what is wrong with it on its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from eic_tracker.domain.drafts import DraftProblem, date_problems, tidy, writable
from eic_tracker.domain.list_rules import LARGEST
from eic_tracker.domain.school_lists import FieldKind, FieldSpec, ListKind
from eic_tracker.i18n import N_

Values = Mapping[str, object]

HOURS_A_DAY = 8
LONGEST_COURSE = 3 * 366
"""Days from the first to the last; a longer one is a slip of the year."""
_SATURDAY = 5
_CODE = re.compile(r"[0-9A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+([-./][0-9A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+)*")
_K = FieldKind

OFFERING_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("course_id", N_("Course of the catalogue"), _K.REFERENCE, required=True, fixed=True),
    FieldSpec("starts_on", N_("First day"), _K.DATE, required=True),
    FieldSpec(
        "ends_on",
        N_("Last day"),
        _K.DATE,
        help=N_("Left empty, it follows from the hours of the course: eight a day, Monday to Friday."),
    ),
    FieldSpec("lead_id", N_("Lead instructor"), _K.REFERENCE),
    FieldSpec("place", N_("Place")),
    FieldSpec("municipality_id", N_("Municipality"), _K.REFERENCE, refers_to=ListKind.MUNICIPALITY),
    FieldSpec("capacity", N_("Seats"), _K.INT, help=N_("Left empty, nobody is told that it is full.")),
    FieldSpec(
        "code",
        N_("Number"),
        _K.CODE,
        longest=24,
        help=N_("As on letters: 116-2026. Left empty, the next of the year is taken."),
    ),
    FieldSpec(
        "historical_total_id",
        N_("Historical total that covered it"),
        _K.REFERENCE,
        help=N_("Where this old course was counted on paper already: its roster takes so much off that total."),
    ),
    FieldSpec("vetting_required", N_("Its people need verification, where their institution does"), _K.BOOL),
    FieldSpec("enrolment_open", N_("Open for enrolment"), _K.BOOL),
)
"""The fields of a course given, in the order of its form."""

OFFERING_LABELS: Mapping[str, str] = {field.name: field.label for field in OFFERING_FIELDS}


@dataclass(frozen=True, slots=True)
class OfferingDraft:
    """A course given as a form hands it over: `id` is None for a new one; `original` is what the form started from."""

    values: Values
    id: int | None = None
    original: Values | None = None


def tidied_offering(values: Values) -> dict[str, object]:
    """The values of its fields as they would be kept: texts tidied, empty ones None."""
    kept: dict[str, object] = {}
    for field in OFFERING_FIELDS:
        value = values.get(field.name)
        if field.kind is FieldKind.BOOL:
            kept[field.name] = value is True
        else:
            kept[field.name] = (tidy(value) or None) if isinstance(value, str) else value
    return kept


def offering_problems(values: Values) -> tuple[DraftProblem, ...]:
    """What is wrong with tidied values on their own, in the order of the form."""
    problems: list[DraftProblem] = []
    for field in OFFERING_FIELDS:
        value = values.get(field.name)
        if value is None:
            if field.required:
                problems.append(DraftProblem(field.name, N_("This is needed.")))
        elif field.kind is FieldKind.DATE:
            problems.extend(date_problems(field.name, value))
        elif field.kind is FieldKind.REFERENCE and (not isinstance(value, int) or isinstance(value, bool)):
            problems.append(DraftProblem(field.name, N_("Choose one of the list.")))
        elif field.kind is FieldKind.INT and not _is_number(value):
            problems.append(DraftProblem(field.name, N_("This is a whole number from 1 to {most}."), {"most": LARGEST}))
        elif field.kind in {FieldKind.TEXT, FieldKind.CODE}:
            problems.extend(text_problems(field, value))
    problems.extend(_order_problems(values.get("starts_on"), values.get("ends_on")))
    return tuple(problems)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST


def text_problems(field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    """What is wrong with a text or a number as on letters: characters, length, blanks in a code."""
    if not isinstance(value, str) or not writable(value):
        return (DraftProblem(field.name, N_("This holds characters that cannot be kept or printed.")),)
    if len(value) > field.longest:
        return (DraftProblem(field.name, N_("This is too long: at most {most} characters."), {"most": field.longest}),)
    if field.kind is FieldKind.CODE and _CODE.fullmatch(value) is None:
        return (DraftProblem(field.name, N_("A number has letters, digits and dashes, without blanks: 116-2026.")),)
    return ()


def _order_problems(start: object, end: object) -> tuple[DraftProblem, ...]:
    if not isinstance(start, dt.date) or not isinstance(end, dt.date):
        return ()
    if end < start:
        message = N_("It cannot end on {end}, before its first day, {start}.")
        return (DraftProblem("ends_on", message, {"end": end, "start": start}),)
    if (end - start).days > LONGEST_COURSE:
        message = N_("From {start} to {end} are more than three years; look at the years.")
        return (DraftProblem("ends_on", message, {"end": end, "start": start}),)
    return ()


def last_day(start: dt.date, hours: int) -> dt.date:
    """The last day of a course of so many hours: eight a day, the first day and then Monday to Friday."""
    day = start
    for _ in range(max(-(-hours // HOURS_A_DAY), 1) - 1):
        day += dt.timedelta(1)
        while day.weekday() >= _SATURDAY:
            day += dt.timedelta(1)
    return day


def teaching_days(start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    """The days of a course: Monday to Friday, its first and last day whatever they are."""
    days = (start + dt.timedelta(number) for number in range((end - start).days + 1))
    return tuple(day for day in days if day.weekday() < _SATURDAY or day in {start, end})


def shifted(start: dt.date, end: dt.date, today: dt.date) -> tuple[dt.date, dt.date]:
    """The dates of the next edition: four weeks later, or as many times four as lead past today; weekdays stay."""
    weeks = 4
    while start + dt.timedelta(weeks=weeks) <= today:
        weeks += 4
    return start + dt.timedelta(weeks=weeks), end + dt.timedelta(weeks=weeks)
