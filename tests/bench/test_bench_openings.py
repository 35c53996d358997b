"""Each page opened 2,000 times: too long for every run, measured by the same rules as the short one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eic_tracker.gui.page_list import PAGES
from tests.gui.test_openings import open_all

MANY = 2_000


@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("page", PAGES)
def test_two_thousand_openings_of_a_page_leave_nothing_behind(qtbot: QtBot, demo_file: Path, page: str) -> None:
    open_all(qtbot, demo_file, page, MANY)
