"""Codes in the words of screens; the window's only place for them beside the reports' own."""

from __future__ import annotations

from eic_tracker.domain.codes import (
    CertificateKind,
    CertificateStatus,
    CurriculumKind,
    EnrolmentStatus,
    OfferingPhase,
    Role,
    Seat,
    Sex,
)
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_

ROLES = {
    Role.REGISTRAR: N_("Registrar"),
    Role.INSTRUCTOR: N_("Instructor"),
    Role.MANAGER: N_("Manager"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.AUDITOR: N_("Auditor"),
}
PHASES = {
    OfferingPhase.PLANNED: (N_("Planned"), Tone.PLAIN),
    OfferingPhase.RUNNING: (N_("Running"), Tone.INFO),
    OfferingPhase.FINISHED: (N_("To be closed"), Tone.WARNING),
    OfferingPhase.CLOSED: (N_("Closed"), Tone.OK),
    OfferingPhase.CANCELLED: (N_("Cancelled"), Tone.PLAIN),
}
ENROLMENT_STATUSES = {
    EnrolmentStatus.APPLIED: (N_("Applied"), Tone.PLAIN),
    EnrolmentStatus.ENROLLED: (N_("Enrolled"), Tone.INFO),
    EnrolmentStatus.COMPLETED: (N_("Completed"), Tone.OK),
    EnrolmentStatus.NOT_COMPLETED: (N_("Not completed"), Tone.ERROR),
    EnrolmentStatus.WITHDREW: (N_("Left the course"), Tone.WARNING),
    EnrolmentStatus.NO_SHOW: (N_("Did not come"), Tone.WARNING),
    EnrolmentStatus.REMOVED: (N_("Taken off the list"), Tone.PLAIN),
}
SEATS = {Seat.SEAT: N_("Seat"), Seat.ALTERNATE: N_("Alternate")}
CERTIFICATE_KINDS = {
    CertificateKind.DIPLOMA: N_("Diploma"),
    CertificateKind.PARTICIPATION: N_("Participation"),
    CertificateKind.STATEMENT: N_("Statement of studies"),
    CertificateKind.TRANSCRIPT: N_("Transcript"),
    CertificateKind.INSTRUCTOR: N_("Instructor's certificate"),
}
CERTIFICATE_STATUSES = {
    CertificateStatus.PREPARED: (N_("Prepared"), Tone.INFO),
    CertificateStatus.APPROVED: (N_("Approved"), Tone.INFO),
    CertificateStatus.ISSUED: (N_("Valid"), Tone.OK),
    CertificateStatus.ANNULLED: (N_("Annulled"), Tone.ERROR),
    CertificateStatus.REPLACED: (N_("Replaced by a duplicate"), Tone.WARNING),
    CertificateStatus.PAPER_BOOK: (N_("In the paper books"), Tone.PLAIN),
}
CURRICULA = {
    CurriculumKind.ELEMENTARY: N_("Elementary school"),
    CurriculumKind.MIDDLE: N_("Middle school"),
    CurriculumKind.FAMILIES: N_("Families"),
    CurriculumKind.CAMP: N_("Camp"),
    CurriculumKind.WORKSHOP: N_("Workshop"),
}
ASSIGNMENT_ROLES = {
    "lead": N_("Lead instructor"),
    "assistant": N_("Assistant"),
    "module": N_("Instructor of a module"),
}
OFFICER_ROLES = {"lead": N_("Officer in charge"), "assistant": N_("Assistant")}
DOCUMENT_KINDS = {
    "national_id": N_("National identity document"),
    "passport": N_("Passport"),
    "residence": N_("Residence card"),
    "other": N_("Other document"),
}
PERSON_STATES = {
    "active": (N_("Active"), Tone.OK),
    "left": (N_("Left the institution"), Tone.WARNING),
    "reinstated": (N_("Reinstated"), Tone.INFO),
}
SHORT_SEXES = {Sex.F: N_("F"), Sex.M: N_("M"), Sex.U: "–"}
