"""What the program does while faults are injected, and what must hold afterwards, whatever was cut off.

`prepare` fills an empty folder, `act` runs in a process of its own and acknowledges what it was told is saved,
`check` gets the folder as the fault left it and the number of acknowledgements."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from sqlcipher3 import dbapi2

from eic_tracker import paths
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.services.reference_lists import import_reference_lists
from eic_tracker.services.safekeeping import copy_elsewhere
from eic_tracker.store import database, migrate
from eic_tracker.store.chain import head, raw_connection, verify
from eic_tracker.store.copies import backup, fault_of
from eic_tracker.store.database import Database, header
from eic_tracker.store.files import building, write_bytes
from eic_tracker.store.migrate import create_file
from eic_tracker.store.restoring import restore
from eic_tracker.store.tables.reference import Rank
from eic_tracker.store.transaction import Actor, Entry
from tests.store.small_file import ACTOR, add_rank, make_small_file

SETS = 20
"""How many change sets the scenario `write` saves."""

SMALL_HEAD = 8
NOBODY = Actor("init")
OLD_PAPER, NEW_PAPER = b"old" * 50_000, b"new!" * 60_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of work under faults."""

    prepare: Callable[[Path], None]
    act: Callable[[Path], None]
    check: Callable[[Path, int], None]


def acknowledge() -> None:
    """Tell whoever watches that what was done so far is saved."""
    os.writev(1, [b"ACK\n"])


def _file(folder: Path) -> Path:
    return folder / "school.eic"


def newest_set(path: Path) -> int:
    """The number of the newest change set of a file that opens, is whole, and whose journal holds; else it fails."""
    with Database(path) as db, db.read() as connection:
        assert fault_of(raw_connection(connection)) is None
        finding = verify(connection)
        assert finding is None, finding
        found = head(connection)
    return found.set_id if found else 0


# Building a new file


def _build(folder: Path) -> None:
    with building(_file(folder)) as part:
        make_small_file(part)
    acknowledge()


def _check_build(folder: Path, acknowledged: int) -> None:
    if acknowledged or _file(folder).exists():
        assert newest_set(_file(folder)) == SMALL_HEAD


# Writing set after set


def _prepare_small(folder: Path) -> None:
    make_small_file(_file(folder))


def _write(folder: Path) -> None:
    with Database(_file(folder)) as db:
        with db.read() as connection:
            done = connection.exec_driver_sql("SELECT count(*) FROM rank WHERE code LIKE 'N%'").scalar_one()
        for number in range(done, SETS):
            add_rank(db, f"N{number}")
            acknowledge()


def _check_write(folder: Path, acknowledged: int) -> None:
    written = newest_set(_file(folder)) - SMALL_HEAD
    # A set whose sync failed or was never reached may be there all the same; a child tries at most twice.
    assert acknowledged <= written <= min(acknowledged + 2, SETS), f"{acknowledged} acknowledged, {written} there"
    with Database(_file(folder)) as db, db.read() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM rank WHERE code LIKE 'N%'").scalar_one()
    assert found == written, "a row without its entry, or an entry without its row"


# Importing the reference lists


def _import(folder: Path) -> None:
    with Database(_file(folder)) as db:
        with db.write(Entry(NOBODY, "import_reference_lists", "lists")) as tx:
            import_reference_lists(tx)
        acknowledge()


def _prepare_import(folder: Path) -> None:
    path = _file(folder)
    create_file(path)
    with Database(path) as db, db.write(Entry(NOBODY, "start", "start")) as tx:
        tx.insert(Rank, [{"code": "mine", "name": "mine", "position": 1}])


def _check_import(folder: Path, acknowledged: int) -> None:
    newest = newest_set(_file(folder))
    assert newest in (1, 2)
    assert newest == 2 or not acknowledged
    with Database(_file(folder)) as db, db.read() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM municipality").scalar_one()
    assert (found > 0) == (newest == 2)


# Migrating a file of this version to the next one


_NEXT = '''"""What the next version will have: a new table, a new column in an old one, which is rebuilt for it."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{last}"


def upgrade() -> None:
    op.create_table("novelty", sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id"))
    with op.batch_alter_table("participant", recreate="always") as batch:
        batch.add_column(sa.Column("novelty", sa.String(), nullable=True))
'''


def _prepare_migrate(folder: Path) -> None:
    _prepare_small(folder)
    shutil.copytree(paths.migrations(), folder / "next", ignore=shutil.ignore_patterns("__pycache__", "*.sql"))
    last = max(path.stem[:4] for path in (folder / "next" / "versions").glob("[0-9]*.py"))
    (folder / "next" / "versions" / "9999_next.py").write_text(_NEXT.format(last=last), encoding="utf-8")


@contextlib.contextmanager
def the_next_version(folder: Path) -> Iterator[int]:
    """This program as it will be one schema later; the number of that schema."""
    version = database.SCHEMA_VERSION + 1
    with (
        mock.patch.object(paths, "migrations", return_value=folder / "next"),
        mock.patch.object(database, "SCHEMA_VERSION", version),
        mock.patch.object(migrate, "SCHEMA_VERSION", version),
    ):
        yield version


def _migrate(folder: Path) -> None:
    with the_next_version(folder):
        Database(_file(folder)).close()
    acknowledge()


def _check_migrate(folder: Path, acknowledged: int) -> None:
    with (
        the_next_version(folder) as next_version,
        mock.patch.object(paths, "data_folder", return_value=folder / "more"),
    ):
        found = header(_file(folder))[1]
        assert found in (next_version - 1, next_version)
        assert found == next_version or not acknowledged
        raw = dbapi2.connect(str(_file(folder)))
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema")}
        raw.close()
        assert ("novelty" in tables) == (found == next_version), "half a migration"
        assert "_alembic_tmp_participant" not in tables
        assert newest_set(_file(folder)) == SMALL_HEAD, "opened again, it is brought to the end"
        assert header(_file(folder))[1] == next_version
    _check_automatic_copies(folder)


def _check_automatic_copies(folder: Path) -> None:
    for copy in folder.glob("data/**/*.eic"):
        assert newest_set(copy) >= SMALL_HEAD, "a copy has its name only when it is whole"


# Backing up over an older backup


def _prepare_backup(folder: Path) -> None:
    _prepare_small(folder)
    backup(_file(folder), folder / "copy.eic")
    with Database(_file(folder)) as db:
        add_rank(db, "later")


def _backup(folder: Path) -> None:
    backup(_file(folder), folder / "copy.eic")
    acknowledge()


def _check_backup(folder: Path, acknowledged: int) -> None:
    assert newest_set(_file(folder)) == SMALL_HEAD + 1
    assert newest_set(folder / "copy.eic") in ((SMALL_HEAD + 1,) if acknowledged else (SMALL_HEAD, SMALL_HEAD + 1))


# A copy in another folder, beside an earlier one

_NOON = dt.datetime(2018, 12, 31, 18, tzinfo=dt.UTC)
_EARLIER, _ELSEWHERE = "school-2018-12-30-1200.eic", "school-2018-12-31-1200"


def _prepare_elsewhere(folder: Path) -> None:
    _prepare_small(folder)
    backup(_file(folder), folder / _EARLIER)


def _copy_elsewhere(folder: Path) -> None:
    with Database(_file(folder)) as db:
        acting = ActingUser(1, "registrar", "", Role.ADMINISTRATOR)
        made = copy_elsewhere(db, acting, folder, now=_NOON)
        # a copy whose folder could not be synced stands there whole: the next one takes the next name
        assert made.path.name.startswith(_ELSEWHERE)
        acknowledge()


def _check_elsewhere(folder: Path, acknowledged: int) -> None:
    assert newest_set(folder / _EARLIER) == SMALL_HEAD
    present = newest_set(_file(folder))
    assert present >= SMALL_HEAD
    made = [newest_set(copy) for copy in folder.glob(f"{_ELSEWHERE}*.eic")]
    assert made or not acknowledged
    # a copy has its name only after its entry, which it does not hold itself
    assert all(SMALL_HEAD <= copied < present for copied in made)
    if acknowledged:
        assert max(made) == present - 1


# Restoring a backup


def _restore(folder: Path) -> None:
    restore(folder / "copy.eic", _file(folder), ACTOR)
    acknowledge()


def _check_restore(folder: Path, acknowledged: int) -> None:
    assert newest_set(folder / "copy.eic") == SMALL_HEAD
    newest = newest_set(_file(folder))
    with Database(_file(folder)) as db, db.read() as connection:
        last = connection.exec_driver_sql("SELECT use_case FROM change_set WHERE id = ?", (newest,)).scalar_one()
    assert newest == SMALL_HEAD + 1
    assert last in (("restore",) if acknowledged else ("restore", "add_rank"))
    if last == "restore":
        (aside, *_) = folder.glob("school.before-restore-*.eic")
        assert newest_set(aside) == SMALL_HEAD + 1, "what was there is kept"
    _check_automatic_copies(folder)


# A paper in place of an older one


def _prepare_paper(folder: Path) -> None:
    (folder / "quarterly.pdf").write_bytes(OLD_PAPER)


def _paper(folder: Path) -> None:
    write_bytes(folder / "quarterly.pdf", NEW_PAPER)
    acknowledge()


def _check_paper(folder: Path, acknowledged: int) -> None:
    assert (folder / "quarterly.pdf").read_bytes() in ((NEW_PAPER,) if acknowledged else (OLD_PAPER, NEW_PAPER))


SCENARIOS = {
    "build": Scenario(lambda _folder: None, _build, _check_build),
    "write": Scenario(_prepare_small, _write, _check_write),
    "import": Scenario(_prepare_import, _import, _check_import),
    "migrate": Scenario(_prepare_migrate, _migrate, _check_migrate),
    "backup": Scenario(_prepare_backup, _backup, _check_backup),
    "copy elsewhere": Scenario(_prepare_elsewhere, _copy_elsewhere, _check_elsewhere),
    "restore": Scenario(_prepare_backup, _restore, _check_restore),
    "paper": Scenario(_prepare_paper, _paper, _check_paper),
}


# Careless work, on which the harness has to notice losses


def _careless_rows(journal_mode: str, synchronous: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        raw = dbapi2.connect(str(folder / "careless.db"), isolation_level=None)
        raw.execute(f"PRAGMA journal_mode={journal_mode}").fetchall()
        raw.execute(f"PRAGMA synchronous={synchronous}")
        for number in range(SETS):
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany("INSERT INTO said (text) VALUES (?)", [(f"{number} " + "x" * 900,) for _ in range(8)])
            raw.execute("COMMIT")
            acknowledge()
        raw.close()

    return act


def _prepare_careless(folder: Path) -> None:
    raw = dbapi2.connect(str(folder / "careless.db"))
    raw.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, text TEXT)")
    raw.execute("CREATE INDEX ix_said ON said (text)")
    raw.close()


class Lost(AssertionError):
    """What was acknowledged is not there."""


def _check_careless(folder: Path, acknowledged: int) -> None:
    raw = dbapi2.connect(str(folder / "careless.db"))
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = raw.execute("SELECT count(*) FROM said").fetchone()[0]
    finally:
        raw.close()
    if found < acknowledged * 8:
        raise Lost(f"{acknowledged} acknowledged, {found / 8} there")


def _careless_paper(folder: Path) -> None:
    part = folder / "quarterly.part"
    part.write_bytes(NEW_PAPER)
    part.replace(folder / "quarterly.pdf")
    acknowledge()


CARELESS = {
    "WAL without a sync at each commit": Scenario(_prepare_careless, _careless_rows("WAL", "NORMAL"), _check_careless),
    "no sync at all": Scenario(_prepare_careless, _careless_rows("DELETE", "OFF"), _check_careless),
    "a paper renamed before it is synced": Scenario(_prepare_paper, _careless_paper, _check_paper),
}
