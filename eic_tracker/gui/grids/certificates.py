"""The grid of certificates: those that wait, those issued, those annulled."""

from __future__ import annotations

from eic_tracker.domain.codes import CertificateKind, CertificateStatus
from eic_tracker.gui.code_words import CERTIFICATE_KINDS, CERTIFICATE_STATUSES
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.certificates import CertificateRow
from eic_tracker.queries.listing import Choice

CERTIFICATES_COUNT = NP_("{count} certificate", "{count} certificates")


def certificate_status_words(row: CertificateRow, t: Translator) -> str:
    """How a certificate stands."""
    return t(CERTIFICATE_STATUSES[row.status][0])


def certificate_status_tone(row: CertificateRow) -> Tone:
    """The mark beside it."""
    return CERTIFICATE_STATUSES[row.status][1]


def register_words(row: CertificateRow, t: Translator) -> str:
    """Where it stands in the register: "book 3, folio 12, entry 4"; empty where it stands in none yet."""
    if row.book is None:
        return ""
    return t("book {book}, folio {folio}, entry {entry}", book=row.book, folio=row.folio, entry=row.entry)


def waiting_words(row: CertificateRow, t: Translator) -> str:
    """For how long it waits for its holder; empty where it does not."""
    if row.waiting_days is None:
        return ""
    return t.plural("{count} day", "{count} days", row.waiting_days)


def _waiting_tone(row: CertificateRow) -> Tone | None:
    return Tone.WARNING if row.waits_long else None


def _kind_choice(choice: Choice, t: Translator) -> str:
    return t(CERTIFICATE_KINDS[CertificateKind(choice.code)])


def _status_choice(choice: Choice, t: Translator) -> str:
    return t(CERTIFICATE_STATUSES[CertificateStatus(choice.code)][0])


_WAITING = {"new": N_("without a number yet"), "paper_book": N_("of paper books")}


def _waiting_choice(choice: Choice, t: Translator) -> str:
    return t(_WAITING[choice.code])


CERTIFICATES_GRID = GridSpec(
    listing="certificates",
    title=N_("Certificates"),
    columns=(
        Column("name", N_("Name"), lambda row, _t: row.name, order="name", width=28, stretch=True),
        Column("number", N_("Number"), lambda row, _t: row.number or "—", order="number", width=16),
        Column(
            "status",
            N_("State"),
            certificate_status_words,
            order="status",
            width=14,
            tone=certificate_status_tone,
        ),
        Column(
            "dated",
            N_("Date"),
            lambda row, t: t.date(row.dated) if row.dated else "—",
            order="dated",
            width=11,
            value=lambda row: row.dated,
            dated=True,
        ),
        Column("kind", N_("Kind"), lambda row, t: t(CERTIFICATE_KINDS[row.kind]), order="kind", width=16, hidden=True),
        Column("offering", N_("Course"), lambda row, _t: row.offering or "", order="offering", width=10),
        Column("title", N_("Title"), lambda row, _t: row.course_title or "", width=34, hidden=True, stretch=True),
        Column("rank", N_("Rank"), lambda row, _t: row.rank or "", width=20, hidden=True, stretch=True),
        Column("register", N_("Register"), register_words, width=26, hidden=True, stretch=True),
        Column(
            "delivered",
            N_("Delivered on"),
            lambda row, t: t.date(row.delivered_on) if row.delivered_on else "—",
            width=11,
            hidden=True,
            value=lambda row: row.delivered_on,
            dated=True,
        ),
        Column("duplicate", N_("Duplicate of"), lambda row, _t: row.duplicate_of or "", width=16, hidden=True),
        Column(
            "prepared", N_("Prepared by"), lambda row, _t: row.prepared_by or "", width=20, hidden=True, stretch=True
        ),
        Column(
            "approved", N_("Approved by"), lambda row, _t: row.approved_by or "", width=20, hidden=True, stretch=True
        ),
    ),
    search_hint=N_("Name or number"),
    empty=N_("No certificate has been prepared yet."),
    filters=(
        FilterSpec("status", N_("State"), _status_choice),
        FilterSpec("to_approve", N_("Waits for approval"), _waiting_choice, offered=False),
        FilterSpec("kind", N_("Kind"), _kind_choice),
        FilterSpec("year", N_("Year")),
    ),
    order="dated",
    plural=CERTIFICATES_COUNT,
    people=True,
)

CERTIFICATES_OF_OFFERING = GridSpec(
    listing="certificates",
    name="certificates_of_offering",
    title=N_("Certificates of the course"),
    columns=tuple(column for column in CERTIFICATES_GRID.columns if column.name not in {"offering", "title"}),
    search_hint=CERTIFICATES_GRID.search_hint,
    empty=N_("This course has no certificates yet."),
    filters=tuple(spec for spec in CERTIFICATES_GRID.filters if spec.name != "year"),
    order="number",
    plural=CERTIFICATES_COUNT,
    people=True,
)

UNCOLLECTED_GRID = GridSpec(
    listing="certificates",
    name="uncollected",
    title=N_("Certificates that nobody collected"),
    columns=(
        CERTIFICATES_GRID.columns[0],
        Column("waiting", N_("Waiting"), waiting_words, width=12, tone=_waiting_tone),
        *(
            column
            for column in CERTIFICATES_GRID.columns[1:]
            if column.name not in {"status", "delivered", "duplicate", "prepared", "approved"}
        ),
    ),
    search_hint=CERTIFICATES_GRID.search_hint,
    empty=N_("Everybody has collected their certificate."),
    filters=tuple(spec for spec in CERTIFICATES_GRID.filters if spec.name != "status"),
    order="dated",
    descending=True,
    plural=CERTIFICATES_COUNT,
    people=True,
)
