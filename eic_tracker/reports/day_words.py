"""The day at the school in words: its numbers, its beds, and how they are counted."""

from __future__ import annotations

from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.day_at_school import DayAtSchool

DAY_DEFINITION = N_(
    "Expected: who has a seat in a course with class on the day. Present: who came to any part of the day, also late. "
    "Absent: who was marked absent or excused. Not marked: nothing was recorded, so they are neither. A person in two "
    "courses is counted in both; a bed is counted once."
)
NO_REASON = N_("No reason recorded")
NO_INSTITUTION = N_("No institution recorded")


def beds_words(day: DayAtSchool, t: Translator) -> str:
    """Beds taken tonight, of those there are where that is known."""
    taken = t.number(len(day.beds))
    if day.capacity is None:
        said = t("{taken} beds taken tonight; how many there are is not recorded", taken=taken)
    else:
        said = t(
            "{taken} of {places} beds taken tonight; {free} free",
            taken=taken,
            places=t.number(day.capacity),
            free=t.number(max(day.capacity - len(day.beds), 0)),
        )
    if day.lodging_unsaid:
        said += ". " + t.plural(
            "Of {count} seat nobody said where they sleep",
            "Of {count} seats nobody said where they sleep",
            day.lodging_unsaid,
        )
    return said + "."


def marking_words(day: DayAtSchool, t: Translator) -> str:
    """How much of the day is recorded; empty where all of it is."""
    missing = [each for each in day.courses if each.count.unmarked]
    if not missing:
        return ""
    codes = ", ".join(each.course.code for each in missing)
    return t.plural(
        "Attendance is not recorded of {count} person ({courses}): counted neither as present nor as absent.",
        "Attendance is not recorded of {count} people ({courses}): counted neither as present nor as absent.",
        len(day.total.unmarked),
        courses=codes,
    )
