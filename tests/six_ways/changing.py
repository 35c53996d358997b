"""Rows that offices change after the fact, through the use-cases that change them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from eic_tracker.domain.class_group_draft import ClassGroupDraft, OfficerGiven
from eic_tracker.domain.codes import AttendanceMark, EnrolmentStatus, Role
from eic_tracker.domain.facts import Heads
from eic_tracker.domain.offering_rules import OfferingDraft
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.services.attendance import AttendanceDraft, record_attendance
from eic_tracker.services.class_groups import save_class_groups
from eic_tracker.services.closing import ClosingDraft, close_offering
from eic_tracker.services.corrections import Correction, correct_enrolment
from eic_tracker.services.enrolment import EnrolmentDraft, EnrolmentLine, enrol
from eic_tracker.services.grades import GradeCell, GradeField, GradesDraft, record_grades
from eic_tracker.services.merging import MergeDraft, merge_people
from eic_tracker.services.offerings import save_offering
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.services.school import values

NOW = dt.datetime(2019, 6, 28, 18, tzinfo=dt.UTC)
IN_QUARTER = "o.ends_on BETWEEN '2018-10-01' AND '2018-12-31'"
GIRLS, BOYS = 15, 17


def change_rows(file: Path) -> None:
    """One completion away, one class group more, two records of one person merged, one course entered late.

    The simulated clock stands at the end of June 2019; all of it happened in the last quarter of 2018."""
    with Database(file, clock=lambda: NOW) as db:
        take_completion_away(db, demonstration_user(db, Role.MANAGER))
        add_class_group(db, demonstration_user(db, Role.REGISTRAR))
        merge_two(db, demonstration_user(db, Role.REGISTRAR))
        enter_course_late(db, demonstration_user(db, Role.REGISTRAR), demonstration_user(db, Role.INSTRUCTOR))


def take_completion_away(db: Database, manager: ActingUser) -> None:
    """A woman of the Ministerio Público loses her only course of the quarter, led by an advisor of the CNP."""
    enrolment = one(
        db,
        "SELECT min(e.id) FROM enrolment e JOIN offering o ON o.id = e.offering_id "
        "JOIN participant p ON p.id = e.participant_id JOIN institution n ON n.id = e.institution_id "
        "JOIN assignment a ON a.offering_id = o.id AND a.role = 'lead' JOIN instructor i ON i.id = a.instructor_id "
        "JOIN force f ON f.id = i.force_id WHERE e.status = 'completed' AND p.sex = 'F' AND n.code = 'MP' "
        f"AND f.code = 'CNP' AND {IN_QUARTER} AND (SELECT count(*) FROM enrolment x WHERE x.participant_id = p.id) = 1",
    )
    correct_enrolment(db, manager, Correction(enrolment, EnrolmentStatus.REMOVED, "dos veces", "Director, oficio 12"))


def add_class_group(db: Database, registrar: ActingUser) -> None:
    """A sixth grade of San Pedro Sula that was reached and graduated in the quarter."""
    draft = ClassGroupDraft(
        one(
            db,
            "SELECT max(v.id) FROM curriculum_version v JOIN curriculum c ON c.id = v.curriculum_id "
            "WHERE c.code = 'GREAT-PRIMARIA'",
        ),
        2018,
        one(db, "SELECT id FROM school WHERE code = 'DEMO-0001'"),
        grade="6",
        section="Z",
        shift="morning",
        enrolled=Heads(GIRLS, BOYS),
        reached=Heads(GIRLS, BOYS),
        graduated=Heads(GIRLS, BOYS),
        lessons_given=6,
        first_lesson_on=dt.date(2018, 10, 8),
        graduated_on=dt.date(2018, 11, 23),
        officers=(OfficerGiven(one(db, "SELECT min(instructor_id) FROM class_officer")),),
    )
    save_class_groups(db, registrar, [draft])


def merge_two(db: Database, registrar: ActingUser) -> None:
    """Two records of the Ministerio Público, each with its only course in the quarter, are one man."""
    people = values(
        db,
        "SELECT min(p.id) FROM enrolment e JOIN offering o ON o.id = e.offering_id "
        "JOIN participant p ON p.id = e.participant_id JOIN institution n ON n.id = e.institution_id "
        f"WHERE e.status = 'completed' AND p.sex = 'M' AND n.code = 'MP' AND {IN_QUARTER} "
        "AND (SELECT count(*) FROM enrolment x WHERE x.participant_id = p.id) = 1 GROUP BY o.id ORDER BY o.id LIMIT 2",
    )
    kept, gone = (int(str(row[0])) for row in people)
    merge_people(db, registrar, MergeDraft(kept, gone, frozenset(), "la misma persona"))


def enter_course_late(db: Database, registrar: ActingUser, instructor: ActingUser) -> None:
    """A seminar of November whose list turns up in June: three men who complete it."""
    saved = save_offering(
        db,
        registrar,
        OfferingDraft(
            {
                "course_id": one(db, "SELECT id FROM course WHERE code = 'SEM-INF'"),
                "starts_on": dt.date(2018, 11, 12),
                "ends_on": dt.date(2018, 11, 16),
                "lead_id": instructor.instructor_id,
                "enrolment_open": True,
            }
        ),
    )
    people = values(
        db,
        "SELECT p.id FROM participant p WHERE p.merged_into_id IS NULL AND p.sex = 'M' "
        "AND p.state = 'active' AND EXISTS (SELECT 1 FROM enrolment e JOIN offering o ON o.id = e.offering_id "
        "WHERE e.participant_id = p.id AND e.status = 'completed' AND o.ends_on < '2018-01-01') "
        "AND NOT EXISTS (SELECT 1 FROM enrolment e JOIN offering o ON o.id = e.offering_id "
        "WHERE e.participant_id = p.id AND o.ends_on >= '2018-01-01') ORDER BY p.id LIMIT 3",
    )
    lines = tuple(EnrolmentLine(int(str(row[0]))) for row in people)
    done = enrol(db, registrar, EnrolmentDraft(saved.id, lines))
    record_attendance(db, instructor, AttendanceDraft(saved.id, dt.date(2018, 11, 12), others=AttendanceMark.PRESENT))
    cells = [GradeCell(key, GradeField.FINAL, "90") for key in done.enrolments]
    record_grades(db, instructor, GradesDraft(saved.id, cells))
    close_offering(db, instructor, ClosingDraft(saved.id))


def one(db: Database, query: str) -> int:
    """The number that a query gives."""
    ((found,),) = values(db, query)
    assert found is not None, query
    return int(str(found))
