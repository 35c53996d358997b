"""Plain text for the terminal and for .txt files: tables and the reconciliation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from eic_tracker.domain.reconciling import ReconciledFigure
from eic_tracker.i18n import Translator
from eic_tracker.reports.report_words import STATES, measure_words, published_value


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> str:
    """Lines with columns padded to their widest cell; the columns in `right` are aligned right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(padded).rstrip()

    return "\n".join([line(head), "  ".join("-" * width for width in widths), *(line(row) for row in rows)])


def reconciliation_text(figures: tuple[ReconciledFigure, ...], as_of: dt.date, t: Translator) -> str:
    """The reconciliation as a table for people, with what each figure counts and the causes of differences."""

    def number(value: int | None) -> str:
        return "" if value is None else t.number(value)

    head = [t("Figure"), t("What"), t("Published"), t("Counted"), t("Difference"), t("Unexplained"), t("State")]
    rows = [
        [
            figure.figure.key,
            f"{figure.figure.programme}: {measure_words(figure.figure.measure, t)}",
            published_value(figure.figure, t),
            number(figure.counted),
            number(figure.difference),
            number(figure.unexplained),
            t(STATES[figure.state]),
        ]
        for figure in figures
    ]
    lines = [
        t("Published figures and what the rows say, as of {day}", day=t.date(as_of)),
        "",
        text_table(head, rows, right=frozenset({2, 3, 4, 5})),
        "",
        t("Causes of the differences"),
    ]
    lines += [
        f"  {figure.figure.key}: {t.number(cause.amount)} = {t(cause.label, **cause.values)}"
        for figure in figures
        for cause in figure.causes
    ]
    return "\n".join(lines)
