"""The grade that counts, in SQL: the rule of `domain.grading.counted_grade`, for lists that are read in bulk."""

from __future__ import annotations

COUNTED_GRADE = """CASE
    WHEN e.second_chance_grade IS NULL OR v.second_chance = 'none' OR e.final_grade >= v.minimum_grade
        THEN e.final_grade
    WHEN v.second_chance = 'at_most_minimum' AND e.second_chance_grade > v.minimum_grade THEN v.minimum_grade
    ELSE e.second_chance_grade END"""
"""In hundredths, of an enrolment `e` and the course version `v` that its offering follows."""
