"""A grade that two people wrote: both values, and which of them holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.grids.cells import grade_words
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.i18n import Translator
from eic_tracker.services.grades import ChangedGrade, GradeCell, SeenGrade


def ask_whose(
    changed: ChangedGrade, t: Translator, at: QPoint, parent: QWidget, take: Callable[[GradeCell], None]
) -> None:
    """Ask which grade holds; `take` gets the cell to be stored where it is the one that was typed here."""
    title = t("{name} got another grade meanwhile from somebody else. Which holds?", name=changed.name)
    popup = ChoicePopup("changed", title, t, parent)

    def chosen(code: str, _words: str) -> None:
        if code == "mine":
            take(replace(changed.cell, seen=SeenGrade(changed.here)))

    popup.chosen.connect(chosen)
    popup.move(at)
    here = grade_words(changed.here, t) or t("no grade")
    mine = str(changed.cell.value or "").strip() or t("no grade")
    popup.offer(
        [
            ("theirs", t("{grade}, as it stands", grade=here)),
            ("mine", t("{grade}, as you wrote", grade=mine)),
        ]
    )
