"""Tests of closing a quarter, opening it again, and what stands beside its frozen figures."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.domain.codes import EnrolmentStatus, Measure, ProgrammeKind, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.quarter_figures import BROKEN_DOWN_BY
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.closed_quarters import FrozenTables, read_closed_quarters, read_frozen_tables
from eic_tracker.services.corrections import Correction, correct_enrolment
from eic_tracker.services.papers import write_rollup
from eic_tracker.services.quarters import SUMS, QuarterClosed, close_quarter, reopen_quarter, show_quarter
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school, user, values

T = Translator(Language.EN)
QUARTER = parse_period("2018Q4")


def close(db: Database, folder: Path, period: str = "2018Q4") -> QuarterClosed:
    """Close a quarter as the manager."""
    return close_quarter(db, user(db, Role.MANAGER), parse_period(period), folder, t=T, today=dt.date(2019, 1, 2))


def frozen_tables(db: Database) -> FrozenTables:
    """The tables that the report of the quarter prints as frozen."""
    with db.read() as connection:
        return read_frozen_tables(connection, read_closed_quarters(connection)[QUARTER])


def test_a_quarter_is_frozen_with_its_papers_restated_reopened_and_closed_again(tmp_path: Path) -> None:
    sent, again = tmp_path / "sent", tmp_path / "again"
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        done = close(db, sent)
        assert {path.name for path in sent.iterdir()} == {"2018Q4.pdf", "2018Q4.xlsx", SUMS}
        for line in (sent / SUMS).read_text().splitlines():
            code, name = line.split("  ")
            assert hashlib.sha256((sent / name).read_bytes()).hexdigest() == code == done.hashes[name]
        with pytest.raises(Refused, match=r"closed on .* already"):
            close(db, again, "FY2019Q1")
        assert not again.exists()

        tables = frozen_tables(db)
        for dimension in BROKEN_DOWN_BY[ProgrammeKind.COURSES]:
            assert sum(cell.completions for cell in tables["EIC", dimension].values()) == 2
        enrolments = [
            int(str(row[0])) for row in values(db, "SELECT id FROM enrolment WHERE status = 'completed' ORDER BY id")
        ]
        correct_enrolment(db, manager, Correction(enrolments[0], EnrolmentStatus.WITHDREW, "entered twice", "Order 1"))
        shown = show_quarter(db, user(db, Role.AUDITOR), QUARTER)
        frozen = {each.measure: each.value for each in shown.figures if each.programme == "EIC"}
        assert frozen[Measure.COMPLETIONS] == len(enrolments)
        assert frozen_tables(db) == tables
        told = [(each.measure, each.old, each.new, each.reason, each.login) for each in shown.restatements]
        assert (Measure.COMPLETIONS, 2, 1, "entered twice", manager.login) in told

        reopen_quarter(db, user(db, Role.ADMINISTRATOR), QUARTER, "a course was missing")
        with pytest.raises(Refused, match="nothing to reopen"):
            reopen_quarter(db, user(db, Role.ADMINISTRATOR), QUARTER, "twice")
        with db.write(Entry(Actor("test"), "fill", "while it is open")) as tx:
            tx.update(Enrolment, {enrolments[0]: {"status": EnrolmentStatus.COMPLETED}})
        close(db, again)
        shown = show_quarter(db, manager, QUARTER)
        assert (shown.login, shown.reopened_at) == (manager.login, None)
        newest = [each for each in shown.restatements if each.reason == "a course was missing"]
        assert (Measure.COMPLETIONS, 1, 2) in {(each.measure, each.old, each.new) for each in newest}
        assert {each.measure: each.value for each in shown.figures if each.programme == "EIC"} == frozen


@pytest.mark.parametrize(
    ("period", "words"),
    [("2030Q1", "has not ended yet"), ("2018", "is a year"), ("1995Q1", "Nothing is counted in 1995Q1")],
)
def test_what_cannot_be_closed_is_told_and_leaves_nothing(tmp_path: Path, period: str, words: str) -> None:
    with school(tmp_path) as db:
        out = tmp_path / "out"
        out.mkdir()
        with pytest.raises(UserError, match=words):
            close(db, out / "sent", period)
        assert list(out.iterdir()) == []
        assert values(db, "SELECT count(*) FROM closed_quarter") == [(0,)]


def test_who_closes_while_another_person_writes_is_asked_to_do_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with school(tmp_path) as db:

        def and_somebody_writes(*args: Any, **named: Any) -> Any:
            with db.write(Entry(Actor("somebody"), "fill", "meanwhile")) as tx:
                tx.record_event()
            return write_rollup(*args, **named)

        monkeypatch.setattr("eic_tracker.services.quarters.write_rollup", and_somebody_writes)
        with pytest.raises(Refused, match="Somebody wrote into the file"):
            close(db, tmp_path / "sent")
        assert not (tmp_path / "sent").exists()
        assert values(db, "SELECT count(*) FROM closed_quarter") == [(0,)]


def test_a_folder_that_exists_or_cannot_be_made_closes_nothing(tmp_path: Path) -> None:
    (tmp_path / "sent").mkdir()
    with school(tmp_path) as db:
        with pytest.raises(FileProblem, match="exists already"):
            close(db, tmp_path / "sent")
        with pytest.raises(FileProblem, match="could not be written"):
            close(db, tmp_path / "nowhere" / "sent")
        with pytest.raises(UserError, match="needs a reason"):
            reopen_quarter(db, user(db, Role.ADMINISTRATOR), QUARTER, " . ")
        with pytest.raises(UserError, match="never closed"):
            show_quarter(db, user(db, Role.MANAGER), QUARTER)
        assert values(db, "SELECT count(*) FROM closed_quarter") == [(0,)]


def test_the_tables_of_the_demonstrations_closed_quarter_make_its_figures(demo_folder: Path) -> None:
    with Database(demo_folder / "demo.eic") as db, db.read() as connection:
        (quarter,) = read_closed_quarters(connection).values()
        tables = read_frozen_tables(connection, quarter)
    expected = {("EIC", each) for each in BROKEN_DOWN_BY[ProgrammeKind.COURSES]}
    assert set(tables) == expected | {("GREAT", each) for each in BROKEN_DOWN_BY[ProgrammeKind.OUTREACH]}
    for (programme, dimension), table in tables.items():
        for measure in set(Measure) - {Measure.PERSONS, Measure.OFFERINGS}:  # these two do not add up
            summed = sum(getattr(cell, measure.value) for cell in table.values())
            assert (dimension, measure, summed) == (dimension, measure, quarter.frozen(programme, measure) or 0)
