"""What the papers of class groups need beside their lists: keys by code and by the start of an identity."""

from __future__ import annotations

from sqlalchemy import Connection

from eic_tracker.errors import UserError
from eic_tracker.i18n import N_


def group_key_of(connection: Connection, code: str) -> int:
    """The class group of a code; UserError where there is none."""
    key = connection.exec_driver_sql("SELECT id FROM class_group WHERE code = ? COLLATE NOCASE", (code,)).scalar()
    if key is None:
        raise UserError(N_("There is no class group {code}; look at its card for the code."), code=code)
    return int(key)


def groups_of_uid(connection: Connection, start: str) -> list[int]:
    """The class groups whose identity begins so: one, or none where the paper is another file's."""
    query = "SELECT id FROM class_group WHERE substr(uid, 1, ?) = ?"
    return [int(row[0]) for row in connection.exec_driver_sql(query, (len(start), start))]


def uid_of_group(connection: Connection, key: int) -> str:
    """The identity of a class group that exists."""
    return str(connection.exec_driver_sql("SELECT uid FROM class_group WHERE id = ?", (key,)).scalar_one())


def read_programme_name(connection: Connection, code: str) -> str:
    """The name of a programme that exists."""
    return str(connection.exec_driver_sql("SELECT name FROM programme WHERE code = ?", (code,)).scalar_one())


def lessons_of_component(connection: Connection, key: int) -> int:
    """How many lessons the component of a class group has; 0 where that is not said."""
    query = """SELECT coalesce(v.lessons, 0) FROM class_group g
    JOIN curriculum_version v ON v.id = g.curriculum_version_id WHERE g.id = ?"""
    return int(connection.exec_driver_sql(query, (key,)).scalar_one())
