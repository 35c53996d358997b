"""Documented totals without a roster: what is left of them once rosters are typed in."""

from __future__ import annotations

from dataclasses import dataclass

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import Scope


@dataclass(frozen=True, slots=True)
class BySex:
    """A number split by sex as recorded."""

    women: int = 0
    men: int = 0
    unrecorded: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return self.women + self.men + self.unrecorded


@dataclass(frozen=True, slots=True)
class HistoricalTotal:
    """An aggregate of a document; its period and place are in `scope`.

    `linked` are the rows counted in its scope that were entered later and linked to it, up to the as-of date."""

    id: int
    programme: str
    measure: Measure
    scope: Scope
    value: int
    by_sex: BySex | None
    document: str
    page: str | None
    approved: bool
    linked: BySex = BySex()


def rest(total: HistoricalTotal) -> int:
    """What is left of the total: one less for each linked row, never below zero."""
    return max(total.value - total.linked.total, 0)


def rest_by_sex(total: HistoricalTotal) -> BySex | None:
    """What is left by sex: a row takes one of its own sex, else of the unrecorded, else of the other sexes.

    None where the document does not tell the sexes. Its total is always `rest`."""
    if total.by_sex is None:
        return None
    left = [total.by_sex.women, total.by_sex.men, total.by_sex.unrecorded]
    over = 0
    for place, rows in enumerate((total.linked.women, total.linked.men, total.linked.unrecorded)):
        taken = min(left[place], rows)
        left[place] -= taken
        over += rows - taken
    for place in (2, 0, 1):
        taken = min(left[place], over)
        left[place] -= taken
        over -= taken
    return BySex(*left)


def lies_inside(inner: Scope, outer: Scope) -> bool:
    """Whether every fact of the inner scope (period, place, force, curriculum, school) is surely one of the outer."""
    return _period_inside(inner, outer) and _place_inside(inner, outer) and _kind_inside(inner, outer)


def _period_inside(inner: Scope, outer: Scope) -> bool:
    starts = outer.first_day is None or (inner.first_day is not None and inner.first_day >= outer.first_day)
    ends = outer.last_day is None or (inner.last_day is not None and inner.last_day <= outer.last_day)
    return starts and ends


def _place_inside(inner: Scope, outer: Scope) -> bool:
    if outer.municipalities and not (inner.municipalities and set(inner.municipalities) <= set(outer.municipalities)):
        return False
    if not outer.departments:
        return True
    departments = {code[:2] for code in inner.municipalities} or set(inner.departments)
    return bool(departments) and departments <= set(outer.departments)


def _kind_inside(inner: Scope, outer: Scope) -> bool:
    programmes = not outer.programmes or (bool(inner.programmes) and set(inner.programmes) <= set(outer.programmes))
    force = outer.lead_force in (None, inner.lead_force)
    curriculum = outer.curriculum_kind in (None, inner.curriculum_kind)
    return programmes and force and curriculum and outer.school in (None, inner.school)
