"""Who signs a paper of a day: whoever holds the post, or the deputy by absence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a signatory is away, both ends included; without an end until further notice."""

    id: int
    starts_on: dt.date
    ends_on: dt.date | None
    reason: str

    def covers(self, on: dt.date) -> bool:
        """Whether the signatory is away on a day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class SignatoryLine:
    """A signatory with validity and absences; a deputy names whom it stands in for."""

    id: int
    rank: str
    name: str
    post: str
    valid_from: dt.date
    valid_to: dt.date | None
    deputy_of_id: int | None
    position: int
    """the place of the signature on a paper, from the left"""
    absences: tuple[Absence, ...] = ()

    def valid(self, on: dt.date) -> bool:
        """Whether the signatory holds the post on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def present(self, on: dt.date) -> bool:
        """Whether the signatory holds the post on a day and is not away."""
        return self.valid(on) and not any(absence.covers(on) for absence in self.absences)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs a paper; `by_absence` in place of another."""

    id: int
    rank: str
    name: str
    post: str
    by_absence: bool


def who_signs(on: dt.date, signatories: Sequence[SignatoryLine]) -> tuple[Signer, ...]:
    """Who signs a paper of a day, by the place of the signature.

    Whoever is away is stood in for by their deputy; without a deputy who is there the paper waits for them. While
    nobody holds the post the deputy of the last holder signs."""
    titulars = [each for each in signatories if each.deputy_of_id is None]
    signers = []
    for position in sorted({each.position for each in titulars}):
        of_place = sorted((each for each in titulars if each.position == position), key=lambda each: each.id)
        held = [each for each in of_place if each.valid(on)]
        ended = [each for each in of_place if each.valid_to is not None and each.valid_to < on]
        # nobody holds it: whoever did so last
        for titular in held or sorted(ended, key=lambda each: each.valid_to or on)[-1:]:
            deputy = next((each for each in signatories if each.deputy_of_id == titular.id and each.present(on)), None)
            if titular.present(on) or (deputy is None and titular.valid(on)):
                signers.append(_signer(titular, by_absence=False))
            elif deputy is not None:
                signers.append(_signer(deputy, by_absence=True))
    return tuple(signers)


def _signer(line: SignatoryLine, *, by_absence: bool) -> Signer:
    return Signer(line.id, line.rank, line.name, line.post, by_absence)
