"""A window of Qt on a real screen under a window manager: keys reach it, the manager sizes and closes it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

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
        screen.text("Nunez 0801")
        screen.keys("Return")
        assert child.stdout.readline() == "xcb Nunez 0801\n"
        screen.xdotool("windowsize", "--sync", window, "1000", "600")
        assert screen.size(window) == (1000, 600)
        screen.keys("alt+F4")
        assert child.wait(20) == 0


def test_the_program_is_used_by_keys_on_a_real_screen(screen: RealScreen, demo_folder: Path, tmp_path: Path) -> None:
    environment = {**screen.environment(), "XDG_DATA_HOME": str(tmp_path / "data"), "LANG": "es_HN.UTF-8"}
    told = subprocess.run([sys.executable, "-c", FOLDER], env=environment, capture_output=True, text=True, check=True)
    data = Path(told.stdout.strip())
    data.mkdir(parents=True, exist_ok=True)
    shutil.copy(demo_folder / "demo.eic", data / "demo.eic")
    words = [sys.executable, "-m", "eic_tracker"]
    with started(words, environment) as child:
        window = screen.window("EIC Tracker")
        screen.activate(window)
        time.sleep(1)
        screen.keys("alt+x")
        home = screen.window("Buen día")
        assert home == window
        assert pictured(screen, window, tmp_path / "home.png") > 200
        screen.keys("ctrl+k")
        screen.text("maria nunez")
        time.sleep(1)
        screen.keys("Return")
        screen.window("Núñez")
        screen.keys("alt+Left")
        screen.window("Buen día")
        screen.keys("ctrl+3")
        screen.window("Personas")
        screen.keys("alt+Left")
        screen.window("Buen día")
        screen.xdotool("windowsize", "--sync", window, "960", "540")
        assert pictured(screen, window, tmp_path / "small.png") > 200
        screen.keys("ctrl+q")
        assert child.wait(30) == 0


@contextmanager
def started(words: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is ended with the block, however that ends."""
    child = subprocess.Popen(words, env=environment)
    try:
        yield child
    finally:
        child.kill()
        child.wait(20)


FOLDER = "from eic_tracker import paths; print(paths.data_folder())"


def pictured(screen: RealScreen, window: str, path: Path) -> int:
    """How many colours a picture of the window has: an empty window has one or two."""
    program = (
        "import sys; from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]); "
        "picture = app.primaryScreen().grabWindow(int(sys.argv[1])).toImage(); picture.save(sys.argv[2]); "
        "print(len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}))"
    )
    command = [sys.executable, "-c", program, window, str(path)]
    done = subprocess.run(command, env=dict(screen.environment()), capture_output=True, text=True, check=True)
    return int(done.stdout)
