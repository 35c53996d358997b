"""The words of an audit sample: how it was drawn, what the file holds of an item, what was found."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.sampling import Outcome
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.audit_samples import SampleItem, SampleRow

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.SUPPORTED: N_("Supported"),
    Outcome.PARTLY: N_("Supported in part"),
    Outcome.UNSUPPORTED: N_("Not supported"),
}
"""What an outcome is called."""


def proofs_of(item: SampleItem, t: Translator) -> tuple[str, ...]:
    """What the file holds of an item, in the order letter, verification, attendance, grades, register, delivery."""
    days = t.plural("{count} day", "{count} days", item.days_marked) if item.days_marked else ""
    sheets = t.plural("{count} signed sheet", "{count} signed sheets", item.sheets) if item.sheets else ""
    verified = t.date(item.vetting_on) if item.vetting_on else ""
    return (
        item.letter or "",
        verified if item.vetting_asked or verified else t("not asked for"),
        " · ".join(filter(None, (days, sheets))),
        t("Act {number}", number=item.act) if item.act else "",
        " · ".join(filter(None, (item.certificate, item.entry))),
        t.date(item.delivered_on) if item.delivered_on else "",
    )


def proof_titles(t: Translator) -> tuple[str, ...]:
    """The headings of `proofs_of`."""
    return (
        t("Letter"),
        t("Verification"),
        t("Attendance"),
        t("Act of grades"),
        t("Certificate, register"),
        t("Delivered"),
    )


def drawn_words(row: SampleRow, t: Translator) -> str:
    """When and by whom it was drawn from how many."""
    at = row.drawn_at.astimezone(HONDURAS)
    return t(
        "{size} of {population} completions of the period, drawn on {day} by {person}.",
        size=t.number(row.size),
        population=t.number(row.population),
        day=t.date(at.date()),
        person=row.drawn_by,
    )


def found_words(row: SampleRow, t: Translator) -> str:
    """What was found so far, and the error rate."""
    found = row.tally
    if found.error_rate is None:
        return t("Nothing is checked yet.")
    return t(
        "Supported: {supported} · in part: {partly} · not supported: {unsupported} · not checked yet: {waiting} · "
        "error rate: {rate} of those checked",
        supported=found.supported,
        partly=found.partly,
        unsupported=found.unsupported,
        waiting=found.waiting,
        rate=t.percent(found.error_rate),
    )
