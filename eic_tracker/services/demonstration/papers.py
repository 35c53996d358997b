"""Papers behind the rosters: letters that name people, acts, vetting, authorisations."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from eic_tracker.domain.codes import ActKind, Sex
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.instructors import HNP
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.offerings import PlannedOffering
from eic_tracker.services.demonstration.people import Names, unit_on
from eic_tracker.services.demonstration.rosters import REFUSED, PlannedEnrolment
from eic_tracker.services.demonstration.simulated_time import ONE_DAY, workday
from eic_tracker.store.tables.certificates import Act
from eic_tracker.store.tables.documents import Authorisation, SourceDocument, SourceKind
from eic_tracker.store.tables.people import Vetting, VettingKind, VettingStatus
from eic_tracker.store.transaction import Tx

_FIRST_YEAR_OF_LETTERS = 2016
_FIRST_YEAR_OF_ACTS = 2014
_FIRST_YEAR_OF_SIGNED_SHEETS = 2015
_SEVERAL = 4
"""People of one unit in one course for whom it writes a letter of its own."""

_VALID = dt.timedelta(days=365)


def has_signed_attendance(offering: PlannedOffering) -> bool:
    """Whether signed attendance sheets were kept."""
    return offering.starts_on.year >= _FIRST_YEAR_OF_SIGNED_SHEETS


class Papers:
    """Writes the papers of an offering and numbers them."""

    def __init__(self, chance: Chance, lookup: Lookup, names: Names) -> None:
        self.chance = chance
        self.lookup = lookup
        self.names = names
        self._letters: dict[tuple[str, int], int] = {}
        self._acts: dict[int, int] = {}
        self._vettings: dict[int, int] = {}

    def letters(self, tx: Tx, offering: PlannedOffering) -> dict[str, int]:
        """Write one letter for each unit that named several people, else for its institution; their keys by sender."""
        if offering.starts_on.year < _FIRST_YEAR_OF_LETTERS:
            return {}
        counted = Counter(sender(row, offering) for row in offering.roster)
        institutions = (row.person.institution or HNP for row in offering.roster)
        senders = [code for code in counted if counted[code] >= _SEVERAL]
        senders += [code for code in dict.fromkeys(institutions) if code not in senders]
        dated = offering.starts_on - ONE_DAY * self.chance.between(8, 25)
        rows = [
            {
                "uid": tx.new_uid(),
                "kind": SourceKind.LETTER,
                "number": self._letter_number(code, dated.year),
                "dated": workday(dated),
                "sender": self.lookup.sender_names[code],
                "subject": f"Designación de participantes al curso {offering.code}",
                "received_on": workday(dated + ONE_DAY),
            }
            for code in senders
        ]
        return dict(zip(senders, tx.insert(SourceDocument, rows), strict=True))

    def act(self, tx: Tx, offering: PlannedOffering) -> None:
        """Write the closing act."""
        year = offering.ends_on.year
        if year < _FIRST_YEAR_OF_ACTS:
            return
        self._acts[year] = self._acts.get(year, 0) + 1
        row = {
            "uid": tx.new_uid(),
            "kind": ActKind.CLOSING,
            "number": self._acts[year],
            "year": year,
            "offering_id": offering.key,
            "held_on": offering.ends_on,
            "place": offering.place,
            "starts_at": "14:00",
            "ends_at": "15:00",
        }
        tx.insert(Act, [row])

    def vetting(self, tx: Tx, offering: PlannedOffering, as_of: dt.date) -> None:
        """Write the checks of those whose institution needs one and whose last one does not reach the course."""
        if not offering.vetting_required:
            return
        rows: list[dict[str, Any]] = []
        for row in offering.roster:
            person = row.person
            needed = person.institution in self.lookup.vetted_institutions
            if needed and person.vetted_until < offering.starts_on:
                rows.append(self._vetting_row(row, offering, as_of))
        tx.insert(Vetting, rows)

    def authorisation(self, tx: Tx, exception: str) -> int:
        """Write who ordered an exception (an invented commissioner, by letter); its key."""
        name = " ".join(self.names.whole(self.chance, Sex.M))
        row = {
            "authorised_by": f"Comisionado {name}",
            "post": "Director de la escuela",
            "letter": self._letter_number("EIC", tx.at.year),
            "exception": exception,
            "recorded_at": tx.at,
        }
        return tx.insert(Authorisation, [row])[0]

    def _vetting_row(self, row: PlannedEnrolment, offering: PlannedOffering, as_of: dt.date) -> dict[str, Any]:
        requested = workday(offering.starts_on - ONE_DAY * self.chance.between(40, 55))
        answered = workday(offering.starts_on - ONE_DAY * self.chance.between(5, 15))
        kind = VettingKind.LEAHY if self.chance.happens(800) else VettingKind.COURTESY
        common = {"participant_id": row.person.key, "kind": kind, "requested_on": min(requested, as_of)}
        refused = row.ground == REFUSED
        if answered > as_of:
            return {**common, "status": VettingStatus.IN_PROCESS}
        row.person.vetted_until = dt.date.min if refused else answered + _VALID
        self._vettings[answered.year] = self._vettings.get(answered.year, 0) + 1
        return {
            **common,
            "status": VettingStatus.NOT_APT if refused else VettingStatus.APT,
            "answered_on": answered,
            "expires_on": None if refused else answered + _VALID,
            "tracking_number": f"DEMO-{answered.year}-{self._vettings[answered.year]:05d}",
        }

    def _letter_number(self, code: str, year: int) -> str:
        number = self._letters.get((code, year), self.chance.between(10, 300)) + self.chance.between(1, 9)
        self._letters[code, year] = number
        return f"{code}-{number:04d}-{year}"


def sender(row: PlannedEnrolment, offering: PlannedOffering) -> str:
    """The code of the unit that named the person, or of the institution where no unit did."""
    return unit_on(row.person, offering.starts_on) or row.person.institution or HNP
