"""Tests of targets: entered, corrected, approved by another, taken out, and counted by the counting rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.pace import PaceState
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import history
from eic_tracker.services.figures import rows_behind_figure
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.services.targets import (
    TargetDraft,
    approve_target,
    correct_target,
    indicator_codes,
    list_targets,
    set_indicator_code,
    set_target,
    withdraw_target,
)
from eic_tracker.store.database import Database
from tests.services.doors_of_targets import DAY, DRAFT
from tests.services.school import school, user, values

TODAY = dt.date(2019, 6, 28)
ES = Translator(Language.ES)


def test_a_target_counts_what_the_rows_say_and_opens_them(demo_folder: Path) -> None:
    with Database(demo_folder / "demo.eic") as db:
        manager = demonstration_user(db, Role.MANAGER)
        found = list_targets(db, manager, TODAY, 2019)
        eic = next(each for each in found if (each.target.programme, each.target.period.code) == ("EIC", "2019"))
        counted = rows_behind_figure(db, manager, eic.ref)
    assert (eic.approved, eic.target.value) == (True, 3000)
    assert eic.counted == counted.value == eic.pace.counted > 0
    assert eic.pace.planned == 3000 * 179 // 365
    assert {each.target.period.code for each in found} == {"2019", "2019Q1", "2019Q2", "2019Q3", "2019Q4"}
    ended = next(each for each in found if (each.target.programme, each.target.period.code) == ("EIC", "2019Q1"))
    assert ended.pace.state in (PaceState.REACHED, PaceState.MISSED)


def test_a_target_counts_as_planned_only_after_another_person_approved_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        key = set_target(db, registrar, DRAFT)
        (row,) = list_targets(db, manager, DAY)
        assert (row.approved, row.target.entered_by, row.target.document) == (False, registrar.login, "Plan 2019")
        approve_target(db, manager, key)
        with pytest.raises(Refused, match="already"):
            approve_target(db, manager, key)
        with pytest.raises(Refused, match="approved already"):
            correct_target(db, registrar, key, DRAFT)
        with pytest.raises(Refused, match="a manager can"):
            withdraw_target(db, registrar, key, "otro plan")
        assert list_targets(db, manager, DAY)[0].target.approved_by == manager.login


def test_nobody_approves_a_target_of_their_own_nor_one_that_they_corrected(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        own = set_target(db, manager, DRAFT)
        with pytest.raises(Refused, match="another person approves"):
            approve_target(db, manager, own)
        other = set_target(db, registrar, replace(DRAFT, period="2019Q1"))
        correct_target(db, manager, other, replace(DRAFT, period="2019Q1", value=700))
        with pytest.raises(Refused, match="another person approves"):
            approve_target(db, manager, other)


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"programme": "NADA"}, "programme", "EIC, GREAT"),
        ({"measure": None}, "measure", "Hace falta"),
        ({"measure": Measure.REACHED}, "measure", "EIC"),
        ({"programme": "GREAT"}, "measure", "GREAT"),
        ({"period": "2019Q5"}, "period", "2019Q5"),
        ({"period": ""}, "period", "2018Q4"),
        ({"period": "2031"}, "period", "2031"),
        ({"period": "2010"}, "period", "2010"),
        ({"value": None}, "value", "Hace falta"),
        ({"value": 0}, "value", "10,000,000"),
        ({"value": -5}, "value", "10,000,000"),
        ({"value": 10_000_001}, "value", "10,000,000"),
        ({"document": ""}, "document", "fecha"),
        ({"document": "x" * 101}, "document", "largo"),
        ({"dated": dt.date(2019, 1, 1)}, "dated", "31/12/2018"),
    ],
)
def test_what_cannot_be_a_target_is_said_at_its_field(
    tmp_path: Path, wrong: dict[str, object], field: str, said: str
) -> None:
    with school(tmp_path) as db:
        with pytest.raises(DraftRefused) as refused:
            set_target(db, user(db, Role.REGISTRAR), replace(DRAFT, **wrong))  # type: ignore[arg-type]
        assert values(db, "SELECT count(*) FROM target") == [(0,)]
    (problem,) = refused.value.problems
    assert problem.field == field
    assert said in problem.text(ES)


def test_a_second_target_for_the_same_is_refused_and_names_the_first(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        key = set_target(db, registrar, DRAFT)
        with pytest.raises(DraftRefused, match=f"number {key}"):
            set_target(db, registrar, replace(DRAFT, value=1))
        correct_target(db, registrar, key, replace(DRAFT, value=2))
        assert set_target(db, registrar, replace(DRAFT, period="FY2019")) != key, "the fiscal year is another period"


def test_taking_a_target_out_needs_a_reason_and_can_be_undone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        key = set_target(db, registrar, DRAFT)
        approve_target(db, manager, key)
        with pytest.raises(UserError, match="needs a reason"):
            withdraw_target(db, manager, key, "  ")
        withdraw_target(db, manager, key, "otro plan")
        assert list_targets(db, manager, DAY) == ()
        with pytest.raises(UserError, match="no longer in the file"):
            approve_target(db, manager, key)
        (last,) = values(db, "SELECT max(id) FROM change_set")
        history.undo_set(db, manager, int(str(last[0])), "error")
        assert list_targets(db, manager, DAY)[0].target.approved_by == manager.login


def test_the_code_of_an_indicator_is_set_changed_and_taken_away(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)

        def code() -> str | None:
            found = {(each.programme, each.measure): each.code for each in indicator_codes(db, manager)}
            assert (Measure.REACHED in {measure for programme, measure in found if programme == "EIC"}) is False
            return found["EIC", Measure.COMPLETIONS]

        assert code() is None
        for said, kept in (("INL-1.2", "INL-1.2"), (" INL-2 ", "INL-2"), ("", None)):
            set_indicator_code(db, manager, "EIC", Measure.COMPLETIONS, said)
            assert code() == kept
        with pytest.raises(DraftRefused, match="never counts"):
            set_indicator_code(db, manager, "EIC", Measure.REACHED, "X")
        with pytest.raises(DraftRefused, match="no programme"):
            set_indicator_code(db, manager, "NADA", Measure.REACHED, "X")
        with pytest.raises(UserError, match="too long"):
            set_indicator_code(db, manager, "EIC", Measure.COMPLETIONS, "x" * 101)


def test_a_target_without_a_document_is_kept(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        set_target(db, user(db, Role.REGISTRAR), TargetDraft("GREAT", Measure.GRADUATED, "af2019t1", 900))
        (row,) = list_targets(db, user(db, Role.AUDITOR), DAY)
    assert (row.target.document, row.target.period.code) == (None, "FY2019Q1")
