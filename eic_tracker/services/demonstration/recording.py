"""Writes an offering with everything that belongs to it, as a registrar enters it: one change set each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from eic_tracker.domain.codes import AttendanceMark, DayPart, EnrolmentStatus, OfferingStatus
from eic_tracker.domain.grading import attendance_percent
from eic_tracker.services.demonstration.catalogue import HUNDREDTHS, days_of
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.instructors import HNP, PlannedInstructor
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.offerings import PlannedOffering
from eic_tracker.services.demonstration.papers import Papers, has_signed_attendance, sender
from eic_tracker.services.demonstration.people import participant_row, rank_on, unit_on
from eic_tracker.services.demonstration.plan import EIC
from eic_tracker.services.demonstration.rosters import PlannedEnrolment
from eic_tracker.store.tables.courses import (
    Attendance,
    Enrolment,
    ModuleGrade,
    Offering,
    OfferingDay,
    OfferingModule,
)
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Tx

_FIRST_YEAR_OF_DAYS = 2019
_FIRST_DAY_OF_MARKS = dt.date(2019, 4, 29)
_FIRST_DAY_OF_LODGING = dt.date(2018, 4, 16)
_EXCUSES = ("absence-illness", "absence-leave", "absence-commission", "absence-hearing")


class OfferingRecorder:
    """Writes offerings; people are written with the first offering that names them."""

    def __init__(self, chance: Chance, lookup: Lookup, papers: Papers, as_of: dt.date) -> None:
        self.chance = chance
        self.lookup = lookup
        self.papers = papers
        self.as_of = as_of

    def write(self, tx: Tx, offering: PlannedOffering) -> None:
        """Write the offering, its people, roster, results and papers."""
        closed = offering.status is OfferingStatus.CLOSED
        letters = self.papers.letters(tx, offering)
        (offering.key,) = tx.insert(Offering, [self._offering_row(tx, offering)])
        modules = self._write_modules(tx, offering)
        days = self._write_days(tx, offering, modules)
        self._write_assignments(tx, offering, modules)
        self._write_people(tx, offering)
        for part in (False, True):
            rows = [row for row in offering.roster if (row.replaces is not None) is part]
            bound = [self._enrolment_row(tx, offering, row, letters) for row in rows]
            for row, key in zip(rows, tx.insert(Enrolment, bound), strict=True):
                row.key = key
        self._write_module_grades(tx, offering, modules)
        self._write_attendance(tx, offering, days)
        self.papers.vetting(tx, offering, self.as_of)
        if closed:
            self.papers.act(tx, offering)

    def _offering_row(self, tx: Tx, offering: PlannedOffering) -> dict[str, Any]:
        closed = offering.status is OfferingStatus.CLOSED
        return {
            "uid": tx.new_uid(),
            "programme_id": self.lookup.programmes[EIC],
            "course_version_id": offering.version.key,
            "code": offering.code,
            "starts_on": offering.starts_on,
            "ends_on": offering.ends_on,
            "status": offering.status,
            "municipality_id": self.lookup.municipalities[offering.municipality],
            "place": offering.place,
            "capacity": offering.capacity,
            "vetting_required": offering.vetting_required,
            "enrolment_open": offering.enrolment_open,
            "closed_at": tx.at if closed else None,
            "cancelled_reason": offering.cancelled_reason,
            "signed_attendance": closed and has_signed_attendance(offering),
            "recorded_at": tx.at,
        }

    def _write_modules(self, tx: Tx, offering: PlannedOffering) -> list[int]:
        if offering.starts_on.year < _FIRST_YEAR_OF_DAYS:
            return []
        return tx.insert(
            OfferingModule,
            [
                {
                    "offering_id": offering.key,
                    "course_module_id": offering.version.module_keys[place],
                    "instructor_id": _teacher(offering, place).key,
                    "starts_on": first,
                    "ends_on": last,
                }
                for place, first, last in days_of(offering.version, offering.days)
            ],
        )

    def _write_days(self, tx: Tx, offering: PlannedOffering, modules: Sequence[int]) -> list[int]:
        if offering.starts_on.year < _FIRST_YEAR_OF_DAYS or offering.status is OfferingStatus.CANCELLED:
            return []
        spans = days_of(offering.version, offering.days) if modules else []
        rows: list[dict[str, Any]] = []
        for day in offering.days:
            module = next((modules[place] for place, first, last in spans if first <= day <= last), None)
            rows.append({"offering_id": offering.key, "held_on": day, "offering_module_id": module})
        return tx.insert(OfferingDay, rows)

    def _write_assignments(self, tx: Tx, offering: PlannedOffering, modules: Sequence[int]) -> None:
        """Lead and assistants; where modules were taught the hours stand on those, each with its teacher."""
        if offering.lead is None:
            return
        hours = offering.version.hours
        assistants = offering.assistants
        lead_hours = hours if not assistants else hours * 3 // 5
        rows: list[dict[str, Any]] = [
            {"instructor_id": offering.lead.key, "role": AssignmentRole.LEAD, "hours": None if modules else lead_hours}
        ]
        for assistant in assistants:
            part = None if modules else (hours - lead_hours) // len(assistants)
            rows.append({"instructor_id": assistant.key, "role": AssignmentRole.ASSISTANT, "hours": part})
        for place, (key, module) in enumerate(zip(modules, offering.version.modules, strict=False)):
            teacher = _teacher(offering, place)
            rows.append({"instructor_id": teacher.key, "role": AssignmentRole.MODULE, "hours": module.hours})
            rows[-1]["offering_module_id"] = key
        tx.insert(Assignment, [{"offering_id": offering.key, **row} for row in rows])

    def _write_people(self, tx: Tx, offering: PlannedOffering) -> None:
        new = [row.person for row in offering.roster if not row.person.key]
        rows = [participant_row(person, self.lookup, tx.new_uid(), tx.at) for person in new]
        for person, key in zip(new, tx.insert(Participant, rows), strict=True):
            person.key = key

    def _enrolment_row(
        self, tx: Tx, offering: PlannedOffering, row: PlannedEnrolment, letters: dict[str, int]
    ) -> dict[str, Any]:
        person, day = row.person, offering.starts_on
        unit, rank = unit_on(person, day), rank_on(person, day)
        return {
            "uid": tx.new_uid(),
            "offering_id": offering.key,
            "participant_id": person.key,
            "status": row.status,
            "seat": row.seat,
            "ground_id": self.lookup.grounds[row.ground] if row.ground else None,
            "institution_id": self.lookup.institutions[person.institution] if person.institution else None,
            "unit_id": self.lookup.units[unit] if unit else None,
            "rank_id": None if rank is None else self.lookup.ranks[rank],
            "rank_text": person.rank_text,
            "post": person.post,
            "lodging": self._lodged(row) if day >= _FIRST_DAY_OF_LODGING else None,
            "replaces_enrolment_id": row.replaces.key if row.replaces else None,
            "source_document_id": letters.get(sender(row, offering), letters.get(person.institution or HNP)),
            "authorisation_id": self.papers.authorisation(tx, row.exception) if row.exception else None,
            "recorded_at": tx.at,
            **row.values,
        }

    def _lodged(self, row: PlannedEnrolment) -> bool:
        return row.status is not EnrolmentStatus.NO_SHOW and row.person.birth_place != "0801"

    def _write_module_grades(self, tx: Tx, offering: PlannedOffering, modules: Sequence[int]) -> None:
        tx.insert(
            ModuleGrade,
            [
                {"enrolment_id": row.key, "offering_module_id": module, "grade": points * HUNDREDTHS}
                for row in offering.roster
                if row.module_grades
                for module, points in zip(modules, row.module_grades, strict=False)
            ],
        )

    def _write_attendance(self, tx: Tx, offering: PlannedOffering, days: Sequence[int]) -> None:
        """Daily marks of the last months; the percentage on the enrolment is what the rule makes of them."""
        if not days or offering.starts_on < _FIRST_DAY_OF_MARKS:
            return
        held = [place for place, day in enumerate(offering.days) if day < self.as_of]
        rows: list[dict[str, Any]] = []
        percents: dict[int, dict[str, Any]] = {}
        for row in offering.roster:
            if row.status is EnrolmentStatus.APPLIED or row.status is EnrolmentStatus.REMOVED:
                continue
            enough = row.values.get("attendance_percent", 100) >= offering.version.minimum_attendance
            marks = {
                place: self._mark(row, place, may_be_excused=enough)
                for place in held
                if row.left_on is None or place < row.left_on
            }
            rows.extend(
                {"enrolment_id": row.key, "offering_day_id": days[place], **mark} for place, mark in marks.items()
            )
            if marks:
                percent = attendance_percent((mark["mark"], DayPart.WHOLE) for mark in marks.values())
                percents[row.key] = {"attendance_percent": percent}
        tx.insert(Attendance, rows)
        tx.update(Enrolment, percents)

    def _mark(self, row: PlannedEnrolment, place: int, *, may_be_excused: bool) -> dict[str, Any]:
        """Who fails for attendance was absent: excused days would be neither for nor against."""
        if place in row.absent:
            if self.chance.happens(600):
                ground = self.lookup.grounds[self.chance.one_of(_EXCUSES)]
                if may_be_excused:
                    return {"mark": AttendanceMark.EXCUSED, "ground_id": ground}
            return {"mark": AttendanceMark.ABSENT}
        return {"mark": AttendanceMark.LATE if self.chance.happens(30) else AttendanceMark.PRESENT}


def _teacher(offering: PlannedOffering, place: int) -> PlannedInstructor:
    """Who teaches a module: the lead and the assistants in turn."""
    if offering.lead is None:
        raise ValueError(f"{offering.code} has modules but nobody to teach them")
    teachers = (offering.lead, *offering.assistants)
    return teachers[place % len(teachers)]
