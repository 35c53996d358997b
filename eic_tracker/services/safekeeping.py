"""Copies and check-ups of the file: an administrator's."""

from __future__ import annotations

from pathlib import Path

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.services.sign_in import actor
from eic_tracker.store import copies, restoring
from eic_tracker.store.database import Database
from eic_tracker.store.restoring import Restored


def back_up(db: Database, acting: ActingUser, to: Path | None) -> Path:
    """A verified copy at `to`, or among the automatic copies; its path."""
    require(acting, Action.ADMINISTER)
    return copies.automatic_copy(db.path, "backup") if to is None else copies.backup(db.path, to)


def restore_copy(copy: Path, path: Path, acting: ActingUser) -> Restored:
    """Put a copy in place of a file that nobody has open; the present file is kept aside."""
    require(acting, Action.ADMINISTER)
    return restoring.restore(copy, path, actor(acting))
