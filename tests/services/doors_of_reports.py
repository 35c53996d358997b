"""The use-cases of what goes with periodic reports, and who may do each."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image

from eic_tracker.domain.codes import ReportKind, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.closed_quarters import FrozenPaper
from eic_tracker.queries.periodic_reports import ReportOffice
from eic_tracker.services import quarters, report_office
from eic_tracker.services.attachments import Scan
from eic_tracker.store.database import Database
from tests.services.school import user

UseCase = Callable[[Database, ActingUser, Path], object]

_QUARTER = parse_period("2018Q4")
_KIND = ReportKind.QUARTERLY
_T = Translator(Language.ES)
_READERS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})
_MANAGERS = frozenset({Role.MANAGER})


def scan() -> Scan:
    """A page as a scanner gives it."""
    target = io.BytesIO()
    Image.new("RGB", (400, 500), "white").save(target, "PNG")
    return Scan("stamped.png", target.getvalue())


def _sent(db: Database) -> None:
    draft = ReportOffice(_KIND, _QUARTER, sent_on=dt.date(2018, 12, 30))
    report_office.save_report_office(db, user(db, Role.MANAGER), draft)


def _file(db: Database, acting: ActingUser, _folder: Path) -> object:
    _sent(db)
    return report_office.file_stamped_copy(db, acting, _KIND, _QUARTER, scan())


def _see(db: Database, acting: ActingUser, _folder: Path) -> object:
    _sent(db)
    key = report_office.file_stamped_copy(db, user(db, Role.MANAGER), _KIND, _QUARTER, scan())
    return report_office.stamped_copy(db, acting, key)


def _ready(db: Database, acting: ActingUser, folder: Path) -> object:
    return quarters.ready_papers(db, acting, _QUARTER, folder / "sent", t=_T, today=dt.date(2019, 1, 2))


def _freeze(db: Database, acting: ActingUser, folder: Path) -> object:
    made = quarters.ready_papers(db, user(db, Role.MANAGER), _QUARTER, folder / "sent", t=_T, today=dt.date(2019, 1, 2))
    return quarters.freeze_quarter(db, acting, made)


def _save_frozen(db: Database, acting: ActingUser, folder: Path) -> object:
    paper = FrozenPaper(99, "2018Q4.pdf", "application/pdf", "", None, dt.datetime(2019, 1, 2, tzinfo=dt.UTC))
    try:
        quarters.save_frozen_paper(db, acting, paper, folder / "again.pdf")
    except UserError as problem:
        if type(problem) is not UserError:
            raise
    return None


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "report_form": (lambda db, acting, _: report_office.report_form(db, acting, _KIND, _QUARTER), _READERS),
    "save_report_office": (
        lambda db, acting, _: report_office.save_report_office(
            db, acting, replace(ReportOffice(_KIND, _QUARTER), number="1")
        ),
        _MANAGERS,
    ),
    "file_stamped_copy": (_file, _MANAGERS),
    "stamped_copy": (_see, _READERS),
    "ready_papers": (_ready, _MANAGERS),
    "freeze_quarter": (_freeze, _MANAGERS),
    "closed_quarters": (lambda db, acting, _: quarters.closed_quarters(db, acting), _READERS | {Role.ADMINISTRATOR}),
    "save_frozen_paper": (_save_frozen, _READERS),
}
