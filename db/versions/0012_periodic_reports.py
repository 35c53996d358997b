"""Periodic reports with letter and signers; papers of closed quarters; indicator codes; approved targets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "quarter_paper",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("closed_quarter_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_quarter_id"], ["closed_quarter.id"], name=op.f("fk_quarter_paper_closed_quarter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarter_paper")),
    )
    op.create_index(op.f("ix_quarter_paper_closed_quarter_id"), "quarter_paper", ["closed_quarter_id"], unique=False)

    op.create_table(
        "periodic_report",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "quarterly",
                "annual",
                "cumulative",
                name=op.f("ck_periodic_report_kind"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("letter_number", sa.String(), nullable=True),
        sa.Column("letter_dated", sa.Date(), nullable=True),
        sa.Column("addressee", sa.String(), nullable=True),
        sa.Column("addressee_post", sa.String(), nullable=True),
        sa.Column("copies", sa.String(), nullable=True),
        sa.Column("achievements", sa.String(), nullable=True),
        sa.Column("difficulties", sa.String(), nullable=True),
        sa.Column("next_steps", sa.String(), nullable=True),
        sa.Column("left_out", sa.String(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "received_on IS NULL OR (sent_on IS NOT NULL AND received_on >= sent_on)",
            name=op.f("ck_periodic_report_received_after_sent"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_periodic_report")),
        sa.UniqueConstraint("kind", "period", name=op.f("uq_periodic_report_kind_period")),
        sa.UniqueConstraint("uid", name=op.f("uq_periodic_report_uid")),
    )

    op.create_table(
        "periodic_report_signer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("periodic_report_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "prepared",
                "reviewed",
                "approved",
                name=op.f("ck_periodic_report_signer_role"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["periodic_report_id"], ["periodic_report.id"], name=op.f("fk_periodic_report_signer_periodic_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_periodic_report_signer")),
        sa.UniqueConstraint(
            "periodic_report_id", "role", name=op.f("uq_periodic_report_signer_periodic_report_id_role")
        ),
    )

    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "completions",
                "persons",
                "enrolments",
                "offerings",
                "reached",
                "graduated",
                name=op.f("ck_indicator_measure"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_indicator_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("programme_id", "measure", name=op.f("uq_indicator_programme_id_measure")),
    )

    # By hand: columns with their rules are added in place, for which the tools would make the tables anew.
    op.execute(
        "ALTER TABLE attachment ADD COLUMN periodic_report_id INTEGER "
        "CONSTRAINT fk_attachment_periodic_report_id REFERENCES periodic_report (id)"
    )
    op.execute("CREATE INDEX ix_attachment_periodic_report_id ON attachment (periodic_report_id)")
    op.execute(
        "ALTER TABLE target ADD COLUMN entered_by_id INTEGER CONSTRAINT fk_target_entered_by_id REFERENCES user (id)"
    )
    op.execute(
        "ALTER TABLE target ADD COLUMN approved_by_id INTEGER "
        "CONSTRAINT fk_target_approved_by_id REFERENCES user (id) "
        "CONSTRAINT ck_target_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> entered_by_id)"
    )
    op.execute("ALTER TABLE target ADD COLUMN recorded_at DATETIME")
