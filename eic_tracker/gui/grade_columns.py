"""The columns of a class's grades: which the course version has, what they show, what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from eic_tracker.domain.codes import Distinction, SecondChanceRule
from eic_tracker.domain.grading import gain, may_repeat
from eic_tracker.gui.grids.cells import grade_words, name_of
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassMember, ClassResults, ClassRules
from eic_tracker.reports.paper_words import ROUNDINGS
from eic_tracker.services.grades import OF_MODULES, GradeField, grade_in

Place = tuple[GradeField, int | None]
"""A column of grades: its field and, for a module's, the number of the module."""

DISTINCTIONS = {
    Distinction.KEY_PARTICIPANT: N_("Key participant"),
    Distinction.UNSATISFACTORY: N_("Unsatisfactory"),
}


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A person with what was typed and is not read back yet; `refused` are the places whose text cannot be stored."""

    member: ClassMember
    results: ClassResults
    typed: Mapping[Place, str] = field(default_factory=dict)
    refused: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """A column with its place, None where nothing is typed as a grade, and what is said while one stands on it."""

    column: Column
    place: Place | None
    hint: str
    muted: bool = False
    marks: bool = False
    """digits choose a distinction"""


def held_grade(row: GradeRow, place: Place) -> int | None:
    """The grade of a cell as it is recorded, the final one as it follows."""
    kind, module = place
    if kind in OF_MODULES:
        mark = row.member.modules.get(module or 0)
        if mark is None:
            return None
        return mark.grade if kind is GradeField.MODULE else mark.second_chance
    return row.results.final_of(row.member) if kind is GradeField.FINAL else grade_in(row.member, kind)


def is_open_for_second(row: GradeRow, place: Place) -> bool:
    """Whether a second chance may stand in this cell."""
    kind, module = place
    rules = row.results.rules.rules
    if kind is GradeField.SECOND_CHANCE:
        return may_repeat(row.results.final_of(row.member), rules)
    mark = row.member.modules.get(module or 0)
    return mark is not None and may_repeat(mark.grade, rules)


def grade_columns(rules: ClassRules, t: Translator) -> tuple[GradeColumn, ...]:
    """All columns of a class in their order; the first is the name."""
    columns = [_plain("name", N_("Surnames, given names"), lambda row, t: name_of(row.member, t), "", width=30)]
    columns.append(
        _typed(GradeField.PRE_TEST, N_("First test"), N_("First test: it counts nothing, it tells the gain."))
    )
    for kind, title, hint, weight in (
        (GradeField.POST_TEST, N_("Final test"), N_("Final test, {weight} % of the grade."), rules.post_test_weight),
        (
            GradeField.PERFORMANCE,
            N_("Performance"),
            N_("Performance, {weight} % of the grade."),
            rules.performance_weight,
        ),
        (GradeField.PRODUCTS, N_("Products"), N_("Products, {weight} % of the grade."), rules.products_weight),
    ):
        if rules.by_parts and weight:
            columns.append(_typed(kind, title, hint))
    repeats = rules.rules.second_chance is not SecondChanceRule.NONE
    for module in rules.modules if rules.by_modules else ():
        number = module.number
        hint = N_("{title}, {weight} % of the grade.")
        columns.append(_typed(GradeField.MODULE, t("Module {number}", number=number), hint, number))
        if repeats:
            hint = N_("{title}: second chance. {rule}")
            title = t("Module {number}, 2nd", number=number)
            columns.append(_typed(GradeField.MODULE_SECOND_CHANCE, title, hint, number))
    columns.append(_typed(GradeField.FINAL, N_("Final"), "", muted=rules.by_parts or rules.by_modules))
    if repeats:
        columns.append(_typed(GradeField.SECOND_CHANCE, N_("Second chance"), N_("Second chance. {rule}")))
        hint = N_("The grade that counts: the second chance where the first fell short.")
        counted = _plain(
            "counted", N_("Counts"), lambda row, t: grade_words(row.results.counted_of(row.member), t), hint
        )
        columns.append(counted)
    if any(each.place == (GradeField.POST_TEST, None) for each in columns):
        hint = N_("Gain: the final test less the first one.")
        columns.append(_plain("gain", N_("Gain"), _gain_words, hint))
    hint = N_("Distinction: 1 key participant, 2 unsatisfactory, 0 none. Only the course's people and managers see it.")
    columns.append(
        GradeColumn(Column("distinction", N_("Distinction"), _distinction, width=16), None, hint, marks=True)
    )
    return tuple(columns)


def hint_of(column: GradeColumn, row: GradeRow | None, rules: ClassRules, t: Translator) -> str:
    """What is said while the keyboard stands in a column: what it is, by which rule, which keys mean something."""
    if column.place is None:
        return t(column.hint) if column.hint else t("Left and Right lead to the grades; letters jump to a name.")
    kind, number = column.place
    if kind is GradeField.FINAL:
        if row is not None and row.results.is_made(row.member):
            rounding = t(ROUNDINGS[rules.rules.rounding])
            return t("Final grade: it follows from its parts by the weights. {rounding}", rounding=rounding)
        said = t("Final grade.")
    else:
        module = next((each for each in rules.modules if each.number == number), None)
        weight = module.weight if module is not None else _weights(rules).get(kind, 0)
        said = t(column.hint, title=module.title if module else "", weight=weight, rule=second_words(rules, t))
        if kind in _SECONDS and row is not None and not is_open_for_second(row, column.place):
            return t("{column} Nothing is typed here: the first grade reaches the minimum.", column=said)
    return t("{column} Type a number; Enter stores it and goes down. Enter first for NSP or a blank.", column=said)


def summary_of(column: GradeColumn, rows: Iterable[GradeRow], t: Translator) -> str:
    """The mean of a column of grades and how many are missing in it, of those who sit; blank for other columns."""
    if column.place is None:
        return ""
    grades = [held_grade(each, column.place) for each in rows if each.member.sits]
    known = [grade for grade in grades if grade is not None]
    parts = [t.plural("{count} without a grade", "{count} without a grade", len(grades) - len(known))]
    if known:
        parts.insert(0, t("mean {mean}", mean=t.decimal(sum(known) / len(known) / 100, 1)))
    return " · ".join([t(column.column.title), *parts])


def second_words(rules: ClassRules, t: Translator) -> str:
    """The rule of the second chance in a sentence."""
    least = grade_words(rules.rules.minimum_grade, t)
    if rules.rules.second_chance is SecondChanceRule.AT_MOST_MINIMUM:
        return t("It takes the place of a grade below {least} and counts {least} at most.", least=least)
    return t("It takes the place of a grade below {least}.", least=least)


_SECONDS = frozenset({GradeField.SECOND_CHANCE, GradeField.MODULE_SECOND_CHANCE})


def _weights(rules: ClassRules) -> dict[GradeField, int]:
    return {
        GradeField.POST_TEST: rules.post_test_weight,
        GradeField.PERFORMANCE: rules.performance_weight,
        GradeField.PRODUCTS: rules.products_weight,
    }


def _plain(name: str, title: str, text: object, hint: str, *, width: int = 9) -> GradeColumn:
    is_name = name == "name"
    column = Column(name, title, text, width=width, number=not is_name, stretch=is_name)  # type: ignore[arg-type]
    return GradeColumn(column, None, hint, muted=not is_name)


def _typed(kind: GradeField, title: str, hint: str, module: int | None = None, *, muted: bool = False) -> GradeColumn:
    place = (kind, module)
    name = kind.value if module is None else f"{kind.value}{module}"
    column = Column(name, title, partial(_grade_words, place), width=10, number=True, tone=partial(_grade_tone, place))
    return GradeColumn(column, place, hint, muted)


def _grade_words(place: Place, row: GradeRow, t: Translator) -> str:
    if place in row.typed:
        return row.typed[place]
    held = held_grade(row, place)
    if held is None and place[0] in _SECONDS and not is_open_for_second(row, place):
        return "—"
    return grade_words(held, t)


def _grade_tone(place: Place, row: GradeRow) -> Tone | None:
    return Tone.ERROR if place in row.refused else Tone.INFO if place in row.typed else None


def _gain_words(row: GradeRow, t: Translator) -> str:
    found = gain(row.member.pre_test, row.member.post_test)
    if found is None:
        return ""
    return f"+{grade_words(found, t)}" if found > 0 else grade_words(found, t)


def _distinction(row: GradeRow, t: Translator) -> str:
    held = row.member.distinction
    return "" if held is None else t(DISTINCTIONS[held])


def was_graded(member: ClassMember) -> bool:
    """Whether anything was graded of somebody, who may have left by now."""
    grades = (member.pre_test, member.post_test, member.performance, member.products, member.final_grade)
    return any(grade is not None for grade in grades) or bool(member.modules)


def shape_of(rules: ClassRules) -> tuple[object, ...]:
    """What the columns of a class are made of."""
    return (rules.post_test_weight, rules.performance_weight, rules.products_weight, rules.modules, rules.rules)
