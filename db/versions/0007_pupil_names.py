"""Names of pupils, where a programme decides to keep them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "name_keeping",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("authorisation_id", sa.Integer(), nullable=False),
        sa.Column("purge_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authorisation_id"], ["authorisation.id"], name=op.f("fk_name_keeping_authorisation_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_name_keeping_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_keeping")),
    )
    with op.batch_alter_table("name_keeping", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_keeping_authorisation_id"), ["authorisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_name_keeping_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "pupil_name",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_keeping_id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=False),
        sa.Column("purged_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_group_id"], ["class_group.id"], name=op.f("fk_pupil_name_class_group_id")),
        sa.ForeignKeyConstraint(["name_keeping_id"], ["name_keeping.id"], name=op.f("fk_pupil_name_name_keeping_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_name")),
    )
    with op.batch_alter_table("pupil_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pupil_name_class_group_id"), ["class_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pupil_name_name_keeping_id"), ["name_keeping_id"], unique=False)
