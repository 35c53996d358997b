"""Certificates as PDF: each by its template, with what was frozen on it."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from eic_tracker.domain.certificate_template import Template
from eic_tracker.domain.codes import TemplateKind
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.certificate_facts import CertificateFacts
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.ready_made import ready_made_of
from eic_tracker.reports.template_fields import Filled, composed, filled_of
from eic_tracker.reports.template_pdf import DocumentWords, PrintOptions, sheets_pdf

_FACES = (fonts.FORMAL, fonts.FORMAL_BOLD, fonts.FORMAL_ITALIC, fonts.TEXT, fonts.TEXT_BOLD, fonts.TEXT_ITALIC)


@dataclass(frozen=True, slots=True)
class Looks:
    """By which template certificates are printed, the same for all of them; its pictures by their digest."""

    template: Template
    images: Mapping[str, bytes] = field(default_factory=dict)


def certificates_pdf(
    items: Sequence[CertificateFacts],
    t: Translator,
    looks: Sequence[Looks] = (),
    options: PrintOptions | None = None,
) -> bytes:
    """The sheets of all certificates in the given order, by one template each; equal input gives equal bytes.

    Without `looks`, by the template that comes with the program for their kind, in the language of `t`.
    UserError when a text has a character that the typefaces lack: a box on a diploma is worse than none."""
    check_letters(items)
    chosen = looks or [Looks(ready_made_of(TemplateKind(item.kind.value), t.language)) for item in items]
    templates = [each.template for each in chosen]

    def filled(place: int) -> Filled:
        return filled_of(items[place], templates[place])

    images = {digest: content for each in chosen for digest, content in each.images.items()}
    author = items[0].letterhead[-1] if items and items[0].letterhead else ""
    words = DocumentWords(_document_title(items, t), author, t("Certificates"))
    return sheets_pdf(templates, filled, images, words, t, options)


def check_letters(items: Sequence[CertificateFacts]) -> None:
    """UserError when a certificate cannot be printed as it stands; ask before a number is taken."""
    known: set[str] = set()
    for position, item in enumerate(items, 1):
        _refuse_missing_letters(composed(item), position, len(items), known)


def _document_title(items: Sequence[CertificateFacts], t: Translator) -> str:
    if len(items) == 1:
        return t("Certificate {number}", number=items[0].number)
    codes = ", ".join(sorted({item.offering_code for item in items}))
    return t("Certificates of course {code}", code=codes)


def printed_texts(item: CertificateFacts) -> Iterator[str]:
    """Every text of a certificate that may be printed."""
    for part in dataclasses.fields(item):
        value = getattr(item, part.name)
        if isinstance(value, str) and part.name not in ("kind", "sex", "code"):
            yield value
        elif isinstance(value, tuple):
            for each in value:
                yield from (
                    (each,)
                    if isinstance(each, str)
                    else (
                        text for name in dataclasses.fields(each) if isinstance(text := getattr(each, name.name), str)
                    )
                )


def _refuse_missing_letters(item: CertificateFacts, position: int, count: int, known: set[str]) -> None:
    """`known`: texts that were looked at and can be printed."""
    for place, letter in letters_missing(item.name):
        raise UserError(
            N_(
                "Certificate {position} of {count}, {number}: the name “{name}” has a character at place {place}"
                " ({code}) that cannot be printed. Write the name with other letters and prepare it again."
            ),
            position=position,
            count=count,
            number=item.number,
            name=item.name,
            place=place,
            code=f"U+{ord(letter):04X}",
        )
    for text in printed_texts(item):
        if text in known:
            continue
        for place, letter in letters_missing(text):
            raise UserError(
                N_(
                    "Certificate {position} of {count}, {number}: “{text}” has a character at place {place}"
                    " ({code}) that cannot be printed. Correct that text and prepare it again."
                ),
                position=position,
                count=count,
                number=item.number,
                text=text,
                place=place,
                code=f"U+{ord(letter):04X}",
            )
        known.add(text)


def letters_missing(text: str) -> list[tuple[int, str]]:
    """What one of the typefaces of certificates lacks or nobody would see, each with its position counted from 1."""
    if text.isascii() and text.isprintable():
        return []
    unseen = [
        (place, letter) for place, letter in enumerate(text, 1) if unicodedata.category(letter) in _UNSEEN
    ]  # fmt: skip
    return unseen or next((found for face in _FACES if (found := fonts.missing_letters(text, face))), [])


_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Marks of direction, joiners and the like: two names that look the same must be the same."""


def refuse_template_letters(template: Template) -> None:
    """UserError where what a template itself says has a character that the typefaces lack."""
    for element in (*template.face, *template.reverse):
        for text in element.text.split("\n"):
            for place, letter in letters_missing(text):
                raise UserError(
                    N_(
                        "“{text}” has a character at place {place} ({code}) that cannot be printed. Write it otherwise."
                    ),
                    text=text,
                    place=place,
                    code=f"U+{ord(letter):04X}",
                )
