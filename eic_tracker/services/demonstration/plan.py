"""The plan of the demonstration file (resources/demo/plan.csv): every total that its rows must add up to."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from eic_tracker import paths

EIC, GREAT = "EIC", "GREAT"


def read_demo_list(name: str) -> list[dict[str, str]]:
    """The rows of a list that only the demonstration uses, every value as text."""
    with (paths.resources() / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the plan; what its condition says is read from it."""

    programme: str
    first_day: dt.date
    last_day: dt.date
    measure: str
    value: int
    condition: str

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The four-digit codes that the condition names."""
        found = re.search(r"municipalit(?:y|ies) ([0-9]{4}(?:(?:, | and )[0-9]{4})*)", self.condition)
        return tuple(re.findall("[0-9]{4}", found[1])) if found else ()

    @property
    def lead_force(self) -> str | None:
        """The force of the lead instructor that the condition asks for."""
        found = re.search(r"lead instructor (\w+)", self.condition)
        return found[1] if found else None

    @property
    def is_camp(self) -> bool:
        """Whether the line is about holiday camps."""
        return "camps" in self.condition

    @property
    def graduated(self) -> int | None:
        """How many of those reached graduate, where the condition says so."""
        found = re.search(r"graduated ([0-9,]+)", self.condition)
        return int(found[1].replace(",", "")) if found else None

    @property
    def is_whole(self) -> bool:
        """Whether the line is a total of its programme and period rather than a part of one."""
        return not (self.municipalities or self.lead_force or self.is_camp or "first lesson by" in self.condition)


@dataclass(frozen=True, slots=True)
class AdvisorPlan:
    """What the courses led by one force make together."""

    first_day: dt.date
    last_day: dt.date
    force: str
    offerings: int
    enrolments: int
    completions: int


@dataclass(frozen=True, slots=True)
class YouthPlan:
    """What G.R.E.A.T. reaches and graduates in a period, without its camps."""

    first_day: dt.date
    last_day: dt.date
    reached: int
    graduated: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan."""

    rows: tuple[PlanRow, ...]

    def completions(self) -> list[PlanRow]:
        """Completions of the EIC by period, oldest first."""
        return [row for row in self._about(EIC, "completions") if row.is_whole]

    def persons(self) -> PlanRow:
        """How many distinct people complete, and in which period."""
        return next(self._about(EIC, "persons"))

    def advisors(self) -> AdvisorPlan:
        """The courses that advisors lead."""
        by_measure = {row.measure: row for row in self.rows if row.lead_force}
        row = by_measure["offerings"]
        return AdvisorPlan(
            first_day=row.first_day,
            last_day=row.last_day,
            force=row.lead_force or "",
            offerings=row.value,
            enrolments=by_measure["enrolments"].value,
            completions=by_measure["completions"].value,
        )

    def youth(self) -> list[YouthPlan]:
        """What class groups reach and graduate by period, oldest first; camps are told apart."""
        graduated = {row.first_day: row.value for row in self._about(GREAT, "graduated") if row.is_whole}
        return [
            YouthPlan(
                first_day=row.first_day,
                last_day=row.last_day,
                reached=row.value - sum(camp.value for camp in self.camps() if _inside(camp, row)),
                graduated=graduated[row.first_day] if row.graduated is None else row.graduated,
            )
            for row in self._about(GREAT, "reached")
            if row.is_whole
        ]

    def camps(self) -> list[PlanRow]:
        """The holiday camps: reached, never graduated."""
        return [row for row in self._about(GREAT, "reached") if row.is_camp]

    def ceremonies(self, within: YouthPlan) -> list[PlanRow]:
        """The ceremonies of a period, each with its places."""
        return [row for row in self._about(GREAT, "graduated") if row.municipalities and _inside(row, within)]

    def reached_in_places(self, within: YouthPlan) -> list[PlanRow]:
        """What certain places reach of a period's total."""
        return [row for row in self._about(GREAT, "reached") if row.municipalities and _inside(row, within)]

    def reached_early(self, within: YouthPlan) -> PlanRow | None:
        """What of a period's total has its first lesson by a day inside the period."""
        rows = [row for row in self._about(GREAT, "reached") if "first lesson by" in row.condition]
        return next((row for row in rows if _inside(row, within)), None)

    def _about(self, programme: str, measure: str) -> Iterator[PlanRow]:
        return (row for row in self.rows if row.programme == programme and row.measure == measure)


def _inside(inner: PlanRow | YouthPlan, outer: PlanRow | YouthPlan) -> bool:
    return outer.first_day <= inner.first_day and inner.last_day <= outer.last_day


def read_plan() -> Plan:
    """The plan as it is shipped."""
    return Plan(
        tuple(
            PlanRow(
                programme=row["programme"],
                first_day=dt.date.fromisoformat(row["period_from"]),
                last_day=dt.date.fromisoformat(row["period_to"]),
                measure=row["measure"],
                value=int(row["value"]),
                condition=row["condition"],
            )
            for row in read_demo_list("plan")
        )
    )
