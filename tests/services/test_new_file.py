"""Tests of making a school's file: checked before, whole or nothing, with totals that count nothing yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.accounts import FirstUser
from eic_tracker.domain.codes import FigureState, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import FileProblem, Refused
from eic_tracker.queries.facts import read_facts
from eic_tracker.queries.figures import read_reconciliation
from eic_tracker.services.historical_totals import (
    TotalDocument,
    TotalState,
    approve_total,
    document_total,
    list_totals,
)
from eic_tracker.services.new_file import NewFile, make_file, new_file_problems, offered_totals
from eic_tracker.services.sign_in import sign_in
from eic_tracker.services.users import add_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import SourceKind
from tests.services.school import values

SECOND = FirstUser("segunda", "Segunda Persona", "otra clave larga")
DRAFT = NewFile("Escuela de prueba", "primera", "Primera Persona", "una clave larga", SECOND)
AS_OF = dt.date(2018, 12, 31)


def test_two_administrators_sign_in_to_a_new_file(tmp_path: Path) -> None:
    make_file(tmp_path / "a.eic", DRAFT, second_required=True)
    with Database(tmp_path / "a.eic") as db:
        assert sign_in(db, "primera", "una clave larga").role is Role.ADMINISTRATOR
        assert sign_in(db, "segunda", "otra clave larga").role is Role.ADMINISTRATOR
        assert values(db, "SELECT count(*) FROM historical_total") == [(0,)]


def test_the_window_asks_for_a_second_administrator_the_command_line_need_not(tmp_path: Path) -> None:
    alone = replace(DRAFT, second=None)
    assert new_file_problems(alone) == ()
    assert [problem.field for problem in new_file_problems(alone, second_required=True)] == ["second_login"]


def test_the_two_are_different_people_with_passwords_of_their_own(tmp_path: Path) -> None:
    twin = FirstUser("PRIMERA", "primera  persona", DRAFT.password)
    told = {problem.field for problem in new_file_problems(replace(DRAFT, second=twin))}
    assert told == {"second_login", "second_full_name", "second_password"}


def test_everything_wrong_is_told_before_anything_is_made(tmp_path: Path) -> None:
    wrong = NewFile(" ", "a b", "", "corta", FirstUser("x", "…", "1234567890"), ("great-2014-target",))
    with pytest.raises(DraftRefused) as refused:
        make_file(tmp_path / "a.eic", wrong)
    assert [problem.field for problem in refused.value.problems] == [
        "school",
        "full_name",
        "login",
        "password",
        "second_full_name",
        "second_login",
        "second_password",
        "published_totals",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.eic"
    path.write_bytes(b"something")
    with pytest.raises(FileProblem):
        make_file(path, DRAFT)
    assert path.read_bytes() == b"something"


def test_no_password_shows_where_a_draft_is_written_down() -> None:
    assert "clave" not in repr(DRAFT)


def test_targets_capacities_and_contradicted_figures_are_not_offered_as_totals() -> None:
    keys = {figure.key for figure in offered_totals()}
    assert {"eic-graduates", "great-reached", "eic-cnp-2018-courses"} <= keys
    assert not keys & {"great-2014-target", "eic-expected-2019", "eic-site-capacity", "great-2019-police"}


def test_recorded_totals_explain_nothing_until_a_paper_a_page_and_a_second_person_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.eic"
    keys = tuple(figure.key for figure in offered_totals())
    make_file(path, replace(DRAFT, published_totals=keys))
    with Database(path) as db:
        administrator = sign_in(db, "primera", "una clave larga")
        registrar, manager = _member(db, administrator, Role.REGISTRAR), _member(db, administrator, Role.MANAGER)
        totals = {row.figure_key: row for row in list_totals(db, administrator)}
        assert set(totals) == set(keys)
        assert {row.state for row in totals.values()} == {TotalState.TO_DOCUMENT}
        total = totals["eic-graduates"]
        assert (total.value, total.entered_by, total.approved_by) == (15175, "primera", None)
        assert total.document_subject is not None
        assert "has graduated 15,175 participants" in total.document_subject
        assert totals["great-2019-camps"].curriculum_kind == "camp"
        assert _state(db, "eic-graduates") == (FigureState.UNEXPLAINED, 15175)

        with pytest.raises(Refused, match="no document"):
            approve_total(db, manager, total.id)
        paper = TotalDocument(total.id, SourceKind.REPORT, "S/N", dt.date(2019, 1, 31), "3", "EIC", "Memoria anual")
        document_total(db, registrar, paper)
        assert _state(db, "eic-graduates") == (FigureState.UNEXPLAINED, 15175), "one person is not enough"
        approve_total(db, manager, total.id)
        assert _state(db, "eic-graduates") == (FigureState.EXPLAINED, 0)


def _member(db: Database, administrator: ActingUser, role: Role) -> ActingUser:
    key = add_user(
        db,
        administrator,
        login=role.value,
        full_name=role.value.title(),
        role=role,
        password="una clave larga",
        valid_to=None,
    )
    return ActingUser(key, role.value, role.value.title(), role)


def _state(db: Database, key: str) -> tuple[FigureState, int | None]:
    with db.read() as connection:
        figures = read_reconciliation(connection, read_facts(connection), AS_OF)
    found = next(figure for figure in figures if figure.figure.key == key)
    return found.state, found.unexplained
