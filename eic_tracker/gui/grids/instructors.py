"""Instructors and advisors as a grid shows them."""

from __future__ import annotations

from eic_tracker.gui.grids.cells import (
    YES,
    choose_code,
    choose_country,
    choose_name,
    country_of,
    day,
    name_of,
    number,
    text,
    value,
)
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.instructors import InstructorRow


def stay_of(row: InstructorRow, t: Translator) -> str:
    """The rotation that runs today."""
    if row.rotation_from is None:
        return ""
    if row.rotation_to is None:
        return t("since {date}", date=t.date(row.rotation_from))
    return t("until {date}", date=t.date(row.rotation_to))


INSTRUCTORS_GRID = GridSpec(
    listing="instructors",
    title=N_("Instructors"),
    columns=(
        Column("name", N_("Surnames, given names"), name_of, "name", 34, stretch=True),
        Column("code", N_("Code"), text("code"), "code", 10, hidden=True),
        Column("rank", N_("Rank"), text("rank"), width=15, stretch=True),
        Column("force", N_("Force"), text("force_name"), "force", 28, stretch=True),
        Column("country", N_("Country"), country_of("country"), "country", 11, hidden=True),
        Column(
            "leads",
            N_("Led"),
            number("leads"),
            "leads",
            6,
            number=True,
            value=value("leads"),
            help=N_("Courses led"),
        ),
        Column(
            "assists",
            N_("Assisted"),
            number("assists"),
            width=7,
            number=True,
            value=value("assists"),
            help=N_("Other courses with an assignment"),
        ),
        Column("hours", N_("Hours"), number("hours"), "hours", 7, number=True, value=value("hours")),
        Column("last", N_("Last course"), day("last_course_on"), "last", 11, value=value("last_course_on"), dated=True),
        Column("stay", N_("Stay"), stay_of, width=16, spare=True, help=N_("The stay that runs today")),
        Column(
            "this_year",
            N_("This year"),
            number("courses_this_year"),
            "this_year",
            8,
            number=True,
            value=value("courses_this_year"),
            hidden=True,
        ),
        Column(
            "class_groups",
            N_("Class groups"),
            number("class_groups"),
            width=9,
            number=True,
            value=value("class_groups"),
            hidden=True,
        ),
        Column(
            "lapses",
            N_("Accredited until"),
            day("lapses_on"),
            width=11,
            value=value("lapses_on"),
            dated=True,
            hidden=True,
            help=N_("The last day of the accreditation that ends first"),
        ),
        Column("ended", N_("Ended on"), day("ended_on"), width=11, value=value("ended_on"), dated=True, hidden=True),
        Column("home_unit", N_("Home unit"), text("home_unit"), width=20, hidden=True, stretch=True),
    ),
    search_hint=N_("Name or code"),
    empty=N_("There are no instructors yet."),
    filters=(
        FilterSpec("force", N_("Force"), choose_name),
        FilterSpec("country", N_("Country"), choose_country),
        FilterSpec("rotation", N_("Stay"), choose_code({"now": N_("running today"), "none": N_("none today")})),
        FilterSpec(
            "teaches", N_("Teaches"), choose_code({"courses": N_("courses"), "class_groups": N_("class groups")})
        ),
        FilterSpec("state", N_("State"), choose_code({"active": N_("active"), "ended": N_("ended")})),
        FilterSpec("mentors", N_("Mentors a unit"), code=YES),
    ),
    order="name",
    plural=NP_("{count} instructor", "{count} instructors"),
    people=True,
)
