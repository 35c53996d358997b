"""The columns of the closing: a person with the result that closing gives, decided or by the rules."""

from __future__ import annotations

from dataclasses import dataclass

from eic_tracker.domain.codes import EnrolmentStatus
from eic_tracker.gui.code_words import ENROLMENT_STATUSES
from eic_tracker.gui.grids.cells import ATTENDANCE_RULE, grade_words
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.closing import ClosingLine

GRADE, RESULT = 3, 4
"""Columns in which digits mean something: a grade, or one of four results."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with the decision that replaces its default, in words."""

    line: ClosingLine
    status: EnrolmentStatus | None
    reason: str
    decided: bool
    differs: bool = False
    """from a printed act"""


def _result(row: ShownLine, t: Translator) -> str:
    if row.status is None:
        return t("No result yet")
    words = t(ENROLMENT_STATUSES[row.status][0])
    return t("{result} (decided)", result=words) if row.decided else words


def _tone(row: ShownLine) -> Tone:
    return Tone.WARNING if row.status is None else ENROLMENT_STATUSES[row.status][1]


COLUMNS = (
    Column("name", N_("Surnames, given names"), lambda row, _t: row.line.listed, width=30, stretch=True),
    Column("document", N_("Identity no."), lambda row, _t: row.line.document or "", width=16, identity=True),
    Column(
        "attendance",
        N_("Attendance"),
        lambda row, _t: "" if row.line.attendance is None else f"{row.line.attendance} %",
        width=11,
        number=True,
        help=ATTENDANCE_RULE,
    ),
    Column(
        "grade",
        N_("Grade"),
        lambda row, t: grade_words(row.line.grade, t) + (" ≠" if row.differs else ""),
        width=9,
        number=True,
        tone=lambda row: Tone.ERROR if row.differs else None,
        help=N_("≠: grade, attendance or result are not as on a printed act"),
    ),
    Column("result", N_("Result"), _result, width=24, tone=_tone),
    Column("reason", N_("Reason"), lambda row, _t: row.reason, width=28, stretch=True),
)
