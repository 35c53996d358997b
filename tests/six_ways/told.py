"""The figures as the commands tell them in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from tests.six_ways.asked import AS_OF, Asked

Ask = Callable[..., str]
"""Runs a command on the file and returns what it wrote."""


def answers(ask: Ask, figures: Sequence[Asked]) -> dict[str, int]:
    """Each figure as `counts` or `reconcile` tells it."""

    @cache
    def counts(programme: str, by: tuple[str, ...]) -> Any:
        words = ("--by", ",".join(by)) if by else ()
        return json.loads(ask("counts", "--programme", programme, *words, "--as-of", AS_OF, "--json"))

    reconciled = {row["key"]: row["counted"] for row in json.loads(ask("reconcile", "--as-of", AS_OF, "--json"))}

    def one(asked: Asked) -> int:
        if asked.published:
            return int(reconciled[asked.published])
        keys = {asked.by: asked.key} if asked.by else {}
        if asked.span:
            keys = {"quarter" if "Q" in asked.span else "year": asked.span, **keys}
        found = counts(asked.programme, tuple(keys))
        if not keys:
            return int(found["total"][asked.measure])
        wanted = {name.replace("-", "_"): value for name, value in keys.items()}
        rows = [row for row in found["rows"] if wanted.items() <= row.items()]
        return sum(int(row[asked.measure]) for row in rows)

    return {str(asked): one(asked) for asked in figures}
