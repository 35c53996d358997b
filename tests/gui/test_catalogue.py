"""The catalogue in the real window: a course with modules, its next version and its change, by keys alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from eic_tracker.gui.pages.course_form_page import CourseFormPage
from eic_tracker.gui.place import Place
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.windows import demonstration, go, place_of_work
from tests.services.demonstration_file import number, rows

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_course_its_modules_and_its_next_version_are_written_by_keys_alone(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("courses", state={"tab": "courses"}))
        keys = Keys(qtbot, made)

        def form() -> CourseFormPage:
            page = place_of_work(made).page
            assert isinstance(page, CourseFormPage)
            assert page.pane.form is not None
            return page

        keys.press(Qt.Key.Key_N, CONTROL | SHIFT)
        keys.type("CUR-HUELLA")
        keys.press(Qt.Key.Key_Tab)
        keys.type("Huellas de calzado")
        boxes = form().pane.form.boxes  # type: ignore[union-attr]
        boxes["hours"].editor.widget.setFocus()
        keys.type("40")
        boxes["minimum_grade"].editor.widget.setFocus()
        keys.type("70")
        boxes["modules"].editor.widget.setFocus()
        for cells in (("Escena", "24", "", "60"), ("Laboratorio", "16", "", "30")):
            for cell in cells:
                keys.type(cell)
                keys.press(Qt.Key.Key_Tab)
        keys.press(Qt.Key.Key_Return, CONTROL)
        assert "90" in boxes["modules"].problem(), "weights that do not make 100 are told under the modules"
        assert rows(demo_file, "SELECT id FROM course WHERE code = 'CUR-HUELLA'") == []
        boxes["modules"].editor.restore([["Escena", "24", "", "60"], ["Laboratorio", "16", "", "40"]])
        keys.press(Qt.Key.Key_S, CONTROL)
        key = number(demo_file, "SELECT id FROM course WHERE code = 'CUR-HUELLA'")
        here = place_of_work(made).trail.here
        assert (here.page, here.key) == ("course", key)

        keys.press(Qt.Key.Key_N, CONTROL | SHIFT)
        assert len(form().pane.form.values()["modules"]) == 2, "the next version begins as a copy"  # type: ignore[union-attr, arg-type]
        form().pane.form.boxes["minimum_grade"].editor.set_value("75")  # type: ignore[union-attr]
        keys.press(Qt.Key.Key_Return, CONTROL)
        versions = "SELECT version, minimum_grade FROM course_version WHERE course_id = ? ORDER BY version"
        assert rows(demo_file, versions, (key,)) == [(1, 7000), (2, 7500)]
        keys.press(Qt.Key.Key_Z, CONTROL)
        assert rows(demo_file, versions, (key,)) == [(1, 7000)]

        keys.press(Qt.Key.Key_F2)
        form().pane.form.boxes["title"].editor.set_value("Huellas de pisadas")  # type: ignore[union-attr]
        keys.press(Qt.Key.Key_Return, CONTROL)
        assert rows(demo_file, "SELECT title FROM course WHERE id = ?", (key,)) == [("Huellas de pisadas",)]
