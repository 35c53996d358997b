"""The grids of courses: those given, and the catalogue."""

from __future__ import annotations

from eic_tracker.domain.codes import CourseType, OfferingPhase
from eic_tracker.domain.course_rules import COURSE_TYPES
from eic_tracker.gui.code_words import PHASES
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.listing import Choice
from eic_tracker.queries.offerings import CourseRow, OfferingRow

OFFERINGS_COUNT = NP_("{count} course given", "{count} courses given")
COURSES_COUNT = NP_("{count} course of the catalogue", "{count} courses of the catalogue")
_WITHOUT_RESULTS = frozenset({OfferingPhase.PLANNED, OfferingPhase.RUNNING, OfferingPhase.CANCELLED})
"""Phases in which nothing is counted yet, or ever."""


def phase_words(row: OfferingRow, t: Translator) -> str:
    """The phase of a course given."""
    return t(PHASES[row.phase][0])


def phase_tone(row: OfferingRow) -> Tone:
    """The mark beside the phase."""
    return PHASES[row.phase][1]


def seats_words(row: OfferingRow, t: Translator) -> str:
    """Seats taken, and of how many where the course has a limit: "28 of 35"."""
    taken = t.number(row.seats_taken)
    return t("{done} of {total}", done=taken, total=t.number(row.capacity)) if row.capacity is not None else taken


def _phase_choice(choice: Choice, t: Translator) -> str:
    return t(PHASES[OfferingPhase(choice.code)][0])


def _type_choice(choice: Choice, t: Translator) -> str:
    return t(COURSE_TYPES[CourseType(choice.code)])


def _counted(row: OfferingRow, value: int, t: Translator) -> str:
    return "—" if row.phase in _WITHOUT_RESULTS else t.number(value)


_PROGRAMME = FilterSpec("programme", N_("Programme"))
_TYPE = FilterSpec("course-type", N_("Type of course"), _type_choice)

OFFERINGS_GRID = GridSpec(
    listing="offerings",
    title=N_("Courses given"),
    columns=(
        Column("code", N_("Course"), lambda row, _t: row.code, order="code", width=10),
        Column("title", N_("Title"), lambda row, _t: row.course_title, order="title", width=44, stretch=True),
        Column("phase", N_("State"), phase_words, width=14, tone=phase_tone),
        Column(
            "starts",
            N_("First day"),
            lambda row, t: t.date(row.starts_on),
            order="starts",
            width=11,
            value=lambda row: row.starts_on,
            dated=True,
        ),
        Column(
            "ends",
            N_("Last day"),
            lambda row, t: t.date(row.ends_on),
            order="ends",
            width=11,
            value=lambda row: row.ends_on,
            dated=True,
        ),
        Column(
            "municipality",
            N_("Municipality"),
            lambda row, _t: row.municipality_name or "",
            order="municipality",
            width=17,
            hidden=True,
            stretch=True,
        ),
        Column(
            "lead",
            N_("Lead instructor"),
            lambda row, _t: row.lead_name or row.lead or "",
            order="lead",
            width=22,
            stretch=True,
        ),
        Column("force", N_("Led by"), lambda row, _t: row.force or "", order="force", width=6),
        Column(
            "seats",
            N_("Seats"),
            seats_words,
            width=7,
            number=True,
            help=N_("Seats taken, and how many the course has"),
            value=lambda row: row.seats_taken,
        ),
        Column(
            "enrolments",
            N_("Enrolments"),
            lambda row, t: _counted(row, row.enrolments, t),
            order="enrolments",
            width=9,
            number=True,
            hidden=True,
            help=N_("Completed, not completed or left the course"),
            value=lambda row: row.enrolments,
        ),
        Column(
            "completions",
            N_("Completions"),
            lambda row, t: t.number(row.completions) if row.phase is OfferingPhase.CLOSED else "—",
            order="completions",
            width=9,
            number=True,
            help=N_("Only closing a course gives them"),
            value=lambda row: row.completions,
        ),
        Column(
            "certificates",
            N_("Certificates"),
            lambda row, t: t.number(row.certificates),
            width=9,
            number=True,
            hidden=True,
            value=lambda row: row.certificates,
        ),
        Column(
            "type",
            N_("Type of course"),
            lambda row, t: t(COURSE_TYPES[row.course_type]),
            order="type",
            width=16,
            hidden=True,
        ),
        Column(
            "hours",
            N_("Hours"),
            lambda row, t: t.number(row.hours),
            width=7,
            number=True,
            hidden=True,
            value=lambda row: row.hours,
        ),
        Column("programme", N_("Programme"), lambda row, _t: row.programme, order="programme", width=10, hidden=True),
        Column("place", N_("Place"), lambda row, _t: row.place or "", width=24, hidden=True, stretch=True),
    ),
    search_hint=N_("Number, title or place"),
    empty=N_("No course has been entered yet."),
    filters=(
        FilterSpec("phase", N_("State"), _phase_choice),
        FilterSpec("year", N_("Year")),
        FilterSpec("course", N_("Course")),
        _TYPE,
        FilterSpec("force", N_("Led by")),
        FilterSpec("department", N_("Department")),
        _PROGRAMME,
        FilterSpec("municipality", N_("Municipality")),
    ),
    order="starts",
    plural=OFFERINGS_COUNT,
)


def _versioned(row: CourseRow, t: Translator, value: int | None) -> str:
    return t.number(value) if value is not None else "—"


COURSES_GRID = GridSpec(
    listing="courses",
    title=N_("Catalogue of courses"),
    columns=(
        Column("title", N_("Title"), lambda row, _t: row.title, order="title", width=44, stretch=True),
        Column("code", N_("Code"), lambda row, _t: row.code, order="code", width=14),
        Column(
            "type",
            N_("Type of course"),
            lambda row, t: t(COURSE_TYPES[row.course_type]),
            order="type",
            width=20,
            stretch=True,
        ),
        Column("programme", N_("Programme"), lambda row, _t: row.programme, order="programme", width=10),
        Column(
            "version",
            N_("Version"),
            lambda row, t: _versioned(row, t, row.version),
            width=8,
            number=True,
            value=lambda row: row.version,
        ),
        Column(
            "hours",
            N_("Hours"),
            lambda row, t: _versioned(row, t, row.hours),
            width=8,
            number=True,
            value=lambda row: row.hours,
        ),
        Column(
            "offerings",
            N_("Given"),
            lambda row, t: t.number(row.offerings),
            order="offerings",
            width=8,
            number=True,
            help=N_("How often it was given and has ended"),
            value=lambda row: row.offerings,
        ),
        Column(
            "completions",
            N_("Completions"),
            lambda row, t: t.number(row.completions),
            order="completions",
            width=9,
            number=True,
            value=lambda row: row.completions,
        ),
        Column(
            "last",
            N_("Last ended"),
            lambda row, t: t.date(row.last_ended_on) if row.last_ended_on else "—",
            order="last",
            width=11,
            value=lambda row: row.last_ended_on,
            dated=True,
        ),
    ),
    search_hint=N_("Title or code"),
    empty=N_("The catalogue has no courses yet."),
    filters=(_PROGRAMME, _TYPE),
    order="title",
    plural=COURSES_COUNT,
)
