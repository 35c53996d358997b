"""The small tables of a profile: checks, letters of origin, and records that are or may be the same person."""

from __future__ import annotations

from dataclasses import dataclass

from eic_tracker.gui.grids.cells import day, name_of, text
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.sign_words import sign_words
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.person_detail import MergedRecord, OriginLine, VettingLine
from eic_tracker.reports.paper_words import SOURCE_KINDS
from eic_tracker.services.duplicates import LikelyDuplicate

_VETTING = {
    "in_process": N_("in process"),
    "apt": N_("apt"),
    "not_apt": N_("not apt"),
    "not_required": N_("not required"),
    "expired": N_("expired"),
}


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that may be the person, or one that was joined to it; `why` is None of the latter."""

    id: int
    name: str
    document: str | None
    why: LikelyDuplicate | None
    enrolments: int = 0

    @property
    def is_joined(self) -> bool:
        """Whether it was found to be the same person already."""
        return self.why is None

    @classmethod
    def likely(cls, pair: LikelyDuplicate) -> Twin:
        """Somebody who may be the person."""
        other = pair.second
        name = ", ".join(filter(None, [other.surnames, other.given_names]))
        return cls(other.id, name, other.document_number, pair)

    @classmethod
    def joined(cls, record: MergedRecord) -> Twin:
        """A record that was joined to the person."""
        name = ", ".join(filter(None, [record.surnames, record.given_names]))
        return cls(record.id, name, record.document, None, record.enrolments)


def _state(row: Twin, t: Translator) -> str:
    return t("joined to this person") if row.is_joined else t("may be the same person")


def _why(row: Twin, t: Translator) -> str:
    if row.why is not None:
        return sign_words(row.why.likeness.signs, t)
    brought = t.plural("{count} enrolment", "{count} enrolments", row.enrolments)
    return t("{enrolments}; Enter takes the records apart again", enrolments=brought)


def _origin(row: OriginLine, t: Translator) -> str:
    kind = t(SOURCE_KINDS[row.kind]) if row.kind in SOURCE_KINDS else row.kind
    return " ".join(part for part in (kind, row.number) if part)


def vetting_fact(line: VettingLine, t: Translator) -> tuple[str, str]:
    """A check: when it was asked for, and how it stands until when."""
    asked = t.date(line.requested_on) if line.requested_on else t("no date")
    answered = t("answered on {date}", date=t.date(line.answered_on)) if line.answered_on else ""
    until = t("valid until {date}", date=t.date(line.expires_on)) if line.expires_on else ""
    status = t(_VETTING[line.status]) if line.status in _VETTING else line.status
    return asked, " · ".join(part for part in (status, answered, until, line.tracking_number) if part)


ORIGINS_OF_PERSON = (
    Column("letter", N_("Letter"), _origin, width=28, stretch=True),
    Column("dated", N_("Date"), day("dated"), width=11),
    Column("sender", N_("Sender"), text("sender"), width=28, stretch=True),
    Column("offering", N_("Course code"), text("offering"), width=10),
    Column("course", N_("Course"), text("course_title"), width=34, stretch=True),
)
TWINS = (
    Column("name", N_("Surnames, given names"), text("name"), width=32, stretch=True),
    Column("document", N_("Identity document"), text("document"), width=16, identity=True),
    Column(
        "state",
        N_("State"),
        _state,
        width=24,
        tone=lambda row: Tone.OK if row.is_joined else Tone.DUPLICATE,
    ),
    Column("why", N_("Why"), _why, width=50, stretch=True),
)
PAIRS = (
    Column("first", N_("Surnames, given names"), lambda row, t: name_of(row.first, t), width=30, stretch=True),
    Column(
        "first_document",
        N_("Identity no."),
        lambda row, _t: row.first.document_number or "—",
        width=15,
        identity=True,
        spare=True,
    ),
    Column("second", N_("And"), lambda row, t: name_of(row.second, t), width=30, stretch=True),
    Column(
        "second_document",
        N_("Identity no."),
        lambda row, _t: row.second.document_number or "—",
        width=15,
        identity=True,
        spare=True,
    ),
    Column("why", N_("Why"), lambda row, t: sign_words(row.likeness.signs, t), width=46, stretch=True),
    Column("score", N_("Likelihood"), lambda row, _t: f"{row.likeness.score} %", width=8, number=True),
)
"""Pairs of records that may be one person."""
