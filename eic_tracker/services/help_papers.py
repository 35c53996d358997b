"""Pages of the help on the school's paper."""

from __future__ import annotations

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Translator
from eic_tracker.queries.school import read_checked_where, read_school
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.store.database import Database


def help_paper(db: Database, _acting: ActingUser, text: str, *, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """A page of the help as a PDF, for everybody; at its foot where the school is asked about certificates."""
    from eic_tracker.reports.help_pdf import help_pdf

    with db.read() as connection:
        letterhead, where = read_school(connection).letterhead, read_checked_where(connection).printed
    return help_pdf(text, t, paper, letterhead=letterhead, foot=where)
