"""Codes as the roll-up names them, beside the words that all reports share."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.domain.codes import (
    CauseKind,
    CourseType,
    CurriculumKind,
    EnrolmentStatus,
    OfferingStatus,
    Qualifier,
    Role,
    Sex,
)
from eic_tracker.i18n import N_, Translator

ONE_ADULT: Mapping[Sex, str] = {Sex.F: N_("woman"), Sex.M: N_("man"), Sex.U: N_("not recorded")}
ENROLMENT_STATUS: Mapping[EnrolmentStatus, str] = {
    EnrolmentStatus.APPLIED: N_("applied"),
    EnrolmentStatus.ENROLLED: N_("enrolled"),
    EnrolmentStatus.COMPLETED: N_("completed"),
    EnrolmentStatus.NOT_COMPLETED: N_("not completed"),
    EnrolmentStatus.WITHDREW: N_("withdrew"),
    EnrolmentStatus.NO_SHOW: N_("did not come"),
    EnrolmentStatus.REMOVED: N_("taken off the list"),
}
OFFERING_STATUS: Mapping[OfferingStatus, str] = {
    OfferingStatus.OPEN: N_("finished, not closed"),
    OfferingStatus.CLOSED: N_("closed"),
    OfferingStatus.CANCELLED: N_("cancelled"),
}
COURSE_TYPES: Mapping[CourseType, str] = {
    CourseType.COURSE: N_("course"),
    CourseType.SEMINAR: N_("seminar"),
    CourseType.WORKSHOP: N_("workshop"),
    CourseType.DIPLOMA: N_("diploma course"),
    CourseType.SPECIALISATION: N_("specialisation"),
    CourseType.TRAIN_THE_TRAINER: N_("training of trainers"),
    CourseType.CONFERENCE: N_("conference"),
    CourseType.STUDY_TOUR: N_("study tour"),
}
COMPONENTS: Mapping[CurriculumKind, str] = {
    CurriculumKind.ELEMENTARY: N_("elementary school"),
    CurriculumKind.MIDDLE: N_("middle school"),
    CurriculumKind.FAMILIES: N_("families"),
    CurriculumKind.CAMP: N_("holiday camp"),
    CurriculumKind.WORKSHOP: N_("workshop"),
}
QUALIFIERS: Mapping[Qualifier, str] = {
    Qualifier.EXACT: N_("exactly"),
    Qualifier.MORE_THAN: N_("more than"),
    Qualifier.ABOUT: N_("about"),
    Qualifier.TARGET: N_("target"),
    Qualifier.EXPECTED_ADDITIONAL: N_("expected in addition"),
}
CAUSES: Mapping[CauseKind, str] = {
    CauseKind.HISTORICAL_TOTAL: N_("historical total without a roster"),
    CauseKind.COUNTING_RULE: N_("counting rule"),
    CauseKind.LATE_ENTRY: N_("late entry"),
    CauseKind.MERGED: N_("merged records"),
    CauseKind.DOCUMENTED: N_("documented"),
    CauseKind.QUALIFIER: N_("how the figure is meant"),
}
ROLES: Mapping[Role, str] = {
    Role.REGISTRAR: N_("registrar"),
    Role.INSTRUCTOR: N_("instructor"),
    Role.MANAGER: N_("management"),
    Role.ADMINISTRATOR: N_("administrator"),
    Role.AUDITOR: N_("auditor"),
}


def name_of(labels: Mapping[str, str], code: str | None, t: Translator) -> str:
    """The name that people write for a code; the code itself where it has none."""
    return t(N_("not recorded")) if code is None else labels.get(code, code)


def code_and_name(labels: Mapping[str, str], code: str | None, t: Translator) -> str:
    """A department or municipality with its number: "08 Francisco Morazán"."""
    if code is None or code not in labels:
        return t(N_("not recorded")) if code is None else code
    return f"{code} {labels[code]}"


def grade_name(grade: str | None, t: Translator) -> str:
    """A school grade: "Grade 5", "5.º grado"; other texts as they are."""
    if grade is None:
        return t(N_("not recorded"))
    return t("Grade {grade}", grade=grade) if grade.isascii() and grade.isdigit() else grade


def course_type_name(code: str, t: Translator) -> str:
    """A kind of course; a code that is not known is shown as it is."""
    return t(COURSE_TYPES[CourseType(code)]) if code in tuple(CourseType) else code
