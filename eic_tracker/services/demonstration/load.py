"""Invented adults for load tests: each with one completion in a programme of its own that no report shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from eic_tracker.domain.codes import CourseType, EnrolmentStatus, OfferingStatus, ProgrammeKind, Seat, Sex
from eic_tracker.domain.names import match_key, sort_key
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.people import FIRST_SEQUENCE, HONDURAS, Names
from eic_tracker.services.demonstration.simulated_time import ONE_DAY, workdays
from eic_tracker.store.tables.courses import Course, CourseVersion, Enrolment, Offering
from eic_tracker.store.tables.people import DocumentKind, Participant
from eic_tracker.store.tables.reference import Programme
from eic_tracker.store.transaction import Tx

LOAD = "LOAD"
PER_OFFERING = 40
PEOPLE_PER_SET = 250 * PER_OFFERING

_FIRST_YEAR, _LAST_YEAR = 1960, 1999
_CACHE_KILOBYTES = 65_536
_BEGAN = dt.date(2012, 1, 9)


@dataclass(slots=True)
class LoadWriter:
    """Writes the adults in change sets of some thousands."""

    chance: Chance
    names: Names
    lookup: Lookup
    programme: int = 0
    version: int = 0
    written: int = 0

    def found(self, tx: Tx) -> None:
        """Write the programme and its one course."""
        # the indexes of so many rows do not fit into the few megabytes that a connection keeps otherwise
        tx.connection.exec_driver_sql(f"PRAGMA cache_size=-{_CACHE_KILOBYTES}")
        programme = {"code": LOAD, "name": "Carga de prueba", "kind": ProgrammeKind.COURSES, "is_load": True}
        (self.programme,) = tx.insert(Programme, [programme])
        course = {
            "code": "LOAD-01",
            "programme_id": self.programme,
            "title": "Curso de prueba de carga",
            "course_type": CourseType.COURSE,
        }
        (course_id,) = tx.insert(Course, [course])
        version = {"course_id": course_id, "version": 1, "hours": 40, "minimum_grade": 0, "minimum_attendance": 80}
        (self.version,) = tx.insert(CourseVersion, [version])

    def write(self, tx: Tx, people: int) -> None:
        """Write so many more people and the offerings that they completed."""
        offerings = -(-people // PER_OFFERING)
        first = self.written // PER_OFFERING
        days = [workdays(_BEGAN + ONE_DAY * 7 * ((first + place) % 340), 5) for place in range(offerings)]
        offering_keys = tx.insert(
            Offering,
            [
                {
                    "uid": self._uid("c", first + place),
                    "programme_id": self.programme,
                    "course_version_id": self.version,
                    "code": f"L{first + place + 1:06d}-{held[0].year}",
                    "starts_on": held[0],
                    "ends_on": held[-1],
                    "status": OfferingStatus.CLOSED,
                    "capacity": PER_OFFERING,
                    "enrolment_open": False,
                    "closed_at": tx.at,
                    "recorded_at": tx.at,
                }
                for place, held in enumerate(days)
            ],
        )
        keys = tx.insert(Participant, self._people(tx.at, people))
        tx.insert(
            Enrolment,
            [
                {
                    "uid": self._uid("e", self.written + place),
                    "offering_id": offering_keys[place // PER_OFFERING],
                    "participant_id": key,
                    "status": EnrolmentStatus.COMPLETED,
                    "seat": Seat.SEAT,
                    "attendance_percent": 100,
                    "recorded_at": tx.at,
                }
                for place, key in enumerate(keys)
            ],
        )
        self.written += people

    def _people(self, at: dt.datetime, count: int) -> Iterator[dict[str, object]]:
        municipalities = list(self.lookup.municipalities)
        years = _LAST_YEAR - _FIRST_YEAR + 1
        for number in range(self.written, self.written + count):
            sex = Sex.F if self.chance.happens(400) else Sex.M
            given, surnames = self.names.whole(self.chance, sex)
            round_number, place = divmod(number, len(municipalities) * years)
            year = _FIRST_YEAR + place // len(municipalities)
            # the demonstration's own numbers begin at the same sequence but belong to other people: these go down
            sequence = FIRST_SEQUENCE - 1 - round_number
            yield {
                "uid": self._uid("a", number),
                "given_names": given,
                "surnames": surnames,
                "match_key": match_key(given, surnames),
                "sort_key": sort_key(f"{surnames} {given}"),
                "sex": sex,
                "document_kind": DocumentKind.NATIONAL_ID,
                "document_country": HONDURAS,
                "document_number": f"{municipalities[place % len(municipalities)]}{year}{sequence}",
                "birth_date": dt.date(year, 1, 1) + ONE_DAY * self.chance.below(365),
                "recorded_at": at,
            }

    @staticmethod
    def _uid(what: str, number: int) -> str:
        """In the order of writing, so that the index of a large table is written once and stays small."""
        return f"{what}{number:031x}"
