"""`--help` without building the parser: the page is kept ready for each language (a test compares it)."""

from __future__ import annotations

import os
import sys

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_PLACES = (os.path.join(_FOLDER, "_resources"), os.path.join(os.path.dirname(_FOLDER), "resources"))


def shown(arguments: list[str]) -> bool:
    """Print the page when nothing but help is asked for; False where the parser has to look."""
    language = "es"
    words = list(arguments)
    if words[:1] == ["--lang"] and words[1:2] in (["es"], ["en"]):
        language = words[1]
        words = words[2:]
    if words not in (["--help"], ["-h"]):
        return False
    for place in _PLACES:
        path = os.path.join(place, "help", f"command-line.{language}.txt")
        if os.path.exists(path):
            with open(path, "rb") as file:
                sys.stdout.buffer.write(file.read())
            return True
    return False
