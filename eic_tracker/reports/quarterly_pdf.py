"""The quarterly report on Carta: what was counted, how it stands beside what was published, who answers for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from reportlab.platypus import Flowable

from eic_tracker.clock import HONDURAS, local_date
from eic_tracker.domain.codes import OfferingStatus, ReportKind, ReportSection
from eic_tracker.domain.periods import other_calendar, title
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead
from eic_tracker.reports.pdf.page import (
    BODY,
    CELL,
    CELL_BOLD,
    DEMONSTRATION,
    NOTICE,
    OTHER_PERIOD,
    PERIOD,
    TITLE,
    Furniture,
    gap,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import plain_table
from eic_tracker.reports.quarterly.closed import closed_notice, restatement_section
from eic_tracker.reports.quarterly.counts import ReportCounts
from eic_tracker.reports.quarterly.courses import course_sections, single_course_sections
from eic_tracker.reports.quarterly.exceptions import exception_section
from eic_tracker.reports.quarterly.figures import historical_section, method_section, published_section, source_section
from eic_tracker.reports.quarterly.hours import hours_section
from eic_tracker.reports.quarterly.letter import letter, narrative_section, signature_rooms
from eic_tracker.reports.quarterly.planned import planned_section
from eic_tracker.reports.quarterly.summary import summary_section
from eic_tracker.reports.quarterly.support import support_section
from eic_tracker.reports.quarterly.youth import youth_sections
from eic_tracker.reports.report_words import REPORT_TITLES


def quarterly_pdf(data: ReportData, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """The report of `data.period` as of its last day, on a paper; equal data gives equal bytes."""
    return report_bytes(report_story(data, t), report_furniture(data, t), t, paper)


def report_story(data: ReportData, t: Translator) -> list[Flowable]:
    """What the report tells, in its order, for the PDF and for the document that may be edited."""
    fonts.register()
    counts = ReportCounts(data, t)
    left_out = data.office.left_out if data.office is not None else frozenset()
    return [
        *letter(data, t),
        *_cover(data, t),
        *summary_section(data, counts, t),
        *narrative_section(data, t),
        *(
            flowable
            for section, make in _sections(data, counts, t).items()
            if section.value not in left_out
            for flowable in make()
        ),
        *restatement_section(data, t),
        *signature_rooms(data, t),
        *method_section(data, t),
        *(source_section(data, t) if ReportSection.SOURCES.value not in left_out else ()),
    ]


def _sections(
    data: ReportData, counts: ReportCounts, t: Translator
) -> Mapping[ReportSection, Callable[[], list[Flowable]]]:
    """The sections that may be left out, in the order of the report."""
    return {
        ReportSection.PLANNED: partial(planned_section, data, t),
        ReportSection.COURSES: partial(course_sections, data, counts, t),
        ReportSection.HOURS: partial(hours_section, data, counts, t),
        ReportSection.SINGLE_COURSES: partial(single_course_sections, data, counts, t),
        ReportSection.YOUTH: partial(youth_sections, data, counts, t),
        ReportSection.SUPPORT: partial(support_section, data, counts, t),
        ReportSection.PUBLISHED: partial(published_section, data, t),
        ReportSection.HISTORICAL: partial(historical_section, data, t),
        ReportSection.EXCEPTIONS: partial(exception_section, data, t),
    }


def report_reference(data: ReportData) -> str:
    """By what the office and the reader name this very report: its period and the state of the file."""
    beginning = "…" if data.kind is ReportKind.CUMULATIVE else ""
    return f"{beginning}{data.period.code} / {data.journal_code}"


def _report_title(data: ReportData, t: Translator) -> str:
    return t(REPORT_TITLES[data.kind])


def _period_title(data: ReportData, t: Translator) -> str:
    if data.kind is ReportKind.CUMULATIVE:
        return _up_to(data, t)
    other = other_calendar(data.period)
    return f"{title(data.period, t)} — {title(other, t)}" if other else title(data.period, t)


def _up_to(data: ReportData, t: Translator) -> str:
    return t("up to {date}", date=t.date(data.as_of))


def _generated(data: ReportData, t: Translator) -> str:
    moment = data.generated_at.astimezone(HONDURAS)
    return f"{t.date(moment.date())} {moment:%H:%M}"


def report_furniture(data: ReportData, t: Translator) -> Furniture:
    """Title, heading line and foot line of the report."""
    span = _up_to(data, t) if data.kind is ReportKind.CUMULATIVE else title(data.period, t)
    heading = f"{_report_title(data, t)} · {span}"
    return Furniture(
        title=f"{_report_title(data, t)}: {_period_title(data, t)}",
        author=data.school.letterhead[-1] if data.school.letterhead else "",
        heading=heading,
        foot=t(
            "Made {moment} by {person} · as of {date} · journal code {code}",
            moment=_generated(data, t),
            person=data.generated_by,
            date=t.date(data.as_of),
            code=data.journal_code,
        ),
        mark=DEMONSTRATION if data.demonstration else "",
    )


def _cover(data: ReportData, t: Translator) -> list[Flowable]:
    cumulative = data.kind is ReportKind.CUMULATIVE
    other = None if cumulative else other_calendar(data.period)
    story: list[Flowable] = [
        Letterhead(data.school.letterhead),
        gap(16),
        paragraph(_report_title(data, t), TITLE),
        gap(3),
        paragraph(_up_to(data, t) if cumulative else title(data.period, t), PERIOD),
    ]
    if other:
        story.append(paragraph(title(other, t), OTHER_PERIOD))
    story += [gap(12), _particulars(data, t)]
    if data.demonstration:
        story.append(
            paragraph(
                t(
                    "{mark}: the people, courses and schools in this file are invented. Only the published figures and"
                    " the reference lists are real. This report has no value.",
                    mark=DEMONSTRATION,
                ),
                NOTICE,
            )
        )
    notice = closed_notice(data, t)
    if notice:
        story += [gap(8), paragraph(notice, BODY)]
    waiting = not_closed(data)
    if waiting:
        story.append(
            paragraph(
                t.plural(
                    "Provisional: {count} course of the period is not closed yet. Its completions are not counted.",
                    "Provisional: {count} courses of the period are not closed yet. Their completions are not counted.",
                    waiting,
                ),
                NOTICE,
            )
        )
    return story


def not_closed(data: ReportData) -> int:
    """How many courses of the period wait to be closed: the report says that it is provisional."""
    first, last = data.period.first_day, data.period.last_day
    if data.kind is ReportKind.CUMULATIVE:
        first = dt.date.min
    return sum(
        1
        for offering in data.facts.offerings
        if offering.status == OfferingStatus.OPEN and first <= offering.ends_on <= last
    )


def _particulars(data: ReportData, t: Translator) -> Flowable:
    """Place and date, days of the period, reference and maker, as the school's papers head them."""
    made: dt.date = local_date(data.generated_at)
    days = t("{first} to {last}", first=t.date(data.period.first_day), last=t.date(data.period.last_day))
    number = data.office.number if data.office is not None else ""
    pairs = (
        *([(t("Number of the report"), number)] if number else []),
        (t("Place and date"), f"{data.school.place}, {t.long_date(made)}"),
        *([] if data.kind is ReportKind.CUMULATIVE else [(t("Period"), days)]),
        (t("Totals as of"), t.date(data.as_of)),
        (t("Reference"), report_reference(data)),
        (t("Made"), t("{moment} by {person}", moment=_generated(data, t), person=data.generated_by)),
    )
    rows = [(paragraph(name, CELL_BOLD), paragraph(value, CELL)) for name, value in pairs]
    return plain_table(rows, (92, 250))
