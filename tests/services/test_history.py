"""Tests of the journal as people read it, and of taking entries back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eic_tracker.domain.codes import ActKind, Operation, Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.queries.identities import PEOPLE_TABLES
from eic_tracker.queries.listing import Request
from eic_tracker.reports.journal_words import USE_CASES
from eic_tracker.services.historical_totals import TotalDocument, approve_total, document_total, withdraw_total
from eic_tracker.services.history import (
    DONE_AGAIN,
    UNDONE_AT_ONCE,
    ColumnChange,
    entry_detail,
    history_of,
    last_redoable,
    last_undoable,
    undo_own,
    undo_set,
    verify_journal,
)
from eic_tracker.services.history_names import named_entry
from eic_tracker.services.listings import LISTINGS, list_choices, list_keys, list_rows
from eic_tracker.services.undo_rights import ASKED, NEVER_ASKED
from eic_tracker.store.database import Database
from eic_tracker.store.history import journalled_tables
from eic_tracker.store.tables.certificates import Act
from eic_tracker.store.tables.courses import Enrolment, Offering
from eic_tracker.store.tables.documents import SourceKind
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.tables.instructors import Accreditation, Assignment, AssignmentRole, Instructor, Rotation
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.tables.reference import Institution
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry, Tx
from tests.services.school import school, user, values
from tests.services.test_historical_totals import add_total

EDIT = Entry(Actor("registrar"), "save_list_item", "test")


def test_an_entry_that_is_counted_in_a_closed_quarter_is_corrected_and_not_taken_back(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(EDIT) as tx:
            tx.update(Enrolment, {1: {"post": "Investigador"}})
        with db.write(Entry(Actor("test"), "close_quarter", "2018Q4")) as closing:
            closing.insert(ClosedQuarter, [{"period": "2018Q4", "closed_at": closing.at}])
        with pytest.raises(Refused, match="closed quarter 2018Q4"):
            undo_set(db, user(db, Role.MANAGER), tx.set_id, "mistake")
        assert values(db, "SELECT post FROM enrolment WHERE id = 1") == [("Investigador",)]


def test_taking_back_needs_a_reason_and_gives_the_old_value_back(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = values(db, "SELECT name FROM institution WHERE id = 1")
        with db.write(EDIT) as tx:
            tx.update(Institution, {1: {"name": "Otro nombre"}})
        with pytest.raises(UserError, match="needs a reason"):
            undo_set(db, user(db, Role.REGISTRAR), tx.set_id, "  ")
        undo_set(db, user(db, Role.REGISTRAR), tx.set_id, "mistake")
        assert values(db, "SELECT name FROM institution WHERE id = 1") == before


@contextmanager
def by(db: Database, acting: ActingUser, use_case: str = "save_list_item") -> Iterator[Tx]:
    """A write of a user."""
    with db.write(Entry(Actor(acting.login, acting.id), use_case, "test")) as tx:
        yield tx


def renamed(db: Database, acting: ActingUser, name: str) -> int:
    """Give the first institution another name; the entry's number."""
    with by(db, acting) as tx:
        tx.update(Institution, {1: {"name": name}})
    return tx.set_id


def name_now(db: Database) -> object:
    return values(db, "SELECT name FROM institution WHERE id = 1")[0][0]


def close_quarter(db: Database, period: str) -> None:
    with db.write(Entry(Actor("test"), "close_quarter", period)) as tx:
        tx.insert(ClosedQuarter, [{"period": period, "closed_at": tx.at}])


def test_a_quarter_that_is_closed_at_the_last_moment_still_bars_the_undo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with school(tmp_path) as db, Database(tmp_path / "school.eic") as other:
        manager = user(db, Role.MANAGER)
        with by(db, manager) as tx:
            tx.update(Enrolment, {1: {"post": "Investigador"}})
        write = db.write

        def closing_first(entry: Entry) -> object:
            monkeypatch.setattr(db, "write", write)
            close_quarter(other, "2018Q4")
            return write(entry)

        monkeypatch.setattr(db, "write", closing_first)
        with pytest.raises(Refused, match="closed quarter 2018Q4"):
            undo_set(db, manager, tx.set_id, "mistake")
        assert values(db, "SELECT post FROM enrolment WHERE id = 1") == [("Investigador",)]


def test_what_would_come_back_into_a_closed_quarter_is_not_taken_back(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        with by(db, manager) as moved:
            tx_days = {"starts_on": dt.date(2019, 2, 1), "ends_on": dt.date(2019, 2, 8)}
            moved.update(Offering, {1: tx_days})
        with by(db, manager) as merged:
            merged.update(Participant, {5: {"merged_into_id": 4}})
        close_quarter(db, "2018Q4")
        with pytest.raises(Refused, match="closed quarter 2018Q4"):
            undo_set(db, manager, moved.set_id, "mistake")
        undo_set(db, manager, merged.set_id, "not the same person")


def test_merged_records_of_a_closed_quarter_stay_merged(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        with by(db, manager) as merged:
            merged.update(Participant, {5: {"merged_into_id": 4}})
        close_quarter(db, "2018Q4")
        with pytest.raises(Refused, match="closed quarter 2018Q4"):
            undo_set(db, manager, merged.set_id, "not the same person")


def test_undo_and_redo_by_a_key_walk_back_and_forth(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        before = name_now(db)
        first, second = renamed(db, registrar, "uno"), renamed(db, registrar, "dos")
        assert last_redoable(db, registrar) is None
        for expected, name in ((second, "uno"), (first, before)):
            entry = last_undoable(db, registrar)
            assert entry is not None
            assert entry.id == expected
            undo_own(db, registrar, entry.id)
            assert name_now(db) == name
        assert last_undoable(db, registrar) is None
        for name in ("uno", "dos"):
            entry = last_redoable(db, registrar)
            assert entry is not None
            undo_own(db, registrar, entry.id)
            assert name_now(db) == name
        assert last_redoable(db, registrar) is None
        entry = last_undoable(db, registrar)
        assert entry is not None
        undo_own(db, registrar, entry.id)
        assert name_now(db) == "uno"
        reasons = values(db, "SELECT reason FROM change_set WHERE undoes_id IS NOT NULL ORDER BY id")
        assert reasons == [(UNDONE_AT_ONCE,)] * 2 + [(DONE_AGAIN,)] * 2 + [(UNDONE_AT_ONCE,)]


def test_something_new_leaves_nothing_to_do_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        undo_own(db, registrar, renamed(db, registrar, "uno"))
        assert last_redoable(db, registrar) is not None
        newest = renamed(db, registrar, "dos")
        assert last_redoable(db, registrar) is None
        entry = last_undoable(db, registrar)
        assert entry is not None
        assert entry.id == newest


def test_the_key_takes_back_own_work_of_a_kind_that_can_be_taken_back(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        number = renamed(db, registrar, "uno")
        with by(db, registrar, "sign_in") as tx:
            tx.update(User, {registrar.id: {"failed_attempts": 1}})
        with by(db, registrar, "correct_enrolment") as tx:
            tx.update(Enrolment, {1: {"post": "Investigador"}})
        entry = last_undoable(db, registrar)
        assert entry is not None
        assert entry.id == number
        assert last_undoable(db, manager) is None
        with pytest.raises(Refused, match="was made by registrar"):
            undo_own(db, manager, number)
        for role in (Role.INSTRUCTOR, Role.AUDITOR):
            assert last_undoable(db, user(db, role)) is None
            assert last_redoable(db, user(db, role)) is None


def test_every_use_case_of_the_journal_says_who_may_take_it_back(tmp_path: Path) -> None:
    assert ASKED.keys() | NEVER_ASKED == USE_CASES.keys() - {"undo"}
    assert not ASKED.keys() & NEVER_ASKED


@pytest.mark.parametrize(
    ("use_case", "label", "roles"),
    [
        ("merge_participants", "test", {Role.REGISTRAR}),
        ("record_offering", "001-2019", {Role.REGISTRAR}),
        ("record_class_groups", "2019-01", {Role.REGISTRAR}),
        ("document_historical_total", "historical total 1", {Role.REGISTRAR, Role.MANAGER}),
        ("approve_historical_total", "historical total 1", {Role.MANAGER}),
        ("set_targets", "2019", {Role.MANAGER}),
        ("change_settings", "school", {Role.ADMINISTRATOR}),
        ("save_list_item", "unit UNI", {Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR}),
        ("end_list_item", "municipality 0801", {Role.ADMINISTRATOR}),
        ("of_a_newer_program", "test", set()),
    ],
)
def test_who_may_not_do_a_thing_takes_it_neither_back_nor_does_it_again(
    tmp_path: Path, use_case: str, label: str, roles: set[Role]
) -> None:
    """Also the own entry of before, when the user had another role."""
    with school(tmp_path) as db:
        for role in Role:
            acting = user(db, role)
            with db.write(Entry(Actor(acting.login, acting.id), use_case, label)) as tx:
                tx.update(Institution, {1: {"name": f"Otra {role}"}})
            undoable = last_undoable(db, acting)
            if role in roles:
                assert undoable is not None
                assert undoable.id == tx.set_id
                undo_own(db, acting, tx.set_id)
                again = last_redoable(db, acting)
                assert again is not None
                done = undo_own(db, acting, again.id)
                assert name_now(db) == f"Otra {role}"
                undo_own(db, acting, done)
                continue
            assert undoable is None
            with pytest.raises(Refused, match=r"may not|does not know"):
                undo_own(db, acting, tx.set_id)
            assert name_now(db) == f"Otra {role}"


def test_a_withdrawn_total_that_was_approved_comes_back_by_a_manager_only(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        total = add_total(db)
        paper = TotalDocument(total, SourceKind.REPORT, "1-2016", dt.date(2016, 1, 1), "1")
        document_total(db, registrar, paper)
        approve_total(db, manager, total)
        withdraw_total(db, manager, total, "repetido")
        entry = last_undoable(db, manager)
        assert entry is not None
        with pytest.raises(Refused, match="may not"):
            undo_own(db, replace(manager, role=Role.REGISTRAR), entry.id)
        undo_own(db, manager, entry.id)
        assert values(db, "SELECT approved_by_id FROM historical_total WHERE id = ?", total) == [(manager.id,)]


def test_later_work_on_the_same_row_is_told_with_its_number(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        number = renamed(db, registrar, "uno")
        later = renamed(db, manager, "dos")
        with pytest.raises(Refused, match=f"{later} "):
            undo_own(db, registrar, number)
        assert name_now(db) == "dos"


def test_an_entry_shows_each_column_before_and_after(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        before = name_now(db)
        number = renamed(db, manager, "uno")
        detail = entry_detail(db, manager, number)
        (row,) = detail.rows
        assert (row.table, row.row_id, row.operation) == ("institution", 1, Operation.UPDATE)
        assert row.columns == (ColumnChange("name", before, "uno"),)
        assert (detail.hidden, detail.more, detail.may_undo) == (0, 0, True)
        undo_own(db, manager, number)
        assert not entry_detail(db, manager, number).may_undo
        assert entry_detail(db, manager, number).entry.undone_by == number + 1


def test_who_may_not_read_people_sees_that_rows_changed_but_not_which(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with by(db, user(db, Role.REGISTRAR)) as tx:
            tx.update(Participant, {1: {"given_names": "María"}, 2: {"given_names": "Óscar"}})
            tx.update(Institution, {1: {"name": "uno"}})
        hidden = entry_detail(db, user(db, Role.ADMINISTRATOR), tx.set_id)
        assert [row.table for row in hidden.rows] == ["institution"]
        assert hidden.hidden == 2
        assert "María" not in repr(hidden)
        shown = entry_detail(db, user(db, Role.AUDITOR), tx.set_id)
        assert ({row.table for row in shown.rows}, shown.hidden) == ({"participant", "institution"}, 0)


TELL_OF_NOBODY = frozenset(
    [
        "assignment",
        "attachment",
        "audit_sample",
        "authorisation",
        "certificate_template",
        "certificate_template_version",
        "certificate_series",
        "class_group",
        "class_group_grade",
        "class_lesson",
        "class_officer",
        "closed_quarter",
        "course",
        "course_module",
        "course_version",
        "curriculum",
        "curriculum_lesson",
        "curriculum_version",
        "department",
        "export",
        "figure_explanation",
        "file_info",
        "force",
        "ground",
        "historical_total",
        "indicator",
        "institution",
        "institution_alias",
        "list_import",
        "municipality",
        "name_keeping",
        "offering",
        "offering_day",
        "offering_module",
        "periodic_report",
        "periodic_report_signer",
        "programme",
        "published_figure",
        "quarter_cell",
        "quarter_figure",
        "quarter_paper",
        "rank",
        "rank_alias",
        "register_book",
        "remembered_column",
        "restatement",
        "school",
        "setting",
        "signatory",
        "signatory_absence",
        "signing_key",
        "source_document",
        "target",
        "trust_list",
        "unit",
        "unit_alias",
        "user",
    ]
)
"""Tables without participants and those who teach them, but by their keys."""


def test_of_each_table_it_is_said_whether_the_history_hides_it_from_who_reads_no_people() -> None:
    assert not PEOPLE_TABLES & TELL_OF_NOBODY
    assert set(journalled_tables()) == PEOPLE_TABLES | TELL_OF_NOBODY


def test_an_administrator_reads_no_name_of_an_instructor_in_the_history(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with by(db, user(db, Role.MANAGER)) as tx:
            tx.update(Instructor, {1: {"given_names": "Renata"}})
            tx.insert(Assignment, [{"offering_id": 2, "instructor_id": 1, "role": AssignmentRole.ASSISTANT}])
            tx.insert(Rotation, [{"instructor_id": 1, "starts_on": dt.date(2018, 1, 1), "counterpart": "Renata"}])
            tx.insert(Accreditation, [{"instructor_id": 1, "title": "Facilitadora Renata", "authority": "UNPH"}])
            tx.insert(Act, [{"uid": tx.new_uid(), "kind": ActKind.CLOSING, "number": 1, "year": 2018,
                             "offering_id": 2, "present": "Renata"}])  # fmt: skip
        number = tx.set_id
        for role, may_read in ((Role.ADMINISTRATOR, False), (Role.AUDITOR, True)):
            entry = named_entry(db, user(db, role), number)
            assert ("Renata" in repr(entry)) is may_read
            assert entry.detail.hidden == (0 if may_read else 4)
        ((code,),) = values(db, "SELECT code FROM instructor WHERE id = 1")
        assert named_entry(db, user(db, Role.ADMINISTRATOR), number).names["instructor", 1] == code


def test_a_password_leaves_no_trace_in_what_is_shown(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        auditor = user(db, Role.AUDITOR)
        with by(db, user(db, Role.ADMINISTRATOR), "set_password") as tx:
            tx.update(User, {auditor.id: {"password_hash": "secret hash"}})
        (row,) = entry_detail(db, auditor, tx.set_id).rows
        assert row.columns == (ColumnChange("password_hash", None, None, withheld=True),)


def test_an_instructor_reads_own_entries_alone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with by(db, user(db, Role.MANAGER)) as tx:
            tx.update(User, {user(db, Role.INSTRUCTOR).id: {"instructor_id": 1}})
        instructor = user(db, Role.INSTRUCTOR)
        number = renamed(db, user(db, Role.MANAGER), "uno")
        with by(db, instructor, "record_grades") as own:
            own.update(Enrolment, {1: {"final_grade": 9000}})
        assert list(list_keys(db, instructor, "history", Request())) == [own.set_id]
        assert [row.table for row in entry_detail(db, instructor, own.set_id).rows] == ["enrolment"]
        with pytest.raises(UserError, match=f"no entry {number}"):
            entry_detail(db, instructor, number)


def test_the_history_of_a_record_holds_what_touched_it_or_belongs_to_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        with by(db, manager) as of_roster:
            of_roster.update(Enrolment, {1: {"post": "Investigador"}})
        with by(db, manager) as elsewhere:
            elsewhere.update(Institution, {1: {"name": "uno"}})
        with by(db, manager) as away:
            away.update(Participant, {2: {"merged_into_id": 1}})
        courses = [row.id for row in history_of(db, manager, "offering", 1)]
        assert courses[0] == of_roster.set_id
        assert elsewhere.set_id not in courses
        person = [row.id for row in history_of(db, manager, "participant", 1)]
        assert person[:2] == [away.set_id, of_roster.set_id]
        assert next(row.id for row in history_of(db, manager, "institution", 1)) == elsewhere.set_id
        with pytest.raises(Refused):
            history_of(db, user(db, Role.INSTRUCTOR), "institution", 1)
        with pytest.raises(UserError, match="may not see"):
            history_of(db, user(db, Role.ADMINISTRATOR), "participant", 1)


def test_entries_name_who_made_them_and_tell_namesakes_apart(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager, registrar = user(db, Role.MANAGER), user(db, Role.REGISTRAR)
        number = renamed(db, manager, "uno")

        def named(acting: ActingUser) -> str:
            return str(list_rows(db, acting, "history", [number])[number].actor_name)

        assert named(manager) == "Manager"
        assert number in list_keys(db, manager, "history", Request(text="manager"))
        choices = list_choices(db, manager, "history", "actor")
        assert ("manager", "Manager") in [(choice.code, choice.name) for choice in choices]
        with by(db, manager) as tx:
            tx.update(User, {registrar.id: {"full_name": "Manager"}})
        assert named(manager) == "Manager (manager)"


def test_the_list_of_entries_can_be_searched_filtered_and_ordered(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        number = renamed(db, manager, "uno")
        undone = undo_set(db, manager, number, "era otro nombre")
        everything = list(list_keys(db, manager, "history", Request()))
        assert everything == sorted(everything, reverse=True)
        row = list_rows(db, manager, "history", [undone])[undone]
        assert (row.undoes, row.reason, row.actor, row.use_case) == (number, "era otro nombre", "manager", "undo")

        def found(*filters: tuple[str, str], text: str = "") -> list[int]:
            return list(list_keys(db, manager, "history", Request(text=text, filters=filters)))

        assert found(("actor", "manager")) == [undone, number]
        assert found(("kind", "undo")) == [undone]
        assert found(("kind", "undone")) == [number]
        assert found(("table", "institution"), ("use_case", "undo")) == [undone]
        assert found(("month", "2018-12"), ("actor", "manager")) == [undone, number]
        assert found(("from", "2019-01-01"), ("actor", "manager")) == []
        assert found(text="otro nombre") == [undone]
        assert found(text=str(number))[-1] == number
        for name in LISTINGS["history"].orders:
            assert sorted(list_keys(db, manager, "history", Request(order=name))) == sorted(everything)
        for name in LISTINGS["history"].filters:
            for choice in list_choices(db, manager, "history", name):
                assert set(found((name, choice.code))) <= set(everything)


@given(steps=st.lists(st.sampled_from(["edit 1", "edit 2", "undo", "redo"]), min_size=4, max_size=14))
@example(steps=["edit 1", "undo", "edit 1", "undo", "redo", "redo"])
@example(steps=["edit 1", "undo", "edit 2", "undo", "redo", "redo", "undo", "undo"])
@settings(max_examples=25)
def test_any_walk_of_edits_undo_and_redo_leaves_what_a_stack_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    with school(tmp_path_factory.mktemp("walk")) as db:
        registrar = user(db, Role.REGISTRAR)

        def names() -> tuple[object, ...]:
            return tuple(name for (name,) in values(db, "SELECT name FROM institution WHERE id < 3 ORDER BY id"))

        done, undone = [names()], list[tuple[object, ...]]()
        for number, step in enumerate(steps):
            if step.startswith("edit"):
                with by(db, registrar) as tx:
                    tx.update(Institution, {int(step[-1]): {"name": f"nombre {number}"}})
                done, undone = [*done, names()], []
                continue
            entry = last_undoable(db, registrar) if step == "undo" else last_redoable(db, registrar)
            assert (entry is None) is (len(done) == 1 if step == "undo" else not undone)
            if entry is not None:
                undo_own(db, registrar, entry.id)
                if step == "undo":
                    undone.append(done.pop())
                else:
                    done.append(undone.pop())
            assert names() == done[-1]
        assert verify_journal(db, registrar, [])[0] is None
