"""The use-cases of the register, of past diplomas and of signatories, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import (
    certificates,
    delivery_list,
    monthly_certificates,
    number_series,
    paper_book_import,
    paper_books,
    paper_corrections,
    register_pages,
    register_view,
    school_settings,
    signatories,
)
from eic_tracker.services.exports import note_export
from eic_tracker.store.database import Database
from tests.services.registered import fill_register
from tests.services.school import PASSPHRASE, user
from tests.services.test_paper_books import DIPLOMA, TABLE

UseCase = Callable[[Database, ActingUser, Path], object]

_T = Translator(Language.ES)
_READERS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})
_NO_INSTRUCTOR = frozenset(Role) - {Role.INSTRUCTOR}
_REGISTRAR, _MANAGER = frozenset({Role.REGISTRAR}), frozenset({Role.MANAGER})
_LISTS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR})
_WHOLE = register_pages.PagesAsked()
_DAY = dt.date(2018, 11, 30)
_TODAY = dt.date(2018, 12, 31)


def _note(db: Database, acting: ActingUser) -> int | None:
    return note_export(db, acting, "register", 50, None) if acting.role in _READERS else None


def _filled(work: Callable[[Database, ActingUser], object]) -> UseCase:
    def use_case(db: Database, acting: ActingUser, _folder: Path) -> object:
        fill_register(db)
        register_pages.freeze_pages(db, user(db, Role.REGISTRAR), _WHOLE)
        return work(db, acting)

    return use_case


def _freeze(db: Database, acting: ActingUser, _folder: Path) -> object:
    fill_register(db)
    return register_pages.freeze_pages(db, acting, _WHOLE)


def _waiting(db: Database) -> int:
    return paper_books.add_paper_diploma(db, user(db, Role.REGISTRAR), DIPLOMA).id


def _link(db: Database, acting: ActingUser, _folder: Path) -> object:
    key = _waiting(db)
    paper_books.approve_paper_diplomas(db, user(db, Role.MANAGER), [key])
    return paper_books.link_paper_diploma(db, acting, key, "0801199000001", "007-2018")


def _import(db: Database, acting: ActingUser, folder: Path) -> object:
    path = folder / "libro.csv"
    path.write_text(TABLE, encoding="utf-8")
    return paper_book_import.import_paper_books(db, acting, path, _TODAY)


def _approved(db: Database) -> None:
    certificates.prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
    certificates.approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=_T, passphrase=PASSPHRASE)


def _change_settings(db: Database, acting: ActingUser, _folder: Path) -> object:
    now = school_settings.school_settings(db, user(db, Role.ADMINISTRATOR))
    return school_settings.change_settings(db, acting, replace(now, check_telephone="2770-0000"))


def _list(db: Database, acting: ActingUser, _folder: Path) -> object:
    _approved(db)
    return delivery_list.delivery_list(db, acting, 1)


def _list_leaving(db: Database, acting: ActingUser, _folder: Path) -> object:
    _approved(db)
    return delivery_list.delivery_list_leaving(db, acting, 1)


def _list_paper(db: Database, acting: ActingUser, _folder: Path) -> object:
    _approved(db)
    return delivery_list.delivery_list_paper(db, acting, 1, t=_T, note=_note(db, acting))


def _end_absence(db: Database, acting: ActingUser, _folder: Path) -> object:
    signatories.set_absence(db, user(db, Role.MANAGER), signatories.AbsenceDraft(1, _DAY, None, "Permiso"))
    return signatories.end_absence(db, acting, 1, _TODAY)


_SERIES = number_series.SeriesStart("EIC", 2020, 7, "Libro de papel")
_SIGNATORY = signatories.SignatoryDraft("", "Ana Inventada", "Directora", _DAY)

USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "register_books": (_filled(register_pages.register_books), _NO_INSTRUCTOR),
    "freeze_pages": (_freeze, _REGISTRAR),
    "close_book": (_filled(lambda db, acting: register_pages.close_book(db, acting, "1")), _REGISTRAR),
    "register_sheets": (_filled(lambda db, acting: register_pages.register_sheets(db, acting, _WHOLE)), _READERS),
    "register_pdf": (
        _filled(lambda db, acting: register_pages.register_pdf(db, acting, _WHOLE, t=_T, note=_note(db, acting))),
        _READERS,
    ),
    "check_register": (
        _filled(lambda db, acting: register_pages.check_register(db, acting, ["X"], _WHOLE)),
        _NO_INSTRUCTOR,
    ),
    "paper_diplomas": (lambda db, acting, _: paper_books.paper_diplomas(db, acting), _READERS),
    "add_paper_diploma": (lambda db, acting, _: paper_books.add_paper_diploma(db, acting, DIPLOMA), _REGISTRAR),
    "approve_paper_diplomas": (
        lambda db, acting, _: paper_books.approve_paper_diplomas(db, acting, [_waiting(db)]),
        _MANAGER,
    ),
    "link_paper_diploma": (_link, _REGISTRAR),
    "withdraw_paper_diploma": (
        lambda db, acting, _: paper_books.withdraw_paper_diploma(db, acting, _waiting(db), "Error"),
        _REGISTRAR,
    ),
    "import_paper_books": (_import, _REGISTRAR),
    "check_numbers": (_filled(number_series.check_numbers), _NO_INSTRUCTOR),
    "numbers_pdf": (_filled(lambda db, acting: number_series.numbers_pdf(db, acting, t=_T)), _NO_INSTRUCTOR),
    "start_series": (lambda db, acting, _: number_series.start_series(db, acting, _SERIES), _MANAGER),
    "month_of_certificates": (
        lambda db, acting, _: monthly_certificates.month_of_certificates(db, acting, _DAY, _TODAY),
        _READERS,
    ),
    "monthly_report": (
        lambda db, acting, _: monthly_certificates.monthly_report(db, acting, _DAY, t=_T, today=_TODAY),
        _READERS,
    ),
    "book_view": (_filled(lambda db, acting: register_view.book_view(db, acting, 1)), _NO_INSTRUCTOR),
    "folio_entries": (_filled(lambda db, acting: register_view.folio_entries(db, acting, 1)), _READERS),
    "correct_paper_diploma": (
        lambda db, acting, _: paper_corrections.correct_paper_diploma(
            db, acting, _waiting(db), replace(DIPLOMA, name="Otro Nombre")
        ),
        _REGISTRAR,
    ),
    "register_leaving": (_filled(lambda db, acting: register_pages.register_leaving(db, acting, _WHOLE)), _READERS),
    "school_settings": (lambda db, acting, _: school_settings.school_settings(db, acting), _NO_INSTRUCTOR),
    "change_settings": (_change_settings, frozenset({Role.ADMINISTRATOR})),
    "delivery_list": (_list, _READERS),
    "delivery_list_paper": (_list_paper, _READERS),
    "delivery_list_leaving": (_list_leaving, _READERS),
    "list_signatories": (lambda db, acting, _: signatories.list_signatories(db, acting), _NO_INSTRUCTOR),
    "signers_of_day": (lambda db, acting, _: signatories.signers_of_day(db, acting, _DAY), _NO_INSTRUCTOR),
    "add_signatory": (lambda db, acting, _: signatories.add_signatory(db, acting, _SIGNATORY), _LISTS),
    "end_signatory": (lambda db, acting, _: signatories.end_signatory(db, acting, 1, _DAY), _LISTS),
    "set_absence": (
        lambda db, acting, _: signatories.set_absence(db, acting, signatories.AbsenceDraft(1, _DAY, None, "Permiso")),
        _LISTS,
    ),
    "end_absence": (_end_absence, _LISTS),
}

JOURNALLED_AS = {
    "freeze_pages": "print_register",
    "close_book": "close_register_book",
    "add_paper_diploma": "record_paper_diploma",
    "import_paper_books": "record_paper_diplomas",
}
