"""Scenes of the register: a book with a printed folio, a paper book of the past, a diploma and a list of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui.pages.register_page import RegisterPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.register_parts.paper_import import PaperImportReview
from eic_tracker.gui.register_parts.paper_part import PaperPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.services.demonstration.past_books import PastBooks
from eic_tracker.services.demonstration.people import read_names
from eic_tracker.services.register_pages import PagesAsked, freeze_pages
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.services.demonstration_file import rows
from tests.shots.certificate_scenes import done_in, issued
from tests.shots.stage import Stage

_LIST = """Número,Libro,Folio,Fecha,Nombre,Curso
301-2011,Tomo II,40,17/03/2011,Persona Inventada Uno,Cadena de custodia
302-2011,Tomo II,40,31/02/2011,Persona Inventada Dos,Cadena de custodia
"""


def register_tab(tab: str) -> Callable[[Stage], QWidget]:
    """A part of the register as the demonstration has it."""

    def arrange(stage: Stage) -> QWidget:
        _open(stage, tab)
        return stage.window

    return arrange


def diploma(stage: Stage) -> QWidget:
    """The form of a diploma of a paper book."""
    _papers(stage).ask_new()
    stage.settle()
    return next(each for each in stage.window.findChildren(AskFields) if each.isVisible())


def diploma_list(stage: Stage) -> QWidget:
    """A list of which one row stays out."""
    part = _papers(stage)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "diplomas.csv"
        path.write_text(_LIST, encoding="utf-8")
        part.take_in(path)
        stage.settle()
    return next(each for each in stage.window.findChildren(PaperImportReview) if each.isVisible())


REGISTER: Mapping[str, Callable[[Stage], QWidget]] = {
    "register-paper": register_tab("paper"),
    "register-diploma": diploma,
    "register-list": diploma_list,
}


def _papers(stage: Stage) -> PaperPart:
    part = _open(stage, "paper").part()
    assert isinstance(part, PaperPart)
    return part


def _open(stage: Stage, tab: str) -> RegisterPage:
    issued(stage)
    stage.work_as(Role.REGISTRAR)
    if not rows(stage.demo, "SELECT 1 FROM certificate WHERE status = 'paper_book'"):
        done_in(stage, _past)
    stage.window.go(Place("register", state={"tab": tab}))
    stage.settle()
    page = stage.workplace.page
    assert isinstance(page, RegisterPage)
    return page


def _past(db: Database, registrar: ActingUser) -> None:
    freeze_pages(db, registrar, PagesAsked())
    PastBooks(read_names()).record(db, registrar, demonstration_user(db, Role.MANAGER))
