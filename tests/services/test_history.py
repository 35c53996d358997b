"""Tests of taking journal entries back as a use-case."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.errors import Refused, UserError
from eic_tracker.services.history import undo_set
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.tables.reference import Institution
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school, user, values

EDIT = Entry(Actor("registrar"), "edit", "test")


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
