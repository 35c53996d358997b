"""The history in words, the way to take an entry back across restarts, the chain, and the help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import Boolean, Enum
from sqlmodel import SQLModel

from eic_tracker.domain.codes import Role
from eic_tracker.domain.school_lists import ListDraft, ListKind
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.history_words import value_words
from eic_tracker.gui.pages.help_page import HelpPage
from eic_tracker.gui.pages.history_page import HistoryPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.history import EntryDetail
from eic_tracker.services.history_names import NamedEntry
from eic_tracker.services.lists import list_rows_of, save_item
from eic_tracker.store.database import Database
from tests.gui.opened import WindowsShown, around_of, opened, preferences
from tests.gui.surroundings import surroundings
from tests.reports.pdf_reading import words_of
from tests.services.demonstration_file import number
from tests.services.school import NOW, school_file, user, values

WAIT = 20_000
NAMELESS = NamedEntry(EntryDetail.__new__(EntryDetail), {}, {})
WITHOUT_WORDS = {
    "change.operation",
    "enrolment.distinction",
    "figure_explanation.kind",
    "file_info.kind",
    "participant.sex",
    "published_figure.qualifier",
    "vetting.kind",
}
"""F and M are themselves; the others stand in no entry that a person makes in the window yet"""


def settle(qtbot: QtBot, around: Surroundings) -> None:
    for _ in range(5):
        qtbot.waitUntil(lambda: around.jobs.running == 0, timeout=WAIT)
        qtbot.wait(2)


def rename(folder: Path, role: Role, name: str) -> None:
    """Somebody gives the judiciary another name, in an earlier sitting."""
    with Database(folder / "school.eic", clock=lambda: NOW) as db:
        acting = user(db, role)
        row = next(row for row in list_rows_of(db, acting, ListKind.INSTITUTION) if row.code == "PJ")
        save_item(db, acting, ListDraft(ListKind.INSTITUTION, {**row.values, "name": name}, row.id, row.values))


@contextmanager
def history(
    qtbot: QtBot, folder: Path, role: Role, change_by: Role = Role.REGISTRAR
) -> Iterator[tuple[HistoryPage, Surroundings, list[str]]]:
    """The history of the small school after one change, as another sitting finds it."""
    with opened(folder) as file:
        rename(folder, change_by, "Corte Suprema")
        kept = preferences()
        around = around_of(file, role, kept, folder)
        page = HistoryPage(around)
        heard: list[str] = []
        page.done.connect(lambda text, undoable: heard.append(text))
        page.noticed.connect(lambda notice: heard.append(notice.text))
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        page.show_place(Place("history"))
        settle(qtbot, around)
        page.grid.select_key(page.grid.model.keys[0])
        settle(qtbot, around)
        yield page, around, heard
        page.hide()
        kept.store()


def name_in(folder: Path) -> str:
    with Database(folder / "school.eic", clock=lambda: NOW) as db:
        return str(values(db, "SELECT name FROM institution WHERE code = 'PJ'")[0][0])


def test_an_entry_is_told_in_words_before_and_after(qtbot: QtBot, tmp_path: Path) -> None:
    with history(qtbot, tmp_path, Role.REGISTRAR) as (page, _around, _heard):
        said = page.detail.text()
        assert "Institution “Corte Suprema”: changed" in said
        assert "Name: Poder Judicial → Corte Suprema" in said
        assert "Registrar, 31 Dec 2018 12:00" in said


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [("kind", "security_force", "Fuerza de seguridad"), ("country", "HND", "Honduras"), ("vetting_required", 0, "no")],
)
def test_no_value_of_a_list_is_told_as_the_file_writes_it(column: str, value: object, words: str) -> None:
    assert value_words("institution", column, value, NAMELESS, Translator(Language.ES)) == words


def test_every_code_of_the_file_has_its_words_in_the_history() -> None:
    told_as_stored = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum | Boolean)
        for code in (column.type.enums if isinstance(column.type, Enum) else (0, 1))
        if value_words(table.name, column.name, code, NAMELESS, Translator(Language.ES)) == str(code)
    }
    assert told_as_stored == WITHOUT_WORDS


def test_who_made_an_entry_is_named_on_screen_and_on_paper(qtbot: QtBot, tmp_path: Path) -> None:
    with history(qtbot, tmp_path, Role.MANAGER) as (page, _around, _heard):
        grid = page.grid
        who = [column.name for column in grid.spec.columns].index("actor")
        assert grid.model.index(0, who).data() == "Registrar", "the name, not the sign-in name"
        view = grid.papers.view(grid.model.keys[:1], "")
        cells = grid.model.cells(0)
        assert cells is not None
        assert "Registrar" in view.word(cells.row)
        assert "registrar" not in view.word(cells.row)


def test_an_own_entry_of_an_earlier_sitting_is_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    with history(qtbot, tmp_path, Role.REGISTRAR) as (page, around, heard):
        assert page.detail.undo.isVisible()
        assert not page.detail.reason.isVisible()
        page.detail.undo.click()
        settle(qtbot, around)
        assert len(heard) == 1
        assert "was taken back" in heard[0]
        page.refresh()
        settle(qtbot, around)
        assert "Taken back by entry" in page.detail.text()
        assert not page.detail.undo.isVisible()
    assert name_in(tmp_path) == "Poder Judicial"


def test_a_manager_gives_a_reason_for_what_somebody_else_did(qtbot: QtBot, tmp_path: Path) -> None:
    with history(qtbot, tmp_path, Role.MANAGER) as (page, around, heard):
        page.detail.undo.click()
        settle(qtbot, around)
        assert heard == ["Say why it is taken back; the history keeps it."]
        QTest.keyClicks(page.detail.reason, "Nombre equivocado")
        QTest.keyClick(page.detail.reason, Qt.Key.Key_Return)
        settle(qtbot, around)
        assert len(heard) == 2
    assert name_in(tmp_path) == "Poder Judicial"


def test_a_registrar_does_not_take_back_what_the_manager_did(qtbot: QtBot, tmp_path: Path) -> None:
    with history(qtbot, tmp_path, Role.REGISTRAR, Role.MANAGER) as (page, _around, _heard):
        assert not page.detail.undo.isVisible()


def test_the_chain_is_checked_and_said_to_be_whole(qtbot: QtBot, tmp_path: Path) -> None:
    with history(qtbot, tmp_path, Role.AUDITOR) as (page, around, heard):
        page.check.click()
        assert not page.check.isEnabled()
        settle(qtbot, around)
        assert len(heard) == 1
        assert heard[0].startswith("The history is whole:")
        assert page.check.isEnabled()


def test_a_place_may_name_an_entry_and_comes_back_to_it(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.MANAGER) as around:
        page = HistoryPage(around)
        qtbot.addWidget(page)
        page.resize(1180, 640)
        with WindowsShown() as shown:
            page.show()
            page.show_place(Place("history", state={"entry": 700}))
            settle(qtbot, around)
        assert shown == ["HistoryPage"]
        assert page.grid.current_key() == 700
        assert "Entry 700" in page.detail.text()
        state = page.state()
        page.show_place(Place("history", state={"entry": 20}))
        settle(qtbot, around)
        page.show_place(Place("history", state=state))
        settle(qtbot, around)
        assert page.grid.current_key() == 700
        page.hide()


def test_certificates_are_never_offered_for_undoing(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.MANAGER) as around:
        page = HistoryPage(around)
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        page.show_place(Place("history"))
        settle(qtbot, around)
        issued = number(demo_file, "SELECT max(id) FROM change_set WHERE use_case = 'issue_certificates'")
        page.grid.select_key(issued)
        settle(qtbot, around)
        assert "Certificates of course" in page.detail.text()
        assert not page.detail.undo.isVisible()
        page.hide()


@contextmanager
def help_of(qtbot: QtBot, folder: Path, language: Language, page_name: str | None) -> Iterator[HelpPage]:
    school_file(folder)
    with opened(folder) as file:
        kept = preferences()
        page = HelpPage(around_of(file, Role.INSTRUCTOR, kept, folder, language))
        qtbot.addWidget(page)
        page.resize(1100, 600)
        with WindowsShown() as shown:
            page.show()
            page.show_place(Place("help", state={"page": page_name} if page_name else {}))
        assert shown == ["HelpPage"]
        yield page
        kept.store()


@pytest.mark.parametrize(("language", "title"), [(Language.ES, "Copias de respaldo"), (Language.EN, "Backup copies")])
def test_help_opens_on_the_page_that_was_asked_for(
    qtbot: QtBot, tmp_path: Path, language: Language, title: str
) -> None:
    with help_of(qtbot, tmp_path, language, "copies") as page:
        assert page.page_name() == "copies"
        if language is Language.ES:
            assert page.text.toPlainText().startswith(title)
        assert page.first_focus() is page.text


def test_a_page_without_help_of_its_own_shows_the_one_that_explains_it(qtbot: QtBot, tmp_path: Path) -> None:
    with help_of(qtbot, tmp_path, Language.EN, "person_form") as page:
        assert page.page_name() == "person"


def test_how_to_check_a_certificate_is_printed(qtbot: QtBot, tmp_path: Path) -> None:
    with help_of(qtbot, tmp_path, Language.ES, "verify") as page:
        page.print_button.click()
        shown = next(each for each in page.findChildren(PrintView) if each.isVisible())
        qtbot.waitUntil(lambda: bool(shown.preview.view.pdf), timeout=20_000)
        assert "Cómo se comprueba un certificado" in words_of(shown.preview.view.pdf)
        shown.reject()


def test_help_is_found_by_any_of_its_words(qtbot: QtBot, tmp_path: Path) -> None:
    with help_of(qtbot, tmp_path, Language.ES, None) as page:
        everything = page.contents.count()
        page.find_in_page()
        QTest.keyClicks(page.search, "CIFRADA")
        assert 0 < page.contents.count() < everything
        page.search.setText("zzzz")
        assert page.contents.count() == 0
        assert page._nothing.isVisible()
        assert page.go_up(), "Esc empties the search"
        assert page.contents.count() == everything


def test_in_a_narrow_window_help_goes_between_contents_and_page(qtbot: QtBot, tmp_path: Path) -> None:
    with help_of(qtbot, tmp_path, Language.EN, "history") as page:
        page.resize(640, 480)
        assert page.text.isVisible()
        assert not page.contents.isVisible()
        assert page.other.isVisible()
        assert page.go_up()
        assert page.contents.isVisible()
