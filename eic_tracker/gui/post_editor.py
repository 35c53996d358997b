"""Rank, unit, post and lodging of one row of a roster, changed where the row stands; the values of one for several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.reference_box import ReferenceBox
from eic_tracker.i18n import N_
from eic_tracker.queries.rosters import EnrolmentRow
from eic_tracker.services.roster_changes import (
    PostDraft,
    edit_enrolments,
    enrolment_post,
    enrolment_posts,
)
from eic_tracker.services.roster_entry import PostChoices, post_choices

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SAVE = {Qt.Key.Key_S, Qt.Key.Key_G}
FIELDS = {"rank": N_("Rank"), "unit": N_("Unit"), "post": N_("Post"), "lodging": N_("Lodging")}
LODGINGS = ((None, N_("nobody said")), (True, N_("sleeps at the school")), (False, N_("comes by day")))
_COLUMNS_OF = {
    "rank": ("rank_id", "rank_text"),
    "unit": ("unit_id", "unit_text", "institution_id", "institution_text"),
    "post": ("post",),
    "lodging": ("lodging",),
}
"""What of an enrolment's post a field stands for; a unit goes with its institution."""
_FIELD_OF = {column: field for field, columns in _COLUMNS_OF.items() for column in columns}
_STRETCH = {"rank": 4, "unit": 7, "post": 6, "lodging": 4}


class PostEditor(QFrame):
    """Lies at the row that it changes; Enter stores, Esc leaves it as it was."""

    stored = Signal(str)
    noticed = Signal(object)
    opened_or_left = Signal()

    def __init__(self, grid: Grid, around: Surroundings) -> None:
        super().__init__(grid.table)
        self._grid = grid
        self._around = around
        self._t = t = around.t
        self._row: EnrolmentRow | None = None
        self._original: Mapping[str, Any] = {}
        self.rank = ReferenceBox(t(FIELDS["rank"]), around.colours)
        self.unit = ReferenceBox(t(FIELDS["unit"]), around.colours)
        self.post = QLineEdit()
        self.post.setMaxLength(120)
        self.lodging = QComboBox()
        for value, words in LODGINGS:
            self.lodging.addItem(t(words), value)
        self.fields: dict[str, QWidget] = {name: getattr(self, name) for name in FIELDS}
        self.said = sentence("", theme.Type.CAPTION)
        self.setProperty("tone", Tone.INFO.value)
        self.setAutoFillBackground(True)
        self._build()
        self.hide()
        grid.table.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether a row is being changed."""
        return self.isVisible()

    def begin(self, row: EnrolmentRow, field: str) -> None:
        """Read the post of a row anew and begin to change it, in that field."""
        self._row = row

        def both(choices: PostChoices) -> None:
            self.rank.offer(choices.ranks)
            self.unit.offer(choices.units)
            self._read(enrolment_post, row.id, done=lambda values: self._show(values, field))

        self._read(post_choices, done=both)

    def leave(self) -> None:
        """Nothing is stored; the keyboard is on the row again."""
        if self.is_open:
            self.hide()
            self._grid.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Store what stands in the fields; nothing is written where nothing was changed."""
        if self._row is None:
            return
        changed = self._changed()
        if not changed:
            self.leave()
            return
        name = f"{self._row.given_names} {self._row.surnames}"
        said = self._t("The post of {name} is corrected.", name=name)
        self._around.jobs.write(
            edit_enrolments,
            self._around.acting,
            [PostDraft(self._row.id, changed, self._original)],
            owner=self,
            done=lambda _changed: self._on_stored(said),
            failed=self._on_failed,
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """What is around it may make room."""
        super().showEvent(event)
        self.opened_or_left.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Its room is free again."""
        super().hideEvent(event)
        self.opened_or_left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Enter, Esc and the keys of saving mean the row; it stays at its row where the table changes its size."""
        if watched is self._grid.table:
            if event.type() == QEvent.Type.Resize and self.is_open:
                self._place()
            return False
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        key, control = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        saves = key in _ENTER or (control and key in _SAVE)
        if not saves and key != Qt.Key.Key_Escape:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif saves:
            self.save()
        else:
            self.leave()
        return True

    def _read(self, query: Any, *args: Any, done: Any) -> None:
        self._around.jobs.read(query, self._around.acting, *args, owner=self, done=done, failed=self._on_failed)

    def _show(self, values: Mapping[str, Any], field: str) -> None:
        self._original = values
        for box, key, text in ((self.rank, "rank_id", "rank_text"), (self.unit, "unit_id", "unit_text")):
            kept = values[key] if values[key] is not None else values[text]
            if kept is None:
                box.set_value(None)
            else:
                box.restore(kept)
        self.post.setText(values["post"] or "")
        self.lodging.setCurrentIndex([value for value, _ in LODGINGS].index(values["lodging"]))
        self._say("", ())
        self._place()
        self.show()
        self.raise_()
        self.fields[field].setFocus(Qt.FocusReason.OtherFocusReason)
        begun = self.fields[field]
        if isinstance(begun, QLineEdit):
            begun.selectAll()

    def _changed(self) -> dict[str, Any]:
        """The columns of the fields that a person changed."""
        found: dict[str, Any] = {}
        for name, box in (("rank", self.rank), ("unit", self.unit)):
            value = box.value()
            was = self._original[f"{name}_id"]
            if value != (was if was is not None else self._original[f"{name}_text"]):
                found |= dict.fromkeys(_COLUMNS_OF[name])
                found[f"{name}_id" if isinstance(value, int) else f"{name}_text"] = value
        post = self.post.text().strip() or None
        if post != self._original["post"]:
            found["post"] = post
        if self.lodging.currentData() is not self._original["lodging"]:
            found["lodging"] = self.lodging.currentData()
        return found

    def _on_stored(self, said: str) -> None:
        self.leave()
        self.stored.emit(said)

    def _on_failed(self, failure: Failure) -> None:
        if not self.is_open:
            self.noticed.emit(notice_of(failure, self._t))
            return
        told = failure.told
        if isinstance(told, DraftRefused):
            fields = {_FIELD_OF.get(problem.field, "post") for problem in told.problems}
            self._say(told.text(self._t), fields)
        else:
            self._say(notice_of(failure, self._t).text, ())

    def _say(self, text: str, wrong: Sequence[str] | set[str]) -> None:
        self.said.setText(text)
        theme.mark(self.said, "tone", Tone.ERROR.value)
        self.said.setVisible(bool(text))
        for name, box in self.fields.items():
            theme.mark(box, "problem", name in wrong)
        if text:
            announce(self, text)
        if self.is_open:
            self._place()

    def _place(self) -> None:
        """Under its row, above it where there is no room below; the name stays in sight."""
        table = self._grid.table
        table.scrollTo(table.currentIndex())
        row = table.visualRect(table.currentIndex())
        top = table.viewport().y() + row.bottom() + 1
        self.setFixedWidth(max(200, table.width() - 4))
        height = self.sizeHint().height()
        if top + height > table.height():
            top = max(table.viewport().y(), table.viewport().y() + row.top() - height)
        self.setGeometry(2, top, table.width() - 4, height)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.SPACE)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(0)
        for column, (name, words) in enumerate(FIELDS.items()):
            label = QLabel(self._t(words))
            label.setFont(theme.font(theme.Type.CAPTION))
            box = self.fields[name]
            box.setAccessibleName(self._t(words))
            box.setMinimumHeight(theme.TARGET)
            box.setMinimumWidth(40)
            box.installEventFilter(self)
            label.setBuddy(box)
            grid.addWidget(label, 0, column)
            grid.addWidget(box, 1, column)
            grid.setColumnStretch(column, _STRETCH[name])
        grid.addWidget(self.said, 2, 0, 1, len(FIELDS))


def fill_down(
    part: QWidget, grid: Grid, around: Surroundings, rows: Sequence[EnrolmentRow], done: Any, failed: Any
) -> None:
    """Ask which value of the first row the others get, then give it to them: one entry of the journal."""
    t = around.t
    first, others = rows[0], rows[1:]

    def offer(posts: Mapping[int, Mapping[str, Any]]) -> None:
        post = posts[first.id]
        lodging = dict(LODGINGS)[post["lodging"]] if post["lodging"] is not None else None
        values = {
            "unit": first.unit,
            "rank": first.rank,
            "lodging": t(lodging) if lodging else None,
            "post": post["post"],
        }
        choices = [(name, f"{t(FIELDS[name])}: {value}") for name, value in values.items() if value]
        popup = ChoicePopup(
            "fill",
            t.plural(
                "For {count} person, as {name}", "For {count} people, as {name}", len(others), name=first.surnames
            ),
            t,
            part,
        )
        popup.chosen.connect(lambda field, _words: write(field, posts))
        table = grid.table
        popup.move(table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft()))
        popup.show()
        popup.offer(choices)

    def write(field: str, posts: Mapping[int, Mapping[str, Any]]) -> None:
        values = {column: posts[first.id][column] for column in _COLUMNS_OF[field]}
        unlike = [row.id for row in others if any(posts[row.id][column] != value for column, value in values.items())]
        if not unlike:
            done(t("They all have it already."), False)
            return
        drafts = [PostDraft(key, values, posts[key]) for key in unlike]
        said = t.plural(
            "{field} filled down for {count} person.",
            "{field} filled down for {count} people.",
            len(unlike),
            field=t(FIELDS[field]),
        )
        around.jobs.write(
            edit_enrolments, around.acting, drafts, owner=part, done=lambda _changed: done(said, True), failed=failed
        )

    around.jobs.read(enrolment_posts, around.acting, [row.id for row in rows], owner=part, done=offer, failed=failed)


FIELD_OF_COLUMN = {"rank": "rank", "unit": "unit", "institution": "unit", "post": "post", "lodging": "lodging"}
"""The field that F2 begins in, by the column where the keyboard stands."""
