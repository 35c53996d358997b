"""The papers of class groups, and who may print them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import dropped_sheets, group_sheets, pupil_certificates
from eic_tracker.services.attachments import Scan
from eic_tracker.services.pupil_certificates import note_pupil_certificates
from eic_tracker.store.database import Database
from tests.services.doors_of_registrar import class_group
from tests.services.school import user
from tests.services.taught import photograph

UseCase = Callable[[Database, ActingUser, Path], object]

_T = Translator(Language.ES)
_ENTERS = frozenset({Role.REGISTRAR, Role.INSTRUCTOR})
"""The instructor of the small school has no class group of their own, and is told that none is there."""


def _told(use: UseCase) -> UseCase:
    def tried(db: Database, acting: ActingUser, folder: Path) -> object:
        try:
            return use(db, acting, folder)
        except Refused:
            raise
        except UserError:
            return None

    return tried


def _code(db: Database, key: int) -> str:
    with db.read() as connection:
        return str(connection.exec_driver_sql("SELECT code FROM class_group WHERE id = ?", (key,)).scalar_one())


def _certificates(db: Database, acting: ActingUser, _folder: Path) -> object:
    key = class_group(db)
    who = acting if acting.role is Role.REGISTRAR else user(db, Role.REGISTRAR)
    note = note_pupil_certificates(db, who, key, 2)
    return pupil_certificates.pupil_certificates(db, acting, key, ("", ""), t=_T, note=note)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "sheets_of_scan": (
        lambda db, acting, _: dropped_sheets.sheets_of_scan(db, acting, Scan("hoja.jpg", photograph())),
        _ENTERS,
    ),
    "note_pupil_certificates": (
        _told(lambda db, acting, _: pupil_certificates.note_pupil_certificates(db, acting, class_group(db), 2)),
        _ENTERS,
    ),
    "pupil_certificates": (_told(_certificates), _ENTERS),
    "write_pupil_certificates": (
        _told(
            lambda db, acting, folder: pupil_certificates.write_pupil_certificates(
                db, acting, _code(db, class_group(db)), ("",), folder / "blank.pdf", t=_T
            )
        ),
        _ENTERS,
    ),
    "group_sheets": (
        _told(lambda db, acting, _: group_sheets.group_sheets(db, acting, [class_group(db)], t=_T)),
        _ENTERS,
    ),
    "write_group_sheets": (
        _told(
            lambda db, acting, folder: group_sheets.write_group_sheets(
                db, acting, [_code(db, class_group(db))], folder / "sheet.pdf", t=_T
            )
        ),
        _ENTERS,
    ),
}
