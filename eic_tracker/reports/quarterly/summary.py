"""The first section of the report: the main figures of each programme side by side."""

from __future__ import annotations

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.reconciling import broadest_published
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.report_data import HistoricalLine, ReportData
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.page import CELL_BOLD, FIGURE, HEAD, SMALL, kept, paragraph, section, subsection
from eic_tracker.reports.pdf.tables import Cell, Column, report_table
from eic_tracker.reports.quarterly.closed import frozen_value
from eic_tracker.reports.quarterly.counts import ReportCounts, measured
from eic_tracker.reports.report_words import agreement_words, days_words, measure_words, published_value

COURSE_MEASURES = (Measure.COMPLETIONS, Measure.PERSONS, Measure.ENROLMENTS, Measure.OFFERINGS)
YOUTH_MEASURES = (Measure.REACHED, Measure.GRADUATED)

_RESTATED = ParagraphStyle("restated", parent=SMALL, alignment=TA_RIGHT)
_BRIEF = {
    Measure.COMPLETIONS: N_("enrolments that ended with the result completed"),
    Measure.PERSONS: N_("different people behind those completions, each counted once"),
    Measure.ENROLMENTS: N_("people who began: completed, not completed or withdrew"),
    Measure.OFFERINGS: N_("courses whose last day lies in the period"),
    Measure.REACHED: N_("children and young people whose first lesson was in the period"),
    Measure.GRADUATED: N_("those who graduated in the period"),
}


def summary_section(data: ReportData, counts: ReportCounts, t: Translator) -> list[Flowable]:
    """Main figures of the period, the year and since the beginning."""
    parts = [_figures(data, counts, each, COURSE_MEASURES, t) for each in counts.course_programmes]
    parts += [_figures(data, counts, each, YOUTH_MEASURES, t) for each in counts.youth_programmes]
    return [kept([*section(t("Summary")), *parts[0]]), *map(kept, parts[1:])]


def rest_of_history(data: ReportData, programme: str, measure: Measure) -> int:
    """What is left of the approved historical totals of a measure that end by the report's last day."""
    return sum(line.rest for line in data.historical if _stands_beside(line, data) and _is_of(line, programme, measure))


def _stands_beside(line: HistoricalLine, data: ReportData) -> bool:
    return line.approved and line.last_day <= data.period.last_day


def _is_of(line: HistoricalLine, programme: str, measure: Measure) -> bool:
    return line.programme == programme and line.measure == measure.value


def _figures(
    data: ReportData, counts: ReportCounts, programme: str, measures: tuple[Measure, ...], t: Translator
) -> list[Flowable]:
    totals = counts.totals(programme)
    columns = [
        Column(t("What is counted")),
        *(Column(span.title, _room(span.title), numeric=True) for span in counts.spans),
    ]
    rows: list[list[Cell]] = []
    for measure in measures:
        name = [paragraph(_name(data, programme, measure, t), CELL_BOLD), paragraph(t(_BRIEF[measure]), SMALL)]
        values = [measured(total, measure) for total in totals]
        rows.append([name, _of_period(data, programme, measure, values[0], t), *(_figure(v, t) for v in values[1:])])
    story = subsection(data.labels.programmes.get(programme, programme), room=110)
    story.append(report_table(columns, rows, t))
    for measure in measures:
        story += _beside_published(data, programme, measure, t)
        rest = rest_of_history(data, programme, measure)
        if rest:
            story.append(
                paragraph(
                    t(
                        "{measure} since the beginning: counted {counted} + historical {historical}"
                        " (documented totals without roster, not inside the count).",
                        measure=measure_words(measure, t),
                        counted=t.number(measured(totals[-1], measure)),
                        historical=t.number(rest),
                    ),
                    SMALL,
                )
            )
    return story


def _name(data: ReportData, programme: str, measure: Measure, t: Translator) -> str:
    code = data.indicators.get((programme, measure))
    return f"{measure_words(measure, t)} ({code})" if code else measure_words(measure, t)


def _of_period(data: ReportData, programme: str, measure: Measure, counted: int, t: Translator) -> Cell:
    """The figure of the period; of a closed quarter the frozen one, with what it is now where that is another."""
    frozen = frozen_value(data, programme, measure)
    if frozen is None or frozen == counted:
        return _figure(counted, t)
    return [_figure(frozen, t), paragraph(t("restated: {value}", value=t.number(counted)), _RESTATED)]


def _beside_published(data: ReportData, programme: str, measure: Measure, t: Translator) -> list[Flowable]:
    """How the total since the beginning stands to the broadest figure that was published of it."""
    found = broadest_published(data.figures, programme, measure)
    if found is None or found.counted is None:
        return []
    words = t(
        "{measure}: published {value} ({days}); counted in those days {counted}. {state}.",
        measure=measure_words(measure, t),
        value=published_value(found.figure, t),
        days=days_words(found.figure.period_from, found.figure.period_to, t),
        counted=t.number(found.counted),
        state=agreement_words(found.figure, found.state, found.counted, t),
    )
    return [paragraph(words, SMALL)]


def _room(heading: str) -> float:
    """Wide enough for the heading in one line, up to a fifth of the page."""
    return max(84.0, min(118.0, fonts.width(heading, HEAD.fontName, HEAD.fontSize) + 8))


def _figure(value: int, t: Translator) -> Paragraph:
    return paragraph(t.number(value), FIGURE)
