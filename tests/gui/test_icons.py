"""Every icon draws something of its own in the colours asked for, at each scale; every name used exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from eic_tracker import paths
from eic_tracker.gui import icons
from eic_tracker.gui.theme import DARK, LIGHT, Colours, Tone

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(icons.names())


def inked(image: QImage) -> set[tuple[int, int]]:
    """The places that are painted."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {place for place in places if image.pixelColor(*place).alpha() > 40}


def names_used() -> dict[str, str]:
    """Every name that the window's code gives to `icons`, `Command`, `PageSpec` or a dictionary of icons."""
    found = {}
    for path in sorted((ROOT / "eic_tracker" / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (name := _icon_of(node)):
                found[name] = f"{path.name}:{node.lineno}"
    return found


def _icon_of(call: ast.Call) -> str:
    function = ast.unparse(call.func)
    place = {"icons.icon": 0, "icons.pixmap": 0, "icons.dress": 1, "Command": 4, "PageSpec": 3}.get(function)
    given = [keyword.value for keyword in call.keywords if keyword.arg == "icon"] if place in {3, 4} else []
    if place is not None and len(call.args) > place:
        given.append(call.args[place])
    return next((str(each.value) for each in given if isinstance(each, ast.Constant)), "")


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_within_its_grid_and_not_empty(qtbot: QtBot, name: str) -> None:
    image = icons.pixmap(name, "#000000", 20, 2.0).toImage()
    places = inked(image)
    assert len(places) > 20
    assert all(1 <= x <= 38 and 1 <= y <= 38 for x, y in places), "nothing touches the edge"


def test_no_two_icons_are_the_same(qtbot: QtBot) -> None:
    drawn = {name: frozenset(inked(icons.pixmap(name, "#000000", 20, 1.0).toImage())) for name in NAMES}
    assert len(set(drawn.values())) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_keeps_to_the_set(name: str) -> None:
    text = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 20 20"' in text
    assert 'stroke="currentColor"' in text
    assert re.findall(r'stroke-width="([\d.]+)"', text) == ["1.6"]
    assert 'stroke-linecap="round"' in text
    assert not re.search(r"#[0-9A-Fa-f]{3}|<image|<script|href", text)


def test_every_name_that_is_used_is_drawn() -> None:
    used = names_used()
    assert used.keys() >= {"home", "search", "close"}
    assert {name: where for name, where in used.items() if name not in icons.names()} == {}
    assert set(icons.OF_TONE) == set(Tone)
    assert set(icons.OF_TONE.values()) <= icons.names()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_crisp_on_each_screen(qtbot: QtBot, ratio: float) -> None:
    picture = icons.icon("home", LIGHT).pixmap(QSize(20, 20), ratio)
    assert picture.size() == QSize(round(20 * ratio), round(20 * ratio))
    assert picture.devicePixelRatio() == ratio
    assert picture.toImage() == icons.pixmap("home", LIGHT.text, 20, ratio).toImage().convertToFormat(
        picture.toImage().format()
    )


def darkest(icon: QIcon, mode: QIcon.Mode) -> str:
    image = icon.pixmap(QSize(20, 20), 2.0, mode).toImage()
    colours = {image.pixelColor(x, y).name() for x, y in inked(image) if image.pixelColor(x, y).alpha() == 255}
    assert len(colours) == 1
    return colours.pop()


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_an_icon_wears_the_colours_of_its_theme_and_state(qtbot: QtBot, colours: Colours) -> None:
    icon = icons.icon("plus", colours)
    assert darkest(icon, QIcon.Mode.Normal) == colours.text.casefold()
    assert darkest(icon, QIcon.Mode.Selected) == colours.text.casefold()
    assert darkest(icon, QIcon.Mode.Disabled) == colours.border.casefold()
    assert darkest(icons.icon("plus", colours, colour="#b3261e"), QIcon.Mode.Normal) == "#b3261e"


def test_the_same_icon_is_drawn_once(qtbot: QtBot) -> None:
    assert icons.icon("star", LIGHT).cacheKey() == icons.icon("star", LIGHT).cacheKey()
    assert icons.icon("star", LIGHT).cacheKey() != icons.icon("star", DARK).cacheKey()


def test_a_dressed_button_shows_its_icon_at_the_size_of_the_drawing(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    icons.dress(button, "close", LIGHT, 16)
    assert button.iconSize() == QSize(16, 16)
    assert not button.icon().isNull()
