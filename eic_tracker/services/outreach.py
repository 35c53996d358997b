"""Class groups and schools one by one: no child is named anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.facts import Dimension, Heads, Scope
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.listing import Request, listing_keys, listing_rows, sight_of
from eic_tracker.queries.outreach import CLASS_GROUPS, SCHOOLS, ClassGroupRow, SchoolRow
from eic_tracker.queries.outreach_detail import (
    GradeHeads,
    GroupPapers,
    Lesson,
    OfficerLine,
    officers_of,
    papers_of,
    read_grades,
    read_lessons,
)
from eic_tracker.services.coverage import heads_by
from eic_tracker.services.figures import Counted, FigureRef
from eic_tracker.store.database import Database

_GONE = N_("This record is gone, or you may not see it.")


@dataclass(frozen=True, slots=True)
class ClassGroupDetail:
    """A class group with its lessons (also those not given), the heads of its grades, its officers and papers."""

    row: ClassGroupRow
    school: SchoolRow | None
    lessons: tuple[Lesson, ...]
    grades: tuple[GradeHeads, ...]
    """of a multigrade group; empty otherwise"""
    officers: tuple[OfficerLine, ...]
    papers: GroupPapers


@dataclass(frozen=True, slots=True)
class YearOfSchool:
    """What was reached and graduated at a school in a calendar year, as figures count it."""

    year: str
    reached: Heads
    graduated: Heads
    reached_ref: FigureRef
    graduated_ref: FigureRef


@dataclass(frozen=True, slots=True)
class SchoolDetail:
    """A school with its years, and its class groups newest first."""

    row: SchoolRow
    years: tuple[YearOfSchool, ...]
    groups: tuple[int, ...]


def class_group_detail(db: Database, acting: ActingUser, key: int, today: dt.date) -> ClassGroupDetail:
    """One class group; UserError where it is gone or not the user's own."""
    sight = sight_of(acting)
    with db.read() as connection:
        row = listing_rows(connection, CLASS_GROUPS, (key,), sight, today).get(key)
        if row is None:
            raise UserError(_GONE)
        return ClassGroupDetail(
            row=row,
            school=_school_of(connection, acting, row, today),
            lessons=read_lessons(connection, key),
            grades=read_grades(connection, key),
            officers=officers_of(connection, key, sight),
            papers=papers_of(connection, key),
        )


def school_detail(db: Database, acting: ActingUser, key: int, today: dt.date) -> SchoolDetail:
    """One school; an instructor's numbers are of own class groups. UserError where it is gone or not to be seen."""
    sight = sight_of(acting)
    with db.read() as connection:
        row = listing_rows(connection, SCHOOLS, (key,), sight, today).get(key)
        if row is None:
            raise UserError(_GONE)
        request = Request(filters=(("school", row.code),), order="newest", today=today)
        return SchoolDetail(
            row=row,
            years=_years(Counted(connection, acting), row.code, today),
            groups=tuple(listing_keys(connection, CLASS_GROUPS, request, sight)),
        )


def _years(counted: Counted, school: str, as_of: dt.date) -> tuple[YearOfSchool, ...]:
    scope = Scope(school=school)
    found = heads_by(counted, (Dimension.YEAR,), scope, as_of)
    by = (Dimension.YEAR,)
    nobody = (Heads(), Heads())
    return tuple(
        YearOfSchool(
            year=year,
            reached=found.get(year, nobody)[0],
            graduated=found.get(year, nobody)[1],
            reached_ref=FigureRef(Measure.REACHED, scope, by, (year,), as_of=as_of),
            graduated_ref=FigureRef(Measure.GRADUATED, scope, by, (year,), as_of=as_of),
        )
        for year in _every_year(found)
    )


def _every_year(found: Iterable[str | None]) -> list[str]:
    """The years from the first to the last; one without class groups stands among them, so that a gap is seen."""
    years = [int(year) for year in found if year is not None]
    return [str(year) for year in range(min(years), max(years) + 1)] if years else []


def _school_of(connection: Connection, acting: ActingUser, row: ClassGroupRow, today: dt.date) -> SchoolRow | None:
    if row.school_code is None:
        return None
    key = connection.exec_driver_sql("SELECT id FROM school WHERE code = ?", (row.school_code,)).scalar_one()
    return listing_rows(connection, SCHOOLS, (key,), sight_of(acting), today).get(key)
