"""The sheet of all published figures: rows are read, the transaction ends, the file is written whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Translator
from eic_tracker.queries.periodic import read_labels
from eic_tracker.queries.school import read_school
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.published import published_figures
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_bytes
from eic_tracker.store.journal import head


def ledger_sheet(
    db: Database, acting: ActingUser, *, t: Translator, as_of: dt.date, paper: Paper = Paper.LETTER
) -> bytes:
    """Every published figure beside what is counted at a day, as PDF: causes, support, contradictions, sources."""
    from eic_tracker.reports.ledger_sheet_pdf import LedgerSheet, LedgerSheetLine, ledger_sheet_pdf

    lines = published_figures(db, acting, as_of)
    with db.read() as connection:
        newest = head(connection)
        sheet = LedgerSheet(
            lines=tuple(
                LedgerSheetLine(
                    line.reconciled,
                    line.support.numbers if line.support is not None else None,
                    line.explanations,
                )
                for line in lines
            ),
            labels=read_labels(connection, t.language),
            letterhead=read_school(connection).letterhead,
            as_of=as_of,
            generated_at=db.clock(),
            generated_by=acting.full_name,
            journal_code=newest.code if newest else "",
            demonstration=read_file_facts(connection).demonstration,
        )
    return ledger_sheet_pdf(sheet, t, paper)


def write_ledger_sheet(db: Database, acting: ActingUser, path: Path, *, t: Translator, as_of: dt.date) -> None:
    """Write the sheet of all published figures."""
    refuse_database(path)
    write_bytes(path, ledger_sheet(db, acting, t=t, as_of=as_of))
