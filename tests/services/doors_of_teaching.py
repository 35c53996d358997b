"""The use-cases about those who teach (register, assignments, ledger, papers), and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.teaching_rules import TeachingDraft, TeachingKind
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.view_paper import ViewColumn
from eic_tracker.services import assignments, instructors, ledger, table_papers, teaching_papers
from eic_tracker.services.table_papers import TableAsked
from eic_tracker.store.database import Database
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import user

MODULES = (assignments, instructors, ledger, table_papers, teaching_papers)
UseCase = Callable[[Database, ActingUser, Path], object]

_REGISTRAR = frozenset({Role.REGISTRAR})
_STAY = TeachingDraft(TeachingKind.ROTATION, {"starts_on": dt.date(2018, 1, 8)}, 1)
_LEAD = TeachingDraft(TeachingKind.ASSIGNMENT, {"offering_id": 2, "instructor_id": 1, "role": "lead"})


def _remove_stay(db: Database, acting: ActingUser, _folder: Path) -> object:
    stay = instructors.save_teaching(db, user(db, Role.REGISTRAR), _STAY)
    return instructors.remove_teaching(db, acting, TeachingKind.ROTATION, stay.id)


def _remove_assignment(db: Database, acting: ActingUser, _folder: Path) -> object:
    with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
        row = {"offering_id": 2, "instructor_id": 1, "role": AssignmentRole.ASSISTANT}
        (key,) = tx.insert(Assignment, [row])
    return assignments.remove_assignment(db, acting, key)


_T = Translator(Language.ES)
_TODAY = dt.date(2018, 12, 31)
_TIME = (dt.date(2018, 11, 1), dt.date(2018, 11, 30))
_PEOPLE = frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})
_ASKED = TableAsked("Cuadro", (ViewColumn("Fuerza"),), (("CNP",),), (), "", "")


def _own(read: UseCase) -> UseCase:
    """The instructor of the small school has no record of their own: a refusal by other words is one too."""

    def tried(db: Database, acting: ActingUser, folder: Path) -> object:
        try:
            return read(db, acting, folder)
        except UserError as error:
            raise Refused(f"may not: {error}") from error

    return tried


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "teaching_form": (
        lambda db, acting, _: instructors.teaching_form(db, acting, TeachingKind.INSTRUCTOR, 1, None),
        _REGISTRAR,
    ),
    "save_teaching": (lambda db, acting, _: instructors.save_teaching(db, acting, _STAY), _REGISTRAR),
    "remove_teaching": (_remove_stay, _REGISTRAR),
    "assignment_form": (
        lambda db, acting, _: assignments.assignment_form(db, acting, None, 2, None),
        _REGISTRAR,
    ),
    "save_assignment": (lambda db, acting, _: assignments.save_assignment(db, acting, _LEAD), _REGISTRAR),
    "remove_assignment": (_remove_assignment, _REGISTRAR),
    "ledger": (
        lambda db, acting, _: ledger.ledger(db, acting, Dimension.YEAR, None, _TODAY),
        frozenset(Role),
    ),
    "course_programmes": (lambda db, acting, _: ledger.course_programmes(db, acting), frozenset(Role)),
    "write_table": (
        lambda db, acting, folder: table_papers.write_table(db, acting, _ASKED, folder / "t.xlsx", t=_T),
        frozenset(Role),
    ),
    "table_paper": (lambda db, acting, _: table_papers.table_paper(db, acting, _ASKED, t=_T), frozenset(Role)),
    "instructor_of_code": (
        _own(lambda db, acting, _: teaching_papers.instructor_of_code(db, acting, "CNP-01")),
        _PEOPLE,
    ),
    "teaching_times": (_own(lambda db, acting, _: teaching_papers.teaching_times(db, acting, 1, _TODAY)), _PEOPLE),
    "advisor_report": (
        _own(
            lambda db, acting, _: teaching_papers.advisor_report(
                db, acting, teaching_papers.TimeTaught(1, *_TIME), t=_T, today=_TODAY
            )
        ),
        _PEOPLE,
    ),
    "write_advisor_report": (
        _own(
            lambda db, acting, folder: teaching_papers.write_advisor_report(
                db, acting, teaching_papers.TimeTaught(1, *_TIME), folder / "r.pdf", t=_T, today=_TODAY
            )
        ),
        _PEOPLE,
    ),
    "teaching_proof": (
        _own(
            lambda db, acting, _: teaching_papers.teaching_proof(
                db, acting, teaching_papers.TimeTaught(1, *_TIME), t=_T, today=_TODAY
            )
        ),
        _PEOPLE,
    ),
    "give_teaching_proof": (
        lambda db, acting, _: teaching_papers.give_teaching_proof(
            db, acting, teaching_papers.TimeTaught(1, *_TIME), t=_T, today=_TODAY
        ),
        _REGISTRAR,
    ),
    "write_teaching_proof": (
        lambda db, acting, folder: teaching_papers.write_teaching_proof(
            db, acting, teaching_papers.TimeTaught(1, *_TIME), folder / "p.pdf", t=_T, today=_TODAY
        ),
        _REGISTRAR,
    ),
}
JOURNALLED_AS = {"write_teaching_proof": "give_teaching_proof"}
