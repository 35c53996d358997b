"""A new file: schema, reference lists, published figures, the first administrator."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.reference_lists import import_reference_lists
from eic_tracker.services.sign_in import check_login, hash_password
from eic_tracker.store.database import Database
from eic_tracker.store.files import building
from eic_tracker.store.migrate import create_file
from eic_tracker.store.tables.reference import Setting
from eic_tracker.store.tables.users import FileInfo, FileKind, User
from eic_tracker.store.transaction import Actor, Entry

LETTERHEAD = (
    "República de Honduras",
    "Secretaría de Seguridad",
    "Dirección General de Policía Nacional",
    "Universidad Nacional de la Policía de Honduras",
)
"""The heading above the school's name on the school's own papers; a setting that the school can change."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """What a new file needs to know; the password is kept as an argon2id hash only."""

    school: str
    login: str
    full_name: str
    password: str


def make_file(path: Path, draft: NewFile) -> None:
    """Make a school's file at `path`, whole or not at all; FileProblem when something is there already."""
    if path.exists():
        raise FileProblem(N_("{file} exists already. It was left as it is; choose another name."), file=path)
    if not draft.school.strip():
        raise UserError(N_("The school needs a name; it stands on every paper."))
    check_login(draft.login, draft.full_name)
    password_hash = hash_password(draft.password, draft.login)
    with building(path) as part:
        create_file(part)
        with Database(part) as db:
            with db.write(Entry(Actor("init"), "make_file", draft.school)) as tx:
                tx.insert(FileInfo, [{"uid": tx.new_uid(), "kind": FileKind.SCHOOL, "created_at": tx.at}])
                tx.insert(
                    User,
                    [
                        {
                            "uid": tx.new_uid(),
                            "login": draft.login,
                            "full_name": draft.full_name,
                            "role": Role.ADMINISTRATOR,
                            "password_hash": password_hash,
                        }
                    ],
                )
            with db.write(Entry(Actor("init"), "import_reference_lists", "reference lists")) as tx:
                import_reference_lists(tx)
                tx.insert(
                    Setting,
                    [{"name": "school.letterhead", "value": json.dumps([*LETTERHEAD, draft.school])}],
                )
