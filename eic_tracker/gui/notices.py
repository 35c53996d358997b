"""What the window says of failures, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import Translator


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the message bar of the window, already in the person's language; `trace` only for bugs."""

    tone: Tone
    text: str
    trace: str = ""
    leaves: bool | None = None
    """whether it goes with the page that told it; None: errors stay, all else goes"""


def notice_of(failure: Failure, t: Translator) -> Notice:
    """What a failed job says to the person; a bug says so and offers its report."""
    if failure.told is not None:
        return Notice(Tone.WARNING if failure.told.exit_status == 1 else Tone.ERROR, failure.told.text(t))
    return Notice(
        Tone.ERROR,
        t("Something went wrong inside the program; your file is as it was. Please send the report to who keeps it."),
        failure.trace,
    )


def reading_notice(failure: Failure, t: Translator) -> Notice:
    """What could not be read: it is about the page that wanted it and goes with it; a bug stays with its report."""
    notice = notice_of(failure, t)
    return notice if notice.trace else replace(notice, leaves=True)


def writing_notice(failure: Failure, t: Translator) -> Notice:
    """What was not stored: whoever typed it must know, on whichever page they are by then."""
    return replace(notice_of(failure, t), leaves=False)
