"""Published figures beside counted ones, historical totals, what each figure counts, sources."""

from __future__ import annotations

from collections import Counter

from reportlab.platypus import Flowable, Paragraph

from eic_tracker.domain.codes import FigureState
from eic_tracker.domain.reconciling import Cause, ReconciledFigure
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf.page import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_RIGHT,
    CELL_WARNING,
    FINE,
    SMALL,
    TEXT_WIDTH,
    linked,
    paragraph,
    section,
    subsection,
)
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, report_table
from eic_tracker.reports.report_words import (
    DEFINITIONS,
    STATE_DEFINITIONS,
    STATES,
    days_words,
    figure_words,
    measure_words,
    published_value,
    reference_words,
)

_STATE_STYLES = {FigureState.UNEXPLAINED: CELL_WARNING, FigureState.NOT_RECORDED: CELL}
_RULES = (
    (
        N_("Day"),
        N_(
            "A course counts on its last day, a class group on its first lesson (reached) and on its graduation"
            " (graduated); never on the day on which somebody typed it in."
        ),
    ),
    (N_("As of"), N_("Every total ends on the last day of the period. What happened later is not in this report.")),
    (
        N_("Force"),
        N_("A course has the force of its one lead instructor, so the rows of a table add up to its total."),
    ),
    (N_("Department"), N_("That of the place of the course, and that of the school of a class group.")),
    (
        N_("Institution and country"),
        N_(
            "The institution is the one on the enrolment, as it was then. The country is that of the person's document."
        ),
    ),
    (N_("Not recorded"), N_("What is missing in the records is a row of its own; nothing is guessed.")),
    (
        N_("Historical totals"),
        N_(
            "Documented totals without a roster are never inside a count. They stand beside it: entered by one person,"
            " approved by another, and smaller with each roster that is typed in later."
        ),
    ),
    (
        N_("Difference"),
        N_("Published minus counted. It is always the sum of the causes and of what is not explained."),
    ),
)


def published_section(data: ReportData, t: Translator) -> list[Flowable]:
    """Every published figure with what was counted, the difference, its causes and its state in words."""
    story = section(t("Published figures"))
    if not data.figures:
        return [*story, paragraph(t("No published figure is recorded."), BODY)]
    story.append(
        paragraph(
            t(
                "Each figure that was made public about the programmes, as of {date}: {states}.",
                date=t.date(data.as_of),
                states=_states_in_words(data, t),
            ),
            BODY,
        )
    )
    columns = [
        Column(t("Figure"), 148),
        Column(t("Published"), 60, numeric=True),
        number_column(t("Counted"), 42),
        number_column(t("Difference"), 44),
        Column(t("What explains it")),
        number_column(t("Not explained"), 44),
        Column(t("State"), 74),
    ]
    rows = [_figure_row(figure, data, t) for figure in data.figures]
    return [*story, report_table(columns, rows, t)]


def historical_section(data: ReportData, t: Translator) -> list[Flowable]:
    """Documented totals without roster, and what is left of each."""
    story = section(t("Historical totals without roster"))
    if not data.historical:
        return [*story, paragraph(t("No historical total is recorded: every figure here has its rows."), BODY)]
    columns = [
        Column(t("Programme"), 96),
        Column(t("What is counted"), 74),
        Column(t("Period"), 74),
        number_column(t("Documented"), 52),
        number_column(t("Without roster yet"), 52),
        Column(t("Document")),
        Column(t("Approved"), 48),
    ]
    rows: list[list[Cell]] = [
        [
            data.labels.programmes.get(line.programme, line.programme),
            measure_words(line.measure, t),
            days_words(line.first_day, line.last_day, t),
            line.value,
            line.rest,
            line.document,
            t("yes") if line.approved else t("no"),
        ]
        for line in data.historical
    ]
    story.append(report_table(columns, rows, t))
    story.append(
        paragraph(
            t(
                "Documented: what the document says. Without roster yet: what is left of it after the rows that were"
                " typed in later. It is never inside a counted figure, and until another person approves it, it"
                " explains no difference."
            ),
            SMALL,
        )
    )
    return story


def method_section(data: ReportData, t: Translator) -> list[Flowable]:
    """What each figure counts and what each state means."""
    story = section(t("What each figure counts"))
    names = (Column(t("Figure"), 116), Column(t("Definition")))
    rules = (Column(t("Rule"), 116), Column(t("Definition")))
    states = (Column(t("State"), 116), Column(t("Meaning")))
    story.append(report_table(names, [[measure_words(key, t), t(text)] for key, text in DEFINITIONS.items()], t))
    story += subsection(t("Rules that hold for all figures"))
    story.append(report_table(rules, [[t(name), t(text)] for name, text in _RULES], t))
    story += subsection(t("States of a published figure"))
    story.append(report_table(states, [[t(STATES[key]), t(text)] for key, text in STATE_DEFINITIONS.items()], t))
    return story


def source_section(data: ReportData, t: Translator) -> list[Flowable]:
    """Where each published figure stands, word by word."""
    if not data.figures:
        return []
    columns = [Column(t("Figure"), 150), Column(t("Source and words"))]
    rows: list[list[Cell]] = []
    for each in data.figures:
        figure = each.figure
        source = [
            paragraph(reference_words(figure.source_title, t), CELL),
            paragraph(f"«{figure.quote}»", FINE),
            linked(figure.source_url, FINE, TEXT_WIDTH - 150 - 8),
        ]
        if figure.note:
            source.append(paragraph(t("Note: {note}", note=reference_words(figure.note, t)), FINE))
        name = [paragraph(figure_words(figure, data.labels, t), CELL), paragraph(figure.key, FINE)]
        rows.append([[*name, paragraph(published_value(figure, t), CELL_BOLD)], source])
    return [*section(t("Sources of the published figures")), report_table(columns, rows, t)]


def _states_in_words(data: ReportData, t: Translator) -> str:
    found = Counter(figure.state for figure in data.figures)
    return "; ".join(f"{t(words)}: {t.number(found[state])}" for state, words in STATES.items() if found[state])


def _figure_row(figure: ReconciledFigure, data: ReportData, t: Translator) -> list[Cell]:
    name = [
        paragraph(figure_words(figure.figure, data.labels, t), CELL),
        paragraph(figure.figure.key, FINE),
    ]
    return [
        name,
        paragraph(published_value(figure.figure, t), CELL_RIGHT),
        "—" if figure.counted is None else figure.counted,
        "—" if figure.difference is None else figure.difference,
        [_cause(cause, t) for cause in figure.causes],
        "—" if figure.unexplained is None else figure.unexplained,
        paragraph(t(STATES[figure.state]), _STATE_STYLES.get(figure.state, CELL_BOLD)),
    ]


def _cause(cause: Cause, t: Translator) -> Paragraph:
    amount = t.number(cause.amount).replace("-", "\N{MINUS SIGN}")
    return paragraph(f"{t(cause.label, **cause.values)}: {amount}", SMALL)
