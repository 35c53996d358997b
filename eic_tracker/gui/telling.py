"""Says a notice in a message bar."""

from __future__ import annotations

from eic_tracker.gui.dialogs.bug_report import BugReport
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.widgets.deed import Deed
from eic_tracker.gui.widgets.message_bar import MessageBar
from eic_tracker.i18n import Translator


def tell_in(bar: MessageBar, notice: Notice, t: Translator) -> None:
    """Say it in a message bar; a bug comes with a button that shows its report, which names nobody."""
    deeds = (Deed(t("See the report…"), lambda: BugReport(notice.trace, t, bar.window()).open()),)
    bar.tell(notice.tone, notice.text, deeds=deeds if notice.trace else (), leaves=notice.leaves)
