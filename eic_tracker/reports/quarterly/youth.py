"""The report's tables of class groups: by school grade, sex and department."""

from __future__ import annotations

from reportlab.platypus import Flowable

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import Dimension
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf.charts import Series, bar_chart
from eic_tracker.reports.pdf.page import BODY, SMALL, TEXT_WIDTH, paragraph, section
from eic_tracker.reports.quarterly.counts import ReportCounts, measured
from eic_tracker.reports.quarterly.courses import BreakdownTable, breakdown_table
from eic_tracker.reports.report_words import measure_words, sex_words, year_words
from eic_tracker.reports.rollup.words import grade_name

_MEASURES = (Measure.REACHED, Measure.GRADUATED)


def youth_sections(data: ReportData, counts: ReportCounts, t: Translator) -> list[Flowable]:
    """Reached and graduated of the programmes that count by head; no child is named anywhere."""
    story: list[Flowable] = []
    for programme in counts.youth_programmes:
        name = data.labels.programmes.get(programme, programme)
        story += section(t("{programme}: children and young people", programme=name))
        totals = counts.totals(programme)[-1]
        if not totals.reached and not totals.graduated:
            story.append(paragraph(t("No class group had begun by {date}.", date=t.date(counts.as_of)), BODY))
            continue
        story.append(_chart(counts, programme, t))
        for table in _tables(data, t):
            story += breakdown_table(counts, programme, table, t)
        story.append(
            paragraph(
                t("A class group may be reached in one quarter and graduate in another: the two columns are no rate."),
                SMALL,
            )
        )
    return story


def _chart(counts: ReportCounts, programme: str, t: Translator) -> Flowable:
    """Reached and graduated of the last eight years."""
    years = counts.by_year(programme).rows[-8:]
    return bar_chart(
        t("Reached and graduated by year"),
        [year_words(row.keys[0], t) for row in years],
        [
            Series(measure_words(measure, t), tuple(measured(row.counts, measure) for row in years))
            for measure in _MEASURES
        ],
        t,
        width=TEXT_WIDTH,
        height=146,
    )


def _tables(data: ReportData, t: Translator) -> list[BreakdownTable]:
    labels = data.labels
    return [
        BreakdownTable(
            Dimension.GRADE,
            t("By school grade"),
            t("School grade"),
            lambda key: grade_name(key, t),
            _MEASURES,
        ),
        BreakdownTable(Dimension.SEX, t("By sex"), t("Sex"), lambda key: sex_words(key, t, youth=True), _MEASURES),
        BreakdownTable(
            Dimension.DEPARTMENT,
            t("By department"),
            t("Department"),
            lambda key: labels.departments.get(key, key),
            _MEASURES,
        ),
    ]
