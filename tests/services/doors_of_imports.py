"""The use-cases of lists that come in and of records that are one person, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import (
    comparing,
    duplicates,
    import_people,
    known_texts,
    list_imports,
    list_review,
    list_sources,
    merging,
    pending_rows,
    reading_lists,
    text_mapping,
    whole_workbook,
)
from eic_tracker.services.import_people import ImportDraft
from eic_tracker.services.list_sources import ListSource, ReviewRequest
from eic_tracker.services.merging import MergeDraft
from eic_tracker.services.reading_lists import ListRequest
from eic_tracker.store.database import Database
from tests.services.lists_at_hand import error, person_row, read_list
from tests.services.school import user

UseCase = Callable[[Database, ActingUser, Path], object]

_REGISTRAR = frozenset({Role.REGISTRAR})
_READERS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})
_LIST = Path(__file__).parents[1] / "data" / "lists" / "lista-ministerio-publico.csv"
_READ = read_list(person_row(2, "Ana", "Inventada Seis", "0801199500006"))
_PASTED = ListSource("pasted", text="DNI\tNombres\tApellidos\n0801199500006\tAna\tInventada Seis\n")
_RANK = {"name": "Alguno", "position": 99}
_TODAY = dt.date(2018, 12, 31)


def _import(db: Database, acting: ActingUser, _folder: Path) -> object:
    seen = list_review.review_list(db, user(db, Role.REGISTRAR), _READ)
    return import_people.import_list(db, acting, ImportDraft(seen))


def _store(db: Database, acting: ActingUser, _folder: Path) -> object:
    seen = list_review.review_list(db, user(db, Role.REGISTRAR), _READ)
    return list_sources.store_list(db, acting, ImportDraft(seen), from_file=False)


def _unmerge(db: Database, acting: ActingUser, _folder: Path) -> object:
    merging.merge_people(db, user(db, Role.REGISTRAR), MergeDraft(1, 2, frozenset()))
    return merging.unmerge_people(db, acting, 2, "two people after all")


def _left_out(db: Database) -> list_review.Review:
    lost = read_list(person_row(2, "Ana", "Inventada Seis", problems=(error(),)))
    return list_review.review_list(db, user(db, Role.REGISTRAR), lost)


def _open_pending(db: Database, acting: ActingUser, _folder: Path) -> object:
    import_people.import_list(db, user(db, Role.REGISTRAR), ImportDraft(_left_out(db)))
    return pending_rows.open_pending(db, acting, 1)


def _export_left_out(db: Database, acting: ActingUser, folder: Path) -> object:
    return pending_rows.export_left_out(db, acting, _left_out(db), folder / "fuera.xlsx", t=Translator(Language.ES))


def _whole(db: Database) -> whole_workbook.WholeRequest:
    opened = whole_workbook.open_whole(db, user(db, Role.REGISTRAR), _LIST)
    return replace(opened, said={opened.sheets[0].name: {"number": "001-2019"}})


def _import_whole(db: Database, acting: ActingUser, _folder: Path) -> object:
    seen = whole_workbook.review_whole(db, user(db, Role.REGISTRAR), _whole(db), _TODAY)
    return whole_workbook.import_whole(db, acting, seen, None, copy=False)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "compare_list": (
        lambda db, acting, _: comparing.compare_list(db, acting, ["Ana Paz"]),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "lines_of_list": (lambda db, acting, _: comparing.lines_of_list(db, acting, "Ana Paz", "", _TODAY), _READERS),
    "lines_of_file": (lambda db, acting, _: comparing.lines_of_file(db, acting, _LIST, _TODAY), _READERS),
    "courses_to_compare": (lambda db, acting, _: comparing.courses_to_compare(db, acting), _READERS),
    "duplicates_of": (lambda db, acting, _: duplicates.duplicates_of(db, acting, 1), _REGISTRAR),
    "open_pairs": (lambda db, acting, _: duplicates.open_pairs(db, acting, [(1, 2)]), _REGISTRAR),
    "find_duplicates": (lambda db, acting, _: duplicates.find_duplicates(db, acting), _REGISTRAR),
    "import_list": (_import, _REGISTRAR),
    "known_texts": (lambda db, acting, _: known_texts.known_texts(db, acting), _REGISTRAR),
    "review_list": (lambda db, acting, _: list_review.review_list(db, acting, _READ), _REGISTRAR),
    "offering_of_code": (lambda db, acting, _: list_review.offering_of_code(db, acting, "001-2019"), _REGISTRAR),
    "list_imports": (lambda db, acting, _: list_imports.list_imports(db, acting), _REGISTRAR),
    "merge_preview": (lambda db, acting, _: merging.merge_preview(db, acting, 1, 2), _REGISTRAR),
    "merge_people": (
        lambda db, acting, _: merging.merge_people(db, acting, MergeDraft(1, 2, frozenset())),
        _REGISTRAR,
    ),
    "unmerge_people": (_unmerge, _REGISTRAR),
    "tell_apart": (lambda db, acting, _: merging.tell_apart(db, acting, 1, 2), _REGISTRAR),
    "person_meant": (lambda db, acting, _: merging.person_meant(db, acting, "1"), _REGISTRAR),
    "read_file": (
        lambda db, acting, _: reading_lists.read_file(db, acting, ListRequest(_LIST, "people"), _TODAY),
        _REGISTRAR,
    ),
    "open_list": (lambda db, acting, _: list_sources.open_list(db, acting, _LIST), _REGISTRAR),
    "review_source": (
        lambda db, acting, _: list_sources.review_source(db, acting, ReviewRequest(_PASTED, 2), _TODAY),
        _REGISTRAR,
    ),
    "pending_lists": (lambda db, acting, _: pending_rows.pending_lists(db, acting, 2), _REGISTRAR),
    "open_pending": (_open_pending, _REGISTRAR),
    "needs_reason": (lambda db, acting, _: pending_rows.needs_reason(db, acting, _left_out(db)), _REGISTRAR),
    "export_left_out": (_export_left_out, _REGISTRAR),
    "store_list": (_store, _REGISTRAR),
    "open_whole": (lambda db, acting, _: whole_workbook.open_whole(db, acting, _LIST), _REGISTRAR),
    "review_whole": (
        lambda db, acting, _: whole_workbook.review_whole(db, acting, _whole(db), _TODAY),
        _REGISTRAR,
    ),
    "import_whole": (_import_whole, _REGISTRAR),
    "course_words": (lambda db, acting, _: whole_workbook.course_words(db, acting), _REGISTRAR),
    "unmapped_texts": (lambda db, acting, _: text_mapping.unmapped_texts(db, acting), _REGISTRAR),
    "map_to_new_item": (
        lambda db, acting, _: text_mapping.map_to_new_item(
            db, acting, "rank", "Alguno", {"name": "Alguno", "position": 99}
        ),
        _REGISTRAR,
    ),
    "map_text": (lambda db, acting, _: text_mapping.map_text(db, acting, "unit", "Alguna", 1), _REGISTRAR),
}

JOURNALLED_AS = {
    "export_left_out": "export_view",
    "map_to_new_item": "map_text",
    "store_list": "import_list",
    "import_whole": "import_workbook",
    "merge_people": "merge_participants",
    "unmerge_people": "undo",
}
