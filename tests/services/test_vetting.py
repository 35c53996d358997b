"""Tests of verification: the list that goes out, the answers that come back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.vetting_rules import VettingAnswer, result_of
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.enrolling import Service
from eic_tracker.services.enrolment import EnrolmentLine
from eic_tracker.services.history import undo_own
from eic_tracker.services.vetting import (
    AnswersRefused,
    read_answers,
    record_vetting,
    request_vetting,
    vetting_people,
    write_vetting_list,
)
from eic_tracker.store.database import Database
from tests.services.school import school, user, values
from tests.services.test_enrolment import LETTER, key_of, planned, put

T = Translator(Language.ES)
DAY = dt.date(2018, 12, 20)


def needing(db: Database) -> int:
    """A course whose people need it: two of the police, one prosecutor."""
    police, prosecutors = (key_of(db, "institution", code) for code in ("HNP", "MP"))
    offering = planned(db, vetting_required=True)
    lines = [EnrolmentLine(person, Service(institution_id=police)) for person in (1, 2)]
    put(db, offering, *lines, EnrolmentLine(3, Service(institution_id=prosecutors)))
    return offering


def standings(db: Database, offering: int) -> dict[str, str]:
    """How each who needs it stands, by given names."""
    found = vetting_people(db, user(db, Role.REGISTRAR), offering)
    return {each.given_names: each.standing.value for each in found}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Apto", "apt"),
        ("NO APTA", "not_apt"),
        ("en trámite", "in_process"),
        ("Rejected", "not_apt"),
        ("no", None),
        ("", None),
        ("apto con reservas", None),
    ],
)
def test_a_word_that_is_no_known_result_is_never_guessed(word: str, status: str | None) -> None:
    assert result_of(word) == status


def test_only_people_of_institutions_that_need_it_are_on_the_list(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        assert standings(db, needing(db)) == {"Óscar René": "missing", "María José": "missing"}
        assert standings(db, planned(db)) == {}


def test_asking_is_noted_once_and_can_be_undone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering, registrar = needing(db), user(db, Role.REGISTRAR)
        done = request_vetting(db, registrar, offering)
        assert done.people == 2
        assert set(standings(db, offering).values()) == {"in_process"}
        with pytest.raises(UserError):
            request_vetting(db, registrar, offering)
        undo_own(db, registrar, done.set_id)
        assert set(standings(db, offering).values()) == {"missing"}


def test_answers_are_stored_in_one_entry_and_the_same_answers_again_change_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering, registrar = needing(db), user(db, Role.REGISTRAR)
        request_vetting(db, registrar, offering)
        answers = (
            VettingAnswer("0801-1990-00000", "apto", DAY, "T-1", DAY.replace(year=2019)),
            VettingAnswer("Bográn Güity Óscar René", "No apto", DAY, "T-2"),
        )
        done = record_vetting(db, registrar, offering, answers, LETTER)
        assert standings(db, offering) == {"Óscar René": "not_apt", "María José": "apt"}
        again = record_vetting(db, registrar, offering, answers, LETTER)
        assert values(db, "SELECT count(*) FROM change_set WHERE id = ?", again.set_id) == [(0,)]
        undo_own(db, registrar, done.set_id)
        assert set(standings(db, offering).values()) == {"in_process"}


def test_an_answer_of_whom_nothing_was_asked_is_stored_too(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering = needing(db)
        record_vetting(db, user(db, Role.REGISTRAR), offering, [VettingAnswer("0801199000001", "apto")])
        assert standings(db, offering) == {"Óscar René": "apt", "María José": "missing"}


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (VettingAnswer("0801199000004", "apto", DAY), "who"),
        (VettingAnswer("0801199000002", "apto", DAY), "who"),
        (VettingAnswer("María", "apto", DAY), "who"),
        (VettingAnswer("0801199000000", "quizás", DAY), "result"),
        (VettingAnswer("0801199000000", "apto", dt.date(2030, 1, 1)), "answered_on"),
        (VettingAnswer("0801199000000", "apto", DAY, "", DAY - dt.timedelta(1)), "expires_on"),
        (VettingAnswer("0801199000000", "apto", DAY, "x" * 61), "tracking_number"),
    ],
)
def test_a_row_with_a_problem_stores_no_row_at_all(tmp_path: Path, answer: VettingAnswer, field: str) -> None:
    with school(tmp_path) as db:
        offering, registrar = needing(db), user(db, Role.REGISTRAR)
        rows = (VettingAnswer("0801199000001", "apto", DAY), answer)
        with pytest.raises(AnswersRefused) as refused:
            record_vetting(db, registrar, offering, rows)
        assert {place: [each.field for each in found] for place, found in refused.value.lines.items()} == {1: [field]}
        assert values(db, "SELECT count(*) FROM vetting") == [(0,)]
        assert read_answers(db, registrar, offering, rows)[0].name == "Óscar René Bográn Güity"


def test_the_list_holds_identities_as_text_and_is_noted_in_the_journal(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        offering, registrar = needing(db), user(db, Role.REGISTRAR)
        path = tmp_path / "list.xlsx"
        assert write_vetting_list(db, registrar, offering, path, t=T) == 2
        cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].values for cell in row]
        assert "0801199000000" in cells
        assert values(db, "SELECT kind, people FROM export") == [("vetting list 002-2019", 2)]
        record_vetting(db, registrar, offering, [VettingAnswer("0801199000001", "apto")])
        assert write_vetting_list(db, registrar, offering, path, t=T) == 1


def test_a_list_of_nobody_is_not_written(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        path = tmp_path / "list.xlsx"
        with pytest.raises(UserError):
            write_vetting_list(db, user(db, Role.REGISTRAR), planned(db), path, t=T)
        assert not path.exists()
        assert values(db, "SELECT count(*) FROM export") == [(0,)]
