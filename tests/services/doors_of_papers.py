"""The use-cases of a course's papers, and who may do each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import ActKind, Role
from eic_tracker.domain.paper_codes import sheet_code
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import acts, attendance_sheets, course_file, merit
from eic_tracker.services.attachments import Scan
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.exports import note_export
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import user
from tests.services.taught import photograph

UseCase = Callable[[Database, ActingUser, Path], object]

_T = Translator(Language.ES)
_ORDER = AuthorisationDraft("Comisario Inventado", "Director", "Oficio 1")
_READERS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})
"""The instructor of the small school has no course of their own."""

_REGISTRAR = frozenset({Role.REGISTRAR})


def _act(db: Database) -> int:
    with db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
        tx.update(Enrolment, {1: {"final_grade": 9000}})
    return acts.make_act(db, user(db, Role.REGISTRAR), acts.ActDraft(1, ActKind.GRADES)).id


def _printed(db: Database) -> acts.ActPrinted:
    return acts.print_act(db, user(db, Role.REGISTRAR), _act(db), t=_T)


def _make(db: Database, acting: ActingUser, _folder: Path) -> object:
    return acts.make_act(db, acting, acts.ActDraft(1, ActKind.CLOSING))


def _rectify(db: Database, acting: ActingUser, _folder: Path) -> object:
    draft = acts.RectificationDraft(_printed(db).id, acts.ActTexts(facts="Error"), _ORDER)
    return acts.rectify_act(db, acting, draft)


def _pages(db: Database, acting: ActingUser, _folder: Path) -> object:
    key = _printed(db).id
    note = note_export(db, acting, "act", 50, None) if acting.role in _READERS else None
    return acts.act_pdf(db, acting, key, t=_T, note=note)


def _sheets(db: Database, acting: ActingUser, _folder: Path) -> object:
    note = note_export(db, acting, "sheets", 50, None) if acting.role in _READERS else None
    return attendance_sheets.attendance_sheets(db, acting, 1, t=_T, note=note)


def _attach(db: Database, acting: ActingUser, _folder: Path) -> object:
    return attendance_sheets.attach_sheet(db, acting, Scan("hoja.jpg", photograph()), 1)


def _merit(db: Database, acting: ActingUser, _folder: Path) -> object:
    _act(db)
    note = note_export(db, acting, "merit", 50, None) if acting.role in _READERS else None
    return merit.merit_order(db, acting, 1, t=_T, note=note)


def _course_file(db: Database, acting: ActingUser, folder: Path) -> object:
    note = note_export(db, acting, "file", 50, None) if acting.role in _READERS else None
    return course_file.write_course_file(db, acting, 1, folder / "file.pdf", t=_T, note=note)


_RECORDERS = frozenset({Role.REGISTRAR, Role.INSTRUCTOR})

USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "acts_of_course": (lambda db, acting, _: acts.acts_of_course(db, acting, 1), _READERS),
    "act_of_code": (lambda db, acting, _: acts.act_of_code(db, acting, _printed(db).code), _READERS),
    "make_act": (_make, _REGISTRAR),
    "change_act": (
        lambda db, acting, _: acts.change_act(db, acting, _act(db), acts.ActTexts(place="Aula")),
        _REGISTRAR,
    ),
    "rectify_act": (_rectify, frozenset({Role.REGISTRAR, Role.MANAGER})),
    "print_act": (lambda db, acting, _: acts.print_act(db, acting, _act(db), t=_T), _REGISTRAR),
    "act_pdf": (_pages, _READERS),
    "act_people": (lambda db, acting, _: acts.act_people(db, acting, _act(db)), _READERS),
    "weeks_of_course": (lambda db, acting, _: attendance_sheets.weeks_of_course(db, acting, 1), _READERS),
    "attendance_sheets": (_sheets, _READERS),
    "sheets_in_scan": (
        lambda db, acting, _: attendance_sheets.sheets_in_scan(db, acting, Scan("hoja.jpg", photograph())),
        _RECORDERS,
    ),
    "sheet_of_code": (
        lambda db, acting, _: attendance_sheets.sheet_of_code(db, acting, _code(db)),
        _RECORDERS,
    ),
    "attach_sheet": (_attach, _REGISTRAR),
    "merit_order": (_merit, _READERS),
    "course_checklist": (lambda db, acting, _: course_file.course_checklist(db, acting, 1), _READERS),
    "write_course_file": (_course_file, _READERS),
}


def _code(db: Database) -> str:
    with db.read() as connection:
        uid = connection.exec_driver_sql("SELECT uid FROM offering WHERE id = 1").scalar_one()
    return sheet_code(uid, 1, 1).text
