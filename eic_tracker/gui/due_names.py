"""Names of pupils whose day has come leave the file by themselves when somebody who may begins to work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from eic_tracker.domain.permissions import Action
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.services.names_due import names_are_due


def purge_names_that_are_due(
    around: Surroundings, owner: QObject, said: Callable[[str], None], failed: Callable[[Failure], None]
) -> None:
    """Look, and purge where it is time; then say how many went."""
    if around.read_only or not around.may(Action.PUPIL_NAMES):
        return

    def purge(due: bool) -> None:
        if not due:
            return
        # loaded only on the day itself: what writes takes its time
        from eic_tracker.services.name_keeping import purge_due_names

        around.jobs.write(purge_due_names, around.acting, owner=owner, done=tell, failed=failed)

    def tell(count: int) -> None:
        said(
            around.t.plural(
                "The day has come: {count} name of a pupil left the file for good.",
                "The day has come: {count} names of pupils left the file for good.",
                count,
            )
        )

    around.jobs.read(names_are_due, around.acting, owner=owner, done=purge, failed=failed)
