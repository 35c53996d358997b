"""The figures as the window shows them: panes, the tables of the pages, the bars of the first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.facts import Dimension, Scope
from eic_tracker.domain.periods import parse_period
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.home_page import HomePage
from eic_tracker.gui.pages.ledger_page import LedgerPage
from eic_tracker.gui.pages.published_page import PublishedPage
from eic_tracker.gui.place import Place
from eic_tracker.services.figures import FigureRef
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.six_ways.asked import AS_OF, EIC, Asked

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_LEDGER_COLUMNS = {"offerings": 2, "enrolments": 4, "completions": 5}


def answers(qtbot: QtBot, file: Path, figures: Sequence[Asked]) -> dict[str, int]:
    """Each figure where the manager meets it; what no page shows by itself, in its pane."""
    found: dict[str, int] = {}
    with demonstration(qtbot, file, Role.MANAGER) as made:
        bars = _bars(made)
        published = _published(qtbot, made)
        ledger = _ledger(qtbot, made)
        for asked in figures:
            if asked.published:
                found[str(asked)] = published[asked.published]
            elif (asked.programme, asked.measure, asked.by) == (EIC, "completions", "") and asked.span in bars:
                found[str(asked)] = bars[asked.span]
            elif asked.by == "instructor-force" and asked.span:
                found[str(asked)] = ledger[asked.span, asked.said, asked.measure]
            else:
                found[str(asked)] = _pane(qtbot, made, asked)
    return found


def _bars(made: MainWindow) -> dict[str, int]:
    """Completions of the EIC by quarter, as the table behind the bars names them."""
    page = place_of_work(made).page
    assert isinstance(page, HomePage)
    rows = _texts(page.chart.table.model())
    assert rows
    return {_quarter(row[0]): _number(row[1]) for row in rows}


def _published(qtbot: QtBot, made: MainWindow) -> dict[str, int]:
    """The counted side of each published figure by its key."""
    page = go(qtbot, made, Place("published")).page
    assert isinstance(page, PublishedPage)
    keys = [line.figure.key for line in page.table.rows.values()]
    rows = _texts(page.table.model())
    return {key: _number(row[2]) for key, row in zip(keys, rows, strict=True) if row[2].strip("—– ")}


def _ledger(qtbot: QtBot, made: MainWindow) -> dict[tuple[str, str, str], int]:
    """The lines of the teaching ledger by year, force and measure."""
    page = go(qtbot, made, Place("ledger")).page
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: page.ledger is not None)
    settle(qtbot, made)
    rows = _texts(page.tables["forces"].model())
    return {
        (row[0], row[1], measure): _number(row[column])
        for row in rows
        for measure, column in _LEDGER_COLUMNS.items()
        if row[0]
    }


def _pane(qtbot: QtBot, made: MainWindow, asked: Asked) -> int:
    period = parse_period(asked.span) if asked.span else None
    scope = Scope(
        programmes=(asked.programme,),
        first_day=period.first_day if period else None,
        last_day=period.last_day if period else None,
    )
    by, keys = ((Dimension(asked.by),), (asked.key,)) if asked.by else ((), ())
    ref = FigureRef(Measure(asked.measure), scope, by, keys, as_of=dt.date.fromisoformat(AS_OF))
    workplace = place_of_work(made)
    workplace.open_figure(ref, str(asked))
    pane = workplace.pane
    qtbot.waitUntil(lambda: pane.rows is not None and pane.rows.ref == ref)
    assert pane.isVisible()
    assert pane.title.text() == str(asked)
    return _number(pane.value.text())


def _texts(model: QAbstractItemModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def _quarter(words: str) -> str:
    roman, _, year = words.partition(" Trimestre ")
    return f"{year}Q{next(number for number, word in _ROMAN.items() if word == roman)}"


def _number(text: str) -> int:
    return int(text.replace(",", ""))
