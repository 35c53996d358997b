"""Acts that are printed: who was present, what happened, what is annexed, and the content that printing freezes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("act", schema=None) as batch_op:
        for column in ("present", "facts", "annexes", "content"):
            batch_op.add_column(sa.Column(column, sa.String(), nullable=True))
