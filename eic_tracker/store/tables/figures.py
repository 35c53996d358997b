"""Published figures, historical totals, explanations, closed quarters, restatements, targets and indicators."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import CauseKind, CurriculumKind, Measure, Qualifier
from eic_tracker.store.columns import choice, content, key, ref, uid


class PublishedFigureRow(SQLModel, table=True):
    """A published figure with source and quote; municipalities and departments are codes joined by `;`."""

    __tablename__ = "published_figure"
    id: int = key()
    key: str = Field(unique=True)
    programme_id: int = ref("programme.id")
    measure: str
    qualifier: Qualifier = choice(Qualifier, "qualifier")
    value: int
    period_from: dt.date
    period_to: dt.date | None = None
    precision: str
    instructor_force: str | None = None
    departments: str | None = None
    municipalities: str | None = None
    curriculum_kind: CurriculumKind | None = choice(CurriculumKind, "curriculum_kind", optional=True)
    school: str | None = None
    event: str | None = None
    contradicts: str | None = None
    countable: bool = True
    note: str | None = None
    source_title: str
    source_url: str | None = None
    quote: str
    entered_by_id: int | None = ref("user.id", optional=True, index=False)
    approved_by_id: int | None = ref("user.id", optional=True, index=False)
    recorded_at: dt.datetime


class HistoricalTotalRow(SQLModel, table=True):
    """A documented aggregate without roster; counts nothing until a second person approved it."""

    __tablename__ = "historical_total"
    __table_args__ = (
        CheckConstraint("value > 0", name="value"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> entered_by_id", name="four_eyes"),
    )
    id: int = key()
    uid: str = uid()
    programme_id: int = ref("programme.id")
    measure: Measure = choice(Measure, "measure")
    value: int
    girls_or_women: int | None = None
    boys_or_men: int | None = None
    first_day: dt.date
    last_day: dt.date
    instructor_force: str | None = None
    departments: str | None = None
    municipalities: str | None = None
    curriculum_kind: CurriculumKind | None = choice(CurriculumKind, "curriculum_kind", optional=True)
    school: str | None = None
    published_figure_id: int | None = ref("published_figure.id", optional=True)
    source_document_id: int = ref("source_document.id")
    page: str | None = None
    entered_by_id: int = ref("user.id", index=False)
    approved_by_id: int | None = ref("user.id", optional=True, index=False)
    recorded_at: dt.datetime


class FigureExplanation(SQLModel, table=True):
    """A cause of a difference, with document; it fills nothing until a second person approved it."""

    __tablename__ = "figure_explanation"
    __table_args__ = (CheckConstraint("approved_by_id IS NULL OR approved_by_id <> entered_by_id", name="four_eyes"),)
    id: int = key()
    published_figure_id: int = ref("published_figure.id")
    kind: CauseKind = choice(CauseKind, "kind")
    amount: int
    label: str
    source_document_id: int | None = ref("source_document.id", optional=True)
    page: str | None = None
    entered_by_id: int = ref("user.id", index=False)
    approved_by_id: int | None = ref("user.id", optional=True, index=False)
    recorded_at: dt.datetime


class ClosedQuarter(SQLModel, table=True):
    """A quarter whose figures were frozen and sent; reopening is an administrator's."""

    __tablename__ = "closed_quarter"
    id: int = key()
    period: str = Field(unique=True)
    closed_at: dt.datetime
    closed_by_id: int | None = ref("user.id", optional=True, index=False)
    reopened_at: dt.datetime | None = None
    reopened_reason: str | None = None


class QuarterFigure(SQLModel, table=True):
    """A figure of a closed quarter as it was when it was closed."""

    __tablename__ = "quarter_figure"
    __table_args__ = (UniqueConstraint("closed_quarter_id", "programme_id", "measure"),)
    id: int = key()
    closed_quarter_id: int = ref("closed_quarter.id", index=False)
    programme_id: int = ref("programme.id", index=False)
    measure: Measure = choice(Measure, "measure")
    value: int


class QuarterCell(SQLModel, table=True):
    """One number of the tables of a closed quarter as it was when it was closed; no code where no row says it."""

    __tablename__ = "quarter_cell"
    __table_args__ = (UniqueConstraint("closed_quarter_id", "programme_id", "dimension", "code", "measure"),)
    id: int = key()
    closed_quarter_id: int = ref("closed_quarter.id", index=False)
    programme_id: int = ref("programme.id", index=False)
    dimension: str
    code: str | None = None
    measure: Measure = choice(Measure, "measure")
    value: int


class QuarterPaper(SQLModel, table=True):
    """A paper that was frozen with a quarter, as it was sent; a quarter closed again gets further ones."""

    __tablename__ = "quarter_paper"
    id: int = key()
    closed_quarter_id: int = ref("closed_quarter.id")
    name: str
    media_type: str
    sha256: str = Field(max_length=64)
    content: bytes | None = content()
    recorded_at: dt.datetime


class Restatement(SQLModel, table=True):
    """A figure of a closed quarter that changed: old, new, why, who (the change set's user)."""

    __tablename__ = "restatement"
    id: int = key()
    closed_quarter_id: int = ref("closed_quarter.id")
    programme_id: int = ref("programme.id", index=False)
    measure: Measure = choice(Measure, "measure")
    old_value: int
    new_value: int
    reason: str
    authorisation_id: int | None = ref("authorisation.id", optional=True, index=False)
    recorded_at: dt.datetime


class Target(SQLModel, table=True):
    """What a programme planned for a period; it counts as planned once a second person approved it."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("programme_id", "measure", "period"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> entered_by_id", name="four_eyes"),
    )
    id: int = key()
    programme_id: int = ref("programme.id", index=False)
    measure: Measure = choice(Measure, "measure")
    period: str
    value: int
    source_document_id: int | None = ref("source_document.id", optional=True)
    entered_by_id: int | None = ref("user.id", optional=True, index=False)
    approved_by_id: int | None = ref("user.id", optional=True, index=False)
    recorded_at: dt.datetime | None = None


class Indicator(SQLModel, table=True):
    """The code under which an office reports a measure of a programme."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("programme_id", "measure"),)
    id: int = key()
    programme_id: int = ref("programme.id", index=False)
    measure: Measure = choice(Measure, "measure")
    code: str
