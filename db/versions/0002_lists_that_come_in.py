"""Lists that come in: imports with their rejected rows, remembered columns and texts, people told apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("institution_text", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("unit_text", sa.String(), nullable=True))

    op.create_table(
        "rank_alias",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("rank_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rank_id"], ["rank.id"], name=op.f("fk_rank_alias_rank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rank_alias")),
        sa.UniqueConstraint("match_key", name=op.f("uq_rank_alias_match_key")),
    )
    with op.batch_alter_table("rank_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rank_alias_rank_id"), ["rank_id"], unique=False)

    op.create_table(
        "different_people",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_different_people_in_order")),
        sa.ForeignKeyConstraint(["first_id"], ["participant.id"], name=op.f("fk_different_people_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["participant.id"], name=op.f("fk_different_people_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_different_people")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_different_people_first_id_second_id")),
    )
    with op.batch_alter_table("different_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_different_people_second_id"), ["second_id"], unique=False)

    op.create_table(
        "remembered_column",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("header", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_column")),
        sa.UniqueConstraint("sender", "header", name=op.f("uq_remembered_column_sender_header")),
    )

    op.create_table(
        "list_import",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("people", "enrolments", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("new + known + left_out = people", name=op.f("ck_list_import_counts_add_up")),
        sa.CheckConstraint(
            "new >= 0 AND known >= 0 AND left_out >= 0", name=op.f("ck_list_import_counts_not_negative")
        ),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_list_import_offering_id")),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_list_import_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_import")),
        sa.UniqueConstraint("uid", name=op.f("uq_list_import_uid")),
    )
    with op.batch_alter_table("list_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_import_offering_id"), ["offering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_import_source_document_id"), ["source_document_id"], unique=False)

    op.create_table(
        "rejected_row",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("list_import_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column(
            "rejected_as",
            sa.Enum(
                "error",
                "possible_duplicate",
                "question",
                "exception",
                name="rejected_as",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("problems", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["list_import_id"], ["list_import.id"], name=op.f("fk_rejected_row_list_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_row")),
        sa.UniqueConstraint("list_import_id", "sheet", "row", name=op.f("uq_rejected_row_list_import_id_sheet_row")),
    )
