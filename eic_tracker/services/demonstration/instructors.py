"""Invented instructors: of the police, advisors with their rotations, visiting experts, officers of G.R.E.A.T."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.names import match_key
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.people import Names
from eic_tracker.services.demonstration.plan import read_demo_list
from eic_tracker.services.demonstration.simulated_time import workday
from eic_tracker.store.tables.instructors import Accreditation, Instructor, MentoredUnit, Rotation
from eic_tracker.store.transaction import Tx

HNP, CNP = "HNP", "CNP"

_TEACHERS = {2011: 12, 2013: 4, 2015: 4, 2017: 4, 2018: 3, 2019: 1}
"""Instructors of the HNP that begin in a year."""

_ADVISORS = {2013: 2, 2014: 3, 2015: 4, 2016: 5, 2017: 6, 2018: 7, 2019: 6}
"""Advisors of the CNP that are there in a year."""

_EXPERTS = {"FBI": 3, "NCIS": 2, "HSI": 2, "ICITAP": 2, "COP": 2}
"""Visiting experts by force."""

_OFFICERS = {2012: 12, 2013: 14, 2014: 18, 2015: 30, 2016: 24, 2017: 20, 2018: 12, 2019: 4}
"""Officers of G.R.E.A.T. that begin in a year."""

_TEACHER_RANKS = ("Suboficial III", "Subinspector de Policía", "Inspector de Policía", "Subcomisario de Policía")
_OFFICER_RANKS = ("Policía Clase I", "Policía Clase II", "Policía Clase III", "Suboficial I")
_FOREIGN_RANKS = {
    CNP: ("Intendente", "Subintendente", "Capitán", "Mayor"),
    "FBI": ("Special Agent",),
    "NCIS": ("Special Agent",),
    "HSI": ("Special Agent",),
    "ICITAP": ("Senior Law Enforcement Advisor",),
    "COP": ("International Policing Adviser",),
}
_MENTORED = (
    ("DPI", "Investigación criminal"),
    ("DIPOL", "Inteligencia"),
    ("DNVT", "Planificación"),
    ("POLFRONT", "Lucha contra el narcotráfico"),
    ("FNAMP", "Investigación de extorsiones"),
    ("TELEMATICA", "Informática forense"),
    ("DAIC", "Comunicación estratégica"),
    ("DNPSC", "Planificación"),
    ("DNEP", "Formación de instructores"),
    ("EIC", "Formación en investigación"),
    ("UMEP-5", "Investigación de homicidios"),
)
"""The eleven units that advisors mentor since 2018, and in what."""

_ACCREDITED_IN = 2018
_ACCREDITATIONS = {
    HNP: ("Facilitador policial", "Universidad Nacional de la Policía de Honduras"),
    CNP: ("Instructor policial internacional", "Policía Nacional de Colombia"),
}
_VALID_UNTIL = (*(dt.date(2020, 12, 31),) * 5, dt.date(2019, 5, 31), dt.date(2019, 7, 31))
"""In turn: most are valid for long, one in seven is over, one ends soon."""

_CERTIFIED_UNTIL = (*(dt.date(2020, 12, 31),) * 29, dt.date(2019, 5, 31), dt.date(2019, 7, 31))
"""Of the officers in turn: one of thirty-one is over, one ends soon."""


@dataclass(slots=True)
class PlannedInstructor:
    """An invented instructor; `busy` are the spans that courses already take."""

    code: str
    given_names: str
    surnames: str
    force: str
    rank: str
    first_year: int
    years: frozenset[int] | None = None
    """The years of an advisor's rotations; None for those who stay."""
    busy: list[tuple[dt.date, dt.date]] = field(default_factory=list)
    key: int = 0

    def is_there(self, year: int) -> bool:
        """Whether they teach in that year."""
        return year in self.years if self.years is not None else self.first_year <= year

    def is_free(self, first: dt.date, last: dt.date) -> bool:
        """Whether no course of theirs lies between the days."""
        return all(last < start or end < first for start, end in self.busy)


class Staff:
    """Everybody who teaches, by force."""

    def __init__(self, chance: Chance, names: Names) -> None:
        self.chance = chance
        self.names = names
        self.everybody: list[PlannedInstructor] = []
        for year, count in _TEACHERS.items():
            for _ in range(count):
                self._one("INS", HNP, _TEACHER_RANKS, year)
        for force, count in _EXPERTS.items():
            for _ in range(count):
                self._one("EXP", force, _FOREIGN_RANKS[force], 2012 + self.chance.below(4))
        self._invite_advisors()
        self.officers_by_place: dict[str, list[PlannedInstructor]] = {}
        self._post_officers()

    @property
    def user(self) -> PlannedInstructor:
        """The instructor who has an account in the demonstration file."""
        return self.everybody[0]

    def lead(self, force: str, first: dt.date, last: dt.date) -> PlannedInstructor | None:
        """Somebody of the force who is there and free, and busy from now on; None where there is nobody."""
        free = [
            each
            for each in self.everybody
            if each.force == force
            and not each.code.startswith("GRE")
            and each.is_there(first.year)
            and each.is_free(first, last)
        ]
        if not free:
            return None
        chosen = self.chance.one_of(free)
        chosen.busy.append((first, last))
        return chosen

    def officers(self, municipality: str, year: int) -> list[PlannedInstructor]:
        """The officers of G.R.E.A.T. posted to a place, or where there are none the first ones of all."""
        posted = [each for each in self.officers_by_place.get(municipality, []) if each.is_there(year)]
        if posted:
            return posted
        return [each for each in self.everybody if each.code.startswith("GRE") and each.is_there(year)]

    def _one(
        self, prefix: str, force: str, ranks: Sequence[str], year: int, years: frozenset[int] | None = None
    ) -> PlannedInstructor:
        sex = Sex.F if self.chance.happens(250) else Sex.M
        given_names, surnames = self.names.whole(self.chance, sex)
        number = 1 + sum(each.code.startswith(prefix) for each in self.everybody)
        one = PlannedInstructor(
            code=f"{prefix}-{number:03d}",
            given_names=given_names,
            surnames=surnames,
            force=force,
            rank=self.chance.one_of(ranks),
            first_year=year,
            years=years,
        )
        self.everybody.append(one)
        return one

    def _invite_advisors(self) -> None:
        """Each year half of the advisors stay for a second rotation, the others are new."""
        spans: list[list[int]] = []
        staying: list[list[int]] = []
        for year, count in _ADVISORS.items():
            second = staying[: count // 2]
            for span in second:
                span.append(year)
            staying = [[year] for _ in range(count - len(second))]
            spans += staying
        for span in spans:
            self._one("ASE", CNP, _FOREIGN_RANKS[CNP], span[0], frozenset(span))

    def _post_officers(self) -> None:
        places = read_demo_list("places")
        for year, count in _OFFICERS.items():
            known = [row for row in places if int(row["first_year"]) <= year]
            for row in self.chance.random.choices(known, [int(row["weight"]) for row in known], k=count):
                officer = self._one("GRE", HNP, _OFFICER_RANKS, year)
                self.officers_by_place.setdefault(row["municipality"], []).append(officer)

    def write(self, tx: Tx, lookup: Lookup, year: int) -> None:
        """Write those who begin in the year, the rotations of the year, and whom the advisors mentor."""
        new = [each for each in self.everybody if each.first_year == year]
        rows = [_instructor_row(each, lookup, tx) for each in new]
        for each, key in zip(new, tx.insert(Instructor, rows), strict=True):
            each.key = key
        advisors = [each for each in self.everybody if each.years and year in each.years]
        tx.insert(Rotation, [_rotation_row(each, year) for each in advisors])
        if year == _ACCREDITED_IN:
            tx.insert(Accreditation, [*self._accreditations(year), *self._certifications(lookup, year)])
        if year == max(_ADVISORS) - 1:
            lasting = [each for each in advisors if each.years and year + 1 in each.years]
            tx.insert(
                MentoredUnit,
                [
                    {
                        "instructor_id": lasting[place % len(lasting)].key,
                        "unit_id": lookup.units[unit],
                        "theme": theme,
                        "starts_on": dt.date(year, 2, 1),
                    }
                    for place, (unit, theme) in enumerate(_MENTORED)
                ],
            )

    def _accreditations(self, year: int) -> list[dict[str, Any]]:
        """Of the instructors who teach courses in that year."""
        teachers = [
            each
            for each in self.everybody
            if each.force in _ACCREDITATIONS and each.key and each.is_there(year) and not each.code.startswith("GRE")
        ]
        return [
            {
                "instructor_id": each.key,
                "title": _ACCREDITATIONS[each.force][0],
                "authority": _ACCREDITATIONS[each.force][1],
                "granted_on": dt.date(year, 1, 15),
                "expires_on": _VALID_UNTIL[place % len(_VALID_UNTIL)],
            }
            for place, each in enumerate(teachers)
        ]

    def _certifications(self, lookup: Lookup, year: int) -> list[dict[str, Any]]:
        """Of the officers there in that year: all for the primary schools, every other one for the middle schools."""
        officers = [each for each in self.everybody if each.code.startswith("GRE") and each.key]
        return [
            {
                "instructor_id": each.key,
                "title": f"Facilitador G.R.E.A.T., {name}",
                "authority": "Programa G.R.E.A.T.",
                "granted_on": dt.date(year, 1, 15),
                "expires_on": _CERTIFIED_UNTIL[place % len(_CERTIFIED_UNTIL)],
                "curriculum_id": lookup.curricula[code],
            }
            for every, code, name in ((1, "GREAT-PRIMARIA", "primaria"), (2, "GREAT-SECUNDARIA", "tercer ciclo"))
            for place, each in enumerate(officers)
            if place % every == 0
        ]


def _instructor_row(each: PlannedInstructor, lookup: Lookup, tx: Tx) -> dict[str, Any]:
    return {
        "uid": tx.new_uid(),
        "code": each.code,
        "given_names": each.given_names,
        "surnames": each.surnames,
        "match_key": match_key(each.given_names, each.surnames),
        "force_id": lookup.forces[each.force],
        "rank_text": each.rank,
        "unit_id": lookup.units["DNPSC"] if each.code.startswith("GRE") else None,
        "languages": "Español" if each.force in (HNP, CNP) else "Español\nInglés",
        "recorded_at": tx.at,
    }


def _rotation_row(each: PlannedInstructor, year: int) -> dict[str, Any]:
    return {
        "instructor_id": each.key,
        "starts_on": workday(dt.date(year, 1, 7)),
        "ends_on": dt.date(year, 12, 20),
        "home_unit": "Dirección de Investigación Criminal e INTERPOL",
        "funding": "INL, plan de acción EE. UU.-Colombia",
        "counterpart": "Escuela de Investigación Criminal",
    }
