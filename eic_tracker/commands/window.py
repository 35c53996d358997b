"""No command: the window. Qt is looked for only here, so that all else works without it."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path

from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator


def has_display() -> bool:
    """Whether a window can be shown: always but on a Linux without a desktop."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def open_window(args: argparse.Namespace, _t: Translator) -> int:
    """Open the window, on the file that is named; UserError where there is no display or no Qt."""
    return show(args.file)


def show(file: Path | None) -> int:
    """Open the window; its exit status when it is closed."""
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise UserError(N_("There is no display here to open a window on. Name a command; see --help."))
    # Nothing of what is loaded is garbage; the search for it would take a tenth of that time.
    gc.disable()
    try:
        from eic_tracker.app import run_window
    except ImportError as error:
        raise UserError(
            N_("The window needs system libraries that are missing here ({why}). “python3 run.py app” installs them."),
            why=error,
        ) from error
    finally:
        gc.enable()
    return run_window(file)
