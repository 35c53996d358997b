"""The grid of schools."""

from __future__ import annotations

from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.listing import Choice
from eic_tracker.queries.outreach import SchoolRow
from eic_tracker.reports.paper_words import ADMINISTRATIONS, SHIFTS

SCHOOLS_COUNT = NP_("{count} school", "{count} schools")


def administration_words(code: str | None, t: Translator) -> str:
    """Who runs a school."""
    return t(ADMINISTRATIONS[code]) if code else ""


def shifts_words(row: SchoolRow, t: Translator) -> str:
    """When a school meets."""
    return ", ".join(t(SHIFTS[shift]) for shift in row.shifts)


def _administration_choice(choice: Choice, t: Translator) -> str:
    return administration_words(choice.code, t)


SCHOOLS_GRID = GridSpec(
    listing="schools",
    title=N_("Schools"),
    columns=(
        Column("name", N_("School"), lambda row, _t: row.name, order="name", width=40, stretch=True),
        Column(
            "municipality",
            N_("Municipality"),
            lambda row, _t: row.municipality,
            order="municipality",
            width=20,
            stretch=True,
        ),
        Column("department", N_("Department"), lambda row, _t: row.department, width=18, stretch=True),
        Column(
            "groups",
            N_("Class groups"),
            lambda row, t: t.number(row.groups),
            order="groups",
            width=8,
            number=True,
            value=lambda row: row.groups,
        ),
        Column(
            "reached",
            N_("Reached"),
            lambda row, t: t.number(row.reached),
            order="reached",
            width=8,
            number=True,
            value=lambda row: row.reached,
        ),
        Column(
            "graduated",
            N_("Graduated"),
            lambda row, t: t.number(row.graduated),
            order="graduated",
            width=8,
            number=True,
            value=lambda row: row.graduated,
        ),
        Column(
            "last_year",
            N_("Latest year"),
            lambda row, _t: str(row.last_year) if row.last_year else "—",
            order="last_year",
            width=8,
            help=N_("School year of its newest class group"),
            value=lambda row: row.last_year,
        ),
        Column("sace_code", N_("SACE code"), lambda row, _t: row.sace_code or "—", order="sace_code", width=14),
        Column("code", N_("Code"), lambda row, _t: row.code, order="code", width=14, hidden=True),
        Column(
            "administration",
            N_("Administration"),
            lambda row, t: administration_words(row.administration, t),
            order="administration",
            width=16,
            hidden=True,
        ),
        Column("locality", N_("Locality"), lambda row, _t: row.locality or "", width=20, hidden=True, stretch=True),
        Column("shifts", N_("Shifts"), shifts_words, width=20, hidden=True, stretch=True),
    ),
    search_hint=N_("Name or code"),
    empty=N_("No school has been entered yet."),
    filters=(
        FilterSpec("department", N_("Department")),
        FilterSpec("municipality", N_("Municipality")),
        FilterSpec("year", N_("School year")),
        FilterSpec("administration", N_("Administration"), _administration_choice),
        FilterSpec("no_groups", N_("Without class groups"), code="yes"),
        FilterSpec("no_sace_code", N_("Without SACE code"), code="yes"),
    ),
    order="name",
    plural=SCHOOLS_COUNT,
)
