"""The forms about those who teach as places of the window."""

from __future__ import annotations

from eic_tracker.domain.teaching_rules import TeachingKind
from eic_tracker.gui.place import Place


def form_place(kind: TeachingKind, key: int | None = None, **of: int | None) -> Place:
    """The form of a row, or of a new one of an `owner` or in an `offering`."""
    return Place("teaching_form", key, {"kind": kind.value, **{name: value for name, value in of.items() if value}})
