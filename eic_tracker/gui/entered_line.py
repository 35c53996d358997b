"""What stood in a row of a roster, as the line of an enrolment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.person_rules import NewPerson, tidied_person
from eic_tracker.gui.entry_row import OWN_DOCUMENT
from eic_tracker.queries.enrolling import NOWHERE, Service
from eic_tracker.services.enrolment import EnrolmentLine
from eic_tracker.services.roster_entry import PersonToEnrol


def entered_line(kept: Mapping[str, Any], person: PersonToEnrol | None) -> EnrolmentLine:
    """A known person with the post that was typed, or somebody new; institution and post stay with the unit."""
    unit, rank = kept["unit"], kept["rank"]
    own = person.person.service if person is not None else NOWHERE
    same_unit = unit is not None and unit in (own.unit_id, own.unit_text)
    same_place = same_unit or (unit is None and own.unit_id is None and own.unit_text is None)
    service = Service(
        rank_id=rank if isinstance(rank, int) else None,
        rank_text=rank if isinstance(rank, str) else None,
        unit_id=unit if isinstance(unit, int) else None,
        unit_text=unit if isinstance(unit, str) else None,
        institution_id=own.institution_id if same_place else None,
        institution_text=own.institution_text if same_place else None,
        post=own.post if same_place else None,
    )
    who: int | NewPerson = person.person.id if person is not None else _new_person(kept)
    return EnrolmentLine(who, service, kept["waits"], kept["lodging"] or None)


def entered_name(kept: Mapping[str, Any]) -> str:
    """The name as it is said of a row, else the number."""
    return f"{kept.get('given_names', '')} {kept.get('surnames', '')}".strip() or str(kept.get("number", ""))


def _new_person(kept: Mapping[str, Any]) -> NewPerson:
    kind, _, country = str(kept["kind"] or OWN_DOCUMENT).partition(" ")
    person = NewPerson(
        str(kept["given_names"]),
        str(kept["surnames"]),
        Sex(kept["sex"] or Sex.U),
        kind,
        country,
        str(kept["number"]),
    )
    return tidied_person(person)
