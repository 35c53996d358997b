"""The one place that reads the clock; rules get `today` and `now` as arguments."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

HONDURAS = ZoneInfo("America/Tegucigalpa")


def now_utc() -> dt.datetime:
    """The present moment, aware, in UTC, whole microseconds."""
    return dt.datetime.now(dt.UTC)


def local_date(moment: dt.datetime) -> dt.date:
    """The calendar date in Honduras (UTC-6, no summer time) of an aware moment."""
    return moment.astimezone(HONDURAS).date()
