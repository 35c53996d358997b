"""Officers in a period: groups and lessons as a full scan counts them, and who has not reported."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker.cli import run
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.services.officer_reports import officer_reports
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database

TODAY = dt.date(2019, 6, 28)
LESSONS = """SELECT i.code, l.class_group_id, l.given_on FROM class_lesson l
JOIN class_officer o ON o.class_group_id = l.class_group_id JOIN instructor i ON i.id = o.instructor_id"""


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    with Database(demo_folder / "demo.eic") as db:
        yield db


@pytest.fixture(scope="module")
def manager(demonstration: Database) -> ActingUser:
    return demonstration_user(demonstration, Role.MANAGER)


def test_groups_and_lessons_of_month_quarter_and_year_are_those_of_a_full_scan(
    demonstration: Database, manager: ActingUser
) -> None:
    with demonstration.read() as connection:
        given = [tuple(row) for row in connection.exec_driver_sql(LESSONS)]
    spans = {"2019-03": ("2019-03-01", "2019-03-31"), "2019Q1": ("2019-01-01", "2019-03-31")}
    for period, (first, last) in {**spans, "2019": ("2019-01-01", "2019-06-28")}.items():
        found = officer_reports(demonstration, manager, period, TODAY)
        inside = [(code, group) for code, group, day in given if first <= day <= last]
        assert inside
        assert sum(each.lessons for each in found) == len(inside)
        groups = Counter(code for code, _ in set(inside))
        assert {each.code: each.groups for each in found if each.groups} == dict(groups)


def test_who_is_active_has_open_groups_and_told_of_no_lesson_owes_a_report(
    demonstration: Database, manager: ActingUser, capsys: pytest.CaptureFixture[str]
) -> None:
    found = officer_reports(demonstration, manager, "2019-06", TODAY)
    assert {each.owes for each in found if each.lessons or not each.active or not each.open_groups} <= {False}
    owing = [each.code for each in found if each.active and each.open_groups and not each.lessons]
    words = ["--file", str(demonstration.path), "--lang", "en", "great", "officers", "--period", "2019-06"]
    assert run([*words, "--owing", "--json"]) == int(bool(owing))
    assert [each["code"] for each in json.loads(capsys.readouterr().out)] == owing
    assert run(words) == 0
    shown = capsys.readouterr().out
    assert all(each.code in shown for each in found)
    assert shown.count("has not reported") == len(owing)


def test_no_day_to_come_is_told_and_an_officer_sees_themselves_alone(
    demonstration: Database, manager: ActingUser
) -> None:
    with pytest.raises(UserError, match="not begun"):
        officer_reports(demonstration, manager, "2019-07", TODAY)
    with pytest.raises(UserError):
        officer_reports(demonstration, manager, "2019-13", TODAY)
    early = officer_reports(demonstration, manager, "2019-04", dt.date(2019, 4, 10))
    assert max(each.last_lesson_on for each in early if each.last_lesson_on) <= dt.date(2019, 4, 10)
    with demonstration.read() as connection:
        key, code = connection.exec_driver_sql(
            "SELECT i.id, i.code FROM class_officer o JOIN instructor i ON i.id = o.instructor_id LIMIT 1"
        ).one()
    own = ActingUser(2, "instructor", "Instructor", Role.INSTRUCTOR, key)
    assert [each.code for each in officer_reports(demonstration, own, "2019", TODAY)] == [code]
