"""The search index: in step with the rows whatever writes them, and built anew where it is not."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eic_tracker.domain.names import match_key
from eic_tracker.errors import FileProblem
from eic_tracker.store.copies import backup
from eic_tracker.store.database import Database, connect_to_read
from eic_tracker.store.doctor import doctor
from eic_tracker.store.rebuilding import rebuild_search
from eic_tracker.store.search import agrees, matching, matching_tail, words
from eic_tracker.store.tables.courses import Course, Offering
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.tables.people import DocumentKind, Participant, ParticipantDocument
from eic_tracker.store.transaction import Entry
from eic_tracker.store.undo import undo
from tests.store import forging
from tests.store.small_file import ACTOR, change

EVERYBODY = {1, 2, 3}


def people(path: Path, expression: str) -> list[int]:
    """The keys that the index gives for an expression."""
    return _asked(path, "search_person", expression)


def entries(path: Path, text: str) -> list[int]:
    """The entries that the index gives for a typed text."""
    return _asked(path, "search_words", matching(words(text), begun=True))


def _asked(path: Path, index: str, expression: str) -> list[int]:
    with Database(path) as db, db.read() as connection:
        found = connection.exec_driver_sql(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid", (expression,)
        )
        return [row[0] for row in found]


def in_step(path: Path) -> bool:
    """Whether the index of a file agrees with its rows."""
    raw = connect_to_read(path)
    try:
        raw.execute("BEGIN")
        return agrees(raw)
    finally:
        raw.close()


def test_people_are_found_by_their_names_as_soon_as_they_are_written(file: Path) -> None:
    assert people(file, matching(["nunez"], begun=False)) == [1]
    assert people(file, matching(["guity", "bogr"], begun=False)) == []
    assert people(file, matching(["guity", "bogr"], begun=True)) == [2]
    assert people(file, matching(["de", "la", "o"], begun=False)) == [3]
    assert in_step(file)


def test_a_corrected_name_is_found_and_the_old_one_is_not(db: Database, file: Path) -> None:
    name = {"given_names": "Mara", "surnames": "Zepeda", "match_key": match_key("Mara", "Zepeda")}
    change(db, "correct_name", Participant, {1: name})
    assert people(file, matching(["zepeda"], begun=False)) == [1]
    assert people(file, matching(["nunez"], begun=False)) == []
    assert in_step(file)


def test_undo_puts_the_index_back_as_well(db: Database, file: Path) -> None:
    name = {"given_names": "Mara", "surnames": "Zepeda", "match_key": match_key("Mara", "Zepeda")}
    number = change(db, "correct_name", Participant, {1: name})
    undo(db, number, ACTOR, None)
    assert people(file, matching(["nunez"], begun=False)) == [1]
    assert people(file, matching(["zepeda"], begun=False)) == []
    assert in_step(file)


def test_the_last_characters_of_any_number_of_a_person_find(db: Database, file: Path) -> None:
    assert people(file, matching_tail("0801199000002")) == [2]
    change(db, "record_number", Participant, {2: {"police_number": "P77 9123"}})
    with db.write(Entry(ACTOR, "add_document", "passport")) as tx:
        document = {"participant_id": 3, "kind": DocumentKind.PASSPORT, "country": "COL", "number": "AV5566"}
        (key,) = tx.insert(ParticipantDocument, [document])
    assert people(file, matching_tail("9123")) == [2]
    assert people(file, matching_tail("5566")) == [3]
    with db.write(Entry(ACTOR, "move_document", "passport")) as tx:
        tx.update(ParticipantDocument, {key: {"participant_id": 1}})
    assert people(file, matching_tail("5566")) == [1]
    with db.write(Entry(ACTOR, "drop_document", "passport")) as tx:
        tx.delete(ParticipantDocument, [key])
    assert people(file, matching_tail("5566")) == []
    assert in_step(file)


def test_a_new_title_of_a_course_finds_its_offerings(db: Database, file: Path) -> None:
    assert len(entries(file, "fotografia")) == 2, "the course and its offering"
    change(db, "change_catalogue", Course, {1: {"title": "Balística"}})
    assert entries(file, "fotografia") == []
    assert len(entries(file, "balist 001")) == 1
    change(db, "correct_code", Offering, {1: {"code": "777-2018"}})
    assert len(entries(file, "777 balistica")) == 1
    assert in_step(file)


def test_signs_in_a_number_are_folded_as_those_that_are_typed(db: Database, file: Path) -> None:
    with db.write(Entry(ACTOR, "file_letter", "letter")) as tx:
        letter = {"uid": tx.new_uid(), "kind": SourceKind.LETTER, "number": "Oficio N.º 12/2019-ÑU"}
        (key,) = tx.insert(SourceDocument, [letter])
    assert len(entries(file, "oficio n.º 12/2019")) == 1
    assert len(entries(file, "12 NU")) == 1
    change(db, "correct_letter", SourceDocument, {key: {"number": None}})
    assert entries(file, "oficio") == []
    assert in_step(file)


def test_a_write_that_fails_leaves_the_index_as_it_was(db: Database, file: Path) -> None:
    with pytest.raises(KeyError), db.write(Entry(ACTOR, "correct_name", "x")) as tx:  # noqa: PT012
        tx.update(Participant, {1: {"match_key": "otra"}})
        tx.update(Participant, {99: {"match_key": "nobody"}})
    assert people(file, matching(["nunez"], begun=False)) == [1]
    assert in_step(file)


def test_a_copy_brings_its_index_along(file: Path, tmp_path: Path) -> None:
    copy = backup(file, tmp_path / "copy.eic")
    assert people(copy, matching(["nunez"], begun=False)) == [1]
    assert in_step(copy)


DAMAGES = {
    "a name changed past the program": "UPDATE participant SET match_key = 'otra' WHERE id = 1",
    "an entry taken out": "DELETE FROM search_entry",
    "an entry changed": "UPDATE search_entry SET words = 'otra'",
    "a word put in": "INSERT INTO search_person (rowid, words) VALUES (2, 'nunez')",
    "a word taken out": "INSERT INTO search_person (search_person, rowid, words) VALUES ('delete', 1, 'nunez')",
    "everything taken out": "INSERT INTO search_person (search_person) VALUES ('delete-all')",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_doctor_tells_of_an_index_that_disagrees_and_building_it_anew_mends_it(file: Path, damage: str) -> None:
    with forging.plain(file) as connection:
        connection.execute(DAMAGES[damage])
    assert "search" in {check.code for check in doctor(file) if not check.ok}
    rebuild_search(file)
    assert "search" in {check.code for check in doctor(file) if check.ok}
    assert in_step(file)


DESTROYED = {
    "its format": "UPDATE search_person_config SET v = 0",
    "its structure": "UPDATE search_person_data SET block = x'00' WHERE id = 10",
    "its lists": "UPDATE search_person_data SET block = x'A5A5A5A5' WHERE id > 10",
}


@pytest.mark.parametrize("damage", DESTROYED)
def test_a_damaged_index_is_told_and_built_anew(file: Path, damage: str) -> None:
    with forging.plain(file) as connection:
        connection.execute(DESTROYED[damage])
    assert not all(check.ok for check in doctor(file) if check.code != "copies")
    with Database(file) as db, suppress(FileProblem):
        change(db, "correct_name", Participant, {1: {"match_key": "otra"}})
    with suppress(FileProblem):
        people(file, matching(["nunez"], begun=True))
    rebuild_search(file)
    assert in_step(file)
    assert {check.code: check.ok for check in doctor(file)}["integrity"]


def test_doctor_looks_at_the_index_without_changing_the_file(file: Path) -> None:
    before = file.read_bytes()
    assert in_step(file)
    assert {check.code: check.ok for check in doctor(file)}["search"]
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_the_index_is_no_part_of_the_journal(db: Database, file: Path) -> None:
    rebuild_search(file)
    with db.read() as connection:
        named = connection.exec_driver_sql("SELECT count(*) FROM change WHERE table_name LIKE 'search%'").scalar_one()
    assert named == 0
    assert {check.code: check.ok for check in doctor(file)}["journal"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(names=st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=4))
def test_whoever_has_words_in_the_name_is_found_by_them(names: list[str], template: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(template, tmp_path / "small.eic"))
    keys = [match_key(name.encode("utf-8", "ignore").decode(), "Apellido") for name in names]
    with Database(file) as db:
        for position, name in enumerate(keys):
            change(db, "correct_name", Participant, {1 + position % 3: {"match_key": name}})
    last: dict[int, str] = {1 + position % 3: name for position, name in enumerate(keys)}
    for key, name in last.items():
        for typed in words(name):
            if name.isascii():
                assert key in people(file, matching([typed], begun=False)), (typed, name)
            assert key in people(file, matching([typed[:3]], begun=True)), (typed, name)
    assert in_step(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(), st.text(alphabet="\"'*-+:^(){} ANDORNEAR\u00f1\ufe0f\U0001e900a1")))
def test_no_text_is_an_error_of_the_index(text: str, template: Path) -> None:
    typed = words(text)
    if typed:
        entries(template, text)
        for begun in (False, True):
            assert set(people(template, matching(typed, begun=begun))) <= EVERYBODY
        assert set(people(template, matching_tail("".join(typed)))) <= EVERYBODY


def test_an_older_sqlite_program_reads_and_keeps_the_index(file: Path) -> None:
    with forging.plain(file) as connection:
        assert sqlite3.sqlite_version_info >= (3, 37)
        asked: list[Any] = connection.execute(
            "SELECT rowid FROM search_person WHERE search_person MATCH 'jos*'"
        ).fetchall()
        assert asked == [(1,)]
        connection.execute("INSERT INTO search_person (search_person, rank) VALUES ('integrity-check', 1)")
        connection.execute("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)")
