"""What stands behind each total of the report: rosters, signed attendance, acts, documents."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable, Spacer

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import Scope
from eic_tracker.domain.supporting import Whose, support_of, whose_enrolments
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf.page import SMALL, kept, paragraph, section, subsection
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, report_table
from eic_tracker.reports.quarterly.counts import ReportCounts
from eic_tracker.reports.quarterly.summary import COURSE_MEASURES, YOUTH_MEASURES, rest_of_history
from eic_tracker.reports.report_words import measure_words, supports_of


def support_section(data: ReportData, counts: ReportCounts, t: Translator) -> list[Flowable]:
    """Each total of the period and since the beginning split by the papers behind its rows."""
    spans = (counts.spans[0], counts.spans[-1]) if len(counts.spans) > 1 else counts.spans
    whose = whose_enrolments(data.facts)
    groups = ((counts.course_programmes, COURSE_MEASURES), (counts.youth_programmes, YOUTH_MEASURES))
    parts: list[list[Flowable]] = []
    for span in spans:
        parts.append([*([] if parts else section(t("What stands behind the totals"))), *subsection(span.title)])
        for programmes, measures in groups:
            if programmes:
                figures = [(each, measure) for each in programmes for measure in measures]
                rows = [_row(data, whose, programme, measure, span.first_day, t) for programme, measure in figures]
                parts[-1] += [report_table(_columns(measures[0], t), rows, t), Spacer(1, 6)]
    note = t(
        "The first three add up to the total; a document without a roster stands beside it and is never inside it."
    )
    parts[-1].append(paragraph(note, SMALL))
    return [kept(part) for part in parts]


def _columns(measure: Measure, t: Translator) -> list[Column]:
    words = supports_of(measure, short=True)
    return [Column(t("Figure")), number_column(t("Total"), 50), *(number_column(t(each), 62) for each in words)]


def _row(
    data: ReportData, whose: Whose, programme: str, measure: Measure, first: dt.date | None, t: Translator
) -> list[Cell]:
    documented = rest_of_history(data, programme, measure) if first is None else 0
    scope = Scope(programmes=(programme,), first_day=first, last_day=data.as_of)
    given = (data.facts, whose, data.papers, measure)
    found = support_of(*given, as_of=data.as_of, scope=scope, documented=documented)
    name = f"{data.labels.programmes.get(programme, programme)}: {measure_words(measure, t)}"
    return [name, found.sheet_and_act + found.act + found.roster, *found.numbers]
