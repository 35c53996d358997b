"""What a person sends to whoever keeps the program: versions and the way of an error, nobody's data."""

from __future__ import annotations

import re
from pathlib import PurePath

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from eic_tracker.i18n import N_, Translator
from eic_tracker.services.made_of import versions

_FRAME = re.compile(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d+)(?:, in (?P<name>\S+))?')
_LINKS = ("During handling of the above", "The above exception")
_KIND = re.compile(r"[A-Za-z_][\w.]*")


_NAMES = {"System": N_("System"), "Screen": N_("Screen")}


def system_report(t: Translator) -> str:
    """Versions of the program and of what it stands on, one a line; no names, no folders."""
    return "\n".join(f"{part_name(what, t)}: {version}" for what, version in all_versions())


def part_name(what: str, t: Translator) -> str:
    """What a version is of, in the person's language where it is not a name."""
    return t(_NAMES[what]) if what in _NAMES else what


def all_versions() -> tuple[tuple[str, str], ...]:
    """(what, version), Qt and the kind of screen among them."""
    return (*versions(), ("Qt", qVersion()), ("Screen", QGuiApplication.platformName()))


def bug_report(trace: str, t: Translator) -> str:
    """The versions and a trace without what an error quotes of the file: only kinds of errors, files, lines."""
    return f"{system_report(t)}\n\n{trace_without_data(trace)}"


def trace_without_data(trace: str) -> str:
    """Of a formatted trace the frames and the kind of each error; its sentence and folders may name people."""
    kept: list[str] = []
    in_frames = False
    for line in trace.splitlines():
        frame = _FRAME.match(line)
        if frame:
            kept.append(f"  {_short(frame['file'])}:{frame['line']} {frame['name'] or ''}".rstrip())
            in_frames = True
        elif line.startswith(_LINKS):
            kept.append("")
        elif in_frames and line and not line[0].isspace():
            kind = _KIND.match(line)
            kept.append(kind.group() if kind else "")
            in_frames = False
    return "\n".join(kept)


def _short(file: str) -> str:
    """The path from the package on: the folders before it may hold the person's name."""
    parts = PurePath(file.replace("\\", "/")).parts
    for anchor in ("eic_tracker", "site-packages"):
        if anchor in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(anchor) - 1 :])
    return parts[-1] if parts else ""
