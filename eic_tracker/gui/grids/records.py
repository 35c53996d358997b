"""The small tables of a record: a person's courses, an instructor's assignments, stays and groups, entries."""

from __future__ import annotations

from eic_tracker.domain.codes import CertificateStatus, OfferingStatus
from eic_tracker.gui.code_words import ASSIGNMENT_ROLES, CERTIFICATE_KINDS, CERTIFICATE_STATUSES, ENROLMENT_STATUSES
from eic_tracker.gui.grids.cells import ATTENDANCE_RULE, code, day, number, state, text, tone, value
from eic_tracker.gui.grids.history import what_of, when_of, who_of, why_of
from eic_tracker.gui.grids.roster import attendance_of, grade_of
from eic_tracker.gui.models.columns import Column
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.certificates import CertificateRow
from eic_tracker.queries.rosters import EnrolmentRow
from eic_tracker.queries.teaching_detail import TaughtLine


def served_as(row: EnrolmentRow, _t: Translator) -> str:
    """Rank and unit at the time of the course."""
    return " · ".join(part for part in (row.rank, row.unit or row.institution) if part)


def roles_of(row: TaughtLine, t: Translator) -> str:
    """What the instructor did in the offering, with the modules."""
    roles = ", ".join(t(ASSIGNMENT_ROLES[role]) for role in row.roles)
    return f"{roles}: {', '.join(row.modules)}" if row.modules else roles


def _completions_once_closed(row: TaughtLine, t: Translator) -> str:
    """As in the list of courses: a dash until closing gives them."""
    return t.number(row.completions) if row.status is OfferingStatus.CLOSED else "—"


def _certificate_number(row: CertificateRow, t: Translator) -> str:
    """What was taken back before it was approved never gets one."""
    return row.number or ("—" if row.status is CertificateStatus.ANNULLED else t("no number yet"))


COURSES_OF_PERSON = (
    Column("ends", N_("Ended"), day("ends_on"), width=11, value=value("ends_on"), dated=True),
    Column("course", N_("Course"), text("course_title"), width=38, stretch=True),
    Column("offering", N_("Course code"), text("offering"), width=10),
    Column(
        "status", N_("Result"), state("status", ENROLMENT_STATUSES), width=18, tone=tone("status", ENROLMENT_STATUSES)
    ),
    Column("certificate", N_("Certificate"), text("certificate"), width=16),
    Column("grade", N_("Grade"), grade_of, width=6, number=True),
    Column("attendance", N_("Attendance"), attendance_of, width=7, number=True, help=ATTENDANCE_RULE),
    Column("served", N_("Served then as"), served_as, width=30, stretch=True),
)
CERTIFICATES_OF_PERSON = (
    Column("number", N_("Number"), _certificate_number, width=18),
    Column("course", N_("Course"), text("course_title"), width=38, stretch=True),
    Column("offering", N_("Course code"), text("offering"), width=10),
    Column("dated", N_("Date"), day("dated"), width=11, value=value("dated"), dated=True),
    Column(
        "status",
        N_("State"),
        state("status", CERTIFICATE_STATUSES),
        width=20,
        tone=tone("status", CERTIFICATE_STATUSES),
    ),
    Column("kind", N_("Kind"), code("kind", CERTIFICATE_KINDS), width=16),
    Column("delivered", N_("Handed over"), day("delivered_on"), width=11, value=value("delivered_on"), dated=True),
)
COURSES_OF_INSTRUCTOR = (
    Column("offering", N_("Course code"), text("offering"), width=10),
    Column("course", N_("Course"), text("course_title"), width=38, stretch=True),
    Column("starts", N_("Begins"), day("starts_on"), width=11, value=value("starts_on"), dated=True),
    Column("ends", N_("Ends"), day("ends_on"), width=11, value=value("ends_on"), dated=True),
    Column("hours", N_("Hours"), number("hours"), width=6, number=True, value=value("hours")),
    Column(
        "people",
        N_("Took part"),
        number("people"),
        width=9,
        number=True,
        help=N_("Had a seat and came, those who left among them; who left has no seat any more"),
        value=value("people"),
    ),
    Column(
        "completions",
        N_("Completions"),
        _completions_once_closed,
        width=8,
        number=True,
        help=N_("Only closing a course gives them"),
        value=value("completions"),
    ),
    Column("roles", N_("As"), roles_of, width=34, stretch=True),
)
STAYS_OF_INSTRUCTOR = (
    Column("starts", N_("From"), day("starts_on"), width=11, value=value("starts_on"), dated=True),
    Column("ends", N_("Until"), lambda row, t: t.date(row.ends_on) if row.ends_on else t("still here"), width=12),
    Column("home_unit", N_("Home unit"), text("home_unit"), width=32, stretch=True),
    Column("counterpart", N_("Counterpart"), text("counterpart"), width=28, stretch=True),
    Column("funding", N_("Funding"), text("funding"), width=24, stretch=True),
)
UNITS_OF_INSTRUCTOR = (
    Column("unit", N_("Unit"), text("unit_name"), width=40, stretch=True),
    Column("theme", N_("Theme"), text("theme"), width=34, stretch=True),
    Column("starts", N_("From"), day("starts_on"), width=11, value=value("starts_on"), dated=True),
    Column("ends", N_("Until"), lambda row, t: t.date(row.ends_on) if row.ends_on else t("still mentored"), width=16),
)
ACCREDITATIONS_OF_INSTRUCTOR = (
    Column("title", N_("Accredited as"), text("title"), width=30, stretch=True),
    Column("authority", N_("By"), text("authority"), width=26, stretch=True),
    Column("number", N_("Number"), text("number"), width=14),
    Column("granted", N_("Granted on"), day("granted_on"), width=11, value=value("granted_on"), dated=True),
    Column("expires", N_("Valid until"), day("expires_on"), width=11, value=value("expires_on"), dated=True),
)
GROUPS_OF_INSTRUCTOR = (
    Column("year", N_("School year"), lambda row, _t: str(row.year), width=12),
    Column("groups", N_("Class groups"), number("groups"), width=12, number=True, value=value("groups")),
    Column("reached", N_("Reached"), number("reached"), width=12, number=True, value=value("reached")),
    Column("graduated", N_("Graduated"), number("graduated"), width=12, number=True, value=value("graduated")),
    Column("room", "", lambda _row, _t: "", width=2),
)
ENTRIES = (
    Column("at", N_("When"), when_of, width=17),
    Column("what", N_("What"), what_of, width=52, stretch=True),
    Column("actor", N_("Who"), who_of, width=24, stretch=True),
    Column("reason", N_("Reason"), why_of, width=30, stretch=True),
)
