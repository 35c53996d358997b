"""Signed certificates: keys, codes, templates, lists of trust, absences; statements and transcripts as certificates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "title",
            sa.Enum("titular", "deputy", name="title", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("kid", sa.String(length=16), nullable=False),
        sa.Column("point", sa.String(length=130), nullable=False),
        sa.Column("locked_private", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "ended",
            sa.Enum(
                "handed_over", "lost", "stolen", name="ended", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "demonstration OR locked_private IS NOT NULL", name=op.f("ck_signing_key_locked_unless_demonstration")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_signing_key_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_key_kid")),
        sa.UniqueConstraint("uid", name=op.f("uq_signing_key_uid")),
    )
    with op.batch_alter_table("signing_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signing_key_user_id"), ["user_id"], unique=False)

        op.create_table(
            "signatory_absence",
            sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("signatory_id", sa.Integer(), nullable=False),
            sa.Column("starts_on", sa.Date(), nullable=False),
            sa.Column("ends_on", sa.Date(), nullable=True),
            sa.Column("reason", sa.String(), nullable=False),
            sa.ForeignKeyConstraint(["signatory_id"], ["signatory.id"], name=op.f("fk_signatory_absence_signatory_id")),
            sa.PrimaryKeyConstraint("id", name=op.f("pk_signatory_absence")),
        )
    with op.batch_alter_table("signatory_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signatory_absence_signatory_id"), ["signatory_id"], unique=False)

        op.create_table(
            "trust_list",
            sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("issuer", sa.String(), nullable=False),
            sa.Column("sequence", sa.Integer(), nullable=False),
            sa.Column("own", sa.Boolean(), nullable=False),
            sa.Column("issued_on", sa.Date(), nullable=False),
            sa.Column("fingerprint", sa.String(), nullable=False),
            sa.Column("content", sa.LargeBinary(), nullable=False),
            sa.Column("recorded_at", sa.DateTime(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_list")),
            sa.UniqueConstraint("issuer", "sequence", "own", name=op.f("uq_trust_list_issuer_sequence_own")),
        )
        op.create_table(
            "certificate_template",
            sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("uid", sa.String(length=32), nullable=False),
            sa.Column(
                "kind",
                sa.Enum(
                    "diploma",
                    "participation",
                    "statement",
                    "transcript",
                    "instructor",
                    "pupil",
                    name="kind",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=False,
            ),
            sa.Column("name", sa.String(), nullable=False),
            sa.Column("programme_id", sa.Integer(), nullable=True),
            sa.Column("valid_to", sa.Date(), nullable=True),
            sa.ForeignKeyConstraint(
                ["programme_id"], ["programme.id"], name=op.f("fk_certificate_template_programme_id")
            ),
            sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_template")),
            sa.UniqueConstraint("uid", name=op.f("uq_certificate_template_uid")),
        )
    with op.batch_alter_table("certificate_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_template_programme_id"), ["programme_id"], unique=False)

        op.create_table(
            "certificate_template_version",
            sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("certificate_template_id", sa.Integer(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("content", sa.String(), nullable=False),
            sa.Column("digest", sa.String(), nullable=False),
            sa.Column("frozen_at", sa.DateTime(), nullable=True),
            sa.ForeignKeyConstraint(
                ["certificate_template_id"],
                ["certificate_template.id"],
                name=op.f("fk_certificate_template_version_certificate_template_id"),
            ),
            sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_template_version")),
            sa.UniqueConstraint(
                "certificate_template_id",
                "number",
                name=op.f("uq_certificate_template_version_certificate_template_id_number"),
            ),
        )
    _rebuild_certificate()


def _rebuild_certificate() -> None:
    """Make the table anew with its rows: SQLite changes no rule of a table in place."""
    kept = [part.name for part in _CERTIFICATE if isinstance(part, sa.Column) and part.name not in _ADDED]
    op.rename_table("certificate", "certificate_before")
    for name in _INDEXED[:4]:
        op.drop_index(f"ix_certificate_{name}", "certificate_before")
    op.create_table("certificate", *_CERTIFICATE)
    columns = ", ".join(kept)
    op.execute(f"INSERT INTO certificate ({columns}, with_grades) SELECT {columns}, 0 FROM certificate_before")
    op.drop_table("certificate_before")
    for name in _INDEXED:
        op.create_index(f"ix_certificate_{name}", "certificate", [name], unique=False)


_INDEXED = ("act_id", "duplicate_of_id", "enrolment_id", "instructor_id", "participant_id")
_ADDED = (
    "participant_id",
    "code",
    "telephone_code",
    "signing_key_id",
    "template_version_id",
    "purpose",
    "asked_by",
    "with_grades",
    "valid_to",
    "source_document_id",
)

_CERTIFICATE = (
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
            "transcript",
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
    sa.Column("participant_id", sa.Integer(), nullable=True),
    sa.Column("code", sa.String(), nullable=True),
    sa.Column("telephone_code", sa.String(length=19), nullable=True),
    sa.Column("signing_key_id", sa.Integer(), nullable=True),
    sa.Column("template_version_id", sa.Integer(), nullable=True),
    sa.Column("purpose", sa.String(), nullable=True),
    sa.Column("asked_by", sa.String(), nullable=True),
    sa.Column("with_grades", sa.Boolean(), nullable=False),
    sa.Column("valid_to", sa.Date(), nullable=True),
    sa.Column("source_document_id", sa.Integer(), nullable=True),
    sa.CheckConstraint(
        "status IN ('prepared', 'annulled') OR (number IS NOT NULL AND dated IS NOT NULL AND snapshot IS NOT NULL)",
        name=op.f("ck_certificate_numbered_once_approved"),
    ),
    sa.CheckConstraint(
        "approved_by_id IS NULL OR approved_by_id <> prepared_by_id", name=op.f("ck_certificate_four_eyes")
    ),
    sa.ForeignKeyConstraint(["act_id"], ["act.id"], name="fk_certificate_act_id"),
    sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name="fk_certificate_approved_by_id"),
    sa.ForeignKeyConstraint(
        ["certificate_series_id"], ["certificate_series.id"], name="fk_certificate_certificate_series_id"
    ),
    sa.ForeignKeyConstraint(["duplicate_of_id"], ["certificate.id"], name="fk_certificate_duplicate_of_id"),
    sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name="fk_certificate_enrolment_id"),
    sa.ForeignKeyConstraint(["instructor_id"], ["instructor.id"], name="fk_certificate_instructor_id"),
    sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name="fk_certificate_participant_id"),
    sa.ForeignKeyConstraint(["prepared_by_id"], ["user.id"], name="fk_certificate_prepared_by_id"),
    sa.ForeignKeyConstraint(["signing_key_id"], ["signing_key.id"], name="fk_certificate_signing_key_id"),
    sa.ForeignKeyConstraint(["source_document_id"], ["source_document.id"], name="fk_certificate_source_document_id"),
    sa.ForeignKeyConstraint(
        ["template_version_id"], ["certificate_template_version.id"], name="fk_certificate_template_version_id"
    ),
    sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    sa.UniqueConstraint("certificate_series_id", "serial", name="uq_certificate_certificate_series_id_serial"),
    sa.UniqueConstraint("number", name="uq_certificate_number"),
    sa.UniqueConstraint("telephone_code", name="uq_certificate_telephone_code"),
    sa.UniqueConstraint("uid", name="uq_certificate_uid"),
)
