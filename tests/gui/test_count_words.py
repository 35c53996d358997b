"""Any number of Inicio opens its rows: in words what they are and as of when, the filters as chips, as many rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.count_words import count_chips, count_words
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.home_page import HomePage
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.queries.quality import quality_checks
from eic_tracker.services.home import data_quality
from eic_tracker.store.database import Database
from tests.gui.windows import demonstration, place_of_work, settle

TODAY = dt.date(2019, 6, 28)
CHECKS = {check.code: check for check in quality_checks(TODAY)}


def chips(made: MainWindow) -> list[str]:
    pane = place_of_work(made).pane
    return [chip.text() for chip in pane.chips.findChildren(QLabel) if not chip.isHidden()]


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.INSTRUCTOR, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_every_number_of_the_first_page_opens_as_many_rows_and_says_what_they_are(
    qtbot: QtBot, demo_file: Path, role: Role
) -> None:
    with demonstration(qtbot, demo_file, role) as made:
        workplace = place_of_work(made)
        page = workplace.page
        assert isinstance(page, HomePage)
        assert page._home is not None
        with Database(demo_file) as db:
            wrong = [item for item in data_quality(db, workplace.around.acting, workplace.around.today) if item.count]
        assert wrong
        for item in [*page._home.due, *wrong]:
            if item.listing is None:
                continue
            page._open(item)
            settle(qtbot, made)
            pane = workplace.pane
            assert pane.value.text() == workplace.t.number(item.count), item.code
            assert "28/06/2019" in pane.definition.text(), item.code
            assert len(chips(made)) == len(item.request.filters) > 0, item.code  # type: ignore[union-attr]
            assert "exactamente" in pane.sentence.text(), item.code
            if item in wrong:
                assert "Por qué importa: " in pane.definition.text(), item.code
                assert "Cómo se corrige: " in pane.definition.text(), item.code
        for tile in page._home.tiles:
            if role is Role.ADMINISTRATOR and tile.listing is None:
                continue  # the people behind a figure are none of an administrator's business
            page._open_tile(tile)
            settle(qtbot, made)
            assert workplace.pane.value.text() == workplace.t.number(tile.value), tile.code
            assert workplace.pane.definition.text().endswith("28/06/2019."), tile.code
            assert chips(made), tile.code


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_says_what_is_wrong_why_it_matters_and_what_mends_it(code: str) -> None:
    check = CHECKS[code]
    request = Request(filters=(check.filter,))
    for language in Language:
        t = Translator(language)
        lines = count_words(check.listing, request, TODAY, t).split("\n")
        assert len(lines) == 3
        assert t.date(TODAY) in lines[0]
        assert not any("{" in line for line in lines)
        (chip,) = count_chips(check.listing, request, t)
        assert chip
        assert "{" not in chip


def test_rows_that_come_by_their_keys_are_said_too() -> None:
    t = Translator(Language.EN)
    for listing in ("class_groups", "schools", "roster"):
        said = count_words(listing, Request(keys=(1, 2)), TODAY, t)
        assert said.endswith("As of 28 Jun 2019.")
        assert len(said) > 50
        assert count_chips(listing, Request(keys=(1, 2)), t) == []


def test_the_result_of_a_course_is_told_by_result_and_seat() -> None:
    request = Request(filters=(("offering", "7"), ("status", "completed"), ("seat", "alternate")))
    assert count_chips("roster", request, Translator(Language.EN)) == ["Result: Completed", "Seat: Alternate"]
