"""Messages, toast, empty states, tiles, badges, cards, progress and bars, as hands, eyes and ears meet them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
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
from eic_tracker.gui.widgets.message_bar import MessageBar
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.state_view import State, StateView
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.gui.widgets.toast import Toast
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


def test_a_message_takes_its_place_above_the_page_and_the_page_keeps_its_scroll(qtbot: QtBot, window: QWidget) -> None:
    bar, area, field = MessageBar(T, LIGHT), QScrollArea(), QLineEdit()
    tall = QLabel("\n".join(str(line) for line in range(200)))
    area.setWidget(tall)
    for widget in (bar, field):
        put(window, widget)
    put(window, area, 1)
    field.setFocus()
    area.verticalScrollBar().setValue(700)
    assert not bar.isVisible()
    bar.tell(Tone.WARNING, LONG, deeds=(Deed("Copiar a una USB…", lambda: None),))
    QApplication.processEvents()
    assert bar.isVisible()
    assert not bar.geometry().intersects(area.geometry())
    assert area.verticalScrollBar().value() == 700
    assert field.hasFocus()


def test_an_error_stays_in_sight_until_it_is_closed(qtbot: QtBot, window: QWidget, said: list[str]) -> None:
    bar = MessageBar(T, LIGHT)
    put(window, bar)
    bar.tell(Tone.ERROR, "No se pudo guardar.")
    bar.tell(Tone.INFO, "Hay una versión nueva.")
    bar.dismiss_quiet()
    assert (bar.message() or fail()).text == "No se pudo guardar."
    bar.tell(Tone.INFO, "Hay una versión nueva.")
    closing(bar).click()
    assert (bar.message() or fail()).text == "Hay una versión nueva."
    closing(bar).click()
    assert bar.message() is None
    assert not bar.isVisible()
    assert said[0].endswith(". No se pudo guardar.")


def fail() -> message_bar.Message:
    raise AssertionError("no message is shown")


def test_a_message_said_twice_is_shown_once_and_a_key_replaces_and_withdraws(qtbot: QtBot, window: QWidget) -> None:
    bar = MessageBar(T, LIGHT)
    put(window, bar)
    for _ in range(3):
        bar.tell(Tone.ERROR, "El disco está lleno.")
    bar.dismiss()
    assert bar.message() is None
    bar.tell(Tone.WARNING, "Hace 8 días sin copia.", key="copies")
    bar.tell(Tone.WARNING, "Hace 9 días sin copia.", key="copies")
    bar.dismiss_quiet()
    assert (bar.message() or fail()).text == "Hace 9 días sin copia."
    bar.withdraw("copies")
    assert bar.message() is None


def test_the_details_of_a_message_can_be_copied(qtbot: QtBot, window: QWidget, said: list[str]) -> None:
    bar = MessageBar(T, LIGHT)
    put(window, bar)
    bar.tell(Tone.ERROR, "Algo falló.", details="Traceback …")
    buttons(bar)[T("Copy details")].click()
    assert QGuiApplication.clipboard().text() == "Algo falló.\n\nTraceback …"
    assert said[-1] == T("Copied")


def test_the_keyboard_goes_back_to_where_it_was_when_a_message_is_closed(qtbot: QtBot, window: QWidget) -> None:
    bar, field = MessageBar(T, LIGHT), QLineEdit()
    put(window, bar)
    put(window, field)
    field.setFocus()
    bar.tell(Tone.ERROR, "No se pudo leer.")
    closing(bar).setFocus()
    QTest.keyClick(closing(bar), Qt.Key.Key_Space)
    assert field.hasFocus()


def test_a_message_may_outlive_the_page_that_had_the_keyboard(qtbot: QtBot, window: QWidget) -> None:
    bar, field = MessageBar(T, LIGHT), QLineEdit()
    put(window, bar)
    put(window, field)
    field.setFocus()
    bar.tell(Tone.ERROR, "No se pudo leer.")
    shiboken6.delete(field)
    closing(bar).setFocus()
    closing(bar).click()
    assert not bar.isVisible()


@pytest.mark.parametrize("width", [320, 480, 940])
def test_a_message_cuts_nothing_off_at_any_width(qtbot: QtBot, window: QWidget, styled: None, width: int) -> None:
    bar = MessageBar(T, LIGHT)
    put(window, bar)
    put(window, QWidget(), 1)
    deeds = (Deed("Copiar a una USB…", lambda: None), Deed("Más tarde", lambda: None))
    bar.tell(Tone.WARNING, LONG, deeds=deeds)
    window.resize(width, 500)
    for _ in range(3):
        QApplication.processEvents()
    label = next(each for each in bar.findChildren(QLabel) if each.text() == LONG)
    assert label.height() >= label.heightForWidth(label.width())
    for button in buttons(bar).values():
        assert button.width() >= button.sizeHint().width()
        assert bar.rect().contains(button.geometry())
        assert button.height() >= theme.TARGET
    assert closing(bar).height() >= theme.TARGET


def test_a_toast_tells_never_takes_the_keyboard_and_goes_by_itself(
    qtbot: QtBot, window: QWidget, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast, "SHOWN", 60)
    field = QLineEdit()
    put(window, field)
    field.setFocus()
    made = Toast(window, T, LIGHT, window.rect)
    made.say("Se guardaron 3 grados.", undo=True)
    assert made.isVisible()
    assert field.hasFocus()
    assert said == [f"Se guardaron 3 grados. {T('Undo')}: Ctrl+Z."]
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=2000)


def test_a_toast_waits_while_the_mouse_or_the_keyboard_is_on_it(
    qtbot: QtBot, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast, "SHOWN", 80)
    monkeypatch.setattr(toast, "_LEAST_LEFT", 80)
    made = Toast(window, T, LIGHT, window.rect)
    made.say("Listo.", undo=True)
    undo = next(iter(buttons(made).values()))
    monkeypatch.setattr(made, "underMouse", lambda: True)
    spot = QPointF(5, 5)
    QApplication.sendEvent(made, QEnterEvent(spot, spot, spot))
    qtbot.wait(200)
    assert made.isVisible()
    undo.setFocus()
    monkeypatch.setattr(made, "underMouse", lambda: False)
    QApplication.sendEvent(made, QEvent(QEvent.Type.Leave))
    qtbot.wait(200)
    assert made.isVisible()
    QTest.keyClick(undo, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=2000)


def test_the_button_of_a_toast_asks_to_undo_once(qtbot: QtBot, window: QWidget) -> None:
    made = Toast(window, T, LIGHT, window.rect)
    made.say("Se guardaron 3 grados.", undo=True)
    undo = next(iter(buttons(made).values()))
    assert "Ctrl+Z" in undo.text()
    with qtbot.waitSignal(made.undo_requested):
        undo.click()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=2000)
    made.say("Deshecho.")
    assert not buttons(made)
    made.dismiss()


@pytest.mark.parametrize("calm", [True, False])
def test_a_toast_fades_unless_the_system_asks_for_less_motion(
    qtbot: QtBot, window: QWidget, monkeypatch: pytest.MonkeyPatch, calm: bool
) -> None:
    monkeypatch.setattr(toast, "less_motion", lambda _widget: calm)
    made = Toast(window, T, LIGHT, window.rect)
    made.say("Listo.")
    assert (made.graphicsEffect() is None) is calm
    qtbot.waitUntil(lambda: made.graphicsEffect() is None, timeout=2000)
    assert made.isVisible()
    made.dismiss()
    assert made.isVisible() is not calm
    made.say("Otra vez.")
    qtbot.waitUntil(lambda: made.graphicsEffect() is None, timeout=2000)
    assert made.isVisible()
    made.dismiss()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=2000)


def test_a_toast_goes_with_its_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toast, "less_motion", lambda _widget: False)
    place = QWidget()
    place.resize(400, 300)
    place.show()
    made = Toast(place, T, LIGHT, place.rect)
    made.say("Listo.", undo=True)
    shiboken6.delete(place)
    qtbot.wait(200)
    assert not shiboken6.isValid(made)


@pytest.mark.parametrize("width", [360, 800])
def test_a_toast_stays_inside_its_window_with_all_its_words(
    qtbot: QtBot, window: QWidget, styled: None, width: int
) -> None:
    made = Toast(window, T, LIGHT, window.rect)
    made.say(LONG, undo=True)
    window.resize(width, 400)
    QApplication.processEvents()
    assert window.rect().contains(made.geometry())
    label = next(each for each in made.findChildren(QLabel) if each.text() == LONG)
    assert label.height() >= label.heightForWidth(label.width())
    assert all(made.rect().contains(each.geometry()) for each in made.findChildren(QPushButton))


def test_each_empty_state_says_one_sentence_and_offers_one_thing(
    qtbot: QtBot, window: QWidget, said: list[str]
) -> None:
    view, done = StateView(LIGHT), list[str]()
    put(window, view)
    view.show_nothing_found("Nadie coincide.", "Quitar filtros", lambda: done.append("cleared"))
    buttons(view)["Quitar filtros"].click()
    view.show_failed("No se pudo leer.", "Reintentar", lambda: done.append("tried"))
    assert list(buttons(view)) == ["Reintentar"]
    buttons(view)["Reintentar"].click()
    view.show_empty("Todavía no hay personas.")
    assert not buttons(view)
    assert (view.state(), view.text(), view.accessibleName()) == (State.EMPTY, *["Todavía no hay personas."] * 2)
    assert done == ["cleared", "tried"]
    assert said == ["Nadie coincide.", "No se pudo leer.", "Todavía no hay personas."]


def test_an_empty_state_is_told_when_it_comes_into_sight(qtbot: QtBot, window: QWidget, said: list[str]) -> None:
    view = StateView(LIGHT)
    view.show_empty("Todavía no hay personas.")
    assert said == []
    put(window, view)
    assert said == ["Todavía no hay personas."]


def test_a_button_of_an_empty_state_may_change_the_state(qtbot: QtBot, window: QWidget) -> None:
    view = StateView(LIGHT)
    put(window, view)
    view.show_failed("No se pudo leer.", "Reintentar", lambda: view.show_reading("Leyendo…"))
    buttons(view)["Reintentar"].click()
    assert view.state() is State.READING


def test_reading_is_mentioned_only_when_it_takes_its_time(qtbot: QtBot, window: QWidget) -> None:
    view = StateView(LIGHT)
    put(window, view)
    view.show_reading("Leyendo…")
    assert view.text() == ""
    view.show_empty("Nada.")
    qtbot.wait(state_view.QUIET + 60)
    assert view.text() == "Nada."
    view.show_reading("Leyendo…")
    qtbot.waitUntil(lambda: view.text() == "Leyendo…", timeout=2000)


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
