"""The schema's history: new files and older files are brought to the newest schema, in one transaction each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from eic_tracker import paths
from eic_tracker.store.database import APPLICATION_ID, SCHEMA_VERSION, connect, told


def create_file(path: Path) -> None:
    """Make a new, empty file of the newest schema at `path`, which must not exist."""
    with told(path):
        dbapi2.connect(f"{path.resolve().as_uri()}?mode=rwc", uri=True).close()
        _upgrade(path)


def migrate(path: Path) -> Path:
    """Bring an older file to the newest schema after a verified copy was made; return the copy's path."""
    from eic_tracker.store.copies import automatic_copy

    copy = automatic_copy(path, "migration")
    upgrade(path)
    return copy


def upgrade(path: Path) -> None:
    """Bring an older file to the newest schema in one transaction; for who has made sure of a copy."""
    with told(path):
        _upgrade(path)


def alembic_config(engine: Engine) -> Config:
    """Alembic set up from code; db/env.py takes the engine from the attributes."""
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    config.attributes["engine"] = engine
    return config


def migration_engine(path: Path) -> Engine:
    """An engine for schema changes: foreign keys off while tables are rebuilt, everything in one transaction."""
    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: connect(path), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys=OFF")
        # A table that is rebuilt takes its old name again while a view (of the search) already speaks of it.
        connection.execute("PRAGMA legacy_alter_table=ON")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _upgrade(path: Path) -> None:
    engine = migration_engine(path)
    config = alembic_config(engine)

    def finish(connection: Any) -> None:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"migration left broken references: {broken[:3]}")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")

    config.attributes["finish"] = finish
    command.upgrade(config, "head")
    engine.dispose()
    raw = connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
