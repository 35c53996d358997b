"""The daily report (parte): one page with the courses of the day, present by sex and institution, absent, beds."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, Spacer

from eic_tracker.clock import HONDURAS
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.day_at_school import CourseDay, DayAtSchool, DayCount
from eic_tracker.queries.report_data import SchoolIdentity
from eic_tracker.reports.day_words import DAY_DEFINITION, NO_INSTITUTION, NO_REASON, beds_words, marking_words
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.reports.pdf.page import (
    BODY,
    DEMONSTRATION,
    PAPER_TITLE,
    SMALL,
    SUBSECTION,
    UNDER_TITLE,
    Furniture,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Cell, Column, number_column, report_table
from eic_tracker.reports.report_words import sex_words

_MOST = ((40, 12), (20, 8), (14, 6), (10, 5), (6, 4), (3, 3))
"""Courses and institutions with a line of their own, tried until all fits on one page."""


@dataclass(frozen=True, slots=True)
class DailyReport:
    """What the daily report tells beside the day: whose it is, and when it was made."""

    day: DayAtSchool
    school: SchoolIdentity
    made_at: dt.datetime
    demonstration: bool


def daily_report_pdf(report: DailyReport, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """One page, whatever the school holds: what has no line of its own is summed in one that says how many."""
    content = b""
    for courses, institutions in _MOST:
        content = _page(report, t, paper, courses, institutions)
        with opened_pdf(content) as document:
            if len(document) == 1:
                break
    return content


def _page(report: DailyReport, t: Translator, paper: Paper, courses: int, institutions: int) -> bytes:
    fonts.register()
    made = report.made_at.astimezone(HONDURAS)
    day = t.date(report.day.day)
    title = t("Daily report")
    where = ", ".join(filter(None, (report.school.place, day, f"{made:%H:%M}")))
    unrecorded = marking_words(report.day, t)
    story: list[Flowable] = [
        *(paragraph(line, UNDER_TITLE) for line in report.school.letterhead[-1:]),
        paragraph(title, PAPER_TITLE),
        paragraph(where, UNDER_TITLE),
        *([paragraph(unrecorded, BODY)] if unrecorded else []),
        paragraph(t("Courses of the day"), SUBSECTION),
        _courses(report, t, courses),
        paragraph(t("By sex and institution"), SUBSECTION),
        _people(report, t, institutions),
        *_reasons(report, t),
        paragraph(beds_words(report.day, t), BODY),
        paragraph(t(DAY_DEFINITION), SMALL),
        Spacer(1, 4),
        SignatureBlock(
            [SignatureRoom(t("Officer of the day"), None), SignatureRoom(t("Director"), None)],
            (t("Name"), t("Post"), t("Seal")),
        ),
    ]
    furniture = Furniture(
        title=f"{title} {day}",
        author=next(iter(report.school.letterhead[-1:]), ""),
        heading=f"{title} {day}",
        foot=t("Made {moment}", moment=f"{t.date(made.date())} {made:%H:%M}"),
        mark=DEMONSTRATION if report.demonstration else "",
    )
    return report_bytes(story, furniture, t, paper)


_COUNTS = (N_("Expected"), N_("Present"), N_("Absent"), N_("Not marked"))


def _courses(report: DailyReport, t: Translator, most: int) -> Flowable:
    columns = [
        Column(t("Course"), 52),
        Column(t("Title and place")),
        Column(t("Last day"), 54),
        number_column(t("In training"), 44),
        *(number_column(t(words), 44) for words in _COUNTS),
    ]
    shown, left = report.day.courses[:most], report.day.courses[most:]
    rows: list[list[Cell]] = [_course_line(each, t) for each in shown]
    if left:
        words = t.plural("{count} more course", "{count} more courses", len(left))
        sums = [sum(each) for each in zip(*(_numbers(course) for course in left), strict=True)]
        rows.append(["", words, "", *sums])
    total = [sum(each) for each in zip(*(_numbers(course) for course in report.day.courses), strict=True)]
    return report_table(columns, rows, t, total=[t("Total"), "", "", *total])


def _course_line(each: CourseDay, t: Translator) -> list[Cell]:
    told = [each.course.title, each.course.place]
    if not each.course.class_today:
        told.append(t("no class on this day"))
    words = " · ".join(filter(None, told))
    return [each.course.code, words, t.date(each.course.ends_on), *_numbers(each)]


def _numbers(each: CourseDay) -> list[int]:
    return [len(each.people), *_counts(each.count)]


def _counts(count: DayCount) -> list[int]:
    return [len(count.expected), len(count.present), len(count.absent), len(count.unmarked)]


def _people(report: DailyReport, t: Translator, most: int) -> Flowable:
    day = report.day
    columns = [Column(t("People")), *(number_column(t(words), 62) for words in _COUNTS)]
    rows: list[Sequence[Cell]] = [
        [sex_words(sex, t, youth=False), *_counts(count)]
        for sex, count in day.by_sex
        if count.expected or sex.value != "U"
    ]
    shown, left = day.by_institution[:most], day.by_institution[most:]
    rows += [[name or t(NO_INSTITUTION), *_counts(count)] for name, count in shown]
    if left:
        words = t.plural("{count} more institution", "{count} more institutions", len(left))
        sums = [sum(each) for each in zip(*(_counts(count) for _, count in left), strict=True)]
        rows.append([words, *sums])
    return report_table(columns, rows, t, total=[t("Total"), *_counts(day.total)])


def _reasons(report: DailyReport, t: Translator) -> list[Flowable]:
    if not report.day.reasons:
        return []
    said = [f"{name or t(NO_REASON)}: {t.number(len(keys))}" for name, keys in itertools.islice(report.day.reasons, 8)]
    return [paragraph(t("Absent, by reason: {reasons}.", reasons="; ".join(said)), BODY)]
