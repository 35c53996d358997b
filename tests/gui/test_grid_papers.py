"""What a grid gives to whom: masked numbers, rows copied, exported and shown on paper with a note of who took them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.grids.class_groups import CLASS_GROUPS_GRID
from eic_tracker.gui.grids.people import PEOPLE_GRID
from eic_tracker.gui.grids.schools import SCHOOLS_GRID
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.services.exports import note_export
from eic_tracker.store.database import Database
from tests.gui.surroundings import surroundings
from tests.gui.test_grid import WAIT, Key, around, asked, clipboard, people, settle, shown
from tests.reports.pdf_reading import texts_of
from tests.services.demonstration_file import number, rows

__all__ = ["around", "clipboard", "people"]


def test_copied_rows_keep_their_zeros_and_carry_their_headings(people: Grid, qtbot: QtBot) -> None:
    settle(people, qtbot)
    key = next(
        cells.row.id
        for row in range(100)
        if (cells := people.model.known(row)) is not None and (cells.row.document or "").startswith("0")
    )
    people.select_key(key)
    with qtbot.waitSignal(people.said):
        QTest.keyClick(people.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    head, line, end = data.text().split("\n")
    assert head.split("\t")[:2] == ["Surnames, given names", "Identity no."]
    assert end == ""
    found = people.model.known(people.model.place_of(key))
    assert found is not None
    assert line.split("\t")[1] == found.row.document
    assert f"<td style=\"mso-number-format:'\\@'\">{found.row.document}</td>" in data.html()
    assert f"<td>{found.row.completions}</td>" in data.html()


def test_even_one_person_is_copied_only_with_a_note_of_who_took_it(people: Grid, demo_file: Path, qtbot: QtBot) -> None:
    settle(people, qtbot)
    before = rows(demo_file, "SELECT count(*) FROM export")[0][0]
    first, second = people.model.keys[0], people.model.keys[1]
    people.select_key(first)
    with qtbot.waitSignal(people.said, timeout=WAIT):
        people.papers.copy()
        # What is chosen while the note is written is not what the note says.
        people.select_key(second)
    noted = rows(demo_file, "SELECT count(*), max(id) FROM export")
    assert noted[0][0] == before + 1
    assert rows(demo_file, "SELECT kind, people, reason FROM export ORDER BY id DESC LIMIT 1") == [
        ("people: copy", 1, None)
    ]
    shown = people.model.cells(0)
    assert shown is not None
    assert QGuiApplication.clipboard().text().split("\n")[1].split("\t")[0] == shown.texts[0]


def test_many_people_are_copied_only_with_a_reason_that_stands_in_the_journal(
    people: Grid, demo_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[str | None] = [None, "List for the ministry"]
    monkeypatch.setattr("eic_tracker.gui.dialogs.ask_reason.ask_reason", lambda *_: answers.pop(0))
    QGuiApplication.clipboard().clear()
    people.table.selectAll()
    people.papers.copy()
    settle(people, qtbot)
    assert QGuiApplication.clipboard().text() == ""
    with qtbot.waitSignal(people.said, timeout=WAIT):
        people.papers.copy()
    assert QGuiApplication.clipboard().text().count("\n") == len(people.model.keys) + 1
    noted = rows(demo_file, "SELECT kind, people, reason FROM export ORDER BY id DESC LIMIT 1")
    assert noted == [("people: copy", len(people.model.keys), "List for the ministry")]


def test_a_view_is_exported_with_filters_user_and_identities_as_text(
    people: Grid, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eic_tracker.gui.dialogs.ask_reason.ask_reason", lambda *_: "List for the ministry")
    asked(people, qtbot, lambda: people.restore({"filters": (("sex", "F"),), "text": "", "sort": ("name", False)}))
    with qtbot.waitSignal(people.said, timeout=WAIT):
        people.papers.export_to(tmp_path / "women.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "women.xlsx").worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Surnames, given names")
    said = " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=head[0].row - 1))
    for wanted in ("Sex: Women", "List for the ministry", f"{len(people.model.keys):,} persons", "DEMONSTRATION"):
        assert wanted in said
    lines = list(sheet.iter_rows(min_row=head[0].row + 1))
    assert len(lines) == len(people.model.keys)
    documents = [line[1] for line in lines if line[1].value is not None]
    assert any(cell.value.startswith("0") for cell in documents)
    assert {cell.data_type for cell in documents} == {"s"}
    completed = [cell.value for cell in head].index("Completions")
    assert all(isinstance(line[completed].value, int) for line in lines)


def test_a_list_without_people_is_exported_without_a_note(
    around: Surroundings, demo_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    grid = shown(Grid(SCHOOLS_GRID, around), qtbot)
    with qtbot.waitSignal(grid.said, timeout=WAIT):
        grid.papers.export_to(tmp_path / "schools.xlsx")
    assert number(demo_file, "SELECT count(*) FROM export") == 0


def test_class_groups_leave_with_a_note_as_soon_as_they_show_their_officers(
    around: Surroundings, demo_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    grid = shown(Grid(CLASS_GROUPS_GRID, around), qtbot)
    key = next(cells.row.id for row in range(50) if (cells := grid.model.known(row)) is not None and cells.row.officers)
    grid.select_key(key)
    with qtbot.waitSignal(grid.said, timeout=WAIT):
        grid.papers.copy()
    assert number(demo_file, "SELECT count(*) FROM export") == 0
    names = [column.name for column in CLASS_GROUPS_GRID.columns]
    grid.columns.set_columns([(place, True) for place in (0, names.index("officers"))])
    group = grid.model.known(grid.model.place_of(key))
    assert group is not None
    officers = len({officer.code for officer in group.row.officers})
    with qtbot.waitSignal(grid.said, timeout=WAIT):
        grid.papers.copy()
    assert rows(demo_file, "SELECT kind, people FROM export") == [("class_groups: copy", officers)]


def test_one_person_after_another_is_copied_until_a_reason_is_asked(
    people: Grid, demo_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[str] = []

    def ask(_window: object, _t: object, question: str) -> str:
        questions.append(question)
        return "For the ministry"

    monkeypatch.setattr("eic_tracker.gui.dialogs.ask_reason.ask_reason", ask)
    with Database(demo_file) as db:
        note_export(db, people.around.acting, "people: copy", 49, None)
    people.select_key(people.model.keys[0])
    for asked_until_now in range(2):
        with qtbot.waitSignal(people.said, timeout=WAIT):
            people.papers.copy()
        assert len(questions) == asked_until_now
    assert rows(demo_file, "SELECT people, reason FROM export ORDER BY id") == [
        (49, None),
        (1, None),
        (1, "For the ministry"),
    ]


def test_people_leave_no_other_way_than_with_a_note(
    people: Grid, around: Surroundings, tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[Any] = []
    people.noticed.connect(told.append)
    people.papers._write(tmp_path / "people.xlsx", people.model.keys, None, "")
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert "journal" in told[0].text
    assert not (tmp_path / "people.xlsx").exists()
    failures: list[Failure] = []
    around.jobs.write(
        note_export, around.acting, "people: copy", 51, "  ", owner=people, failed=failures.append, done=None
    )
    qtbot.waitUntil(lambda: bool(failures), timeout=WAIT)
    assert failures[0].told is not None


def test_a_view_is_shown_on_paper_before_it_is_printed(people: Grid, qtbot: QtBot) -> None:
    asked(people, qtbot, lambda: people.restore({"filters": (("possible_duplicate", "yes"),), "text": ""}))
    people.papers.print()
    qtbot.waitUntil(lambda: bool(people.window().findChildren(PrintView)), timeout=WAIT)
    dialog = people.window().findChildren(PrintView)[0]
    qtbot.waitUntil(lambda: bool(dialog.preview.view.pdf), timeout=WAIT)
    text = texts_of(dialog.preview.view.pdf)[0]
    assert "May stand twice" in text
    first = people.model.known(0)
    assert first is not None
    assert first.row.surnames in text
    dialog.reject()


def test_an_instructor_sees_own_people_with_masked_numbers(demo_file: Path, qtbot: QtBot) -> None:
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        grid = shown(Grid(PEOPLE_GRID, around), qtbot)
        seen = [cells.row for row in range(20) if (cells := grid.model.known(row)) is not None]
        assert seen
        assert all(row.document is None or row.document.startswith("•••") for row in seen)
        grid.close()
