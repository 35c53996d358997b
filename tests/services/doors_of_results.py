"""The use-cases of attendance, grades and closing, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import AttendanceMark, Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.class_workbook import ClassList
from eic_tracker.exchange.results import ReadResults, results_of
from eic_tracker.exchange.rows import KnownTexts
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import (
    attendance,
    class_list_export,
    class_list_reading,
    class_list_review,
    class_list_store,
    closing,
    grade_review,
    grades,
    import_results,
    named_enrolments,
    remarks,
    reopening,
    results_review,
    walk_ins,
)
from eic_tracker.services.attachments import Scan
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.recording import OnBehalf
from eic_tracker.store.database import Database
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import user
from tests.services.taught import photograph

UseCase = Callable[[Database, ActingUser, Path], object]

_DAY = dt.date(2018, 12, 10)
_ORDER = AuthorisationDraft("Comisario Inventado", "Director", "Oficio 1")
_RECORDERS = frozenset({Role.REGISTRAR})
"""The instructor of the small school has no course of their own."""


def _spoken(db: Database) -> OnBehalf:
    with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
        tx.insert(Assignment, [{"offering_id": 2, "instructor_id": 1, "role": AssignmentRole.LEAD}])
    return OnBehalf("CNP-01", Scan("hoja.jpg", photograph()))


def _attend(db: Database, acting: ActingUser, _folder: Path) -> object:
    draft = attendance.AttendanceDraft(2, _DAY, others=AttendanceMark.PRESENT, on_behalf=_word(db, acting))
    return attendance.record_attendance(db, acting, draft)


def _word(db: Database, acting: ActingUser) -> OnBehalf | None:
    return None if acting.role is Role.INSTRUCTOR else _spoken(db)


def _grade(db: Database, acting: ActingUser, _folder: Path) -> object:
    cells = [grades.GradeCell(6, grades.GradeField.FINAL, "90")]
    return grades.record_grades(db, acting, grades.GradesDraft(2, cells, on_behalf=_word(db, acting)))


def _remark(db: Database, acting: ActingUser, _folder: Path) -> object:
    return remarks.record_remark(db, acting, remarks.RemarkDraft(2, 6, None, on_behalf=_word(db, acting)))


def _close(db: Database, acting: ActingUser, _folder: Path) -> object:
    try:
        return closing.close_offering(db, acting, closing.ClosingDraft(2, on_behalf=_word(db, acting)))
    except closing.ClosingBlocked as blocked:
        return blocked


def _came(db: Database) -> int:
    draft = attendance.AttendanceDraft(2, _DAY, came=[attendance.Came("Luis Paz")], on_behalf=_spoken(db))
    attendance.record_attendance(db, user(db, Role.REGISTRAR), draft)
    return 1


def _match(db: Database, acting: ActingUser, _folder: Path) -> object:
    return walk_ins.match_walk_in(db, acting, walk_ins.MatchDraft(_came(db), 6))


def _reopen(db: Database, acting: ActingUser, _folder: Path) -> object:
    return reopening.reopen_offering(db, acting, reopening.ReopeningDraft(1, "acta 4", _ORDER))


def _sheet() -> ReadResults:
    cells: list[list[Cell]] = [["Identidad", "Nombre", "Nota final"], ["0801199000000", "María Núñez", 90]]
    return results_of([Sheet("Notas", cells)], "notas.xlsx", {}, KnownTexts(), today=_DAY)


def _take_in(db: Database, acting: ActingUser, _folder: Path) -> object:
    spoken = _spoken(db)
    registrar = acting if acting.role is Role.REGISTRAR else user(db, Role.REGISTRAR)
    review = results_review.review_results(db, registrar, _sheet(), 2)
    return import_results.store_results(db, acting, import_results.ResultsDraft(review, _only(acting, spoken)))


def _only(acting: ActingUser, spoken: OnBehalf) -> OnBehalf | None:
    return None if acting.role is Role.INSTRUCTOR else spoken


def _read_file(db: Database, acting: ActingUser, folder: Path) -> object:
    path = folder / "notas.csv"
    path.write_text("Identidad;Nombre;Nota final\n0801199000000;Ana Paz;90\n0801199000001;Eva Paz;80\n", "utf-8")
    return results_review.read_results_file(db, acting, path, {})


def _column(db: Database, acting: ActingUser, _folder: Path) -> object:
    draft = grade_review.ColumnDraft(2, grades.GradeField.FINAL, [6], ["90"])
    return grade_review.review_column(db, acting, draft)


def _written(db: Database, folder: Path) -> Path:
    registrar, path = user(db, Role.REGISTRAR), folder / "lista.xlsx"
    return class_list_export.write_class_list(db, registrar, 2, path, t=Translator(Language.ES))


def _list(db: Database, folder: Path) -> ClassList:
    read = class_list_reading.open_class_list(db, user(db, Role.REGISTRAR), _written(db, folder))
    assert read is not None
    return read


def _store_list(db: Database, acting: ActingUser, folder: Path) -> object:
    spoken = _spoken(db)
    review = class_list_review.review_class_list(db, user(db, Role.REGISTRAR), _list(db, folder), 2)
    draft = class_list_store.ListDraft(review, on_behalf=_only(acting, spoken))
    return class_list_store.store_class_list(db, acting, draft)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "reasons_of_absence": (
        lambda db, acting, _: attendance.reasons_of_absence(db, acting),
        frozenset({Role.REGISTRAR, Role.INSTRUCTOR}),
    ),
    "record_attendance": (_attend, _RECORDERS),
    "match_walk_in": (_match, frozenset({Role.REGISTRAR})),
    "take_off_walk_in": (lambda db, acting, _: walk_ins.take_off_walk_in(db, acting, _came(db)), _RECORDERS),
    "record_grades": (_grade, _RECORDERS),
    "record_remark": (_remark, _RECORDERS),
    "class_results": (
        lambda db, acting, _: grades.class_results(db, acting, 2),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "enrolments_named": (
        lambda db, acting, _: named_enrolments.enrolments_named(db, acting, 2, ["6"]),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "read_results_file": (_read_file, frozenset({Role.REGISTRAR, Role.INSTRUCTOR})),
    "review_results": (lambda db, acting, _: results_review.review_results(db, acting, _sheet(), 2), _RECORDERS),
    "store_results": (_take_in, _RECORDERS),
    "closing_view": (lambda db, acting, _: closing.closing_view(db, acting, 2), _RECORDERS),
    "close_offering": (_close, _RECORDERS),
    "review_column": (_column, _RECORDERS),
    "needs_reason": (lambda db, acting, _: class_list_export.needs_reason(db, acting, 2), _RECORDERS),
    "write_class_list": (
        lambda db, acting, folder: class_list_export.write_class_list(
            db, acting, 2, folder / "lista.xlsx", t=Translator(Language.ES)
        ),
        _RECORDERS,
    ),
    "open_class_list": (
        lambda db, acting, folder: class_list_reading.open_class_list(db, acting, _written(db, folder)),
        frozenset({Role.REGISTRAR, Role.INSTRUCTOR}),
    ),
    "offering_of_list": (
        lambda db, acting, folder: class_list_reading.offering_of_list(db, acting, _list(db, folder)),
        frozenset({Role.REGISTRAR, Role.INSTRUCTOR}),
    ),
    "review_class_list": (
        lambda db, acting, folder: class_list_review.review_class_list(db, acting, _list(db, folder), 2),
        _RECORDERS,
    ),
    "store_class_list": (_store_list, _RECORDERS),
    "reopen_offering": (_reopen, frozenset({Role.MANAGER})),
}

JOURNALLED_AS = {
    "store_results": "import_results",
    "store_class_list": "import_class_list",
    "write_class_list": "export_view",
}
