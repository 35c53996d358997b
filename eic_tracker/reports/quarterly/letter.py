"""The cover letter (oficio de remisión) of a report, and what people tell in it."""

from __future__ import annotations

from reportlab.platypus import Flowable, PageBreak

from eic_tracker.domain.codes import ReportKind, ReportSigner
from eic_tracker.domain.periods import title
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.periodic_reports import ReportOffice
from eic_tracker.queries.report_data import ReportData, SchoolIdentity, Signature
from eic_tracker.reports.pdf.letterhead import Letterhead, SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.page import BODY, CELL, CELL_BOLD, SMALL, gap, paragraph, section, subsection

_NARRATIVE = (
    ("achievements", N_("Achievements")),
    ("difficulties", N_("Difficulties")),
    ("next_steps", N_("Next steps")),
)
_WHAT = {
    ReportKind.QUARTERLY: N_("I have the honour to send you the quarterly report of {period} ({first} to {last})."),
    ReportKind.ANNUAL: N_("I have the honour to send you the annual report of {period} ({first} to {last})."),
    ReportKind.CUMULATIVE: N_("I have the honour to send you the report since the beginning, up to {last}."),
}


def letter(data: ReportData, t: Translator) -> list[Flowable]:
    """The letter on a page of its own; nothing where the report goes without one."""
    office = data.office
    if office is None or not office.has_letter:
        return []
    signer = signers_of(data)[ReportSigner.APPROVED]
    return [
        Letterhead(data.school.letterhead),
        gap(18),
        *(
            [paragraph(t("Letter No. {number}", number=office.letter_number), CELL_BOLD)]
            if office.letter_number
            else []
        ),
        paragraph(_place_and_date(data.school, office, t), CELL),
        gap(20),
        *(paragraph(line, BODY) for line in (office.addressee, office.addressee_post) if line),
        gap(14),
        paragraph(
            t(
                _WHAT[data.kind],
                period=title(data.period, t),
                first=t.date(data.period.first_day),
                last=t.date(data.as_of),
            ),
            BODY,
        ),
        *([paragraph(t("The report bears the number {number}.", number=office.number), BODY)] if office.number else []),
        paragraph(
            t(
                "Each total says what it counts, as of when, what supports it and how it stands to what was published."
                " The code {code} on each page names the state of the records from which it was made.",
                code=data.journal_code,
            ),
            BODY,
        ),
        gap(30),
        SignatureBlock([SignatureRoom(t("Yours faithfully"), signer)], (t("Name"), t("Post"), t("Seal"))),
        *_copies(office, t),
        PageBreak(),
    ]


def narrative_section(data: ReportData, t: Translator) -> list[Flowable]:
    """Achievements, difficulties and next steps as people wrote them, kept with the report."""
    office = data.office
    told = [(words, getattr(office, name)) for name, words in _NARRATIVE if office and getattr(office, name)]
    if not told:
        return []
    story = section(t("What the school tells"))
    for words, text in told:
        story += subsection(t(words))
        story += [paragraph(part, BODY) for part in text.splitlines() if part.strip()]
    return story


def signers_of(data: ReportData) -> dict[ReportSigner, Signature | None]:
    """Who signs: those entered for this report, else those of the school."""
    named = data.office.signers if data.office is not None else None
    if named is not None:
        return {role: named.get(role) for role in ReportSigner}
    school = data.school
    return dict(zip(ReportSigner, (school.prepared, school.reviewed, school.approved), strict=True))


def signature_rooms(data: ReportData, t: Translator) -> list[Flowable]:
    """Prepared, reviewed and approved, with rank, name, post and room for the seals; then the way of the report."""
    titles = (t("Prepared by"), t("Reviewed by"), t("Approved (Vo.Bo.)"))
    rooms = [SignatureRoom(words, who) for words, who in zip(titles, signers_of(data).values(), strict=True)]
    words = (t("Name"), t("Post"), t("Seal"))
    return [gap(24), SignatureBlock(rooms, words), gap(8)]


def _place_and_date(school: SchoolIdentity, office: ReportOffice, t: Translator) -> str:
    dated = t.long_date(office.letter_dated) if office.letter_dated else "_" * 24
    return f"{school.place}, {dated}"


def _copies(office: ReportOffice, t: Translator) -> list[Flowable]:
    if not office.copies:
        return []
    return [gap(16), paragraph(t("Copies:"), SMALL), *(paragraph(line, SMALL) for line in office.copies)]
