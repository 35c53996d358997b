"""Scenes of what a manager is asked: the forms of a target, of a cause, of a documented total, of a quarter's end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.published_page import PublishedPage
from eic_tracker.gui.pages.reports_page import ReportsPage
from eic_tracker.gui.pages.targets_page import TargetsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.totals_part import TotalsPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.gui.widgets.figure_tile import FigureTile
from tests.shots.stage import Stage


def _asked(stage: Stage) -> QWidget:
    stage.until(lambda: any(each.isVisible() for each in stage.window.findChildren(AskFields)))
    stage.settle()
    return next(each for each in stage.window.findChildren(AskFields) if each.isVisible())


def target_form(stage: Stage) -> QWidget:
    """What a new target is asked."""
    stage.work_as(Role.MANAGER)
    page = stage.go("targets").page
    assert isinstance(page, TargetsPage)
    page.ask_new()
    return _asked(stage)


def cause_form(stage: Stage) -> QWidget:
    """What a cause of a difference is asked."""
    stage.work_as(Role.MANAGER)
    page = stage.go("published").page
    assert isinstance(page, PublishedPage)
    stage.until(lambda: page.acts.chosen is not None)
    page.acts.explain()
    return _asked(stage)


def closing_form(stage: Stage) -> QWidget:
    """What closing a quarter says."""
    stage.work_as(Role.MANAGER)
    stage.window.go(Place("reports", state={"period": "2018Q3"}))
    stage.settle()
    page = stage.workplace.page
    assert isinstance(page, ReportsPage)
    page.quarter_bar.ask_close()
    return _asked(stage)


def total_form(stage: Stage) -> QWidget:
    """The form of a documented total."""
    stage.work_as(Role.REGISTRAR)
    stage.window.go(Place("settings", state={"section": "totals"}))
    stage.settle()
    part = stage.workplace.page.findChild(TotalsPart)
    assert part is not None
    part.new_button.click()
    stage.settle()
    return stage.window


def figure_beside(stage: Stage) -> QWidget:
    """The enrolments that stand beside the completions of the first page, with their results."""
    stage.work_as(Role.MANAGER)
    stage.go("home").page.findChildren(FigureTile)[0].click()
    stage.settle()
    stage.workplace.pane.findChildren(DeedLine)[1].click()
    stage.settle()
    return stage.window


MANAGER: Mapping[str, tuple[str, Callable[[Stage], QWidget]]] = {
    "figure-pane-enrolments": ("home", figure_beside),
    "dialog-target": ("targets", target_form),
    "dialog-cause": ("published", cause_form),
    "dialog-close-quarter": ("reports", closing_form),
    "settings-totals-form": ("settings", total_form),
}
"""Scenes by name: the page on which each is, and how it is brought about."""
