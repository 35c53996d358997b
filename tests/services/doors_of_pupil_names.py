"""Names of pupils that a programme keeps: who decides, who keeps, who reads, and when they go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.services import kept_names, name_keeping, names_due
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.kept_names import NamesDraft
from eic_tracker.services.name_keeping import KeepingDraft
from eic_tracker.store.database import Database
from tests.services.doors_of_registrar import class_group
from tests.services.school import NOW, user

UseCase = Callable[[Database, ActingUser, Path], object]

_REGISTRAR, _MANAGER = frozenset({Role.REGISTRAR}), frozenset({Role.MANAGER})
_NAMES = NamesDraft(("A. B.",), "A", NOW.date(), "carpeta 1")


def _programme(db: Database) -> int:
    with db.read() as connection:
        return int(connection.exec_driver_sql("SELECT id FROM programme WHERE code = 'GREAT'").scalar_one())


def _start(db: Database, acting: ActingUser) -> int:
    """Decide that names are kept; the key of the programme."""
    programme = _programme(db)
    order = AuthorisationDraft("Comisario Inventado", "Jefe", "1-2019")
    name_keeping.start_keeping_names(db, acting, KeepingDraft(programme, "prueba", order, dt.date(2020, 12, 31)))
    return programme


def _decided(db: Database) -> int:
    return _start(db, user(db, Role.MANAGER))


def _kept(db: Database, acting: ActingUser) -> int:
    """Keep a name with a class group, whose key is returned."""
    group = class_group(db)
    _decided(db)
    kept_names.keep_pupil_names(db, acting, group, _NAMES)
    return group


def _forget(db: Database, acting: ActingUser, _folder: Path) -> object:
    _kept(db, user(db, Role.REGISTRAR))
    return kept_names.forget_pupil_name(db, acting, 1)


def _due(db: Database, acting: ActingUser, _folder: Path) -> object:
    _kept(db, user(db, Role.REGISTRAR))
    with Database(db.path, clock=lambda: NOW.replace(year=2021)) as later:
        return name_keeping.purge_due_names(later, acting)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "programmes_with_names": (lambda db, acting, _: name_keeping.programmes_with_names(db, acting), _MANAGER),
    "start_keeping_names": (lambda db, acting, _: _start(db, acting), _MANAGER),
    "stop_keeping_names": (
        lambda db, acting, _: name_keeping.stop_keeping_names(db, acting, _decided(db), "prueba"),
        _MANAGER,
    ),
    "purge_pupil_names": (
        lambda db, acting, _: name_keeping.purge_pupil_names(
            db, acting, (_kept(db, user(db, Role.REGISTRAR)), _programme(db))[1], "prueba"
        ),
        _MANAGER,
    ),
    "names_are_due": (lambda db, acting, _: names_due.names_are_due(db, acting), _REGISTRAR | _MANAGER),
    "purge_due_names": (_due, _REGISTRAR | _MANAGER),
    "kept_names": (lambda db, acting, _: kept_names.kept_names(db, acting, class_group(db)), _REGISTRAR | _MANAGER),
    "keep_pupil_names": (lambda db, acting, _: _kept(db, acting), _REGISTRAR),
    "forget_pupil_name": (_forget, _REGISTRAR),
}
