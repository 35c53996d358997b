"""Names of the pupils of a class group, where its programme keeps them: read by registrars and managers, nobody else.

No list, search, export or count reads them: what is not asked for here is not given anywhere."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import DraftRefused, tidy
from eic_tracker.domain.name_keeping import consent_problems, first_line_that_is_no_name
from eic_tracker.domain.names import sort_key
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.pupil_names import MOST_NAMES
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.name_keeping import without_bytes
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.purging import fold_log
from eic_tracker.store.tables.pupils import PupilName
from eic_tracker.store.transaction import Entry


@dataclass(frozen=True, slots=True)
class NamesDraft:
    """Names of pupils whose guardians consented: the day and the paper of the consent, and the section."""

    names: Sequence[str]
    section: str
    consent_on: dt.date | None
    document: str


@dataclass(frozen=True, slots=True)
class KeptName:
    """A pupil whose name is kept."""

    id: int
    name: str
    section: str
    consent_on: dt.date
    document: str


@dataclass(frozen=True, slots=True)
class KeptNames:
    """What is kept with a class group; `purge_on` None where its programme keeps no names."""

    purge_on: dt.date | None
    names: tuple[KeptName, ...]
    purged: int


_GROUP = """
SELECT g.code, k.id AS keeping, k.purge_on FROM class_group g
LEFT JOIN name_keeping k ON k.programme_id = g.programme_id AND k.ended_on IS NULL AND k.purge_on > ?
WHERE g.id = ?
"""
_NAMES = """
SELECT n.id, n.content, n.consent_on FROM pupil_name n JOIN name_keeping k ON k.id = n.name_keeping_id
WHERE n.class_group_id = ? AND n.content IS NOT NULL AND k.purge_on > ? ORDER BY n.id
"""
_PURGED = "SELECT count(*) FROM pupil_name WHERE class_group_id = ? AND content IS NULL"


def kept_names(db: Database, acting: ActingUser, group: int) -> KeptNames:
    """The names that are kept with a class group; none any more from their purge day on."""
    require(acting, Action.PUPIL_NAMES)
    today = local_date(db.clock())
    with db.read() as connection:
        found = _group(connection, group, today)
        return KeptNames(
            dt.date.fromisoformat(found.purge_on) if found.purge_on else None,
            _names(connection, group, today),
            int(connection.exec_driver_sql(_PURGED, (group,)).scalar_one()),
        )


def keep_pupil_names(db: Database, acting: ActingUser, group: int, draft: NamesDraft) -> int:
    """Keep names with a class group; how many are new.

    Refused where the programme keeps none; UserError where a line holds more than a name; DraftRefused where the
    consent is not noted. The journal says how many, never whose."""
    require(acting, Action.PUPIL_NAMES, Right.YES)
    names = [tidy(name) for name in draft.names if tidy(name)]
    if not 1 <= len(names) <= MOST_NAMES:
        raise UserError(N_("Write from 1 to {most} names, one on each line."), most=MOST_NAMES)
    if (line := first_line_that_is_no_name(names)) is not None:
        raise UserError(
            N_("Line {line} holds more than a name. Only names or initials are kept: no number, telephone or address."),
            line=line,
        )
    with db.write(Entry(actor(acting), "keep_pupil_names", "")) as tx:
        today = local_date(tx.at)
        found = _group(tx.connection, group, today)
        tx.entry = replace(tx.entry, label=found.code)
        if found.keeping is None:
            raise Refused(N_("This programme keeps no names of pupils; a manager decides about that in the settings."))
        if problems := consent_problems(draft.consent_on, draft.document, draft.section, today):
            raise DraftRefused(problems)
        section, document = tidy(draft.section), tidy(draft.document)
        known = {(each.name, each.section) for each in _names(tx.connection, group, today)}
        new = [name for name in dict.fromkeys(names) if (name, section) not in known]
        rows = [
            {
                "name_keeping_id": found.keeping,
                "class_group_id": group,
                "content": _sealed(name, section, document),
                "consent_on": draft.consent_on,
                "recorded_at": tx.at,
            }
            for name in new
        ]
        tx.insert(PupilName, rows)
    return len(new)


def forget_pupil_name(db: Database, acting: ActingUser, key: int) -> str:
    """Take one name out for good, as where a guardian withdraws the consent; the code of its class group.

    Copies of the file that were made before hold it still. This is never undone."""
    require(acting, Action.PUPIL_NAMES, Right.YES)
    with db.write(Entry(actor(acting), "forget_pupil_name", "")) as tx:
        code = tx.connection.exec_driver_sql(
            "SELECT g.code FROM pupil_name n JOIN class_group g ON g.id = n.class_group_id "
            "WHERE n.id = ? AND n.content IS NOT NULL",
            (key,),
        ).scalar()
        if code is None:
            raise UserError(N_("This name is no longer in the file."))
        tx.entry = replace(tx.entry, label=str(code))
        without_bytes(tx, [key])
    fold_log(db.path)
    return str(code)


def _group(connection: Connection, group: int, today: dt.date) -> Row[tuple[object, ...]]:
    row = connection.exec_driver_sql(_GROUP, (today.isoformat(), group)).first()
    if row is None:
        raise UserError(N_("This class group is no longer in the file; its entry was undone."))
    return row


def _names(connection: Connection, group: int, today: dt.date) -> tuple[KeptName, ...]:
    found = []
    for key, content, consent_on in connection.exec_driver_sql(_NAMES, (group, today.isoformat())):
        said = json.loads(content)
        found.append(KeptName(key, said["name"], said["section"], dt.date.fromisoformat(consent_on), said["document"]))
    return tuple(sorted(found, key=lambda each: (each.section, sort_key(each.name), each.id)))


def _sealed(name: str, section: str, document: str) -> bytes:
    """A name as its bytes: with random ones, so that the digest in the journal tells nobody whose it is."""
    said = {"name": name, "section": section, "document": document, "salt": os.urandom(16).hex()}
    return json.dumps(said, ensure_ascii=False).encode()
