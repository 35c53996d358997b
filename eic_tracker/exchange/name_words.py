"""Which words people of the region are called by; only used to tell names apart, never to change or complete one."""

from __future__ import annotations

from functools import cache

from eic_tracker import paths


@cache
def _words(file: str) -> frozenset[str]:
    return frozenset((paths.resources() / "exchange" / file).read_text(encoding="utf-8").split())


def is_given_name(word: str) -> bool:
    """Whether a folded word is a common given name."""
    return word in _words("given_names.txt")


def is_family_name(word: str) -> bool:
    """Whether a folded word is a common family name."""
    return word in _words("family_names.txt")
