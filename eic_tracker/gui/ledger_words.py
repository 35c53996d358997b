"""The tables of the ledger of teaching: their columns, which of their numbers open what, the rule of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.names import sort_key
from eic_tracker.domain.periods import parse_period, title
from eic_tracker.gui.models.columns import Column
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.report_words import year_words
from eic_tracker.services.ledger import FurtherLine, Ledger, LedgerLine, ShareLine

TOTAL = 1_000_000
"""The key of the line of totals."""
MEASURES = {
    "courses": Measure.OFFERINGS,
    "hours": Measure.OFFERINGS,
    "enrolments": Measure.ENROLMENTS,
    "completions": Measure.COMPLETIONS,
}
"""What a number of a column counts; hours open the courses whose hours they are."""
PERIODS = {
    Dimension.YEAR: N_("By year"),
    Dimension.QUARTER: N_("By quarter"),
    Dimension.FY: N_("By U.S. fiscal year"),
    Dimension.FY_QUARTER: N_("By U.S. fiscal quarter"),
}
_LINES = NP_("{count} line", "{count} lines")


@dataclass(frozen=True, slots=True)
class LedgerTab:
    """A table of the ledger: its title, rule, columns, and its lines by key."""

    name: str
    title: str
    rule: str
    columns: tuple[Column, ...]
    lines: Callable[[Ledger], Mapping[int, Any]]


def period_words(key: str | None, t: Translator) -> str:
    """A period of the ledger: "2018", "AF2019", "IV Trimestre 2018"."""
    if not key:
        return ""
    period = parse_period(key)
    return title(period, t) if period.is_quarter else year_words(key, t)


Words = Callable[[Any, Translator], str]


def ledger_tabs(labels: Callable[[], Labels | None], paper: bool = False) -> tuple[LedgerTab, ...]:
    """The tables; on paper people are called by their code."""

    def force(line: Any, t: Translator) -> str:
        if not line.keys:
            return t("Total")
        key, known = line.keys[1], labels()
        return t("not recorded") if key is None else known.forces.get(key, key) if known is not None else key

    def person(line: LedgerLine, _t: Translator) -> str:
        return str(line.keys[1]) if paper else line.name

    return _forces(force), _further(force), _persons(person), _shares()


_PERIOD = Column("period", N_("Period"), lambda line, t: period_words(line.keys[0] if line.keys else "", t), width=18)


def _forces(force: Words) -> LedgerTab:
    return LedgerTab(
        "forces",
        N_("By force"),
        N_(
            "A course has the force of its one lead instructor, whoever else taught in it; so the lines add up to"
            " the total. Hours are those of the course."
        ),
        (
            _PERIOD,
            Column("force", N_("Force of the lead instructor"), force, width=34, stretch=True),
            *_numbers(("courses", "hours", "enrolments", "completions")),
        ),
        lambda ledger: {**_newest_first(ledger.forces), TOTAL: ledger.total},
    )


def _further(force: Words) -> LedgerTab:
    return LedgerTab(
        "further",
        N_("Further forces"),
        N_(
            "Courses that another force led, and in which instructors of this one taught; hours are those that they"
            " taught. These courses stand under the force of their lead, so nothing here adds to the total."
        ),
        (
            _PERIOD,
            Column("force", N_("Further force"), force, width=34, stretch=True),
            _number("courses", N_("Courses"), lambda line: len(line.offerings)),
            _number("hours", N_("Hours taught"), lambda line: line.hours),
        ),
        lambda ledger: _newest_first(ledger.further),
    )


def _persons(person: Words) -> LedgerTab:
    return LedgerTab(
        "persons",
        N_("By person"),
        N_(
            "Courses with an assignment of theirs; a shared course counts for each of its instructors, so the lines"
            " are not added up. Where one assignment says no hours, it has what the others leave of the course."
        ),
        (
            _PERIOD,
            Column("person", N_("Instructor"), person, width=30, stretch=True),
            _number("led", N_("Led"), lambda line: line.led),
            *_numbers(("courses", "hours", "enrolments", "completions")),
        ),
        lambda ledger: _newest_first(sorted(ledger.persons, key=lambda line: sort_key(line.name))),
    )


def _shares() -> LedgerTab:
    return LedgerTab(
        "share",
        N_("Hours by Hondurans"),
        N_("Hours taught by instructors whose home force is Honduran, of all hours taught, whoever led the course."),
        (
            Column("period", N_("Period"), lambda line, t: period_words(line.period, t), width=18),
            _number("hours", N_("Hours taught"), lambda line: line.hours),
            _number("hondurans", N_("By Hondurans"), lambda line: line.hondurans),
            Column("percent", N_("Share"), lambda line, _t: f"{line.percent} %", width=8, number=True),
            _number("unsaid", N_("Hours not said"), lambda line: line.unsaid, help=N_("Assignments without hours")),
        ),
        lambda ledger: dict(enumerate(reversed(ledger.shares))),
    )


def _newest_first(lines: Sequence[Any]) -> dict[int, Any]:
    """The lines of the newest period first, those of one period in their order."""
    return dict(enumerate(sorted(lines, key=lambda line: str(line.keys[0]), reverse=True)))


def _number(name: str, words: str, value: Callable[[Any], int], help: str = "") -> Column:  # noqa: A002
    return Column(name, words, lambda line, t: t.number(value(line)), width=12, number=True, value=value, help=help)


def _numbers(names: Sequence[str]) -> tuple[Column, ...]:
    return tuple(_number(name, *_COUNTED[name]) for name in names)


_COUNTED: Mapping[str, tuple[str, Callable[[LedgerLine], int]]] = {
    "courses": (N_("Courses"), lambda line: line.counts.offerings),
    "hours": (N_("Hours"), lambda line: line.hours),
    "enrolments": (N_("Participants"), lambda line: line.counts.enrolments),
    "completions": (N_("Completions"), lambda line: line.counts.completions),
}


def opened_title(tab: LedgerTab, line: LedgerLine | FurtherLine | ShareLine, column: Column, t: Translator) -> str:
    """What the rows behind a number are called: "Cursos: 2018, Policía Nacional de Colombia"."""
    cells = [each.text(line, t) for each in tab.columns if not each.number]
    said = ", ".join(cell for cell in cells if cell)
    if column.name in {"hours", "hondurans", "percent", "unsaid"}:
        return t("Courses behind {hours} hours: {line}", hours=column.text(line, t), line=said)
    return f"{t(column.title)}: {said}"


def count_words_of(lines: int, t: Translator) -> str:
    """How many lines a table has."""
    return t.plural(*_LINES, lines)
