"""Marks and remarks as people write them into a class list: letters or words, in Spanish or English, with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eic_tracker.domain.codes import AttendanceMark, EnrolmentStatus
from eic_tracker.domain.grade_texts import is_no_show, is_withdrawal
from eic_tracker.domain.names import fold

FACTS_SHEET = "eic-tracker"
"""The hidden sheet of a class list, by which it is known again."""
ID_HEADING = "EIC-ID"
"""The heading of the hidden column that says whose row it is."""

_MARK_WORDS: Mapping[AttendanceMark, tuple[str, ...]] = {
    AttendanceMark.PRESENT: ("presente", "present", "asistio", "p"),
    AttendanceMark.ABSENT: ("ausente", "absent", "falta", "falto", "a", "f"),
    AttendanceMark.LATE: ("tarde", "late", "t", "l"),
    AttendanceMark.EXCUSED: ("con excusa", "excusado", "excusada", "justificado", "justificada", "excused", "e"),
}


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A mark as read, and what stands after it."""

    mark: AttendanceMark
    reason: str


def written_mark(text: str) -> WrittenMark | None:
    """What a cell of a day says; None where it is no mark."""
    folded = fold(text)
    for mark, words in _MARK_WORDS.items():
        for word in words:
            if folded == word or folded.startswith(f"{word} "):
                return WrittenMark(mark, folded[len(word) :].strip())
    return None


def written_status(text: str) -> EnrolmentStatus | None:
    """Whether a cell says that the person left or never came; None where it says neither."""
    if is_withdrawal(text) or fold(text).startswith("left"):
        return EnrolmentStatus.WITHDREW
    if is_no_show(text) or fold(text).startswith("did not come"):
        return EnrolmentStatus.NO_SHOW
    return None


def named_reason(text: str, reasons: Mapping[int, str]) -> int | None:
    """The key of the one reason whose name stands in a text; None where none or two do."""
    folded = fold(text)
    found = [key for key, name in reasons.items() if fold(name) in folded]
    longest = [key for key in found if not any(_within(reasons[key], reasons[each]) for each in found if each != key)]
    return longest[0] if len(longest) == 1 else None


def _within(short: str, long: str) -> bool:
    return fold(short) != fold(long) and fold(short) in fold(long)
