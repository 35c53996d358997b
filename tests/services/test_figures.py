"""Tests of figures that open into their rows."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker.domain.codes import EnrolmentStatus, Measure, Role
from eic_tracker.domain.counting import RowKind, count
from eic_tracker.domain.facts import EVERYTHING, Dimension, Scope
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused
from eic_tracker.queries import held_facts as held_module
from eic_tracker.queries.facts import read_facts
from eic_tracker.queries.listing import Request
from eic_tracker.reports.report_words import DEFINITIONS
from eic_tracker.services.figures import (
    Counted,
    FigureRef,
    figure_labels,
    rows_behind_figure,
    series_of,
)
from eic_tracker.services.listings import list_keys
from eic_tracker.services.published import published_figures
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.services.figures_seen import figure_table, figure_value
from tests.services.school import school, user

TODAY = dt.date(2019, 6, 28)
EIC, GREAT = Scope(programmes=("EIC",)), Scope(programmes=("GREAT",))
BREAKDOWNS = (
    (),
    (Dimension.SEX,),
    (Dimension.QUARTER, Dimension.COURSE),
    (Dimension.FY, Dimension.INSTITUTION),
    (Dimension.DEPARTMENT, Dimension.SEX),
    (Dimension.INSTRUCTOR,),
    (Dimension.COUNTRY, Dimension.RANK),
    (Dimension.SCHOOL_TYPE, Dimension.GRADE, Dimension.CURRICULUM),
)
SCOPES = (
    EVERYTHING,
    EIC,
    GREAT,
    Scope(lead_force="CNP", first_day=dt.date(2018, 1, 1), last_day=dt.date(2018, 12, 31)),
)


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    with Database(demo_folder / "demo.eic") as db:
        yield db


def of_role(db: Database, role: Role) -> ActingUser:
    return demonstration_user(db, role)


@pytest.mark.parametrize("by", BREAKDOWNS, ids=lambda by: "-".join(by) or "total")
def test_the_rows_behind_a_figure_add_up_to_what_count_says(demonstration: Database, by: tuple[Dimension, ...]) -> None:
    manager = of_role(demonstration, Role.MANAGER)
    with demonstration.read() as connection:
        facts = read_facts(connection)
    chance = random.Random(7)
    for scope in SCOPES:
        table = count(facts, as_of=TODAY, by=by, scope=scope)
        cells = [(row.keys, row.counts) for row in table.rows] if by else [((), table.total)]
        for keys, counts in chance.sample(cells, min(len(cells), 2)):
            for measure in Measure:
                ref = FigureRef(measure, scope, by, keys, as_of=TODAY)
                rows = rows_behind_figure(demonstration, manager, ref)
                assert rows.value == sum(rows.amounts) == getattr(counts, measure)
                assert figure_value(demonstration, manager, ref) == rows.value
                assert len(set(rows.keys)) == len(rows.keys) == len(rows.amounts)
                assert rows.definition == DEFINITIONS[measure]


@pytest.mark.parametrize("measure", list(Measure))
def test_a_figure_opens_as_many_rows_as_stand_behind_it(demonstration: Database, measure: Measure) -> None:
    for role, scope in ((Role.MANAGER, EVERYTHING), (Role.INSTRUCTOR, EVERYTHING), (Role.REGISTRAR, EIC)):
        acting = of_role(demonstration, role)
        rows = rows_behind_figure(demonstration, acting, FigureRef(measure, scope, as_of=TODAY))
        shown = list_keys(demonstration, acting, rows.listing, Request(keys=rows.keys, today=TODAY))
        assert sorted(shown) == sorted(rows.keys)
        if rows.kind is not RowKind.CLASS_GROUP:
            assert len(shown) == rows.value


def test_an_instructor_counts_own_courses_only(demonstration: Database) -> None:
    instructor = of_role(demonstration, Role.INSTRUCTOR)
    with demonstration.read() as connection:
        own, lead = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id "
            "WHERE e.status = 'completed' AND e.seat = 'seat' AND o.status = 'closed' AND o.id IN "
            "(SELECT offering_id FROM assignment WHERE instructor_id = i.id)), i.code FROM instructor i WHERE i.id = ?",
            (instructor.instructor_id,),
        ).one()
    ref = FigureRef(Measure.COMPLETIONS, as_of=TODAY)
    assert figure_value(demonstration, instructor, ref) == own > 0
    assert figure_value(demonstration, of_role(demonstration, Role.MANAGER), ref) > own
    cell = FigureRef(Measure.COMPLETIONS, by=(Dimension.INSTRUCTOR,), keys=(lead,), as_of=TODAY)
    assert figure_value(demonstration, instructor, cell) == own


def test_an_instructor_account_without_an_instructor_counts_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.INSTRUCTOR)
        assert figure_value(db, acting, FigureRef(Measure.COMPLETIONS, as_of=TODAY)) == 0


def test_an_administrator_sees_the_figure_but_not_the_people_behind_it(demonstration: Database) -> None:
    administrator = of_role(demonstration, Role.ADMINISTRATOR)
    for measure in (Measure.COMPLETIONS, Measure.ENROLMENTS, Measure.PERSONS):
        ref = FigureRef(measure, EIC, as_of=TODAY)
        assert figure_value(demonstration, administrator, ref) > 0
        with pytest.raises(Refused, match="may not see the people behind it"):
            rows_behind_figure(demonstration, administrator, ref)
    courses = rows_behind_figure(demonstration, administrator, FigureRef(Measure.OFFERINGS, EIC, as_of=TODAY))
    assert courses.value == len(courses.keys) > 0


def test_historical_totals_stand_beside_a_figure_and_never_inside(demonstration: Database) -> None:
    manager = of_role(demonstration, Role.MANAGER)
    everything = rows_behind_figure(demonstration, manager, FigureRef(Measure.COMPLETIONS, as_of=TODAY))
    assert (everything.historical_rest, everything.historical_sources) == (62 + 58 + 71, 3)
    assert everything.value == len(everything.keys)
    of_school = rows_behind_figure(demonstration, manager, FigureRef(Measure.COMPLETIONS, EIC, as_of=TODAY))
    assert (of_school.historical_rest, of_school.historical_sources) == (0, 0)
    by_year = [
        rows_behind_figure(
            demonstration,
            manager,
            FigureRef(Measure.COMPLETIONS, by=(Dimension.YEAR,), keys=(str(year),), as_of=TODAY),
        ).historical_rest
        for year in range(1990, 2020)
    ]
    assert sum(by_year) <= everything.historical_rest
    women = FigureRef(Measure.COMPLETIONS, by=(Dimension.SEX,), keys=("F",), as_of=TODAY)
    assert rows_behind_figure(demonstration, manager, women).historical_rest == 0


def test_the_chips_tell_every_restriction_with_the_names_of_the_file(demonstration: Database) -> None:
    scope = Scope(("EIC",), dt.date(2018, 1, 1), None, "CNP", ("08",))
    ref = FigureRef(Measure.OFFERINGS, scope, (Dimension.SEX, Dimension.COURSE), ("F", None), as_of=TODAY)
    chips = rows_behind_figure(demonstration, of_role(demonstration, Role.MANAGER), ref).chips
    assert [(chip.name, chip.codes) for chip in chips] == [
        ("programme", ("EIC",)),
        ("period", ("2018-01-01", "")),
        ("instructor-force", ("CNP",)),
        ("department", ("08",)),
        ("sex", ("F",)),
        ("course", (None,)),
    ]
    assert chips[0].names == ("Escuela de Investigación Criminal",)
    assert chips[3].names == ("Francisco Morazán",)
    assert chips[4].names == (None,)


def test_the_quarters_of_a_chart_are_the_figures_that_they_open(demonstration: Database) -> None:
    manager = of_role(demonstration, Role.MANAGER)
    with demonstration.read() as connection:
        points = series_of(Counted(connection, manager), Measure.REACHED, "GREAT", TODAY, 6)
    assert [point.period.code for point in points] == ["2018Q1", "2018Q2", "2018Q3", "2018Q4", "2019Q1", "2019Q2"]
    assert all(point.value == figure_value(demonstration, manager, point.ref) > 0 for point in points)


def test_a_table_and_its_labels_name_the_same_codes(demonstration: Database) -> None:
    from eic_tracker.i18n import Language

    manager = of_role(demonstration, Role.MANAGER)
    table = figure_table(demonstration, manager, (Dimension.DEPARTMENT,), GREAT, TODAY)
    labels = figure_labels(demonstration, manager, Language.ES)
    assert table.total.reached > 0
    assert {row.keys[0] for row in table.rows} <= labels.departments.keys()


def test_facts_are_read_once_for_all_threads_until_the_journal_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counting(*args: object) -> object:
        read.append(1)
        return read_facts(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(held_module, "read_facts", counting)
    ref = FigureRef(Measure.COMPLETIONS, as_of=TODAY)
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        values: list[int] = []
        threads = [threading.Thread(target=lambda: values.append(figure_value(db, manager, ref))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (values, len(read)) == ([2] * 8, 1)
        with db.write(Entry(Actor("test"), "edit", "test")) as tx:
            tx.update(Enrolment, {1: {"status": EnrolmentStatus.WITHDREW}})
        assert figure_value(db, manager, ref) == 1
        assert len(read) == 2
    with Database(tmp_path / "school.eic") as again:
        assert figure_value(again, manager, ref) == 1
        assert len(read) == 3, "another opening of the file reads for itself"


def test_each_published_figure_opens_the_rows_that_it_is_compared_with(demonstration: Database) -> None:
    manager = of_role(demonstration, Role.MANAGER)
    lines = published_figures(demonstration, manager, TODAY)
    assert len(lines) == 25
    for line in lines:
        assert (line.ref is None) is (line.reconciled.counted is None) is (line.support is None)
        if line.ref is not None and line.support is not None:
            assert figure_value(demonstration, manager, line.ref) == line.reconciled.counted
            papers = line.support
            assert papers.sheet_and_act + papers.act + papers.roster == line.reconciled.counted
    by_key = {line.figure.key: line for line in lines}
    graduates = by_key["eic-graduates"]
    assert graduates.support is not None
    assert min(graduates.support.sheet_and_act, graduates.support.act, graduates.support.roster) > 0
    assert graduates.figure.quote


def test_published_figures_are_for_those_who_read_the_whole_school(demonstration: Database) -> None:
    with pytest.raises(Refused):
        published_figures(demonstration, of_role(demonstration, Role.INSTRUCTOR), TODAY)
