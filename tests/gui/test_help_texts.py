"""Each page of help stands in both languages, is short, and speaks as the office does."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from eic_tracker import paths
from eic_tracker.gui.help_texts import PAGES, page_help, page_title
from eic_tracker.gui.page_list import PAGES as WINDOW_PAGES
from eic_tracker.i18n import Language
from tests.test_translations import wrong_words

EACH = [(page, language) for page in PAGES for language in Language]
# further words of the code that no screen shows, and the familiar "you"
NOT_SHOWN = {
    "es": r"\b(conciliaci[oó]n|hash|diario|paleta|lotes?|tramos?|instancias?|completó|tú|tus?|haz|puedes|tienes)\b",
    "en": r"\b(hash|snapshot|palette|vetting|TODO|rollup|drawdown)\b",
}


@pytest.mark.parametrize(("page", "language"), EACH)
def test_a_page_has_a_heading_and_at_most_250_words(page: str, language: Language) -> None:
    text = page_help(page, language)
    assert re.match(r"# \S.*\n\n", text)
    assert text.count("\n# ") == 0
    assert 30 < len(text.split()) <= 250


@pytest.mark.parametrize(("page", "language"), EACH)
def test_a_page_avoids_the_words_that_the_office_does_not_use(page: str, language: Language) -> None:
    text = page_help(page, language)
    assert not re.findall(NOT_SHOWN[language.value], text, re.IGNORECASE)
    if language is Language.ES:
        assert not wrong_words(text)


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_say_the_same_points_and_the_same_keys(page: str) -> None:
    shapes = []
    for language in Language:
        text = page_help(page, language)
        keys = [key for key in re.findall(r"Ctrl\+(?:Shift\+)?[A-Z0-9+-]\d?|\bF\d+\b", text) if key]
        shapes.append((text.count("\n- "), len(re.findall(r"^\d\. ", text, re.MULTILINE)), text.count("**"), keys))
    assert shapes[0] == shapes[1]


def test_there_is_no_page_that_nobody_opens() -> None:
    stored = {path.name for path in (paths.resources() / "help" / "pages").iterdir()}
    assert stored == {f"{page}.{language.value}.md" for page, language in EACH}


@pytest.mark.parametrize("page", sorted(WINDOW_PAGES))
def test_each_page_of_the_window_has_its_help(page: str) -> None:
    own = page_help(page, Language.ES)
    assert page == PAGES[0] or own != page_help(PAGES[0], Language.ES)


def test_an_unknown_page_opens_the_first_one() -> None:
    assert page_help("nowhere", Language.EN) == page_help("home", Language.EN)
    assert page_title("nowhere", Language.ES) == "Inicio"


@pytest.mark.parametrize(("page", "language"), EACH)
def test_the_markdown_is_shown_without_its_marks(qtbot: QtBot, page: str, language: Language) -> None:
    browser = QTextBrowser()
    qtbot.addWidget(browser)
    browser.setMarkdown(page_help(page, language))
    shown = browser.toPlainText()
    assert shown.startswith(page_title(page, language))
    assert not re.search(r"\*\*|`|^#|^- ", shown, re.MULTILINE)
