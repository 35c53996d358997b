"""The small school with its instructor's account linked to one who teaches the open course; the course has ended."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from PIL import Image

from eic_tracker.services.attachments import Scan
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.recording import OnBehalf
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import CourseModule, CourseVersion, OfferingModule
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school_file, values

OPEN = 2
"""The open course, 001-2019, from 2018-12-10 to 2019-01-11, with five people enrolled: 6 to 10."""

CLASS = (6, 7, 8, 9, 10)
AFTER = dt.datetime(2019, 1, 14, 18, tzinfo=dt.UTC)
ORDER = AuthorisationDraft("Comisario Inventado", "Director", "Oficio 12-2019")


def taught_school(folder: Path, now: dt.datetime = AFTER) -> Database:
    """The file, open, after the last day of the course unless another moment is named."""
    db = Database(school_file(folder), clock=lambda: now)
    (instructor,) = values(db, "SELECT id FROM instructor")[0]
    (account,) = values(db, "SELECT id FROM user WHERE role = 'instructor'")[0]
    with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
        tx.update(User, {int(str(account)): {"instructor_id": instructor}})
        tx.insert(Assignment, [{"offering_id": OPEN, "instructor_id": instructor, "role": AssignmentRole.LEAD}])
    return db


def photograph(text: str = "hoja") -> bytes:
    """A picture as a telephone makes it, with a note of where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = text
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def behalf(of: str = "CNP-01", sheet: bytes | None = None) -> OnBehalf:
    """A registrar's word for the instructor, with the signed sheet."""
    return OnBehalf(of, Scan("hoja.jpg", photograph() if sheet is None else sheet))


def ground(db: Database, code: str) -> int:
    """The key of a reason."""
    return int(str(values(db, "SELECT id FROM ground WHERE code = ?", code)[0][0]))


def set_rules(db: Database, **columns: object) -> None:
    """Give the course of the small school other rules."""
    with db.write(Entry(Actor("test"), "change_catalogue", "test")) as tx:
        tx.update(CourseVersion, {1: columns})


def with_modules(db: Database, *weights: int) -> None:
    """Give the course modules of these weights, taught in the open course."""
    with db.write(Entry(Actor("test"), "change_catalogue", "test")) as tx:
        keys = tx.insert(
            CourseModule,
            [
                {"course_version_id": 1, "number": number, "title": f"Módulo {number}", "hours": 20, "weight": weight}
                for number, weight in enumerate(weights, 1)
            ],
        )
        tx.insert(OfferingModule, [{"offering_id": OPEN, "course_module_id": key} for key in keys])


def enrolment(db: Database, key: int, *columns: str) -> tuple[object, ...]:
    """Columns of an enrolment."""
    return values(db, f"SELECT {', '.join(columns)} FROM enrolment WHERE id = ?", key)[0]


def dismissed(db: Database) -> None:
    """Take the instructor off the open course."""
    ((assignment,),) = values(db, "SELECT id FROM assignment WHERE offering_id = ?", OPEN)
    with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
        tx.delete(Assignment, [int(str(assignment))])


def teaching_module(db: Database, number: int) -> None:
    """Let the instructor teach nothing but one module of the open course."""
    ((assignment,),) = values(db, "SELECT id FROM assignment WHERE offering_id = ?", OPEN)
    query = "SELECT x.id FROM offering_module x JOIN course_module m ON m.id = x.course_module_id WHERE m.number = ?"
    ((taught,),) = values(db, query, number)
    with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
        role = {"role": AssignmentRole.MODULE, "offering_module_id": taught}
        tx.update(Assignment, {int(str(assignment)): role})
