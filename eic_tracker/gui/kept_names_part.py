"""Names of pupils that are kept with a class group, for who may read them; one goes where a consent is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.record_parts import ScrollPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import N_
from eic_tracker.services.kept_names import KeptNames

_COLUMNS = (
    Column("name", N_("Name"), lambda row, _t: row.name, width=32, stretch=True),
    Column("section", N_("Section"), lambda row, _t: row.section, width=10),
    Column("consent_on", N_("Consent of"), lambda row, t: t.date(row.consent_on), width=14),
    Column("document", N_("Document of the consent"), lambda row, _t: row.document, width=28),
)


class KeptNamesPart(ScrollPart):
    """The page reads the names and hands them over; nothing of them is part of a place or a state."""

    forget_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.names: SmallTable | None = None
        self._may_forget = right(around.acting, Action.PUPIL_NAMES) is Right.YES and not around.read_only

    def show_detail(self, detail: Any, state: Mapping[str, Any]) -> None:
        """The record itself says nothing here."""

    def show_names(self, found: KeptNames) -> None:
        """Show what is kept now."""
        super().show_detail(found, {})

    def fill(self, detail: KeptNames) -> None:
        """One table, and until when."""
        t, found = self.t, detail
        card = self.card(t("Names kept with this group"))
        if found.purge_on is not None:
            told = t(
                "Kept until {date}; on that day they leave the file by themselves. Registrars and managers read them "
                "here; no list, search, export or count holds them.",
                date=t.date(found.purge_on),
            )
            self.say(card, told)
        rows = {each.id: each for each in found.names}
        self.names = self.table(card, _COLUMNS, rows, t("No name is kept with this group."))
        if self.names is not None and self._may_forget:
            self.names.opened.connect(self.ask_to_forget)
            forget = deed_button(Deed(t("Take the marked name out…"), self._forget_marked), look="link")
            card.add(forget)
        if found.purged:
            gone = t.plural("{count} name was purged.", "{count} names were purged.", found.purged)
            self.say(card, gone, muted=True)

    def ask_to_forget(self, key: int) -> None:
        """Ask before a name goes for good."""
        if self.names is None or not self._may_forget:
            return
        t = self.t
        title = t("Take this name out for good? Nothing brings it back.")
        popup = ChoicePopup("forget", title, t, self.window())
        popup.chosen.connect(lambda code, _words: self.forget_wanted.emit(key) if code == "forget" else None)
        popup.move(self.names.mapToGlobal(self.names.rect().bottomLeft()))
        popup.offer([("leave", t("Leave it")), ("forget", t("Take it out for good"))])

    def _forget_marked(self) -> None:
        key = self.names.current_key() if self.names is not None else None
        if key is not None:
            self.ask_to_forget(key)
