"""Lists of a course on paper: the roster to be signed, and beds and meals without a name."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.codes import Seat
from eic_tracker.domain.lodging import Guest, beds, meals
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.office_papers import OfficePaper, PaperPerson
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.page import (
    DEMONSTRATION,
    SECTION,
    SMALL,
    SUBSECTION,
    Furniture,
    paragraph,
    report_bytes,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Column, number_column, report_table
from eic_tracker.reports.report_words import days_words

_SIGNATURE_HEIGHT = 22.0
"""Points: 8 mm with the padding of a cell."""
_SIGNATURE = 118.0
_NUMBER = 24.0


def signatures_pdf(
    course: OfficePaper, t: Translator, paper: Paper, *, made_by: str, made_at: dt.datetime, demonstration: bool
) -> bytes:
    """The roster with a place to sign for each person; alternates in a table of their own."""
    title = t("Roster of course {code}", code=course.code)
    story = _head(course, title, t)
    if course.letters:
        story.append(paragraph(t("Named by: {letters}", letters=", ".join(course.letters)), SMALL))
    story.append(_signing_table(course.seated, t))
    story.append(paragraph(_count_words(course.seated, t), SMALL))
    waiting = [person for person in course.people if person.seat is Seat.ALTERNATE]
    if waiting:
        story += [*_part(t("Alternates")), _signing_table(waiting, t)]
    rooms = [SignatureRoom(t("Instructor"), None), SignatureRoom(t("Registrar"), None)]
    story += [Spacer(1, 14), SignatureBlock(rooms, (t("Name"), t("Post"), t("Seal")))]
    return _bytes(story, title, t, paper, made_by, made_at, demonstration=demonstration)


def lodging_pdf(
    course: OfficePaper, t: Translator, paper: Paper, *, made_by: str, made_at: dt.datetime, demonstration: bool
) -> bytes:
    """Beds by night and sex, plates by day and meal; it names nobody and holds no number of anybody."""
    title = t("Lodging and meals of course {code}", code=course.code)
    guests = [Guest(person.sex, person.lodging) for person in course.seated]
    unsaid = sum(1 for guest in guests if guest.lodging is None)
    story = _head(course, title, t)
    story.append(paragraph(_count_words(course.seated, t), SMALL))
    if unsaid:
        story.append(
            paragraph(
                t.plural(
                    "Of {count} person nobody said where they sleep; they count as coming by day.",
                    "Of {count} people nobody said where they sleep; they count as coming by day.",
                    unsaid,
                ),
                SMALL,
            )
        )
    story += [*_part(t("Beds by night")), _beds_table(course, guests, t)]
    told = t("Nights run from the first day to the last one, weekends included.")
    story += [paragraph(told, SMALL), *_part(t("Plates by day")), _meals_table(course, guests, t)]
    story.append(
        paragraph(
            t(
                "Lunch: everybody with a seat on days of class. Breakfast and dinner, and lunch on other days: who "
                "sleeps at the school."
            ),
            SMALL,
        )
    )
    return _bytes(story, title, t, paper, made_by, made_at, demonstration=demonstration)


def _part(title: str) -> list[Flowable]:
    """The heading of a table, with room for its first rows."""
    return [CondPageBreak(92), paragraph(title, SUBSECTION)]


def _beds_table(course: OfficePaper, guests: list[Guest], t: Translator) -> Flowable:
    titles = (N_("Women"), N_("Men"), N_("Not recorded"), N_("Beds"))
    columns = [Column(t("Night of")), *(number_column(t(words), 70) for words in titles)]
    nights = beds(course.starts_on, course.ends_on, guests)
    rows = [(t.date(each.night), each.women, each.men, each.unrecorded, each.total) for each in nights]
    sums = [sum(each) for each in zip(*(row[1:] for row in rows), strict=True)] or [0] * len(titles)
    return report_table(columns, rows, t, total=[t("All nights"), *sums])


def _meals_table(course: OfficePaper, guests: list[Guest], t: Translator) -> Flowable:
    columns = [
        Column(t("Day")),
        *(number_column(t(words), 70) for words in (N_("Breakfasts"), N_("Lunches"), N_("Dinners"))),
    ]
    plates = meals(course.starts_on, course.ends_on, course.days, guests)
    rows = [(t.date(each.day), each.breakfasts, each.lunches, each.dinners) for each in plates]
    sums = [sum(each) for each in zip(*(row[1:] for row in rows), strict=True)]
    return report_table(columns, rows, t, total=[t("All days"), *sums])


def _signing_table(people: tuple[PaperPerson, ...] | list[PaperPerson], t: Translator) -> Flowable:
    columns = [
        Column(t("No."), _NUMBER, numeric=True),
        Column(t("Rank"), 78),
        Column(t("Surnames, given names")),
        Column(t("Unit or institution"), 112),
        Column(t("Document ends in"), 48),
        Column(t("Signature"), _SIGNATURE),
    ]
    rows = [
        [
            number,
            person.rank,
            f"{person.surnames}, {person.given_names}",
            person.unit or person.institution,
            person.document_end,
            [Spacer(1, _SIGNATURE_HEIGHT - 5.2)],
        ]
        for number, person in enumerate(people, 1)
    ]
    return report_table(columns, rows, t, ruled=True)


def _count_words(people: tuple[PaperPerson, ...], t: Translator) -> str:
    sexes = [person.sex.value for person in people]
    return t.plural(
        "{count} person with a seat: {women} women, {men} men, {other} not recorded.",
        "{count} people with a seat: {women} women, {men} men, {other} not recorded.",
        len(people),
        women=sexes.count("F"),
        men=sexes.count("M"),
        other=sexes.count("U"),
    )


def _head(course: OfficePaper, title: str, t: Translator) -> list[Flowable]:
    fonts.register()
    facts = [
        course.title,
        t.plural("{count} hour", "{count} hours", course.hours),
        days_words(course.starts_on, course.ends_on, t),
        course.place,
        t("Lead instructor: {name}", name=course.lead) if course.lead else "",
    ]
    school = [paragraph(course.school[-1], SMALL)] if course.school else []
    return [*school, paragraph(title, SECTION), paragraph(" · ".join(fact for fact in facts if fact), SMALL)]


def _bytes(
    story: list[Flowable],
    title: str,
    t: Translator,
    paper: Paper,
    made_by: str,
    made_at: dt.datetime,
    *,
    demonstration: bool,
) -> bytes:
    made = made_at.astimezone(HONDURAS)
    furniture = Furniture(
        title=title,
        author=made_by,
        heading=title,
        foot=t("Made {moment} by {person}", moment=f"{t.date(made.date())} {made:%H:%M}", person=made_by),
        mark=DEMONSTRATION if demonstration else "",
    )
    return report_bytes(story, furniture, t, paper)
