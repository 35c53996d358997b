"""Periodic reports: letter and number, narrative, who signs, and the way that each took to its reader."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import SQLModel

from eic_tracker.domain.codes import ReportKind, ReportSigner
from eic_tracker.store.columns import choice, key, ref, uid


class PeriodicReport(SQLModel, table=True):
    """What people say in and of the report of a period; its figures are counted, never kept here."""

    __tablename__ = "periodic_report"
    __table_args__ = (
        UniqueConstraint("kind", "period"),
        CheckConstraint(
            "received_on IS NULL OR (sent_on IS NOT NULL AND received_on >= sent_on)", name="received_after_sent"
        ),
    )
    id: int = key()
    uid: str = uid()
    kind: ReportKind = choice(ReportKind, "kind")
    period: str
    number: str | None = None
    letter_number: str | None = None
    letter_dated: dt.date | None = None
    addressee: str | None = None
    addressee_post: str | None = None
    copies: str | None = None
    achievements: str | None = None
    difficulties: str | None = None
    next_steps: str | None = None
    left_out: str | None = None
    sent_on: dt.date | None = None
    received_on: dt.date | None = None
    received_by: str | None = None
    reviewed_on: dt.date | None = None
    reviewed_by: str | None = None
    recorded_at: dt.datetime


class PeriodicReportSigner(SQLModel, table=True):
    """Who signs a report as its maker, its reviewer or with Vo.Bo.; rank, name and post as printed."""

    __tablename__ = "periodic_report_signer"
    __table_args__ = (UniqueConstraint("periodic_report_id", "role"),)
    id: int = key()
    periodic_report_id: int = ref("periodic_report.id", index=False)
    role: ReportSigner = choice(ReportSigner, "role")
    rank: str | None = None
    name: str
    post: str | None = None
