"""What the words of a list of class groups mean in this file: its schools, curricula, municipalities and officers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from eic_tracker.domain.codes import CurriculumKind
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.class_groups import VersionChoice, read_versions
from eic_tracker.queries.schools import SchoolHit, read_schools
from eic_tracker.services.schools import SchoolMatch, match_school
from eic_tracker.store.database import Database

BY_GRADE = "by_grade"
"""The answer by which grades 4 to 6 are taught the elementary curriculum, 7 to 9 that of middle schools."""
_LAST_OF_ELEMENTARY = 6


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school that a list names and the file does not have; `key` is negative until it is stored."""

    key: int
    name: str
    municipality_id: int
    sace_code: str | None


@dataclass(slots=True)
class Known:
    """What the file knows, read once for a whole list."""

    schools: tuple[SchoolHit, ...]
    versions: Mapping[int, VersionChoice]
    municipalities: Mapping[str, tuple[int, str]]
    """key and code by code, and by folded name where one alone is called so"""
    officers: Mapping[str, int]
    _by_id: Mapping[int, SchoolHit] = field(init=False)
    _named: Mapping[str, tuple[SchoolHit, ...]] = field(init=False)
    _matches: dict[tuple[str, str, str | None], SchoolMatch] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named: dict[str, list[SchoolHit]] = defaultdict(list)
        for each in self.schools:
            named[fold(each.name)].append(each)
        self._named = {name: tuple(found) for name, found in named.items()}
        self._by_id = {each.id: each for each in self.schools}

    @property
    def school_names(self) -> Iterable[str]:
        """The folded names of all schools."""
        return self._named.keys()

    def school(self, key: int) -> SchoolHit:
        """A school of the file."""
        return self._by_id[key]

    def with_school_code(self, code: str) -> SchoolHit | None:
        """The school that has this code here."""
        return next((each for each in self.schools if each.code == code), None)

    def match(self, name: str, code: str, municipality: str | None) -> SchoolMatch:
        """Which school is meant; asked once for each spelling, as likenesses take their time."""
        asked = (name, code, municipality)
        if asked not in self._matches:
            same = [each for each in self._named.get(fold(name), ()) if municipality in (None, each.municipality_code)]
            certain = len(same) == 1 and not code
            self._matches[asked] = (
                SchoolMatch(same[0]) if certain else match_school(self.schools, name, code or None, municipality)
            )
        return self._matches[asked]

    def version(self, said: str, grades: Collection[str]) -> VersionChoice | None:
        """The curriculum version that a word names: its code, kind or name, with /LESSONS where it has several.

        By the grades of a multigrade class only where all of them are taught the same."""
        if said == BY_GRADE:
            elementary = {int(grade) <= _LAST_OF_ELEMENTARY for grade in grades if grade.isdecimal()}
            if len(elementary) != 1:
                return None
            said = (CurriculumKind.ELEMENTARY if elementary.pop() else CurriculumKind.MIDDLE).value
        word, _, lessons = said.partition("/")
        for each in self.versions.values():
            names = {fold(each.curriculum), each.taught.kind.value, fold(each.name)}
            if not each.ended and fold(word) in names and (not lessons or lessons.strip() == str(each.taught.lessons)):
                return each
        return None

    def curriculum_words(self) -> tuple[str, ...]:
        """By which word each curriculum is said: its kind where that tells it, else its code."""
        return tuple(dict.fromkeys(self.curriculum_word(each) for each in self.versions.values() if not each.ended))

    def curriculum_word(self, version: VersionChoice) -> str:
        """The word for the curriculum of a version."""
        same = {each.curriculum for each in self.versions.values() if each.taught.kind is version.taught.kind}
        return version.taught.kind.value if len(same) == 1 else version.curriculum

    def municipality(self, said: str) -> tuple[int, str]:
        """Key and code of the municipality that a word names; UserError where it names none, or several."""
        found = self.municipalities.get(said.strip()) or self.municipalities.get(fold(said))
        if found is None:
            raise UserError(
                N_("“{word}” is no municipality; write its code of four digits, as 0801."),
                word=said if said.isdecimal() else "…",
            )
        return found


def read_known(connection: Connection, today: dt.date) -> Known:
    """What the file knows now."""
    places: dict[str, tuple[int, str]] = {}
    twice: set[str] = set()
    for key, code, name in connection.exec_driver_sql("SELECT id, code, name FROM municipality ORDER BY code"):
        places[code] = (key, code)
        folded = fold(name)
        twice |= {folded} if folded in places else set()
        places[folded] = (key, code)
    return Known(
        schools=read_schools(connection),
        versions=read_versions(connection, today),
        municipalities={word: place for word, place in places.items() if word not in twice},
        officers={row.code: row.id for row in connection.exec_driver_sql("SELECT code, id FROM instructor")},
    )


@dataclass(frozen=True, slots=True)
class GroupChoices:
    """What may be said of all class groups of a list, by the word or code that says it."""

    curricula: Mapping[str, str]
    municipalities: Mapping[str, str]
    officers: Mapping[str, str]


def group_choices(db: Database, acting: ActingUser, today: dt.date) -> GroupChoices:
    """The curricula that are taught, the municipalities, and the officers who are active, or oneself."""
    own = require(acting, Action.CLASS_GROUPS) is Right.OWN
    with db.read() as connection:
        known = read_known(connection, today)
        places = connection.exec_driver_sql(
            "SELECT m.code, m.name || ', ' || d.name FROM municipality m JOIN department d ON d.id = m.department_id "
            "WHERE m.valid_to IS NULL OR m.valid_to >= ? ORDER BY m.name, m.code",
            (today.isoformat(),),
        )
        officers = connection.exec_driver_sql(
            "SELECT id, code, surnames || ', ' || given_names || ' — ' || code AS words FROM instructor "
            "WHERE ended_on IS NULL OR ended_on >= ? ORDER BY match_key, code",
            (today.isoformat(),),
        )
        taught = [version for version in known.versions.values() if not version.ended]
        return GroupChoices(
            curricula={known.curriculum_word(version): version.name for version in reversed(taught)},
            municipalities={row[0]: row[1] for row in places},
            officers={row.code: row.words for row in officers if not own or row.id == acting.instructor_id},
        )
