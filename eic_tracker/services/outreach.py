"""Class groups and schools one by one, and where the programme has been: no child is named anywhere."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.breakdown import department
from eic_tracker.domain.codes import Measure, ProgrammeKind
from eic_tracker.domain.counting import rows_behind
from eic_tracker.domain.facts import ClassGroupFact, Dimension, Heads, Scope
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
from eic_tracker.services.figures import Counted, FigureRef, table_of
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


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A department or municipality (None: not recorded), also one where nothing was done."""

    code: str | None
    name: str | None
    reached: Heads
    graduated: Heads
    group_keys: tuple[int, ...]
    """the class groups with somebody reached or graduated"""
    school_keys: tuple[int, ...]
    """their schools"""
    reached_ref: FigureRef
    graduated_ref: FigureRef

    @property
    def groups(self) -> int:
        """How many class groups reached or graduated somebody."""
        return len(self.group_keys)

    @property
    def schools(self) -> int:
        """In how many schools."""
        return len(self.school_keys)

    @property
    def covered(self) -> bool:
        """Whether anybody was reached or graduated there."""
        return bool(self.groups)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The places of the country by code with what was done there; `places` is how many have something."""

    by: Dimension
    scope: Scope
    as_of: dt.date
    rows: tuple[CoverageRow, ...]

    @property
    def places(self) -> int:
        """Known places with at least one class group."""
        return sum(1 for row in self.rows if row.covered and row.code is not None)


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


def coverage(
    db: Database,
    acting: ActingUser,
    by: Dimension,
    as_of: dt.date,
    *,
    programme: str | None = None,
    year: int | None = None,
) -> Coverage:
    """Reached and graduated of all departments or municipalities; places without any stand with zeros.

    `programme`: the oldest that counts by head where none is named; `year` is a calendar year, None all years."""
    if by not in (Dimension.DEPARTMENT, Dimension.MUNICIPALITY):
        raise ValueError(f"no coverage by {by}")
    with db.read() as connection:
        counted = Counted(connection, acting)
        scope = Scope(
            programmes=(programme or _outreach_programme(connection),),
            first_day=dt.date(year, 1, 1) if year else None,
            last_day=dt.date(year, 12, 31) if year else None,
        )
        return counted.held.remember(
            ("coverage", counted.own, by, scope, as_of), lambda: _coverage(counted, by, scope, as_of)
        )


def _coverage(counted: Counted, by: Dimension, scope: Scope, as_of: dt.date) -> Coverage:
    names: dict[str | None, str | None] = {
        row[0]: row[1] for row in counted.connection.exec_driver_sql(f"SELECT code, name FROM {by.value} ORDER BY code")
    }
    heads = _heads_by(counted, by, scope, as_of)
    groups = _groups_by(counted, by, scope, as_of)
    schools = {str(row[0]): int(row[1]) for row in counted.connection.exec_driver_sql("SELECT code, id FROM school")}
    codes = [*names, *([None] if None in heads or None in groups else [])]
    rows = []
    for code in codes:
        reached, graduated = heads.get(code, (Heads(), Heads()))
        own = groups.get(code, [])
        rows.append(
            CoverageRow(
                code=code,
                name=names.get(code),
                reached=reached,
                graduated=graduated,
                group_keys=tuple(group.id for group in own),
                school_keys=tuple(sorted({schools[group.school] for group in own if group.school is not None})),
                reached_ref=FigureRef(Measure.REACHED, scope, (by,), (code,), as_of=as_of),
                graduated_ref=FigureRef(Measure.GRADUATED, scope, (by,), (code,), as_of=as_of),
            )
        )
    return Coverage(by, scope, as_of, tuple(rows))


def _heads_by(
    counted: Counted, by: Dimension, scope: Scope, as_of: dt.date
) -> Mapping[str | None, tuple[Heads, Heads]]:
    """Reached and graduated by sex of each key."""
    numbers: dict[str | None, dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in table_of(counted, (by, Dimension.SEX), scope, as_of).rows:
        numbers[row.keys[0]][row.keys[1] or "U"] = (row.counts.reached, row.counts.graduated)
    return {
        key: tuple(  # type: ignore[misc]
            Heads(*(sexes.get(sex, (0, 0))[place] for sex in ("F", "M", "U"))) for place in (0, 1)
        )
        for key, sexes in numbers.items()
    }


def _groups_by(
    counted: Counted, by: Dimension, scope: Scope, as_of: dt.date
) -> Mapping[str | None, list[ClassGroupFact]]:
    """The class groups with reached or graduated heads, by place."""
    behind = {
        row.id
        for measure in (Measure.REACHED, Measure.GRADUATED)
        for row in rows_behind(counted.facts, measure, as_of=as_of, scope=scope)
    }
    groups: dict[str | None, list[ClassGroupFact]] = defaultdict(list)
    for group in counted.facts.class_groups:
        if group.id in behind:
            place = group.municipality if by is Dimension.MUNICIPALITY else department(group.municipality)
            groups[place].append(group)
    return groups


def _years(counted: Counted, school: str, as_of: dt.date) -> tuple[YearOfSchool, ...]:
    scope = Scope(school=school)
    found = _heads_by(counted, Dimension.YEAR, scope, as_of)
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


def _outreach_programme(connection: Connection) -> str:
    row = connection.exec_driver_sql(
        "SELECT code FROM programme WHERE kind = ? AND NOT is_load ORDER BY id", (ProgrammeKind.OUTREACH.value,)
    ).first()
    return str(row[0]) if row else ""
