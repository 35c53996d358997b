"""What a closed quarter froze, and the restatements that a report tells."""

from __future__ import annotations

from reportlab.platypus import Flowable

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Measure
from eic_tracker.domain.periods import title
from eic_tracker.i18n import Translator
from eic_tracker.queries.closed_quarters import Restated
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf.page import BODY, CELL, FINE, SMALL, paragraph, section, subsection
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, report_table
from eic_tracker.reports.report_words import measure_words, reference_words


def frozen_value(data: ReportData, programme: str, measure: Measure) -> int | None:
    """The figure of the report's quarter as it was frozen; None while the quarter is not closed."""
    if data.closed is None or not data.closed.is_closed:
        return None
    return data.closed.frozen(programme, measure)


def closed_notice(data: ReportData, t: Translator) -> str:
    """Whether the figures of the quarter are frozen, in one sentence; empty for one that was never closed."""
    closed = data.closed
    if data.closing:
        return t("This report closes the quarter: its figures are frozen as they stand here.")
    if closed is None:
        return ""
    day = t.date(local_date(closed.closed_at))
    if not closed.is_closed:
        assert closed.reopened_at is not None
        return t(
            "This quarter was closed on {day} and reopened on {reopened} ({reason}): its figures may still change.",
            day=day,
            reopened=t.date(local_date(closed.reopened_at)),
            reason=closed.reopened_reason,
        )
    if not data.frozen_tables:
        return t(
            "Closed on {day} by {person}. The figures of the quarter in the summary are those that were frozen then;"
            " what changed since stands beside them as restated. The other tables are counted from the rows of today.",
            day=day,
            person=closed.closed_by or "—",
        )
    return t(
        "Closed on {day} by {person}. The figures of the quarter, in the summary and where they are split by course,"
        " institution, sex and so on, are those that were frozen then; what changed since stands beside them. Longer"
        " spans, charts and lists of single courses, hours and papers are counted from the rows of today.",
        day=day,
        person=closed.closed_by or "—",
    )


def restatement_section(data: ReportData, t: Translator) -> list[Flowable]:
    """Figures of closed quarters that changed: old, new, why, who; it is never left out."""
    own = data.closed.restatements if data.closed is not None else ()
    earlier = tuple(each for each in data.restatements if each not in own)
    story = section(t("Restated figures of closed quarters"))
    if not own and not earlier:
        return [*story, paragraph(t("No figure of a closed quarter was restated."), BODY)]
    if own:
        story += subsection(t("Of this quarter, since it was closed"))
        story.append(_table(own, data, t))
    if earlier:
        story += subsection(t("Of other quarters, told in this report"))
        story.append(_table(earlier, data, t))
    story.append(
        paragraph(t("The reports that were sent keep the old figure; it is corrected here, not there."), SMALL)
    )
    return story


def _table(lines: tuple[Restated, ...], data: ReportData, t: Translator) -> Flowable:
    columns = [
        Column(t("Quarter"), 74),
        Column(t("Figure"), 92),
        number_column(t("Old figure"), 44),
        number_column(t("New figure"), 44),
        Column(t("Why")),
        Column(t("Who"), 128),
    ]
    rows: list[list[Cell]] = [
        [
            title(each.period, t),
            f"{data.labels.programmes.get(each.programme, each.programme)}: {measure_words(each.measure, t)}",
            each.old,
            each.new,
            reference_words(each.reason, t),
            [
                paragraph(f"{each.person or '—'}, {t.date(local_date(each.recorded_at))}", CELL),
                *([paragraph(t("Authorised by {name}", name=each.authorised_by), FINE)] if each.authorised_by else []),
            ],
        ]
        for each in lines
    ]
    return report_table(columns, rows, t)
