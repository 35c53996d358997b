"""A language that nobody speaks, a third longer, and the search for words that stayed English in Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTabBar,
    QTableView,
    QWidget,
)

from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.ready_made import READY_MADE, ready_made
from tests.shots.checks import Finding, in_sight, path_of, text_of

LONGER = 0.35
SHORT = 10
"""Texts up to this length become twice as long."""
_FIELD = re.compile(r"(\{[^}]*\})")
_ACCENTS = str.maketrans("aeiounAEIOUNcy", "áéíóúñÁÉÍÓÚÑçý")
_PLAIN_VOWELS = re.compile(r"[aeiouAEIOU]")
_NAMES = frozenset(
    {
        "English",
        "Español",
        "E&spañol",
        "Eng&lish",
        "EIC Tracker",
        "G.R.E.A.T.",
        "CCEPREB",
        "PROHECO",
        "Marta Lobo Zelaya",
        # templates are files in each language, with names of their own
        *(ready_made(name, language).name for name in READY_MADE for language in Language),
    }
)
"""The same in both languages, or names of people and things."""


def stretched(text: str) -> str:
    """A text a third longer (a short one twice as long), with accents on all that can bear one; fields as they are."""
    if not text:
        return text
    plain = _FIELD.sub("", text).replace("&", "").strip()
    extra = len(plain) if len(plain) <= SHORT else round(len(plain) * LONGER)
    more = (" " + plain)[: extra + 1].rstrip() if plain else ""
    return "".join(part if _FIELD.fullmatch(part) else part.translate(_ACCENTS) for part in _FIELD.split(text + more))


class Stretched(Translator):
    """English texts as `stretched` makes them; the language still says that it is English."""

    def __init__(self, _language: Language = Language.EN) -> None:
        super().__init__(Language.EN)

    def __call__(self, message: str, **values: object) -> str:
        """The stretched text with its values."""
        text = stretched(super().__call__(message))
        return text.format(**values) if values else text

    def plural(self, singular: str, plural: str, count: int, **values: object) -> str:
        """The stretched form for a count."""
        text = stretched(singular if count == 1 else plural)
        return text.format(count=self.number(count), **values)


class Watched(Translator):
    """A translator that notes which messages it had no words for."""

    missing: set[str]

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self.missing = set()
        self._spanish: dict[object, str] = dict(self._catalogue._catalog)  # type: ignore[attr-defined]

    def __call__(self, message: str, **values: object) -> str:
        """As the translator, noting what is missing."""
        known = message in self._spanish or message in _NAMES
        if self.language is Language.ES and not known and _has_words(message):
            self.missing.add(message)
        return super().__call__(message, **values)

    def english_of(self) -> dict[str, str]:
        """The messages that read otherwise in Spanish, and how."""
        return {
            key: said for key, said in self._spanish.items() if isinstance(key, str) and key and said and said != key
        }


def untranslated(root: QWidget, page: str, t: Watched) -> list[Finding]:
    """English that is left on a Spanish screen."""
    english = t.english_of()
    found = [
        Finding(page, path_of(widget, root), f"is English: “{text}”")
        for widget, text in words_in_sight(root)
        if text in english and text not in _NAMES
    ]
    missing, t.missing = t.missing, set()
    return found + [Finding(page, "catalogue", f"has no Spanish for “{message}”") for message in sorted(missing)]


def not_looked_up(root: QWidget, page: str) -> list[Finding]:
    """Labels of controls that did not come out of the catalogue: in the stretched language they bear no accents."""
    return [
        Finding(page, path_of(widget, root), f"is not looked up: “{text}”")
        for widget, text in words_in_sight(root)
        if not isinstance(widget, QLabel | QLineEdit)
        and text not in _NAMES
        and _PLAIN_VOWELS.search(text)
        and not any(letter in text for letter in "áéíóúñÁÉÍÓÚÑ")
        and not widget.property("data")
    ]


def words_in_sight(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What labels, buttons, tabs, headings, menus and hints say; not the cells of tables."""
    for widget in in_sight(root):
        if isinstance(widget, QTabBar):
            yield from ((widget, widget.tabText(number)) for number in range(widget.count()))
        elif isinstance(widget, QMenuBar):
            yield from ((widget, action.text()) for action in widget.actions())
        elif isinstance(widget, QTableView):
            yield from ((widget, text) for text in _headings(widget))
        elif not isinstance(widget, QAbstractItemView):
            text = text_of(widget)
            if text:
                yield widget, text
            if isinstance(widget, QAbstractButton) and widget.accessibleName():
                yield widget, widget.accessibleName()
    for menu in root.findChildren(QMenu):
        yield from ((menu, action.text().partition("\t")[0]) for action in menu.actions() if action.text())


def _headings(table: QTableView) -> Iterator[str]:
    model = table.model()
    if model is not None:
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def _has_words(message: str) -> bool:
    return bool(re.search(r"[A-Za-z]{3}", _FIELD.sub("", message)))
