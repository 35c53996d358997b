"""Reports on certificate numbers for those who oversee them: gaps of the series, and what a month gave out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.signing import Signer
from eic_tracker.domain.words import month_name
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.monthly_certificates import MonthOfCertificates
from eic_tracker.queries.number_series import SeriesRow
from eic_tracker.queries.report_data import Signature
from eic_tracker.reports.paper_words import ANNULMENT_GROUNDS
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead, SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.page import (
    BODY,
    DEMONSTRATION,
    PAPER_TITLE,
    SMALL,
    SUBSECTION,
    UNDER_TITLE,
    Furniture,
    gap,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, report_table

_SHOWN = 40
"""Numbers of one kind that a line lists; of more it tells how many."""


def gaps_pdf(
    series: Sequence[SeriesRow],
    paper_books: int,
    letterhead: Sequence[str],
    t: Translator,
    paper: Paper = Paper.LETTER,
    *,
    made_by: str,
    made_at: dt.datetime,
    demonstration: bool,
) -> bytes:
    """Every series with its ends, its counts, and each number that is missing or stands wrong."""
    fonts.register()
    title = t("Report of certificate numbers")
    columns = [
        Column(t("Series"), 70),
        Column(t("First"), 96),
        Column(t("Last"), 96),
        *(number_column(t(words), 48) for words in (N_("Valid"), N_("Annulled"), N_("Replaced"), N_("Missing"))),
        Column(t("Begins above 1 because")),
    ]
    rows: list[list[Cell]] = [
        [
            f"{row.prefix}-{row.year}",
            f"{row.prefix}-{row.year}-{row.first:06d}" if row.last >= row.first else "—",
            f"{row.prefix}-{row.year}-{row.last:06d}" if row.last >= row.first else "—",
            row.valid,
            row.annulled,
            row.replaced,
            len(row.missing),
            row.start_reason or "",
        ]
        for row in series
    ]
    story: list[Flowable] = [Letterhead(letterhead), gap(8), paragraph(title, PAPER_TITLE)]
    made = made_at.astimezone(HONDURAS)
    story.append(paragraph(t("As it stands on {date}", date=t.date(made.date())), UNDER_TITLE))
    story.append(report_table(columns, rows, t) if rows else paragraph(t("No number was given yet."), BODY))
    story += _wrong(series, t)
    story.append(
        paragraph(
            t.plural(
                "{count} diploma of the paper books of the past is recorded; its number is no gap.",
                "{count} diplomas of the paper books of the past are recorded; their numbers are no gaps.",
                paper_books,
            ),
            SMALL,
        )
    )
    story.append(KeepTogether(_rooms([SignatureRoom(t("Registrar"), None), SignatureRoom(t("Reviewed by"), None)], t)))
    return report_bytes(story, _furniture(title, letterhead, made_by, made, t, demonstration=demonstration), t, paper)


def _wrong(series: Sequence[SeriesRow], t: Translator) -> list[Flowable]:
    found = [row for row in series if not row.whole]
    if not found:
        words = t("No number is missing, none stands outside its series or out of order.")
        return [gap(4), paragraph(words, BODY)]
    story: list[Flowable] = []
    for row in found:
        for heading, numbers in (
            (t("Missing"), row.missing),
            (t("Outside the series"), row.outside),
            (t("Out of order in the register"), row.out_of_order),
        ):
            if numbers:
                shown = ", ".join(numbers[:_SHOWN])
                if len(numbers) > _SHOWN:
                    shown = t("{numbers} and {count} more", numbers=shown, count=t.number(len(numbers) - _SHOWN))
                story += [*_part(f"{row.prefix}-{row.year}: {heading} ({t.number(len(numbers))})")]
                story.append(paragraph(shown, BODY))
    return story


def monthly_pdf(
    month: MonthOfCertificates,
    letterhead: Sequence[str],
    signers: Sequence[Signer],
    t: Translator,
    paper: Paper = Paper.LETTER,
    *,
    made_by: str,
    made_at: dt.datetime,
    demonstration: bool,
) -> bytes:
    """The month for offices outside the school: numbers, who gave them and when, and the code of the last folio."""
    fonts.register()
    title = t("Monthly report of certificates issued, annulled and replaced")
    name = month_name(month.month, t.language)
    made = made_at.astimezone(HONDURAS)
    story: list[Flowable] = [
        Letterhead(letterhead),
        gap(8),
        paragraph(title, PAPER_TITLE),
        paragraph(f"{name} {month.month.year}", UNDER_TITLE),
        *_given(month, t),
        *_taken_back(month, t),
        *_approvers(month, t),
        *_part(t("Register")),
        paragraph(_folio_words(month, t), BODY),
    ]
    rooms = [SignatureRoom(t("Registrar"), None)]
    rooms += [
        SignatureRoom(t("By absence") if each.by_absence else "", Signature(each.rank, each.name, each.post))
        for each in signers[:1]
    ]
    story.append(KeepTogether(_rooms(rooms, t)))
    return report_bytes(story, _furniture(title, letterhead, made_by, made, t, demonstration=demonstration), t, paper)


def _given(month: MonthOfCertificates, t: Translator) -> list[Flowable]:
    columns = [Column(t("Series")), Column(t("First number"), 130), Column(t("Last number"), 130)]
    columns.append(number_column(t("Certificates"), 60))
    rows: list[list[Cell]] = [[each.series, each.first, each.last, each.count] for each in month.series]
    story: list[Flowable] = [*_part(t("Issued: {count}", count=t.number(month.issued)))]
    if rows:
        story.append(report_table(columns, rows, t))
    else:
        story.append(paragraph(t("No number was given in this month."), BODY))
    if month.paper:
        story.append(
            paragraph(
                t.plural(
                    "Besides, {count} diploma of the paper books of the past was recorded.",
                    "Besides, {count} diplomas of the paper books of the past were recorded.",
                    month.paper,
                ),
                SMALL,
            )
        )
    return story


def _taken_back(month: MonthOfCertificates, t: Translator) -> list[Flowable]:
    story: list[Flowable] = [*_part(t("Annulled: {count}", count=t.number(len(month.annulled))))]
    if month.annulled:
        columns = [
            Column(t("Number"), 110),
            Column(t("Date"), 70),
            Column(t("Ground")),
            Column(t("Authorised by"), 150),
        ]
        rows = [
            [each.number, t.date(each.on), t(ANNULMENT_GROUNDS[each.ground]), each.authorised_by]
            for each in month.annulled
        ]
        story.append(report_table(columns, rows, t))
    story += _part(t("Duplicates: {count}", count=t.number(len(month.duplicates))))
    if month.duplicates:
        pair = [Column(t("Number"), 160), Column(t("Replaces"))]
        story.append(report_table(pair, [[each.number, each.first] for each in month.duplicates], t))
    return story


def _approvers(month: MonthOfCertificates, t: Translator) -> list[Flowable]:
    """Who gave the numbers, and at which hours: an hour at night asks for a look."""
    if not month.approvers:
        return []
    columns = [Column(t("Approved by"), 170), Column(t("Hours of approval")), number_column(t("Certificates"), 60)]
    rows: list[list[Cell]] = [
        [
            each.name or "—",
            "; ".join(f"{hour:02d}:00–{hour:02d}:59: {t.number(count)}" for hour, count in each.hours),
            each.count,
        ]
        for each in month.approvers
    ]
    return [*_part(t("By person and hour")), report_table(columns, rows, t)]


def _folio_words(month: MonthOfCertificates, t: Translator) -> str:
    last = month.last_folio
    if last is None:
        return t("No folio was printed by the end of the month.")
    return t(
        "Last folio printed by the end of the month: book {book}, folio {folio}, of {date}. Its code: {code}",
        book=last.book,
        folio=last.folio,
        date=t.date(last.printed_on),
        code=last.code,
    )


def _part(title: str) -> list[Flowable]:
    """The heading of a table, with room for its first rows."""
    return [CondPageBreak(60), paragraph(title, SUBSECTION)]


def _rooms(rooms: Sequence[SignatureRoom], t: Translator) -> list[Flowable]:
    return [gap(14), SignatureBlock(rooms, (t("Name"), t("Post"), t("Seal")))]


def _furniture(
    title: str, letterhead: Sequence[str], made_by: str, made: dt.datetime, t: Translator, *, demonstration: bool
) -> Furniture:
    return Furniture(
        title=title,
        author=letterhead[-1] if letterhead else "",
        heading=title,
        foot=t("Made {moment} by {person}", moment=f"{t.date(made.date())} {made:%H:%M}", person=made_by),
        mark=DEMONSTRATION if demonstration else "",
    )
