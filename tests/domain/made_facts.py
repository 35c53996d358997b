"""Facts for the tests of the rules: short builders, and random ones that meet every status, date and missing key."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from eic_tracker.domain.codes import CurriculumKind, EnrolmentStatus, OfferingStatus, Seat, Sex
from eic_tracker.domain.counting import ClassGroupFact, EnrolmentFact, Facts, Heads, OfferingFact, Scope

DAY = dt.date(2018, 11, 16)
DAYS = (
    dt.date(2017, 11, 16),
    dt.date(2018, 9, 30),
    dt.date(2018, 10, 1),
    dt.date(2018, 11, 16),
    dt.date(2018, 12, 31),
    dt.date(2019, 1, 1),
    dt.date(2019, 6, 28),
)
MUNICIPALITIES = (None, "0801", "0803", "0501")
NOBODY = Heads()
Row = OfferingFact | EnrolmentFact | ClassGroupFact
T = TypeVar("T")
_ids = itertools.count(1)


def an_offering(
    ends_on: dt.date = DAY, status: OfferingStatus = OfferingStatus.CLOSED, **changes: object
) -> OfferingFact:
    """A closed offering of the EIC that lasted five days, but for the changes."""
    made = OfferingFact(
        id=next(_ids),
        programme="EIC",
        code="1-2018",
        course="first-response",
        course_type="course",
        starts_on=ends_on - dt.timedelta(days=4),
        ends_on=ends_on,
        status=status,
        municipality="0301",
        lead_force="HNP",
        instructors=("lead",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def an_enrolment(
    offering: OfferingFact, status: EnrolmentStatus = EnrolmentStatus.COMPLETED, **changes: object
) -> EnrolmentFact:
    """A person of their own with a seat in the offering, but for the changes."""
    number = next(_ids)
    made = EnrolmentFact(
        id=number,
        offering_id=offering.id,
        person=number,
        status=status,
        seat=Seat.SEAT,
        sex=Sex.F,
        institution="HNP",
        unit="DPI",
        rank="agent",
        country="HND",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def a_group(
    reached: Heads = NOBODY, graduated: Heads = NOBODY, grade: str | None = "4", **changes: object
) -> ClassGroupFact:
    """A class group of the middle school curriculum, reached in November 2018, but for the changes."""
    made = ClassGroupFact(
        id=next(_ids),
        programme="GREAT",
        first_lesson_on=DAY,
        graduated_on=DAY,
        school="S1",
        school_type="official",
        municipality="0801",
        curriculum="middle-6",
        curriculum_kind=CurriculumKind.MIDDLE,
        instructors=("officer",),
        grades=((grade, reached, graduated),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def facts_of(*rows: Row) -> Facts:
    """The rows as facts."""
    return Facts(
        tuple(row for row in rows if isinstance(row, OfferingFact)),
        tuple(row for row in rows if isinstance(row, EnrolmentFact)),
        tuple(row for row in rows if isinstance(row, ClassGroupFact)),
    )


DATES = st.sampled_from(DAYS)
PLACES = st.sampled_from(MUNICIPALITIES)
FORCES = st.sampled_from([None, "HNP", "CNP"])
INSTRUCTORS = st.sampled_from([(), ("ana",), ("ben",), ("ana", "ben"), ("ben", "ben")])
HEADS = st.builds(Heads, *[st.integers(0, 2)] * 3)


@st.composite
def random_offerings(draw: st.DrawFn) -> tuple[OfferingFact, ...]:
    """Up to five offerings of every status, each in one of the days, in two programmes."""
    return tuple(
        OfferingFact(
            id=number,
            programme=draw(st.sampled_from(["EIC", "OTHER"])),
            code=f"{number}-2018",
            course=draw(st.sampled_from(["first-response", "ballistics"])),
            course_type=draw(st.sampled_from(["course", "seminar"])),
            starts_on=(ends_on := draw(DATES)) - dt.timedelta(days=draw(st.integers(0, 100))),
            ends_on=ends_on,
            status=draw(st.sampled_from(OfferingStatus)),
            municipality=draw(PLACES),
            lead_force=draw(FORCES),
            instructors=draw(INSTRUCTORS),
        )
        for number in range(1, 1 + draw(st.integers(0, 5)))
    )


def random_enrolments(offerings: int) -> st.SearchStrategy[list[EnrolmentFact]]:
    """Up to twelve enrolments of six people, some of them in no known offering."""
    made = st.builds(
        EnrolmentFact,
        id=st.just(0),
        offering_id=st.integers(1, offerings + 1),
        person=st.integers(1, 6),
        status=st.one_of(st.just(EnrolmentStatus.COMPLETED), st.sampled_from(EnrolmentStatus)),
        seat=st.sampled_from([Seat.SEAT, Seat.SEAT, Seat.ALTERNATE]),
        sex=st.sampled_from(Sex),
        institution=st.sampled_from([None, "HNP", "MP"]),
        unit=st.sampled_from([None, "DPI"]),
        rank=st.sampled_from([None, "agent"]),
        country=st.sampled_from([None, "HND", "GTM"]),
    )
    return st.lists(made, max_size=12)


def random_groups() -> st.SearchStrategy[list[ClassGroupFact]]:
    """Up to four class groups: camps, workshops, multigrade ones, without dates, officers, schools or places."""
    grade = st.tuples(st.sampled_from([None, "4", "5"]), HEADS, HEADS)
    made = st.builds(
        ClassGroupFact,
        id=st.just(0),
        programme=st.sampled_from(["GREAT", "OTHER"]),
        first_lesson_on=st.one_of(st.none(), DATES),
        graduated_on=st.one_of(st.none(), DATES),
        school=st.sampled_from([None, "S1", "S2"]),
        school_type=st.sampled_from([None, "official"]),
        municipality=PLACES,
        curriculum=st.sampled_from(["middle-6", "camp"]),
        curriculum_kind=st.sampled_from(CurriculumKind),
        instructors=INSTRUCTORS,
        grades=st.lists(grade, max_size=3).map(tuple),
    )
    return st.lists(made, max_size=4)


@st.composite
def random_facts(draw: st.DrawFn) -> Facts:
    """A little of everything, with ids of its own."""
    offerings = draw(random_offerings())
    enrolments = draw(random_enrolments(len(offerings)))
    groups = draw(random_groups())
    return Facts(
        offerings,
        tuple(replace(row, id=100 + number) for number, row in enumerate(enrolments)),
        tuple(replace(row, id=200 + number) for number, row in enumerate(groups)),
    )


def _some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Mostly nothing, else one or two of the values."""
    return st.one_of(st.just(()), st.just(()), st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple))


def _rarely(*values: T) -> st.SearchStrategy[T | None]:
    return st.one_of(st.none(), st.none(), st.none(), st.sampled_from(values))


SCOPES = st.builds(
    Scope,
    programmes=_some("EIC", "GREAT", "OTHER"),
    first_day=_rarely(*DAYS),
    last_day=_rarely(*DAYS),
    lead_force=_rarely("HNP", "CNP"),
    departments=_some("08", "05"),
    municipalities=_some("0801", "0501"),
    curriculum_kind=_rarely(*CurriculumKind),
    school=_rarely("S1"),
)
