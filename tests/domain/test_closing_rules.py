"""What a closing makes of one person, by examples."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eic_tracker.domain.closing_rules import Result, Situation, blockers_of, default_result, exceptions_of, takes_part
from eic_tracker.domain.codes import EnrolmentStatus, Seat
from eic_tracker.domain.enrolling import ExceptionKind
from eic_tracker.domain.grading import Need, Standing

S = EnrolmentStatus
GOOD = Standing(S.COMPLETED)
SHORT = Standing(S.NOT_COMPLETED, short=frozenset({Need.ATTENDANCE}))
OPEN = Standing(None, missing=frozenset({Need.GRADE}))
PERSON = Situation(
    1, "Ana Paz", Seat.SEAT, S.ENROLLED, None, None, authorised=False, standing=GOOD, days_without_mark=0
)


def codes(person: Situation, *, decided: bool = False) -> list[str]:
    """The codes of what stands in the way."""
    return [each.code for each in blockers_of(person, default_result(person), decided=decided)]


def test_the_rules_decide_where_nobody_said_anything() -> None:
    assert default_result(PERSON) == Result(S.COMPLETED)
    assert default_result(replace(PERSON, standing=SHORT)) == Result(
        S.NOT_COMPLETED, ground_code="not-completed-attendance"
    )
    both = Standing(S.NOT_COMPLETED, short=frozenset(Need))
    assert default_result(replace(PERSON, standing=both)).ground_code == "not-completed-grade"
    assert default_result(replace(PERSON, standing=OPEN)) == Result(None)


@pytest.mark.parametrize("said", [S.WITHDREW, S.NO_SHOW])
def test_who_left_or_never_came_did_so_whatever_the_grade(said: EnrolmentStatus) -> None:
    assert default_result(replace(PERSON, proposed=said, ground_id=4)) == Result(said, 4)
    assert default_result(replace(PERSON, status=said, ground_id=4)) == Result(said, 4)


def test_an_authorised_completion_of_an_earlier_closing_stands_and_another_one_does_not() -> None:
    earlier = replace(PERSON, proposed=S.COMPLETED, standing=SHORT)
    assert default_result(earlier).status is S.NOT_COMPLETED
    assert default_result(replace(earlier, authorised=True)) == Result(S.COMPLETED)


def test_what_is_missing_blocks_until_somebody_decides() -> None:
    assert codes(PERSON) == []
    assert codes(replace(PERSON, standing=OPEN)) == ["missing_grade"]
    assert codes(replace(PERSON, standing=Standing(None, missing=frozenset(Need)))) == [
        "missing_grade",
        "missing_attendance",
    ]
    assert codes(replace(PERSON, days_without_mark=2)) == ["missing_mark"]
    assert codes(replace(PERSON, days_without_mark=2), decided=True) == []
    assert codes(replace(PERSON, proposed=S.NO_SHOW)) == ["missing_reason"]
    assert codes(replace(PERSON, status=S.APPLIED)) == ["applied"]


@pytest.mark.parametrize("status", S)
def test_only_who_has_a_seat_and_was_not_taken_off_gets_a_result(status: EnrolmentStatus) -> None:
    person = replace(PERSON, status=status)
    assert takes_part(person) == (status in {S.ENROLLED, S.WITHDREW, S.NO_SHOW})
    assert not takes_part(replace(person, seat=Seat.ALTERNATE))
    assert codes(replace(person, seat=Seat.ALTERNATE)) == []


def test_only_a_completion_against_the_minima_needs_somebody_who_orders_it() -> None:
    completed = Result(S.COMPLETED)
    assert exceptions_of(PERSON, completed) == frozenset()
    assert exceptions_of(replace(PERSON, standing=SHORT), completed) == {ExceptionKind.MINIMUM_ATTENDANCE}
    assert exceptions_of(replace(PERSON, standing=OPEN), completed) == {ExceptionKind.MINIMUM_GRADE}
    assert exceptions_of(PERSON, Result(S.NOT_COMPLETED, 3)) == frozenset()
