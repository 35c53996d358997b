"""The grade that counts is one rule: lists that are read in bulk say what the course's own page says."""

from __future__ import annotations

import itertools

from sqlcipher3 import dbapi2

from eic_tracker.domain.codes import SecondChanceRule
from eic_tracker.domain.grading import Rules, counted_grade
from eic_tracker.queries.counted_grades import COUNTED_GRADE

GRADES = (None, 0, 6_950, 6_999, 7_000, 7_001, 10_000)


def test_lists_count_the_same_grade_as_the_rules_for_every_second_chance() -> None:
    connection = dbapi2.connect(":memory:")
    query = (
        f"SELECT {COUNTED_GRADE} FROM (SELECT ?1 AS final_grade, ?2 AS second_chance_grade) e, "
        "(SELECT ?3 AS second_chance, ?4 AS minimum_grade) v"
    )
    for first, second, rule, minimum in itertools.product(GRADES, GRADES, SecondChanceRule, (0, 7_000)):
        (listed,) = connection.execute(query, (first, second, rule.value, minimum)).fetchone()
        wanted = counted_grade(first, second, Rules(minimum, 80, second_chance=rule))
        assert listed == wanted, (first, second, rule, minimum)
    connection.close()
