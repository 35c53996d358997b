"""EIC Tracker: courses, participants and graduation counts that reconcile with the published totals."""

__version__ = "0.1.0"
