"""The register on paper: certificates of opening and closing, folios of a fixed number of rows, later remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable, PageBreak, Spacer

from eic_tracker.domain.folio_pages import (
    BookSigner,
    ClosingPage,
    FolioEntry,
    FolioPage,
    OpeningPage,
    RegisterSheets,
    Remark,
    RemarkKind,
)
from eic_tracker.domain.paper_codes import act_code
from eic_tracker.domain.words import day_in_words, number_in_words
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.report_data import Signature
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.folio_grid import FolioGrid, GridCell, GridColumn
from eic_tracker.reports.pdf.joining import joined
from eic_tracker.reports.pdf.letterhead import Letterhead, SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.page import (
    BODY,
    CELL_BOLD,
    DEMONSTRATION,
    MARGINS,
    PAPER_TITLE,
    SMALL,
    UNDER_TITLE,
    Furniture,
    gap,
    paragraph,
    report_bytes,
    text_width,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Column, report_table

_COLUMNS = (
    (N_("No."), 3.4),
    (N_("Date"), 6.6),
    (N_("Rank and name"), 21.0),
    (N_("Identity"), 9.6),
    (N_("Course"), 18.0),
    (N_("Hours"), 4.0),
    (N_("Act"), 5.2),
    (N_("Certificate"), 10.2),
    (N_("Received by"), 10.0),
    (N_("Remarks"), 12.0),
)
"""Headings and hundredths of the width."""
_STRUCK = 8
"""Columns that the line through an annulled entry crosses: all before “Received by”."""


def register_pages(sheets: RegisterSheets, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """The pages as one PDF: upright certificates, lying folios. Equal pages give equal bytes."""
    fonts.register()
    parts = []
    if sheets.opening is not None:
        parts.append(_opening(sheets.opening, sheets.opening_code or "", t, paper))
    if sheets.folios:
        parts.append(_folios(sheets, t, paper))
    if sheets.closing is not None:
        parts.append(_closing(sheets.closing, sheets.closing_code or "", t, paper))
    if sheets.remarks:
        parts.append(_remarks(sheets, t, paper))
    return parts[0] if len(parts) == 1 else joined(parts)


def remark_words(remark: Remark, t: Translator) -> str:
    """A remark in words: ANNULLED with its reason, duplicate of, who received it."""
    told: dict[RemarkKind, Callable[[], str]] = {
        RemarkKind.ANNULLED: lambda: t("ANNULLED"),
        RemarkKind.DUPLICATE_OF: lambda: t("Duplicate of {number}", number=remark.text),
        RemarkKind.REPLACED_BY: lambda: t("Replaced by duplicate {number}", number=remark.text),
        RemarkKind.DELIVERED: lambda: t("Handed over"),
        RemarkKind.NOTE: lambda: remark.text,
    }
    words = told[remark.kind]()
    if remark.on is not None:
        words = f"{words} {t.date(remark.on)}"
    if remark.text and remark.kind in {RemarkKind.ANNULLED, RemarkKind.DELIVERED}:
        words = f"{words}: {remark.text}"
    return words


def _folios(sheets: RegisterSheets, t: Translator, paper: Paper) -> bytes:
    width = text_width(paper, landscape=True)
    height = min(paper.size) - MARGINS - 1
    story: list[Flowable] = []
    for page, code in sheets.folios:
        if story:
            story.append(PageBreak())
        story.append(_grid(page, code, t, width, height))
    title = t("Register of certificates, book {book}", book=sheets.book)
    return report_bytes(story, _furniture(sheets, title), t, paper, landscape=True)


def _grid(page: FolioPage, code: str | None, t: Translator, width: float, height: float) -> FolioGrid:
    columns = [GridColumn(t(title), width * share / 100) for title, share in _COLUMNS]
    rows = [_row(entry, t) for entry in page.entries]
    struck = {place for place, entry in enumerate(page.entries) if entry.annulled}
    count = t.plural("{count} entry on this folio.", "{count} entries on this folio.", len(page.entries))
    if code is None:
        state = t("PROVISIONAL: not full yet, without a code")
        foot = (count, t("Shown as it stands on {date}", date=t.date(page.printed_on)))
    else:
        state = ""
        before = act_code(page.previous)
        printed = t("Printed on {date}", date=t.date(page.printed_on))
        foot = (f"{count} {printed}", t("Code of the page before: {code}", code=before))
    return FolioGrid(
        width,
        height,
        title=t("REGISTER OF CERTIFICATES"),
        place=t("Book {book} · Folio {folio}", book=page.book, folio=page.folio),
        state=state,
        columns=columns,
        rows=rows,
        room=page.room,
        struck=struck,
        struck_columns=_STRUCK,
        crossed=page.last,
        foot=foot,
        code="" if code is None else t("Code: {code}", code=code),
        signature=t("Registrar: signature and seal"),
    )


def _row(entry: FolioEntry, t: Translator) -> list[GridCell]:
    """The cells of an entry; the reason of an annulment takes the room where somebody would sign."""
    handed = "; ".join(
        " ".join(part for part in (each.text, t.date(each.on) if each.on else "") if part)
        for each in entry.remarks
        if each.kind is RemarkKind.DELIVERED
    )
    remarks = "; ".join(remark_words(each, t) for each in entry.remarks if each.kind is not RemarkKind.DELIVERED)
    spans = entry.annulled and not handed
    return [
        GridCell(str(entry.number)),
        GridCell(t.date(entry.entered_on)),
        GridCell(" ".join(part for part in (entry.rank, entry.name) if part)),
        GridCell(entry.document),
        GridCell(" · ".join(part for part in (entry.course, entry.offering) if part)),
        GridCell("" if entry.hours is None else t.number(entry.hours)),
        GridCell(entry.act),
        GridCell(entry.certificate, bold=True),
        GridCell(remarks if spans else handed, warning=entry.annulled, span=2 if spans else 1),
        GridCell("" if spans else remarks, warning=entry.annulled),
    ]


def _opening(page: OpeningPage, code: str, t: Translator, paper: Paper) -> bytes:
    said = [
        t(
            "In the city of {city}, {day}, this book is opened.",
            city=page.place,
            day=day_in_words(page.opened_on, t.language),
        ),
        t(
            "Book {book} of the register of certificates consists of {folios} ({words}) loose folios, numbered from 1 "
            "to {folios}, with {room} entries each.",
            book=page.book,
            folios=page.folios,
            words=number_in_words(page.folios, t.language),
            room=page.room,
        ),
        t(
            "Each folio bears the number of its entries, its code and the code of the page before, so that a page that "
            "is taken out or exchanged shows."
        ),
    ]
    return _certificate(page, t("Opening certificate of book {book}", book=page.book), said, code, t, paper)


def _closing(page: ClosingPage, code: str, t: Translator, paper: Paper) -> bytes:
    said = [
        t(
            "In the city of {city}, {day}, this book is closed.",
            city=page.place,
            day=day_in_words(page.closed_on, t.language),
        ),
        t(
            "Book {book} of the register of certificates ends with folio {folios} ({words}). It holds {entries} "
            "entries, from certificate {first} to certificate {last}.",
            book=page.book,
            folios=page.folios,
            words=number_in_words(page.folios, t.language),
            entries=page.entries,
            first=page.first_certificate,
            last=page.last_certificate,
        ),
        t(
            "Of these {annulled} are annulled and {duplicates} are duplicates, as they stand on this day.",
            annulled=page.annulled,
            duplicates=page.duplicates,
        ),
    ]
    return _certificate(page, t("Closing certificate of book {book}", book=page.book), said, code, t, paper)


def _certificate(
    page: OpeningPage | ClosingPage, title: str, said: Sequence[str], code: str, t: Translator, paper: Paper
) -> bytes:
    story: list[Flowable] = [Letterhead(page.school), gap(24), paragraph(title, PAPER_TITLE), gap(12)]
    story += [paragraph(text, BODY) for text in said]
    story += [gap(10), paragraph(t("Code: {code}", code=code), CELL_BOLD)]
    if page.previous:
        story.append(paragraph(t("Code of the page before: {code}", code=act_code(page.previous)), CELL_BOLD))
    rooms = [
        SignatureRoom(_by_absence(signer, t), Signature(signer.rank, signer.name, signer.post))
        for signer in page.signers
    ]
    rooms = rooms or [SignatureRoom(t("Signature"), None)]
    story += [Spacer(1, 40), SignatureBlock(rooms, (t("Name"), t("Post"), t("Seal")))]
    furniture = Furniture(
        title=title,
        author=page.school[-1] if page.school else "",
        heading=title,
        foot=title,
        mark=DEMONSTRATION if page.demonstration else "",
        numbered=False,
    )
    return report_bytes(story, furniture, t, paper)


def _by_absence(signer: BookSigner, t: Translator) -> str:
    return t("By absence") if signer.by_absence else ""


def _remarks(sheets: RegisterSheets, t: Translator, paper: Paper) -> bytes:
    """What was recorded after the folios were frozen; their own text stays as it is."""
    title = t("Marginal remarks of book {book}", book=sheets.book)
    codes = {page.folio: code or "" for page, code in sheets.folios}
    columns = (
        Column(t("Folio and No."), 54),
        Column(t("Code of the folio"), 104),
        Column(t("Certificate"), 88),
        Column(t("Name"), 124),
        Column(t("Remark")),
    )
    rows = [
        [
            f"{each.folio} · {each.entry.number}",
            codes[each.folio],
            each.entry.certificate,
            each.entry.name,
            remark_words(each.remark, t),
        ]
        for each in sheets.remarks
    ]
    told = t(
        "Recorded after the folios were printed, up to {date}. What the folios say stays as it was printed.",
        date=t.date(sheets.printed_on),
    )
    story: list[Flowable] = [
        paragraph(title, PAPER_TITLE),
        paragraph(sheets.school[-1] if sheets.school else "", UNDER_TITLE),
        paragraph(told, SMALL),
        report_table(columns, rows, t),
        paragraph(t.plural("{count} remark.", "{count} remarks.", len(rows)), CELL_BOLD),
        Spacer(1, 14),
        SignatureBlock([SignatureRoom(t("Registrar"), None)], (t("Name"), t("Post"), t("Seal"))),
    ]
    return report_bytes(story, _furniture(sheets, title), t, paper)


def _furniture(sheets: RegisterSheets, title: str) -> Furniture:
    return Furniture(
        title=title,
        author=sheets.school[-1] if sheets.school else "",
        heading=title,
        foot=title,
        mark=DEMONSTRATION if sheets.demonstration else "",
        numbered=False,
    )
