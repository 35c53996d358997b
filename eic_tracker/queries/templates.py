"""Templates of certificates: the list, the content of a version, its pictures, the longest names of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import TemplateKind
from eic_tracker.queries.offerings import day


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template of the file with its newest version."""

    id: int
    uid: str
    kind: TemplateKind
    name: str
    programme_id: int | None
    programme: str | None
    valid_to: dt.date | None
    version_id: int
    version: int
    frozen: bool
    printed: int
    """certificates that one of its versions printed"""


@dataclass(frozen=True, slots=True)
class TemplateVersionRow:
    """A version of a template; a frozen one has printed certificates and never changes."""

    id: int
    number: int
    frozen: bool
    printed: int


@dataclass(frozen=True, slots=True)
class LongestNames:
    """The longest texts that a template must hold."""

    name: str
    rank: str
    course: str


_ROWS = """
SELECT m.id, m.uid, m.kind, m.name, m.programme_id, p.code, m.valid_to, v.id, v.number, v.frozen_at IS NOT NULL,
       (SELECT count(*) FROM certificate c JOIN certificate_template_version w ON w.id = c.template_version_id
        WHERE w.certificate_template_id = m.id)
FROM certificate_template m
JOIN certificate_template_version v ON v.certificate_template_id = m.id
LEFT JOIN programme p ON p.id = m.programme_id
WHERE v.number = (SELECT max(w.number) FROM certificate_template_version w WHERE w.certificate_template_id = m.id)
"""


def read_templates(connection: Connection) -> tuple[TemplateRow, ...]:
    """All templates, by kind and name, ended ones last."""
    rows = connection.exec_driver_sql(_ROWS + " ORDER BY m.valid_to IS NOT NULL, m.kind, m.name, m.id")
    return tuple(_row(row) for row in rows)


def read_template_row(connection: Connection, key: int) -> TemplateRow | None:
    """One template; None where it is gone."""
    row = connection.exec_driver_sql(_ROWS + " AND m.id = ?", (key,)).first()
    return _row(row) if row is not None else None


def template_with_uid(connection: Connection, uid: str) -> TemplateRow | None:
    """The template of that identity; None where the file has none."""
    row = connection.exec_driver_sql(_ROWS + " AND m.uid = ?", (uid,)).first()
    return _row(row) if row is not None else None


def template_in_use(
    connection: Connection, kind: TemplateKind, programme_id: int | None, on: dt.date
) -> TemplateRow | None:
    """The template of a kind that a programme prints on a day: its own, else the school's; the newest of several."""
    row = connection.exec_driver_sql(
        _ROWS + " AND m.kind = ? AND (m.programme_id IS NULL OR m.programme_id = ?)"
        " AND (m.valid_to IS NULL OR m.valid_to >= ?) ORDER BY m.programme_id IS NULL, m.id DESC",
        (kind.value, programme_id, on.isoformat()),
    ).first()
    return _row(row) if row is not None else None


def _row(row: Sequence[Any]) -> TemplateRow:
    key, uid, kind, name, programme_id, programme, valid_to, version_id, version, frozen, printed = row
    return TemplateRow(
        key,
        uid,
        TemplateKind(kind),
        name,
        programme_id,
        programme,
        day(valid_to),
        version_id,
        version,
        bool(frozen),
        printed,
    )


def template_versions(connection: Connection, key: int) -> tuple[TemplateVersionRow, ...]:
    """The versions of a template, the newest first."""
    rows = connection.exec_driver_sql(
        "SELECT v.id, v.number, v.frozen_at IS NOT NULL,"
        " (SELECT count(*) FROM certificate c WHERE c.template_version_id = v.id)"
        " FROM certificate_template_version v WHERE v.certificate_template_id = ? ORDER BY v.number DESC",
        (key,),
    )
    return tuple(TemplateVersionRow(row[0], row[1], bool(row[2]), row[3]) for row in rows)


def template_content(connection: Connection, version_id: int) -> str | None:
    """The canonical JSON of a version; None where it is gone."""
    found = connection.exec_driver_sql(
        "SELECT content FROM certificate_template_version WHERE id = ?", (version_id,)
    ).scalar()
    return str(found) if found is not None else None


def template_images(connection: Connection, digests: Sequence[str]) -> dict[str, bytes]:
    """The pictures of those digests that the file holds."""
    found: dict[str, bytes] = {}
    for digest in digests:
        content = connection.exec_driver_sql(
            "SELECT content FROM attachment WHERE sha256 = ? AND kind = 'other' AND content IS NOT NULL"
            " AND NOT holds_names LIMIT 1",
            (digest,),
        ).scalar()
        if isinstance(content, bytes):
            found[digest] = content
    return found


def longest_names(connection: Connection) -> LongestNames:
    """The longest name of a person, of a rank and of a course in the file; empty where there are none."""
    longest = {
        name: connection.exec_driver_sql(query).scalar() or ""
        for name, query in {
            "name": "SELECT given_names || ' ' || surnames AS n FROM participant ORDER BY length(n) DESC, n LIMIT 1",
            "rank": "SELECT name FROM rank ORDER BY length(name) DESC, name LIMIT 1",
            "course": "SELECT title FROM course ORDER BY length(title) DESC, title LIMIT 1",
        }.items()
    }
    return LongestNames(**longest)


def programme_names(connection: Connection) -> dict[int, str]:
    """The names of all programmes by key."""
    rows = connection.exec_driver_sql("SELECT id, name FROM programme ORDER BY id")
    return {row[0]: row[1] for row in rows}
