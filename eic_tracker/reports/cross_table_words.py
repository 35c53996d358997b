"""A table of one's own in words: title, what restricts it, headings, lines with the total last, and its rule."""

from __future__ import annotations

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import TOGETHER
from eic_tracker.domain.cross_table import CrossTable, Key, TableSpec
from eic_tracker.domain.facts import Dimension
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.copied_tables import CopiedPart, copied_table
from eic_tracker.reports.dimension_words import DIMENSIONS, key_words
from eic_tracker.reports.report_words import DEFINITIONS, MEASURES, days_words

Line = tuple[str | int, ...]


def table_title(spec: TableSpec, t: Translator) -> str:
    """What the table counts by what: "Aprobados: Año × Sexo"."""
    return f"{t(MEASURES[spec.measure])}: " + " × ".join(t(DIMENSIONS[each.value]) for each in spec.cells)


def filter_words(spec: TableSpec, labels: Labels, t: Translator) -> list[str]:
    """What restricts the table, each as "Programa: EIC"."""
    scope = spec.scope
    words = [f"{t('Programme')}: {labels.programmes.get(code, code)}" for code in scope.programmes]
    if scope.first_day is not None:
        words.append(f"{t('Period')}: {days_words(scope.first_day, scope.last_day, t)}")
    elif scope.last_day is not None:
        words.append(f"{t('Period')}: {t('until {date}', date=t.date(scope.last_day))}")
    return words + [f"{t(DIMENSIONS[each.value])}: {words_of(spec, each, key, labels, t)}" for each, key in spec.only]


def words_of(spec: TableSpec, dimension: Dimension, key: Key, labels: Labels, t: Translator) -> str:
    """What people call a key of the table."""
    return key_words(dimension, key, labels, t, youth=spec.measure in (Measure.REACHED, Measure.GRADUATED))


def column_words(table: CrossTable, column: Key | Measure, labels: Labels, t: Translator) -> str:
    """The heading of a column: a measure, or a key."""
    if table.spec.columns is None:
        return t(MEASURES[Measure(str(column))])
    return words_of(table.spec, table.spec.columns, column, labels, t)


def table_head(table: CrossTable, labels: Labels, t: Translator) -> list[str]:
    """The headings; where the columns are keys, the total stands last."""
    heads = [t(DIMENSIONS[table.spec.rows.value]), *(column_words(table, each, labels, t) for each in table.columns)]
    return heads if table.spec.columns is None else [*heads, t("Total")]


def table_lines(table: CrossTable, labels: Labels, t: Translator) -> list[Line]:
    """The lines of the table, the total last."""
    by_key = table.spec.columns is not None
    lines: list[Line] = []
    for row in table.rows:
        numbers = [table.number(row, column) for column in table.columns]
        total = (table.row_totals.get(row, 0),) if by_key else ()
        lines.append((words_of(table.spec, table.spec.rows, row, labels, t), *numbers, *total))
    below = [table.column_totals.get(column, 0) for column in table.columns]
    return [*lines, (t("Total"), *below, *((table.total,) if by_key else ()))]


def table_rule(table: CrossTable, t: Translator) -> str:
    """What its numbers count, and why rows may make more than the total."""
    measures = TOGETHER[table.spec.measure] if table.spec.columns is None else (table.spec.measure,)
    rules = [f"{t(MEASURES[each])}: {t(DEFINITIONS[each])}" for each in measures]
    if not table.adds_up:
        rules.append(
            t(
                "Each total is counted by itself and may be less than the sum of its cells: the same person, or a "
                "course with several instructors, may stand in several of them."
            )
        )
    return " ".join(rules)


def together_words(table: CrossTable, t: Translator) -> str:
    """The whole in all measures that are told together: "Aprobados: 844 · Personas distintas: 812"."""
    return " · ".join(
        f"{t(MEASURES[each])}: {t.number(getattr(table.whole, each))}" for each in TOGETHER[table.spec.measure]
    )


def copied(table: CrossTable, labels: Labels, t: Translator) -> CopiedPart:
    """The table for another program, with its title, what restricts it, and as of when it was counted."""
    rows = [table_head(table, labels, t)]
    rows += [[str(cell) for cell in line] for line in table_lines(table, labels, t)]
    source = " · ".join([*filter_words(table.spec, labels, t), t("As of {date}.", date=t.date(table.as_of))])
    return copied_table(table_title(table.spec, t), rows, 1, source)
