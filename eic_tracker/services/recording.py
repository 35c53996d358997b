"""Who records results: instructors in their own courses, a registrar on behalf of one with the signed sheet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import AttachmentKind, EnrolmentStatus
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.class_results import ClassMember, ClassResults, read_class
from eic_tracker.queries.identities import shown
from eic_tracker.queries.listing import sight_of
from eic_tracker.services.attachments import Scan, file_scan
from eic_tracker.services.offerings import open_offering
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """For whom a registrar records: a user's login or an instructor's code, and the sheet that they signed."""

    of: str
    sheet: Scan


@dataclass(frozen=True, slots=True)
class Course:
    """An open course in which results are recorded: its columns, its class, and the modules that one may grade."""

    row: Mapping[str, Any]
    results: ClassResults
    modules: frozenset[int] | None
    """numbers of the own modules of somebody who teaches nothing else here; None: all"""

    @property
    def id(self) -> int:
        """Its key."""
        return int(self.row["id"])

    @property
    def code(self) -> str:
        """Its number."""
        return str(self.row["code"])

    def member(self, enrolment_id: int) -> ClassMember:
        """Somebody of the class; UserError where the enrolment belongs to another course."""
        for member in self.results.members:
            if member.enrolment_id == enrolment_id:
                return member
        raise UserError(
            N_("Enrolment {id} is not on the roster of course {code}; read the roster again."),
            id=enrolment_id,
            code=self.code,
        )


KEPT_PROPOSALS = frozenset({EnrolmentStatus.WITHDREW, EnrolmentStatus.NO_SHOW})
"""What people said of somebody; what follows from grades does not replace it."""


def recorded_course(
    tx: Tx, who: ActingUser, offering_id: int, on_behalf: OnBehalf | None, kind: AttachmentKind
) -> Course:
    """The open course in which the user may record; names it and the person spoken for in the journal's entry.

    Refused where the course is not the user's own; UserError where a registrar names nobody or has no sheet."""
    given = require(who, Action.RECORD_RESULTS)
    row = open_offering(tx.connection, offering_id)
    tx.entry = replace(tx.entry, label=str(row["code"]))
    if given is Right.OWN:
        if on_behalf is not None:
            raise UserError(N_("You record in your own name; leave out on whose behalf."))
        taught = _taught(tx.connection, who.instructor_id, offering_id)
        if taught is None:
            raise Refused(
                N_("“{login}” may not record results in course {code}: they do not teach in it."),
                login=who.login,
                code=row["code"],
            )
    else:
        if on_behalf is None:
            raise UserError(
                N_("A registrar records results on behalf of an instructor: say of whom, and attach the signed sheet.")
            )
        instructor = _instructor(tx.connection, on_behalf.of)
        taught = _taught(tx.connection, instructor, offering_id)
        if taught is None:
            raise Refused(
                N_("“{of}” does not teach in course {code}; results are recorded on behalf of one who does."),
                of=on_behalf.of,
                code=row["code"],
            )
        tx.entry = replace(tx.entry, on_behalf_of=on_behalf.of)
        file_scan(tx, on_behalf.sheet, kind, offering_id=offering_id)
    results = read_class(tx.connection, offering_id)
    return Course(row, results, _own_modules(results, taught))


def own_course(connection: Connection, who: ActingUser, course: Course) -> None:
    """Refused where the user does not teach in a course."""
    if _taught(connection, who.instructor_id, course.id) is None:
        raise Refused(
            N_("“{login}” may not record results in course {code}: they do not teach in it."),
            login=who.login,
            code=course.code,
        )


def course_to_record(connection: Connection, who: ActingUser, offering_id: int) -> Course:
    """The open course as `recorded_course` gives it, to look at before anything is stored."""
    given = require(who, Action.RECORD_RESULTS)
    row = open_offering(connection, offering_id)
    results = readable_class(connection, who, offering_id)
    taught = _taught(connection, who.instructor_id, offering_id) if given is Right.OWN else None
    return Course(row, results, _own_modules(results, taught) if taught else None)


def readable_class(
    connection: Connection, who: ActingUser, offering_id: int, *, whole_numbers: bool = False
) -> ClassResults:
    """A class as those see it who record or supervise results; Refused to others, and outside one's own courses.

    `whole_numbers`: for comparing with what somebody brings, never to be shown."""
    given = require(who, Action.READ_PEOPLE)
    if given is Right.OWN_MASKED and _taught(connection, who.instructor_id, offering_id) is None:
        raise Refused(N_("“{login}” may not see the results of this course: they do not teach in it."), login=who.login)
    results = read_class(connection, offering_id)
    if whole_numbers:
        return results
    sight = sight_of(who)
    members = (replace(member, document=shown(member.document, sight)) for member in results.members)
    walk_ins = (replace(each, number=shown(each.number, sight)) for each in results.walk_ins)
    return replace(results, members=tuple(members), walk_ins=tuple(walk_ins))


def taught_modules(connection: Connection, who: ActingUser, offering_id: int) -> frozenset[int] | None:
    """Numbers of the only modules that the user teaches in a course; None: not bound to some. Refused to strangers."""
    if require(who, Action.READ_PEOPLE) is not Right.OWN_MASKED:
        return None
    taught = _taught(connection, who.instructor_id, offering_id)
    if taught is None:
        raise Refused(N_("“{login}” may not see the papers of this course: they do not teach in it."), login=who.login)
    return _own_modules(read_class(connection, offering_id), taught)


def follow(tx: Tx, offering_id: int, enrolments: Collection[int] | None = None) -> None:
    """Bring final grades, attendance and proposals in line with what is recorded, for some of a class or all.

    What a person said (that somebody left or never came) stays; who has a result already is not touched."""
    results = read_class(tx.connection, offering_id)
    changes: dict[int, dict[str, Any]] = {}
    for member in results.members:
        if not member.sits or (enrolments is not None and member.enrolment_id not in enrolments):
            continue
        columns: dict[str, Any] = {
            "final_grade": results.final_of(member),
            "attendance_percent": results.attendance_of(member),
        }
        if member.proposed not in KEPT_PROPOSALS:
            columns["proposed_status"] = results.standing_of(member).status
        changes[member.enrolment_id] = columns
    tx.update(Enrolment, changes)


def _instructor(connection: Connection, of: str) -> int | None:
    key = connection.exec_driver_sql(
        "SELECT coalesce((SELECT instructor_id FROM user WHERE login = ?1), "
        "(SELECT id FROM instructor WHERE code = ?1))",
        (of,),
    ).scalar()
    if key is None:
        raise UserError(N_("There is no instructor “{of}”: name the login or the code of one who teaches."), of=of)
    return int(key)


def _taught(connection: Connection, instructor: int | None, offering: int) -> list[tuple[str, int | None]] | None:
    """(role, module) of each assignment; None where the instructor has none."""
    if instructor is None:
        return None
    rows = connection.exec_driver_sql(
        "SELECT role, offering_module_id FROM assignment WHERE instructor_id = ? AND offering_id = ?",
        (instructor, offering),
    ).all()
    return [(role, module) for role, module in rows] or None


def _own_modules(results: ClassResults, taught: list[tuple[str, int | None]]) -> frozenset[int] | None:
    if any(role != "module" for role, _ in taught):
        return None
    keys = {module for _, module in taught}
    return frozenset(module.number for module in results.rules.modules if module.taught_id in keys)


def offering_key_of(connection: Connection, code: str) -> int:
    """The key of a course by its number; UserError where there is none."""
    key = connection.exec_driver_sql("SELECT id FROM offering WHERE code = ?", (code,)).scalar()
    if key is None:
        raise UserError(N_("There is no course {code} in this file. Check the number."), code=code)
    return int(key)


def ground_keys(connection: Connection) -> list[tuple[str, int, str]]:
    """(code, key, what it applies to) of each reason that has not ended."""
    rows = connection.exec_driver_sql("SELECT code, id, applies_to FROM ground WHERE valid_to IS NULL ORDER BY id")
    return [(row.code, row.id, row.applies_to) for row in rows]
