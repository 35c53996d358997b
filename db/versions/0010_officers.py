"""An officer's unit, and certifications by curriculum."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for table, column, other in (("instructor", "unit_id", "unit"), ("accreditation", "curriculum_id", "curriculum")):
        # a named reference within the column: a table that is made anew loses the order of its rules
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT fk_{table}_{column} REFERENCES {other} (id)"
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
