"""Audit samples of completions: what was drawn from which rows with which seed, and what was found."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.sampling import Outcome
from eic_tracker.store.columns import choice, key, ref, uid


class AuditSample(SQLModel, table=True):
    """A draw: its period, the number and digest of the rows drawn from, the seed, who drew when."""

    __tablename__ = "audit_sample"
    __table_args__ = (CheckConstraint("size BETWEEN 1 AND population", name="size"),)
    id: int = key()
    uid: str = uid()
    period: str
    programme_id: int | None = ref("programme.id", optional=True)
    size: int
    population: int
    population_digest: str = Field(max_length=64)
    seed: str
    drawn_by_id: int = ref("user.id", index=False)
    recorded_at: dt.datetime


class AuditSampleItem(SQLModel, table=True):
    """A completion that was drawn, at its place in the draw; without outcome it waits."""

    __tablename__ = "audit_sample_item"
    __table_args__ = (
        UniqueConstraint("audit_sample_id", "position"),
        CheckConstraint(
            "outcome IS NULL OR outcome = 'supported' OR (note IS NOT NULL AND length(trim(note)) > 0)",
            name="what_is_missing",
        ),
    )
    id: int = key()
    audit_sample_id: int = ref("audit_sample.id")
    enrolment_id: int = ref("enrolment.id")
    position: int
    outcome: Outcome | None = choice(Outcome, "outcome", optional=True)
    note: str | None = None
    checked_by_id: int | None = ref("user.id", optional=True, index=False)
    checked_on: dt.date | None = None
