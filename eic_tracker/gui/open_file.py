"""An open file as the window holds it; made by app.py, which alone knows how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.gui.jobs import Jobs


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The door to a file, what it is, and who else holds it."""

    jobs: Jobs
    path: Path
    uid: str
    demonstration: bool
    today: Callable[[], dt.date]
    """the file's own day in a demonstration, else the day in Honduras"""
    held_by: str
    """who writes in it in another window, since when; empty where this window does"""
    close: Callable[[], None]

    @property
    def read_only(self) -> bool:
        """Whether this window only reads."""
        return bool(self.held_by)
