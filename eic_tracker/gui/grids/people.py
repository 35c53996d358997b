"""All people as a grid shows them."""

from __future__ import annotations

from eic_tracker.gui.code_words import DOCUMENT_KINDS, PERSON_STATES
from eic_tracker.gui.grids.cells import (
    PEOPLE,
    YES,
    choose_code,
    choose_country,
    choose_name,
    choose_sex,
    choose_state,
    code,
    country_of,
    day,
    name_of,
    number,
    sex_of,
    state,
    text,
    tone,
    value,
)
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_

PEOPLE_COLUMNS = (
    Column("name", N_("Surnames, given names"), name_of, "name", 34, stretch=True),
    Column("document", N_("Identity no."), text("document"), "document", 17, identity=True),
    Column("police_number", N_("Police no."), text("police_number"), width=11, identity=True, hidden=True),
    Column("sex", N_("Sex"), sex_of, width=4),
    Column("rank", N_("Rank"), text("rank"), width=18, stretch=True),
    Column("unit", N_("Unit"), text("unit"), width=30, stretch=True),
    Column("institution", N_("Institution"), text("institution"), width=28, stretch=True, hidden=True),
    Column(
        "completions",
        N_("Completions"),
        number("completions"),
        "completions",
        8,
        number=True,
        value=value("completions"),
        help=N_("Courses that the person completed"),
    ),
    Column("last", N_("Last course"), day("last_course_on"), "last", 11, value=value("last_course_on"), dated=True),
    Column("document_kind", N_("Kind of document"), code("document_kind", DOCUMENT_KINDS), width=16, hidden=True),
    Column("country", N_("Country"), country_of("document_country"), width=14, hidden=True),
    Column(
        "state", N_("State"), state("state", PERSON_STATES), width=14, tone=tone("state", PERSON_STATES), hidden=True
    ),
)

PEOPLE_FILTERS = (
    FilterSpec(
        "status", N_("Results"), choose_code({"graduate": N_("with a completed course"), "none": N_("none completed")})
    ),
    FilterSpec("programme", N_("Programme"), choose_name),
    FilterSpec("year", N_("Year"), choose_name),
    FilterSpec("institution", N_("Institution"), choose_name),
    FilterSpec("unit", N_("Unit"), choose_name),
    FilterSpec("sex", N_("Sex"), choose_sex),
    FilterSpec("country", N_("Country"), choose_country),
    FilterSpec("state", N_("State"), choose_state(PERSON_STATES)),
    FilterSpec(
        "missing",
        N_("Missing"),
        choose_code(
            {
                "document": N_("identity document"),
                "police_number": N_("police number"),
                "birth_date": N_("date of birth"),
            }
        ),
    ),
    FilterSpec("possible_duplicate", N_("May stand twice"), code=YES),
    FilterSpec("no_document", N_("Without a document"), code=YES, offered=False),
    FilterSpec("merge_loop", N_("Merged in a circle"), code=YES, offered=False),
)

PEOPLE_GRID = GridSpec(
    listing="people",
    title=N_("People"),
    columns=PEOPLE_COLUMNS,
    search_hint=N_("Name or number"),
    empty=N_("There are no people yet. They come in with the rosters of courses."),
    filters=PEOPLE_FILTERS,
    order="name",
    plural=PEOPLE,
    people=True,
)
