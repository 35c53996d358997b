"""What a class card may say: counts, grades, lessons and days; nothing is added up that may be the same child."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from eic_tracker.domain.class_group_draft import (
    MULTIGRADE,
    ClassGroupDraft,
    GradeCounts,
    LessonGiven,
    OfficerGiven,
    reached_of_lessons,
    tidied_group,
)
from eic_tracker.domain.class_group_rules import Severity, Taught, group_problems
from eic_tracker.domain.codes import CurriculumKind
from eic_tracker.domain.facts import Heads

TODAY = dt.date(2019, 6, 28)
PRIMARY = Taught(CurriculumKind.ELEMENTARY, 6, 6)
CAMP = Taught(CurriculumKind.CAMP, 2, None)
LESSONS = tuple(LessonGiven(number, dt.date(2019, 4, number)) for number in range(1, 7))
CARD = ClassGroupDraft(
    1,
    2019,
    1,
    grade="4",
    section=" a ",
    shift="morning",
    enrolled=Heads(15, 17),
    reached=Heads(15, 16),
    graduated=Heads(14, 16),
    lessons=LESSONS,
    graduated_on=dt.date(2019, 4, 12),
    officers=(OfficerGiven(1, "assistant"), OfficerGiven(2, "assistant")),
)


def told(taught: Taught = PRIMARY, draft: ClassGroupDraft = CARD, **changes: object) -> dict[str, tuple[str, str]]:
    """What is wrong with the card after some changes: code -> (field, severity)."""
    tidied = tidied_group(replace(draft, **changes))  # type: ignore[arg-type]
    return {each.code: (each.field, each.severity.value) for each in group_problems(tidied, taught, TODAY)}


def test_a_card_in_order_says_nothing_is_wrong_and_is_kept_tidied() -> None:
    kept = tidied_group(CARD)
    assert told() == {}
    assert (kept.section, kept.lessons_given, kept.first_lesson_on) == ("A", 6, dt.date(2019, 4, 1))
    assert [officer.role for officer in kept.officers] == ["lead", "assistant"]


def test_reached_is_the_largest_lesson_and_never_the_sum() -> None:
    day = TODAY
    counted = [
        LessonGiven(1, day, Heads(15, 15)),
        LessonGiven(2, day, Heads(14, 17)),
        LessonGiven(3, day, Heads(0, 0, 34)),
        LessonGiven(4, day),
    ]
    assert reached_of_lessons(counted) == Heads(15, 17, 2)
    assert reached_of_lessons(counted[3:]) is None
    assert told(reached=None, graduated=None, graduated_on=None, lessons=(counted[0],)) == {}
    assert "reached_below_lesson" in told(reached=Heads(1, 1), graduated=None, graduated_on=None, lessons=(counted[0],))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"graduated": Heads(15, 17)}, "graduated_above_reached", "graduated_girls"),
        ({"graduated": Heads(16, 14)}, "graduated_above_reached", "graduated_girls"),
        ({"reached": Heads(15, 18), "graduated": Heads(15, 17)}, "reached_above_enrolled", "reached_girls"),
        ({"enrolled": Heads(-1, 17)}, "no_count", "enrolled_girls"),
        ({"enrolled": Heads(150, 170)}, "absurd_count", "enrolled_girls"),
        ({"grade": "3"}, "unknown_grade", "grade"),
        ({"grade": "10"}, "unknown_grade", "grade"),
        ({"grade": None}, "no_grade", "grade"),
        ({"school_id": None}, "no_school", "school_id"),
        ({"school_year": 1999}, "school_year", "school_year"),
        ({"school_year": 2021}, "school_year", "school_year"),
        ({"shift": "noon"}, "unknown_shift", "shift"),
        ({"lessons": (*LESSONS, LessonGiven(7, TODAY))}, "too_many_lessons", "lessons"),
        ({"lessons": (*LESSONS, LESSONS[5])}, "lesson_twice", "lessons"),
        ({"lessons": (LessonGiven(1, dt.date(2019, 6, 29)),)}, "future_date", "lessons"),
        ({"lessons": (LessonGiven(1, dt.date(2016, 6, 2)),)}, "outside_year", "lessons"),
        ({"graduated_on": None}, "no_graduation_day", "graduated_on"),
        ({"graduated_on": dt.date(2019, 4, 3)}, "graduated_too_early", "graduated_on"),
        ({"lessons": LESSONS[:4]}, "too_few_lessons", "graduated_girls"),
        ({"lessons": ()}, "no_first_lesson", "first_lesson_on"),
        ({"section": "a" * 13}, "too_long", "section"),
        ({"officers": (OfficerGiven(1), OfficerGiven(1))}, "officer_twice", "officers"),
    ],
)
def test_each_slip_is_told_at_its_field_and_keeps_the_group_out(changes: dict[str, Any], code: str, field: str) -> None:
    assert told(draft=replace(CARD, **changes))[code] == (field, Severity.ERROR.value)


def test_a_note_and_what_is_merely_unusual_are_told_and_kept() -> None:
    warning = Severity.WARNING.value
    noted = told(note="tres alumnos llegaron de otra sección", graduated=Heads(15, 18))
    assert noted["graduated_above_reached"][1] == warning
    assert told(note="año interrumpido", lessons=LESSONS[:4])["too_few_lessons"][1] == warning
    assert told(grade="7")["unusual_grade"][1] == warning
    early = (LessonGiven(1, dt.date(2018, 11, 3)), *LESSONS[1:])
    assert told(lessons=early)["outside_year"][1] == warning
    assert told(enrolled=Heads(35, 35))["large_count"][1] == warning
    assert told(lessons=(replace(LESSONS[0], given_on=dt.date(2019, 4, 9)), *LESSONS[1:]))["lessons_out_of_order"]


def test_camps_are_reached_and_never_graduate() -> None:
    held = replace(CARD, school_id=None, municipality_id=1, grade=None, lessons=LESSONS[:2])
    assert told(CAMP, held, graduated=None, graduated_on=None) == {}
    assert told(CAMP, held)["never_graduates"][0] == "graduated_girls"
    assert told(CAMP, held, municipality_id=None)["no_school"][0] == "school_id"


def test_a_multigrade_group_is_the_sum_of_its_grades() -> None:
    grades = (
        GradeCounts("5", Heads(4, 6), Heads(4, 5), Heads(4, 5)),
        GradeCounts("4", Heads(3, 2), Heads(3, 2), Heads(2, 2)),
    )
    draft = replace(CARD, grade=MULTIGRADE, by_grade=grades, enrolled=None, reached=None, graduated=None)
    assert told(draft=draft) == {}
    kept = tidied_group(draft)
    assert (kept.enrolled, kept.reached, kept.graduated) == (Heads(7, 8), Heads(7, 7), Heads(6, 7))
    assert [each.grade for each in kept.by_grade] == ["4", "5"]
    assert told(draft=draft, enrolled=Heads(8, 8))["grades_do_not_add_up"][0] == "enrolled_girls"
    assert "one_grade" in told(draft=draft, by_grade=grades[:1])
    assert "unknown_grade" in told(draft=draft, by_grade=(*grades, GradeCounts("3")))
