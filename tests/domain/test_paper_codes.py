"""Codes of papers, weeks of sheets and the order of merit."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.codes import DayPart
from eic_tracker.domain.merit import merit_places
from eic_tracker.domain.paper_codes import (
    act_code,
    canonical_text,
    digest_start,
    read_sheet_code,
    sheet_code,
    text_digest,
)
from eic_tracker.domain.sheet_weeks import SheetDay, sheet_weeks
from eic_tracker.domain.words import grade_in_words
from eic_tracker.i18n import Language

UIDS = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(UIDS, st.integers(1, 999), st.integers(1, 99))
def test_a_sheet_code_says_its_course_week_and_page_however_it_is_typed(uid: str, week: int, page: int) -> None:
    code = sheet_code(uid, week, page)
    typed = code.text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for text in (code.text, typed, f" {code.text}\n"):
        assert read_sheet_code(text) == code
    assert uid.startswith(code.uid_start)


@given(UIDS, st.data())
def test_one_wrong_letter_of_a_sheet_code_is_seen(uid: str, data: st.DataObject) -> None:
    text = sheet_code(uid, 3, 1).text.replace("-", "")
    place = data.draw(st.integers(2, len(text) - 3))
    other = data.draw(st.sampled_from([letter for letter in "23456789" if letter != text[place]]))
    wrong = read_sheet_code(text[:place] + other + text[place + 1 :])
    # ten bits of a digest: one wrong code in a thousand passes, and then it names another week or course
    assert wrong is None or wrong != sheet_code(uid, 3, 1)


def test_what_is_no_code_of_a_sheet_is_none() -> None:
    for text in ("", "HA", "116-2019", "EIC-2018-000042", "HA-4KX92M7Q-000-01-Z8", "ñ" * 500):
        assert read_sheet_code(text) is None


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_the_code_of_an_act_is_the_beginning_of_its_digest(digest: str) -> None:
    code = act_code(digest)
    assert len(code.replace("-", "")) == 16
    start = digest_start(code.lower())
    assert start is not None
    assert digest.startswith(start)
    assert digest_start(code[:-1]) is None


def test_what_a_paper_says_has_one_text_and_one_code_in_whatever_order_it_is_gathered() -> None:
    said = {"name": "Núñez", "first": dt.date(2019, 6, 3), "hours": None, "courses": [{"days": 5, "code": "116-2019"}]}
    text = canonical_text(said)
    expected = '{"courses":[{"code":"116-2019","days":5}],"first":"2019-06-03","hours":null,"name":"Núñez"}'
    assert text == expected == canonical_text(dict(reversed(said.items())))
    assert act_code(text_digest(text)) == "3901-SG2Y-7XEQ-0884"


def test_weeks_follow_the_days_that_are_kept_with_their_halves() -> None:
    first, second = dt.date(2019, 6, 3), dt.date(2019, 6, 11)
    weeks = sheet_weeks(
        [(first, DayPart.MORNING), (second, DayPart.MORNING), (second, DayPart.AFTERNOON)], first, second
    )
    assert [(week.number, week.days) for week in weeks] == [
        (1, (SheetDay(first, morning=True, afternoon=False),)),
        (2, (SheetDay(second),)),
    ]


def test_without_days_a_course_has_those_from_monday_to_friday_and_a_weekend_has_its_own() -> None:
    weeks = sheet_weeks([], dt.date(2019, 6, 6), dt.date(2019, 6, 18))
    assert [[day.held_on.day for day in week.days] for week in weeks] == [[6, 7], [10, 11, 12, 13, 14], [17, 18]]
    (weekend,) = sheet_weeks([], dt.date(2019, 6, 8), dt.date(2019, 6, 9))
    assert [day.held_on.day for day in weekend.days] == [8, 9]


def test_a_week_without_days_leaves_its_number_out() -> None:
    days = [(dt.date(2019, 6, 3), DayPart.WHOLE), (dt.date(2019, 6, 17), DayPart.WHOLE)]
    assert [week.number for week in sheet_weeks(days, days[0][0], days[1][0])] == [1, 3]


@given(st.lists(st.integers(0, 10_000), max_size=40))
def test_equal_grades_share_a_place_and_nobody_stands_before_a_higher_grade(grades: list[int]) -> None:
    places = merit_places(grades)
    assert places == [1 + sum(other > grade for other in grades) for grade in grades]


def test_grades_are_written_out_as_acts_say_them() -> None:
    said = {grade: grade_in_words(grade, Language.ES) for grade in (0, 6950, 7100, 6905, 9925, 10000)}
    assert said == {
        0: "cero",
        6950: "sesenta y nueve punto cinco",
        7100: "setenta y uno",
        6905: "sesenta y nueve punto cero cinco",
        9925: "noventa y nueve punto veinticinco",
        10000: "cien",
    }
    assert grade_in_words(7150, Language.EN) == "seventy-one point five"
