"""How fast a class of 35 with 40 days opens, is marked and closed, and comes back from the classroom."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import AttendanceMark, Role
from eic_tracker.exchange.class_workbook import read_class_list
from eic_tracker.gui.attendance_part import AttendancePart
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.attendance import AttendanceDraft, record_attendance
from eic_tracker.services.class_list_export import write_class_list
from eic_tracker.services.class_list_review import review_class_list
from eic_tracker.services.closing import ClosingDraft, close_offering
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Attendance, CourseVersion, Enrolment, Offering, OfferingDay
from eic_tracker.store.transaction import Actor, Entry
from tests.bench.printing import show, tell
from tests.gui.surroundings import surroundings
from tests.gui.test_closing_part import _OWN
from tests.gui.test_offering_pages import opened
from tests.services.demonstration_file import number

PEOPLE, DAYS = 35, 40
FIRST = dt.date(2019, 3, 4)
GOAL, READING_GOAL = 0.2, 1.0
"""Seconds of the design on a machine that does nothing beside; ratios are held to on any machine."""


@pytest.fixture
def course(demo_file: Path) -> tuple[Path, int]:
    """The instructor's open course with 35 people, all graded, and 40 days, the last of them not marked yet."""
    key = number(demo_file, _OWN)
    with Database(demo_file) as db, db.write(Entry(Actor("test"), "enrol", "test")) as tx:
        read = tx.connection.exec_driver_sql
        present = read("SELECT id FROM enrolment WHERE offering_id = ?", (key,)).scalars().all()
        tx.update(Enrolment, {each: {"status": "removed"} for each in present})
        people = read(
            "SELECT id FROM participant WHERE merged_into_id IS NULL AND id NOT IN "
            "(SELECT participant_id FROM enrolment WHERE offering_id = ?) ORDER BY id * 7919 % 10007 LIMIT ?",
            (key, PEOPLE),
        )
        row = {"offering_id": key, "status": "enrolled", "seat": "seat", "recorded_at": tx.at, "final_grade": 8_000}
        rows = [{**row, "uid": tx.new_uid(), "participant_id": each} for each in people.scalars().all()]
        enrolled = tx.insert(Enrolment, rows)
        held = [FIRST + dt.timedelta(days=n) for n in range(DAYS)]
        tx.update(Offering, {key: {"starts_on": FIRST, "ends_on": held[-1]}})
        days = tx.insert(OfferingDay, [{"offering_id": key, "held_on": day, "part": "whole"} for day in held])
        marks = [{"enrolment_id": e, "offering_day_id": d, "mark": "present"} for e in enrolled for d in days[:-1]]
        tx.insert(Attendance, marks)
        version = read("SELECT course_version_id FROM offering WHERE id = ?", (key,)).scalar_one()
        weights = dict.fromkeys(("post_test_weight", "performance_weight", "products_weight"), 0)
        tx.update(CourseVersion, {version: weights})
    return demo_file, key


def took(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def bare_table(qtbot: QtBot) -> float:
    """How long Qt needs for a table of as many cells that are there already."""

    def act() -> None:
        model = QStandardItemModel(PEOPLE, DAYS + 2)
        for row in range(PEOPLE):
            for column in range(DAYS + 2):
                model.setItem(row, column, QStandardItem("presente"))
        view = QTableView()
        qtbot.addWidget(view)
        view.setModel(model)
        view.resize(1150, 600)
        view.show()
        view.grab()

    return took(act)


def test_a_class_of_35_with_40_days_opens_at_once(qtbot: QtBot, course: tuple[Path, int]) -> None:
    file, key = course
    with surroundings(file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, key)
        qtbot.waitUntil(lambda: around.jobs.running == 0, timeout=20_000)
        times = []
        for _ in range(5):
            part = AttendancePart(around, page.behalf)
            qtbot.addWidget(part)
            part.resize(1150, 600)

            def whole(part: AttendancePart = part) -> None:
                part.show()
                part.show_detail(page.detail, {})
                while part.table is None or not part.table.rows:
                    qtbot.wait(1)
                part.grab()

            times.append(took(whole))
        bare = min(bare_table(qtbot) for _ in range(5))
    tell("35 people with 40 days opened", min(times), "the goal", GOAL)
    assert show("35 people with 40 days opened", min(times), "a bare table of as many cells", bare, at_most=20)


def plain_writing(folder: Path) -> float:
    """How long plain `sqlite3` needs for two commits of 35 rows each, kept as safely."""
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("PRAGMA synchronous=FULL")
    plain.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, who INTEGER, what TEXT)")

    def act() -> None:
        for _ in range(2):
            plain.execute("BEGIN IMMEDIATE")
            plain.executemany("INSERT INTO mark (who, what) VALUES (?, ?)", [(n, "present") for n in range(PEOPLE)])
            plain.execute("COMMIT")

    best = min(took(act) for _ in range(5))
    plain.close()
    return best


def test_all_present_and_the_closing_are_stored_at_once(course: tuple[Path, int], tmp_path: Path) -> None:
    file, key = course
    with Database(file) as db:
        instructor = demonstration_user(db, Role.INSTRUCTOR)
        last = FIRST + dt.timedelta(days=DAYS - 1)
        marked = took(
            lambda: record_attendance(db, instructor, AttendanceDraft(key, last, others=AttendanceMark.PRESENT))
        )
        closed = took(lambda: close_offering(db, instructor, ClosingDraft(key)))
    bare = plain_writing(tmp_path)
    tell("all present and closed", marked + closed, "the goal", GOAL)
    assert show("all present and closed", marked + closed, "two plain commits, 5 ms each", bare + 0.01, at_most=17)


def test_a_filled_workbook_of_35_is_read_within_a_second(course: tuple[Path, int], tmp_path: Path) -> None:
    file, key = course
    empty = tmp_path / "vacio.xlsx"
    openpyxl.Workbook().save(empty)
    with Database(file) as db:
        instructor = demonstration_user(db, Role.INSTRUCTOR)
        path = write_class_list(db, instructor, key, tmp_path / "lista.xlsx", t=Translator(Language.ES))
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        for row in range(5, 5 + PEOPLE):
            sheet.cell(row, 3 + DAYS).value = "A"
        book.save(path)

        def act() -> None:
            read = read_class_list(path)
            assert read is not None
            assert len(review_class_list(db, instructor, read, key).lines) == PEOPLE

        mine = min(took(act) for _ in range(3))
    bare = min(took(lambda: read_class_list(empty)) for _ in range(3))
    tell("filled list of 35 read and reviewed", mine, "the goal", READING_GOAL)
    assert show("filled list of 35 read and reviewed", mine, "an empty workbook read as safely", bare, at_most=3)
