"""What a lock, a change of user or a closed file leaves in sight: nothing of the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.errors import Refused
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.dialogs.change_password import ChangePassword
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.choice_popup import Popup
from eic_tracker.gui.widgets.paper_preview import PaperPreview
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.view_paper import ViewColumn, ViewPaper
from eic_tracker.reports.view_pdf import view_pdf
from eic_tracker.services.exports import note_export
from eic_tracker.services.sign_in import sign_in
from eic_tracker.services.users import set_password
from eic_tracker.store.database import Database
from tests.gui.windows import go, place_of_work, settle, until, window
from tests.services.school import PASSWORD, school_file, values


@cache
def one_page() -> bytes:
    """A paper of one page."""
    paper = ViewPaper(
        "People",
        (ViewColumn("Name"),),
        (),
        "1 person",
        [("Ada",)],
        "Ada",
        dt.datetime(2018, 12, 31, tzinfo=dt.UTC),
        False,
    )
    return view_pdf(paper, Translator(Language.EN), Paper.LETTER)


@contextmanager
def school_window(qtbot: QtBot, folder: Path, login: str = "registrar") -> Iterator[MainWindow]:
    """The window on the small school's file, somebody signed in."""
    with window(qtbot) as made:
        made.open(school_file(folder))
        enter(qtbot, made, login)
        yield made
        settle(qtbot, made)


def enter(qtbot: QtBot, made: MainWindow, login: str) -> None:
    assert made.file is not None
    made.file.jobs.write(sign_in, login, PASSWORD, owner=made, done=made.enter)
    until(qtbot, lambda: made.workplace is not None and made.acting is not None and made.acting.login == login)
    settle(qtbot, made)


def in_sight(made: MainWindow) -> list[QWidget]:
    """Every window that is seen beside the main one."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not made]


def print_view(made: MainWindow) -> None:
    around = place_of_work(made).around
    view = PrintView(around, lambda _db, _acting, paper: one_page(), "People", made)
    view.open()


def print_dialog_above_a_view(made: MainWindow) -> None:
    print_view(made)
    view = next(each for each in in_sight(made) if isinstance(each, PrintView))
    view.preview.view.show_pdf(one_page())
    view.preview.print_paper()


def password(made: MainWindow) -> None:
    ChangePassword(place_of_work(made).around, made).open()


def file_dialog(made: MainWindow) -> None:
    QFileDialog(made, "Export this view").open()


def print_dialog(made: MainWindow) -> None:
    preview = PaperPreview(place_of_work(made).around, place_of_work(made).page)
    preview.view.show_pdf(one_page())
    preview.print_paper()


def menu(made: MainWindow) -> None:
    found = made.menuBar().findChild(QMenu)
    assert isinstance(found, QMenu)
    found.popup(made.mapToGlobal(QPoint(10, 30)))


def popup(made: MainWindow) -> None:
    Popup("Filter", place_of_work(made).page).show_below(made.mapToGlobal(QPoint(40, 40)))


@pytest.mark.parametrize(
    "show", [print_view, password, file_dialog, print_dialog, print_dialog_above_a_view, menu, popup]
)
def test_the_lock_takes_away_what_stands_above_the_window(
    qtbot: QtBot, tmp_path: Path, show: Callable[[MainWindow], None]
) -> None:
    with school_window(qtbot, tmp_path) as made:
        show(made)
        assert in_sight(made)
        settle(qtbot, made)
        made.lock()
        screens = made.centralWidget()
        assert isinstance(screens, QStackedWidget)
        assert isinstance(screens.currentWidget(), SignIn)
        assert in_sight(made) == []
        assert QApplication.activeModalWidget() is None


def test_who_unlocks_goes_on_typing_where_the_lock_came(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        page = go(qtbot, made, Place("people")).page
        page.find_in_page()
        box = made.focusWidget()
        QTest.keyClicks(box, "nu")
        made.lock()
        assert made.focusWidget() is not box
        bar = [action.text().replace("&", "") for action in made.menuBar().actions() if not action.isEnabled()]
        assert bar == ["Editar", "Ir"], "what is behind the lock is not offered"
        enter(qtbot, made, "registrar")
        assert made.focusWidget() is box
        QTest.keyClicks(made.focusWidget(), "nez")
        assert isinstance(box, QLineEdit)
        assert box.text() == "nunez"


def test_another_person_is_asked_who_they_are(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        assert made.file is not None
        made.preferences.keep(replace(made.preferences.current, last_logins={made.file.uid: "registrar"}))
        made.change_user()
        settle(qtbot, made)
        screens = made.centralWidget()
        assert isinstance(screens, QStackedWidget)
        door = screens.currentWidget()
        assert isinstance(door, SignIn)
        assert door.login.text() == ""
        assert made.focusWidget() is door.login.edit


def test_a_question_for_a_reason_that_the_lock_takes_away_is_not_answered(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        QTimer.singleShot(50, made, made.lock)
        assert ask_reason(made, made.t, "Why?") is None
        assert in_sight(made) == []


def test_neither_keys_nor_answers_name_anybody_in_the_title_of_a_locked_window(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        for name in ("people", "courses"):
            go(qtbot, made, Place(name))
        here = made.windowTitle()
        made.lock()
        shut = made.windowTitle()
        assert shut == "school.eic — EIC Tracker"
        for act in (made.acts.back, made.acts.help, made.acts.forward):
            act()
            QTest.qWait(1)
            assert made.windowTitle() == shut
        assert place_of_work(made).trail.here.page == "courses"
        assert made.acting is not None
        made.enter(made.acting)
        assert made.windowTitle() == here


def test_the_next_user_finds_no_view_that_another_one_saved(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        grid = go(qtbot, made, Place("people")).page.grid  # type: ignore[attr-defined]
        grid.bar.search.setText("0801199012345")
        grid.tools.views.save("Núñez")
        made.change_user()
        enter(qtbot, made, "manager")
        grid = go(qtbot, made, Place("people")).page.grid  # type: ignore[attr-defined]
        assert grid.tools.views.kept() == ()
        assert grid.bar.search.text() == ""
        made.change_user()
        enter(qtbot, made, "registrar")
        grid = go(qtbot, made, Place("people")).page.grid  # type: ignore[attr-defined]
        assert [view.name for view in grid.tools.views.kept()] == ["Núñez"]


@pytest.mark.parametrize("leave", ["lock", "change_user"])
def test_copied_people_leave_the_clipboard_and_what_another_program_put_there_stays(
    qtbot: QtBot, tmp_path: Path, leave: str
) -> None:
    clipboard = QApplication.clipboard()
    with school_window(qtbot, tmp_path) as made:
        for theirs in ("", "what another program copied"):
            grid = go(qtbot, made, Place("people")).page.grid  # type: ignore[attr-defined]
            grid.select_key(grid.model.keys[0])
            with qtbot.waitSignal(grid.said):
                grid.papers.copy()
            settle(qtbot, made)
            name = grid.model.index(0, 0).data()
            assert name in clipboard.text()
            made.make_anew()
            settle(qtbot, made)
            assert name in clipboard.text(), "another theme takes nothing away"
            if theirs:
                clipboard.setText(theirs)
            getattr(made, leave)()
            assert clipboard.text() == theirs
            enter(qtbot, made, "registrar")
        clipboard.clear()


def test_who_comes_back_the_next_day_finds_the_place_on_that_day(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with school_window(qtbot, tmp_path) as made:
        go(qtbot, made, Place("people"))
        place = place_of_work(made)
        made.lock()
        tomorrow = place.around.today + dt.timedelta(days=1)
        assert made.file is not None
        made.file = replace(made.file, today=lambda: tomorrow)
        assert made.acting is not None
        made.enter(made.acting)
        settle(qtbot, made)
        assert place_of_work(made).around.today == tomorrow
        assert place_of_work(made).trail.here.page == "people"


def test_a_paper_whose_note_is_written_while_the_window_locks_is_not_shown_above_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with school_window(qtbot, tmp_path) as made:
        page = go(qtbot, made, Place("people")).page
        page.grid.papers.print()  # type: ignore[attr-defined]
        made.lock()
        settle(qtbot, made)
        assert in_sight(made) == []


def test_a_second_window_lets_its_user_read_and_writes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    path = school_file(tmp_path)
    with window(qtbot) as first, window(qtbot) as second:
        first.open(path)
        enter(qtbot, first, "registrar")
        second.open(path)
        with Database(path, read_only=True) as db:
            before = values(db, "SELECT max(id) FROM change_set")
            enter(qtbot, second, "manager")
            assert second.file is not None
            assert second.acting is not None
            refused: list[Failure] = []
            acting, jobs = second.acting, second.file.jobs
            jobs.write(
                set_password, acting, login="manager", password="otra clave larga", owner=second, failed=refused.append
            )
            jobs.write(note_export, acting, "people: copy", 3, "", owner=second, failed=refused.append)
            settle(qtbot, second)
            assert [isinstance(each.told, Refused) for each in refused] == [True, True]
            assert values(db, "SELECT max(id) FROM change_set") == before
        settle(qtbot, first)
