"""Tests of rows that stayed out of a list: they come in later, are put aside, or go back to who sent them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.errors import Refused, UserError
from eic_tracker.exchange.by_hand import ByHand
from eic_tracker.exchange.lists import read_list as list_of_file
from eic_tracker.exchange.rows import KnownTexts
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.history import undo_set
from eic_tracker.services.import_people import ImportDraft, Imported, import_list
from eic_tracker.services.list_imports import list_imports
from eic_tracker.services.list_sources import ReviewRequest, review_source
from eic_tracker.services.pending_rows import export_left_out, open_pending, pending_lists
from eic_tracker.store.database import Database
from tests.services.lists_at_hand import LETTER, SIX, error, outcomes, person_row, read_list, review, take_in
from tests.services.school import school, user, values


def waiting_of(db: Database, found: Imported) -> dict[tuple[str, int], int]:
    """The rows of the list that wait, by where they stand."""
    source = open_pending(db, user(db, Role.REGISTRAR), list_imports(db, user(db, Role.REGISTRAR))[0].id)
    assert found.left_out == len(source.waiting)
    return dict(source.waiting)


def test_rows_that_wait_come_in_corrected_or_are_put_aside_for_good_and_the_others_stay(tmp_path: Path) -> None:
    lost = [
        person_row(20 + n, "Rosa", f"Perdida {'ABC'[n]}", problems=(error(),), written={"document": "8E+11"})
        for n in range(3)
    ]
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        first = take_in(db, read_list(person_row(2, "Ana", "Inventada Seis", "0801199500006"), *lost), "001-2019")
        waiting = waiting_of(db, first)
        assert [(each.file, each.rows) for each in pending_lists(db, acting, 2)] == [("nomina.xlsx", 3)]
        source = open_pending(db, acting, list_imports(db, acting)[0].id)
        hand = ByHand(typed={("Hoja1", 20): {"document": "0801199500020"}}, left_out=frozenset({("Hoja1", 21)}))
        found = review_source(db, acting, ReviewRequest(source, 2, by_hand=hand), dt.date(2019, 1, 1))
        assert outcomes(found) == ["new", "error", "error"]
        done = import_list(db, acting, ImportDraft(found, LETTER, waiting=waiting))
        assert len(done.enrolments) == 1
        left = open_pending(db, acting, 1)
        assert list(left.waiting) == [("Hoja1", 22)]
        assert left.kept[0].cells["document"] == "8E+11"
        with pytest.raises(Refused):
            import_list(db, acting, ImportDraft(replace(found, stamp=newest(db)), LETTER, waiting=waiting))
        assert done.set_id is not None
        undo_set(db, acting, done.set_id, "the wrong list")
        assert len(open_pending(db, acting, 1).waiting) == 3


def newest(db: Database) -> int:
    """The number of the newest entry."""
    return int(str(values(db, "SELECT max(id) FROM change_set")[0][0]))


def test_rows_that_stay_out_leave_as_a_workbook_whole_or_not_at_all(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        found = review(db, read_list(*SIX), "001-2019")
        path = tmp_path / "fuera.xlsx"
        export_left_out(db, acting, found, path, t=Translator(Language.ES))
        lists = list_of_file(path, "people", {}, KnownTexts(), today=dt.date(2019, 1, 1))
        assert [row.given_names for row in lists[0].rows] == ["Pedro"]
        before = path.read_bytes()
        with pytest.raises((UserError, OSError)):
            export_left_out(db, acting, found, tmp_path, t=Translator(Language.ES))
        assert path.read_bytes() == before
        assert values(db, "SELECT people FROM export") == [(1,), (1,)]
