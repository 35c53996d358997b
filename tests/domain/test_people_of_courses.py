"""How many people a course has on a day, as a report lists its courses."""

from __future__ import annotations

import datetime as dt

import pytest

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.domain.counting import people_of_courses
from tests.domain.made_facts import DAY, an_enrolment, an_offering, facts_of


@pytest.mark.parametrize(
    ("status", "days", "people"),
    [
        (OfferingStatus.OPEN, 0, {"enrolled"}),
        (OfferingStatus.OPEN, 1, {"enrolled", "not_completed", "withdrew"}),
        (OfferingStatus.CLOSED, -1, {"completed", "not_completed", "withdrew"}),
        (OfferingStatus.CLOSED, 0, {"completed", "not_completed", "withdrew"}),
    ],
)
def test_a_course_has_who_is_enrolled_or_counted_and_who_began_it_when_it_was_closed_since(
    status: OfferingStatus, days: int, people: set[str]
) -> None:
    for result in EnrolmentStatus:
        offering = an_offering(DAY, status)
        with_a_seat = an_enrolment(offering, result)
        facts = facts_of(offering, with_a_seat, an_enrolment(offering, result, seat=Seat.ALTERNATE))
        found = people_of_courses(facts, DAY + dt.timedelta(days=days))
        assert found[offering.id] == (result.value in people), result
