"""Invented schools: each with a place and a code of its own, none with a real SACE code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from eic_tracker.domain.names import fold
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.store.tables.outreach import Administration, School, Shift
from eic_tracker.store.transaction import Tx

PRIMARY_GRADES, MIDDLE_GRADES = ("4", "5", "6"), ("7", "8", "9")

_FIRST_WORDS = (
    "Altos", "Brisas", "Campos", "Colinas", "Cumbres", "Jardines", "Laderas", "Lomas", "Llanos", "Montes", "Prados",
    "Riberas", "Sendas", "Valles", "Vegas", "Vistas",
)  # fmt: skip
_SECOND_WORDS = (
    "del Colibrí", "del Guayacán", "del Jilguero", "del Laurel", "del Maíz", "del Nance", "del Ocote", "del Quetzal",
    "del Roble", "del Tamarindo", "del Venado", "del Zorzal", "de la Caoba", "de la Ceiba", "de la Guacamaya",
    "de la Luciérnaga", "de la Mariposa", "de la Orquídea", "de las Garzas", "de las Palmeras", "de los Cedros",
    "de los Mangos", "de los Pinares", "de los Robles", "del Añil", "del Café", "del Cacao", "del Almendro",
    "del Framboyán", "del Jícaro",
)  # fmt: skip
_ADMINISTRATIONS = (
    Administration.OFFICIAL,
    Administration.NON_GOVERNMENTAL,
    Administration.PROHECO,
    Administration.MUNICIPAL,
    Administration.CCEPREB,
)
_ADMINISTRATION_WEIGHTS = (820, 90, 50, 30, 10)
_ALL_SECTIONS = ("A", "B", "C", "D")


@dataclass(slots=True)
class PlannedSchool:
    """An invented school; `taught` counts the classes that a year already has."""

    code: str
    name: str
    municipality: str
    is_middle: bool
    administration: Administration
    shifts: tuple[Shift, ...]
    taught: dict[int, int] = field(default_factory=dict)
    key: int = 0

    def next_class(self, year: int) -> tuple[str, str, Shift] | None:
        """Grade, section and shift of a class that was not taught that year yet; None where all were."""
        grades = MIDDLE_GRADES if self.is_middle else PRIMARY_GRADES
        place = self.taught.get(year, 0)
        if place >= len(grades) * len(_ALL_SECTIONS) * len(self.shifts):
            return None
        self.taught[year] = place + 1
        section, grade = divmod(place, len(grades))
        shift, section = divmod(section, len(_ALL_SECTIONS))
        return grades[grade], _ALL_SECTIONS[section], self.shifts[shift]


class Schools:
    """All schools by place; new ones are made where they are needed."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.everything: list[PlannedSchool] = []
        self._by_place: dict[tuple[str, bool], list[PlannedSchool]] = {}

    def in_place(self, municipality: str, year: int, *, is_middle: bool) -> PlannedSchool:
        """A school of the place that still has classes to teach that year."""
        known = self._by_place.setdefault((municipality, is_middle), [])
        if known and not self.chance.happens(220):
            school = self.chance.one_of(known)
            if school.taught.get(year, 0) < len(PRIMARY_GRADES) * len(_ALL_SECTIONS):
                return school
        school = self._new(municipality, is_middle=is_middle)
        known.append(school)
        return school

    def _new(self, municipality: str, *, is_middle: bool) -> PlannedSchool:
        number = len(self.everything)
        what = "Instituto" if is_middle else "Escuela"
        round_number, word = divmod(number, len(_FIRST_WORDS) * len(_SECOND_WORDS))
        # steps of 7 mix the second words and, being prime to their number, use all of them before one comes back
        first, second = word % len(_FIRST_WORDS), (word * 7 + word // len(_FIRST_WORDS)) % len(_SECOND_WORDS)
        name = f"{what} de demostración {_FIRST_WORDS[first]} {_SECOND_WORDS[second]}"
        shifts = self.chance.weighted(
            ((Shift.MORNING,), (Shift.MORNING, Shift.AFTERNOON), (Shift.AFTERNOON,)), (600, 300, 100)
        )
        school = PlannedSchool(
            code=f"DEMO-{number + 1:04d}",
            name=f"{name} {round_number + 1}" if round_number else name,
            municipality=municipality,
            is_middle=is_middle,
            administration=self.chance.weighted(_ADMINISTRATIONS, _ADMINISTRATION_WEIGHTS),
            shifts=shifts,
        )
        self.everything.append(school)
        return school

    def write(self, tx: Tx, lookup: Lookup, schools: Sequence[PlannedSchool]) -> None:
        """Write schools."""
        rows = [_school_row(school, lookup, tx) for school in schools]
        for school, key in zip(schools, tx.insert(School, rows), strict=True):
            school.key = key


def _school_row(school: PlannedSchool, lookup: Lookup, tx: Tx) -> dict[str, Any]:
    return {
        "uid": tx.new_uid(),
        "code": school.code,
        "name": school.name,
        "match_key": fold(school.name),
        "municipality_id": lookup.municipalities[school.municipality],
        "administration": school.administration,
        "has_morning": Shift.MORNING in school.shifts,
        "has_afternoon": Shift.AFTERNOON in school.shifts,
    }
