"""Words for ranks, units and institutions that lists used and nobody mapped yet, by number of people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.names import fold

COLUMNS = {
    "rank": ("rank_text", "rank_id"),
    "unit": ("unit_text", "unit_id"),
    "institution": ("institution_text", "institution_id"),
}
"""Where an enrolment keeps the words and the key, by what they name."""


@dataclass(frozen=True, slots=True)
class UnmappedText:
    """Words that stand on rosters: what they name, as they were written most often, on how many rows, of whom.

    `courses` are the numbers of the courses whose rosters say so, the newest first."""

    names: str
    text: str
    people: int
    enrolments: tuple[int, ...]
    courses: tuple[str, ...] = ()


def read_unmapped(connection: Connection) -> tuple[UnmappedText, ...]:
    """All of them, those of most people first."""
    found = []
    for names, (text_column, key_column) in COLUMNS.items():
        written: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        people: dict[str, set[int]] = defaultdict(set)
        enrolments: dict[str, list[int]] = defaultdict(list)
        courses: dict[str, dict[str, None]] = defaultdict(dict)
        for enrolment, person, text, course in connection.exec_driver_sql(
            f"SELECT e.id, e.participant_id, e.{text_column}, o.code FROM enrolment e "
            f"JOIN offering o ON o.id = e.offering_id WHERE e.{text_column} IS NOT NULL AND e.{key_column} IS NULL "
            "AND e.status <> 'removed' ORDER BY o.ends_on DESC, e.id"
        ):
            key = fold(text)
            written[key][text] += 1
            people[key].add(person)
            enrolments[key].append(enrolment)
            courses[key][course] = None
        for key, spellings in written.items():
            most = max(spellings, key=lambda text: (spellings[text], text))
            found.append(UnmappedText(names, most, len(people[key]), tuple(enrolments[key]), tuple(courses[key])))
    return tuple(sorted(found, key=lambda each: (-each.people, each.names, fold(each.text))))
