"""First schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_HEADS_NOT_NEGATIVE = (
    "enrolled_girls >= 0 AND enrolled_boys >= 0 AND enrolled_unrecorded >= 0 AND "
    "reached_girls >= 0 AND reached_boys >= 0 AND reached_unrecorded >= 0 AND "
    "graduated_girls >= 0 AND graduated_boys >= 0 AND graduated_unrecorded >= 0"
)


def upgrade() -> None:
    op.create_table(
        "certificate_series",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("start_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_series")),
        sa.UniqueConstraint("prefix", "year", name=op.f("uq_certificate_series_prefix_year")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("code", name=op.f("uq_department_code")),
    )
    op.create_table(
        "file_info",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("school", "demonstration", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("clock", sa.Date(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_file_info_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_info")),
    )
    op.create_table(
        "force",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_force")),
        sa.UniqueConstraint("code", name=op.f("uq_force_code")),
    )
    op.create_table(
        "ground",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("applies_to", sa.String(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ground")),
        sa.UniqueConstraint("code", name=op.f("uq_ground_code")),
    )
    op.create_table(
        "institution",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "security_force",
                "justice",
                "military",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("vetting_required", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["successor_id"], ["institution.id"], name=op.f("fk_institution_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
        sa.UniqueConstraint("code", name=op.f("uq_institution_code")),
    )
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_institution_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "institution_alias",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_institution_alias_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution_alias")),
        sa.UniqueConstraint("match_key", name=op.f("uq_institution_alias_match_key")),
    )
    with op.batch_alter_table("institution_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_institution_alias_institution_id"), ["institution_id"], unique=False)

    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("courses", "outreach", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("covers_from", sa.Date(), nullable=True),
        sa.Column("covers_to", sa.Date(), nullable=True),
        sa.Column("is_load", sa.Boolean(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
    )
    op.create_table(
        "rank",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rank")),
        sa.UniqueConstraint("code", name=op.f("uq_rank_code")),
    )
    op.create_table(
        "register_book",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("entries_per_folio", sa.Integer(), nullable=False),
        sa.Column("folios", sa.Integer(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_book")),
        sa.UniqueConstraint("number", name=op.f("uq_register_book_number")),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
    )
    op.create_table(
        "signatory",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("deputy_of_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["deputy_of_id"], ["signatory.id"], name=op.f("fk_signatory_deputy_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatory")),
    )
    with op.batch_alter_table("signatory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signatory_deputy_of_id"), ["deputy_of_id"], unique=False)

    op.create_table(
        "source_document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "letter",
                "act",
                "list",
                "report",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_document")),
        sa.UniqueConstraint("uid", name=op.f("uq_source_document_uid")),
    )
    with op.batch_alter_table("source_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_document_number"), ["number"], unique=False)

    op.create_table(
        "authorisation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("authorised_by", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("exception", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(authorised_by)) > 0", name=op.f("ck_authorisation_named")),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_authorisation_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation")),
    )
    with op.batch_alter_table("authorisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorisation_source_document_id"), ["source_document_id"], unique=False)

    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "course_type",
            sa.Enum(
                "course",
                "seminar",
                "workshop",
                "diploma",
                "specialisation",
                "train_the_trainer",
                "conference",
                "study_tour",
                name="course_type",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_course_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("code", name=op.f("uq_course_code")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "curriculum",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "elementary",
                "middle",
                "families",
                "camp",
                "workshop",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_curriculum_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum")),
        sa.UniqueConstraint("code", name=op.f("uq_curriculum_code")),
    )
    with op.batch_alter_table("curriculum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_curriculum_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "folio",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("register_book_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("previous_digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["register_book_id"], ["register_book.id"], name=op.f("fk_folio_register_book_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folio")),
        sa.UniqueConstraint("register_book_id", "number", name=op.f("uq_folio_register_book_id_number")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_municipality_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("code", name=op.f("uq_municipality_code")),
    )
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipality_department_id"), ["department_id"], unique=False)

    op.create_table(
        "target",
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
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_target_programme_id")),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_target_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("programme_id", "measure", "period", name=op.f("uq_target_programme_id_measure_period")),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_source_document_id"), ["source_document_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_unit_institution_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_institution_id"), ["institution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "course_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("human_rights_hours", sa.Integer(), nullable=False),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.Column("minimum_grade", sa.Integer(), nullable=False),
        sa.Column("minimum_attendance", sa.Integer(), nullable=False),
        sa.Column(
            "rounding",
            sa.Enum("none", "half_up", name="rounding", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("post_test_weight", sa.Integer(), nullable=False),
        sa.Column("performance_weight", sa.Integer(), nullable=False),
        sa.Column("products_weight", sa.Integer(), nullable=False),
        sa.Column("certificate_template", sa.String(), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_course_version_hours")),
        sa.CheckConstraint("minimum_attendance BETWEEN 0 AND 100", name=op.f("ck_course_version_minimum_attendance")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_version_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
        sa.UniqueConstraint("course_id", "version", name=op.f("uq_course_version_course_id_version")),
    )
    with op.batch_alter_table("course_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_version_course_id"), ["course_id"], unique=False)

    op.create_table(
        "curriculum_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("curriculum_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("lessons_required", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["curriculum_id"], ["curriculum.id"], name=op.f("fk_curriculum_version_curriculum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum_version")),
        sa.UniqueConstraint("curriculum_id", "version", name=op.f("uq_curriculum_version_curriculum_id_version")),
    )
    with op.batch_alter_table("curriculum_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_curriculum_version_curriculum_id"), ["curriculum_id"], unique=False)

    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("given_names", sa.String(), nullable=False),
        sa.Column("surnames", sa.String(), nullable=False),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column(
            "sex",
            sa.Enum("F", "M", "U", name="sex", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "document_kind",
            sa.Enum(
                "national_id",
                "passport",
                "residence",
                "other",
                name="document_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("document_country", sa.String(length=3), nullable=True),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("police_number", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_municipality_id", sa.Integer(), nullable=True),
        sa.Column("birth_place", sa.String(), nullable=True),
        sa.Column("birth_country", sa.String(length=3), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("active", "left", "reinstated", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("state_since", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_participant_not_merged_into_itself")
        ),
        sa.ForeignKeyConstraint(
            ["birth_municipality_id"], ["municipality.id"], name=op.f("fk_participant_birth_municipality_id")
        ),
        sa.ForeignKeyConstraint(["merged_into_id"], ["participant.id"], name=op.f("fk_participant_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("uid", name=op.f("uq_participant_uid")),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index("ix_participant_same", ["match_key", "birth_date", "merged_into_id"], unique=False)
        batch_op.create_index(
            "ix_participant_listed_by_name", ["merged_into_id", "sort_key", "id", "sex", "state"], unique=False
        )
        batch_op.create_index("ix_participant_listed_by_document", ["merged_into_id", "document_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_participant_police_number"), ["police_number"], unique=False)
        batch_op.create_index(
            "uq_participant_document", ["document_country", "document_kind", "document_number"], unique=True
        )

    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sace_code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("locality", sa.String(), nullable=True),
        sa.Column(
            "administration",
            sa.Enum(
                "official",
                "non_governmental",
                "proheco",
                "municipal",
                "ccepreb",
                name="administration",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("has_morning", sa.Boolean(), nullable=False),
        sa.Column("has_afternoon", sa.Boolean(), nullable=False),
        sa.Column("has_evening", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_school_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("code", name=op.f("uq_school_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_school_uid")),
    )
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_school_match_key"), ["match_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_school_sace_code"), ["sace_code"], unique=False)

    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
        sa.UniqueConstraint("match_key", name=op.f("uq_unit_alias_match_key")),
    )
    with op.batch_alter_table("unit_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_alias_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "course_module",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("course_version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("human_rights_hours", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_version_id"], ["course_version.id"], name=op.f("fk_course_module_course_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_module")),
        sa.UniqueConstraint("course_version_id", "number", name=op.f("uq_course_module_course_version_id_number")),
    )
    with op.batch_alter_table("course_module", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_module_course_version_id"), ["course_version_id"], unique=False)

    op.create_table(
        "curriculum_lesson",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("curriculum_version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["curriculum_version_id"],
            ["curriculum_version.id"],
            name=op.f("fk_curriculum_lesson_curriculum_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curriculum_lesson")),
        sa.UniqueConstraint(
            "curriculum_version_id", "number", name=op.f("uq_curriculum_lesson_curriculum_version_id_number")
        ),
    )
    with op.batch_alter_table("curriculum_lesson", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_curriculum_lesson_curriculum_version_id"), ["curriculum_version_id"], unique=False
        )

    op.create_table(
        "instructor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("given_names", sa.String(), nullable=False),
        sa.Column("surnames", sa.String(), nullable=False),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("rank_text", sa.String(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["force_id"], ["force.id"], name=op.f("fk_instructor_force_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_instructor_participant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructor")),
        sa.UniqueConstraint("code", name=op.f("uq_instructor_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_instructor_uid")),
    )
    with op.batch_alter_table("instructor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instructor_force_id"), ["force_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_instructor_match_key"), ["match_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_instructor_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "participant_document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "national_id",
                "passport",
                "residence",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_participant_document_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_document")),
    )
    with op.batch_alter_table("participant_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_document_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index("uq_participant_document_number", ["country", "kind", "number"], unique=True)

    op.create_table(
        "vetting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("none", "courtesy", "leahy", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "not_required",
                "in_process",
                "apt",
                "not_apt",
                "expired",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("tracking_number", sa.String(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_vetting_participant_id")),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_vetting_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vetting")),
    )
    with op.batch_alter_table("vetting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vetting_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vetting_source_document_id"), ["source_document_id"], unique=False)

    op.create_table(
        "mentored_unit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instructor_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name=op.f("fk_mentored_unit_instructor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mentored_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentored_unit")),
    )
    with op.batch_alter_table("mentored_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentored_unit_instructor_id"), ["instructor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentored_unit_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "rotation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instructor_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("home_unit", sa.String(), nullable=True),
        sa.Column("funding", sa.String(), nullable=True),
        sa.Column("counterpart", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name=op.f("fk_rotation_instructor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation")),
    )
    with op.batch_alter_table("rotation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rotation_instructor_id"), ["instructor_id"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "registrar",
                "instructor",
                "manager",
                "administrator",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("instructor_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("last_sign_in", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name=op.f("fk_user_instructor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("login", name=op.f("uq_user_login")),
        sa.UniqueConstraint("uid", name=op.f("uq_user_uid")),
    )
    op.create_table(
        "change_set",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("on_behalf_of", sa.String(), nullable=True),
        sa.Column("use_case", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("authorisation_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["authorisation_id"], ["authorisation.id"], name=op.f("fk_change_set_authorisation_id")
        ),
        sa.ForeignKeyConstraint(["undoes_id"], ["change_set.id"], name=op.f("fk_change_set_undoes_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_change_set_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
        sa.UniqueConstraint("hash", name=op.f("uq_change_set_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_change_set_uid")),
    )
    with op.batch_alter_table("change_set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_set_undoes_id"), ["undoes_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_set_user_id"), ["user_id"], unique=False)

    op.create_table(
        "closed_quarter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("reopened_at", sa.DateTime(), nullable=True),
        sa.Column("reopened_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user.id"], name=op.f("fk_closed_quarter_closed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_quarter")),
        sa.UniqueConstraint("period", name=op.f("uq_closed_quarter_period")),
    )
    op.create_table(
        "historical_total",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
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
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("girls_or_women", sa.Integer(), nullable=True),
        sa.Column("boys_or_men", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("instructor_force", sa.String(), nullable=True),
        sa.Column("departments", sa.String(), nullable=True),
        sa.Column("municipalities", sa.String(), nullable=True),
        sa.Column(
            "curriculum_kind",
            sa.Enum(
                "elementary",
                "middle",
                "families",
                "camp",
                "workshop",
                name="curriculum_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("school", sa.String(), nullable=True),
        sa.Column("published_figure_id", sa.Integer(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> entered_by_id", name=op.f("ck_historical_total_four_eyes")
        ),
        sa.CheckConstraint("value > 0", name=op.f("ck_historical_total_value")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_historical_total_approved_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_historical_total_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_historical_total_programme_id")),
        sa.ForeignKeyConstraint(
            ["published_figure_id"], ["published_figure.id"], name=op.f("fk_historical_total_published_figure_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_historical_total_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_historical_total")),
        sa.UniqueConstraint("uid", name=op.f("uq_historical_total_uid")),
    )
    with op.batch_alter_table("historical_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_historical_total_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_historical_total_published_figure_id"), ["published_figure_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_historical_total_source_document_id"), ["source_document_id"], unique=False
        )

    op.create_table(
        "published_figure",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column(
            "qualifier",
            sa.Enum(
                "exact",
                "more_than",
                "about",
                "target",
                "expected_additional",
                name="qualifier",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("instructor_force", sa.String(), nullable=True),
        sa.Column("departments", sa.String(), nullable=True),
        sa.Column("municipalities", sa.String(), nullable=True),
        sa.Column(
            "curriculum_kind",
            sa.Enum(
                "elementary",
                "middle",
                "families",
                "camp",
                "workshop",
                name="curriculum_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("school", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("contradicts", sa.String(), nullable=True),
        sa.Column("countable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("source_title", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=True),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_published_figure_approved_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_published_figure_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_published_figure_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figure")),
        sa.UniqueConstraint("key", name=op.f("uq_published_figure_key")),
    )
    with op.batch_alter_table("published_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_figure_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column(
            "operation",
            sa.Enum(
                "insert", "update", "delete", name="operation", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"],
            ["change_set.id"],
            name=op.f("fk_change_change_set_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_change_set_id"), ["change_set_id"], unique=False)
        batch_op.create_index("ix_change_table_name_row_id", ["table_name", "row_id"], unique=False)

    op.create_table(
        "class_group",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("curriculum_version_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column(
            "shift",
            sa.Enum(
                "morning", "afternoon", "evening", name="shift", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("lessons_given", sa.Integer(), nullable=False),
        sa.Column("first_lesson_on", sa.Date(), nullable=True),
        sa.Column("graduated_on", sa.Date(), nullable=True),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("enrolled_girls", sa.Integer(), nullable=False),
        sa.Column("enrolled_boys", sa.Integer(), nullable=False),
        sa.Column("enrolled_unrecorded", sa.Integer(), nullable=False),
        sa.Column("reached_girls", sa.Integer(), nullable=False),
        sa.Column("reached_boys", sa.Integer(), nullable=False),
        sa.Column("reached_unrecorded", sa.Integer(), nullable=False),
        sa.Column("graduated_girls", sa.Integer(), nullable=False),
        sa.Column("graduated_boys", sa.Integer(), nullable=False),
        sa.Column("graduated_unrecorded", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("repeat_reason", sa.String(), nullable=True),
        sa.Column("historical_total_id", sa.Integer(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            _HEADS_NOT_NEGATIVE,
            name=op.f("ck_class_group_heads_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["curriculum_version_id"], ["curriculum_version.id"], name=op.f("fk_class_group_curriculum_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["historical_total_id"], ["historical_total.id"], name=op.f("fk_class_group_historical_total_id")
        ),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_class_group_municipality_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_class_group_programme_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_class_group_school_id")),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_class_group_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_group")),
        sa.UniqueConstraint("code", name=op.f("uq_class_group_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_class_group_uid")),
    )
    with op.batch_alter_table("class_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_class_group_curriculum_version_id"), ["curriculum_version_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_class_group_historical_total_id"), ["historical_total_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_class_group_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(
            "ix_class_group_programme_id_first_lesson_on", ["programme_id", "first_lesson_on"], unique=False
        )
        batch_op.create_index(
            "ix_class_group_same", ["school_id", "school_year", "grade", "section", "shift"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_class_group_source_document_id"), ["source_document_id"], unique=False)

    op.create_table(
        "figure_explanation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("published_figure_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "historical_total",
                "counting_rule",
                "late_entry",
                "merged",
                "documented",
                "qualifier",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.String(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> entered_by_id", name=op.f("ck_figure_explanation_four_eyes")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_figure_explanation_approved_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_figure_explanation_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["published_figure_id"], ["published_figure.id"], name=op.f("fk_figure_explanation_published_figure_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_figure_explanation_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_explanation")),
    )
    with op.batch_alter_table("figure_explanation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_figure_explanation_published_figure_id"), ["published_figure_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_figure_explanation_source_document_id"), ["source_document_id"], unique=False
        )

    op.create_table(
        "offering",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("course_version_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "closed", "cancelled", name="status", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("vetting_required", sa.Boolean(), nullable=False),
        sa.Column("enrolment_open", sa.Boolean(), nullable=False),
        sa.Column("historical_total_id", sa.Integer(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_reason", sa.String(), nullable=True),
        sa.Column("signed_attendance", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_offering_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["course_version_id"], ["course_version.id"], name=op.f("fk_offering_course_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["historical_total_id"], ["historical_total.id"], name=op.f("fk_offering_historical_total_id")
        ),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_offering_municipality_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_offering_programme_id")),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_offering_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_offering_programme_id_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_offering_uid")),
    )
    with op.batch_alter_table("offering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offering_course_version_id"), ["course_version_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offering_historical_total_id"), ["historical_total_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offering_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index("ix_offering_programme_id_ends_on", ["programme_id", "ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_offering_source_document_id"), ["source_document_id"], unique=False)

    op.create_table(
        "quarter_figure",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("closed_quarter_id", sa.Integer(), nullable=False),
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
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_quarter_id"], ["closed_quarter.id"], name=op.f("fk_quarter_figure_closed_quarter_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_quarter_figure_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarter_figure")),
        sa.UniqueConstraint(
            "closed_quarter_id",
            "programme_id",
            "measure",
            name=op.f("uq_quarter_figure_closed_quarter_id_programme_id_measure"),
        ),
    )
    op.create_table(
        "restatement",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("closed_quarter_id", sa.Integer(), nullable=False),
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
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("old_value", sa.Integer(), nullable=False),
        sa.Column("new_value", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("authorisation_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authorisation_id"], ["authorisation.id"], name=op.f("fk_restatement_authorisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_quarter_id"], ["closed_quarter.id"], name=op.f("fk_restatement_closed_quarter_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_restatement_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restatement")),
    )
    with op.batch_alter_table("restatement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restatement_closed_quarter_id"), ["closed_quarter_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "letter",
                "attendance_sheet",
                "act",
                "summary_sheet",
                "book_page",
                "report_copy",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
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
        sa.ForeignKeyConstraint(["class_group_id"], ["class_group.id"], name=op.f("fk_attachment_class_group_id")),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_attachment_offering_id")),
        sa.ForeignKeyConstraint(
            ["published_figure_id"], ["published_figure.id"], name=op.f("fk_attachment_published_figure_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_attachment_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_class_group_id"), ["class_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_offering_id"), ["offering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_published_figure_id"), ["published_figure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_source_document_id"), ["source_document_id"], unique=False)

    op.create_table(
        "class_group_grade",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("enrolled_girls", sa.Integer(), nullable=False),
        sa.Column("enrolled_boys", sa.Integer(), nullable=False),
        sa.Column("enrolled_unrecorded", sa.Integer(), nullable=False),
        sa.Column("reached_girls", sa.Integer(), nullable=False),
        sa.Column("reached_boys", sa.Integer(), nullable=False),
        sa.Column("reached_unrecorded", sa.Integer(), nullable=False),
        sa.Column("graduated_girls", sa.Integer(), nullable=False),
        sa.Column("graduated_boys", sa.Integer(), nullable=False),
        sa.Column("graduated_unrecorded", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            _HEADS_NOT_NEGATIVE,
            name=op.f("ck_class_group_grade_heads_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["class_group_id"], ["class_group.id"], name=op.f("fk_class_group_grade_class_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_group_grade")),
        sa.UniqueConstraint("class_group_id", "grade", name=op.f("uq_class_group_grade_class_group_id_grade")),
    )
    op.create_table(
        "class_lesson",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("girls", sa.Integer(), nullable=True),
        sa.Column("boys", sa.Integer(), nullable=True),
        sa.Column("unrecorded", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["class_group_id"], ["class_group.id"], name=op.f("fk_class_lesson_class_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_lesson")),
        sa.UniqueConstraint("class_group_id", "number", name=op.f("uq_class_lesson_class_group_id_number")),
    )
    op.create_table(
        "class_officer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("instructor_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("lead", "assistant", name="role", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["class_group_id"], ["class_group.id"], name=op.f("fk_class_officer_class_group_id")),
        sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name=op.f("fk_class_officer_instructor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_officer")),
        sa.UniqueConstraint(
            "class_group_id", "instructor_id", name=op.f("uq_class_officer_class_group_id_instructor_id")
        ),
    )
    with op.batch_alter_table("class_officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_officer_instructor_id"), ["instructor_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "enrolled",
                "completed",
                "not_completed",
                "withdrew",
                "no_show",
                "removed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "seat",
            sa.Enum("seat", "alternate", name="seat", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("ground_id", sa.Integer(), nullable=True),
        sa.Column(
            "proposed_status",
            sa.Enum(
                "applied",
                "enrolled",
                "completed",
                "not_completed",
                "withdrew",
                "no_show",
                "removed",
                name="proposed_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("rank_id", sa.Integer(), nullable=True),
        sa.Column("rank_text", sa.String(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("lodging", sa.Boolean(), nullable=True),
        sa.Column("pre_test", sa.Integer(), nullable=True),
        sa.Column("post_test", sa.Integer(), nullable=True),
        sa.Column("performance", sa.Integer(), nullable=True),
        sa.Column("products", sa.Integer(), nullable=True),
        sa.Column("final_grade", sa.Integer(), nullable=True),
        sa.Column("second_chance_grade", sa.Integer(), nullable=True),
        sa.Column("attendance_percent", sa.Integer(), nullable=True),
        sa.Column(
            "distinction",
            sa.Enum(
                "key_participant",
                "unsatisfactory",
                name="distinction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("replaces_enrolment_id", sa.Integer(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.Column("authorisation_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("attendance_percent BETWEEN 0 AND 100", name=op.f("ck_enrolment_attendance_percent")),
        sa.ForeignKeyConstraint(["authorisation_id"], ["authorisation.id"], name=op.f("fk_enrolment_authorisation_id")),
        sa.ForeignKeyConstraint(["ground_id"], ["ground.id"], name=op.f("fk_enrolment_ground_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_enrolment_institution_id")),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_enrolment_offering_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_enrolment_participant_id")),
        sa.ForeignKeyConstraint(["rank_id"], ["rank.id"], name=op.f("fk_enrolment_rank_id")),
        sa.ForeignKeyConstraint(
            ["replaces_enrolment_id"], ["enrolment.id"], name=op.f("fk_enrolment_replaces_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_enrolment_source_document_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_enrolment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("offering_id", "participant_id", name=op.f("uq_enrolment_offering_id_participant_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_enrolment_uid")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enrolment_participant_id", ["participant_id", "status", "seat", "offering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_enrolment_source_document_id"), ["source_document_id"], unique=False)

    op.create_table(
        "offering_module",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("course_module_id", sa.Integer(), nullable=False),
        sa.Column("instructor_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_module_id"], ["course_module.id"], name=op.f("fk_offering_module_course_module_id")
        ),
        sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name=op.f("fk_offering_module_instructor_id")),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_offering_module_offering_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering_module")),
        sa.UniqueConstraint(
            "offering_id", "course_module_id", name=op.f("uq_offering_module_offering_id_course_module_id")
        ),
    )
    with op.batch_alter_table("offering_module", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offering_module_course_module_id"), ["course_module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offering_module_instructor_id"), ["instructor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offering_module_offering_id"), ["offering_id"], unique=False)

    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "grades",
                "closing",
                "graduation",
                "rectification",
                "delivery",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("offering_module_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("starts_at", sa.String(), nullable=True),
        sa.Column("ends_at", sa.String(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("rectifies_id", sa.Integer(), nullable=True),
        sa.Column("authorisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["authorisation_id"], ["authorisation.id"], name=op.f("fk_act_authorisation_id")),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_act_offering_id")),
        sa.ForeignKeyConstraint(["offering_module_id"], ["offering_module.id"], name=op.f("fk_act_offering_module_id")),
        sa.ForeignKeyConstraint(["rectifies_id"], ["act.id"], name=op.f("fk_act_rectifies_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sa.UniqueConstraint("kind", "year", "number", name=op.f("uq_act_kind_year_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_act_uid")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_offering_id"), ["offering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_act_rectifies_id"), ["rectifies_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("instructor_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("lead", "assistant", "module", name="role", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("offering_module_id", sa.Integer(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name=op.f("fk_assignment_instructor_id")),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_assignment_offering_id")),
        sa.ForeignKeyConstraint(
            ["offering_module_id"], ["offering_module.id"], name=op.f("fk_assignment_offering_module_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_assignment_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "offering_id",
            "instructor_id",
            "offering_module_id",
            name=op.f("uq_assignment_offering_id_instructor_id_offering_module_id"),
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_instructor_id"), ["instructor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_offering_id"), ["offering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_offering_module_id"), ["offering_module_id"], unique=False)
        batch_op.create_index(
            "uq_assignment_one_lead",
            ["offering_id"],
            unique=True,
            sqlite_where=sa.text("role = 'lead'"),
            postgresql_where=sa.text("role = 'lead'"),
        )

    op.create_table(
        "module_grade",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("offering_module_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("second_chance_grade", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_module_grade_enrolment_id")),
        sa.ForeignKeyConstraint(
            ["offering_module_id"], ["offering_module.id"], name=op.f("fk_module_grade_offering_module_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_grade")),
        sa.UniqueConstraint(
            "enrolment_id", "offering_module_id", name=op.f("uq_module_grade_enrolment_id_offering_module_id")
        ),
    )
    with op.batch_alter_table("module_grade", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_grade_offering_module_id"), ["offering_module_id"], unique=False)

    op.create_table(
        "offering_day",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("offering_module_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_offering_day_offering_id")),
        sa.ForeignKeyConstraint(
            ["offering_module_id"], ["offering_module.id"], name=op.f("fk_offering_day_offering_module_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering_day")),
        sa.UniqueConstraint("offering_id", "held_on", name=op.f("uq_offering_day_offering_id_held_on")),
    )
    with op.batch_alter_table("offering_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offering_day_offering_id"), ["offering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offering_day_offering_module_id"), ["offering_module_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_enrolment_id")),
        sa.ForeignKeyConstraint(["ground_id"], ["ground.id"], name=op.f("fk_attendance_ground_id")),
        sa.ForeignKeyConstraint(["offering_day_id"], ["offering_day.id"], name=op.f("fk_attendance_offering_day_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("enrolment_id", "offering_day_id", name=op.f("uq_attendance_enrolment_id_offering_day_id")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_offering_day_id"), ["offering_day_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("certificate_series_id", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "diploma",
                "participation",
                "statement",
                "instructor",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "prepared",
                "approved",
                "issued",
                "annulled",
                "replaced",
                "paper_book",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("instructor_id", sa.Integer(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("snapshot", sa.String(), nullable=True),
        sa.Column("snapshot_digest", sa.String(), nullable=True),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id", name=op.f("ck_certificate_four_eyes")
        ),
        sa.CheckConstraint(
            "status IN ('prepared', 'annulled') OR (number IS NOT NULL AND dated IS NOT NULL AND snapshot IS NOT NULL)",
            name=op.f("ck_certificate_numbered_once_approved"),
        ),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_certificate_act_id")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_certificate_approved_by_id")),
        sa.ForeignKeyConstraint(
            ["certificate_series_id"], ["certificate_series.id"], name=op.f("fk_certificate_certificate_series_id")
        ),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["certificate.id"], name=op.f("fk_certificate_duplicate_of_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_certificate_enrolment_id")),
        sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name=op.f("fk_certificate_instructor_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["user.id"], name=op.f("fk_certificate_prepared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint(
            "certificate_series_id", "serial", name=op.f("uq_certificate_certificate_series_id_serial")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_certificate_uid")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_duplicate_of_id"), ["duplicate_of_id"], unique=False)
        batch_op.create_index("ix_certificate_enrolment_id", ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_instructor_id"), ["instructor_id"], unique=False)

    op.create_table(
        "certificate_sheet",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("sheet_serial", sa.String(), nullable=False),
        sa.Column("spoiled", sa.Boolean(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_sheet_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_sheet")),
    )
    with op.batch_alter_table("certificate_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_sheet_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=True),
        sa.Column("proxy_document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_delivery_certificate_id")),
        sa.ForeignKeyConstraint(
            ["proxy_document_id"], ["source_document.id"], name=op.f("fk_delivery_proxy_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("folio_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_register_entry_certificate_id")),
        sa.ForeignKeyConstraint(["folio_id"], ["folio.id"], name=op.f("fk_register_entry_folio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("folio_id", "number", name=op.f("uq_register_entry_folio_id_number")),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_entry_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "revocation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "not_completed",
                "correction",
                "loss",
                "theft",
                "damage",
                "error",
                "change_of_name",
                "forgery",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=False),
        sa.Column("authorisation_id", sa.Integer(), nullable=True),
        sa.Column("source_document_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authorisation_id"], ["authorisation.id"], name=op.f("fk_revocation_authorisation_id")
        ),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_revocation_certificate_id")),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["source_document.id"], name=op.f("fk_revocation_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
    )
    with op.batch_alter_table("revocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revocation_certificate_id"), ["certificate_id"], unique=False)

    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "people <= 50 OR (reason IS NOT NULL AND length(trim(reason)) > 0)",
            name=op.f("ck_export_reason_given"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_export_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    with op.batch_alter_table("export", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_user_id"), ["user_id"], unique=False)
    for statement in (*_TRIGGERS, *_SEARCH):
        op.execute(statement)


# The journal only grows, erasing a payload is the one change that it allows, and what a file is never changes.
_TRIGGERS = (
    """CREATE TRIGGER change_set_is_never_changed BEFORE UPDATE ON change_set
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    """CREATE TRIGGER change_set_is_never_deleted BEFORE DELETE ON change_set
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    """CREATE TRIGGER change_is_only_erased BEFORE UPDATE ON change
    WHEN NOT (NEW."before" IS NULL AND NEW."after" IS NULL AND NEW.salt IS NULL
      AND NEW.id = OLD.id AND NEW.change_set_id = OLD.change_set_id AND NEW.table_name = OLD.table_name
      AND NEW.row_id = OLD.row_id AND NEW.operation = OLD.operation AND NEW.digest = OLD.digest)
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    """CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    """CREATE TRIGGER file_info_is_never_changed BEFORE UPDATE ON file_info
    BEGIN SELECT RAISE(ABORT, 'what a file is never changes'); END""",
    """CREATE TRIGGER file_info_is_never_deleted BEFORE DELETE ON file_info
    BEGIN SELECT RAISE(ABORT, 'what a file is never changes'); END""",
    """CREATE TRIGGER authorisation_is_never_changed BEFORE UPDATE ON authorisation
    BEGIN SELECT RAISE(ABORT, 'an authorisation is never edited'); END""",
)

# What is found by words (store/search.py keeps it in step): people by the folded words of their names and the last four
# characters of their numbers, all else by entries of folded words. Only SQLite 3.40's own FTS5 is asked for.
_SEARCH = (
    """CREATE VIEW search_person_words AS
    SELECT p.id AS id, p.match_key
      || coalesce(' ' || char(57344) || substr(p.document_number, -4), '')
      || coalesce(' ' || char(57344) || substr(p.police_number, -4), '')
      || coalesce((SELECT group_concat(' ' || char(57344) || substr(d.number, -4), '') FROM participant_document d
                   WHERE d.participant_id = p.id), '') AS words
    FROM participant p""",
    """CREATE VIRTUAL TABLE search_person USING fts5(words, content='search_person_words', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2', prefix='1 2', detail='none', columnsize=0)""",
    """CREATE TABLE search_entry (
      id INTEGER NOT NULL,
      words VARCHAR NOT NULL,
      CONSTRAINT pk_search_entry PRIMARY KEY (id)
    )""",
    """CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_entry', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2', prefix='1 2', detail='none', columnsize=0)""",
)
