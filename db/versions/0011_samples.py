"""Audit samples of completions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "audit_sample",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_digest", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("size BETWEEN 1 AND population", name=op.f("ck_audit_sample_size")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["user.id"], name=op.f("fk_audit_sample_drawn_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_audit_sample_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_sample")),
        sa.UniqueConstraint("uid", name=op.f("uq_audit_sample_uid")),
    )
    with op.batch_alter_table("audit_sample", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_sample_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "audit_sample_item",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("audit_sample_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "supported",
                "partly",
                "unsupported",
                name=op.f("ck_audit_sample_item_outcome"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome = 'supported' OR (note IS NOT NULL AND length(trim(note)) > 0)",
            name=op.f("ck_audit_sample_item_what_is_missing"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_sample_id"], ["audit_sample.id"], name=op.f("fk_audit_sample_item_audit_sample_id")
        ),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_audit_sample_item_checked_by_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_audit_sample_item_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_sample_item")),
        sa.UniqueConstraint("audit_sample_id", "position", name=op.f("uq_audit_sample_item_audit_sample_id_position")),
    )
    with op.batch_alter_table("audit_sample_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_sample_item_audit_sample_id"), ["audit_sample_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_sample_item_enrolment_id"), ["enrolment_id"], unique=False)

    # By hand: a column with its rules is added in place, for which the tools would make the table anew.
    op.execute(
        "ALTER TABLE attachment ADD COLUMN audit_sample_id INTEGER "
        "CONSTRAINT fk_attachment_audit_sample_id REFERENCES audit_sample (id)"
    )
    op.execute("CREATE INDEX ix_attachment_audit_sample_id ON attachment (audit_sample_id)")
