"""The class list of the classroom: its columns, and what is recorded in its cells, as codes and as words."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import AttendanceMark, DayPart, EnrolmentStatus, SecondChanceRule
from eic_tracker.domain.grading import POINT
from eic_tracker.domain.offering_rules import teaching_days
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassMember, ClassResults, Mark
from eic_tracker.services.grades import OF_MODULES, GradeField, grade_in
from eic_tracker.services.recording import KEPT_PROPOSALS

_MOST_DAYS = 60
"""Days that are laid out where the course has none recorded yet."""

_PARTS = {DayPart.MORNING: N_("{day} morning"), DayPart.AFTERNOON: N_("{day} afternoon")}
MARK_LETTERS: Mapping[AttendanceMark, str] = {
    AttendanceMark.PRESENT: N_("P present"),
    AttendanceMark.ABSENT: N_("A absent"),
    AttendanceMark.LATE: N_("L late"),
    AttendanceMark.EXCUSED: N_("E excused"),
}
"""A letter and its word; the letter alone stands in the cells."""
SAID_WORDS = {EnrolmentStatus.WITHDREW: N_("Left the course"), EnrolmentStatus.NO_SHOW: N_("Did not come")}
_TITLES: Mapping[GradeField, str] = {
    GradeField.PRE_TEST: N_("First test"),
    GradeField.POST_TEST: N_("Final test"),
    GradeField.PERFORMANCE: N_("Performance"),
    GradeField.PRODUCTS: N_("Products"),
    GradeField.MODULE: N_("Module {number}"),
    GradeField.FINAL: N_("Final"),
    GradeField.SECOND_CHANCE: N_("Second chance"),
    GradeField.MODULE_SECOND_CHANCE: N_("Module {number}, 2nd"),
}
NAME_TITLE, DOCUMENT_TITLE, STATUS_TITLE = (
    N_("Surnames, given names"),
    N_("Identity document"),
    N_("Left or never came"),
)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column that is filled in: a day, a grade, or what is said of somebody; one of the three."""

    key: str
    day: tuple[dt.date, DayPart] | None = None
    field: GradeField | None = None
    module: int | None = None

    def title(self, t: Translator) -> str:
        """Its heading."""
        if self.day is not None:
            held_on, part = self.day
            words = t.date(held_on)
            return t(_PARTS[part], day=words) if part in _PARTS else words
        return t(STATUS_TITLE) if self.field is None else t(_TITLES[self.field], number=self.module)


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons of the school's list by what they apply to: name by key, and code by key."""

    names: Mapping[str, Mapping[int, str]]
    codes: Mapping[int, str]


def list_columns(results: ClassResults, starts_on: dt.date, ends_on: dt.date) -> tuple[ListColumn, ...]:
    """The columns of a class: its days (the usual ones where none is recorded), grades, and the last one."""
    days = [(day.held_on, day.part) for day in results.days]
    if not days:
        days = [(each, DayPart.WHOLE) for each in teaching_days(starts_on, ends_on)[:_MOST_DAYS]]
    columns = [ListColumn(f"day:{held_on.isoformat()}:{part.value}", (held_on, part)) for held_on, part in days]
    rules = results.rules
    weights = {
        GradeField.POST_TEST: rules.post_test_weight,
        GradeField.PERFORMANCE: rules.performance_weight,
        GradeField.PRODUCTS: rules.products_weight,
    }
    places: list[tuple[GradeField, int | None]] = [(GradeField.PRE_TEST, None)]
    places += [(field, None) for field, weight in weights.items() if weight and rules.by_parts]
    repeats = rules.rules.second_chance is not SecondChanceRule.NONE
    for module in rules.modules if rules.by_modules else ():
        places.append((GradeField.MODULE, module.number))
        if repeats:
            places.append((GradeField.MODULE_SECOND_CHANCE, module.number))
    if not (rules.by_parts or rules.by_modules):
        places.append((GradeField.FINAL, None))
    if repeats:
        places.append((GradeField.SECOND_CHANCE, None))
    columns += [ListColumn(f"grade:{field.value}:{module or ''}", None, field, module) for field, module in places]
    return (*columns, ListColumn("status"))


def recorded(results: ClassResults, member: ClassMember, column: ListColumn, reasons: Reasons) -> str:
    """What is recorded in a cell, as a code that is the same in all languages; empty where nothing is."""
    if column.day is not None:
        mark = mark_on(results, member, column.day)
        return "" if mark is None else mark_code(mark, reasons)
    if column.field is not None:
        grade = grade_at(member, column.field, column.module)
        return "" if grade is None else str(grade)
    if member.proposed not in KEPT_PROPOSALS:
        return ""
    return f"{member.proposed}:{reasons.codes.get(member.ground_id or 0, '')}"


def mark_on(results: ClassResults, member: ClassMember, day: tuple[dt.date, DayPart]) -> Mark | None:
    """The mark of a person on a day or half of one."""
    key = next((each.id for each in results.days if (each.held_on, each.part) == day), None)
    return None if key is None else member.marks.get(key)


def mark_code(mark: Mark, reasons: Reasons) -> str:
    """A mark as a code, with the code of its reason."""
    return f"{mark.mark}:{reasons.codes.get(mark.ground_id or 0, '')}".removesuffix(":")


def grade_at(member: ClassMember, field: GradeField, module: int | None) -> int | None:
    """A recorded grade in hundredths."""
    if field not in OF_MODULES:
        return grade_in(member, field)
    mark = member.modules.get(module or 0)
    if mark is None:
        return None
    return mark.grade if field is GradeField.MODULE else mark.second_chance


def in_words(code: str, column: ListColumn, reasons: Reasons, t: Translator) -> str:
    """A recorded cell as people read and write it: P, E Permiso, 84.5, Left the course: Permiso."""
    if not code:
        return ""
    if column.field is not None:
        return f"{int(code) / POINT:g}" if code.isdigit() else t(SAID_WORDS[EnrolmentStatus.NO_SHOW])
    what, _, ground = code.partition(":")
    names = {reasons.codes[key]: name for named in reasons.names.values() for key, name in named.items()}
    if column.day is not None:
        letter = t(MARK_LETTERS[AttendanceMark(what)])[0]
        return f"{letter} {names[ground]}" if ground in names else letter
    words = t(SAID_WORDS[EnrolmentStatus(what)])
    return f"{words}: {names[ground]}" if ground in names else words


def read_reasons(connection: Connection) -> Reasons:
    """The reasons that have not ended; codes of all."""
    names: dict[str, dict[int, str]] = {}
    codes: dict[int, str] = {}
    for key, code, name, applies_to, valid_to in connection.exec_driver_sql(
        "SELECT id, code, name, applies_to, valid_to FROM ground ORDER BY id"
    ):
        codes[key] = code
        if valid_to is None:
            names.setdefault(applies_to, {})[key] = name
    return Reasons(names, codes)


def row_ids(connection: Connection, offering_id: int) -> dict[int, str]:
    """The id of each enrolment that leaves the machine."""
    rows = connection.exec_driver_sql("SELECT id, uid FROM enrolment WHERE offering_id = ?", (offering_id,))
    return {row.id: row.uid for row in rows}


def digest_of(values: Mapping[tuple[str, str], str]) -> str:
    """A code of all that is recorded: another one means that something was changed."""
    seen = sorted([*key, value] for key, value in values.items())
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()[:16]
