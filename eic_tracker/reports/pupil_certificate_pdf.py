"""Pupils' certificates on a lying sheet: a name or a line to write it on; no number, no code, nothing that is kept."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from eic_tracker.domain.certificate_template import on_paper
from eic_tracker.domain.codes import TemplateKind
from eic_tracker.domain.words import day_in_words
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.reports.certificate_facts import CertificateSignatory
from eic_tracker.reports.certificate_pdf import Looks, letters_missing
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.ready_made import ready_made_of
from eic_tracker.reports.template_fields import Filled, words_of
from eic_tracker.reports.template_pdf import DocumentWords, sheets_pdf


@dataclass(frozen=True, slots=True)
class PupilCertificateFacts:
    """What the certificates of one class group say beside the name; texts are printed as they stand here."""

    letterhead: tuple[str, ...]
    programme: str
    curriculum: str
    school: str
    """empty where the group met at no school"""
    grade: str
    """grade and section: "5 A"; empty where neither is noted"""
    municipality: str
    school_year: int
    given_on: dt.date | None
    """None: a line to write the day on"""
    officers: tuple[str, ...]
    demonstration: bool


def pupil_certificates_pdf(
    facts: PupilCertificateFacts,
    names: Sequence[str],
    t: Translator,
    paper: Paper = Paper.LETTER,
    looks: Looks | None = None,
) -> bytes:
    """A page for each name; an empty name leaves a line to write on. Equal input gives equal bytes.

    Without `looks`, by the template that comes with the program, in the language of `t`.
    UserError where a name has a character that the typefaces lack; it tells the place of the name, not the name."""
    names = [unicodedata.normalize("NFC", name) for name in names]
    for place, name in enumerate(names, 1):
        for _at, letter in letters_missing(name):
            raise UserError(
                N_("Name {place} has a character ({code}) that cannot be printed. Write it with other letters."),
                place=place,
                code=f"U+{ord(letter):04X}",
            )
    looks = looks or Looks(ready_made_of(TemplateKind.PUPIL, t.language))
    template = on_paper(looks.template, paper.value)
    common = _filled(facts, words_of(template.language))

    def filled(place: int) -> Filled:
        return replace(common, values={**common.values, "name": names[place]})

    author = facts.letterhead[-1] if facts.letterhead else ""
    words = DocumentWords(t("Pupils' certificates"), author, t("Certificates"))
    return sheets_pdf([template] * len(names), filled, looks.images, words, t)


def _filled(facts: PupilCertificateFacts, t: Translator) -> Filled:
    """What the certificates of a group say beside the name."""
    signatories = [CertificateSignatory("", name, t("Instructor of the programme")) for name in facts.officers[:2]]
    if not signatories:
        signatories = [CertificateSignatory("", "", t("Instructor of the programme"))]
    if facts.school:
        signatories.append(CertificateSignatory("", "", t("Head of the school")))
    values = {
        "letterhead": "\n".join(facts.letterhead[:-1]),
        "school": facts.letterhead[-1] if facts.letterhead else "",
        "programme": facts.programme,
        "curriculum": facts.curriculum,
        "group": t("grade {grade}", grade=facts.grade) if facts.grade else "",
        "pupils_school": facts.school,
        "school_year": str(facts.school_year),
        "place": facts.municipality,
        "day": t.date(facts.given_on) if facts.given_on else "",
        "day_in_words": _day_in_words(facts.given_on, t.language),
    }
    return Filled(values, facts.demonstration, tuple(signatories))


def _day_in_words(day: dt.date | None, language: Language) -> str:
    return day_in_words(day, language) if day else ""
