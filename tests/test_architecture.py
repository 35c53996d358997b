"""The layers, the words that file names avoid, what is imported when, and what no tracked file names."""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from eic_tracker import cli
from eic_tracker.i18n import Language, Translator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "eic_tracker"
MODULES = sorted(PACKAGE.rglob("*.py"))
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "misc"}
HEAVY = {
    "sqlalchemy",
    "sqlmodel",
    "alembic",
    "reportlab",
    "xlsxwriter",
    "openpyxl",
    "babel",
    "zxingcpp",
    "argon2",
    "num2words",
    "pycountry",
    "PySide6",
    "pypdfium2",
}
MOST_LINES = 400


def check_contracts(project: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    words = [sys.executable, "-P", "-c", program, "--no-cache"]
    return subprocess.run(words, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def copy_of_the_project(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "eic_tracker", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_each_layer_imports_only_what_it_may() -> None:
    done = check_contracts(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        (
            "domain/planted.py",
            "from eic_tracker.reports import plain_text",
            "Each layer imports only the layers below it",
        ),
        ("reports/planted.py", "import sqlalchemy", "SQL only in store, queries and services"),
        ("gui/__init__.py", "import sqlmodel", "SQL only in store, queries and services"),
        ("gui/planted.py", "from eic_tracker.store import database", "The window sees the database only"),
        ("gui/pages/planted.py", "from eic_tracker.store import files", "The window sees the database only"),
        ("gui/dialogs/planted.py", "from eic_tracker.gui.pages import page", "Pages and dialogs do not know"),
        ("services/planted.py", "from PySide6 import QtCore", "Qt only in gui and app"),
        ("store/planted.py", "import sqlite3", "One SQLite library in one process"),
        ("domain/planted.py", "import pathlib", "The rules are pure"),
        ("domain/planted.py", "from eic_tracker import clock", "The rules are pure"),
        ("reports/planted.py", "from eic_tracker.store import database", "Reports get rows and a translator"),
    ],
)
def test_a_forbidden_import_is_noticed(copy_of_the_project: Path, module: str, line: str, broken: str) -> None:
    planted = copy_of_the_project / "eic_tracker" / module
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{line}\n", encoding="utf-8")
    done = check_contracts(copy_of_the_project)
    assert done.returncode == 1
    assert re.search(rf"^{re.escape(broken)}.* BROKEN", done.stdout, re.MULTILINE), done.stdout


def test_a_new_module_must_be_given_its_layer(copy_of_the_project: Path) -> None:
    (copy_of_the_project / "eic_tracker" / "planted.py").write_text("", encoding="utf-8")
    done = check_contracts(copy_of_the_project)
    assert done.returncode == 1
    assert "planted" in done.stdout


def test_no_module_has_a_vague_name() -> None:
    vague = [path for path in MODULES if {*path.relative_to(PACKAGE).parts, path.stem} & VAGUE_NAMES]
    assert not vague


def test_no_file_outgrows_what_one_reads_at_a_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_nothing_touches_qt_s_own_sqlite() -> None:
    assert not [path for path in MODULES if "QtSql" in path.read_text(encoding="utf-8")]


def moments_asked(path: Path) -> list[str]:
    """The calls that read the clock of the computer, by line."""
    return [
        f"{path.name}:{node.lineno} {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        if re.search(
            r"(^|\.)(now_utc|utcnow|time_ns|(date|datetime|dt)\.(today|now)|time\.time)$", ast.unparse(node.func)
        )
    ]


@pytest.mark.parametrize("folder", ["domain", "queries", "reports"])
def test_no_rule_read_or_report_asks_for_the_time(folder: str) -> None:
    assert [asked for path in sorted((PACKAGE / folder).rglob("*.py")) for asked in moments_asked(path)] == []


def test_asking_for_the_time_is_noticed(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("import datetime as dt\ntoday = dt.date.today()\nlater = clock.now_utc()\n", encoding="utf-8")
    assert len(moments_asked(planted)) == 2
    planted.write_text("known.date()\nperiod.today\nlocal_date(moment)\n", encoding="utf-8")
    assert moments_asked(planted) == []


@pytest.mark.parametrize(("words", "named"), [(["--help"], "reconcile"), (["counts", "--help"], "--by")])
def test_help_loads_no_heavy_library(words: list[str], named: str) -> None:
    program = (
        "import contextlib, io, json, runpy, sys\n"
        f"sys.argv = ['eic-tracker', *{words}]\n"
        "shown = io.TextIOWrapper(io.BytesIO(), write_through=True)\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(shown):\n"
        "    runpy.run_module('eic_tracker', run_name='__main__')\n"
        "print(json.dumps([shown.buffer.getvalue().decode(), sorted(sys.modules)]))\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    shown, modules = json.loads(done.stdout)
    assert named in shown
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()


def test_opening_and_reading_a_file_loads_neither_tables_nor_paper_libraries(demo_file: Path) -> None:
    """What only writes and papers need would be half of the window's start."""
    program = (
        "import datetime as dt, json, sys\n"
        "from pathlib import Path\n"
        "from eic_tracker import app\n"
        "from eic_tracker.domain.codes import Role\n"
        "from eic_tracker.gui.pages import home_page\n"
        "from eic_tracker.services.home import home\n"
        "from eic_tracker.services.sign_in import demonstration_user\n"
        "from eic_tracker.store.database import Database\n"
        "with Database(Path(sys.argv[1])) as db:\n"
        "    found = home(db, demonstration_user(db, Role.MANAGER), dt.date(2019, 6, 28))\n"
        "print(json.dumps([len(found.tiles), sorted(sys.modules)]))\n"
    )
    command = [sys.executable, "-c", program, str(demo_file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    tiles, modules = json.loads(done.stdout)
    assert tiles
    late = {"eic_tracker.store.tables", "sqlmodel", "pydantic", "sqlalchemy.orm"} | (HEAVY - {"sqlalchemy", "PySide6"})
    assert late & {*modules} == set()


def commands_of(parser: argparse.ArgumentParser, before: str = "") -> list[str]:
    """The commands that a parser knows, groups included: `journal`, `journal verify`."""
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found += [before + name, *commands_of(inner, f"{before}{name} ")]
    return found


def test_the_readme_tells_of_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_", "ngettext"):
        monkeypatch.setattr(argparse, name, getattr(argparse, name))
    commands = [name for name in commands_of(cli._parser(Translator(Language.EN))) if " " not in name]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    wanted = [*(f"eic-tracker {name}" for name in commands), "run.py test", "run.py bench", "run.py translations"]
    # a command stands after the program's name or at the beginning of a piece of code
    told = re.sub(r"\beic-tracker(?: --?[\w-]+(?: [A-Z]\S*| \S*\.eic)?)* ", "eic-tracker ", readme)
    told += re.sub(r"`(?=[a-z])", "eic-tracker ", readme)
    assert [name for name in wanted if not re.search(rf"{re.escape(name)}\b", told)] == []


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: the tracked files are not known")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_package_registry() -> None:
    # written in pieces, so that this file does not name them either
    hosts = [
        "py" + "pi.",
        "python" + "hosted",
        "deb." + "debian",
        "registry." + "npm",
        "npm" + "js",
        "debian.org/" + "debian",
    ]
    named = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked_files()
        for host in hosts
        if host.encode() in path.read_bytes().lower()
    ]
    assert not named


def packages_of(lock: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Name -> (version and condition, hashes) of a lock file."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        requirement, *hashes = [part.strip() for part in line.split("--hash=")]
        name, _, rest = requirement.partition("==")
        found[name] = (rest, frozenset(hashes))
    return found


def test_every_locked_package_is_pinned_and_hashed() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        for name, (rest, hashes) in packages_of(lock).items():
            assert rest, f"{lock}: {name} is not pinned"
            assert hashes, f"{lock}: {name} has no hash"
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes)


def test_the_lock_for_tests_holds_all_of_the_lock_that_is_shipped() -> None:
    shipped, dev = packages_of("requirements.lock"), packages_of("requirements-dev.lock")
    assert {name: dev.get(name) for name in shipped} == shipped


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_hold_what_the_project_asks_for(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"]]
    if lock == "requirements-dev.lock":
        asked += project["dependency-groups"]["dev"]
    locked = packages_of(lock)
    for requirement in map(Requirement, asked):
        version = locked[canonicalize_name(requirement.name)][0].partition(";")[0].strip()
        assert requirement.specifier.contains(version), f"{lock} holds {version}, asked is {requirement}"
