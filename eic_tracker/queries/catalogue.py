"""What the forms of the catalogue start from: programmes, a course, a version with its modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.course_rules import ModuleLine
from eic_tracker.domain.grading import POINT
from eic_tracker.queries.offerings import day

_PROGRAMMES = """
SELECT id, name FROM programme
WHERE kind = 'courses' AND NOT is_load AND (valid_to IS NULL OR valid_to >= ?) ORDER BY id
"""
_VERSION = """
SELECT id, course_id, version, hours, human_rights_hours, scale, minimum_grade, minimum_attendance, rounding,
       second_chance, post_test_weight, performance_weight, products_weight, certificate_template
FROM course_version
"""
USUAL_VERSION: Mapping[str, Any] = {"scale": "100", "rounding": "none", "second_chance": "replaces", "modules": ()}
"""What the first version of a new course begins with."""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version: its key, course and number, the values of its form, and how many courses given follow it."""

    id: int
    course_id: int
    version: int
    values: Mapping[str, Any]
    template: str
    offerings: int


def read_programmes(connection: Connection, today: str) -> dict[int | str, str]:
    """The programmes of courses that go on, by key."""
    return {row.id: row.name for row in connection.exec_driver_sql(_PROGRAMMES, (today,))}


def read_course_values(connection: Connection, key: int) -> dict[str, Any] | None:
    """The values of a course's form; None where it is gone."""
    row = (
        connection.exec_driver_sql(
            "SELECT code, title, course_type, programme_id, valid_to FROM course WHERE id = ?", (key,)
        )
        .mappings()
        .first()
    )
    return {**row, "valid_to": day(row["valid_to"])} if row is not None else None


def newest_version(connection: Connection, course_id: int) -> int | None:
    """The key of the newest version of a course."""
    found = connection.exec_driver_sql(
        "SELECT id FROM course_version WHERE course_id = ? ORDER BY version DESC LIMIT 1", (course_id,)
    ).scalar()
    return int(found) if found is not None else None


def read_version(connection: Connection, key: int) -> StoredVersion | None:
    """A version as its form shows it; None where it is gone."""
    row = connection.exec_driver_sql(f"{_VERSION} WHERE id = ?", (key,)).mappings().first()
    if row is None:
        return None
    modules = tuple(
        ModuleLine(each.title, each.hours, each.human_rights_hours or None, each.weight or None)
        for each in connection.exec_driver_sql(
            "SELECT title, hours, human_rights_hours, weight FROM course_module WHERE course_version_id = ? "
            "ORDER BY number",
            (key,),
        )
    )
    numbers = ("minimum_attendance", "human_rights_hours", "post_test_weight", "performance_weight", "products_weight")
    values = {
        **{name: row[name] for name in ("hours", "rounding", "second_chance")},
        **{name: row[name] or None for name in numbers},
        "scale": str(row["scale"]),
        "minimum_grade": _points(row["minimum_grade"]),
        "modules": modules,
    }
    followed = connection.exec_driver_sql("SELECT count(*) FROM offering WHERE course_version_id = ?", (key,))
    return StoredVersion(
        row["id"], row["course_id"], row["version"], values, row["certificate_template"], followed.scalar_one()
    )


def _points(hundredths: int) -> str | None:
    """A minimum grade as it is typed: 70, 3.5; None where none is asked for."""
    if not hundredths:
        return None
    whole, rest = divmod(hundredths, POINT)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)
