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
            sa.Enum(
                "people", "enrolments", "results", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
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
        batch_op.create_index(batch_op.f("ix_list_import_digest"), ["digest"], unique=False)
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

    op.create_table(
        "person_without_document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("list_import_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_import_id"], ["list_import.id"], name=op.f("fk_person_without_document_list_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_person_without_document_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_without_document")),
        sa.UniqueConstraint("list_import_id", "digest", name=op.f("uq_person_without_document_list_import_id_digest")),
    )
    with op.batch_alter_table("person_without_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_without_document_participant_id"), ["participant_id"], unique=False)

    with op.batch_alter_table("offering", schema=None) as batch_op:
        batch_op.add_column(sa.Column("written_scale", sa.Integer(), nullable=True))
    _rebuild(OFFERING_DAY, {"part": "'whole'"}, ("offering_id", "offering_module_id"))
    _rebuild(COURSE_VERSION, {"second_chance": "'replaces'"}, ("course_id",))
    _rebuild(ATTACHMENT, {}, ("class_group_id", "offering_id", "published_figure_id", "source_document_id"))


def _rebuild(table: sa.Table, added: dict[str, str], indexed: tuple[str, ...]) -> None:
    """Make a table anew with its rows; `added` are the values of columns that it did not have.

    SQLite changes no rule of a table in place."""
    name, old = table.name, f"{table.name}_before"
    kept = [column.name for column in table.columns if column.name not in added]
    op.rename_table(name, old)
    table.create(op.get_bind())
    op.execute(
        f"INSERT INTO {name} ({', '.join([*kept, *added])}) SELECT {', '.join([*kept, *added.values()])} FROM {old}"
    )
    op.drop_table(old)
    for column in indexed:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


NAMES = {"ck": "ck_%(table_name)s_%(constraint_name)s"}
REFERRED = ("offering", "offering_module", "course", "class_group", "published_figure", "source_document")
TABLES = sa.MetaData(naming_convention=NAMES)
for referred in REFERRED:
    sa.Table(referred, TABLES, sa.Column("id", sa.Integer(), primary_key=True))


def _refers(table: str, *columns: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([column], [f"{column.removesuffix('_id')}.id"], name=f"fk_{table}_{column}")
        for column in columns
    )


OFFERING_DAY = sa.Table(
    "offering_day",
    TABLES,
    sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("offering_id", sa.Integer(), nullable=False),
    sa.Column("held_on", sa.Date(), nullable=False),
    sa.Column("part", _code("part", "whole", "morning", "afternoon"), nullable=False),
    sa.Column("offering_module_id", sa.Integer(), nullable=True),
    *_refers("offering_day", "offering_id", "offering_module_id"),
    sa.PrimaryKeyConstraint("id", name="pk_offering_day"),
    sa.UniqueConstraint("offering_id", "held_on", "part", name="uq_offering_day_offering_id_held_on_part"),
)
COURSE_VERSION = sa.Table(
    "course_version",
    TABLES,
    sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("course_id", sa.Integer(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("hours", sa.Integer(), nullable=False),
    sa.Column("human_rights_hours", sa.Integer(), nullable=False),
    sa.Column("scale", sa.Integer(), nullable=False),
    sa.Column("minimum_grade", sa.Integer(), nullable=False),
    sa.Column("minimum_attendance", sa.Integer(), nullable=False),
    sa.Column("rounding", _code("rounding", "none", "half_up"), nullable=False),
    sa.Column("second_chance", _code("second_chance", "none", "replaces", "at_most_minimum"), nullable=False),
    sa.Column("post_test_weight", sa.Integer(), nullable=False),
    sa.Column("performance_weight", sa.Integer(), nullable=False),
    sa.Column("products_weight", sa.Integer(), nullable=False),
    sa.Column("certificate_template", sa.String(), nullable=False),
    sa.CheckConstraint("hours > 0", name="hours"),
    sa.CheckConstraint("minimum_attendance BETWEEN 0 AND 100", name="minimum_attendance"),
    *_refers("course_version", "course_id"),
    sa.PrimaryKeyConstraint("id", name="pk_course_version"),
    sa.UniqueConstraint("course_id", "version", name="uq_course_version_course_id_version"),
)
ATTACHMENT = sa.Table(
    "attachment",
    TABLES,
    sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("uid", sa.String(length=32), nullable=False),
    sa.Column(
        "kind",
        _code(
            "kind",
            "letter",
            "attendance_sheet",
            "grade_sheet",
            "act",
            "summary_sheet",
            "book_page",
            "report_copy",
            "other",
        ),
        nullable=False,
    ),
    sa.Column("source_document_id", sa.Integer(), nullable=True),
    sa.Column("offering_id", sa.Integer(), nullable=True),
    sa.Column("class_group_id", sa.Integer(), nullable=True),
    sa.Column("published_figure_id", sa.Integer(), nullable=True),
    sa.Column("media_type", sa.String(), nullable=False),
    sa.Column("sha256", sa.String(length=64), nullable=False),
    sa.Column("content", sa.LargeBinary(), nullable=True),
    sa.Column("pages", sa.Integer(), nullable=False),
    sa.Column("holds_names", sa.Boolean(), nullable=False),
    sa.Column("purge_on", sa.Date(), nullable=True),
    sa.Column("recorded_at", sa.DateTime(), nullable=False),
    *_refers("attachment", "class_group_id", "offering_id", "published_figure_id", "source_document_id"),
    sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    sa.UniqueConstraint("uid", name="uq_attachment_uid"),
)
