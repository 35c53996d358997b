"""What a page is given: who acts on which file, the door to it, language and looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.domain.permissions import ActingUser, Action, Right, right
from eic_tracker.gui.jobs import Jobs
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.theme import Colours
from eic_tracker.i18n import Translator


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Given to every page when it is made; a change of user, language or theme makes the pages anew."""

    jobs: Jobs
    acting: ActingUser
    path: Path
    file_uid: str
    demonstration: bool
    read_only: bool
    today: dt.date
    t: Translator
    colours: Colours
    preferences: Preferences
    held_by: str = ""
    """who writes in the file in another window, where this one only reads"""

    def may(self, action: Action) -> bool:
        """Whether the user may do this at all; what they may not do is not shown."""
        return right(self.acting, action) is not Right.NO
