"""Finding offerings, courses, instructors, schools, class groups, certificates and letters by words and numbers."""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.names import sort_key
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.hits import Hit, HitKind, Part, Rank, parts
from eic_tracker.queries.listing import Sight
from eic_tracker.store.search import EntryKind, entry_band, entry_key, matching, words

_NEWEST = 100
"""Of more matches of a kind than these, the newest rows are ranked."""
_FEW = 20_000
"""So many matches of all kinds are sorted into kinds at once."""
_SIGNS = 8
"""So many signs and spaces may stand in a number beside its letters and digits."""

_OWN_OFFERINGS = "SELECT offering_id FROM assignment WHERE instructor_id = ?"
_OWN_GROUPS = "SELECT class_group_id FROM class_officer WHERE instructor_id = ?"


@dataclass(frozen=True, slots=True)
class _Kind:
    """How rows of a kind are shown: columns are key, title, number, order (days newest first), then the detail."""

    hit: HitKind
    entry: EntryKind
    select: str
    detail: Callable[[Sequence[Any]], tuple[Part, ...]]
    newest_first: bool = False
    names_people: bool = False
    own: str = ""
    """the keys of the rows that an instructor (`?`) sees"""


def _offering(row: Sequence[Any]) -> tuple[Part, ...]:
    title, starts, ends, status = row
    return parts(course=title, starts_on=_day(starts), ends_on=_day(ends), status=status)


def _course(row: Sequence[Any]) -> tuple[Part, ...]:
    return parts(code=row[0], course_type=row[1])


def _instructor(row: Sequence[Any]) -> tuple[Part, ...]:
    return parts(code=row[0], force=row[1], rank=row[2])


def _school(row: Sequence[Any]) -> tuple[Part, ...]:
    return parts(code=row[0], municipality=row[1])


def _class_group(row: Sequence[Any]) -> tuple[Part, ...]:
    return parts(school=row[0], grade=row[1], section=row[2], school_year=row[3])


def _certificate(row: Sequence[Any]) -> tuple[Part, ...]:
    holder, course, offering, dated, status = row
    return parts(holder=holder, course=course, offering=offering, dated=_day(dated), status=status)


def _letter(row: Sequence[Any]) -> tuple[Part, ...]:
    return parts(kind=row[0], sender=row[1], subject=row[2], dated=_day(row[3]))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


KINDS = (
    _Kind(
        HitKind.OFFERING,
        EntryKind.OFFERING,
        """SELECT x.id, x.code, x.code, x.starts_on, c.title, x.starts_on, x.ends_on, x.status FROM offering x
        JOIN course_version v ON v.id = x.course_version_id JOIN course c ON c.id = v.course_id""",
        _offering,
        newest_first=True,
        own=_OWN_OFFERINGS,
    ),
    _Kind(
        HitKind.COURSE,
        EntryKind.COURSE,
        "SELECT x.id, x.title, x.code, x.title, x.code, x.course_type FROM course x",
        _course,
        own=f"SELECT v.course_id FROM offering o JOIN course_version v ON v.id = o.course_version_id "
        f"WHERE o.id IN ({_OWN_OFFERINGS})",
    ),
    _Kind(
        HitKind.INSTRUCTOR,
        EntryKind.INSTRUCTOR,
        """SELECT x.id, x.given_names || ' ' || x.surnames, x.code, x.surnames || ' ' || x.given_names, x.code, f.name,
        x.rank_text FROM instructor x JOIN force f ON f.id = x.force_id""",
        _instructor,
        names_people=True,
    ),
    _Kind(
        HitKind.SCHOOL,
        EntryKind.SCHOOL,
        """SELECT x.id, x.name, coalesce(x.sace_code, x.code), x.name, coalesce(x.sace_code, x.code), m.name
        FROM school x JOIN municipality m ON m.id = x.municipality_id""",
        _school,
        own=f"SELECT school_id FROM class_group WHERE id IN ({_OWN_GROUPS})",
    ),
    _Kind(
        HitKind.CLASS_GROUP,
        EntryKind.CLASS_GROUP,
        """SELECT x.id, x.code, x.code, coalesce(x.first_lesson_on, x.school_year), s.name, x.grade, x.section,
        x.school_year FROM class_group x LEFT JOIN school s ON s.id = x.school_id""",
        _class_group,
        newest_first=True,
        own=_OWN_GROUPS,
    ),
    _Kind(
        HitKind.CERTIFICATE,
        EntryKind.CERTIFICATE,
        """SELECT x.id, x.number, x.number, coalesce(x.dated, ''),
        coalesce(p.given_names || ' ' || p.surnames, i.given_names || ' ' || i.surnames,
        json_extract(x.snapshot, '$.name')), coalesce(c.title, json_extract(x.snapshot, '$.course_title')), o.code,
        x.dated, x.status FROM certificate x LEFT JOIN instructor i ON i.id = x.instructor_id
        LEFT JOIN enrolment e ON e.id = x.enrolment_id
        LEFT JOIN participant p ON p.id = coalesce(x.participant_id, e.participant_id)
        LEFT JOIN offering o ON o.id = coalesce(x.offering_id, e.offering_id)
        LEFT JOIN course_version v ON v.id = o.course_version_id LEFT JOIN course c ON c.id = v.course_id""",
        _certificate,
        newest_first=True,
        names_people=True,
    ),
    _Kind(
        HitKind.LETTER,
        EntryKind.LETTER,
        """SELECT x.id, x.number, x.number, coalesce(x.dated, ''), x.kind, x.sender, x.subject, x.dated
        FROM source_document x""",
        _letter,
        newest_first=True,
        names_people=True,
    ),
)


def search_entries(connection: Connection, text: str, limit: int, sight: Sight) -> tuple[Hit, ...]:
    """The best hits of every kind that the user may see, kind by kind; best first, then the newest or by name."""
    typed = words(text)
    if not typed:
        return ()
    matches = {rank: _matches(connection, typed, rank) for rank in (Rank.WORDS, Rank.BEGINNINGS)}
    hits: list[Hit] = []
    for kind in KINDS:
        if sight.figures is Right.YES and not (kind.names_people and sight.people is not Right.YES):
            ranked: dict[int, Rank] = {}
            for rank, match in matches.items():
                for key in match.of(connection, kind.entry):
                    ranked.setdefault(key, rank)
        elif sight.figures is Right.OWN and kind.own and sight.instructor_id is not None:
            ranked = _ranked_of_own(connection, kind, typed, sight.instructor_id)
        else:
            continue
        hits += _hits(connection, kind, typed, ranked)[:limit]
    return tuple(hits)


@dataclass(frozen=True, slots=True)
class _Matches:
    """The entries that match an expression; where they are many, the index is asked again for each kind."""

    expression: str
    entries: list[int] | None
    """in order"""

    def of(self, connection: Connection, kind: EntryKind) -> list[int]:
        """The newest keys of a kind."""
        first, beyond = entry_band(kind)
        if self.entries is not None:
            end = bisect_left(self.entries, beyond)
            begin = max(bisect_left(self.entries, first), end - _NEWEST)
            return [entry_key(entry) for entry in self.entries[begin:end]]
        rows = connection.exec_driver_sql(
            f"{_MATCHING} AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (self.expression, first, beyond, _NEWEST),
        )
        return [entry_key(entry) for (entry,) in rows]


_MATCHING = "SELECT rowid AS entry FROM search_words WHERE search_words MATCH ?"


def _matches(connection: Connection, typed: Sequence[str], rank: Rank) -> _Matches:
    expression = matching(typed, begun=rank is Rank.BEGINNINGS)
    query = f"SELECT json_group_array(entry) FROM ({_MATCHING} ORDER BY rowid LIMIT ?)"
    entries = json.loads(connection.exec_driver_sql(query, (expression, _FEW + 1)).scalar_one())
    return _Matches(expression, entries if len(entries) <= _FEW else None)


def _ranked_of_own(connection: Connection, kind: _Kind, typed: Sequence[str], instructor: int) -> dict[int, Rank]:
    """Own rows are few: each is looked at, so that many others can neither hide nor tell anything."""
    rows = connection.exec_driver_sql(
        f"WITH own(key) AS ({kind.own}) SELECT id, words FROM search_entry WHERE id IN (SELECT ? + key FROM own)",
        (instructor, entry_band(kind.entry)[0]),
    )
    found = {}
    for entry, said in rows:
        own = said.split()
        if all(word in own for word in typed):
            found[entry_key(entry)] = Rank.WORDS
        elif all(any(each.startswith(word) for each in own) for word in typed):
            found[entry_key(entry)] = Rank.BEGINNINGS
    return found


def _hits(connection: Connection, kind: _Kind, typed: Sequence[str], ranked: Mapping[int, Rank]) -> list[Hit]:
    if not ranked:
        return []
    rows = connection.exec_driver_sql(
        f"{kind.select} WHERE x.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ranked)),)
    ).all()
    rows = sorted(
        rows, key=lambda row: str(row[3]) if kind.newest_first else sort_key(row[3]), reverse=kind.newest_first
    )
    hits = []
    for key, title, number, _, *rest in rows:
        rank = ranked[key]
        if _is_typed(number, typed):
            rank = Rank.NUMBER
        elif _is_typed(title, typed):
            rank = Rank.NAME
        hits.append(Hit(kind.hit, key, title, kind.detail(rest), rank))
    return sorted(hits, key=lambda hit: hit.rank)


def _is_typed(text: str, typed: Sequence[str]) -> bool:
    """Whether a text has just these words; texts that are much longer or shorter are not even folded."""
    return abs(len(text) - len(" ".join(typed))) <= _SIGNS and words(text) == typed
