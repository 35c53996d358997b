"""The words of figures: what stands beside each other does not contradict itself."""

from __future__ import annotations

import pytest

from eic_tracker.domain.codes import FigureState, Qualifier
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.report_words import agreement_words
from tests.reports.made_report import published


@pytest.mark.parametrize(("counted", "explained"), [(346_215, True), (346_300, False)])
def test_a_figure_of_more_than_that_agrees_with_the_very_same_count_says_why(counted: int, explained: bool) -> None:
    figure = published("youth", 346_215, qualifier=Qualifier.MORE_THAN)
    said = agreement_words(figure, FigureState.RECONCILED, counted, Translator(Language.EN))
    assert said.startswith("Agrees")
    assert ("of this very count" in said) is explained
