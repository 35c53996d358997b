"""What pages of the register say is frozen as text; a paper book may bear the number of a book of today."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.rename_table("register_book", "register_book_before")
    op.create_table(
        "register_book",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("entries_per_folio", sa.Integer(), nullable=False),
        sa.Column("folios", sa.Integer(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("opening", sa.String(), nullable=True),
        sa.Column("closing", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_book")),
        sa.UniqueConstraint("number", "on_paper", name=op.f("uq_register_book_number_on_paper")),
    )
    kept = "id, number, entries_per_folio, folios, on_paper, opened_on, closed_on"
    op.execute(f"INSERT INTO register_book ({kept}) SELECT {kept} FROM register_book_before")
    op.drop_table("register_book_before")
    op.add_column("folio", sa.Column("content", sa.String(), nullable=True))
