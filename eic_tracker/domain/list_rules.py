"""What is wrong with an item of a school's list, and the codes that the program makes from names."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence

from eic_tracker.domain.drafts import DraftProblem, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.school_lists import FieldKind, FieldSpec, ListKind, ListSpec
from eic_tracker.i18n import N_

Values = dict[str, object]

LARGEST = 9999
MOST_NAMES = 100
_CODE = re.compile(r"[0-9A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+([-./][0-9A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+)*")
_DIGITS = {ListKind.DEPARTMENT: 2, ListKind.MUNICIPALITY: 4}


def tidied(spec: ListSpec, values: Mapping[str, object]) -> Values:
    """The values of a list's fields as they would be kept: texts tidied, empty ones None, names without repetition."""
    return tidied_fields(spec.fields, values)


def tidied_fields(fields: Sequence[FieldSpec], values: Mapping[str, object]) -> Values:
    """The values of some fields as they would be kept."""
    return {field.name: _tidied(field, values.get(field.name)) for field in fields}


def _tidied(field: FieldSpec, value: object) -> object:
    if field.kind is FieldKind.NAMES:
        names = value if isinstance(value, tuple | list) else ()
        by_key = {fold(text): text for text in (tidy(str(name)) for name in reversed(names)) if text}
        return tuple(sorted(by_key.values(), key=fold))
    if field.kind is FieldKind.BOOL:
        return value is True
    if isinstance(value, str):
        return tidy(value) or None
    return value


def item_problems(spec: ListSpec, values: Mapping[str, object]) -> tuple[DraftProblem, ...]:
    """What is wrong with tidied values on their own, in the order of the fields; what the file says is not asked."""
    return (
        *field_problems(spec.fields, values, spec),
        *order_problems(values, "valid_from", "valid_to"),
        *order_problems(values, "covers_from", "covers_to"),
    )


def field_problems(
    fields: Sequence[FieldSpec], values: Mapping[str, object], spec: ListSpec | None = None
) -> tuple[DraftProblem, ...]:
    """What is wrong with each tidied value by itself, in the order of the fields; `spec` where they are a list's."""
    problems: list[DraftProblem] = []
    for field in fields:
        value = values.get(field.name)
        if value is None or value == ():
            if field.required:
                problems.append(DraftProblem(field.name, N_("This is needed.")))
        else:
            problems.extend(_CHECKS[field.kind](spec, field, value))
    return tuple(problems)


def order_problems(values: Mapping[str, object], first: str, last: str) -> tuple[DraftProblem, ...]:
    """A time that ends before it begins, told at its end."""
    start, end = values.get(first), values.get(last)
    if isinstance(start, dt.date) and isinstance(end, dt.date) and end < start:
        message = N_("It cannot end on {end}, before its first day, {start}.")
        return (DraftProblem(last, message, {"end": end, "start": start}),)
    return ()


def _text(_spec: ListSpec | None, field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    if not isinstance(value, str) or not writable(value):
        return (DraftProblem(field.name, N_("This holds characters that cannot be kept or printed.")),)
    if len(value) > field.longest:
        return (DraftProblem(field.name, N_("This is too long: at most {most} characters."), {"most": field.longest}),)
    if not fold(value):
        return (DraftProblem(field.name, N_("This needs at least one letter or digit.")),)
    return ()


def _code(spec: ListSpec | None, field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    if spec is not None and (digits := _DIGITS.get(spec.kind)):
        if not isinstance(value, str) or re.fullmatch(rf"[0-9]{{{digits}}}", value) is None:
            return (DraftProblem(field.name, N_("The official code has {digits} digits."), {"digits": digits}),)
        return ()
    if not isinstance(value, str) or _CODE.fullmatch(value) is None:
        return (DraftProblem(field.name, N_("An abbreviation has letters, digits and dashes, without blanks.")),)
    return _text(spec, field, value)


def _choice(_spec: ListSpec | None, field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    if value not in {code for code, _ in field.choices}:
        return (DraftProblem(field.name, N_("Choose one of the list.")),)
    return ()


def _country(_spec: ListSpec | None, field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    if not isinstance(value, str) or re.fullmatch(r"[A-Z]{3}", value) is None:
        return (DraftProblem(field.name, N_("Choose one of the list.")),)
    return ()


def _reference(_spec: ListSpec | None, field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    if not isinstance(value, int) or isinstance(value, bool):
        return (DraftProblem(field.name, N_("Choose one of the list.")),)
    return ()


def _number(_spec: ListSpec | None, field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LARGEST:
        return (DraftProblem(field.name, N_("This is a whole number from 1 to {most}."), {"most": LARGEST}),)
    return ()


def _names(spec: ListSpec | None, field: FieldSpec, value: object) -> tuple[DraftProblem, ...]:
    assert isinstance(value, tuple)
    if len(value) > MOST_NAMES:
        return (DraftProblem(field.name, N_("At most {most} ways of writing it are kept."), {"most": MOST_NAMES}),)
    for name in value:
        if found := _text(spec, field, name):
            return found
    return ()


_Check = Callable[[ListSpec | None, FieldSpec, object], tuple[DraftProblem, ...]]
_CHECKS: Mapping[FieldKind, _Check] = {
    FieldKind.TEXT: _text,
    FieldKind.CODE: _code,
    FieldKind.CHOICE: _choice,
    FieldKind.COUNTRY: _country,
    FieldKind.REFERENCE: _reference,
    FieldKind.DATE: lambda _spec, field, value: date_problems(field.name, value),
    FieldKind.BOOL: lambda _spec, _field, _value: (),
    FieldKind.INT: _number,
    FieldKind.NAMES: _names,
}

_LONGEST_CODE = 40


def make_code(name: str, taken: Container[str], *, small: bool = False) -> str:
    """A code from a name, unlike any in `taken` (folded): whole words, ASCII, cut at 40 characters, then -2, -3, …"""
    plain = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    words = plain.split() or ["x"]
    code = words[0][:_LONGEST_CODE]
    for word in words[1:]:
        if len(code) + 1 + len(word) > _LONGEST_CODE:
            break
        code = f"{code}-{word}"
    code = code if small else code.upper()
    made, number = code, 1
    while fold(made) in taken:
        number += 1
        made = f"{code}-{number}"
    return made


def leads_round(item: int, successor: int | None, successors: Mapping[int, int]) -> bool:
    """Whether an item with this successor would at last become itself, following the other items' successors."""
    seen: set[int] = set()
    while successor is not None and successor not in seen:
        if successor == item:
            return True
        seen.add(successor)
        successor = successors.get(successor)
    return False
