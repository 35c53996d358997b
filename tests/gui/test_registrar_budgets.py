"""What a registrar does many times a day, by keys alone, counted against the budgets of the design."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.gui.palette import Palette
from eic_tracker.gui.place import Place
from tests.gui.test_list_review import NEW, as_text, copy, store
from tests.gui.test_offering_form import CONTROL, RUNNING, Keys
from tests.gui.test_roster_entry import entry_of, known_people
from tests.gui.windows import demonstration, go, place_of_work, settle, until
from tests.services.demonstration_file import number, rows

Key = Qt.Key
KEYS_TO_FIND = 12
KEYS_TO_CORRECT = KEYS_FOR_ANOTHER_UNIT = 40
"""15 seconds at 0.28 s a key, with 1.2 s of thought before three of them."""
SERVED = """SELECT e.unit_id FROM enrolment e JOIN participant p ON p.id = e.participant_id
WHERE p.document_number = ? AND e.unit_id IS NOT NULL ORDER BY e.id"""
SOMEBODY = """SELECT id, document_number FROM participant p WHERE document_kind = 'national_id'
AND document_country = 'HND' AND merged_into_id IS NULL
AND substr(document_number, -5) IN (
    SELECT substr(document_number, -5) FROM participant GROUP BY substr(document_number, -5) HAVING count(*) = 1
)
ORDER BY id LIMIT 1"""


def test_somebody_known_comes_from_another_unit_within_the_budget_and_what_they_served_in_before_stays(
    qtbot: QtBot, demo_file: Path
) -> None:
    _, document = known_people(demo_file)[0]
    before = rows(demo_file, SERVED, (document,))
    with demonstration(qtbot, demo_file) as office:
        go(qtbot, office, Place("offering", number(demo_file, RUNNING)))
        keys = Keys(qtbot, office)
        keys.type(document)
        keys.press(Key.Key_Return)
        row = entry_of(office).row
        while not row.unit.isAncestorOf(QApplication.focusWidget()):
            keys.press(Key.Key_Tab)
            assert keys.pressed < KEYS_FOR_ANOTHER_UNIT
        keys.press(Key.Key_A, CONTROL)
        keys.type("goets")
        keys.press(Key.Key_Return)
        keys.press(Key.Key_Return)
        assert keys.pressed <= KEYS_FOR_ANOTHER_UNIT
    now = rows(demo_file, SERVED, (document,))
    assert now[: len(before)] == before, "each course keeps the unit of its time"
    assert len(now) == len(before) + 1
    assert now[-1] not in before


def test_somebody_is_found_a_number_corrected_and_a_paste_taken_back_within_their_budgets(
    qtbot: QtBot, demo_file: Path
) -> None:
    ((key, document),) = rows(demo_file, SOMEBODY)
    right = str(document)[:8] + "98765"
    with demonstration(qtbot, demo_file) as office:
        go(qtbot, office, Place("home"))
        keys = Keys(qtbot, office)
        keys.press(Key.Key_K, CONTROL)
        keys.type(str(document)[-5:])
        palette = next(each for each in place_of_work(office).findChildren(Palette) if each.isVisible())
        until(qtbot, lambda: palette.list.count() > 0)
        settle(qtbot, office)
        keys.press(Key.Key_Return)
        assert place_of_work(office).trail.here == Place("person", key)
        assert keys.pressed <= KEYS_TO_FIND

        keys.press(Key.Key_F2)
        for _ in range(3):
            keys.press(Key.Key_Tab)
        keys.press(Key.Key_A, CONTROL)
        keys.type(right)
        keys.press(Key.Key_Return, CONTROL)
        assert rows(demo_file, "SELECT document_number FROM participant WHERE id = ?", (key,)) == [(right,)]
        assert keys.pressed <= KEYS_TO_CORRECT, "from the wish to the stored correction"

        go(qtbot, office, Place("offering", number(demo_file, RUNNING)))
        before = number(demo_file, "SELECT count(*) FROM participant")
        copy(as_text(NEW))
        keys.press(Key.Key_V, CONTROL)
        QGuiApplication.clipboard().clear()
        store(qtbot, office, keys)
        assert number(demo_file, "SELECT count(*) FROM participant") == before + len(NEW)
        pressed = keys.pressed
        keys.press(Key.Key_Z, CONTROL)
        assert keys.pressed - pressed == 1
        assert number(demo_file, "SELECT count(*) FROM participant") == before, "nothing of it is left"
