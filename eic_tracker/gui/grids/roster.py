"""Enrolments: the roster of an offering, and the rows of many offerings."""

from __future__ import annotations

from dataclasses import replace

from eic_tracker.gui.code_words import ENROLMENT_STATUSES, SEATS
from eic_tracker.gui.grids.cells import (
    ATTENDANCE_RULE,
    YES,
    choose_code,
    choose_name,
    choose_sex,
    choose_state,
    code,
    day,
    grade_words,
    name_of,
    sex_of,
    state,
    text,
    tone,
    value,
)
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.rosters import EnrolmentRow
from eic_tracker.services.roster_entry import PersonToEnrol


def grade_of(row: EnrolmentRow, t: Translator) -> str:
    """The grade that counts, the second chance considered."""
    return grade_words(row.counted_grade, t)


def _grade_beside_act(row: EnrolmentRow, t: Translator) -> str:
    grade = grade_of(row, t)
    return f"{grade} ≠" if row.differs_from_act else grade


def attendance_of(row: EnrolmentRow, _t: Translator) -> str:
    """Attendance in per cent."""
    return "" if row.attendance_percent is None else f"{row.attendance_percent} %"


def _lodging(row: EnrolmentRow, t: Translator) -> str:
    return "" if row.lodging is None else t("yes") if row.lodging else t("no")


def match_words(each: PersonToEnrol, t: Translator) -> str:
    """What tells a known person from others of the name: number, unit, and the course where they have it."""
    person = each.person
    unit = each.names.get("unit_id") or person.service.unit_text or each.names.get("institution_id") or ""
    parts = [f"{person.surnames}, {person.given_names}", person.document_number or t("no number"), unit]
    if each.on_roster:
        parts.append(t("on this roster"))
    elif person.taken and person.taken[0].completed:
        parts.append(t("has this course ({code})", code=person.taken[0].code))
    return " · ".join(part for part in parts if part)


_NAME = Column("name", N_("Surnames, given names"), name_of, "name", 28, stretch=True)
_STATUS = Column(
    "status",
    N_("Result"),
    state("status", ENROLMENT_STATUSES),
    "status",
    17,
    tone=tone("status", ENROLMENT_STATUSES),
)
_OFFERING = Column("offering", N_("Course code"), text("offering"), "offering", 10)
_COURSE = Column("course", N_("Course"), text("course_title"), width=28, stretch=True)
_ENDS = Column("ends", N_("Ended"), day("ends_on"), width=10, value=value("ends_on"), dated=True)

ROSTER_COLUMNS = (
    _NAME,
    Column("document", N_("Identity no."), text("document"), "document", 17, identity=True),
    Column("sex", N_("Sex"), sex_of, width=4),
    Column("rank", N_("Rank"), text("rank"), "rank", 20, stretch=True),
    Column("unit", N_("Unit"), text("unit"), "unit", 20, stretch=True),
    Column("institution", N_("Institution"), text("institution"), "institution", 22, hidden=True, stretch=True),
    Column(
        "attendance", N_("Attendance"), attendance_of, "attendance", 7, number=True, spare=True, help=ATTENDANCE_RULE
    ),
    Column(
        "grade",
        N_("Grade"),
        _grade_beside_act,
        "grade",
        6,
        number=True,
        tone=lambda row: Tone.ERROR if row.differs_from_act else None,
        help=N_("≠: grade, attendance or result are not as on a printed act"),
    ),
    _STATUS,
    Column("ground", N_("Ground"), text("ground_name"), width=16, stretch=True, spare=True),
    Column("certificate", N_("Certificate"), text("certificate"), width=14, spare=True),
    Column("police_number", N_("Police no."), text("police_number"), width=11, identity=True, hidden=True),
    Column("post", N_("Post"), text("post"), width=22, hidden=True, stretch=True),
    Column("seat", N_("Seat"), code("seat", SEATS), "seat", 9, hidden=True),
    Column(
        "lodging", N_("Lodging"), _lodging, width=10, hidden=True, help=N_("Whether the person sleeps at the school")
    ),
    Column("replaces", N_("In place of"), text("replaces"), width=22, hidden=True, stretch=True),
)

LODGINGS = {"yes": N_("sleeps at the school"), "no": N_("comes by day"), "unknown": N_("nobody said")}
ROSTER_FILTERS = (
    FilterSpec("status", N_("Result"), choose_state(ENROLMENT_STATUSES)),
    FilterSpec("sex", N_("Sex"), choose_sex),
    FilterSpec("institution", N_("Institution"), choose_name),
    FilterSpec("unit", N_("Unit"), choose_name),
    FilterSpec("rank", N_("Rank"), choose_name),
    FilterSpec("seat", N_("Seat"), choose_code(SEATS)),
    FilterSpec("lodging", N_("Lodging"), choose_code(LODGINGS)),
    FilterSpec("certificate", N_("Certificate"), choose_code({"yes": N_("with one"), "no": N_("without one")})),
    FilterSpec("below_minimum", N_("Below the minimum"), code=YES),
    FilterSpec("missing_grade", N_("Grade missing"), code=YES),
    FilterSpec("differs_from_act", N_("Not as on the act"), code=YES),
)
ENROLMENT_FILTERS = (
    FilterSpec("programme", N_("Programme"), choose_name),
    FilterSpec("year", N_("Year"), choose_name),
    FilterSpec("course", N_("Course"), choose_name),
    *ROSTER_FILTERS,
)

ROSTER_GRID = GridSpec(
    listing="roster",
    title=N_("Roster"),
    columns=ROSTER_COLUMNS,
    search_hint=N_("Name or number"),
    empty=N_("Nobody is on this roster yet."),
    filters=ROSTER_FILTERS,
    order="name",
    plural=NP_("{count} person on the roster", "{count} people on the roster"),
    people=True,
)

ENROLMENTS_GRID = replace(
    ROSTER_GRID,
    listing="enrolments",
    title=N_("Rows of rosters"),
    columns=(_NAME, _OFFERING, _COURSE, _ENDS, *(column for column in ROSTER_COLUMNS[1:])),
    empty=N_("There are no enrolments yet."),
    filters=ENROLMENT_FILTERS,
    order="offering",
    plural=NP_("{count} row of a roster", "{count} rows of rosters"),
)
