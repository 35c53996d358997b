"""A figure in words: what it counts, what restricts it, how its rows add up to it."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.counting import RowKind
from eic_tracker.domain.facts import Dimension
from eic_tracker.gui.code_words import CURRICULA
from eic_tracker.i18n import NP_, Translator
from eic_tracker.reports.dimension_words import DIMENSIONS, plain_key
from eic_tracker.reports.report_words import days_words, supports_of
from eic_tracker.services.figures import Chip, FigureRows

_ROWS = {
    RowKind.OFFERING: NP_("{count} course given", "{count} courses given"),
    RowKind.ENROLMENT: NP_("{count} row of a roster", "{count} rows of rosters"),
    RowKind.PARTICIPANT: NP_("{count} person", "{count} persons"),
    RowKind.CLASS_GROUP: NP_("{count} class group", "{count} class groups"),
}


def definition_of(rows: FigureRows, t: Translator) -> str:
    """What the measure counts, by which rule a force has it, and as of which day."""
    parts = [t(rows.definition)]
    if rows.ref.scope.lead_force is not None or Dimension.INSTRUCTOR_FORCE in rows.ref.by:
        parts.append(t("A course has the force of its one lead instructor, whoever else taught in it."))
    return " ".join([*parts, t("As of {date}.", date=t.date(rows.ref.as_of))])


def chips_of(rows: FigureRows, t: Translator) -> list[str]:
    """The restrictions of a figure, each as "Programa: EIC"."""
    youth = rows.kind is RowKind.CLASS_GROUP
    return [f"{t(DIMENSIONS[chip.name])}: {_chip_words(chip, t, youth=youth)}" for chip in rows.chips]


def rows_sentence(rows: FigureRows, t: Translator) -> str:
    """How the rows below add up: their number equals the figure, or their heads do."""
    number = t.plural(*_ROWS[rows.kind], len(rows.keys))
    value = t.number(rows.value)
    if rows.kind is RowKind.CLASS_GROUP:
        sentence = t("{rows} with {value} young people in all: exactly the figure.", rows=number, value=value)
    else:
        sentence = t("{rows}: exactly the figure.", rows=number)
    if rows.historical_rest:
        sentence += " " + t.plural(
            "Beside it, {rest} are documented without a roster in {count} historical total.",
            "Beside it, {rest} are documented without a roster in {count} historical totals.",
            rows.historical_sources,
            rest=t.number(rows.historical_rest),
        )
    return sentence


def _chip_words(chip: Chip, t: Translator, *, youth: bool) -> str:
    if chip.name == "period":
        first, last = (dt.date.fromisoformat(code) if code else None for code in chip.codes)
        if first is None:
            return t("until {date}", date=t.date(last)) if last is not None else ""
        return days_words(first, last, t)
    return ", ".join(
        name or _code_words(chip.name, code, t, youth=youth) for name, code in zip(chip.names, chip.codes, strict=True)
    )


def _code_words(name: str, code: str | None, t: Translator, *, youth: bool) -> str:
    if name == "curriculum-kind" and code is not None:
        return t({kind.value: text for kind, text in CURRICULA.items()}[code])
    return plain_key(name, code, t, youth=youth)


def support_words(rows: FigureRows, t: Translator) -> str:
    """Which papers stand behind a figure; empty where nothing is counted or nobody may know."""
    if rows.support is None:
        return ""
    known = supports_of(rows.ref.measure)
    parts = [f"{t.number(value)} {t(words)}" for value, words in zip(rows.support.numbers, known, strict=True) if value]
    return t("What stands behind it: {parts}.", parts="; ".join(parts)) if parts else ""
