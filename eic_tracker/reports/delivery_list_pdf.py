"""The list by which certificates are handed over: a box to sign in for each that was not received yet."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable, KeepTogether, Spacer

from eic_tracker.clock import HONDURAS
from eic_tracker.i18n import Translator
from eic_tracker.queries.delivery_list import DeliveryList, DeliveryPerson
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.page import DEMONSTRATION, SECTION, SMALL, Furniture, paragraph, report_bytes
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Cell, Column, report_table

_BOX = 24.0
"""Points: 8 mm and more with the padding of a cell."""


def delivery_list_pdf(
    asked: DeliveryList, t: Translator, paper: Paper, *, made_by: str, made_at: dt.datetime, demonstration: bool
) -> bytes:
    """The certificates of a course by name, with what is recorded of those that were handed over."""
    fonts.register()
    title = t("Delivery of certificates, course {code}", code=asked.course)
    columns = [
        Column(t("No."), 24, numeric=True),
        Column(t("Name")),
        Column(t("Document ends in"), 48),
        Column(t("Certificate"), 92),
        Column(t("Book, folio, number"), 58),
        Column(t("Date"), 52),
        Column(t("Received: signature"), 118),
    ]
    rows = [_row(number, person, t) for number, person in enumerate(asked.people, 1)]
    handed = sum(person.delivered_on is not None for person in asked.people)
    counts = t(
        "{count} certificates, {handed} handed over, {left} to be handed over",
        count=t.number(len(asked.people)),
        handed=t.number(handed),
        left=t.number(len(asked.people) - handed),
    )
    rooms = [SignatureRoom(t("Handed over by"), None), SignatureRoom(t("Registrar"), None)]
    story: list[Flowable] = [
        *([paragraph(asked.letterhead[-1], SMALL)] if asked.letterhead else []),
        paragraph(title, SECTION),
        paragraph(asked.title, SMALL),
        report_table(columns, rows, t, ruled=True),
        paragraph(counts, SMALL),
        KeepTogether([Spacer(1, 10), SignatureBlock(rooms, (t("Name"), t("Post"), t("Seal")))]),
    ]
    made = made_at.astimezone(HONDURAS)
    furniture = Furniture(
        title=title,
        author=made_by,
        heading=title,
        foot=t("Made {moment} by {person}", moment=f"{t.date(made.date())} {made:%H:%M}", person=made_by),
        mark=DEMONSTRATION if demonstration else "",
    )
    return report_bytes(story, furniture, t, paper)


def _row(number: int, person: DeliveryPerson, t: Translator) -> list[Cell]:
    handed = person.delivered_on is not None
    return [
        number,
        " ".join(part for part in (person.rank, person.name) if part),
        person.document_end,
        person.number,
        person.place,
        t.date(person.delivered_on) if person.delivered_on else "",
        (person.received_by or t("handed over")) if handed else [Spacer(1, _BOX)],
    ]
