"""The rows behind a figure: the same lists, with the columns that a narrow pane has room for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from eic_tracker.gui.grids.certificates import CERTIFICATES_GRID
from eic_tracker.gui.grids.class_groups import CLASS_GROUPS_GRID
from eic_tracker.gui.grids.instructors import INSTRUCTORS_GRID
from eic_tracker.gui.grids.offerings import OFFERINGS_GRID
from eic_tracker.gui.grids.people import PEOPLE_GRID
from eic_tracker.gui.grids.roster import ENROLMENTS_GRID
from eic_tracker.gui.grids.schools import SCHOOLS_GRID
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_

_SHORT = {"offering": N_("Course"), "year": N_("Year")}
"""Titles for a narrow pane: codes and years need less room than "Course code" and "School year"."""


def _behind(spec: GridSpec, *shown: str, listing: str = "", kept: str = "", **widths: int) -> GridSpec:
    """The list with these columns in sight, the first of them in front; the others can be chosen."""
    named = {column.name: column for column in spec.columns}
    ordered = [*(named[name] for name in shown), *(column for column in spec.columns if column.name not in shown)]
    columns = tuple(
        replace(
            column,
            title=_SHORT.get(column.name, column.title),
            hidden=column.name not in shown,
            width=widths.get(column.name, column.width),
        )
        for column in ordered
    )
    listing = listing or spec.listing
    name = f"behind {kept or listing}"
    return replace(spec, listing=listing, columns=columns, name=name, filters=(), empty=N_("No row is behind it."))


GRIDS_BEHIND: Mapping[str, GridSpec] = {
    "people": _behind(PEOPLE_GRID, "name", "document", "completions", name=24),
    "roster": _behind(ENROLMENTS_GRID, "name", "offering", "status", listing="roster", name=24),
    "enrolments": _behind(ENROLMENTS_GRID, "name", "offering", "status", name=24),
    "completions": _behind(ENROLMENTS_GRID, "name", "offering", "ends", kept="completions", name=24),
    "offerings": _behind(OFFERINGS_GRID, "code", "title", "ends", "completions", title=24),
    "class_groups": _behind(CLASS_GROUPS_GRID, "school", "year", "reached", "graduated", school=26),
    "certificates": _behind(CERTIFICATES_GRID, "number", "name", "dated", "status", name=22),
    "instructors": _behind(INSTRUCTORS_GRID, "name", "force", "leads", name=24, force=16),
    "schools": _behind(SCHOOLS_GRID, "name", "municipality", "reached", "graduated", name=26, municipality=14),
}
"""The grid of each list whose rows stand behind a figure or a number of the first page, by the list's name.

Enrolments behind completions have one result, which the figure says: the day when each ended is in sight instead."""
