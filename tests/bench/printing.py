"""One line for each measured figure: what, how long, beside which baseline, and the bar."""

from __future__ import annotations

import sys


def show(what: str, seconds: float, baseline: str, baseline_seconds: float, *, at_most: float) -> bool:
    """Print the figure beside its baseline; whether the ratio keeps to the bar."""
    ratio = seconds / baseline_seconds
    holds = ratio <= at_most
    print(
        f"{what}: {seconds:.3f} s; {baseline}: {baseline_seconds:.3f} s; "
        f"{ratio:.2f} times (bar {at_most:g}: {'holds' if holds else 'BROKEN'})",
        file=sys.__stderr__,
    )
    return holds
