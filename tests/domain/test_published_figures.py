"""The published figures that are shipped: they read whole, and the demonstration's totals reconcile with them."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from eic_tracker import paths
from eic_tracker.domain.codes import CurriculumKind, EnrolmentStatus, FigureState
from eic_tracker.domain.counting import ClassGroupFact, EnrolmentFact, Facts, Heads, OfferingFact, Scope
from eic_tracker.domain.reconciling import Coverage, PublishedFigure, published_figure_from_row, reconcile
from eic_tracker.errors import UserError
from tests.domain.made_facts import a_group, an_enrolment, an_offering, facts_of

TODAY = dt.date(2019, 6, 28)
EVERYTHING_COVERED = Coverage({"EIC": (None, None), "GREAT": (None, None)})

# The list of published figures


def published() -> list[PublishedFigure]:
    with (paths.resources() / "reference" / "published_figures.csv").open(encoding="utf-8", newline="") as file:
        return [published_figure_from_row(row) for row in csv.DictReader(file)]


def test_the_published_figures_read_whole() -> None:
    figures = {figure.key: figure for figure in published()}
    assert len(figures) == 25
    assert figures["eic-graduates"].scope == Scope(
        programmes=("EIC",), first_day=dt.date(2011, 5, 1), last_day=dt.date(2018, 12, 31)
    )
    assert figures["great-2013-ceremony"].scope.municipalities == ("0801", "0703")
    assert figures["eic-cnp-2018-courses"].scope.lead_force == "CNP"
    assert figures["great-2019-camps"].scope.curriculum_kind is CurriculumKind.CAMP
    capacity = figures["eic-site-capacity"]
    assert (capacity.period_to, capacity.countable, capacity.measure) == (None, False, "capacity")
    assert all(figure.contradicts is None or figure.contradicts in figures for figure in figures.values())


@pytest.mark.parametrize(
    ("column", "text"),
    [("measure", "heads"), ("value", "many"), ("period_from", ""), ("qualifier", "nearly"), ("countable", "perhaps")],
)
def test_a_row_that_cannot_be_read_is_told_with_its_key(column: str, text: str) -> None:
    with (paths.resources() / "reference" / "published_figures.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    with pytest.raises(UserError, match="eic-graduates"):
        published_figure_from_row({**row, column: text})


# The demonstration's totals


def courses(ends_on: dt.date, people: int, completed: int, lead_force: str = "HNP", times: int = 1) -> Facts:
    """Closed offerings that share so many people."""
    offerings = [an_offering(ends_on, lead_force=lead_force) for _ in range(times)]
    enrolments: list[EnrolmentFact] = []
    for number in range(people):
        enrolment = an_enrolment(offerings[number % times])
        enrolments.append(enrolment if number < completed else replace(enrolment, status=EnrolmentStatus.WITHDREW))
    return facts_of(*offerings, *enrolments)


def youth(
    first_lesson_on: dt.date,
    reached: int,
    graduated: int = 0,
    graduated_on: dt.date | None = None,
    municipality: str = "0501",
    kind: CurriculumKind = CurriculumKind.MIDDLE,
) -> Facts:
    """One class group with so many heads."""
    group = a_group(
        Heads(unrecorded=reached),
        Heads(unrecorded=graduated),
        first_lesson_on=first_lesson_on,
        graduated_on=graduated_on or first_lesson_on,
        municipality=municipality,
        curriculum_kind=kind,
    )
    return facts_of(group)


def joined(*parts: Facts) -> Facts:
    offerings: list[OfferingFact] = [row for part in parts for row in part.offerings]
    enrolments: list[EnrolmentFact] = [row for part in parts for row in part.enrolments]
    groups: list[ClassGroupFact] = [row for part in parts for row in part.class_groups]
    return Facts(offerings, enrolments, groups)


def planned() -> Facts:
    """Few rows with the totals of the demonstration's plan."""
    d = dt.date
    return joined(
        *(
            courses(d(year, 12, 1), completed, completed)
            for year, completed in zip(range(2011, 2018), (900, 1500, 1700, 1800, 2000, 2200, 2375), strict=True)
        ),
        courses(d(2018, 12, 31), 1897, 1897),
        courses(d(2018, 6, 1), 844, 803, "CNP", times=28),
        courses(d(2019, 5, 3), 1420, 1420),
        youth(d(2012, 3, 1), 5000, 4100),
        youth(d(2013, 9, 1), 9500, 9150, municipality="0703"),
        youth(d(2013, 3, 1), 2700, 1050),
        youth(d(2014, 8, 4), 3000, 2700, d(2014, 11, 10), "0801"),
        youth(d(2014, 3, 3), 19600, 16000),
        youth(d(2015, 6, 1), 2000, 1559, d(2015, 9, 4), "0801"),
        youth(d(2015, 3, 2), 24000, 20000),
        youth(d(2015, 10, 1), 14200, 11841),
        youth(d(2016, 3, 1), 80000, 66900),
        youth(d(2017, 3, 1), 27400, 22000, municipality="0801"),
        youth(d(2017, 3, 1), 59540, 50700),
        youth(d(2018, 3, 1), 96875, 81000),
        youth(d(2018, 11, 20), 2400, kind=CurriculumKind.CAMP),
        youth(d(2019, 1, 10), 1400, kind=CurriculumKind.CAMP),
        youth(d(2019, 2, 11), 52000, 31000),
    )


DEMONSTRATION = {
    FigureState.RECONCILED: {
        "eic-graduates",
        "eic-cnp-2018-participants",
        "eic-cnp-2018-courses",
        "great-2012-pilot",
        "great-2013-ceremony",
        "great-2013-graduates",
        "great-2014-ceremony",
        "great-2015-ceremony",
        "great-2015-cumulative",
        "great-2016-year",
        "great-cumulative-160000",
        "great-2017-year",
        "great-2019-camps",
        "great-reached",
    },
    FigureState.CONTRADICTED: {"great-2013-first-stage", "great-2019-police"},
    FigureState.MISSED: {"great-2014-target", "great-2017-target-dc"},
    FigureState.IN_PROGRESS: {"eic-expected-2019", "great-expected-2019"},
    FigureState.NOT_RECORDED: {
        "eic-site-capacity",
        "great-2021-workshops",
        "great-sps-school",
        "great-2026-innova",
        "great-2026-lesson",
    },
}


def test_with_the_totals_of_the_plan_the_25_figures_stand_as_listed() -> None:
    answers = reconcile(published(), planned(), as_of=TODAY, covers=EVERYTHING_COVERED)
    states: dict[FigureState, set[str]] = {}
    for answer in answers:
        states.setdefault(answer.state, set()).add(answer.figure.key)
        assert not answer.unexplained
    assert states == DEMONSTRATION
    assert Counter(answer.state.value for answer in answers) == {
        "reconciled": 14,
        "contradicted": 2,
        "missed": 2,
        "in_progress": 2,
        "not_recorded": 5,
    }


def test_one_completion_less_is_noticed() -> None:
    facts = planned()
    first = next(row for row in facts.enrolments if row.offering_id == facts.offerings[4].id)
    changed = replace(facts, enrolments=[row for row in facts.enrolments if row is not first])
    [answer] = [
        answer
        for answer in reconcile(published(), changed, as_of=dt.date(2018, 12, 31), covers=EVERYTHING_COVERED)
        if answer.state is FigureState.UNEXPLAINED
    ]
    assert (answer.figure.key, answer.counted, answer.difference, answer.unexplained) == ("eic-graduates", 15174, 1, 1)
