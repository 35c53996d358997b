"""Accounts and historical totals in the window; appearance taken at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker import drafts
from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.settings_page import SettingsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.appearance_part import AppearancePart
from eic_tracker.gui.settings_parts.totals_part import TotalsPart
from eic_tracker.gui.settings_parts.users_part import UsersPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import Language
from eic_tracker.services.historical_totals import TotalState
from eic_tracker.services.sign_in import sign_in
from eic_tracker.settings import Settings
from eic_tracker.store.database import Database
from tests.gui.opened import WindowsShown, around_of, opened, preferences
from tests.gui.surroundings import surroundings
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.services.school import NOW, values

WAIT = 20_000


@contextmanager
def section(qtbot: QtBot, around: Surroundings, name: str) -> Iterator[SettingsPage]:
    page = SettingsPage(around)
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    page.show_place(Place("settings", state={"section": name}))
    quiet(qtbot, around)
    yield page
    page.hide()


@pytest.fixture
def at_users(qtbot: QtBot, tmp_path: Path) -> Iterator[UsersPart]:
    """An administrator at the accounts."""
    with opened(tmp_path) as file:
        kept = preferences()
        around = dataclasses.replace(around_of(file, Role.ADMINISTRATOR, kept, tmp_path), file_uid=tmp_path.name)
        with section(qtbot, around, "users") as page:
            part = page.part
            assert isinstance(part, UsersPart)
            yield part
        kept.store()


def quiet(qtbot: QtBot, around: Surroundings) -> None:
    for _ in range(4):
        qtbot.waitUntil(lambda: around.jobs.running == 0, timeout=WAIT)
        qtbot.wait(2)


def press(part: QWidget, text: str) -> None:
    next(each for each in part.findChildren(QPushButton) if each.text() == text and each.isVisible()).click()


def choose(qtbot: QtBot, part: UsersPart, login: str) -> None:
    part.table.select_key(next(key for key, row in part.table.rows.items() if row.login == login))
    quiet(qtbot, part.around)


def save(qtbot: QtBot, part: UsersPart | TotalsPart, **written: object) -> None:
    assert part.pane.form is not None
    part.pane.form.write(written)
    part.pane.save.click()
    quiet(qtbot, part.around)


def problems(part: UsersPart | TotalsPart) -> dict[str, str]:
    assert part.pane.form is not None
    return {name: box.problem() for name, box in part.pane.form.boxes.items() if box.problem()}


def test_a_new_user_signs_in_with_the_password_that_was_given(
    qtbot: QtBot, at_users: UsersPart, tmp_path: Path
) -> None:
    part = at_users
    press(part, "Add a user")
    quiet(qtbot, part.around)
    save(qtbot, part, login="rosa", full_name="Rosa Ñáñez", password="otra clave larga", again="otra clave corta")
    assert problems(part) == {"again": "Both must be the same."}
    save(qtbot, part, again="otra clave larga")
    assert not part.pane.is_open
    assert "rosa" in [row.login for row in part.table.rows.values()]
    with Database(tmp_path / "school.eic", clock=lambda: NOW) as db:
        assert sign_in(db, "rosa", "otra clave larga").role is Role.REGISTRAR


def test_a_password_is_never_kept_half_typed(qtbot: QtBot, at_users: UsersPart) -> None:
    part = at_users
    press(part, "Add a user")
    quiet(qtbot, part.around)
    assert part.pane.form is not None
    part.pane.form.write({"login": "rosa", "password": "una clave secreta"})
    part.leave()
    (kept,) = drafts.drafts_of(part.around.file_uid, "administrator")
    assert kept.content["login"] == "rosa"
    assert "secreta" not in str(kept.content)


def test_the_form_says_what_is_wrong_with_an_account(qtbot: QtBot, at_users: UsersPart) -> None:
    part = at_users
    press(part, "Add a user")
    quiet(qtbot, part.around)
    save(qtbot, part, login="registrar", full_name="", password="corta", again="corta")
    assert set(problems(part)) == {"login", "full_name", "password"}


def test_an_instructors_account_is_not_saved_without_its_instructor(qtbot: QtBot, at_users: UsersPart) -> None:
    part = at_users
    press(part, "Add a user")
    quiet(qtbot, part.around)
    told = {"login": "asesor", "full_name": "Un Asesor", "password": "otra clave larga", "again": "otra clave larga"}
    save(qtbot, part, **told, role=Role.INSTRUCTOR.value)
    assert list(problems(part)) == ["instructor_id"]
    save(qtbot, part, instructor_id=1)
    assert not part.pane.is_open
    assert next(row for row in part.table.rows.values() if row.login == "asesor").instructor_id == 1
    choose(qtbot, part, "instructor")
    part.edit_current()
    quiet(qtbot, part.around)
    save(qtbot, part, full_name="Ana Asesora")
    assert not part.pane.is_open, "an account that has lacked its instructor for long keeps its other fields changeable"


def test_an_account_is_ended_and_opened_again(qtbot: QtBot, at_users: UsersPart, tmp_path: Path) -> None:
    part = at_users
    choose(qtbot, part, "auditor")
    press(part.detail, "End the account")
    quiet(qtbot, part.around)
    assert "Ended" in part.detail.text()
    press(part.detail, "Open again")
    quiet(qtbot, part.around)
    with Database(tmp_path / "school.eic", clock=lambda: NOW) as db:
        assert values(db, "SELECT active FROM user WHERE login = 'auditor'") == [(1,)]


def test_the_last_administrator_stays(qtbot: QtBot, at_users: UsersPart) -> None:
    part = at_users
    heard: list[str] = []
    part.noticed.connect(lambda notice: heard.append(notice.text))
    choose(qtbot, part, "administrator")
    press(part.detail, "End the account")
    quiet(qtbot, part.around)
    assert len(heard) == 1
    assert "last administrator" in heard[0]


def test_a_forgotten_password_is_given_anew(qtbot: QtBot, at_users: UsersPart, tmp_path: Path) -> None:
    part = at_users
    choose(qtbot, part, "manager")
    press(part.detail, "New password…")
    save(qtbot, part, password="tercera clave larga", again="tercera clave larga")
    with Database(tmp_path / "school.eic", clock=lambda: NOW) as db:
        assert sign_in(db, "manager", "tercera clave larga").login == "manager"


def test_accounts_that_nobody_uses_are_named_and_lead_to_their_row(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.ADMINISTRATOR) as around, section(qtbot, around, "users") as page:
        part = page.part
        assert isinstance(part, UsersPart)
        assert part.review.isVisible()
        links = {each.text().partition(":")[0]: each for each in part.review.findChildren(QPushButton)}
        assert "manager" not in links, "who wrote something in these days uses the account"
        links["auditor"].click()
        assert part.table.rows[part.table.current_key() or 0].login == "auditor"


def test_an_instructors_account_names_its_instructor(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.ADMINISTRATOR) as around, section(qtbot, around, "users") as page:
        part = page.part
        assert isinstance(part, UsersPart)
        choose(qtbot, part, "instructor")
        part.edit_current()
        quiet(qtbot, around)
        assert part.pane.form is not None
        assert part.pane.form.values()["instructor_id"] is not None
        assert not part.pane.form.is_dirty


def test_a_total_is_documented_by_one_and_approved_by_another(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.REGISTRAR) as around, section(qtbot, around, "totals") as page:
        part = page.part
        assert isinstance(part, TotalsPart)
        key = next(key for key, row in part.table.rows.items() if row.state is TotalState.TO_APPROVE)
        part.table.select_key(key)
        quiet(qtbot, around)
        assert "Approve" not in [button.text() for button in part.detail.findChildren(QPushButton)]
        part.edit_current()
        save(qtbot, part, number="", page="")
        assert set(problems(part)) == {"number", "page"}
        save(qtbot, part, number="INFORME-77", page="3")
        assert part.table.rows[key].document_number == "INFORME-77"
    with surroundings(demo_file, Role.MANAGER) as around, section(qtbot, around, "totals") as page:
        part = page.part
        assert isinstance(part, TotalsPart)
        part.table.select_key(key)
        quiet(qtbot, around)
        press(part.detail, "Approve")
        quiet(qtbot, around)
        assert part.table.rows[key].approved_by == "manager"
        press(part.detail, "Take it out…")
        press(part.detail, "Take it out")
        quiet(qtbot, around)
        assert key in part.table.rows, "without a reason it stays"
        (field,) = [each for each in part.detail.findChildren(QWidget) if each.accessibleName().startswith("Why it")]
        field.setText("Duplicado")  # type: ignore[attr-defined]
        press(part.detail, "Take it out")
        quiet(qtbot, around)
        assert key not in part.table.rows


def test_totals_are_shown_by_state(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.MANAGER) as around, section(qtbot, around, "totals") as page:
        part = page.part
        assert isinstance(part, TotalsPart)
        everything = len(part.table.rows)
        page.show_place(Place("settings", state={"section": "totals", "total_state": "approved"}))
        quiet(qtbot, around)
        assert 0 < len(part.table.rows) < everything
        assert all(row.state is TotalState.APPROVED for row in part.table.rows.values())


def take(box: QComboBox, text: str) -> None:
    box.setCurrentText(text)
    box.activated.emit(box.currentIndex())


def test_looks_are_taken_at_once_and_the_keyboard_stays(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, settings=Settings(language=Language.EN, theme="light")) as made:
        for name, text, value in (
            ("theme", "Dark", "dark"),
            ("text_percent", "125 %", 125),
            ("density", "Compact", "compact"),
            ("idle_minutes", "5 minutes", 5),
            ("language", "Español", Language.ES),
        ):
            page = go(qtbot, made, Place("settings", state={"section": "appearance"})).page
            assert isinstance(page, SettingsPage)
            part = page.part
            assert isinstance(part, AppearancePart)
            part.boxes[name].setFocus()
            take(part.boxes[name], text)
            qtbot.wait(5)
            settle(qtbot, made)
            assert getattr(made.preferences, name) == value
            now = place_of_work(made).page
            assert isinstance(now, SettingsPage)
            assert now is not page, "the window was made anew, at the same place"
            assert now.section == "appearance"
            assert isinstance(now.part, AppearancePart)
            assert now.first_focus() is now.part.boxes[name]
        assert place_of_work(made).page.title().startswith("Ajustes")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER])
def test_no_part_of_the_settings_flashes_as_a_window(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with surroundings(demo_file, role) as around, section(qtbot, around, "appearance") as page:
        with WindowsShown() as shown:
            for each in page.sections:
                page.show_place(Place("settings", state={"section": each.name}))
                quiet(qtbot, around)
                if page.part is not None and hasattr(page.part, "edit_current"):
                    page.part.edit_current()
                    quiet(qtbot, around)
        assert shown == []
