"""What is asked before many identities leave the file."""

from __future__ import annotations

from eic_tracker.i18n import Translator
from eic_tracker.services.leaving import MOST_PEOPLE_WITHOUT_REASON


def leaving_question(people: int, t: Translator) -> str:
    """The question where so many identities more are about to leave the file."""
    return t.plural(
        "{count} person with their identity is about to leave the file; with that you take out more than {most}"
        " in a day without a reason. Why? The reason stands in the history.",
        "{count} people with their identities are about to leave the file; with that you take out more than"
        " {most} in a day without a reason. Why? The reason stands in the history.",
        people,
        most=MOST_PEOPLE_WITHOUT_REASON,
    )
