"""The use-cases of closed quarters, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.closed_quarters import read_closed_quarters
from eic_tracker.services import quarters
from eic_tracker.store.database import Database
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.transaction import Actor, Entry

UseCase = Callable[[Database, ActingUser, Path], object]

_QUARTER = parse_period("2018Q4")


def _close(db: Database, acting: ActingUser, folder: Path) -> object:
    out = folder / "sent"
    return quarters.close_quarter(db, acting, _QUARTER, out, t=Translator(Language.ES), today=dt.date(2019, 1, 2))


def _closed(db: Database) -> None:
    with db.write(Entry(Actor("test"), "close_quarter", "2018Q4")) as tx:
        tx.insert(ClosedQuarter, [{"period": "2018Q4", "closed_at": tx.at}])


def _reopen(db: Database, acting: ActingUser, _folder: Path) -> object:
    _closed(db)
    quarters.reopen_quarter(db, acting, _QUARTER, "figure of a course was wrong")
    return None


def _show(db: Database, acting: ActingUser, _folder: Path) -> object:
    _closed(db)
    return quarters.show_quarter(db, acting, _QUARTER)


def _tables(db: Database, acting: ActingUser, _folder: Path) -> object:
    _closed(db)
    with db.read() as connection:
        quarter = read_closed_quarters(connection)[_QUARTER]
    return quarters.frozen_tables(db, acting, quarter)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "close_quarter": (_close, frozenset({Role.MANAGER})),
    "reopen_quarter": (_reopen, frozenset({Role.ADMINISTRATOR})),
    "frozen_tables": (_tables, frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})),
    "show_quarter": (_show, frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})),
}
