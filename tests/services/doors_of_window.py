"""What the window reads and lets out (lists, records, search, exports), and who may do each."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import ReportKind, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.reports.view_paper import ViewColumn
from eic_tracker.services import exports, history_names, letters, listings, papers, profiles, search, users
from eic_tracker.store.database import Database

UseCase = Callable[[Database, ActingUser, Path], object]

EVERYBODY = frozenset(Role)
READERS_OF_PEOPLE = EVERYBODY - {Role.ADMINISTRATOR}
TODAY = dt.date(2019, 1, 4)
T = Translator(Language.ES)


def _told(read: UseCase) -> UseCase:
    """A record that is not there for this user is told as missing, which is no refusal of the reading itself."""

    def tried(db: Database, acting: ActingUser, folder: Path) -> object:
        try:
            return read(db, acting, folder)
        except Refused:
            raise
        except UserError:
            return None

    return tried


def _view(keys: array[int]) -> exports.ViewAsked:
    return exports.ViewAsked("people", keys, "People", (ViewColumn("Name"),), lambda row: (row.surnames,), (), "1")


def _noted(db: Database, acting: ActingUser) -> int:
    return exports.note_export(db, acting, "view of people", 1, None)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "list_keys": (lambda db, acting, _: listings.list_keys(db, acting, "people", Request()), READERS_OF_PEOPLE),
    "list_rows": (lambda db, acting, _: listings.list_rows(db, acting, "people", [1]), READERS_OF_PEOPLE),
    "list_choices": (lambda db, acting, _: listings.list_choices(db, acting, "people", "sex"), READERS_OF_PEOPLE),
    "person_profile": (
        _told(lambda db, acting, _: profiles.person_profile(db, acting, 1, TODAY)),
        READERS_OF_PEOPLE,
    ),
    "offering_detail": (_told(lambda db, acting, _: profiles.offering_detail(db, acting, 1, TODAY)), EVERYBODY),
    "course_detail": (_told(lambda db, acting, _: profiles.course_detail(db, acting, 1, TODAY)), EVERYBODY),
    "instructor_detail": (
        _told(lambda db, acting, _: profiles.instructor_detail(db, acting, 1, TODAY)),
        READERS_OF_PEOPLE,
    ),
    "certificate_detail": (
        _told(lambda db, acting, _: profiles.certificate_detail(db, acting, 1, TODAY)),
        READERS_OF_PEOPLE,
    ),
    "search": (lambda db, acting, _: search.search(db, acting, "jose"), EVERYBODY),
    "named_entry": (_told(lambda db, acting, _: history_names.named_entry(db, acting, 1)), EVERYBODY),
    "letter_use": (lambda db, acting, _: letters.letter_use(db, acting, 1), EVERYBODY - {Role.INSTRUCTOR}),
    "preview_report": (
        lambda db, acting, _: papers.preview_report(
            db, acting, ReportKind.QUARTERLY, parse_period("2018Q4"), t=T, today=TODAY
        ),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "report_parts": (
        lambda db, acting, _: papers.report_parts(
            db, acting, ReportKind.QUARTERLY, parse_period("2018Q4"), t=T, today=TODAY
        ),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "report_data": (
        lambda db, acting, _: papers.report_data(db, acting, ReportKind.ANNUAL, parse_period("2018"), t=T, today=TODAY),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "save_report": (
        lambda db, acting, folder: papers.save_report(
            db, acting, ReportKind.ANNUAL, parse_period("2018"), folder / "year.docx", t=T, today=TODAY
        ),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "save_rollup": (
        lambda db, acting, folder: papers.save_rollup(
            db, acting, parse_period("2018Q4"), folder / "rollup.xlsx", t=T, today=TODAY, audience="school"
        ),
        EVERYBODY - {Role.INSTRUCTOR},
    ),
    "instructors_to_choose": (
        lambda db, acting, _: users.instructors_to_choose(db, acting),
        frozenset({Role.ADMINISTRATOR}),
    ),
    "note_export": (lambda db, acting, _: _noted(db, acting), READERS_OF_PEOPLE),
    "read_cells": (
        lambda db, acting, _: list(exports.read_cells(db, acting, _view(array("q", [1])), _noted(db, acting))),
        READERS_OF_PEOPLE,
    ),
    "leaving": (lambda db, acting, _: exports.leaving(db, acting, "people", [1], ()), READERS_OF_PEOPLE),
    "write_view": (
        lambda db, acting, folder: exports.write_view(
            db, acting, _view(array("q", [1])), folder / "view.xlsx", t=T, note=_noted(db, acting)
        ),
        READERS_OF_PEOPLE,
    ),
    "view_paper": (
        lambda db, acting, _: exports.view_paper(db, acting, _view(array("q", [1])), t=T, note=_noted(db, acting)),
        READERS_OF_PEOPLE,
    ),
}

JOURNALLED_AS = dict.fromkeys(("note_export", "read_cells", "write_view", "view_paper"), "export_view")
