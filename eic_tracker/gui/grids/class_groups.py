"""The grid of class groups: counted by head, no child named."""

from __future__ import annotations

from dataclasses import replace

from eic_tracker.domain.facts import Heads
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.listing import Choice
from eic_tracker.queries.outreach import ClassGroupRow
from eic_tracker.reports.paper_words import SHIFTS, grade_and_section

CLASS_GROUPS_COUNT = NP_("{count} class group", "{count} class groups")


def group_words(row: ClassGroupRow, t: Translator) -> str:
    """Where a class group meets: its school, else its event or component."""
    return row.school or row.event or row.curriculum_name


def grade_words(row: ClassGroupRow, t: Translator) -> str:
    """Grade and section: "5 A", "multigrade"; empty where neither is noted."""
    return grade_and_section(row.grade, row.section, t, multigrade=row.multigrade)


def lessons_words(row: ClassGroupRow, t: Translator) -> str:
    """Lessons given of those required: "11 / 13"; without a requirement the number alone."""
    given = t.number(row.lessons_given)
    return given if row.lessons_required is None else f"{given} / {t.number(row.lessons_required)}"


def officers_words(row: ClassGroupRow, _t: Translator) -> str:
    """The officers by name, or by code for those who see no people."""
    return ", ".join(officer.name or officer.code for officer in row.officers)


def shift_words(code: str | None, t: Translator) -> str:
    """A shift of a school."""
    return t(SHIFTS[code]) if code else ""


def _shift_choice(choice: Choice, t: Translator) -> str:
    return shift_words(choice.code, t)


def _heads_column(name: str, title: str, *, hidden: bool = False) -> Column:
    def total(row: ClassGroupRow) -> int:
        heads: Heads = getattr(row, name)
        return heads.total

    return Column(
        name, title, lambda row, t: t.number(total(row)), order=name, width=8, number=True, value=total, hidden=hidden
    )


CLASS_GROUPS_GRID = GridSpec(
    listing="class_groups",
    title=N_("Class groups"),
    columns=(
        Column("school", N_("School or event"), group_words, order="school", width=44, stretch=True),
        Column("grade", N_("Grade and section"), grade_words, order="grade", width=10),
        Column(
            "year",
            N_("School year"),
            lambda row, _t: str(row.school_year),
            order="school_year",
            width=7,
            value=lambda row: row.school_year,
            hidden=True,
        ),
        Column(
            "curriculum",
            N_("Component"),
            lambda row, _t: row.curriculum_name,
            order="curriculum",
            width=18,
            stretch=True,
        ),
        Column(
            "municipality",
            N_("Municipality"),
            lambda row, _t: row.municipality or "",
            order="municipality",
            width=16,
            stretch=True,
        ),
        Column(
            "enrolled",
            N_("On the class list"),
            lambda row, t: t.number(row.enrolled.total),
            order="enrolled",
            width=8,
            number=True,
            value=lambda row: row.enrolled.total,
            hidden=True,
        ),
        _heads_column("reached", N_("Reached")),
        _heads_column("graduated", N_("Graduated")),
        Column(
            "lessons",
            N_("Lessons"),
            lessons_words,
            order="lessons_given",
            width=8,
            number=True,
            help=N_("Lessons given, and how many a group needs to graduate"),
        ),
        Column(
            "first_lesson_on",
            N_("First lesson"),
            lambda row, t: t.date(row.first_lesson_on) if row.first_lesson_on else "—",
            order="first_lesson_on",
            width=11,
            value=lambda row: row.first_lesson_on,
            dated=True,
        ),
        Column(
            "graduated_on",
            N_("Graduated on"),
            lambda row, t: t.date(row.graduated_on) if row.graduated_on else "—",
            order="graduated_on",
            width=11,
            value=lambda row: row.graduated_on,
            dated=True,
            hidden=True,
        ),
        Column("code", N_("Code"), lambda row, _t: row.code, order="code", width=18, hidden=True),
        Column("shift", N_("Shift"), lambda row, t: shift_words(row.shift, t), width=10, hidden=True),
        Column(
            "department", N_("Department"), lambda row, _t: row.department or "", width=16, hidden=True, stretch=True
        ),
        Column("officers", N_("Officers"), officers_words, width=28, hidden=True, stretch=True),
    ),
    search_hint=N_("School or code"),
    empty=N_("No class group has been entered yet."),
    filters=(
        FilterSpec("year", N_("School year")),
        FilterSpec("department", N_("Department")),
        FilterSpec("municipality", N_("Municipality")),
        FilterSpec("curriculum", N_("Component")),
        FilterSpec("grade", N_("School grade")),
        FilterSpec("shift", N_("Shift"), _shift_choice),
        FilterSpec("school", N_("School")),
        FilterSpec("officer", N_("Officer")),
        FilterSpec("not_graduated", N_("Not graduated yet"), code="yes"),
        FilterSpec("no_first_lesson", N_("Without a first lesson"), code="yes"),
    ),
    order="newest",
    plural=CLASS_GROUPS_COUNT,
)

_SHOWN_OF_SCHOOL = {"year", "graduated_on"}
"""Shown where school and municipality need no room."""

CLASS_GROUPS_OF_SCHOOL = GridSpec(
    listing="class_groups",
    name="class_groups_of_school",
    title=N_("Class groups of the school"),
    columns=tuple(
        replace(column, hidden=column.hidden and column.name not in _SHOWN_OF_SCHOOL)
        for column in CLASS_GROUPS_GRID.columns
        if column.name not in {"school", "municipality"}
    ),
    search_hint=N_("Code"),
    empty=N_("No class group of this school has been entered yet."),
    filters=tuple(
        spec for spec in CLASS_GROUPS_GRID.filters if spec.name not in {"department", "municipality", "school"}
    ),
    order="newest",
    plural=CLASS_GROUPS_COUNT,
)
