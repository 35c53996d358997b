"""First run and a new file: by keyboard, off the window's thread, with nothing lost on errors."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker import settings
from eic_tracker.domain.codes import Role
from eic_tracker.errors import UserError
from eic_tracker.gui.dialogs.bug_report import BugReport
from eic_tracker.gui.doors import first_run
from eic_tracker.gui.doors.first_run import FirstRun
from eic_tracker.gui.doors.new_file_form import NewFileForm
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.jobs import Job, failure_of
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.work import Work
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import demonstration
from eic_tracker.services.new_file import offered_totals
from tests.gui.opened import COLOURS, WindowsShown, around_of, opened, preferences
from tests.services.demonstration_file import number
from tests.services.school import PASSWORD

EN = Translator(Language.EN)


OTHER = "otra clave larga"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the test."""
    monkeypatch.setattr("eic_tracker.paths.data_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def kept() -> Iterator[Preferences]:
    made = preferences(language=Language.EN)
    yield made
    made.store()


@pytest.fixture
def door(qtbot: QtBot, folder: Path, kept: Preferences) -> FirstRun:
    return show_door(qtbot, kept)


def show_door(qtbot: QtBot, kept: Preferences) -> FirstRun:
    made = FirstRun(kept, EN, COLOURS)
    qtbot.addWidget(made)
    made.resize(940, 460)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made._work.running == 0 and made.new_file.hasFocus())
    return made


def fill(form: NewFileForm, **values: str) -> None:
    whole = {
        "school": "Escuela de Investigación",
        "full_name": "Ada Primera",
        "login": "ada",
        "password": PASSWORD,
        "again": PASSWORD,
        "second_full_name": "Bea Segunda",
        "second_login": "bea",
        "second_password": OTHER,
        "second_again": OTHER,
        **values,
    }
    for name, text in whole.items():
        form.fields[name].edit.setText(text)


def shown_form(door: FirstRun) -> NewFileForm:
    door.new_file.click()
    assert door.form is not None
    return door.form


def test_the_first_screen_says_where_files_lie_and_that_they_are_not_encrypted(door: FirstRun, folder: Path) -> None:
    words = " ".join(label.text() for label in door.notice.findChildren(QLabel))
    assert str(folder) in words
    assert "not encrypted" in words


def test_the_other_language_is_one_press_away(qtbot: QtBot, door: FirstRun) -> None:
    with qtbot.waitSignal(door.language_chosen) as chosen:
        door.languages[Language.ES].click()
    assert chosen.args == [Language.ES]


def test_a_recent_file_that_is_gone_is_told_apart_and_can_be_taken_off_the_list(
    qtbot: QtBot, folder: Path, kept: Preferences
) -> None:
    here, gone = folder / "here.eic", folder / "gone.eic"
    here.touch()
    kept.keep(settings.with_file(settings.with_file(kept.current, gone), here))
    door = show_door(qtbot, kept)
    assert list(door.recent.buttons) == [here]
    with qtbot.waitSignal(door.open_requested) as asked:
        door.recent.buttons[here].click()
    assert asked.args == [here]
    door.recent.forget(gone)
    assert kept.recent_files == (here,)


def test_a_new_file_is_made_with_two_administrators_by_keys_alone(qtbot: QtBot, door: FirstRun, folder: Path) -> None:
    QTest.keyClick(door.new_file, Qt.Key.Key_Return)
    form = door.form
    assert form is not None
    fill(form)
    form.totals.setChecked(True)
    with qtbot.waitSignal(door.open_requested, timeout=60_000) as asked:
        QTest.keyClick(form.fields["second_again"].edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert not form.make.isEnabled()
    path = Path(asked.args[0])
    assert path == folder / "eic-tracker.eic"
    assert number(path, "SELECT count(*) FROM user WHERE role = 'administrator'") == 2
    assert number(path, "SELECT count(*) FROM historical_total") == len(offered_totals()) > 0


def test_what_is_wrong_is_said_under_its_field_and_nothing_typed_is_lost(qtbot: QtBot, door: FirstRun) -> None:
    form = shown_form(door)
    fill(form, school="", password="corta", again="corta", second_again="another", second_login="ada")
    form.submit()
    wrong = {name for name, field in form.fields.items() if field.problem()}
    assert wrong == {"school", "password", "second_again", "second_login"}
    assert form.fields["school"].edit.hasFocus()
    assert "10" in form.fields["password"].problem()
    assert form.fields["password"].problem() in form.fields["password"].edit.accessibleDescription()
    QTest.keyClicks(form.fields["school"].edit, "Escuela")
    assert form.fields["school"].problem() == ""
    assert form.fields["second_full_name"].text() == "Bea Segunda"


def test_esc_goes_back_and_the_form_is_as_it_was_left(qtbot: QtBot, door: FirstRun) -> None:
    form = shown_form(door)
    QTest.keyClicks(form.fields["school"].edit, "Escuela a medias")
    QTest.keyClick(form.fields["school"].edit, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert door.new_file.hasFocus()
    assert shown_form(door).fields["school"].text() == "Escuela a medias"


def test_a_file_that_is_there_is_never_overwritten(door: FirstRun, folder: Path) -> None:
    form = shown_form(door)
    fill(form, path=str(folder / "taken"))
    (folder / "taken.eic").write_bytes(b"mine")
    form.submit()
    assert "already" in form.fields["path"].problem()
    assert (folder / "taken.eic").read_bytes() == b"mine"


def test_a_folder_that_refuses_is_told_under_the_place(qtbot: QtBot, door: FirstRun, folder: Path) -> None:
    form = shown_form(door)
    (folder / "a-file").touch()
    fill(form, path=str(folder / "a-file" / "new.eic"))
    form.submit()
    qtbot.waitUntil(lambda: bool(form.fields["path"].problem()), timeout=60_000)
    assert form.make.isEnabled()


@pytest.mark.parametrize("typed", ["", "/", "name.eic"])
def test_a_place_that_is_none_is_refused(door: FirstRun, typed: str) -> None:
    form = shown_form(door)
    fill(form, path=typed)
    form.submit()
    assert form.fields["path"].problem()


def test_every_control_has_a_name_and_every_label_a_buddy(door: FirstRun) -> None:
    form = shown_form(door)
    for edit in door.findChildren(QLineEdit):
        assert edit.accessibleName(), edit
    for field in form.fields.values():
        assert field.label.buddy() is field.edit
    names = [form.fields[name].edit.accessibleName() for name in ("password", "second_password")]
    assert len(set(names)) == 2


def test_nothing_flashes_as_a_window_of_its_own(qtbot: QtBot, folder: Path, kept: Preferences, tmp_path: Path) -> None:
    with WindowsShown() as shown, opened(tmp_path, held_by="marta") as file:
        door = show_door(qtbot, kept)
        shown_form(door).submit()
        show_sign_in(qtbot, file, kept)
        show_sign_in(qtbot, file, kept, Role.MANAGER)
    assert shown == ["FirstRun", "SignIn", "SignIn"]


class SlowBuilder:
    """Stands for the builder of sample data: waits to be let on, reports as it does."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.cancelled = False

    def __call__(self, path: Path, *, progress: Callable[[int, int], None]) -> None:
        for done in range(1, 4):
            self.go_on.wait(10)
            try:
                progress(done, 3)
            except Exception:
                self.cancelled = True
                raise
        path.write_bytes(b"made")


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowBuilder]:
    made = SlowBuilder()
    monkeypatch.setattr(demonstration, "build_apart", made)
    yield made
    made.go_on.set()


def test_sample_data_are_made_off_the_windows_thread_and_then_opened(
    qtbot: QtBot, door: FirstRun, builder: SlowBuilder, folder: Path
) -> None:
    door.explore.click()
    assert not door.new_file.isEnabled()
    qtbot.waitUntil(door.progress.isVisible)
    with qtbot.waitSignal(door.open_requested) as asked:
        builder.go_on.set()
    assert asked.args == [folder / first_run.SAMPLE]
    assert not door.progress.isVisible()


def test_making_sample_data_can_be_stopped(qtbot: QtBot, door: FirstRun, builder: SlowBuilder, folder: Path) -> None:
    door.explore.click()
    qtbot.waitUntil(door.progress.isVisible)
    door.progress.cancel_requested.emit()
    builder.go_on.set()
    qtbot.waitUntil(door.explore.isEnabled)
    assert builder.cancelled
    assert not (folder / first_run.SAMPLE).exists()
    assert door.messages.message() is None


def test_sample_data_that_are_there_open_at_once(qtbot: QtBot, folder: Path, kept: Preferences) -> None:
    (folder / first_run.SAMPLE).touch()
    door = show_door(qtbot, kept)
    with qtbot.waitSignal(door.open_requested) as asked:
        QTest.keyClick(door.explore, Qt.Key.Key_Space)
    assert asked.args == [folder / first_run.SAMPLE]


def test_sample_data_are_removed_with_one_press(qtbot: QtBot, folder: Path, kept: Preferences, demo_file: Path) -> None:
    sample = folder / first_run.SAMPLE
    if sample != demo_file:
        demo_file.rename(sample)
    kept.note_file(sample)
    door = show_door(qtbot, kept)
    assert door.remove.isVisible()
    door.remove.click()
    qtbot.waitUntil(lambda: not door.remove.isVisible() and door.explore.isEnabled())
    assert not sample.exists()
    assert kept.recent_files == ()


def test_nothing_but_sample_data_is_ever_removed(qtbot: QtBot, folder: Path, kept: Preferences) -> None:
    with opened(folder):
        pass
    (folder / "school.eic").rename(folder / first_run.SAMPLE)
    door = show_door(qtbot, kept)
    door.remove.click()
    qtbot.waitUntil(lambda: door.messages.message() is not None)
    assert (folder / first_run.SAMPLE).exists()


def test_work_whose_door_is_gone_is_cancelled_and_never_heard_of(qtbot: QtBot) -> None:
    owner, heard, go_on = QWidget(), list[object](), threading.Event()
    work = Work(owner)

    def slow(job: Job) -> None:
        go_on.wait(10)
        job.report(1, 2)

    work.start(slow, done=heard.append, failed=heard.append)
    with qtbot.waitSignal(work.destroyed):
        owner.deleteLater()
        QApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
        go_on.set()
    assert heard == []


def test_an_error_of_work_is_told_on_the_windows_thread(qtbot: QtBot) -> None:
    owner, heard = QWidget(), list[tuple[object, bool]]()
    qtbot.addWidget(owner)
    work = Work(owner)

    def wrong(_job: Job) -> None:
        raise UserError("No.")

    work.start(
        wrong,
        done=print,
        failed=lambda failure: heard.append((failure.told, threading.current_thread() is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(heard))
    assert str(heard[0][0]) == "No."
    assert heard[0][1]


@pytest.fixture
def file(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenFile]:
    with opened(tmp_path) as made:
        yield made


def show_sign_in(qtbot: QtBot, file: OpenFile, kept: Preferences, locked: Role | None = None) -> SignIn:
    acting = around_of(file, locked, kept, file.path.parent).acting if locked else None
    made = SignIn(file, acting, kept, EN, COLOURS)
    qtbot.addWidget(made)
    made.resize(940, 460)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: isinstance(made.focusWidget(), QLineEdit))
    return made


def test_a_change_of_theme_keeps_what_stands_in_the_form(qtbot: QtBot, door: FirstRun, kept: Preferences) -> None:
    form = shown_form(door)
    fill(form, school="Escuela a medias")
    form.totals.setChecked(True)
    again = show_door_with(qtbot, kept, door.typed())
    assert again.form is not None
    assert again.form.isVisible()
    assert again.form.draft() == form.draft()


def show_door_with(qtbot: QtBot, kept: Preferences, typed: Mapping[str, str]) -> FirstRun:
    made = FirstRun(kept, EN, COLOURS)
    qtbot.addWidget(made)
    made.type_again(typed)
    made.show()
    qtbot.waitUntil(lambda: made._work.running == 0)
    return made


def test_a_bug_at_the_door_offers_its_report(qtbot: QtBot, door: FirstRun) -> None:
    try:
        raise KeyError("María Núñez")
    except KeyError as error:
        door.show_notice(notice_of(failure_of(error), EN))
    message = door.messages.message()
    assert message is not None
    message.deeds[0].act()
    (report,) = door.findChildren(BugReport)
    assert "KeyError" in report.report.toPlainText()
    assert "María" not in report.report.toPlainText()
    report.close()
