"""The answer to a compared list: a row for each course of each person whom a line names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eic_tracker.domain.names import fold
from eic_tracker.gui.grids.cells import name_of
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.comparing import ComparedLine, CourseHeld, PersonFound


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A line with one person whom it names and one course of theirs; several rows where there are several."""

    number: int
    line: str
    found: PersonFound | None
    course: CourseHeld | None
    others: int = 0


def rows_of(found: Sequence[ComparedLine]) -> list[CompareRow]:
    """A row for each course of each person whom a line names; one also for who has none, and for nobody."""
    rows = []
    for number, line in enumerate(found, 1):
        if not line.found:
            rows.append(CompareRow(number, line.text, None, None))
        for each in line.found:
            others = len(line.found) - 1
            rows += [CompareRow(number, line.text, each, course, others) for course in each.courses or (None,)]
    return rows


def counts_words(found: Sequence[ComparedLine], t: Translator, *, one_course: bool) -> str:
    """How many lines there are, with a course, without one, of several people and of nobody: they add up."""
    nobody = sum(not line.found for line in found)
    several = sum(len(line.found) > 1 for line in found)
    have = sum(len(line.found) == 1 and bool(line.found[0].courses) for line in found)
    if one_course:
        words = N_("{count} lines = {have} with the course + {none} without it + {several} unclear + {nobody} unknown")
    else:
        words = N_("{count} lines = {have} with a course + {none} without any + {several} unclear + {nobody} unknown")
    numbers = {"have": have, "none": len(found) - nobody - several - have, "several": several, "nobody": nobody}
    said = t(words, count=t.number(len(found)), **{name: t.number(each) for name, each in numbers.items()})
    again = len(found) - len({fold(line.text) for line in found})
    if not again:
        return said
    repeated = t.plural(
        "{count} line repeats an earlier one and is counted again.",
        "{count} lines repeat earlier ones and are counted again.",
        again,
    )
    return f"{said}. {repeated}"


def _state(row: CompareRow, t: Translator) -> str:
    if row.found is None:
        return t("not in the file")
    if row.others:
        return t.plural("or {count} other of that name", "or {count} others of that name", row.others)
    return t("has it") if row.course is not None else t("has none")


def _state_tone(row: CompareRow) -> Tone:
    if row.found is None:
        return Tone.WARNING
    if row.others:
        return Tone.DUPLICATE
    return Tone.OK if row.course is not None else Tone.PLAIN


COLUMNS = (
    Column("number", N_("Line"), lambda row, _t: str(row.number), width=5, number=True),
    Column("line", N_("In the list"), lambda row, _t: row.line, width=34, stretch=True, identity=True),
    Column(
        "name",
        N_("Recorded as"),
        lambda row, t: name_of(row.found.person, t) if row.found else "—",
        width=30,
        stretch=True,
    ),
    Column(
        "document",
        N_("Identity document"),
        lambda row, _t: (row.found.person.document_number or "") if row.found else "",
        width=15,
        identity=True,
        spare=True,
    ),
    Column("state", N_("State"), _state, width=20, tone=_state_tone),
    Column("course", N_("Course"), lambda row, _t: row.course.title if row.course else "", width=34, stretch=True),
    Column("code", N_("Course code"), lambda row, _t: row.course.code if row.course else "", width=10, spare=True),
    Column(
        "ended", N_("Ended"), lambda row, t: t.date(row.course.ended_on) if row.course else "", width=11, dated=True
    ),
)
