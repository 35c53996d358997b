#!/usr/bin/env python3
"""Prepare EIC Tracker and run it: `python3 run.py`; see `python3 run.py --help`.

Standard library only. Keeps its own environment in .venv, brought up to date when a lock file changed and made anew
when an earlier preparation did not finish.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import locale
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

if sys.version_info < (3, 11):  # noqa: UP036 - this very file is what an older Python is given
    sys.exit(
        f"EIC Tracker necesita Python 3.11 o posterior; este es {sys.version_info[0]}.{sys.version_info[1]}.\n"
        f"EIC Tracker needs Python 3.11 or later; this is {sys.version_info[0]}.{sys.version_info[1]}."
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "prepared.json"
LOCK_OF_RUN = ROOT / ".venv.lock"
RUN = "requirements.lock"
DEV = "requirements-dev.lock"
WINDOWS = os.name == "nt"
LAYOUT = 1
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
WRONG_USE = 2

HELP = """\
python3 run.py                       prepara todo y hace el trabajo principal en build/demo
                                     prepare everything and run the main job into build/demo
python3 run.py app [FILE]            abre la ventana y deja «Abrir EIC Tracker» en el escritorio
                                     open the window and leave a double-click starter on the desktop
python3 run.py eic-tracker ARGS...   la línea de comandos / the command line
python3 run.py test [--all] [-- ARGS...]
                                     todas las comprobaciones; --all instala además los programas externos
                                     all checks; --all also installs the outside programs (so does CI=true)
python3 run.py bench [-- ARGS...]    mide la velocidad / measure the speed
python3 run.py shots [ARGS...]       retrata cada página en build/shots / a picture of each page in build/shots
python3 run.py translations          reúne y compila los textos / gather and compile the texts
"""


class Program(NamedTuple):
    """An outside program that some tests call: its Debian package and what it checks."""

    name: str
    package: str
    checks: str


PROGRAMS = (
    Program("soffice", "libreoffice-calc", "the workbooks, recalculated by LibreOffice"),
    Program("strace", "strace", "faults at each write, power cuts, syncs really asked for"),
    Program("Xvfb", "xvfb", "the window on a screen"),
    Program("openbox", "openbox", "the window under a window manager"),
    Program("xdotool", "xdotool", "the window by real keys"),
    Program("chromium", "chromium", "the page that verifies certificates, in a browser"),
    Program("chromedriver", "chromium-driver", "the same page, led by a driver"),
    Program("zbarimg", "zbar-tools", "the codes of printed certificates, read by another reader"),
    Program("qpdf", "qpdf", "the PDF files, checked by another program"),
    Program("pdftotext", "poppler-utils", "the words of printed certificates, read by another program"),
)


class Library(NamedTuple):
    """A system library that Qt loads, and its Debian package; their own dependencies bring the others."""

    name: str
    package: str


QT = (
    Library("libglib-2.0.so.0", "libglib2.0-0"),
    Library("libGL.so.1", "libgl1"),
    Library("libEGL.so.1", "libegl1"),
    Library("libxkbcommon.so.0", "libxkbcommon0"),
    Library("libdbus-1.so.3", "libdbus-1-3"),
    Library("libfontconfig.so.1", "libfontconfig1"),
)
SCREEN = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Library("libxcb-shape.so.0", "libxcb-shape0"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
PRINTERS = (Library("libcups.so.2", "libcups2"),)

STARTER = "Abrir EIC Tracker"
STARTER_MARK = "run.py de EIC Tracker escribe este archivo / written by run.py of EIC Tracker"


class Stop(Exception):
    """Preparation cannot go on: a sentence for the person and the exit status."""

    def __init__(self, spanish: str, english: str, status: int = 1) -> None:
        super().__init__(english)
        self.spanish = spanish
        self.english = english
        self.status = status


def languages() -> str:
    """`es` or `en` by the environment; both where it names neither."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return named[:2] if named[:2] in {"es", "en"} else "es en"


def say(spanish: str, english: str) -> None:
    """Tell the person, on the error stream: the standard output belongs to the command that is run."""
    for language, text in (("es", spanish), ("en", english)):
        if language in languages():
            print("run.py: " + text, file=sys.stderr, flush=True)


def venv_python() -> Path:
    """The interpreter of the environment."""
    return VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python"


def clean_environment() -> dict[str, str]:
    """The environment for children: the machine's settings without another Python's paths, and with kept byte code."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in os.environ.items() if name not in dropped}


def identity() -> str:
    """What the environment hangs on besides the locks: Python, platform, place of the project, layout."""
    return " ".join([sys.implementation.name, PYTHON, sysconfig.get_platform(), str(ROOT), str(LAYOUT)])


def digest(lock: str) -> str:
    """The fingerprint of a lock file."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    """What was finished in the environment; empty where nothing is known or nothing stands."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    sound = isinstance(stamp, dict) and stamp.get("identity") == identity() and venv_python().exists()
    return stamp if sound else {}


def is_prepared(lock: str) -> bool:
    """Whether what stands was installed from `lock` as it is today."""
    return read_stamp().get(lock) == digest(lock)


def write_stamp(locks: tuple[str, ...]) -> None:
    """Say that all is done: written last, and whole or not at all."""
    content = {"identity": identity(), **{lock: digest(lock) for lock in locks}}
    temporary = STAMP.with_suffix(".new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(STAMP)


def is_debian() -> bool:
    """Whether system packages come from apt here."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def missing_for_python() -> list[str]:
    """Debian packages without which no environment can be made and nothing be downloaded safely."""
    packages = []
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        packages.append(f"python{PYTHON}-venv")
    if is_debian() and not Path("/etc/ssl/certs/ca-certificates.crt").exists():
        packages.append("ca-certificates")
    return packages


def may_install() -> list[str] | None:
    """The words before apt-get with which this user may install; None where the user may not."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return [sudo, "-n", "env", "DEBIAN_FRONTEND=noninteractive"] if asked.returncode == 0 else None


def line_to_type(packages: list[str]) -> str:
    """The one line that installs the packages by hand."""
    update, install = "apt-get update", f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("sudo"):
        return f"sudo {update} && sudo {install}"
    return f"su -c '{update} && {install}'"


def install_packages(packages: list[str], purpose_es: str, purpose_en: str) -> None:
    """Install Debian packages, or say which line does it; raises Stop with status 2."""
    names = " ".join(packages)
    if not is_debian():
        raise Stop(
            f"{purpose_es}; instale lo que en Debian se llama: {names}",
            f"{purpose_en}; install what Debian calls: {names}",
            WRONG_USE,
        )
    before = may_install()
    if before is None:
        line = line_to_type(packages)
        raise Stop(f"{purpose_es}; escriba: {line}", f"{purpose_en}; type: {line}", WRONG_USE)
    say(f"{purpose_es}: instalo con apt-get {names}", f"{purpose_en}: apt-get installs {names}")
    apt = [*before, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            check=False,
        )
        if done.returncode:
            print(done.stdout.decode(errors="replace"), file=sys.stderr, flush=True)
            line = line_to_type(packages)
            raise Stop(f"apt-get no terminó; escriba: {line}", f"apt-get failed; type: {line}", WRONG_USE)


@contextlib.contextmanager
def alone() -> Iterator[int]:
    """Wait until no other run.py prepares. Gives the lock's file number: children that hold it too keep others away."""
    with LOCK_OF_RUN.open("a+b") as file:
        if not try_lock(file.fileno()):
            say("otro run.py está preparando; espero", "another run.py is preparing; waiting")
            while not try_lock(file.fileno()):
                time.sleep(0.2)
        yield file.fileno()


def try_lock(number: int) -> bool:
    """Take the lock unless another process has it; the system lets go of it when its holders end, however they end."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(number, 0, os.SEEK_SET)
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def call(words: list[str], held: int, extra: dict[str, str] | None = None) -> int:
    """Run one step of the preparation with its output on the error stream; the exit status."""
    environment = {**clean_environment(), **(extra or {})}
    kept: tuple[int, ...] = () if WINDOWS else (held,)
    return subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, pass_fds=kept, check=False
    ).returncode


def make_environment(held: int) -> None:
    """A new, empty environment in place of whatever stands there."""
    if VENV.exists() or VENV.is_symlink():
        say("quito el entorno anterior o incompleto", "removing the earlier or unfinished environment")
        STAMP.unlink(missing_ok=True)
        if VENV.is_symlink():
            VENV.unlink()
        else:
            shutil.rmtree(VENV)
    say(f"creo el entorno en {VENV}", f"making the environment in {VENV}")
    python = getattr(sys, "_base_executable", None) or sys.executable
    if call([python, "-m", "venv", str(VENV)], held):
        raise Stop("no se pudo crear el entorno; vea lo de arriba", "the environment was not made; see above")
    paths = sysconfig.get_paths("venv", {"base": str(VENV), "platbase": str(VENV)})
    encoding = "utf-8" if sys.version_info >= (3, 13) else locale.getencoding()
    (Path(paths["purelib"]) / "eic_tracker.pth").write_text(f"{ROOT}\n", encoding=encoding)


def install(lock: str, held: int) -> None:
    """Download and install what a lock names, each file checked against its hash."""
    count = sum(1 for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "==" in line)
    say(f"descargo e instalo hasta {count} paquetes de {lock}", f"installing up to {count} packages of {lock}")
    words = [str(venv_python()), "-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check"]
    failed = call([*words, "--no-deps", "--require-hashes", "-r", str(ROOT / lock)], held, {"PIP_USER": "0"})
    if failed:
        raise Stop(
            "pip no terminó (arriba dice por qué: red, proxy, disco); repita la misma orden cuando esté resuelto",
            "pip did not finish (the reason is above: network, proxy, disk); repeat the command once it is solved",
        )


def prepare(lock: str) -> None:
    """Make the environment fit `lock`; does nothing where it already does."""
    if is_prepared(lock):
        return
    with alone() as held:
        if is_prepared(lock):
            return
        started = time.monotonic()
        dev_stands = is_prepared(DEV)
        if not read_stamp():
            packages = missing_for_python()
            if packages:
                install_packages(packages, "Python no está completo aquí", "Python is not complete here")
                importlib.invalidate_caches()
            make_environment(held)
        STAMP.unlink(missing_ok=True)
        install(lock, held)
        # requirements-dev.lock names all of requirements.lock at the same versions: a test compares them
        write_stamp((RUN, DEV) if lock == DEV or dev_stands else (RUN,))
        seconds = round(time.monotonic() - started)
        say(f"entorno listo en {seconds} s", f"environment ready in {seconds} s")


def become(words: list[str]) -> int:
    """Run the interpreter of the environment in place of this one; only Windows comes back, with the exit status."""
    command = [str(venv_python()), *words]
    if not WINDOWS:
        os.execve(command[0], command, clean_environment())
    with subprocess.Popen(command, env=clean_environment()) as child:
        while True:
            # Ctrl-C reaches the child as well, and the child decides
            with contextlib.suppress(KeyboardInterrupt):
                return child.wait()


def command_line(arguments: list[str]) -> int:
    """`eic-tracker ARGS…` in the environment, in the caller's folder; adds nothing to its output or exit status."""
    prepare(RUN)
    return become(["-P", "-m", "eic_tracker", *arguments])


def main_job() -> int:
    """The demonstration, from nothing to papers, into build/demo."""
    prepare(RUN)
    os.chdir(ROOT)
    words = ["demo", "--out", str(Path("build") / "demo"), "--no-window"]
    say("eic-tracker " + " ".join(words), "eic-tracker " + " ".join(words))
    return become(["-P", "-m", "eic_tracker", *words])


def missing_programs() -> list[Program]:
    """The outside programs that are not on this machine."""
    return [program for program in PROGRAMS if shutil.which(program.name) is None]


def missing_libraries(libraries: tuple[Library, ...]) -> list[Library]:
    """The system libraries that cannot be loaded here; only on Linux do they not come with the packages."""
    return [library for library in libraries if sys.platform.startswith("linux") and not loads(library.name)]


def loads(name: str) -> bool:
    """Whether the system finds a library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_libraries(*libraries: Library) -> None:
    """Bring the system libraries of Qt, and what preparing needs, in one go; raises Stop where one stays missing."""
    wanted = missing_libraries(libraries)
    if not wanted:
        return
    packages = sorted({*missing_for_python(), *(library.package for library in wanted)})
    install_packages(packages, "faltan bibliotecas para la ventana", "system libraries of the window are missing")
    names = ", ".join(library.name for library in missing_libraries(libraries))
    if names:
        raise Stop(f"siguen faltando: {names}", f"still missing: {names}")


def install_programs() -> None:
    """Bring the outside programs that tests call, and all of Qt's libraries; raises Stop where one stays missing."""
    packages = [program.package for program in missing_programs()]
    packages += [library.package for library in missing_libraries(QT + SCREEN)]
    if packages:
        packages = sorted({*missing_for_python(), *packages})
        install_packages(packages, "faltan programas para las pruebas", "programs that tests need are missing")
    missing = [program.name for program in missing_programs()]
    missing += [library.name for library in missing_libraries(QT + SCREEN)]
    if missing:
        names = ", ".join(missing)
        raise Stop(f"siguen faltando: {names}", f"still missing: {names}")


def has_display() -> bool:
    """Whether a window can be shown, as far as the environment says."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return named or not sys.platform.startswith("linux")


def app(arguments: list[str]) -> int:
    """The window, with the file that is named or else the last one; a starter for the next time lies on the desktop."""
    if not has_display():
        raise Stop(
            "aquí no hay pantalla: abra la ventana desde una sesión gráfica",
            "there is no screen here: open the window from a graphical session",
            WRONG_USE,
        )
    install_libraries(*QT, *SCREEN, *PRINTERS)
    prepare(RUN)
    leave_starter()
    named = [word for word in arguments if not word.startswith("-")]
    words = ["--file", str(Path(arguments[0]).absolute())] if len(arguments) == len(named) == 1 else arguments
    words = ["-P", "-m", "eic_tracker", *words]
    return open_on_windows(words) if sys.platform == "win32" else become(words)


def open_on_windows(words: list[str]) -> int:
    """Start the window without a console of its own, and stay just long enough to see that it did start."""
    child = subprocess.Popen([str(venv_python().with_name("pythonw.exe")), *words], env=clean_environment())
    try:
        return child.wait(3)
    except subprocess.TimeoutExpired:
        return 0


def leave_starter() -> None:
    """Write the starter where it is missing or says another place; a file of somebody else's is left as it is."""
    folder = desktop_folder() or ROOT
    name, text = starter()
    path = folder / name
    try:
        present = path.read_text(encoding="utf-8", errors="replace") if path.exists() else None
        if present == text:
            return
        if present is not None and STARTER_MARK not in present:
            say(f"{path} no es mío: queda como está", f"{path} is not mine: left as it is")
            return
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        with temporary.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        temporary.chmod(0o755)
        temporary.replace(path)
    except OSError as error:
        say(f"no quedó el iniciador {path}: {error}", f"the starter {path} was not written: {error}")
        return
    if shutil.which("gio"):
        # GNOME opens a starter on the desktop only once it is called trusted
        words = ["gio", "set", str(path), "metadata::trusted", "true"]
        subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    say(f"para abrir con doble clic: {path}", f"to open it by double click: {path}")


def starter(system: str = sys.platform) -> tuple[str, str]:
    """The file name and the text of the starter of a system."""
    words = [getattr(sys, "_base_executable", None) or sys.executable, str(ROOT / "run.py"), "app"]
    if system == "win32":
        line = " ".join('"' + word.replace("%", "%%") + '"' for word in words)
        lines = ["@echo off", f"rem {STARTER_MARK}", "chcp 65001 >nul", f"{line} %*", "if errorlevel 1 pause"]
        return f"{STARTER}.cmd", "\r\n".join([*lines, ""])
    if system == "darwin":
        return f"{STARTER}.command", f'#!/bin/sh\n# {STARTER_MARK}\nexec {shlex.join(words)} "$@"\n'
    lines = [
        "[Desktop Entry]",
        f"# {STARTER_MARK}",
        "Type=Application",
        f"Name={STARTER}",
        "Name[en]=Open EIC Tracker",
        "Comment=Cursos, instructores, participantes y egresos",
        "Comment[en]=Courses, instructors, participants and completions",
        f"Exec={' '.join(map(desktop_word, words))} %f",
        "Terminal=false",
        "Categories=Office;",
    ]
    return f"{STARTER}.desktop", "\n".join([*lines, ""])


def desktop_word(word: str) -> str:
    """A word of a command as the Desktop Entry Specification quotes it, first as an argument and then as a value."""
    quoted = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return '"' + quoted.replace("\\", "\\\\") + '"'


def desktop_folder() -> Path | None:
    """The person's desktop folder; None where there is none."""
    home = Path.home()
    if sys.platform == "win32":
        found = windows_desktop()
    else:
        found = home / "Desktop"
        configuration = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "user-dirs.dirs"
        with contextlib.suppress(OSError):
            named = re.search(r'^XDG_DESKTOP_DIR="(.+)"', configuration.read_text(encoding="utf-8"), re.MULTILINE)
            if named and sys.platform.startswith("linux"):
                found = Path(named[1].replace("$HOME", str(home)))
    return found if found.is_dir() and found != home else None


def windows_desktop() -> Path:
    """The desktop as Windows has it, which may lie in a synchronised folder."""
    if sys.platform == "win32":
        import winreg

        key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            return Path(os.path.expandvars(str(winreg.QueryValueEx(opened, "Desktop")[0])))
    return Path.home() / "Desktop"


def test(arguments: list[str]) -> int:
    """All checks; the status is other than 0 when one failed."""
    own, pytest_words = split(arguments, {"--all"})
    everything = "--all" in own or os.environ.get("CI", "").lower() in {"true", "1"}
    if everything:
        install_programs()
    install_libraries(*QT)
    prepare(DEV)
    os.chdir(ROOT)
    return become([str(Path(".ci") / "checks.py"), *(["--all"] if everything else []), "--", *pytest_words])


def bench(arguments: list[str]) -> int:
    """Each figure beside the baseline measured in the same run."""
    _, pytest_words = split(arguments, set())
    install_libraries(*QT)
    prepare(DEV)
    os.chdir(ROOT)
    words = ["tests/bench", "-s", "-p", "no:xdist", "--timeout", "1800"]
    return become(["-m", "pytest", *words, *pytest_words])


def shots(arguments: list[str]) -> int:
    """A picture of each page of the window, into build/shots; needs no screen."""
    install_libraries(*QT)
    prepare(DEV)
    os.chdir(ROOT)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return become(["-m", "tests.shots", *arguments])


def translations(arguments: list[str]) -> int:
    """Gather the texts of the code, merge them into the catalogues, compile."""
    prepare(DEV)
    os.chdir(ROOT)
    return become([str(Path(".ci") / "catalogue.py"), *arguments])


def split(arguments: list[str], known: set[str]) -> tuple[list[str], list[str]]:
    """The words before and after `--`; raises Stop for a word before it that is not known."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    for word in arguments[:at]:
        if word not in known:
            raise Stop(f"no conozco «{word}»; vea --help", f"unknown word '{word}'; see --help", WRONG_USE)
    return arguments[:at], arguments[at + 1 :]


def dispatch(arguments: list[str]) -> int:
    """Run the command that the words name; the exit status."""
    if not arguments:
        return main_job()
    name, rest = arguments[0], arguments[1:]
    if name in {"-h", "--help", "help"}:
        print(HELP, end="")
        return 0
    commands = {
        "app": app,
        "eic-tracker": command_line,
        "test": test,
        "bench": bench,
        "shots": shots,
        "translations": translations,
    }
    if name not in commands:
        raise Stop(f"no conozco «{name}»; vea --help", f"unknown command '{name}'; see --help", WRONG_USE)
    return commands[name](rest)


def main() -> int:
    """Run and tell what went wrong in one sentence; the exit status."""
    try:
        return dispatch(sys.argv[1:])
    except Stop as stop:
        say(stop.spanish, stop.english)
        return stop.status
    except OSError as error:
        say(f"no se pudo preparar: {error}", f"could not prepare: {error}")
        return 1
    except KeyboardInterrupt:
        say("interrumpido; repita la orden para terminar", "interrupted; repeat the command to finish")
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
