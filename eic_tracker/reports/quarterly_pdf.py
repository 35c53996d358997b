"""The quarterly report on Carta: what was counted, how it stands beside what was published, who answers for it."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from eic_tracker.clock import HONDURAS, local_date
from eic_tracker.domain.codes import OfferingStatus
from eic_tracker.domain.periods import other_calendar, title
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead, SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.page import (
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
from eic_tracker.reports.quarterly.counts import ReportCounts
from eic_tracker.reports.quarterly.courses import course_sections
from eic_tracker.reports.quarterly.figures import historical_section, method_section, published_section, source_section
from eic_tracker.reports.quarterly.summary import summary_section
from eic_tracker.reports.quarterly.youth import youth_sections


def quarterly_pdf(data: ReportData, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """The report of `data.period` as of its last day, on a paper; equal data gives equal bytes."""
    fonts.register()
    counts = ReportCounts(data, t)
    story = [
        *_cover(data, t),
        *summary_section(data, counts, t),
        *course_sections(data, counts, t),
        *youth_sections(data, counts, t),
        *published_section(data, t),
        *historical_section(data, t),
        *_signatures(data, t),
        *method_section(data, t),
        *source_section(data, t),
    ]
    return report_bytes(story, _furniture(data, t), t, paper)


def report_reference(data: ReportData) -> str:
    """By what the office and the reader name this very report: its period and the state of the file."""
    return f"{data.period.code} / {data.journal_code}"


def _report_title(data: ReportData, t: Translator) -> str:
    return t("Quarterly report") if data.period.is_quarter else t("Annual report")


def _period_title(data: ReportData, t: Translator) -> str:
    other = other_calendar(data.period)
    return f"{title(data.period, t)} — {title(other, t)}" if other else title(data.period, t)


def _generated(data: ReportData, t: Translator) -> str:
    moment = data.generated_at.astimezone(HONDURAS)
    return f"{t.date(moment.date())} {moment:%H:%M}"


def _furniture(data: ReportData, t: Translator) -> Furniture:
    heading = f"{_report_title(data, t)} · {title(data.period, t)}"
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
    other = other_calendar(data.period)
    story: list[Flowable] = [
        Letterhead(data.school.letterhead),
        gap(16),
        paragraph(_report_title(data, t), TITLE),
        gap(3),
        paragraph(title(data.period, t), PERIOD),
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
    return sum(
        1
        for offering in data.facts.offerings
        if offering.status == OfferingStatus.OPEN and first <= offering.ends_on <= last
    )


def _particulars(data: ReportData, t: Translator) -> Flowable:
    """Place and date, days of the period, reference and maker, as the school's papers head them."""
    made: dt.date = local_date(data.generated_at)
    pairs = (
        (t("Place and date"), f"{data.school.place}, {t.long_date(made)}"),
        (
            t("Period"),
            t("{first} to {last}", first=t.date(data.period.first_day), last=t.date(data.period.last_day)),
        ),
        (t("Totals as of"), t.date(data.as_of)),
        (t("Reference"), report_reference(data)),
        (t("Made"), t("{moment} by {person}", moment=_generated(data, t), person=data.generated_by)),
    )
    rows = [(paragraph(name, CELL_BOLD), paragraph(value, CELL)) for name, value in pairs]
    return plain_table(rows, (92, 250))


def _signatures(data: ReportData, t: Translator) -> list[Flowable]:
    rooms = (
        SignatureRoom(t("Prepared by"), data.school.prepared),
        SignatureRoom(t("Reviewed by"), data.school.reviewed),
        SignatureRoom(t("Approved (Vo.Bo.)"), data.school.approved),
    )
    words = (t("Name"), t("Post"), t("Seal"))
    return [gap(24), SignatureBlock(rooms, words), gap(8)]
