"""How the lists of a workbook are shown, each with its course and its counts, and what is said of all of them."""

from __future__ import annotations

from collections.abc import Callable

from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.course_words import CourseWords
from eic_tracker.services.list_review import Outcome, is_enrolled
from eic_tracker.services.whole_workbook import CourseList, WholeReview

FIELDS = {
    "course": N_("Course"),
    "number": N_("Number"),
    "starts_on": N_("First day"),
    "ends_on": N_("Last day"),
    "municipality": N_("Municipality"),
    "place": N_("Place"),
    "lead": N_("Instructor"),
}
"""What can be said of a list, by the name of its column."""
CHOSEN = frozenset({"course", "municipality", "lead"})
"""What is one of a list of the file; all else is typed."""
_LACKS = {
    "course": N_("lacks its course"),
    "starts_on": N_("lacks its days"),
    "number": N_("to be decided"),
}
_LONGEST_NAME = 24
_SHORT = {
    Outcome.NEW: N_("New"),
    Outcome.KNOWN: N_("Known"),
    Outcome.POSSIBLE_DUPLICATE: N_("Doubtful"),
    Outcome.ERROR: N_("Errors"),
}


def columns(words: Callable[[], CourseWords | None]) -> tuple[Column, ...]:
    """The columns of the lists; `words` are the names of courses, places and instructors, once they are read."""

    def course(one: CourseList, _t: Translator) -> str:
        found = words()
        return found.courses[one.course.course_id][1] if found and one.course.course_id is not None else ""

    def place(one: CourseList, _t: Translator) -> str:
        found = words()
        return found.places.get(one.course.municipality_id or 0, "") if found else ""

    def lead(one: CourseList, _t: Translator) -> str:
        found = words()
        return found.leads.get(one.course.lead_id or 0, "") if found else ""

    return (
        Column("name", N_("List"), _short_name, width=18),
        Column("what", N_("What happens"), _in_short, width=18, tone=tone),
        Column("course", FIELDS["course"], course, width=26, stretch=True),
        Column("number", FIELDS["number"], lambda one, _t: one.course.code or "", width=9),
        Column("starts_on", FIELDS["starts_on"], _first_day, width=11),
        Column("ends_on", FIELDS["ends_on"], _last_day, width=11),
        Column("municipality", FIELDS["municipality"], place, width=14, stretch=True),
        Column("lead", FIELDS["lead"], lead, width=18, stretch=True),
        Column("rows", N_("Rows"), lambda one, t: _count(one, "rows", t), width=5, number=True),
        *(
            Column(outcome.value, _SHORT[outcome], _counted(outcome), width=5, number=True, spare=True)
            for outcome in Outcome
        ),
        Column("place", FIELDS["place"], lambda one, _t: one.course.place, width=18, stretch=True, spare=True),
    )


def _short_name(one: CourseList, _t: Translator) -> str:
    """The name as far as it tells the lists apart; below the table it stands whole."""
    return one.name if len(one.name) <= _LONGEST_NAME else one.name[: _LONGEST_NAME - 1] + "…"


def tone(one: CourseList) -> Tone:
    """The mark of what happens to a list."""
    if one.course.reason is not None:
        return Tone.WARNING
    return Tone.INFO if one.course.is_new else Tone.OK


def lacking(one: CourseList) -> str:
    """What has to be said of a list first, by the name of its column."""
    if one.course.course_id is None:
        return "course"
    return "starts_on" if one.course.starts_on is None else "number"


def _in_short(one: CourseList, t: Translator) -> str:
    if one.course.reason is None:
        return t("new course") if one.course.is_new else t("onto {code}", code=one.course.code or "")
    if one.is_left_out:
        return t("left out")
    return t(_LACKS[lacking(one)])


def what_happens(one: CourseList, t: Translator) -> str:
    """Whether a list comes in, and onto which course."""
    course = one.course
    if course.reason is not None:
        return t(course.reason, code=course.code or "")
    if course.is_new:
        return t("new course")
    return t("onto course {code} of the file", code=course.code or "")


def sentences_of(one: CourseList, t: Translator) -> str:
    """All that is to be known of one list, in full."""
    said = [f"{one.name}: {what_happens(one, t)}"]
    if one.course.unknown_lead:
        said.append(
            t(
                "“{name}” is in no register of instructors: the course gets no lead, unless you choose one.",
                name=one.course.unknown_lead,
            )
        )
    if one.same_as:
        said.append(
            t.plural(
                "{count} new person stands in an earlier list too.",
                "{count} new people stand in earlier lists too.",
                len(one.same_as),
            )
        )
    return " · ".join(said)


def summary(whole: WholeReview, t: Translator) -> str:
    """How many lists and rows come in and how many stay out: all of them together."""
    taken = [one for one in whole.lists if one.is_taken]
    rows = sum(len(one.review.rows) for one in whole.lists if one.review is not None)
    come = sum(is_enrolled(row) for one in taken if one.review is not None for row in one.review.rows)
    again = sum(row.repeats for one in taken if one.review is not None for row in one.review.rows)
    out = sum(one.review.left_out for one in taken if one.review is not None)
    waiting = rows - come - again - out
    said = [
        t("{taken} of {lists} lists come in.", taken=t.number(len(taken)), lists=t.number(len(whole.lists))),
        t(
            "{rows} rows = {come} come in + {again} repeated + {out} stay out + {waiting} of lists without a course",
            rows=t.number(rows),
            come=t.number(come),
            again=t.number(again),
            out=t.number(out),
            waiting=t.number(waiting),
        ),
    ]
    return " ".join(said)


def _counted(outcome: Outcome) -> Callable[[CourseList, Translator], str]:
    return lambda one, t: _count(one, outcome.value, t)


def _count(one: CourseList, name: str, t: Translator) -> str:
    """How many rows; nothing for none, so that a column of nothing leaves its room to the others."""
    count = one.review.counts[name] if one.review is not None else 0
    return t.number(count) if count else ""


def _first_day(one: CourseList, t: Translator) -> str:
    return t.date(one.course.starts_on) if one.course.starts_on else ""


def _last_day(one: CourseList, t: Translator) -> str:
    return t.date(one.course.ends_on) if one.course.ends_on else ""
