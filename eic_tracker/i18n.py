"""Texts in Spanish and English from one gettext catalogue; dates and numbers as Honduras writes them."""

from __future__ import annotations

import datetime as dt
import gettext
from enum import StrEnum

from eic_tracker import paths

DOMAIN = "eic_tracker"


class Language(StrEnum):
    """The languages of screens, papers and the command line."""

    ES = "es"
    EN = "en"


def N_(message: str) -> str:
    """Mark a message for the catalogue; it is looked up where it is shown."""
    return message


def NP_(singular: str, plural: str) -> tuple[str, str]:
    """Mark a message with its plural; `plural(*pair, count)` looks it up where it is shown."""
    return singular, plural


class Translator:
    """Looks up messages of one language; reports get it as an argument."""

    def __init__(self, language: Language) -> None:
        self.language = language
        path = paths.resources() / "i18n" / f"{language.value}.mo"
        with path.open("rb") as file:
            self._catalogue = gettext.GNUTranslations(file)

    def __reduce__(self) -> tuple[type[Translator], tuple[Language]]:
        """Another process reads the catalogue itself."""
        return type(self), (self.language,)

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language, with `{name}` fields filled from values."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def plural(self, singular: str, plural: str, count: int, **values: object) -> str:
        """The form for `count`; `{count}` is written with thousands commas."""
        text = self._catalogue.ngettext(singular, plural, count)
        return text.format(count=self.number(count), **values)

    def number(self, value: int) -> str:
        """A whole number with thousands commas, in both languages: 346,215."""
        return f"{value:,}"

    def decimal(self, value: float, places: int = 1) -> str:
        """A number with a decimal point and thousands commas: 1,234.5."""
        return f"{value:,.{places}f}"

    def percent(self, value: float) -> str:
        """A share 0..1 as a percentage with one decimal: 91.9 %."""
        return f"{value * 100:.1f} %"

    def date(self, value: dt.date) -> str:
        """05/03/2026 in Spanish, 05 Mar 2026 in English."""
        if self.language is Language.ES:
            return f"{value:%d/%m/%Y}"
        return f"{value.day:02d} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"

    def long_date(self, value: dt.date) -> str:
        """5 de marzo de 2026 in Spanish, 5 March 2026 in English."""
        from babel.dates import format_date

        if self.language is Language.ES:
            return format_date(value, "d 'de' MMMM 'de' y", locale="es_HN")
        return format_date(value, "d MMMM y", locale="en")


_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
