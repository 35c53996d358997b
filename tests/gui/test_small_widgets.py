"""Empty states, tiles, badges, cards, progress and bars, as hands, eyes and ears meet them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from eic_tracker.gui import theme
from eic_tracker.gui.theme import DARK, LIGHT, Tone
from eic_tracker.gui.widgets import announcing, message_bar, progress_row, state_view, toast
from eic_tracker.gui.widgets.badge import Badge
from eic_tracker.gui.widgets.bars import Bar, Bars
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.column_chooser import NamePopup
from eic_tracker.gui.widgets.deed import Deed
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.i18n import Language, Translator

LONG = "Hace nueve días que no hay una copia en otro lugar; si este equipo falla, se pierde el trabajo. " * 2


T = Translator(Language.ES)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is announced to screen readers."""
    heard: list[str] = []
    for module in (message_bar, toast, state_view, progress_row):
        monkeypatch.setattr(module, "announce", lambda _widget, text, urgent=False: heard.append(text))
    return heard


@pytest.fixture
def styled(qapp: QApplication) -> Iterator[None]:
    """The light theme, as in the window."""
    font, palette = qapp.font(), qapp.palette()
    theme.apply(qapp, LIGHT)
    qapp.setFont(font)
    yield
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made).setContentsMargins(0, 0, 0, 0)
    made.resize(800, 500)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def put(window: QWidget, widget: QWidget, stretch: int = 0) -> None:
    layout = window.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(widget, stretch)
    QApplication.processEvents()


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    QApplication.processEvents()
    return {each.text(): each for each in widget.findChildren(QPushButton) if each.isVisibleTo(widget)}


def closing(widget: QWidget) -> QToolButton:
    return widget.findChildren(QToolButton)[0]


def role(widget: QWidget) -> QAccessible.Role:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.role()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_tile_opens_by_keyboard(qtbot: QtBot, window: QWidget, key: Qt.Key) -> None:
    tile = FigureTile("Egresos (aprobados)", "15,175", ("Con corte al 28/06/2019",), "8 % más", Tone.OK)
    put(window, tile)
    tile.setFocus()
    with qtbot.waitSignal(tile.activated):
        QTest.keyClick(tile, key)


def test_a_tile_opens_where_it_is_clicked_also_on_its_words(qtbot: QtBot, window: QWidget) -> None:
    tile = FigureTile("Egresos (aprobados)", "15,175")
    put(window, tile)
    QApplication.processEvents()
    value = next(each for each in tile.findChildren(QLabel) if each.text() == "15,175")
    opened: list[bool] = []
    tile.activated.connect(lambda: opened.append(True))
    spot = value.mapTo(window, value.rect().center())
    under = window.childAt(spot)
    assert under is tile
    QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=tile.mapFrom(window, spot))
    assert opened == [True]


def test_a_tile_reads_its_title_and_value_as_a_button(qtbot: QtBot, window: QWidget) -> None:
    tile = FigureTile("Egresos (aprobados)", "", ("Publicado: 15,175",))
    put(window, tile)
    assert (tile.accessibleName(), tile.value()) == ("Egresos (aprobados)", "…")
    tile.show_figure("15,175", ("Publicado: 15,175",), "8 % más", Tone.OK)
    assert tile.accessibleName() == "Egresos (aprobados): 15,175"
    assert tile.accessibleDescription() == "8 % más. Publicado: 15,175"
    assert role(tile) == QAccessible.Role.Button


def test_the_ring_of_a_tile_is_seen_and_moves_nothing(qtbot: QtBot, window: QWidget, styled: None) -> None:
    tile, other = FigureTile("Egresos", "15,175"), QLineEdit()
    put(window, tile)
    put(window, other)
    other.setFocus()
    QApplication.processEvents()
    places = [label.geometry() for label in tile.findChildren(QLabel)]
    assert tile.grab().toImage().pixelColor(1, tile.height() // 2).name() != LIGHT.accent.casefold()
    tile.setFocus()
    QApplication.processEvents()
    assert tile.grab().toImage().pixelColor(1, tile.height() // 2).name() == LIGHT.accent.casefold()
    assert places == [label.geometry() for label in tile.findChildren(QLabel)]


def test_a_narrow_tile_breaks_its_lines_instead_of_cutting_them(qtbot: QtBot, window: QWidget, styled: None) -> None:
    tile = FigureTile("Egresos (aprobados) de la EIC desde mayo de 2011", "346,215", ("Con corte al 28/06/2019",) * 2)
    put(window, tile)
    put(window, QWidget(), 1)
    window.resize(190, 500)
    QApplication.processEvents()
    for label in tile.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())
            assert tile.rect().contains(label.geometry())


@pytest.mark.parametrize("tone", list(Tone))
def test_a_badge_says_its_state_by_icon_and_word(qtbot: QtBot, window: QWidget, tone: Tone) -> None:
    badge = Badge(DARK, tone, "Aprobado")
    put(window, badge)
    QApplication.processEvents()
    icon, word = badge.findChildren(QLabel)
    assert not icon.pixmap().isNull()
    assert (word.text(), badge.accessibleName(), badge.property("tone")) == ("Aprobado", "Aprobado", tone.value)
    assert word.width() >= word.fontMetrics().horizontalAdvance("Aprobado")


def test_a_badge_without_a_word_is_not_there_and_comes_back(qtbot: QtBot, window: QWidget) -> None:
    badge = Badge(LIGHT)
    put(window, badge)
    assert not badge.isVisible()
    badge.say(Tone.WARNING, "En trámite")
    assert badge.isVisible()
    assert not QApplication.topLevelWidgets().count(badge)


def test_a_card_holds_a_title_a_link_and_what_the_page_puts_in(qtbot: QtBot, window: QWidget) -> None:
    done: list[str] = []
    card = Card("Por hacer", Deed("Ver todo", lambda: done.append("all")))
    put(window, card)
    line = QLabel("3 cursos por cerrar")
    card.body.addWidget(line)
    QApplication.processEvents()
    assert line.isVisible()
    assert card.accessibleName() == "Por hacer"
    buttons(card)["Ver todo"].click()
    assert done == ["all"]
    card.set_title("")
    assert not card.title_label.isVisible()


def test_short_work_shows_no_progress(qtbot: QtBot, window: QWidget, said: list[str]) -> None:
    row = ProgressRow("Cancelar")
    put(window, row)
    row.start("Haciendo el consolidado")
    row.report(1, 2)
    row.finish("Listo")
    qtbot.wait(progress_row.QUIET + 60)
    assert not row.isVisible()
    assert said == []


def test_long_work_says_how_far_it_is_and_is_stopped_once(qtbot: QtBot, window: QWidget, said: list[str]) -> None:
    row = ProgressRow("Cancelar")
    put(window, row)
    row.start("Haciendo el consolidado", stopping="Deteniendo…")
    qtbot.waitUntil(row.isVisible, timeout=2000)
    row.report(27, 33, "27 de 33")
    assert any(each.text() == "27 de 33" for each in row.findChildren(QLabel))
    asked: list[bool] = []
    row.cancel_requested.connect(lambda: asked.append(True))
    button = buttons(row)["Cancelar"]
    button.click()
    button.click()
    assert asked == [True]
    assert any(each.text() == "Deteniendo…" for each in row.findChildren(QLabel))
    row.finish("Cancelado")
    assert said == ["Haciendo el consolidado", "Cancelado"]
    row.start("Otra vez")
    assert button.isEnabled()
    row.finish()


def test_progress_is_painted_ten_times_a_second_at_most_but_its_end_always(qtbot: QtBot, window: QWidget) -> None:
    row = ProgressRow("Cancelar")
    put(window, row)
    row.start("Leyendo")
    shown: list[str] = []
    for done in range(1, 1001):
        row.report(done, 1000, str(done))
        shown.append(row.findChildren(QLabel)[1].text())
    assert shown[-1] == "1000"
    assert len(set(shown)) < 10
    row.finish()


QUARTERS = [
    Bar(f"{number}\n2018", value, f"{value:,}") for number, value in zip(["I", "II", "III"], (300, 0, 120), strict=True)
]


def test_bars_are_walked_and_opened_by_keyboard(qtbot: QtBot, window: QWidget) -> None:
    bars = Bars("Egresos por trimestre", LIGHT)
    put(window, bars)
    bars.show_bars(QUARTERS)
    bars.setFocus()
    assert bars.current() == 2
    steps = [Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Home]
    assert [(QTest.keyClick(bars, key), bars.current())[1] for key in steps] == [1, 0, 0, 1, 2, 0]
    with qtbot.waitSignal(bars.activated) as opened:
        QTest.keyClick(bars, Qt.Key.Key_Return)
    assert opened.args == [0]
    with qtbot.waitSignal(bars.table_requested):
        QTest.keyClick(bars, Qt.Key.Key_T)


def test_a_click_anywhere_in_the_column_of_a_bar_opens_it(qtbot: QtBot, window: QWidget) -> None:
    bars = Bars("Egresos por trimestre", DARK)
    put(window, bars)
    bars.show_bars(QUARTERS)
    QApplication.processEvents()
    with qtbot.waitSignal(bars.activated) as opened:
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(bars.width() // 2, 4))
    assert opened.args == [1]
    assert bars.bar_at(QPoint(-5, -5)) == -1


def test_bars_tell_their_values_to_a_screen_reader(qtbot: QtBot, window: QWidget) -> None:
    bars = Bars("Egresos por trimestre", LIGHT)
    put(window, bars)
    bars.show_bars([*QUARTERS, Bar("IV\n2018", 12, "12", running=True, said="IV 2018, en curso: 12")])
    assert bars.accessibleName() == "Egresos por trimestre"
    assert bars.accessibleDescription() == "I 2018: 300; II 2018: 0; III 2018: 120; IV 2018, en curso: 12"


@pytest.mark.parametrize("count", [0, 1, 12])
def test_any_number_of_bars_up_to_twelve_is_painted(qtbot: QtBot, window: QWidget, count: int) -> None:
    bars = Bars("Egresos", LIGHT)
    put(window, bars)
    bars.show_bars([Bar(str(number), number, str(number)) for number in range(count)])
    bars.setFocus()
    assert not bars.grab().isNull()
    assert bars.minimumSizeHint().width() >= count * theme.TARGET
    with pytest.raises(AssertionError):
        bars.show_bars([Bar("x", 1, "1")] * 13)


def test_heights_of_bars_are_in_proportion(qtbot: QtBot, window: QWidget) -> None:
    bars = Bars("Egresos", LIGHT)
    put(window, bars, 1)
    bars.show_bars([Bar("a", 200, "200"), Bar("b", 100, "100"), Bar("c", 0, "0")])
    QApplication.processEvents()
    image = bars.grab().toImage()
    fill = theme.CHART_LIGHT[0].casefold()
    middles = [round((number + 0.5) * bars.width() / 3) for number in range(3)]
    heights = [sum(image.pixelColor(x, y).name() == fill for y in range(image.height())) for x in middles]
    assert heights[0] > 100
    assert heights[1] == pytest.approx(heights[0] / 2, abs=2)
    assert heights[2] == 0


def test_an_announcement_says_its_words_at_once_only_where_it_is_urgent(
    qtbot: QtBot, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, bool]] = []
    assertive = QAccessible.AnnouncementPoliteness.Assertive

    class Reader:
        """A screen reader: Qt gives a test none to listen with."""

        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802 - Qt's own name
            assert event.object() is window
            told.append((event.message(), event.politeness() == assertive))

    monkeypatch.setattr(announcing, "QAccessible", Reader)
    announcing.announce(window, "Listo.")
    announcing.announce(window, "No se pudo.", urgent=True)
    assert told == [("Listo.", False), ("No se pudo.", True)]


@pytest.mark.usefixtures("styled")
def test_tabs_without_room_stand_closer_and_then_have_a_menu(qtbot: QtBot) -> None:
    tabs = Tabs("Parts")
    qtbot.addWidget(tabs)
    for number in range(9):
        tabs.add(f"tab{number}", f"Part number {number}", QLabel)
    tabs.resize(1400, 200)
    tabs.show()
    wide = tabs.tabBar().sizeHint().width()
    tabs.resize(wide - 20, 200)
    assert tabs.tabBar().sizeHint().width() <= tabs.width(), "closer, and all in sight"
    assert not tabs.all.isVisible()
    tabs.resize(300, 200)
    assert tabs.all.isVisible()
    menu = tabs.all.menu()
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert tabs.name() == "tab8"
    tabs.resize(1400, 200)
    assert not tabs.all.isVisible()
    assert tabs.tabBar().sizeHint().width() == wide


def test_an_empty_name_of_a_view_is_refused_with_a_word_and_the_keyboard_stays_in_it(qtbot: QtBot) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    behind.show()
    popup = NamePopup("Nombre de la vista", "", T, behind)
    given: list[str] = []
    popup.named.connect(given.append)
    popup.show()
    assert not popup.told.isVisible()
    QTest.keyClick(popup.box, Qt.Key.Key_Return)
    assert popup.told.isVisible()
    assert popup.told.text() == "Escriba primero un nombre."
    QTest.keyClicks(popup.box, "Mis cursos")
    QTest.keyClick(popup.box, Qt.Key.Key_Return)
    assert given == ["Mis cursos"]


def test_a_tab_is_as_wide_chosen_as_not(window: QWidget, styled: None) -> None:
    tabs = Tabs("Partes")
    for name in ("roster", "days"):
        tabs.add(name, name.title(), QWidget)
    put(window, tabs)
    tabs.open("roster")
    before = [tabs.tabBar().tabRect(number) for number in range(2)]
    tabs.open("days")
    QApplication.processEvents()
    assert [tabs.tabBar().tabRect(number) for number in range(2)] == before
