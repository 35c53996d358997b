"""How columns share their width: dates, numbers, codes and states are whole in every grid, at every width and size."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.models.rows_model import RowsModel
from eic_tracker.gui.page_list import PAGES, may_open
from eic_tracker.gui.pages.home_page import HomePage
from eic_tracker.gui.pages.published_page import PublishedPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.column_widths import Content, Width, shared
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.i18n import Language, Translator
from eic_tracker.settings import Settings
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.shots.table_checks import unfair, wasted

SIZES = (QSize(1366, 768), QSize(1280, 720), QSize(960, 540))
ROWS = 60


def cut(made: MainWindow) -> list[str]:
    """Cells in sight that should be whole and are not."""
    return [each for table in in_sight(made) for each in cut_cells(table)]


def in_sight(made: MainWindow) -> list[FrozenTable]:
    return [table for table in made.findChildren(FrozenTable) if table.isVisible()]


def cut_cells(table: FrozenTable) -> Iterator[str]:
    model = table.model()
    assert isinstance(model, RowsModel)
    for number, column in enumerate(model.columns):
        if column.stretch or table.isColumnHidden(number):
            continue
        for row in range(min(len(model.keys), ROWS)):
            index = model.index(row, number)
            option = QStyleOptionViewItem()
            table.initViewItemOption(option)
            delegate = table.itemDelegate()
            delegate.initStyleOption(option, index)  # type: ignore[attr-defined]
            option.rect = table.visualRect(index).adjusted(5, 0, -5, 0)
            room = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, table)
            # the style keeps a margin of its own at either side of the words
            has = room.width() - 2 * (table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
            needs = QFontMetrics(option.font).horizontalAdvance(option.text)
            if needs > has:
                yield f"{table.accessibleName()}, {column.title}: “{option.text}” needs {needs}, has {has}"
                break


@pytest.mark.parametrize(("language", "percent"), [(Language.ES, 100), (Language.EN, 100), (Language.ES, 150)])
def test_no_date_number_code_or_state_is_cut_off_in_any_list_and_no_text_beside_spare_width(
    qtbot: QtBot, demo_file: Path, language: Language, percent: int
) -> None:
    settings = Settings(language=language, text_percent=percent)
    with demonstration(qtbot, demo_file, Role.MANAGER, settings) as made:
        around = place_of_work(made).around
        faults = []
        for spec in [spec for spec in PAGES.values() if spec.rail and may_open(spec, around)]:
            go(qtbot, made, Place(spec.name))
            tabs = place_of_work(made).page.findChildren(Tabs)
            for name in tabs[0].names() if tabs else ("",):
                if name:
                    tabs[0].open(name)
                for size in SIZES:
                    made.resize(size)
                    settle(qtbot, made)
                    told = [
                        *cut(made),
                        *(each for table in in_sight(made) for each in (*wasted(table), *unfair(table))),
                    ]
                    faults += [f"{spec.name} {name} at {size.width()}: {each}" for each in told]
        assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", [Language.ES, Language.EN])
@pytest.mark.parametrize("size", SIZES[:2])
def test_nothing_is_cut_off_in_the_pane_beside_the_page(
    qtbot: QtBot, demo_file: Path, language: Language, size: QSize
) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR, Settings(language=language)) as made:
        made.resize(size)
        # a page that needs more width, and was left, takes none from the pane
        go(qtbot, made, Place("ledger"))
        workplace = go(qtbot, made, Place("home"))
        page = workplace.page
        assert isinstance(page, HomePage)
        for number in range(len(page.area.findChildren(FigureTile))):
            page.area.findChildren(FigureTile)[number].click()
            settle(qtbot, made)
            assert_rows_in_sight(made)
            for line in range(workplace.pane.beside.count()):
                page.area.findChildren(FigureTile)[number].click()
                settle(qtbot, made)
                beside = workplace.pane.findChildren(DeedLine)[line]
                beside.click()
                settle(qtbot, made)
                assert_rows_in_sight(made)


def assert_rows_in_sight(made: MainWindow) -> None:
    """The pane has rows, and every column of them is whole in sight."""
    shown = [table for table in place_of_work(made).pane.findChildren(FrozenTable) if table.isVisible()]
    assert shown, "the tile opened no rows"
    assert not cut(made)
    pane = place_of_work(made).pane
    over = shown[0].horizontalScrollBar().maximum()
    assert over == 0, f"{pane.title.text()}: {over} pixels are out of sight"


def test_the_ledger_keeps_name_published_counted_and_state_beside_the_pane(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = go(qtbot, made, Place("published")).page
        assert isinstance(page, PublishedPage)
        table = page.table
        assert seen(table) == ["figure", "published", "counted", "difference", "state"], "all where there is room"
        table.opened.emit(0)
        settle(qtbot, made)
        assert place_of_work(made).pane.isVisible()
        assert seen(table) == ["figure", "published", "counted", "state"]
        assert not cut(made)


def seen(table: FrozenTable) -> list[str]:
    """The columns that are wholly in sight and wide enough to say something."""
    model = table.model()
    assert isinstance(model, RowsModel)
    rects = [(column.name, table.visualRect(model.index(0, number))) for number, column in enumerate(model.columns)]
    return [name for name, rect in rects if rect.width() > 60 and rect.right() <= table.viewport().width()]


def test_texts_give_way_before_what_must_be_whole() -> None:
    date, name, code = Width(100, 80, 80, False), Width(200, 160, 100, True), Width(60, 60, 60, False)
    assert shared([name, date, code], 400) == [240, 100, 60], "the text takes what is left"
    assert shared([name, date, code], 330) == [180, 90, 60], "air goes first"
    assert shared([name, date, code], 270) == [130, 80, 60], "then the text gives"
    assert shared([name, date, code], 100) == [100, 80, 60], "and none is narrower than its least"


def test_the_longest_texts_give_first_and_the_name_last() -> None:
    name, rank, unit = Width(200, 200, 100, True), Width(90, 90, 50, True), Width(300, 300, 80, True)
    assert shared([name, rank, unit], 590) == [200, 90, 300]
    assert shared([name, rank, unit], 400) == [200, 90, 110], "a short text beside a long one stays whole"
    assert shared([name, rank, unit], 330) == [200, 50, 80], "the name is whole while others can give"
    assert shared([name, rank, unit], 250) == [120, 50, 80]


def test_one_long_text_among_short_ones_gives_before_the_texts_of_many_rows() -> None:
    name = Width(200, 200, 100, True, (200,) * 40)
    course = Width(300, 300, 80, True, (280, 280, 290, 300, 300))
    role = Width(300, 300, 80, True, (90, 110, 110, 110, 300))
    assert shared([name, course, role], 620) == [200, 300, 120], "only the one loses"
    assert shared([name, course, role], 604) == [200, 284, 120], "then those of which the fewest lose"
    name = Width(400, 400, 100, True, (*(150,) * 40, 400))
    course = Width(300, 300, 80, True, (300,) * 40)
    assert shared([name, course], 560) == [260, 300], "the one may also be a name"


def test_the_words_by_which_a_row_is_known_give_last_also_behind_a_number() -> None:
    number, title, leads = Width(60, 60, 60, False), Width(300, 300, 80, True), Width(300, 300, 80, True)
    assert shared([number, title, leads], 500) == [60, 300, 140]


def test_columns_without_words_share_the_room_evenly() -> None:
    lesson, day, present = (Width(60, 60, 60, False) for _ in range(3))
    assert shared([lesson, day, present], 300) == [100, 100, 100]


def test_a_shorter_text_of_wider_letters_is_measured_too(qtbot: QtBot) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    columns = (Column("unit", "Unit", lambda row, _t: row, stretch=True),)
    model = RowsModel(columns, Translator(Language.ES))
    texts = {1: "filigrana lila fija", 2: "MAMMUM MMWWMM"}
    model.set_keys(array("q", texts))
    model.set_page(0, model.word(texts))
    content = Content(columns, made.fontMetrics())
    content.look_at(model, range(2))
    assert content.least(0) >= max(map(made.fontMetrics().horizontalAdvance, texts.values()))
