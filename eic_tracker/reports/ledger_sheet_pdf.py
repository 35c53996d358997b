"""The published figures on paper, one below the other: published, counted, why they differ, what supports the count."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, KeepTogether

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.reconciling import ReconciledFigure
from eic_tracker.i18n import Translator
from eic_tracker.queries.published import ExplanationLine
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.pdf.letterhead import Letterhead
from eic_tracker.reports.pdf.page import (
    BODY,
    CELL,
    CELL_BOLD,
    DEMONSTRATION,
    FINE,
    SMALL,
    TEXT_WIDTH,
    TITLE,
    Furniture,
    gap,
    linked,
    paragraph,
    report_bytes,
    section,
    subsection,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, report_table
from eic_tracker.reports.report_words import (
    DEFINITIONS,
    STATE_DEFINITIONS,
    STATES,
    figure_words,
    measure_words,
    published_value,
    reference_words,
    supports_of,
)


@dataclass(frozen=True, slots=True)
class LedgerSheetLine:
    """A figure with the numbers of its support (in the order of `supports_of`) and its explanations."""

    reconciled: ReconciledFigure
    support: tuple[int, int, int, int] | None
    explanations: tuple[ExplanationLine, ...]


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """The ledger as of a day, who made it when, and the state of the file."""

    lines: tuple[LedgerSheetLine, ...]
    labels: Labels
    letterhead: Sequence[str]
    as_of: dt.date
    generated_at: dt.datetime
    generated_by: str
    journal_code: str
    demonstration: bool


def ledger_sheet_pdf(sheet: LedgerSheet, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """The sheet on a paper; equal data gives equal bytes."""
    moment = sheet.generated_at.astimezone(HONDURAS)
    heading = t("Published figures as of {date}", date=t.date(sheet.as_of))
    furniture = Furniture(
        title=heading,
        author=sheet.letterhead[-1] if sheet.letterhead else "",
        heading=heading,
        foot=t(
            "Made {moment} by {person} · as of {date} · journal code {code}",
            moment=f"{t.date(moment.date())} {moment:%H:%M}",
            person=sheet.generated_by,
            date=t.date(sheet.as_of),
            code=sheet.journal_code,
        ),
        mark=DEMONSTRATION if sheet.demonstration else "",
    )
    found = Counter(line.reconciled.state for line in sheet.lines)
    states = "; ".join(f"{t(words)}: {t.number(found[state])}" for state, words in STATES.items() if found[state])
    story: list[Flowable] = [
        Letterhead(sheet.letterhead),
        gap(12),
        paragraph(heading, TITLE),
        gap(6),
        paragraph(f"{states}.", BODY),
        paragraph(
            t("Difference: published minus counted. It is the sum of the causes and of what is not explained."), SMALL
        ),
    ]
    for programme, lines in itertools.groupby(sheet.lines, lambda line: line.reconciled.figure.programme):
        story += section(sheet.labels.programmes.get(programme, programme))
        for line in lines:
            story += _figure(line, sheet, t)
    return report_bytes(story, furniture, t, paper)


def _figure(line: LedgerSheetLine, sheet: LedgerSheet, t: Translator) -> list[Flowable]:
    found, figure = line.reconciled, line.reconciled.figure
    head, *rest = subsection(figure_words(figure, sheet.labels, t), room=150)
    columns = [
        Column(t("Published"), 110),
        number_column(t("Counted"), 62),
        number_column(t("Difference"), 62),
        number_column(t("Not explained"), 62),
        Column(t("State")),
    ]
    state = [paragraph(t(STATES[found.state]), CELL_BOLD), paragraph(t(STATE_DEFINITIONS[found.state]), FINE)]
    numbers: list[Cell] = [
        "—" if value is None else value for value in (found.counted, found.difference, found.unexplained)
    ]
    table = report_table(columns, [[published_value(figure, t), *numbers, state]], t)
    told: list[Flowable] = [*rest, table]
    if figure.measure in set(DEFINITIONS):
        definition = t(next(text for key, text in DEFINITIONS.items() if key == figure.measure))
        told.append(paragraph(f"{measure_words(figure.measure, t)}: {definition}", SMALL))
    told += [
        paragraph(words, CELL) for words in (*_causes(line, t), *_support(line, t), *_contradicted(line, sheet, t))
    ]
    told += [
        paragraph(f"{reference_words(figure.source_title, t)}: «{figure.quote}»", SMALL),
        *([linked(figure.source_url, FINE, TEXT_WIDTH)] if figure.source_url else []),
        *([paragraph(t("Note: {note}", note=reference_words(figure.note, t)), FINE)] if figure.note else []),
    ]
    return [head, KeepTogether(told)]


def _causes(line: LedgerSheetLine, t: Translator) -> list[str]:
    minus = "\N{MINUS SIGN}"
    causes = [
        f"{t.number(cause.amount).replace('-', minus)} = {t(cause.label, **cause.values)}"
        for cause in line.reconciled.causes
    ]
    for each in line.explanations:
        told = t(
            "Explanation “{label}” ({amount}): {document}, page {page}; entered by {person}, {approval}.",
            label=each.label,
            amount=t.number(each.amount).replace("-", minus),
            document=each.document or "—",
            page=each.page or "—",
            person=each.entered_by,
            approval=t("approved by {person}", person=each.approved_by) if each.approved_by else t("not approved"),
        )
        causes.append(told)
    return causes


def _support(line: LedgerSheetLine, t: Translator) -> list[str]:
    if line.support is None:
        return []
    known = supports_of(line.reconciled.figure.measure)
    parts = [f"{t.number(value)} {t(words)}" for value, words in zip(line.support, known, strict=True) if value]
    return [t("What stands behind it: {parts}.", parts="; ".join(parts))] if parts else []


def _contradicted(line: LedgerSheetLine, sheet: LedgerSheet, t: Translator) -> list[str]:
    """The figure that this one does not fit with, beside it; and those that do not fit with this one."""
    own = line.reconciled.figure
    others = [
        each.reconciled.figure
        for each in sheet.lines
        if each.reconciled.figure.key == own.contradicts or each.reconciled.figure.contradicts == own.key
    ]
    return [
        t(
            "Does not fit with: {figure}, {value}.",
            figure=figure_words(other, sheet.labels, t),
            value=published_value(other, t),
        )
        for other in others
    ]
