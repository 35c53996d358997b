"""The pictures of one walk, taken in a process of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QWidget

from tests.shots.checks import Finding
from tests.shots.walk import Walk, walk

FOLDER = Path("build") / "shots"
_FAST = 80
"""Little compression: pictures are many and do not stay."""


def photograph(template: Path, chosen: Walk) -> list[Finding]:
    """One walk in a process of its own, with a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.environ[name] = home
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_say)
        theme = "dark" if chosen.dark else "light"

        def shown(sight: QWidget, scene: str, size: str) -> None:
            path = FOLDER / f"{scene}-{size}-{chosen.language}-{theme}.png"
            writer = QImageWriter(str(path))
            writer.setQuality(_FAST)
            writer.write(sight.grab().toImage())

        return walk(template, chosen, shown)


def _say(_kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
    """Pass on what Qt says, but for what a screen that is only memory cannot do."""
    if text and "This plugin does not support" not in text:
        print(text, file=sys.stderr)
