"""The schema as text: what a file holds, and what db/schema.sql says that it should."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eic_tracker import paths
from eic_tracker.store.database import connect_to_read, told

_HEADING = """\
-- The schema of an EIC Tracker file, generated from the migrations; a test compares it.
-- PRAGMA application_id = {application_id}; PRAGMA user_version = {version};
"""


def schema_sql(path: Path) -> str:
    """The schema of a file in reading order: each table with its indexes and triggers, by name."""
    with told(path):
        raw = connect_to_read(path)
        try:
            return schema_text(raw)
        finally:
            raw.close()


def schema_text(raw: Any) -> str:
    """The schema as a raw connection reads it."""
    application_id = raw.execute("PRAGMA application_id").fetchone()[0]
    version = raw.execute("PRAGMA user_version").fetchone()[0]
    rows = raw.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        # the tables below an FTS5 table are SQLite's own
        "AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') "
        "ORDER BY tbl_name, CASE type WHEN 'table' THEN 1 WHEN 'view' THEN 2 WHEN 'index' THEN 3 ELSE 4 END, name"
    )
    statements = [f"\n{_tidy(sql)};\n" for (sql,) in rows]
    return _HEADING.format(application_id=application_id, version=version) + "".join(statements)


def shipped_schema() -> Path:
    """Where db/schema.sql lies."""
    return paths.migrations() / "schema.sql"


def _tidy(sql: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "  ") for line in sql.strip().splitlines())
