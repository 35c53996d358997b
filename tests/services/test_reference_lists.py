"""Tests of the shipped reference lists and of their import."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pycountry
import pytest

from eic_tracker.services.reference_lists import import_reference_lists, read_list, shipped_figures
from eic_tracker.store.database import Database
from eic_tracker.store.migrate import create_file
from eic_tracker.store.tables.reference import Municipality
from eic_tracker.store.transaction import Actor, Entry

IMPORT = Entry(Actor("eic-tracker"), "import_reference_lists", "lists")

MUNICIPALITIES_PER_DEPARTMENT = (8, 10, 21, 23, 12, 16, 19, 28, 6, 17, 4, 19, 28, 16, 23, 28, 9, 11)
"""By department 01 to 18, as the official list of establishments counts them."""


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A new file with nothing in it."""
    create_file(tmp_path / "school.eic")
    return Database(tmp_path / "school.eic")


def imported(database: Database) -> None:
    """Import the lists in one write."""
    with database.write(IMPORT) as tx:
        import_reference_lists(tx)


def values(database: Database, query: str) -> list[tuple[object, ...]]:
    """The rows of a query."""
    with database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_every_municipality_lies_in_the_department_of_its_code(database: Database) -> None:
    with database:
        imported(database)
        rows = values(database, "SELECT m.code, d.code FROM municipality m JOIN department d ON d.id = m.department_id")
    assert len(rows) == 298
    assert all(str(code)[:2] == department for code, department in rows)
    counted = Counter(str(department) for _, department in rows)
    assert tuple(counted[f"{number:02}"] for number in range(1, 19)) == MUNICIPALITIES_PER_DEPARTMENT


def test_the_file_holds_each_list_whole(database: Database) -> None:
    tables = {
        "departments": "department",
        "municipalities": "municipality",
        "ranks": "rank",
        "forces": "force",
        "institutions": "institution",
        "units": "unit",
        "unit_aliases": "unit_alias",
        "programmes": "programme",
        "curricula": "curriculum",
        "curriculum_versions": "curriculum_version",
        "curriculum_lessons": "curriculum_lesson",
        "grounds": "ground",
        "published_figures": "published_figure",
    }
    with database:
        imported(database)
        for name, table in tables.items():
            assert values(database, f"SELECT count(*) FROM {table}") == [(len(read_list(name)),)], name


def test_a_unit_names_what_it_became(database: Database) -> None:
    with database:
        imported(database)
        rows = values(
            database,
            "SELECT a.code, b.code, a.valid_to, b.valid_from FROM unit a JOIN unit b ON b.id = a.successor_id",
        )
    assert ("DNIC", "DPI", "2015-08-31", "2015-09-01") in rows
    assert {(old, new) for old, new, *_ in rows} == {("DNIC", "DPI"), ("DIECP", "DIDADPOL"), ("FNAMP", "DIPAMPCO")}


def test_only_security_forces_and_soldiers_need_vetting(database: Database) -> None:
    with database:
        imported(database)
        rows = values(database, "SELECT kind, vetting_required FROM institution")
    assert {kind for kind, needed in rows if needed} == {"security_force", "military"}
    assert {kind for kind, needed in rows if not needed} == {"justice"}


def test_importing_twice_changes_nothing(database: Database) -> None:
    with database:
        imported(database)
        sets = values(database, "SELECT id, hash FROM change_set")
        imported(database)
        assert values(database, "SELECT id, hash FROM change_set") == sets


def test_a_name_that_changed_follows_the_list_and_added_rows_stay(database: Database) -> None:
    with database:
        imported(database)
        with database.write(IMPORT) as tx:
            (key,) = (row[0] for row in tx.connection.exec_driver_sql("SELECT id FROM municipality WHERE code='0820'"))
            tx.update(Municipality, {key: {"name": "San Juan de Flores"}})
            (own,) = tx.insert(Municipality, [{"code": "0899", "name": "Nuevo", "department_id": 8}])
        imported(database)
        rows = values(database, f"SELECT code, name FROM municipality WHERE id IN ({key}, {own}) ORDER BY code")
        changes = values(database, "SELECT changes FROM change_set ORDER BY id DESC LIMIT 1")
    assert rows == [("0820", "Cantarranas"), ("0899", "Nuevo")]
    assert changes == [(1,)]


def test_a_broken_import_leaves_nothing(database: Database) -> None:
    def interrupted() -> None:
        with database.write(IMPORT) as tx:
            import_reference_lists(tx)
            raise InterruptedError

    with database:
        with pytest.raises(InterruptedError):
            interrupted()
        assert values(database, "SELECT count(*) FROM municipality") == [(0,)]


def test_every_country_is_a_country() -> None:
    for name in ("forces", "institutions"):
        for row in read_list(name):
            assert pycountry.countries.get(alpha_3=row["country"]) is not None, row


def test_the_published_figures_name_places_and_figures_that_exist() -> None:
    figures = shipped_figures()
    places = {row["code"] for row in read_list("municipalities")}
    keys = {figure.key for figure in figures}
    assert len(figures) == len(keys) == 25
    assert {code for figure in figures for code in figure.scope.municipalities} <= places
    assert {figure.contradicts for figure in figures if figure.contradicts} <= keys


def test_no_list_has_stray_blanks_or_repeated_codes() -> None:
    for name in ("departments", "municipalities", "ranks", "forces", "institutions", "units", "grounds", "curricula"):
        rows = read_list(name)
        assert len({row["code"] for row in rows}) == len(rows), name
        assert all(value == value.strip() and "  " not in value for row in rows for value in row.values()), name
