"""The pages of the course file beside scans and acts: cover with index, letters, roster, checks, results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.codes import AttendanceMark, EnrolmentStatus, Seat
from eic_tracker.domain.words import date_range_in_words
from eic_tracker.i18n import Translator
from eic_tracker.queries.class_results import ClassMember, ClassResults
from eic_tracker.queries.course_file import CheckLine, Handover, RegisterLine
from eic_tracker.queries.course_papers import CourseHead, CoursePerson
from eic_tracker.queries.offering_detail import AuthorisationLine, PaperLine
from eic_tracker.reports.act_pdf import points_text
from eic_tracker.reports.paper_words import (
    ACT_RESULTS,
    CERTIFICATE_STATES,
    CHECK_STATES,
    SOURCE_KINDS,
    exception_words,
)
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import Letterhead
from eic_tracker.reports.pdf.page import (
    BODY,
    CELL,
    CELL_BOLD,
    DEMONSTRATION,
    NOTICE,
    PERIOD,
    SUBSECTION,
    TITLE,
    Furniture,
    gap,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.tables import Cell, Column, plain_table, report_table


@dataclass(frozen=True, slots=True)
class CourseFileFacts:
    """What the pages of the course file tell; people by enrolment in the order of surnames."""

    head: CourseHead
    letterhead: tuple[str, ...]
    demonstration: bool
    made_by: str
    made_at: dt.datetime
    letters: tuple[PaperLine, ...]
    people: tuple[CoursePerson, ...]
    results: ClassResults
    checks: tuple[CheckLine, ...]
    register: tuple[RegisterLine, ...]
    exceptions: tuple[AuthorisationLine, ...]


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A part of the course file with the folios on which it stands."""

    title: str
    first: int
    last: int


def cover_pages(facts: CourseFileFacts, index: Sequence[IndexLine], missing: Sequence[str], t: Translator) -> bytes:
    """Cover and index; what is missing is said on it, so that nobody takes the file for whole."""
    fonts.register()
    head = facts.head
    made = facts.made_at.astimezone(HONDURAS)
    pairs = (
        (t("Days of the course"), date_range_in_words(head.starts_on, head.ends_on, t.language)),
        (t("Hours"), t.number(head.hours)),
        (t("Place of the course"), head.place),
        (t("Instructors"), ", ".join(head.instructors)),
        (t("Made"), t("{moment} by {person}", moment=f"{t.date(made.date())} {made:%H:%M}", person=facts.made_by)),
    )
    columns = (Column(t("Part")), Column(t("Folios"), 90, numeric=True))
    rows = [[line.title, _folios(line)] for line in index]
    story: list[Flowable] = [
        Letterhead(facts.letterhead),
        gap(18),
        paragraph(t("Course file"), TITLE),
        gap(3),
        paragraph(t("Course {code} · {title}", code=head.code, title=head.title), PERIOD),
        gap(14),
        plain_table(
            [(paragraph(name, CELL_BOLD), paragraph(value, CELL)) for name, value in pairs if value], (110, 330)
        ),
        paragraph(t("Index"), SUBSECTION),
        report_table(columns, rows, t),
    ]
    if missing:
        story.append(paragraph(t("This file is not whole:") + " " + " ".join(missing), NOTICE))
    return _pages(story, facts, t("Course file"), t)


def letters_pages(facts: CourseFileFacts, t: Translator) -> bytes:
    """The letters and lists that name the people."""
    columns = (
        Column(t("Number"), 130),
        Column(t("Kind"), 52),
        Column(t("Date"), 62),
        Column(t("Sender")),
        Column(t("Subject")),
        Column(t("People"), 44, numeric=True),
    )
    rows: list[list[Cell]] = [
        [
            line.number or "—",
            t(SOURCE_KINDS.get(line.kind, line.kind)),
            t.date(line.dated) if line.dated else "",
            line.sender or "",
            line.subject or "",
            line.people,
        ]
        for line in facts.letters
    ]
    return _table_pages(
        t("Letters and lists"), columns, rows, t("No letter or list is recorded for this course."), facts, t
    )


def roster_pages(facts: CourseFileFacts, t: Translator) -> bytes:
    """Everybody on the roster, alternates and those taken off named as such."""
    columns = (
        Column(t("No."), 24, numeric=True),
        Column(t("Name"), 170),
        Column(t("Document"), 62),
        Column(t("Rank"), 82),
        Column(t("Unit")),
        Column(t("Result"), 66),
    )
    rows: list[list[Cell]] = [
        [str(number), person.name, person.document, person.rank, person.unit or person.institution, _result(person, t)]
        for number, person in enumerate(facts.people, 1)
    ]
    return _table_pages(t("Roster"), columns, rows, t("Nobody is on this roster yet."), facts, t)


def checks_pages(facts: CourseFileFacts, t: Translator) -> bytes:
    """How the checks of the people stand, with their dates and nothing else."""
    columns = (
        Column(t("Name")),
        Column(t("Verification"), 90),
        Column(t("Asked for on"), 80),
        Column(t("Answered on"), 80),
        Column(t("Valid until"), 80),
    )
    rows: list[list[Cell]] = [
        [line.name, t(CHECK_STATES[line.status]), *(_day(each, t) for each in _dates(line))] for line in facts.checks
    ]
    return _table_pages(t("Verification"), columns, rows, t("No verification is recorded."), facts, t)


def attendance_pages(facts: CourseFileFacts, t: Translator) -> bytes:
    """For each person the days with each mark, and the attendance that follows."""
    columns = (
        Column(t("No."), 24, numeric=True),
        Column(t("Name")),
        *(
            Column(title, 62, numeric=True)
            for title in (t("Present"), t("Late"), t("Absent"), t("Excused"), t("Attendance"))
        ),
    )
    rows: list[list[Cell]] = []
    for number, member in enumerate(_seated(facts), 1):
        marks = [mark.mark for mark in member.marks.values()]
        attendance = member.attendance_percent
        counted: list[Cell] = [marks.count(each) if marks else "—" for each in _MARKS]
        rows.append([str(number), member.name, *counted, "—" if attendance is None else f"{attendance} %"])
    days = t.plural("{count} day", "{count} days", len(facts.results.days))
    return _table_pages(t("Attendance"), columns, rows, t("Nobody is on this roster yet."), facts, t, days)


def grades_pages(facts: CourseFileFacts, t: Translator) -> bytes:
    """Grades by part and the one that counts, with the result."""
    columns = (
        Column(t("No."), 24, numeric=True),
        Column(t("Name")),
        *(
            Column(title, 52, numeric=True)
            for title in (
                t("Pre-test"),
                t("Post-test"),
                t("Performance"),
                t("Products"),
                t("Grade"),
                t("Second chance"),
            )
        ),
        Column(t("Result"), 70),
    )
    people = {person.enrolment_id: person for person in facts.people}
    rows: list[list[Cell]] = [
        [
            str(number),
            member.name,
            *(
                points_text(grade)
                for grade in (
                    member.pre_test,
                    member.post_test,
                    member.performance,
                    member.products,
                    member.final_grade,
                    member.second_chance,
                )
            ),
            _result(people[member.enrolment_id], t),
        ]
        for number, member in enumerate(_seated(facts), 1)
    ]
    return _table_pages(t("Grades"), columns, rows, t("Nobody is on this roster yet."), facts, t)


def register_pages(facts: CourseFileFacts, t: Translator) -> bytes:
    """Certificates with book, folio and number of the register, and their deliveries."""
    columns = (
        Column(t("Name")),
        Column(t("Certificate"), 92),
        Column(t("State"), 70),
        Column(t("Date"), 58),
        Column(t("Book, folio, number"), 76),
        Column(t("Delivered"), 88),
    )
    rows: list[list[Cell]] = []
    for line in facts.register:
        entry = [str(part) for part in (line.book, line.folio, line.entry) if part is not None]
        handed = "; ".join(_handover(each, t) for each in line.deliveries)
        state = t(CERTIFICATE_STATES[line.status])
        rows.append(
            [line.name, line.number or "—", state, _day(line.dated, t), " · ".join(entry) or "—", handed or "—"]
        )
    title = t("Certificates, register entries and deliveries")
    return _table_pages(title, columns, rows, t("No certificate was prepared yet."), facts, t)


def exceptions_pages(facts: CourseFileFacts, t: Translator) -> bytes:
    """Exceptions and who authorised them."""
    columns = (
        Column(t("Exception")),
        Column(t("Ordered by")),
        Column(t("Post")),
        Column(t("Letter"), 100),
        Column(t("People"), 44, numeric=True),
    )
    rows: list[list[Cell]] = [
        [
            ", ".join(t(words) for words in exception_words(line.exception)),
            line.authorised_by,
            line.post or "",
            line.letter or "",
            # the rectification of an act concerns the act, nobody's enrolment
            line.people or "—",
        ]
        for line in facts.exceptions
    ]
    title = t("Exceptions and who authorised them")
    return _table_pages(title, columns, rows, t("No exception was made in this course."), facts, t)


def missing_scan_page(title: str, facts: CourseFileFacts, t: Translator) -> bytes:
    """A page in place of a scan whose bytes were purged or cannot be opened."""
    fonts.register()
    words = t("Its picture was purged or cannot be opened; the paper itself is in the archive.")
    return _pages([paragraph(title, SUBSECTION), paragraph(words, BODY)], facts, title, t)


def _table_pages(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    nothing: str,
    facts: CourseFileFacts,
    t: Translator,
    note: str = "",
) -> bytes:
    fonts.register()
    story: list[Flowable] = [paragraph(title, SUBSECTION)]
    if note:
        story.append(paragraph(note, BODY))
    story.append(report_table(columns, rows, t) if rows else paragraph(nothing, BODY))
    return _pages(story, facts, title, t)


def _pages(story: list[Flowable], facts: CourseFileFacts, title: str, t: Translator) -> bytes:
    course = t("Course {code} · {title}", code=facts.head.code, title=facts.head.title)
    furniture = Furniture(
        title=t("Course file {code}: {part}", code=facts.head.code, part=title),
        author=facts.letterhead[-1] if facts.letterhead else "",
        heading=title,
        foot=course,
        mark=DEMONSTRATION if facts.demonstration else "",
        numbered=False,
    )
    return report_bytes(story, furniture, t)


def _seated(facts: CourseFileFacts) -> list[ClassMember]:
    left_out = {EnrolmentStatus.APPLIED, EnrolmentStatus.REMOVED}
    return [each for each in facts.results.members if each.seat is Seat.SEAT and each.status not in left_out]


def _handover(handover: Handover, t: Translator) -> str:
    return " · ".join(filter(None, (t.date(handover.on), handover.received_by, handover.letter)))


def _result(person: CoursePerson, t: Translator) -> str:
    if person.seat is Seat.ALTERNATE:
        return t("alternate")
    return t(ACT_RESULTS[person.status])


def _dates(line: CheckLine) -> tuple[dt.date | None, ...]:
    return line.requested_on, line.answered_on, line.expires_on


def _day(value: dt.date | None, t: Translator) -> str:
    return t.date(value) if value is not None else ""


def _folios(line: IndexLine) -> str:
    return str(line.first) if line.first == line.last else f"{line.first}–{line.last}"


_MARKS = (AttendanceMark.PRESENT, AttendanceMark.LATE, AttendanceMark.ABSENT, AttendanceMark.EXCUSED)
