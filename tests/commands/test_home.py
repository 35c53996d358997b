"""Tests of `home`, beside the window's first page of each role."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.home_page import HomePage
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.i18n import Language
from eic_tracker.settings import Settings
from tests.commands.test_acts import answered, asked
from tests.gui.windows import demonstration, place_of_work

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("role", list(Role))
def test_every_number_of_the_first_page_is_in_its_json(
    role: Role, qtbot: QtBot, demo_file: Path, capsys: Captured
) -> None:
    with demonstration(qtbot, demo_file, role, Settings(language=Language.EN)) as made:
        page = place_of_work(made).page
        assert isinstance(page, HomePage)
        tiles = [each.accessibleName() for each in page.area.findChildren(FigureTile)]
        due = [each.text() for each in page._due.findChildren(DeedLine)]
        bars = [bar.shown for bar in page.chart.bars.bars()]
    status, found = answered(demo_file, capsys, "home", "--as", role.value)
    assert status == 0
    assert found["role"] == role.value
    assert len(tiles) == len(found["figures"])
    for told, figure in zip(tiles, found["figures"], strict=True):
        assert told.startswith(f"{figure['title']}: {figure['value']:,}")
    for item in found["due"]:
        assert f"{item['title']}: {item['rows']:,}" in due
    assert [f"{point['completions']:,}" for point in found["quarters"]] == bars


def test_the_first_page_is_told_in_words(demo_file: Path, capsys: Captured) -> None:
    assert asked(demo_file, "home", "--as", "manager") == 0
    told = capsys.readouterr().out
    assert "Completions since the beginning" in told
    assert "EIC, Completions, Year 2019: " in told
