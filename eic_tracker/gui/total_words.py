"""A historical total in words, where one is chosen."""

from __future__ import annotations

from eic_tracker.i18n import Translator
from eic_tracker.queries.offering_form import TotalChoice
from eic_tracker.reports.report_words import measure_words


def total_words(total: TotalChoice, t: Translator) -> str:
    """A historical total to be chosen: what it counts, its period, its document."""
    return t(
        "{value} · {measure} · {first} – {last} · {document}",
        value=t.number(total.value),
        measure=measure_words(total.measure, t),
        first=t.date(total.first_day),
        last=t.date(total.last_day),
        document=total.document or "—",
    )
