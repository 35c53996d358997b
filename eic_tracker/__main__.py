"""`python -m eic_tracker`: the command line."""

from __future__ import annotations

import sys

from eic_tracker import quick_help


def main() -> int:
    """Run the command of the arguments; return its exit status."""
    if quick_help.shown(sys.argv[1:]):
        return 0
    from eic_tracker.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
