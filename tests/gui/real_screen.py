"""A screen of its own with a window manager, where keys and clicks come as from a person's hands."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class RealScreen:
    """An X display; programs started with `environment()` show their windows there."""

    display: str

    def environment(self) -> Mapping[str, str]:
        """What a program needs to open its window on this screen and nowhere else."""
        kept = {name: value for name, value in os.environ.items() if name not in {"WAYLAND_DISPLAY", "XAUTHORITY"}}
        return {**kept, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "QT_ACCESSIBILITY": "0"}

    def keys(self, *keys: str) -> None:
        """Press keys one after the other, as `ctrl+k` or `Return`."""
        self.xdotool("key", "--clearmodifiers", "--delay", "30", *keys)

    def text(self, text: str) -> None:
        """Type plain letters: others need a new keyboard map, which a busy machine may learn too late."""
        self.xdotool("type", "--clearmodifiers", "--delay", "30", text)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the screen."""
        self.xdotool("mousemove", str(x), str(y), "click", "1")

    def window(self, title: str) -> str:
        """The number of the window whose title holds a text, once it is shown and has the keyboard."""
        return self._until("search", "--onlyvisible", "--name", title).splitlines()[0]

    def activate(self, window: str) -> None:
        """Give a window the keyboard, through the window manager, and wait until it has it."""
        self.xdotool("windowactivate", "--sync", window)

    def size(self, window: str) -> tuple[int, int]:
        """Width and height of a window in pixels."""
        said = dict(line.split("=") for line in self.xdotool("getwindowgeometry", "--shell", window).split())
        return int(said["WIDTH"]), int(said["HEIGHT"])

    def xdotool(self, *words: str) -> str:
        """What xdotool prints; CalledProcessError where it fails."""
        done = subprocess.run(
            ["xdotool", *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=_PATIENCE,
        )
        return done.stdout

    def _until(self, *words: str) -> str:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                if said := self.xdotool(*words):
                    return said
            except subprocess.CalledProcessError:
                if time.monotonic() > until:
                    raise
            assert time.monotonic() < until, f"xdotool {' '.join(words)}: nothing within {_PATIENCE} s"
            time.sleep(0.05)

    def wait_for_manager(self) -> None:
        """Return once a window manager answers."""
        self._until("get_num_desktops")


@contextmanager
def real_screen(size: str = "1366x768") -> Iterator[RealScreen]:
    """A screen of that size with openbox on it; both end with the block."""
    with ExitStack() as stack:
        reading, writing = os.pipe()
        stack.callback(os.close, reading)
        words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
        quiet = subprocess.DEVNULL
        server = stack.enter_context(subprocess.Popen(words, pass_fds=[writing], stdout=quiet, stderr=quiet))
        stack.callback(server.terminate)
        os.close(writing)
        number = b""
        while not number.endswith(b"\n"):
            piece = os.read(reading, 16)
            assert piece, "Xvfb ended before it gave a display"
            number += piece
        screen = RealScreen(f":{int(number)}")
        manager = stack.enter_context(
            subprocess.Popen(["openbox"], env=dict(screen.environment()), stdout=quiet, stderr=quiet)
        )
        stack.callback(manager.terminate)
        screen.wait_for_manager()
        yield screen
