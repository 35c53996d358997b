"""Scenes of a list under review: read, with somebody likely on file, with a value being typed, with a question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.roster_part import RosterPart
from tests.services.demonstration_file import rows
from tests.shots.stage import Stage

LISTS = Path(__file__).parents[1] / "data" / "lists"


def list_review(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    page = stage.go("offering", stage.records.offering).page
    assert isinstance(page, OfferingPage)
    page.tabs.open("roster")
    stage.settle()
    part = page.tabs.content("roster")
    assert isinstance(part, RosterPart)
    part.open_list(LISTS / "nomina-dpi.xlsx")
    stage.settle()
    assert part.review.shown
    part.review.acts.next_problem()
    stage.settle()
    return stage.window


def list_likely(stage: Stage) -> QWidget:
    """Somebody who may be on file, side by side with who is."""
    _pasted_review(stage).review.acts.next_problem()
    stage.settle()
    return stage.window


def list_typing(stage: Stage) -> QWidget:
    """A value is typed over one that a spreadsheet destroyed."""
    review = _pasted_review(stage).review
    review.table.select_key(len(review.shown))
    review.acts.type()
    stage.settle()
    return stage.window


def list_question(stage: Stage) -> QWidget:
    """The list does not say whether M is a man or a woman: asked once for all its rows."""
    lines = [line.split("\t") for line in _NEW_LINES]
    told = ["\t".join((*line[:3], "M", *line[4:])) for line in lines]
    _pasted(stage, [_HEADER, *told])
    return stage.window


def _pasted_review(stage: Stage) -> RosterPart:
    given, surnames, sex, born = rows(stage.demo, _ON_FILE)[0]
    known = f"\t{given}\t{surnames}\t{sex}\t{'/'.join(reversed(str(born)[:10].split('-')))}\t2"
    return _pasted(stage, [_HEADER, *_NEW_LINES[:2], known, *_NEW_LINES[2:]])


def _pasted(stage: Stage, lines: Sequence[str]) -> RosterPart:
    stage.work_as(Role.REGISTRAR)
    page = stage.go("offering", stage.records.offering).page
    assert isinstance(page, OfferingPage)
    page.tabs.open("roster")
    stage.settle()
    part = page.tabs.content("roster")
    assert isinstance(part, RosterPart)
    QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
    if part.is_reviewing:
        part.review.leave()
    part.paste()
    stage.settle()
    assert part.review.shown
    return part


_ON_FILE = (
    "SELECT given_names, surnames, sex, birth_date FROM participant WHERE birth_date IS NOT NULL AND sex <> 'U' "
    "AND merged_into_id IS NULL AND document_kind = 'national_id' ORDER BY id LIMIT 1"
)
_HEADER = "DNI\tNombres\tApellidos\tSexo\tFecha de nacimiento\tCasilla"
_NEW_LINES = (
    "0801199045671\tWendolyn Marisela\tQuiroz Tábora\tF\t15/05/1990\t3",
    "801199045672\tOsman Geovany\tVelásquez Umanzor\tM\t16/05/1990\t4",
    "8.01199E+11\tRosa Elvira\tZepeda Funes\tF\t17/05/1990\t5",
)
