"""A window of Qt on a real screen under a window manager: keys reach it, the manager sizes and closes it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

import run
from tests.gui.real_screen import RealScreen, real_screen

pytestmark = [
    pytest.mark.needs("Xvfb", "openbox", "xdotool"),
    pytest.mark.skipif(bool(run.missing_libraries(run.SCREEN)), reason="for want of Qt's libraries for a screen"),
]

PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
app = QApplication([])
window = QWidget()
window.setWindowTitle("Ventana de prueba")
window.setMinimumSize(940, 500)
field = QLineEdit()
QVBoxLayout(window).addWidget(field)
field.returnPressed.connect(lambda: print(app.platformName(), field.text(), flush=True))
window.show()
sys.exit(app.exec())
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[RealScreen]:
    with real_screen() as made:
        yield made


def test_a_window_takes_keys_and_obeys_the_window_manager(screen: RealScreen) -> None:
    words = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(words, env=dict(screen.environment()), stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        window = screen.window("Ventana de prueba")
        screen.activate(window)
        screen.text("Núñez 0801")
        screen.keys("Return")
        assert child.stdout.readline() == "xcb Núñez 0801\n"
        screen.xdotool("windowsize", "--sync", window, "1000", "600")
        assert screen.size(window) == (1000, 600)
        screen.keys("alt+F4")
        assert child.wait(20) == 0
