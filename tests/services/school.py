"""A small school's file for the tests of use-cases: one closed course, one open course, a user per role."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from eic_tracker.domain.codes import CourseType, EnrolmentStatus, KeyTitle, OfferingStatus, Role, Sex
from eic_tracker.domain.names import match_key, sort_key
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.seal import public_key_of
from eic_tracker.services.key_lock import lock, new_private
from eic_tracker.services.new_file import NewFile, make_file
from eic_tracker.services.sign_in import hash_password
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Signatory, SigningKey
from eic_tracker.store.tables.courses import Course, CourseVersion, Enrolment, Offering
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole, Instructor
from eic_tracker.store.tables.people import DocumentKind, Participant
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry, Tx

PASSWORD = "una clave larga"
PASSPHRASE = "siete vacas en el patio"
"""By which the manager of the small school signs, its titular."""
NOW = dt.datetime(2018, 12, 31, 18, tzinfo=dt.UTC)

PEOPLE = (
    ("María José", "Núñez O'Hara", Sex.F, EnrolmentStatus.COMPLETED),
    ("Óscar René", "Bográn Güity", Sex.M, EnrolmentStatus.COMPLETED),
    ("Dunia", "de la O", Sex.F, EnrolmentStatus.NOT_COMPLETED),
    ("Wilmer Adalid", "Zúñiga", Sex.M, EnrolmentStatus.WITHDREW),
    ("Suyapa", "Cálix", Sex.F, EnrolmentStatus.NO_SHOW),
)


def school_file(folder: Path) -> Path:
    """A copy of the small school's file in `folder`."""
    return Path(shutil.copy(_template(), folder / "school.eic"))


def school(folder: Path) -> Database:
    """The small school's file, open, with its clock standing at the end of 2018."""
    return Database(school_file(folder), clock=lambda: NOW)


def user(db: Database, role: Role) -> ActingUser:
    """The file's user of a role."""
    with db.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT id, login, full_name, instructor_id FROM user WHERE role = ?", (role.value,)
        ).one()
    return ActingUser(row.id, row.login, row.full_name, role, row.instructor_id)


def values(db: Database, query: str, *parameters: object) -> list[tuple[object, ...]]:
    """The rows of a query."""
    with db.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query, parameters)]


@cache
def _template() -> Path:
    path = Path(mkdtemp()) / "template.eic"
    make_file(path, NewFile("Escuela de prueba", "administrator", "Ada Ministradora", PASSWORD))
    with Database(path, clock=lambda: NOW) as db, db.write(Entry(Actor("test"), "fill", "test")) as tx:
        _fill(tx)
    return path


def _fill(tx: Tx) -> None:
    _add_users(tx)
    _add_signature(tx)
    closed, running = _add_offerings(tx)
    _add_lead(tx, closed)
    people = _add_people(tx)
    tx.insert(
        Enrolment,
        [
            {
                "uid": tx.new_uid(),
                "offering_id": offering,
                "participant_id": person,
                "status": status if offering == closed else EnrolmentStatus.ENROLLED,
                "recorded_at": tx.at,
            }
            for offering in (closed, running)
            for person, (_, _, _, status) in zip(people, PEOPLE, strict=True)
        ],
    )
    tx.insert(
        Signatory,
        [{"rank": "Comisario", "name": "Director Inventado", "post": "Director", "valid_from": dt.date(2011, 5, 1)}],
    )


def _add_users(tx: Tx) -> None:
    hashed = hash_password(PASSWORD, "")
    tx.insert(
        User,
        [
            {
                "uid": tx.new_uid(),
                "login": role.value,
                "full_name": role.value.title(),
                "role": role,
                "password_hash": hashed,
            }
            for role in (Role.REGISTRAR, Role.INSTRUCTOR, Role.MANAGER, Role.AUDITOR)
        ],
    )


def _add_signature(tx: Tx) -> None:
    private = new_private()
    public = public_key_of(private)
    manager = tx.connection.exec_driver_sql("SELECT id FROM user WHERE role = 'manager'").scalar_one()
    row = {
        "uid": tx.new_uid(),
        "user_id": manager,
        "title": KeyTitle.TITULAR,
        "kid": public.kid,
        "point": public.point.hex(),
        "locked_private": lock(private, PASSPHRASE, public.kid),
        "valid_from": dt.date(2018, 1, 1),
    }
    tx.insert(SigningKey, [row])


def _add_offerings(tx: Tx) -> list[int]:
    programme = tx.connection.exec_driver_sql("SELECT id FROM programme WHERE code = 'EIC'").scalar_one()
    (course,) = tx.insert(
        Course,
        [{"code": "FOTO", "programme_id": programme, "title": "Fotografía forense", "course_type": CourseType.COURSE}],
    )
    (version,) = tx.insert(
        CourseVersion,
        [{"course_id": course, "version": 1, "hours": 40, "minimum_grade": 7000, "minimum_attendance": 80}],
    )
    return tx.insert(
        Offering,
        [
            {
                "uid": tx.new_uid(),
                "programme_id": programme,
                "course_version_id": version,
                "code": code,
                "starts_on": first,
                "ends_on": last,
                "status": status,
                "recorded_at": tx.at,
            }
            for code, first, last, status in (
                ("007-2018", dt.date(2018, 11, 5), dt.date(2018, 11, 30), OfferingStatus.CLOSED),
                ("001-2019", dt.date(2018, 12, 10), dt.date(2019, 1, 11), OfferingStatus.OPEN),
            )
        ],
    )


def _add_lead(tx: Tx, offering: int) -> None:
    force = tx.connection.exec_driver_sql("SELECT id FROM force WHERE code = 'CNP'").scalar_one()
    (instructor,) = tx.insert(
        Instructor,
        [
            {
                "uid": tx.new_uid(),
                "code": "CNP-01",
                "given_names": "Asesor",
                "surnames": "Inventado",
                "match_key": match_key("Asesor", "Inventado"),
                "force_id": force,
                "recorded_at": tx.at,
            }
        ],
    )
    tx.insert(Assignment, [{"offering_id": offering, "instructor_id": instructor, "role": AssignmentRole.LEAD}])


def _add_people(tx: Tx) -> list[int]:
    return tx.insert(
        Participant,
        [
            {
                "uid": tx.new_uid(),
                "given_names": given,
                "surnames": surnames,
                "match_key": match_key(given, surnames),
                "sort_key": sort_key(f"{surnames} {given}"),
                "sex": sex,
                "document_kind": DocumentKind.NATIONAL_ID,
                "document_country": "HND",
                "document_number": f"08011990{number:05}",
                "recorded_at": tx.at,
            }
            for number, (given, surnames, sex, _) in enumerate(PEOPLE)
        ],
    )
