"""A workbook with one course per sheet, or a folder of lists: reviewed together, stored in one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from eic_tracker.clock import local_date
from eic_tracker.domain.matching import name_words
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import FileProblem, Refused
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.course_headings import read_heading
from eic_tracker.exchange.lists import ALL_SHEETS, as_one, lists_of
from eic_tracker.exchange.questions import SHEET
from eic_tracker.exchange.reading import read_sheets
from eic_tracker.exchange.rows import Problem, Question, ReadList, Severity
from eic_tracker.i18n import N_
from eic_tracker.queries.course_words import CourseWords, read_course_words
from eic_tracker.queries.likenesses import known_people
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.course_proposals import LEFT_OUT, Proposal, propose_course
from eic_tracker.services.import_people import (
    MEANWHILE,
    Imported,
    copy_before,
    is_in_already,
    storable,
    take_in_within,
)
from eic_tracker.services.known_texts import known_texts
from eic_tracker.services.letters import SourceDraft, file_source
from eic_tracker.services.list_review import (
    Outcome,
    Review,
    ReviewedRow,
    newest_set,
    review_list,
    with_post_checked,
)
from eic_tracker.services.offerings import record_offering
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Entry, Tx

ENDINGS = frozenset({".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".docx"})
COURSE = "course"
"""What the rows of a list wait for that has no course."""
Place = tuple[int, int]
"""Which list, and which of its rows, counted from 0."""


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """A sheet and what it is called in the review; a file of one sheet has the file's name."""

    name: str
    file: str
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class WholeRequest:
    """How the lists are to be looked at: answers for all or, as NAME/KEY, for one; what was said of each list."""

    sheets: tuple[NamedSheet, ...]
    file: str
    answers: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    repairs: bool = True
    sender: str = ""
    authorised: bool = False
    """whether somebody authorises what the lists want against the rules"""

    @property
    def lines(self) -> int:
        """About how many rows there are to be read."""
        return sum(len(each.sheet.cells) for each in self.sheets)


@dataclass(frozen=True, slots=True)
class CourseList:
    """One list: its course, its rows beside the file; `same_as`: rows whose new person an earlier row names too."""

    name: str
    course: Proposal
    review: Review | None
    same_as: Mapping[int, Place] = field(default_factory=dict)

    @property
    def is_taken(self) -> bool:
        """Whether it would be stored."""
        return self.course.reason is None and self.review is not None

    @property
    def is_left_out(self) -> bool:
        """Whether a person said that it stays out."""
        return self.course.reason == LEFT_OUT


@dataclass(frozen=True, slots=True)
class WholeReview:
    """All lists as they stood after change set `stamp`."""

    file: str
    lists: tuple[CourseList, ...]
    stamp: int

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is open, each once."""
        found = {each.key: each for one in self.lists if one.review for each in one.review.read.questions}
        return tuple(found.values())

    @property
    def left_out(self) -> int:
        """How many lists and rows of the others would not be stored."""
        return sum(one.review.left_out if one.is_taken and one.review else 1 for one in self.lists)

    def together(self) -> Review:
        """All rows as those of one list, each with the name of its own; the rows of a list without a course wait."""
        read = [one.review.read for one in self.lists if one.review is not None]
        assert read, "there is always a list"
        joined = as_one(read, answers={SHEET: ALL_SHEETS})
        rows = tuple(row for one in self.lists for row in _named_rows(one))
        return Review(
            replace(joined, file=self.file, questions=self.questions, rows=tuple(row.row for row in rows)),
            rows,
            None,
            {},
            False,
            self.stamp,
        )


@dataclass(frozen=True, slots=True)
class WholeImported:
    """What was stored: the entry's number (None: the file had all of it), what came of each list by its name."""

    set_id: int | None
    lists: Mapping[str, Imported]
    new_courses: tuple[str, ...]


def _named_rows(one: CourseList) -> list[ReviewedRow]:
    if one.review is None:
        return []
    rows = [replace(row, row=replace(row.row, sheet=one.name)) for row in one.review.rows]
    if one.course.reason is None:
        return rows
    why = Problem("", Severity.WARNING, "no_course", one.name, None, one.course.reason, {"code": one.course.code or ""})
    return [
        replace(row, row=replace(row.row, waits_for=(*row.row.waits_for, COURSE)), problems=(*row.problems, why))
        for row in rows
    ]


def open_whole(
    _db: Database, acting: ActingUser, path: Path, *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> WholeRequest:
    """The sheets of a workbook, or of all lists in a folder; FileProblem where one of them cannot be read.

    `progress` is told how many files are read, and may end it by raising."""
    require(acting, Action.ENROL)
    files = sorted(each for each in path.iterdir() if is_list_file(each)) if path.is_dir() else [path]
    if not files:
        raise FileProblem("There is no list in {file}.", file=path.name)
    sheets: list[NamedSheet] = []
    for number, file in enumerate(files):
        look = partial(progress, number, len(files))
        read = [sheet for sheet in read_sheets(file, look=look) if not sheet.hidden and sheet.cells]
        alone = len(read) == 1 and len(files) > 1
        names = [
            file.stem if alone else f"{file.stem} · {sheet.name}" if len(files) > 1 else sheet.name for sheet in read
        ]
        sheets += [NamedSheet(name, file.name, sheet) for name, sheet in zip(names, read, strict=True)]
    return WholeRequest(tuple(sheets), path.name)


def course_words(db: Database, acting: ActingUser) -> CourseWords:
    """The names of courses, places and instructors by key."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return read_course_words(connection)


def is_list_file(path: Path) -> bool:
    """Whether a file may be a list; what office programs leave beside an open one is none."""
    return path.is_file() and path.suffix.lower() in ENDINGS and not path.name.startswith(("~$", ".", "._"))


def review_whole(db: Database, acting: ActingUser, asked: WholeRequest, today: dt.date) -> WholeReview:
    """What storing all of them would do; nothing is changed. Sheets without people are not among the lists."""
    require(acting, Action.ENROL)
    known = known_texts(db, acting, asked.sender)
    with db.read() as connection:
        words = read_course_words(connection)
        stamp = newest_set(connection)
    lists = []
    for named in asked.sheets:
        answers = answers_for(asked.answers, named.name)
        try:
            found = lists_of([named.sheet], named.file, answers, known, today=today, repairs=asked.repairs)
        except FileProblem:
            continue
        read = as_one(found, "enrolments", answers)
        stem = [Path(named.file).stem]
        lines = [*read.heading, named.sheet.name]
        alone = sum(each.file == named.file for each in asked.sheets) == 1
        heading = read_heading([*lines, *stem]) if alone else read_heading(lines, shared=stem)
        course = propose_course(heading, asked.said.get(named.name, {}), words, today)
        lists.append(CourseList(named.name, course, _reviewed(db, acting, read, course, asked.authorised)))
    if not lists:
        raise FileProblem(
            "No list of people was found in {file}. A list has a column of names, with or without a header.",
            file=asked.file,
        )
    return WholeReview(asked.file, tuple(_together(lists)), stamp)


def answers_for(answers: Mapping[str, str], name: str) -> dict[str, str]:
    """The answers that hold for one list: those for all, then its own."""
    own = {key.removeprefix(f"{name}/"): value for key, value in answers.items() if key.startswith(f"{name}/")}
    return {key: value for key, value in answers.items() if "/" not in key} | own


def _reviewed(db: Database, acting: ActingUser, read: ReadList, course: Proposal, authorised: bool) -> Review:
    if course.reason is None and course.offering_id is not None:
        return review_list(db, acting, read, offering_id=course.offering_id, authorised=authorised)
    review = review_list(db, acting, read)
    with db.read() as connection:
        return replace(review, rows=tuple(with_post_checked(connection, row) for row in review.rows))


def _together(lists: Sequence[CourseList]) -> list[CourseList]:
    """The lists where a person whom two of them bring is one: by the document, never by the name alone."""
    by_document: dict[object, tuple[Place, ReviewedRow]] = {}
    by_name: dict[tuple[str, ...], tuple[str, ReviewedRow]] = {}
    done = []
    for number, one in enumerate(lists):
        if not one.is_taken or one.review is None:
            done.append(one)
            continue
        rows, same_as = list(one.review.rows), {}
        names: dict[tuple[str, ...], tuple[str, ReviewedRow]] = {}
        for place, row in enumerate(rows):
            if row.left_out is not None or row.repeats:
                continue
            document = row.person.document
            words = name_words(f"{row.person.given_names} {row.person.surnames}")
            if row.outcome is Outcome.KNOWN:
                names[words] = (one.name, row)
                continue
            if document is not None and document in by_document:
                earlier, other = by_document[document]
                shared = set(words) & set(name_words(f"{other.person.given_names} {other.person.surnames}"))
                if shared:
                    same_as[place] = earlier
                else:
                    rows[place] = _doubted(row, lists[earlier[0]].name, other)
                continue
            if words in by_name and (document is None or by_name[words][1].person.document is None):
                rows[place] = _doubted(row, *by_name[words])
                continue
            if document is not None:
                by_document[document] = ((number, place), row)
            names[words] = (one.name, row)
        by_name.update(names)
        done.append(replace(one, review=replace(one.review, rows=tuple(rows)), same_as=same_as))
    return done


def _doubted(row: ReviewedRow, sheet: str, other: ReviewedRow) -> ReviewedRow:
    message = N_("May be the same person as in row {row} of {sheet}. Decide once that list is in.")
    problem = Problem(
        "given_names",
        Severity.WARNING,
        "possible_duplicate",
        f"{row.row.given_names} {row.row.family_names}".strip(),
        None,
        message,
        {"row": other.row.row, "sheet": sheet},
    )
    return replace(row, outcome=Outcome.POSSIBLE_DUPLICATE, problems=(*row.problems, problem))


def import_whole(
    db: Database,
    acting: ActingUser,
    whole: WholeReview,
    source: SourceDraft | None,
    order: AuthorisationDraft | None = None,
    *,
    copy: bool = True,
) -> WholeImported:
    """Store all lists that have a course, with the courses that are new, in one entry; all of it or nothing.

    Refused where the file was changed since it was looked at. A checked copy of the file is made before."""
    require(acting, Action.ENROL)
    if order is not None:
        require(acting, Action.MAKE_EXCEPTION, Right.ASK, Right.WITH_REASON)
    if copy:
        copy_before(db)
    with db.write(Entry(actor(acting), "import_workbook", storable(whole.file))) as tx:
        if newest_set(tx.connection) != whole.stamp:
            raise Refused(MEANWHILE)
        filed: int | None = None
        stored: dict[str, Imported] = {}
        people: dict[Place, int] = {}
        new: list[str] = []
        courses: dict[object, int] = {}
        for number, one in enumerate(whole.lists):
            if not one.is_taken or one.review is None:
                continue
            review = _with_people(tx, one, people)
            if one.course.offering_id is not None and is_in_already(tx, review):
                continue
            if filed is None and source is not None:
                filed = file_source(tx, source)
            if one.course.offering_id is None:
                course = (one.course.code, one.course.course_id, one.course.starts_on, one.course.ends_on)
                if course not in courses:
                    saved = record_offering(tx, _values(tx, one.course))
                    courses[course] = saved.id
                    new.append(saved.code)
                review = replace(review, offering_id=courses[course])
            done, _ = take_in_within(tx, review, filed, order)
            people |= {(number, place): person for place, person in done.people.items()}
            stored[one.name] = done
        return WholeImported(tx.set_id if stored else None, stored, tuple(new))


def _with_people(tx: Tx, one: CourseList, people: Mapping[Place, int]) -> Review:
    """The review of a list where those whom an earlier list brought are known now."""
    assert one.review is not None
    wanted = {place: people[earlier] for place, earlier in one.same_as.items() if earlier in people}
    known = known_people(tx.connection, set(wanted.values()))
    rows = tuple(
        replace(row, outcome=Outcome.KNOWN, known=known[wanted[place]]) if place in wanted else row
        for place, row in enumerate(one.review.rows)
    )
    return replace(one.review, rows=rows)


def _values(tx: Tx, course: Proposal) -> dict[str, object]:
    """A new course as its form would hand it over; one that has begun asks for no verification any more."""
    assert course.starts_on is not None
    return {
        "course_id": course.course_id,
        "starts_on": course.starts_on,
        "ends_on": course.ends_on,
        "lead_id": course.lead_id,
        "place": course.place or None,
        "municipality_id": course.municipality_id,
        "capacity": None,
        "code": course.code,
        "vetting_required": course.starts_on > local_date(tx.at),
        "enrolment_open": True,
    }
