"""Reads schools one by one: found while typing, by code, by a like name, and as a form takes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.names import fold
from eic_tracker.domain.school_rules import is_like
from eic_tracker.queries.offerings import day


@dataclass(frozen=True, slots=True)
class SchoolHit:
    """A school as a choice: its codes, its name and where it is."""

    id: int
    code: str
    sace_code: str | None
    name: str
    municipality_code: str
    municipality: str
    ended_on: dt.date | None

    @property
    def words(self) -> str:
        """Name, municipality and code in one line."""
        return f"{self.name} — {self.municipality} · {self.sace_code or self.code}"


_HIT = """
SELECT s.id, s.code, s.sace_code, s.name, m.code, m.name, s.valid_to
FROM school s JOIN municipality m ON m.id = s.municipality_id
"""
_VALUES = """
SELECT name, sace_code, municipality_id, locality, administration, has_morning, has_afternoon, has_evening, valid_to
FROM school WHERE id = ?
"""


def read_schools(connection: Connection, municipality: int | None = None) -> tuple[SchoolHit, ...]:
    """All schools, or those of a municipality (by key), by name."""
    query = f"{_HIT} WHERE ?1 IS NULL OR s.municipality_id = ?1 ORDER BY s.match_key, s.id"
    rows = connection.exec_driver_sql(query, (municipality,))
    return tuple(
        SchoolHit(key, code, sace, name, place_code, place, day(ended))
        for key, code, sace, name, place_code, place, ended in rows
    )


def with_code(schools: Iterable[SchoolHit], code: str) -> tuple[SchoolHit, ...]:
    """Those whose SACE code, or whose code here, is this one, whatever its blanks and capitals."""
    wanted = _bare(code)
    return tuple(each for each in schools if wanted and wanted in {_bare(each.code), _bare(each.sace_code or "")})


def _bare(code: str) -> str:
    return fold(code).replace(" ", "")


def named_like(schools: Iterable[SchoolHit], name: str) -> tuple[SchoolHit, ...]:
    """Those that may be the same one by their name."""
    return tuple(each for each in schools if is_like(name, each.name))


def read_school_values(connection: Connection, key: int) -> Mapping[str, Any] | None:
    """The values of a school's form; None where there is no such school."""
    row = connection.exec_driver_sql(_VALUES, (key,)).mappings().first()
    if row is None:
        return None
    meets = {name: bool(row[name]) for name in ("has_morning", "has_afternoon", "has_evening")}
    return {**row, **meets, "valid_to": day(row["valid_to"]), "another_school": False}
