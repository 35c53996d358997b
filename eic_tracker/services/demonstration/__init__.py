"""The demonstration file: synthetic rows that meet the published totals exactly."""

from eic_tracker.services.demonstration.apart import build_apart
from eic_tracker.services.demonstration.builder import SEED, TODAY, build_demonstration
from eic_tracker.services.demonstration.replacing import may_replace, remove_demonstration

__all__ = ["SEED", "TODAY", "build_apart", "build_demonstration", "may_replace", "remove_demonstration"]
