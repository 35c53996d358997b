"""How fast each role's first page and a figure's rows are there, beside the bare fetching of the counted rows."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.facts import Dimension, Scope
from eic_tracker.queries.facts import read_facts
from eic_tracker.services.coverage import coverage
from eic_tracker.services.day_at_school import today_at_school
from eic_tracker.services.figures import FigureRef, rows_behind_figure
from eic_tracker.services.home import home
from eic_tracker.services.published import published_figures
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.services.targets import list_targets
from eic_tracker.store.database import Database
from tests.bench.printing import show, tell
from tests.services.figures_seen import figure_table

TODAY = dt.date(2019, 6, 28)
DAYS = [TODAY + dt.timedelta(days=later) for later in range(5)]
"""Days of counting: what was counted for one is not there for the next."""
BARE = (
    "SELECT e.*, p.sex, p.document_country FROM enrolment e JOIN participant p ON p.id = e.participant_id",
    "SELECT * FROM class_group",
    "SELECT * FROM class_officer",
)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    with Database(demo_folder / "demo.eic") as db, db.read() as connection:
        read_facts(connection)
        yield db


@pytest.fixture(scope="module")
def bare(demonstration: Database) -> float:
    """Seconds for the rows that facts are made of, as the driver fetches them."""
    with demonstration.read() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        return min(seconds(lambda: [raw.execute(query).fetchall() for query in BARE]) for _ in range(5))


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_of_each_role_is_there_at_once(demonstration: Database, bare: float, role: Role) -> None:
    acting = demonstration_user(demonstration, role)
    first = []
    for _ in range(3):
        with Database(demonstration.path) as db:
            first.append(seconds(lambda db=db: home(db, acting, TODAY)))  # type: ignore[misc]
    days = [TODAY - dt.timedelta(days=back) for back in range(4)]
    held = [seconds(lambda day=day: home(demonstration, acting, day)) for day in days]  # type: ignore[misc]
    again = min(seconds(lambda: home(demonstration, acting, TODAY)) for _ in range(5))
    said = [
        show(f"first page of {role}", min(first), "counted rows fetched bare", bare, at_most=6),
        show("with facts that are held", min(held), "counted rows fetched bare", bare, at_most=3),
        show("again", again, "counted rows fetched bare", bare, at_most=0.1),
    ]
    tell("first page", min(first), "the goal", 1.0)
    tell("with facts that are held", min(held), "the goal", 0.3)
    assert all(said)


def test_a_figure_opens_its_rows_sooner_than_they_are_fetched_bare(demonstration: Database, bare: float) -> None:
    manager = demonstration_user(demonstration, Role.MANAGER)
    ref = FigureRef(Measure.COMPLETIONS, Scope(("EIC",)), (Dimension.YEAR,), ("2018",), as_of=TODAY)
    rows_behind_figure(demonstration, manager, ref)
    rows = min(seconds(lambda: rows_behind_figure(demonstration, manager, ref)) for _ in range(5))
    published = seconds(lambda: published_figures(demonstration, manager, TODAY))
    covered = min(
        seconds(lambda day=day: coverage(demonstration, manager, Dimension.MUNICIPALITY, day))  # type: ignore[misc]
        for day in DAYS
    )
    great = Scope(("GREAT",))
    four = (Dimension.YEAR, Dimension.DEPARTMENT, Dimension.GRADE, Dimension.SEX)
    tables = min(
        seconds(lambda day=day: figure_table(demonstration, manager, four, great, day))  # type: ignore[misc]
        for day in DAYS
    )
    said = [
        show("rows behind a figure", rows, "counted rows fetched bare", bare, at_most=1),
        show("published figures", published, "counted rows fetched bare", bare, at_most=8),
        show("coverage by municipality", covered, "counted rows fetched bare", bare, at_most=3),
        show("coverage by year, department, grade, sex", tables, "counted rows fetched bare", bare, at_most=1),
    ]
    tell("coverage by year, department, grade, sex", tables, "the goal", 0.05)
    assert all(said)


def test_the_first_page_and_figures_beside_361390_people_more(demonstration: Database, large_file: Path) -> None:
    times: dict[str, list[float]] = {}
    with Database(large_file) as large:
        for db in (demonstration, large):
            manager = demonstration_user(db, Role.MANAGER)
            ref = FigureRef(Measure.COMPLETIONS, Scope(("EIC",), first_day=dt.date(2018, 1, 1)), as_of=TODAY)
            home(db, manager, TODAY - dt.timedelta(days=40))
            rows_behind_figure(db, manager, ref)
            # each day is counted anew, from facts that are held
            work: dict[str, Callable[[dt.date], object]] = {
                "first page": lambda day, db=db, who=manager: home(db, who, day),  # type: ignore[misc]
                "rows behind a figure": lambda _, db=db, who=manager, ref=ref: rows_behind_figure(db, who, ref),  # type: ignore[misc]
                "targets": lambda day, db=db, who=manager: list_targets(db, who, day),  # type: ignore[misc]
                "day at the school": lambda day, db=db, who=manager: today_at_school(db, who, day),  # type: ignore[misc]
            }
            for name, act in work.items():
                days = [TODAY - dt.timedelta(days=back) for back in range(20, 26)]
                found = min(seconds(lambda day=day, act=act: act(day)) for day in days)  # type: ignore[misc]
                times.setdefault(name, []).append(found)
    said = []
    for name, (small, much) in times.items():
        said.append(show(f"{name}, with 361,390 people more", much, "without them", small, at_most=2))
        tell(f"{name}, with 361,390 people more", much, "the goal", 0.1)
    assert all(said)
