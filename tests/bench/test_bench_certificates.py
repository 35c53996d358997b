"""Certificates by templates against a bare canvas of as many pages; all graduates since 2011 in one file."""

from __future__ import annotations

import dataclasses
import io
import resource
import time

import pytest
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.codes import CertificateKind
from eic_tracker.domain.seal import SealedFacts, seal
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.certificate_facts import CertificateFacts
from eic_tracker.reports.certificate_pdf import Looks, certificates_pdf
from eic_tracker.reports.ready_made import ready_made
from tests.bench.printing import show
from tests.reports.test_template_pdf import FULL

ES = Translator(Language.ES)
DIPLOMA = ready_made("diploma", Language.ES)
MOST_TIMES_BARE = 25
GRADUATES = 15_175


def diplomas(count: int) -> list[CertificateFacts]:
    """So many diplomas of courses of thirty, each with a sealed code of its own."""
    made = []
    for number in range(1, count + 1):
        course = number // 30
        sealed = SealedFacts(
            "EIC-HN",
            f"{number:032x}",
            f"EIC-2018-{number:06d}",
            f"{FULL.name} {number}",
            f"{FULL.course_title} {course}",
            FULL.issued_on,
            40,
            CertificateKind.DIPLOMA,
            number,
        )
        made.append(
            dataclasses.replace(
                FULL,
                number=sealed.number,
                name=sealed.name,
                course_title=sealed.course,
                offering_code=f"{course}-2018",
                code=seal(sealed, b"\x07" * 32),
                entry=str(number),
                courses=(),
            )
        )
    return made


def bare(pages: int) -> float:
    """Seconds of the processor for so many pages of a canvas with a line of text in a typeface of every reader."""
    begun = time.process_time()
    canvas = Canvas(io.BytesIO(), pageCompression=1)
    for number in range(pages):
        canvas.drawString(100, 100, f"Diploma {number}")
        canvas.showPage()
    canvas.save()
    return time.process_time() - begun


def test_a_thousand_diplomas_with_sealed_codes_against_a_bare_canvas() -> None:
    facts = diplomas(1_000)
    one = Looks(DIPLOMA)
    certificates_pdf(facts[:5], ES, [one] * 5)
    begun = time.process_time()
    certificates_pdf(facts, ES, [one] * len(facts))
    taken = time.process_time() - begun
    # a diploma has two pages
    plain = min(bare(2 * len(facts)) for _ in range(3))
    assert show("1,000 diplomas, face and reverse", taken, "bare canvas", plain, at_most=MOST_TIMES_BARE)


@pytest.mark.long
def test_all_graduates_in_one_file_within_two_minutes() -> None:
    facts = diplomas(GRADUATES)
    one = Looks(DIPLOMA)
    begun = time.process_time()
    content = certificates_pdf(facts, ES, [one] * len(facts))
    taken = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    per_page = len(content) / (2 * len(facts))
    print(
        f"{GRADUATES:,} diplomas: {taken:.0f} s of the processor, {per_page / 1000:.2f} kB a page, peak {peak:.0f} MB"
    )
    assert taken < 120
    assert per_page < 5_000
    assert peak < 400
