"""Work in a process of its own: answers, sentences and bugs come back; what nobody wants is ended."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker.errors import Refused
from eic_tracker.services.apart import Apart, Unwanted
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school_file

NOW = dt.datetime(2018, 12, 31, 18, tzinfo=dt.UTC)


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    made = Apart(school_file(tmp_path))
    yield made
    made.close()


def asked() -> bool:
    return False


def people(db: Database, least: int) -> tuple[int, int, dt.datetime]:
    with db.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM participant WHERE id >= ?", (least,)).scalar_one()
    return int(count), os.getpid(), db.clock()


def refuse(_db: Database) -> None:
    raise Refused("{who} may not do this; a manager may.", who="ana")


def stumble(_db: Database) -> None:
    raise ZeroDivisionError("a bug")


def write(db: Database) -> None:
    with db.write(Entry(Actor("ana"), "edit", "test")) as tx:
        tx.record_event()


def sleep(_db: Database) -> None:
    time.sleep(60)


def die(_db: Database) -> None:
    os._exit(9)


def test_answers_come_from_one_other_process_that_has_the_files_clock(apart: Apart) -> None:
    count, process, now = apart.call(people, (0,), NOW, asked)
    assert (count, now) == (5, NOW)
    assert process != os.getpid()
    assert apart.call(people, (0,), NOW, asked)[1] == process


def test_a_sentence_comes_back_as_it_was_said_and_a_bug_with_its_trace(apart: Apart) -> None:
    with pytest.raises(Refused) as refused:
        apart.call(refuse, (), NOW, asked)
    assert refused.value.values == {"who": "ana"}
    with pytest.raises(RuntimeError, match="ZeroDivisionError: a bug"):
        apart.call(stumble, (), NOW, asked)
    assert apart.call(people, (0,), NOW, asked)[0] == 5


def test_what_nobody_wants_is_ended_at_once_and_the_next_call_is_answered(apart: Apart) -> None:
    start = time.monotonic()
    with pytest.raises(Unwanted):
        apart.call(sleep, (), NOW, lambda: time.monotonic() > start + 0.5)
    assert time.monotonic() < start + 30
    assert apart.call(people, (0,), NOW, asked)[0] == 5


def test_a_process_that_dies_is_told_and_the_next_call_is_answered(apart: Apart) -> None:
    with pytest.raises(RuntimeError, match="has ended"):
        apart.call(die, (), NOW, asked)
    assert apart.call(people, (0,), NOW, asked)[0] == 5


def test_a_paper_writes_nothing_beside_the_window(apart: Apart) -> None:
    with pytest.raises(Refused, match="only read"):
        apart.call(write, (), NOW, asked)
