"""The papers of a course for the office: name tags, roster to sign, beds and meals; names leave with a note."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.office_papers import OfficePaper, read_office_paper
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.exports import Leaving, note_export
from eic_tracker.services.leaving import lacks_reason, require_note
from eic_tracker.services.offerings import GONE
from eic_tracker.services.papers import save_paper
from eic_tracker.services.recording import offering_key_of
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database


class CoursePaperKind(StrEnum):
    """What is printed of a course."""

    SIGNATURES = "signatures"
    NAME_TAGS = "name_tags"
    LODGING = "lodging"


NAMING = frozenset({CoursePaperKind.SIGNATURES, CoursePaperKind.NAME_TAGS})
"""Papers that name people, so that they leave with a note in the journal."""


def course_paper_leaving(db: Database, acting: ActingUser, offering_id: int, kind: CoursePaperKind) -> Leaving:
    """How many people a paper names, and whether that needs a reason."""
    _require(acting, kind)
    with db.read() as connection:
        people = _people_named(_course(db, offering_id), kind)
        return Leaving(people, bool(people) and lacks_reason(connection, acting.id, people, db.clock()))


def course_paper(
    db: Database,
    acting: ActingUser,
    offering_id: int,
    kind: CoursePaperKind,
    *,
    t: Translator,
    note: int | None = None,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """A paper of a course as PDF; what names people needs the number of its note in the journal."""
    from eic_tracker.reports.course_lists_pdf import lodging_pdf, signatures_pdf
    from eic_tracker.reports.name_tags_pdf import name_tags_pdf

    _require(acting, kind)
    course = _course(db, offering_id)
    with db.read() as connection:
        demonstration = read_file_facts(connection).demonstration
        require_note(connection, acting, note, _people_named(course, kind))
    if not course.seated:
        raise UserError(N_("Nobody has a seat in course {code} yet; the paper would be empty."), code=course.code)
    if kind is CoursePaperKind.NAME_TAGS:
        return name_tags_pdf(course, t, paper, demonstration=demonstration)
    make = signatures_pdf if kind is CoursePaperKind.SIGNATURES else lodging_pdf
    return make(course, t, paper, made_by=acting.full_name, made_at=db.clock(), demonstration=demonstration)


def write_course_paper(
    db: Database,
    acting: ActingUser,
    code: str,
    kind: CoursePaperKind,
    path: Path,
    *,
    t: Translator,
    paper: Paper = Paper.LETTER,
    reason: str = "",
) -> None:
    """Write a paper of a course to a file; where it names people, that stands in the journal."""
    _require(acting, kind)
    with db.read() as connection:
        key = offering_key_of(connection, code)
    people = _people_named(_course(db, key), kind)
    note = note_export(db, acting, note_kind(kind), people, reason) if people else None
    save_paper(course_paper(db, acting, key, kind, t=t, note=note, paper=paper), path)


def note_kind(kind: CoursePaperKind) -> str:
    """What the journal calls a paper that left."""
    return f"roster: {kind.value}"


def _require(acting: ActingUser, kind: CoursePaperKind) -> None:
    if kind in NAMING:
        require(acting, Action.EXPORT_IDENTITIES, Right.YES)
    else:
        require(acting, Action.READ_FIGURES, Right.YES)


def _people_named(course: OfficePaper, kind: CoursePaperKind) -> int:
    if kind not in NAMING:
        return 0
    return len(course.people if kind is CoursePaperKind.SIGNATURES else course.seated)


def _course(db: Database, offering_id: int) -> OfficePaper:
    with db.read() as connection:
        course = read_office_paper(connection, offering_id)
    if course is None:
        raise UserError(GONE)
    return course
