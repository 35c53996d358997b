"""run.py without a network: a copy of it prepares a made-up project whose only package comes from a folder."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parent.parent
MAIN = """\
import sys
import parcel
if "--slow" in sys.argv:
    import time
    print("ready", flush=True)
    time.sleep(60)
print(parcel.VERSION, sys.argv[1:], sys.stdin.read())
print("to the error stream", file=sys.stderr)
sys.exit(7)
"""


def make_wheel(folder: Path, version: str) -> str:
    """A wheel `parcel` of that version; its line for a lock file."""
    name = f"parcel-{version}"
    files = {
        "parcel.py": f"VERSION = {version!r}\n",
        f"{name}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: parcel\nVersion: {version}\n",
        f"{name}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},\n"
        for path, text in files.items()
    )
    wheel = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in {**files, f"{name}.dist-info/RECORD": f"{record}{name}.dist-info/RECORD,,\n"}.items():
            archive.writestr(path, text)
    return f"parcel=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Project:
    """A small project with a copy of run.py; `call` runs that with pip confined to a folder of wheels."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a projéct"
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        self.package = self.folder / "eic_tracker"
        self.package.mkdir(parents=True)
        (self.package / "__init__.py").touch()
        (self.package / "__main__.py").write_text(MAIN, encoding="utf-8")
        shutil.copy(ROOT / "run.py", self.folder)
        self.lock("1.0")

    def lock(self, version: str) -> None:
        line = make_wheel(self.wheels, version)
        (self.folder / run.RUN).write_text(line, encoding="utf-8")
        (self.folder / run.DEV).write_text(line, encoding="utf-8")

    def environment(self) -> Mapping[str, str]:
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        return {**os.environ, **pip, "LANG": "en_GB.UTF-8"}

    def words(self, *words: str) -> list[str]:
        return [sys.executable, str(self.folder / "run.py"), *words]

    def call(self, *words: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.words(*words),
            input=stdin,
            cwd=cwd,
            env=self.environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start run.py in a process group of its own, its outputs in one pipe."""
        return subprocess.Popen(
            self.words(*words),
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    @property
    def stamp(self) -> Path:
        return self.folder / ".venv" / run.STAMP.name


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that run.py prepared once."""
    project = Project(tmp_path_factory.mktemp("prepared"))
    done = project.call("eic-tracker")
    assert done.returncode == 7, done.stderr
    assert "making the environment" in done.stderr
    assert "installing up to 1 packages" in done.stderr
    return project


def test_the_command_line_adds_nothing_to_output_or_exit_status(prepared: Project, tmp_path: Path) -> None:
    (tmp_path / "parcel.py").write_text("raise SystemExit('a file of the caller was imported')", encoding="utf-8")
    done = prepared.call("eic-tracker", "counts", "--by", "a b", "--help", stdin="typed", cwd=tmp_path)
    assert done.stdout == "1.0 ['counts', '--by', 'a b', '--help'] typed\n"
    assert done.stderr == "to the error stream\n"
    assert done.returncode == 7


def test_the_environment_runs_the_program_from_any_folder(prepared: Project, tmp_path: Path) -> None:
    python = prepared.folder / run.venv_python().relative_to(run.ROOT)
    words = [str(python), "-m", "eic_tracker"]
    done = subprocess.run(words, cwd=tmp_path, input="", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (7, "1.0 [] \n")


def test_without_words_the_main_job_is_run(prepared: Project) -> None:
    done = prepared.call()
    assert done.returncode == 7
    assert done.stdout == f"1.0 {['demo', '--out', str(Path('build') / 'demo'), '--no-window']} \n"
    assert "eic-tracker demo --out" in done.stderr


def test_an_environment_follows_its_lock_and_mends_itself(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.call("eic-tracker").stdout.startswith("1.0 ")
    before = project.stamp.stat().st_mtime_ns
    assert project.call("eic-tracker").stdout.startswith("1.0 ")
    assert project.stamp.stat().st_mtime_ns == before, "nothing had changed"

    project.lock("1.1")
    updated = project.call("eic-tracker")
    assert updated.stdout.startswith("1.1 ")
    assert "making the environment" not in updated.stderr

    project.lock("1.2")
    good = (project.folder / run.RUN).read_text(encoding="utf-8")
    (project.folder / run.RUN).write_text(good[:-2] + ("0" if good[-2] != "0" else "1") + "\n", encoding="utf-8")
    refused = project.call("eic-tracker")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "HASHES" in refused.stderr
    assert "pip did not finish" in refused.stderr

    (project.folder / run.RUN).write_text(good, encoding="utf-8")
    rest = project.stamp.with_name("rest-of-an-interrupted-installation")
    rest.touch()
    mended = project.call("eic-tracker")
    assert mended.stdout.startswith("1.2 ")
    assert "removing the earlier or unfinished environment" in mended.stderr
    assert not rest.exists()


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"identity": "another Python"}'])
def test_a_stamp_that_says_nothing_sound_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    monkeypatch.setattr(run, "STAMP", tmp_path / run.STAMP.name)
    monkeypatch.setattr(run, "venv_python", lambda: Path(sys.executable))
    run.write_stamp((run.RUN, run.DEV))
    assert run.is_prepared(run.RUN)
    if content is None:
        run.STAMP.unlink()
    else:
        run.STAMP.write_text(content, encoding="utf-8")
    assert run.read_stamp() == {}
    assert not run.is_prepared(run.RUN)


def test_a_moved_project_or_a_lost_interpreter_is_prepared_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "STAMP", tmp_path / run.STAMP.name)
    monkeypatch.setattr(run, "venv_python", lambda: Path(sys.executable))
    run.write_stamp((run.RUN,))
    assert run.is_prepared(run.RUN)
    assert not run.is_prepared(run.DEV)
    monkeypatch.setattr(run, "venv_python", lambda: tmp_path / "gone")
    assert not run.is_prepared(run.RUN)
    monkeypatch.undo()
    monkeypatch.setattr(run, "STAMP", tmp_path / run.STAMP.name)
    monkeypatch.setattr(run, "identity", lambda: "elsewhere")
    assert not run.is_prepared(run.RUN)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    "seconds", [0.8, pytest.param(0.1, marks=pytest.mark.long), pytest.param(2.5, marks=pytest.mark.long)]
)
def test_a_killed_preparation_is_made_good_by_the_next_one(tmp_path: Path, seconds: float) -> None:
    project = Project(tmp_path)
    with project.start("eic-tracker") as killed:
        time.sleep(seconds)
        os.killpg(killed.pid, signal.SIGKILL)
    done = project.call("eic-tracker")
    assert done.stdout.startswith("1.0 "), done.stderr
    assert json.loads(project.stamp.read_text(encoding="utf-8"))[run.RUN]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_installer_of_a_killed_run_keeps_the_next_one_waiting(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with project.start("eic-tracker") as killed:
        assert killed.stdout
        while "making the environment" not in killed.stdout.readline():
            pass
        time.sleep(0.3)
        os.kill(killed.pid, signal.SIGKILL)
        done = project.call("eic-tracker")
        killed.stdout.read()
    assert done.stdout.startswith("1.0 "), done.stderr
    assert "another run.py is preparing" in done.stderr


def test_two_at_once_prepare_once(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with project.start("eic-tracker") as one, project.start("eic-tracker") as two:
        texts = [child.communicate(timeout=100)[0] for child in (one, two)]
    assert [one.returncode, two.returncode] == [7, 7]
    assert sum(text.count("making the environment") for text in texts) == 1
    assert sum(text.count("another run.py is preparing") for text in texts) == 1


@pytest.fixture
def heard_ctrl_c() -> Iterator[None]:
    """Children hear Ctrl-C also where the whole run was started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.usefixtures("heard_ctrl_c")
def test_ctrl_c_reaches_the_program(prepared: Project) -> None:
    with prepared.start("eic-tracker", "--slow") as child:
        assert child.stdout
        while child.stdout.readline() != "ready\n":
            pass
        os.killpg(child.pid, signal.SIGINT)
        text = child.stdout.read()
    assert "KeyboardInterrupt" in text
    assert child.returncode == -signal.SIGINT


@pytest.mark.parametrize("words", [["nonsense"], ["test", "nonsense"], ["bench", "--all"]])
def test_unknown_words_are_wrong_use(prepared: Project, words: list[str]) -> None:
    done = prepared.call(*words)
    assert done.returncode == 2
    assert "--help" in done.stderr


def test_help_prepares_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path)
    done = project.call("--help")
    assert done.returncode == 0
    assert "python3 run.py test" in done.stdout
    assert not project.stamp.parent.exists()


def test_an_old_python_can_read_the_file_and_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as told:
        exec(compile(source, "run.py", "exec"), {"__name__": "run", "__file__": str(ROOT / "run.py")})
    assert "3.11" in str(told.value)
    assert "3.9" in str(told.value)


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, with an apt-get that writes down how it is called; gives that file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    said = tmp_path / "said"
    said.touch()
    program = folder / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> "{said}"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(run, "is_debian", lambda: True)
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="apt is of Debian")
def test_root_installs_the_missing_packages_and_says_so(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    run.install_packages(["strace", "sqlite3"], "faltan", "are missing")
    update, install = apt.read_text(encoding="utf-8").splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends strace sqlite3")
    assert install.startswith("noninteractive ")
    shown = capfd.readouterr()
    assert "are missing: apt-get installs strace sqlite3" in shown.err
    assert shown.out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="apt is of Debian")
def test_what_apt_says_is_shown_when_it_fails(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (apt.parent / "bin" / "apt-get").write_text("#!/bin/sh\necho no space left\nexit 100\n", encoding="utf-8")
    with pytest.raises(run.Stop) as stop:
        run.install_packages(["strace"], "faltan", "are missing")
    assert stop.value.status == 2
    assert "apt-get failed; type: " in stop.value.english
    assert "no space left" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="apt is of Debian")
@pytest.mark.parametrize(
    ("sudo", "line"),
    [
        (None, "su -c 'apt-get update && apt-get install -y --no-install-recommends strace'"),
        ("exit 1", "sudo apt-get update && sudo apt-get install -y --no-install-recommends strace"),
    ],
)
def test_who_may_not_install_gets_the_one_line_to_type(
    apt: Path, monkeypatch: pytest.MonkeyPatch, sudo: str | None, line: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    if sudo:
        (apt.parent / "bin" / "sudo").write_text(f"#!/bin/sh\n{sudo}\n", encoding="utf-8")
        (apt.parent / "bin" / "sudo").chmod(0o755)
    with pytest.raises(run.Stop) as stop:
        run.install_packages(["strace"], "faltan", "are missing")
    assert stop.value.status == 2
    assert stop.value.english == f"are missing; type: {line}"
    assert apt.read_text(encoding="utf-8") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="apt is of Debian")
def test_sudo_is_used_where_it_asks_nothing(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    sudo = apt.parent / "bin" / "sudo"
    sudo.write_text(f'#!/bin/sh\n[ "$2" = true ] || echo "sudo $@" >> "{apt}"\n', encoding="utf-8")
    sudo.chmod(0o755)
    run.install_packages(["strace"], "faltan", "are missing")
    lines = apt.read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get") for line in lines)
    assert len(lines) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="apt is of Debian")
def test_a_program_that_stays_missing_stops_the_full_run(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(run.Stop) as stop:
        run.install_programs()
    assert stop.value.status != 0
    missing = "soffice, strace, Xvfb, openbox, xdotool, chromium, chromedriver, zbarimg, qpdf, pdftotext"
    assert f"still missing: {missing}" in stop.value.english
    assert "libreoffice-calc" in apt.read_text(encoding="utf-8")
