"""Certificates for the pupils of a class group: made from names that are kept nowhere, or with a line for the name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eic_tracker.clock import local_date
from eic_tracker.domain.class_group_rules import NEVER_GRADUATE
from eic_tracker.domain.codes import TemplateKind
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.pupil_names import MOST_NAMES
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.outreach import ClassGroupRow
from eic_tracker.queries.outreach_papers import group_key_of, read_programme_name
from eic_tracker.queries.school import read_school
from eic_tracker.reports.paper_words import grade_and_section
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.leaving import note_leaving
from eic_tracker.services.outreach import class_group_detail
from eic_tracker.services.papers import save_paper
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.services.templates import template_in_force
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Entry

KIND = "pupil_certificates"
"""What the journal calls them."""


def note_pupil_certificates(db: Database, acting: ActingUser, group_id: int, count: int) -> int:
    """Note in the journal how many certificates are printed for which group, and by whom; never a name.

    The number of the note. Refused outside one's own class groups, or where the component gives no graduation."""
    row = _group(db, acting, group_id)
    _check_count(count)
    with db.write(Entry(actor(acting), "print_pupil_certificates", row.code)) as tx:
        return note_leaving(tx, acting.id, KIND, count, row.code)


def pupil_certificates(
    db: Database,
    acting: ActingUser,
    group_id: int,
    names: Sequence[str],
    *,
    t: Translator,
    note: int,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """A certificate for each name as a PDF, an empty name leaving a line; needs the number of its note."""
    from eic_tracker.reports.pupil_certificate_pdf import PupilCertificateFacts, pupil_certificates_pdf

    row = _group(db, acting, group_id)
    _check_count(len(names))
    detail = class_group_detail(db, acting, group_id, local_date(db.clock()))
    with db.read() as connection:
        noted = connection.exec_driver_sql(
            "SELECT people FROM export WHERE id = ? AND kind = ? AND reason = ? AND user_id = ?",
            (note, KIND, row.code, acting.id),
        ).scalar()
        if noted is None or noted < len(names):
            raise Refused(N_("Certificates are printed only with a note in the journal."))
        facts = PupilCertificateFacts(
            letterhead=read_school(connection).letterhead,
            programme=read_programme_name(connection, row.programme),
            curriculum=row.curriculum_name,
            school=row.school or "",
            grade=grade_and_section(row.grade, row.section, t, multigrade=row.multigrade),
            municipality=row.municipality or "",
            school_year=row.school_year,
            given_on=row.graduated_on,
            officers=tuple(officer.name for officer in detail.officers if officer.name),
            demonstration=read_file_facts(connection).demonstration,
        )
        programme = connection.exec_driver_sql("SELECT id FROM programme WHERE code = ?", (row.programme,)).scalar()
        used = template_in_force(
            connection, TemplateKind.PUPIL, t.language, local_date(db.clock()), programme_id=programme
        )
    return pupil_certificates_pdf(facts, names, t, paper, used.looks)


def write_pupil_certificates(
    db: Database, acting: ActingUser, code: str, names: Sequence[str], path: Path, *, t: Translator
) -> None:
    """Write the certificates of a class group, named by its code, to a file that somebody asked for."""
    with db.read() as connection:
        key = group_key_of(connection, code)
    note = note_pupil_certificates(db, acting, key, len(names))
    save_paper(pupil_certificates(db, acting, key, names, t=t, note=note), path)


def _group(db: Database, acting: ActingUser, group_id: int) -> ClassGroupRow:
    require(acting, Action.CLASS_GROUPS)
    row = class_group_detail(db, acting, group_id, local_date(db.clock())).row
    if row.curriculum_kind in NEVER_GRADUATE:
        raise Refused(
            N_("“{curriculum}” has no graduation: its young people are reached, and no certificate is given for it."),
            curriculum=row.curriculum_name,
        )
    return row


def _check_count(count: int) -> None:
    if not 1 <= count <= MOST_NAMES:
        raise UserError(
            N_("{count} certificates cannot be printed at once; print from 1 to {most}."), count=count, most=MOST_NAMES
        )
