"""Tests of merging two records of one person, and of taking them apart again exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.counting import figure
from eic_tracker.errors import Refused, UserError
from eic_tracker.queries.facts import read_facts
from eic_tracker.services.certificates import prepare_certificates
from eic_tracker.services.merging import MergeDraft, merge_people, merge_preview, tell_apart, unmerge_people
from eic_tracker.store.database import Database
from eic_tracker.store.journal import verify
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import NOW, school, user, values
from tests.services.test_import_people import add_person

KEPT, GONE = 1, 2
"""Two people of the small school who completed the same closed course and sit in the same open one."""


def draft(kept: int = KEPT, gone: int = GONE, *take: str) -> MergeDraft:
    """A merge that takes these fields of the record that goes."""
    return MergeDraft(kept, gone, frozenset(take))


def rows_of(db: Database) -> list[list[tuple[object, ...]]]:
    """All that a merge may touch, as it stands."""
    tables = ("participant", "enrolment", "certificate", "participant_document", "different_people", "vetting")
    return [values(db, f"SELECT * FROM {table} ORDER BY id") for table in tables]


def persons(db: Database) -> int:
    """The persons counted at the end of 2018."""
    with db.read() as connection:
        return figure(read_facts(connection, "EIC"), Measure.PERSONS, as_of=NOW.date())


def alone(db: Database, **columns: object) -> int:
    """A further record that sits in no course."""
    return add_person(db, "María", "Núñez", **columns)


def test_what_the_kept_record_lacks_is_proposed_and_nothing_else(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        gone = alone(db, phone="99887766", sex="M", police_number="P-1")
        found = merge_preview(db, user(db, Role.REGISTRAR), KEPT, gone)
        assert [choice.field for choice in found.fields if choice.take] == ["police_number", "phone"]
        names = next(choice for choice in found.fields if choice.field == "given_names")
        assert (names.kept, names.gone, names.take) == ("María José", "María", False)


def test_the_record_that_goes_names_the_one_that_stands_and_gives_what_was_chosen(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        gone = alone(db, phone="99887766", police_number="P-1")
        merge_people(db, user(db, Role.REGISTRAR), draft(KEPT, gone, "phone", "given_names"))
        assert values(
            db, "SELECT given_names, match_key, phone, police_number FROM participant WHERE id = ?", KEPT
        ) == [("María", "hara maria nunez o", "99887766", None)]
        assert values(db, "SELECT merged_into_id FROM participant WHERE id = ?", gone) == [(KEPT,)]


def test_documents_change_places_so_that_both_numbers_still_find_the_person(tmp_path: Path) -> None:
    passport = {"document_kind": "passport", "document_country": "HND", "document_number": "E700"}
    with school(tmp_path) as db:
        gone = alone(db, **passport)
        merge_people(db, user(db, Role.REGISTRAR), draft(KEPT, gone, "document"))
        query = "SELECT id, document_kind, document_number FROM participant WHERE id IN (?, ?) ORDER BY id"
        assert values(db, query, KEPT, gone) == [
            (KEPT, "passport", "E700"),
            (gone, "national_id", "0801199000000"),
        ]


def test_of_two_rows_in_one_course_one_is_kept_and_the_other_taken_off_as_a_duplicate(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = persons(db)
        done = merge_people(db, user(db, Role.REGISTRAR), draft())
        assert [shared.code for shared in done.shared] == ["007-2018", "001-2019"]
        removed = [shared.removed_enrolment for shared in done.shared]
        query = "SELECT e.id, e.status, g.code FROM enrolment e JOIN ground g ON g.id = e.ground_id ORDER BY e.id"
        assert values(db, query) == [(key, "removed", "removed-duplicate") for key in sorted(removed)]
        assert persons(db) == before - 1


def test_the_row_that_says_more_is_kept_whosever_it_is(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        done = merge_people(db, user(db, Role.REGISTRAR), draft(3, 1))
        closed = done.shared[0]
        assert values(db, "SELECT status FROM enrolment WHERE id = ?", closed.kept_enrolment) == [("completed",)]


def test_taken_apart_again_both_are_exactly_what_they_were(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        tell_apart(db, user(db, Role.REGISTRAR), KEPT, GONE)
        before = rows_of(db)
        merge_people(db, user(db, Role.REGISTRAR), draft(KEPT, GONE, "document", "surnames", "sex"))
        assert rows_of(db) != before
        unmerge_people(db, user(db, Role.REGISTRAR), GONE, "two people after all")
        assert rows_of(db) == before
        with db.read() as connection:
            assert verify(connection, []) is None


def test_later_work_on_other_rows_does_not_stand_in_the_way(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        merge_people(db, user(db, Role.REGISTRAR), draft())
        with db.write(Entry(Actor("test"), "edit", "person")) as tx:
            tx.update(Participant, {KEPT: {"phone": "22334455"}, 4: {"phone": "33445566"}})
        unmerge_people(db, user(db, Role.REGISTRAR), GONE, "two people after all")
        assert values(db, "SELECT merged_into_id, phone FROM participant WHERE id IN (1, 2) ORDER BY id") == [
            (None, "22334455"),
            (None, None),
        ]


def test_later_work_on_what_the_merge_changed_is_named_and_nothing_happens(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        done = merge_people(db, user(db, Role.REGISTRAR), draft())
        with db.write(Entry(Actor("test"), "record_grade", "enrolment")) as tx:
            tx.update(Enrolment, {done.shared[0].removed_enrolment: {"final_grade": 8000}})
        before = rows_of(db)
        with pytest.raises(Refused, match="record_grade"):
            unmerge_people(db, user(db, Role.REGISTRAR), GONE, "two people after all")
        assert rows_of(db) == before


def test_a_certificate_stays_on_the_row_that_is_kept(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        with pytest.raises(Refused, match="007-2018"):
            merge_people(db, user(db, Role.REGISTRAR), draft())
        done = merge_people(db, user(db, Role.REGISTRAR), draft(3, 1))
        (owner,) = values(db, "SELECT participant_id FROM enrolment WHERE id = ?", done.shared[0].kept_enrolment)
        assert owner == (1,)


def test_a_closed_quarter_is_restated_when_people_are_merged_and_when_they_are_taken_apart(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "close_quarter", "2018Q4")) as tx:
            tx.insert(ClosedQuarter, [{"period": "2018Q4", "closed_at": tx.at}])
        before = rows_of(db)
        done = merge_people(db, user(db, Role.REGISTRAR), draft())
        assert done.quarters_restated == ("2018Q4",)
        back = unmerge_people(db, user(db, Role.REGISTRAR), GONE, "two people after all")
        assert back.quarters_restated == ("2018Q4",)
        assert rows_of(db) == before
        query = "SELECT old_value, new_value FROM restatement WHERE measure = 'persons' ORDER BY id"
        assert values(db, query) == [(2, 1), (1, 2)]


def test_records_that_are_one_already_or_are_not_there_are_told(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        merge_people(db, acting, draft())
        with pytest.raises(Refused, match="one person already"):
            merge_people(db, acting, draft())
        with pytest.raises(UserError, match="no person 999"):
            merge_people(db, acting, draft(KEPT, 999))
        with pytest.raises(UserError, match="no field shoe"):
            merge_people(db, acting, draft(KEPT, 4, "shoe"))
        with pytest.raises(Refused, match="not merged"):
            unmerge_people(db, acting, 4, "why not")
        with pytest.raises(UserError, match="needs a reason"):
            unmerge_people(db, acting, GONE, "  ")


def test_a_merge_that_was_taken_apart_can_be_made_and_taken_apart_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        before = rows_of(db)
        for _ in range(2):
            merge_people(db, acting, draft())
            unmerge_people(db, acting, GONE, "two people after all")
        assert rows_of(db) == before


def test_two_people_are_told_apart_once(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        assert tell_apart(db, acting, 3, 1) is not None
        assert tell_apart(db, acting, 1, 3) is None
        assert values(db, "SELECT first_id, second_id FROM different_people") == [(1, 3)]


def test_a_trial_of_taking_apart_says_whether_it_can_be_and_keeps_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        done = merge_people(db, acting, MergeDraft(KEPT, GONE, frozenset(), "one person, two spellings"))
        assert values(db, "SELECT reason FROM change_set WHERE id = ?", done.set_id) == [("one person, two spellings",)]
        before = rows_of(db)
        assert unmerge_people(db, acting, GONE, "trial", trial=True).set_id is None
        assert rows_of(db) == before
        assert values(db, "SELECT max(id) FROM change_set") == [(done.set_id,)]
        with db.write(Entry(Actor("test"), "record_grade", "enrolment")) as tx:
            tx.update(Enrolment, {done.shared[0].removed_enrolment: {"final_grade": 8000}})
        with pytest.raises(Refused):
            unmerge_people(db, acting, GONE, "trial", trial=True)
