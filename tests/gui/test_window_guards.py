"""Qt works here as the window needs it, and what a test of the window leaves alive fails that test."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]

CAREFUL = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget
def test_tidy(qtbot):
    window = QDialog()
    qtbot.addWidget(window)
    window.show()
    window.raise_()
    QTimer(window).start(1000)
def test_nothing(): pass
"""

CARELESS = """
import logging, threading
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget
kept = []
def test_window(qtbot):
    window = QWidget()
    window.setWindowTitle("Forgotten")
    window.show()
    kept.append(window)
def test_timer(qtbot):
    timer = QTimer()
    timer.start(60_000)
    kept.append(timer)
def test_thread(qtbot):
    class Forgotten(QThread):
        def run(self):
            logging.getLogger().info("a foreign thread is given a name")
            self.exec()
    thread = Forgotten()
    thread.start()
    kept.append(thread)
def test_warning(qtbot):
    qWarning("something is amiss")
def test_tidy(qtbot):
    kept[0].deleteLater()
    kept[1].stop()
    kept[2].quit()
    kept[2].wait()
def test_nothing(): pass
"""


def run_on(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    shutil.copy(ROOT / "tests" / "conftest.py", pytester.path)
    shutil.copy(ROOT / "pyproject.toml", pytester.path)
    pytester.makepyfile(test_source=source)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist", ".")


def test_a_window_that_is_closed_with_its_timers_is_nothing_left_behind(pytester: pytest.Pytester) -> None:
    run_on(pytester, CAREFUL).assert_outcomes(passed=2)


def test_a_window_a_timer_a_thread_or_a_warning_left_behind_fails_its_test(pytester: pytest.Pytester) -> None:
    result = run_on(pytester, CARELESS)
    said = result.stdout.str()
    assert "['QWidget Forgotten']" in said
    assert "['QTimer']" in said
    assert "['Forgotten']" in said
    assert "something is amiss" in said
    assert result.parseoutcomes() == {"passed": 5, "failed": 1, "errors": 3}


def test_text_has_real_width_in_the_shipped_face(qtbot: QtBot) -> None:
    label = QLabel("Egresos (aprobados) 346,215")
    qtbot.addWidget(label)
    assert QFontInfo(label.font()).family() == "Source Sans 3"
    width = QFontMetricsF(label.font()).horizontalAdvance(label.text())
    assert 120 < width < 220
    assert QFontMetricsF(label.font()).inFontUcs4(ord("ñ"))


def test_qt_calls_do_not_lose_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops a reference at each call that returns nothing and ends Python 3.11 after some thousands."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(2000):
        label.setText(str(number))
        QApplication.processEvents()
    assert abs(sys.getrefcount(None) - before) < 200
