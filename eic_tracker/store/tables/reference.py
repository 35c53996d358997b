"""Reference lists: places, ranks, institutions, units, programmes, grounds; after `valid_to` no new row uses one."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import ProgrammeKind
from eic_tracker.store.columns import choice, key, ref


class InstitutionKind(StrEnum):
    """What an institution is; only security forces need vetting by law."""

    SECURITY_FORCE = "security_force"
    JUSTICE = "justice"
    MILITARY = "military"
    OTHER = "other"


class Programme(SQLModel, table=True):
    """A programme; `is_load` marks the extra programme of load tests, which no report shows."""

    __tablename__ = "programme"
    id: int = key()
    code: str = Field(unique=True)
    name: str
    kind: ProgrammeKind = choice(ProgrammeKind, "kind")
    covers_from: dt.date | None = None
    covers_to: dt.date | None = None
    is_load: bool = False
    valid_to: dt.date | None = None


class Department(SQLModel, table=True):
    """One of the 18 departments; two-digit official code."""

    __tablename__ = "department"
    id: int = key()
    code: str = Field(unique=True, max_length=2)
    name: str
    valid_to: dt.date | None = None


class Municipality(SQLModel, table=True):
    """One of the 298 municipalities; four-digit code that begins with its department's."""

    __tablename__ = "municipality"
    id: int = key()
    code: str = Field(unique=True, max_length=4)
    name: str
    department_id: int = ref("department.id")
    valid_to: dt.date | None = None


class Force(SQLModel, table=True):
    """A home force of instructors (HNP, CNP, ...), with its country."""

    __tablename__ = "force"
    id: int = key()
    code: str = Field(unique=True)
    name: str
    country: str = Field(max_length=3)
    valid_to: dt.date | None = None


class Rank(SQLModel, table=True):
    """A rank of the HNP, lowest first, or of another institution."""

    __tablename__ = "rank"
    id: int = key()
    code: str = Field(unique=True)
    name: str
    scale: str | None = None
    position: int
    source: str | None = None
    valid_to: dt.date | None = None


class Institution(SQLModel, table=True):
    """An institution that sends people (HNP, Ministerio Público, ...), with its years and what it became."""

    __tablename__ = "institution"
    id: int = key()
    code: str = Field(unique=True)
    name: str
    country: str = Field(max_length=3)
    kind: InstitutionKind = choice(InstitutionKind, "kind")
    vetting_required: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    successor_id: int | None = ref("institution.id", optional=True)


class InstitutionAlias(SQLModel, table=True):
    """How a sender writes an institution; mapped once and remembered."""

    __tablename__ = "institution_alias"
    id: int = key()
    match_key: str = Field(unique=True)
    text: str
    institution_id: int = ref("institution.id")


class Unit(SQLModel, table=True):
    """A unit of an institution, with its years and what it became."""

    __tablename__ = "unit"
    id: int = key()
    code: str = Field(unique=True)
    name: str
    institution_id: int = ref("institution.id")
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    successor_id: int | None = ref("unit.id", optional=True)
    source: str | None = None


class UnitAlias(SQLModel, table=True):
    """How a sender writes a unit; mapped once and remembered."""

    __tablename__ = "unit_alias"
    id: int = key()
    match_key: str = Field(unique=True)
    text: str
    unit_id: int = ref("unit.id")


class RankAlias(SQLModel, table=True):
    """How a sender writes a rank; mapped once and remembered."""

    __tablename__ = "rank_alias"
    id: int = key()
    match_key: str = Field(unique=True)
    text: str
    rank_id: int = ref("rank.id")


class Ground(SQLModel, table=True):
    """A reason that may stand on an enrolment or an absence; `applies_to` is a status or `absence`."""

    __tablename__ = "ground"
    id: int = key()
    code: str = Field(unique=True)
    name: str
    applies_to: str
    valid_to: dt.date | None = None


class Setting(SQLModel, table=True):
    """A setting of the school by name; the value is JSON text."""

    __tablename__ = "setting"
    id: int = key()
    name: str = Field(unique=True)
    value: str
