"""Whom a programme of the schools has reached, by place, time, grade, sex, kind of school and curriculum."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from eic_tracker.domain.class_group_draft import summed
from eic_tracker.domain.codes import Measure, ProgrammeKind, Qualifier, Sex
from eic_tracker.domain.counting import groups_by_cell
from eic_tracker.domain.facts import COVERED_BY, ClassGroupFact, Dimension, Heads, Scope
from eic_tracker.domain.periods import parse_period, previous
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.queries.figures import read_reconciliation
from eic_tracker.services.figures import Counted, FigureRef, table_of
from eic_tracker.services.published import counted_side
from eic_tracker.store.database import Database
from eic_tracker.store.tables.outreach import Administration

_FIXED: Mapping[Dimension, Sequence[str]] = {
    Dimension.GRADE: ("4", "5", "6", "7", "8", "9"),
    Dimension.SEX: tuple(sex.value for sex in Sex),
    Dimension.SCHOOL_TYPE: tuple(kind.value for kind in Administration),
}
"""The cells that are shown also where nobody was reached; places and curricula stand in tables."""

_TABLES = (Dimension.DEPARTMENT, Dimension.MUNICIPALITY, Dimension.CURRICULUM)
_MUNICIPALITIES = """SELECT m.code, m.name, d.name FROM municipality m
JOIN department d ON d.id = m.department_id ORDER BY m.code"""
"""Several departments have a municipality of the same name."""
_DAYS_OF_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A cell of the breakdown (None: not recorded), also one where nothing was done."""

    code: str | None
    name: str | None
    """of a place or curriculum, as the file holds it"""
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


def together(rows: Sequence[CoverageRow]) -> CoverageRow:
    """Several cells as one: heads added up, each class group and school once; its figures are those of the first."""
    return replace(
        rows[0],
        code=None,
        name=None,
        reached=summed(row.reached for row in rows),
        graduated=summed(row.graduated for row in rows),
        group_keys=tuple(dict.fromkeys(key for row in rows for key in row.group_keys)),
        school_keys=tuple(sorted({key for row in rows for key in row.school_keys})),
    )


@dataclass(frozen=True, slots=True)
class Expected:
    """How far the programme has come on the way to a published expectation, and the pace that the rest needs."""

    value: int
    counted: int
    last_day: dt.date
    days_left: int
    """after the day of counting; 0 when the period has ended"""
    ref: FigureRef

    @property
    def left(self) -> int:
        """How many are still to be reached."""
        return max(0, self.value - self.counted)

    @property
    def a_month(self) -> int | None:
        """How many have to be reached in a month of average length, rounded up; None when the period has ended."""
        return None if not self.days_left else -int(-self.left * min(_DAYS_OF_MONTH, self.days_left) // self.days_left)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cells in the order of their codes with what was done there, and the whole without any breakdown."""

    by: Dimension
    scope: Scope
    as_of: dt.date
    rows: tuple[CoverageRow, ...]
    total: CoverageRow
    """class groups and schools once, although they may stand in several rows"""

    @property
    def places(self) -> int:
        """Known cells with at least one class group."""
        return sum(1 for row in self.rows if row.covered and row.code is not None)


def coverage(
    db: Database,
    acting: ActingUser,
    by: Dimension,
    as_of: dt.date,
    *,
    programme: str | None = None,
    year: int | None = None,
) -> Coverage:
    """Reached and graduated of all departments, years, grades …; those without any stand with zeros.

    `programme`: the oldest that counts by head where none is named; `year` is a calendar year, None all years."""
    if by not in COVERED_BY:
        raise ValueError(f"no coverage by {by}")
    with db.read() as connection:
        counted = Counted(connection, acting)
        scope = Scope(
            programmes=(programme or outreach_programme(connection),),
            first_day=dt.date(year, 1, 1) if year else None,
            last_day=dt.date(year, 12, 31) if year else None,
        )
        return counted.held.remember(
            ("coverage", counted.own, by, scope, as_of), lambda: _coverage(counted, by, scope, as_of)
        )


def expected(db: Database, acting: ActingUser, as_of: dt.date, *, programme: str | None = None) -> tuple[Expected, ...]:
    """The published expectations of youth reached in addition whose period runs.

    Empty for a user who sees own class groups only: those say nothing of the programme's way."""
    with db.read() as connection:
        counted = Counted(connection, acting)
        if counted.own is not None:
            return ()
        code = programme or outreach_programme(connection)
        figures = counted.held.remember(
            ("reconciled", as_of), lambda: read_reconciliation(connection, counted.facts, as_of)
        )
        return tuple(
            Expected(
                figure.value,
                each.counted,
                figure.period_to,
                (figure.period_to - as_of).days,
                counted_side(figure, as_of),
            )
            for each in figures
            for figure in (each.figure,)
            if figure.qualifier is Qualifier.EXPECTED_ADDITIONAL
            and figure.measure == Measure.REACHED
            and figure.programme == code
            and each.counted is not None
            and figure.period_to is not None
            and as_of <= figure.period_to
        )


def heads_by(
    counted: Counted, by: tuple[Dimension, ...], scope: Scope, as_of: dt.date
) -> Mapping[str | None, tuple[Heads, Heads]]:
    """Reached and graduated by sex of each key of one dimension; of the whole (key None) without any."""
    numbers: dict[str | None, dict[str, tuple[int, int]]] = defaultdict(dict)
    asked = by if Dimension.SEX in by else (*by, Dimension.SEX)
    for row in table_of(counted, asked, scope, as_of).rows:
        sex = row.keys[asked.index(Dimension.SEX)] or Sex.U.value
        numbers[row.keys[0] if by else None][sex] = (row.counts.reached, row.counts.graduated)
    return {key: (_heads(sexes, 0), _heads(sexes, 1)) for key, sexes in numbers.items()}


def _heads(sexes: Mapping[str, tuple[int, int]], place: int) -> Heads:
    girls, boys, unrecorded = (sexes.get(sex, (0, 0))[place] for sex in (Sex.F, Sex.M, Sex.U))
    return Heads(girls, boys, unrecorded)


def _coverage(counted: Counted, by: Dimension, scope: Scope, as_of: dt.date) -> Coverage:
    heads = heads_by(counted, (by,), scope, as_of)
    groups = groups_by_cell(counted.facts, (by,), as_of=as_of, scope=scope)
    of_cell = {keys[0]: own for keys, own in groups.items()}
    names = _names(counted.connection, by, scope)
    schools = {str(row[0]): int(row[1]) for row in counted.connection.exec_driver_sql("SELECT code, id FROM school")}
    nobody = (Heads(), Heads())

    def row(
        code: str | None, both: tuple[Heads, Heads], own: Sequence[ClassGroupFact], *, whole: bool = False
    ) -> CoverageRow:
        dimensions, keys = ((), ()) if whole else ((by,), (code,))
        return CoverageRow(
            code=code,
            name=names.get(code),
            reached=both[0],
            graduated=both[1],
            group_keys=tuple(group.id for group in own),
            school_keys=tuple(sorted({schools[group.school] for group in own if group.school is not None})),
            reached_ref=FigureRef(Measure.REACHED, scope, dimensions, keys, as_of=as_of),
            graduated_ref=FigureRef(Measure.GRADUATED, scope, dimensions, keys, as_of=as_of),
        )

    everything = {group.id: group for own in of_cell.values() for group in own}
    return Coverage(
        by=by,
        scope=scope,
        as_of=as_of,
        rows=tuple(
            row(code, heads.get(code, nobody), of_cell.get(code, ()))
            for code in _every_code(by, names, {*heads, *of_cell})
        ),
        total=row(
            None,
            heads_by(counted, (), scope, as_of).get(None, nobody),
            sorted(everything.values(), key=lambda group: group.id),
            whole=True,
        ),
    )


def _names(connection: Connection, by: Dimension, scope: Scope) -> dict[str | None, str | None]:
    """The names of the cells that a table of the file holds, in the order of their codes."""
    if by not in _TABLES:
        return {}
    if by is Dimension.MUNICIPALITY:
        return {row[0]: f"{row[1]} ({row[2]})" for row in connection.exec_driver_sql(_MUNICIPALITIES)}
    own = by is Dimension.CURRICULUM
    where = "WHERE programme_id = (SELECT id FROM programme WHERE code = ?)" if own else ""
    values = scope.programmes if own else ()
    found = connection.exec_driver_sql(f"SELECT code, name FROM {by.value} {where} ORDER BY code", values)
    return {row[0]: row[1] for row in found}


def _every_code(by: Dimension, names: Mapping[str | None, str | None], found: set[str | None]) -> list[str | None]:
    """All cells by code, also those without anything; what is not recorded comes last, where there is any."""
    known = {code for code in (*names, *_FIXED.get(by, ()), *found) if code is not None}
    if by is Dimension.YEAR and known:
        known |= {str(year) for year in range(int(min(known)), int(max(known)) + 1)}
    if by is Dimension.QUARTER and known:
        period, first = parse_period(max(known)), min(known)
        while period.code > first:
            period = previous(period)
            known.add(period.code)
    ordered = list(_FIXED[Dimension.SEX]) if by is Dimension.SEX else sorted(known)
    return [*ordered, *([None] if None in found else [])]


def outreach_programme(connection: Connection) -> str:
    """The code of the oldest programme that counts by head; "" where there is none."""
    row = connection.exec_driver_sql(
        "SELECT code FROM programme WHERE kind = ? AND NOT is_load ORDER BY id", (ProgrammeKind.OUTREACH.value,)
    ).first()
    return str(row[0]) if row else ""
