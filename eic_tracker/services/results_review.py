"""A sheet of results beside the roster of its course, before anything is stored: change, same or error."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import EnrolmentStatus
from eic_tracker.domain.grading import SCALES, rounded, standing
from eic_tracker.domain.names import fold, match_key
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.exchange.results import ReadResults, ResultRow, read_results
from eic_tracker.exchange.rows import KnownTexts, Problem, Question, Severity
from eic_tracker.i18n import N_
from eic_tracker.queries.class_results import ClassMember, ClassResults
from eic_tracker.queries.known_texts import read_places
from eic_tracker.services.grades import ScaleAsked, kept_grade, points_words, scale_of
from eic_tracker.services.offerings import open_offering
from eic_tracker.services.recording import readable_class
from eic_tracker.store.database import Database
from eic_tracker.store.tables.imports import RejectedAs

SCALE = "scale"
"""The key of the question on which scale a class was graded."""


class Outcome(StrEnum):
    """What a row of results does to the roster."""

    CHANGE = "change"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ReviewedResult:
    """A row beside the person whom it names; the grade in hundredths on the course's scale, as it would be kept.

    `proposed` is what the closing would be proposed; None where the row leaves it open or is an error."""

    row: ResultRow
    outcome: Outcome
    enrolment_id: int | None
    grade: int | None
    scale: int | None
    proposed: EnrolmentStatus | None
    ground_id: int | None
    problems: tuple[Problem, ...]
    waits_for: tuple[str, ...] = ()

    @property
    def left_out(self) -> RejectedAs | None:
        """Why the row would not be stored; None where it would be, or is already."""
        if self.outcome is Outcome.ERROR:
            return RejectedAs.ERROR
        return RejectedAs.QUESTION if self.waits_for else None


@dataclass(frozen=True, slots=True)
class ResultsReview:
    """A sheet of results beside the class of a course, as it stood when it was read."""

    read: ReadResults
    offering_id: int
    rows: tuple[ReviewedResult, ...]
    questions: tuple[Question, ...]
    scale: int
    scale_answered: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are, and how many of each outcome: these add up to all."""
        found = Counter(row.outcome for row in self.rows)
        return {"rows": len(self.rows), **{outcome.value: found[outcome] for outcome in Outcome}}

    @property
    def left_out(self) -> int:
        """How many rows would not be stored."""
        return sum(row.left_out is not None for row in self.rows)


def read_results_file(
    db: Database, acting: ActingUser, path: Path, answers: Mapping[str, str], *, repairs: bool = True
) -> ReadResults:
    """The results in a file, read with what this file knows; FileProblem where there are none."""
    require(acting, Action.RECORD_RESULTS)
    with db.read() as connection:
        known = KnownTexts(municipalities=read_places(connection))
    return read_results(path, answers, known, today=local_date(db.clock()), repairs=repairs)


def review_results(
    db: Database, acting: ActingUser, read: ReadResults, offering_id: int, answers: Mapping[str, str] | None = None
) -> ResultsReview:
    """What storing the results would do; nothing is changed. Refused where the course is closed or not one's own."""
    require(acting, Action.RECORD_RESULTS)
    with db.read() as connection:
        open_offering(connection, offering_id)
        # Rows are matched by whole numbers, whatever of them the user sees.
        results = readable_class(connection, acting, offering_id, whole_numbers=True)
        return review_beside(connection, read, offering_id, results, answers or {})


def review_beside(
    connection: Connection,
    read: ReadResults,
    offering_id: int,
    results: ClassResults,
    answers: Mapping[str, str],
) -> ResultsReview:
    """The same within a transaction that is open already, beside a class as it was read in it."""
    roster = _Roster(connection, results)
    found = [_matched(roster, row) for row in read.rows]
    scale, question = _scale(read, results, answers)
    reviewed = [
        _reviewed(roster, row, member, problems, scale, waits=question is not None)
        for row, (member, problems) in zip(read.rows, found, strict=True)
    ]
    questions = (*read.questions, *((question,) if question else ()))
    rows = tuple(_with_repeated(reviewed))
    return ResultsReview(read, offering_id, rows, questions, scale, scale_answered=SCALE in answers)


class _Roster:
    """The class by every sign under which a sheet may name its people, and the reasons of the school's list."""

    def __init__(self, connection: Connection, results: ClassResults) -> None:
        self.results = results
        self.by_document: dict[str, ClassMember] = {}
        self.by_name: dict[str, list[ClassMember]] = defaultdict(list)
        by_person = {member.participant_id: member for member in results.members}
        for member in results.members:
            self.by_name[member.match_key].append(member)
        for person, number in connection.exec_driver_sql(
            "SELECT participant_id, number FROM participant_document "
            "WHERE participant_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(by_person)),),
        ):
            self.by_document[number] = by_person[person]
        self.by_document |= {member.document: member for member in results.members if member.document}
        self.grounds: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for key, name, applies_to in connection.exec_driver_sql(
            "SELECT id, name, applies_to FROM ground WHERE valid_to IS NULL ORDER BY id"
        ):
            self.grounds[applies_to].append((key, _telling_words(name)))

    def ground(self, status: EnrolmentStatus, remark: str) -> int | None:
        """The reason of the list that shares a telling word with a remark; None where none or two do."""
        words = _telling_words(remark)
        fitting = [key for key, telling in self.grounds[status.value] if telling & words]
        return fitting[0] if len(fitting) == 1 else None


_SHORTEST_TELLING = 5
_NOT_TELLING = frozenset({"retirado", "retirada", "retiro", "presento", "aviso", "vendria", "conoce"})


def _telling_words(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) >= _SHORTEST_TELLING) - _NOT_TELLING


def _matched(roster: _Roster, row: ResultRow) -> tuple[ClassMember | None, list[Problem]]:
    """Whom a row names: by document, else by a name that one person of the class has."""
    name = f"{row.given_names} {row.family_names}".strip()
    alike = roster.by_name.get(match_key(row.given_names, row.family_names), [])
    if row.document is not None:
        member = roster.by_document.get(row.document)
        if member is None:
            return None, [_error("document", "not_enrolled", row.document, _NOT_ENROLLED, code=row.document)]
        if name and not set(member.match_key.split()) & set(fold(name).split()):
            values = {"name": name, "known": member.name}
            return member, [Problem("name", Severity.WARNING, "name_differs", name, member.name, _DIFFERS, values)]
        return member, []
    if any(problem.severity is Severity.ERROR for problem in row.problems):
        return None, []
    if len(alike) == 1:
        return alike[0], [Problem("name", Severity.WARNING, "matched_by_name", name, None, _BY_NAME, {"name": name})]
    message = _TWO_OF_A_NAME if alike else _NOT_ENROLLED
    return None, [_error("name", "name_of_two" if alike else "not_enrolled", name, message, code=name)]


_NOT_ENROLLED = N_("{code} is not on the roster of this course; enrol the person first.")
_TWO_OF_A_NAME = N_("Two people of this course are called {code}; write the identity number.")
_DIFFERS = N_("Here this number belongs to {known}, the sheet says {name}.")
_BY_NAME = N_("{name} was found by the name: the sheet has no identity number.")


def _scale(read: ReadResults, results: ClassResults, answers: Mapping[str, str]) -> tuple[int, Question | None]:
    """The scale on which the sheet was written, and the question where the class leaves it open."""
    numbers = [row.grade.number for row in read.rows if row.grade.number is not None]
    answer = answers.get(SCALE)
    if answer is not None and answer not in {str(scale) for scale in SCALES}:
        raise UserError(
            N_("“{answer}” is no scale. Choose one of: {scales}."),
            answer=answer,
            scales=", ".join(map(str, SCALES)),
        )
    try:
        return scale_of(results, numbers, int(answer) if answer is not None else None), None
    except ScaleAsked as asked:
        options = tuple(str(scale) for scale in asked.scales)
        question = Question(SCALE, read.columns["grade"], asked.message, options, options[0], asked.values)
        return asked.scales[0], question


def _reviewed(
    roster: _Roster,
    row: ResultRow,
    member: ClassMember | None,
    matching: Sequence[Problem],
    scale: int,
    *,
    waits: bool,
) -> ReviewedResult:
    problems = [*row.problems, *matching]
    number = row.grade.number
    if number is not None and number > scale:
        problems.append(_error("grade", "out_of_range", row.grade_text, _ABOVE, scale=scale))
    if member is not None and not member.sits and not _has_said(member, row):
        problems.append(_error("document", "no_seat", member.name, _NO_SEAT, name=member.name))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return ReviewedResult(row, Outcome.ERROR, None, None, None, None, None, tuple(problems))
    assert member is not None
    grade = _kept(roster.results, number, scale)
    problems += _beside(roster.results, member, row, grade)
    proposed, ground, told = _proposal(roster, member, row, grade)
    problems += told
    waiting = (*row.waits_for, *((SCALE,) if waits and number is not None else ()))
    refused = any(problem.severity is Severity.ERROR for problem in problems)
    outcome = Outcome.CHANGE if _differs(roster.results, member, row, grade, proposed, ground) else Outcome.SAME
    return ReviewedResult(
        row,
        Outcome.ERROR if refused else outcome,
        member.enrolment_id,
        grade,
        scale if number is not None else None,
        None if refused else proposed,
        ground,
        tuple(problems),
        waiting,
    )


_ABOVE = N_("“{value}” is outside 0 to {scale}.")
_NO_SEAT = N_("{name} has no seat in this course, or a result already.")


def _has_said(member: ClassMember, row: ResultRow) -> bool:
    """Whether the roster says already that the person left or never came, as the row does."""
    status = EnrolmentStatus.WITHDREW if row.left else EnrolmentStatus.NO_SHOW if row.never_came else None
    return status is not None and member.status is status


def _kept(results: ClassResults, number: Fraction | None, scale: int) -> int | None:
    if number is None:
        return None
    return rounded(Fraction(kept_grade(number, scale, results)), results.rules.rules.rounding)


def _beside(results: ClassResults, member: ClassMember, row: ResultRow, grade: int | None) -> list[Problem]:
    """What the row says otherwise than the file: a grade made of parts, an attendance counted from days."""
    problems = []
    here = results.final_of(member)
    if grade is not None and here is not None and here != grade:
        value, known = points_words(Fraction(grade, 100)), points_words(Fraction(here, 100))
        values = {"value": value, "known": known}
        if results.is_made(member):
            problems.append(Problem("grade", Severity.ERROR, "made_of_parts", value, known, _MADE, values))
        else:
            problems.append(Problem("grade", Severity.WARNING, "replaces", known, value, _REPLACES, values))
    if row.attendance is not None and member.marks and results.attendance_of(member) != row.attendance:
        values = {"value": str(row.attendance), "known": str(results.attendance_of(member))}
        problems.append(
            Problem("attendance", Severity.WARNING, "counted_from_days", values["value"], None, _FROM_DAYS, values)
        )
    return problems


_MADE = N_("The final grade here is made of its parts ({known}), the sheet says {value}; correct the parts.")
_REPLACES = N_("{value} takes the place of {known}, which is recorded.")
_FROM_DAYS = N_("Attendance follows from the days recorded here ({known} %); the {value} % of the sheet is not taken.")
_MISSING_GRADE = N_("The grade is missing; a blank is no zero.")
_MISSING_ATTENDANCE = N_("The attendance is missing.")
_NO_REASON = N_("No reason of the list fits “{value}”; choose one before the course is closed.")


def _proposal(
    roster: _Roster, member: ClassMember, row: ResultRow, grade: int | None
) -> tuple[EnrolmentStatus | None, int | None, list[Problem]]:
    """What the closing would be proposed: what the sheet says of the person, else what the rules say."""
    results = roster.results
    if row.left or row.never_came:
        status = EnrolmentStatus.WITHDREW if row.left else EnrolmentStatus.NO_SHOW
        ground = roster.ground(status, row.remark or "")
        if ground is None and member.ground_id is not None and status in {member.proposed, member.status}:
            ground = member.ground_id
        if ground is not None:
            return status, ground, []
        said = row.remark or ""
        return status, None, [Problem("reason", Severity.WARNING, "no_reason", said, None, _NO_REASON, {"value": said})]
    attendance = _attendance(results, member, row)
    counted = grade if grade is not None else results.counted_of(member)
    found = standing(counted, attendance, results.rules.rules)
    problems = []
    if grade is None and results.counted_of(member) is None and results.rules.rules.minimum_grade:
        problems.append(Problem("grade", Severity.WARNING, "missing_grade", "", None, _MISSING_GRADE))
    if attendance is None and results.rules.rules.minimum_attendance:
        problems.append(Problem("attendance", Severity.WARNING, "missing_attendance", "", None, _MISSING_ATTENDANCE))
    return found.status, None, problems


def _attendance(results: ClassResults, member: ClassMember, row: ResultRow) -> int | None:
    return results.attendance_of(member) if member.marks or row.attendance is None else row.attendance


def _differs(
    results: ClassResults,
    member: ClassMember,
    row: ResultRow,
    grade: int | None,
    proposed: EnrolmentStatus | None,
    ground: int | None,
) -> bool:
    """Whether storing the row would change anything; what is blank in the sheet takes nothing away."""
    if not member.sits:
        return False
    if grade is not None and grade != member.final_grade:
        return True
    if _attendance(results, member, row) != member.attendance_percent:
        return True
    if row.left or row.never_came:
        return (proposed, ground) != (member.proposed, member.ground_id)
    return member.proposed is not proposed


def _with_repeated(rows: Sequence[ReviewedResult]) -> list[ReviewedResult]:
    """A person who stands there twice: the same result is one, two different results are an error on both."""
    by_person: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.enrolment_id is not None:
            by_person[row.enrolment_id].append(place)
    done = list(rows)
    for places in by_person.values():
        if len(places) == 1:
            continue
        told = {_told(rows[place].row) for place in places}
        for place in places if len(told) > 1 else places[1:]:
            others = ", ".join(str(rows[each].row.row) for each in places if each != place)
            row = rows[place]
            if len(told) > 1:
                problem = _error("grade", "two_results", row.row.grade_text, _TWO_RESULTS, rows=others)
                done[place] = replace(
                    row, outcome=Outcome.ERROR, proposed=None, problems=(*row.problems, problem), waits_for=()
                )
            else:
                values = {"rows": others}
                problem = Problem("document", Severity.WARNING, "repeated_in_file", others, None, _REPEATED, values)
                done[place] = replace(row, outcome=Outcome.SAME, problems=(*row.problems, problem))
    return done


_TWO_RESULTS = N_("This person has another result in row {rows}; decide which holds and take the other out.")
_REPEATED = N_("The same as in row {rows}.")


def _told(row: ResultRow) -> tuple[object, ...]:
    return (row.grade.number, row.grade.word, row.attendance, row.left, row.never_came)


def _error(field: str, problem: str, value: str, message: str, **values: object) -> Problem:
    return Problem(field, Severity.ERROR, problem, value, None, message, {"value": value, **values})


def essence(row: ReviewedResult) -> tuple[object, ...]:
    """What of a row must still be so when it is stored."""
    return (row.enrolment_id, row.outcome, row.grade, row.proposed, row.ground_id, row.waits_for)
