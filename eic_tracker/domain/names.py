"""How names are folded for matching and searching, and ordered as Spanish orders them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def _without_marks(text: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, hyphens and double spaces, the same for data and queries: Núñez = NUNEZ."""
    plain = _without_marks(text).casefold()
    return " ".join("".join(ch if ch.isalnum() else " " for ch in plain).split())


@lru_cache(maxsize=65536)
def sort_key(text: str) -> str:
    """A key that orders as Spanish dictionaries do: accents ignored, ñ after every n."""
    marked = unicodedata.normalize("NFC", text).casefold().replace("ñ", "n\uffff")
    kept = "".join(ch for ch in unicodedata.normalize("NFKD", marked) if not unicodedata.combining(ch))
    return " ".join(kept.split())


def match_key(given_names: str, surnames: str) -> str:
    """The folded words of a whole name in alphabetical order, so that the order of writing does not matter."""
    return " ".join(sorted(fold(f"{given_names} {surnames}").split()))
