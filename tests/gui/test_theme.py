"""Contrast of what stands together in both themes (WCAG 1.4.3 and 1.4.11), and the style sheet that uses the tokens."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from eic_tracker import paths
from eic_tracker.gui import theme
from eic_tracker.gui.theme import CHART_DARK, CHART_LIGHT, DARK, LIGHT, Colours, Tone, contrast

THEMES = [pytest.param(LIGHT, CHART_LIGHT, id="light"), pytest.param(DARK, CHART_DARK, id="dark")]
GROUNDS = ("window", "base", "alternate", "selection")


def low(pairs: dict[str, tuple[str, str]], least: float) -> dict[str, float]:
    """The pairs whose contrast is below `least`."""
    found = {name: round(contrast(*pair), 2) for name, pair in pairs.items()}
    return {name: ratio for name, ratio in found.items() if ratio < least}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize(("colours", "chart"), THEMES)
def test_text_can_be_read_on_every_ground(colours: Colours, chart: tuple[str, ...]) -> None:
    pairs = {
        f"{name} on {ground}": (getattr(colours, name), getattr(colours, ground))
        for name, ground in itertools.product(("text", "muted"), GROUNDS)
    }
    pairs |= {f"link on {ground}": (colours.accent, getattr(colours, ground)) for ground in GROUNDS}
    pairs["primary button"] = (colours.on_accent, colours.accent)
    pairs["toast"] = (colours.window, colours.text)
    assert low(pairs, 4.5) == {}


@pytest.mark.parametrize(("colours", "chart"), THEMES)
def test_tones_can_be_read_on_their_own_ground_and_in_lists(colours: Colours, chart: tuple[str, ...]) -> None:
    pairs = {f"{tone} on its ground": colours.tone(tone) for tone in Tone}
    pairs |= {f"text on {tone}": (colours.text, colours.tone(tone)[1]) for tone in Tone}
    pairs |= {
        f"{tone} on {ground}": (colours.tone(tone)[0], getattr(colours, ground))
        for tone, ground in itertools.product(Tone, GROUNDS)
    }
    assert low(pairs, 4.5) == {}


@pytest.mark.parametrize(("colours", "chart"), THEMES)
def test_borders_rings_and_bars_stand_out(colours: Colours, chart: tuple[str, ...]) -> None:
    pairs = {
        f"{name} on {ground}": (getattr(colours, name), getattr(colours, ground))
        for name, ground in itertools.product(("border", "accent"), GROUNDS)
    }
    pairs |= {f"border on {tone}": (colours.border, colours.tone(tone)[1]) for tone in Tone}
    pairs |= {f"ring on {tone}": (colours.accent, colours.tone(tone)[1]) for tone in Tone}
    pairs["ring of a primary button"] = (colours.text, colours.window)
    pairs |= {f"bar {colour}": (colour, colours.base) for colour in chart}
    assert low(pairs, 3) == {}


def test_the_style_sheet_is_short_and_knows_all_its_colours() -> None:
    text = (paths.resources() / "window.qss").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    assert "::item" not in re.sub(r"Q(Menu|MenuBar)::item", "", text), "styled cells paint slowly"
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", text), "colours are tokens"


@pytest.mark.parametrize(("colours", "chart"), THEMES)
def test_the_marks_of_controls_wear_the_colours_of_their_theme(colours: Colours, chart: tuple[str, ...]) -> None:
    name = "dark" if colours == DARK else "light"
    text = (paths.resources() / "window.qss").read_text(encoding="utf-8")
    used = set(re.findall(r'url\("@marks-(\w+)\.svg"\)', text))
    folder = paths.resources() / "marks"
    assert {path.stem for path in folder.glob(f"{name}-*.svg")} == {f"{name}-{mark}" for mark in used}
    for mark in used:
        stroke = re.findall(r'stroke="(#\w+)"', (folder / f"{name}-{mark}.svg").read_text(encoding="utf-8"))
        assert stroke == [colours.muted if mark in {"up", "down", "close"} else colours.on_accent]


@pytest.mark.parametrize(("colours", "chart"), THEMES)
def test_a_theme_gives_palette_and_style_sheet_to_the_application(
    qapp: QApplication, qtbot: QtBot, colours: Colours, chart: tuple[str, ...]
) -> None:
    font = qapp.font()
    before = (qapp.palette(), qapp.styleSheet())
    try:
        theme.apply(qapp, colours, text_percent=150)
        assert qapp.style().objectName() == "fusion" or qapp.style().metaObject().className() == "QStyleSheetStyle"
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(colours.window)
        assert qapp.palette().color(QPalette.ColorRole.Accent) == QColor(colours.accent)
        assert not re.findall(r"@\w+", qapp.styleSheet())
        assert theme.font(theme.Type.CAPTION).pointSizeF() == pytest.approx(13.5)
        assert theme.font(theme.Type.FIGURE).pointSizeF() == pytest.approx(31.5)
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])
        qapp.setFont(font)


def test_a_marked_widget_takes_the_look_of_its_mark(qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel("9 de 10")
    qtbot.addWidget(label)
    label.setStyleSheet('QLabel[tone="error"] { color: #B3261E; }')
    label.show()
    theme.mark(label, "tone", "error")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor("#B3261E")
    theme.mark(label, "tone", "ok")
    assert label.palette().color(QPalette.ColorRole.WindowText) != QColor("#B3261E")


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_search_boxes_are_cleared_by_our_own_icon_and_bars_end_square_at_the_edge(
    qapp: QApplication, qtbot: QtBot, colours: Colours
) -> None:
    before = (QPalette(qapp.palette()), qapp.styleSheet(), qapp.font())
    try:
        theme.apply(qapp, colours)
        box, bar = QLineEdit("Núñez"), QFrame()
        box.setClearButtonEnabled(True)
        for name, value in (("tone", "info"), ("bar", True)):
            bar.setProperty(name, value)
        for widget in (box, bar):
            qtbot.addWidget(widget)
            widget.resize(200, 32)
            widget.show()
        button = box.findChild(QToolButton)
        assert button is not None
        drawn = button.icon().pixmap(16, 16).toImage()
        points = [drawn.pixelColor(x, y) for x in range(16) for y in range(16)]
        inked = {point.name().upper() for point in points if point.alpha() > 250}
        assert inked == {colours.muted}, "a cross in a colour of the theme"
        ground = bar.grab().toImage()
        assert ground.pixelColor(0, 3) == ground.pixelColor(100, 16) == QColor(colours.info[1]), (
            "no border at its sides"
        )
        assert ground.pixelColor(0, 0) == ground.pixelColor(100, 0) == QColor(colours.info[0]), "no rounded corner"
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])
        qapp.setFont(before[2])


@pytest.mark.parametrize(("colours", "chart"), THEMES)
def test_boxes_in_lists_have_the_border_of_controls_and_arrows_of_headings_point_as_the_rows_are_ordered(
    qtbot: QtBot, colours: Colours, chart: tuple[str, ...]
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, colours)
    columns = QListWidget()
    qtbot.addWidget(columns)
    item = QListWidgetItem("Fecha", columns)
    item.setCheckState(Qt.CheckState.Unchecked)
    columns.show()
    picture = columns.viewport().grab(columns.visualItemRect(item)).toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(24) for y in range(picture.height())}
    assert colours.border.casefold() in {each.casefold() for each in seen}
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    heading = table.horizontalHeader()
    heading.setSortIndicatorShown(True)
    table.show()
    widths = {}
    for way in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        heading.setSortIndicator(0, way)
        arrow = heading.grab(QRect(heading.sectionSize(0) - 20, 4, 14, heading.height() - 8)).toImage()
        drawn = [
            [x for x in range(arrow.width()) if arrow.pixelColor(x, y).name() != colours.window.casefold()]
            for y in range(arrow.height())
        ]
        rows = [max(row) - min(row) for row in drawn if row]
        widths[way] = (rows[0], rows[-1])
    up, down = widths[Qt.SortOrder.AscendingOrder], widths[Qt.SortOrder.DescendingOrder]
    assert up[0] < up[1], "up: the first is the least"
    assert down[0] > down[1]
