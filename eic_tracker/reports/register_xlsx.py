"""The register of all completions as one long sheet, marked with who took it out, when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.codes import Sex
from eic_tracker.i18n import Translator
from eic_tracker.queries.register import RegisterRow
from eic_tracker.reports.rollup.words import ONE_ADULT
from eic_tracker.reports.xlsx.detail_table import DetailTable, Field, Kind, Value
from eic_tracker.reports.xlsx.workbook import open_book


def register_xlsx(
    rows: Sequence[RegisterRow],
    t: Translator,
    file: BinaryIO,
    *,
    generated_by: str,
    generated_at: dt.datetime,
    demonstration: bool,
    reason: str = "",
) -> None:
    """Write the register in the given order; identity numbers are text. It names people: exports are journalled."""
    made = generated_at.astimezone(HONDURAS)
    moment = f"{t.date(made.date())} {made:%H:%M}"
    taken = t("Taken out by {user} on {moment}", user=generated_by, moment=moment)
    with open_book(
        file,
        t,
        title=t("Register of completions"),
        subject=t("Names and identity numbers: only for those who may see them"),
        author=generated_by,
        made_at=generated_at,
        imprint=taken,
        demonstration=demonstration,
    ) as book:
        note = [
            taken + (f" · {t('Reason: {reason}', reason=reason)}" if reason else ""),
            t("It holds names and identity numbers of officers and investigators. Do not pass it on."),
            t.plural("{count} completion", "{count} completions", len(rows)),
        ]
        table = DetailTable(book, "register", t("Register"), _fields(t), note="\n".join(note))
        table.write([_values(number, row, t) for number, row in enumerate(rows, 1)])


def _fields(t: Translator) -> tuple[Field, ...]:
    return (
        Field("number", t("No."), Kind.COUNT),
        Field("surnames", t("Surnames")),
        Field("given_names", t("Given names")),
        Field("sex", t("Sex")),
        Field("document", t("Identity document")),
        Field("country", t("Country")),
        Field("police_number", t("Police number")),
        Field("rank", t("Rank")),
        Field("unit", t("Unit")),
        Field("institution", t("Institution")),
        Field("programme", t("Programme")),
        Field("offering", t("Course code")),
        Field("course", t("Course")),
        Field("first_day", t("First day"), Kind.DATE),
        Field("last_day", t("Last day"), Kind.DATE),
        Field("hours", t("Hours"), Kind.COUNT),
        Field("grade", t("Grade"), Kind.DECIMAL),
        Field("certificate", t("Certificate no.")),
        Field("certificate_date", t("Date of certificate"), Kind.DATE),
    )


def _values(number: int, row: RegisterRow, t: Translator) -> tuple[Value, ...]:
    return (
        number,
        row.surnames,
        row.given_names,
        t(ONE_ADULT[Sex(row.sex)]),
        row.document,
        row.document_country,
        row.police_number,
        row.rank,
        row.unit,
        row.institution,
        row.programme,
        row.offering,
        row.course,
        row.starts_on,
        row.ends_on,
        row.hours,
        row.grade,
        row.certificate,
        row.certificate_date,
    )
