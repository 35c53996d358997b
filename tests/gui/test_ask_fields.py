"""A question in between is as high as what it asks."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.editors import LineEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_
from tests.gui.windows import demonstration, place_of_work

SAID = "Lo que se corrija después se dirá como cifra rectificada. Solo un administrador puede reabrirlo, con un motivo."


def _found(problems: list[DraftProblem], _values: object) -> list[DraftProblem]:
    return problems


def test_a_question_needs_no_scrolling_however_its_words_wrap(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as window:
        for letters in range(56, 80, 2):
            said = ("palabra " * 12)[:letters]
            fields = [FormField(name, name, lambda label, _around: LineEditor(label)) for name in "abcdefg"]
            found = partial(_found, [])
            asked = AskFields("¿Seguro?", [said], fields, found, place_of_work(window).page.around, window)
            asked.start({})
            qtbot.waitExposed(asked)
            assert asked.findChildren(QScrollArea)[0].verticalScrollBar().maximum() == 0, f"{letters} letters"
            asked.reject()


def test_a_question_is_as_high_as_what_it_asks_and_grows_for_what_is_wrong(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as window:
        heights = []
        for number in (0, 2, 6):
            names = [f"field {each}" for each in range(number)]
            problems = [DraftProblem(name, N_("Write a reason.")) for name in names[:2]]
            asked = AskFields(
                "¿Seguro?",
                [SAID],
                [FormField(name, name, lambda label, _around: LineEditor(label)) for name in names],
                partial(_found, problems),
                place_of_work(window).page.around,
                window,
            )
            asked.start({})
            qtbot.waitExposed(asked)
            bar = asked.findChildren(QScrollArea)[0].verticalScrollBar()
            heights.append(asked.height())
            assert bar.maximum() == 0, f"{number} fields need no scrolling"
            if problems:
                qtbot.keyClick(asked, Qt.Key.Key_Return)
                qtbot.wait(10)
                assert asked.height() > heights[-1], "what is wrong stands under each field"
                assert bar.maximum() == 0
            asked.reject()
        assert heights == sorted(set(heights)), "more is asked, more room is taken"
        assert heights[0] < 260
