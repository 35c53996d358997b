"""The summary sheet of a class group: a small picture without metadata; names on it are blacked out or purged."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AttachmentKind
from eic_tracker.domain.paper_codes import read_group_sheet_code
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.outreach_papers import groups_of_uid
from eic_tracker.services.attachments import Area, Scan, blacked_out, sheet_picture
from eic_tracker.services.scan_codes import codes_in_scan
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.purging import fold_log
from eic_tracker.store.tables.documents import Attachment
from eic_tracker.store.transaction import Entry, Tx

_GONE = N_("This summary sheet is no longer in the file.")


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """A sheet that was attached; `purged` where it held names and its bytes are gone."""

    id: int
    attached_at: dt.datetime
    purged: bool


def attach_summary_sheet(db: Database, acting: ActingUser, group: int, scan: Scan) -> int:
    """Attach the summary sheet of a class group; its key, or that of the very same one that is attached already.

    UserError where it is no picture or one-page PDF, damaged or too large; Refused where the group is not one's own,
    or the code on the sheet says that it is another's."""
    require(acting, Action.CLASS_GROUPS)
    content = sheet_picture(scan)
    printed = [start for page in codes_in_scan(scan) for text in page if (start := read_group_sheet_code(text))]
    digest = hashlib.sha256(content).hexdigest()
    with db.write(Entry(actor(acting), "attach_summary_sheet", "")) as tx:
        tx.entry = replace(tx.entry, label=_own_group(tx.connection, acting, group))
        _check_code(tx.connection, scan, printed, group)
        known = tx.connection.exec_driver_sql(
            "SELECT id FROM attachment WHERE class_group_id = ? AND sha256 = ? AND content IS NOT NULL", (group, digest)
        ).scalar()
        if known is not None:
            return int(known)
        return tx.insert(Attachment, [_row(tx, group, content)])[0]


def summary_sheets(db: Database, acting: ActingUser, group: int) -> tuple[SummarySheet, ...]:
    """The sheets of a class group, the oldest first."""
    require(acting, Action.CLASS_GROUPS)
    with db.read() as connection:
        _own_group(connection, acting, group)
        rows = connection.exec_driver_sql(
            "SELECT id, recorded_at, content IS NULL FROM attachment "
            "WHERE class_group_id = ? AND kind = 'summary_sheet' ORDER BY id",
            (group,),
        )
        return tuple(
            SummarySheet(key, dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC), bool(purged))
            for key, at, purged in rows
        )


def summary_sheet(db: Database, acting: ActingUser, key: int) -> bytes:
    """The picture of a sheet; UserError where it is gone or was purged."""
    require(acting, Action.CLASS_GROUPS)
    with db.read() as connection:
        group, content = _sheet(connection, key)
        _own_group(connection, acting, group)
        return content


def purge_summary_sheet(db: Database, acting: ActingUser, key: int) -> str:
    """Mark a sheet as holding names and take its bytes out of the file for good; the code of its group.

    Copies of the file that were made before keep them. This is never undone."""
    require(acting, Action.CLASS_GROUPS, Right.YES)
    with db.write(Entry(actor(acting), "purge_summary_sheet", "")) as tx:
        group, _ = _sheet(tx.connection, key)
        code = _own_group(tx.connection, acting, group)
        tx.entry = replace(tx.entry, label=code)
        _purge(tx, key)
    fold_log(db.path)
    return code


def black_out_summary_sheet(db: Database, acting: ActingUser, key: int, areas: Sequence[Area]) -> int:
    """Replace a sheet by one with areas painted black, and take the old picture out for good; the new one's key.

    The journal says that it was done, not where nor what was there. Copies of the file made before keep the old one.
    This is never undone. UserError where no area is named, or one lies outside the sheet."""
    require(acting, Action.CLASS_GROUPS, Right.YES)
    if not areas:
        raise UserError(N_("No place is marked yet: mark what is to be blacked out."))
    with db.write(Entry(actor(acting), "black_out_summary_sheet", "")) as tx:
        group, picture = _sheet(tx.connection, key)
        tx.entry = replace(tx.entry, label=_own_group(tx.connection, acting, group))
        _purge(tx, key)
        new = tx.insert(Attachment, [_row(tx, group, blacked_out(picture, areas))])[0]
    fold_log(db.path)
    return new


def _check_code(connection: Connection, scan: Scan, printed: Sequence[str], group: int) -> None:
    """Refuse a sheet that is printed for another class group of this file, however it was named."""
    others = [key for start in printed for key in groups_of_uid(connection, start) if key != group]
    if others:
        code = connection.exec_driver_sql("SELECT code FROM class_group WHERE id = ?", (others[0],)).scalar_one()
        raise Refused(
            N_("{name} is the sheet of class group {code}; nothing was attached. Attach it there."),
            name=scan.name,
            code=code,
        )


def _purge(tx: Tx, key: int) -> None:
    """The bytes go, what was attached and why it went stays."""
    tx.update(Attachment, {key: {"holds_names": True, "purge_on": local_date(tx.at), "content": None}})


def _row(tx: Tx, group: int, content: bytes) -> dict[str, Any]:
    return {
        "uid": tx.new_uid(),
        "kind": AttachmentKind.SUMMARY_SHEET,
        "class_group_id": group,
        "media_type": "image/jpeg",
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
        "recorded_at": tx.at,
    }


def _sheet(connection: Connection, key: int) -> tuple[int, bytes]:
    row = connection.exec_driver_sql(
        "SELECT class_group_id, content FROM attachment WHERE id = ? AND kind = 'summary_sheet'", (key,)
    ).first()
    if row is None or row.content is None:
        raise UserError(_GONE)
    return row.class_group_id, bytes(row.content)


def _own_group(connection: Connection, acting: ActingUser, group: int) -> str:
    """The code of a class group whose papers the user may see."""
    code = connection.exec_driver_sql("SELECT code FROM class_group WHERE id = ?", (group,)).scalar()
    if code is None:
        raise UserError(N_("This class group is no longer in the file; its entry was undone."))
    own = connection.exec_driver_sql(
        "SELECT 1 FROM class_officer WHERE class_group_id = ? AND instructor_id = ?", (group, acting.instructor_id)
    ).first()
    if require(acting, Action.CLASS_GROUPS) is not Right.YES and own is None:
        raise Refused(N_("You may not enter class groups of others: name yourself among their officers."))
    return str(code)
