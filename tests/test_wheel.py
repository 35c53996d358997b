"""The wheel carries all that the program needs, started from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_program_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "eic_tracker", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, input=typed, capture_output=True, text=True, check=True
        )

    origin = run_python("import eic_tracker; print(eic_tracker.__file__)", environment, tmp_path)
    assert origin.startswith(str(installed))
    assert run("--help").stdout.startswith("uso: eic-tracker")
    run("init", "school.eic", typed="una clave larga\n")
    assert '"completions": 0' in run("--file", "school.eic", "counts", "--json").stdout
    words = ("--file", "school.eic", "--as", "administrador", "rollup", "--period", "2018Q4", "--out", "r.xlsx")
    run(*words, typed="una clave larga\n")
    assert zipfile.is_zipfile(tmp_path / "r.xlsx")


def run_python(code: str, environment: dict[str, str], folder: Path) -> str:
    """What a line of Python prints in an environment."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
