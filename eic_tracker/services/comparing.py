"""Compare a list: of pasted names or identity numbers, who has which course, when, and who has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.domain.matching import name_words
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.exchange.cells import text_of
from eic_tracker.exchange.clipboard import read_pasted
from eic_tracker.exchange.lists import lists_of
from eic_tracker.exchange.reading import read_sheets
from eic_tracker.exchange.rows import KnownTexts, ReadList
from eic_tracker.i18n import N_
from eic_tracker.queries.identities import records_of
from eic_tracker.queries.likenesses import PersonOnFile, known_people
from eic_tracker.queries.merging import people_of_number, people_of_tail
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.store.database import Database
from eic_tracker.store.search import matching
from eic_tracker.store.search import words as indexed_words

MOST_LINES = 2_000
MOST_PEOPLE = 20
"""So many people of one name are shown; who means one of more writes the number."""

_SHORTEST_NUMBER = 5


@dataclass(frozen=True, slots=True)
class CourseHeld:
    """A course that somebody completed: its number, title and last day."""

    code: str
    title: str
    ended_on: dt.date


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody whom a line names, and the courses that they completed, the newest first."""

    person: PersonOnFile
    courses: tuple[CourseHeld, ...]


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line as it was pasted and whom it names: nobody, one, or several people of that name."""

    text: str
    found: tuple[PersonFound, ...]


def compare_list(
    db: Database, acting: ActingUser, lines: Sequence[str], *, course: str | None = None
) -> tuple[ComparedLine, ...]:
    """Each line that is not empty with the people whom it names and what they completed, in the order of the list.

    A line is a number (of a document, a police number, its last five digits) or a name in any order; `course` is the
    code of a course of the catalogue, where only that one is asked for."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    asked = [" ".join(line.split()) for line in lines if line.strip()]
    if len(asked) > MOST_LINES:
        raise UserError(
            N_("A list of {count} lines is compared in parts of {most}."), count=len(asked), most=MOST_LINES
        )
    with db.read() as connection:
        meant = [_meant(connection, text) for text in asked]
        people = known_people(connection, {key for keys in meant for key in keys})
        held = {key: _held(connection, key, course) for key in people}
    return tuple(
        ComparedLine(text, tuple(PersonFound(people[key], held[key]) for key in keys))
        for text, keys in zip(asked, meant, strict=True)
    )


def lines_of_list(_db: Database, acting: ActingUser, text: str, html: str, today: dt.date) -> tuple[str, ...]:
    """The people of a list that was copied elsewhere, each as number and name; else its lines as they stand."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    plain = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
    try:
        people = _people_lines(read_pasted(text, html, "", {}, KnownTexts(), today=today))
    except UserError:
        return plain
    is_table = "\t" in text or "<table" in html.lower()
    # Of plain lines none may get lost: ranks before names are split off only where each line was understood.
    return people if is_table or len(people) == len(plain) else plain


def lines_of_file(
    _db: Database,
    acting: ActingUser,
    path: Path,
    today: dt.date,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[str, ...]:
    """The people of a file's lists, each as number and name; where no list is found, each row as it stands.

    FileProblem where the file cannot be read; `progress` may end the reading by raising."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    sheets = read_sheets(path, look=lambda: progress(0, 0))
    try:
        return _people_lines(lists_of(sheets, path.name, {}, KnownTexts(), today=today))
    except UserError:
        rows = (row for sheet in sheets if not sheet.hidden for row in sheet.cells)
        joined = (" ".join(filter(None, map(text_of, row))) for row in rows)
        return tuple(line for line in joined if line.strip())


def _people_lines(lists: Sequence[ReadList]) -> tuple[str, ...]:
    lines = [
        " ".join(filter(None, [row.document, row.given_names, row.family_names])) for read in lists for row in read.rows
    ]
    return tuple(line for line in lines if line)


def courses_to_compare(db: Database, acting: ActingUser) -> Mapping[str, str]:
    """The courses of the catalogue by code, to be asked for one of them."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT c.code, c.title FROM course c JOIN programme p ON p.id = c.programme_id "
            "WHERE p.kind = 'courses' AND NOT p.is_load ORDER BY c.title COLLATE NOCASE, c.code"
        ).all()
    return {code: f"{title} — {code}" for code, title in rows}


def _meant(connection: Connection, text: str) -> list[int]:
    """Whom a line names: by a number in it where there is one, else by the whole name."""
    for word in [text.replace("-", "").replace(" ", ""), *text.replace("-", "").split()]:
        if sum(character.isdigit() for character in word) >= _SHORTEST_NUMBER:
            found = _by_number(connection, word)
            if found:
                return found
    return _by_name(connection, text)


def _by_number(connection: Connection, number: str) -> list[int]:
    whole = people_of_number(connection, number) if len(number) > _SHORTEST_NUMBER else []
    return _standing(connection, whole or people_of_tail(connection, number))


def _by_name(connection: Connection, text: str) -> list[int]:
    """People with just these words in their name; where nobody has, those who have all of them and more."""
    words = name_words("".join(character if not character.isdigit() else " " for character in text))
    known = indexed_words(" ".join(words))
    if not known:
        return []
    rows = connection.exec_driver_sql(
        "SELECT id, match_key FROM participant WHERE id IN "
        "(SELECT rowid FROM search_person WHERE search_person MATCH ?) AND +merged_into_id IS NULL ORDER BY id",
        (matching(known, begun=False),),
    ).all()
    exact = [row.id for row in rows if name_words(row.match_key) == words]
    return (exact or [row.id for row in rows])[:MOST_PEOPLE]


def _standing(connection: Connection, keys: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(surviving_record(connection, key) for key in keys))[:MOST_PEOPLE]


def _held(connection: Connection, person: int, course: str | None) -> tuple[CourseHeld, ...]:
    rows = connection.exec_driver_sql(
        "SELECT o.code, c.title, o.ends_on FROM enrolment e JOIN offering o ON o.id = e.offering_id "
        "JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id "
        f"WHERE e.participant_id IN ({records_of(':person')}) AND e.status = 'completed' AND o.status <> 'cancelled' "
        "AND (:course IS NULL OR c.code = :course) ORDER BY o.ends_on DESC, o.id DESC",
        {"person": person, "course": course},
    )
    return tuple(CourseHeld(row.code, row.title, dt.date.fromisoformat(row.ends_on)) for row in rows)
