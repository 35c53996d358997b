"""Tests of the day at the school and its report on one page."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from eic_tracker.domain.codes import AttendanceMark, Role, Sex
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.day_at_school import DayAtSchool
from eic_tracker.queries.school import read_school
from eic_tracker.reports.daily_report_pdf import DailyReport, daily_report_pdf
from eic_tracker.services.day_at_school import daily_report, today_at_school
from eic_tracker.services.home import home
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Attendance, Enrolment, Offering, OfferingDay
from eic_tracker.store.transaction import Actor, Entry
from tests.services.demonstration_file import rows

DAY = dt.date(2019, 6, 27)
TODAY = dt.date(2019, 6, 28)
EDIT = Entry(Actor("test"), "edit", "test")
T = {language: Translator(language) for language in Language}


@pytest.fixture
def db(demo_file: Path) -> Iterator[Database]:
    with Database(demo_file) as opened:
        yield opened


def seen(db: Database, day: dt.date) -> DayAtSchool:
    return today_at_school(db, demonstration_user(db, Role.MANAGER), day)


def mark(db: Database, course: str, day: dt.date, *marks: tuple[AttendanceMark, str | None]) -> list[int]:
    """Change the marks of the first people of a course on a day; their enrolments."""
    with db.write(EDIT) as tx:
        grounds = {code: key for key, code in tx.connection.exec_driver_sql("SELECT id, code FROM ground").all()}
        found = tx.connection.exec_driver_sql(
            "SELECT a.id, a.enrolment_id FROM attendance a JOIN offering_day d ON d.id = a.offering_day_id "
            "JOIN offering o ON o.id = d.offering_id WHERE o.code = ? AND d.held_on = ? ORDER BY a.id LIMIT ?",
            (course, day.isoformat(), len(marks)),
        ).all()
        changed = {
            key: {"mark": kind, "ground_id": grounds[ground] if ground else None}
            for (key, _), (kind, ground) in zip(found, marks, strict=True)
        }
        tx.update(Attendance, changed)
    return [enrolment for _, enrolment in found]


def test_what_is_not_marked_is_said_and_never_counted_as_present(db: Database) -> None:
    day = seen(db, TODAY)
    assert (len(day.total.expected), len(day.total.present), len(day.total.absent)) == (80, 0, 0)
    assert day.total.unmarked == day.total.expected
    assert {each.course.code for each in day.courses} == {"116-2019", "118-2019", "123-2019", "124-2019"}


def test_people_in_training_are_those_of_the_first_page(db: Database) -> None:
    manager = demonstration_user(db, Role.MANAGER)
    tile = next(tile for tile in home(db, manager, TODAY).tiles if tile.code == "in_training")
    assert len(seen(db, TODAY).people) == tile.value


def test_present_by_sex_and_institution_add_up_to_the_total(db: Database) -> None:
    day = seen(db, DAY)
    for groups in (day.by_sex, day.by_institution):
        for name in ("expected", "present", "absent", "unmarked"):
            parts = sorted(key for _, count in groups for key in getattr(count, name))
            assert parts == sorted(getattr(day.total, name))
    marked = rows(
        Path(str(db.path)),
        "SELECT count(*) FROM attendance a JOIN offering_day d ON d.id = a.offering_day_id "
        "WHERE d.held_on = '2019-06-27' AND a.mark IN ('present', 'late')",
    )
    assert len(day.total.present) == marked[0][0]


def test_absent_people_are_counted_by_reason_and_late_ones_are_present(db: Database) -> None:
    kinds = (
        (AttendanceMark.EXCUSED, "absence-illness"),
        (AttendanceMark.EXCUSED, "absence-illness"),
        (AttendanceMark.ABSENT, None),
        (AttendanceMark.LATE, None),
    )
    changed = mark(db, "123-2019", DAY, *kinds)
    day = seen(db, DAY)
    assert sorted(day.total.absent) == sorted(changed[:3])
    assert changed[3] in day.total.present
    assert [(name, len(keys)) for name, keys in day.reasons] == [("Incapacidad", 2), (None, 1)]


def test_on_a_day_without_class_nobody_is_expected_but_beds_are_taken(db: Database) -> None:
    day = seen(db, dt.date(2019, 6, 23))
    assert day.total.expected == ()
    assert all(not each.course.class_today for each in day.courses)
    assert len(day.people) > 0
    assert len(day.beds) > 0


def test_nobody_sleeps_at_the_school_after_the_last_day_of_their_course(db: Database) -> None:
    last = seen(db, dt.date(2019, 7, 5))
    ending = next(each for each in last.courses if each.course.code == "118-2019")
    assert ending.days_left == 0
    assert not set(ending.people) & set(last.beds)
    assert last.capacity == 200


def test_a_bed_is_counted_once_for_a_person_in_two_courses(db: Database) -> None:
    before = seen(db, TODAY)
    with db.write(EDIT) as tx:
        other, person = tx.connection.exec_driver_sql(
            "SELECT (SELECT id FROM offering WHERE code = '124-2019'), e.participant_id FROM enrolment e "
            "JOIN offering o ON o.id = e.offering_id WHERE o.code = '123-2019' AND e.lodging AND e.status = 'enrolled'"
        ).first()  # type: ignore[misc]
        row = {"offering_id": other, "participant_id": person, "status": "enrolled", "seat": "seat", "lodging": True}
        tx.insert(Enrolment, [{**row, "uid": tx.new_uid(), "recorded_at": tx.at}])
    after = seen(db, TODAY)
    assert len(after.people) == len(before.people) + 1
    assert len(after.beds) == len(before.beds)


def text_of(content: bytes) -> tuple[int, str]:
    document = pdfium.PdfDocument(content)
    try:
        return len(document), "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_daily_report_is_one_page_and_names_nobody(db: Database, tmp_path: Path) -> None:
    manager = demonstration_user(db, Role.MANAGER)
    content = daily_report(db, manager, DAY, t=T[Language.ES])
    pages, text = text_of(content)
    assert pages == 1
    for words in ("Parte diario", "Comayagua, 27/06/2019", "123-2019", "64 de 200 camas", "Director"):
        assert words in text
    path = tmp_path / "parte.pdf"
    path.write_bytes(content)
    said = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    people = rows(
        Path(str(db.path)),
        "SELECT p.surnames, p.document_number FROM enrolment e JOIN participant p ON p.id = e.participant_id "
        "JOIN offering o ON o.id = e.offering_id WHERE o.code = '123-2019'",
    )
    assert manager.full_name not in said
    assert not [surnames for surnames, _ in people if surnames in said]
    assert not [number for _, number in people if number and number in said]


@pytest.mark.parametrize("language", list(Language))
def test_a_full_school_still_fits_on_one_page_and_its_total_is_whole(db: Database, language: Language) -> None:
    day = seen(db, DAY)
    many = replace(
        day,
        courses=day.courses * 12,
        by_institution=tuple((f"Institución número {n}", day.total) for n in range(20)),
        reasons=tuple((f"Motivo {n}", (1, 2)) for n in range(12)),
    )
    with db.read() as connection:
        school = read_school(connection)
    content = daily_report_pdf(DailyReport(many, school, db.clock(), demonstration=True), T[language])
    pages, text = text_of(content)
    assert pages == 1
    assert str(12 * len(day.people)) in text


def test_a_day_without_courses_has_no_report(db: Database) -> None:
    manager = demonstration_user(db, Role.MANAGER)
    with pytest.raises(UserError, match="No course runs"):
        daily_report(db, manager, dt.date(2010, 1, 1), t=T[Language.ES])
    empty = today_at_school(db, manager, dt.date(2010, 1, 1))
    assert (empty.courses, empty.beds, empty.capacity) == ((), (), None)


def test_a_cancelled_course_is_not_of_the_day(db: Database) -> None:
    with db.write(EDIT) as tx:
        (key,) = tx.connection.exec_driver_sql("SELECT id FROM offering WHERE code = '116-2019'").one()
        tx.update(Offering, {key: {"status": "cancelled"}})
    assert "116-2019" not in {each.course.code for each in seen(db, TODAY).courses}


def test_a_course_without_days_kept_expects_everybody(db: Database) -> None:
    with db.write(EDIT) as tx:
        keys = [
            key
            for (key,) in tx.connection.exec_driver_sql(
                "SELECT d.id FROM offering_day d JOIN offering o ON o.id = d.offering_id WHERE o.code = '116-2019'"
            )
        ]
        tx.delete(OfferingDay, keys)
    course = next(each for each in seen(db, dt.date(2019, 6, 23)).courses if each.course.code == "116-2019")
    assert course.course.class_today
    assert dict(seen(db, DAY).beds_by_sex)[Sex.F] > 0
