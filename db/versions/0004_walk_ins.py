"""People who came to a course without being listed, and how they stood on its days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "walk_in",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_walk_in_enrolment_id")),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_walk_in_offering_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in")),
    )
    with op.batch_alter_table("walk_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_walk_in_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_walk_in_offering_id"), ["offering_id"], unique=False)

    op.create_table(
        "walk_in_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("walk_in_id", sa.Integer(), nullable=False),
        sa.Column("offering_day_id", sa.Integer(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum(
                "present",
                "late",
                "absent",
                "excused",
                name="mark",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ground_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ground_id"], ["ground.id"], name=op.f("fk_walk_in_mark_ground_id")),
        sa.ForeignKeyConstraint(["offering_day_id"], ["offering_day.id"], name=op.f("fk_walk_in_mark_offering_day_id")),
        sa.ForeignKeyConstraint(["walk_in_id"], ["walk_in.id"], name=op.f("fk_walk_in_mark_walk_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in_mark")),
        sa.UniqueConstraint("walk_in_id", "offering_day_id", name=op.f("uq_walk_in_mark_walk_in_id_offering_day_id")),
    )
    with op.batch_alter_table("walk_in_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_walk_in_mark_offering_day_id"), ["offering_day_id"], unique=False)
