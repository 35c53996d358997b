"""Two records side by side: field by field which value stands, then one key makes one person of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui import theme
from eic_tracker.gui.grids.cells import name_of
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.person_sides import SideRow, side_rows
from eic_tracker.gui.place import Place
from eic_tracker.gui.sign_words import sign_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_
from eic_tracker.services.duplicates import LikelyDuplicate, duplicates_of
from eic_tracker.services.merging import MergeDraft, MergePreview, merge_people, merge_preview, tell_apart
from eic_tracker.services.profiles import PersonProfile, person_profile

_CHOICES = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True, Qt.Key.Key_Space: None}
"""Keys, and whether they take the value of the record that goes; None: the other than now."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and what merging the second into the first would do."""

    kept: PersonProfile
    gone: PersonProfile
    preview: MergePreview
    why: LikelyDuplicate | None


class SamePersonPage(Page):
    """A place's key is one record, its state names the `other` and the page to go `back` to."""

    name = "same_person"
    shows = frozenset({"participant", "participant_document", "enrolment", "certificate", "vetting"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self._asked: tuple[int, int] | None = None
        self._back = ""
        self.pair: Pair | None = None
        self.rows: dict[int, SideRow] = {}
        self.why = sentence("")
        self.effect = sentence("", muted=True)
        self.table = SmallTable(t("Field by field"), _COLUMNS, around)
        self.table.installEventFilter(self)
        self.table.opened.connect(lambda _key: self.choose())
        self.failed_view = StateView(around.colours)
        self.failed_view.hide()
        self.merge_button = deed_button(Deed(t("It is one person: join them"), self.merge), look="primary")
        self.merge_button.setToolTip("Ctrl+Enter")
        self.apart_button = deed_button(Deed(t("They are two people"), self.apart))
        self.apart_button.setToolTip("Ctrl+J")
        foot = QWidget()
        line = FlowLayout(foot, theme.GAP)
        line.addWidget(self.merge_button)
        line.addWidget(self.apart_button)
        self._body: tuple[QWidget, ...] = (self.why, self.table, self.effect, foot)
        self.layout_of_page.addWidget(self.why)
        self.layout_of_page.addWidget(self.table, 1)
        self.layout_of_page.addWidget(self.effect)
        self.layout_of_page.addWidget(foot)
        self.layout_of_page.addWidget(self.failed_view, 1)
        for keys, act in (("Ctrl+Return", self.merge), ("Ctrl+Enter", self.merge), ("Ctrl+J", self.apart)):
            page_shortcut(keys, self).activated.connect(act)
        self.set_title(t("The same person?"))

    def show_place(self, place: Place) -> None:
        """Read both; a pair that is in sight already keeps what was chosen."""
        other = place.state.get("other")
        asked = (place.key or 0, other if isinstance(other, int) else 0)
        self._back = str(place.state.get("back", ""))
        if asked != self._asked:
            self._asked, self.pair = asked, None
            self.table.show_rows({})
            self.rows = {}
        self.refresh()

    def state(self) -> dict[str, Any]:
        """The other record and where the person came from."""
        return {"other": self._asked[1] if self._asked else None, "back": self._back}

    def refresh(self) -> None:
        """Read both again."""
        if self._asked is not None:
            self.read(_read, *self._asked, self.around.today, done=self._show, failed=self._on_unread)

    def first_focus(self) -> QWidget:
        """The fields."""
        return self.table

    def merge(self) -> None:
        """Ctrl+Enter: one person in one entry, which Ctrl+Z takes back."""
        pair = self.pair
        if pair is None or not self.merge_button.isEnabled():
            return
        self._busy(True)
        take = frozenset(row.field for row in self.rows.values() if row.take)
        draft = MergeDraft(pair.preview.kept, pair.preview.gone, take)
        name = name_of(pair.kept.row, self.t)
        self._write(merge_people, draft, said=N_("{name}: the two records are one now."), name=name)

    def apart(self) -> None:
        """Ctrl+J: two people, who are not proposed again."""
        pair = self.pair
        if pair is None or not self.apart_button.isEnabled():
            return
        self._busy(True)
        said = N_("{name}: it is remembered that they are two people.")
        self._write(tell_apart, pair.preview.kept, pair.preview.gone, said=said, name=name_of(pair.kept.row, self.t))

    def choose(self, take: bool | None = None) -> None:
        """Take the value of the left record or of the right one for the field in sight; None: the other than now."""
        key = self.table.current_key()
        row = self.rows.get(key) if key is not None else None
        if key is None or row is None or not row.differs:
            return
        self.rows[key] = replace(row, take=not row.take if take is None else take)
        self.table.show_rows(self.rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Left and right choose, Space changes; all else walks the rows."""
        if (
            watched is self.table
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
            and event.key() in _CHOICES
        ):
            self.choose(_CHOICES[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _show(self, pair: Pair) -> None:
        t = self.t
        is_first = self.pair is None
        chosen = {row.field: row.take for row in self.rows.values()}
        self.pair = pair
        self._show_body(True)
        one, other = name_of(pair.kept.row, t), name_of(pair.gone.row, t)
        self.set_title(t("{one} and {other}", one=one, other=other) if one != other else f"{one} (2)")
        self.why.setText(
            t("What speaks for one person: {signs}.", signs=sign_words(pair.why.likeness.signs, t))
            if pair.why is not None
            else t("Nothing in the file says that they are one person.")
        )
        rows = side_rows(pair.kept, pair.gone, pair.preview, t)
        self.rows = {n: replace(row, take=chosen.get(row.field, row.take)) for n, row in enumerate(rows)}
        self.table.show_rows(self.rows)
        codes = [shared.code for shared in pair.preview.shared]
        said = t("Courses, certificates, documents and checks of both belong to the one person afterwards.")
        if codes:
            said += " " + t(
                "Both are on the roster of {courses}: one row is kept there, the other is taken off as a duplicate.",
                courses=", ".join(codes),
            )
        self.effect.setText(said)
        self._busy(False)
        if is_first:
            first = next((n for n, row in self.rows.items() if row.differs), 0)
            self.table.select_key(first)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_unread(self, failure: Failure) -> None:
        self.pair = None
        self._show_body(False)
        self.failed_view.show_failed(notice_of(failure, self.t).text, self.t("Likely duplicates"), self._go_on)

    def _show_body(self, there: bool) -> None:
        for widget in self._body:
            widget.setVisible(there)
        self.failed_view.setVisible(not there)

    def _busy(self, busy: bool) -> None:
        self.merge_button.setEnabled(not busy)
        self.apart_button.setEnabled(not busy)

    def _write(self, use_case: Any, *args: Any, said: str, name: str) -> None:
        def stored(_answer: Any) -> None:
            self.done.emit(self.t(said, name=name), True)
            self._go_on()

        self.around.jobs.write(
            use_case, self.around.acting, *args, owner=self, done=stored, failed=self._on_not_written
        )

    def _on_not_written(self, failure: Failure) -> None:
        self._busy(False)
        self.tell_failure(failure)

    def _go_on(self) -> None:
        """The next pair of the list, or the profile from which the two were looked at."""
        if self._back == "person" and self.pair is not None:
            self.go_requested.emit(Place("person", self.pair.preview.kept))
        else:
            self.go_requested.emit(Place("duplicates"))


def _read(db: Any, acting: ActingUser, one: int, other: int, today: Any) -> Pair:
    """Both records; the one with more courses stays, and of two with as many the one that was there first."""
    sides = [person_profile(db, acting, key, today) for key in (one, other)]
    kept, gone = sorted(sides, key=lambda side: (-len(side.enrolments), side.row.document is None, side.row.id))
    preview = merge_preview(db, acting, kept.row.id, gone.row.id)
    found = duplicates_of(db, acting, kept.row.id)
    why = next((each for each in found if each.second.id == gone.row.id), None)
    return Pair(kept, gone, preview, why)


def _side_tone(row: SideRow, taken: bool) -> Tone | None:
    return Tone.OK if row.differs and row.take is taken else None


_COLUMNS = (
    Column("field", N_("Field"), lambda row, t: row.title, width=22),
    Column(
        "kept",
        N_("This record stays"),
        lambda row, _t: row.kept or "—",
        width=44,
        stretch=True,
        tone=lambda row: _side_tone(row, False),
    ),
    Column(
        "gone",
        N_("This one is joined to it"),
        lambda row, _t: row.gone or "—",
        width=44,
        stretch=True,
        tone=lambda row: _side_tone(row, True),
    ),
    Column("stands", N_("What stands"), lambda row, t: row.stands(t), width=18),
)
