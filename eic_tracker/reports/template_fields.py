"""What the fields of a template print for one certificate."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from eic_tracker.domain.certificate_template import Template
from eic_tracker.domain.codes import Sex
from eic_tracker.domain.words import date_range_in_words, day_in_words, grade_in_words, hours_in_words
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.act_pdf import points_text
from eic_tracker.reports.certificate_facts import CertificateFacts, CertificateSignatory, CourseLine, ModuleLine

QR_DEMONSTRATION = "DEMOSTRACION SIN VALOR "
"""What a scanner reads before the number of a demonstration certificate that has no sealed code."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One certificate as its template prints it: the texts of fields, and what is more than a text."""

    values: Mapping[str, str]
    demonstration: bool
    signatories: tuple[CertificateSignatory, ...] = ()
    sex: Sex = Sex.U
    code: str = ""
    modules: tuple[ModuleLine, ...] = ()
    courses: tuple[CourseLine, ...] = ()


def filled_of(facts: CertificateFacts, template: Template) -> Filled:
    """The fields of a certificate in the language of its template."""
    facts = composed(facts)
    t = words_of(template.language)
    values = _plain_values(facts, t)
    values.update(_values_in_words(facts, template.language))
    for place, signatory in enumerate(facts.signatories, 1):
        for part in ("rank", "name", "post"):
            values[f"signatory_{place}_{part}"] = str(getattr(signatory, part))
    signatories = tuple(
        replace(each, post=t("{post} (by absence)", post=each.post)) if each.by_absence else each
        for each in facts.signatories
    )
    return Filled(
        values,
        facts.demonstration,
        signatories,
        facts.sex,
        qr_text(facts),
        facts.modules,
        facts.courses,
    )


@functools.cache
def words_of(language: Language) -> Translator:
    """The words of a language, read once: a batch asks for them on each page."""
    return Translator(language)


def qr_text(facts: CertificateFacts) -> str:
    """What the QR of a certificate holds: its sealed code, else its number, marked when it is a demonstration's."""
    if facts.code:
        return facts.code
    return f"{QR_DEMONSTRATION}{facts.number}" if facts.demonstration else facts.number


def _plain_values(facts: CertificateFacts, t: Translator) -> dict[str, str]:
    return {
        "rank": facts.rank,
        "name": facts.name,
        "document": facts.document or "",
        "institution": facts.institution,
        "unit": facts.unit,
        "course": facts.course_title,
        "offering": facts.offering_code,
        "hours": t.number(facts.hours),
        "course_place": facts.course_place or "",
        "grade": points_text(facts.grade) if facts.grade is not None else "",
        "place": facts.place,
        "day": t.date(facts.issued_on),
        "number": facts.number,
        "book": facts.book,
        "folio": facts.folio,
        "entry": facts.entry,
        "registered_on": _day(facts.registered_on, t),
        "act": facts.act,
        "reference": facts.reference,
        "duplicate_of": facts.duplicate_of,
        "telephone_code": facts.telephone_code,
        "address": facts.address,
        "purpose": facts.purpose,
        "asked_by": facts.asked_by,
        "valid_to": _day(facts.valid_to, t),
        "school": facts.letterhead[-1] if facts.letterhead else "",
        "letterhead": "\n".join(facts.letterhead[:-1]),
    }


def _values_in_words(facts: CertificateFacts, language: Language) -> dict[str, str]:
    return {
        **_course_in_words(facts.hours, facts.starts_on, facts.ends_on, facts.issued_on, language),
        "grade_in_words": grade_in_words(facts.grade, language) if facts.grade is not None else "",
    }


@functools.lru_cache(maxsize=256)
def _course_in_words(
    hours: int, first: dt.date, last: dt.date, given: dt.date, language: Language
) -> Mapping[str, str]:
    """What all certificates of a course write out alike."""
    return {
        "hours_in_words": hours_in_words(hours, language),
        "dates": date_range_in_words(first, last, language),
        "day_in_words": day_in_words(given, language),
    }


def _day(day: dt.date | None, t: Translator) -> str:
    return t.date(day) if day else ""


_Said = TypeVar("_Said")


def composed(said: _Said) -> _Said:
    """The same facts with letters and their accents as one character, which is how the typefaces hold them."""
    value: Any = said
    if isinstance(value, str) and not isinstance(value, StrEnum):
        value = unicodedata.normalize("NFC", value)
    elif isinstance(value, tuple):
        value = _composed_parts(value)
    elif is_dataclass(value) and not isinstance(value, type):
        value = replace(value, **{field.name: composed(getattr(value, field.name)) for field in fields(value)})
    answer: _Said = value
    return answer


@functools.lru_cache(maxsize=256)
def _composed_parts(parts: tuple[object, ...]) -> tuple[object, ...]:
    """What certificates of a course share is looked at once."""
    return tuple(composed(part) for part in parts)
