"""The tables of a closed quarter are frozen with its figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "quarter_cell",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("closed_quarter_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column(
            "measure",
            sa.Enum(
                "completions",
                "persons",
                "enrolments",
                "offerings",
                "reached",
                "graduated",
                name=op.f("ck_quarter_cell_measure"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_quarter_id"], ["closed_quarter.id"], name=op.f("fk_quarter_cell_closed_quarter_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_quarter_cell_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarter_cell")),
        sa.UniqueConstraint(
            "closed_quarter_id",
            "programme_id",
            "dimension",
            "code",
            "measure",
            name=op.f("uq_quarter_cell_closed_quarter_id_programme_id_dimension_code_measure"),
        ),
    )
