"""run.py brings the window's libraries, opens it, and leaves a starter that it never puts over somebody else's file."""

from __future__ import annotations

import configparser
import ctypes
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import run

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packages of Linux")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a desktop, as its user-dirs.dirs names it; no programs of the machine are called."""
    folder = tmp_path / "home" / "Escritorio ñ"
    folder.mkdir(parents=True)
    (tmp_path / "home" / ".config").mkdir()
    (tmp_path / "home" / ".config" / "user-dirs.dirs").write_text(
        '# comment\nXDG_DESKTOP_DIR="$HOME/Escritorio ñ"\n', encoding="utf-8"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(run, "ROOT", tmp_path / "a project")
    monkeypatch.setenv("PATH", str(tmp_path))
    run.ROOT.mkdir()
    return folder


@on_linux
def test_missing_libraries_are_named_by_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    there = {"libGL.so.1", "libEGL.so.1"}

    def install(packages: list[str], *_purpose: str) -> None:
        asked.append(packages)
        there.update(library.name for library in run.QT)

    monkeypatch.setattr(run, "missing_for_python", lambda: ["python3.11-venv"])
    monkeypatch.setattr(run, "loads", lambda name: name in there)
    monkeypatch.setattr(run, "install_packages", install)
    run.install_libraries(*run.QT)
    assert asked == [
        ["libdbus-1-3", "libfontconfig1", "libglib2.0-0", "libxkbcommon0", "python3.11-venv"],
    ]
    run.install_libraries(*run.QT)
    assert len(asked) == 1, "nothing is missing any more"
    there.clear()
    monkeypatch.setattr(run, "install_packages", lambda *_words: None)
    with pytest.raises(run.Stop, match="still missing: libGL"):
        run.install_libraries(run.QT[1])


@on_linux
def test_a_library_is_known_by_loading_it() -> None:
    assert run.loads("libc.so.6")
    assert not run.loads("libnothing-of-the-kind.so.1")


@on_linux
def test_the_libraries_named_are_all_that_qt_wants() -> None:
    """With them loaded, the parts of Qt that the program uses load; each name is one that some part really asks for."""
    for library in run.QT:
        ctypes.CDLL(library.name)
    import PySide6.QtWidgets

    plugins = Path(PySide6.QtWidgets.__file__).parent / "Qt" / "plugins"
    offscreen = needed(plugins / "platforms" / "libqoffscreen.so")
    assert {library.name for library in run.QT} <= offscreen | {"libglib-2.0.so.0"}
    xcb = needed(plugins / "platforms" / "libqxcb.so") | needed(plugins.parent / "lib" / "libQt6XcbQpa.so.6")
    assert {library.name for library in run.SCREEN} <= xcb
    assert {library.name for library in run.PRINTERS} <= needed(plugins / "printsupport" / "libcupsprintersupport.so")


def needed(library: Path) -> set[str]:
    """The libraries that one names, directly or through Qt's own; as `ldd` says, without loading the file."""
    said = subprocess.run(["ldd", str(library)], capture_output=True, text=True, check=True)
    return {line.split()[0] for line in said.stdout.splitlines()}


def test_without_a_screen_the_window_says_so_and_prepares_nothing(
    monkeypatch: pytest.MonkeyPatch, desktop: Path
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(run.Stop, match="no screen") as stop:
        run.app([])
    assert stop.value.status == 2
    assert list(desktop.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], []),
        (["school.eic"], ["--file", "school.eic"]),
        (["--lang", "en"], ["--lang", "en"]),
        (["--lang=en"], ["--lang=en"]),
    ],
)
def test_the_window_is_opened_with_the_file_that_is_named(
    monkeypatch: pytest.MonkeyPatch, desktop: Path, words: list[str], asked: list[str]
) -> None:
    opened: list[list[str]] = []
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr(run, "install_libraries", lambda *_libraries: None)
    monkeypatch.setattr(run, "prepare", lambda _lock: None)

    def open_window(words: list[str]) -> int:
        opened.append(words)
        return 5

    monkeypatch.setattr(run, "become", open_window)
    monkeypatch.setattr(run, "open_on_windows", open_window)
    assert run.app(words) == 5
    expected = [str(Path(word).absolute()) if word.endswith(".eic") else word for word in asked]
    assert opened == [["-P", "-m", "eic_tracker", *expected]]
    assert len(list(desktop.iterdir())) == 1 or not sys.platform.startswith("linux")


@on_linux
def test_the_starter_lies_on_the_desktop_and_follows_the_project(
    desktop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    run.leave_starter()
    (path,) = desktop.iterdir()
    assert path.name == "Abrir EIC Tracker.desktop"
    assert os.access(path, os.X_OK)
    assert f"by double click: {path}" in capsys.readouterr().err
    entry = configparser.RawConfigParser()
    entry.read_string(path.read_text(encoding="utf-8"))
    python = getattr(sys, "_base_executable", sys.executable)
    assert shlex.split(entry["Desktop Entry"]["Exec"]) == [python, str(run.ROOT / "run.py"), "app", "%f"]

    run.leave_starter()
    assert capsys.readouterr().err == "", "nothing to do, nothing said"
    monkeypatch.setattr(run, "ROOT", tmp_path / "moved")
    run.leave_starter()
    assert str(tmp_path / "moved" / "run.py") in path.read_text(encoding="utf-8")
    assert [path] == list(desktop.iterdir())


@on_linux
def test_a_file_of_somebody_else_under_that_name_stays(desktop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = desktop / "Abrir EIC Tracker.desktop"
    theirs.write_bytes(b"\xff their own")
    run.leave_starter()
    assert theirs.read_bytes() == b"\xff their own"
    assert "queda como está" in capsys.readouterr().err


@on_linux
def test_without_a_desktop_the_starter_lies_in_the_project(desktop: Path) -> None:
    desktop.rmdir()
    run.leave_starter()
    assert [path.name for path in run.ROOT.iterdir()] == ["Abrir EIC Tracker.desktop"]


@on_linux
def test_a_desktop_that_takes_nothing_does_not_keep_the_window_shut(
    desktop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desktop / "Abrir EIC Tracker.desktop").mkdir()
    run.leave_starter()
    assert "no quedó el iniciador" in capsys.readouterr().err


def test_the_starters_of_other_systems_call_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ROOT", Path("/a/100% ñ"))
    name, text = run.starter("win32")
    assert name == "Abrir EIC Tracker.cmd"
    assert 'run.py" "app" %*\r\nif errorlevel 1 pause\r\n' in text
    assert "100%% ñ" in text
    assert text.startswith("@echo off\r\n")
    name, text = run.starter("darwin")
    assert name == "Abrir EIC Tracker.command"
    assert text.startswith("#!/bin/sh\n")
    assert shlex.split(text.splitlines()[-1])[2:] == [str(run.ROOT / "run.py"), "app", "$@"]


def test_words_of_a_desktop_entry_are_quoted_twice() -> None:
    assert run.desktop_word("/a b/c") == '"/a b/c"'
    assert run.desktop_word('$"`\\%') == r'"\\$\\"\\`\\\\%%"'
