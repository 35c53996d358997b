"""Work in a process of its own: answers, sentences and bugs come back; what nobody wants is ended."""

from __future__ import annotations

import datetime as dt
import errno
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, FieldChange
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.other_process import report
from eic_tracker.services.apart import Apart, Unwanted
from eic_tracker.store.database import Database
from eic_tracker.store.lock import Holder, InUse
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school_file

EN = Translator(Language.EN)
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


def go_on(_db: Database, steps: int) -> str:
    for step in range(1, steps + 1):
        report(step, steps)
    return "done"


def die(_db: Database) -> None:
    os._exit(9)


def test_answers_come_from_one_other_process_that_has_the_files_clock(apart: Apart) -> None:
    count, process, now = apart.call(people, (0,), NOW, asked)
    assert (count, now) == (5, NOW)
    assert process != os.getpid()
    assert apart.call(people, (0,), NOW, asked)[1] == process


def test_long_work_tells_how_far_it_is_and_a_step_is_never_taken_for_the_answer(apart: Apart) -> None:
    heard: list[tuple[int, int]] = []
    assert apart.call(go_on, (3,), NOW, asked, lambda done, total: heard.append((done, total))) == "done"
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert apart.call(go_on, (1,), NOW, asked) == "done"
    report(1, 1)


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


class Demanding(Refused):
    """A sentence whose class wants to know more than the sentence."""

    def __init__(self, *, place: Path, holder: Holder) -> None:
        super().__init__("{place} is held.", place=place)
        self.holder = holder


class Unsendable(Exception):
    """A bug whose class neither can be sent nor made anew from its text."""

    def __init__(self, *, lock: object) -> None:
        super().__init__("holds", lock)


def demand(_db: Database, place: Path) -> None:
    raise Demanding(place=place, holder=Holder("marta", "pc-1", 7, NOW))


def refuse_with_a_lock(_db: Database) -> None:
    raise Refused("{what} may not be done.", what=threading.Lock())


def stumble_unsendably(_db: Database) -> None:
    raise Unsendable(lock=threading.Lock())


def answer_a_lock(_db: Database) -> object:
    return threading.Lock()


def leave(_db: Database) -> None:
    raise SystemExit(3)


def run_out_of_memory(_db: Database) -> None:
    raise MemoryError


def be_killed(_db: Database) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def draft(_db: Database) -> None:
    raise DraftRefused((DraftProblem("name", "The year {year} cannot be right.", {"year": "1"}),))


def change_meanwhile(_db: Database) -> None:
    raise ChangedMeanwhile("Unidad", "marta", (FieldChange("name", "Name", "a", "b"),))


def in_use(_db: Database, place: Path) -> None:
    raise InUse(place, Holder("marta", "pc-1", 7, NOW))


def test_a_sentence_whose_class_wants_more_than_the_sentence_comes_back_whole(apart: Apart, tmp_path: Path) -> None:
    holder = Holder("marta", "pc-1", 7, NOW)
    with pytest.raises(Demanding) as demanding:
        apart.call(demand, (tmp_path,), NOW, asked)
    assert demanding.value.text(EN) == f"{tmp_path} is held."
    assert demanding.value.holder == holder
    with pytest.raises(InUse) as used:
        apart.call(in_use, (tmp_path,), NOW, asked)
    assert used.value.text(EN) == InUse(tmp_path, holder).text(EN)
    with pytest.raises(DraftRefused) as refused:
        apart.call(draft, (), NOW, asked)
    assert refused.value.text(EN) == "The year 1 cannot be right."
    with pytest.raises(ChangedMeanwhile) as changed:
        apart.call(change_meanwhile, (), NOW, asked)
    assert "changed meanwhile by marta" in changed.value.text(EN)
    assert changed.value.changes[0].now == "b"


def test_a_sentence_that_cannot_be_sent_whole_comes_back_as_its_words(apart: Apart) -> None:
    with pytest.raises(Refused, match=r"lock object.* may not be done"):
        apart.call(refuse_with_a_lock, (), NOW, asked)


@pytest.mark.parametrize("work", [stumble_unsendably, answer_a_lock])
def test_a_bug_or_an_answer_that_cannot_be_sent_comes_back_as_a_trace(
    apart: Apart, work: Callable[[Database], object]
) -> None:
    with pytest.raises(RuntimeError, match="Traceback"):
        apart.call(work, (), NOW, asked)
    assert apart.call(people, (0,), NOW, asked)[0] == 5


@pytest.mark.parametrize("work", [die, leave, be_killed, run_out_of_memory])
def test_a_process_that_is_ended_or_runs_out_of_memory_is_told_in_one_sentence(
    apart: Apart, work: Callable[[Database], object]
) -> None:
    with pytest.raises(UserError, match="Nothing was written halfway") as told:
        apart.call(work, (), NOW, asked)
    assert "{" not in told.value.text(EN)
    assert apart.call(people, (0,), NOW, asked)[0] == 5


def test_a_process_that_cannot_be_started_is_told_and_asked_again_later(
    apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(_self: BaseProcess) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    with monkeypatch.context() as patch:
        patch.setattr(BaseProcess, "start", no_memory)
        with pytest.raises(UserError, match="Nothing was written halfway"):
            apart.call(people, (0,), NOW, asked)
    assert apart.call(people, (0,), NOW, asked)[0] == 5


def test_a_process_that_was_killed_while_nobody_asked_is_started_anew(apart: Apart) -> None:
    process = apart.call(people, (0,), NOW, asked)[1]
    os.kill(process, signal.SIGKILL)
    time.sleep(0.2)
    assert apart.call(people, (0,), NOW, asked)[0] == 5


def test_a_paper_writes_nothing_beside_the_window(apart: Apart) -> None:
    with pytest.raises(Refused, match="only read"):
        apart.call(write, (), NOW, asked)
