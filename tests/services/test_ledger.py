"""The ledger of teaching: forces sum to the total, the 28 and the 844 of 2018 stand in it, hours are nobody's guess."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import parse_period
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.view_paper import ViewColumn
from eic_tracker.services.demonstration import TODAY
from eic_tracker.services.figures import rows_behind_figure
from eic_tracker.services.ledger import Ledger, course_programmes, ledger
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.services.table_papers import TableAsked, table_paper, write_table
from eic_tracker.store.database import Database
from tests.reports.pdf_reading import words_of
from tests.services.school import values

FORCE, PERSON = Dimension.INSTRUCTOR_FORCE, Dimension.INSTRUCTOR


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    with Database(demo_folder / "demo.eic") as db:
        yield db


def of(db: Database, per: Dimension = Dimension.YEAR, only: str = "", role: Role = Role.MANAGER) -> Ledger:
    acting = demonstration_user(db, role)
    return ledger(db, acting, per, parse_period(only) if only else None, TODAY)


@pytest.mark.parametrize("per", [Dimension.YEAR, Dimension.QUARTER, Dimension.FY, Dimension.FY_QUARTER])
def test_the_forces_of_all_periods_sum_to_the_total(demonstration: Database, per: Dimension) -> None:
    found = of(demonstration, per)
    total = found.total
    assert sum(line.hours for line in found.forces) == total.hours > 0
    for measure in ("offerings", "enrolments", "completions"):
        assert sum(getattr(line.counts, measure) for line in found.forces) == getattr(total.counts, measure)
    assert (
        total.hours
        == values(
            demonstration,
            "SELECT sum(v.hours) FROM offering o JOIN course_version v ON v.id = o.course_version_id "
            "JOIN programme p ON p.id = o.programme_id WHERE p.code = 'EIC' AND (o.status = 'closed' "
            "OR o.status = 'open' AND o.ends_on < '2019-06-28')",
        )[0][0]
    )


def test_the_28_courses_and_844_participants_of_2018_open_into_their_rows(demonstration: Database) -> None:
    found = of(demonstration, only="2018")
    line = next(each for each in found.forces if each.keys == ("2018", "CNP"))
    assert (line.counts.offerings, line.counts.enrolments) == (28, 844)
    manager = demonstration_user(demonstration, Role.MANAGER)
    for measure, count in ((Measure.OFFERINGS, 28), (Measure.ENROLMENTS, 844)):
        behind = rows_behind_figure(demonstration, manager, found.ref(measure, FORCE, line.keys))
        assert (behind.value, len(behind.keys)) == (count, count)
    published = {each.reconciled.figure.value: each for each in found.published}
    assert published.keys() == {28, 844}
    for value, each in published.items():
        assert rows_behind_figure(demonstration, manager, each.ref).value == value == each.reconciled.counted
    assert of(demonstration, only="2017").published == ()


def test_hours_of_persons_are_those_of_the_assignments_and_sum_to_the_hours_taught(demonstration: Database) -> None:
    found = of(demonstration, only="2018")
    share = found.shares[0]
    assert sum(line.hours for line in found.persons) == share.hours
    assert (
        share.hondurans
        + sum(
            int(str(hours))
            for (hours,) in values(
                demonstration,
                "SELECT sum(coalesce(a.hours, v.hours)) FROM assignment a JOIN offering o ON o.id = a.offering_id "
                "JOIN course_version v ON v.id = o.course_version_id JOIN instructor i ON i.id = a.instructor_id "
                "JOIN force f ON f.id = i.force_id WHERE o.ends_on LIKE '2018-%' AND o.status = 'closed' "
                "AND f.country <> 'HND'",
            )
        )
        == share.hours
    )
    assert share.percent == round(100 * share.hondurans / share.hours)
    one = next(line for line in found.persons if line.led)
    manager = demonstration_user(demonstration, Role.MANAGER)
    behind = rows_behind_figure(demonstration, manager, found.ref(Measure.OFFERINGS, PERSON, one.keys))
    assert behind.value == one.counts.offerings >= one.led


def test_a_further_force_is_one_that_did_not_lead(demonstration: Database) -> None:
    found = of(demonstration, only="2018")
    leads = values(
        demonstration,
        "SELECT o.id, f.code FROM assignment a JOIN offering o ON o.id = a.offering_id JOIN instructor i "
        "ON i.id = a.instructor_id JOIN force f ON f.id = i.force_id WHERE a.role = 'lead'",
    )
    led = {int(str(offering)): str(force) for offering, force in leads}
    assert found.further
    for line in found.further:
        assert line.hours > 0
        assert all(led[offering] != line.keys[1] for offering in line.offerings)


def test_an_instructor_sees_the_ledger_of_own_courses_and_an_administrator_no_names(demonstration: Database) -> None:
    own = of(demonstration, role=Role.INSTRUCTOR)
    mine = demonstration_user(demonstration, Role.INSTRUCTOR).instructor_id
    assert (
        own.total.counts.offerings
        == values(
            demonstration,
            "SELECT count(DISTINCT o.id) FROM assignment a JOIN offering o ON o.id = a.offering_id "
            "WHERE a.instructor_id = ? AND (o.status = 'closed' OR o.status = 'open' AND o.ends_on < '2019-06-28')",
            mine,
        )[0][0]
    )
    assert own.published == ()
    assert {line.name for line in of(demonstration, role=Role.ADMINISTRATOR).persons} == {
        line.keys[1] for line in of(demonstration).persons
    }
    programmes = course_programmes(demonstration, demonstration_user(demonstration, Role.MANAGER))
    assert next(iter(programmes)) == "EIC"


def test_a_table_leaves_as_paper_and_workbook_with_its_rule(demonstration: Database, tmp_path: Path) -> None:
    t = Translator(Language.ES)
    manager = demonstration_user(demonstration, Role.MANAGER)
    columns = (ViewColumn("Fuerza", 30), ViewColumn("Cursos", 10, number=True))
    asked = TableAsked("Cuadro", columns, (("CNP", 28), ("Total", 98)), ("2018",), "2 líneas", "La regla de la fuerza.")
    said = words_of(table_paper(demonstration, manager, asked, t=t))
    assert "La regla de la fuerza." in said
    assert "28" in said
    path = write_table(demonstration, manager, replace(asked, title="Otro"), tmp_path / "t.xlsx", t=t)
    assert path.stat().st_size > 4000
