"""What the small file of these tests holds, set by set, and how a test writes one more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from eic_tracker.domain.codes import CourseType, EnrolmentStatus, FileKind, ProgrammeKind, Role, Sex
from eic_tracker.domain.names import match_key, sort_key
from eic_tracker.store.database import Database
from eic_tracker.store.migrate import create_file
from eic_tracker.store.tables.courses import Course, CourseVersion, Enrolment, Offering
from eic_tracker.store.tables.people import DocumentKind, Participant
from eic_tracker.store.tables.reference import Programme, Rank
from eic_tracker.store.tables.users import FileInfo, User
from eic_tracker.store.transaction import Actor, Entry, Tx

ACTOR = Actor("registrar", 1)
GRADED = 4
"""The change set that recorded the grade of enrolment 1."""

PEOPLE = (("María José", "Núñez"), ("Óscar", "Bográn Güity"), ("Dunia", "de la O"))


def make_small_file(path: Path, kind: FileKind = FileKind.SCHOOL) -> None:
    """A file with eight change sets; set 4 is the one of the grade."""
    create_file(path)
    with Database(path) as db:
        with db.write(Entry(Actor("init"), "make_file", "small")) as tx:
            _lay_foundations(tx, kind)
        with db.write(Entry(ACTOR, "add_offering", "001-2018")) as tx:
            _add_offering(tx)
        with db.write(Entry(ACTOR, "enrol", "001-2018")) as tx:
            _enrol(tx)
        change(db, "record_grade", Enrolment, {1: {"final_grade": 8500}})
        change(db, "record_grade", Enrolment, {2: {"final_grade": 9000}})
        change(db, "correct_name", Participant, {2: {"given_names": "Óscar René"}})
        change(db, "withdraw", Enrolment, {3: {"status": EnrolmentStatus.WITHDREW}})
        with db.write(Entry(ACTOR, "drop_rank", "R2")) as tx:
            tx.delete(Rank, [2])


def change(db: Database, use_case: str, model: type[SQLModel], changes: Mapping[int, Mapping[str, Any]]) -> int:
    """Write one set of updates; its number."""
    with db.write(Entry(ACTOR, use_case, use_case, reason="test")) as tx:
        tx.update(model, changes)
        return tx.set_id


def add_rank(db: Database, code: str) -> int:
    """Write one set that inserts a rank; the rank's key."""
    with db.write(Entry(ACTOR, "add_rank", code)) as tx:
        return tx.insert(Rank, [{"code": code, "name": code, "position": 9}])[0]


def rows(db: Database, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with db.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def _lay_foundations(tx: Tx, kind: FileKind) -> None:
    clock = dt.date(2019, 6, 28) if kind is FileKind.DEMONSTRATION else None
    tx.insert(FileInfo, [{"uid": tx.new_uid(), "kind": kind, "created_at": tx.at, "clock": clock}])
    user = {"uid": tx.new_uid(), "login": "registrar", "full_name": "Regi Strar", "role": Role.REGISTRAR}
    tx.insert(User, [user | {"password_hash": "$argon2id$invented"}])
    tx.insert(Programme, [{"code": "EIC", "name": "EIC", "kind": ProgrammeKind.COURSES}])
    tx.insert(Rank, [{"code": f"R{number}", "name": f"Rango {number}", "position": number} for number in (1, 2)])


def _add_offering(tx: Tx) -> None:
    course = {"code": "FOTO", "programme_id": 1, "title": "Fotografía forense", "course_type": CourseType.COURSE}
    tx.insert(Course, [course])
    version = {"course_id": 1, "version": 1, "hours": 40, "minimum_grade": 7000, "minimum_attendance": 80}
    tx.insert(CourseVersion, [version])
    offering = {"uid": tx.new_uid(), "programme_id": 1, "course_version_id": 1, "code": "001-2018"}
    days = {"starts_on": dt.date(2018, 11, 5), "ends_on": dt.date(2018, 11, 30), "recorded_at": tx.at}
    tx.insert(Offering, [offering | days])


def _enrol(tx: Tx) -> None:
    people = [
        {
            "uid": tx.new_uid(),
            "given_names": given,
            "surnames": surnames,
            "match_key": match_key(given, surnames),
            "sort_key": sort_key(f"{surnames} {given}"),
            "sex": Sex.U,
            "document_kind": DocumentKind.NATIONAL_ID,
            "document_country": "HND",
            "document_number": f"080119900000{number}",
            "recorded_at": tx.at,
        }
        for number, (given, surnames) in enumerate(PEOPLE, 1)
    ]
    common = {"offering_id": 1, "status": EnrolmentStatus.ENROLLED, "rank_id": 1, "recorded_at": tx.at}
    tx.insert(
        Enrolment,
        [common | {"uid": tx.new_uid(), "participant_id": key} for key in tx.insert(Participant, people)],
    )
