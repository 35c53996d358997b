"""Every page of the help on paper: all its words, none of its marks, inside the sheet."""

from __future__ import annotations

import pytest

from eic_tracker.gui.help_texts import PAGES, page_help
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.help_pdf import help_pdf
from eic_tracker.reports.pdf.paper import Paper
from tests.reports.pdf_reading import assert_inside_the_pages, words_of

HEAD = ("República de Honduras", "Escuela de prueba")


@pytest.mark.parametrize("language", list(Language))
def test_every_page_prints_with_all_its_words_and_without_its_marks(language: Language) -> None:
    for name in PAGES:
        text = page_help(name, language)
        paper = help_pdf(text, Translator(language), Paper.LETTER, letterhead=HEAD, foot="2770-0000")
        told = words_of(paper)
        assert "**" not in told, name
        assert "`" not in told, name
        for mark in ("**", "`", "#"):
            text = text.replace(mark, "")
        said = set(told.split())
        missing = [word for word in text.split() if word not in said and word != "-"]
        assert not missing, (name, missing)


def test_a_page_stays_inside_the_sheet_and_shows_tags_as_they_are_written() -> None:
    text = "# Ayuda\n\nUna <b>etiqueta</b> & **negrita**\nsigue.\n\n## Parte\n\n1. uno\n2. dos\n- tres\n"
    paper = help_pdf(text, Translator(Language.ES), Paper.A4, letterhead=HEAD, foot="")
    assert_inside_the_pages(paper, 20)
    told = words_of(paper)
    for said in ("<b>etiqueta</b> & negrita sigue.", "Parte", "1.", "uno", "tres", "ESCUELA DE PRUEBA"):
        assert said in told
