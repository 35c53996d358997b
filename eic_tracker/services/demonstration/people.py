"""Invented people: names from lists of common ones, document numbers that no register gives out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.names import match_key, sort_key
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.plan import read_demo_list
from eic_tracker.services.reference_lists import read_list
from eic_tracker.store.tables.people import DocumentKind

FIRST_SEQUENCE = 90_000
"""National ids of the demonstration end in 90000 or more: no year of births of a municipality is that large."""

DNIC, DPI, DPI_BEGAN = "DNIC", "DPI", dt.date(2015, 9, 1)
"""What the investigators' unit was called, and when it took its new name."""

HONDURAS, GUATEMALA, EL_SALVADOR = "HND", "GTM", "SLV"

_INSTITUTIONS = {"HNP": 840, "MP": 80, "PJ": 35, "FFAA": 25, "SEDS": 12, "PNC-GTM": 4, "PNC-SLV": 3, "MP-GTM": 1}
"""How often each institution sends somebody, in a thousand."""

_UNITS: Mapping[str, Mapping[str | None, tuple[int, int]]] = {
    "HNP": {
        DNIC: (2011, 560),
        "DNPSC": (2011, 90),
        "DIPOL": (2011, 80),
        "POLFRONT": (2011, 60),
        "DNVT": (2011, 60),
        "COBRAS": (2011, 20),
        "EIC": (2011, 15),
        "ITP": (2011, 15),
        "DNEP": (2011, 10),
        "IG": (2011, 10),
        "TELEMATICA": (2012, 10),
        "DAIC": (2013, 20),
        "TIGRES": (2014, 20),
        "UDEP-03": (2016, 20),
        "UMEP-5": (2016, 25),
        "FNAMP": (2018, 40),
    },
    "MP": {None: (2011, 400), "DLCN": (2011, 150), "MF": (2011, 150), "ATIC": (2015, 350)},
    "FFAA": {"PMOP": (2014, 70), "FUSINA": (2014, 20), None: (2011, 10)},
    "SEDS": {"DIECP": (2013, 90), None: (2011, 10)},
}
"""Units of an institution: the first year in which somebody comes from it, and how often."""

_POSTS = {
    "MP": ("Fiscal", "Fiscal", "Fiscal auxiliar", "Perito", "Asistente de fiscalía"),
    "PJ": ("Juez de letras", "Juez de paz", "Secretario de juzgado", "Defensor público"),
    "MP-GTM": ("Auxiliar fiscal", "Agente fiscal"),
}
_RANK_TEXTS = {
    "FFAA": ("Soldado", "Cabo", "Sargento", "Teniente"),
    "PNC-GTM": ("Agente", "Agente", "Oficial tercero", "Subinspector"),
    "PNC-SLV": ("Agente", "Cabo", "Sargento", "Subinspector"),
}
_COUNTRIES = {"PNC-GTM": GUATEMALA, "MP-GTM": GUATEMALA, "PNC-SLV": EL_SALVADOR}
_RANK_WEIGHTS = (300, 40, 60, 50, 40, 120, 80, 50, 30, 20, 10, 80, 60, 30, 20, 8, 2)
"""How often each rank, lowest first; the two highest do not sit in courses."""

_FIRST_OFFICER = 11
_YEARS_PER_RANK = 4
_BIRTH_PLACES = {"0801": 22, "0501": 12, "0301": 5, "0601": 5, "0101": 4, "0703": 4, "1501": 4, "1804": 4}
_SEX = ((Sex.F, 240), (Sex.M, 758), (Sex.U, 2))


@dataclass(slots=True)
class Person:
    """An invented person, and what the courses so far made of them."""

    given_names: str
    surnames: str
    sex: Sex
    institution: str | None
    unit: str | None
    rank: int | None
    since: dt.date
    birth_date: dt.date | None
    birth_place: str | None
    document: tuple[DocumentKind, str, str] | None
    police_number: str | None = None
    post: str | None = None
    rank_text: str | None = None
    free_from: dt.date = dt.date.min
    courses: list[str] = field(default_factory=list)
    completions: int = 0
    vetted_until: dt.date = dt.date.min
    key: int = 0


@dataclass(slots=True)
class Names:
    """The lists that names are drawn from, each with the running total of how common its names are."""

    lists: dict[str, tuple[list[str], list[int]]]
    published: str
    """Texts of the published sources: nobody that they name is in a demonstration."""

    def whole(self, chance: Chance, sex: Sex) -> tuple[str, str]:
        """Given names (mostly two) and surnames (nearly always two)."""
        kind = "female" if sex is Sex.F or (sex is Sex.U and chance.happens(500)) else "male"
        while True:
            given = self._one_or_two(chance, kind, 750)
            surnames = self._one_or_two(chance, "surname", 940)
            if f"{given} {surnames}" not in self.published:
                return given, surnames

    def _one_or_two(self, chance: Chance, kind: str, two_in_thousand: int) -> str:
        names, running = self.lists[kind]
        drawn = chance.random.choices(names, cum_weights=running, k=2)
        return " ".join(drawn) if chance.happens(two_in_thousand) and drawn[0] != drawn[1] else drawn[0]


def read_names() -> Names:
    """The lists of names of the demonstration."""
    lists: dict[str, tuple[list[str], list[int]]] = {}
    for row in read_demo_list("names"):
        names, weights = lists.setdefault(row["kind"], ([], []))
        names.append(row["name"])
        weights.append(int(row["weight"]) + (weights[-1] if weights else 0))
    shipped = (read_list(name) for name in ("ranks", "units", "published_figures"))
    published = " ".join(text for listed in shipped for row in listed for text in row.values())
    return Names(lists, published)


class PeopleMaker:
    """Makes people; every document number is given once."""

    def __init__(self, chance: Chance, names: Names) -> None:
        self.chance = chance
        self.names = names
        self._municipalities = [row["code"] for row in read_list("municipalities")]
        self._given: set[str] = set()
        self._police_number = 20_000

    def person(self, day: dt.date, institution: str | None = None) -> Person:
        """Somebody who serves on that day, of the institution or of any."""
        chance = self.chance
        if institution is None:
            institution = chance.weighted(list(_INSTITUTIONS), list(_INSTITUTIONS.values()))
        country = _COUNTRIES.get(institution, HONDURAS)
        sex = chance.weighted([sex for sex, _ in _SEX], [weight for _, weight in _SEX])
        given_names, surnames = self.names.whole(chance, sex)
        birth_date = day - dt.timedelta(days=chance.between(20 * 366, 46 * 365))
        birth_place = self.birth_place() if country == HONDURAS else None
        person = Person(
            given_names=given_names,
            surnames=surnames,
            sex=sex,
            institution=institution,
            unit=self._unit(institution, day.year),
            rank=None,
            since=day,
            birth_date=birth_date,
            birth_place=birth_place,
            document=self._document(country, birth_place, birth_date.year),
        )
        self._give_rank(person, institution)
        return person

    def national_id(self, municipality: str, year: int) -> str:
        """Thirteen digits: municipality, year of birth, a sequence that no register reaches."""
        while True:
            sequence = self.chance.between(FIRST_SEQUENCE, FIRST_SEQUENCE + 9_999)
            number = f"{municipality}{year}{sequence}"
            if number not in self._given:
                self._given.add(number)
                return number

    def birth_place(self) -> str:
        """The code of a municipality, larger towns more often."""
        if self.chance.happens(400):
            return self.chance.one_of(self._municipalities)
        return self.chance.weighted(list(_BIRTH_PLACES), list(_BIRTH_PLACES.values()))

    def _document(self, country: str, birth_place: str | None, year: int) -> tuple[DocumentKind, str, str]:
        if birth_place is not None:
            return DocumentKind.NATIONAL_ID, country, self.national_id(birth_place, year)
        if self.chance.happens(300):
            return DocumentKind.PASSPORT, country, self._unused("X", 8)
        digits = 13 if country == GUATEMALA else 9
        return DocumentKind.NATIONAL_ID, country, self._unused("9", digits - 1)

    def _unused(self, prefix: str, digits: int) -> str:
        while True:
            number = f"{prefix}{self.chance.below(10**digits):0{digits}d}"
            if number not in self._given:
                self._given.add(number)
                return number

    def _unit(self, institution: str, year: int) -> str | None:
        known = _UNITS.get(institution, {})
        open_units = [(unit, weight) for unit, (first_year, weight) in known.items() if first_year <= year]
        if not open_units:
            return None
        return self.chance.weighted([unit for unit, _ in open_units], [weight for _, weight in open_units])

    def _give_rank(self, person: Person, institution: str) -> None:
        if institution in ("HNP", "SEDS"):
            person.rank = self.chance.weighted(range(len(_RANK_WEIGHTS)), _RANK_WEIGHTS)
            self._police_number += self.chance.between(1, 3)
            person.police_number = f"{self._police_number:06d}"
        elif institution in _POSTS:
            person.post = self.chance.one_of(_POSTS[institution])
        elif institution in _RANK_TEXTS:
            person.rank_text = self.chance.one_of(_RANK_TEXTS[institution])


def rank_on(person: Person, day: dt.date) -> int | None:
    """The place of the person's rank in the list on that day: one step in four years, never from the basic scale up."""
    if person.rank is None:
        return None
    highest = _FIRST_OFFICER - 1 if person.rank < _FIRST_OFFICER else len(_RANK_WEIGHTS) - 1
    return min(person.rank + (day.year - person.since.year) // _YEARS_PER_RANK, highest)


def unit_on(person: Person, day: dt.date) -> str | None:
    """The code of the person's unit on that day, by the name that it had then."""
    if person.unit == DNIC and day >= DPI_BEGAN:
        return DPI
    if person.unit == "DIECP" and day.year >= 2018:
        return "DIDADPOL"
    return person.unit


def participant_row(person: Person, lookup: Lookup, uid: str, recorded_at: dt.datetime) -> dict[str, Any]:
    """The person as the table of participants holds them."""
    kind, country, number = person.document or (None, None, None)
    return {
        "uid": uid,
        "given_names": person.given_names,
        "surnames": person.surnames,
        "match_key": match_key(person.given_names, person.surnames),
        "sort_key": sort_key(f"{person.surnames} {person.given_names}"),
        "sex": person.sex,
        "document_kind": kind,
        "document_country": country,
        "document_number": number,
        "police_number": person.police_number,
        "birth_date": person.birth_date,
        "birth_municipality_id": lookup.municipalities[person.birth_place] if person.birth_place else None,
        "birth_country": HONDURAS if person.birth_place else country,
        "recorded_at": recorded_at,
    }
