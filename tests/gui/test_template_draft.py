"""Elements of a template in a list."""

from __future__ import annotations

import pytest

from eic_tracker.domain.certificate_template import Side
from eic_tracker.domain.template_elements import KIND_LABELS
from eic_tracker.gui.template_draft import label_of
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.ready_made import READY_MADE, ready_made


@pytest.mark.parametrize("language", Language)
def test_elements_of_the_templates_are_told_apart_in_their_list(language: Language) -> None:
    t = Translator(language)
    for name in READY_MADE:
        template = ready_made(name, language)
        for side in Side:
            labels = [label_of(each, t(KIND_LABELS[each.kind]), t) for each in template.side(side)]
            assert len(set(labels)) == len(labels), (name, side)
