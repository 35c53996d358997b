"""One line for each measured figure: what, how long, beside which baseline, and the bar."""

from __future__ import annotations

import sys


def show(what: str, seconds: float, baseline: str, baseline_seconds: float, *, at_most: float) -> bool:
    """Print the figure beside its baseline; whether the ratio keeps to the bar."""
    holds = seconds / baseline_seconds <= at_most
    _print(what, seconds, baseline, baseline_seconds, f"bar {at_most:g}: {'holds' if holds else 'BROKEN'}")
    return holds


def tell(what: str, seconds: float, baseline: str, baseline_seconds: float) -> None:
    """Print a figure beside one that it is not held to."""
    _print(what, seconds, baseline, baseline_seconds, "told, not held to")


def _print(what: str, seconds: float, baseline: str, baseline_seconds: float, said: str) -> None:
    ratio = seconds / baseline_seconds
    print(
        f"{what}: {seconds:.3f} s; {baseline}: {baseline_seconds:.3f} s; {ratio:.2f} times ({said})",
        file=sys.__stderr__,
    )
