"""The words of papers for codes: kinds of acts, exceptions, kinds of scans and letters, grounds of annulment."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.domain.codes import EnrolmentStatus, RoundingRule, SecondChanceRule
from eic_tracker.i18n import N_, Translator

ACT_KINDS: Mapping[str, str] = {
    "grades": N_("Act of grades"),
    "closing": N_("Closing act"),
    "graduation": N_("Graduation act"),
    "rectification": N_("Act of rectification"),
    "delivery": N_("Act of delivery"),
}
ACT_STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "frozen": N_("Printed"),
    "differs": N_("Differs from what stands now"),
    "rectified": N_("Rectified"),
}
ACT_RESULTS: Mapping[EnrolmentStatus, str] = {
    EnrolmentStatus.COMPLETED: N_("passed"),
    EnrolmentStatus.NOT_COMPLETED: N_("failed"),
    EnrolmentStatus.WITHDREW: N_("left the course"),
    EnrolmentStatus.NO_SHOW: N_("no-show"),
    EnrolmentStatus.ENROLLED: N_("no result yet"),
    EnrolmentStatus.APPLIED: N_("no result yet"),
    EnrolmentStatus.REMOVED: N_("taken off the list"),
}
EXCEPTIONS: Mapping[str, str] = {
    "capacity": N_("More people than seats"),
    "minimum_attendance": N_("Attendance below the minimum"),
    "minimum_grade": N_("Grade below the minimum"),
    "reopening": N_("Closed course reopened"),
    "rectification": N_("Printed act rectified"),
    "signature": N_("Signature of the school handed over"),
    "annulment": N_("Certificate annulled"),
    "correct_enrolment": N_("Result corrected after closing"),
    "restatement": N_("Figure of a closed quarter restated"),
    "keep_names": N_("Names of pupils are kept"),
    "late_enrolment": N_("Enrolled after enrolment was closed"),
    "vetting": N_("Enrolled although not apt"),
}
SOURCE_KINDS: Mapping[str, str] = {
    "letter": N_("Letter"),
    "act": N_("Act"),
    "list": N_("List"),
    "report": N_("Report"),
    "other": N_("Other paper"),
}
ATTACHMENT_KINDS: Mapping[str, str] = {
    "letter": N_("Letter"),
    "grade_sheet": N_("Sheet of grades"),
    "attendance_sheet": N_("Attendance sheet"),
    "act": N_("Act"),
    "summary_sheet": N_("Summary sheet"),
    "book_page": N_("Page of a paper book"),
    "report_copy": N_("Copy of a report"),
    "other": N_("Other paper"),
}
ANNULMENT_GROUNDS: Mapping[str, str] = {
    "not_completed": N_("Did not complete the course"),
    "correction": N_("Correction of data"),
    "loss": N_("Loss"),
    "theft": N_("Theft"),
    "damage": N_("Damage"),
    "error": N_("Error in the paper"),
    "change_of_name": N_("Change of name"),
    "forgery": N_("Forgery"),
}
ROUNDINGS: Mapping[str, str] = {
    RoundingRule.NONE.value: N_("Grades are not rounded: 69.5 does not reach 70."),
    RoundingRule.HALF_UP.value: N_("Grades are rounded to whole points, halves upwards: 69.5 becomes 70."),
}
SECOND_CHANCES: Mapping[SecondChanceRule, str] = {
    SecondChanceRule.NONE: N_("There is no second chance."),
    SecondChanceRule.REPLACES: N_("A second chance takes the place of the first grade."),
    SecondChanceRule.AT_MOST_MINIMUM: N_("A second chance counts at most the minimum."),
}
WEIGHTS: Mapping[str, str] = {
    "post_test": N_("final test"),
    "performance": N_("performance"),
    "products": N_("products"),
}
CHANGES: Mapping[str, str] = {
    "grade": N_("Grade"),
    "second_chance": N_("Second chance"),
    "attendance": N_("Attendance"),
    "result": N_("Result"),
    "added": N_("Added to the list"),
    "left_out": N_("Not on the list any more"),
}
CHECK_STATES: Mapping[str, str] = {
    "not_required": N_("not required"),
    "in_process": N_("in process"),
    "apt": N_("apt"),
    "not_apt": N_("not apt to be enrolled"),
    "expired": N_("expired"),
}
CERTIFICATE_STATES: Mapping[str, str] = {
    "prepared": N_("prepared"),
    "approved": N_("approved"),
    "issued": N_("issued"),
    "annulled": N_("annulled"),
    "replaced": N_("replaced by a duplicate"),
    "paper_book": N_("in the paper books"),
}


def exception_words(kinds: str) -> list[str]:
    """The messages of exceptions that stand in one text with blanks between; unknown ones as they are."""
    return [EXCEPTIONS.get(kind, kind) for kind in kinds.split()]


ADMINISTRATIONS = {
    "official": N_("Public"),
    "non_governmental": N_("Private"),
    "proheco": "PROHECO",
    "municipal": N_("Of the municipality"),
    "ccepreb": "CCEPREB",
}
SHIFTS = {"morning": N_("Morning"), "afternoon": N_("Afternoon"), "evening": N_("Evening")}


def grade_and_section(grade: str | None, section: str | None, t: Translator, *, multigrade: bool) -> str:
    """Grade and section of a class group: "5 A", "multigrade"; empty where neither is noted."""
    return f"{t('multigrade') if multigrade else grade or ''} {section or ''}".strip()


KEY_TITLES = {"titular": N_("titular"), "deputy": N_("deputy")}
KEY_ENDS = {"handed_over": N_("handed over"), "lost": N_("lost"), "stolen": N_("stolen")}
"""Of signatures of the school."""
