"""What the window says of failures, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import Translator


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the message bar of the window, already in the person's language; `trace` only for bugs."""

    tone: Tone
    text: str
    trace: str = ""


def notice_of(failure: Failure, t: Translator) -> Notice:
    """What a failed job says to the person; a bug says so and offers its report."""
    if failure.told is not None:
        return Notice(Tone.WARNING if failure.told.exit_status == 1 else Tone.ERROR, failure.told.text(t))
    return Notice(
        Tone.ERROR,
        t("Something went wrong inside the program; your file is as it was. Please send the report to who keeps it."),
        failure.trace,
    )
