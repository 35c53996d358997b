"""Closing a course: defaults by the rule, then the exceptions; what blocks is listed; closing locks."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.closing_rules import (
    RESULTS,
    Blocker,
    MendedAt,
    Result,
    Situation,
    blockers_of,
    default_result,
    exceptions_of,
    takes_part,
    walk_in_warnings,
)
from eic_tracker.domain.codes import AttachmentKind, EnrolmentStatus, OfferingStatus
from eic_tracker.domain.enrolling import AuthorisationNeeded, Concern
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.acts import differing_enrolments
from eic_tracker.queries.certificate_work import read_uncollected
from eic_tracker.queries.class_results import ClassMember, ClassResults
from eic_tracker.services.annulling import annul_certificates
from eic_tracker.services.authorisations import AuthorisationDraft, authorise
from eic_tracker.services.offerings import open_offering
from eic_tracker.services.recording import Course, OnBehalf, readable_class, recorded_course
from eic_tracker.services.restating import closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment, Offering
from eic_tracker.store.transaction import Entry, Tx

NOT_COMPLETED_AT_CLOSING = N_("the course was closed without a completion")
"""The reason of an annulled certificate; shown in the language of the reader."""


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """What the closing would make of one person, and what it rests on; grade in hundredths, attendance in percent."""

    enrolment_id: int
    name: str
    listed: str
    """surnames first, as rosters have it"""
    document: str | None
    status: EnrolmentStatus | None
    ground_id: int | None
    grade: int | None
    attendance: int | None
    final: int | None = None
    """the first final grade, as it is typed, without the second chance"""


@dataclass(frozen=True, slots=True)
class ClosingView:
    """A course before it is closed: everybody's default and what stands in the way; `state` names what was seen."""

    offering_id: int
    code: str
    lines: tuple[ClosingLine, ...]
    blockers: tuple[Blocker, ...]
    state: str
    reasons: tuple[tuple[int, str, str], ...]
    """key, name and result of each reason of the list"""
    differing: frozenset[int] = frozenset()  # enrolments that stand otherwise than on a printed act
    warnings: tuple[Blocker, ...] = ()
    """what should be mended before, though the course can be closed all the same"""


@dataclass(frozen=True, slots=True)
class Decision:
    """An exception to the default: another result for one person, with its reason unless it is a completion."""

    enrolment_id: int
    status: EnrolmentStatus
    ground_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClosingDraft:
    """The exceptions of a closing, who authorises those against the minima, and the state that was seen."""

    offering_id: int
    decisions: Sequence[Decision] = ()
    authorisation: AuthorisationDraft | None = None
    on_behalf: OnBehalf | None = None
    state: str | None = None


class ClosingBlocked(Refused):
    """What still stands in the way of closing, all of it; nothing was changed."""

    def __init__(self, code: str, blockers: Sequence[Blocker]) -> None:
        super().__init__(N_("Course {code} cannot be closed yet."), code=code)
        self.blockers = tuple(blockers)

    def text(self, t: Translator) -> str:
        """The sentence, and one for each blocker."""
        return " ".join([t(self.message, **self.values), *(blocker.text(t) for blocker in self.blockers)])


@dataclass(frozen=True, slots=True)
class OfferingClosed:
    """What a closing did, for the sentence after it."""

    set_id: int
    code: str
    counts: Mapping[EnrolmentStatus, int]
    certificates_annulled: tuple[str, ...]
    quarters_restated: tuple[str, ...]
    uncollected: tuple[str, ...] = ()
    """certificates of the course that hold and that nobody collected"""


def closing_view(db: Database, acting: ActingUser, offering_id: int) -> ClosingView:
    """What closing a course would do now; Refused where it is closed, cancelled or not the user's own."""
    require(acting, Action.RECORD_RESULTS)
    with db.read() as connection:
        row = open_offering(connection, offering_id)
        results = readable_class(connection, acting, offering_id)
        people = _situations(connection, results)
        found = {person.enrolment_id: default_result(person) for person in people}
        grounds = _ground_keys(connection)
        blockers = _blockers(row, db, people, found, frozenset())
        members = {member.enrolment_id: member for member in results.members}
        lines = [
            _line(results, members[person.enrolment_id], found[person.enrolment_id], grounds)
            for person in people
            if takes_part(person)
        ]
        reasons = tuple(
            (each.id, each.name, each.applies_to)
            for each in connection.exec_driver_sql("SELECT id, name, applies_to FROM ground WHERE valid_to IS NULL")
        )
        differing = differing_enrolments(connection, offering_id)
        state, warnings = _state(people, found), walk_in_warnings((each.line, each.name) for each in results.unmatched)
        return ClosingView(offering_id, row["code"], tuple(lines), blockers, state, reasons, differing, warnings)


def close_offering(db: Database, acting: ActingUser, draft: ClosingDraft) -> OfferingClosed:
    """Close a course: everybody with a seat gets a result; nothing is written in it afterwards.

    ClosingBlocked with all that stands in the way, AuthorisationNeeded for a completion against the minima, Refused
    where somebody closed it or changed a result meanwhile. Diplomas of who did not complete are annulled."""
    require(acting, Action.RECORD_RESULTS)
    with db.write(Entry(actor(acting), "close_offering", "")) as tx:
        course = recorded_course(tx, acting, draft.offering_id, draft.on_behalf, AttachmentKind.GRADE_SHEET)
        if course.modules is not None:
            raise Refused(
                N_("“{login}” may not close course {code}: they teach a module of it; the lead instructor closes it."),
                login=acting.login,
                code=course.code,
            )
        people = _situations(tx.connection, course.results)
        defaults = {person.enrolment_id: default_result(person) for person in people}
        if draft.state is not None and draft.state != _state(people, defaults):
            raise Refused(
                N_("Results of course {code} were changed meanwhile; nothing was closed. Look again, then close it."),
                code=course.code,
            )
        decided = _decided(tx.connection, course, people, draft.decisions)
        found = defaults | decided
        blockers = _blockers(course.row, db, people, found, frozenset(decided))
        if blockers:
            raise ClosingBlocked(course.code, blockers)
        authorised = _authorise(tx, acting, people, found, decided, draft)
        return _close(tx, course, people, found, authorised)


def _close(
    tx: Tx, course: Course, people: Sequence[Situation], found: Mapping[int, Result], authorised: Mapping[int, int]
) -> OfferingClosed:
    before = closed_quarter_figures(tx.connection, course.row["programme"], [course.row["ends_on"]])
    grounds = _ground_keys(tx.connection)
    changes: dict[int, dict[str, Any]] = {}
    for person in people:
        result = found[person.enrolment_id]
        if takes_part(person):
            ground = result.ground_id or (grounds.get(result.ground_code) if result.ground_code else None)
            columns: dict[str, Any] = {"status": result.status, "ground_id": ground, "proposed_status": None}
            if person.enrolment_id in authorised:
                columns["authorisation_id"] = authorised[person.enrolment_id]
            changes[person.enrolment_id] = columns
    tx.update(Enrolment, changes)
    signed = tx.connection.exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM attachment WHERE offering_id = ? AND kind = 'attendance_sheet' "
        "AND content IS NOT NULL)",
        (course.id,),
    ).scalar_one()
    columns = {"status": OfferingStatus.CLOSED, "closed_at": tx.at, "enrolment_open": False}
    tx.update(Offering, {course.id: columns | ({"signed_attendance": True} if signed else {})})
    lost = [key for key, columns in changes.items() if columns["status"] is not EnrolmentStatus.COMPLETED]
    annulled = annul_certificates(tx, lost, NOT_COMPLETED_AT_CLOSING)
    restated = restate(tx, course.row["programme"], before)
    counts = Counter(columns["status"] for columns in changes.values())
    results = {status: counts[status] for status in RESULTS}
    uncollected = tuple(row.number for row in read_uncollected(tx.connection, course.id))
    return OfferingClosed(tx.set_id, course.code, results, annulled, restated, uncollected)


def _situations(connection: Connection, results: ClassResults) -> list[Situation]:
    """Everybody of a class as the rules of closing see them."""
    marked = {day for member in results.members if member.sits for day in member.marks}
    authorised = {
        key
        for (key,) in connection.exec_driver_sql(
            "SELECT id FROM authorisation WHERE id IN (SELECT value FROM json_each(?)) "
            "AND (exception LIKE '%minimum%' OR exception = 'correct_enrolment')",
            (json.dumps([member.authorisation_id for member in results.members if member.authorisation_id]),),
        )
    }
    return [
        Situation(
            enrolment_id=member.enrolment_id,
            name=member.name,
            seat=member.seat,
            status=member.status,
            proposed=member.proposed,
            ground_id=member.ground_id,
            authorised=member.authorisation_id in authorised,
            standing=results.standing_of(member),
            days_without_mark=len(marked - member.marks.keys()) if member.sits else 0,
        )
        for member in results.members
    ]


def _blockers(
    row: Mapping[str, Any],
    db: Database,
    people: Sequence[Situation],
    found: Mapping[int, Result],
    decided: frozenset[int],
) -> tuple[Blocker, ...]:
    blockers: list[Blocker] = []
    if row["ends_on"] > local_date(db.clock()):
        message = N_("Its last day, {date}, has not come yet.")
        blockers.append(Blocker("not_ended", MendedAt.DATES, message, {"date": row["ends_on"]}))
    if not any(takes_part(person) for person in people):
        blockers.append(Blocker("nobody", MendedAt.ROSTER, N_("Nobody has a seat in it.")))
    for person in people:
        blockers += blockers_of(person, found[person.enrolment_id], decided=person.enrolment_id in decided)
    return tuple(blockers)


def _decided(
    connection: Connection, course: Course, people: Sequence[Situation], decisions: Sequence[Decision]
) -> dict[int, Result]:
    """The exceptions by enrolment; UserError where one is for nobody of the class or its reason does not fit."""
    by_key = {person.enrolment_id: person for person in people}
    applies = {row.id: row.applies_to for row in connection.exec_driver_sql("SELECT id, applies_to FROM ground")}
    found: dict[int, Result] = {}
    for each in decisions:
        member = course.member(each.enrolment_id)
        if not takes_part(by_key[each.enrolment_id]) or each.status not in RESULTS:
            raise Refused(
                N_("{name} gets no result at the closing of course {code}: they have no seat, or were taken off."),
                name=member.name,
                code=course.code,
            )
        if each.ground_id is not None and applies.get(each.ground_id) != each.status.value:
            raise UserError(N_("This reason does not go with the result of {name}; choose another."), name=member.name)
        if each.ground_id is None and each.status is not EnrolmentStatus.COMPLETED:
            raise UserError(N_("Choose the reason for {name}."), name=member.name)
        found[each.enrolment_id] = Result(each.status, each.ground_id)
    return found


def _authorise(
    tx: Tx,
    acting: ActingUser,
    people: Sequence[Situation],
    found: Mapping[int, Result],
    decided: Mapping[int, Result],
    draft: ClosingDraft,
) -> dict[int, int]:
    """The authorisation behind each completion against the minima; AuthorisationNeeded where nobody gives one."""
    needed = {
        person.enrolment_id: kinds
        for person in people
        if takes_part(person) and (person.enrolment_id in decided or not person.authorised)
        if (kinds := exceptions_of(person, found[person.enrolment_id]))
    }
    if not needed:
        return {}
    if right(acting, Action.MAKE_EXCEPTION) is Right.NO:
        raise Refused(
            N_(
                "“{login}” may not let anybody complete below the minimum; a registrar closes the course so, with the "
                "name of who authorises it."
            ),
            login=acting.login,
        )
    if draft.authorisation is None:
        names = {person.enrolment_id: person.name for person in people}
        message = N_("{name} completes below the minimum of the course.")
        raise AuthorisationNeeded(
            [
                Concern("below_minimum", message, {"name": names[key]}, kind)
                for key, kinds in needed.items()
                for kind in sorted(kinds)
            ]
        )
    authorisation = authorise(tx, draft.authorisation, frozenset().union(*needed.values()))
    return dict.fromkeys(needed, authorisation)


def _ground_keys(connection: Connection) -> dict[str, int]:
    return {row.code: row.id for row in connection.exec_driver_sql("SELECT code, id FROM ground")}


def _line(results: ClassResults, member: ClassMember, result: Result, grounds: Mapping[str, int]) -> ClosingLine:
    ground = result.ground_id or (grounds.get(result.ground_code) if result.ground_code else None)
    return ClosingLine(
        member.enrolment_id,
        member.name,
        f"{member.surnames}, {member.given_names}",
        member.document,
        result.status,
        ground,
        results.counted_of(member),
        results.attendance_of(member),
        member.final_grade,
    )


def _state(people: Sequence[Situation], found: Mapping[int, Result]) -> str:
    """A code of all defaults and what they rest on: another one means that somebody changed something."""
    seen = [
        (person.enrolment_id, person.status, found[person.enrolment_id].status, found[person.enrolment_id].ground_id)
        for person in people
    ]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]
