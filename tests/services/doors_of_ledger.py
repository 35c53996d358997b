"""The use-cases of published figures and historical totals, and who may do each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import entering_totals, ledger_sheet, published_figures
from eic_tracker.store.database import Database
from tests.services.doors_of_reports import scan
from tests.services.school import user
from tests.services.test_published_figures import FIGURE, PAPER, TODAY, TOTAL, add

UseCase = Callable[[Database, ActingUser, Path], object]

_ENTER = frozenset({Role.REGISTRAR, Role.MANAGER})
_APPROVE = frozenset({Role.MANAGER})
_READ = frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR})
_CAUSE = {"kind": "documented", "amount": "2", "label": "Dos"}


def _entered(db: Database) -> str:
    return add(db, user(db, Role.REGISTRAR))


def _explained(db: Database) -> int:
    draft = published_figures.ExplanationDraft(_entered(db), _CAUSE, PAPER, "1")
    return published_figures.explain_figure(db, user(db, Role.REGISTRAR), draft)


def _total(db: Database) -> int:
    draft = entering_totals.TotalDraft(TOTAL, PAPER, "7")
    return entering_totals.add_total(db, user(db, Role.REGISTRAR), draft)


def _source_scan(db: Database, acting: ActingUser, _folder: Path) -> object:
    key = _entered(db)
    published_figures.attach_source(db, user(db, Role.REGISTRAR), key, scan())
    return published_figures.source_scan(db, acting, key)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "published_form": (lambda db, acting, _: published_figures.published_form(db, acting, None), _ENTER),
    "save_published": (
        lambda db, acting, _: published_figures.save_published(db, acting, published_figures.PublishedDraft(FIGURE)),
        _ENTER,
    ),
    "approve_published": (
        lambda db, acting, _: published_figures.approve_published(db, acting, _entered(db)),
        _APPROVE,
    ),
    "attach_source": (
        lambda db, acting, _: published_figures.attach_source(db, acting, _entered(db), scan()),
        _ENTER,
    ),
    "source_scan": (_source_scan, _READ),
    "waiting_figures": (lambda db, acting, _: published_figures.waiting_figures(db, acting), _READ),
    "explain_figure": (
        lambda db, acting, _: published_figures.explain_figure(
            db, acting, published_figures.ExplanationDraft(_entered(db), _CAUSE, PAPER, "1")
        ),
        _ENTER,
    ),
    "approve_explanation": (
        lambda db, acting, _: published_figures.approve_explanation(db, acting, _explained(db)),
        _APPROVE,
    ),
    "withdraw_explanation": (
        lambda db, acting, _: published_figures.withdraw_explanation(db, acting, _explained(db), "no vale"),
        _ENTER,
    ),
    "add_total": (
        lambda db, acting, _: entering_totals.add_total(db, acting, entering_totals.TotalDraft(TOTAL, PAPER, "7")),
        _ENTER,
    ),
    "programmes_of_totals": (lambda db, acting, _: entering_totals.programmes_of_totals(db, acting), _ENTER),
    "courses_of_total": (lambda db, acting, _: entering_totals.courses_of_total(db, acting, _total(db)), _READ),
    "link_courses": (
        lambda db, acting, _: entering_totals.link_courses(db, acting, _total(db), []),
        frozenset({Role.REGISTRAR}),
    ),
    "ledger_sheet": (
        lambda db, acting, _: ledger_sheet.ledger_sheet(db, acting, t=Translator(Language.ES), as_of=TODAY),
        _READ,
    ),
    "write_ledger_sheet": (
        lambda db, acting, folder: ledger_sheet.write_ledger_sheet(
            db, acting, folder / "sheet.pdf", t=Translator(Language.ES), as_of=TODAY
        ),
        _READ,
    ),
}
