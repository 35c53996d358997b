"""Tests of writing papers: never over a database, never about the future, each completion once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Connection

from eic_tracker.domain.codes import ReportKind, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.periodic import read_report_data
from eic_tracker.queries.register import read_register
from eic_tracker.queries.report_data import ReportData
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.papers import write_register, write_report, write_rollup
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import NOW, PASSPHRASE, school, school_file, user, values

T = Translator(Language.EN)
QUARTER = parse_period("2018Q4")
TODAY = NOW.date()


def test_a_paper_never_takes_the_place_of_a_database(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    victim = school_file(other)
    before = victim.read_bytes()
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        for target in (victim, db.path):
            with pytest.raises(FileProblem, match="is a database"):
                write_report(db, manager, ReportKind.QUARTERLY, QUARTER, target, t=T, today=TODAY)
            with pytest.raises(FileProblem, match="is a database"):
                write_rollup(db, manager, QUARTER, target, t=T, today=TODAY, audience="school")
            with pytest.raises(FileProblem, match="is a database"):
                write_register(db, manager, target, t=T, as_of=TODAY, reason="audit")
        assert values(db, "SELECT count(*) FROM export") == [(0,)]
    assert victim.read_bytes() == before


def test_an_older_paper_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "q.pdf"
    out.write_bytes(b"an older paper")
    with school(tmp_path) as db:
        write_report(db, user(db, Role.MANAGER), ReportKind.QUARTERLY, QUARTER, out, t=T, today=TODAY)
    assert out.read_bytes().startswith(b"%PDF")


def test_there_is_no_paper_about_a_period_that_has_not_begun(tmp_path: Path) -> None:
    with school(tmp_path) as db, pytest.raises(UserError, match="has not begun"):
        write_report(
            db,
            user(db, Role.MANAGER),
            ReportKind.QUARTERLY,
            parse_period("2019Q1"),
            tmp_path / "q.pdf",
            t=T,
            today=TODAY,
        )


def first_quarter_of_2019(db: Database, connection: Connection, today: dt.date) -> ReportData:
    """What a report about that quarter tells when it is made on a day."""
    return read_report_data(
        connection,
        parse_period("2019Q1"),
        acting=user(db, Role.MANAGER),
        demonstration=False,
        journal_code="",
        generated_at=NOW,
        language=Language.EN,
        today=today,
    )


def test_a_course_that_runs_is_not_given_yet_in_a_paper_about_the_running_quarter(tmp_path: Path) -> None:
    today = dt.date(2019, 1, 11)
    with school(tmp_path) as db, db.read() as connection:
        data = first_quarter_of_2019(db, connection, today)
    assert data.as_of == today
    assert {line.code: line.status for line in data.offerings} == {"007-2018": "closed", "001-2019": "running"}


def test_a_course_that_ran_at_the_end_of_a_past_quarter_has_its_people_though_it_is_closed_by_now(
    demo_folder: Path,
) -> None:
    began = """SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
        WHERE o.code = ? AND e.seat = 'seat' AND e.status IN ('completed', 'not_completed', 'withdrew')"""
    with Database(demo_folder / "demo.eic") as db, db.read() as connection:
        data = first_quarter_of_2019(db, connection, dt.date(2019, 6, 28))
        running = [line for line in data.offerings if line.status == "running"]
        people = {line.code: connection.exec_driver_sql(began, (line.code,)).scalar_one() for line in running}
    assert running
    assert {line.code: line.people for line in running} == people
    assert 0 not in people.values()


def register(db: Database) -> list[str]:
    """The grades of the register's rows."""
    with db.read() as connection:
        return [str(row.grade) for row in read_register(connection, as_of=TODAY, language=Language.EN)]


def test_the_register_has_one_row_for_each_counted_completion_with_the_grade_that_counts(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=T, passphrase=PASSPHRASE)
        with db.write(Entry(Actor("test"), "grade", "test")) as tx:
            tx.update(Enrolment, {1: {"final_grade": 5550, "second_chance_grade": 7100}, 2: {"final_grade": 9000}})
        assert register(db) == ["90", "71"]
        write_register(db, user(db, Role.AUDITOR), tmp_path / "r.xlsx", t=T, as_of=TODAY, reason="")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet is not None
    assert any("Núñez O'Hara" in [cell.value for cell in row] for row in sheet.iter_rows())
