"""What the periodic papers (quarterly report, roll-up) are made of, read in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eic_tracker.domain.codes import Measure, ReportKind, Role
from eic_tracker.domain.counting import Facts
from eic_tracker.domain.periods import Period
from eic_tracker.domain.reconciling import ReconciledFigure
from eic_tracker.domain.supporting import Papers

if TYPE_CHECKING:
    from eic_tracker.queries.closed_quarters import ClosedQuarter, FrozenTables, Restated
    from eic_tracker.queries.periodic_reports import ExceptionLine, ReportOffice
    from eic_tracker.queries.targets import Target
    from eic_tracker.queries.teaching_hours import CourseHours


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of codes, as people write them; a code that is missing here is shown as it is."""

    programmes: Mapping[str, str]
    courses: Mapping[str, str]
    institutions: Mapping[str, str]
    units: Mapping[str, str]
    ranks: Mapping[str, str]
    countries: Mapping[str, str]
    departments: Mapping[str, str]
    municipalities: Mapping[str, str]
    schools: Mapping[str, str]
    curricula: Mapping[str, str]
    forces: Mapping[str, str]
    instructors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfferingLine:
    """One offering for the tables of offerings and of advisors."""

    code: str
    course: str
    course_title: str
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    status: str
    lead_force: str | None
    lead_code: str | None
    people: int
    """enrolled now (it runs), counted (finished, closed), or those who began (it ran then and is closed by now)"""
    completions: int
    course_type: str = ""
    human_rights_hours: int = 0
    """hours of its plan about human rights"""


@dataclass(frozen=True, slots=True)
class HistoricalLine:
    """A historical total without roster: what is left of it after the rosters typed in later."""

    programme: str
    measure: str
    first_day: dt.date
    last_day: dt.date
    value: int
    rest: int
    document: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs a paper: rank, name and post as printed."""

    rank: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class SchoolIdentity:
    """The school's letterhead lines, top to bottom, and those who sign Elaborado, Revisado, Vo.Bo."""

    letterhead: tuple[str, ...]
    place: str
    prepared: Signature | None
    reviewed: Signature | None
    approved: Signature | None


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything a periodic paper shows; totals since the beginning end on `as_of`."""

    period: Period
    facts: Facts
    labels: Labels
    figures: tuple[ReconciledFigure, ...]
    offerings: tuple[OfferingLine, ...]
    historical: tuple[HistoricalLine, ...]
    school: SchoolIdentity
    demonstration: bool
    journal_code: str
    """16 characters of the journal's head, printed so that a later change shows"""
    generated_at: dt.datetime
    generated_by: str
    role: Role
    today: dt.date | None = None
    """the day that counts as today; None where the period has surely ended"""
    kind: ReportKind = ReportKind.QUARTERLY
    office: ReportOffice | None = None
    """what people say in and of the report; None on a paper that has no such part"""
    closed: ClosedQuarter | None = None
    """the closing of the report's quarter, where it was ever closed"""
    frozen_tables: FrozenTables = field(default_factory=dict)
    """what the tables of the report's quarter counted when it was closed; empty while it is open"""
    closing: bool = False
    """whether this very paper is made to close its quarter"""
    restatements: tuple[Restated, ...] = ()
    """figures of earlier closed quarters that changed, as this report tells them"""
    targets: tuple[Target, ...] = ()
    indicators: Mapping[tuple[str, Measure], str] = field(default_factory=dict)
    exceptions: tuple[ExceptionLine, ...] = ()
    teaching: tuple[CourseHours, ...] = ()
    """the courses that ended in the period, with who taught how many hours"""
    papers: Papers = field(default_factory=Papers)
    """what stands on paper behind courses and class groups"""

    @property
    def as_of(self) -> dt.date:
        """The period's last day, or today while the period runs."""
        last = self.period.last_day
        return last if self.today is None else min(last, self.today)
