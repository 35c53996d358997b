"""The one table model: rows by key, read by pages, the same rows after the list was read anew."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from eic_tracker.gui.grids.behind import GRIDS_BEHIND
from eic_tracker.gui.grids.certificates import CERTIFICATES_GRID
from eic_tracker.gui.grids.class_groups import CLASS_GROUPS_GRID
from eic_tracker.gui.grids.history import HISTORY_GRID
from eic_tracker.gui.grids.instructors import INSTRUCTORS_GRID
from eic_tracker.gui.grids.offerings import COURSES_GRID, OFFERINGS_GRID
from eic_tracker.gui.grids.people import PEOPLE_GRID
from eic_tracker.gui.grids.roster import ENROLMENTS_GRID, ROSTER_GRID
from eic_tracker.gui.grids.schools import SCHOOLS_GRID
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.models.rows_model import KEPT_PAGES, KEY_ROLE, PAGE, ROW_ROLE, TONE_ROLE, RowsModel
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.listings import LISTINGS

GRIDS = [
    PEOPLE_GRID,
    ROSTER_GRID,
    ENROLMENTS_GRID,
    OFFERINGS_GRID,
    COURSES_GRID,
    INSTRUCTORS_GRID,
    CERTIFICATES_GRID,
    CLASS_GROUPS_GRID,
    SCHOOLS_GRID,
    HISTORY_GRID,
    *GRIDS_BEHIND.values(),
]


_FEW = 300


@dataclass(frozen=True)
class Row:
    name: str
    people: int


COLUMNS = (
    Column("name", "Name", lambda row, _t: row.name),
    Column("people", "People", lambda row, t: t.number(row.people), number=True),
    Column("state", "State", lambda row, _t: "many" if row.people > 9 else "", tone=lambda _row: Tone.OK),
)


def row_of(key: int) -> Row:
    return Row(f"Row {key}", key)


Make = Callable[..., RowsModel]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    models: list[Any] = []

    def made(keys: range) -> RowsModel:
        model = RowsModel(COLUMNS, Translator(Language.EN))
        models.append(model)
        if len(keys) <= _FEW:
            # Qt's tester walks all cells at each change
            models.append(QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal))
        model.set_keys(array("q", keys))
        return model

    return made


def answer(model: RowsModel, page: int) -> None:
    model.set_page(page, model.word({key: row_of(key) for key in model.keys_of_page(page)}))


def shown(model: QAbstractItemModel, row: int, column: int = 0, role: int = 0) -> Any:
    return model.data(model.index(row, column), role)


def test_a_page_that_is_looked_at_is_asked_for_once(make: Make) -> None:
    model = make(range(1000))
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    assert [shown(model, row) for row in (450, 451, 999)] == ["…", "…", "…"]
    assert asked == [2, 4]


def test_rows_that_came_are_shown_with_number_tone_and_summary(make: Make) -> None:
    model = make(range(1000))
    answer(model, 2)
    assert shown(model, 450) == "Row 450"
    assert shown(model, 450, 1) == "450"
    assert shown(model, 450, 2, int(TONE_ROLE)) is Tone.OK
    assert shown(model, 450, 0, int(KEY_ROLE)) == 450
    assert shown(model, 450, 0, int(ROW_ROLE)) == row_of(450)
    assert shown(model, 450, 0, int(Qt.ItemDataRole.AccessibleTextRole)) == "Row 450, row 451 of 1,000, many"


def test_rows_that_were_read_stay_in_sight_while_the_list_is_read_anew(make: Make) -> None:
    model = make(range(1000))
    answer(model, 0)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    model.set_keys(array("q", range(3, 1003)), keep_rows=True)
    assert shown(model, 0) == "Row 3", "it is known already"
    assert asked == [0], "and read anew"
    answer(model, 0)
    assert shown(model, 0) == "Row 3"
    assert asked == [0]


def test_the_same_keys_again_reset_no_view(make: Make, qtbot: QtBot) -> None:
    model = make(range(1000))
    answer(model, 0)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    with qtbot.waitSignal(model.dataChanged):
        model.set_keys(array("q", range(1000)), keep_rows=True)
    assert not resets
    assert shown(model, 5) == "Row 5"
    assert asked == [0]


def test_more_keys_behind_those_that_are_shown_reset_no_view(make: Make) -> None:
    model = make(range(PAGE))
    answer(model, 0)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    assert model.add_keys(array("q", range(PAGE + 3)))
    assert (model.rowCount(), shown(model, 5), shown(model, PAGE + 2)) == (PAGE + 3, "Row 5", "…")
    assert not model.add_keys(array("q", range(7, 2 * PAGE)))
    assert not resets


def test_other_rows_forget_what_was_read(make: Make) -> None:
    model = make(range(1000))
    answer(model, 0)
    model.set_keys(array("q", range(1000)))
    assert shown(model, 0) == "…"


def test_only_so_many_pages_are_kept(make: Make) -> None:
    model = make(range(PAGE * (KEPT_PAGES + 5)))
    for page in range(KEPT_PAGES + 5):
        answer(model, page)
    assert model.known(0) is None
    assert model.known(PAGE * (KEPT_PAGES + 5) - 1) is not None


def test_a_row_that_is_gone_leaves_its_line_empty_and_breaks_nothing(make: Make) -> None:
    model = make(range(10))
    model.set_page(0, model.word({key: row_of(key) for key in range(10) if key != 4}))
    assert shown(model, 4) == "…"
    assert shown(model, 5) == "Row 5"


def test_places_of_keys_are_found_in_one_pass(make: Make) -> None:
    model = make(range(10, 400_000))
    assert model.place_of(10) == 0
    assert model.place_of(5) == -1
    assert model.places_of([399_999, 12, 3]) == [2, 399_989]
    assert model.places_of([]) == []


def test_numbers_stand_right_and_in_digits_of_equal_width(make: Make) -> None:
    model = make(range(3))
    answer(model, 0)
    right = shown(model, 0, 1, int(Qt.ItemDataRole.TextAlignmentRole))
    assert right & Qt.AlignmentFlag.AlignRight.value
    assert shown(model, 0, 1, int(Qt.ItemDataRole.FontRole)) is not None
    assert shown(model, 0, 0, int(Qt.ItemDataRole.FontRole)) is None


@pytest.mark.parametrize("spec", GRIDS, ids=lambda spec: spec.kept_as)
def test_a_grid_asks_its_list_only_for_orders_and_filters_that_there_are(spec: GridSpec) -> None:
    listing = LISTINGS[spec.listing]
    names = [column.name for column in spec.columns]
    assert len(set(names)) == len(names)
    assert not spec.columns[0].hidden
    assert {column.order for column in spec.columns if column.order} <= set(listing.orders)
    assert not spec.order or spec.order in listing.orders
    assert {each.name for each in spec.filters} <= set(listing.filters)
    if listing.holds_people:
        assert spec.people, "what leaves it is journalled"


def test_qts_own_tester_finds_nothing_wrong_with_any_change(make: Make) -> None:
    model = make(range(250))
    answer(model, 0)
    answer(model, 1)
    model.set_keys(array("q", range(250)), keep_rows=True)
    model.set_keys(array("q", range(5, 260)), keep_rows=True)
    model.refuse_page(0)
    answer(model, 0)
    model.set_keys(array("q"))
    assert model.rowCount() == 0
    assert model.headerData(1, Qt.Orientation.Horizontal) == "People"
    assert model.headerData(7, Qt.Orientation.Horizontal) is None
