"""Alembic's door: the program hands over an engine whose migrations are one transaction."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from eic_tracker.store import tables  # noqa: F401  (fills the metadata)

config = context.config

with config.attributes["engine"].begin() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    context.run_migrations()
    if finish := config.attributes.get("finish"):
        finish(connection)
