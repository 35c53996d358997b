"""The checks of data quality stay quick beside hundreds of thousands of people of load tests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from eic_tracker.queries.quality import _PEOPLE
from eic_tracker.store.database import Database
from tests.store.small_file import make_small_file

BY_EVERY_PERSON = {"no_document", "possible_duplicate", "merge_loop"}
"""These look through an index of all people, as they must: the people may stand in no course."""


def test_checks_of_people_in_courses_begin_at_the_courses(tmp_path: Path) -> None:
    file = tmp_path / "school.eic"
    make_small_file(file)
    day = dt.date(2019, 6, 28).isoformat()
    with Database(file) as db, db.read() as connection:
        for name in _PEOPLE.keys() - BY_EVERY_PERSON:
            plan = [row[3] for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + _PEOPLE[name], (day,))]
            reached = [line for line in plan if line.startswith(("SCAN p ", "SEARCH p "))]
            assert reached == ["SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"], (name, plan)
