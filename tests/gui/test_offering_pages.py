"""The page of one course given: roster, results that open their rows, papers, history, and who sees what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import EnrolmentStatus, Role
from eic_tracker.gui.offering_parts import ResultsPart, grade_bands, rules_sentences
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.bars import Bars
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.queries.offering_detail import CourseRules
from eic_tracker.services.listings import list_keys, list_rows
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.gui.surroundings import surroundings
from tests.services.demonstration_file import number, rows

SECONDS = 20_000
_CLOSED = "SELECT id FROM offering WHERE code = '041-2019'"


def opened(
    qtbot: QtBot, around: Surroundings, key: int, state: dict[str, Any] | None = None, *, told: bool = False
) -> OfferingPage:
    """The page in sight with its record, or with the sentence that says why it is not shown."""
    page = OfferingPage(around)
    qtbot.addWidget(page)
    page.resize(1150, 600)
    page.show()
    page.show_place(Place("offering", key, state or {}))
    if told:
        qtbot.waitUntil(lambda: bool(page.state_view.text()), timeout=SECONDS)
    else:
        qtbot.waitUntil(lambda: page.detail is not None, timeout=SECONDS)
    return page


def roster_of(page: OfferingPage, qtbot: QtBot) -> Grid:
    """The roster, once its rows are there."""
    grid = page.grid_in_sight()
    assert grid is not None
    qtbot.waitUntil(lambda: len(grid.model.keys) > 0 and grid.model.known(0) is not None, timeout=SECONDS)
    return grid


def words_of(page: OfferingPage) -> str:
    """All that the page says."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_page_names_the_course_and_shows_its_whole_roster(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _CLOSED)
    people = number(demo_file, "SELECT count(*) FROM enrolment WHERE offering_id = ?", (key,))
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, key)
        assert page.title().startswith("Course 041-2019 · ")
        assert page.badge.text() == "Closed"
        grid = roster_of(page, qtbot)
        assert len(grid.model.keys) == people
        grade = [column.name for column in grid.model.columns].index("grade")
        first = grid.model.known(0)
        assert first is not None
        assert first.tones[grade] is None, "a grade that is as on its act has no mark"


def test_enter_on_the_roster_opens_the_person(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, number(demo_file, _CLOSED))
        grid = roster_of(page, qtbot)
        cells = grid.model.known(0)
        assert cells is not None
        went: list[Place] = []
        page.go_requested.connect(went.append)
        grid.table.setCurrentIndex(grid.model.index(0, 0))
        qtbot.keyClick(grid.table, Qt.Key.Key_Return)
        assert went == [Place("person", cells.row.participant_id)]


def test_each_count_of_the_results_opens_exactly_its_rows(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _CLOSED)
    people = number(demo_file, "SELECT count(*) FROM enrolment WHERE offering_id = ?", (key,))
    with surroundings(demo_file, Role.MANAGER) as around:
        page = opened(qtbot, around, key, {"tab": "results"})
        part = page.tabs.content("results")
        assert isinstance(part, ResultsPart)
        asked: list[tuple[str, Request]] = []
        page.rows_requested.connect(lambda listing, request, _title: asked.append((listing, request)))
        for tile in part.tiles:
            qtbot.keyClick(tile, Qt.Key.Key_Return)
        counts = [int(tile.value()) for tile in part.tiles]
        qtbot.waitUntil(lambda: part.bars is not None and len(part.bars.bars()) > 0, timeout=SECONDS)
        assert part.bars is not None
        bars = [bar.value for bar in part.bars.bars()]
        for place in range(len(bars)):
            part.bars.activated.emit(place)
        acting = around.acting
    with Database(demo_file) as db:
        found = [len(list_keys(db, acting, listing, request)) for listing, request in asked]
    assert sum(counts) == people
    assert found == counts + bars


def test_grades_that_came_before_their_tab_was_opened_are_drawn_in_it(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, number(demo_file, "SELECT id FROM offering WHERE code = '116-2019'"))
        page.tabs.open("results")
        page.show_place(Place("offering", number(demo_file, _CLOSED)))
        qtbot.waitUntil(lambda: page.detail is not None and page.tabs.name() == "roster", timeout=SECONDS)
        qtbot.waitUntil(lambda: not around.jobs.running, timeout=SECONDS)
        page.tabs.open("results")
        part = page.tabs.content("results")
        assert isinstance(part, ResultsPart)
        assert part.bars is not None
        assert part.bars.bars()
        page.show_place(Place("offering", number(demo_file, "SELECT id FROM offering WHERE code = '123-2019'")))
        page.tabs.open("results")
        qtbot.waitUntil(lambda: page.detail is not None and not around.jobs.running, timeout=SECONDS)
        assert not any(bars.isVisible() for bars in part.findChildren(Bars)), "those of another course are gone"


def test_the_bars_hold_everybody_with_a_grade(demo_file: Path) -> None:
    key = number(demo_file, _CLOSED)
    with Database(demo_file) as db:
        acting = demonstration_user(db, Role.MANAGER)
        keys = list_keys(db, acting, "roster", Request(filters=(("offering", str(key)),)))
        roster = list(list_rows(db, acting, "roster", list(keys)).values())
    graded = [row for row in roster if row.final_grade is not None]
    bands = grade_bands(roster, 100)
    assert sum(len(band.keys) for band in bands) == len(graded) > 0
    assert bands[-1].last == 100
    for band in bands:
        for row in roster:
            grade = row.second_chance_grade if row.second_chance_grade is not None else row.final_grade
            if row.id in band.keys:
                assert grade is not None
                assert band.first * 100 <= grade < (band.last + 1) * 100


def test_an_administrator_sees_no_roster_and_no_certificates(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.ADMINISTRATOR) as around:
        page = opened(qtbot, around, number(demo_file, _CLOSED))
        assert page.tabs.names() == ("days", "results", "documents", "history")


def test_an_instructor_sees_own_courses_with_masked_numbers(qtbot: QtBot, demo_file: Path) -> None:
    own = number(
        demo_file,
        "SELECT a.offering_id FROM assignment a JOIN user u ON u.instructor_id = a.instructor_id"
        " JOIN enrolment e ON e.offering_id = a.offering_id WHERE u.login = 'instructor'"
        " GROUP BY a.offering_id ORDER BY count(*) DESC LIMIT 1",
    )
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, own)
        grid = roster_of(page, qtbot)
        shown = [cells.row.document for cells in map(grid.model.known, range(5)) if cells is not None]
        assert all(document is None or document.startswith("•••") for document in shown)


def test_another_instructors_course_is_refused_in_one_sentence(qtbot: QtBot, demo_file: Path) -> None:
    other = number(
        demo_file,
        "SELECT id FROM offering WHERE id NOT IN (SELECT a.offering_id FROM assignment a"
        " JOIN user u ON u.instructor_id = a.instructor_id WHERE u.login = 'instructor') LIMIT 1",
    )
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, other, told=True)
        assert page.state_view.isVisible()
        assert page.state_view.text() == "This record is gone, or you may not see it."
        assert not page.tabs.isVisible()
        assert not page.state_view.findChildren(QPushButton)


def test_the_page_comes_back_with_tab_and_row(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _CLOSED)
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, key)
        grid = roster_of(page, qtbot)
        chosen = grid.model.keys[7]
        assert grid.select_key(chosen)
        page.tabs.open("documents")
        left = dict(page.state())
        page.show_place(Place("offering", number(demo_file, "SELECT min(id) FROM offering")))
        qtbot.waitUntil(lambda: page.detail is not None and page.tabs.name() == "roster", timeout=SECONDS)
        page.show_place(Place("offering", key, left))
        qtbot.waitUntil(lambda: page.detail is not None and page.tabs.name() == "documents", timeout=SECONDS)
        page.tabs.open("roster")
        qtbot.waitUntil(lambda: roster_of(page, qtbot).current_key() == chosen, timeout=SECONDS)


def test_papers_and_history_are_those_of_the_course(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _CLOSED)
    letters = rows(
        demo_file,
        "SELECT DISTINCT d.number FROM source_document d JOIN enrolment e ON e.source_document_id = d.id"
        " WHERE e.offering_id = ?",
        (key,),
    )
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, key, {"tab": "documents"})
        papers = page.tabs.content("documents")
        assert papers is not None
        shown = {row.number for row in papers.findChildren(SmallTable)[0].rows.values()}
        assert {letter for (letter,) in letters} <= shown
        page.tabs.open("history")
        history = page.tabs.content("history")
        assert history is not None
        (table,) = history.findChildren(SmallTable)
        entry = next(iter(table.rows))
        went: list[Place] = []
        page.go_requested.connect(went.append)
        table.select_key(entry)
        qtbot.keyClick(table, Qt.Key.Key_Return)
        assert went == [Place("history", state={"entry": entry})]


def test_a_course_without_participants_says_so(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, "SELECT id FROM offering WHERE code = '116-2019'")
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, key)
        grid = page.grid_in_sight()
        assert grid is not None
        qtbot.waitUntil(lambda: grid.state_view.text() == "Nobody is on this roster yet.", timeout=SECONDS)
        page.tabs.open("results")
        assert "Nobody is on the roster yet, so there are no results." in words_of(page)


def test_what_changes_while_the_page_is_open_is_read_again_in_place(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _CLOSED)
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, key)
        grid = roster_of(page, qtbot)
        assert grid.select_key(grid.model.keys[4])
        chosen = grid.current_key()
        page.refresh()
        qtbot.waitUntil(lambda: around.jobs.running == 0, timeout=SECONDS)
        assert grid.current_key() == chosen
        assert "enrolment" in page.shows


def test_rules_are_told_in_words() -> None:
    t = Translator(Language.EN)
    rules = CourseRules(1, 1, 40, 8, 100, 7000, 80, "none", 50, 50, 0)
    assert rules_sentences(rules, t) == [
        "To complete it one needs at least 70 of 100 points and 80 % of attendance.",
        "The grade is made of: final test 50 %, performance 50 %.",
        "Grades are not rounded: 69.5 does not reach 70.",
    ]
    conference = CourseRules(1, 1, 8, 0, 100, 0, 100, "none", 0, 0, 0)
    assert rules_sentences(conference, t) == [
        "To complete it one needs 100 % of attendance; there is no minimum grade."
    ]


def test_every_result_has_a_tile_of_its_own_words() -> None:
    from eic_tracker.gui.code_words import ENROLMENT_STATUSES

    t = Translator(Language.ES)
    words = [t(ENROLMENT_STATUSES[status][0]) for status in EnrolmentStatus]
    assert len(set(words)) == len(words)


def test_the_keyboard_stands_in_what_the_tab_shows(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        page = OfferingPage(around)
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        page.show_place(Place("offering", number(demo_file, _CLOSED), {"tab": "results"}))
        page.first_focus()
        qtbot.waitUntil(lambda: page.detail is not None, timeout=SECONDS)
        part = page.tabs.content("results")
        assert isinstance(part, ResultsPart)
        qtbot.waitUntil(part.tiles[0].hasFocus, timeout=SECONDS)
        shown = [name for place, name in enumerate(page.tabs.names()) if page.tabs.isTabVisible(place)]
        assert {"attendance", "grades", "acts", "history"} <= {*shown}
        for name in (*shown[shown.index("results") + 1 :], "roster"):
            page.tabs.walk(1)
            assert page.tabs.name() == name
        grid = page.grid_in_sight()
        assert grid is not None
        qtbot.waitUntil(grid.table.hasFocus, timeout=SECONDS)
