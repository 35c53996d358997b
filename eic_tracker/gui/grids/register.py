"""The books of the register, the diplomas of paper books, and the series of numbers."""

from __future__ import annotations

from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.gui.grids.cells import day, text
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.number_series import SeriesRow
from eic_tracker.queries.paper_books import PaperDiplomaRow
from eic_tracker.queries.register_books import BookRow


def _kind(row: BookRow, t: Translator) -> str:
    if row.on_paper:
        return t("on paper, of the past")
    return t("open for entries") if row.closing is None else t("closed book")


def _folios(row: BookRow, t: Translator) -> str:
    if row.on_paper:
        return t.number(row.used)
    return t("{used} of {all}", used=t.number(row.used), all=t.number(row.folios))


BOOKS = (
    Column("number", N_("Book"), text("number"), width=12),
    Column(
        "kind",
        N_("State"),
        _kind,
        width=22,
        tone=lambda row: Tone.PLAIN if row.on_paper or row.closing is not None else Tone.OK,
    ),
    Column("opened", N_("Opened on"), day("opened_on"), width=12),
    Column("closed", N_("Closed on"), day("closed_on"), width=12, spare=True),
    Column("folios", N_("Folios"), _folios, width=12, number=True),
    Column("entries", N_("Entries"), lambda row, t: t.number(row.entries), width=9, number=True),
    Column("printed", N_("Folios printed"), lambda row, t: t.number(row.printed), width=9, number=True),
    Column("code", N_("Code of the last folio"), lambda row, _t: row.last_code or "", width=24, stretch=True),
)


def _place(row: PaperDiplomaRow, t: Translator) -> str:
    entry = t("entry {entry}", entry=row.entry) if row.entry is not None else ""
    return " · ".join(filter(None, (row.book, t("folio {folio}", folio=row.folio), entry)))


_PAPER_STATES = {
    CertificateStatus.PREPARED: (N_("waits for approval"), Tone.WARNING),
    CertificateStatus.ANNULLED: (N_("annulled"), Tone.ERROR),
    CertificateStatus.REPLACED: (N_("replaced by a duplicate"), Tone.WARNING),
}


def _paper_tone(row: PaperDiplomaRow) -> Tone:
    return Tone.OK if row.status is CertificateStatus.PAPER_BOOK else _PAPER_STATES[row.status][1]


def paper_state(row: PaperDiplomaRow, t: Translator) -> str:
    """Whether a diploma of a paper book stands, waits or was annulled, and whether its roster is on file."""
    if row.status is not CertificateStatus.PAPER_BOOK:
        return t(_PAPER_STATES[row.status][0])
    return t("in its book, with its roster") if row.enrolment_id is not None else t("in its book")


PAPER = (
    Column("number", N_("Number"), text("number"), width=16),
    Column("place", N_("Book, folio"), _place, width=26),
    Column("dated", N_("Date"), day("dated"), width=11),
    Column("name", N_("Name"), lambda row, _t: row.name, width=32, stretch=True),
    Column("course", N_("Course"), text("course"), width=32, stretch=True),
    Column(
        "state",
        N_("State"),
        paper_state,
        width=22,
        tone=_paper_tone,
    ),
    Column("recorded", N_("Recorded by"), text("recorded_by"), width=12, spare=True),
    Column("approved", N_("Approved by"), lambda row, _t: row.approved_by or "", width=12, spare=True),
)


def _wrong(row: SeriesRow, t: Translator) -> str:
    if row.whole:
        return t("whole")
    parts = (
        (t("missing"), row.missing),
        (t("outside the series"), row.outside),
        (t("out of order in the register"), row.out_of_order),
    )
    return " · ".join(f"{words}: {', '.join(numbers)}" for words, numbers in parts if numbers)


SERIES = (
    Column("series", N_("Series"), lambda row, _t: f"{row.prefix}-{row.year}", width=14),
    Column("first", N_("First"), lambda row, t: t.number(row.first), width=8, number=True),
    Column(
        "last",
        N_("Last"),
        lambda row, t: t.number(row.last) if row.last >= row.first else t("none yet"),
        width=9,
        number=True,
    ),
    Column("valid", N_("Valid"), lambda row, t: t.number(row.valid), width=8, number=True),
    Column("annulled", N_("Annulled"), lambda row, t: t.number(row.annulled), width=9, number=True),
    Column("replaced", N_("Replaced"), lambda row, t: t.number(row.replaced), width=11, number=True),
    Column(
        "wrong",
        N_("Numbers"),
        _wrong,
        width=30,
        stretch=True,
        tone=lambda row: Tone.OK if row.whole else Tone.ERROR,
    ),
    Column("reason", N_("Why it does not begin at 1"), lambda row, _t: row.start_reason or "", width=24, spare=True),
)
