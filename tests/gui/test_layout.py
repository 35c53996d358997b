"""No page clips words, lets widgets overlap, leaves controls unnamed or small, or keys ambiguous; no English is left.

The whole set of languages, themes and sizes is looked at by `python3 run.py shots`."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.i18n import Language
from tests.shots.checks import look
from tests.shots.languages import Stretched, Watched, not_looked_up, stretched, untranslated
from tests.shots.shortcuts import ambiguous
from tests.shots.stage import PSEUDO
from tests.shots.walk import Walk, missing_pages, walk

SIZES = ("1366x768", "960x540")


@pytest.fixture
def bare(qtbot: QtBot) -> QWidget:
    """An empty window."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    return made


def put(widget: QWidget, parent: QWidget, *place: int) -> None:
    widget.setParent(parent)
    widget.setGeometry(QRect(*place))


def said(window: QWidget) -> str:
    window.show()
    QApplication.processEvents()
    return "\n".join(map(str, look(window, "page")))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["es", PSEUDO])
def test_every_page_shows_all_of_its_words_and_controls(demo_folder: Path, qapp: QApplication, language: str) -> None:
    assert qapp is not None
    found = walk(demo_folder / "demo.eic", Walk(language, sizes=SIZES))
    assert not found, "\n" + "\n".join(map(str, found))


def test_every_page_of_the_rail_has_been_made() -> None:
    assert missing_pages() == []


def test_words_that_are_cut_off_are_found(bare: QWidget) -> None:
    put(QLabel("a sentence that wants more room"), bare, 0, 0, 60, 20)
    assert "needs" in said(bare)


def test_wrapped_words_that_are_too_high_are_found(bare: QWidget) -> None:
    label = QLabel("a sentence that wants more room than it has in one line")
    label.setWordWrap(True)
    put(label, bare, 0, 0, 100, 20)
    assert "of height" in said(bare)


def test_buttons_and_hints_that_are_cut_off_are_found(bare: QWidget) -> None:
    edit = QLineEdit()
    edit.setPlaceholderText("what is wanted here in many words")
    edit.setAccessibleName("wanted")
    put(edit, bare, 0, 40, 80, 28)
    put(QPushButton("a sentence that wants more room"), bare, 0, 0, 60, 28)
    assert said(bare).count(" needs ") == 2


def test_widgets_over_each_other_or_outside_are_found(bare: QWidget) -> None:
    put(QPushButton("one"), bare, 0, 0, 100, 30)
    put(QPushButton("two"), bare, 90, 10, 100, 30)
    put(QPushButton("three"), bare, 250, 100, 100, 30)
    told = said(bare)
    assert "stands over QPushButton “one”" in told
    assert "outside its parent" in told


def test_controls_without_a_name_and_small_ones_are_found(bare: QWidget) -> None:
    put(QToolButton(), bare, 0, 0, 20, 30)
    told = said(bare)
    assert "has no name" in told
    assert "less than 24" in told


def test_keys_that_two_controls_answer_to_are_found(bare: QWidget) -> None:
    put(QPushButton("&One"), bare, 0, 0, 100, 30)
    put(QPushButton("&Other"), bare, 0, 40, 100, 30)
    bare.show()
    assert "Alt+O" in str(ambiguous(bare, "page")[0])


def test_english_in_spanish_and_words_that_are_not_looked_up_are_found(bare: QWidget) -> None:
    put(QPushButton("Close"), bare, 0, 0, 100, 30)
    bare.show()
    t = Watched(Language.ES)
    t("a message that nobody translated")
    told = [finding.what for finding in untranslated(bare, "page", t)]
    assert told == ["is English: “Close”", "has no Spanish for “a message that nobody translated”"]
    assert "is not looked up" in not_looked_up(bare, "page")[0].what


def test_the_stretched_language_is_a_third_longer_and_keeps_its_fields() -> None:
    assert stretched("Home") == "Hómé Hómé"
    text = stretched("{count} rows of the whole list")
    assert "{count}" in text
    assert len(text) >= 1.3 * len(" rows of the whole list") + len("{count}")
    assert Stretched().plural("{count} row", "{count} rows", 1234).startswith("1,234 ")
