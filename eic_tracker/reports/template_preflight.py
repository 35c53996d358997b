"""What would go wrong when a batch is printed, told before a number is taken: whose certificate, and what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum

from eic_tracker.domain.certificate_template import Template
from eic_tracker.domain.drafts import worded
from eic_tracker.domain.seal import LONGEST_COURSE, LONGEST_NAME
from eic_tracker.domain.template_elements import Element, ElementKind
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.certificate_facts import CertificateFacts
from eic_tracker.reports.certificate_pdf import letters_missing, printed_texts
from eic_tracker.reports.pdf.qr import QrPicture
from eic_tracker.reports.template_drawing import least_qr_mm, text_in_box
from eic_tracker.reports.template_fields import Filled, composed, filled_of, words_of
from eic_tracker.reports.template_tables import table_overflows


class FindingKind(StrEnum):
    """What was found."""

    MISSING_LETTER = "missing_letter"
    TOO_LONG_FOR_CODE = "too_long_for_code"
    QR_TOO_SMALL = "qr_too_small"
    OTHER_GRADE = "other_grade"
    OVERFLOWS = "overflows"
    NO_DOCUMENT = "no_document"
    CAPITALS = "capitals"


STOPPING = frozenset(
    {FindingKind.MISSING_LETTER, FindingKind.TOO_LONG_FOR_CODE, FindingKind.QR_TOO_SMALL, FindingKind.OTHER_GRADE}
)
"""What cannot be printed as it stands; the others are looked at and may be meant."""


@dataclass(frozen=True, slots=True)
class BatchItem:
    """A certificate that would be printed: the key of what it stands on, its template and what it would say."""

    key: int
    template: Template
    facts: CertificateFacts
    grade_differs: bool = False
    """from a printed act"""
    without_document: bool = False
    """nothing in the file tells the person from a namesake"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, with the sentence that says what to do; `key` is that of the item."""

    kind: FindingKind
    key: int
    name: str
    message: str
    values: dict[str, object] = attribute(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether the batch cannot be approved as it stands."""
        return self.kind in STOPPING

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **worded(self.values, t))


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found in a batch, what stops it first; the longest name shows whether the template is wide enough."""

    findings: tuple[Finding, ...]
    longest_name: str
    count: int

    @property
    def stops(self) -> bool:
        """Whether something must be mended before the batch is approved."""
        return any(each.stops for each in self.findings)


def preflight(items: Sequence[BatchItem]) -> Preflight:
    """Everything that is wrong with a batch, without drawing a page."""
    found: list[Finding] = []
    for item in items:
        filled = filled_of(item.facts, item.template)
        found += [finding for check in _CHECKS for finding in check(item, filled)]
    found.sort(key=lambda each: (not each.stops, tuple(FindingKind).index(each.kind)))
    longest = max((item.facts.name for item in items), key=len, default="")
    return Preflight(tuple(found), longest, len(items))


def _letters(item: BatchItem, _filled: Filled) -> Iterator[Finding]:
    for text in dict.fromkeys(printed_texts(composed(item.facts))):
        for place, letter in letters_missing(text)[:1]:
            yield _finding(
                FindingKind.MISSING_LETTER,
                item,
                N_("“{text}” has a character at place {place} ({code}) that cannot be printed. Write it otherwise."),
                text=text,
                place=place,
                code=f"U+{ord(letter):04X}",
            )


def _lengths(item: BatchItem, _filled: Filled) -> Iterator[Finding]:
    for text, most, message in (
        (
            item.facts.name,
            LONGEST_NAME,
            N_("The name has {count} letters; the signed code holds {most}. Shorten one of the given names."),
        ),
        (
            item.facts.course_title,
            LONGEST_COURSE,
            N_("The title of the course has {count} letters; the signed code holds {most}. Shorten it."),
        ),
    ):
        count = len(unicodedata.normalize("NFC", text))
        if count > most:
            yield _finding(FindingKind.TOO_LONG_FOR_CODE, item, message, count=count, most=most)


def _symbol(item: BatchItem, _filled: Filled) -> Iterator[Finding]:
    yield from symbol_findings(item)


def symbol_findings(item: BatchItem) -> Iterator[Finding]:
    """The QRs of a template that would be too small for the code of a certificate."""
    for element in _elements(item):
        if element.kind is ElementKind.QR and item.facts.code:
            least = least_qr_mm(QrPicture(item.facts.code))
            if element.width < least - 0.01:
                yield _finding(
                    FindingKind.QR_TOO_SMALL,
                    item,
                    N_("The QR needs {least} mm and has {width} mm in the template. Make it larger there."),
                    least=f"{least:.1f}",
                    width=f"{element.width:g}",
                )


def _grade(item: BatchItem, _filled: Filled) -> Iterator[Finding]:
    if item.grade_differs:
        yield _finding(
            FindingKind.OTHER_GRADE,
            item,
            N_("The result differs from a printed act. Rectify the act or set the result right."),
        )


def _overflow(item: BatchItem, filled: Filled) -> Iterator[Finding]:
    t = words_of(item.template.language)
    for element in _elements(item):
        if element.kind is ElementKind.TABLE and table_overflows(element, filled, t):
            yield _finding(
                FindingKind.OVERFLOWS, item, N_("A table becomes very small. Make it higher in the template.")
            )
        text = text_in_box(element, filled) if element.kind is ElementKind.TEXT else None
        if text is not None and text.overflows:
            yield _finding(
                FindingKind.OVERFLOWS,
                item,
                N_("“{text}” becomes smaller than 70 %. Give it more room in the template, or shorten it."),
                text=" ".join(text.rows)[:80],
            )


def _document(item: BatchItem, _filled: Filled) -> Iterator[Finding]:
    if item.without_document:
        yield _finding(
            FindingKind.NO_DOCUMENT,
            item,
            N_("No document is noted: nothing tells this person from a namesake. Note it first."),
        )


def _capitals(item: BatchItem, _filled: Filled) -> Iterator[Finding]:
    letters = [letter for letter in item.facts.name if letter.isalpha()]
    if len(letters) > 3 and (item.facts.name.isupper() or item.facts.name.islower()):
        yield _finding(
            FindingKind.CAPITALS,
            item,
            N_("The name is written in letters of one size only. Write it as it shall be printed."),
        )


_CHECKS: tuple[Callable[[BatchItem, Filled], Iterator[Finding]], ...] = (
    _letters,
    _lengths,
    _symbol,
    _grade,
    _overflow,
    _document,
    _capitals,
)


def _elements(item: BatchItem) -> tuple[Element, ...]:
    return (*item.template.face, *item.template.reverse)


def _finding(kind: FindingKind, item: BatchItem, message: str, **values: object) -> Finding:
    return Finding(kind, item.key, item.facts.name, message, values)
