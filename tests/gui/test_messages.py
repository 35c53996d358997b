"""Messages above a page, toasts and empty states: seen whole, read out, never in the way."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from eic_tracker.gui import theme
from eic_tracker.gui.theme import LIGHT, Tone
from eic_tracker.gui.widgets import message_bar, state_view, toast
from eic_tracker.gui.widgets.deed import Deed
from eic_tracker.gui.widgets.message_bar import MessageBar
from eic_tracker.gui.widgets.state_view import State, StateView
from eic_tracker.gui.widgets.toast import Toast
from tests.gui.test_small_widgets import LONG, T, buttons, closing, put, said, styled, window

__all__ = ["said", "styled", "window"]


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
