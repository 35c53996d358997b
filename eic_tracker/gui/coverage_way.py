"""The way to what is published as still to come, and what the two colours of the bars mean."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.notices import reading_notice
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.bars import second_colour
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.i18n import Translator
from eic_tracker.services.coverage import Expected, expected
from eic_tracker.services.figures import FigureRef


def way_words(found: Expected, t: Translator) -> str:
    """How many are expected, how many were reached, and the pace that the rest needs."""
    numbers = {
        "value": t.number(found.value),
        "date": t.date(found.last_day),
        "counted": t.number(found.counted),
        "left": t.number(found.left),
    }
    if not found.left:
        return t("{value} more expected by {date}: {counted} reached, none is lacking.", **numbers)
    if found.a_month is None:
        return t("{value} more expected by {date}: {counted} reached, {left} to go; today is the last day.", **numbers)
    return t(
        "{value} more expected by {date}: {counted} reached, {left} to go; that needs {pace} a month.",
        **numbers,
        pace=t.number(found.a_month),
    )


class ExpectedWay(QWidget):
    """One line for the expectation that ends first; its button opens what was reached. Hidden where none runs."""

    figure_wanted = Signal(object, str)
    failed = Signal(object)
    """a Notice"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.found: Expected | None = None
        self.words = sentence("")
        self.button = QPushButton(around.t("Who was reached"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda _checked=False: self._open())
        self._job: Job | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.words, 1)
        line.addWidget(self.button)
        self.hide()

    def read(self) -> None:
        """Count again how far the programme has come."""
        if self._job is not None:
            self._job.cancel()
        self._job = self.around.jobs.count(
            expected, self.around.acting, self.around.today, owner=self, done=self._show, failed=self._tell
        )

    def _show(self, found: tuple[Expected, ...]) -> None:
        self._job = None
        self.found = min(found, key=lambda each: each.last_day, default=None)
        self.setVisible(self.found is not None)
        if self.found is not None:
            self.words.setText(way_words(self.found, self.around.t))

    def _open(self) -> None:
        if self.found is not None:
            ref: FigureRef = self.found.ref
            self.figure_wanted.emit(ref, self.words.text())

    def _tell(self, failure: Failure) -> None:
        self._job = None
        self.failed.emit(reading_notice(failure, self.around.t))


def legend(around: Surroundings) -> QLabel:
    """Which colour is reached and which graduated."""
    first = QColor((theme.CHART_DARK if around.colours == theme.DARK else theme.CHART_LIGHT)[0])
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(
        f'<span style="color:{first.name()}">■</span> {around.t("Reached")} &nbsp; '
        f'<span style="color:{second_colour(around.colours).name()}">■</span> {around.t("Graduated")}'
    )
    label.setAccessibleName(around.t("Reached beside graduated"))
    return label
