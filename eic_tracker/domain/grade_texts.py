"""Grades and attendance as people write them: decimal comma, NSP, blanks, what a spreadsheet's cell holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from eic_tracker.domain.names import fold


class GradeWord(StrEnum):
    """What stands where a grade is expected and is none."""

    NO_SHOW = "no_show"
    WITHDREW = "withdrew"


class Misread(StrEnum):
    """Why a text is no grade."""

    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True)
class Written:
    """A text as read: a number, a word, a reason why it is neither, or nothing at all (blank)."""

    number: Fraction | None = None
    word: GradeWord | None = None
    misread: Misread | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing was written; that is no zero."""
        return self.number is None and self.word is None and self.misread is None


_NUMBER = re.compile(r"([+-]?)([0-9]{1,6})(?:[.,]([0-9]{1,15}))?")
_DASHES = frozenset("-–—_./* ")
_NO_SHOW = re.compile(r"n ?s ?p( .*)?|no (se )?present\w+.*|no (vino|asistio)\b.*|no show")
_WITHDREW = re.compile(r"(se )?(retir(o|ada|ado|a|aron)|abandon(o|ada|ado|a))\b.*|withdr(e|a)w\w*.*")


def written_grade(value: str | float | None) -> Written:
    """What a cell of a column of grades says; a negative one is out of range, the scale is asked elsewhere."""
    read = _written(value)
    if read.number is not None and read.number < 0:
        return Written(misread=Misread.OUT_OF_RANGE)
    return read


def written_percent(value: str | float | None) -> Written:
    """What a cell of a column of attendance says, in percent: 62, "100", "87,5 %"; more than 100 is out of range."""
    text = value.strip().removesuffix("%") if isinstance(value, str) else value
    read = _written(text)
    if read.number is not None and not 0 <= read.number <= 100:
        return Written(misread=Misread.OUT_OF_RANGE)
    return read


def is_withdrawal(remark: str) -> bool:
    """Whether a remark says that the person left: "Retirado por enfermedad", "se retiró"."""
    return _WITHDREW.fullmatch(fold(remark)) is not None


def is_no_show(remark: str) -> bool:
    """Whether a remark says that the person never came: "NSP", "no se presentó"."""
    return _NO_SHOW.fullmatch(fold(remark)) is not None


def _written(value: str | float | None) -> Written:
    if value is None:
        return Written()
    if isinstance(value, float | int):
        # a spreadsheet shows 15 digits of what it holds: 69.99999999999999 is the 70 that people see
        value = f"{value:.15g}"
    text = " ".join(value.split())
    if not text or set(text) <= _DASHES:
        return Written()
    if found := _NUMBER.fullmatch(text):
        sign, whole, part = found.groups()
        number = Fraction(f"{whole}.{part or 0}")
        return Written(number=-number if sign == "-" else number)
    if is_no_show(text):
        return Written(word=GradeWord.NO_SHOW)
    if is_withdrawal(text):
        return Written(word=GradeWord.WITHDREW)
    return Written(misread=Misread.NOT_A_NUMBER)
