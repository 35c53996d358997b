"""The schema: what the migrations make is what the tables say and what db/schema.sql shows, for any SQLite of today."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Enum
from sqlmodel import SQLModel

from eic_tracker.store.migrate import create_file, migration_engine
from eic_tracker.store.rows import table_models
from eic_tracker.store.schema import schema_sql, shipped_schema
from eic_tracker.store.search import DERIVED


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty file as the migrations make it."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.eic"
    create_file(path)
    return path


def _tables() -> Iterator[tuple[str, type[SQLModel]]]:
    yield from sorted(table_models().items())


def test_the_shipped_schema_is_what_the_migrations_make(fresh: Path) -> None:
    made = schema_sql(fresh)
    if os.environ.get("EIC_TRACKER_WRITE_SCHEMA"):
        shipped_schema().write_text(made, encoding="utf-8")
    assert shipped_schema().read_text(encoding="utf-8") == made, (
        "run with EIC_TRACKER_WRITE_SCHEMA=1 to write it anew, and read the difference"
    )


def _is_mapped(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and str(name).startswith(DERIVED))


def test_the_migrations_make_what_the_tables_say(fresh: Path) -> None:
    engine = migration_engine(fresh)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": _is_mapped}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_no_reference_cascades(fresh: Path) -> None:
    assert "CASCADE" not in schema_sql(fresh).upper()
    for _, model in _tables():
        for key in SQLModel.metadata.tables[str(model.__tablename__)].foreign_key_constraints:
            assert key.ondelete is None
            assert key.onupdate is None


def test_every_constraint_has_a_name(fresh: Path) -> None:
    for name, _ in _tables():
        for constraint in SQLModel.metadata.tables[name].constraints:
            assert constraint.name, f"{name}: {constraint!r}"
    unnamed = re.findall(r"^  (?:PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY)", schema_sql(fresh), re.MULTILINE)
    assert unnamed == []


def test_every_code_is_checked_by_the_file(fresh: Path) -> None:
    made = schema_sql(fresh)
    counted = 0
    for name, _ in _tables():
        table = SQLModel.metadata.tables[name]
        checks = {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}
        for column in table.columns:
            if isinstance(column.type, Enum):
                counted += 1
                assert any(check.endswith(str(column.type.name)) for check in checks), f"{name}.{column.name}"
                assert re.search(rf"CHECK \({column.name} IN \('", made), f"{name}.{column.name}"
    assert counted > 30


def test_every_check_and_every_unique_rule_of_the_tables_stands_in_the_file(fresh: Path) -> None:
    made = schema_sql(fresh)
    for name, _ in _tables():
        for constraint in SQLModel.metadata.tables[name].constraints:
            assert f"CONSTRAINT {constraint.name} " in made, f"{name}: {constraint.name}"


def test_an_older_sqlite_program_reads_the_file(template: Path) -> None:
    # A process of its own: one process must never hold one file with two SQLite libraries.
    script = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro&immutable=1', uri=True)\n"
        "assert sqlite3.sqlite_version_info >= (3, 37), sqlite3.sqlite_version\n"
        "assert c.execute('PRAGMA integrity_check').fetchall() == [('ok',)]\n"
        "names = [n for n, in c.execute(\"SELECT name FROM sqlite_schema WHERE type = 'table'\")]\n"
        f"own = [n for n in names if not n.startswith('{DERIVED}')]\n"
        "word = 'nunez'\n"
        "found = c.execute('SELECT count(*) FROM search_person WHERE search_person MATCH ?', (word,)).fetchone()\n"
        "assert found == (1,)\n"
        "print(sum(c.execute(f'SELECT count(*) FROM \"{n}\"').fetchone()[0] for n in names), len(own))\n"
    )
    said = subprocess.run([sys.executable, "-c", script, str(template)], capture_output=True, text=True, check=True)
    count, tables = map(int, said.stdout.split())
    assert count > 20
    assert tables == len(table_models()) + 1
