"""Acts of courses: as they stand, and what differs from those that were printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.paper_codes import act_code
from eic_tracker.queries.act_differences import DIFFERS, DIFFERS_FROM_AN_ACT
from eic_tracker.queries.offerings import day, moment


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act of a course; its code once it is printed, how many people stand otherwise since, who rectified it."""

    id: int
    kind: str
    number: int
    year: int
    offering_id: int
    offering: str
    module_id: int | None
    module: int | None
    """number of the module whose grades it tells"""
    held_on: dt.date | None
    place: str
    starts_at: str
    ends_at: str
    present: str
    facts: str
    annexes: str
    frozen_at: dt.datetime | None
    code: str | None
    rectifies_id: int | None
    rectified_by: str | None
    """number and year of the printed act that took its place"""
    differs: int

    @property
    def name(self) -> str:
        """Number and year, as people say it: 3-2026."""
        return f"{self.number}-{self.year}"

    @property
    def state(self) -> str:
        """draft, frozen, differs or rectified."""
        if self.frozen_at is None:
            return "draft"
        if self.rectified_by is not None:
            return "rectified"
        return "differs" if self.differs else "frozen"


_ROWS = f"""
SELECT a.id, a.kind, a.number, a.year, a.offering_id, o.code, a.offering_module_id, m.number, a.held_on,
       coalesce(a.place, ''), coalesce(a.starts_at, ''), coalesce(a.ends_at, ''), coalesce(a.present, ''),
       coalesce(a.facts, ''), coalesce(a.annexes, ''), a.frozen_at, a.digest, a.rectifies_id,
       (SELECT n.number || '-' || n.year FROM act n WHERE n.rectifies_id = a.id AND n.frozen_at IS NOT NULL
        ORDER BY n.id LIMIT 1),
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = a.offering_id AND {DIFFERS})
FROM act a JOIN offering o ON o.id = a.offering_id
LEFT JOIN offering_module x ON x.id = a.offering_module_id LEFT JOIN course_module m ON m.id = x.course_module_id
"""


def read_acts(connection: Connection, offering: int) -> tuple[ActRow, ...]:
    """The acts of a course in the order of their making."""
    rows = connection.exec_driver_sql(_ROWS + " WHERE a.offering_id = ? ORDER BY a.id", (offering,))
    return tuple(_row(row) for row in rows)


def read_act(connection: Connection, key: int) -> ActRow | None:
    """One act; None where there is none."""
    row = connection.exec_driver_sql(_ROWS + " WHERE a.id = ?", (key,)).first()
    return None if row is None else _row(row)


def read_act_of_digest(connection: Connection, start: str) -> ActRow | None:
    """The printed act whose digest begins so; None where there is none."""
    row = connection.exec_driver_sql(_ROWS + " WHERE a.digest LIKE ? || '%'", (start,)).first()
    return None if row is None else _row(row)


def read_frozen(connection: Connection, key: int) -> tuple[str, str] | None:
    """(content, digest) of a printed act; None where it is not printed."""
    row = connection.exec_driver_sql("SELECT content, digest FROM act WHERE id = ? AND content IS NOT NULL", (key,))
    found = row.first()
    return None if found is None else (found[0], found[1])


def differing_enrolments(connection: Connection, offering: int) -> frozenset[int]:
    """The enrolments of a course that stand otherwise than on a printed act of it."""
    query = f"SELECT e.id FROM enrolment e WHERE e.offering_id = ? AND {DIFFERS_FROM_AN_ACT}"
    return frozenset(key for (key,) in connection.exec_driver_sql(query, (offering,)))


def exceptions_in(connection: Connection, offering: int) -> list[Mapping[str, Any]]:
    """The exceptions that people of a course stand on, or that reopened it, oldest first."""
    rows = connection.exec_driver_sql(
        """SELECT z.exception, z.authorised_by, coalesce(z.post, '') AS post, coalesce(z.letter, '') AS letter,
                  (SELECT count(*) FROM enrolment e WHERE e.offering_id = ?1 AND e.authorisation_id = z.id) AS people
           FROM authorisation z
           WHERE z.id IN (SELECT authorisation_id FROM enrolment WHERE offering_id = ?1)
              OR z.id IN (SELECT s.authorisation_id FROM change c JOIN change_set s ON s.id = c.change_set_id
                          WHERE c.table_name = 'offering' AND c.row_id = ?1)
           ORDER BY z.recorded_at, z.id""",
        (offering,),
    )
    return [dict(row) for row in rows.mappings()]


def _row(row: Any) -> ActRow:
    (
        key,
        kind,
        number,
        year,
        offering,
        code,
        module_id,
        module,
        held,
        *texts,
        frozen,
        digest,
        rectifies,
        by,
        differs,
    ) = row
    place, starts, ends, present, facts, annexes = texts
    return ActRow(
        id=key,
        kind=kind,
        number=number,
        year=year,
        offering_id=offering,
        offering=code,
        module_id=module_id,
        module=module,
        held_on=day(held),
        place=place,
        starts_at=starts,
        ends_at=ends,
        present=present,
        facts=facts,
        annexes=annexes,
        frozen_at=moment(frozen),
        code=act_code(digest) if digest else None,
        rectifies_id=rectifies,
        rectified_by=by,
        differs=differs,
    )
