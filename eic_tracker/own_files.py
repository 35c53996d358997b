"""Small JSON files of the person's own (settings, drafts): private, written whole, read without trust."""

from __future__ import annotations

import json
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

_ATTEMPTS = 5
_PAUSE_SECONDS = 0.02


def read_json(path: Path, most_bytes: int) -> dict[str, Any] | None:
    """The JSON object in a file; None where there is none, whatever lies there. OSError where it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except FileNotFoundError:
        return None
    if len(content) > most_bytes:
        return None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write an object so that only this person may read it, whole or not at all, on disk when this returns.

    OSError where the disk refuses; ValueError and TypeError where JSON cannot hold the value."""
    write_private(path, json.dumps(value, allow_nan=False, indent=1, sort_keys=True).encode("ascii"))


def write_private(path: Path, content: bytes) -> None:
    """Write bytes as `write_json` does."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123 - by number
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(part, path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def remove(path: Path) -> None:
    """Delete a file and what a crash may have left of writing it. OSError where the disk refuses."""
    path.unlink(missing_ok=True)
    for part in path.parent.glob(f".{path.name}.*.part"):
        part.unlink(missing_ok=True)


def set_aside(path: Path, name: str) -> None:
    """Give a file that says nothing sound another name beside it; where that fails it is left."""
    with suppress(OSError):
        path.replace(path.with_name(name))


def _put_in_place(part: Path, path: Path) -> None:
    for attempt in range(_ATTEMPTS):
        try:
            part.replace(path)
            return
        except PermissionError:
            # Windows refuses while a scanner looks at the file, which is soon over.
            if os.name != "nt" or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE_SECONDS)
