"""The register in the window: folios printed and checked, paper books recorded and approved, who signs, settings."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.register_page import RegisterPage
from eic_tracker.gui.pages.settings_page import SettingsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.register_parts.books_part import BooksPart
from eic_tracker.gui.register_parts.month_part import MonthPart
from eic_tracker.gui.register_parts.numbers_part import NumbersPart
from eic_tracker.gui.register_parts.paper_import import PaperImportReview
from eic_tracker.gui.register_parts.paper_part import PaperPart
from eic_tracker.gui.settings_parts.school_part import SchoolPart
from eic_tracker.gui.settings_parts.signatories_part import SignatoriesPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import RegisterBook
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.windows import demonstration, enter, go, settle, until
from tests.services.demonstration_file import number, rows

W = TypeVar("W", bound=QWidget)


def answer(qtbot: QtBot, made: MainWindow, **values: object) -> AskFields:
    """Fill the open question in and take it."""
    until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(AskFields)))
    asked = next(each for each in made.findChildren(AskFields) if each.isVisible())
    asked.form.write(values)
    asked.take.click()
    settle(qtbot, made)
    return asked


def part_of(qtbot: QtBot, made: MainWindow, tab: str, kind: type[W]) -> W:
    """A tab of the page, read."""
    page = go(qtbot, made, Place("register", state={"tab": tab})).page
    assert isinstance(page, RegisterPage)
    settle(qtbot, made)
    part = page.tabs.content(tab)
    assert isinstance(part, kind)
    return part


def shown_paper(qtbot: QtBot, made: MainWindow) -> None:
    """A paper was made and is in sight; close it."""
    until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(PrintView)))
    shown = next(each for each in made.findChildren(PrintView) if each.isVisible())
    until(qtbot, lambda: bool(shown.preview.view.pdf))
    shown.reject()
    settle(qtbot, made)


def section(qtbot: QtBot, made: MainWindow, name: str, kind: type[W]) -> W:
    """A section of the settings, read."""
    page = go(qtbot, made, Place("settings", state={"section": name})).page
    assert isinstance(page, SettingsPage)
    settle(qtbot, made)
    assert isinstance(page.part, kind)
    return page.part


def test_a_registrar_prints_and_checks_folios_records_a_diploma_and_a_manager_approves_it(
    qtbot: QtBot, demo_file: Path
) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        books = part_of(qtbot, made, "books", BooksPart)
        assert books.table.rows, "the sample data hold a book"
        folios = books.folios
        until(qtbot, lambda: [each.state for each in folios.table.rows.values()] == ["printed", "open"])
        until(qtbot, lambda: len(folios.entries.rows) == 2)
        folios.table.opened.emit(next(iter(folios.table.rows)))
        shown_paper(qtbot, made)
        assert number(demo_file, "SELECT count(*) FROM folio WHERE digest IS NOT NULL") == 1
        with Database(demo_file) as db, db.write(Entry(Actor("test"), "change_settings", "small folios")) as tx:
            tx.update(RegisterBook, {1: {"entries_per_folio": 2}})
        books.ask_print()
        answer(qtbot, made)
        shown_paper(qtbot, made)
        assert number(demo_file, "SELECT count(*) FROM folio WHERE digest IS NOT NULL") == 2
        assert rows(demo_file, "SELECT kind FROM export ORDER BY id DESC LIMIT 1") == [("register book 1",)]
        books.ask_check()
        answer(qtbot, made, codes=("AAAA-AAAA-AAAA-AAAA",))
        until(qtbot, books.said.isVisible)
        assert "ninguna página de este libro" in books.said.text()
        assert "Falta" in books.said.text()

        paper = part_of(qtbot, made, "paper", PaperPart)
        paper.search.setText("nadie de ese nombre")
        assert paper.view.isVisible()
        paper.search.setText("214 2010")
        assert len(paper.table.rows) == 1
        paper.search.clear()
        assert not paper.approve_button.isVisible(), "who records does not approve"
        paper.ask_new()
        wrong = answer(qtbot, made, book="B", folio="x")
        assert wrong.isVisible(), "what cannot stand is told at its field"
        diploma = {
            "folio": 14,
            "number": "77",
            "name": "Persona Inventada",
            "course": "Curso viejo",
            "dated": paper.around.today.replace(year=2013),
        }
        answer(qtbot, made, **diploma)
        assert rows(demo_file, "SELECT number, status FROM certificate WHERE number = '77'") == [("77", "prepared")]
        paper.table.select_key(number(demo_file, "SELECT id FROM certificate WHERE number = '77'"))
        paper.ask_correct()
        answer(qtbot, made, name="Persona Corregida")
        until(qtbot, lambda: "Persona Corregida" in [row.name for row in paper.table.rows.values()])
        table = demo_file.with_name("diplomas.csv")
        head = "Número,Libro,Folio,Fecha,Nombre,Curso"
        lines = ("78,B,14,17/03/2013,Persona Dos,Curso viejo", "79,B,14,31/02/2013,Persona Tres,Curso viejo")
        table.write_text("\n".join((head, *lines)), encoding="utf-8")
        paper.take_in(table)
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(PaperImportReview)))
        review = next(each for each in made.findChildren(PaperImportReview) if each.isVisible())
        assert number(demo_file, "SELECT count(*) FROM certificate WHERE number = '78'") == 0
        review.take.click()
        until(qtbot, paper.said.isVisible)
        assert "1 anotado" in paper.said.text() or "1 registrado" in paper.said.text()
        assert "79" in paper.said.text()
        assert number(demo_file, "SELECT count(*) FROM certificate WHERE number = '78'") == 1

        enter(qtbot, made, Role.MANAGER)
        part_of(qtbot, made, "paper", PaperPart).approve()
        settle(qtbot, made)
        assert rows(demo_file, "SELECT status FROM certificate WHERE number = '77'") == [("paper_book",)]
        numbers = part_of(qtbot, made, "numbers", NumbersPart)
        assert "9 diplomas de libros de papel" in numbers.said.text()
        numbers.show_report()
        shown_paper(qtbot, made)
        numbers.ask_start()
        answer(qtbot, made, prefix="ANT", year=2018, first=501, reason="Libros de papel")
        assert rows(demo_file, "SELECT first_number FROM certificate_series WHERE prefix = 'ANT'") == [(501,)]
        month = part_of(qtbot, made, "month", MonthPart)
        until(qtbot, lambda: bool(month.preview.view.pdf))


def test_who_signs_is_entered_away_and_back_and_the_settings_of_the_school_are_changed_and_undone(
    qtbot: QtBot, demo_file: Path
) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        part = section(qtbot, made, "signatories", SignatoriesPart)
        titular = next(each for each in part.table.rows.values() if each.valid(part.around.today))
        part.ask_new()
        values = {"rank": "Comisario", "name": "Suplente Inventado", "post": titular.post, "deputy_of_id": titular.id}
        answer(qtbot, made, **values)
        part.table.select_key(titular.id)
        part.ask_away()
        assert answer(qtbot, made, reason="").isVisible(), "a reason is needed"
        answer(qtbot, made, reason="Vacaciones")
        until(qtbot, lambda: "Suplente Inventado" in part.today_line.text())
        assert "Vacaciones" in part.today_line.text()
        part.ask_back()
        answer(qtbot, made)
        assert rows(demo_file, "SELECT ends_on FROM signatory_absence WHERE reason = 'Vacaciones'") == [
            (part.around.today.isoformat(),)
        ]
        own = section(qtbot, made, "school_papers", SchoolPart)
        assert not own.papers_button.isVisible(), "a registrar reads them"

        enter(qtbot, made, Role.ADMINISTRATOR)
        own = section(qtbot, made, "school_papers", SchoolPart)
        own.ask_certificates()
        assert answer(qtbot, made, check_address="http://x").isVisible()
        answer(qtbot, made, check_address="https://eic.example/v", claim_days=30)
        kept = "SELECT value FROM setting WHERE name = 'certificates.claim_days'"
        assert rows(demo_file, kept) == [("30",)]
        own.ask_papers()
        answer(qtbot, made, letterhead=("Escuela",))
        until(qtbot, lambda: own.settings is not None and own.settings.letterhead == ("Escuela",))
