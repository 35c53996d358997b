"""Tests of what is wrong on purpose in the demonstration file, and of which file it may take the place of."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from eic_tracker.errors import FileProblem, Refused
from eic_tracker.services.demonstration import build_demonstration, may_replace
from eic_tracker.services.demonstration.planted import PLANTED
from eic_tracker.store.database import Database
from tests.services.demonstration_file import number
from tests.services.school import school_file

_COUNTED = "e.seat = 'seat' AND e.status IN ('completed', 'not_completed', 'withdrew')"

FAULTS = {
    "possible_duplicate": """SELECT count(*) FROM participant a JOIN participant b
        ON b.match_key = a.match_key AND b.birth_date = a.birth_date AND b.id <> a.id
        WHERE a.document_number IS NULL AND a.merged_into_id IS NULL AND b.document_number IS NOT NULL""",
    "merged": "SELECT count(*) FROM participant WHERE merged_into_id IS NOT NULL",
    "late_offering": "SELECT count(*) FROM offering WHERE julianday(recorded_at) - julianday(ends_on) > 365",
    "late_class_group": """SELECT count(*) FROM class_group
        WHERE julianday(recorded_at) - julianday(first_lesson_on) > 183""",
    "no_document": """SELECT count(*) FROM participant p WHERE document_number IS NULL AND merged_into_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM participant b WHERE b.match_key = p.match_key
                        AND b.birth_date = p.birth_date AND b.id <> p.id)""",
    "no_institution": "SELECT count(*) FROM enrolment WHERE institution_id IS NULL",
    "ended_unit": """SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
        JOIN unit u ON u.id = e.unit_id WHERE u.valid_to < o.starts_on""",
    "missing_grade": """SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
        JOIN course_version v ON v.id = o.course_version_id
        WHERE e.status = 'completed' AND e.final_grade IS NULL AND v.minimum_grade > 0""",
    "no_lead": """SELECT count(*) FROM offering o WHERE o.status = 'closed' AND NOT EXISTS
        (SELECT 1 FROM assignment a WHERE a.offering_id = o.id AND a.role = 'lead')""",
    "over_capacity": f"""SELECT count(*) FROM offering o WHERE o.capacity <
        (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND {_COUNTED})""",
    "below_minimum": """SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
        JOIN course_version v ON v.id = o.course_version_id
        WHERE e.status = 'completed' AND e.attendance_percent < v.minimum_attendance""",
    "not_apt": "SELECT count(*) FROM vetting WHERE status = 'not_apt'",
    "too_few_lessons": """SELECT count(*) FROM class_group g
        JOIN curriculum_version v ON v.id = g.curriculum_version_id
        WHERE g.graduated_on IS NOT NULL AND g.lessons_given < v.lessons_required""",
    "no_officer": """SELECT count(*) FROM class_group g WHERE NOT EXISTS
        (SELECT 1 FROM class_officer f WHERE f.class_group_id = g.id)""",
    "odd_document": """SELECT count(*) FROM participant
        WHERE document_country = 'HND' AND document_kind = 'national_id' AND length(document_number) <> 13""",
    "under_age": """SELECT count(DISTINCT e.participant_id) FROM enrolment e
        JOIN participant p ON p.id = e.participant_id JOIN offering o ON o.id = e.offering_id
        WHERE (julianday(o.starts_on) - julianday(p.birth_date)) / 365.2425 < 17""",
    "heads_out_of_order": """SELECT count(*) FROM class_group
        WHERE reached_girls + reached_boys + reached_unrecorded
            > enrolled_girls + enrolled_boys + enrolled_unrecorded""",
    "lesson_after_graduation": """SELECT count(DISTINCT g.id) FROM class_group g
        JOIN class_lesson l ON l.class_group_id = g.id WHERE l.given_on > g.graduated_on""",
    "waits_long": """SELECT count(*) FROM offering
        WHERE status = 'open' AND julianday('2019-06-28') - julianday(ends_on) > 31""",
}


def digest(path: Path) -> str:
    """What is in a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("fault", PLANTED)
def test_every_planted_fault_is_there_as_often_as_the_list_says(demo_folder: Path, fault: str) -> None:
    assert number(demo_folder / "demo.eic", FAULTS[fault]) == PLANTED[fault]


def test_two_records_on_one_roster_leave_one_completion(demo_folder: Path) -> None:
    query = """SELECT count(*) FROM enrolment e JOIN participant p ON p.id = e.participant_id
        JOIN enrolment k ON k.offering_id = e.offering_id AND k.participant_id = p.merged_into_id
        JOIN ground g ON g.id = e.ground_id
        WHERE e.status = 'removed' AND g.code = 'removed-duplicate' AND k.status = 'completed'"""
    assert number(demo_folder / "demo.eic", query) == 1


def test_a_schools_file_is_never_replaced(tmp_path: Path) -> None:
    file = school_file(tmp_path)
    before = digest(file)
    for refused in (may_replace, build_demonstration):
        with pytest.raises(Refused):
            refused(file)
    assert digest(file) == before


def test_a_file_that_is_not_ours_is_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "tesis.docx"
    file.write_bytes(b"not ours")
    with pytest.raises(FileProblem):
        build_demonstration(file)
    assert file.read_bytes() == b"not ours"
    assert [each.name for each in tmp_path.iterdir()] == ["tesis.docx"]


def test_a_demonstration_that_is_open_is_not_replaced(demo_file: Path) -> None:
    with Database(demo_file) as database, database.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM file_info").all()
        with pytest.raises(FileProblem):
            may_replace(demo_file)


def test_a_demonstration_at_rest_may_be_replaced(demo_file: Path, tmp_path: Path) -> None:
    before = demo_file.read_bytes()
    may_replace(demo_file)
    may_replace(tmp_path / "new.eic")
    assert demo_file.read_bytes() == before, "asking changes nothing"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.eic"]
