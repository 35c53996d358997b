"""A list beside the file, before anything is stored: each of its rows is new, known, a possible duplicate, an error."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Sex
from eic_tracker.domain.enrolling import Concern
from eic_tracker.domain.matching import Document, Likeness, Marks, Sign, likeness, name_words, share_a_word
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.person_rules import NewPerson, person_problems, tidied_person
from eic_tracker.errors import UserError
from eic_tracker.exchange.rows import PersonRow, Problem, ReadList, Severity
from eic_tracker.i18n import N_
from eic_tracker.queries.enrolling import Service
from eic_tracker.queries.known_texts import Spellings, read_spellings
from eic_tracker.queries.likenesses import (
    PersonOnFile,
    Sought,
    candidates,
    known_people,
    people_by_document,
)
from eic_tracker.services.enrolment import EnrolmentDraft, EnrolmentLine, enrolment_concerns, service_problems
from eic_tracker.services.list_differences import differences
from eic_tracker.services.same_list import people_by_row
from eic_tracker.store.database import Database
from eic_tracker.store.tables.imports import RejectedAs

REPEATED = "repeated_in_file"
"""The code of a row that says again what an earlier one of the list says."""

MOST_CANDIDATES = 5

Decisions = Mapping[int, int | None]
"""What a person decided of possible duplicates, by place in the list: the key of that person, or None: somebody new."""


class Outcome(StrEnum):
    """What a row is."""

    NEW = "new"
    KNOWN = "known"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the file who may be the person of a row, and what speaks for and against it."""

    person: PersonOnFile
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row and what it is: whom it names where that is known, who may be meant where it is not."""

    row: PersonRow
    outcome: Outcome
    person: NewPerson
    service: Service
    problems: tuple[Problem, ...]
    known: PersonOnFile | None = None
    candidates: tuple[Candidate, ...] = ()
    repeats: bool = False
    exception: bool = False
    """only the want of an authorisation keeps it out"""

    @property
    def left_out(self) -> RejectedAs | None:
        """Why the row would not be stored; None where it would be, or is already."""
        if self.outcome is Outcome.ERROR:
            return RejectedAs.EXCEPTION if self.exception else RejectedAs.ERROR
        if self.outcome is Outcome.POSSIBLE_DUPLICATE:
            return RejectedAs.POSSIBLE_DUPLICATE
        return RejectedAs.QUESTION if self.row.waits_for and not self.repeats else None


@dataclass(frozen=True, slots=True)
class Review:
    """A list beside the file as it stood after change set `stamp`."""

    read: ReadList
    rows: tuple[ReviewedRow, ...]
    offering_id: int | None
    decisions: Decisions
    authorised: bool
    stamp: int

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are, and how many of each outcome: these add up to all."""
        found = Counter(row.outcome for row in self.rows)
        return {"rows": len(self.rows), **{outcome.value: found[outcome] for outcome in Outcome}}

    @property
    def left_out(self) -> int:
        """How many rows would not be stored."""
        return sum(row.left_out is not None for row in self.rows)


def review_list(
    db: Database,
    acting: ActingUser,
    read: ReadList,
    *,
    offering_id: int | None = None,
    decisions: Decisions | None = None,
    authorised: bool = False,
) -> Review:
    """What storing the list would do; nothing is changed. With an offering, exceptions need somebody who authorises."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        stamp = newest_set(connection)
        rows = review_rows(connection, read, decisions or {}, local_date(db.clock()))
        if offering_id is not None:
            rows = tuple(with_post_checked(connection, row) for row in rows)
    if offering_id is not None:
        rows = _with_concerns(db, acting, rows, offering_id, authorised)
    return Review(read, rows, offering_id, decisions or {}, authorised, stamp)


def offering_of_code(db: Database, acting: ActingUser, code: str) -> int:
    """The key of the course given with this code; UserError where there is none."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        key = connection.exec_driver_sql("SELECT id FROM offering WHERE code = ?", (code,)).scalar()
    if key is None:
        raise UserError(N_("There is no course {code} in this file. Check the number."), code=code)
    return int(key)


def newest_set(connection: Connection) -> int:
    """The number of the newest change set."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM change_set").scalar_one())


def review_rows(
    connection: Connection, read: ReadList, decisions: Decisions, today: dt.date
) -> tuple[ReviewedRow, ...]:
    """Each row of the list beside the people of the file."""
    spellings = read_spellings(connection)
    rows = _without_second_mentions([_checked(row, spellings, today) for row in read.rows])
    holders = people_by_document(connection, {document for row in rows if (document := _document(row.person))})
    remembered = people_by_row(connection, read)
    seekers = [
        place
        for place, row in enumerate(rows)
        if row.outcome is Outcome.NEW and not row.repeats and _document(row.person) not in holders
    ]
    found, common = candidates(connection, [_sought(rows[place]) for place in seekers])
    decided = {key for key in decisions.values() if key is not None}
    people = known_people(connection, {*holders.values(), *remembered.values(), *decided}.union(*found))
    looked_up = dict(zip(seekers, found, strict=True))
    result = []
    for place, row in enumerate(rows):
        if row.outcome is Outcome.ERROR or row.repeats:
            result.append(row)
            continue
        person = holders.get(document) if (document := _document(row.person)) else remembered.get(place)
        if person is not None:
            result.append(_known_row(row, people[person]))
            continue
        marks = _marks(row)
        likely = [
            Candidate(people[key], found_likeness)
            for key in looked_up.get(place, ())
            if (found_likeness := likeness(marks, people[key].marks, common)).asks
        ]
        likely.sort(key=lambda each: (-each.likeness.bits, each.person.id))
        result.append(_decided(row, tuple(likely[:MOST_CANDIDATES]), place, decisions, people))
    return tuple(_each_person_once(result))


def _without_second_mentions(rows: Sequence[ReviewedRow]) -> list[ReviewedRow]:
    """The rows, where two have the same document once it is tidied: the later repeats the earlier."""
    first: dict[Document, ReviewedRow] = {}
    done = []
    for row in rows:
        document = _document(row.person)
        if document is None or row.outcome is Outcome.ERROR or row.repeats:
            done.append(row)
            continue
        earlier = first.setdefault(document, row)
        done.append(row if earlier is row else _repeating(row, earlier))
    return done


def _each_person_once(rows: Sequence[ReviewedRow]) -> list[ReviewedRow]:
    """The rows, where two name one person of the file (by another document, or decided so): the later repeats."""
    first: dict[int, ReviewedRow] = {}
    done = []
    for row in rows:
        if row.known is None or row.left_out is not None:
            done.append(row)
            continue
        earlier = first.setdefault(row.known.id, row)
        done.append(row if earlier is row else _repeating(row, earlier))
    return done


def _repeating(row: ReviewedRow, earlier: ReviewedRow) -> ReviewedRow:
    problem = Problem(
        "document",
        Severity.WARNING,
        REPEATED,
        row.row.document or "",
        None,
        N_("This row repeats row {row}."),
        {"row": str(earlier.row.row)},
    )
    return replace(row, outcome=Outcome.KNOWN, repeats=True, problems=(*row.problems, problem))


def _checked(row: PersonRow, spellings: Spellings, today: dt.date) -> ReviewedRow:
    """The row on its own: what reading found wrong, and what could not be kept of it."""
    person = tidied_person(
        NewPerson(
            row.given_names,
            row.family_names,
            Sex(row.sex) if row.sex else Sex.U,
            row.document_type if row.document else None,
            row.country if row.document else None,
            row.document,
            row.police_number,
            row.birth_date,
            birth_place=row.birth_place,
            phone=row.phone,
        )
    )
    problems = list(row.problems)
    refused = row.refused
    if not refused:
        for found in person_problems(person, today):
            refused = True
            field = "family_names" if found.field == "surnames" else found.field.replace("document_number", "document")
            value = str(getattr(row, field, None) or "")
            problems.append(Problem(field, Severity.ERROR, "not_storable", value, None, found.message, found.values))
    repeats = not refused and any(problem.code == REPEATED for problem in row.problems)
    outcome = Outcome.ERROR if refused else Outcome.KNOWN if repeats else Outcome.NEW
    service = spellings.service(row.rank, row.unit, row.institution)
    return ReviewedRow(row, outcome, person, service, tuple(problems), repeats=repeats)


def _document(person: NewPerson) -> Document | None:
    if person.document is None:
        return None
    country, kind, number = person.document
    return kind, country, number


def _marks(row: ReviewedRow) -> Marks:
    person = row.person
    document = _document(person)
    return Marks(
        name_words(f"{person.given_names} {person.surnames}"),
        person.sex,
        person.birth_date,
        frozenset({document} if document else ()),
        person.police_number,
        person.phone,
        frozenset({row.service.unit_id} if row.service.unit_id is not None else ()),
    )


def _sought(row: ReviewedRow) -> Sought:
    marks = _marks(row)
    return Sought(
        marks.words,
        marks.birth_date,
        marks.police_number,
        row.person.document_number,
        row.person.phone,
        marks.units,
    )


def _known_row(row: ReviewedRow, person: PersonOnFile) -> ReviewedRow:
    """A row of somebody with the same document; under a wholly different name a person has to look first."""
    marks = _marks(row)
    if not share_a_word(marks, person.marks):
        problem = Problem(
            "document",
            Severity.WARNING,
            "document_of_another",
            row.row.document or "",
            None,
            N_("This number is that of {name}, who has a wholly different name."),
            {"name": f"{person.given_names} {person.surnames}"},
        )
        candidate = Candidate(person, Likeness(0.0, (Sign.SAME_DOCUMENT,)))
        return replace(
            row,
            outcome=Outcome.POSSIBLE_DUPLICATE,
            problems=(*row.problems, problem),
            candidates=(candidate,),
        )
    found = differences(row.row, row.person, person)
    return replace(row, outcome=Outcome.KNOWN, known=person, problems=(*row.problems, *found))


def _decided(
    row: ReviewedRow,
    likely: tuple[Candidate, ...],
    place: int,
    decisions: Decisions,
    people: Mapping[int, PersonOnFile],
) -> ReviewedRow:
    if place in decisions:
        chosen = decisions[place]
        if chosen is None:
            return replace(row, candidates=likely)
        if chosen not in people:
            raise UserError(N_("This person is no longer in the file; their entry was undone."))
        return replace(_known_row(row, people[chosen]), candidates=likely)
    if not likely:
        return row
    names = ", ".join(f"{each.person.given_names} {each.person.surnames}" for each in likely)
    problem = Problem(
        "given_names",
        Severity.WARNING,
        "possible_duplicate",
        f"{row.row.given_names} {row.row.family_names}".strip(),
        None,
        N_("May be the same person as {names}, who is recorded already. Decide before it is stored."),
        {"names": names},
    )
    return replace(row, outcome=Outcome.POSSIBLE_DUPLICATE, candidates=likely, problems=(*row.problems, problem))


def with_post_checked(connection: Connection, row: ReviewedRow) -> ReviewedRow:
    """A post that a roster could not keep keeps the row out: a unit of another institution, words without end."""
    if row.outcome is Outcome.ERROR or row.repeats or row.service == Service():
        return row
    problems = service_problems(connection, row.service)
    if not problems:
        return row
    said = [
        Problem(
            field := each.field.removesuffix("_id").removesuffix("_text"),
            Severity.ERROR,
            "post_not_storable",
            str(getattr(row.row, field, None) or ""),
            None,
            each.message,
            each.values,
        )
        for each in problems
    ]
    return replace(row, outcome=Outcome.ERROR, problems=(*row.problems, *said))


def _with_concerns(
    db: Database, acting: ActingUser, rows: Sequence[ReviewedRow], offering_id: int, authorised: bool
) -> tuple[ReviewedRow, ...]:
    """What is to be said of each row's enrolment; without an authorisation an exception keeps its row out."""
    places = [place for place, row in enumerate(rows) if is_enrolled(row)]
    draft = EnrolmentDraft(offering_id, tuple(line_of(rows[place]) for place in places))
    said = dict(zip(places, enrolment_concerns(db, acting, draft), strict=True))
    return tuple(_with_said(row, said.get(place, ()), authorised) for place, row in enumerate(rows))


def is_enrolled(row: ReviewedRow) -> bool:
    """Whether a row becomes an enrolment: it is stored, and is not the same person a second time."""
    return row.left_out is None and not row.repeats


def line_of(row: ReviewedRow) -> EnrolmentLine:
    """The row as a line for the roster."""
    return EnrolmentLine(row.known.id if row.known is not None else row.person, row.service)


def _with_said(row: ReviewedRow, concerns: Collection[Concern], authorised: bool) -> ReviewedRow:
    codes = {problem.code for problem in row.problems}
    problems = list(row.problems)
    kept_out = False
    for concern in concerns:
        if concern.code in codes:
            continue
        exceptional = concern.exception is not None and not authorised
        kept_out = kept_out or exceptional
        severity = Severity.ERROR if exceptional else Severity.WARNING
        problems.append(Problem("", severity, concern.code, "", None, concern.message, concern.values))
    if kept_out:
        return replace(row, outcome=Outcome.ERROR, exception=True, problems=tuple(problems))
    return replace(row, problems=tuple(problems))
