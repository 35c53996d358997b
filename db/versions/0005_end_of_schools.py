"""The last day of a school that was closed or became part of another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("school", sa.Column("valid_to", sa.Date(), nullable=True))
