"""The journal as people read it, and what undoing a change set does and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eic_tracker.domain.codes import EnrolmentStatus, Operation, Role
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.store.database import Database
from eic_tracker.store.journal import (
    anchor_in_file,
    changes_of,
    head,
    newest_sets,
    parse_anchor,
    show,
    undo,
    verify,
)
from eic_tracker.store.migrate import create_file
from eic_tracker.store.tables.courses import Course, Enrolment
from eic_tracker.store.tables.documents import Authorisation, SourceDocument, SourceKind
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.tables.reference import Rank
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Entry
from tests.store.forging import plain
from tests.store.small_file import ACTOR, GRADED, add_rank, change, make_small_file, rows


def test_a_new_file_has_an_empty_journal_that_holds(tmp_path: Path) -> None:
    create_file(tmp_path / "new.eic")
    with Database(tmp_path / "new.eic") as db, db.read() as connection:
        assert head(connection) is None
        assert verify(connection) is None
        assert newest_sets(connection) == ()


def test_the_code_of_the_head_reads_back_as_an_anchor(db: Database) -> None:
    with db.read() as connection:
        found = head(connection)
        assert found is not None
        anchor = parse_anchor(f" {found.code.lower()} ")
        assert (anchor.set_id, anchor.code) == (8, found.code)
        assert verify(connection, [anchor]) is None


@pytest.mark.parametrize("code", ["", "8", "8-XYZ", "8-1234567", "-8-0123456789ABCDEF", "8-0123456789ABCDEF x"])
def test_what_is_no_code_is_wrong_use(code: str) -> None:
    with pytest.raises(UserError, match="not a code of the journal"):
        parse_anchor(code)


def test_a_copy_of_another_file_is_no_anchor(db: Database, tmp_path: Path) -> None:
    make_small_file(tmp_path / "other.eic")
    uid = str(rows(db, "SELECT uid FROM file_info")[0][0])
    with pytest.raises(FileProblem, match="not a copy of this file"):
        anchor_in_file(tmp_path / "other.eic", uid)


def test_the_newest_sets_come_first(db: Database) -> None:
    with db.read() as connection:
        newest = newest_sets(connection, 3)
    assert [found.use_case for found in newest] == ["drop_rank", "withdraw", "correct_name"]
    assert newest[1].reason == "test"
    assert newest[0].at.tzinfo is not None


def test_a_set_is_shown_with_its_changes(db: Database) -> None:
    with db.read() as connection:
        shown = show(connection, GRADED)
        (entry,) = changes_of(connection, GRADED)
        assert (shown.actor, shown.use_case, shown.changes) == ("registrar", "record_grade", 1)
        assert (entry.table, entry.row_id, entry.operation) == ("enrolment", 1, Operation.UPDATE)
        assert (entry.before, entry.after) == ({"final_grade": None}, {"final_grade": 8500})
        with pytest.raises(UserError, match="no change set 99"):
            show(connection, 99)


# Undo


def test_an_update_is_undone_as_a_set_of_its_own(db: Database) -> None:
    number = undo(db, GRADED, ACTOR, "typed wrong")
    assert rows(db, "SELECT final_grade FROM enrolment WHERE id = 1") == [(None,)]
    with db.read() as connection:
        undone, undoing = show(connection, GRADED), show(connection, number)
        assert verify(connection) is None
    assert undone.undone_by_id == number
    assert (undoing.undoes_id, undoing.use_case, undoing.reason) == (GRADED, "undo", "typed wrong")


def test_a_delete_is_undone_with_the_very_row(db: Database) -> None:
    undo(db, 8, ACTOR, "needed")
    assert rows(db, "SELECT id, code, name, scale, position FROM rank WHERE id = 2") == [(2, "R2", "Rango 2", None, 2)]


def test_an_insert_is_undone_and_its_key_stays_used(db: Database) -> None:
    assert add_rank(db, "X") == 3
    undo(db, 9, ACTOR, "twice")
    assert rows(db, "SELECT count(*) FROM rank WHERE id = 3") == [(0,)]
    assert add_rank(db, "Y") == 4


def test_an_undo_is_undone(db: Database) -> None:
    before = rows(db, "SELECT * FROM enrolment")
    undone = undo(db, GRADED, ACTOR, "wrong")
    again = undo(db, undone, ACTOR, "right after all")
    assert rows(db, "SELECT * FROM enrolment") == before
    with pytest.raises(Refused, match=str(again)):
        undo(db, GRADED, ACTOR, "a second time")


def test_a_row_changed_several_times_in_one_set_goes_back_to_the_first(db: Database) -> None:
    with db.write(Entry(ACTOR, "test", "test")) as tx:
        tx.update(Rank, {1: {"name": "A"}})
        tx.update(Rank, {1: {"name": "B", "position": 5}})
        key = tx.insert(Rank, [{"code": "N", "name": "N", "position": 3}])[0]
        tx.update(Rank, {key: {"name": "M"}})
        tx.delete(Rank, [key])
    undo(db, 9, ACTOR, "test")
    assert rows(db, "SELECT name, position FROM rank") == [("Rango 1", 1)]
    with db.read() as connection:
        assert verify(connection) is None


def test_rows_that_a_later_set_touched_refuse_with_the_list(db: Database) -> None:
    change(db, "correct_grade", Enrolment, {1: {"final_grade": 8600}})
    change(db, "correct_grade", Enrolment, {1: {"final_grade": 8700}})
    before = _journal_length(db)
    with pytest.raises(Refused) as told:
        undo(db, GRADED, ACTOR, "test")
    assert told.value.values["count"] == 2
    assert "9 (correct_grade" in str(told.value)
    assert "enrolment 1" in str(told.value)
    assert _journal_length(db) == before


def test_rows_that_later_rows_name_refuse_with_the_list(db: Database) -> None:
    rank = add_rank(db, "X")
    change(db, "promote", Enrolment, {2: {"rank_id": rank}})
    with pytest.raises(Refused, match=r"10 \(promote promote: enrolment 2\)"):
        undo(db, 9, ACTOR, "test")


def test_a_deleted_row_whose_place_is_taken_refuses(db: Database) -> None:
    add_rank(db, "R2")
    with pytest.raises(Refused, match="no longer fits"):
        undo(db, 8, ACTOR, "test")
    with db.read() as connection:
        assert verify(connection) is None


def test_what_numbers_accounts_and_the_file_stand_on_is_never_undone(db: Database) -> None:
    with pytest.raises(Refused, match="never undone"):
        undo(db, 1, ACTOR, "test")
    with db.write(Entry(ACTOR, "add_user", "x")) as tx:
        tx.insert(User, [{"uid": tx.new_uid(), "login": "x", "full_name": "X", "role": Role.AUDITOR}])
    with pytest.raises(Refused, match="user"):
        undo(db, 9, ACTOR, "test")
    change(db, "correct_enrolment", Enrolment, {3: {"status": EnrolmentStatus.COMPLETED}})
    with pytest.raises(Refused, match="never undone"):
        undo(db, 10, ACTOR, "test")


def test_papers_that_came_in_stay_on_file(db: Database) -> None:
    with db.write(Entry(ACTOR, "except", "x")) as tx:
        paper = {"uid": tx.new_uid(), "kind": SourceKind.LETTER, "number": "077"}
        order = {"authorised_by": "Directora", "exception": "x", "recorded_at": tx.at}
        order |= {"source_document_id": tx.insert(SourceDocument, [paper])[0]}
        tx.authorised_by(tx.insert(Authorisation, [order])[0])
        tx.update(Course, {1: {"title": "Otra"}})
    undo(db, 9, ACTOR, "test")
    assert rows(db, "SELECT title FROM course") == [("Fotografía forense",)]
    assert rows(db, "SELECT count(*) FROM authorisation") == [(1,)]
    with db.read() as connection:
        assert show(connection, 9).authorised_by == "Directora"
    with db.write(Entry(ACTOR, "file", "x")) as tx:
        tx.insert(SourceDocument, [paper | {"uid": tx.new_uid()}])
    with pytest.raises(Refused, match="nothing to undo"):
        undo(db, 11, ACTOR, "test")
    change(db, "describe_letter", SourceDocument, {2: {"number": "078"}})
    undo(db, 12, ACTOR, "test")
    assert rows(db, "SELECT number FROM source_document WHERE id = 2") == [("077",)], "what is said of one is undone"


def test_what_the_journal_no_longer_holds_cannot_come_back(db: Database, file: Path) -> None:
    db.close()
    with plain(file) as connection:
        connection.execute("UPDATE change SET before = NULL, after = NULL, salt = NULL WHERE change_set_id = ?", (8,))
    with pytest.raises(Refused, match="erased"):
        undo(db, 8, ACTOR, "test")
    with pytest.raises(UserError, match="no change set 99"):
        undo(db, 99, ACTOR, "test")


_GRADES = st.integers(0, 10_000)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("grade"), st.integers(1, 3), _GRADES),
        st.tuples(st.just("name"), st.integers(1, 3), st.text(st.characters(exclude_categories=["Cs"]), max_size=20)),
        st.tuples(st.just("rank"), st.just(0), st.just("")),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_undoing_gives_back_every_row_as_it_was(db: Database, steps: list[tuple[str, int, object]]) -> None:
    """Whatever a set does, undoing it leaves the rows of before, and undoing that leaves those of after."""
    before = _rows_of_people(db)
    with db.write(Entry(ACTOR, "steps", "steps")) as tx:
        for what, key, value in steps:
            if what == "grade":
                tx.update(Enrolment, {key: {"final_grade": value}})
            elif what == "name":
                tx.update(Participant, {key: {"given_names": value}})
            else:
                tx.insert(Rank, [{"code": f"H{tx.new_uid()}", "name": "H", "position": 1}])
        number = tx.set_id
    after = _rows_of_people(db)
    if after == before:
        return
    undone = undo(db, number, ACTOR, "test")
    assert _rows_of_people(db) == before
    undo(db, undone, ACTOR, "test")
    assert _rows_of_people(db) == after
    with db.read() as connection:
        assert verify(connection) is None


def _rows_of_people(db: Database) -> str:
    return json.dumps([rows(db, f"SELECT * FROM {table}") for table in ("participant", "enrolment", "rank")])


def _journal_length(db: Database) -> list[tuple[object, ...]]:
    return rows(db, "SELECT count(*), max(id) FROM change_set")
