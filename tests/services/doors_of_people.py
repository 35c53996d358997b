"""The use-cases of people entered and changed by hand, and who may do each."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.person_form import NEW_PERSON, PersonDraft
from eic_tracker.services import person_editing
from eic_tracker.services.attachments import Scan
from eic_tracker.store.database import Database
from tests.services.school import user

UseCase = Callable[[Database, ActingUser, Path], object]

_REGISTRAR = frozenset({Role.REGISTRAR})
_NEW = PersonDraft({**NEW_PERSON, "surnames": "Inventada Seis", "given_names": "Ana"})
_PASSPORT = {"document_number": "F123456", "document_kind": "passport", "document_country": "HND"}


def _picture() -> Scan:
    content = io.BytesIO()
    Image.new("RGB", (30, 40)).save(content, "PNG")
    return Scan("photo.png", content.getvalue())


def _drop(db: Database, acting: ActingUser, _folder: Path) -> object:
    key = person_editing.add_document(db, user(db, Role.REGISTRAR), 1, _PASSPORT)
    person_editing.drop_document(db, acting, key)
    return None


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "person_form": (lambda db, acting, _: person_editing.person_form(db, acting, 1), _REGISTRAR),
    "save_person": (lambda db, acting, _: person_editing.save_person(db, acting, _NEW), _REGISTRAR),
    "add_document": (lambda db, acting, _: person_editing.add_document(db, acting, 1, _PASSPORT), _REGISTRAR),
    "drop_document": (_drop, _REGISTRAR),
    "photo_of": (
        lambda db, acting, _: person_editing.photo_of(db, acting, 1),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "add_photo": (lambda db, acting, _: person_editing.add_photo(db, acting, 1, _picture()), _REGISTRAR),
    "remove_photo": (lambda db, acting, _: person_editing.remove_photo(db, acting, 1), _REGISTRAR),
}

JOURNALLED_AS = {"save_person": "record_person"}
