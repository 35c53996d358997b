"""Periodic papers and lists: rows are read, the transaction ends, the file is written whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from eic_tracker.domain.codes import ReportKind
from eic_tracker.domain.periods import Period
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.periodic import read_report_data
from eic_tracker.queries.register import read_register
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.leaving import MOST_PEOPLE_WITHOUT_REASON, lacks_reason, note_leaving
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_bytes, write_whole
from eic_tracker.store.journal import head
from eic_tracker.store.transaction import Entry

if TYPE_CHECKING:
    from eic_tracker.reports.copied_tables import CopiedPart

Audience = Literal["inl", "school", "public"]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and how many rows it shows."""

    path: Path
    rows: int


def _report_data(
    db: Database,
    acting: ActingUser,
    period: Period,
    t: Translator,
    today: dt.date,
    kind: ReportKind = ReportKind.QUARTERLY,
    *,
    closing: bool = False,
) -> ReportData:
    if period.first_day > today:
        raise UserError(
            N_("{period} has not begun yet; a paper about it would be empty. Choose an earlier period."),
            period=period.code,
        )
    with db.read() as connection:
        newest = head(connection)
        return read_report_data(
            connection,
            period,
            acting=acting,
            demonstration=read_file_facts(connection).demonstration,
            journal_code=newest.code if newest else "",
            generated_at=db.clock(),
            language=t.language,
            today=today,
            kind=kind,
            closing=closing,
        )


def write_rollup(
    db: Database, acting: ActingUser, period: Period, path: Path, *, t: Translator, today: dt.date, audience: Audience
) -> ReportData:
    """Write the roll-up workbook of a period; return the data that it shows."""
    from eic_tracker.reports.rollup_xlsx import rollup_xlsx

    require(acting, Action.READ_FIGURES, Right.YES)
    refuse_database(path)
    data = _report_data(db, acting, period, t, today)
    write_whole(path, lambda file: rollup_xlsx(data, t, file, audience=audience))
    return data


def save_rollup(
    db: Database, acting: ActingUser, period: Period, path: Path, *, t: Translator, today: dt.date, audience: Audience
) -> None:
    """As `write_rollup` for who needs no data back: the window, which has it written in another process."""
    write_rollup(db, acting, period, path, t=t, today=today, audience=audience)


@dataclass(frozen=True, slots=True)
class Previewed:
    """A paper as it will be saved and printed, and what it says of courses of the period that are not closed."""

    pdf: bytes
    not_closed: int


def preview_report(
    db: Database,
    acting: ActingUser,
    kind: ReportKind,
    period: Period,
    *,
    t: Translator,
    today: dt.date,
    paper: Paper = Paper.LETTER,
) -> Previewed:
    """A periodic report as bytes, for sight, printer and file alike."""
    from eic_tracker.reports.quarterly_pdf import not_closed

    data = report_data(db, acting, kind, period, t=t, today=today)
    return Previewed(_report_pdf(data, t, paper), not_closed(data))


def write_report(
    db: Database,
    acting: ActingUser,
    kind: ReportKind,
    period: Period,
    path: Path,
    *,
    t: Translator,
    today: dt.date,
    closing: bool = False,
) -> ReportData:
    """Write a periodic report, as .docx where the file's name ends so, else as PDF; return the data that it shows."""
    refuse_database(path)
    data = report_data(db, acting, kind, period, t=t, today=today, closing=closing)
    as_word = path.suffix.casefold() == ".docx"
    write_bytes(path, _report_docx(data, t) if as_word else _report_pdf(data, t, Paper.LETTER))
    return data


def save_report(
    db: Database, acting: ActingUser, kind: ReportKind, period: Period, path: Path, *, t: Translator, today: dt.date
) -> None:
    """As `write_report` for who needs no data back: the window, which has it written in another process."""
    write_report(db, acting, kind, period, path, t=t, today=today)


def report_parts(
    db: Database, acting: ActingUser, kind: ReportKind, period: Period, *, t: Translator, today: dt.date
) -> tuple[CopiedPart, ...]:
    """The tables and charts of a report, each to be copied into another document; none names a person on a roster."""
    from eic_tracker.reports.copied_tables import copied_parts

    return copied_parts(report_data(db, acting, kind, period, t=t, today=today), t)


def save_paper(pdf: bytes, path: Path) -> None:
    """Write a paper that was looked at, whole or not at all; FileProblem where a database lies there."""
    refuse_database(path)
    write_bytes(path, pdf)


def _report_pdf(data: ReportData, t: Translator, paper: Paper) -> bytes:
    from eic_tracker.reports.quarterly_pdf import quarterly_pdf

    return quarterly_pdf(data, t, paper)


def _report_docx(data: ReportData, t: Translator) -> bytes:
    from eic_tracker.reports.report_docx import report_docx

    return report_docx(data, t)


def report_data(
    db: Database,
    acting: ActingUser,
    kind: ReportKind,
    period: Period,
    *,
    t: Translator,
    today: dt.date,
    closing: bool = False,
) -> ReportData:
    """What a periodic report shows; UserError where the period is none for its kind, or has not begun."""
    require(acting, Action.QUARTERLY_REPORTS)
    if kind is ReportKind.QUARTERLY and not period.is_quarter:
        raise UserError(
            N_("“{period}” is a year; a quarterly report needs a quarter such as 2018Q4 or FY2019Q1."),
            period=period.code,
        )
    if kind is ReportKind.ANNUAL and period.is_quarter:
        raise UserError(
            N_("“{period}” is a quarter; an annual report needs a year such as 2018 or FY2019."), period=period.code
        )
    return _report_data(db, acting, period, t, today, kind, closing=closing)


def write_register(
    db: Database, acting: ActingUser, path: Path, *, t: Translator, as_of: dt.date, reason: str
) -> Written:
    """Write the register of all completions with names; who, why and how many people stand in the journal."""
    from eic_tracker.reports.register_xlsx import register_xlsx

    require(acting, Action.EXPORT_IDENTITIES, Right.YES)
    refuse_database(path)
    with db.read() as connection:
        rows = read_register(connection, as_of=as_of, language=t.language)
        demonstration = read_file_facts(connection).demonstration
    reason = reason.strip()
    with db.write(Entry(actor(acting), "export_register", "register", reason=reason or None)) as tx:
        if not reason and lacks_reason(tx.connection, acting.id, len(rows), tx.at):
            raise UserError(
                N_(
                    "This list holds {count} completions with names; say why with --reason "
                    "(needed above {most} people in a day)."
                ),
                count=t.number(len(rows)),
                most=MOST_PEOPLE_WITHOUT_REASON,
            )
        note_leaving(tx, acting.id, "register", len(rows), reason or None)
    write_whole(
        path,
        lambda file: register_xlsx(
            rows,
            t,
            file,
            generated_by=acting.full_name,
            generated_at=db.clock(),
            demonstration=demonstration,
            reason=reason,
        ),
    )
    return Written(path, len(rows))
