"""An open file as the window holds it; made by app.py, which alone knows how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.gui.jobs import Jobs
from eic_tracker.i18n import Translator


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The door to a file, what it is, and who else holds it."""

    jobs: Jobs
    path: Path
    uid: str
    demonstration: bool
    today: Callable[[], dt.date]
    """the file's own day in a demonstration, else the day in Honduras"""
    read_only: bool
    """whether this window only reads"""
    held_by: str
    """who writes in it in another window; empty where this window does, or nobody can"""
    close: Callable[[], None]


def read_only_words(held_by: str, t: Translator) -> str:
    """Why a file is only read: another window writes in it, else its disk takes nothing."""
    if held_by:
        return t("{who} writes in this file now: here it is only read.", who=held_by)
    return t(
        "The disk or folder of this file is read-only: it is only read. To work in it, move it where you may write."
    )
