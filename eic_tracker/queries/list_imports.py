"""Lists that came in, the newest first, and the rows of each that stayed out, with why."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

_MOST = 500


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A list that was taken in: when (UTC), its file, its course and letter if any, how many rows were what."""

    id: int
    recorded_at: dt.datetime
    kind: str
    file: str
    sheet: str
    offering: str | None
    letter: str | None
    rows: int
    new: int
    known: int
    left_out: int


@dataclass(frozen=True, slots=True)
class RejectedProblem:
    """Why a row stayed out: field, severity and code as on the command line, the value and what was proposed."""

    field: str
    severity: str
    code: str
    value: str
    proposal: str | None


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A row that stayed out: where it stands in its file, as what, what it says, and its problems."""

    id: int
    sheet: str
    row: int
    rejected_as: str
    content: Mapping[str, str | None]
    written: Mapping[str, str]
    """its cells as they stood in the list, by field"""
    problems: tuple[RejectedProblem, ...]


def read_imports(connection: Connection, offering: int | None = None) -> tuple[ImportRow, ...]:
    """The newest lists, of one course where its key is given."""
    rows = connection.exec_driver_sql(
        "SELECT l.id, l.recorded_at, l.kind, l.file, l.sheet, o.code, d.number, l.people, l.new, l.known, l.left_out "
        "FROM list_import l LEFT JOIN offering o ON o.id = l.offering_id "
        "LEFT JOIN source_document d ON d.id = l.source_document_id WHERE ?1 IS NULL OR l.offering_id = ?1 "
        f"ORDER BY l.id DESC LIMIT {_MOST}",
        (offering,),
    )
    return tuple(
        ImportRow(key, dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC), *others) for key, at, *others in rows
    )


def read_pending(connection: Connection, offering: int) -> list[tuple[int, str, dt.datetime, int]]:
    """Lists of a course with rows that wait, the newest first: key, file, when (UTC), how many wait."""
    rows = connection.exec_driver_sql(
        "SELECT l.id, l.file, l.recorded_at, count(*) FROM list_import l "
        "JOIN rejected_row r ON r.list_import_id = l.id "
        "WHERE l.offering_id = ? AND l.kind = 'enrolments' GROUP BY l.id ORDER BY l.id DESC",
        (offering,),
    )
    return [(key, file, dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC), count) for key, file, at, count in rows]


def read_rejected(connection: Connection, list_import: int) -> tuple[RejectedLine, ...]:
    """The rows of a list that stayed out, as it stood in the file."""
    rows = connection.exec_driver_sql(
        "SELECT id, sheet, row, rejected_as, content, problems FROM rejected_row WHERE list_import_id = ? "
        "ORDER BY sheet, row",
        (list_import,),
    )
    return tuple(_line(*row) for row in rows)


def _line(key: int, sheet: str, row: int, why: str, content: str, problems: str) -> RejectedLine:
    values = json.loads(content)
    written = values.pop("written", {})
    said = (
        RejectedProblem(each["field"], each["severity"], each["code"], each["value"], each["proposal"])
        for each in json.loads(problems)
    )
    return RejectedLine(key, sheet, row, why, values, written, tuple(said))
