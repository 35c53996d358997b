"""How fast a list is set beside the file and stored, and how long the search for likely duplicates takes."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.exchange.rows import ReadList
from eic_tracker.services.duplicates import find_duplicates
from eic_tracker.services.import_people import ImportDraft, import_list
from eic_tracker.services.list_review import offering_of_code, review_list
from eic_tracker.store.database import Database
from tests.bench.conftest import LARGE
from tests.bench.printing import show, tell
from tests.services.lists_at_hand import person_row, read_list
from tests.services.school import school, user

GIVEN = ("José", "María", "Luis", "Ana", "Carlos", "Wilmer", "Suyapa", "Óscar", "Dunia", "Marvin", "Karla", "Gloria")
SURNAMES = ("Hernández", "López", "Martínez", "Núñez", "Bográn", "Zúniga", "Güity", "Pineda", "Mejía", "Aguilar")


def invented(count: int, first: int = 0) -> ReadList:
    """A list of so many people, no two with the same document."""
    rows = []
    for number in range(first, first + count):
        given = f"{GIVEN[number % 12]} {GIVEN[(number // 12) % 12]}"
        family = f"{SURNAMES[(number // 7) % 10]} {SURNAMES[(number // 70) % 10]}"
        rows.append(person_row(2 + number - first, given, family, f"0801199{number:06}", unit="Tránsito"))
    return read_list(*rows)


def took(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def plain_insertion(path: Path, copy: Path) -> tuple[float, int]:
    """How long plain `sqlite3` needs to insert a file's rows into its tables with their indexes, and how many they are.

    The search index is not copied: it is the program's own work on top."""
    source = sqlite3.connect(path)
    schema = source.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
    ).fetchall()
    names = source.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'"
    ).fetchall()
    tables = {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}
    source.close()
    plain = sqlite3.connect(copy, isolation_level=None)
    plain.execute("BEGIN")
    for (statement,) in schema:
        plain.execute(statement)
    plain.execute("COMMIT")
    start = time.perf_counter()
    plain.execute("BEGIN")
    for name, rows in tables.items():
        if rows:
            plain.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
    plain.execute("COMMIT")
    seconds = time.perf_counter() - start
    plain.close()
    return seconds, sum(map(len, tables.values()))


def test_ten_thousand_people_are_stored_within_six_plain_insertions(tmp_path: Path) -> None:
    read = invented(10_000)
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        start = time.perf_counter()
        seen = review_list(db, acting, read)
        print(f"review of 10,000 rows: {time.perf_counter() - start:.3f} s", file=sys.__stderr__)
        stored = took(lambda: import_list(db, acting, ImportDraft(seen)))
    plain, rows = plain_insertion(tmp_path / "school.eic", tmp_path / "plain.db")
    print(f"{rows:,} rows with their journal", file=sys.__stderr__)
    assert show("store 10,000 people", stored, "plain sqlite3 inserting the same rows", plain, at_most=6)


def test_forty_rows_are_reviewed_and_stored_at_once(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        import_list(db, acting, ImportDraft(review_list(db, acting, invented(5_000))))
        offering = offering_of_code(db, acting, "001-2019")
        read = invented(40, 4_980)
        seen = review_list(db, acting, read, offering_id=offering)
        reviewed = min(took(lambda: review_list(db, acting, read, offering_id=offering)) for _ in range(3))
        stored = took(lambda: import_list(db, acting, ImportDraft(seen)))
        assert seen.counts["known"] == 20
    assert show("review of 40 rows for a roster", reviewed, "the goal", 0.3, at_most=1)
    assert show("store 40 rows on a roster", stored, "the goal", 0.2, at_most=1)


@pytest.fixture(scope="module")
def large(large_file: Path) -> Iterator[Database]:
    """The demonstration file with many people more."""
    with Database(large_file) as db:
        yield db


@pytest.mark.timeout(900)
def test_likely_duplicates_among_all_people_are_found_within_a_minute(large: Database) -> None:
    acting = user(large, Role.REGISTRAR)
    before = time.process_time()
    seconds = took(lambda: find_duplicates(large, acting))
    processor = time.process_time() - before
    tell(f"likely duplicates among {LARGE:,} people", seconds, "a minute", 60.0)
    # how busy the machine is makes no difference to what it takes of a processor
    assert show(f"likely duplicates among {LARGE:,} people, of a processor", processor, "a minute", 60.0, at_most=1)


@pytest.mark.timeout(900)
def test_a_list_of_forty_beside_a_large_file_is_reviewed_at_once(large: Database) -> None:
    acting = user(large, Role.REGISTRAR)
    seconds = min(took(lambda: review_list(large, acting, invented(40))) for _ in range(3))
    with large.read() as connection:
        names = "SELECT id, match_key FROM participant"
        alone = min(took(lambda: connection.exec_driver_sql(names).all()) for _ in range(3))
    print(f"review of 40 rows beside {LARGE:,} people: {seconds:.3f} s (goal 0.300)", file=sys.__stderr__)
    assert show("review of 40 rows beside them", seconds, "reading all their names", alone, at_most=1)
