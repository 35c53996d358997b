"""Tests of what stands against an enrolment, of verification, and of new people as they are typed."""

from __future__ import annotations

import datetime as dt

import pytest

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.enrolling import CourseTaken, ExceptionKind, Situation, concerns
from eic_tracker.domain.person_rules import NewPerson, person_problems, tidied_person
from eic_tracker.domain.vetting_rules import Check, Standing, standing

FIRST_DAY = dt.date(2019, 3, 4)
DAY = dt.timedelta(days=1)


def situation(**changes: object) -> Situation:
    """An enrolment against which nothing stands unless a change says otherwise."""
    plain: dict[str, object] = {
        "free_seats": 1,
        "open": True,
        "waits": False,
        "has_document": True,
        "standing": Standing.APT,
        **changes,
    }
    return Situation(**plain)  # type: ignore[arg-type]


def check(status: str, answered: dt.date | None = None, expires: dt.date | None = None) -> Check:
    """A verification."""
    return Check(status, FIRST_DAY - 40 * DAY, answered, expires)


@pytest.mark.parametrize(
    ("changes", "code", "exception"),
    [
        ({"free_seats": 0}, "full", ExceptionKind.CAPACITY),
        ({"open": False}, "late", ExceptionKind.LATE_ENROLMENT),
        ({"standing": Standing.NOT_APT}, "not_apt", ExceptionKind.VETTING),
        ({"standing": Standing.MISSING}, "vetting_missing", None),
        ({"standing": Standing.IN_PROCESS}, "vetting_in_process", None),
        ({"has_document": False}, "no_document", None),
        ({"taken": (CourseTaken("1-2018", FIRST_DAY, "Comayagua", True),)}, "has_course", None),
        ({"taken": (CourseTaken("1-2018", FIRST_DAY, None, False),)}, "sat_in_course", None),
    ],
)
def test_only_full_late_and_not_apt_need_an_authorisation(
    changes: dict[str, object], code: str, exception: ExceptionKind | None
) -> None:
    assert [(each.code, each.exception) for each in concerns(situation(**changes))] == [(code, exception)]


@pytest.mark.parametrize("changes", [{}, {"free_seats": None}, {"free_seats": 0, "waits": True}])
def test_nothing_is_said_of_a_seat_that_is_free_of_uncounted_seats_or_of_who_waits(changes: dict[str, object]) -> None:
    assert concerns(situation(**changes)) == ()


@pytest.mark.parametrize(
    ("needed", "checks", "found"),
    [
        (False, [check("not_apt", FIRST_DAY)], Standing.NOT_REQUIRED),
        (True, [], Standing.MISSING),
        (True, [check("in_process")], Standing.IN_PROCESS),
        (True, [check("apt", FIRST_DAY - DAY)], Standing.APT),
        (True, [check("apt", FIRST_DAY - DAY, FIRST_DAY)], Standing.APT),
        (True, [check("apt", FIRST_DAY - 9 * DAY, FIRST_DAY - DAY)], Standing.MISSING),
        (True, [check("apt", FIRST_DAY - 9 * DAY, FIRST_DAY - DAY), check("in_process")], Standing.IN_PROCESS),
        (True, [check("not_apt", FIRST_DAY - 9 * DAY), check("apt", FIRST_DAY - DAY)], Standing.APT),
        (True, [check("apt", FIRST_DAY - 9 * DAY), check("not_apt", FIRST_DAY - DAY)], Standing.NOT_APT),
        (True, [check("not_apt", FIRST_DAY - DAY), check("in_process")], Standing.NOT_APT),
    ],
)
def test_the_newest_answer_counts_as_long_as_it_holds(needed: bool, checks: list[Check], found: Standing) -> None:
    assert standing(needed=needed, checks=checks, first_day=FIRST_DAY) is found


def person(**changes: object) -> NewPerson:
    """Somebody whose data are in order unless a change says otherwise."""
    plain: dict[str, object] = {
        "given_names": "Ana",
        "surnames": "Paz",
        "sex": Sex.F,
        "document_kind": "national_id",
        "document_country": "HND",
        "document_number": "0801199012345",
        **changes,
    }
    return NewPerson(**plain)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"surnames": " ", "given_names": "Ana"}, "surnames"),
        ({"given_names": "Ana3"}, "given_names"),
        ({"surnames": "P" * 81}, "surnames"),
        ({"surnames": "Paz\x00"}, "surnames"),
        ({"document_number": "801199012345"}, "document_number"),
        ({"document_number": "08011990123456"}, "document_number"),
        ({"document_kind": None}, "document_number"),
        ({"document_country": "Honduras"}, "document_number"),
        ({"document_kind": "passport", "document_number": "E1"}, "document_number"),
        ({"birth_date": dt.date(2018, 1, 1)}, "birth_date"),
        ({"birth_date": dt.date(1890, 1, 1)}, "birth_date"),
        ({"police_number": "9" * 81}, "police_number"),
    ],
)
def test_what_is_wrong_with_a_new_person_is_told_at_its_field(changes: dict[str, object], field: str) -> None:
    found = person_problems(tidied_person(person(**changes)), FIRST_DAY)
    assert [problem.field for problem in found] == [field]


def test_a_person_of_one_name_and_one_without_document_are_in_order() -> None:
    assert person_problems(tidied_person(person(given_names="", document_number=None)), FIRST_DAY) == ()


def test_an_identity_number_is_kept_without_dashes_and_a_name_without_double_blanks() -> None:
    kept = tidied_person(person(document_number="0801-1990-12345", surnames=" de  la  O "))
    assert (kept.document_number, kept.surnames) == ("0801199012345", "de la O")


def test_an_empty_number_has_neither_kind_nor_country() -> None:
    kept = tidied_person(person(document_number=" "))
    assert kept.document is None
    assert kept.document_kind is None
