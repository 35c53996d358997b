"""Printing certificates: every file stands whole on the disk before the issue is recorded, all of them or none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.domain.codes import CertificateKind, CertificateStatus, TemplateKind
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.certificate_facts import CertificateFacts, facts_of_snapshot
from eic_tracker.reports.certificate_pdf import Looks, certificates_pdf
from eic_tracker.reports.ready_made import ready_made, ready_made_of
from eic_tracker.reports.template_pdf import PrintOptions
from eic_tracker.services.certificates import offering_of_code
from eic_tracker.services.sign_in import actor
from eic_tracker.services.templates import template_of_version
from eic_tracker.store.database import Database
from eic_tracker.store.files import sync_folder, temporary_name, told_of_disk
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.transaction import Entry, Tx

_HOLDING = "c.status IN ('approved', 'issued')"
_OF_OFFERING = f"""
SELECT c.id, c.number, c.status, c.snapshot, c.template_version_id
FROM certificate c LEFT JOIN enrolment e ON e.id = c.enrolment_id
WHERE coalesce(c.offering_id, e.offering_id) = ? AND c.kind IN ('diploma', 'participation', 'instructor')
  AND {_HOLDING} ORDER BY c.kind, c.certificate_series_id, c.serial
"""
_OF_KEYS = f"""
SELECT c.id, c.number, c.status, c.snapshot, c.template_version_id FROM certificate c
WHERE c.id IN (SELECT value FROM json_each(?)) AND {_HOLDING} ORDER BY c.certificate_series_id, c.serial
"""


def print_certificates(
    db: Database,
    acting: ActingUser,
    code: str,
    folder: Path,
    *,
    t: Translator,
    merge: bool = False,
) -> list[Path]:
    """Write one PDF for each certificate of an offering that holds, named by its number; return the paths.

    With `merge` one for the whole class, named by the offering. The first print marks them as issued; a reprint shows
    the frozen content again. Whole or not at all: FileProblem leaves folder and file as they were."""
    require(acting, Action.PREPARE_CERTIFICATES)
    entry = Entry(actor(acting), "issue_certificates", code)
    whole = f"{code}.pdf" if merge else ""
    return _print(db, entry, lambda connection: _of_offering(connection, code), folder, whole, t)


def print_papers(
    db: Database,
    acting: ActingUser,
    certificate_ids: Sequence[int],
    folder: Path,
    *,
    t: Translator,
    whole: str = "",
    options: PrintOptions | None = None,
) -> list[Path]:
    """As `print_certificates` for certificates of any kind by their keys; Refused where one of them does not hold.

    With `whole` one file of that name for all of them."""
    require(acting, Action.PREPARE_CERTIFICATES)
    entry = Entry(actor(acting), "issue_papers", str(len(certificate_ids)))
    return _print(db, entry, lambda connection: _of_keys(connection, certificate_ids), folder, whole, t, options)


def certificates_bytes(
    db: Database,
    acting: ActingUser,
    certificate_ids: Sequence[int],
    *,
    t: Translator,
    options: PrintOptions | None = None,
) -> bytes:
    """The sheets of certificates that hold as one PDF, as they are printed and written; nothing is noted.

    Refused where one of them does not hold."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.read() as connection:
        rows = _of_keys(connection, certificate_ids)
        looks = _looks_of(connection, rows, t)
    return _pdf(rows, looks, t, options)


def note_printed(db: Database, acting: ActingUser, certificate_ids: Sequence[int]) -> int:
    """Note that the printer took certificates: those that never were printed count as issued now; how many.

    Refused where one of them does not hold any more."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "issue_papers", str(len(certificate_ids)))) as tx:
        return _mark(tx, _of_keys(tx.connection, certificate_ids))


def frozen_bytes(connection: Connection, certificate_ids: Sequence[int], t: Translator) -> bytes:
    """The same sheets to look at, nothing noted; Refused where one of them does not hold."""
    rows = _of_keys(connection, certificate_ids)
    return _pdf(rows, _looks_of(connection, rows, t), t)


def _print(
    db: Database,
    entry: Entry,
    read: Callable[[Connection], Sequence[Row[Any]]],
    folder: Path,
    whole: str,
    t: Translator,
    options: PrintOptions | None = None,
) -> list[Path]:
    """Write the files of what `read` finds, one each, or one named `whole`; then record the issue, then name them."""
    with db.read() as connection:
        rows = read(connection)
        looks = _looks_of(connection, rows, t)
    with _Papers(folder) as papers:
        if whole:
            papers.write(whole, _pdf(rows, looks, t, options))
        else:
            for row in rows:
                papers.write(f"{row.number}.pdf", _pdf([row], looks, t, options))
        with db.write(entry) as tx:
            if [row.id for row in read(tx.connection)] != [row.id for row in rows]:
                raise Refused(
                    N_("The certificates changed while they were printed; nothing was written. Print them again.")
                )
            _mark(tx, rows)
        # A kill here leaves certificates that are issued and not there, which a reprint mends; never the other way.
        return papers.put_in_place()


def _of_offering(connection: Connection, code: str) -> Sequence[Row[Any]]:
    rows = connection.exec_driver_sql(_OF_OFFERING, (offering_of_code(connection, code).id,)).all()
    if not rows:
        raise Refused(
            N_("No certificate of {offering} is approved; a registrar prepares them and a manager approves."),
            offering=code,
        )
    return rows


def _of_keys(connection: Connection, keys: Sequence[int]) -> Sequence[Row[Any]]:
    rows = connection.exec_driver_sql(_OF_KEYS, (json.dumps(list(keys)),)).all()
    if not rows or len(rows) != len(set(keys)):
        raise Refused(N_("Some of these certificates are not approved, or hold no more; read the list again."))
    return rows


def _mark(tx: Tx, rows: Sequence[Row[Any]]) -> int:
    first = [row.id for row in rows if row.status == CertificateStatus.APPROVED]
    # a reprint changes nothing and stands in the history all the same: names leave the file with it
    tx.record_event()
    tx.update(Certificate, {key: {"status": CertificateStatus.ISSUED, "issued_at": tx.at} for key in first})
    return len(first)


def _pdf(
    rows: Sequence[Row[Any]], looks: Mapping[int, Looks], t: Translator, options: PrintOptions | None = None
) -> bytes:
    return certificates_pdf(
        [facts_of_snapshot(row.snapshot) for row in rows], t, [looks[row.id] for row in rows], options
    )


def _looks_of(connection: Connection, rows: Sequence[Row[Any]], t: Translator) -> dict[int, Looks]:
    """By which template each is printed: the version frozen with it, else that of the program."""
    versions = {row.template_version_id for row in rows if row.template_version_id is not None}
    kept = {version: template_of_version(connection, version).looks for version in versions}
    return {
        row.id: kept.get(row.template_version_id) or _looks_before_templates(facts_of_snapshot(row.snapshot), t)
        for row in rows
    }


def _looks_before_templates(facts: CertificateFacts, t: Translator) -> Looks:
    if facts.kind is CertificateKind.STATEMENT and facts.grade is not None:
        return Looks(ready_made("statement_grade", t.language))
    return Looks(ready_made_of(TemplateKind(facts.kind.value), t.language))


class _Papers:
    """Files that are written beside their names and put in place together; what is left over is cleared away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: list[tuple[Path, Path]] = []

    def __enter__(self) -> _Papers:
        with told_of_disk(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        for part, _path in self._parts:
            part.unlink(missing_ok=True)

    def write(self, name: str, content: bytes) -> None:
        """Write and sync a file under a temporary name."""
        path = self._folder / name
        with told_of_disk(path):
            part = temporary_name(path)
            self._parts.append((part, path))
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())

    def put_in_place(self) -> list[Path]:
        """Give all files their names and return them."""
        for part, path in self._parts:
            with told_of_disk(path):
                part.replace(path)
        with told_of_disk(self._folder):
            sync_folder(self._folder)
        return [path for _, path in self._parts]
