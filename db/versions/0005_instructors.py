"""Instructors with country, numbers, specialities, languages and accreditations; rotations and assignments that end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for table, columns in _ADDED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, kind in columns.items():
                batch_op.add_column(sa.Column(name, kind, nullable=True))

    op.create_table(
        "accreditation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instructor_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name=op.f("fk_accreditation_instructor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation")),
    )
    with op.batch_alter_table("accreditation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accreditation_instructor_id"), ["instructor_id"], unique=False)


_ADDED = {
    "instructor": {
        "police_number": sa.String(),
        "specialities": sa.String(),
        "languages": sa.String(),
        "ended_on": sa.Date(),
    },
    "rotation": {"overlap_reason": sa.String()},
    "assignment": {"ended_on": sa.Date()},
}
