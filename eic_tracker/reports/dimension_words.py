"""The words of what is counted by: the dimensions, and what people call each of their keys."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.domain.course_rules import COURSE_TYPES
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import parse_period, title
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.countries import country_name
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.paper_words import ADMINISTRATIONS
from eic_tracker.reports.report_words import sex_words, year_words
from eic_tracker.reports.rollup.words import grade_name

DIMENSIONS = {
    "programme": N_("Programme"),
    "period": N_("Period"),
    "curriculum-kind": N_("Component"),
    Dimension.MONTH.value: N_("Month"),
    Dimension.QUARTER.value: N_("Quarter"),
    Dimension.FY_QUARTER.value: N_("Fiscal quarter (U.S.)"),
    Dimension.YEAR.value: N_("Year"),
    Dimension.FY.value: N_("Fiscal year (U.S.)"),
    Dimension.SEX.value: N_("Sex"),
    Dimension.DEPARTMENT.value: N_("Department"),
    Dimension.MUNICIPALITY.value: N_("Municipality"),
    Dimension.INSTITUTION.value: N_("Institution"),
    Dimension.UNIT.value: N_("Unit"),
    Dimension.RANK.value: N_("Rank"),
    Dimension.COUNTRY.value: N_("Country"),
    Dimension.COURSE.value: N_("Course"),
    Dimension.COURSE_TYPE.value: N_("Type of course"),
    Dimension.INSTRUCTOR_FORCE.value: N_("Led by"),
    Dimension.INSTRUCTOR.value: N_("Instructor"),
    Dimension.SCHOOL.value: N_("School"),
    Dimension.GRADE.value: N_("School grade"),
    Dimension.CURRICULUM.value: N_("Component"),
    Dimension.SCHOOL_TYPE.value: N_("Type of school"),
}
_NAMES = {
    Dimension.DEPARTMENT: "departments",
    Dimension.INSTITUTION: "institutions",
    Dimension.UNIT: "units",
    Dimension.RANK: "ranks",
    Dimension.COURSE: "courses",
    Dimension.INSTRUCTOR_FORCE: "forces",
    Dimension.SCHOOL: "schools",
    Dimension.CURRICULUM: "curricula",
}
"""Under which name the labels hold the words of a dimension's keys."""


def key_words(dimension: Dimension, key: str | None, labels: Labels, t: Translator, *, youth: bool) -> str:
    """What people call a key: "Comayagua", "IV Trimestre 2018", "Mujeres"; instructors are called by their code."""
    if dimension is Dimension.MUNICIPALITY and key is not None:
        department = labels.departments.get(key[:2], key[:2])
        return f"{labels.municipalities.get(key, key)} ({department})"
    names: Mapping[str, str] = getattr(labels, _NAMES[dimension]) if dimension in _NAMES else {}
    if key is not None and key in names:
        return names[key]
    return plain_key(dimension, key, t, youth=youth)


def plain_key(name: str, key: str | None, t: Translator, *, youth: bool) -> str:
    """The words of a key that no table of the file names; a key of its own word else."""
    if name == Dimension.SEX:
        return sex_words(key, t, youth=youth)
    if key is None:
        return t("not recorded")
    if name in (Dimension.YEAR, Dimension.FY):
        return year_words(key, t)
    if name in (Dimension.QUARTER, Dimension.FY_QUARTER):
        return title(parse_period(key), t)
    if name == Dimension.MONTH:
        return f"{key[5:]}/{key[:4]}"
    if name == Dimension.COURSE_TYPE:
        return t({kind.value: text for kind, text in COURSE_TYPES.items()}[key])
    if name == Dimension.COUNTRY:
        return country_name(key, t.language)
    if name == Dimension.GRADE:
        return grade_name(key, t)
    if name == Dimension.SCHOOL_TYPE:
        return t(ADMINISTRATIONS.get(key, key))
    return key
