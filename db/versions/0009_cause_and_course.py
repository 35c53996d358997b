"""Certificates: the course of an instructor's, and why a duplicate was asked for."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    # By hand: a column with its rules is added in place, for which the tools would make the table anew.
    op.execute(
        "ALTER TABLE certificate ADD COLUMN offering_id INTEGER "
        "CONSTRAINT fk_certificate_offering_id REFERENCES offering (id)"
    )
    op.execute(
        "ALTER TABLE certificate ADD COLUMN cause VARCHAR(32) CONSTRAINT ck_certificate_cause CHECK (cause IN "
        "('not_completed', 'correction', 'loss', 'theft', 'damage', 'error', 'change_of_name', 'forgery'))"
    )
    op.execute("CREATE INDEX ix_certificate_offering_id ON certificate (offering_id)")
