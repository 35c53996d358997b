"""Papers, teaching staff and photos: acts that are printed, instructors in full, a photo, the end of a course."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


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

    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_photo_participant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_photo_participant_id")),
    )


_ADDED = {
    "act": {"present": sa.String(), "facts": sa.String(), "annexes": sa.String(), "content": sa.String()},
    "assignment": {"ended_on": sa.Date()},
    "course": {"valid_to": sa.Date()},
    "instructor": {
        "police_number": sa.String(),
        "specialities": sa.String(),
        "languages": sa.String(),
        "ended_on": sa.Date(),
    },
    "rotation": {"overlap_reason": sa.String()},
}
