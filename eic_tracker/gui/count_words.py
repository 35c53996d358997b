"""A plain number in words: which rows it counts, under which filters; of a fault, why it matters and what mends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from eic_tracker.gui.grids.certificates import CERTIFICATES_GRID
from eic_tracker.gui.grids.class_groups import CLASS_GROUPS_GRID
from eic_tracker.gui.grids.instructors import INSTRUCTORS_GRID
from eic_tracker.gui.grids.offerings import OFFERINGS_GRID
from eic_tracker.gui.grids.people import PEOPLE_GRID
from eic_tracker.gui.grids.roster import ENROLMENTS_GRID
from eic_tracker.gui.grids.schools import SCHOOLS_GRID
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.listing import Choice, Request


@dataclass(frozen=True, slots=True)
class CountWords:
    """What rows under a filter are; `why` and `mend` where they are a fault. Messages; {date} and {days} are filled."""

    counts: str
    chip: str = ""
    why: str = ""
    mend: str = ""


_OFFERINGS = {
    "no_act": CountWords(
        N_("Closed courses of which no act stands in the file."),
        N_("Closed, no act"),
        N_("Without an act nothing but the roster supports their figures."),
        N_("The instructor makes the act of grades or of closing on the page of the course."),
    ),
    "no_letter": CountWords(
        N_("Courses on whose roster nobody names the letter or list that sent them."),
        N_("No letter or list"),
        N_("Nobody can show who sent these people to the course."),
        N_("The registrar files the letter and names it on the roster."),
    ),
    "no_attendance": CountWords(
        N_("Closed courses without a single mark of attendance by day."),
        N_("No attendance by day"),
        N_("The minimum attendance cannot be proven for anybody in them."),
        N_("The signed sheets are typed in, or filed as scans."),
    ),
    "ended_open_before": CountWords(
        N_("Courses whose last day lies before {date} and that nobody has closed or cancelled."),
        N_("Ended before {date}, still open"),
        N_("An open course has no completions: its people are missing in every figure and get no certificate."),
        N_("Its instructor enters the results and closes it. One that did not take place is cancelled."),
    ),
    "running_on": CountWords(
        N_("Courses that have begun, have not ended and are neither closed nor cancelled."),
        N_("In training on {date}"),
    ),
    "begins_soon_with_places": CountWords(
        N_("Courses that begin within two weeks, are open for enrolment and have free places or no limit."),
        N_("Begins within two weeks of {date}, with free places"),
    ),
    "no_lead": CountWords(
        N_("Closed courses that name no lead instructor."),
        N_("Closed, no lead instructor"),
        N_("The table of courses by force cannot place them."),
        N_("The registrar names the lead from the act or the programme of the course."),
    ),
    "unmatched_walk_ins": CountWords(
        N_("Courses to which somebody came without being listed, and nobody has said who it was."),
        N_("Somebody came who is matched to nobody"),
        N_("They sat in the course and are missing on its roster, its acts and in every figure."),
        N_("In the attendance of the course, Enter on the name says who it is. A closed course is reopened for it."),
    ),
    "over_capacity": CountWords(
        N_("Courses with more people in seats than the places that were given to them."),
        N_("More people than places"),
        N_("Either the number of places is wrong, or somebody stands on the roster who was not in the course."),
        N_("Compare the roster with its letter; then correct the places, or make somebody an alternate."),
    ),
    "recorded_late": CountWords(
        N_("Courses that were entered more than {days} days after their last day."),
        N_("Entered more than {days} days late"),
        N_("They change figures of quarters that may have been reported already."),
        N_("The rows stay. The letter that explains the delay belongs among the documents of the course."),
    ),
}
_ENROLMENTS = {
    "overlapping": CountWords(
        N_("People who sit in two courses that have days in common."),
        N_("Two courses on the same days"),
        N_("Nobody sits in two rooms: one of the rosters or one of the dates is wrong."),
        N_("Compare both rosters with their signed sheets; take the person off one, or correct the days."),
    ),
    "certificate_without_completion": CountWords(
        N_("People of closed courses who did not complete and whose diploma is in force."),
        N_("Diploma without completion"),
        N_("Somebody holds a diploma for a course that the register says was not completed."),
        N_("A manager annuls the diploma, or corrects the result by its act."),
    ),
    "no_show_present": CountWords(
        N_("People whose result says that they did not come, and who are marked as present on a day."),
        N_("Did not come, yet present"),
        N_("Result and attendance contradict each other; one of them is wrong."),
        N_("Compare with the signed sheet; correct the mark, or reopen the course for the result."),
    ),
    "in_training_on": CountWords(
        N_("People enrolled in a seat of a course that runs on {date}; who sits in two courses counts twice."),
        N_("In training on {date}"),
    ),
    "without_certificate_since": CountWords(
        N_("Completions of closed courses that ended on {date} or later, for which no certificate stands."),
        N_("Ended on {date} or later, without a certificate"),
    ),
    "late_in_closed_quarter": CountWords(
        N_("Counted rows of rosters that were entered after the quarter of their course was closed."),
        N_("Entered after the quarter was closed"),
        N_("They change a quarter that was reported: its report is restated."),
        N_("The report names them as restated. A row that is an error is taken off the list by the registrar."),
    ),
    "below_minimum": CountWords(
        N_("Completions whose attendance or grade lies below the minimum of the course."),
        N_("Below the minimum"),
        N_("A certificate would rest on a result that the rules of the course do not give."),
        N_("Correct the grade from the signed act; or the manager changes the result, saying who authorised it."),
    ),
    "missing_grade": CountWords(
        N_("Completions without a final grade, in courses that ask for one."),
        N_("Grade missing"),
        N_("The act and the certificate need the grade."),
        N_("Enter it from the signed act of grades."),
    ),
    "differs_from_act": CountWords(
        N_("People whose grade, attendance or result is not as on a printed act that holds."),
        N_("Not as on a printed act"),
        N_("Paper and file say two things of the same person; a certificate would contradict one of them."),
        N_("Correct what was changed by mistake, or rectify the act with who authorised it."),
    ),
    "no_institution": CountWords(
        N_("Rows of rosters that do not say which institution sent the person."),
        N_("No institution"),
        N_("Every table by institution shows them as not recorded."),
        N_("The letter or list with which the person came names it; the registrar enters it."),
    ),
    "no_unit": CountWords(
        N_("Rows of rosters without a unit, of institutions whose units are known."),
        N_("No unit"),
        N_("Every table by unit shows them as not recorded."),
        N_("The letter or list with which the person came names it; the registrar enters it."),
    ),
    "ended_unit": CountWords(
        N_("Rows of rosters under a unit that did not exist in the days of the course."),
        N_("Unit of another time"),
        N_("The table by unit would count people under a unit that they cannot have belonged to."),
        N_("Choose the unit of that time, or correct the days of the unit in the lists of Settings."),
    ),
}
_PEOPLE = {
    "odd_document": CountWords(
        N_("People on a roster whose Honduran identity number does not have 13 digits."),
        N_("Not 13 digits"),
        N_("A number that lost a digit finds nobody, and the same person is entered again."),
        N_("Look it up in the signed list; the registrar corrects it on the page of the person."),
    ),
    "under_age": CountWords(
        N_("People who were not yet 18 on the first day of a course on whose roster they stand."),
        N_("Not yet 18"),
        N_("Minors are not named in this file; mostly the date of birth is wrong."),
        N_("Compare the date of birth with the document; take somebody off who does not belong."),
    ),
    "no_sex": CountWords(
        N_("People counted in a course of whom neither woman nor man is recorded."),
        N_("Sex not recorded"),
        N_("Every table by sex has a row of people about whom it says nothing."),
        N_("The signed list or the document tells it; it is never guessed from a name."),
    ),
    "merge_loop": CountWords(
        N_("Records of people that were joined with each other in a circle."),
        N_("Joined in a circle"),
        N_("None of them is the record that counts: these people are missing in every figure."),
        N_("Take the joinings back in the history, the newest first."),
    ),
    "no_document": CountWords(
        N_("People of whom no identity document is known, neither Honduran nor foreign."),
        N_("Without a document"),
        N_("Nobody can be sure who they are: one person may stand twice, and a certificate can be disputed."),
        N_("Look it up in the signed list of the course, or ask for it; the registrar enters it."),
    ),
    "possible_duplicate": CountWords(
        N_("People who share their name and date of birth, or the number of a document, with somebody else."),
        N_("May stand twice"),
        N_("One person in two records is counted twice among persons, and neither profile is whole."),
        N_("Compare their documents. Who is one person is joined; people of the same name stay two."),
    ),
}
_CLASS_GROUPS = {
    "heads_out_of_order": CountWords(
        N_("Class groups with more graduated than reached, or more reached than enrolled, and no note."),
        N_("Heads out of order"),
        N_("One of the three counts is wrong, and two of them stand in the reports."),
        N_("Compare with the sheet that the school sealed; a note says why where it is right."),
    ),
    "same_group_twice": CountWords(
        N_("Class groups of one school with the same grade, section, shift and year, without a reason."),
        N_("There twice"),
        N_("Its pupils are counted twice."),
        N_("Take one of them back, or say why: another component, a year that was interrupted."),
    ),
    "lesson_after_graduation": CountWords(
        N_("Class groups of which a lesson is dated after their graduation."),
        N_("Lesson after graduation"),
        N_("One of the days is wrong, and with it perhaps the quarter in which they count."),
        N_("Compare both days with the sheet of the group."),
    ),
    "late_in_closed_quarter": CountWords(
        N_("Class groups that were entered after the quarter of their lessons or graduation was closed."),
        N_("Entered after the quarter was closed"),
        N_("They change a quarter that was reported: its report is restated."),
        N_("The report names them as restated. A group that is an error is corrected from its sheet."),
    ),
    "too_few_lessons": CountWords(
        N_("Class groups that graduated with fewer lessons than their curriculum asks for."),
        N_("Too few lessons"),
        N_("Their graduates are counted, although the programme is not complete."),
        N_("Correct lessons or graduation from the sheet of the group, which the school sealed."),
    ),
    "no_officer": CountWords(
        N_("Class groups that name no officer who gave the lessons."),
        N_("No officer"),
        N_("Nobody answers for the heads that were counted."),
        N_("The sheet of the group names the officer; who types the groups in enters it."),
    ),
    "recorded_late": CountWords(
        N_("Class groups that were entered more than {days} days after their first lesson."),
        N_("Entered more than {days} days late"),
        N_("They change figures of quarters that may have been reported already."),
        N_("The rows stay. The sheet that explains the delay belongs among the documents of the group."),
    ),
}
_INSTRUCTORS = {
    "accreditation_ends_by": CountWords(
        N_(
            "Instructors who teach here still, and one of whose accreditations ends up to {date} without a later one"
            " of the same name."
        ),
        N_("Accreditation ends by {date}"),
        N_("A course that somebody without accreditation teaches can be disputed, and its certificates with it."),
        N_("Ask for the new accreditation; the registrar enters it on the page of the instructor."),
    ),
}
_WORDS: Mapping[str, Mapping[str, CountWords]] = {
    "offerings": _OFFERINGS,
    "enrolments": _ENROLMENTS,
    "people": _PEOPLE,
    "class_groups": _CLASS_GROUPS,
    "instructors": _INSTRUCTORS,
    "certificates": {
        "status": CountWords(N_("Certificates in this state; those of all courses are counted.")),
        "number_gap": CountWords(
            N_("Certificates beside whose number one is missing in its series."),
            N_("Beside a missing number"),
            N_("Numbers without gaps are what a reader of the register trusts; a gap is one that nobody can show."),
            N_("Look for it in the history and in the copies of those days; the gap report names every number."),
        ),
    },
    "roster": {
        "offering": CountWords(N_("People on the roster of the course with this result; each row is one person."))
    },
}
_GIVEN = {
    "offerings": N_("Courses given that this line of the table counts, each once."),
    "class_groups": N_("Class groups that this line of the table counts, each once."),
    "schools": N_("Schools that this line of the table counts, each once."),
    "roster": N_("People on the roster whose grade lies in this range; the second chance counts where there was one."),
}
"""What rows are that come by their keys."""
_MATCHING = N_("Rows of the list that the filters below leave.")
_SPECS = {
    listing: {spec.name: spec for spec in grid.filters}
    for listing, grid in {
        "offerings": OFFERINGS_GRID,
        "enrolments": ENROLMENTS_GRID,
        "roster": ENROLMENTS_GRID,
        "people": PEOPLE_GRID,
        "class_groups": CLASS_GROUPS_GRID,
        "certificates": CERTIFICATES_GRID,
        "schools": SCHOOLS_GRID,
        "instructors": INSTRUCTORS_GRID,
    }.items()
}


def count_words(listing: str, request: Request, as_of: dt.date, t: Translator) -> str:
    """What the rows of a request are and as of when; of a fault also why it matters and what mends it."""
    found = _words_of(listing, request)
    value = next((code for name, code in request.filters if name in _WORDS.get(listing, {})), "")
    lines = [_filled(found.counts, value, t) + " " + t("As of {date}.", date=t.date(as_of))]
    if found.why:
        lines.append(t("Why it matters: {text}", text=t(found.why)))
    if found.mend:
        lines.append(t("How it is mended: {text}", text=t(found.mend)))
    return "\n".join(lines)


def count_chips(listing: str, request: Request, t: Translator) -> list[str]:
    """The filters of a request in words, each as "Asiento: titular"."""
    chips = []
    for name, code in request.filters:
        known, spec = _WORDS.get(listing, {}).get(name), _SPECS.get(listing, {}).get(name)
        if known is not None and known.chip:
            chips.append(_filled(known.chip, code, t))
        elif spec is not None:
            chips.append(t(spec.title) if spec.code else f"{t(spec.title)}: {spec.words(Choice(code), t)}")
    return chips


def _words_of(listing: str, request: Request) -> CountWords:
    known = _WORDS.get(listing, {})
    found = next((known[name] for name, _ in request.filters if name in known), None)
    if found is not None:
        return found
    return CountWords(_GIVEN[listing] if request.keys is not None and listing in _GIVEN else _MATCHING)


def _filled(text: str, value: str, t: Translator) -> str:
    """The message with the value of its filter: a day, or a number of days."""
    if "{days}" in text:
        return t(text, days=value)
    return t(text, date=t.date(dt.date.fromisoformat(value))) if "{date}" in text else t(text)
