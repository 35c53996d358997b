"""Numbers, hours and dates in words, as diplomas write them, in Spanish and English."""

from __future__ import annotations

import datetime as dt
import re

from babel.dates import get_month_names
from num2words import num2words

from eic_tracker.i18n import Language


def number_in_words(value: int, language: Language) -> str:
    """The cardinal number in words: "veintiún mil treinta y uno", "twenty-one thousand and thirty-one"."""
    if language is Language.ES:
        # num2words writes "veintiuno mil"; before "mil" and "millones" Spanish shortens "uno"
        return _shortened_one_before(str(num2words(value, lang="es")), r" (mil|millones)\b")
    return str(num2words(value, lang="en")).replace(",", "")


def hours_in_words(hours: int, language: Language) -> str:
    """A length in hours, in figures and words: "40 (cuarenta) horas", "21 (veintiuna) horas", "1 (one) hour"."""
    words = number_in_words(hours, language)
    if language is Language.ES:
        return f"{hours:,} ({_feminine(words)}) {'hora' if hours == 1 else 'horas'}"
    return f"{hours:,} ({words}) {'hour' if hours == 1 else 'hours'}"


def grade_in_words(hundredths: int, language: Language) -> str:
    """A grade as acts write it out: 71.5 is "setenta y uno punto cinco", 69.05 "sesenta y nueve punto cero cinco"."""
    whole, part = divmod(hundredths, 100)
    words = number_in_words(whole, language)
    if not part:
        return words
    digits = f"{part:02d}".rstrip("0")
    zero = f"{number_in_words(0, language)} " if digits.startswith("0") else ""
    point = "punto" if language is Language.ES else "point"
    return f"{words} {point} {zero}{number_in_words(int(digits), language)}"


def day_in_words(day: dt.date, language: Language) -> str:
    """The day on which a diploma is given: "a los seis días del mes de marzo del año dos mil veintiséis"."""
    year = number_in_words(day.year, language)
    month = month_name(day, language)
    if language is Language.EN:
        return f"on the {num2words(day.day, to='ordinal', lang='en')} day of {month} of the year {year}"
    if day.day == 1:
        return f"al primer día del mes de {month} del año {year}"
    days = _shortened_one_before(number_in_words(day.day, language) + " días", r" días$").removesuffix(" días")
    return f"a los {days} días del mes de {month} del año {year}"


def date_range_in_words(first: dt.date, last: dt.date, language: Language) -> str:
    """The days of a course with their months in words: "del 2 al 6 de marzo de 2026", "from 2 to 6 March 2026"."""
    if language is Language.EN:
        return _english_range(first, last)
    end = f"{last.day} de {month_name(last, language)} de {last.year}"
    if first == last:
        return f"el {end}"
    if first.year != last.year:
        return f"del {first.day} de {month_name(first, language)} de {first.year} al {end}"
    if first.month != last.month:
        return f"del {first.day} de {month_name(first, language)} al {end}"
    return f"del {first.day} al {end}"


def month_name(day: dt.date, language: Language) -> str:
    """The month in words: "marzo", "March"."""
    return str(get_month_names("wide", locale=language.value)[day.month])


def _english_range(first: dt.date, last: dt.date) -> str:
    end = f"{last.day} {month_name(last, Language.EN)} {last.year}"
    if first == last:
        return f"on {end}"
    if first.year != last.year:
        return f"from {first.day} {month_name(first, Language.EN)} {first.year} to {end}"
    if first.month != last.month:
        return f"from {first.day} {month_name(first, Language.EN)} to {end}"
    return f"from {first.day} to {end}"


def _shortened_one_before(words: str, following: str) -> str:
    """ "uno" loses its ending before a masculine noun, "mil" and "millones"."""
    words = re.sub(rf"veintiuno(?={following})", "veintiún", words)
    return re.sub(rf"\buno(?={following})", "un", words)


def _feminine(words: str) -> str:
    """The number before a feminine noun such as "horas": "ciento una", "doscientas", "quinientas"."""
    words = re.sub(r"(veinti|\b)uno$", r"\1una", words)
    return re.sub(r"(cient|quinient)os\b", r"\1as", words)
